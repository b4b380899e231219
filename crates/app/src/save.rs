//! The one way in which a change is written: state, event, plan and messages together.

use crate::{App, Error};
use domain::{
    closing::take_licenses,
    ids::{ApprovalId, EventId},
    organization::{AccessLevel, Organization, Purchase, Relationship},
    person::Person,
    program::Program,
    refusal::Code,
    text::fold,
    time::civil_day,
    trial::{
        Change, MilestoneKind, MilestoneState, Origin, ServiceState, State, Status, Subject, Trial, TrialEvent,
        TrialService, closes_organization, listing, lost, plan, reconcile,
    },
};
use jiff::{Timestamp, tz::TimeZone};
use std::collections::BTreeMap;
use store::{
    Tx,
    region::{
        Versioned,
        approval::{Approval, Closing},
        directory_task::{Action, DirectoryTask},
        event::{By, NewEvent},
        relationship::Line,
        trial::TrialRecord,
    },
};

/// What is to be written.
pub(crate) struct Save<'a> {
    pub(crate) by: &'a By,
    pub(crate) customer: &'a Versioned<Organization>,
    /// None for a trial that begins.
    pub(crate) before: Option<&'a TrialRecord>,
    pub(crate) change: &'a Change,
    pub(crate) program: &'a Program,
    pub(crate) zone: &'a TimeZone,
    pub(crate) now: Timestamp,
    /// A milestone that is finished with this change.
    pub(crate) due: Option<(MilestoneKind, Timestamp)>,
}

impl App {
    /// Writes a change and what follows from it; the trial as it stands then.
    pub(crate) async fn save(&self, tx: &Tx, save: Save<'_>) -> Result<TrialRecord, Error> {
        let record = after(save.before, save.change)?;
        let trial = &record.trial;
        let key = fold(&save.customer.value.name);
        tx.put_trial(&record, &key, save.before.is_none()).await?;
        let mut rows = match save.before {
            Some(_) => tx.read().milestones(&trial.id).await?,
            None => Vec::new(),
        };
        // What is being finished by this very change is done for those who look at the rows.
        for row in rows.iter_mut().filter(|row| Some((row.kind, row.at)) == save.due) {
            row.state = MilestoneState::Done;
        }
        let changes = reconcile(&rows, &plan(trial, save.program, save.zone), save.now);
        tx.put_milestones(&trial.id, &trial.customer, &changes, save.now)
            .await?;
        self.record_change(tx, &save, trial).await?;
        self.sync_approvals(tx, &save, trial).await?;
        self.sync_provisioning(tx, &save, trial).await?;
        self.sync_shipments(tx, &save, trial).await?;
        self.sync_relationship(tx, &save, trial, &key).await?;
        self.sync_licenses(tx, &save, trial).await?;
        self.take_named(tx, &save, trial).await?;
        self.sync_orders(tx, &save, trial).await?;
        self.sync_directory(tx, &save, &record).await?;
        self.give_back_exceptions(tx, &save, trial).await?;
        self.post(tx, trial, &save.change.messages, save.now).await?;
        let version = save.before.map_or(1, |before| before.version + 1);
        Ok(TrialRecord { version, ..record })
    }

    async fn record_change(&self, tx: &Tx, save: &Save<'_>, trial: &Trial) -> Result<(), Error> {
        let words: BTreeMap<String, String> = save
            .change
            .texts
            .iter()
            .map(|(key, text)| (key.clone(), text.clone()))
            .collect();
        let events = &save.change.events;
        let body = serde_json::to_value(events).map_err(|error| Error::Internal(error.to_string()))?;
        let new = NewEvent {
            id: EventId::new(tx.region(), &self.unique()),
            organization: &trial.customer,
            trial: Some(&trial.id),
            at: save.now,
            name: events.first().map_or("nothing", TrialEvent::name),
            by: save.by,
            body,
            words: &words,
        };
        Ok(tx.record(new).await?)
    }

    /// ELIG-4: what never ran was not tried: a trial that ended before it began, and services that leave one before they
    /// ran.
    async fn give_back_exceptions(&self, tx: &Tx, save: &Save<'_>, trial: &Trial) -> Result<(), Error> {
        let Some(before) = save.before.map(|before| &before.trial) else {
            return Ok(());
        };
        if matches!(&trial.state, State::Cancelled { term: None, .. }) {
            return Ok(tx.give_back_exceptions(&trial.id, None).await?);
        }
        let never = never_ran(before, trial);
        if never.is_empty() {
            return Ok(());
        }
        Ok(tx.give_back_exceptions(&trial.id, Some(&never)).await?)
    }

    /// What waits for the trials team follows from the trial.
    async fn sync_approvals(&self, tx: &Tx, save: &Save<'_>, trial: &Trial) -> Result<(), Error> {
        let wanted: Vec<Subject> = if trial.status().is_open() && trial.status() != Status::PendingConsent {
            trial.undecided_subjects()
        } else {
            Vec::new()
        };
        let known = if save.before.is_some() {
            tx.read().approvals_of(&trial.id).await?
        } else {
            Vec::new()
        };
        let open: Vec<&Approval> = known.iter().filter(|one| one.state == "pending").collect();
        // A request's approvals are asked once its details are confirmed.
        let asked = trial.status() != Status::PendingProvisioningDetails;
        for subject in wanted
            .iter()
            .filter(|subject| asked && !open.iter().any(|one| one.subject == **subject))
        {
            let approval = Approval {
                id: ApprovalId::new(tx.region(), &self.unique()),
                trial: trial.id.clone(),
                customer: trial.customer.clone(),
                partner: trial.partner.clone(),
                subject: subject.clone(),
                state: "pending".to_owned(),
                requested_at: save.now,
                decided_at: None,
                decided_by: None,
                reason: None,
                because: None,
                version: 1,
            };
            tx.add_approval(&approval).await?;
        }
        for approval in open.into_iter().filter(|one| !wanted.contains(&one.subject)) {
            let state = decided(save.change, &approval.subject).unwrap_or("withdrawn");
            let closing = Closing {
                state,
                by: save.by.person.as_ref(),
                reason: save.change.texts.get("approval_reason").map(String::as_str),
                because: objection(save.change, &approval.subject).map(Code::as_str),
                at: save.now,
            };
            tx.close_approval(approval, &closing).await?;
        }
        Ok(())
    }

    /// The partner's line in its list follows from its trials there (CONS-4, 5, LIST-1).
    async fn sync_relationship(&self, tx: &Tx, save: &Save<'_>, trial: &Trial, key: &str) -> Result<(), Error> {
        let known = if save.before.is_none() && trial.origin == Origin::New {
            None
        } else {
            tx.read().relationship(&trial.customer, &trial.partner).await?
        };
        let mine: Vec<Trial> = match (&known, save.before) {
            (None, None) if trial.origin == Origin::New => vec![trial.clone()],
            _ => {
                let all = tx.read().trials_of(&trial.customer).await?;
                all.into_iter()
                    .map(|record| record.trial)
                    .filter(|other| other.partner == trial.partner)
                    .collect()
            }
        };
        // ORG-3: whoever starts a trial looks after the customer.
        if save.before.is_none() {
            tx.assign(&trial.customer, &trial.partner, &trial.started_by).await?;
        }
        let purchased = purchased_of(save, trial);
        let Some(tie) = tied(known.as_ref(), &mine, trial, save, !purchased.is_empty()) else {
            if known.is_some() {
                tx.end_relationship(&trial.customer, &trial.partner).await?;
            }
            return Ok(());
        };
        let (status, ends_on) = listing(&mine, !purchased.is_empty());
        let open = mine.iter().filter(|one| one.status().is_open());
        let mut services: Vec<String> = open.flat_map(Trial::service_ids).collect();
        services.sort();
        services.dedup();
        let line = Line {
            relationship: tie.0,
            pending: tie.1,
            status,
            ends_on,
            services,
            name_key: key.to_owned(),
            version: known.as_ref().map_or(1, |line| line.version + 1),
        };
        if known.as_ref().is_some_and(|known| {
            Line {
                version: line.version,
                ..known.clone()
            } == line
        }) {
            return Ok(());
        }
        Ok(tx.put_relationship(&line).await?)
    }

    /// EXP-4: people keep the licences of services that the customer still has by something else, and no others. Where
    /// the organization closes they go step by step.
    async fn sync_licenses(&self, tx: &Tx, save: &Save<'_>, trial: &Trial) -> Result<(), Error> {
        let Some(before) = save.before.filter(|_| !closes_organization(&save.change.events)) else {
            return Ok(());
        };
        let gives_all = before.trial.claimed().all(|id| trial.claimed().any(|one| one == id));
        let Some(facts) = save.customer.value.customer().filter(|_| !gives_all) else {
            return Ok(());
        };
        let all = tx.read().trials_of(&trial.customer).await?;
        let others: Vec<&Trial> = all.iter().map(|one| &one.trial).filter(|o| o.id != trial.id).collect();
        let lost = lost(&before.trial, trial, &others, &facts.purchased, save.program);
        if lost.is_empty() {
            return Ok(());
        }
        let people = tx.read().everybody_of(&trial.customer).await?;
        let loses = |mut one: Versioned<Person>| (take_licenses(&mut one.value, &lost) > 0).then_some(one);
        let changed: Vec<Versioned<Person>> = people.into_iter().filter_map(loses).collect();
        if changed.is_empty() {
            return Ok(());
        }
        Ok(tx.put_people(&changed).await?)
    }

    /// START-5: a site that the trial no longer uses rests.
    async fn sync_directory(&self, tx: &Tx, save: &Save<'_>, record: &TrialRecord) -> Result<(), Error> {
        let uses = |trial: &Trial| {
            let asks = |id: &str| save.program.service(id).is_some_and(|service| service.site);
            // What a request names it takes when its details are confirmed (PROV-1).
            let asks_only = matches!(
                trial.status(),
                Status::PendingConsent | Status::PendingProvisioningDetails
            );
            let holds = trial.status().is_open() && !asks_only;
            let bought = trial.status() == Status::Converted;
            let left = |service: &TrialService| bought && service.state == ServiceState::Withdrawn;
            let mut given = trial.services.iter().filter(|service| !left(service));
            (holds || bought) && given.any(|service| asks(&service.id))
        };
        let Some(site) = record.texts.get("site") else {
            return Ok(());
        };
        let was = save.before.is_some_and(|before| uses(&before.trial));
        if !was || uses(&record.trial) {
            return Ok(());
        }
        let rest = jiff::SignedDuration::from_hours(24 * i64::from(save.program.policy.site_rest_days));
        let until = save.now.checked_add(rest).unwrap_or(Timestamp::MAX);
        let task = self.directory_task(Action::Rest(until), "site", site, &record.trial.customer);
        Ok(tx.tell_directory(&[task]).await?)
    }

    pub(crate) fn directory_task(
        &self,
        action: Action,
        kind: &str,
        value: &str,
        organization: &domain::ids::OrgId,
    ) -> DirectoryTask {
        DirectoryTask {
            id: self.unique(),
            action,
            kind: kind.to_owned(),
            digest: if value.is_empty() {
                String::new()
            } else {
                self.stores.directory.digest(kind, value)
            },
            organization: organization.clone(),
        }
    }
}

/// The record after a change, before it is written.
pub(crate) fn after(before: Option<&TrialRecord>, change: &Change) -> Result<TrialRecord, Error> {
    let mut record = match before {
        Some(before) => before.clone(),
        None => {
            let trial =
                Trial::fold(&change.events).ok_or(Error::Internal("a trial begins without its start".to_owned()))?;
            TrialRecord {
                trial,
                texts: BTreeMap::new(),
                version: 1,
            }
        }
    };
    if before.is_some() {
        for event in &change.events {
            record.trial.apply(event);
        }
    }
    for (key, text) in &change.texts {
        if text.is_empty() {
            record.texts.remove(key);
        } else {
            record.texts.insert(key.clone(), text.clone());
        }
    }
    Ok(record)
}

/// What a trial claimed, and gives up without having run it.
fn never_ran(before: &Trial, after: &Trial) -> Vec<String> {
    let ran = |id: &str| {
        let both = before.services.iter().chain(&after.services);
        both.filter(|one| one.id == id)
            .any(domain::trial::TrialService::was_provisioned)
    };
    let gone = before.claimed().filter(|id| !after.claimed().any(|one| one == *id));
    gone.filter(|id| !ran(id)).map(str::to_owned).collect()
}

fn decided(change: &Change, subject: &Subject) -> Option<&'static str> {
    change.events.iter().find_map(|event| match event {
        TrialEvent::ApprovalDecided {
            subject: about,
            approved,
            ..
        } if about == subject => Some(if *approved { "approved" } else { "refused" }),
        _ => None,
    })
}

/// What stood against a yes when it was given.
fn objection(change: &Change, subject: &Subject) -> Option<Code> {
    change.events.iter().find_map(|event| match event {
        TrialEvent::ApprovalDecided {
            subject: about,
            because,
            ..
        } if about == subject => *because,
        _ => None,
    })
}

/// What the customer has bought through this partner, this change included.
fn purchased_of(save: &Save<'_>, trial: &Trial) -> Vec<String> {
    let bought = save
        .customer
        .value
        .customer()
        .map(|customer| customer.purchased.as_slice())
        .unwrap_or_default();
    let mine = bought
        .iter()
        .filter(|purchase| purchase.partner.as_ref() == Some(&trial.partner));
    let mut ids: Vec<String> = mine.map(|purchase| purchase.service.clone()).collect();
    if save
        .change
        .events
        .iter()
        .any(|event| matches!(event, TrialEvent::Converted { .. }))
    {
        ids.extend(gained(trial).map(|service| service.id.clone()));
    }
    ids
}

/// CONV-7: what a converted trial leaves to the customer.
pub(crate) fn purchases(trial: &Trial, now: Timestamp, zone: &TimeZone) -> Vec<Purchase> {
    let since = civil_day(now, zone);
    let one = |service: &TrialService| Purchase {
        service: service.id.clone(),
        quantity: service.quantity,
        partner: Some(trial.partner.clone()),
        since,
    };
    gained(trial).map(one).collect()
}

/// CONV-5: what of a converted trial was bought.
fn gained(trial: &Trial) -> impl Iterator<Item = &TrialService> {
    let all = trial.services.iter();
    all.filter(|service| trial.bought_by.is_none() || service.state != ServiceState::Withdrawn)
}

/// The relationship after a change and whether it is only asked for; none when nothing ties them any more.
fn tied(
    known: Option<&Line>,
    mine: &[Trial],
    trial: &Trial,
    save: &Save<'_>,
    bought: bool,
) -> Option<(Relationship, bool)> {
    let fresh = |level| Relationship {
        customer: trial.customer.clone(),
        partner: trial.partner.clone(),
        level,
        since: save.now,
        tags: Vec::new(),
        assigned: Vec::new(),
    };
    let has = |status: &[Status]| mine.iter().any(|one| status.contains(&one.status()));
    let accepted = save.change.events.iter().find_map(|event| match event {
        TrialEvent::Accepted { consent, .. } => Some(consent.level),
        _ => None,
    });
    if let Some(level) = accepted {
        return Some((fresh(level), false));
    }
    match known {
        None if save.before.is_some() => None,
        None if trial.origin == Origin::Request => Some((fresh(AccessLevel::ProvisioningAdministrator), true)),
        // ORG-4: starting a trial for a new customer gives full access.
        None => Some((fresh(AccessLevel::FullAdministrator), false)),
        Some(line) if line.pending => has(&[Status::PendingConsent]).then(|| (line.relationship.clone(), true)),
        Some(line) => {
            // CONS-4: a request that is withdrawn after its acceptance leaves nothing behind.
            let withdrawn =
                matches!(&trial.state, State::Cancelled { term: None, .. }) && trial.origin == Origin::Request;
            let others = mine.iter().any(|one| one.id != trial.id && one.term().is_some())
                || mine.iter().any(|one| one.id != trial.id && one.status().is_open());
            let nothing = withdrawn && !others && !bought;
            (!nothing).then(|| (line.relationship.clone(), false))
        }
    }
}
