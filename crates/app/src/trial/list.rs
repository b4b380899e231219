//! The list of trials.

use crate::{
    Actor, App, Error, Page, PageRequest,
    load::zone,
    page::{Place, merge},
    policy::{Action, allow},
    view::{Around, TrialView},
};
use domain::{ids::OrgId, organization::Organization, person::Role, text::fold, trial::Status};
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::region::trial::{Scope, TrialQuery, TrialRecord, TrialSort};

/// Which trials, and how sorted.
#[derive(Clone, Debug)]
pub struct TrialFilter {
    /// Any of these; all when empty.
    pub statuses: Vec<Status>,
    /// Of one customer.
    pub customer: Option<OrgId>,
    /// With that service.
    pub service: Option<String>,
    /// In that region.
    pub region: Option<String>,
    /// Ending before that day.
    pub ends_before: Option<Date>,
    /// Part of the customer's name, or an id.
    pub q: Option<String>,
    /// Sorted how.
    pub sort: TrialSort,
    /// From the end.
    pub descending: bool,
}

impl App {
    /// The trials that this person sees.
    ///
    /// # Errors
    /// `role_required`, `not_certified`.
    pub async fn trials(
        &self,
        actor: &Actor,
        filter: &TrialFilter,
        page: &PageRequest,
    ) -> Result<Page<TrialView>, Error> {
        allow(actor, Action::ReadTrial, self.clock.now())?;
        let query = TrialQuery {
            scope: scope(actor),
            statuses: filter.statuses.clone(),
            customer: filter.customer.clone(),
            service: filter.service.clone(),
            ends_before: filter.ends_before,
            q: filter.q.as_deref().map(fold),
            sort: filter.sort,
            descending: filter.descending,
            after: page.after.as_ref().map(|place| (place.0.clone(), place.1.clone())),
            limit: page.limit as u64 + 1,
        };
        let (mut parts, mut unavailable_regions) = (Vec::new(), Vec::new());
        let only = filter.region.as_deref().or(filter.customer.as_ref().map(OrgId::region));
        for region in self
            .stores
            .regions
            .values()
            .filter(|region| only.is_none_or(|id| region.id() == id))
        {
            match region.read().trials(&query).await {
                Ok(found) => {
                    let place = |key: String, record: &TrialRecord| Place(key, record.trial.id.0.clone());
                    parts.push(
                        found
                            .into_iter()
                            .map(|(key, record)| (place(key, &record), record))
                            .collect(),
                    );
                }
                Err(_) => unavailable_regions.push(region.id().to_owned()),
            }
        }
        let (found, more) = merge(
            parts,
            page.limit,
            filter.descending,
            filter.sort == TrialSort::CreatedAt,
        );
        let next = found.last().filter(|_| more).map(|(place, _)| place.clone());
        let items = self
            .views(found.into_iter().map(|(_, record)| record).collect())
            .await?;
        Ok(Page {
            items,
            next,
            unavailable_regions,
        })
    }

    /// Trials as they are shown, their customers read region by region.
    pub(crate) async fn views(&self, records: Vec<TrialRecord>) -> Result<Vec<TrialView>, Error> {
        let mut wanted: BTreeMap<String, Vec<OrgId>> = BTreeMap::new();
        for record in &records {
            let ids = wanted.entry(record.trial.customer.region().to_owned()).or_default();
            if !ids.contains(&record.trial.customer) {
                ids.push(record.trial.customer.clone());
            }
        }
        let mut customers: BTreeMap<OrgId, Organization> = BTreeMap::new();
        for (region, ids) in &wanted {
            for organization in self.region(region)?.read().organizations(ids).await? {
                customers.insert(organization.id.clone(), organization);
            }
        }
        let now = self.clock.now();
        let mut views = Vec::with_capacity(records.len());
        for record in records {
            let customer = customers.get(&record.trial.customer).ok_or_else(Error::not_found)?;
            let program = self.program_version(record.trial.program_version).await?;
            let zone = zone(&record.trial.zone)?;
            let reads = self.region(record.trial.customer.region())?.read();
            let held_at = self.held_at(&reads, &record.trial.customer).await?;
            let around = Around {
                customer,
                program: &program,
                zone: &zone,
                now,
                held_at,
            };
            views.push(self.view(record, &around).await?);
        }
        Ok(views)
    }
}

/// ORG-3, as one relation in SQL.
pub(crate) fn scope(actor: &Actor) -> Scope {
    if actor.is_vendor() {
        return Scope::All;
    }
    if actor.is_customer() {
        return Scope::Customer(actor.org().clone());
    }
    let sees_all = [
        Role::SalesFullAdministrator,
        Role::ReadOnlyAdministrator,
        Role::HelpDesk,
    ];
    if sees_all.iter().any(|role| actor.has(*role)) {
        Scope::Partner(actor.org().clone())
    } else {
        Scope::Person(actor.org().clone(), actor.id().clone())
    }
}
