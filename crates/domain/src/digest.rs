//! NOTE-4: reminders that are gathered for a person, and told together once a day.

use crate::{
    ids::{OrgId, TrialId},
    notify::{Audience, Message, MessageKind},
    time::{at_civil, civil_day, days_between, plus_days},
    trial::{State, Trial},
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

/// Lines of one digest, at most: the list has all.
pub const MOST: usize = 200;

/// How long after its hour a digest that has not left yet still leaves on that day.
const LATE: SignedDuration = SignedDuration::from_hours(1);

/// One reminder that waits: ids and dates only. Names are read where they live when it is sent (REG-2).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Gathered {
    /// The day on which its trial ends.
    pub ends_on: Date,
    /// Its trial.
    pub trial: TrialId,
    /// Whose trial it is.
    pub customer: OrgId,
    /// `expiry_reminder` or `expiry_notice`.
    pub kind: MessageKind,
    /// When it was gathered, by the rules' clock.
    pub at: Timestamp,
}

/// Whether a message can wait for a digest: EXP-1 and 2 to the partner, as time causes them. What a person sends by hand
/// does not wait.
pub fn can_wait(message: &Message) -> bool {
    let reminds = matches!(message.kind, MessageKind::ExpiryReminder | MessageKind::ExpiryNotice);
    reminds && message.audience == Audience::PartnerAdministrators && message.line.is_none()
}

/// When what is gathered now leaves: at that time of the reader's day, today if that is not over.
pub fn leaves_at(now: Timestamp, time: Time, zone: &TimeZone) -> Timestamp {
    let today = at_civil(civil_day(now, zone), time, zone);
    let last = today.checked_add(LATE).unwrap_or(today);
    match now <= last {
        true => today.max(now),
        false => leaves_tomorrow(now, time, zone),
    }
}

/// The same after today's has left.
pub fn leaves_tomorrow(now: Timestamp, time: Time, zone: &TimeZone) -> Timestamp {
    at_civil(plus_days(civil_day(now, zone), 1), time, zone)
}

impl Gathered {
    /// The days left as they truly are; none where it is not true any more: extended, converted, cancelled, removed.
    pub fn days_left(&self, trial: &Trial, today: Date) -> Option<i64> {
        let (State::Active(term) | State::Expired(term)) = &trial.state else {
            return None;
        };
        (term.ends_on == self.ends_on).then(|| days_between(today, self.ends_on))
    }
}
