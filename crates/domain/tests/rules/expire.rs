//! EXP-1 to 5, 8 and 9: how a trial ends.

use crate::{
    given::{example, given},
    support::{CAIRO, KIRITIMATI, LOS_ANGELES, PARIS, TAIPEI, day, local, utc},
    world::{World, after, before},
};
use domain::{
    notify::{Audience, MessageKind},
    trial::{Due, MilestoneKind, ServiceState, State, Status, Surroundings, TrialEvent},
};

fn mail_days(world: &World, kind: MessageKind) -> Vec<(String, Audience)> {
    let wall = |sent: &&crate::world::Sent| {
        (
            sent.at.to_zoned(world.zone.clone()).datetime().to_string(),
            sent.message.audience,
        )
    };
    world.mails(kind).iter().map(wall).collect()
}

fn both(wall: &str) -> Vec<(String, Audience)> {
    let to = |audience| (wall.to_owned(), audience);
    vec![
        to(Audience::CustomerAdministrators),
        to(Audience::PartnerAdministrators),
    ]
}

#[test]
fn exp_1_seven_days_before_customer_and_partner_are_reminded() {
    let mut world = example().start();
    world.pass_to(before(world.local("2027-02-07T09:00")));
    assert_eq!(world.mails(MessageKind::ExpiryReminder).len(), 0, "EXP-1");
    world.pass_to(world.local("2027-02-07T09:00"));
    assert_eq!(
        mail_days(&world, MessageKind::ExpiryReminder),
        both("2027-02-07T09:00:00"),
        "EXP-1"
    );
    let facts = &world.mails(MessageKind::ExpiryReminder)[0].message.facts;
    assert_eq!((facts.days_left, facts.late), (Some(7), false), "EXP-1");
    assert_eq!(
        (facts.ends_on, facts.grace_ends_on),
        (Some(day("2027-02-14")), Some(day("2027-03-16"))),
        "EXP-1"
    );
}

#[test]
fn exp_1_not_on_the_day_the_trial_starts() {
    let reminder = |days: u32| {
        let short = example()
            .program(|program| program.durations = vec![days])
            .days(i64::from(days));
        // Long before 09:00, so that the email would still be ahead.
        let mut early = short;
        early.now = local("2027-01-15T00:00", PARIS);
        early
            .start()
            .planned(MilestoneKind::ExpiryReminder)
            .map(|at| at.to_string())
    };
    assert_eq!(reminder(6), None, "EXP-1: its day lies before the start");
    assert_eq!(reminder(7), None, "EXP-1: its day is that of the start");
    assert_eq!(
        reminder(8).as_deref(),
        Some("2027-01-16T08:00:00Z"),
        "EXP-1: the day after"
    );
}

#[test]
fn exp_2_the_same_on_the_day() {
    let mut world = example().start();
    world.pass_to(world.local("2027-02-14T09:00"));
    assert_eq!(
        mail_days(&world, MessageKind::ExpiryNotice),
        both("2027-02-14T09:00:00"),
        "EXP-2"
    );
    let facts = &world.mails(MessageKind::ExpiryNotice)[1].message.facts;
    assert_eq!((facts.days_left, facts.late), (Some(0), false), "EXP-2: today");
    assert_eq!(world.status(), Status::Active, "EXP-2: it runs through the whole day");
}

#[test]
fn exp_3_expires_at_the_first_instant_after_the_expiry_date() {
    for zone in [PARIS, LOS_ANGELES, TAIPEI, KIRITIMATI, CAIRO] {
        let mut world = given(&["messaging"], zone, local("2027-01-15T12:00", zone)).start();
        let end = local("2027-02-15T00:00", zone);
        world.pass_to(before(end));
        assert_eq!(world.status(), Status::Active, "EXP-3 {zone}");
        world.pass_to(end);
        assert_eq!(world.status(), Status::Expired, "EXP-3 {zone}");
        assert_eq!(
            world.term().grace_ends_on(&world.program),
            day("2027-03-16"),
            "EXP-3 {zone}: 30 days of grace"
        );
    }
}

#[test]
fn exp_3_a_service_goes_on_in_grace_or_is_suspended() {
    let mut world = given(&["messaging", "contact-center"], PARIS, utc("2027-01-15T09:30:00Z"))
        .program(|program| program.services[4].needs_approval = false)
        .start();
    world.pass_to(world.local("2027-02-15T00:00"));
    let states: Vec<_> = world.trial.services.iter().map(|service| service.state).collect();
    assert_eq!(states, [ServiceState::Provisioned, ServiceState::Suspended], "EXP-3");
    let event = TrialEvent::Expired {
        at: world.now,
        suspended: vec!["contact-center".to_owned()],
    };
    assert_eq!(world.events.last(), Some(&event), "EXP-3: the provisioner can be told");
}

#[test]
fn exp_4_removed_at_the_end_of_the_30th_day_of_grace() {
    for (zone, start, removed) in [
        (PARIS, "2027-01-15", "2027-03-16T23:00:00Z"),
        (LOS_ANGELES, "2027-01-15", "2027-03-17T07:00:00Z"),
        (TAIPEI, "2027-01-15", "2027-03-16T16:00:00Z"),
        (KIRITIMATI, "2027-01-15", "2027-03-16T10:00:00Z"),
        // The day after grace is 2027-04-30, that begins at 01:00.
        (CAIRO, "2027-02-28", "2027-04-29T22:00:00Z"),
    ] {
        let mut world = given(&["messaging"], zone, local(&format!("{start}T12:00"), zone)).start();
        world.pass_to(before(utc(removed)));
        assert_eq!(world.status(), Status::Expired, "EXP-4 {zone}");
        world.pass_to(utc(removed));
        assert_eq!(world.status(), Status::Removed, "EXP-4 {zone}");
    }
}

#[test]
fn exp_4_without_other_services_the_organization_is_closed_and_its_users_counted() {
    for (other_services, closed, users) in [(false, true, 12), (true, false, 0)] {
        let mut world = example().start();
        world.around = Surroundings {
            other_services,
            ..world.around
        };
        world.pass_to(world.local("2027-03-17T00:00"));
        let removed = TrialEvent::Removed {
            at: world.now,
            organization_closed: closed,
            users,
        };
        assert_eq!(world.events.last(), Some(&removed), "EXP-4");
        assert!(
            world.trial.services.iter().all(|s| s.state == ServiceState::Withdrawn),
            "EXP-4: calling stops"
        );
        world.pass_days(1);
        let facts = &world.mails(MessageKind::AccessEnded)[0].message.facts;
        assert_eq!(facts.organization_closed, closed, "EXP-4: the email says which");
    }
}

#[test]
fn exp_4_the_users_are_told_at_nine_of_day_31() {
    let mut world = example().start();
    world.pass_days(70);
    let told = [("2027-03-17T09:00:00".to_owned(), Audience::CustomerUsers)];
    assert_eq!(mail_days(&world, MessageKind::AccessEnded), told, "EXP-4");
}

#[test]
fn exp_5_numbers_are_released_at_the_end_of_day_45_and_to_nobody_before() {
    let mut world = example().start();
    let (just_before, at) = world.around(MilestoneKind::NumbersReleased);
    assert_eq!(at, world.local("2027-04-01T00:00"), "EXP-5");
    world.pass_to(just_before);
    let released = |world: &World| {
        world
            .events
            .iter()
            .any(|e| matches!(e, TrialEvent::NumbersReleased { .. }))
    };
    assert!(!released(&world), "EXP-5");
    let early = world
        .trial
        .fall_due(MilestoneKind::NumbersReleased, world.around, &world.at());
    assert_eq!(early, Due::Skipped, "EXP-5: nor by a worker that comes too early");
    world.pass_to(at);
    assert!(released(&world), "EXP-5");
}

#[test]
fn exp_8_nothing_irreversible_happens_early() {
    let irreversible: Vec<_> = MilestoneKind::ALL
        .iter()
        .filter(|kind| kind.is_irreversible())
        .collect();
    let expected = [
        MilestoneKind::Removed,
        MilestoneKind::AccessEndedNotice,
        MilestoneKind::NumbersReleased,
    ];
    assert_eq!(irreversible, expected.iter().collect::<Vec<_>>(), "EXP-8, EXP-9");
    for kind in expected {
        let mut world = example().start();
        let at = world.planned(kind).expect("planned");
        world.pass_to(before(at));
        assert_eq!(
            world.trial.fall_due(kind, world.around, &world.at()),
            Due::Skipped,
            "EXP-8 {kind:?}"
        );
        world.now = at;
        assert_ne!(
            world.trial.fall_due(kind, world.around, &world.at()),
            Due::Skipped,
            "EXP-8 {kind:?}"
        );
        world.now = after(at);
        assert_ne!(
            world.trial.fall_due(kind, world.around, &world.at()),
            Due::Skipped,
            "EXP-8 {kind:?}"
        );
    }
}

#[test]
fn exp_8_reminders_are_not_held() {
    let mut world = example().start();
    world.held = true;
    world.pass_days(20 + 30);
    assert_eq!(world.mails(MessageKind::ExpiryReminder).len(), 2, "EXP-8");
    assert_eq!(world.mails(MessageKind::ExpiryNotice).len(), 2, "EXP-8");
    assert_eq!(world.status(), Status::Expired, "EXP-8: expiring is not irreversible");
}

#[test]
fn exp_9_a_hold_stops_removal_its_email_and_the_release_only() {
    let mut world = example().start();
    world.held = true;
    world.pass_days(200);
    assert_eq!(world.status(), Status::Expired, "EXP-9: it stays expired");
    assert_eq!(world.mails(MessageKind::AccessEnded).len(), 0, "EXP-9");
    world.held = false;
    world.work();
    let State::Removed { at, .. } = world.trial.state else {
        panic!("EXP-9: removal runs after release")
    };
    assert_eq!(at, world.now, "EXP-9");
    assert_eq!(
        world.mails(MessageKind::AccessEnded).len(),
        1,
        "EXP-9: then the users are told"
    );
    assert_eq!(
        world.events.last(),
        Some(&TrialEvent::NumbersReleased { at: world.now }),
        "EXP-9: in order"
    );
}

#[test]
fn exp_9_just_before_acting_everything_is_checked_again() {
    let mut world = example().start();
    world.pass_to(world.local("2027-03-10T12:00"));
    let mut extended = world.trial.clone();
    let change = extended
        .extend(&domain::trial::Extend::default(), &world.at())
        .expect("in grace");
    change.events.iter().for_each(|event| extended.apply(event));
    world.now = world.local("2027-03-17T00:00");
    for kind in MilestoneKind::ALL
        .iter()
        .filter(|kind| **kind != MilestoneKind::ExpiryNotice)
    {
        let due = extended.fall_due(*kind, world.around, &world.at());
        assert_eq!(
            due,
            Due::Skipped,
            "EXP-9: {kind:?} of a worker that holds the plan of before"
        );
    }
}

#[test]
fn exp_9_a_tombstone_with_dates_and_counts_stays() {
    let mut world = example().start();
    world.pass_days(120);
    assert_eq!(world.term().ends_on, day("2027-02-14"), "EXP-9");
    assert_eq!(world.trial.license_quantity, 100, "EXP-9");
    assert_eq!(world.trial.service_ids(), ["messaging", "calling"], "EXP-9");
}
