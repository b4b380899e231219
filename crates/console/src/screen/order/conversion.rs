//! CONV-1: a distributor orders for a tier 2 partner: it sees what the order needs, and what it would change, until it is
//! done.

use super::{
    answers::{self, Source},
    fields::{Basis, OrderFields, Tried, faults},
    wish::{Wish, earlier, input, instead},
};
use crate::{
    Console,
    part::Faults,
    screen::{dry, form, id as known, mended},
    template::View,
    web::{Failure, Fields, Form, Query, Signed, see},
    words::Words,
};
use app::{
    Error,
    order::{ConversionView, PlaceOrder},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::TrialId,
    program::Program,
    refusal::{Code, Refusal},
};
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

fn address(trial: &TrialId) -> String {
    format!("/partner/conversions/{trial}")
}

/// The form; with a wish in the address its answers, or what is wrong with it.
pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Response, Failure> {
    let trial = known(TrialId::parse(&id))?;
    let Signed { actor, words, .. } = &signed;
    let wish = Wish::open(&console, actor, trial.as_str(), query.get("draft"));
    let view = match (console.app.conversion(actor, &trial).await, wish.as_ref()) {
        (Ok(view), _) => view,
        // Once it is ordered it is not in hand any more.
        (Err(Error::Refused(gone)), Some(wish)) if gone.code == Code::NotFound => {
            return match tried(&console, &signed, &trial, wish).await? {
                Err(refusal) => match earlier(&refusal) {
                    Some(order) => instead(&console, &signed, &order, &wanted(&console, &signed, &trial, wish)?).await,
                    None => Err(Error::Refused(gone).into()),
                },
                Ok(_) => Err(Error::Refused(gone).into()),
            };
        }
        (Err(error), _) => return Err(error.into()),
    };
    let Some(wish) = wish else {
        return shown(&console, &signed, &view, None, Faults::default());
    };
    let fields = wish.fields();
    if query.has("change") {
        return shown(&console, &signed, &view, Some(&fields), Faults::default());
    }
    match tried(&console, &signed, &trial, &wish).await? {
        Ok(order) => {
            let program = console.app.program()?;
            answers::shown(&console, &signed, source(words, &view, &program), wish, &order).await
        }
        Err(refusal) => match earlier(&refusal) {
            Some(order) => instead(&console, &signed, &order, &wanted(&console, &signed, &trial, &wish)?).await,
            None => {
                let program = console.app.program()?;
                let faults = faults(words, &refusal, &wanted(&console, &signed, &trial, &wish)?, &program);
                shown(&console, &signed, &view, Some(&fields), faults)
            }
        },
    }
}

fn wanted(console: &Console, signed: &Signed, trial: &TrialId, wish: &Wish) -> Result<PlaceOrder, Failure> {
    Ok(PlaceOrder {
        trial: Some(trial.clone()),
        ..input(signed, &wish.fields(), &*console.app.program()?)
    })
}

/// What would be ordered, or what a form can say of why not.
async fn tried(
    console: &Console,
    signed: &Signed,
    trial: &TrialId,
    wish: &Wish,
) -> Result<Result<app::order::OrderView, Box<Refusal>>, Failure> {
    let wanted = wanted(console, signed, trial, wish)?;
    match console.app.place_order(&signed.actor, &wanted, &dry()).await {
        Ok(order) => Ok(Ok(order)),
        Err(error) => Ok(Err(mended(error)?)),
    }
}

fn source<'a>(words: &Words, view: &'a ConversionView, program: &'a Program) -> Source<'a> {
    let customer = i18n::tame(&view.customer_name);
    let action = address(&view.trial);
    Source {
        trial: &view.trial,
        program,
        crumb: (words.say("orders-title"), "/partner/orders".to_owned()),
        title: words.say("convert-answers"),
        lead: words.t("convert-answers-lead", &[("customer", customer.into())]),
        leave: action.clone(),
        action,
        dates: None,
        handed_by: Some(i18n::tame(&view.partner.1)),
    }
}

fn shown(
    console: &Console,
    signed: &Signed,
    view: &ConversionView,
    typed: Option<&Fields>,
    faults: Faults,
) -> Result<Response, Failure> {
    let me = signed.actor.person.email.as_str();
    let page = of(&signed.words, view, &*console.app.program()?, me, typed, faults);
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
        me: Some(me),
        handed_by: Some(&view.partner.1),
        // Whether devices are lent is not among what a distributor sees.
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

/// What the form says is shown with what it changes; with the last button what was shown is ordered.
pub(crate) async fn act(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let trial = known(TrialId::parse(&id))?;
    let (actor, at) = (&signed.actor, address(&trial));
    if fields.get("act") != Some("place") {
        let sealed = Wish::of(&fields, &*console.app.program()?).seal(&console, actor, trial.as_str());
        return Ok(see(&format!("{at}?draft={sealed}")));
    }
    let draft = fields.get("draft").unwrap_or_default();
    let Some(wish) = Wish::open(&console, actor, trial.as_str(), Some(draft)) else {
        return Ok(see(&at));
    };
    let (wanted, guard) = (wanted(&console, &signed, &trial, &wish)?, wish.guard(&trial));
    match console.app.place_order(actor, &wanted, &guard).await {
        Ok(done) => {
            let order = done.id.map(|id| id.0).unwrap_or_default();
            Ok(see(&format!("/partner/orders/{order}?done=order-placed")))
        }
        Err(error) => match earlier(&*mended(error)?) {
            Some(order) => instead(&console, &signed, &order, &wanted).await,
            None => Ok(see(&format!("{at}?draft={draft}"))),
        },
    }
}
