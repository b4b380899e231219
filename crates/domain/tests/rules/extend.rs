//! EXT: a new end, counted from today.

use crate::{
    given::{example, given},
    support::{CAIRO, KIRITIMATI, LOS_ANGELES, PARIS, TAIPEI, day, local, utc},
    world::{World, before},
};
use domain::{
    notify::{Audience, MessageKind},
    refusal::{Code, Refusal},
    trial::{Change, Decision, Extend, ServiceState, Status, Subject, TrialEvent},
};

fn extend(world: &mut World, wish: &Extend) -> Result<Change, Refusal> {
    world.attempt(|trial, at| trial.extend(wish, at))
}

fn shorten() -> Extend {
    Extend {
        allow_shorten: true,
        ..Extend::default()
    }
}

fn ends_on(world: &World) -> String {
    world.term().ends_on.to_string()
}

/// A program that offers more lengths than the default one.
fn lengths(days: &[u32]) -> World {
    let days = days.to_vec();
    example().program(|program| program.extension_days = days).start()
}

#[test]
fn ext_1_today_plus_30_not_the_old_end_plus_30() {
    let mut world = example().start();
    world.pass_days(10);
    let change = extend(&mut world, &Extend::default()).expect("extended");
    assert_eq!(ends_on(&world), "2027-02-24", "EXT-1: 2027-01-25 + 30");
    let extended = TrialEvent::Extended {
        from: day("2027-02-14"),
        to: day("2027-02-24"),
    };
    assert_eq!(change.events, [extended], "EXT-1");
    assert_eq!(world.trial.extensions, 1, "EXT-3: counted");
    assert_eq!(
        world.term().starts_on,
        day("2027-01-15"),
        "EXT-1: it began when it began"
    );
}

#[test]
fn ext_1_with_65_days_left_30_gives_30() {
    let mut world = example().days(90).start();
    world.pass_days(25);
    assert_eq!(
        world
            .trial
            .term()
            .map(|term| domain::time::days_between(world.at().today(), term.ends_on)),
        Some(65)
    );
    extend(&mut world, &shorten()).expect("with an explicit yes");
    assert_eq!(ends_on(&world), "2027-03-11", "EXT-1: 2027-02-09 + 30");
}

#[test]
fn ext_1_today_is_the_customers_day() {
    for (zone, now, expected) in [
        (PARIS, "2027-02-10T23:59:59.999999", "2027-03-12"),
        (PARIS, "2027-02-11T00:00", "2027-03-13"),
        (LOS_ANGELES, "2027-02-12T23:59:59", "2027-03-14"),
        (TAIPEI, "2027-02-13T00:00", "2027-03-15"),
        (KIRITIMATI, "2027-02-10T00:00", "2027-03-12"),
    ] {
        let mut world = given(&["messaging"], zone, local("2027-01-15T12:00", zone)).start();
        world.pass_to(local(now, zone));
        extend(&mut world, &Extend::default()).expect("extended");
        assert_eq!(ends_on(&world), expected, "EXT-1 {zone} {now}");
    }
    let mut world = given(&["messaging"], CAIRO, local("2027-04-10T12:00", CAIRO)).start();
    world.pass_to(utc("2027-04-29T22:00:00Z"));
    extend(&mut world, &Extend::default()).expect("extended");
    assert_eq!(
        ends_on(&world),
        "2027-05-30",
        "EXT-1: the first instant of 2027-04-30, that has no midnight"
    );
}

#[test]
fn ext_1_only_the_lengths_offered() {
    let mut world = example().start();
    world.pass_days(10);
    for days in [0, -30, 29, 31, 60, i64::MAX, i64::MIN] {
        let refusal = world.refused(|trial, at| {
            trial.extend(
                &Extend {
                    days: Some(days),
                    ..shorten()
                },
                at,
            )
        });
        assert_eq!(refusal.code, Code::ExtensionLength, "EXT-1: {days}");
        assert_eq!(
            crate::support::pointers(&refusal.errors),
            [("/days", Code::ExtensionLength)],
            "EXT-1"
        );
    }
    let mut world = lengths(&[60, 30]);
    extend(
        &mut world,
        &Extend {
            days: Some(60),
            ..Extend::default()
        },
    )
    .expect("offered");
    assert_eq!(ends_on(&world), "2027-03-16", "EXT-1");
    extend(
        &mut world,
        &Extend {
            days: Some(30),
            ..shorten()
        },
    )
    .expect("offered");
    assert_eq!(ends_on(&world), "2027-02-14", "EXT-1");
}

#[test]
fn ext_2_shortening_needs_an_explicit_yes_and_shows_both_dates() {
    let mut world = example().days(60).start();
    let refusal = world.refused(|trial, at| trial.extend(&Extend::default(), at));
    assert_eq!(refusal.code, Code::ExtensionWouldShorten, "EXT-2");
    assert_eq!(refusal.extra["current_ends_on"], "2027-03-16", "EXT-2");
    assert_eq!(refusal.extra["new_ends_on"], "2027-02-14", "EXT-2");
    extend(&mut world, &shorten()).expect("a yes");
    assert_eq!(ends_on(&world), "2027-02-14", "EXT-2");
}

#[test]
fn ext_2_one_day_more_or_less_is_the_boundary() {
    for (days, outcome) in [(31, Ok(())), (29, Err(Code::ExtensionWouldShorten))] {
        let mut world = lengths(&[days]);
        let wish = Extend {
            days: Some(i64::from(days)),
            ..Extend::default()
        };
        assert_eq!(
            extend(&mut world, &wish).map(|_| ()).map_err(|r| r.code),
            outcome,
            "EXT-2: {days}"
        );
    }
}

#[test]
fn ext_2_the_same_date_changes_nothing_and_says_so() {
    let mut world = example()
        .program(|program| program.policy.extension_limit = Some(0))
        .start();
    let change = extend(&mut world, &Extend::default()).expect("no refusal");
    assert!(
        change.is_empty() && change.messages.is_empty(),
        "EXT-2: today + 30 is the end already"
    );
    assert_eq!(world.trial.extensions, 0, "EXT-2");
}

#[test]
fn ext_2_the_reason_is_kept_beside_and_the_customer_told() {
    let mut world = example().start();
    world.pass_days(3);
    let change = extend(
        &mut world,
        &Extend {
            reason: Some("Holidays".into()),
            ..Extend::default()
        },
    )
    .expect("extended");
    assert_eq!(
        change.texts.get("extension_reason").map(String::as_str),
        Some("Holidays"),
        "EXT-2"
    );
    let told = &world.mails(MessageKind::Extended)[0].message;
    assert_eq!(told.audience, Audience::CustomerAdministrators, "EXT-2");
    assert_eq!(
        told.facts.previous_ends_on,
        Some(day("2027-02-14")),
        "EXT-2: both dates"
    );
    assert_eq!(
        (told.facts.ends_on, told.facts.days_left),
        (Some(day("2027-02-17")), Some(30)),
        "EXT-2"
    );
}

#[test]
fn ext_3_no_limit_unless_the_program_sets_one() {
    let mut world = example().start();
    for _ in 0..5 {
        world.pass_days(1);
        extend(&mut world, &Extend::default()).expect("no limit");
    }
    let mut limited = example()
        .program(|program| program.policy.extension_limit = Some(2))
        .start();
    for expected in [Ok(()), Ok(()), Err(Code::ExtensionLimit)] {
        limited.pass_days(1);
        let found = extend(&mut limited, &Extend::default())
            .map(|_| ())
            .map_err(|refusal| refusal.code);
        assert_eq!(found, expected, "EXT-3");
    }
}

#[test]
fn ext_3_in_grace_it_makes_the_trial_active_again() {
    let mut world = given(&["messaging", "contact-center"], PARIS, utc("2027-01-15T09:30:00Z"))
        .program(|program| program.services[4].needs_approval = false)
        .start();
    world.pass_to(world.local("2027-03-16T23:59:59"));
    assert_eq!(world.trial.services[1].state, ServiceState::Suspended, "EXP-3");
    extend(&mut world, &Extend::default()).expect("the last second of grace");
    assert_eq!(
        (world.status(), ends_on(&world).as_str()),
        (Status::Active, "2027-04-15"),
        "EXT-3"
    );
    assert_eq!(
        world.trial.services[1].state,
        ServiceState::Provisioned,
        "EXT-3: what was suspended goes on"
    );
    world.pass_days(1);
    assert_eq!(world.status(), Status::Active, "EXT-3: and is not removed");
    world.pass_to(world.local("2027-05-16T00:00"));
    assert_eq!(world.status(), Status::Removed, "EXT-3: but 30 days after its new end");
}

#[test]
fn ext_3_not_in_grace_where_the_program_says_so() {
    let no_grace = || {
        example()
            .program(|program| program.policy.extension_in_grace = false)
            .start()
    };
    let mut last = no_grace();
    last.pass_to(before(last.local("2027-02-15T00:00")));
    extend(&mut last, &Extend::default()).expect("the last instant before");
    let mut grace = no_grace();
    grace.pass_to(grace.local("2027-02-15T00:00"));
    assert_eq!(
        grace.refused(|trial, at| trial.extend(&Extend::default(), at)).code,
        Code::WrongStatus,
        "EXT-3"
    );
    let mut late = no_grace();
    // The worker has not come by yet.
    late.now = late.local("2027-02-15T00:00");
    assert_eq!(
        late.refused(|trial, at| trial.extend(&Extend::default(), at)).code,
        Code::WrongStatus,
        "EXT-3"
    );
}

#[test]
fn ext_1_what_does_not_run_is_not_extended() {
    let mut removed = example().start();
    removed.pass_days(62);
    let mut converted = example().start();
    converted.must(|trial, at| trial.convert(at));
    for world in [
        removed,
        converted,
        example().external().start(),
        example().asked().start(),
    ] {
        let refusal = world.refused(|trial, at| trial.extend(&shorten(), at));
        assert_eq!(refusal.code, Code::WrongStatus, "EXT-1: {:?}", world.status());
    }
}

fn by_approval() -> World {
    example()
        .program(|program| program.policy.extension_needs_approval = true)
        .start()
}

fn decide(world: &mut World, approved: bool) {
    let subject = Subject::Extension { days: 30 };
    let decision = Decision {
        subject,
        approved,
        reason: None,
    };
    world.must(|trial, at| trial.decide_approval(&decision, (&[], false), at));
}

#[test]
fn ext_3_where_it_needs_approval_it_waits_and_counts_from_the_yes() {
    let mut world = by_approval();
    world.pass_days(10);
    let asked = extend(&mut world, &Extend::default()).expect("asked");
    assert_eq!(asked.events, [TrialEvent::ExtensionAsked { days: 30 }], "EXT-3");
    assert_eq!(ends_on(&world), "2027-02-14", "EXT-3: nothing moved yet");
    assert_eq!(
        world.trial.undecided_subjects(),
        [Subject::Extension { days: 30 }],
        "EXT-3"
    );
    assert!(
        extend(&mut world, &Extend::default()).expect("the same").is_empty(),
        "EXT-3: asked once"
    );
    world.pass_days(2);
    decide(&mut world, true);
    assert_eq!(ends_on(&world), "2027-02-26", "EXT-1, EXT-3: 2027-01-27 + 30");
    assert!(world.trial.undecided_subjects().is_empty(), "EXT-3");
}

#[test]
fn ext_3_refused_nothing_moves() {
    let mut world = by_approval();
    world.pass_days(10);
    extend(&mut world, &Extend::default()).expect("asked");
    decide(&mut world, false);
    assert_eq!(ends_on(&world), "2027-02-14", "EXT-3");
    assert_eq!(world.status(), Status::Active, "EXT-3");
}
