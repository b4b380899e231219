//! How many lines a partner's list has, by status.

use super::{
    Reads,
    relationship::{LineQuery, meant},
};
use crate::{StoreError, entity::relationship};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};

impl Reads<'_> {
    /// How many lines there are of each status, whatever page is asked for.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_lines(&self, query: &LineQuery) -> Result<Vec<(String, i64)>, StoreError> {
        let counted = relationship::Entity::find()
            .select_only()
            .column(relationship::Column::Status)
            .column_as(relationship::Column::CustomerId.count(), "lines")
            .filter(meant(query))
            .group_by(relationship::Column::Status);
        Ok(counted.into_tuple().all(&self.on).await?)
    }
}
