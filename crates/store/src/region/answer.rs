//! Answers under idempotency keys: written with the effect, in the same transaction.

use super::{Reads, Tx};
use crate::{StoreError, entity::answer, time::micros};
use domain::ids::OrgId;
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::Expr};

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
    /// Keeps an answer, and whom it is about.
    ///
    /// # Errors
    /// `Taken` when one was given meanwhile.
    pub async fn put_answer(
        &self,
        digest: &str,
        body: String,
        about: Option<&OrgId>,
        real_now: Timestamp,
    ) -> Result<(), StoreError> {
        let row = answer::ActiveModel {
            digest: Set(digest.to_owned()),
            body: Set(body),
            created_at: Set(micros(real_now)),
            customer_id: Set(about.map(|id| id.0.clone())),
        };
        answer::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// EXP-9: whoever asks again about an organization that is gone is told `instead`: what was answered about it goes.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_answers(&self, customer: &OrgId, instead: &str) -> Result<(), StoreError> {
        answer::Entity::update_many()
            .col_expr(answer::Column::Body, Expr::value(instead))
            .filter(answer::Column::CustomerId.eq(customer.as_str()))
            .exec(&self.on)
            .await?;
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
