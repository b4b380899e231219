//! CONV-1, 2, 5, 6: a trial becomes an order: what is bought, who sets it up, and then, on a page of its own, what changes
//! by it. A tier 2 partner hands it to its distributor instead.

use super::{
    answers::{self, Source},
    fields::{Basis, OrderFields, Tried, faults},
    hand,
    wish::{Wish, earlier, input, instead},
};
use crate::{
    Console,
    part::Faults,
    screen::{
        dry, form, if_seen, may, mended,
        trial::{Seen, seen},
    },
    template::View,
    web::{Failure, Fields, Form, Query, Signed, see},
    words::Words,
};
use app::{customer::CustomerView, order::PlaceOrder, policy::Action};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::OrderId,
    refusal::Code,
    shipment::Shipment,
    trial::{Status, Trial},
};
use serde::Serialize;

/// The values of `orders/convert.html`.
#[derive(Serialize)]
pub(crate) struct ConvertPage {
    pub(crate) id: String,
    pub(crate) customer: String,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) back: String,
    pub(crate) faults: Faults,
    pub(crate) order: OrderFields,
}

impl View for ConvertPage {
    const TEMPLATE: &'static str = "orders/convert.html";
}

/// The form; with a wish in the address its answers, or what is wrong with it.
pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Response, Failure> {
    let seen = seen(&console, &signed.actor, &id).await?;
    let wish = Wish::open(&console, &signed.actor, seen.id.as_str(), query.get("draft"));
    if let Some(order) = open(&seen) {
        return match wish {
            Some(wish) => instead(&console, &signed, &order, &wanted(&signed, &seen, &wish)).await,
            None => Ok(see(&format!("/partner/orders/{order}"))),
        };
    }
    if !matches!(seen.view.trial.status(), Status::Active | Status::Expired) {
        return Ok(see(&format!("/partner/trials/{}", seen.id)));
    }
    if !may(&console, &signed.actor, Action::PlaceOrder) {
        return Err(Failure::code(Code::RoleRequired));
    }
    if hand::concerns(&signed.actor) {
        return hand::shown(&console, &signed, &seen, Faults::default()).await;
    }
    match wish {
        Some(wish) if !query.has("change") => answered(&console, &signed, &seen, wish).await,
        Some(wish) => shown(&console, &signed, &seen, Some(&wish.fields()), Faults::default()).await,
        None => shown(&console, &signed, &seen, None, Faults::default()).await,
    }
}

/// The order that waits already.
fn open(seen: &Seen) -> Option<OrderId> {
    seen.view.trial.open_order().map(|mark| mark.id.clone())
}

fn address(seen: &Seen) -> String {
    format!("/partner/trials/{}/convert", seen.id)
}

fn wanted(signed: &Signed, seen: &Seen, wish: &Wish) -> PlaceOrder {
    PlaceOrder {
        trial: Some(seen.id.clone()),
        ..input(signed, &wish.fields(), &seen.program)
    }
}

/// What would be ordered, and what that makes of the trial.
async fn answered(console: &Console, signed: &Signed, seen: &Seen, wish: Wish) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    let tried = match console
        .app
        .place_order(actor, &wanted(signed, seen, &wish), &dry())
        .await
    {
        Ok(tried) => tried,
        Err(error) => {
            let refusal = mended(error)?;
            if let Some(order) = earlier(&refusal) {
                return instead(console, signed, &order, &wanted(signed, seen, &wish)).await;
            }
            let faults = faults(words, &refusal, &wanted(signed, seen, &wish), &seen.program);
            return shown(console, signed, seen, Some(&wish.fields()), faults).await;
        }
    };
    let customer = words.customer(&seen.view.customer_name);
    let leave = format!("/partner/trials/{}", seen.id);
    let source = Source {
        trial: &seen.id,
        program: &seen.program,
        lead: words.t("convert-answers-lead", &[("customer", customer.as_str().into())]),
        crumb: (customer, leave.clone()),
        title: words.say("convert-answers"),
        action: address(seen),
        leave,
        dates: dates(words, seen),
        handed_by: None,
    };
    answers::shown(console, signed, source, wish, &tried).await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    seen: &Seen,
    typed: Option<&Fields>,
    faults: Faults,
) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    let customer = if_seen(console.app.customer(actor, &seen.view.trial.customer).await)?;
    let administrator = console.app.trial_administrator(actor, &seen.id).await?;
    let tried = tried(console, signed, seen).await?;
    let basis = Basis {
        administrator: administrator.as_ref().map(|one| one.email.as_str()),
        ..basis(signed, seen, &tried, customer.as_ref())
    };
    let view = ConvertPage {
        order: OrderFields::of(words, &seen.program, basis, typed),
        ..page(words, seen, faults)
    };
    form(console, signed, words.say("convert-title"), &view.faults, &view)
}

fn basis<'a>(signed: &'a Signed, seen: &Seen, tried: &'a [Tried], customer: Option<&'a CustomerView>) -> Basis<'a> {
    Basis {
        tried,
        bought: customer
            .map(|customer| customer.purchased.as_slice())
            .unwrap_or_default(),
        lent: Some(lends(&seen.view.trial)),
        me: Some(signed.actor.person.email.as_str()),
        ..Basis::default()
    }
}

pub(crate) fn page(words: &Words, seen: &Seen, faults: Faults) -> ConvertPage {
    let customer = words.customer(&seen.view.customer_name);
    let grace = seen
        .view
        .grace_ends_on
        .filter(|_| seen.view.trial.status() == Status::Expired);
    let lead = match grace {
        Some(day) => {
            let date = words.date(day, &seen.zone);
            let values = [("customer", customer.as_str().into()), ("date", date.into())];
            words.t("convert-lead-grace", &values)
        }
        None => words.t("convert-lead", &[("customer", customer.as_str().into())]),
    };
    ConvertPage {
        id: seen.id.0.clone(),
        customer,
        lead,
        action: address(seen),
        back: format!("/partner/trials/{}", seen.id),
        faults,
        order: OrderFields::default(),
    }
}

/// What is on trial, with how many are assigned where this person may know.
async fn tried(console: &Console, signed: &Signed, seen: &Seen) -> Result<Vec<Tried>, Failure> {
    let licensed = console.app.licenses(&signed.actor, &seen.view.trial.customer).await;
    let licensed = if_seen(licensed)?.unwrap_or_default();
    let assigned = |id: &str| licensed.iter().find(|one| one.service == id).map(|one| one.assigned);
    let services = seen.view.trial.services.iter();
    Ok(services
        .map(|service| (service.id.clone(), service.quantity, assigned(&service.id)))
        .collect())
}

/// Whether devices of the trial have to go back, or will have to.
pub(crate) fn lends(trial: &Trial) -> bool {
    trial.loans_out().next().is_some() || trial.shipments.iter().any(Shipment::is_wanted)
}

/// CONV-6: the end of the trial and that of its devices, each by its name.
fn dates(words: &Words, seen: &Seen) -> Option<String> {
    let trial = &seen.view.trial;
    let ends_on = trial.term().filter(|_| lends(trial))?.ends_on;
    let ends = words.date(ends_on, &seen.zone);
    let over = trial.status() == Status::Expired;
    let last = trial.loans_out().map(|(_, loan)| loan.ends_on).max();
    Some(match (last, over) {
        (Some(day), _) => {
            let id = if over { "convert-dates-over" } else { "convert-dates" };
            let devices = words.date(day, &seen.zone);
            words.t(id, &[("devices", devices.into()), ("ends", ends.into())])
        }
        (None, true) => words.t("convert-dates-unknown-over", &[("ends", ends.into())]),
        (None, false) => words.t("convert-dates-unknown", &[("ends", ends.into())]),
    })
}

pub(crate) async fn act(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let seen = seen(&console, &signed.actor, &id).await?;
    match fields.get("act") {
        Some("hand") => hand::hand(&console, &signed, &seen).await,
        Some("place") => place(&console, &signed, &seen, &fields).await,
        _ => {
            let sealed = Wish::of(&fields, &seen.program).seal(&console, &signed.actor, seen.id.as_str());
            Ok(see(&format!("{}?draft={sealed}", address(&seen))))
        }
    }
}

/// The last button: what was shown is ordered.
async fn place(console: &Console, signed: &Signed, seen: &Seen, fields: &Fields) -> Result<Response, Failure> {
    let draft = fields.get("draft").unwrap_or_default();
    let Some(wish) = Wish::open(console, &signed.actor, seen.id.as_str(), Some(draft)) else {
        return Ok(see(&address(seen)));
    };
    let (wanted, guard) = (wanted(signed, seen, &wish), wish.guard(&seen.id));
    match console.app.place_order(&signed.actor, &wanted, &guard).await {
        Ok(done) => {
            let order = done.id.map(|id| id.0).unwrap_or_default();
            Ok(see(&format!("/partner/orders/{order}?done=order-placed")))
        }
        Err(error) => match earlier(&*mended(error)?) {
            Some(order) => instead(console, signed, &order, &wanted).await,
            // The page of answers says what is wrong by now.
            None => Ok(see(&format!("{}?draft={draft}", address(seen)))),
        },
    }
}
