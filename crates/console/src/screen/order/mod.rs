//! Orders (CONV): from the trial, by the distributor, at the order desk; who sets them up, and until when.

pub(crate) mod answers;
pub(crate) mod close;
pub(crate) mod conversion;
pub(crate) mod convert;
pub(crate) mod difference;
pub(crate) mod fields;
pub(crate) mod hand;
pub(crate) mod list;
pub(crate) mod place;
pub(crate) mod show;
pub(crate) mod wish;

use crate::{part::Chip, words::Words};
use app::{Actor, order::OrderView};
use domain::{
    order::{ClosedOrder, Order, OrderState},
    program::Program,
    time::{civil_day, days_between},
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

/// An order that closes within so many days is said to be closing soon.
pub(crate) const SOON: i64 = 10;

/// The values of `parts/ordered.html`: name and how many.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Ordered {
    pub(crate) services: Vec<(String, String)>,
    pub(crate) devices: Vec<(String, String)>,
}

impl Ordered {
    pub(crate) fn of(words: &Words, order: &Order, program: &Program) -> Self {
        let licences = |count: u32| words.t("licences", &[("count", count.into())]);
        let device = |id: &str| {
            let known = program.device_types.iter().find(|one| one.id == id);
            known.map_or_else(|| id.to_owned(), |one| one.name.clone())
        };
        Self {
            services: order
                .services
                .iter()
                .map(|(id, count)| (words.service(id, program), licences(*count)))
                .collect(),
            devices: order
                .devices
                .iter()
                .map(|(id, count)| (device(id), words.number(*count)))
                .collect(),
        }
    }
}

/// Where somebody's orders are listed.
pub(crate) fn base(actor: &Actor) -> &'static str {
    if actor.is_vendor() {
        "/vendor/orders"
    } else {
        "/partner/orders"
    }
}

/// The zone in which an order's days are counted.
pub(crate) fn zone(order: &Order) -> TimeZone {
    TimeZone::get(&order.zone).unwrap_or(TimeZone::UTC)
}

/// Days until an order closes; none once it is not open any more.
pub(crate) fn days_left(order: &Order, now: Timestamp) -> Option<i64> {
    let today = civil_day(now, &zone(order));
    order.is_open().then(|| days_between(today, order.closes_on).max(0))
}

/// How it stands: its name in texts.
pub(crate) fn state(order: &Order) -> &'static str {
    match &order.state {
        OrderState::Open => "open",
        OrderState::Mapping { .. } => "mapping",
        OrderState::Mapped { .. } => "mapped",
        OrderState::Closed { reason, .. } => match reason {
            ClosedOrder::NotMapped => "closed",
            ClosedOrder::Withdrawn => "withdrawn",
        },
    }
}

/// The state, who must act, by when.
pub(crate) fn chip(words: &Words, order: &Order, now: Timestamp) -> Chip {
    let state = state(order);
    let left = days_left(order, now);
    let (tone, icon) = match state {
        "mapped" => ("good", "check-circle"),
        "closed" => ("bad", "minus-circle"),
        "withdrawn" => ("calm", "minus-circle"),
        "mapping" => ("wait", "gear"),
        _ if left.is_some_and(|left| left <= SOON) => ("warn", "clock"),
        _ => ("wait", "pause"),
    };
    let rest = left.filter(|_| state == "open");
    Chip {
        tone,
        icon,
        text: words.say(&format!("status-order-{state}")),
        rest: rest.map(|left| words.t("wait-contact", &[("days", left.into())])),
    }
}

/// What the state means, what unblocks it, what happens if nobody does anything.
pub(crate) fn means(words: &Words, order: &Order) -> String {
    let closes = words.date(order.closes_on, &zone(order));
    match state(order) {
        // CONV-4: of which trial is not known yet.
        "open" if order.trial.is_none() => words.t("means-order-open-outside", &[("date", closes.into())]),
        "open" => words.t("means-order-open", &[("date", closes.into())]),
        other => words.say(&format!("means-order-{other}")),
    }
}

/// What people call an order: the end of its id, in two groups.
pub(crate) fn reference(id: &str) -> String {
    let tail = id.rsplit('_').next().unwrap_or_default().to_uppercase();
    let short = tail.get(tail.len().saturating_sub(8)..).unwrap_or(&tail);
    match short.split_at_checked(4) {
        Some((first, second)) if !second.is_empty() => format!("{first}-{second}"),
        _ => short.to_owned(),
    }
}

/// EXP-5: that phone numbers go, and how long they rest.
pub(crate) fn numbers(words: &Words, count: u32, program: &Program) -> Option<String> {
    let rest = program.policy.number_rest_days;
    (count > 0).then(|| words.t("difference-numbers", &[("count", count.into()), ("days", rest.into())]))
}

/// Whose it is, where that is known.
pub(crate) fn whose(words: &Words, view: &OrderView) -> String {
    match &view.customer {
        Some((_, name)) => words.customer(name),
        None => words.say("order-outside"),
    }
}

/// Who sets it up; the address of whoever has no name yet.
pub(crate) fn contact(view: &OrderView) -> Option<String> {
    view.contact_name
        .as_deref()
        .or(view.contact_email.as_deref())
        .map(i18n::tame)
}

/// What happens next, in order.
pub(crate) fn next(words: &Words, order: &Order, contact: &str) -> Vec<String> {
    steps(words, contact, words.date(order.closes_on, &zone(order)))
}

/// The same before it is placed.
pub(crate) fn steps(words: &Words, contact: &str, closes: String) -> Vec<String> {
    vec![
        words.t("convert-next-email", &[("contact", contact.into())]),
        words.say("convert-next-confirm"),
        words.t("convert-next-until", &[("date", closes.into())]),
    ]
}
