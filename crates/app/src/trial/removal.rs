//! EXP-9: what the end of a trial takes and leaves, shown for weeks before; and what goes next, of all that one sees.

use super::list::scope;
use crate::{
    Actor, App, Error, Page, PageRequest,
    load::{Loaded, zone},
    page::{Place, instant_key, merge},
    policy::{Action, allow},
    view::PlanItem,
};
use domain::{
    eligibility::is_owned,
    ids::{HoldId, OrgId, TrialId},
    person::Person,
    time::civil_day,
    trial::{MilestoneKind, MilestoneState, Trial},
};
use jiff::{Timestamp, civil::Date};
use store::region::{Reads, closing::Closing, removal::RemovalQuery, trial::TrialRecord};

/// A service that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovedService {
    /// Its id.
    pub id: String,
    /// Licences of the trial.
    pub quantity: u32,
    /// Of those, how many people lose one.
    pub assigned: u32,
}

/// A service that stays with the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stays {
    /// Its id.
    pub id: String,
    /// `bought` or `other_trial`.
    pub why: &'static str,
}

/// EXP-9: what would go, and when.
#[derive(Clone, Debug)]
pub struct Removal {
    /// When; none when nothing is planned.
    pub at: Option<Timestamp>,
    /// The customer's civil day of that.
    pub on: Option<Date>,
    /// `planned`, `due`, `held`, `done`, `none`.
    pub state: String,
    /// Whether the whole organization closes.
    pub organization_closes: bool,
    /// People who lose access and move to the free plan.
    pub users: u32,
    /// Of those, how many are administrators.
    pub administrators: u32,
    /// Services, with their licences.
    pub services: Vec<RemovedService>,
    /// What the customer keeps, and why.
    pub stays: Vec<Stays>,
    /// The meetings site.
    pub site: Option<String>,
    /// Its calling configuration: locations, and phone numbers that rest until they are released.
    pub calling: Calling,
    /// When its phone numbers are released.
    pub numbers_released_at: Option<Timestamp>,
    /// When the users are told, and how many they are.
    pub told: Option<(Timestamp, u32)>,
    /// Whether everything can still be taken away.
    pub export: Option<OrgId>,
    /// What holds it back.
    pub holds: Vec<(HoldId, Timestamp)>,
    /// How far it has come.
    pub closing: Option<Closing>,
}

/// SETUP-2: what of calling goes with an organization.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calling {
    /// Locations.
    pub locations: u32,
    /// Numbers.
    pub numbers: u32,
}

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
}

impl App {
    /// EXP-9: what the end of this trial would take.
    ///
    /// # Errors
    /// As for reading it.
    pub async fn removal(&self, actor: &Actor, id: &TrialId) -> Result<Removal, Error> {
        let loaded = self.loaded_for(actor, id, Action::ReadTrial).await?;
        let reads = self.region(id.region())?.read();
        let (trial, facts) = (&loaded.record.trial, loaded.facts()?);
        let plan = self.trial_plan(actor, id).await?;
        let removed = of(&plan, MilestoneKind::Removed);
        let done = removed.is_some_and(|item| item.state == MilestoneState::Done.as_str());
        let closed = facts.closed_on.is_some();
        let closes = !self.surroundings(&loaded, 0).await?.other_services;
        // ORG-9: how many they are is not told before the customer has accepted.
        let known = trial.is_known() && !done && !closed;
        let people = if known {
            reads.people_of(&trial.customer).await?
        } else {
            Vec::new()
        };
        let administrates = |person: &&Person| person.roles.iter().any(|role| role.is_customer_administrator());
        let lose = |closes: bool, count: usize| {
            if closes {
                u32::try_from(count).unwrap_or(u32::MAX)
            } else {
                0
            }
        };
        let notice = of(&plan, MilestoneKind::AccessEndedNotice);
        Ok(Removal {
            at: removed.and_then(|item| item.at),
            on: removed.and_then(|item| item.on),
            state: removed.map_or("none".to_owned(), |item| item.state.clone()),
            organization_closes: closes,
            users: lose(closes, people.len()),
            administrators: lose(closes, people.iter().filter(administrates).count()),
            services: going(trial, &people),
            stays: staying(&loaded, trial.is_known())?,
            site: loaded.record.texts.get("site").cloned(),
            calling: match trial.is_known() && trial.has_numbers(&loaded.program) {
                true => calling(&reads, &trial.customer).await?,
                false => Calling::default(),
            },
            numbers_released_at: of(&plan, MilestoneKind::NumbersReleased).and_then(|item| item.at),
            told: notice.and_then(|item| Some((item.at?, item.recipients.first().map_or(0, |(_, count)| *count)))),
            export: known.then(|| trial.customer.clone()),
            holds: reads
                .holds_on(&trial.customer)
                .await?
                .into_iter()
                .map(|hold| (hold.id, hold.placed_at))
                .collect(),
            closing: reads
                .closing(&trial.customer)
                .await?
                .filter(|closing| closing.trial == trial.id),
        })
    }

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
        let mut items = Vec::with_capacity(found.len());
        for (_, (at, record)) in found {
            items.push(self.going(at, &record).await?);
        }
        Ok(Page {
            items,
            next,
            unavailable_regions,
        })
    }

    async fn going(&self, at: Timestamp, record: &TrialRecord) -> Result<Going, Error> {
        let reads = self.region(record.trial.id.region())?.read();
        let loaded = self.load(&reads, &record.trial.id, None).await?;
        let trial = &loaded.record.trial;
        let closes = !self.surroundings(&loaded, 0).await?.other_services;
        let users = match closes && trial.is_known() {
            true => reads.count_people(&trial.customer).await?,
            false => 0,
        };
        let state = match self.held_at(&reads, &trial.customer).await? {
            Some(_) => "held",
            None if at <= loaded.now => "due",
            None => "planned",
        };
        let holds = reads.holds_on(&trial.customer).await?;
        Ok(Going {
            customer_name: loaded.customer.value.name.clone(),
            customer_country: loaded.facts()?.country.clone(),
            partner_name: self.company_name(&trial.partner).await?,
            at,
            on: civil_day(at, &zone(&trial.zone)?),
            state,
            organization_closes: closes,
            users: u32::try_from(users).unwrap_or(u32::MAX),
            holds: holds.into_iter().map(|hold| hold.id).collect(),
            trial: loaded.record.trial,
        })
    }
}

fn of(plan: &[PlanItem], kind: MilestoneKind) -> Option<&PlanItem> {
    plan.iter().rfind(|item| item.kind == kind && item.at.is_some())
}

fn going(trial: &Trial, people: &[Person]) -> Vec<RemovedService> {
    let assigned = |id: &String| people.iter().filter(|person| person.licenses.contains(id)).count();
    let one = |service: &domain::trial::TrialService| RemovedService {
        id: service.id.clone(),
        quantity: service.quantity,
        assigned: u32::try_from(assigned(&service.id)).unwrap_or(u32::MAX),
    };
    trial.services.iter().map(one).collect()
}

/// EXP-4: what something else gives. ORG-9: of a customer that has not accepted nothing is told.
fn staying(loaded: &Loaded, known: bool) -> Result<Vec<Stays>, Error> {
    if !known {
        return Ok(Vec::new());
    }
    let bought = &loaded.facts()?.purchased;
    let stays = |id: &str, why| Stays { id: id.to_owned(), why };
    let mut all: Vec<Stays> = bought.iter().map(|one| stays(&one.service, "bought")).collect();
    for other in &loaded.others {
        let tried = other
            .trial
            .claimed()
            .filter(|id| !is_owned(id, bought, &loaded.program));
        all.extend(tried.map(|id| stays(id, "other_trial")));
    }
    all.sort_by(|one, other| (&one.id, one.why).cmp(&(&other.id, other.why)));
    all.dedup();
    Ok(all)
}

/// SETUP-2: what of calling goes; numbers that were taken away by hand rest for themselves.
async fn calling(reads: &Reads<'_>, customer: &OrgId) -> Result<Calling, Error> {
    let count = |many: u64| u32::try_from(many).unwrap_or(u32::MAX);
    Ok(Calling {
        locations: count(reads.locations(customer).await?.len() as u64),
        numbers: count(reads.count_numbers(customer).await?),
    })
}
