//! ELIG-5: what became of a place of an allowance: it arrived with its trial, or it was declared void. Whoever writes
//! first decides, so that one who was thought dead cannot come back with it.

use super::{Reads, Region, Tx};
use crate::{
    StoreError,
    entity::admitted,
    time::{micros, parse},
};
use domain::{
    allowance::ACTIVE,
    ids::OrgId,
    trial::{Status, Trial},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, sea_query::OnConflict,
};

impl Reads<'_> {
    /// A partner's trials that were made since an instant, and its active ones.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn counted_trials(&self, partner: &OrgId, since: Timestamp) -> Result<Vec<Trial>, StoreError> {
        use crate::entity::trial;
        let theirs = || {
            let rows = trial::Entity::find().filter(trial::Column::PartnerId.eq(partner.as_str()));
            rows.select_only().column(trial::Column::Body)
        };
        // Two questions, since no index answers both at once.
        let lately = theirs().filter(trial::Column::CreatedAt.gte(micros(since)));
        let running = theirs()
            .filter(trial::Column::Status.is_in(ACTIVE.map(Status::as_str)))
            .filter(trial::Column::CreatedAt.lt(micros(since)));
        let mut bodies: Vec<String> = lately.into_tuple().all(&self.on).await?;
        bodies.extend(running.into_tuple::<String>().all(&self.on).await?);
        bodies.iter().map(|body| parse(body, "a trial")).collect()
    }
}

impl Tx {
    /// The place arrives, with what this transaction writes.
    ///
    /// # Errors
    /// `Taken` when it was declared void.
    pub async fn use_admission(&self, id: &str, real_now: Timestamp) -> Result<(), StoreError> {
        let row = row(id, false, real_now);
        admitted::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }
}

impl Region {
    /// Whether a place arrived.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn is_admitted(&self, id: &str) -> Result<bool, StoreError> {
        let found = admitted::Entity::find_by_id(id).one(&self.db.read).await?;
        Ok(found.is_some_and(|row| !row.is_void))
    }

    /// Declares a place void, unless it arrived; it cannot arrive any more then.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn void_admission(&self, id: &str, real_now: Timestamp) -> Result<(), StoreError> {
        let there = OnConflict::column(admitted::Column::Id).do_nothing().to_owned();
        admitted::Entity::insert(row(id, true, real_now))
            .on_conflict(there)
            .exec_without_returning(&self.db.write)
            .await?;
        Ok(())
    }

    /// Forgets what became of places long ago.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn forget_admissions(&self, before: Timestamp) -> Result<u64, StoreError> {
        let old = admitted::Entity::delete_many().filter(admitted::Column::At.lt(micros(before)));
        Ok(old.exec(&self.db.write).await?.rows_affected)
    }
}

fn row(id: &str, is_void: bool, at: Timestamp) -> admitted::ActiveModel {
    admitted::ActiveModel {
        id: Set(id.to_owned()),
        is_void: Set(is_void),
        at: Set(micros(at)),
    }
}
