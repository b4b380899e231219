//! LIST-1: a partner's customers, the vendor's sight of all, a customer's sight of itself.

use crate::{
    Actor, App, Error, Page, PageRequest,
    load::{customer_of, zone},
    page::{Place, merge},
    policy::{Action, Tie, allow, authorize, certified},
};
use domain::{
    ids::{OrgId, PersonId},
    organization::{AccessLevel, Organization, Purchase},
    person::Role,
    text::fold,
    time::{civil_day, days_between, plus_days},
    trial::{Status, Trial},
};
use jiff::{Timestamp, civil::Date};
use std::collections::BTreeMap;
use store::region::{
    Reads, Region,
    relationship::{Line, LineQuery},
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

/// One partner of a customer, as the customer and the vendor see it.
#[derive(Clone, Debug)]
pub struct PartnerTie {
    /// The partner.
    pub id: OrgId,
    /// Its name.
    pub name: String,
    /// ORG-4.
    pub level: AccessLevel,
    /// Since when.
    pub since: Timestamp,
}

/// A customer as it is shown.
#[derive(Clone, Debug)]
pub struct CustomerView {
    /// Its id.
    pub id: OrgId,
    /// Its name.
    pub name: String,
    /// ISO 3166 alpha-2.
    pub country: String,
    /// Hidden while consent is pending (CONS-4).
    pub region: Option<String>,
    /// Of LIST-1.
    pub status: String,
    /// Within how many days it ends: 30 or 60.
    pub ends_within: Option<u32>,
    /// Services on trial.
    pub services: Vec<String>,
    /// What it has bought.
    pub purchased: Vec<Purchase>,
    /// To the last day, only while active.
    pub days_left: Option<i64>,
    /// To the last day of grace, only in grace.
    pub grace_days_left: Option<i64>,
    /// The first expiry date.
    pub ends_on: Option<Date>,
    /// ORG-10.
    pub tags: Vec<String>,
    /// ORG-3.
    pub assigned: Vec<PersonId>,
    /// ORG-4; none for who is no partner of it.
    pub level: Option<AccessLevel>,
    /// Its partners; for itself and the vendor.
    pub partners: Vec<PartnerTie>,
    /// The partner's trials there, or all of them.
    pub trials: Vec<Trial>,
    /// IANA zone; hidden while consent is pending.
    pub time_zone: Option<String>,
    /// Branch of business; hidden while consent is pending.
    pub vertical: Option<String>,
    /// Counts up with every change.
    pub version: i64,
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
        let own_only = !sees_all(actor);
        let query = LineQuery {
            partner: Some(actor.org().clone()),
            person: if own_only {
                Some(actor.id().clone())
            } else {
                filter.assigned.clone()
            },
            statuses: stored(&filter.statuses),
            ends: (None, filter.ends_before.map(|day| plus_days(day, -1))),
            q: filter.q.as_deref().map(fold),
            by_end: filter.by_end,
            descending: filter.descending,
            after: page.after.as_ref().map(|place| (place.0.clone(), place.1.clone())),
            limit: page.limit as u64 + 1,
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
        let mut views = Vec::with_capacity(lines.len());
        for (key, line) in lines {
            let id = line.relationship.customer.clone();
            let Some(organization) = organizations.remove(&id) else {
                continue;
            };
            let assigned = reads.assigned(&id, actor.org()).await?;
            let mine: Vec<&TrialRecord> = trials.iter().filter(|record| record.trial.customer == id).collect();
            views.push((
                Place(key, id.0.clone()),
                self.customer_view(&organization, Some(&line), &mine, assigned)?,
            ));
        }
        Ok(views)
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

    /// A customer that this person sees; while its consent is pending only what the list shows.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `not_certified`.
    pub async fn customer(&self, actor: &Actor, id: &OrgId) -> Result<CustomerView, Error> {
        certified(actor, self.clock.now())?;
        let reads = self.region(id.region())?.read();
        let found = reads.organization(id).await?.ok_or_else(Error::not_found)?;
        if found.value.customer().is_none() {
            return Err(Error::not_found());
        }
        let line = if actor.is_partner() {
            reads.relationship(id, actor.org()).await?
        } else {
            None
        };
        let looks_after = actor.is_partner() && reads.is_assigned(id, actor.id()).await?;
        let tie = tie(id, line.as_ref(), looks_after);
        authorize(actor, Action::ReadCustomer, &tie, self.clock.now())?;
        let Some(line) = line else {
            if found
                .value
                .customer()
                .is_some_and(|customer| customer.closed_on.is_some())
            {
                return Err(Error::not_found());
            }
            return self.whole_customer(&reads, &found.value).await;
        };
        let trials = reads.trials_of(id).await?;
        let mine: Vec<&TrialRecord> = trials.iter().collect();
        let assigned = reads.assigned(id, actor.org()).await?;
        self.customer_view(&found.value, Some(&line), &mine, assigned)
    }

    /// A customer for itself and for the vendor: all its partners, all its trials.
    async fn whole_customer(&self, reads: &Reads<'_>, organization: &Organization) -> Result<CustomerView, Error> {
        let trials = reads.trials_of(&organization.id).await?;
        let all: Vec<&TrialRecord> = trials.iter().collect();
        let mut view = self.customer_view(organization, None, &all, Vec::new())?;
        for line in reads
            .relationships(&organization.id)
            .await?
            .into_iter()
            .filter(|line| !line.pending)
        {
            let name = self.company_name(&line.relationship.partner).await?;
            let (id, level) = (line.relationship.partner, line.relationship.level);
            view.partners.push(PartnerTie {
                id,
                name,
                level,
                since: line.relationship.since,
            });
        }
        // Every change of it is in its record, so the record's length is its version.
        Ok(CustomerView {
            version: reads.record_length(&organization.id).await? + 1,
            ..view
        })
    }

    fn customer_view(
        &self,
        organization: &Organization,
        line: Option<&Line>,
        records: &[&TrialRecord],
        assigned: Vec<PersonId>,
    ) -> Result<CustomerView, Error> {
        let facts = customer_of(organization)?;
        let today = civil_day(self.clock.now(), &zone(&facts.zone)?);
        let shown = |trial: &Trial| line.is_none_or(|line| trial.partner == line.relationship.partner);
        let trials: Vec<Trial> = records
            .iter()
            .map(|record| record.trial.clone())
            .filter(|trial| shown(trial))
            .collect();
        let (status, ends_on) = match line {
            Some(line) => (line.status.clone(), line.ends_on),
            None => crate::save::listing(&trials, !facts.purchased.is_empty()),
        };
        let pending = line.is_some_and(|line| line.pending);
        let days = ends_on.map(|day| days_between(today, day));
        let open = trials.iter().filter(|trial| trial.status().is_open());
        let services = open.flat_map(Trial::service_ids).collect();
        let others =
            records.iter().filter(|record| record.trial.status().is_open()).count() > 1 || !facts.purchased.is_empty();
        let grace = self.program()?.policy.grace_days;
        let grace_left = days
            .map(|days| days + i64::from(grace))
            .filter(|_| status == Status::Expired.as_str());
        let closing = !others && grace_left.is_some_and(|left| left <= 6);
        let active = status == Status::Active.as_str();
        let ends_within = days
            .filter(|_| active)
            .and_then(|days| [30u32, 60].into_iter().find(|limit| days <= i64::from(*limit)));
        Ok(CustomerView {
            id: organization.id.clone(),
            name: organization.name.clone(),
            country: facts.country.clone(),
            region: (!pending).then(|| organization.id.region().to_owned()),
            status: if closing { "to_be_deleted".to_owned() } else { status },
            ends_within,
            services,
            purchased: if pending { Vec::new() } else { facts.purchased.clone() },
            days_left: days.filter(|_| active).map(|days| days.max(0)),
            grace_days_left: grace_left.map(|left| left.max(0)),
            ends_on,
            tags: line.map(|line| line.relationship.tags.clone()).unwrap_or_default(),
            assigned,
            level: line.filter(|line| !line.pending).map(|line| line.relationship.level),
            partners: Vec::new(),
            trials,
            time_zone: (!pending).then(|| facts.zone.clone()),
            vertical: (!pending).then(|| facts.vertical.clone()),
            version: line.map_or(0, |line| line.version),
        })
    }
}

pub(super) fn tie<'a>(customer: &'a OrgId, line: Option<&'a Line>, looks_after: bool) -> Tie<'a> {
    Tie {
        customer,
        partner: line.map(|line| &line.relationship.partner),
        level: line.filter(|line| !line.pending).map(|line| line.relationship.level),
        looks_after,
    }
}

pub(super) fn sees_all(actor: &Actor) -> bool {
    [
        Role::SalesFullAdministrator,
        Role::ReadOnlyAdministrator,
        Role::HelpDesk,
    ]
    .iter()
    .any(|role| actor.has(*role))
}

/// The statuses that are stored for those that are asked for; lines without any are on no list.
pub(super) fn stored(asked: &[String]) -> Vec<String> {
    let all = [
        "pending_consent",
        "pending_provisioning_details",
        "pending_approval",
        "provisioning",
        "active",
        "expired",
        "purchased",
        "cancelled",
    ];
    if asked.is_empty() {
        return all.iter().map(|status| (*status).to_owned()).collect();
    }
    let one = |status: &String| match status.as_str() {
        "expires_in_30_days" | "expires_in_60_days" => "active".to_owned(),
        "to_be_deleted" => "expired".to_owned(),
        _ => status.clone(),
    };
    asked.iter().map(one).collect()
}

fn fits(view: &CustomerView, filter: &CustomerFilter) -> bool {
    let status = |asked: &String| match asked.as_str() {
        "expires_in_30_days" => view.ends_within == Some(30),
        "expires_in_60_days" => view.ends_within.is_some(),
        // The list of the expired includes those that go soon.
        "expired" => view.status == "expired" || view.status == "to_be_deleted",
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
