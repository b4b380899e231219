//! CONV-3 to 5: a contact sets an order up: who one is, whose trial it is, what is right and what changes. The link of
//! the email decides nothing; nothing comes to be without a button that says so.

pub(crate) mod done;
pub(crate) mod find;
pub(crate) mod new_organization;

use crate::{
    Console,
    frame::page,
    part::Faults,
    screen::{
        form, id as known,
        order::{base, means, reference, zone},
    },
    template::View,
    web::{Failure, Query, Signed, see},
    words::Words,
};
use app::order::OrderView;
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
use serde::Serialize;

/// What stands above every step.
#[derive(Serialize)]
pub(crate) struct Head {
    pub(crate) id: String,
    reference: String,
    partner: String,
    services: String,
    /// Until when it has to be done.
    until: Option<String>,
    step: i64,
}

impl Head {
    pub(crate) fn of(words: &Words, view: &OrderView, program: &Program, step: i64) -> Self {
        let order = &view.order;
        let ids: Vec<String> = order.services.iter().map(|(id, _)| id.clone()).collect();
        let until = order.is_open().then(|| {
            words.t(
                "set-up-until",
                &[("date", words.date(order.closes_on, &zone(order)).into())],
            )
        });
        Self {
            id: order.id.0.clone(),
            reference: reference(order.id.as_str()),
            partner: i18n::tame(&view.partner_name),
            services: words.list(&words.services(&ids, program)),
            until,
            step,
        }
    }
}

/// The values of `set-up/who.html`.
#[derive(Serialize)]
pub(crate) struct WhoPage {
    pub(crate) head: Head,
    pub(crate) faults: Faults,
    pub(crate) role: String,
}

impl View for WhoPage {
    const TEMPLATE: &'static str = "set-up/who.html";
}

/// The values of `set-up/email.html`.
#[derive(Serialize)]
pub(crate) struct EmailPage {
    pub(crate) head: Head,
    pub(crate) faults: Faults,
    pub(crate) role: String,
    pub(crate) email: String,
}

impl View for EmailPage {
    const TEMPLATE: &'static str = "set-up/email.html";
}

/// The values of `set-up/closed.html`.
#[derive(Serialize)]
pub(crate) struct ClosedPage {
    pub(crate) reference: String,
    pub(crate) partner: String,
    pub(crate) means: String,
}

impl View for ClosedPage {
    const TEMPLATE: &'static str = "set-up/closed.html";
}

/// The order, for its contact; others are led to where it concerns them, and what is over says so.
pub(super) async fn opened(
    console: &Console,
    signed: &Signed,
    id: &str,
) -> Result<Result<OrderView, Response>, Failure> {
    let Signed { visitor, actor, words } = signed;
    let id = known(OrderId::parse(id))?;
    let view = console.app.order(actor, &id).await?;
    if matches!(view.order.state, OrderState::Mapped { .. }) {
        return Ok(Err(see(&format!("/orders/{id}/done"))));
    }
    let contact = view.order.contact.person == *actor.id();
    if !view.order.is_open() && (contact || actor.is_customer()) {
        let closed = closed(words, &view);
        return Ok(Err(page(console, visitor, words.say("set-up-over-title"), &closed)?));
    }
    if !contact {
        return match actor.is_customer() {
            true => Err(Failure::code(Code::RoleRequired)),
            false => Ok(Err(see(&format!("{}/{id}", base(actor))))),
        };
    }
    Ok(Ok(view))
}

pub(crate) fn closed(words: &Words, view: &OrderView) -> ClosedPage {
    ClosedPage {
        reference: reference(view.order.id.as_str()),
        partner: i18n::tame(&view.partner_name),
        means: means(words, &view.order),
    }
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Response, Failure> {
    let view = match opened(&console, &signed, &id).await? {
        Ok(view) => view,
        Err(answer) => return Ok(answer),
    };
    let role = query.get("as").and_then(ContactRole::parse);
    let said = find::Said::open(&console, &signed.actor, &view.order.id, query.get("said"));
    match (query.get("step"), role) {
        (Some("customer"), role) => match said {
            Some(said) => find::shown(&console, &signed, &view, &said, Faults::default()).await,
            None => who(&console, &signed, &view, role, Faults::default()),
        },
        (Some("email"), Some(role)) => email(&console, &signed, &view, role, "", Faults::default()),
        (Some("email"), None) => {
            let mut faults = Faults::default();
            faults.add("as", signed.words.say("set-up-who-needed"));
            who(&console, &signed, &view, None, faults)
        }
        (_, role) => who(&console, &signed, &view, role, Faults::default()),
    }
}

pub(super) fn who(
    console: &Console,
    signed: &Signed,
    view: &OrderView,
    role: Option<ContactRole>,
    faults: Faults,
) -> Result<Response, Failure> {
    let shown = WhoPage {
        head: Head::of(&signed.words, view, &*console.app.program()?, 1),
        faults,
        role: role.map(ContactRole::as_str).unwrap_or_default().to_owned(),
    };
    form(console, signed, signed.words.say("set-up-who"), &shown.faults, &shown)
}

pub(super) fn email(
    console: &Console,
    signed: &Signed,
    view: &OrderView,
    role: ContactRole,
    typed: &str,
    faults: Faults,
) -> Result<Response, Failure> {
    let shown = EmailPage {
        head: Head::of(&signed.words, view, &*console.app.program()?, 2),
        faults,
        role: role.as_str().to_owned(),
        email: typed.to_owned(),
    };
    form(console, signed, signed.words.say("set-up-email"), &shown.faults, &shown)
}
