//! The shipped program says what the rules say.

use domain::program::{Allowance, Availability, Program, Service};
use jiff::civil::time;

use super::shipped;

#[test]
fn start_2_shipped_services_are_as_announced() {
    let program = shipped();
    assert_eq!((program.id.as_str(), program.version), ("webex-enterprise", 1));
    let services: Vec<(&str, &str)> = program
        .services
        .iter()
        .map(|s| (s.id.as_str(), s.name.as_str()))
        .collect();
    let expected = [
        ("messaging", "Webex Messaging"),
        ("meetings", "Webex Meetings"),
        ("calling", "Webex Calling"),
        ("attendant-console", "Webex Attendant Console"),
        ("contact-center", "Webex Contact Center"),
        ("devices", "Webex Devices"),
    ];
    assert_eq!(services, expected);
}

#[test]
fn start_2_shipped_services_ask_for_what_they_need() {
    let program = shipped();
    let with = |flag: fn(&Service) -> bool| -> Vec<&str> {
        program
            .services
            .iter()
            .filter(|service| flag(service))
            .map(|service| service.id.as_str())
            .collect()
    };
    assert_eq!(with(|s| s.site), ["meetings"]);
    assert_eq!(with(|s| s.numbers), ["calling"]);
    assert_eq!(with(|s| s.devices), ["devices"]);
    assert_eq!(with(|s| s.needs_approval), ["contact-center"]);
    assert_eq!(with(|s| s.suspended_in_grace), [""; 0]);
    let console = program.service("attendant-console").expect("the console");
    assert_eq!((console.quantity, console.duration_days), (Some(5), Some(90)));
    assert_eq!(
        program.with_required(&["attendant-console".to_owned()]),
        ["calling", "attendant-console"]
    );
    let meetings = program.service("meetings").expect("meetings");
    for (included, word) in meetings
        .includes
        .iter()
        .zip(["Hybrid calendar", "1,000 participants", "Assistant"])
    {
        assert!(included.en.contains(word), "{}", included.en);
    }
}

#[test]
fn elig_1_shipped_calling_has_both_older_names() {
    assert_eq!(
        shipped().service("calling").expect("calling").also_known_as,
        ["spark-call", "webex-call"]
    );
}

#[test]
fn start_3_start_4_ext_1_shipped_lengths_and_quantities() {
    let program = shipped();
    assert_eq!(program.durations, [30, 60, 90]);
    assert_eq!(program.default_duration, 30);
    assert_eq!(program.extension_days, [30]);
    let quantity = &program.license_quantity;
    assert_eq!((quantity.min, quantity.max, quantity.default), (1, 1000, 100));
}

#[test]
fn cons_2_time_3_exp_3_elig_4_shipped_policy_of_trials() {
    let policy = shipped().policy;
    assert_eq!(
        (policy.consent_days, policy.consent_sendings_per_hour),
        (10, 5),
        "CONS-2, CONS-7"
    );
    assert_eq!(
        (policy.day_email_time, policy.reminder_days),
        (time(9, 0, 0, 0), 7),
        "TIME-3, EXP-1"
    );
    assert_eq!((policy.grace_days, policy.number_rest_days), (30, 15), "EXP-3, EXP-5");
    assert_eq!(
        (policy.site_rest_days, policy.cancelled_organization_days),
        (90, 30),
        "START-5, CANC-2"
    );
    assert_eq!(policy.extension_limit, None, "EXT-3");
    assert!(policy.extension_in_grace && !policy.extension_needs_approval, "EXT-3");
    assert_eq!(
        (policy.trials_per_service, policy.rest_between_trials_days),
        (None, 0),
        "ELIG-4"
    );
    assert_eq!(policy.allowance_tier_1, Allowance::default(), "ELIG-5");
    assert_eq!(policy.allowance_tier_2, Allowance::default(), "ELIG-5");
}

#[test]
fn conv_7_setup_2_dev_1_dev_5_dev_6_shipped_policy_of_orders_and_devices() {
    let policy = shipped().policy;
    assert_eq!(policy.order_closes_after_days, 30, "CONV-7");
    assert_eq!(policy.order_reminder_days, [7, 20, 27], "CONV-7");
    assert_eq!(
        (policy.new_numbers_limit, policy.registration_licenses),
        (10, 10),
        "SETUP-2, DEV-1"
    );
    assert_eq!(policy.device_days, 120, "DEV-5");
    assert_eq!(
        (policy.return_opens_before_days, policy.return_due_after_days),
        (14, 14),
        "DEV-6"
    );
    assert_eq!(policy.overdue_reminder_days, [1, 7, 14], "DEV-6");
    assert_eq!(policy.overdue_reminder_every_days, 7, "DEV-6");
}

#[test]
fn reg_1_reg_3_shipped_countries_lead_to_regions() {
    let program = shipped();
    let regions: Vec<&str> = program.regions.iter().map(|region| region.id.as_str()).collect();
    assert_eq!(regions, ["eu", "us", "uk", "ca", "au", "sg", "jp", "ae", "sa"]);
    assert_eq!(program.countries.len(), 249);
    let place = |id: &str| {
        program
            .country(id)
            .map(|country| (country.region.as_str(), country.availability))
    };
    assert_eq!(place("FR"), Some(("eu", Availability::Supported)));
    assert_eq!(place("TW"), Some(("sg", Availability::Supported)));
    assert_eq!(place("CN"), Some(("sg", Availability::Review)));
    assert_eq!(place("KP"), Some(("sg", Availability::Restricted)));
    assert_eq!(place("AQ"), Some(("us", Availability::NoResidentBusiness)));
}

#[test]
fn time_1_every_shipped_zone_resolves() {
    let program = shipped();
    for country in &program.countries {
        let zone = jiff::tz::TimeZoneDatabase::bundled().get(&country.time_zone);
        assert!(zone.is_ok(), "{}: {}", country.id, country.time_zone);
        assert!(
            jiff::tz::TimeZone::get(&country.time_zone).is_ok(),
            "{}: {}",
            country.id,
            country.time_zone
        );
    }
    let zone = |id: &str| program.country(id).map(|country| country.time_zone.as_str());
    assert_eq!(zone("US"), Some("America/New_York"));
    assert_eq!(zone("AU"), Some("Australia/Sydney"));
    assert_eq!(zone("PT"), Some("Europe/Lisbon"));
    assert_eq!(
        zone("BV"),
        Some("Europe/Oslo"),
        "nobody lives there, and tz has no zone for it"
    );
}

#[test]
fn dev_7_shipped_ways_back() {
    let program = shipped();
    let ways = [
        ("US", "ups"),
        ("CA", "dhl"),
        ("FR", "dhl"),
        ("SA", "dhl"),
        ("ZA", "dhl"),
        ("RU", "dhl"),
    ];
    let others = [
        ("AU", "expeditors"),
        ("NZ", "trials-team"),
        ("JP", "trials-team"),
        ("BR", "trials-team"),
    ];
    for (country, carrier) in ways.into_iter().chain(others) {
        assert_eq!(
            program.country(country).map(|c| c.return_carrier.as_str()),
            Some(carrier),
            "{country}"
        );
    }
    let carriers: Vec<(&str, bool)> = program
        .carriers
        .iter()
        .map(|c| (c.name.as_str(), c.new_labels))
        .collect();
    assert_eq!(
        carriers,
        [
            ("UPS", true),
            ("DHL", false),
            ("Expeditors", false),
            ("Webex trials team", false)
        ]
    );
}

#[test]
fn ext_4_dev_3_dev_9_shipped_devices_and_contacts() {
    let program = shipped();
    assert_eq!(
        program.contacts.device_extensions,
        "Webextrials_deviceextensions@cisco.com"
    );
    assert_eq!(program.contacts.information, "webextrials_info@cisco.com");
    let poe: Vec<&str> = program
        .device_types
        .iter()
        .filter(|d| d.needs_poe)
        .map(|d| d.id.as_str())
        .collect();
    assert_eq!(poe, ["desk-phone", "conference-phone"]);
    assert!(
        program
            .device_types
            .iter()
            .any(|device| device.id == "desk-phone" && device.max == 5)
    );
}

#[test]
fn start_1_shipped_verticals() {
    let program = shipped();
    let verticals: Vec<&str> = program.verticals.iter().map(|vertical| vertical.id.as_str()).collect();
    assert!(verticals.contains(&"technology") && verticals.contains(&"media"));
    assert_eq!(verticals.last(), Some(&"other"));
}

#[test]
fn prog_1_shipped_program_survives_json() {
    let program = shipped();
    let json = serde_json::to_string(&program).expect("a program can be written");
    assert_eq!(serde_json::from_str::<Program>(&json).expect("and read"), program);
    assert_eq!(program.check(), []);
}
