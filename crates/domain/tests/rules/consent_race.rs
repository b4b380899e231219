//! CONS-6: several partners ask for the same service.

use crate::{
    given::{example, given, yes},
    support::{PARIS, ids, reason, utc},
    world::World,
};
use domain::{
    notify::{Audience, MessageKind},
    refusal::Code,
    trial::{ConsentGiven, Status},
};

fn asked() -> World {
    example().asked().start()
}

#[test]
fn cons_6_what_was_taken_meanwhile_is_named_and_the_rest_needs_a_yes() {
    let mut world = asked();
    let taken = || vec![reason("calling", "unavailable")];
    let refusal = world.refused(|trial, at| trial.accept(&yes(), taken(), at));
    assert_eq!(refusal.code, Code::ServicesChanged, "CONS-6");
    assert_eq!(refusal.services, taken(), "CONS-6: named");
    world.must(|trial, at| {
        trial.accept(
            &ConsentGiven {
                accept_reduced: true,
                ..yes()
            },
            taken(),
            at,
        )
    });
    assert_eq!(world.trial.service_ids(), ["messaging"], "CONS-6: the rest goes on");
    let facts = &world.mails(MessageKind::ConsentAccepted)[0].message.facts;
    assert_eq!(
        (&facts.services, &facts.removed),
        (&ids(&["messaging"]), &ids(&["calling"])),
        "CONS-6: and is told"
    );
}

#[test]
fn cons_6_nothing_left_is_nothing_to_accept() {
    let world = given(&["calling"], PARIS, utc("2027-01-15T09:30:00Z")).asked().start();
    let reduced = ConsentGiven {
        accept_reduced: true,
        ..yes()
    };
    let refusal = world.refused(|trial, at| trial.accept(&reduced, vec![reason("calling", "unavailable")], at));
    assert_eq!(refusal.code, Code::ServicesChanged, "CONS-6");
}

#[test]
fn cons_6_what_requires_a_taken_service_goes_with_it() {
    let mut world = given(&["messaging", "attendant-console"], PARIS, utc("2027-01-15T09:30:00Z"))
        .asked()
        .start();
    let reduced = ConsentGiven {
        accept_reduced: true,
        ..yes()
    };
    world.must(|trial, at| trial.accept(&reduced, vec![reason("calling", "unavailable")], at));
    assert_eq!(
        world.trial.service_ids(),
        ["messaging"],
        "CONS-6: no console without calling"
    );
}

#[test]
fn cons_6_requests_of_which_nothing_is_left_are_closed_with_the_reason() {
    let mut world = asked();
    let part = world.trial.close_request(&ids(&["calling"]), &world.at());
    assert_eq!(part, None, "CONS-6: messaging is left");
    let all = ids(&["calling", "messaging", "meetings"]);
    world.must(|trial, at| Ok(trial.close_request(&all, at).expect("closed")));
    assert_eq!(world.status(), Status::Declined, "CONS-6");
    let told = &world.mails(MessageKind::ConsentDeclined)[0].message;
    assert_eq!(told.facts.outcome.as_deref(), Some("services_taken"), "CONS-6");
    assert_eq!(told.audience, Audience::PartnerAdministrators, "CONS-6");
    assert_eq!(world.trial.close_request(&all, &world.at()), None, "CONS-6: once");
}

#[test]
fn cons_6_a_request_whose_rest_requires_what_was_taken_is_closed_too() {
    let world = given(&["attendant-console"], PARIS, utc("2027-01-15T09:30:00Z"))
        .asked()
        .start();
    let closed = world.trial.close_request(&ids(&["calling"]), &world.at());
    assert!(
        closed.is_some(),
        "CONS-6: nobody could accept a console without calling"
    );
}

#[test]
fn cons_6_an_accepted_trial_is_no_request_to_close() {
    let world = asked().accepted();
    assert_eq!(
        world.trial.close_request(&ids(&["calling", "messaging"]), &world.at()),
        None,
        "CONS-6"
    );
    assert_eq!(world.trial.close_request_of_closed(&world.at()), None, "CONS-6");
    assert!(
        asked().trial.close_request_of_closed(&asked().at()).is_some(),
        "EXP-4: the organization closed"
    );
}
