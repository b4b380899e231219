//! ELIG-5: how many trials a partner starts in a month and runs at once. A month is the calendar month in UTC: a partner's
//! trials lie in many zones, and its allowance is one. It counts the trials that were started in it, and the requests
//! that were accepted in it; one that ended before it ran gives its place back. Active are those that were started or
//! accepted and are not over; grace is over, and coming back from it takes a place again.

use crate::{
    organization::{self, Partner},
    program::Program,
    refusal::{Code, Refusal},
    time::{civil_day, first_instant, plus_days},
    trial::{Origin, State, Status, Trial},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// What holds for a partner: its own allowance before that of its tier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Trials that it may start in a month.
    pub per_month: Option<u32>,
    /// Trials that may be active at once.
    pub active: Option<u32>,
}

/// What of it is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// Started this month.
    pub this_month: u32,
    /// Active now.
    pub active: u32,
    /// The first day on which one of the active ones is over, as they stand.
    pub first_end: Option<Date>,
}

/// What takes a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    /// A trial that is started, or a request that is accepted: one of the month, and one of the active ones.
    Start,
    /// EXT-3: a trial that comes back from grace: one of the active ones.
    Return,
}

impl Limits {
    /// Those of a partner under a program.
    pub fn of(partner: &Partner, program: &Program) -> Self {
        let tier = match partner.tier {
            1 => &program.policy.allowance_tier_1,
            _ => &program.policy.allowance_tier_2,
        };
        let organization::Allowance {
            trials_per_month,
            active_trials,
        } = partner.allowance;
        Self {
            per_month: trials_per_month.or(tier.per_month),
            active: active_trials.or(tier.active),
        }
    }

    /// Whether anything limits what is to be done.
    pub fn bind(&self, taking: Taking) -> bool {
        self.active.is_some() || (taking == Taking::Start && self.per_month.is_some())
    }

    /// Whether there is a place left.
    ///
    /// # Errors
    /// `allowance_used`: which limit, how many, and from when it is possible, where that is known.
    pub fn check(&self, used: &Used, taking: Taking, now: Timestamp) -> Result<(), Refusal> {
        let full = |of: Option<u32>, used: u32| of.filter(|of| used >= *of);
        // What waits longest is named: a month that is over helps nobody who runs too many.
        if let Some(of) = full(self.active, used.active) {
            return Err(refusal("active_trials", of, used.active, used.first_end));
        }
        match full(self.per_month, used.this_month) {
            Some(of) if taking == Taking::Start => {
                let from = (of > 0).then(|| next_month(now));
                Err(refusal("trials_per_month", of, used.this_month, from))
            }
            _ => Ok(()),
        }
    }
}

fn refusal(limit: &str, of: u32, used: u32, from: Option<Date>) -> Refusal {
    Refusal::new(Code::AllowanceUsed)
        .with("limit", limit)
        .with("of", of)
        .with("used", used)
        .with("possible_from", from.map(|day| day.to_string()))
}

/// The first instant of the month.
pub fn month_began(now: Timestamp) -> Timestamp {
    first_instant(civil_day(now, &TimeZone::UTC).first_of_month(), &TimeZone::UTC)
}

fn next_month(now: Timestamp) -> Date {
    plus_days(civil_day(now, &TimeZone::UTC).last_of_month(), 1)
}

/// When a trial took its place of a month; none for what was never started, and for what gave it back.
pub fn counted_at(trial: &Trial) -> Option<Timestamp> {
    match (&trial.state, trial.origin, &trial.consent) {
        (State::Cancelled { term: None, .. }, ..) | (_, Origin::Request, None) => None,
        (_, Origin::Request, Some(consent)) => Some(consent.at),
        (_, Origin::New | Origin::Own, _) => Some(trial.created_at),
    }
}

/// The statuses of an active trial.
pub const ACTIVE: [Status; 4] = [
    Status::PendingProvisioningDetails,
    Status::PendingApproval,
    Status::Provisioning,
    Status::Active,
];

/// What a partner's trials use.
pub fn used<'t>(trials: impl IntoIterator<Item = &'t Trial>, now: Timestamp) -> Used {
    let began = month_began(now);
    let mut used = Used::default();
    for trial in trials {
        used.this_month += u32::from(counted_at(trial).is_some_and(|at| at >= began));
        if !ACTIVE.contains(&trial.status()) {
            continue;
        }
        used.active += 1;
        let over = trial.term().map(|term| plus_days(term.ends_on, 1));
        used.first_end = [used.first_end, over].into_iter().flatten().min();
    }
    used
}

/// What a change takes.
pub fn taken(before: &Trial, after: &Trial) -> Option<Taking> {
    match (before.status(), after.status()) {
        (Status::PendingConsent, Status::PendingProvisioningDetails) => Some(Taking::Start),
        (Status::Expired, Status::Active) => Some(Taking::Return),
        _ => None,
    }
}
