//! SEC-2a: wrong passwords in a row. Counted here, so that addresses that nobody has are counted alike, on every node.

use super::Directory;
use crate::{StoreError, entity::attempt, time::micros};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, OnConflict},
};

/// Attempts that cost nothing.
const FREE: i32 = 10;
/// The longest wait, in seconds.
const LONGEST: i64 = 900;

impl Directory {
    /// Counts an attempt before it is looked at, so that many at once count as many. The seconds to wait first, where
    /// there were too many: then nothing is counted.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn attempt(&self, email_key: &str, real_now: Timestamp) -> Result<Option<i64>, StoreError> {
        let digest = self.keys.digest("attempt", email_key);
        let now = micros(real_now);
        let tx = self.db.begin().await?;
        let fresh = attempt::ActiveModel {
            digest: Set(digest.clone()),
            count: Set(0),
            at: Set(now),
        };
        let there = OnConflict::column(attempt::Column::Digest).do_nothing().to_owned();
        attempt::Entity::insert(fresh)
            .on_conflict(there)
            .exec_without_returning(&tx)
            .await?;
        let row = attempt::Entity::find_by_id(&digest).lock_exclusive().one(&tx).await?;
        let (count, at) = row.map_or((0, now), |row| (row.count, row.at));
        let wait = wait(count, now - at);
        if wait.is_none() {
            attempt::Entity::update_many()
                .col_expr(attempt::Column::Count, Expr::value(count.saturating_add(1)))
                .col_expr(attempt::Column::At, Expr::value(now))
                .filter(attempt::Column::Digest.eq(digest))
                .exec(&tx)
                .await?;
        }
        tx.commit().await?;
        Ok(wait)
    }

    /// The right password ends the row.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn forget_attempts(&self, email_key: &str) -> Result<(), StoreError> {
        let digest = self.keys.digest("attempt", email_key);
        attempt::Entity::delete_by_id(digest).exec(&self.db.write).await?;
        Ok(())
    }

    /// Forgets rows that ended long ago.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn forget_attempts_before(&self, before: Timestamp) -> Result<u64, StoreError> {
        let old = attempt::Entity::delete_many().filter(attempt::Column::At.lt(micros(before)));
        Ok(old.exec(&self.db.write).await?.rows_affected)
    }
}

/// Seconds still to wait, so many microseconds after the last attempt.
fn wait(count: i32, passed: i64) -> Option<i64> {
    let over = u32::try_from(count - FREE).ok()?;
    let pause = 1i64
        .checked_shl(over)
        .filter(|_| over < 10)
        .unwrap_or(LONGEST)
        .min(LONGEST);
    let left = pause * 1_000_000 - passed.max(0);
    (left > 0).then(|| left.div_euclid(1_000_000) + i64::from(left.rem_euclid(1_000_000) > 0))
}

#[cfg(test)]
mod tests {
    use super::wait;

    #[test]
    fn sec_2a_from_the_tenth_on_attempts_wait_and_double() {
        assert_eq!(wait(9, 0), None);
        assert_eq!(wait(10, 0), Some(1));
        assert_eq!(wait(11, 500_000), Some(2));
        assert_eq!(wait(11, 2_000_000), None);
        assert_eq!(wait(19, 0), Some(512));
        assert_eq!(wait(20, 0), Some(900));
        assert_eq!(wait(i32::MAX, 0), Some(900));
        assert_eq!(wait(30, 900_000_000), None);
    }
}
