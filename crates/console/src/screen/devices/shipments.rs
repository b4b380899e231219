//! DEV-4: what the trials team is asked to ship: approve or refuse, then enter what left.

use super::{Loan, Tab, asked_page, down, next_page, tabs};
use crate::{
    Console,
    frame::page,
    part::Faults,
    screen::{form, id as known, may, mended, seen, start::Choice},
    template::View,
    web::{Failure, Fields, Form, Query, Signed, said_of, see},
    words::Words,
};
use app::{
    Error,
    policy::Action,
    shipment::{ShipmentFilter, ShipmentView},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::ShipmentId,
    program::Program,
    refusal::{Code, FieldError, Refusal},
    shipment::Device,
    trial::{SerialInput, ShipWish},
};
use jiff::civil::Date;
use serde::Serialize;

const TABS: [&str; 5] = ["", "requested", "approved", "shipped", "returned"];

/// The values of `devices/shipments.html`.
#[derive(Serialize)]
pub(crate) struct Shipments {
    pub(crate) tabs: Vec<Tab>,
    pub(crate) current: String,
    pub(crate) q: String,
    pub(crate) loans: Vec<Loan>,
    pub(crate) next: Option<String>,
    pub(crate) unavailable: Option<String>,
}

impl View for Shipments {
    const TEMPLATE: &'static str = "devices/shipments.html";
}

/// The values of `devices/shipment.html`.
#[derive(Serialize)]
pub(crate) struct ShipmentPage {
    pub(crate) loan: Loan,
    pub(crate) faults: Faults,
    /// What can be done now: `decide`, `ship`, or nothing.
    pub(crate) act: &'static str,
    pub(crate) without_poe: bool,
    pub(crate) fields: ShipFields,
    /// A serial that was typed wrongly can be put right.
    pub(crate) correct: Option<Correction>,
}

/// DEV-4: which serial it is about, and what it is.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Correction {
    /// Those that are still out.
    pub(crate) from: Vec<Choice>,
    pub(crate) to: String,
    /// Something was wrong with it.
    pub(crate) open: bool,
}

/// What was typed, or is proposed.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct ShipFields {
    pub(crate) order_number: String,
    /// Type, its name, how many, what was typed.
    pub(crate) serials: Vec<(String, String, u32, String)>,
    pub(crate) carriers: Vec<Choice>,
    pub(crate) tracking: String,
    pub(crate) shipped_on: String,
    pub(crate) ends_on: String,
    /// DEV-5: the trial's expiry date, and the last device end date that is possible.
    pub(crate) trial_ends: String,
    pub(crate) latest: String,
    pub(crate) reason: String,
}

impl View for ShipmentPage {
    const TEMPLATE: &'static str = "devices/shipment.html";
}

pub(crate) async fn list(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    let current = query
        .get("status")
        .filter(|status| TABS.contains(status))
        .unwrap_or_default();
    let filter = ShipmentFilter {
        statuses: [current]
            .into_iter()
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect(),
        q: query.owned("q"),
        ..ShipmentFilter::default()
    };
    let found = console.app.shipments(&actor, &filter, &asked_page(&query)).await?;
    let (program, path) = (console.app.program()?, "/vendor/shipments");
    let q = query.owned("q").unwrap_or_default();
    let view = Shipments {
        tabs: tabs(&words, path, "status", &TABS, current),
        loans: found
            .items
            .iter()
            .map(|view| Loan::of(&words, view, &program))
            .collect(),
        next: next_page(path, &[("status", current), ("q", &q)], found.next.as_ref()),
        unavailable: down(&words, &found.unavailable_regions, &program),
        current: current.to_owned(),
        q,
    };
    page(&console, &visitor, words.say("shipments-title"), &view)
}

async fn page_of(
    console: &Console,
    signed: &Signed,
    id: &ShipmentId,
    typed: Option<&Fields>,
    faults: Faults,
) -> Result<Response, Failure> {
    let words = &signed.words;
    let view = console.app.shipment(&signed.actor, id).await?;
    let program = console.app.program()?;
    let decides = may(console, &signed.actor, Action::DecideShipment);
    let act = match view.shipment.status() {
        "requested" if decides => "decide",
        "approved" if decides => "ship",
        _ => "",
    };
    let shown = ShipmentPage {
        loan: Loan::of(words, &view, &program),
        without_poe: view.shipment.site_has_poe == Some(false),
        fields: fields(words, &view, &program, typed),
        correct: correction(words, &view, typed).filter(|_| decides),
        faults: faults.clone(),
        act,
    };
    let title = words.t(
        "shipment-title",
        &[("customer", words.customer(&view.customer.1).into())],
    );
    form(console, signed, title, &faults, &shown)
}

pub(crate) fn fields(words: &Words, view: &ShipmentView, program: &Program, typed: Option<&Fields>) -> ShipFields {
    let given = |name: &str| typed.and_then(|fields| fields.owned(name));
    let carrier = given("carrier");
    let choice = |carrier_id: &str, name: &str| Choice {
        value: carrier_id.to_owned(),
        name: name.to_owned(),
        chosen: carrier.as_deref() == Some(carrier_id),
    };
    let serials = view.lines.iter().map(|line| {
        let typed = typed.map(|fields| fields.secret(&format!("serials-{}", line.device_type)).to_owned());
        (
            line.device_type.clone(),
            line.name.clone(),
            line.quantity,
            typed.unwrap_or_default(),
        )
    });
    ShipFields {
        order_number: given("order_number").unwrap_or_default(),
        serials: serials.collect(),
        carriers: program.carriers.iter().map(|one| choice(&one.id, &one.name)).collect(),
        tracking: given("tracking").unwrap_or_default(),
        shipped_on: given("shipped_on").unwrap_or_else(|| view.today.to_string()),
        // DEV-5: nobody takes the trial's expiry date for it.
        ends_on: given("ends_on").unwrap_or_default(),
        trial_ends: view
            .trial_ends_on
            .map(|date| super::day(words, date))
            .unwrap_or_default(),
        latest: super::day(words, view.latest_ends_on),
        reason: given("reason").unwrap_or_default(),
    }
}

/// DEV-4: while something is out.
pub(crate) fn correction(words: &Words, view: &ShipmentView, typed: Option<&Fields>) -> Option<Correction> {
    let back = view.returned.as_ref().filter(|back| !back.missing.is_empty())?;
    let typed = typed.filter(|fields| fields.get("act") == Some("correct"));
    let from = typed.and_then(|fields| fields.owned("from"));
    let choice = |one: &Device| Choice {
        value: one.serial.clone(),
        name: words.t(
            "shipment-correct-one",
            &[
                ("serial", one.serial.as_str().into()),
                ("device", super::name(&view.lines, &one.device_type).into()),
            ],
        ),
        chosen: from.as_deref() == Some(one.serial.as_str()),
    };
    Some(Correction {
        from: back.missing.iter().map(choice).collect(),
        to: typed.map(|fields| fields.secret("to").to_owned()).unwrap_or_default(),
        open: typed.is_some(),
    })
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(ShipmentId::parse(&id))?;
    page_of(&console, &signed, &id, None, Faults::default()).await
}

pub(crate) async fn act(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let id = known(ShipmentId::parse(&id))?;
    let guard = seen(fields.number("version"));
    let (done, result) = match fields.get("act") {
        Some(act @ ("approve" | "refuse")) => {
            let (approved, reason) = (act == "approve", fields.get("reason"));
            let done = if approved {
                "shipment-approved"
            } else {
                "shipment-refused"
            };
            let decided = console
                .app
                .decide_shipment(&signed.actor, &id, (approved, reason), &guard);
            (done, decided.await)
        }
        Some("ship") => {
            let faults = dates(&signed, &fields);
            if !faults.is_empty() {
                return page_of(&console, &signed, &id, Some(&fields), faults).await;
            }
            let wish = wish(&fields);
            (
                "shipment-shipped",
                console.app.ship(&signed.actor, &id, &wish, &guard).await,
            )
        }
        Some("correct") => {
            let typed = (fields.get("from"), fields.get("to"));
            let corrected = console.app.correct_serial(&signed.actor, &id, typed, &guard);
            ("serial-corrected", corrected.await)
        }
        _ => return Err(Error::field("/act", Code::Required).into()),
    };
    match result {
        Ok(_) => Ok(see(&format!("/vendor/shipments/{id}?done={done}"))),
        Err(error) => {
            let faults = serial_faults(&signed, &wish(&fields), &*mended(error)?);
            page_of(&console, &signed, &id, Some(&fields), faults).await
        }
    }
}

/// One serial in each line, as a scanner writes them; a field for each type.
fn wish(fields: &Fields) -> ShipWish {
    let types = fields.all("type");
    let one = |kind: &String| {
        let text = fields.secret(&format!("serials-{kind}")).to_owned();
        let kind = kind.clone();
        lines(&text).into_iter().map(move |serial| SerialInput {
            device_type: Some(kind.clone()),
            serial: Some(serial),
        })
    };
    let date = |name: &str| fields.get(name).and_then(|text| text.parse::<Date>().ok());
    ShipWish {
        order_number: fields.owned("order_number"),
        serials: Some(types.iter().flat_map(one).collect()),
        carrier: fields.owned("carrier"),
        tracking: fields.owned("tracking"),
        ends_on: date("ends_on"),
        shipped_on: date("shipped_on"),
    }
}

/// What was typed as a date and is none: never taken for nothing.
fn dates(signed: &Signed, fields: &Fields) -> Faults {
    let mut faults = Faults::default();
    for name in ["shipped_on", "ends_on"] {
        if fields.get(name).is_some_and(|text| text.parse::<Date>().is_err()) {
            let wrong = FieldError::new(format!("/{name}"), Code::InvalidDay);
            faults.add(name, said_of(signed.words.language, &wrong));
        }
    }
    faults
}

/// Pasted serials: one in each line; empty lines say nothing.
pub(super) fn lines(text: &str) -> Vec<String> {
    let lines = text.split(['\n', '\r', ',', ';', '\t']).map(str::trim);
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// DEV-8: each serial that is wrong is named.
fn serial_faults(signed: &Signed, wish: &ShipWish, refusal: &Refusal) -> Faults {
    let words = &signed.words;
    let all = wish.serials.as_deref().unwrap_or_default();
    let named = |pointer: &str| {
        let place: usize = pointer.strip_prefix("/serials/")?.split('/').next()?.parse().ok()?;
        all.get(place)?.serial.clone()
    };
    let mut faults = Faults::default();
    for error in &refusal.errors {
        if let Some(serial) = named(&error.pointer) {
            let text = said_of(words.language, error);
            let args = [("serial", serial.as_str().into()), ("text", text.as_str().into())];
            let named = text.contains(&serial);
            faults.add(
                "serials",
                if named {
                    text
                } else {
                    words.t("device-serial-fault", &args)
                },
            );
        }
    }
    let mut others = refusal.clone();
    others.errors.retain(|error| named(&error.pointer).is_none());
    if !others.errors.is_empty() || refusal.errors.is_empty() {
        faults.extend(Faults::of(words.language, &others));
    }
    faults
}
