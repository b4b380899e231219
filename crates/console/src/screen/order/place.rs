//! The order desk places an order that came by other ways, for a partner.

use super::{
    fields::{Basis, OrderFields, faults},
    wish::input,
};
use crate::{
    Console,
    part::Faults,
    screen::{exceptions::partners, form, may, mended, start::Choice},
    template::View,
    web::{Failure, Fields, Form, Signed, see},
};
use app::{Error, Guard, policy::Action};
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

pub(crate) async fn show(State(console): State<Console>, signed: Signed) -> Result<Response, Failure> {
    shown(&console, &signed, None, Faults::default()).await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    typed: Option<&Fields>,
    faults: Faults,
) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    if !actor.is_vendor() {
        return Err(Failure::not_found());
    }
    if !may(console, actor, Action::PlaceOrder) {
        return Err(Failure::code(Code::RoleRequired));
    }
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
    let mut wanted = input(&signed, &fields, &*console.app.program()?);
    wanted.trial_admin_email = fields.owned("trial_admin_email");
    wanted.partner = fields.get("partner_id").and_then(OrgId::parse);
    let placed = match &wanted.partner {
        Some(_) => console.app.place_order(&signed.actor, &wanted, &Guard::default()).await,
        None => Err(missing_partner()),
    };
    match placed {
        Ok(done) => {
            let order = done.id.map(|id| id.0).unwrap_or_default();
            Ok(see(&format!("/vendor/orders/{order}?done=order-placed")))
        }
        Err(error) => {
            let faults = faults(&signed.words, &*mended(error)?, fields.get("contact"));
            shown(&console, &signed, Some(&fields), faults).await
        }
    }
}

fn missing_partner() -> Error {
    let errors = vec![FieldError::new("/partner_id", Code::Required)];
    Error::Refused(Box::new(Refusal::input(errors)))
}
