//! Which region answers an idempotency key; reserved before anything is done.

use super::Directory;
use crate::{StoreError, entity::idempotency, time::micros};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::Expr};

/// What stands under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// Digest of the body that came first.
    pub body: String,
    /// The region that answers; empty for what is answered without one.
    pub region: String,
    /// The process that works on it.
    pub owner: String,
    /// Until when, microseconds of real time.
    pub lease_until: i64,
    /// When it came first, microseconds of real time.
    pub created_at: i64,
}

impl Directory {
    /// What stands under a key.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn reservation(&self, digest: &str) -> Result<Option<Reservation>, StoreError> {
        let row = idempotency::Entity::find_by_id(digest).one(&self.db.read).await?;
        Ok(row.map(|row| Reservation {
            body: row.body_digest,
            region: row.region,
            owner: row.owner,
            lease_until: row.lease_until,
            created_at: row.created_at,
        }))
    }

    /// Reserves a key.
    ///
    /// # Errors
    /// `Taken` when somebody was first.
    pub async fn reserve_key(
        &self,
        digest: &str,
        body: &str,
        region: &str,
        owner: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let row = idempotency::ActiveModel {
            digest: Set(digest.to_owned()),
            body_digest: Set(body.to_owned()),
            region: Set(region.to_owned()),
            owner: Set(owner.to_owned()),
            lease_until: Set(micros(until)),
            created_at: Set(micros(now)),
        };
        idempotency::Entity::insert(row)
            .exec_without_returning(&self.db.write)
            .await?;
        Ok(())
    }

    /// Takes over a key whose owner is gone; false when somebody else did.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn take_over_key(
        &self,
        digest: &str,
        seen: &Reservation,
        owner: &str,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = idempotency::Entity::update_many()
            .col_expr(idempotency::Column::Owner, Expr::value(owner))
            .col_expr(idempotency::Column::LeaseUntil, Expr::value(micros(until)))
            .filter(idempotency::Column::Digest.eq(digest))
            .filter(idempotency::Column::Owner.eq(seen.owner.as_str()))
            .filter(idempotency::Column::LeaseUntil.eq(seen.lease_until))
            .exec(&self.db.write)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Says which region will answer.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn route_key(&self, digest: &str, region: &str) -> Result<(), StoreError> {
        idempotency::Entity::update_many()
            .col_expr(idempotency::Column::Region, Expr::value(region))
            .filter(idempotency::Column::Digest.eq(digest))
            .exec(&self.db.write)
            .await?;
        Ok(())
    }

    /// Gives up a key without forgetting it: whoever sends the same again takes it over at once.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn leave_key(&self, digest: &str, owner: &str) -> Result<(), StoreError> {
        idempotency::Entity::update_many()
            .col_expr(idempotency::Column::LeaseUntil, Expr::value(0_i64))
            .filter(idempotency::Column::Digest.eq(digest))
            .filter(idempotency::Column::Owner.eq(owner))
            .exec(&self.db.write)
            .await?;
        Ok(())
    }

    /// Forgets a key that led to nothing that is kept.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn free_key(&self, digest: &str, owner: &str) -> Result<(), StoreError> {
        idempotency::Entity::delete_many()
            .filter(idempotency::Column::Digest.eq(digest))
            .filter(idempotency::Column::Owner.eq(owner))
            .exec(&self.db.write)
            .await?;
        Ok(())
    }

    /// Forgets keys older than an instant.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn forget_keys(&self, before: Timestamp) -> Result<u64, StoreError> {
        let old = idempotency::Entity::delete_many().filter(idempotency::Column::CreatedAt.lt(micros(before)));
        Ok(old.exec(&self.db.write).await?.rows_affected)
    }
}
