//! LIST-1: what a partner's list says of a customer.

use super::{State, Status, Trial};
use jiff::civil::Date;

/// LIST-1: the status of a customer for one partner, or for itself, and the day on which the first of these trials ends.
/// Empty where there is nothing to say.
pub fn listing(trials: &[Trial], bought: bool) -> (String, Option<Date>) {
    let ends = |trial: &Trial| trial.term().map(|term| term.ends_on);
    let running = trials
        .iter()
        .filter(|trial| matches!(trial.state, State::Active(_) | State::Expired(_)));
    if let Some(first) = running.min_by_key(|trial| ends(trial)) {
        return (first.status().as_str().to_owned(), ends(first));
    }
    let waiting = [
        Status::Provisioning,
        Status::PendingApproval,
        Status::PendingProvisioningDetails,
        Status::PendingConsent,
    ];
    if let Some(status) = waiting
        .into_iter()
        .find(|status| trials.iter().any(|trial| trial.status() == *status))
    {
        return (status.as_str().to_owned(), None);
    }
    if bought || trials.iter().any(|trial| trial.status() == Status::Converted) {
        return ("purchased".to_owned(), None);
    }
    let cancelled = trials.iter().any(|trial| {
        matches!(
            &trial.state,
            State::Cancelled {
                organization_closed: false,
                ..
            }
        )
    });
    let status = if cancelled { "cancelled" } else { "" };
    (status.to_owned(), None)
}

/// LIST-1: 'Expires in 30 days / 60 days', of what has so many days left.
pub fn ends_within(days_left: i64) -> Option<u32> {
    [30u32, 60].into_iter().find(|limit| days_left <= i64::from(*limit))
}
