//! USE-1: what may be reported of whom, and whose business it is.

use crate::support::{CAIRO, KIRITIMATI, LOS_ANGELES, PARIS, day, org, pointers, utc, zone};
use domain::{
    refusal::Code,
    trial::Edit,
    usage::{Known, Line, MOST, check, is_metric, windows},
};
use std::collections::BTreeSet;

fn known(zone_name: &str) -> Known {
    Known {
        services: BTreeSet::from(["messaging".to_owned(), "calling".to_owned()]),
        since: utc("2027-01-10T12:00:00Z"),
        zone: zone(zone_name),
    }
}

fn line(on: &str) -> Line {
    Line {
        customer: org("c").0,
        service: "messaging".to_owned(),
        on: on.to_owned(),
        metric: "active_users".to_owned(),
        value: 3,
    }
}

fn faults(lines: &[Line], of: &Known, now: &str) -> Vec<(String, Code)> {
    let id = org("c");
    let found = |name: &str| (name == id.as_str()).then_some(of);
    let program = crate::support::program();
    match check(lines, found, &program, utc(now)) {
        Ok(_) => Vec::new(),
        Err(errors) => pointers(&errors)
            .into_iter()
            .map(|(pointer, code)| (pointer.to_owned(), code))
            .collect(),
    }
}

#[test]
fn use_1_a_day_lies_between_the_day_before_the_customer_came_and_tomorrow_in_its_zone() {
    // The same instant is the 9th, the 10th or the 11th; Cairo's clock changes on the 30th of April at midnight.
    for (name, now, first, last) in [
        (LOS_ANGELES, "2027-02-01T05:00:00Z", "2027-01-09", "2027-02-01"),
        (PARIS, "2027-02-01T22:59:59Z", "2027-01-09", "2027-02-02"),
        (PARIS, "2027-02-01T23:00:00Z", "2027-01-09", "2027-02-03"),
        (KIRITIMATI, "2027-02-01T10:00:00Z", "2027-01-10", "2027-02-03"),
        (CAIRO, "2027-04-29T21:59:59Z", "2027-01-09", "2027-04-30"),
        (CAIRO, "2027-04-29T22:00:00Z", "2027-01-09", "2027-05-01"),
    ] {
        let of = known(name);
        for inside in [first, last] {
            assert_eq!(faults(&[line(inside)], &of, now), [], "USE-1: {name} {now} {inside}");
        }
        let (before, after) = (day(first).yesterday(), day(last).tomorrow());
        for outside in [before, after].map(|day| day.expect("a day").to_string()) {
            let wrong = [("/0/on".to_owned(), Code::OutOfRange)];
            assert_eq!(
                faults(&[line(&outside)], &of, now),
                wrong,
                "USE-1: {name} {now} {outside}"
            );
        }
    }
}

#[test]
fn use_1_all_faults_at_once_and_not_more_than_50() {
    let of = known(PARIS);
    let now = "2027-02-01T12:00:00Z";
    let wrong = [
        Line {
            customer: org("other").0,
            ..line("2027-01-20")
        },
        Line {
            service: "meetings".to_owned(),
            ..line("2027-01-20")
        },
        Line {
            service: "fax".to_owned(),
            ..line("2027-01-20")
        },
        Line {
            metric: "Active users".to_owned(),
            value: -1,
            ..line("2027-02-30")
        },
        Line {
            value: 1 << 53,
            ..line("2027-01-20")
        },
        Line {
            value: 4,
            ..line("2027-01-20")
        },
    ];
    let told = faults(&wrong, &of, now);
    let expected = [
        ("/0/customer_id", Code::UnknownCustomer),
        ("/1/customer_id", Code::UnknownCustomer),
        ("/2/service", Code::UnknownService),
        ("/3/metric", Code::InvalidMetric),
        ("/3/on", Code::InvalidDay),
        ("/3/value", Code::OutOfRange),
        ("/4/value", Code::OutOfRange),
        ("/5", Code::DuplicateFigure),
    ]
    .map(|(pointer, code)| (pointer.to_owned(), code));
    assert_eq!(told, expected, "USE-1: all at once");
    let many: Vec<Line> = (0..MOST).map(|_| Line::default()).collect();
    assert_eq!(faults(&many, &of, now).len(), 50, "USE-1: what is told has an end");
    let code = |lines: &[Line]| faults(lines, &of, now).first().map(|fault| fault.1);
    assert_eq!(code(&[]), Some(Code::Empty));
    assert_eq!(
        code(&vec![line("2027-01-20"); MOST + 1]),
        Some(Code::TooMany),
        "USE-1: 5,000"
    );
}

#[test]
fn use_1_an_older_name_of_a_service_is_the_same_service() {
    let of = known(PARIS);
    let id = org("c");
    let program = crate::support::program();
    let named = |service: &str| Line {
        service: service.to_owned(),
        ..line("2027-01-20")
    };
    let lines = [named("spark-call")];
    let kept = check(&lines, |_| Some(&of), &program, utc("2027-02-01T12:00:00Z")).expect("figures");
    assert_eq!((&kept[0].0, kept[0].1.service.as_str()), (&id, "calling"), "USE-1");
    let twice = [named("spark-call"), named("calling")];
    let wrong = [("/1".to_owned(), Code::DuplicateFigure)];
    assert_eq!(
        faults(&twice, &of, "2027-02-01T12:00:00Z"),
        wrong,
        "USE-1: one figure under two names"
    );
}

#[test]
fn use_1_a_metric_is_a_short_plain_name() {
    for good in ["a", "active_users", "calls2", &"a".repeat(40)] {
        assert!(is_metric(good), "USE-1: {good}");
    }
    for bad in [
        "",
        "_a",
        "2a",
        "A",
        "active users",
        "é",
        "a-b",
        "a\u{0}",
        &"a".repeat(41),
    ] {
        assert!(!is_metric(bad), "USE-1: {bad}");
    }
}

#[test]
fn use_1_what_an_edit_took_away_is_kept_until_that_day() {
    let mut world = crate::given::given(&["messaging", "calling"], PARIS, utc("2027-01-15T09:30:00Z")).start();
    world.pass_days(3);
    let edit = Edit {
        services: Some(vec!["messaging".to_owned()]),
        ..Edit::default()
    };
    world.must(|trial, at| trial.edit(&edit, |_| Vec::new(), &[], at));
    let today = world.at().today();
    world.pass_days(3);
    let known = Known::of(&[], std::iter::once(&world.trial), &world.program);
    assert!(known.contains("calling"), "USE-1: its last days can still be reported");
    let all = windows(&world.trial, &world.zone, &world.program);
    let of = |id: &str| {
        all.iter()
            .find(|one| one.services.iter().any(|name| name == id))
            .map(|one| one.to)
    };
    assert_eq!(of("messaging"), Some(None), "USE-1: goes on");
    assert_eq!(
        of("calling"),
        Some(Some(today)),
        "USE-1, ORG-9: not beyond the day of the edit"
    );
}

#[test]
fn use_1_prog_1_a_renamed_service_is_the_same_service() {
    let world = crate::given::given(&["messaging"], PARIS, utc("2027-01-15T09:30:00Z")).start();
    let mut later = world.program.clone();
    let renamed = later
        .services
        .iter_mut()
        .find(|one| one.id == "messaging")
        .expect("messaging");
    renamed.id = "chat".to_owned();
    renamed.also_known_as = vec!["messaging".to_owned()];
    let known = Known {
        services: Known::of(&[], std::iter::once(&world.trial), &later),
        since: utc("2027-01-10T12:00:00Z"),
        zone: zone(PARIS),
    };
    for name in ["messaging", "chat"] {
        let one = Line {
            service: name.to_owned(),
            ..line("2027-01-20")
        };
        let figures = check(&[one], |_| Some(&known), &later, utc("2027-02-01T12:00:00Z")).expect("USE-1");
        assert_eq!(figures[0].1.service, "chat", "USE-1: kept under the name of now");
    }
    let all = windows(&world.trial, &world.zone, &later);
    for name in ["messaging", "chat"] {
        assert!(all[0].services.iter().any(|one| one == name), "USE-1: {name} is seen");
    }
}
