//! What an order's form said, sealed in the address of its answers: back, reload and a second tab show the same, and
//! what is ordered is what was shown.

use super::fields::counts;
use crate::{
    Console,
    screen::if_seen,
    web::{Failure, Fields, Signed, open, seal, see},
};
use app::{
    Actor, Guard, IdemRequest,
    order::{PlaceOrder, WantedContact},
};
use axum::response::Response;
use domain::{
    ids::{OrderId, TrialId},
    order::{ContactRole, Lines},
    program::Program,
    refusal::{Code, Refusal},
};
use serde::{Deserialize, Serialize};

/// Longer values are wrong in any case.
const LONGEST: usize = 320;

/// What was said so far.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Wish {
    fields: Vec<(String, String)>,
    /// Makes an order that is sent twice one order.
    key: String,
}

fn what(of: &str) -> String {
    format!("order {of}")
}

impl Wish {
    /// What a form says; the fields of `parts/order.html`.
    pub(crate) fn of(fields: &Fields, program: &Program) -> Self {
        let services = program.services.iter().map(|one| format!("quantity-{}", one.id));
        let devices = program.device_types.iter().map(|one| format!("device-{}", one.id));
        let others = ["contact", "contact_email", "partner_id", "trial_admin_email"].map(str::to_owned);
        let said = services.chain(devices).chain(others).filter_map(|name| {
            let value = fields.get(&name)?.chars().take(LONGEST).collect();
            Some((name, value))
        });
        Self {
            fields: said.collect(),
            key: String::new(),
        }
    }

    /// The same with a key of its own: once it is withdrawn, the same can be ordered anew.
    pub(crate) fn keyed(self, console: &Console) -> Self {
        Self {
            key: console.secret(),
            ..self
        }
    }

    /// As it stands in the address.
    pub(crate) fn seal(&self, console: &Console, actor: &Actor, of: &str) -> String {
        seal(console, actor, &what(of), self)
    }

    /// Back from the address, where it is this person's wish, and for this trial.
    pub(crate) fn open(console: &Console, actor: &Actor, of: &str, text: Option<&str>) -> Option<Self> {
        open(console, actor, &what(of), text)
    }

    pub(crate) fn fields(&self) -> Fields {
        Fields::of(self.fields.clone())
    }

    /// The same form sent twice orders once.
    pub(crate) fn guard(&self, trial: &TrialId) -> Guard {
        let idem = IdemRequest {
            key: self.key.clone(),
            target: format!("POST {}", what(trial.as_str())),
            body: serde_json::to_vec(&self.fields).unwrap_or_default(),
        };
        Guard {
            idem: Some(idem).filter(|_| !self.key.is_empty()),
            ..Guard::default()
        }
    }
}

/// What was asked for; the contact is whoever orders, or whoever is asked anyhow, unless somebody else is named.
pub(crate) fn input(signed: &Signed, fields: &Fields, program: &Program) -> PlaceOrder {
    let contact = match fields.get("contact") {
        Some("me") => WantedContact {
            email: Some(signed.actor.person.email.clone()),
            role: Some(ContactRole::PartnerAdministrator),
        },
        Some("handed") => WantedContact::default(),
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

/// The order that came before this one, where that is what is wrong.
pub(crate) fn earlier(refusal: &Refusal) -> Option<OrderId> {
    let id = refusal
        .extra
        .get("order_id")
        .filter(|_| refusal.code == Code::OrderOpen)?;
    OrderId::parse(id.as_str()?)
}

/// Nothing was ordered, because another order came before: that one is shown, and said whether it is the same.
pub(crate) async fn instead(
    console: &Console,
    signed: &Signed,
    order: &OrderId,
    wanted: &PlaceOrder,
) -> Result<Response, Failure> {
    let Some(found) = if_seen(console.app.order(&signed.actor, order).await)? else {
        return Err(Failure::code(Code::OrderOpen));
    };
    let contact = wanted.contact.email.as_deref();
    let same = is_same(&wanted.services, &found.order.services)
        && is_same(&wanted.devices, &found.order.devices)
        && contact.is_none_or(|email| {
            found
                .contact_email
                .is_some_and(|known| known.eq_ignore_ascii_case(email))
        });
    let done = if same { "order-already" } else { "order-already-other" };
    Ok(see(&format!("/partner/orders/{order}?done={done}")))
}

fn is_same(wanted: &[(String, i64)], ordered: &Lines) -> bool {
    let in_it = |(id, count): &(String, i64)| {
        let same = |(known, ordered): &(String, u32)| known == id && i64::from(*ordered) == *count;
        ordered.iter().any(same)
    };
    wanted.len() == ordered.len() && wanted.iter().all(in_it)
}
