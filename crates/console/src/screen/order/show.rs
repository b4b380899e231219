//! One order: how it stands, who sets it up, until when.

use super::{Ordered, base, chip, difference::DifferencePart, fields::reworded, means, reference, zone};
use crate::{
    Console,
    part::{Chip, Faults},
    screen::{form, id as known, may, mended},
    template::View,
    web::{Failure, Fields, Form, Query, Signed, see},
    words::Words,
};
use app::{
    Guard,
    order::{OrderView, WantedContact},
    policy::Action,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::OrderId,
    order::{ContactRole, OrderState},
    program::Program,
    refusal::Code,
};
use jiff::Timestamp;
use serde::Serialize;

/// The values of `orders/show.html`.
#[derive(Serialize)]
pub(crate) struct OrderPage {
    pub(crate) id: String,
    pub(crate) base: &'static str,
    pub(crate) reference: String,
    pub(crate) heading: String,
    pub(crate) chip: Chip,
    pub(crate) means: String,
    /// It was placed just now: what happens next.
    pub(crate) new: bool,
    pub(crate) next: Vec<String>,
    pub(crate) faults: Faults,
    pub(crate) ordered: Ordered,
    pub(crate) difference: Option<DifferencePart>,
    pub(crate) contact: String,
    pub(crate) may_resend: bool,
    pub(crate) redirecting: bool,
    pub(crate) email: String,
    pub(crate) role: String,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) trial_url: Option<String>,
    pub(crate) customer_url: Option<String>,
    /// Whoever looks is the contact.
    pub(crate) set_up: bool,
    pub(crate) may_close: bool,
}

impl View for OrderPage {
    const TEMPLATE: &'static str = "orders/show.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Response, Failure> {
    let new = query.get("done") == Some("order-placed");
    shown(&console, &signed, &id, new, None).await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    id: &str,
    new: bool,
    tried: Option<(&Fields, Faults)>,
) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    let id = known(OrderId::parse(id))?;
    let view = console.app.order(actor, &id).await?;
    if actor.is_customer() {
        return Ok(see(&format!("/orders/{id}/set-up")));
    }
    let program = console.app.program()?;
    let mut page = of(words, &view, &program, console.app.clock.now(), base(actor));
    page.new = new && view.order.is_open();
    page.set_up = view.order.is_open() && view.order.contact.person == *actor.id();
    page.may_resend = view.order.is_open() && may(console, actor, Action::ManageOrder);
    page.may_close = view.order.is_open() && may(console, actor, Action::ManageOrder);
    // CONV-1: a distributor sees the order, not the trial.
    if view.order.partner != *actor.org() {
        page.trial_url = None;
        page.customer_url = None;
    }
    if let Some((fields, faults)) = tried {
        page.faults = faults;
        page.redirecting = true;
        page.email = fields.owned("email").unwrap_or_default();
        page.role = fields.owned("as").unwrap_or_default();
    }
    form(console, signed, page.heading.clone(), &page.faults, &page)
}

pub(crate) fn of(words: &Words, view: &OrderView, program: &Program, now: Timestamp, base: &'static str) -> OrderPage {
    let order = &view.order;
    let contact = contact(words, view);
    OrderPage {
        id: order.id.0.clone(),
        base,
        reference: reference(order.id.as_str()),
        heading: match &view.customer {
            Some((_, name)) => words.t("order-heading", &[("customer", words.customer(name).into())]),
            None => words.say("order-outside"),
        },
        chip: chip(words, order, now),
        means: means(words, order),
        new: false,
        next: super::next(words, order, &super::contact(view).unwrap_or_default()),
        faults: Faults::default(),
        ordered: Ordered::of(words, order, program),
        difference: None,
        facts: facts(words, view, &contact),
        contact,
        may_resend: false,
        redirecting: false,
        email: String::new(),
        role: order.contact.role.as_str().to_owned(),
        trial_url: order.trial.as_ref().map(|trial| format!("/partner/trials/{trial}")),
        customer_url: order.customer.as_ref().map(|id| format!("/partner/customers/{id}")),
        set_up: false,
        may_close: false,
    }
}

/// Who sets it up, and as whom.
pub(crate) fn contact(words: &Words, view: &OrderView) -> String {
    let Some(name) = super::contact(view) else {
        return words.say("order-contact-nobody");
    };
    let role = match view.order.contact.role {
        ContactRole::PartnerAdministrator => "order-as-partner",
        ContactRole::CustomerAdministrator => "order-as-customer",
    };
    let values = [("name", name.into()), ("role", words.say(role).into())];
    words.t("order-contact-of", &values)
}

fn facts(words: &Words, view: &OrderView, contact: &str) -> Vec<(String, String)> {
    let (order, zone) = (&view.order, zone(&view.order));
    let day = |at: Timestamp| words.date(domain::time::civil_day(at, &zone), &zone);
    let mut facts = vec![
        (words.say("label-partner"), i18n::tame(&view.partner_name)),
        (words.say("order-placed"), words.date(order.placed_on, &zone)),
        (words.say("order-placed-by"), placed_by(words, view)),
        (words.say("order-contact"), contact.to_owned()),
    ];
    facts.push(match &order.state {
        OrderState::Open | OrderState::Mapping { .. } => {
            (words.say("order-closes"), words.date(order.closes_on, &zone))
        }
        OrderState::Mapped { at, .. } => (words.say("order-mapped"), day(*at)),
        OrderState::Closed { at, .. } => (words.say("order-closed"), day(*at)),
    });
    facts
}

/// CONV-2: the same email again, or another contact.
pub(crate) async fn resend(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let order = known(OrderId::parse(&id))?;
    let other = fields.get("to") == Some("other");
    let role = fields.get("as").and_then(ContactRole::parse);
    let contact = match other {
        true => WantedContact {
            email: Some(fields.owned("email").unwrap_or_default()),
            role,
        },
        false => WantedContact::default(),
    };
    let sent = console
        .app
        .send_order_again(&signed.actor, &order, contact, &Guard::default())
        .await;
    let done = if other { "order-redirected" } else { "order-resent" };
    match sent {
        Ok(_) => Ok(see(&format!("{}/{order}?done={done}", base(&signed.actor)))),
        Err(error) => {
            let refusal = mended(error)?;
            if refusal.code == Code::WrongStatus {
                return Ok(see(&format!("{}/{order}", base(&signed.actor))));
            }
            let faults = reworded(
                &signed.words,
                Faults::of(signed.words.language, &refusal),
                &refusal,
                role,
            )
            .renamed("contact_email", "email")
            .renamed("contact", "as");
            shown(&console, &signed, &id, false, Some((&fields, faults))).await
        }
    }
}

/// The company, with who did it there.
fn placed_by(words: &Words, view: &OrderView) -> String {
    let company = i18n::tame(&view.ordered_by_name);
    match &view.placed_by_name {
        Some(name) => words.t(
            "order-placed-of",
            &[("name", i18n::tame(name).into()), ("company", company.into())],
        ),
        None => company,
    }
}
