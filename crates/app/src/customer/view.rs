//! A customer as one person sees it.

use crate::{
    Actor, App, Error,
    load::{customer_of, zone},
    policy::{Action, Tie, authorize, certified},
};
use domain::{
    ids::{OrgId, PersonId},
    organization::{AccessLevel, Organization, Purchase},
    time::{civil_day, days_between},
    trial::{Provisioning, Status, Trial, closes_on, closes_soon, ends_within, listing},
};
use jiff::{Timestamp, civil::Date};
use store::region::{Reads, relationship::Line, trial::TrialRecord};

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
    /// PROV-2: how the provisioning of its open trials stands.
    pub provisioning: Option<Provisioning>,
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
    /// START-7: who manages what it has bought, by name; where one customer is looked at.
    pub managers: Vec<(OrgId, String)>,
    /// The partner's trials there, or all of them.
    pub trials: Vec<Trial>,
    /// IANA zone; hidden while consent is pending.
    pub time_zone: Option<String>,
    /// Branch of business; hidden while consent is pending.
    pub vertical: Option<String>,
    /// Counts up with every change.
    pub version: i64,
}

impl CustomerView {
    /// The name of a partner that manages what was bought.
    pub fn manager(&self, id: &OrgId) -> Option<&str> {
        let found = self.managers.iter().find(|(known, _)| known == id);
        found.map(|(_, name)| name.as_str()).filter(|name| !name.is_empty())
    }
}

impl App {
    /// ORG-9: whoever has nothing to do with it learns nothing, also not by how long it takes.
    pub(crate) async fn nearby(&self, reads: &Reads<'_>, actor: &Actor, id: &OrgId) -> Result<(), Error> {
        let near = match actor.is_partner() {
            true => reads.relationship(id, actor.org()).await?.is_some(),
            false => actor.is_vendor() || id == actor.org(),
        };
        if near { Ok(()) } else { Err(Error::not_found()) }
    }

    /// A customer that this person sees; while its consent is pending only what the list shows.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `not_certified`.
    pub async fn customer(&self, actor: &Actor, id: &OrgId) -> Result<CustomerView, Error> {
        certified(actor, self.clock.now())?;
        let reads = self.region(id.region())?.read();
        self.nearby(&reads, actor, id).await?;
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
        let view = self.customer_view(&found.value, Some(&line), &mine, assigned).await?;
        self.with_managers(view).await
    }

    /// START-7: which partner manages each service.
    async fn with_managers(&self, mut view: CustomerView) -> Result<CustomerView, Error> {
        let mut ids: Vec<OrgId> = view.purchased.iter().filter_map(|one| one.partner.clone()).collect();
        ids.sort();
        ids.dedup();
        for id in ids {
            let name = self.company_name(&id).await?;
            view.managers.push((id, name));
        }
        Ok(view)
    }

    /// A customer for itself and for the vendor: all its partners, all its trials.
    pub(super) async fn whole_customer(
        &self,
        reads: &Reads<'_>,
        organization: &Organization,
    ) -> Result<CustomerView, Error> {
        let trials = reads.trials_of(&organization.id).await?;
        let all: Vec<&TrialRecord> = trials.iter().collect();
        let mut view = self.customer_view(organization, None, &all, Vec::new()).await?;
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
        self.with_managers(CustomerView {
            version: reads.record_length(&organization.id).await? + 1,
            ..view
        })
        .await
    }

    pub(super) async fn customer_view(
        &self,
        organization: &Organization,
        line: Option<&Line>,
        records: &[&TrialRecord],
        assigned: Vec<PersonId>,
    ) -> Result<CustomerView, Error> {
        let facts = customer_of(organization)?;
        let today = civil_day(self.clock.now(), &zone(&facts.zone)?);
        let shown = |trial: &Trial| line.is_none_or(|line| trial.partner == line.relationship.partner);
        let trials = records.iter().map(|record| &record.trial).filter(|trial| shown(trial));
        let trials: Vec<Trial> = trials.cloned().collect();
        let bought = !facts.purchased.is_empty();
        let (status, ends_on) = match line {
            Some(line) => (line.status.clone(), line.ends_on),
            None => listing(&trials, bought),
        };
        let pending = line.is_some_and(|line| line.pending);
        let days = ends_on.map(|day| days_between(today, day));
        let open = trials.iter().filter(|trial| trial.status().is_open());
        let services = open.flat_map(Trial::service_ids).collect();
        let provisioning = self.provisioning_of_all(&organization.id, &trials).await?;
        let ends = self.with_programs(records.iter().copied()).await?;
        let goes = [Status::Expired.as_str(), Status::Cancelled.as_str()].contains(&status.as_str());
        let closing = goes && closes_soon(closes_on(bought, ends.iter().map(|(one, of)| (*one, &**of))), today);
        let grace = ends
            .iter()
            .filter(|(trial, _)| shown(trial) && trial.status() == Status::Expired);
        let grace = grace.filter_map(|(trial, program)| trial.closes_on(program)).min();
        let grace = grace.filter(|_| status == Status::Expired.as_str());
        let active = status == Status::Active.as_str();
        Ok(CustomerView {
            id: organization.id.clone(),
            name: organization.name.clone(),
            country: facts.country.clone(),
            region: (!pending).then(|| organization.id.region().to_owned()),
            status: if closing { "to_be_deleted".to_owned() } else { status },
            ends_within: days.filter(|_| active).and_then(ends_within),
            provisioning,
            services,
            purchased: if pending { Vec::new() } else { facts.purchased.clone() },
            days_left: days.filter(|_| active).map(|days| days.max(0)),
            grace_days_left: grace.map(|day| days_between(today, day).max(0)),
            ends_on,
            tags: line.map(|line| line.relationship.tags.clone()).unwrap_or_default(),
            assigned,
            level: line.filter(|line| !line.pending).map(|line| line.relationship.level),
            partners: Vec::new(),
            managers: Vec::new(),
            trials,
            time_zone: (!pending).then(|| facts.zone.clone()),
            vertical: (!pending).then(|| facts.vertical.clone()),
            version: line.map_or(0, |line| line.version),
        })
    }
}

pub(crate) fn tie<'a>(customer: &'a OrgId, line: Option<&'a Line>, looks_after: bool) -> Tie<'a> {
    Tie {
        customer,
        partner: line.map(|line| &line.relationship.partner),
        level: line.filter(|line| !line.pending).map(|line| line.relationship.level),
        looks_after,
        granted: false,
    }
}
