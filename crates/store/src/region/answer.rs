//! Answers under idempotency keys: written with the effect, in the same transaction.

use super::{Reads, Tx};
use crate::{StoreError, entity::answer, time::micros};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};

impl Reads<'_> {
    /// The answer that was given under a key.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn answer(&self, digest: &str) -> Result<Option<String>, StoreError> {
        Ok(answer::Entity::find_by_id(digest)
            .one(&self.on)
            .await?
            .map(|row| row.body))
    }
}

impl Tx {
    /// Keeps an answer.
    ///
    /// # Errors
    /// `Taken` when one was given meanwhile.
    pub async fn put_answer(&self, digest: &str, body: String, real_now: Timestamp) -> Result<(), StoreError> {
        let row = answer::ActiveModel {
            digest: Set(digest.to_owned()),
            body: Set(body),
            created_at: Set(micros(real_now)),
        };
        answer::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// Forgets answers given before an instant.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn forget_answers(&self, before: Timestamp) -> Result<u64, StoreError> {
        let old = answer::Entity::delete_many().filter(answer::Column::CreatedAt.lt(micros(before)));
        Ok(old.exec(&self.on).await?.rows_affected)
    }
}
