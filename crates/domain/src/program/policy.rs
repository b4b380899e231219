//! Every number and switch that the rules call `[policy]`.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::finding::{Findings, MOST_DAYS};

/// ELIG-5: what one partner may do at a time; `None` is no limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Allowance {
    /// Trials started in a calendar month.
    pub per_month: Option<u32>,
    /// Trials active at once.
    pub active: Option<u32>,
}

/// The `[policy]` values. All numbers of days are whole civil days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// CONS-2: a request lapses after so many times 24 hours.
    pub consent_days: u32,
    /// CONS-7: at most so many sendings of a request an hour.
    pub consent_sendings_per_hour: u32,
    /// TIME-3: when day emails leave, in the customer's zone.
    pub day_email_time: Time,
    /// EXP-1: the reminder leaves so many days before the expiry date.
    pub reminder_days: u32,
    /// EXP-3: days of grace.
    pub grace_days: u32,
    /// EXP-5: days for which numbers rest after grace or cancelling.
    pub number_rest_days: u32,
    /// START-5: days for which a freed site name rests.
    pub site_rest_days: u32,
    /// CANC-2: days for which a cancelled customer without services keeps its organization.
    pub cancelled_organization_days: u32,
    /// EXT-3: how often a trial can be extended; none is no limit.
    #[serde(default)]
    pub extension_limit: Option<u32>,
    /// EXT-3: whether an extension in grace makes the trial active again.
    pub extension_in_grace: bool,
    /// EXT-3: whether an extension waits for the trials team.
    pub extension_needs_approval: bool,
    /// ELIG-4: how often one customer can try one service; none is no limit.
    #[serde(default)]
    pub trials_per_service: Option<u32>,
    /// ELIG-4: days between two trials of one service by one customer.
    pub rest_between_trials_days: u32,
    /// ELIG-5, tier 1 partners.
    #[serde(default)]
    pub allowance_tier_1: Allowance,
    /// ELIG-5, tier 2 partners.
    #[serde(default)]
    pub allowance_tier_2: Allowance,
    /// CONV-7: an order that is not mapped closes after so many days.
    pub order_closes_after_days: u32,
    /// CONV-7: days on which one is reminded of it.
    pub order_reminder_days: Vec<u32>,
    /// SETUP-2: new numbers by order in a trial, at most.
    pub new_numbers_limit: u32,
    /// DEV-1: registration licences when none are given.
    pub registration_licenses: u32,
    /// DEV-5: devices can be tried for so many days at most.
    pub device_days: u32,
    /// DEV-6: returns are accepted from so many days before the device end date.
    pub return_opens_before_days: u32,
    /// DEV-6: returns are due so many days after the device end date.
    pub return_due_after_days: u32,
    /// DEV-6: days after that on which one is reminded.
    pub overdue_reminder_days: Vec<u32>,
    /// DEV-6: days between reminders from then on.
    pub overdue_reminder_every_days: u32,
}

impl Policy {
    /// Values under which a trial could not be carried through.
    pub(super) fn check(&self, found: &mut Findings) {
        // Key, value, and the smallest with which the rule still means something.
        let days = [
            ("consent_days", self.consent_days, 1),
            ("reminder_days", self.reminder_days, 1),
            ("grace_days", self.grace_days, 0),
            ("number_rest_days", self.number_rest_days, 0),
            ("site_rest_days", self.site_rest_days, 0),
            ("cancelled_organization_days", self.cancelled_organization_days, 0),
            ("rest_between_trials_days", self.rest_between_trials_days, 0),
            ("order_closes_after_days", self.order_closes_after_days, 1),
            ("device_days", self.device_days, 1),
            ("return_opens_before_days", self.return_opens_before_days, 0),
            ("return_due_after_days", self.return_due_after_days, 0),
            ("overdue_reminder_every_days", self.overdue_reminder_every_days, 1),
        ];
        for (key, value, min) in days {
            found.bounds(format!("/policy/{key}"), value, min, MOST_DAYS);
        }
        found.bounds(
            "/policy/consent_sendings_per_hour",
            self.consent_sendings_per_hour,
            1,
            u32::MAX,
        );
        found.day_list("/policy/order_reminder_days", &self.order_reminder_days);
        found.day_list("/policy/overdue_reminder_days", &self.overdue_reminder_days);
        for (index, day) in self.order_reminder_days.iter().enumerate() {
            let last = self.order_closes_after_days;
            if *day >= last {
                let problem = format!("on day {day} the order is closed already");
                let mend = format!("write a day before order_closes_after_days, {last}");
                found.add(format!("/policy/order_reminder_days/{index}"), problem, mend);
            }
        }
        self.check_limits(found);
    }

    /// ELIG-4, ELIG-5: a limit of nothing would refuse every trial.
    fn check_limits(&self, found: &mut Findings) {
        let (first, second) = (&self.allowance_tier_1, &self.allowance_tier_2);
        let limits = [
            ("trials_per_service", self.trials_per_service),
            ("allowance_tier_1/per_month", first.per_month),
            ("allowance_tier_1/active", first.active),
            ("allowance_tier_2/per_month", second.per_month),
            ("allowance_tier_2/active", second.active),
        ];
        for (key, limit) in limits {
            if limit == Some(0) {
                let mend = "write 1 or more, or remove it for no limit";
                found.add(format!("/policy/{key}"), "0 would refuse every trial", mend);
            }
        }
    }
}
