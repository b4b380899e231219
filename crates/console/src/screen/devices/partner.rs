//! The partner's side: what is out over all customers, asking for devices, for longer, for a label.

use super::{Loan, ROWS, Tab, down, tabs};
use crate::{
    Console,
    frame::page,
    part::Faults,
    screen::{
        address, form, id as known, may, mended,
        start::{DeviceFields, Devices},
        trial::seen,
    },
    template::View,
    web::{Failure, Fields, Form, Query, Signed, see},
};
use app::{
    Actor, Error, Guard, PageRequest,
    policy::Action,
    shipment::{ReturnFilter, ShipmentFilter},
    view::TrialView,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::{ReturnId, ShipmentId, TrialId},
    refusal::Code,
    trial::ShipmentRequest,
};
use serde::Serialize;

const TABS: [&str; 7] = ["", "requested", "approved", "shipped", "open", "overdue", "returned"];

/// The values of `devices/list.html`.
#[derive(Serialize)]
pub(crate) struct DeviceList {
    pub(crate) tabs: Vec<Tab>,
    pub(crate) current: String,
    pub(crate) q: String,
    pub(crate) loans: Vec<Loan>,
    pub(crate) next: Option<String>,
    pub(crate) unavailable: Option<String>,
    pub(crate) may_look_up: bool,
}

impl View for DeviceList {
    const TEMPLATE: &'static str = "devices/list.html";
}

/// The values of `devices/request.html`.
#[derive(Serialize)]
pub(crate) struct RequestPage {
    pub(crate) id: String,
    pub(crate) customer: String,
    pub(crate) faults: Faults,
    pub(crate) devices: DeviceFields,
    pub(crate) reason: String,
    pub(crate) version: i64,
}

impl View for RequestPage {
    const TEMPLATE: &'static str = "devices/request.html";
}

/// The devices of a trial's page: the values of `parts/lent.html`.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Lent {
    pub(crate) loans: Vec<Loan>,
    pub(crate) can_request: bool,
    pub(crate) can_longer: bool,
    pub(crate) can_label: bool,
    pub(crate) can_open: bool,
}

/// DEV-5: on the trial's page.
pub(crate) async fn of_trial(console: &Console, signed: &Signed, view: &TrialView) -> Result<Lent, Failure> {
    let actor = &signed.actor;
    if !may(console, actor, Action::ReadShipments) {
        return Ok(Lent::default());
    }
    let program = console.app.program()?;
    let found = console.app.shipments_of(actor, view).await?;
    let trial = &view.trial;
    let lends = |id: &String| program.service(id).is_some_and(|service| service.devices);
    let runs = trial.status() == domain::trial::Status::Active && trial.service_ids().iter().any(lends);
    let may = |action| may(console, actor, action);
    Ok(Lent {
        loans: found.iter().map(|one| Loan::of(&signed.words, one, &program)).collect(),
        can_request: runs && may(Action::RequestShipment),
        can_longer: may(Action::AskDeviceExtension),
        can_label: may(Action::RequestLabel),
        can_open: may(Action::OpenReturn),
    })
}

pub(crate) async fn list(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    if !actor.is_partner() {
        return Err(Failure::not_found());
    }
    let current = query
        .get("status")
        .filter(|status| TABS.contains(status))
        .unwrap_or_default();
    let (q, after) = (query.owned("q"), query.get("after").and_then(crate::screen::place));
    let request = PageRequest { after, limit: ROWS };
    let program = console.app.program()?;
    let (loans, next, regions) = match current {
        "open" | "overdue" => returning(&console, &actor, (current, q.clone()), &request).await?,
        _ => {
            let filter = ShipmentFilter {
                statuses: [current]
                    .into_iter()
                    .filter(|one| !one.is_empty())
                    .map(str::to_owned)
                    .collect(),
                q: q.clone(),
                ..ShipmentFilter::default()
            };
            let found = console.app.shipments(&actor, &filter, &request).await?;
            (found.items, found.next, found.unavailable_regions)
        }
    };
    let (path, q) = ("/partner/devices", q.unwrap_or_default());
    let after = next.as_ref().and_then(crate::screen::cursor);
    let view = DeviceList {
        tabs: tabs(&words, path, "status", &TABS, current),
        loans: loans.iter().map(|view| Loan::of(&words, view, &program)).collect(),
        next: after.map(|after| address(path, &[("status", current), ("q", &q), ("after", &after)])),
        unavailable: down(&words, &regions, &program),
        current: current.to_owned(),
        may_look_up: may(&console, &actor, Action::LookUpDevices),
        q,
    };
    page(&console, &visitor, words.say("devices-title"), &view)
}

type Found = (Vec<app::shipment::ShipmentView>, Option<app::Place>, Vec<String>);

/// Those whose return is open or overdue, the one that is due first in front.
async fn returning(
    console: &Console,
    actor: &Actor,
    (status, q): (&str, Option<String>),
    request: &PageRequest,
) -> Result<Found, Failure> {
    let filter = ReturnFilter {
        status: Some(status.to_owned()),
        q,
        ..ReturnFilter::default()
    };
    let found = console.app.returns(actor, &filter, request).await?;
    let mut loans = Vec::new();
    for back in &found.items {
        loans.push(console.app.shipment(actor, &back.shipment_id).await?);
    }
    Ok((loans, found.next, found.unavailable_regions))
}

async fn asked(
    console: &Console,
    signed: &Signed,
    id: &str,
    tried: Option<(&Fields, Faults)>,
) -> Result<Response, Failure> {
    let words = &signed.words;
    let seen = seen(console, &signed.actor, id).await?;
    app::policy::allow(&signed.actor, Action::RequestShipment, console.app.clock.now())?;
    let said = tried.as_ref().map(|(fields, _)| Devices::of(fields, &seen.program));
    let country = Some(seen.view.customer_country.as_str());
    let faults = tried.as_ref().map(|(_, faults)| faults.clone()).unwrap_or_default();
    let reason = tried.as_ref().and_then(|(fields, _)| fields.owned("reason"));
    let mut devices = DeviceFields::of(words, &seen.program, said.as_ref(), country, false);
    // DEV-2: what went once is not offered again.
    let gone = |id: &str| {
        let mut taking = seen.view.trial.shipments.iter().filter(|one| one.takes_types());
        taking.any(|one| one.lines.iter().any(|(known, _)| known == id))
    };
    devices.types.retain(|(id, ..)| !gone(id));
    let view = RequestPage {
        customer: words.customer(&seen.view.customer_name),
        devices,
        reason: reason.unwrap_or_default(),
        version: seen.view.version,
        faults: faults.clone(),
        id: seen.id.0,
    };
    form(console, signed, words.say("device-request-title"), &faults, &view)
}

pub(crate) async fn show_request(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    asked(&console, &signed, &id, None).await
}

pub(crate) async fn request(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let trial = known(TrialId::parse(&id))?;
    let program = console.app.program()?;
    let given = Devices::of(&fields, &program).input();
    let wish = ShipmentRequest {
        ship: given.ship,
        site_has_poe: given.site_has_poe,
        ship_to: given.ship_to,
        reason: fields.owned("reason"),
    };
    let guard = crate::screen::seen(fields.number("version"));
    match console.app.request_shipment(&signed.actor, &trial, &wish, &guard).await {
        Ok(_) => Ok(see(&format!("/partner/trials/{trial}?done=devices-asked#devices"))),
        Err(error) => {
            let faults = Faults::of(signed.words.language, &*mended(error)?);
            asked(&console, &signed, &id, Some((&fields, faults))).await
        }
    }
}

/// EXT-4, DEV-6, DEV-7: what a button on the trial's page asks for.
pub(crate) async fn act(
    State(console): State<Console>,
    signed: Signed,
    Path((trial, shipment)): Path<(String, String)>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let (trial, id) = (known(TrialId::parse(&trial))?, known(ShipmentId::parse(&shipment))?);
    let (actor, guard, reason) = (&signed.actor, Guard::default(), fields.get("reason"));
    let result = match fields.get("act") {
        Some("longer") if fields.number("days").is_none_or(|days| days < 1) => Ok("longer-days"),
        Some("longer") => {
            let wish = (&id, fields.number("days"));
            let asked = console.app.ask_device_extension(actor, wish, reason, &guard).await;
            asked.map(|_| "longer-asked")
        }
        Some("label") => {
            let back: ReturnId = id.return_id();
            let asked = console.app.request_label(actor, &back, reason, &guard).await;
            asked.map(|_| "label-asked")
        }
        Some("open") => console
            .app
            .open_return(actor, &id, &guard)
            .await
            .map(|_| "return-opened"),
        _ => return Err(Error::field("/act", Code::Required).into()),
    };
    let done = match result {
        Ok(done) => done,
        Err(error) => unlike(&*mended(error)?),
    };
    Ok(see(&format!("/partner/trials/{trial}?done={done}#devices")))
}

/// What stands against it, in a line above the page.
fn unlike(refusal: &domain::refusal::Refusal) -> &'static str {
    let codes = || refusal.errors.iter().map(|error| error.code);
    match refusal.code {
        Code::DeviceLimitExceeded => "longer-too-long",
        Code::TooManyRequests => "label-today",
        _ if codes().any(|code| code == Code::DeviceLimitExceeded || code == Code::OutOfRange) => "longer-too-long",
        _ => "device-not-now",
    }
}
