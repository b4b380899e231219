//! Where one can go from every page.

use crate::{Console, words::Words};
use app::{
    Actor,
    policy::{self, Action},
};
use serde::Serialize;

/// One of them.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Way {
    pub(crate) label: String,
    pub(crate) url: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) current: bool,
}

/// Label, address, icon, and what one has to be allowed to find something there.
type Place = (&'static str, &'static str, &'static str, Option<Action>);

const OF_PARTNERS: &[Place] = &[
    ("nav-customers", "/partner/customers", "people", None),
    ("nav-start", "/partner/start", "plus", Some(Action::StartTrial)),
    ("nav-devices", "/partner/devices", "phone", Some(Action::ReadShipments)),
    ("nav-orders", "/partner/orders", "card", Some(Action::ReadOrders)),
    (
        "nav-moves",
        "/partner/handovers",
        "forward",
        Some(Action::ReadHandovers),
    ),
    ("nav-team", "/team", "person", Some(Action::ReadPeople)),
    ("nav-record", "/record", "clock", Some(Action::ReadOwnRecord)),
];

const OF_CUSTOMERS: &[Place] = &[
    ("nav-overview", "/control/overview", "home", Some(Action::ReadTrial)),
    (
        "nav-subscriptions",
        "/control/subscriptions",
        "card",
        Some(Action::ReadTrial),
    ),
    ("nav-usage", "/control/usage", "chart", Some(Action::ReadUsage)),
    ("nav-devices", "/control/devices", "phone", Some(Action::ReadShipments)),
    ("nav-setup", "/control/setup", "gear", Some(Action::ReadSetup)),
    ("nav-users", "/control/users", "people", Some(Action::ReadUsers)),
    ("nav-requests", "/requests", "inbox", Some(Action::ReadRequest)),
    ("nav-access", "/control/access", "key", Some(Action::ReadAccessRequests)),
    ("nav-team", "/team", "person", Some(Action::ReadPeople)),
    ("nav-record", "/record", "clock", Some(Action::ReadOwnRecord)),
];

const OF_THE_VENDOR: &[Place] = &[
    (
        "nav-approvals",
        "/vendor/approvals",
        "check-circle",
        Some(Action::ReadApprovals),
    ),
    ("nav-orders", "/vendor/orders", "card", Some(Action::ReadOrders)),
    (
        "nav-exceptions",
        "/vendor/exceptions",
        "forward",
        Some(Action::ReadExceptions),
    ),
    (
        "nav-provisioning",
        "/vendor/provisioning",
        "gear",
        Some(Action::ReadProvisioning),
    ),
    (
        "nav-shipments",
        "/vendor/shipments",
        "send",
        Some(Action::ReadShipments),
    ),
    (
        "nav-longer",
        "/vendor/device-extensions",
        "clock",
        Some(Action::ReadShipments),
    ),
    ("nav-returns", "/vendor/returns", "inbox", Some(Action::ReadShipments)),
    ("nav-removals", "/vendor/removals", "hourglass", Some(Action::ReadHolds)),
    (
        "nav-partners",
        "/vendor/partners",
        "building",
        Some(Action::ReadPartners),
    ),
    ("nav-team", "/team", "person", Some(Action::ReadPeople)),
    ("nav-record", "/record", "clock", Some(Action::ReadOwnRecord)),
];

/// The ways of somebody, as far as there is something at their end.
pub(crate) fn ways(console: &Console, actor: &Actor, here: &str, words: &Words) -> Vec<Way> {
    let places: &[Place] = if actor.is_partner() {
        OF_PARTNERS
    } else if actor.is_customer() {
        OF_CUSTOMERS
    } else {
        OF_THE_VENDOR
    };
    let now = console.app.clock.now();
    let may = |action: Option<Action>| action.is_none_or(|action| policy::allow(actor, action, now).is_ok());
    let path = here.split('?').next().unwrap_or_default();
    // A customer's or a trial's record belongs to that page, not to the company's own.
    let whole = path != "/record" || !here.contains("customer=") && !here.contains("trial=");
    places
        .iter()
        .filter(|(_, _, _, action)| may(*action))
        .map(|(label, url, icon, _)| Way {
            label: words.say(label),
            url,
            icon,
            current: path.starts_with(url) && whole,
        })
        .collect()
}
