//! START-2: a service that waits for the trials team.

use crate::{
    given::given,
    support::{PARIS, utc},
    world::World,
};
use domain::{
    notify::{Audience, MessageKind},
    refusal::Code,
    trial::{Decision, ServiceState, Status, Subject},
};

fn first_state(world: &World) -> ServiceState {
    world.trial.services[0].state
}

fn on(service: &str, approved: bool) -> Decision {
    let reason = Some("because".to_owned());
    Decision {
        subject: Subject::Service { id: service.to_owned() },
        approved,
        reason,
    }
}

fn waiting() -> World {
    given(&["messaging", "contact-center"], PARIS, utc("2027-01-15T09:30:00Z")).start()
}

#[test]
fn start_2_a_service_waits_for_its_approval_and_the_trial_with_it() {
    let mut world = waiting();
    assert_eq!(world.status(), Status::PendingApproval, "START-2");
    assert_eq!(first_state(&world), ServiceState::Waiting, "START-2: nothing runs yet");
    world.pass_days(2);
    world.must(|trial, at| trial.decide_approval(&on("contact-center", true), (&[], false), at));
    assert_eq!(
        (world.status(), world.term().starts_on.to_string().as_str()),
        (Status::Active, "2027-01-17"),
        "START-2, PROV-1"
    );
    let told = &world.mails(MessageKind::ApprovalDecided)[0].message;
    assert_eq!(
        (told.audience, told.line.as_deref()),
        (Audience::PartnerAdministrators, Some("because")),
        "START-2"
    );
}

#[test]
fn start_2_refused_the_others_go_on() {
    let mut world = waiting();
    world.must(|trial, at| trial.decide_approval(&on("contact-center", false), (&[], false), at));
    assert_eq!(world.trial.service_ids(), ["messaging"], "START-2");
    assert_eq!(world.status(), Status::Active, "START-2");
}

#[test]
fn start_2_refused_the_only_one_ends_the_trial() {
    let mut world = given(&["contact-center"], PARIS, utc("2027-01-15T09:30:00Z")).start();
    world.must(|trial, at| trial.decide_approval(&on("contact-center", false), (&[], true), at));
    assert_eq!(world.status(), Status::Cancelled, "START-2");
    let twice = world.refused(|trial, at| trial.decide_approval(&on("contact-center", true), (&[], true), at));
    assert_eq!(twice.code, Code::AlreadyDecided, "START-2");
}

#[test]
fn start_2_refused_what_requires_it_goes_too() {
    let wallboard = domain::program::Service {
        requires: vec!["contact-center".to_owned()],
        ..crate::support::service("wallboard")
    };
    let mut world = given(&["messaging", "wallboard"], PARIS, utc("2027-01-15T09:30:00Z"))
        .program(|program| program.services.push(wallboard))
        .start();
    world.must(|trial, at| trial.decide_approval(&on("contact-center", false), (&[], false), at));
    assert_eq!(world.trial.service_ids(), ["messaging"], "START-2");
}

#[test]
fn start_2_an_approval_never_comes_before_consent() {
    let mut world = given(&["contact-center"], PARIS, utc("2027-01-15T09:30:00Z"))
        .asked()
        .start();
    for _ in 0..2 {
        let early = world.refused(|trial, at| trial.decide_approval(&on("contact-center", true), (&[], false), at));
        assert_eq!(early.code, Code::AlreadyDecided, "START-2, CONS-3 {:?}", world.status());
        if world.status() == Status::PendingConsent {
            world = world.accepted();
        }
    }
    let mut world = world.confirmed();
    assert_eq!(world.status(), Status::PendingApproval, "START-2");
    world.must(|trial, at| trial.decide_approval(&on("contact-center", true), (&[], false), at));
    assert_eq!(world.status(), Status::Active, "START-2");
}
