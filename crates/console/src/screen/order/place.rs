//! The order desk places an order that came by other ways, for a partner.

use super::{
    fields::{Basis, OrderFields, faults},
    wish::{Wish, input},
};
use crate::{
    Console,
    part::Faults,
    screen::{dry, exceptions::partners, form, may, mended, start::Choice},
    template::View,
    web::{Failure, Fields, Form, Query, Signed, see},
};
use app::{
    Error, Guard,
    order::{OrderView, PlaceOrder},
    policy::Action,
};
use axum::{extract::State, response::Response};
use domain::{
    ids::OrgId,
    refusal::{Code, FieldError, Refusal},
};
use serde::Serialize;

/// The values of `orders/place.html`.
#[derive(Serialize)]
pub(crate) struct PlacePage {
    pub(crate) faults: Faults,
    pub(crate) partners: Vec<Choice>,
    pub(crate) trial_admin_email: String,
    pub(crate) order: OrderFields,
}

impl View for PlacePage {
    const TEMPLATE: &'static str = "orders/place.html";
}

/// The form; with what was typed in the address what is wrong with it.
pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    allowed(&console, &signed)?;
    let Some(wish) = Wish::open(&console, &signed.actor, WHERE, query.get("draft")) else {
        return shown(&console, &signed, None, Faults::default()).await;
    };
    let fields = wish.fields();
    let wanted = wanted(&console, &signed, &fields)?;
    let faults = match placed(&console, &signed, &wanted, &dry()).await {
        Ok(_) => Faults::default(),
        Err(error) => faults(&signed.words, &*mended(error)?, &wanted, &*console.app.program()?),
    };
    shown(&console, &signed, Some(&fields), faults).await
}

/// What its form is sealed as.
const WHERE: &str = "outside";

fn allowed(console: &Console, signed: &Signed) -> Result<(), Failure> {
    if !signed.actor.is_vendor() {
        return Err(Failure::not_found());
    }
    match may(console, &signed.actor, Action::PlaceOrder) {
        true => Ok(()),
        false => Err(Failure::code(Code::RoleRequired)),
    }
}

fn wanted(console: &Console, signed: &Signed, fields: &Fields) -> Result<PlaceOrder, Failure> {
    Ok(PlaceOrder {
        trial_admin_email: fields.owned("trial_admin_email"),
        partner: fields.get("partner_id").and_then(OrgId::parse),
        ..input(signed, fields, &*console.app.program()?)
    })
}

async fn placed(console: &Console, signed: &Signed, wanted: &PlaceOrder, guard: &Guard) -> Result<OrderView, Error> {
    match &wanted.partner {
        Some(_) => console.app.place_order(&signed.actor, wanted, guard).await,
        None => Err(missing_partner()),
    }
}

async fn shown(
    console: &Console,
    signed: &Signed,
    typed: Option<&Fields>,
    faults: Faults,
) -> Result<Response, Failure> {
    let words = &signed.words;
    let program = console.app.program()?;
    // Whose trial it is, is not known yet, nor whether it has devices.
    let basis = Basis::default();
    let given = |name: &str| typed.and_then(|fields| fields.get(name)).unwrap_or_default();
    let view = PlacePage {
        partners: partners(console, signed, given("partner_id")).await?,
        trial_admin_email: given("trial_admin_email").to_owned(),
        order: OrderFields::of(words, &program, basis, typed),
        faults,
    };
    form(console, signed, words.say("place-title"), &view.faults, &view)
}

pub(crate) async fn place(
    State(console): State<Console>,
    signed: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    allowed(&console, &signed)?;
    let wanted = wanted(&console, &signed, &fields)?;
    match placed(&console, &signed, &wanted, &Guard::default()).await {
        Ok(done) => {
            let order = done.id.map(|id| id.0).unwrap_or_default();
            Ok(see(&format!("/vendor/orders/{order}?done=order-placed")))
        }
        Err(error) => {
            mended(error)?;
            // The page says what is wrong: it can be reloaded, and left by going back.
            let sealed = Wish::of(&fields, &*console.app.program()?).seal(&console, &signed.actor, WHERE);
            Ok(see(&format!("/vendor/orders/place?draft={sealed}")))
        }
    }
}

fn missing_partner() -> Error {
    let errors = vec![FieldError::new("/partner_id", Code::Required)];
    Error::Refused(Box::new(Refusal::input(errors)))
}
