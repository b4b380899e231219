//! What time does: milestones fall due and go the way of every other change (EXP-7, 8, 9).

use crate::{App, Error, load::Loaded};
use domain::{
    ids::OrgId,
    organization::Kind,
    time::civil_day,
    trial::{Due, MilestoneKind, MilestoneState, TrialEvent},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::Ordering,
    time::Instant,
};
use store::{
    Region, StoreError, Tx,
    region::{Versioned, directory_task::Action as Tell, event::By, milestone::DueRow},
};

/// Milestones in one transaction, at most.
const BATCH: u64 = 200;
/// EXP-8: how far the wall clock may run away from the monotonic one.
const RUNAWAY: SignedDuration = SignedDuration::from_hours(24);
/// EXP-8: how long the system may have been down.
const DOWN: SignedDuration = SignedDuration::from_hours(48);
const LAST_TICK: &str = "last_tick_microseconds";
const FUSE: &str = "fuse_since_microseconds";

/// How many of which kind were done.
pub type Counts = BTreeMap<MilestoneKind, u64>;

/// How far a node's clock may be from the database's, on which several servers share their work.
const APART: SignedDuration = SignedDuration::from_secs(60);
/// How often a tick is remembered.
const REMEMBERED: SignedDuration = SignedDuration::from_secs(60);

/// EXP-8: compares consecutive ticks of the real clock.
#[derive(Debug)]
pub struct Ticker {
    last: Option<(Timestamp, Instant)>,
    remembered: Option<Timestamp>,
}

impl Default for Ticker {
    fn default() -> Self {
        Self::new()
    }
}

impl Ticker {
    /// A clock that has not ticked yet.
    pub fn new() -> Self {
        Self {
            last: None,
            remembered: None,
        }
    }

    /// Whether the wall clock ran away from the monotonic one since the last tick.
    pub fn ran_away(&mut self, wall: Timestamp, monotonic: Instant) -> bool {
        let before = self.last.replace((wall, monotonic));
        before.is_some_and(|(then_wall, then_monotonic)| {
            let passed =
                SignedDuration::try_from(monotonic.duration_since(then_monotonic)).unwrap_or(SignedDuration::MAX);
            (wall.duration_since(then_wall) - passed).abs() > RUNAWAY
        })
    }
}

impl App {
    /// A tick of the real clock: raises the fuse where time cannot be trusted, and remembers the tick.
    ///
    /// # Errors
    /// When the directory does not answer.
    pub async fn tick(&self, ticker: &mut Ticker) -> Result<(), Error> {
        let now = self.clock.real();
        let first = ticker.last.is_none();
        let mut hold = ticker.ran_away(now, Instant::now());
        if first {
            let last = self
                .stores
                .directory
                .setting(LAST_TICK)
                .await?
                .and_then(|text| text.parse::<i64>().ok());
            let last = last.and_then(|micros| Timestamp::from_microsecond(micros).ok());
            hold |= last.is_some_and(|last| now.duration_since(last).abs() > DOWN);
        }
        if hold && self.stores.directory.setting(FUSE).await?.is_none() {
            tracing::error!(
                alert = "clock",
                "the clock has jumped: irreversible work is held until `foretaste clock acknowledge`"
            );
            self.stores
                .directory
                .put_setting(FUSE, &now.as_microsecond().to_string())
                .await?;
        }
        if ticker
            .remembered
            .is_none_or(|then| now.duration_since(then).abs() >= REMEMBERED)
        {
            let micros = now.as_microsecond().to_string();
            self.stores.directory.put_setting(LAST_TICK, &micros).await?;
            ticker.remembered = Some(now);
        }
        self.compare_clocks(now).await?;
        let fuse = self.fuse_since().await?.is_some();
        self.fuse.store(fuse, Ordering::SeqCst);
        Ok(())
    }

    /// A node whose clock is not the database's does no time work until it is.
    async fn compare_clocks(&self, now: Timestamp) -> Result<(), Error> {
        let database = self.stores.directory.database_now().await?;
        let apart = database.is_some_and(|theirs| now.duration_since(theirs).abs() > APART);
        if apart && !self.apart.swap(true, Ordering::SeqCst) {
            tracing::error!(
                alert = "clock",
                "this node's clock is not the database's: it does no time work"
            );
        }
        if !apart {
            self.apart.store(false, Ordering::SeqCst);
        }
        Ok(())
    }

    /// EXP-8: since when the clock holds irreversible work.
    ///
    /// # Errors
    /// When the directory does not answer.
    pub async fn fuse_since(&self) -> Result<Option<Timestamp>, Error> {
        let since = self
            .stores
            .directory
            .setting(FUSE)
            .await?
            .and_then(|text| text.parse().ok());
        Ok(since.and_then(|micros| Timestamp::from_microsecond(micros).ok()))
    }

    /// EXP-8: an operator says that the clock is right.
    ///
    /// # Errors
    /// When the directory does not answer.
    pub async fn acknowledge_clock(&self) -> Result<bool, Error> {
        let held = self.fuse_since().await?.is_some();
        self.stores.directory.drop_setting(FUSE).await?;
        self.stores
            .directory
            .put_setting(LAST_TICK, &self.clock.real().as_microsecond().to_string())
            .await?;
        self.fuse.store(false, Ordering::SeqCst);
        Ok(held)
    }

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
        Ok(done)
    }

    async fn work_region(&self, region: &Region, done: &mut Counts) -> Result<(), Error> {
        let mut failed: BTreeSet<(String, MilestoneKind)> = BTreeSet::new();
        loop {
            let now = self.clock.now();
            let due = region
                .read()
                .due(now, self.fuse.load(Ordering::SeqCst), BATCH + failed.len() as u64)
                .await?;
            let due: Vec<DueRow> = due
                .into_iter()
                .filter(|row| !failed.contains(&(row.trial.0.clone(), row.kind)))
                .collect();
            if due.is_empty() {
                return Ok(());
            }
            let tx = region.begin().await?;
            let customers: BTreeSet<&OrgId> = due.iter().map(|row| &row.customer).collect();
            for customer in customers {
                tx.lock(customer).await?;
            }
            for row in &due {
                let part = tx.savepoint().await?;
                match self.fall_due(&part, row).await {
                    Ok(kind) => {
                        part.commit().await?;
                        *done.entry(row.kind).or_default() += u64::from(kind);
                    }
                    Err(error) => {
                        part.rollback().await?;
                        tracing::error!(trial = %row.trial, kind = row.kind.as_str(), %error, "a milestone failed");
                        failed.insert((row.trial.0.clone(), row.kind));
                    }
                }
            }
            tx.commit().await?;
            self.rang();
        }
    }

    /// One milestone: load, decide, write; whether it was done rather than skipped or found done.
    async fn fall_due(&self, tx: &Tx, row: &DueRow) -> Result<bool, Error> {
        // EXP-9: just before acting everything is checked again.
        if row.kind.is_irreversible() && tx.read().is_held(&row.customer).await? {
            return Err(StoreError::Conflict.into());
        }
        let loaded = self.load(&tx.read(), &row.trial, None).await?;
        let users = match row.kind {
            MilestoneKind::Removed => u32::try_from(tx.read().count_people(&row.customer).await?).unwrap_or(u32::MAX),
            _ => 0,
        };
        let decision = loaded
            .record
            .trial
            .fall_due(row.kind, loaded.surroundings(users)?, &loaded.at());
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
        let by = By {
            via: "worker".to_owned(),
            ..By::default()
        };
        self.save_loaded(tx, &by, &loaded, change, Some((row.kind, row.at)))
            .await?;
        let closes = |event: &TrialEvent| {
            matches!(
                event,
                TrialEvent::Removed {
                    organization_closed: true,
                    ..
                } | TrialEvent::OrganizationClosed { .. }
            )
        };
        if change.events.iter().any(closes) {
            self.close_organization(tx, &by, &loaded).await?;
        }
        Ok(true)
    }

    /// EXP-4: the organization is closed: nobody signs in any more, no partner sees it, its addresses are free. What was
    /// personal is erased once its last email is delivered or given up (EXP-9).
    async fn close_organization(&self, tx: &Tx, by: &By, loaded: &Loaded) -> Result<(), Error> {
        let id = &loaded.customer.value.id;
        let mut customer = tx.read().organization(id).await?.ok_or_else(Error::not_found)?;
        if let Kind::Customer(facts) = &mut customer.value.kind {
            facts.closed_on = Some(civil_day(loaded.now, &loaded.zone));
        }
        for other in &loaded.others {
            let program = self.program_version(other.trial.program_version).await?;
            let at = domain::trial::At {
                program: &program,
                ..loaded.at()
            };
            let Some(change) = other.trial.close_request_of_closed(&at) else {
                continue;
            };
            let closing = self.load(&tx.read(), &other.trial.id, None).await?;
            self.save_loaded(tx, by, &closing, &change, None).await?;
        }
        for line in tx.read().relationships(id).await? {
            tx.end_relationship(id, &line.relationship.partner).await?;
        }
        tx.revoke_all_tokens(id, self.clock.real()).await?;
        tx.put_organization(&Versioned {
            value: customer.value,
            version: customer.version,
        })
        .await?;
        Ok(tx
            .tell_directory(&[self.directory_task(Tell::ForgetAll, "", "", id)])
            .await?)
    }

    /// EXP-9: erases what was personal of closed organizations whose last email has left.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn erase_closed(&self) -> Result<usize, Error> {
        let mut erased = 0;
        for region in self.stores.regions.values() {
            for closed in region.read().closed_organizations(50).await? {
                erased += usize::from(self.erase_one(region, &closed.value.id).await?);
            }
        }
        Ok(erased)
    }

    async fn erase_one(&self, region: &Region, id: &OrgId) -> Result<bool, Error> {
        let tx = region.begin().await?;
        tx.lock(id).await?;
        if tx.read().open_letters(id).await? > 0 || tx.read().is_held(id).await? {
            return Ok(false);
        }
        for record in tx.read().trials_of(id).await? {
            let rows = tx.read().milestones(&record.trial.id).await?;
            let told = |row: &domain::trial::Row| {
                row.kind == MilestoneKind::AccessEndedNotice && row.state == MilestoneState::Planned
            };
            if rows.iter().any(told) {
                return Ok(false);
            }
        }
        let mut customer = tx.read().organization(id).await?.ok_or_else(Error::not_found)?;
        customer.value.name = String::new();
        tx.put_organization(&customer).await?;
        tx.erase_people(id).await?;
        tx.erase_texts(id).await?;
        tx.erase_lines(id).await?;
        tx.erase_words(id).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// What is swept up now and then.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn housekeeping(&self) -> Result<(), Error> {
        self.tend_directory().await?;
        self.reclaim_directory().await?;
        self.erase_closed().await?;
        let day_ago = self
            .clock
            .real()
            .checked_sub(SignedDuration::from_hours(25))
            .unwrap_or(Timestamp::MIN);
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// A tick later by so much on the wall, and by so much on the monotonic clock.
    fn after(wall: i64, monotonic: u64) -> bool {
        let (now, instant): (Timestamp, Instant) = (Timestamp::UNIX_EPOCH, Instant::now());
        let mut ticker = Ticker::new();
        assert!(!ticker.ran_away(now, instant), "EXP-8: one tick tells nothing");
        ticker.ran_away(
            now + SignedDuration::from_secs(wall),
            instant + Duration::from_secs(monotonic),
        )
    }

    #[test]
    fn exp_8_the_wall_clock_may_run_away_by_a_day_and_no_more() {
        let day = 24 * 3600;
        assert!(!after(1, 1), "EXP-8");
        assert!(
            !after(day, 0) && !after(-day, 0),
            "EXP-8: by 24 hours it has not run away"
        );
        assert!(after(day + 1, 0) && after(-day - 1, 0), "EXP-8: over 24 hours it has");
        assert!(
            !after(10 * day, 10 * 24 * 3600),
            "EXP-8: a server that slept is no jump"
        );
        assert!(
            !after(day + 5, 5) && after(day + 6, 5),
            "EXP-8: what counts is the difference"
        );
    }
}
