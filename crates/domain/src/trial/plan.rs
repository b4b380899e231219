//! The whole future of a trial (START-9, section 10 of the rules): one pure function shows it before the start, drives
//! the worker, and runs the simulation.

use super::{State, Term, Trial};
use crate::{
    notify::Audience,
    program::Program,
    time::{at_civil, civil_day, end_of, plus_days},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal $rule:literal,)*) => {
        /// Every kind of milestone, by the names of `GET /trials/{id}/plan`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum MilestoneKind { $($(#[$doc])* $name,)* }

        impl MilestoneKind {
            /// All kinds, in the order in which they fall due when they do so at one instant.
            pub const ALL: &'static [MilestoneKind] = &[$(MilestoneKind::$name,)*];

            /// The kind's stable name.
            pub fn as_str(self) -> &'static str {
                match self { $(MilestoneKind::$name => $text,)* }
            }

            /// The kind of that name.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(MilestoneKind::$name),)* _ => None }
            }

            /// The rule that plans it.
            pub fn rule(self) -> &'static str {
                match self { $(MilestoneKind::$name => $rule,)* }
            }
        }
    };
}

kinds! {
    /// A request lapses.
    ConsentLapses = "consent_lapses" "CONS-2",
    /// The trial starts.
    Started = "started" "PROV-1",
    /// Seven days before.
    ExpiryReminder = "expiry_reminder" "EXP-1",
    /// On the day.
    ExpiryNotice = "expiry_notice" "EXP-2",
    /// Grace begins.
    Expires = "expires" "EXP-3",
    /// An order is still not mapped.
    OrderReminder = "order_reminder" "CONV-7",
    /// It closes.
    OrderCloses = "order_closes" "CONV-7",
    /// Grace is over.
    Removed = "removed" "EXP-4",
    /// Users are told.
    AccessEndedNotice = "access_ended_notice" "EXP-4",
    /// Phone numbers are free again.
    NumbersReleased = "numbers_released" "EXP-5",
    /// Devices can go back.
    DeviceReturnOpens = "device_return_opens" "DEV-6",
    /// The device end date is over.
    DeviceEnds = "device_ends" "DEV-5",
    /// Devices should be back.
    DeviceReturnDue = "device_return_due" "DEV-6",
    /// One is reminded of what is not back.
    ReturnOverdue = "return_overdue" "DEV-6",
}

impl MilestoneKind {
    /// EXP-9: what a hold stops: `removed`, its email and the number release.
    pub fn is_irreversible(self) -> bool {
        matches!(
            self,
            MilestoneKind::Removed | MilestoneKind::AccessEndedNotice | MilestoneKind::NumbersReleased
        )
    }

    /// Whether all it does is to tell somebody.
    pub fn is_notice(self) -> bool {
        matches!(
            self,
            MilestoneKind::ExpiryReminder
                | MilestoneKind::ExpiryNotice
                | MilestoneKind::AccessEndedNotice
                | MilestoneKind::ReturnOverdue
                | MilestoneKind::OrderReminder
        )
    }

    /// Whom it speaks to.
    pub fn audiences(self) -> &'static [Audience] {
        match self {
            MilestoneKind::Started => &[Audience::CustomerAdministrators],
            MilestoneKind::ExpiryReminder
            | MilestoneKind::ExpiryNotice
            | MilestoneKind::DeviceReturnOpens
            | MilestoneKind::ReturnOverdue => &[Audience::CustomerAdministrators, Audience::PartnerAdministrators],
            MilestoneKind::AccessEndedNotice => &[Audience::CustomerUsers],
            MilestoneKind::ConsentLapses => &[Audience::PartnerAdministrators],
            MilestoneKind::OrderReminder | MilestoneKind::OrderCloses => &[Audience::Person],
            MilestoneKind::Expires
            | MilestoneKind::Removed
            | MilestoneKind::NumbersReleased
            | MilestoneKind::DeviceEnds
            | MilestoneKind::DeviceReturnDue => &[],
        }
    }
}

/// One thing that will happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// What.
    pub kind: MilestoneKind,
    /// When; none while the start is open.
    pub at: Option<Timestamp>,
    /// The customer's civil day of that instant.
    pub on: Option<Date>,
}

/// Everything that a trial's state still plans, in order. What was done already is the store's to say.
pub fn plan(trial: &Trial, program: &Program, zone: &TimeZone) -> Vec<Planned> {
    let policy = &program.policy;
    let day = |instant: Timestamp| Planned {
        kind: MilestoneKind::Started,
        at: Some(instant),
        on: Some(civil_day(instant, zone)),
    };
    let planned = |kind: MilestoneKind, instant: Timestamp| Planned { kind, ..day(instant) };
    let numbers = trial.has_numbers(program);
    let mut items = match &trial.state {
        State::PendingConsent { .. } => {
            let lapse = trial
                .consent_deadline(program)
                .map(|deadline| planned(MilestoneKind::ConsentLapses, deadline));
            lapse.into_iter().chain(open(numbers)).collect()
        }
        State::PendingProvisioningDetails | State::PendingApproval | State::Provisioning => open(numbers),
        State::Active(term) => {
            let mut items = vec![planned(MilestoneKind::Started, term.started_at)];
            items.extend(
                running(term, trial, program, zone)
                    .into_iter()
                    .map(|(kind, at)| planned(kind, at)),
            );
            items
        }
        State::Expired(term) => {
            let after = running(term, trial, program, zone).into_iter();
            after
                .filter(|(kind, _)| *kind != MilestoneKind::ExpiryReminder && *kind != MilestoneKind::Expires)
                .map(|(kind, at)| planned(kind, at))
                .collect()
        }
        State::Removed { term, .. } => {
            let after = running(term, trial, program, zone).into_iter();
            let left = [MilestoneKind::AccessEndedNotice, MilestoneKind::NumbersReleased];
            after
                .filter(|(kind, _)| left.contains(kind))
                .map(|(kind, at)| planned(kind, at))
                .collect()
        }
        State::Cancelled {
            term,
            on,
            organization_closed,
            ..
        } => {
            // CANC-2: numbers rest, and an organization without services is kept for a while.
            let released = end_of(plus_days(*on, i64::from(policy.number_rest_days)), zone);
            let mut items = Vec::new();
            items.extend((numbers && term.is_some()).then(|| planned(MilestoneKind::NumbersReleased, released)));
            if let Some(close) = trial.kept_until(program) {
                items.extend((!organization_closed).then(|| planned(MilestoneKind::Removed, end_of(close, zone))));
                let told = at_civil(plus_days(close, 1), policy.day_email_time, zone);
                items.push(planned(MilestoneKind::AccessEndedNotice, told));
            }
            items
        }
        State::Converted { .. } | State::Declined { .. } | State::Lapsed { .. } => Vec::new(),
    };
    // EXP-5: calling that an edit took away, or nobody bought, left numbers that rest from that day.
    let left = !numbers || matches!(trial.state, State::Converted { .. });
    if let Some(left) = trial.numbers_left_on.filter(|_| left) {
        let released = end_of(plus_days(left, i64::from(policy.number_rest_days)), zone);
        items.push(planned(MilestoneKind::NumbersReleased, released));
    }
    // DEV-5: devices have days of their own, whatever becomes of the trial.
    items.extend(trial.device_plan(program, zone));
    if let Some(mark) = trial.open_order() {
        let remind = |days: &u32| at_civil(plus_days(mark.placed_on, i64::from(*days)), policy.day_email_time, zone);
        let reminders = policy.order_reminder_days.iter().map(remind);
        items.extend(reminders.map(|at| planned(MilestoneKind::OrderReminder, at)));
        items.push(planned(MilestoneKind::OrderCloses, end_of(mark.closes_on, zone)));
    }
    // TIME-4: with other policies than the default numbers may be free before the users are told. What has no date
    // yet keeps its place.
    items.sort_by_key(|item| (item.at.unwrap_or(Timestamp::MAX), item.kind));
    items
}

/// What follows a start whose day is not known yet.
fn open(numbers: bool) -> Vec<Planned> {
    let kinds = [
        MilestoneKind::Started,
        MilestoneKind::ExpiryReminder,
        MilestoneKind::ExpiryNotice,
        MilestoneKind::Expires,
        MilestoneKind::Removed,
        MilestoneKind::AccessEndedNotice,
        MilestoneKind::NumbersReleased,
    ];
    let wanted = kinds
        .into_iter()
        .filter(|kind| numbers || *kind != MilestoneKind::NumbersReleased);
    wanted
        .map(|kind| Planned {
            kind,
            at: None,
            on: None,
        })
        .collect()
}

/// Section 10 of the rules, after the start.
fn running(term: &Term, trial: &Trial, program: &Program, zone: &TimeZone) -> Vec<(MilestoneKind, Timestamp)> {
    let policy = &program.policy;
    let email = |day: Date| at_civil(day, policy.day_email_time, zone);
    let reminder = plus_days(term.ends_on, -i64::from(policy.reminder_days));
    // CONV-7: an order that was placed in time holds what cannot be undone.
    let last = trial
        .removal_day(program)
        .unwrap_or_else(|| term.grace_ends_on(program));
    let rest_ends = plus_days(last, i64::from(policy.number_rest_days));
    let mut items = Vec::with_capacity(6);
    // EXP-1: not on the day the trial starts.
    if reminder > term.starts_on {
        items.push((MilestoneKind::ExpiryReminder, email(reminder)));
    }
    items.push((MilestoneKind::ExpiryNotice, email(term.ends_on)));
    items.push((MilestoneKind::Expires, end_of(term.ends_on, zone)));
    items.push((MilestoneKind::Removed, end_of(last, zone)));
    items.push((MilestoneKind::AccessEndedNotice, email(plus_days(last, 1))));
    if trial.has_numbers(program) {
        items.push((MilestoneKind::NumbersReleased, end_of(rest_ends, zone)));
    }
    items
}
