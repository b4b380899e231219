//! ORG-1, ORG-6: the vendor's partners: tier, distributor, certification until a date, allowance.

pub(crate) mod add;
pub(crate) mod edit;
pub(crate) mod people;

use super::{address, cursor, may, place};
use crate::{
    Console,
    frame::page,
    part::{Chip, chip},
    template::View,
    web::{Failure, Query, Signed},
    words::Words,
};
use app::{PageRequest, partner::PartnerView, policy::Action};
use axum::{extract::State, response::Response};
use domain::time::civil_day;
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::Serialize;

const ROWS: usize = 50;

/// The values of `partners/list.html`.
#[derive(Serialize)]
pub(crate) struct Partners {
    pub(crate) rows: Vec<Row>,
    pub(crate) first: Option<&'static str>,
    pub(crate) next: Option<String>,
    /// Regions whose store did not answer.
    pub(crate) unavailable: Option<String>,
    pub(crate) may_add: bool,
}

/// One of them.
#[derive(Serialize)]
pub(crate) struct Row {
    url: String,
    name: String,
    tier: String,
    distributor: String,
    chip: Chip,
    month: String,
    active: String,
}

impl View for Partners {
    const TEMPLATE: &'static str = "partners/list.html";
}

pub(crate) async fn list(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    let after = query.get("after").and_then(place);
    let first = after.is_some().then_some("/vendor/partners");
    let found = console
        .app
        .partners(&actor, &PageRequest { after, limit: ROWS })
        .await?;
    let (program, now) = (console.app.program()?, console.app.clock.now());
    let down: Vec<String> = found
        .unavailable_regions
        .iter()
        .map(|region| words.region(region, &program))
        .collect();
    let next = found.next.as_ref().and_then(cursor);
    let view = Partners {
        rows: found.items.iter().map(|view| row(&words, view, now)).collect(),
        first,
        next: next.map(|after| address("/vendor/partners", &[("after", &after)])),
        unavailable: (!down.is_empty())
            .then(|| words.t("partners-unavailable", &[("regions", words.list(&down).into())])),
        may_add: may(&console, &actor, Action::ManagePartners),
    };
    page(&console, &visitor, words.say("partners-title"), &view)
}

pub(crate) fn row(words: &Words, view: &PartnerView, now: Timestamp) -> Row {
    Row {
        url: view
            .id
            .as_ref()
            .map(|id| format!("/vendor/partners/{id}"))
            .unwrap_or_default(),
        name: i18n::tame(&view.name),
        tier: words.number(i64::from(view.tier)),
        distributor: distributor(view),
        chip: certification(words, view, now),
        month: allowed(words, view.allowance.trials_per_month),
        active: allowed(words, view.allowance.active_trials),
    }
}

pub(super) fn distributor(view: &PartnerView) -> String {
    view.distributor
        .as_ref()
        .map(|(_, name)| i18n::tame(name))
        .unwrap_or_default()
}

/// ELIG-5: a number, or that there is no limit.
pub(super) fn allowed(words: &Words, limit: Option<u32>) -> String {
    limit.map_or_else(|| words.say("partner-no-limit"), |limit| words.number(limit))
}

/// ORG-1: whether it can enter the partner hub, and until when; of one that no longer can, since when.
pub(super) fn certification(words: &Words, view: &PartnerView, now: Timestamp) -> Chip {
    let until = view.certified_until.map(|until| last_day(words, until));
    let date = |id: &str, day: Date| words.t(id, &[("date", words.medium(day).into())]);
    let over = view.certified_until.is_some_and(|until| until <= now);
    match (view.certified, until) {
        (true, until) => chip::of_state(
            words,
            "partner",
            "certified",
            until.map(|day| date("partner-until", day)),
        ),
        (false, Some(day)) if over => chip::of_state(words, "partner", "lapsed", Some(date("partner-since", day))),
        (false, _) => chip::of_state(words, "partner", "uncertified", None),
    }
}

/// The last day before an instant, for the reader.
pub(super) fn last_day(words: &Words, until: Timestamp) -> Date {
    let before = until.checked_sub(SignedDuration::from_secs(1)).unwrap_or(until);
    civil_day(before, &words.zone)
}
