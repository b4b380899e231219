//! DEV-6, DEV-8: what is on its way back: due, overdue, and received serial by serial, each wrong one named.

use super::{Loan, ROWS, Tab, asked_page, count, day, down, next_page, return_status, shipments::lines, tabs};
use crate::{
    Console,
    frame::page,
    part::{Chip, Faults},
    screen::{form, id as known, may, mended},
    template::View,
    web::{Failure, Form, Query, Signed, open, seal, see},
    words::Words,
};
use app::{
    Actor, Guard, PageRequest,
    policy::Action,
    shipment::{ReturnFilter, ReturnView, ShipmentFilter},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::ReturnId,
    refusal::{Code, FieldError},
    shipment::ReturnStatus,
};
use serde::{Deserialize, Serialize};

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
    /// How many were not, also those that are not named.
    pub(crate) count: usize,
    /// Not taken: the serial, why, and what to do.
    pub(crate) wrong: Vec<(String, String, String)>,
    /// Those that were not taken, to be mended.
    pub(crate) typed: String,
    /// DEV-7: when the partner asked for a new label.
    pub(crate) label: Option<String>,
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
    let early = match q.is_empty() || !current.is_empty() || query.has("after") {
        true => Vec::new(),
        false => early(&console, &actor, &q).await?,
    };
    let view = Returns {
        tabs: tabs(&words, path, "status", &TABS, current),
        rows: early
            .iter()
            .chain(&found.items)
            .map(|view| Row::of(&words, view))
            .collect(),
        next: next_page(path, &[("status", current), ("q", &q)], found.next.as_ref()),
        unavailable: down(&words, &found.unavailable_regions, &program),
        current: current.to_owned(),
        q,
    };
    page(&console, &visitor, words.say("returns-title"), &view)
}

/// A parcel can come before its return is open: who looks for it finds it.
async fn early(console: &Console, actor: &Actor, q: &str) -> Result<Vec<ReturnView>, Failure> {
    let filter = ShipmentFilter {
        statuses: vec!["shipped".to_owned()],
        q: Some(q.to_owned()),
        ..ShipmentFilter::default()
    };
    let first = PageRequest {
        after: None,
        limit: ROWS,
    };
    let found = console.app.shipments(actor, &filter, &first).await?;
    let planned = |view: &ReturnView| view.status == ReturnStatus::Planned;
    Ok(found
        .items
        .into_iter()
        .filter_map(|view| view.returned)
        .filter(planned)
        .collect())
}

/// What became of a receipt, as it travels in the address of its page: reload receives nothing twice.
#[derive(Default, Serialize, Deserialize)]
struct Outcome {
    taken: usize,
    /// Serial and reason.
    wrong: Vec<(String, String)>,
    /// Not named any more.
    more: usize,
}

/// So many are named.
const NAMED: usize = 40;
const SEALED: &str = "receipt";

impl Outcome {
    fn of(taken: usize, mut wrong: Vec<(String, String)>) -> Self {
        let more = wrong.len().saturating_sub(NAMED);
        wrong.truncate(NAMED);
        Self { taken, wrong, more }
    }
}

async fn page_of(
    console: &Console,
    signed: &Signed,
    id: &ReturnId,
    result: Option<Outcome>,
    (faults, typed): (Faults, String),
) -> Result<Response, Failure> {
    let words = &signed.words;
    let view = console.app.shipment(&signed.actor, &id.shipment()).await?;
    let program = console.app.program()?;
    let loan = Loan::of(words, &view, &program);
    let result = result.unwrap_or_default();
    let again: Vec<&str> = result.wrong.iter().map(|(serial, _)| serial.as_str()).collect();
    let page = ReturnPage {
        id: id.0.clone(),
        may: may(console, &signed.actor, Action::ReceiveReturn),
        taken: (result.taken > 0).then(|| words.t("return-taken", &[("count", result.taken.into())])),
        count: result.wrong.len() + result.more,
        wrong: wrong(words, &result.wrong),
        label: loan.back.as_ref().and_then(|back| back.label_asked.clone()),
        typed: if faults.is_empty() { again.join("\n") } else { typed },
        faults: faults.clone(),
        loan,
    };
    let title = words.t("return-title", &[("rma", id.rma().into())]);
    form(console, signed, title, &faults, &page)
}

/// DEV-8: each with its reason, and what one does with it.
pub(crate) fn wrong(words: &Words, refused: &[(String, String)]) -> Vec<(String, String, String)> {
    let one = |(serial, reason): &(String, String)| {
        let reason = reason.replace('_', "-");
        (
            i18n::tame(serial),
            words.say(&format!("return-wrong-{reason}")),
            words.say(&format!("return-mend-{reason}")),
        )
    };
    refused.iter().map(one).collect()
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Response, Failure> {
    let id = known(ReturnId::parse(&id))?;
    let result = open(&console, &signed.actor, SEALED, query.get("result"));
    page_of(&console, &signed, &id, result, (Faults::default(), String::new())).await
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
    let result = match received.await {
        Ok((_, receipt)) => {
            let refused = receipt.refused.iter();
            let wrong = refused.map(|one| (one.serial.clone(), one.reason.as_str().to_owned()));
            Outcome::of(receipt.accepted.len(), wrong.collect())
        }
        Err(error) => {
            let refusal = mended(error)?;
            let wrong: Vec<(String, String)> = refusal.errors.iter().filter_map(mismatch).collect();
            if wrong.is_empty() {
                let faults = Faults::of(signed.words.language, &refusal);
                return page_of(&console, &signed, &id, None, (faults, typed)).await;
            }
            Outcome::of(0, wrong)
        }
    };
    let sealed = seal(&console, &signed.actor, SEALED, &result);
    Ok(see(&format!("/vendor/returns/{id}?result={sealed}")))
}

/// DEV-8: a serial that was refused, and why.
fn mismatch(error: &FieldError) -> Option<(String, String)> {
    let value = |name: &str| error.values.iter().find(|(known, _)| known == name);
    let (reason, serial) = (value("reason")?, value("value")?);
    (error.code == Code::SerialMismatch).then(|| (serial.1.clone(), reason.1.clone()))
}
