//! Every email in every language (NOTE-2), what each says, and what hostile names cannot do to it (SEC-3).

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod devices;
mod every;
mod hostile;
mod wording;

use delivery::{Brand, Letter};
use domain::ids::TrialId;
use domain::notify::{Audience, Facts, MessageKind};
use i18n::Language;
use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;

fn brand() -> Brand {
    Brand {
        vendor_name: "Vela".to_owned(),
        support_url: None,
        legal_url: None,
        agreement_url: None,
        free_plan_url: None,
        colour: "#1f5fbf".to_owned(),
        from: "trials@vela.example".to_owned(),
    }
}

fn letter<'a>(kind: MessageKind, audience: Audience, facts: &'a Facts, brand: &'a Brand) -> Letter<'a> {
    Letter {
        kind,
        audience,
        language: Language::En,
        zone: TimeZone::get("Europe/Paris").unwrap(),
        customer_zone: TimeZone::get("Europe/Paris").unwrap(),
        recipient_name: None,
        trial_id: Some(TrialId::new("eu", "1")),
        reference: "R-1".to_owned(),
        decides: true,
        customer_name: "Lumière".to_owned(),
        erased: false,
        partner_name: "Réseau".to_owned(),
        actor_name: None,
        services: vec!["Calling".to_owned()],
        added: Vec::new(),
        gathered: Vec::new(),
        removed: Vec::new(),
        dropped: Vec::new(),
        at: Timestamp::UNIX_EPOCH,
        facts,
        devices: delivery::Devices::default(),
        line: None,
        action_url: Some("https://trials.example/x".to_owned()),
        brand,
    }
}

fn ending() -> Facts {
    Facts {
        ends_on: Some(date(2027, 2, 14)),
        grace_ends_on: Some(date(2027, 3, 16)),
        days_left: Some(7),
        ..Facts::default()
    }
}
