//! First-time set-up of a customer (SETUP-1, SETUP-2): by itself, or by a partner that may.

pub mod location;
pub mod number;
pub mod order;
mod provider;
mod release;
mod save;
mod take;
mod view;

pub use provider::{EmbeddedNumbers, NumberSource};
pub use save::{ProfilePatch, SetupPatch};
pub use view::{CallingView, ProfileView, ServiceUse, SetupView, SiteView, UsersView};

use crate::{
    Actor, App, Error,
    customer::tie,
    load::customer_of,
    policy::{Action, authorize, certified},
};
use domain::{
    ids::OrgId,
    number::{bought_calling, runs_calling},
    organization::{AccessLevel, Organization},
    program::Program,
    refusal::Code,
    trial::{Status, Trial},
};
use std::sync::Arc;
use store::region::{Reads, Versioned, trial::TrialRecord};

/// A customer whose set-up somebody looks at or works on.
pub(crate) struct Site {
    pub(crate) customer: Versioned<Organization>,
    /// The trials that are the reader's business, with the programs under which they started.
    pub(crate) trials: Vec<(TrialRecord, Arc<Program>)>,
    /// ORG-4: none for who is no partner.
    pub(crate) level: Option<AccessLevel>,
    pub(crate) program: Arc<Program>,
    /// Whether calling is tried or bought at all, whoever's business it is.
    calls: bool,
}

impl Site {
    /// ORG-4: with provisioning access only what the partner itself tries is to be set up.
    pub(crate) fn is_whole(&self) -> bool {
        self.level != Some(AccessLevel::ProvisioningAdministrator)
    }

    pub(crate) fn country(&self) -> &str {
        self.customer
            .value
            .customer()
            .map_or("", |facts| facts.country.as_str())
    }

    fn bought(&self) -> bool {
        self.is_whole() && bought(&self.customer.value, &self.program)
    }

    /// Whether calling is tried or bought, running or about to.
    pub(crate) fn has_calling(&self) -> bool {
        let mut trials = self.trials.iter();
        self.bought() || trials.any(|(record, program)| tries(&record.trial, program))
    }

    /// ORG-4: whether locations and numbers are the reader's business.
    pub(crate) fn shows_calling(&self) -> bool {
        self.is_whole() || self.has_calling()
    }

    /// SETUP-2: whether numbers can be the customer's now.
    pub(crate) fn runs_calling(&self) -> bool {
        self.bought() || self.calling_trial().is_some()
    }

    /// The trial under which calling runs.
    pub(crate) fn calling_trial(&self) -> Option<(&Trial, &Program)> {
        let mut trials = self.trials.iter().map(|(record, program)| (&record.trial, &**program));
        trials.find(|(trial, program)| runs_calling(trial, program))
    }
}

fn bought(customer: &Organization, program: &Program) -> bool {
    let facts = customer.customer();
    facts.is_some_and(|facts| bought_calling(&facts.purchased, program))
}

fn tries(trial: &Trial, program: &Program) -> bool {
    trial.status().is_open() && trial.status() != Status::PendingConsent && trial.has_numbers(program)
}

impl App {
    /// Who, may they, load: the customer as far as it concerns whoever sets it up.
    pub(crate) async fn site(
        &self,
        reads: &Reads<'_>,
        actor: &Actor,
        id: &OrgId,
        action: Action,
    ) -> Result<Site, Error> {
        certified(actor, self.clock.now())?;
        self.nearby(reads, actor, id).await?;
        let customer = reads.organization(id).await?.ok_or_else(Error::not_found)?;
        let facts = customer.value.customer();
        if facts.is_none_or(|facts| facts.closed_on.is_some()) {
            return Err(Error::not_found());
        }
        let line = match actor.is_partner() {
            true => reads.relationship(id, actor.org()).await?,
            false => None,
        };
        let looks_after = actor.is_partner() && reads.is_assigned(id, actor.id()).await?;
        let tie = tie(id, line.as_ref(), looks_after);
        authorize(actor, action, &tie, self.clock.now())?;
        customer_of(&customer.value)?;
        let own = tie.level == Some(AccessLevel::ProvisioningAdministrator);
        let program = self.program()?;
        let mut calls = bought(&customer.value, &program);
        let mut trials = Vec::new();
        for record in reads.trials_of(id).await? {
            let program = self.program_version(record.trial.program_version).await?;
            calls = calls || tries(&record.trial, &program);
            if !own || record.trial.partner == *actor.org() {
                trials.push((record, program));
            }
        }
        Ok(Site {
            level: tie.level,
            customer,
            trials,
            program,
            calls,
        })
    }

    /// The same, where its locations and numbers are whoever looks's business (ORG-4).
    pub(crate) async fn calling_site(
        &self,
        reads: &Reads<'_>,
        actor: &Actor,
        id: &OrgId,
        action: Action,
    ) -> Result<Site, Error> {
        let site = self.site(reads, actor, id, action).await?;
        match site.shows_calling() {
            true => Ok(site),
            false => Err(Error::code(Code::Forbidden)),
        }
    }
}
