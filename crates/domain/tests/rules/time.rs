//! TIME: civil days in the customer's zone.

use crate::{
    given::{example, given},
    support::{CAIRO, KIRITIMATI, LOS_ANGELES, PARIS, TAIPEI, day, form, is_zone, local, program, utc},
    world::{World, after, before},
};
use domain::{
    notify::MessageKind,
    trial::{Due, MilestoneKind, MilestoneState, Status, validate},
};
use jiff::civil::time;

fn starts_on(zone: &str, instant: &str) -> String {
    given(&["messaging"], zone, utc(instant))
        .start()
        .term()
        .starts_on
        .to_string()
}

#[test]
fn time_1_a_day_is_the_customers_own() {
    // 10:00 UTC is midnight in Kiritimati, the day before in Los Angeles until 08:00.
    assert_eq!(
        starts_on(KIRITIMATI, "2027-01-15T09:59:59.999999Z"),
        "2027-01-15",
        "TIME-1"
    );
    assert_eq!(starts_on(KIRITIMATI, "2027-01-15T10:00:00Z"), "2027-01-16", "TIME-1");
    assert_eq!(
        starts_on(LOS_ANGELES, "2027-01-15T07:59:59.999999Z"),
        "2027-01-14",
        "TIME-1"
    );
    assert_eq!(starts_on(LOS_ANGELES, "2027-01-15T08:00:00Z"), "2027-01-15", "TIME-1");
    assert_eq!(starts_on(TAIPEI, "2027-01-15T15:59:59.999999Z"), "2027-01-15", "TIME-1");
    assert_eq!(starts_on(TAIPEI, "2027-01-15T16:00:00Z"), "2027-01-16", "TIME-1");
}

#[test]
fn time_1_the_zone_is_the_given_one_else_the_countrys() {
    let zone_of = |given: Option<&str>| {
        let mut input = form(&["messaging"]);
        if let Some(customer) = &mut input.customer {
            customer.time_zone = given.map(str::to_owned);
        }
        match validate(&input, &program(), &is_zone).expect("in order").target {
            domain::trial::Target::Form { zone, .. } => zone,
            domain::trial::Target::Own(id) => panic!("a form, not {id}"),
        }
    };
    assert_eq!(zone_of(None), PARIS, "TIME-1: France's");
    assert_eq!(zone_of(Some(TAIPEI)), TAIPEI, "TIME-1: given");
    assert_eq!(zone_of(Some("UTC")), "UTC", "TIME-1: any zone with any country");
}

#[test]
fn time_1_the_meetings_zone_is_the_sites_own() {
    let own = given(&["meetings"], PARIS, utc("2027-01-15T09:30:00Z")).form(|input| {
        if let Some(meetings) = &mut input.meetings {
            meetings.time_zone = Some(TAIPEI.to_owned());
        }
    });
    let zone = |world: World| world.trial.meetings.map(|meetings| meetings.time_zone);
    assert_eq!(zone(own.start()).as_deref(), Some(TAIPEI), "TIME-1");
    let none = given(&["meetings"], PARIS, utc("2027-01-15T09:30:00Z"));
    assert_eq!(
        zone(none.start()).as_deref(),
        Some(PARIS),
        "TIME-1: the customer's where none is given"
    );
}

/// Starts at noon of a day, for 30 days: the last day, and the instant at which it is over.
fn ends(zone: &str, start: &str) -> (String, String) {
    let world = given(&["messaging"], zone, local(&format!("{start}T12:00"), zone)).start();
    let expires = world.planned(MilestoneKind::Expires).expect("planned");
    (world.term().ends_on.to_string(), expires.to_string())
}

#[test]
fn time_2_the_expiry_date_is_start_plus_days_and_it_ends_with_that_day() {
    for (zone, start, ends_on, expires) in [
        (PARIS, "2027-01-15", "2027-02-14", "2027-02-14T23:00:00Z"),
        (KIRITIMATI, "2027-01-15", "2027-02-14", "2027-02-14T10:00:00Z"),
        (TAIPEI, "2028-01-31", "2028-03-01", "2028-03-01T16:00:00Z"),
        // Over the change to summer time, and back.
        (LOS_ANGELES, "2027-03-01", "2027-03-31", "2027-04-01T07:00:00Z"),
        (LOS_ANGELES, "2027-10-15", "2027-11-14", "2027-11-15T08:00:00Z"),
        (PARIS, "2027-02-26", "2027-03-28", "2027-03-28T22:00:00Z"),
        // 2027-04-30 begins at 01:00 in Cairo; 2027-10-29 has its first hour, 2027-10-28 its last one, twice.
        (CAIRO, "2027-03-30", "2027-04-29", "2027-04-29T22:00:00Z"),
        (CAIRO, "2027-09-28", "2027-10-28", "2027-10-28T22:00:00Z"),
    ] {
        assert_eq!(
            ends(zone, start),
            (ends_on.to_owned(), expires.to_owned()),
            "TIME-2 {zone} {start}"
        );
    }
}

#[test]
fn time_2_it_runs_through_the_whole_day_and_expires_at_the_first_instant_of_the_next() {
    for zone in [PARIS, LOS_ANGELES, TAIPEI, KIRITIMATI, CAIRO] {
        // In Cairo the next day, 2027-04-30, has no midnight.
        let mut world = given(&["messaging"], zone, local("2027-03-30T12:00", zone)).start();
        let expires = world.planned(MilestoneKind::Expires).expect("planned");
        let first = day("2027-04-30")
            .to_zoned(world.zone.clone())
            .expect("a day")
            .start_of_day()
            .expect("its start");
        assert_eq!(expires, first.timestamp(), "TIME-2 {zone}");
        for (now, done) in [(before(expires), false), (expires, true), (after(expires), true)] {
            world.now = now;
            let due = world.trial.fall_due(MilestoneKind::Expires, world.around, &world.at());
            assert_eq!(matches!(due, Due::Done(_)), done, "TIME-2 {zone} {now}");
        }
        world.now = before(expires);
        world.work();
        assert_eq!(world.status(), Status::Active, "TIME-2 {zone}");
        world.pass_to(expires);
        assert_eq!(world.status(), Status::Expired, "TIME-2 {zone}");
    }
}

#[test]
fn time_3_day_emails_leave_at_nine_in_the_customers_zone() {
    for (zone, start, reminder, notice) in [
        (PARIS, "2027-01-15", "2027-02-07T08:00:00Z", "2027-02-14T08:00:00Z"),
        (KIRITIMATI, "2027-01-15", "2027-02-06T19:00:00Z", "2027-02-13T19:00:00Z"),
        // The reminder before the change to summer time, the notice after it.
        (
            LOS_ANGELES,
            "2027-02-15",
            "2027-03-10T17:00:00Z",
            "2027-03-17T16:00:00Z",
        ),
        (CAIRO, "2027-04-05", "2027-04-28T07:00:00Z", "2027-05-05T06:00:00Z"),
    ] {
        let world = given(&["messaging"], zone, local(&format!("{start}T12:00"), zone)).start();
        assert_eq!(
            world.planned(MilestoneKind::ExpiryReminder),
            Some(utc(reminder)),
            "TIME-3 {zone}"
        );
        assert_eq!(
            world.planned(MilestoneKind::ExpiryNotice),
            Some(utc(notice)),
            "TIME-3 {zone}"
        );
    }
}

#[test]
fn time_3_in_a_gap_the_instant_after_it_in_a_repeated_hour_the_first() {
    let notice = |zone: &str, start: &str, hour: i8, minute: i8| {
        let start = given(&["messaging"], zone, local(&format!("{start}T12:00"), zone));
        let world = start
            .program(|p| p.policy.day_email_time = time(hour, minute, 0, 0))
            .start();
        world.planned(MilestoneKind::ExpiryNotice)
    };
    // 2027-03-14 in Los Angeles has no hour from 02:00; 2027-11-07 has that from 01:00 twice.
    assert_eq!(
        notice(LOS_ANGELES, "2027-02-12", 1, 59),
        Some(utc("2027-03-14T09:59:00Z")),
        "TIME-3 before"
    );
    assert_eq!(
        notice(LOS_ANGELES, "2027-02-12", 2, 0),
        Some(utc("2027-03-14T10:00:00Z")),
        "TIME-3 in it"
    );
    assert_eq!(
        notice(LOS_ANGELES, "2027-02-12", 2, 59),
        Some(utc("2027-03-14T10:00:00Z")),
        "TIME-3 in it"
    );
    assert_eq!(
        notice(LOS_ANGELES, "2027-02-12", 3, 0),
        Some(utc("2027-03-14T10:00:00Z")),
        "TIME-3 after"
    );
    assert_eq!(
        notice(LOS_ANGELES, "2027-10-08", 1, 30),
        Some(utc("2027-11-07T08:30:00Z")),
        "TIME-3 the first"
    );
    assert_eq!(
        notice(CAIRO, "2027-03-31", 0, 30),
        Some(utc("2027-04-29T22:00:00Z")),
        "TIME-3 01:00 is the first"
    );
}

#[test]
fn time_3_each_email_leaves_once() {
    let mut world = example().start();
    world.pass_days(120);
    world.work();
    for kind in [MessageKind::ExpiryReminder, MessageKind::ExpiryNotice] {
        assert_eq!(
            world.mails(kind).len(),
            2,
            "TIME-3: {kind:?} to the customer and to the partner, once each"
        );
    }
    assert_eq!(world.mails(MessageKind::AccessEnded).len(), 1, "TIME-3");
    assert!(
        world.rows.iter().all(|row| row.state == MilestoneState::Done),
        "TIME-3: nothing is left over"
    );
}

#[test]
fn time_3_never_for_a_state_that_has_passed() {
    let mut world = example().start();
    world.must(|trial, at| trial.convert(at));
    for kind in MilestoneKind::ALL {
        world.now = utc("2027-02-14T12:00:00Z");
        let due = world.trial.fall_due(*kind, world.around, &world.at());
        assert_eq!(due, Due::Skipped, "TIME-3: {kind:?} of a converted trial");
    }
    world.pass_days(120);
    assert_eq!(world.mails(MessageKind::ExpiryReminder).len(), 0, "TIME-3");
}

#[test]
fn time_3_other_zone_data_moves_what_is_open_and_sends_nothing_twice() {
    let mut world = example().start();
    world.pass_to(utc("2027-02-10T12:00:00Z"));
    // As if new zone data had moved Paris: the plan's instants become others, its civil days do not.
    world.move_zone("Europe/Athens");
    assert_eq!(
        world.planned(MilestoneKind::Expires),
        Some(utc("2027-02-14T22:00:00Z")),
        "TIME-3: moved"
    );
    world.pass_to(utc("2027-03-20T12:00:00Z"));
    world.move_zone(PARIS);
    world.pass_days(30);
    assert_eq!(
        world.mails(MessageKind::ExpiryReminder).len(),
        2,
        "TIME-3: once to each side"
    );
    assert_eq!(
        world.mails(MessageKind::ExpiryNotice).len(),
        2,
        "TIME-3: once to each side"
    );
    assert_eq!(
        world.mails(MessageKind::AccessEnded).len(),
        1,
        "TIME-3: the users were told already"
    );
}

#[test]
fn time_4_one_jump_does_what_many_steps_do() {
    let mut jump = example().start();
    jump.pass_days(100);
    let mut steps = example().start();
    for _ in 0..100 {
        steps.pass_days(1);
    }
    assert_eq!(jump.events, steps.events, "TIME-4: the same events, in the same order");
    assert_eq!(jump.sent, steps.sent, "TIME-4: the same emails, at the same instants");
    let done: Vec<_> = jump.rows.iter().map(|row| (row.at, row.done_at)).collect();
    assert!(
        done.iter().all(|(at, done)| Some(*at) == *done),
        "TIME-4: each at the instant at which it fell due"
    );
}
