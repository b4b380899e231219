//! What time does: milestones fall due and go the way of every other change (EXP-7, 8, 9).

mod alarm;
mod carry;
mod close;
mod fuse;
mod jobs;

pub use fuse::Ticker;

use crate::{App, Error};
use domain::{
    ids::OrgId,
    trial::{Due, MilestoneKind, MilestoneState, Surroundings, TrialEvent, closes_organization},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::Ordering,
};
use store::{
    Region, StoreError, Tx,
    region::{event::By, milestone::DueRow},
};

/// Milestones in one transaction, at most.
const BATCH: u64 = 500;

/// What became of a batch.
#[derive(Debug, Default)]
struct Over {
    done: Vec<MilestoneKind>,
    failed: BTreeSet<OrgId>,
}

/// How many of which kind were done: milestones and alarms, by their names.
pub type Counts = BTreeMap<&'static str, u64>;

impl App {
    /// The instant at which something falls due next, in any region.
    pub(crate) async fn next_due(&self) -> Result<Option<Timestamp>, Error> {
        let mut next = None;
        for region in self.stores.regions.values() {
            let first = region.read().next_due(self.fuse.load(Ordering::SeqCst)).await?;
            next = [next, first].into_iter().flatten().min();
        }
        Ok(next)
    }

    /// Does what has fallen due, unless somebody is moving the clock.
    ///
    /// # Errors
    /// When no store answers; a region that is down does not stop the others.
    pub async fn work(&self) -> Result<Counts, Error> {
        if self.apart.load(Ordering::SeqCst) {
            return Ok(Counts::new());
        }
        let Ok(_still) = self.jumping.try_lock() else {
            return Ok(Counts::new());
        };
        self.work_due().await
    }

    pub(crate) async fn work_due(&self) -> Result<Counts, Error> {
        let mut done = Counts::new();
        for region in self.stores.regions.values() {
            if let Err(error) = self.work_region(region, &mut done).await {
                tracing::warn!(region = region.id(), %error, "time work stopped");
            }
        }
        // NOTE-4: after what falls due at the same instant anywhere.
        for region in self.stores.regions.values() {
            if let Err(error) = self.ring_alarms(region, &mut done).await {
                tracing::warn!(region = region.id(), %error, "alarms stopped");
            }
        }
        Ok(done)
    }

    async fn work_region(&self, region: &Region, done: &mut Counts) -> Result<(), Error> {
        // A customer with one that failed waits for the next beat, and its milestones keep their order.
        let (mut failed, mut waiting) = (BTreeSet::<OrgId>::new(), BTreeSet::new());
        loop {
            let (now, known) = (self.clock.now(), waiting.len());
            let due = region
                .read()
                .due(now, self.fuse.load(Ordering::SeqCst), BATCH + known as u64)
                .await?;
            let (left, due): (Vec<DueRow>, _) = due.into_iter().partition(|row| failed.contains(&row.customer));
            waiting.extend(left.into_iter().map(|row| (row.trial.0, row.kind, row.at)));
            if due.is_empty() && waiting.len() == known {
                return Ok(());
            }
            if due.is_empty() {
                continue;
            }
            let over = match self.work_together(region, &due).await {
                Ok(over) => over,
                Err(error) => {
                    tracing::warn!(region = region.id(), %error, "a batch was given up, and is done one by one");
                    let tx = region.begin().await?;
                    let over = self.work_apart(&tx, &due, Over::default()).await?;
                    tx.commit().await?;
                    over
                }
            };
            for kind in over.done {
                *done.entry(kind.as_str()).or_default() += 1;
            }
            failed.extend(over.failed);
            self.rang();
        }
    }

    /// All of a batch in memory; what that cannot do follows one by one.
    async fn work_together(&self, region: &Region, due: &[DueRow]) -> Result<Over, Error> {
        let mut tx = region.begin().await?.read_batch(due).await?;
        let (mut over, mut left): (Over, Vec<DueRow>) = Default::default();
        for row in due {
            // A customer's milestones keep their order.
            if left.iter().any(|other| other.customer == row.customer) {
                left.push(row.clone());
                continue;
            }
            let before = tx.bookmark(&row.customer)?;
            match self.fall_due(&tx, row).await {
                Ok(done) => over.done.extend(done.then_some(row.kind)),
                Err(error) => {
                    tracing::debug!(trial = %row.trial, kind = row.kind.as_str(), %error, "done by itself");
                    tx.go_back(before)?;
                    left.push(row.clone());
                }
            }
        }
        tx.write_batch().await?;
        let over = self.work_apart(&tx, &left, over).await?;
        tx.commit().await?;
        Ok(over)
    }

    /// One by one, each in a savepoint of its own.
    async fn work_apart(&self, tx: &Tx, due: &[DueRow], mut over: Over) -> Result<Over, Error> {
        let customers: BTreeSet<&OrgId> = due.iter().map(|row| &row.customer).collect();
        for customer in customers {
            tx.lock(customer).await?;
        }
        for row in due {
            if over.failed.contains(&row.customer) {
                continue;
            }
            let part = tx.savepoint().await?;
            match self.fall_due(&part, row).await {
                Ok(done) => {
                    part.commit().await?;
                    over.done.extend(done.then_some(row.kind));
                }
                Err(error) => {
                    part.rollback().await?;
                    tracing::error!(trial = %row.trial, kind = row.kind.as_str(), %error, "a milestone failed");
                    over.failed.insert(row.customer.clone());
                }
            }
        }
        Ok(over)
    }

    /// One milestone: load, decide, write; whether it was done rather than skipped or found done.
    async fn fall_due(&self, tx: &Tx, row: &DueRow) -> Result<bool, Error> {
        // EXP-8, EXP-9: just before acting everything is checked again.
        let held = || self.fuse.load(Ordering::SeqCst);
        if row.kind.is_irreversible() && (held() || tx.read().is_held(&row.customer).await?) {
            return Err(StoreError::Conflict.into());
        }
        let loaded = self.load(&tx.read(), &row.trial, None).await?;
        let users = match row.kind {
            MilestoneKind::Removed => u32::try_from(tx.read().count_people(&row.customer).await?).unwrap_or(u32::MAX),
            _ => 0,
        };
        let overtaken = loaded.record.trial.is_overtaken(row.kind, row.at, &loaded.at());
        let around = Surroundings {
            overtaken,
            ..self.surroundings(&loaded, users).await?
        };
        let decision = loaded.record.trial.fall_due(row.kind, around, &loaded.at());
        let (state, change) = match &decision {
            Due::Done(change) => (MilestoneState::Done, Some(change)),
            Due::Skipped => (MilestoneState::Skipped, None),
        };
        if !tx
            .finish_milestone(&row.trial, row.kind, row.at, state, loaded.now)
            .await?
        {
            return Ok(false);
        }
        let Some(change) = change else { return Ok(false) };
        // DEV-6: of a day that only passes there is nothing to write.
        if change.is_empty() {
            return Ok(true);
        }
        let by = By {
            via: "worker".to_owned(),
            ..By::default()
        };
        self.save_loaded(tx, &by, &loaded, change, Some((row.kind, row.at)))
            .await?;
        if change
            .events
            .iter()
            .any(|event| matches!(event, TrialEvent::NumbersReleased { .. }))
        {
            self.release_numbers(tx, &loaded).await?;
        }
        if closes_organization(&change.events) {
            self.close_organization(tx, &by, &loaded, users).await?;
        }
        Ok(true)
    }

    /// What is swept up now and then.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn housekeeping(&self) -> Result<(), Error> {
        self.tend_directory().await?;
        self.reclaim_directory().await?;
        self.carry_closings().await?;
        self.release_rested().await?;
        self.settle_orders().await?;
        let day_ago = self
            .clock
            .real()
            .checked_sub(SignedDuration::from_hours(25))
            .unwrap_or(Timestamp::MIN);
        self.reclaim_admissions(day_ago).await?;
        self.forget_drafts().await?;
        self.forget_jobs().await?;
        self.stores.directory.forget_keys(day_ago).await?;
        self.stores.directory.forget_lookups(day_ago).await?;
        for region in self.stores.regions.values() {
            let tx = region.begin().await?;
            tx.forget_answers(day_ago).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}
