//! Commands on a trial that is there: people, API clients and time issue the same ones, and all go this way.

use crate::{
    Actor, App, Error, IdemRequest,
    idempotency::{Held, Slot},
    load::Loaded,
    policy::{Action, authorize},
    save::{Save, purchases},
    shipment::DeviceCommand,
    view::{Around, Outcome},
};
use domain::{
    eligibility::{self, Standing},
    ids::{PersonId, TrialId},
    refusal::{Code, Refusal},
    trial::{CancelledBy, Change, ConsentGiven, Decision, Details, Edit, Extend, Status, Trial, TrialEvent},
};
use store::{
    Tx,
    directory::Admission,
    region::{Reads, Versioned, directory_task::Action as Tell, event::By},
};

/// What can be asked of a trial.
#[derive(Clone, Debug)]
pub enum Command {
    /// EXT-1.
    Extend(Extend),
    /// EDIT-1.
    Edit(Edit),
    /// CANC-1, CONS-4; the personal reason.
    Cancel(Option<String>),
    /// CONS-4.
    ResendConsent,
    /// PROV-1.
    ConfirmDetails(Details),
    /// EXP-6; the partner's line.
    Remind(Option<String>),
    /// START-11: the person whose address is now right, and whether that person ever signed in.
    CorrectAdministrator(PersonId, bool),
    /// CONS-3.
    Accept(ConsentGiven),
    /// CONS-5; the personal reason.
    Decline(Option<String>),
    /// START-2, REG-3.
    Decide(Decision),
    /// CONV-7.
    Convert,
    /// DEV, EXT-4.
    Devices(DeviceCommand),
}

/// What stands around a command.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// The versions under which the caller knows the trial; none asks nothing.
    pub if_match: Option<Vec<i64>>,
    /// The caller's idempotency key.
    pub idem: Option<IdemRequest>,
    /// Check everything, write nothing.
    pub dry_run: bool,
}

/// Attempts when others change the same trial at the same time.
pub(crate) const ATTEMPTS: usize = 6;

impl Command {
    fn action(&self) -> Action {
        match self {
            Command::Extend(_)
            | Command::Edit(_)
            | Command::ResendConsent
            | Command::ConfirmDetails(_)
            | Command::Remind(_)
            | Command::CorrectAdministrator(..)
            | Command::Convert => Action::ManageTrial,
            Command::Cancel(_) => Action::CancelTrial,
            Command::Accept(_) | Command::Decline(_) => Action::DecideRequest,
            Command::Decide(_) => Action::DecideApproval,
            Command::Devices(command) => command.action(),
        }
    }
}

impl App {
    /// Who, may they, load, decide, one transaction.
    ///
    /// # Errors
    /// What the rules refuse, what the person may not see or do, a version that has passed.
    pub async fn execute(
        &self,
        actor: &Actor,
        id: &TrialId,
        command: &Command,
        guard: &Guard,
    ) -> Result<Outcome, Error> {
        let loaded = self.load(&self.region(id.region())?.read(), id, Some(actor)).await?;
        authorize(actor, command.action(), &loaded.tie(), loaded.now)?;
        if guard.dry_run {
            self.admit_command(actor, id, command, guard, None).await?;
            return self.attempt(actor, id, command, guard, (None, None)).await;
        }
        let customer = &loaded.record.trial.customer;
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), customer).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let mut attempt = 0;
        let result = loop {
            attempt += 1;
            match self.admitted(actor, id, command, guard, slot.as_ref()).await {
                Err(error) if error.is_race() && attempt < ATTEMPTS => {}
                result => break result,
            }
        };
        self.settle(slot, result).await
    }

    /// ELIG-5: takes a place of the partner's allowance first, where the change needs one.
    async fn admitted(
        &self,
        actor: &Actor,
        id: &TrialId,
        command: &Command,
        guard: &Guard,
        slot: Option<&Slot<'_>>,
    ) -> Result<Outcome, Error> {
        let admission = self.admit_command(actor, id, command, guard, slot).await?;
        let held = (slot, admission.as_ref());
        let result = self.attempt(actor, id, command, guard, held).await;
        if let (Some(admission), Err(_)) = (&admission, &result) {
            self.give_up_place(admission).await?;
        }
        result
    }

    async fn admit_command(
        &self,
        actor: &Actor,
        id: &TrialId,
        command: &Command,
        guard: &Guard,
        slot: Option<&Slot<'_>>,
    ) -> Result<Option<Admission>, Error> {
        if !matches!(command, Command::Accept(_) | Command::Extend(_) | Command::Decide(_)) {
            return Ok(None);
        }
        let reads = self.region(id.region())?.read();
        let seen = reads.trial(id).await?.map(|record| record.trial.status());
        if !matches!(seen, Some(Status::PendingConsent | Status::Expired)) {
            return Ok(None);
        }
        let loaded = self.load(&reads, id, Some(actor)).await?;
        check_version(guard, loaded.record.version)?;
        let change = self.decide(&reads, actor, &loaded, command).await?;
        let holder = slot.map(Slot::holder);
        let taken = self.admit_change(&loaded.record.trial, &change, holder, guard.dry_run);
        match taken.await {
            // How many trials a partner may run is no customer's affair.
            Err(Error::Refused(refusal)) if refusal.code == Code::AllowanceUsed && actor.is_customer() => {
                Err(Refusal::new(Code::AllowanceUsed).with("limit", "partner").into())
            }
            other => other,
        }
    }

    async fn attempt(
        &self,
        actor: &Actor,
        id: &TrialId,
        command: &Command,
        guard: &Guard,
        (slot, admission): (Option<&Slot<'_>>, Option<&Admission>),
    ) -> Result<Outcome, Error> {
        let _moment = self.moment().await;
        let tx = self.region(id.region())?.begin().await?;
        let seen = tx.read().trial(id).await?.ok_or_else(Error::not_found)?;
        tx.lock(&seen.trial.customer).await?;
        let loaded = self.load(&tx.read(), id, Some(actor)).await?;
        authorize(actor, command.action(), &loaded.tie(), loaded.now)?;
        check_version(guard, loaded.record.version)?;
        let mut change = self.decide(&tx.read(), actor, &loaded, command).await?;
        let leaving = self.leaving(&tx.read(), &loaded, &change).await?;
        if let Some(leaving) = &leaving {
            leaving.tell(&mut change);
        }
        if !guard.dry_run {
            let taken = (&loaded.record.trial, &change);
            self.arrive_with(&tx, taken, admission).await?;
        }
        let site = self.reserve_for(&loaded, command, guard.dry_run).await?;
        let record = if change.is_empty() {
            loaded.record.clone()
        } else {
            self.save_loaded(&tx, &actor.by(), &loaded, &change, None).await?
        };
        self.use_lifted(&tx, &loaded, &record.trial).await?;
        if let Some(site) = site {
            let confirm = self.directory_task(Tell::Confirm, "site", &site, &record.trial.customer);
            tx.tell_directory(&[confirm]).await?;
        }
        let held_at = self.held_at(&tx.read(), &record.trial.customer).await?;
        let customer = &loaded.customer.value;
        let zone = crate::load::zone(&record.trial.zone)?;
        let around = Around {
            customer,
            program: &loaded.program,
            zone: &zone,
            now: loaded.now,
            held_at,
        };
        if guard.dry_run {
            let before = Some(self.view(loaded.record.clone(), &around).await?);
            let rows = tx.read().milestones(id).await?;
            let plan = Some(self.plan_items(&tx.read(), &record.trial, &rows, &around).await?);
            let trial = self.view(record, &around).await?;
            tx.rollback().await?;
            return Ok(Outcome {
                trial,
                changed: !change.is_empty(),
                before,
                plan,
                leaving: leaving.map(|leaving| leaving.seen_by(actor, &loaded)),
                receipt: change.receipt,
            });
        }
        let trial = self.view(record, &around).await?;
        let outcome = Outcome {
            trial,
            changed: !change.is_empty(),
            before: None,
            plan: None,
            leaving: None,
            receipt: change.receipt,
        };
        if let Some(slot) = slot {
            slot.keep(&tx, &outcome).await?;
        }
        tx.commit().await?;
        self.rang();
        Ok(outcome)
    }

    /// Writes a change of a loaded trial, and what it means to others: requests that it closes (CONS-6), services that
    /// are now bought (CONV-7).
    pub(crate) async fn save_loaded(
        &self,
        tx: &Tx,
        by: &By,
        loaded: &Loaded,
        change: &Change,
        due: Option<(domain::trial::MilestoneKind, jiff::Timestamp)>,
    ) -> Result<store::region::trial::TrialRecord, Error> {
        let zone = match change.events.iter().find_map(|event| match event {
            TrialEvent::DetailsConfirmed { zone, .. } => Some(zone),
            _ => None,
        }) {
            Some(name) => crate::load::zone(name)?,
            None => loaded.zone.clone(),
        };
        let save = Save {
            by,
            customer: &loaded.customer,
            before: Some(&loaded.record),
            change,
            program: &loaded.program,
            zone: &zone,
            now: loaded.now,
            due,
        };
        let record = self.save(tx, save).await?;
        if change
            .events
            .iter()
            .any(|event| matches!(event, TrialEvent::Accepted { .. }))
        {
            self.close_requests(tx, by, loaded, &record.trial.service_ids()).await?;
        }
        if change
            .events
            .iter()
            .any(|event| matches!(event, TrialEvent::Converted { .. }))
        {
            let mut customer = loaded.customer.clone();
            if let domain::organization::Kind::Customer(facts) = &mut customer.value.kind {
                let bought = purchases(&record.trial, loaded.now, &loaded.zone);
                facts.buy(bought);
            }
            tx.put_organization(&Versioned {
                value: customer.value,
                version: customer.version,
            })
            .await?;
        }
        Ok(record)
    }

    /// CONS-6: the first acceptance wins; requests of which nothing is left are closed.
    async fn close_requests(&self, tx: &Tx, by: &By, loaded: &Loaded, taken: &[String]) -> Result<(), Error> {
        for other in &loaded.others {
            let program = self.program_version(other.trial.program_version).await?;
            let at = domain::trial::At {
                program: &program,
                ..loaded.at()
            };
            let Some(change) = other.trial.close_request(taken, &at) else {
                continue;
            };
            let save = Save {
                by,
                customer: &loaded.customer,
                before: Some(other),
                change: &change,
                program: &program,
                zone: &loaded.zone,
                now: loaded.now,
                due: None,
            };
            self.save(tx, save).await?;
        }
        Ok(())
    }

    /// From command to change: pure once everything is loaded.
    async fn decide(
        &self,
        reads: &Reads<'_>,
        actor: &Actor,
        loaded: &Loaded,
        command: &Command,
    ) -> Result<Change, Error> {
        let at = loaded.at();
        let trial = &loaded.record.trial;
        Ok(match command {
            Command::Extend(wish) => trial.extend(wish, &at)?,
            Command::Edit(wish) => {
                let standing = self.standing_with(reads, loaded).await?;
                let eligible =
                    |ids: &[String]| eligibility::refused(ids, &trial.partner, &standing, at.today(), at.program);
                trial.edit(wish, eligible, &self.assigned(reads, &trial.customer).await?, &at)?
            }
            Command::Cancel(reason) => {
                let by = if actor.is_customer() {
                    CancelledBy::Customer
                } else {
                    CancelledBy::Partner
                };
                trial.cancel(by, reason.clone(), loaded.left_empty()?, &at)?
            }
            Command::ResendConsent => trial.resend_consent(&at)?,
            Command::ConfirmDetails(details) => {
                trial.confirm_details(details.clone(), loaded.record.texts.contains_key("site"), &at)?
            }
            Command::Remind(line) => trial.remind(line.clone(), &at)?,
            Command::CorrectAdministrator(person, signed_in) => {
                trial.correct_administrator(person.clone(), *signed_in)?
            }
            Command::Accept(given) => {
                let standing = self.standing_with(reads, loaded).await?;
                let refused =
                    eligibility::refused(&trial.service_ids(), &trial.partner, &standing, at.today(), at.program);
                trial.accept(given, refused, &at)?
            }
            Command::Decline(reason) => trial.decline(reason.clone(), &at)?,
            Command::Decide(decision) => {
                let around = (loaded.facts()?.purchased.as_slice(), loaded.left_empty()?);
                trial.decide_approval(decision, around, &at)?
            }
            Command::Convert => trial.convert(&at)?,
            Command::Devices(command) => self.decide_devices(reads, actor, loaded, command).await?,
        })
    }

    /// ELIG: the customer's standing, with what the trials team has lifted (ELIG-4).
    async fn standing_with(&self, reads: &Reads<'_>, loaded: &Loaded) -> Result<Standing, Error> {
        let trial = &loaded.record.trial;
        let open = self
            .lifted(reads, &trial.customer, &trial.partner, &loaded.program)
            .await?;
        Ok(Standing {
            lifted: crate::exception::services(&open),
            ..loaded.standing()?
        })
    }

    /// ELIG-4: what a trial now claims and did not before uses up what it needs.
    async fn use_lifted(&self, tx: &Tx, loaded: &Loaded, after: &Trial) -> Result<(), Error> {
        let before: Vec<&str> = loaded.record.trial.claimed().collect();
        let new = after.claimed().filter(|id| !before.contains(id));
        let new: Vec<String> = new.map(str::to_owned).collect();
        if new.is_empty() {
            return Ok(());
        }
        let standing = (&loaded.standing()?, loaded.at().today(), &*loaded.program);
        self.use_exceptions(tx, after, &new, standing).await
    }

    /// PROV-1: a request's site is taken when its details are confirmed; which one was.
    async fn reserve_for(&self, loaded: &Loaded, command: &Command, dry_run: bool) -> Result<Option<String>, Error> {
        let Command::ConfirmDetails(details) = command else {
            return Ok(None);
        };
        let given = details.meetings.as_ref().map(|(_, site)| site);
        let Some(site) = given.or(loaded.record.texts.get("site")) else {
            return Ok(None);
        };
        let trial = &loaded.record.trial;
        let asks = |id: &str| loaded.program.service(id).is_some_and(|service| service.site);
        if !trial.services.iter().any(|service| asks(&service.id)) {
            return Ok(None);
        }
        if dry_run {
            self.check_site(site).await?;
            return Ok(None);
        }
        self.take_site(site, &trial.customer, trial.id.as_str()).await?;
        Ok(Some(site.clone()))
    }

    /// Wakes those who carry on.
    pub(crate) fn rang(&self) {
        self.posted.notify_one();
        self.changed.notify_one();
        self.asked.notify_one();
    }
}

pub(crate) fn check_version(guard: &Guard, version: i64) -> Result<(), Error> {
    match &guard.if_match {
        Some(known) if !known.contains(&version) => {
            Err(Refusal::new(Code::VersionConflict).with("version", version).into())
        }
        _ => Ok(()),
    }
}

/// Statuses in which a request can still be withdrawn (CONS-4).
pub(crate) fn is_request(status: Status) -> bool {
    matches!(status, Status::PendingConsent | Status::PendingProvisioningDetails)
}
