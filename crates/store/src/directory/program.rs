//! Published program versions (PROG-1).

use super::Directory;
use crate::{
    StoreError,
    entity::program,
    time::{json, micros, parse},
};
use domain::program::Program;
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait as _, QueryOrder as _};

impl Directory {
    /// All versions, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn programs(&self) -> Result<Vec<Program>, StoreError> {
        let rows = program::Entity::find()
            .order_by_asc(program::Column::Version)
            .all(&self.db.read)
            .await?;
        rows.into_iter().map(|row| parse(&row.body, "a program")).collect()
    }

    /// Publishes a version.
    ///
    /// # Errors
    /// `Taken` when that version was published meanwhile.
    pub async fn publish(&self, value: &Program, at: Timestamp) -> Result<(), StoreError> {
        let row = program::ActiveModel {
            version: Set(i64::from(value.version)),
            id: Set(value.id.clone()),
            body: Set(json(value)?),
            published_at: Set(micros(at)),
        };
        program::Entity::insert(row)
            .exec_without_returning(&self.db.write)
            .await?;
        Ok(())
    }
}
