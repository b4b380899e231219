//! Loading what a decision needs to know.

use crate::{
    Actor, App, Error,
    policy::{Tie, certified, sees},
};
use domain::{
    eligibility::{self, Standing},
    ids::{OrgId, TrialId},
    organization::{Customer, Organization},
    program::Program,
    trial::{Assigned, At, Surroundings, Trial, kept},
};
use jiff::{Timestamp, tz::TimeZone};
use std::sync::Arc;
use store::region::{Reads, Versioned, relationship::Line, trial::TrialRecord};

/// A trial with everything around it that the rules look at.
pub(crate) struct Loaded {
    pub(crate) customer: Versioned<Organization>,
    pub(crate) record: TrialRecord,
    /// The customer's other trials.
    pub(crate) others: Vec<TrialRecord>,
    /// The partner's relationship with the customer.
    pub(crate) line: Option<Line>,
    pub(crate) program: Arc<Program>,
    pub(crate) zone: TimeZone,
    pub(crate) now: Timestamp,
    pub(crate) looks_after: bool,
    pub(crate) provisioner: domain::trial::Provisioner,
}

impl Loaded {
    pub(crate) fn at(&self) -> At<'_> {
        At {
            now: self.now,
            zone: &self.zone,
            program: &self.program,
            provisioner: self.provisioner,
        }
    }

    pub(crate) fn facts(&self) -> Result<&Customer, Error> {
        customer_of(&self.customer.value)
    }

    pub(crate) fn tie(&self) -> Tie<'_> {
        Tie {
            customer: &self.record.trial.customer,
            partner: Some(&self.record.trial.partner),
            level: self
                .line
                .as_ref()
                .filter(|line| !line.pending)
                .map(|line| line.relationship.level),
            looks_after: self.looks_after,
            granted: false,
        }
    }

    /// ELIG: the customer's standing without this trial's own claims.
    pub(crate) fn standing(&self) -> Result<Standing, Error> {
        let others = self.others.iter().map(|record| &record.trial);
        Ok(eligibility::standing(&self.facts()?.purchased, others, &self.zone))
    }

    /// CANC-2: whether the customer has no other service.
    pub(crate) fn left_empty(&self) -> Result<bool, Error> {
        let others = self.others.iter().map(|record| &record.trial);
        Ok(!kept(!self.facts()?.purchased.is_empty(), others))
    }
}

pub(crate) fn customer_of(organization: &Organization) -> Result<&Customer, Error> {
    organization
        .customer()
        .ok_or_else(|| Error::Internal(format!("{} is no customer", organization.id)))
}

/// A zone that was checked when it came in.
pub(crate) fn zone(name: &str) -> Result<TimeZone, Error> {
    TimeZone::get(name).map_err(|error| Error::Internal(error.to_string()))
}

/// Whether a name is a zone's, in its own spelling.
pub(crate) fn is_zone(name: &str) -> bool {
    name.len() <= 60 && TimeZone::get(name).is_ok_and(|zone| zone.iana_name() == Some(name)) && name != "Etc/Unknown"
}

impl App {
    /// EXP-4: what else keeps the customer's organization when this trial's end comes.
    pub(crate) async fn surroundings(&self, loaded: &Loaded, users: u32) -> Result<Surroundings, Error> {
        let others = self.with_programs(loaded.others.iter()).await?;
        let others: Vec<(&Trial, &Program)> = others.iter().map(|(one, of)| (*one, &**of)).collect();
        let facts = loaded.facts()?;
        // One that is closed is not closed twice.
        let kept = !facts.purchased.is_empty() || facts.closed_on.is_some();
        let trial = (&loaded.record.trial, &*loaded.program);
        Ok(Surroundings::of(trial, &others, kept, users))
    }

    /// Trials with the programs under which they started (PROG-1).
    pub(crate) async fn with_programs<'t>(
        &self,
        records: impl Iterator<Item = &'t TrialRecord> + Send,
    ) -> Result<Vec<(&'t Trial, Arc<Program>)>, Error> {
        let mut all = Vec::new();
        for record in records {
            let program = self.program_version(record.trial.program_version).await?;
            all.push((&record.trial, program));
        }
        Ok(all)
    }

    /// A trial as it stands for this reader: committed, or seen from within a transaction.
    pub(crate) async fn load(&self, reads: &Reads<'_>, id: &TrialId, actor: Option<&Actor>) -> Result<Loaded, Error> {
        // Before anything is read: what is there and what is not must look alike.
        if let Some(actor) = actor {
            certified(actor, self.clock.now())?;
        }
        let record = reads.trial(id).await?.ok_or_else(Error::not_found)?;
        let line = reads
            .relationship(&record.trial.customer, &record.trial.partner)
            .await?;
        let looks_after = match actor {
            Some(actor) => {
                record.trial.started_by == actor.person.id
                    || reads.is_assigned(&record.trial.customer, &actor.person.id).await?
            }
            None => true,
        };
        // ORG-9: what is not theirs costs others hardly more time than what is not there.
        if let Some(actor) = actor {
            let level = line.as_ref().map(|line| line.relationship.level);
            let tie = Tie {
                customer: &record.trial.customer,
                partner: Some(&record.trial.partner),
                level,
                looks_after,
                granted: false,
            };
            if !sees(actor, &tie)? {
                return Err(Error::not_found());
            }
        }
        let customer = reads.organization(&record.trial.customer).await?;
        let customer = customer.ok_or_else(Error::not_found)?;
        let all = reads.trials_of(&record.trial.customer).await?;
        Ok(Loaded {
            program: self.program_version(record.trial.program_version).await?,
            zone: zone(&record.trial.zone)?,
            others: all.into_iter().filter(|other| other.trial.id != *id).collect(),
            customer,
            line,
            record,
            now: self.clock.now(),
            looks_after,
            provisioner: self.settings.provisioner,
        })
    }

    /// EDIT-1: who uses which service's licences, first assigned first.
    pub(crate) async fn assigned(&self, reads: &Reads<'_>, customer: &OrgId) -> Result<Vec<Assigned>, Error> {
        let mut assigned: Vec<Assigned> = Vec::new();
        for person in reads.people_of(customer).await? {
            let shown = if person.name.is_empty() {
                person.email.clone()
            } else {
                person.name.clone()
            };
            for service in person.licenses {
                match assigned.iter_mut().find(|one| one.service == service) {
                    Some(one) => one.people.push(shown.clone()),
                    None => assigned.push(Assigned {
                        service,
                        people: vec![shown.clone()],
                    }),
                }
            }
        }
        Ok(assigned)
    }
}
