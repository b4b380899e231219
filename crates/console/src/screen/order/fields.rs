//! What an order is written with: services and devices by count, and who sets it up (CONV-2).

use crate::{
    part::Faults,
    web::{Fields, said_of},
    words::Words,
};
use app::order::PlaceOrder;
use domain::{
    order::ContactRole,
    organization::Purchase,
    program::Program,
    refusal::{Code, Refusal},
};
use serde::Serialize;

/// The values of `parts/order.html`.
#[derive(Default, Serialize)]
pub(crate) struct OrderFields {
    services: Vec<Count>,
    devices: Vec<Count>,
    devices_hint: String,
    contacts: Vec<Choice>,
    contact_email: String,
    /// Whether nobody has to be named.
    me: bool,
}

/// How many of something.
#[derive(Serialize)]
struct Count {
    id: String,
    name: String,
    note: Option<String>,
    typed: String,
}

/// Somebody, or a kind of somebody.
#[derive(Serialize)]
struct Choice {
    value: &'static str,
    name: String,
    about: String,
    chosen: bool,
}

/// A service on trial, its quantity, and how many licences are assigned where one may know.
pub(crate) type Tried = (String, u32, Option<u32>);

/// What the fields start from.
#[derive(Clone, Copy, Default)]
pub(crate) struct Basis<'a> {
    /// What is on trial.
    pub(crate) tried: &'a [Tried],
    /// What the customer has bought.
    pub(crate) bought: &'a [Purchase],
    /// Whether devices of the trial go back, where one may know.
    pub(crate) lent: Option<bool>,
    /// The address of whoever orders, where that person can be the contact.
    pub(crate) me: Option<&'a str>,
    /// CONV-1: the partner whose people are asked unless somebody is named.
    pub(crate) handed_by: Option<&'a str>,
    /// CONV-3: the trial's administrator, where one may know.
    pub(crate) administrator: Option<&'a str>,
}

impl OrderFields {
    /// As they were typed, or as the trial has it.
    pub(crate) fn of(words: &Words, program: &Program, basis: Basis<'_>, typed: Option<&Fields>) -> Self {
        let tried = |id: &str| basis.tried.iter().find(|(known, ..)| known == id);
        let service = |service: &domain::program::Service| Count {
            id: service.id.clone(),
            name: service.name.clone(),
            note: note(words, tried(&service.id), basis, &service.id),
            typed: match typed {
                Some(fields) => fields.owned(&format!("quantity-{}", service.id)).unwrap_or_default(),
                None => tried(&service.id)
                    .map(|(_, count, _)| count.to_string())
                    .unwrap_or_default(),
            },
        };
        let mut services: Vec<&domain::program::Service> = program.services.iter().collect();
        services.sort_by_key(|service| tried(&service.id).is_none());
        let device = |device: &domain::program::DeviceType| Count {
            id: device.id.clone(),
            name: device.name.clone(),
            note: None,
            typed: typed
                .and_then(|fields| fields.owned(&format!("device-{}", device.id)))
                .unwrap_or_default(),
        };
        Self {
            services: services.into_iter().map(service).collect(),
            devices: program.device_types.iter().map(device).collect(),
            devices_hint: words.say(match basis.lent {
                Some(true) => "order-devices-hint",
                Some(false) => "order-devices-none",
                None => "order-devices-any",
            }),
            contacts: contacts(words, basis, typed),
            contact_email: typed
                .and_then(|fields| fields.owned("contact_email"))
                .unwrap_or_default(),
            me: basis.me.is_some(),
        }
    }
}

/// What the trial has of a service, and what was bought before.
fn note(words: &Words, tried: Option<&Tried>, basis: Basis<'_>, id: &str) -> Option<String> {
    let licences = |count: u32| words.t("licences", &[("count", count.into())]);
    if let Some(bought) = basis.bought.iter().find(|bought| bought.service == id) {
        let licences = licences(bought.quantity);
        return Some(words.t("order-service-owned", &[("licences", licences.into())]));
    }
    Some(match tried {
        Some((_, count, Some(assigned))) => {
            let values = [("licences", licences(*count).into()), ("assigned", (*assigned).into())];
            words.t("order-service-assigned", &values)
        }
        Some((_, count, None)) => words.t("order-service-tried", &[("licences", licences(*count).into())]),
        None if basis.tried.is_empty() => return None,
        None => words.say("order-service-not-tried"),
    })
}

/// CONV-2: the partner itself is recommended, and chosen beforehand.
fn contacts(words: &Words, basis: Basis<'_>, typed: Option<&Fields>) -> Vec<Choice> {
    let said = typed
        .and_then(|fields| fields.get("contact"))
        .unwrap_or(match (basis.handed_by, basis.me) {
            (Some(_), _) => "handed",
            (None, Some(_)) => "me",
            (None, None) => "",
        });
    let choice = |value: &'static str, name: &str, about: String| Choice {
        value,
        name: words.say(name),
        about,
        chosen: said == value,
    };
    let handed = basis.handed_by.map(|partner| {
        let about = words.t("order-contact-handed-about", &[("partner", i18n::tame(partner).into())]);
        choice("handed", "order-contact-handed", about)
    });
    let me = basis.me.map(|email| {
        let (name, about) = match basis.handed_by {
            Some(_) => ("order-contact-distributor", "order-contact-distributor-about"),
            None => ("order-contact-me", "order-contact-me-about"),
        };
        choice("me", name, words.t(about, &[("email", i18n::tame(email).into())]))
    });
    let about = basis.administrator.map_or_else(
        || words.say("order-contact-customer-about"),
        |email| words.t("order-contact-customer-known", &[("email", i18n::tame(email).into())]),
    );
    let others = [
        choice(
            "colleague",
            "order-contact-colleague",
            words.say("order-contact-colleague-about"),
        ),
        choice("customer", "order-contact-customer", about),
    ];
    handed.into_iter().chain(me).chain(others).collect()
}

/// What was asked for by one kind of field; what is empty or none is not ordered, what is no number is left to the rules.
pub(crate) fn counts<'p>(fields: &Fields, kind: &str, ids: impl Iterator<Item = &'p String>) -> Vec<(String, i64)> {
    ids.filter_map(|id| Some((id.clone(), fields.number(&format!("{kind}-{id}"))?)))
        .filter(|(_, count)| *count != 0)
        .collect()
}

/// What is wrong, in words that name what it is about: the service or device, and among whom the contact was looked for.
pub(crate) fn faults(words: &Words, refusal: &Refusal, wanted: &PlaceOrder, program: &Program) -> Faults {
    let mut faults = Faults::default();
    for error in &refusal.errors {
        let text = said_of(words.language, error);
        match about(words, &error.pointer, wanted, program) {
            Some((field, what)) => {
                let values = [("what", what.into()), ("fault", text.into())];
                faults.add(field, words.t("order-fault", &values));
            }
            None => faults.extend(Faults::of(words.language, &Refusal::input(vec![error.clone()]))),
        }
    }
    if faults.is_empty() {
        faults = Faults::of(words.language, refusal);
    }
    reworded(words, faults, refusal, wanted.contact.role)
}

/// Who was looked for among whom.
pub(crate) fn reworded(words: &Words, faults: Faults, refusal: &Refusal, role: Option<ContactRole>) -> Faults {
    if !refusal.errors.iter().any(|error| error.code == Code::UnknownContact) {
        return faults;
    }
    let text = match role {
        Some(ContactRole::CustomerAdministrator) => "order-contact-customer-unknown",
        Some(ContactRole::PartnerAdministrator) => "order-contact-colleague-unknown",
        None => return faults,
    };
    faults.reworded("contact_email", &words.say(text))
}

/// The line of the order of which a pointer speaks: its group, and what it orders.
fn about(words: &Words, pointer: &str, wanted: &PlaceOrder, program: &Program) -> Option<(&'static str, String)> {
    let mut parts = pointer.trim_start_matches('/').split('/');
    let (group, at) = (parts.next()?, parts.next()?.parse::<usize>().ok()?);
    match group {
        "services" => Some(("services", words.service(&wanted.services.get(at)?.0, program))),
        "devices" => {
            let id = &wanted.devices.get(at)?.0;
            let known = program.device_type(id).map(|one| one.name.clone());
            Some(("devices", known.unwrap_or_else(|| id.clone())))
        }
        _ => None,
    }
}
