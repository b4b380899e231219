//! CONV-1, 2, 5, 6: a trial becomes an order: what is bought, what changes by it, who sets it up. A tier 2 partner hands
//! it to its distributor instead.

use super::{
    difference::DifferencePart,
    fields::{Basis, OrderFields, Tried, counts, wish},
    hand,
};
use crate::{
    Console,
    part::Faults,
    screen::{
        form, may, mended,
        trial::{Seen, seen},
    },
    template::View,
    web::{Failure, Fields, Form, Signed, see},
    words::Words,
};
use app::{
    Guard,
    customer::CustomerView,
    order::{PlaceOrder, WantedContact},
    policy::Action,
    view::PlanItem,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::OrderId,
    order::{ContactRole, Difference, DifferenceLine, Order},
    organization::Purchase,
    program::Program,
    refusal::Code,
    trial::Status,
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
    /// What would change; none before it was asked.
    pub(crate) checked: Option<Checked>,
    pub(crate) version: i64,
}

/// What would change, and what comes then.
#[derive(Serialize)]
pub(crate) struct Checked {
    pub(crate) difference: DifferencePart,
    /// CONV-6: both dates.
    pub(crate) dates: Option<String>,
    pub(crate) next: Vec<String>,
    /// The wish again, for the form that confirms it.
    pub(crate) wish: Vec<(String, String)>,
}

impl View for ConvertPage {
    const TEMPLATE: &'static str = "orders/convert.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let seen = seen(&console, &signed.actor, &id).await?;
    if let Some(order) = open(&seen) {
        return Ok(see(&format!("/partner/orders/{order}")));
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
    shown(&console, &signed, &seen, None, Faults::default(), None).await
}

/// The order that waits already.
fn open(seen: &Seen) -> Option<OrderId> {
    seen.view.trial.open_order().map(|mark| mark.id.clone())
}

async fn shown(
    console: &Console,
    signed: &Signed,
    seen: &Seen,
    typed: Option<&Fields>,
    faults: Faults,
    checked: Option<Checked>,
) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    let customer = console.app.customer(actor, &seen.view.trial.customer).await.ok();
    let plan = console.app.trial_plan(actor, &seen.id).await?;
    let tried = tried(console, signed, seen).await;
    let view = ConvertPage {
        order: OrderFields::of(
            words,
            &seen.program,
            basis(signed, seen, &tried, customer.as_ref(), &plan),
            typed,
        ),
        ..page(words, seen, faults, checked)
    };
    form(console, signed, words.say("convert-title"), &view.faults, &view)
}

fn basis<'a>(
    signed: &'a Signed,
    seen: &Seen,
    tried: &'a [Tried],
    customer: Option<&'a CustomerView>,
    plan: &[PlanItem],
) -> Basis<'a> {
    Basis {
        tried,
        bought: customer
            .map(|customer| customer.purchased.as_slice())
            .unwrap_or_default(),
        lent: device_end(plan).is_some() || lends(seen),
        me: Some(signed.actor.person.email.as_str()),
    }
}

pub(crate) fn page(words: &Words, seen: &Seen, faults: Faults, checked: Option<Checked>) -> ConvertPage {
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
        action: format!("/partner/trials/{}/convert", seen.id),
        back: format!("/partner/trials/{}", seen.id),
        faults,
        order: OrderFields::default(),
        checked,
        version: seen.view.version,
    }
}

/// What is on trial, with how many are assigned where this person may know.
async fn tried(console: &Console, signed: &Signed, seen: &Seen) -> Vec<Tried> {
    let licensed = console.app.licenses(&signed.actor, &seen.view.trial.customer).await;
    let licensed = licensed.unwrap_or_default();
    let assigned = |id: &str| licensed.iter().find(|one| one.service == id).map(|one| one.assigned);
    let services = seen.view.trial.services.iter();
    services
        .map(|service| (service.id.clone(), service.quantity, assigned(&service.id)))
        .collect()
}

/// The day on which the devices that are lent end.
fn device_end(plan: &[PlanItem]) -> Option<jiff::civil::Date> {
    let item = plan.iter().find(|item| item.kind.as_str() == "device_ends")?;
    crate::part::scale::day_of(item)
}

/// Whether devices were asked for with the trial.
fn lends(seen: &Seen) -> bool {
    let devices = seen.view.trial.devices.as_ref();
    devices.is_some_and(|devices| !devices.ship.is_empty())
}

/// CONV-6: the end of the trial and that of its devices, each by its name.
fn dates(words: &Words, seen: &Seen, plan: &[PlanItem]) -> Option<String> {
    let ends = words.date(seen.view.trial.term()?.ends_on, &seen.zone);
    match device_end(plan) {
        Some(day) => {
            let devices = words.date(day, &seen.zone);
            Some(words.t("convert-dates", &[("devices", devices.into()), ("ends", ends.into())]))
        }
        None if lends(seen) => Some(words.t("convert-dates-unknown", &[("ends", ends.into())])),
        None => None,
    }
}

/// What was asked for; the contact is whoever orders, unless somebody else is named.
pub(crate) fn input(signed: &Signed, fields: &Fields, program: &Program) -> PlaceOrder {
    let contact = match fields.get("contact") {
        Some("me") => WantedContact {
            email: Some(signed.actor.person.email.clone()),
            role: Some(ContactRole::PartnerAdministrator),
        },
        said => WantedContact {
            // Whoever is chosen has to be named: nobody is put in that place silently.
            email: Some(fields.owned("contact_email").unwrap_or_default()),
            role: said.map(|said| match said {
                "customer" => ContactRole::CustomerAdministrator,
                _ => ContactRole::PartnerAdministrator,
            }),
        },
    };
    PlaceOrder {
        services: counts(fields, "quantity", program.services.iter().map(|one| &one.id)),
        devices: counts(fields, "device", program.device_types.iter().map(|one| &one.id)),
        contact,
        ..PlaceOrder::default()
    }
}

pub(crate) async fn act(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let seen = seen(&console, &signed.actor, &id).await?;
    if fields.get("act") == Some("hand") {
        return hand::hand(&console, &signed, &seen).await;
    }
    let mut wanted = input(&signed, &fields, &seen.program);
    wanted.trial = Some(seen.id.clone());
    let place = fields.get("act") == Some("place");
    let guard = Guard {
        dry_run: !place,
        ..Guard::default()
    };
    match console.app.place_order(&signed.actor, &wanted, &guard).await {
        Ok(done) if place => {
            let order = done.id.map(|id| id.0).unwrap_or_default();
            Ok(see(&format!("/partner/orders/{order}?done=order-placed")))
        }
        Ok(tried) => {
            let checked = checked(&console, &signed, &seen, &fields, &tried.order).await?;
            shown(
                &console,
                &signed,
                &seen,
                Some(&fields),
                Faults::default(),
                Some(checked),
            )
            .await
        }
        Err(error) => {
            let refusal = mended(error)?;
            if refusal.code == Code::OrderOpen {
                return Ok(see(&format!("/partner/trials/{}/convert", seen.id)));
            }
            let faults = Faults::of(signed.words.language, &refusal);
            shown(&console, &signed, &seen, Some(&fields), faults, None).await
        }
    }
}

async fn checked(
    console: &Console,
    signed: &Signed,
    seen: &Seen,
    fields: &Fields,
    order: &Order,
) -> Result<Checked, Failure> {
    let Signed { actor, words, .. } = signed;
    let tried = tried(console, signed, seen).await;
    let customer = console.app.customer(actor, &seen.view.trial.customer).await.ok();
    let bought = customer.map(|customer| customer.purchased).unwrap_or_default();
    let plan = console.app.trial_plan(actor, &seen.id).await?;
    let contact = match fields.get("contact") {
        Some("me") => crate::frame::called(&actor.person),
        _ => i18n::tame(fields.get("contact_email").unwrap_or_default()),
    };
    let difference = counted(&tried, &order.services, &bought);
    Ok(Checked {
        difference: DifferencePart::of(words, &difference, &seen.program),
        dates: dates(words, seen, &plan),
        next: super::next(words, order, &contact),
        wish: wish(fields, &seen.program),
    })
}

/// CONV-5 by counts: whoever orders need not know the customer's people by name; whoever sets the order up sees them.
pub(crate) fn counted(tried: &[Tried], ordered: &[(String, u32)], bought: &[Purchase]) -> Difference {
    let mut found = Difference::default();
    let wanted = |id: &str| ordered.iter().find(|(known, _)| known == id).map(|(_, count)| *count);
    let owned = |id: &str| {
        bought
            .iter()
            .find(|one| one.service == id)
            .map_or(0, |one| one.quantity)
    };
    let line = |service: &str, trial: Option<u32>, ordered: Option<u32>, assigned: u32| DifferenceLine {
        service: service.to_owned(),
        trial,
        ordered,
        assigned,
        surplus: Vec::new(),
    };
    for (id, quantity, assigned) in tried {
        let (wanted, assigned) = (wanted(id), assigned.unwrap_or(0));
        let one = line(id, Some(*quantity), wanted, assigned);
        match wanted {
            None => found.lost.push(one),
            Some(count) if count.saturating_add(owned(id)) < assigned => found.fewer.push(one),
            Some(_) => found.kept.push(one),
        }
    }
    for (id, count) in ordered
        .iter()
        .filter(|(id, _)| !tried.iter().any(|(known, ..)| known == id))
    {
        found.new.push(line(id, None, Some(*count), 0));
    }
    found
}
