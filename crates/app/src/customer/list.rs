//! LIST-1: a partner's customers, the vendor's sight of all, a customer's sight of itself.

use super::view::CustomerView;
use crate::{
    Actor, App, Error, Page, PageRequest,
    page::{Place, merge},
    policy::{Action, allow},
};
use domain::{
    ids::{OrgId, PersonId},
    organization::Organization,
    person::Role,
    text::fold,
    time::{civil_day, plus_days},
    trial::soon,
};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use std::collections::BTreeMap;
use store::region::{
    Region,
    listing::{LineQuery, Standing},
    trial::TrialRecord,
};

/// Which customers, and how sorted.
#[derive(Clone, Debug, Default)]
pub struct CustomerFilter {
    /// Statuses of LIST-1.
    pub statuses: Vec<String>,
    /// With that service on trial.
    pub service: Option<String>,
    /// In that region.
    pub region: Option<String>,
    /// ORG-10.
    pub tag: Option<String>,
    /// ORG-3: looked after by that person.
    pub assigned: Option<PersonId>,
    /// Ending before that day.
    pub ends_before: Option<Date>,
    /// Part of the name.
    pub q: Option<String>,
    /// Sort by the end date instead of the name.
    pub by_end: bool,
    /// From the end.
    pub descending: bool,
}

impl App {
    /// The customers that this person sees.
    ///
    /// # Errors
    /// `role_required`, `not_certified`.
    pub async fn customers(
        &self,
        actor: &Actor,
        filter: &CustomerFilter,
        page: &PageRequest,
    ) -> Result<Page<CustomerView>, Error> {
        allow(actor, Action::ReadCustomer, self.clock.now())?;
        if actor.is_customer() {
            let items = vec![self.customer(actor, actor.org()).await?];
            return Ok(Page {
                items,
                next: None,
                unavailable_regions: Vec::new(),
            });
        }
        if filter.statuses.iter().any(|status| status == "to_be_deleted") {
            // Its bound is the shortest grace of all versions, also of one that another server published.
            self.load_programs().await?;
        }
        let (mut items, mut next) = (Vec::new(), page.after.clone());
        // What SQL cannot tell is filtered here, page by page, so that pages stay full.
        loop {
            let ask = PageRequest {
                after: next.clone(),
                limit: page.limit - items.len(),
            };
            let (found, more, unavailable_regions) = self.customer_page(actor, filter, &ask).await?;
            for (place, view) in found {
                next = Some(place);
                items.extend(fits(&view, filter).then_some(view));
            }
            if !more {
                next = None;
            }
            if next.is_none() || items.len() >= page.limit {
                return Ok(Page {
                    items,
                    next,
                    unavailable_regions,
                });
            }
        }
    }

    async fn customer_page(
        &self,
        actor: &Actor,
        filter: &CustomerFilter,
        page: &PageRequest,
    ) -> Result<(Vec<(Place, CustomerView)>, bool, Vec<String>), Error> {
        let (mut parts, mut unavailable) = (Vec::new(), Vec::new());
        for region in self
            .stores
            .regions
            .values()
            .filter(|region| filter.region.as_deref().is_none_or(|id| region.id() == id))
        {
            let found = if actor.is_vendor() {
                self.all_of_region(region, filter, page).await
            } else {
                self.lines_of_region(region, actor, filter, page).await
            };
            match found {
                Ok(found) => parts.push(found),
                Err(Error::Store(store::StoreError::Unavailable(_))) => unavailable.push(region.id().to_owned()),
                Err(error) => return Err(error),
            }
        }
        let (found, more) = merge(parts, page.limit, filter.descending, false);
        Ok((found, more, unavailable))
    }

    async fn lines_of_region(
        &self,
        region: &Region,
        actor: &Actor,
        filter: &CustomerFilter,
        page: &PageRequest,
    ) -> Result<Vec<(Place, CustomerView)>, Error> {
        let mut people = only_own(actor);
        people.extend(filter.assigned.clone());
        let query = LineQuery {
            people,
            statuses: filter
                .statuses
                .iter()
                .flat_map(|status| self.standings(status))
                .collect(),
            service: filter.service.clone(),
            tag: filter.tag.clone(),
            ends: (None, filter.ends_before.map(|day| plus_days(day, -1))),
            q: filter.q.as_deref().map(fold),
            by_end: filter.by_end,
            descending: filter.descending,
            after: page.after.as_ref().map(|place| (place.0.clone(), place.1.clone())),
            limit: page.limit as u64 + 1,
            ..LineQuery::of(actor.org().clone())
        };
        let reads = region.read();
        let lines = reads.lines(&query).await?;
        let ids: Vec<OrgId> = lines
            .iter()
            .map(|(_, line)| line.relationship.customer.clone())
            .collect();
        let mut organizations: BTreeMap<OrgId, Organization> = BTreeMap::new();
        for organization in reads.organizations(&ids).await? {
            organizations.insert(organization.id.clone(), organization);
        }
        let trials = reads.trials_of_many(&ids).await?;
        let mut assigned = reads.assigned_of_many(&ids, actor.org()).await?;
        let mut views = Vec::with_capacity(lines.len());
        for (key, line) in lines {
            let id = line.relationship.customer.clone();
            let Some(organization) = organizations.remove(&id) else {
                continue;
            };
            let assigned = assigned.remove(&id).unwrap_or_default();
            let mine: Vec<&TrialRecord> = trials.iter().filter(|record| record.trial.customer == id).collect();
            views.push((
                Place(key, id.0.clone()),
                self.customer_view(&organization, Some(&line), &mine, assigned).await?,
            ));
        }
        Ok(views)
    }

    /// What is stored of a status that is asked for. Where it hangs on the day, all that may have it on one side of the
    /// world or the other: `fits` knows the customer's own day.
    fn standings(&self, asked: &str) -> Vec<Standing> {
        let latest = self.clock.now().checked_add(SignedDuration::from_hours(14));
        let latest = civil_day(latest.unwrap_or(Timestamp::MAX), &TimeZone::UTC);
        let until = |status: &str, day: Date| Standing {
            until: Some(day),
            ..Standing::from(status)
        };
        match asked {
            "expires_in_30_days" => vec![until("active", plus_days(latest, 30))],
            "expires_in_60_days" => vec![until("active", plus_days(latest, 60))],
            "to_be_deleted" => {
                let grace = plus_days(soon(latest), -i64::from(self.shortest_grace()));
                vec![until("expired", grace), Standing::from("cancelled")]
            }
            other => vec![Standing::from(other)],
        }
    }

    async fn all_of_region(
        &self,
        region: &Region,
        filter: &CustomerFilter,
        page: &PageRequest,
    ) -> Result<Vec<(Place, CustomerView)>, Error> {
        let reads = region.read();
        let after = page.after.as_ref().map(|place| (place.0.as_str(), place.1.as_str()));
        let q = filter.q.as_deref().map(fold);
        let found = reads
            .customers_page(q.as_deref(), filter.descending, after, page.limit as u64 + 1)
            .await?;
        let mut views = Vec::with_capacity(found.len());
        for (key, organization) in found {
            let id = organization.value.id.clone();
            views.push((
                Place(key, id.0.clone()),
                self.whole_customer(&reads, &organization.value).await?,
            ));
        }
        Ok(views)
    }
}

/// ORG-3: those whose customers alone this person sees; nobody for those who see all.
pub(super) fn only_own(actor: &Actor) -> Vec<PersonId> {
    let sees_all = [
        Role::SalesFullAdministrator,
        Role::ReadOnlyAdministrator,
        Role::HelpDesk,
    ];
    match sees_all.iter().any(|role| actor.has(*role)) {
        true => Vec::new(),
        false => vec![actor.id().clone()],
    }
}

fn fits(view: &CustomerView, filter: &CustomerFilter) -> bool {
    let status = |asked: &String| match asked.as_str() {
        "expires_in_30_days" => view.ends_within == Some(30),
        "expires_in_60_days" => view.ends_within.is_some(),
        // These lists include those that go soon.
        "expired" => view.status == "expired" || view.grace_days_left.is_some(),
        "cancelled" => view.status == "cancelled" || view.status == "to_be_deleted" && view.grace_days_left.is_none(),
        other => view.status == other,
    };
    let statuses = filter.statuses.is_empty() || filter.statuses.iter().any(status);
    let service = filter.service.as_ref().is_none_or(|id| view.services.contains(id));
    let folded = filter.tag.as_deref().map(fold);
    let tag = folded.is_none_or(|tag| view.tags.iter().any(|one| fold(one) == tag));
    let assigned = filter
        .assigned
        .as_ref()
        .is_none_or(|person| view.assigned.contains(person));
    let ends = filter
        .ends_before
        .is_none_or(|day| view.ends_on.is_some_and(|ends| ends < day));
    statuses && service && tag && assigned && ends
}
