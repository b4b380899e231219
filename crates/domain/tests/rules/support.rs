//! A program made by hand, zones and instants, and the forms that a start sends.

use domain::{
    ids::{OrgId, PersonId},
    program::{
        Allowance, Availability, Carrier, Contacts, Country, DeviceType, Localized, Policy, Program, QuantityRule,
        Region, Service, Vertical,
    },
    refusal::{Code, FieldError, ServiceReason},
    trial::{CustomerInput, DeviceLine, DevicesInput, MeetingsInput, ShipTo, StartInput},
};
use jiff::{
    Timestamp,
    civil::{Date, DateTime, time},
    tz::{TimeZone, TimeZoneDatabase},
};

pub(crate) const PARIS: &str = "Europe/Paris";
pub(crate) const LOS_ANGELES: &str = "America/Los_Angeles";
pub(crate) const TAIPEI: &str = "Asia/Taipei";
pub(crate) const KIRITIMATI: &str = "Pacific/Kiritimati";
pub(crate) const CAIRO: &str = "Africa/Cairo";

/// The bundled zone, so that no test depends on the machine.
pub(crate) fn zone(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled().get(name).expect("a known zone")
}

pub(crate) fn is_zone(name: &str) -> bool {
    TimeZoneDatabase::bundled().get(name).is_ok()
}

pub(crate) fn utc(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// A wall clock time in a zone, by jiff's own arithmetic and not by the domain's.
pub(crate) fn local(text: &str, zone_name: &str) -> Timestamp {
    let wall: DateTime = text.parse().expect("a wall clock time");
    wall.to_zoned(zone(zone_name)).expect("a time in the zone").timestamp()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

pub(crate) fn ids(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

pub(crate) fn org(tail: &str) -> OrgId {
    OrgId::new("eu", tail)
}

pub(crate) fn person(tail: &str) -> PersonId {
    PersonId::new("eu", tail)
}

pub(crate) fn pointers(errors: &[FieldError]) -> Vec<(&str, Code)> {
    errors
        .iter()
        .map(|error| (error.pointer.as_str(), error.code))
        .collect()
}

pub(crate) fn reason(service: &str, why: &str) -> ServiceReason {
    ServiceReason {
        service: service.to_owned(),
        reason: why.to_owned(),
        possible_from: None,
    }
}

fn text(en: &str) -> Localized {
    Localized {
        en: en.to_owned(),
        fr: format!("{en} (fr)"),
        zh_hant: format!("{en} (zh)"),
    }
}

pub(crate) fn service(id: &str) -> Service {
    Service {
        id: id.to_owned(),
        name: id.to_owned(),
        also_known_as: Vec::new(),
        includes: Vec::new(),
        good_for: text(id),
        requires: Vec::new(),
        quantity: None,
        duration_days: None,
        needs_approval: false,
        suspended_in_grace: false,
        site: false,
        numbers: false,
        devices: false,
    }
}

fn services() -> Vec<Service> {
    vec![
        service("messaging"),
        Service {
            site: true,
            ..service("meetings")
        },
        Service {
            numbers: true,
            also_known_as: ids(&["spark-call", "webex-call"]),
            ..service("calling")
        },
        Service {
            requires: ids(&["calling"]),
            quantity: Some(5),
            duration_days: Some(90),
            ..service("attendant-console")
        },
        Service {
            needs_approval: true,
            suspended_in_grace: true,
            ..service("contact-center")
        },
        Service {
            devices: true,
            ..service("devices")
        },
    ]
}

fn country(id: &str, region: &str, availability: Availability, time_zone: &str) -> Country {
    Country {
        id: id.to_owned(),
        name: id.to_owned(),
        region: region.to_owned(),
        availability,
        time_zone: time_zone.to_owned(),
        return_carrier: "dhl".to_owned(),
        numbers: domain::setup::NumbersCase::Open,
    }
}

fn countries() -> Vec<Country> {
    vec![
        country("FR", "eu", Availability::Supported, PARIS),
        country("EG", "eu", Availability::Supported, CAIRO),
        country("US", "us", Availability::Supported, LOS_ANGELES),
        country("TW", "sg", Availability::Supported, TAIPEI),
        country("KI", "sg", Availability::Supported, KIRITIMATI),
        country("BY", "eu", Availability::Review, "Europe/Minsk"),
        country("CU", "us", Availability::Restricted, "America/Havana"),
        country("AQ", "us", Availability::NoResidentBusiness, "Antarctica/McMurdo"),
    ]
}

/// Every `[policy]` value of the rules, at its default.
fn policy() -> Policy {
    Policy {
        consent_days: 10,
        consent_sendings_per_hour: 5,
        day_email_time: time(9, 0, 0, 0),
        reminder_days: 7,
        grace_days: 30,
        number_rest_days: 15,
        site_rest_days: 90,
        cancelled_organization_days: 30,
        extension_limit: None,
        extension_in_grace: true,
        extension_needs_approval: false,
        trials_per_service: None,
        rest_between_trials_days: 0,
        allowance_tier_1: Allowance::default(),
        allowance_tier_2: Allowance::default(),
        order_closes_after_days: 30,
        order_reminder_days: vec![7, 20, 27],
        new_numbers_limit: 10,
        registration_licenses: 10,
        device_days: 120,
        return_opens_before_days: 14,
        return_due_after_days: 14,
        overdue_reminder_days: vec![1, 7, 14],
        overdue_reminder_every_days: 7,
    }
}

/// A small program with the defaults of the shipped one.
pub(crate) fn program() -> Program {
    let region = |id: &str| Region {
        id: id.to_owned(),
        name: text(id),
    };
    let device = |id: &str, max: u32| DeviceType {
        id: id.to_owned(),
        name: id.to_owned(),
        max,
        needs_poe: true,
    };
    Program {
        id: "by-hand".to_owned(),
        version: 7,
        services: services(),
        durations: vec![30, 60, 90],
        default_duration: 30,
        extension_days: vec![30],
        license_quantity: QuantityRule {
            min: 1,
            max: 1000,
            default: 100,
        },
        device_types: vec![device("desk-phone", 5), device("board", 1)],
        regions: vec![region("eu"), region("us"), region("sg")],
        countries: countries(),
        verticals: vec![Vertical {
            id: "media".to_owned(),
            name: text("Media"),
        }],
        carriers: vec![Carrier {
            id: "dhl".to_owned(),
            name: "DHL".to_owned(),
            new_labels: false,
            steps: vec![text("Call for a pick-up")],
            phone: None,
            url: None,
        }],
        number_providers: Vec::new(),
        contacts: Contacts {
            device_extensions: "extensions@vendor.example".to_owned(),
            information: "info@vendor.example".to_owned(),
        },
        policy: policy(),
    }
}

#[test]
fn prog_1_the_program_made_by_hand_could_be_published() {
    assert_eq!(program().check(), [], "PROG-1");
}

fn some(value: &str) -> Option<String> {
    Some(value.to_owned())
}

/// START-1: the form of a customer, in order.
pub(crate) fn customer() -> CustomerInput {
    CustomerInput {
        id: None,
        name: some("Société Lumière"),
        admin_email: some("it@lumiere.example"),
        vertical: some("media"),
        country: some("FR"),
        time_zone: None,
        language: some("fr"),
        supported_location_acknowledged: Some(true),
        expect: None,
    }
}

/// A start that is in order, with what its services ask.
pub(crate) fn form(services: &[&str]) -> StartInput {
    StartInput {
        customer: Some(customer()),
        services: Some(ids(services)),
        license_quantity: None,
        duration_days: None,
        meetings: services.contains(&"meetings").then(meetings),
        devices: services.contains(&"devices").then(devices),
    }
}

pub(crate) fn meetings() -> MeetingsInput {
    MeetingsInput {
        site: some("lumiere"),
        time_zone: None,
    }
}

/// DEV-1: two phones, with an address.
pub(crate) fn devices() -> DevicesInput {
    DevicesInput {
        skip: None,
        ship: Some(vec![DeviceLine {
            device_type: some("desk-phone"),
            quantity: Some(2),
        }]),
        site_has_poe: Some(true),
        registration_licenses: None,
        ship_to: Some(ShipTo {
            name: some("Lumière"),
            lines: Some(ids(&["1 rue du Premier-Film"])),
            city: some("Lyon"),
            postal_code: some("69008"),
            country: some("FR"),
            phone: some("+33 4 00 00 00 00"),
        }),
    }
}
