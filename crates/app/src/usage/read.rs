//! USE-1: who sees which figures.

use crate::{
    Actor, App, Error, Page, PageRequest, Place,
    customer::tie,
    load::{customer_of, zone},
    policy::{Action, authorize, certified},
};
use domain::{
    ids::{OrgId, TrialId},
    usage::{self, Figure, Window},
};
use jiff::civil::Date;
use store::region::{Reads, usage::UsageQuery};

/// Which figures.
#[derive(Clone, Debug, Default)]
pub struct UsageFilter {
    /// Of one service.
    pub service: Option<String>,
    /// Of one metric.
    pub metric: Option<String>,
    /// From that day on.
    pub from: Option<Date>,
    /// To that day, included.
    pub to: Option<Date>,
}

/// Between the parts of a place.
const BETWEEN: char = ' ';

/// Of whom, and which part of it is the reader's business.
pub(super) struct Scope {
    pub(super) customer: OrgId,
    pub(super) windows: Option<Vec<Window>>,
}

impl App {
    /// A customer's figures by service, metric and day: all of them for itself and the vendor; for a partner the days
    /// of its trials, and what was bought through it (ORG-9).
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn customer_usage(
        &self,
        actor: &Actor,
        id: &OrgId,
        filter: &UsageFilter,
        page: &PageRequest,
    ) -> Result<Page<Figure>, Error> {
        let scope = self.usage_of_customer(actor, id).await?;
        self.usage_page(&scope, filter, page).await
    }

    /// The figures of a trial's services in its days.
    ///
    /// # Errors
    /// As for reading the trial.
    pub async fn trial_usage(
        &self,
        actor: &Actor,
        id: &TrialId,
        filter: &UsageFilter,
        page: &PageRequest,
    ) -> Result<Page<Figure>, Error> {
        let scope = self.usage_of_trial(actor, id).await?;
        self.usage_page(&scope, filter, page).await
    }

    pub(super) async fn usage_of_trial(&self, actor: &Actor, id: &TrialId) -> Result<Scope, Error> {
        let loaded = self.loaded_for(actor, id, Action::ReadUsage).await?;
        let windows = usage::windows(&loaded.record.trial, &loaded.zone, &*self.program()?);
        Ok(Scope {
            customer: loaded.record.trial.customer,
            windows: Some(windows),
        })
    }

    pub(super) async fn usage_of_customer(&self, actor: &Actor, id: &OrgId) -> Result<Scope, Error> {
        certified(actor, self.clock.now())?;
        let reads = self.region(id.region())?.read();
        self.nearby(&reads, actor, id).await?;
        let found = reads.organization(id).await?.ok_or_else(Error::not_found)?;
        if found.value.customer().is_none_or(|facts| facts.closed_on.is_some()) {
            return Err(Error::not_found());
        }
        let line = match actor.is_partner() {
            true => reads.relationship(id, actor.org()).await?,
            false => None,
        };
        let looks_after = actor.is_partner() && reads.is_assigned(id, actor.id()).await?;
        authorize(
            actor,
            Action::ReadUsage,
            &tie(id, line.as_ref(), looks_after),
            self.clock.now(),
        )?;
        let windows = match actor.is_partner() {
            true => Some(self.usage_windows(&reads, id, actor.org()).await?),
            false => None,
        };
        Ok(Scope {
            customer: id.clone(),
            windows,
        })
    }

    /// ORG-9: what a partner sees.
    pub(crate) async fn usage_windows(
        &self,
        reads: &Reads<'_>,
        id: &OrgId,
        partner: &OrgId,
    ) -> Result<Vec<Window>, Error> {
        let found = reads.organization(id).await?.ok_or_else(Error::not_found)?;
        let facts = customer_of(&found.value)?;
        let trials = reads.trials_of(id).await?;
        let trials = trials.iter().map(|record| &record.trial);
        let (zone, program) = (zone(&facts.zone)?, self.program()?);
        Ok(usage::of_partner(partner, trials, &facts.purchased, &zone, &program))
    }

    async fn usage_page(&self, scope: &Scope, filter: &UsageFilter, page: &PageRequest) -> Result<Page<Figure>, Error> {
        let query = UsageQuery {
            customer: scope.customer.clone(),
            windows: scope.windows.clone(),
            service: filter.service.clone(),
            metric: filter.metric.clone(),
            from: filter.from,
            to: filter.to,
            after: page.after.as_ref().and_then(after),
            limit: page.limit as u64 + 1,
        };
        let mut items = self.region(scope.customer.region())?.read().usage(&query).await?;
        let more = items.len() > page.limit;
        items.truncate(page.limit);
        Ok(Page {
            next: items.last().filter(|_| more).map(place),
            items,
            unavailable_regions: Vec::new(),
        })
    }

    /// Everything within a scope, for a file.
    pub(crate) async fn whole_usage(
        &self,
        reads: &Reads<'_>,
        customer: &OrgId,
        windows: Option<Vec<Window>>,
    ) -> Result<Vec<Figure>, Error> {
        let query = UsageQuery {
            customer: customer.clone(),
            windows,
            service: None,
            metric: None,
            from: None,
            to: None,
            after: None,
            limit: i64::MAX.unsigned_abs(),
        };
        Ok(reads.usage(&query).await?)
    }
}

fn place(figure: &Figure) -> Place {
    let name = format!("{}{BETWEEN}{}", figure.service, figure.metric);
    Place(name, figure.on.to_string())
}

fn after(place: &Place) -> Option<(String, String, String)> {
    let (service, metric) = place.0.split_once(BETWEEN)?;
    Some((service.to_owned(), metric.to_owned(), place.1.clone()))
}
