//! `simulate`: dates that were worked out by hand from the rules.

use crate::support::run;
use serde_json::Value;

fn simulate(day: &str, zone: &str, days: &str, services: &str) -> Vec<(String, String, String, String)> {
    let args = [
        "simulate",
        "--starts-on",
        day,
        "--time-zone",
        zone,
        "--days",
        days,
        "--services",
        services,
        "--json",
    ];
    let (code, out, err) = run(&args);
    assert_eq!(code, 0, "{err}");
    let steps: Vec<Value> = serde_json::from_str(&out).unwrap();
    let text = |step: &Value, key: &str| step[key].as_str().unwrap().to_owned();
    steps
        .iter()
        .map(|step| {
            (
                text(step, "kind"),
                text(step, "at"),
                text(step, "on"),
                text(step, "status"),
            )
        })
        .collect()
}

fn check(found: &[(String, String, String, String)], expected: &[(&str, &str, &str, &str)]) {
    let found: Vec<_> = found
        .iter()
        .map(|(a, b, c, d)| (a.as_str(), b.as_str(), c.as_str(), d.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn time_2_thirty_days_in_paris() {
    check(
        &simulate("2027-01-15", "Europe/Paris", "30", "messaging,meetings,calling"),
        &[
            ("started", "2027-01-15T09:00:00Z", "2027-01-15", "active"),
            ("expiry_reminder", "2027-02-07T08:00:00Z", "2027-02-07", "active"),
            ("expiry_notice", "2027-02-14T08:00:00Z", "2027-02-14", "active"),
            ("expires", "2027-02-14T23:00:00Z", "2027-02-15", "expired"),
            ("removed", "2027-03-16T23:00:00Z", "2027-03-17", "removed"),
            ("access_ended_notice", "2027-03-17T08:00:00Z", "2027-03-17", "removed"),
            ("numbers_released", "2027-03-31T22:00:00Z", "2027-04-01", "removed"),
        ],
    );
}

#[test]
fn time_2_a_midnight_that_does_not_exist_in_cairo() {
    // Friday, 30 April 2027 begins at 01:00 there.
    check(
        &simulate("2027-03-30", "Africa/Cairo", "30", "messaging"),
        &[
            ("started", "2027-03-30T08:00:00Z", "2027-03-30", "active"),
            ("expiry_reminder", "2027-04-22T07:00:00Z", "2027-04-22", "active"),
            ("expiry_notice", "2027-04-29T07:00:00Z", "2027-04-29", "active"),
            ("expires", "2027-04-29T22:00:00Z", "2027-04-30", "expired"),
            ("removed", "2027-05-29T21:00:00Z", "2027-05-30", "removed"),
            ("access_ended_notice", "2027-05-30T06:00:00Z", "2027-05-30", "removed"),
        ],
    );
}

#[test]
fn time_3_nine_in_the_morning_over_a_clock_change_in_los_angeles() {
    // Clocks go forward on Sunday, 14 March 2027.
    check(
        &simulate("2027-02-16", "America/Los_Angeles", "30", "messaging"),
        &[
            ("started", "2027-02-16T18:00:00Z", "2027-02-16", "active"),
            ("expiry_reminder", "2027-03-11T17:00:00Z", "2027-03-11", "active"),
            ("expiry_notice", "2027-03-18T16:00:00Z", "2027-03-18", "active"),
            ("expires", "2027-03-19T07:00:00Z", "2027-03-19", "expired"),
            ("removed", "2027-04-18T07:00:00Z", "2027-04-18", "removed"),
            ("access_ended_notice", "2027-04-18T16:00:00Z", "2027-04-18", "removed"),
        ],
    );
}

#[test]
fn simulate_shows_dates_in_words_with_their_zone() {
    let args = [
        "simulate",
        "--starts-on",
        "2027-01-15",
        "--time-zone",
        "Europe/Paris",
        "--days",
        "30",
    ];
    let (code, out, _) = run(&args);
    assert!(
        code == 0 && out.contains("Sunday, 14 February 2027 at 09:00 (Paris time)"),
        "{out}"
    );
}

#[test]
fn simulate_says_what_cannot_be() {
    for (args, hint) in [
        (["--days", "31", "--services", "messaging"], "30, 60, 90"),
        (["--time-zone", "Europe/Lumiere", "--days", "30"], "is no time zone"),
        (["--services", "telepathy", "--days", "30"], "services/0"),
        (["--program", "/nowhere.toml", "--days", "30"], "cannot read"),
    ] {
        let all: Vec<&str> = ["simulate", "--starts-on", "2027-01-15"]
            .into_iter()
            .chain(args)
            .collect();
        let (code, _, err) = run(&all);
        assert!(code == 1 && err.contains(hint), "{args:?}: {err}");
    }
    assert_eq!(run(&["simulate", "--starts-on", "2027-02-30"]).0, 2);
}
