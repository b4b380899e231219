//! NOTE-3: the emails by name, and what may stand in a message.

use crate::{
    given::{example, given, yes},
    support::{PARIS, utc},
};
use domain::{
    notify::MessageKind,
    trial::{CancelledBy, ConsentGiven, Edit, Extend, Outcome},
};
use std::collections::BTreeSet;

/// The kinds of `GET /mailbox` that the trunk knows; orders, devices, digests and people come later.
const KINDS: [&str; 17] = [
    "consent_request",
    "consent_resent",
    "consent_accepted",
    "consent_declined",
    "consent_lapsed",
    "trial_started",
    "welcome",
    "provisioning_failed",
    "expiry_reminder",
    "expiry_notice",
    "access_ended",
    "extended",
    "services_changed",
    "cancelled",
    "approval_requested",
    "approval_decided",
    "access_changed",
];

#[test]
fn note_3_the_emails_have_the_names_of_the_mailbox() {
    let names: Vec<_> = MessageKind::ALL.iter().map(|kind| kind.as_str()).collect();
    for name in KINDS {
        assert!(names.contains(&name), "NOTE-3: {name}");
        let kind = MessageKind::parse(name).expect("a kind");
        assert_eq!(kind.as_str(), name, "NOTE-3");
        assert_eq!(
            serde_json::to_value(kind).expect("json"),
            name,
            "NOTE-3: one name everywhere"
        );
    }
    assert_eq!(MessageKind::parse("spam"), None, "NOTE-3");
}

/// Every life that writes an email, and which it wrote.
fn written() -> BTreeSet<&'static str> {
    let mut asked = example().asked().start();
    asked.must(|trial, at| trial.resend_consent(at));
    let mut lapsed = example().asked().start();
    lapsed.pass_days(11);
    let mut declined = example().asked().start();
    declined.must(|trial, at| trial.decline(None, at));
    let mut life = example().external().asked().start().accepted().confirmed();
    life.must(|trial, at| trial.provisioned("messaging", Outcome::Failed, at));
    life.must(|trial, at| trial.provisioned("calling", Outcome::Done, at));
    life.pass_days(1);
    life.must(|trial, at| trial.extend(&Extend::default(), at));
    let added = Edit {
        services: Some(crate::support::ids(&["messaging", "calling", "contact-center"])),
        ..Edit::default()
    };
    life.must(|trial, at| trial.edit(&added, |_| Vec::new(), &[], at));
    let subject = life.trial.awaiting().remove(0);
    let decision = domain::trial::Decision {
        subject,
        approved: false,
        reason: None,
    };
    life.must(|trial, at| trial.decide_approval(&decision, (&[], false), at));
    life.pass_days(100);
    let mut cancelled = example().start();
    cancelled.must(|trial, at| trial.cancel(CancelledBy::Customer, None, true, at));
    let worlds = [asked, lapsed, declined, life, cancelled];
    worlds
        .iter()
        .flat_map(|world| world.sent.iter().map(|sent| sent.message.kind.as_str()))
        .collect()
}

#[test]
fn note_3_every_email_of_a_trial_is_written_by_something() {
    // CONS-8: a relationship's own message; no trial writes it.
    let expected: BTreeSet<_> = KINDS.into_iter().filter(|kind| *kind != "access_changed").collect();
    assert_eq!(written(), expected, "NOTE-3");
}

#[test]
fn note_3_an_email_names_the_trials_services_and_its_date() {
    let mut world = example().start();
    world.pass_days(100);
    for sent in &world.sent {
        let facts = &sent.message.facts;
        assert_eq!(
            facts.services,
            ["messaging", "calling"],
            "NOTE-3, NOTE-2 {:?}",
            sent.message.kind
        );
        assert!(
            facts.ends_on.is_some(),
            "NOTE-3, NOTE-2: the date {:?}",
            sent.message.kind
        );
    }
}

#[test]
fn exp_9_events_hold_no_personal_words() {
    let words = ["lumiere", "Lumière", "192.0.2.7", "secret line"];
    let mut world = given(&["meetings", "devices"], PARIS, utc("2027-01-15T09:30:00Z"))
        .asked()
        .start();
    let given = ConsentGiven {
        from: Some("192.0.2.7".to_owned()),
        ..yes()
    };
    world.must(|trial, at| trial.accept(&given, Vec::new(), at));
    let mut world = world.confirmed();
    world.must(|trial, at| trial.remind(Some("secret line".to_owned()), at));
    world.must(|trial, at| trial.cancel(CancelledBy::Partner, Some("secret line".to_owned()), true, at));
    let events = serde_json::to_string(&(&world.events, &world.trial)).expect("json");
    for word in words {
        assert!(
            !events.contains(word),
            "EXP-9: {word} lies beside the record, where it can be erased"
        );
    }
    assert_eq!(
        world.first.texts.get("site").map(String::as_str),
        Some("lumiere"),
        "EXP-9: beside"
    );
}
