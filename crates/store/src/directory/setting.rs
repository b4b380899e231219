//! Facts about the whole installation: the clock, its last tick, the fuse.

use super::Directory;
use crate::{StoreError, entity::setting, time::instant};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ConnectionTrait as _, DbBackend, EntityTrait as _, Statement, sea_query::OnConflict};

impl Directory {
    /// A fact by its key.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(setting::Entity::find_by_id(key)
            .one(&self.db.read)
            .await?
            .map(|row| row.value))
    }

    /// Writes a fact.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let row = setting::ActiveModel {
            key: Set(key.to_owned()),
            value: Set(value.to_owned()),
        };
        let conflict = OnConflict::column(setting::Column::Key)
            .update_column(setting::Column::Value)
            .to_owned();
        setting::Entity::insert(row)
            .on_conflict(conflict)
            .exec_without_returning(&self.db.write)
            .await?;
        Ok(())
    }

    /// What time it is where several servers share a database; none where there is but one (SQLite).
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn database_now(&self) -> Result<Option<Timestamp>, StoreError> {
        if self.db.read.get_database_backend() != DbBackend::Postgres {
            return Ok(None);
        }
        let sql = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS now";
        let row = self
            .db
            .read
            .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
            .await?;
        let micros = row.map(|row| row.try_get::<i64>("", "now")).transpose()?;
        micros.map(instant).transpose()
    }

    /// Forgets a fact.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn drop_setting(&self, key: &str) -> Result<(), StoreError> {
        setting::Entity::delete_by_id(key).exec(&self.db.write).await?;
        Ok(())
    }
}
