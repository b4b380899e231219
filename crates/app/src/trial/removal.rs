//! EXP-9: what the end of a trial takes and leaves, shown for weeks before.

use crate::{
    Actor, App, Error,
    load::Loaded,
    policy::{Action, authorize},
    view::PlanItem,
};
use domain::{
    eligibility::is_owned,
    ids::{HoldId, OrderId, OrgId, TrialId},
    person::Person,
    trial::{MilestoneKind, MilestoneState, State, Trial, lost_at_end},
};
use jiff::{Timestamp, civil::Date};
use store::region::{Reads, closing::Closing};

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
    /// Whose everything this person can still take away.
    pub export: Option<OrgId>,
    /// What holds it back.
    pub holds: Vec<(HoldId, Timestamp)>,
    /// CONV-7: the order that keeps it beyond its grace, and the last day of that.
    pub held_by_order: Option<(OrderId, Date)>,
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
        let closes = match &trial.state {
            State::Removed {
                organization_closed, ..
            } => *organization_closed,
            State::Cancelled {
                organization_closed: true,
                ..
            } => true,
            _ => !self.surroundings(&loaded, 0).await?.other_services,
        };
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
        let exports = authorize(actor, Action::ExportCustomer, &loaded.tie(), loaded.now).is_ok();
        Ok(Removal {
            at: removed.and_then(|item| item.at),
            on: removed.and_then(|item| item.on),
            state: removed.map_or("none".to_owned(), |item| item.state.clone()),
            organization_closes: closes,
            users: lose(closes, people.len()),
            administrators: lose(closes, people.iter().filter(administrates).count()),
            services: going(&loaded, closes, &people)?,
            stays: staying(&loaded, trial.is_known())?,
            site: loaded.record.texts.get("site").cloned(),
            calling: match trial.is_known() && trial.has_numbers(&loaded.program) {
                true => calling(&reads, &trial.customer).await?,
                false => Calling::default(),
            },
            numbers_released_at: of(&plan, MilestoneKind::NumbersReleased).and_then(|item| item.at),
            told: notice.and_then(|item| Some((item.at?, item.recipients.first().map_or(0, |(_, count)| *count)))),
            export: (known && exports).then(|| trial.customer.clone()),
            holds: reads
                .holds_on(&trial.customer)
                .await?
                .into_iter()
                .map(|hold| (hold.id, hold.placed_at))
                .collect(),
            held_by_order: trial
                .held_by_order(&loaded.program)
                .map(|mark| (mark.id.clone(), mark.closes_on)),
            closing: reads
                .closing(&trial.customer)
                .await?
                .filter(|closing| closing.trial == trial.id),
        })
    }
}

fn of(plan: &[PlanItem], kind: MilestoneKind) -> Option<&PlanItem> {
    plan.iter().rfind(|item| item.kind == kind && item.at.is_some())
}

/// EXP-4: nobody loses a licence of what the customer keeps; all lose all where the organization closes.
fn going(loaded: &Loaded, closes: bool, people: &[Person]) -> Result<Vec<RemovedService>, Error> {
    let trial = &loaded.record.trial;
    let others: Vec<&Trial> = loaded.others.iter().map(|other| &other.trial).collect();
    let lost = lost_at_end(trial, &others, &loaded.facts()?.purchased, &loaded.program);
    let has = |id: &String| people.iter().filter(|person| person.licenses.contains(id)).count();
    let assigned = |id: &String| if closes || lost.contains(id) { has(id) } else { 0 };
    let one = |service: &domain::trial::TrialService| RemovedService {
        id: service.id.clone(),
        quantity: service.quantity,
        assigned: u32::try_from(assigned(&service.id)).unwrap_or(u32::MAX),
    };
    Ok(trial.services.iter().map(one).collect())
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
