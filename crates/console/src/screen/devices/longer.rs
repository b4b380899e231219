//! EXT-4: keeping devices longer: what is asked, before and after, the limit, yes or no.

use super::{Tab, asked_page, chip, day, down, next_page, tabs};
use crate::{
    Console,
    frame::page,
    part::Chip,
    screen::{id as known, may},
    template::View,
    web::{Failure, Form, Query, Signed, see},
    words::Words,
};
use app::{
    Actor, Error, Guard,
    policy::Action,
    shipment::{DeviceExtensionView, ExtensionFilter},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::DeviceExtensionId,
    refusal::Code,
    time::{days_between, plus_days},
};
use serde::Serialize;

const TABS: [&str; 4] = ["pending", "approved", "refused", ""];

/// The values of `devices/longer.html`.
#[derive(Serialize)]
pub(crate) struct LongerPage {
    pub(crate) tabs: Vec<Tab>,
    pub(crate) current: String,
    pub(crate) asked: Vec<Asked>,
    pub(crate) next: Option<String>,
    pub(crate) unavailable: Option<String>,
}

/// One of them.
#[derive(Serialize)]
pub(crate) struct Asked {
    id: String,
    shipment: String,
    what: String,
    who: String,
    chip: Chip,
    since: String,
    /// What, now, after a yes.
    rows: Vec<(String, String, String)>,
    /// The limit, and whether a yes would break it.
    limit: String,
    too_long: bool,
    reason: Option<String>,
    decision: Option<String>,
    open: bool,
    /// Nobody approves his own.
    own: bool,
    version: i64,
}

impl View for LongerPage {
    const TEMPLATE: &'static str = "devices/longer.html";
}

impl Asked {
    pub(crate) fn of(words: &Words, view: &DeviceExtensionView, actor: Option<&Actor>, decides: bool) -> Self {
        let state = view.extension.state.as_str();
        let (tone, icon) = match state {
            "pending" => ("wait", "pause"),
            "approved" => ("good", "check-circle"),
            _ => ("calm", "minus-circle"),
        };
        let who = [
            ("customer", words.customer(&view.customer.1).into()),
            ("partner", i18n::tame(&view.partner.1).into()),
            ("order", view.order_number.as_str().into()),
        ];
        let left = days_between(view.device_ends_on, view.latest_ends_on).max(0);
        // Once granted, the devices' date is the new one.
        let before = match state {
            "approved" => plus_days(view.would_end_on, -i64::from(view.extension.days)),
            _ => view.device_ends_on,
        };
        let out = |end| words.t("days", &[("days", days_between(view.shipped_on, end).into())]);
        let limit = [("date", day(words, view.latest_ends_on).into()), ("days", left.into())];
        Self {
            id: view.id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
            shipment: view.shipment_id.0.clone(),
            what: words.t("longer-what", &[("days", view.extension.days.into())]),
            who: words.t("longer-who", &who),
            chip: chip(tone, icon, words.say(&format!("device-longer-{state}"))),
            since: words.stamp(view.extension.asked_at),
            rows: vec![
                (
                    words.say("device-ends"),
                    day(words, before),
                    day(words, view.would_end_on),
                ),
                (words.say("longer-out"), out(before), out(view.would_end_on)),
            ],
            limit: words.t("longer-limit", &limit),
            too_long: view.would_end_on > view.latest_ends_on,
            reason: view.reason.as_deref().map(i18n::tame),
            decision: view.decision.as_deref().map(i18n::tame),
            open: state == "pending" && decides,
            own: actor.is_some_and(|actor| *actor.id() == view.extension.asked_by),
            version: view.version,
        }
    }
}

pub(crate) async fn list(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    let wanted = query
        .get("state")
        .filter(|state| TABS.contains(state) || *state == "all");
    let current = wanted.unwrap_or("pending");
    let filter = ExtensionFilter {
        state: Some(current).filter(|state| *state != "all").map(str::to_owned),
        ..ExtensionFilter::default()
    };
    let page_of = asked_page(&query);
    let found = console.app.device_extensions(&actor, &filter, &page_of).await?;
    let (program, path) = (console.app.program()?, "/vendor/device-extensions");
    let decides = may(&console, &actor, Action::DecideDeviceExtension);
    let asked = found.items.iter();
    let view = LongerPage {
        tabs: tabs(
            &words,
            path,
            "state",
            &["pending", "approved", "refused", "all"],
            current,
        ),
        asked: asked
            .map(|view| Asked::of(&words, view, Some(&actor), decides))
            .collect(),
        next: next_page(path, &[("state", current)], found.next.as_ref()),
        unavailable: down(&words, &found.unavailable_regions, &program),
        current: current.to_owned(),
    };
    page(&console, &visitor, words.say("longer-title"), &view)
}

pub(crate) async fn decide(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let id = known(DeviceExtensionId::parse(&id))?;
    let approved = match fields.get("decision") {
        Some("approve") => true,
        Some("refuse") => false,
        _ => return Err(Error::field("/decision", Code::Required).into()),
    };
    let decision = (approved, fields.get("reason"));
    let guard = Guard::default();
    let decided = console.app.decide_device_extension(&actor, &id, decision, &guard);
    let done = match decided.await {
        Ok(_) if approved => "longer-approved",
        Ok(_) => "longer-refused",
        Err(Error::Refused(refusal)) if refusal.code.status() == 409 => "approval-late",
        Err(Error::Refused(refusal)) if refusal.errors.iter().any(|one| one.code == Code::DeviceLimitExceeded) => {
            "longer-too-long"
        }
        Err(error) => return Err(error.into()),
    };
    // What somebody else decided is not among those that wait.
    let state = if done == "approval-late" { "state=all&" } else { "" };
    Ok(see(&format!("/vendor/device-extensions?{state}done={done}")))
}
