//! CONV-1: a distributor orders for a tier 2 partner: it sees what the order needs, until it is done.

use super::{
    convert::input,
    fields::{Basis, OrderFields, Tried},
};
use crate::{
    Console,
    part::Faults,
    screen::{form, id as known, mended},
    template::View,
    web::{Failure, Fields, Form, Signed, see},
    words::Words,
};
use app::{Guard, order::ConversionView};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{ids::TrialId, program::Program};
use serde::Serialize;

/// The values of `orders/conversion.html`.
#[derive(Serialize)]
pub(crate) struct ConversionPage {
    pub(crate) id: String,
    pub(crate) customer: String,
    pub(crate) partner: String,
    pub(crate) faults: Faults,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) order: OrderFields,
}

impl View for ConversionPage {
    const TEMPLATE: &'static str = "orders/conversion.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    shown(&console, &signed, &id, None, Faults::default()).await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    id: &str,
    typed: Option<&Fields>,
    faults: Faults,
) -> Result<Response, Failure> {
    let trial = known(TrialId::parse(id))?;
    let view = console.app.conversion(&signed.actor, &trial).await?;
    let me = signed.actor.person.email.as_str();
    let page = of(&signed.words, &view, &*console.app.program()?, me, typed, faults);
    let title = signed
        .words
        .t("conversion-title", &[("customer", page.customer.as_str().into())]);
    form(console, signed, title, &page.faults, &page)
}

pub(crate) fn of(
    words: &Words,
    view: &ConversionView,
    program: &Program,
    me: &str,
    typed: Option<&Fields>,
    faults: Faults,
) -> ConversionPage {
    let tried: Vec<Tried> = view
        .services
        .iter()
        .map(|(id, count)| (id.clone(), *count, None))
        .collect();
    let basis = Basis {
        tried: &tried,
        // Whether there are any is not among what a distributor sees.
        lent: true,
        me: Some(me),
        ..Basis::default()
    };
    let line = |(id, count): &(String, u32)| {
        let licences = words.t("licences", &[("count", (*count).into())]);
        let name = words.service(id, program);
        words.t(
            "conversion-line",
            &[("service", name.into()), ("licences", licences.into())],
        )
    };
    let services: Vec<String> = view.services.iter().map(line).collect();
    let mut facts = vec![
        (words.say("label-customer"), i18n::tame(&view.customer_name)),
        (
            words.say("conversion-administrator"),
            i18n::tame(&view.administrator_email),
        ),
        (words.say("conversion-services"), words.list(&services)),
    ];
    let until = view.possible_until.map(|day| i18n::date(words.language, day));
    facts.extend(until.map(|day| (words.say("conversion-until"), day)));
    ConversionPage {
        id: view.trial.0.clone(),
        customer: i18n::tame(&view.customer_name),
        partner: i18n::tame(&view.partner.1),
        faults,
        facts,
        order: OrderFields::of(words, program, basis, typed),
    }
}

pub(crate) async fn place(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let trial = known(TrialId::parse(&id))?;
    let mut wanted = input(&signed, &fields, &*console.app.program()?);
    wanted.trial = Some(trial);
    match console.app.place_order(&signed.actor, &wanted, &Guard::default()).await {
        Ok(done) => {
            let order = done.id.map(|id| id.0).unwrap_or_default();
            Ok(see(&format!("/partner/orders/{order}?done=order-placed")))
        }
        Err(error) => {
            let faults = Faults::of(signed.words.language, &*mended(error)?);
            shown(&console, &signed, &id, Some(&fields), faults).await
        }
    }
}
