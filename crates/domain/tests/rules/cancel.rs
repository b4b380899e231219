//! CANC: cancelling, and what follows it.

use crate::{
    given::{example, given},
    support::{CAIRO, LOS_ANGELES, PARIS, local, utc},
    world::{World, before},
};
use domain::{
    notify::{Audience, MessageKind},
    refusal::Code,
    trial::{CancelledBy, Change, MilestoneKind, MilestoneState, Origin, ServiceState, State, Status},
};

fn cancel(world: &mut World, by: CancelledBy, left_empty: bool) -> Change {
    world.must(|trial, at| trial.cancel(by, Some("No budget".to_owned()), left_empty, at))
}

fn closed(world: &World) -> bool {
    matches!(
        world.trial.state,
        State::Cancelled {
            organization_closed: true,
            ..
        }
    )
}

#[test]
fn canc_1_partner_and_customer_can_cancel_and_the_other_side_is_told() {
    let customer = Audience::CustomerAdministrators;
    for (by, told) in [
        (CancelledBy::Partner, vec![customer]),
        (CancelledBy::Customer, vec![customer, Audience::PartnerAdministrators]),
    ] {
        let mut world = example().start();
        let change = cancel(&mut world, by, true);
        assert_eq!(world.status(), Status::Cancelled, "CANC-1 {by:?}");
        let audiences: Vec<_> = change.messages.iter().map(|message| message.audience).collect();
        assert_eq!(audiences, told, "CANC-1 {by:?}");
        assert!(
            change.messages.iter().all(|m| m.line.as_deref() == Some("No budget")),
            "CANC-1: with the reason"
        );
        assert_eq!(
            change.texts.get("cancel_reason").map(String::as_str),
            Some("No budget"),
            "CANC-1"
        );
    }
}

#[test]
fn canc_1_at_any_time_while_it_is_open_and_once() {
    let mut grace = example().start();
    grace.pass_to(grace.local("2027-03-01T12:00"));
    assert_eq!(grace.status(), Status::Expired);
    for mut world in [
        grace,
        example().external().start(),
        given(&["contact-center"], PARIS, example().now).start(),
    ] {
        cancel(&mut world, CancelledBy::Customer, true);
        let again = world.refused(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
        assert_eq!(again.code, Code::WrongStatus, "CANC-1: it is over");
    }
}

#[test]
fn canc_2_services_stop_at_once_and_no_email_of_the_plan_follows() {
    let mut world = example().start();
    world.pass_days(5);
    cancel(&mut world, CancelledBy::Partner, false);
    assert!(
        world
            .trial
            .services
            .iter()
            .all(|service| service.state == ServiceState::Withdrawn),
        "CANC-2"
    );
    world.pass_days(200);
    for kind in [
        MessageKind::ExpiryReminder,
        MessageKind::ExpiryNotice,
        MessageKind::AccessEnded,
    ] {
        assert_eq!(world.mails(kind).len(), 0, "CANC-2 {kind:?}");
    }
    assert_eq!(
        world.status(),
        Status::Cancelled,
        "CANC-2: the customer has other services"
    );
}

#[test]
fn canc_2_numbers_rest_15_days() {
    for (zone, now, released) in [
        (PARIS, "2027-03-20T12:00", "2027-04-04T22:00:00Z"),
        (LOS_ANGELES, "2027-03-01T23:59:59", "2027-03-17T07:00:00Z"),
        (CAIRO, "2027-04-14T00:00", "2027-04-29T22:00:00Z"),
    ] {
        let mut world = given(&["calling"], zone, local(now, zone)).start();
        cancel(&mut world, CancelledBy::Partner, false);
        let (just_before, at) = world.around(MilestoneKind::NumbersReleased);
        assert_eq!(at, utc(released), "CANC-2 {zone}");
        world.pass_to(just_before);
        assert_eq!(
            world.state_of(MilestoneKind::NumbersReleased),
            Some(MilestoneState::Planned),
            "CANC-2 {zone}"
        );
        world.pass_to(at);
        assert_eq!(
            world.state_of(MilestoneKind::NumbersReleased),
            Some(MilestoneState::Done),
            "CANC-2 {zone}"
        );
    }
}

#[test]
fn canc_2_a_customer_left_without_services_keeps_its_organization_30_days() {
    let mut world = example().start();
    cancel(&mut world, CancelledBy::Customer, true);
    let end = world.local("2027-02-15T00:00");
    assert_eq!(
        world.planned(MilestoneKind::Removed),
        Some(end),
        "CANC-2: the end of 2027-02-14"
    );
    world.pass_to(before(end));
    assert!(!closed(&world), "CANC-2");
    world.pass_to(end);
    assert!(closed(&world), "CANC-2, then EXP-4");
    assert_eq!(
        world.status(),
        Status::Cancelled,
        "CANC-2: it was cancelled, not removed"
    );
    world.pass_to(world.local("2027-02-15T09:00"));
    let told = world.mails(MessageKind::AccessEnded);
    assert_eq!(told[0].message.audience, Audience::CustomerUsers, "EXP-4");
    assert!(told[0].message.facts.organization_closed, "EXP-4");
}

#[test]
fn canc_2_open_to_a_new_trial_or_order_meanwhile() {
    let mut world = example().start();
    cancel(&mut world, CancelledBy::Customer, true);
    world.around.other_services = true;
    world.pass_days(60);
    assert!(!closed(&world), "CANC-2: somebody came back");
    assert_eq!(
        world.state_of(MilestoneKind::Removed),
        Some(MilestoneState::Skipped),
        "CANC-2: and that is recorded"
    );
    assert_eq!(
        world.mails(MessageKind::AccessEnded).len(),
        0,
        "CANC-2: nobody lost access"
    );
}

#[test]
fn canc_2_a_new_customers_trial_that_never_began_leaves_it_empty_too() {
    let mut world = example().external().start();
    cancel(&mut world, CancelledBy::Partner, true);
    world.pass_to(before(world.local("2027-02-15T00:00")));
    assert!(!closed(&world), "CANC-2");
    world.pass_to(world.local("2027-02-15T00:00"));
    assert!(closed(&world), "CANC-2: the organization was made for this trial");
}

#[test]
fn canc_2_a_request_that_never_began_leaves_the_organization_alone() {
    for mut world in [example().asked().start(), example().asked().start().accepted()] {
        assert_eq!(world.trial.origin, Origin::Request);
        cancel(&mut world, CancelledBy::Partner, true);
        world.pass_days(100);
        assert!(!closed(&world), "CANC-2, CONS-4: it was there before");
    }
}

#[test]
fn canc_2_nothing_is_closed_or_released_early() {
    let mut world = example().start();
    cancel(&mut world, CancelledBy::Partner, true);
    for kind in [MilestoneKind::Removed, MilestoneKind::NumbersReleased] {
        let (just_before, at) = world.around(kind);
        for (now, done) in [(just_before, false), (at, true)] {
            world.now = now;
            let due = world.trial.fall_due(kind, world.around, &world.at());
            assert_eq!(
                matches!(due, domain::trial::Due::Done(_)),
                done,
                "EXP-8, CANC-2 {kind:?} {now}"
            );
        }
    }
}
