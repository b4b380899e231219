//! The partner's side: what is out over all customers, asking for devices, for longer, for a label.

use super::{Loan, Tab, asked_page, down, next_page, tabs};
use crate::{
    Console,
    frame::page,
    part::Faults,
    screen::{
        form, id as known, may, mended,
        start::{DeviceFields, Devices},
        trial::seen,
    },
    template::View,
    web::{Failure, Fields, Form, Query, Signed, see},
    words::Words,
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
    program::Program,
    refusal::{Code, FieldError, Refusal},
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

/// A request to keep devices longer in which something was wrong: of which shipment, and what was typed.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Tried {
    pub(crate) shipment: String,
    pub(crate) days: String,
    pub(crate) reason: String,
    pub(crate) faults: Faults,
}

/// The devices of a trial's page: the values of `parts/lent.html`.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Lent {
    pub(crate) loans: Vec<Loan>,
    pub(crate) can_request: bool,
    pub(crate) can_longer: bool,
    pub(crate) can_label: bool,
    pub(crate) can_open: bool,
    pub(crate) tried: Option<Tried>,
    /// The line about what was done stands here.
    pub(crate) told: bool,
    /// EXT-4: where one asks about longer loans.
    pub(crate) contact: String,
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
        tried: None,
        told: false,
        contact: program.contacts.device_extensions.clone(),
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
    let (q, request) = (query.owned("q"), asked_page(&query));
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
    // What is overdue stands first on its page.
    let mut loans = loans;
    loans.sort_by_key(|view| view.returned.as_ref().and_then(|back| back.days_overdue).is_none());
    let (path, q) = ("/partner/devices", q.unwrap_or_default());
    let view = DeviceList {
        tabs: tabs(&words, path, "status", &TABS, current),
        loans: loans.iter().map(|view| Loan::of(&words, view, &program)).collect(),
        next: next_page(path, &[("status", current), ("q", &q)], next.as_ref()),
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
    devices.gone = went(words, &seen.view, &seen.program);
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

/// DEV-2: which types were asked for or shipped already, and how many.
fn went(words: &Words, view: &TrialView, program: &Program) -> Vec<(String, String)> {
    let taking = view.trial.shipments.iter().filter(|one| one.takes_types());
    let line = |(id, count, lent): (&String, u32, bool)| {
        let name = program.device_type(id).map_or(id.as_str(), |one| one.name.as_str());
        let said = if lent {
            "device-gone-shipped"
        } else {
            "device-gone-asked"
        };
        (name.to_owned(), words.t(said, &[("count", count.into())]))
    };
    taking
        .flat_map(|one| one.lines.iter().map(|(id, count)| (id, *count, one.loan().is_some())))
        .map(line)
        .collect()
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

/// Whoever comes back to a form in which something was wrong finds it on its trial's page.
pub(crate) async fn back(_: Signed, Path((trial, _)): Path<(String, String)>) -> Result<Response, Failure> {
    let trial = known(TrialId::parse(&trial))?;
    Ok(see(&format!("/partner/trials/{trial}#devices")))
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
        Some("longer") => {
            let asked = match fields.number("days").filter(|days| *days > 0) {
                Some(days) => {
                    let wish = (&id, Some(days));
                    console.app.ask_device_extension(actor, wish, reason, &guard).await
                }
                None => Err(Error::field("/days", Code::OutOfRange)),
            };
            match asked {
                Ok(_) => Ok("longer-asked"),
                Err(Error::Refused(refusal)) if !refusal.errors.is_empty() => {
                    return again(&console, &signed, (&trial, &id), &fields, &refusal).await;
                }
                Err(error) => Err(error),
            }
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

/// EXT-4: the trial's page again, with what is wrong at its field.
async fn again(
    console: &Console,
    signed: &Signed,
    (trial, id): (&TrialId, &ShipmentId),
    fields: &Fields,
    refusal: &Refusal,
) -> Result<Response, Failure> {
    let words = &signed.words;
    let view = console.app.shipment(&signed.actor, id).await?;
    let loan = Loan::of(words, &view, &*console.app.program()?);
    let (about_days, others): (Vec<FieldError>, Vec<FieldError>) = refusal
        .errors
        .iter()
        .cloned()
        .partition(|error| error.pointer == "/days");
    let mut faults = Faults::default();
    if let Some(back) = loan.back.as_ref().filter(|_| !about_days.is_empty()) {
        let most = [("days", back.longer.into()), ("date", back.latest.as_str().into())];
        faults.add("more_days", words.t("device-longer-range", &most));
    }
    if !others.is_empty() {
        faults.extend(Faults::of(words.language, &Refusal::input(others)));
    }
    let tried = Tried {
        shipment: id.0.clone(),
        days: fields.owned("days").unwrap_or_default(),
        reason: fields.owned("reason").unwrap_or_default(),
        faults,
    };
    crate::screen::trial::shown(console, signed, trial.as_str(), Some(tried)).await
}

/// What stands against it, in a line above the page.
fn unlike(refusal: &Refusal) -> &'static str {
    match refusal.code {
        Code::TooManyRequests => "label-today",
        _ => "device-not-now",
    }
}
