//! DEV-6, DEV-8: what is on its way back: due, overdue, and received serial by serial, each wrong one named.

use super::{Loan, Tab, asked_page, count, day, down, next_page, return_status, shipments::lines, tabs};
use crate::{
    Console,
    frame::page,
    part::{Chip, Faults},
    screen::{form, id as known, may, mended},
    template::View,
    web::{Failure, Form, Query, Signed},
    words::Words,
};
use app::{
    Guard,
    policy::Action,
    shipment::{ReturnFilter, ReturnView},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::ReturnId,
    shipment::{Receipt, Wrong},
};
use serde::Serialize;

const TABS: [&str; 4] = ["", "open", "overdue", "complete"];

/// The values of `devices/returns.html`.
#[derive(Serialize)]
pub(crate) struct Returns {
    pub(crate) tabs: Vec<Tab>,
    pub(crate) current: String,
    pub(crate) q: String,
    pub(crate) rows: Vec<Row>,
    pub(crate) next: Option<String>,
    pub(crate) unavailable: Option<String>,
}

/// One of them.
#[derive(Serialize)]
pub(crate) struct Row {
    url: String,
    rma: String,
    order: String,
    customer: String,
    partner: String,
    what: String,
    chip: Chip,
    due: String,
    came: String,
}

impl View for Returns {
    const TEMPLATE: &'static str = "devices/returns.html";
}

/// The values of `devices/return.html`.
#[derive(Serialize)]
pub(crate) struct ReturnPage {
    pub(crate) id: String,
    pub(crate) loan: Loan,
    pub(crate) may: bool,
    pub(crate) faults: Faults,
    /// Taken just now.
    pub(crate) taken: Option<String>,
    /// Not taken: the serial, why, and what to do.
    pub(crate) wrong: Vec<(String, String, String)>,
    /// Those that were not taken, to be mended.
    pub(crate) typed: String,
}

impl View for ReturnPage {
    const TEMPLATE: &'static str = "devices/return.html";
}

impl Row {
    pub(crate) fn of(words: &Words, view: &ReturnView) -> Self {
        let came = [
            ("came", view.received.len().into()),
            ("all", view.expected.len().into()),
        ];
        Self {
            url: format!("/vendor/returns/{}", view.id),
            rma: view.rma.clone(),
            order: view.order_number.clone(),
            customer: words.customer(&view.customer.1),
            partner: i18n::tame(&view.partner.1),
            what: count(words, &view.lines),
            chip: return_status(words, view),
            due: day(words, view.due_on),
            came: words.t("device-came-of", &came),
        }
    }
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
    let filter = ReturnFilter {
        status: Some(current).filter(|one| !one.is_empty()).map(str::to_owned),
        q: query.owned("q"),
        ..ReturnFilter::default()
    };
    let found = console.app.returns(&actor, &filter, &asked_page(&query)).await?;
    let (program, path) = (console.app.program()?, "/vendor/returns");
    let q = query.owned("q").unwrap_or_default();
    let view = Returns {
        tabs: tabs(&words, path, "status", &TABS, current),
        rows: found.items.iter().map(|view| Row::of(&words, view)).collect(),
        next: next_page(path, &[("status", current), ("q", &q)], found.next.as_ref()),
        unavailable: down(&words, &found.unavailable_regions, &program),
        current: current.to_owned(),
        q,
    };
    page(&console, &visitor, words.say("returns-title"), &view)
}

async fn page_of(
    console: &Console,
    signed: &Signed,
    id: &ReturnId,
    receipt: Option<&Receipt>,
    (faults, typed): (Faults, String),
) -> Result<Response, Failure> {
    let words = &signed.words;
    let view = console.app.shipment(&signed.actor, &id.shipment()).await?;
    let program = console.app.program()?;
    let page = ReturnPage {
        id: id.0.clone(),
        loan: Loan::of(words, &view, &program),
        may: may(console, &signed.actor, Action::ReceiveReturn),
        taken: receipt.map(|receipt| words.t("return-taken", &[("count", receipt.accepted.len().into())])),
        wrong: receipt.map(|receipt| wrong(words, receipt)).unwrap_or_default(),
        faults: faults.clone(),
        typed,
    };
    let title = words.t("return-title", &[("rma", id.rma().into())]);
    form(console, signed, title, &faults, &page)
}

/// DEV-8: each with its reason, and what one does with it.
pub(crate) fn wrong(words: &Words, receipt: &Receipt) -> Vec<(String, String, String)> {
    let one = |wrong: &Wrong| {
        let reason = wrong.reason.as_str().replace('_', "-");
        (
            i18n::tame(&wrong.serial),
            words.say(&format!("return-wrong-{reason}")),
            words.say(&format!("return-mend-{reason}")),
        )
    };
    receipt.refused.iter().map(one).collect()
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(ReturnId::parse(&id))?;
    page_of(&console, &signed, &id, None, (Faults::default(), String::new())).await
}

pub(crate) async fn receive(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let id = known(ReturnId::parse(&id))?;
    let typed = fields.secret("serials").to_owned();
    let (serials, guard) = (lines(&typed), Guard::default());
    let received = console.app.receive_return(&signed.actor, &id, &serials, &guard);
    match received.await {
        Ok((_, receipt)) => {
            let left: Vec<&str> = receipt.refused.iter().map(|wrong| wrong.serial.as_str()).collect();
            let rest = (Faults::default(), left.join("\n"));
            page_of(&console, &signed, &id, Some(&receipt), rest).await
        }
        Err(error) => {
            let refusal = mended(error)?;
            let mut faults = Faults::of(signed.words.language, &refusal);
            for wrong in &refusal.errors {
                let place = wrong
                    .pointer
                    .strip_prefix("/serials/")
                    .and_then(|place| place.parse::<usize>().ok());
                if let Some(serial) = place.and_then(|place| serials.get(place)) {
                    let text = crate::web::said_of(signed.words.language, wrong);
                    let args = [("serial", serial.into()), ("text", text.into())];
                    faults.add("serials", signed.words.t("device-serial-fault", &args));
                }
            }
            page_of(&console, &signed, &id, None, (faults, typed)).await
        }
    }
}
