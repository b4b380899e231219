//! A move begins: by the customer, which agrees with it, or by its partner.

use crate::{
    Console,
    part::Faults,
    screen::{form, id as known, may, mended},
    template::View,
    web::{Failure, Fields, Form, Signed, see},
};
use app::{Guard, handover::Move, policy::Action};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{ids::OrgId, refusal::Code};
use serde::Serialize;

/// The values of `moves/begin.html`.
#[derive(Serialize)]
pub(crate) struct BeginPage {
    pub(crate) faults: Faults,
    pub(crate) customer: String,
    /// Whether the customer itself asks.
    pub(crate) is_customer: bool,
    /// Its partners: value, name, chosen.
    pub(crate) partners: Vec<(String, String, bool)>,
    pub(crate) to: String,
    pub(crate) reason: String,
    pub(crate) action: String,
    pub(crate) back: String,
}

impl View for BeginPage {
    const TEMPLATE: &'static str = "moves/begin.html";
}

/// Of which customer: the own company, or the one in the address.
fn whose(signed: &Signed, customer: Option<&str>) -> Result<OrgId, Failure> {
    match (customer, signed.actor.is_customer()) {
        (None, true) => Ok(signed.actor.org().clone()),
        (Some(id), false) => known(OrgId::parse(id)),
        _ => Err(Failure::not_found()),
    }
}

async fn shown(
    console: &Console,
    signed: &Signed,
    customer: Option<&str>,
    fields: &Fields,
    faults: Faults,
) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    let id = whose(signed, customer)?;
    let view = console.app.customer(actor, &id).await?;
    if !may(console, actor, Action::DecideHandover) {
        return Err(Failure::code(Code::RoleRequired));
    }
    let from = fields.get("from_partner_id");
    let partners = view.partners.iter();
    let (action, back) = if actor.is_customer() {
        ("/control/access/move".to_owned(), "/control/access".to_owned())
    } else {
        (
            format!("/partner/customers/{id}/move"),
            format!("/partner/customers/{id}"),
        )
    };
    let page = BeginPage {
        customer: i18n::tame(&view.name),
        is_customer: actor.is_customer(),
        partners: partners
            .map(|tie| (tie.id.0.clone(), i18n::tame(&tie.name), from == Some(tie.id.as_str())))
            .collect(),
        to: fields.owned("to_partner_id").unwrap_or_default(),
        reason: fields.owned("reason").unwrap_or_default(),
        action,
        back,
        faults,
    };
    form(console, signed, words.say("move-begin-title"), &page.faults, &page)
}

pub(crate) async fn show(State(console): State<Console>, signed: Signed) -> Result<Response, Failure> {
    shown(&console, &signed, None, &Fields::default(), Faults::default()).await
}

pub(crate) async fn show_partner(
    State(console): State<Console>,
    signed: Signed,
    Path(customer): Path<String>,
) -> Result<Response, Failure> {
    shown(
        &console,
        &signed,
        Some(&customer),
        &Fields::default(),
        Faults::default(),
    )
    .await
}

pub(crate) async fn begin(
    State(console): State<Console>,
    signed: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    begun(&console, &signed, None, &fields).await
}

pub(crate) async fn begin_partner(
    State(console): State<Console>,
    signed: Signed,
    Path(customer): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    begun(&console, &signed, Some(&customer), &fields).await
}

async fn begun(
    console: &Console,
    signed: &Signed,
    customer: Option<&str>,
    fields: &Fields,
) -> Result<Response, Failure> {
    let wish = Move {
        customer: Some(whose(signed, customer)?.0),
        from: fields.owned("from_partner_id"),
        to: fields.owned("to_partner_id"),
        reason: fields.owned("reason"),
    };
    match console
        .app
        .begin_handover(&signed.actor, &wish, &Guard::default())
        .await
    {
        Ok(_) if signed.actor.is_customer() => Ok(see("/control/access?done=move-asked")),
        Ok(_) => Ok(see("/partner/handovers?done=move-asked")),
        Err(error) => {
            let faults = Faults::of(signed.words.language, &*mended(error)?);
            shown(console, signed, customer, fields, faults).await
        }
    }
}
