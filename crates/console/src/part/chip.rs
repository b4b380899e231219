//! A status in words: the state, who must act, by when. Never colour alone.

use crate::words::Words;
use app::{customer::CustomerView, view::TrialView};
use domain::{
    program::Program,
    trial::{ServiceState, Status},
};
use jiff::Timestamp;
use serde::Serialize;

/// A chip.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Chip {
    /// `wait`, `good`, `warn`, `bad`, `calm`.
    pub(crate) tone: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) text: String,
    /// Who must act, and by when.
    pub(crate) rest: Option<String>,
}

fn look(status: &str) -> (&'static str, &'static str) {
    match status {
        "active" | "provisioned" | "converted" | "purchased" => ("good", "check-circle"),
        "expires_soon" => ("warn", "clock"),
        "expired" => ("bad", "hourglass"),
        "to_be_deleted" | "failed" => ("bad", "alert"),
        "pending_consent" | "pending_provisioning_details" | "pending_approval" | "awaiting_approval" => {
            ("wait", "pause")
        }
        "provisioning" | "waiting" => ("wait", "gear"),
        "suspended" => ("warn", "pause"),
        _ => ("calm", "minus-circle"),
    }
}

fn chip(words: &Words, status: &str, rest: Option<String>) -> Chip {
    let (tone, icon) = look(status);
    Chip {
        tone,
        icon,
        text: words.say(&format!("status-{}", status.replace('_', "-"))),
        rest,
    }
}

/// Days until an instant, begun days counted.
pub(crate) fn days_until(now: Timestamp, at: Timestamp) -> i64 {
    (at.duration_since(now).as_secs() + 86_399).div_euclid(86_400).max(0)
}

/// A trial's.
pub(crate) fn of_trial(words: &Words, view: &TrialView, now: Timestamp) -> Chip {
    let days = |id: &str, days: i64| Some(words.t(id, &[("days", days.into())]));
    let status = view.trial.status();
    let rest = match status {
        Status::PendingConsent => view
            .consent_expires_at
            .and_then(|at| days("wait-customer", days_until(now, at))),
        Status::PendingProvisioningDetails => Some(words.say("wait-partner")),
        Status::PendingApproval => Some(words.say("wait-team")),
        Status::Active => view.days_left.and_then(|left| days("wait-left", left)),
        Status::Expired => view.grace_days_left.and_then(|left| days("wait-grace", left)),
        Status::Provisioning
        | Status::Converted
        | Status::Cancelled
        | Status::Declined
        | Status::Lapsed
        | Status::Removed => None,
    };
    let soon = status == Status::Active && view.days_left.is_some_and(|left| left <= 7);
    chip(words, if soon { "expires_soon" } else { status.as_str() }, rest)
}

/// A customer's, in a partner's list.
pub(crate) fn of_customer(words: &Words, view: &CustomerView, program: &Program, now: Timestamp) -> Chip {
    let days = |id: &str, days: i64| Some(words.t(id, &[("days", days.into())]));
    let rest = match view.status.as_str() {
        "pending_consent" => {
            let until = view
                .trials
                .iter()
                .filter_map(|trial| trial.consent_deadline(program))
                .min();
            until.and_then(|until| days("wait-customer", days_until(now, until)))
        }
        "pending_provisioning_details" => Some(words.say("wait-partner")),
        "pending_approval" => Some(words.say("wait-team")),
        "active" => view.days_left.and_then(|left| days("wait-left", left)),
        "expired" | "to_be_deleted" => view.grace_days_left.and_then(|left| days("wait-grace", left)),
        _ => None,
    };
    let soon = view.status == "active" && view.days_left.is_some_and(|left| left <= 7);
    chip(words, if soon { "expires_soon" } else { &view.status }, rest)
}

/// A service's, within a trial; EXP-3: 'Expired' in grace. Nothing waits any more for a trial that never began.
pub(crate) fn of_service(words: &Words, state: ServiceState, trial: Status) -> Option<Chip> {
    let status = match trial {
        Status::Expired => "expired",
        Status::Declined | Status::Lapsed => return None,
        _ => state.as_str(),
    };
    Some(chip(words, status, None))
}

/// One by its status alone.
pub(crate) fn plain(words: &Words, status: &str) -> Chip {
    chip(words, status, None)
}

/// One of another kind of thing than trials: how it looks, and the text that names its state.
pub(crate) fn of_state(words: &Words, kind: &str, state: &str, rest: Option<String>) -> Chip {
    let (tone, icon) = match state {
        "active" | "certified" | "accepted" | "done" => ("good", "check-circle"),
        "invited" => ("wait", "mail"),
        "pending" => ("wait", "pause"),
        _ => ("calm", "minus-circle"),
    };
    Chip {
        tone,
        icon,
        text: words.say(&format!("status-{kind}-{}", state.replace('_', "-"))),
        rest,
    }
}
