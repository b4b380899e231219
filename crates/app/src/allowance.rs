//! ELIG-5: of many who want a partner's last place, in whatever region and at whatever server, exactly one gets it; who
//! has no limit pays nothing for it.
//!
//! What is used is counted in the regions, where the trials are. A place on its way there stands in the directory, and
//! may be taken only if nobody took one since the counting began. It arrives in the transaction that writes its trial.
//! A place whose time is over is declared void in its region first: whoever writes there first decides, so that a server
//! that was thought dead cannot come back with it.

use crate::{Actor, App, Error, directory::pause};
use domain::{
    allowance::{Limits, Taking, Used, month_began, used},
    ids::OrgId,
    organization::Organization,
    trial::{Change, Trial},
};
use jiff::{SignedDuration, Timestamp};
use store::{StoreError, Tx, directory::Admission, region::directory_task::Action as Tell};

/// Times that one waits for others who are taking places, or begins again since somebody was faster.
const PATIENCE: u32 = 160;

/// What a partner may do, and what it has used.
#[derive(Clone, Copy, Debug, Default)]
pub struct Room {
    /// What holds for it.
    pub limits: Limits,
    /// What is used; nothing was counted where nothing limits.
    pub used: Used,
}

impl App {
    /// What a partner may do, and what it has used; none where that cannot be told while a region is down. Whoever only
    /// wants to know is not stopped by it.
    ///
    /// # Errors
    /// When a store fails otherwise.
    pub async fn allowance(&self, actor: &Actor) -> Result<Option<Room>, Error> {
        match self.room_of(&actor.organization, false).await {
            Err(Error::Store(StoreError::Unavailable(_))) => Ok(None),
            other => other.map(Some),
        }
    }

    /// The same of one partner for whoever may see it, counted also where nothing limits.
    ///
    /// # Errors
    /// `not_found`, `role_required`; when a store does not answer.
    pub async fn partner_room(&self, actor: &Actor, id: &OrgId) -> Result<Room, Error> {
        self.partner(actor, id).await?;
        self.room_of(&self.organization(id).await?.value, true).await
    }

    /// The same of any partner; `always` counts also where nothing limits.
    pub(crate) async fn room_of(&self, organization: &Organization, always: bool) -> Result<Room, Error> {
        let Some(partner) = organization.partner() else {
            return Ok(Room::default());
        };
        let limits = Limits::of(partner, &*self.program()?);
        let used = if always || limits.bind(Taking::Start) {
            self.count_used(&organization.id).await?
        } else {
            Used::default()
        };
        Ok(Room { limits, used })
    }

    async fn count_used(&self, partner: &OrgId) -> Result<Used, Error> {
        let now = self.clock.now();
        // What was accepted this month was asked at most so many days before.
        let days = self.longest_consent();
        let since = month_began(now)
            .checked_sub(SignedDuration::from_hours(24 * i64::from(days) + 24))
            .unwrap_or(Timestamp::MIN);
        let mut trials = Vec::new();
        for region in self.stores.regions.values() {
            trials.extend(region.read().counted_trials(partner, since).await?);
        }
        Ok(used(&trials, now))
    }

    /// Whether there is a place, without taking it.
    pub(crate) async fn check_room(&self, organization: &Organization, taking: Taking) -> Result<(), Error> {
        let Some(limits) = self.limits(organization, taking)? else {
            return Ok(());
        };
        let used = self.count_used(&organization.id).await?;
        Ok(limits.check(&used, taking, self.clock.now())?)
    }

    fn limits(&self, organization: &Organization, taking: Taking) -> Result<Option<Limits>, Error> {
        let Some(partner) = organization.partner() else {
            return Ok(None);
        };
        let limits = Limits::of(partner, &*self.program()?);
        Ok(limits.bind(taking).then_some(limits))
    }

    /// Takes a place that will arrive in a region; none where nothing limits.
    pub(crate) async fn admit(
        &self,
        organization: &Organization,
        taking: Taking,
        region: &str,
        holder: &str,
    ) -> Result<Option<Admission>, Error> {
        let Some(limits) = self.limits(organization, taking)? else {
            return Ok(None);
        };
        let partner = &organization.id;
        let mut counted: Option<((i64, Vec<Admission>), Used)> = None;
        for _ in 0..PATIENCE {
            let seen = self.stores.directory.admissions(partner).await?;
            // Counted after that: what arrives meanwhile is counted twice, never not at all. As long as nothing is taken
            // or arrives, nothing is counted again.
            let arrived = match &counted {
                Some((before, used)) if *before == seen => *used,
                _ => self.count_used(partner).await?,
            };
            limits.check(&arrived, taking, self.clock.now())?;
            counted = Some((seen.clone(), arrived));
            let (version, coming) = seen;
            if limits.check(&with(arrived, &coming), taking, self.clock.now()).is_err() {
                if !self.clear(&coming, holder).await? {
                    pause().await;
                }
                continue;
            }
            let admission = Admission {
                id: self.unique(),
                partner: partner.clone(),
                region: region.to_owned(),
                of_month: taking == Taking::Start,
                holder: holder.to_owned(),
                until: self.lease(),
            };
            if self.stores.directory.admit(&admission, version).await? {
                return Ok(Some(admission));
            }
        }
        Err(StoreError::Unavailable("places of an allowance are being taken, and do not arrive".to_owned()).into())
    }

    /// Forgets places that arrived, were given up, or are one's own from a first try; whether there were any.
    async fn clear(&self, coming: &[Admission], holder: &str) -> Result<bool, Error> {
        let mut cleared = false;
        for one in coming {
            let over = one.until <= self.clock.real() || one.holder == holder;
            if over || self.region(&one.region)?.is_admitted(&one.id).await? {
                self.give_up_place(one).await?;
                cleared = true;
            }
        }
        Ok(cleared)
    }

    /// Gives a place back, unless it arrived; then it is counted where it is.
    pub(crate) async fn give_up_place(&self, admission: &Admission) -> Result<(), Error> {
        let region = self.region(&admission.region)?;
        region.void_admission(&admission.id, self.clock.real()).await?;
        Ok(self.stores.directory.drop_admission(&admission.id).await?)
    }

    /// The place arrives in this transaction.
    pub(crate) async fn arrive(&self, tx: &Tx, admission: &Admission, customer: &OrgId) -> Result<(), Error> {
        tx.use_admission(&admission.id, self.clock.real()).await?;
        self.forget_place(tx, admission, customer).await
    }

    /// With this transaction the directory no longer waits for a place.
    async fn forget_place(&self, tx: &Tx, admission: &Admission, customer: &OrgId) -> Result<(), Error> {
        let mut task = self.directory_task(Tell::Admitted, "admission", "", customer);
        task.digest.clone_from(&admission.id);
        Ok(tx.tell_directory(&[task]).await?)
    }

    /// What a change of a trial takes of its partner's allowance.
    pub(crate) async fn admit_change(
        &self,
        trial: &Trial,
        change: &Change,
        holder: Option<&str>,
        dry_run: bool,
    ) -> Result<Option<Admission>, Error> {
        let Some(taking) = takes(trial, change) else {
            return Ok(None);
        };
        let partner = self.organization(&trial.partner).await?.value;
        if dry_run {
            self.check_room(&partner, taking).await?;
            return Ok(None);
        }
        let holder = holder.map_or_else(|| self.unique(), str::to_owned);
        self.admit(&partner, taking, trial.id.region(), &holder).await
    }

    /// Whether a change may be written with what was taken for it; if not, it is looked at again.
    pub(crate) async fn arrive_with(
        &self,
        tx: &Tx,
        (trial, change): (&Trial, &Change),
        admission: Option<&Admission>,
    ) -> Result<(), Error> {
        match (takes(trial, change), admission) {
            (Some(_), Some(admission)) => self.arrive(tx, admission, &trial.customer).await,
            (Some(taking), None) => {
                // It was limited by nothing, or nothing was to be taken, when that was asked.
                let partner = self.organization(&trial.partner).await?.value;
                match self.limits(&partner, taking)? {
                    Some(_) => Err(StoreError::Conflict.into()),
                    None => Ok(()),
                }
            }
            // It was taken for what somebody else has done since: nobody waits for it to arrive.
            (None, Some(admission)) => self.forget_place(tx, admission, &trial.customer).await,
            (None, None) => Ok(()),
        }
    }

    /// Sweeps up places that servers left behind when they died.
    pub(crate) async fn reclaim_admissions(&self, forget_before: Timestamp) -> Result<(), Error> {
        for one in self.stores.directory.stale_admissions(self.clock.real(), 200).await? {
            self.give_up_place(&one).await?;
        }
        for region in self.stores.regions.values() {
            region.forget_admissions(forget_before).await?;
        }
        Ok(())
    }
}

fn takes(trial: &Trial, change: &Change) -> Option<Taking> {
    let mut after = trial.clone();
    for event in &change.events {
        after.apply(event);
    }
    domain::allowance::taken(trial, &after)
}

/// What is used once everything on its way has arrived.
fn with(used: Used, coming: &[Admission]) -> Used {
    let count = |some: usize| u32::try_from(some).unwrap_or(u32::MAX);
    Used {
        this_month: used
            .this_month
            .saturating_add(count(coming.iter().filter(|one| one.of_month).count())),
        active: used.active.saturating_add(count(coming.len())),
        ..used
    }
}
