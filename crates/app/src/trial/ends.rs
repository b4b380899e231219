//! EXP-9: what goes next, of all that one sees.

use super::list::scope;
use crate::{
    Actor, App, Error, Page, PageRequest,
    load::{customer_of, zone},
    page::{Place, instant_key, merge},
    policy::{Action, allow},
};
use domain::{
    ids::{HoldId, OrderId, OrgId},
    organization::Organization,
    program::Program,
    time::civil_day,
    trial::{Surroundings, Trial},
};
use jiff::{Timestamp, civil::Date};
use std::collections::{BTreeMap, BTreeSet};
use store::region::{Reads, hold::Hold, removal::RemovalQuery, trial::TrialRecord};

/// A trial whose end is near.
#[derive(Clone, Debug)]
pub struct Going {
    /// The trial.
    pub trial: Trial,
    /// The customer's name.
    pub customer_name: String,
    /// ISO 3166 alpha-2.
    pub customer_country: String,
    /// The partner's name.
    pub partner_name: String,
    /// When.
    pub at: Timestamp,
    /// The customer's civil day of that.
    pub on: Date,
    /// `planned`, `due` or `held`.
    pub state: &'static str,
    /// Whether the whole organization closes.
    pub organization_closes: bool,
    /// People who lose access with it.
    pub users: u32,
    /// What holds it back.
    pub holds: Vec<HoldId>,
    /// CONV-7: the order that keeps it beyond its grace, and the last day of that.
    pub held_by_order: Option<(OrderId, Date)>,
}

/// What stands around the ends of a page: read at once, not for each.
#[derive(Default)]
struct Around {
    customers: Vec<Organization>,
    trials: Vec<TrialRecord>,
    holds: Vec<Hold>,
    people: BTreeMap<String, u64>,
    /// Since when the clock holds everything back.
    fuse: Option<Timestamp>,
}

impl App {
    /// EXP-9: what goes before an instant, of all trials that this person sees, the next one first.
    ///
    /// # Errors
    /// `role_required`, `not_certified`.
    pub async fn removals(&self, actor: &Actor, before: Timestamp, page: &PageRequest) -> Result<Page<Going>, Error> {
        allow(actor, Action::ReadTrial, self.clock.now())?;
        let after = page.after.as_ref();
        let query = RemovalQuery {
            scope: scope(actor),
            before,
            after: after.map(|place| (place.0.parse().unwrap_or(i64::MIN), place.1.clone())),
            limit: page.limit as u64 + 1,
        };
        let (mut parts, mut unavailable_regions) = (Vec::new(), Vec::new());
        for region in self.stores.regions.values() {
            match region.read().removals(&query).await {
                Ok(found) => {
                    let place = |at, record: &TrialRecord| Place(instant_key(at), record.trial.id.0.clone());
                    let placed = found.into_iter().map(|(at, one)| (place(at, &one), (at, one)));
                    parts.push(placed.collect());
                }
                Err(_) => unavailable_regions.push(region.id().to_owned()),
            }
        }
        let (found, more) = merge(parts, page.limit, false, false);
        let next = found.last().filter(|_| more).map(|(place, _)| place.clone());
        let found: Vec<(Timestamp, TrialRecord)> = found.into_iter().map(|(_, one)| one).collect();
        let around = self.around_ends(&found).await?;
        let mut items = Vec::with_capacity(found.len());
        for (at, record) in found {
            items.push(self.going(at, record, &around).await?);
        }
        Ok(Page {
            items,
            next,
            unavailable_regions,
        })
    }

    async fn around_ends(&self, found: &[(Timestamp, TrialRecord)]) -> Result<Around, Error> {
        let mut around = Around {
            fuse: self.fuse_since().await?,
            ..Around::default()
        };
        let mut customers: BTreeMap<&str, BTreeSet<&OrgId>> = BTreeMap::new();
        for (_, record) in found {
            let customer = &record.trial.customer;
            customers.entry(customer.region()).or_default().insert(customer);
        }
        for (region, ids) in customers {
            self.read_around(&self.region(region)?.read(), ids, &mut around).await?;
        }
        Ok(around)
    }

    async fn read_around(&self, reads: &Reads<'_>, ids: BTreeSet<&OrgId>, around: &mut Around) -> Result<(), Error> {
        let all: Vec<OrgId> = ids.iter().map(|id| (*id).clone()).collect();
        around.customers.extend(reads.organizations(&all).await?);
        around.trials.extend(reads.trials_of_many(&all).await?);
        around.holds.extend(reads.holds_on_many(&all).await?);
        let counted = ids.iter().map(|id| id.as_str()).collect();
        around.people.extend(reads.count_people_of(counted).await?);
        Ok(())
    }

    async fn going(&self, at: Timestamp, record: TrialRecord, around: &Around) -> Result<Going, Error> {
        let trial = &record.trial;
        let customer = around.customers.iter().find(|one| one.id == trial.customer);
        let customer = customer.ok_or_else(Error::not_found)?;
        let program = self.program_version(trial.program_version).await?;
        let closes = self.closes(&record, customer, &program, around).await?;
        let users = around
            .people
            .get(trial.customer.as_str())
            .filter(|_| closes && trial.is_known());
        let holds = around.holds.iter().filter(|hold| hold.customer == trial.customer);
        let holds: Vec<HoldId> = holds.map(|hold| hold.id.clone()).collect();
        let state = match (holds.is_empty() && around.fuse.is_none(), at <= self.clock.now()) {
            (false, _) => "held",
            (true, true) => "due",
            (true, false) => "planned",
        };
        Ok(Going {
            customer_name: customer.name.clone(),
            customer_country: customer_of(customer)?.country.clone(),
            partner_name: self.company_name(&trial.partner).await?,
            at,
            on: civil_day(at, &zone(&trial.zone)?),
            state,
            organization_closes: closes,
            users: users.map_or(0, |users| u32::try_from(*users).unwrap_or(u32::MAX)),
            holds,
            held_by_order: trial
                .held_by_order(&program)
                .map(|mark| (mark.id.clone(), mark.closes_on)),
            trial: record.trial,
        })
    }

    /// EXP-4: whether nothing else keeps the organization.
    async fn closes(
        &self,
        record: &TrialRecord,
        customer: &Organization,
        program: &Program,
        around: &Around,
    ) -> Result<bool, Error> {
        let trial = &record.trial;
        let is_other = |one: &&TrialRecord| one.trial.customer == trial.customer && one.trial.id != trial.id;
        let others = self.with_programs(around.trials.iter().filter(is_other)).await?;
        let others: Vec<(&Trial, &Program)> = others.iter().map(|(one, of)| (*one, &**of)).collect();
        let facts = customer_of(customer)?;
        let kept = !facts.purchased.is_empty() || facts.closed_on.is_some();
        Ok(!Surroundings::of((trial, program), &others, kept, 0).other_services)
    }
}
