//! Small facts about the store itself.

use super::{Reads, Tx};
use crate::{StoreError, entity::meta};
use sea_orm::{ActiveValue::Set, EntityTrait as _, sea_query::OnConflict};

impl Reads<'_> {
    /// A fact by its key.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(meta::Entity::find_by_id(key).one(&self.on).await?.map(|row| row.value))
    }
}

impl Tx {
    /// Writes a fact.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let row = meta::ActiveModel {
            key: Set(key.to_owned()),
            value: Set(value.to_owned()),
        };
        let conflict = OnConflict::column(meta::Column::Key)
            .update_column(meta::Column::Value)
            .to_owned();
        meta::Entity::insert(row)
            .on_conflict(conflict)
            .exec_without_returning(&self.on)
            .await?;
        Ok(())
    }
}
