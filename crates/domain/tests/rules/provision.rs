//! PROV, START-2: approvals and the provisioner.

use crate::{
    given::{example, given},
    support::{CAIRO, KIRITIMATI, LOS_ANGELES, PARIS, local, utc},
    world::World,
};
use domain::{
    notify::{Audience, MessageKind},
    refusal::Code,
    trial::{CancelledBy, Change, Details, Devices, Meetings, Origin, Outcome, ServiceState, Status},
};

fn states(world: &World) -> Vec<(&str, ServiceState)> {
    world
        .trial
        .services
        .iter()
        .map(|service| (service.id.as_str(), service.state))
        .collect()
}

fn answer(world: &mut World, service: &str, outcome: Outcome) -> Change {
    world.must(|trial, at| trial.provisioned(service, outcome, at))
}

fn started_on(world: &World) -> String {
    world.term().starts_on.to_string()
}

#[test]
fn prov_1_the_partner_confirms_changes_or_completes_in_one_step() {
    let mut world = given(&["meetings", "devices"], PARIS, utc("2027-01-15T09:30:00Z"))
        .form(|input| (input.meetings, input.devices) = (None, None))
        .asked()
        .start()
        .accepted();
    let refusal = world.refused(|trial, at| trial.confirm_details(Details::default(), false, at));
    assert_eq!(
        crate::support::pointers(&refusal.errors),
        [
            ("/meetings/site", Code::SiteRequired),
            ("/devices", Code::DevicesRequired)
        ],
        "PROV-1: what is lacking is named"
    );
    let devices = Devices {
        skip: None,
        ship: Vec::new(),
        site_has_poe: None,
        registration_licenses: 25,
        country: None,
    };
    let details = Details {
        zone: Some(CAIRO.to_owned()),
        meetings: Some((
            Meetings {
                time_zone: PARIS.to_owned(),
            },
            "lumiere".to_owned(),
        )),
        devices: Some((devices, None)),
    };
    let change = world.must(|trial, at| trial.confirm_details(details, false, at));
    assert_eq!(world.trial.zone, CAIRO, "PROV-1");
    assert_eq!(
        world.trial.services[1].quantity, 25,
        "PROV-1: devices carry their own count"
    );
    assert_eq!(
        change.texts.get("site").map(String::as_str),
        Some("lumiere"),
        "PROV-1: the name lies beside"
    );
    assert_eq!(world.status(), Status::Active, "PROV-1");
}

#[test]
fn prov_1_what_was_given_with_the_request_stays() {
    let world = given(&["meetings", "devices"], PARIS, utc("2027-01-15T09:30:00Z"))
        .asked()
        .start();
    let (meetings, devices) = (world.trial.meetings.clone(), world.trial.devices.clone());
    let world = world.accepted().confirmed();
    assert_eq!(
        (world.trial.meetings, world.trial.devices),
        (meetings, devices),
        "PROV-1: confirmed as it was"
    );
}

#[test]
fn prov_1_details_without_their_service_and_out_of_turn_are_refused() {
    let world = example().asked().start();
    let early = world.refused(|trial, at| trial.confirm_details(Details::default(), false, at));
    assert_eq!(early.code, Code::WrongStatus, "PROV-1: consent comes first");
    let world = world.accepted();
    let block = Details {
        meetings: Some((
            Meetings {
                time_zone: PARIS.to_owned(),
            },
            "x".into(),
        )),
        ..Details::default()
    };
    let refusal = world.refused(|trial, at| trial.confirm_details(block, false, at));
    assert_eq!(refusal.errors[0].code, Code::BlockWithoutService, "PROV-1");
    let world = world.confirmed();
    let again = world.refused(|trial, at| trial.confirm_details(Details::default(), false, at));
    assert_eq!(again.code, Code::WrongStatus, "PROV-1: in one step");
}

#[test]
fn prov_1_the_days_count_from_the_day_of_confirming_not_of_asking() {
    let mut world = example().asked().start();
    world.pass_days(5);
    let mut world = world.accepted();
    world.pass_days(3);
    assert_eq!(started_on(&world.confirmed()), "2027-01-23", "PROV-1");
}

#[test]
fn prov_1_the_days_count_from_the_last_service_that_was_provisioned() {
    for (zone, last, starts_on) in [
        (PARIS, "2027-01-18T23:59:59.999999", "2027-01-18"),
        (LOS_ANGELES, "2027-01-18T00:00", "2027-01-18"),
        (KIRITIMATI, "2027-01-18T23:59:59", "2027-01-18"),
    ] {
        let mut world = given(&["messaging", "calling"], zone, local("2027-01-15T12:00", zone))
            .external()
            .start();
        answer(&mut world, "calling", Outcome::Done);
        assert_eq!(world.status(), Status::Provisioning, "PROV-1 {zone}: one is missing");
        world.pass_to(local(last, zone));
        answer(&mut world, "messaging", Outcome::Done);
        assert_eq!(world.status(), Status::Active, "PROV-1 {zone}");
        assert_eq!(started_on(&world), starts_on, "PROV-1 {zone}");
        assert_eq!(world.term().ends_on.to_string(), "2027-02-17", "PROV-1 {zone}");
    }
}

#[test]
fn prov_1_what_cannot_be_provisioned_does_not_count() {
    let mut world = example().external().start();
    answer(&mut world, "messaging", Outcome::Done);
    let provisioned_at = world.now;
    world.pass_days(3);
    answer(&mut world, "calling", Outcome::Failed);
    assert_eq!(world.status(), Status::Active, "PROV-1: it goes on without");
    assert_eq!(
        started_on(&world),
        "2027-01-15",
        "PROV-1: the day on which messaging was provisioned"
    );
    assert_eq!(world.term().started_at, provisioned_at, "PROV-1");
    assert_eq!(
        states(&world)[1],
        ("calling", ServiceState::Failed),
        "PROV-1: and is shown"
    );
    let told = world.mails(MessageKind::ProvisioningFailed);
    assert_eq!(told[0].message.audience, Audience::PartnerAdministrators, "PROV-1");
    assert_eq!(told[0].message.facts.removed, ["calling"], "PROV-1: by name");
}

#[test]
fn prov_1_a_trial_of_nothing_does_not_begin() {
    let mut world = example().external().start();
    answer(&mut world, "messaging", Outcome::Failed);
    answer(&mut world, "calling", Outcome::Failed);
    assert_eq!(world.status(), Status::Provisioning, "PROV-1");
    world.pass_days(2);
    answer(&mut world, "calling", Outcome::Done);
    assert_eq!(
        (world.status(), started_on(&world).as_str()),
        (Status::Active, "2027-01-17"),
        "PROV-1: retried"
    );
}

#[test]
fn prov_1_what_is_mended_later_does_not_move_the_days() {
    let mut world = example().external().start();
    answer(&mut world, "messaging", Outcome::Done);
    answer(&mut world, "calling", Outcome::Failed);
    let term = world.term().clone();
    world.pass_days(4);
    answer(&mut world, "calling", Outcome::Done);
    assert_eq!(
        (world.term(), states(&world)[1].1),
        (&term, ServiceState::Provisioned),
        "PROV-1"
    );
}

#[test]
fn prov_2_the_embedded_provisioner_completes_at_once() {
    let world = example().start();
    let done = ServiceState::Provisioned;
    assert_eq!(states(&world), [("messaging", done), ("calling", done)], "PROV-2");
    assert_eq!(world.term().started_at, world.now, "PROV-2");
}

#[test]
fn prov_2_the_external_one_is_asked_per_service_and_answers_once() {
    let mut world = example().external().start();
    let asked = ServiceState::Provisioning;
    assert_eq!(states(&world), [("messaging", asked), ("calling", asked)], "PROV-2");
    answer(&mut world, "messaging", Outcome::Done);
    assert!(
        answer(&mut world, "messaging", Outcome::Done).is_empty(),
        "PROV-2: the same answer says nothing new"
    );
    let refusal = world.refused(|trial, at| trial.provisioned("messaging", Outcome::Failed, at));
    assert_eq!(refusal.code, Code::WrongStatus, "PROV-2: what runs did not fail");
    let unknown = world.refused(|trial, at| trial.provisioned("meetings", Outcome::Done, at));
    assert_eq!(unknown.code, Code::WrongStatus, "PROV-2: nobody asked for it");
}

#[test]
fn prov_2_an_answer_to_a_trial_that_is_over_changes_nothing() {
    let mut world = example().external().start();
    world.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
    let late = world.refused(|trial, at| trial.provisioned("messaging", Outcome::Done, at));
    assert_eq!(late.code, Code::WrongStatus, "PROV-2");
}

#[test]
fn prov_2_nothing_is_provisioned_before_consent() {
    let world = example().asked().start();
    let early = world.refused(|trial, at| trial.provisioned("messaging", Outcome::Done, at));
    assert_eq!(early.code, Code::WrongStatus, "PROV-2");
}

#[test]
fn prov_3_the_welcome_leaves_when_everything_is_provisioned() {
    let mut world = example().external().start();
    answer(&mut world, "messaging", Outcome::Done);
    assert_eq!(world.sent.len(), 0, "PROV-3: not before");
    answer(&mut world, "calling", Outcome::Done);
    let sent: Vec<_> = world
        .sent
        .iter()
        .map(|sent| (sent.message.kind, sent.message.audience))
        .collect();
    assert_eq!(
        sent,
        [(MessageKind::Welcome, Audience::CustomerAdministrators)],
        "PROV-3"
    );
}

#[test]
fn prov_3_only_a_new_customer_is_welcomed() {
    let own = example().origin(Origin::Own).start();
    let asked = example().asked().start().accepted().confirmed();
    for world in [own, asked] {
        assert_eq!(
            world.mails(MessageKind::Welcome).len(),
            0,
            "PROV-3 {:?}",
            world.trial.origin
        );
        assert_eq!(
            world.mails(MessageKind::TrialStarted).len(),
            1,
            "PROV-3, START-7 {:?}",
            world.trial.origin
        );
    }
}
