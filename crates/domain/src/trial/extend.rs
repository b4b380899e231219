//! Extending a trial (EXT).

use super::{At, Change, State, Status, Term, Trial, TrialEvent};
use crate::{
    notify::{Audience, Facts, Message, MessageKind},
    refusal::{Code, FieldError, Refusal},
    time::{days_between, end_of, plus_days},
};
use jiff::civil::Date;

/// What the partner asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extend {
    /// From today; the program's first length when none is given.
    pub days: Option<i64>,
    /// EXT-2: the explicit yes.
    pub allow_shorten: bool,
    /// Personal text.
    pub reason: Option<String>,
}

impl Trial {
    /// EXT-3, CONV-7: whether it can come back: not what is over, and is kept for an order alone.
    pub(super) fn may_come_back(&self, term: &Term, at: &At<'_>) -> bool {
        let grace = term.grace_ends_on(at.program);
        at.now < end_of(grace, at.zone) || self.removal_day(at.program) == Some(grace)
    }

    /// EXT-1: the expiry date becomes today plus the days, not the old date plus them. An empty change says that the
    /// date is the same (EXT-2).
    ///
    /// # Errors
    /// `wrong_status`, `extension_length`, `extension_limit`, `extension_would_shorten`.
    pub fn extend(&self, wish: &Extend, at: &At<'_>) -> Result<Change, Refusal> {
        let policy = &at.program.policy;
        let term = match &self.state {
            // EXT-3: past its end it is in grace, whether or not the worker has come by.
            State::Active(term) if policy.extension_in_grace || at.now < end_of(term.ends_on, at.zone) => term,
            State::Expired(term) if policy.extension_in_grace && self.may_come_back(term, at) => term,
            _ => return Err(Refusal::new(Code::WrongStatus).with("status", self.status().as_str())),
        };
        let days = self.extension_days(wish, at)?;
        let ends_on = plus_days(at.today(), days);
        if ends_on == term.ends_on {
            return Ok(Change::default());
        }
        if policy.extension_limit.is_some_and(|limit| self.extensions >= limit) {
            return Err(Refusal::new(Code::ExtensionLimit).with("extensions", self.extensions));
        }
        // EXT-2: it can shorten, but never by surprise.
        if ends_on < term.ends_on && !wish.allow_shorten {
            return Err(Refusal::new(Code::ExtensionWouldShorten)
                .with("current_ends_on", term.ends_on.to_string())
                .with("new_ends_on", ends_on.to_string()));
        }
        if policy.extension_needs_approval {
            return Ok(self.ask_extension(days, wish));
        }
        let change = self.extended(&term.ends_on, &ends_on, at);
        Ok(change.text("extension_reason", wish.reason.clone()))
    }

    /// EXT-3: the trials team decides; asking for the same again changes nothing.
    fn ask_extension(&self, days: i64, wish: &Extend) -> Change {
        if self.extension_asked == Some(days) {
            return Change::default();
        }
        Change::default()
            .event(TrialEvent::ExtensionAsked { days })
            .text("extension_reason", wish.reason.clone())
            .tell(self.told(MessageKind::ApprovalRequested, Audience::TrialsTeam))
    }

    /// EXT-3: the trials team has said yes: the days count from the day of that.
    pub(super) fn extend_as_approved(&self, days: i64, at: &At<'_>) -> Option<Change> {
        let (State::Active(term) | State::Expired(term)) = &self.state else {
            return None;
        };
        if self.status() == Status::Expired && !self.may_come_back(term, at) {
            return None;
        }
        let ends_on = plus_days(at.today(), days);
        (ends_on != term.ends_on).then(|| self.extended(&term.ends_on, &ends_on, at))
    }

    fn extended(&self, from: &Date, to: &Date, at: &At<'_>) -> Change {
        let (from, ends_on) = (*from, *to);
        let facts = Facts {
            services: self.service_ids(),
            ends_on: Some(ends_on),
            previous_ends_on: Some(from),
            days_left: Some(days_between(at.today(), ends_on)),
            ..Facts::default()
        };
        let message = Message {
            kind: MessageKind::Extended,
            audience: Audience::CustomerAdministrators,
            facts,
            line: None,
        };
        let event = TrialEvent::Extended { from, to: ends_on };
        let mut after = self.clone();
        after.apply(&event);
        let mut change = Change::default().event(event).tell(message);
        // DEV-1: what was provisioned in grace only could not be asked for there.
        change.merge(after.first_shipment(at).unwrap_or_default());
        change
    }

    fn extension_days(&self, wish: &Extend, at: &At<'_>) -> Result<i64, Refusal> {
        let offered = &at.program.extension_days;
        let first = offered.first().copied().map_or(30, i64::from);
        let days = wish.days.unwrap_or(first);
        if offered.iter().any(|length| i64::from(*length) == days) {
            return Ok(days);
        }
        let allowed: Vec<String> = offered.iter().map(u32::to_string).collect();
        Err(Refusal::input(vec![
            FieldError::new("/days", Code::ExtensionLength)
                .with("allowed", allowed.join(", "))
                .with("value", days),
        ]))
    }
}
