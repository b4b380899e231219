//! What keeps a customer's organization, and when it closes (EXP-4, CANC-2, LIST-1).

use super::{Origin, State, Status, Surroundings, Trial, TrialEvent};
use crate::{
    eligibility,
    organization::Purchase,
    program::Program,
    time::{days_between, plus_days},
};
use jiff::civil::Date;

/// LIST-1: an organization is 'to be deleted' when it closes within so many days: on the last one or the six before.
const SOON: i64 = 6;

impl Trial {
    /// EXP-4: whether the customer has services by it, or is about to.
    pub fn keeps_organization(&self) -> bool {
        match self.status() {
            Status::PendingProvisioningDetails
            | Status::PendingApproval
            | Status::Provisioning
            | Status::Active
            | Status::Expired => true,
            Status::PendingConsent
            | Status::Converted
            | Status::Cancelled
            | Status::Declined
            | Status::Lapsed
            | Status::Removed => false,
        }
    }

    /// CANC-2: to the end of which day an organization is kept that this one's cancelling left without services.
    pub(super) fn kept_until(&self, program: &Program) -> Option<Date> {
        let State::Cancelled {
            on,
            term,
            left_empty: true,
            ..
        } = &self.state
        else {
            return None;
        };
        // CONS-4: an organization that was only asked stays as it was.
        let was_its = term.is_some() || self.origin != Origin::Request;
        was_its.then(|| plus_days(*on, i64::from(program.policy.cancelled_organization_days)))
    }

    /// The last day of the customer's organization, where nothing else keeps it: of grace (EXP-4), or after cancelling
    /// (CANC-2).
    pub fn closes_on(&self, program: &Program) -> Option<Date> {
        match &self.state {
            State::Expired(_) => self.removal_day(program),
            State::Cancelled {
                organization_closed: false,
                ..
            } => self.kept_until(program),
            _ => None,
        }
    }
}

/// EXP-4: whether anything keeps the organization: bought services, or trials that still hold or promise some.
pub fn kept<'t>(bought: bool, mut others: impl Iterator<Item = &'t Trial>) -> bool {
    bought || others.any(Trial::keeps_organization)
}

/// LIST-1: the last day of an organization, whose trials each come with the program under which they started (PROG-1).
/// None while anything keeps it for longer than is known.
pub fn closes_on<'t>(bought: bool, trials: impl Iterator<Item = (&'t Trial, &'t Program)>) -> Option<Date> {
    let mut last = None;
    for (trial, program) in trials {
        match trial.closes_on(program) {
            None if trial.keeps_organization() => return None,
            day => last = last.max(day),
        }
    }
    last.filter(|_| !bought)
}

/// LIST-1: whether an organization is 'to be deleted'.
pub fn closes_soon(closes_on: Option<Date>, today: Date) -> bool {
    closes_on.is_some_and(|day| days_between(today, day) <= SOON)
}

/// The last end date, grace included, of what can be 'to be deleted' on that day.
pub fn soon(today: Date) -> Date {
    plus_days(today, SOON)
}

/// EXP-4, CANC-1, EDIT-1: the services that a change takes from the customer: the trial gives them no more, and nothing
/// else does, under whatever name.
pub fn lost(before: &Trial, after: &Trial, others: &[&Trial], bought: &[Purchase], program: &Program) -> Vec<String> {
    // CONV-7: what is converted is bought from then on.
    if after.status() == Status::Converted {
        return Vec::new();
    }
    let mut lost = lost_at_end(before, others, bought, program);
    lost.retain(|service| !after.claimed().any(|one| one == service));
    lost
}

/// EXP-9: the services that the end of a trial takes from the customer: nothing else gives them.
pub fn lost_at_end(trial: &Trial, others: &[&Trial], bought: &[Purchase], program: &Program) -> Vec<String> {
    let is_bought = |service: &str| eligibility::is_owned(service, bought, program);
    let tried = |service: &str| others.iter().any(|other| other.claimed().any(|one| one == service));
    let all = trial.claimed().filter(|service| !is_bought(service) && !tried(service));
    all.map(str::to_owned).collect()
}

/// EXP-4: whether what happened closes the customer's organization.
pub fn closes_organization(events: &[TrialEvent]) -> bool {
    let closes = |event: &TrialEvent| {
        matches!(
            event,
            TrialEvent::Removed {
                organization_closed: true,
                ..
            } | TrialEvent::OrganizationClosed { .. }
        )
    };
    events.iter().any(closes)
}

impl Surroundings {
    /// EXP-9: what is looked at just before a trial's end: the customer's other trials, what it has bought, its people.
    pub fn of(trial: (&Trial, &Program), others: &[(&Trial, &Program)], bought: bool, users: u32) -> Self {
        let last = |(trial, program): (&Trial, &Program)| trial.closes_on(program);
        // CANC-2: another cancelled trial may have promised to keep it for longer.
        let promised = others.iter().any(|other| last(*other) > last(trial));
        Self {
            other_services: promised || kept(bought, others.iter().map(|(other, _)| *other)),
            users,
            overtaken: false,
        }
    }
}
