//! ELIG: who can try what.

use crate::{
    given::{example, given, yes},
    support::{PARIS, day, ids, org, program, zone},
    world::World,
};
use domain::{
    eligibility::{Reason, Standing, Verdict, is_owned, refused, standing, verdict},
    organization::Purchase,
    program::Program,
    trial::{CancelledBy, Outcome},
};

fn bought(service: &str) -> Purchase {
    Purchase {
        service: service.to_owned(),
        quantity: 10,
        partner: None,
        since: day("2026-01-01"),
    }
}

fn of(service: &str, standing: &Standing, today: &str, program: &Program) -> (Option<Reason>, Option<String>) {
    let Verdict {
        reason, possible_from, ..
    } = verdict(service, &org("partner"), standing, day(today), program);
    (reason, possible_from.map(|day| day.to_string()))
}

fn now(service: &str, standing: &Standing) -> Option<Reason> {
    of(service, standing, "2027-01-15", &program()).0
}

/// What trials say of their customer, nothing bought.
fn after(world: &World) -> Standing {
    standing(&[], [&world.trial], &zone(PARIS))
}

#[test]
fn elig_1_what_is_bought_cannot_be_tried() {
    let owner = Standing {
        purchased: vec![bought("calling")],
        ..Standing::default()
    };
    assert_eq!(now("calling", &owner), Some(Reason::Owned), "ELIG-1");
    assert_eq!(now("messaging", &owner), None, "ELIG-1: the others can");
}

#[test]
fn elig_1_calling_by_whatever_older_name() {
    for name in ["calling", "spark-call", "webex-call"] {
        assert!(is_owned("calling", &[bought(name)], &program()), "ELIG-1: {name}");
        assert!(!is_owned("messaging", &[bought(name)], &program()), "ELIG-1: {name}");
    }
    assert!(!is_owned("calling", &[bought("call")], &program()), "ELIG-1");
}

#[test]
fn elig_2_a_service_on_trial_is_taken_with_the_reason() {
    let world = example().start();
    let standing = after(&world);
    for (partner, why) in [("partner", Reason::TriedByYou), ("other", Reason::TriedByOtherPartner)] {
        let found = verdict("calling", &org(partner), &standing, day("2027-01-20"), &program());
        assert_eq!(found.reason, Some(why), "ELIG-2");
        let found = verdict("meetings", &org(partner), &standing, day("2027-01-20"), &program());
        assert_eq!(found.reason, None, "ELIG-2: the other services can be tried beside it");
    }
}

#[test]
fn elig_2_a_request_claims_nothing_until_it_is_accepted() {
    let mut world = example().asked().start();
    assert_eq!(world.trial.claimed().count(), 0, "ELIG-2");
    world.must(|trial, at| trial.accept(&yes(), Vec::new(), at));
    assert_eq!(
        world.trial.claimed().collect::<Vec<_>>(),
        ["messaging", "calling"],
        "ELIG-2: from acceptance"
    );
}

#[test]
fn elig_2_a_claim_begins_with_the_start_also_while_it_waits() {
    for world in [
        example().external().start(),
        given(&["contact-center"], PARIS, example().now).start(),
    ] {
        assert!(world.trial.claimed().count() > 0, "ELIG-2: {:?}", world.status());
    }
}

#[test]
fn elig_2_a_claim_lasts_through_grace_and_ends_with_it() {
    let mut world = example().start();
    world.pass_to(world.local("2027-03-16T23:59:59.999999"));
    assert_eq!(world.trial.claimed().count(), 2, "ELIG-2: grace included");
    world.pass_to(world.local("2027-03-17T00:00"));
    assert_eq!(world.trial.claimed().count(), 0, "ELIG-2: removed");
}

#[test]
fn elig_2_a_claim_ends_when_converted_or_cancelled() {
    let mut converted = example().start();
    converted.must(|trial, at| trial.convert(at));
    let mut cancelled = example().start();
    cancelled.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
    for world in [converted, cancelled] {
        assert_eq!(world.trial.claimed().count(), 0, "ELIG-2: {:?}", world.status());
    }
}

#[test]
fn elig_4_no_limit_by_default() {
    let mut world = example().start();
    world.pass_days(62);
    let standing = after(&world);
    assert_eq!(
        standing.past.get("calling").map(|(times, _)| *times),
        Some(1),
        "ELIG-4: it is remembered"
    );
    assert_eq!(
        of("calling", &standing, "2027-03-18", &program()),
        (None, None),
        "ELIG-4: and does not count"
    );
}

#[test]
fn elig_4_the_rest_between_trials_ends_on_its_day() {
    let mut program = program();
    program.policy.rest_between_trials_days = 90;
    let mut world = example().start();
    world.pass_days(62);
    // Removed on 2027-03-17; 90 days on it can be tried again.
    let rest = |today: &str| of("calling", &after(&world), today, &program);
    let cooling = (Some(Reason::Cooldown), Some("2027-06-15".to_owned()));
    assert_eq!(rest("2027-06-14"), cooling, "ELIG-4: the day before");
    assert_eq!(rest("2027-06-15"), (None, None), "ELIG-4: on the day");
    assert_eq!(
        of("meetings", &after(&world), "2027-03-18", &program),
        (None, None),
        "ELIG-4: per service"
    );
}

#[test]
fn elig_4_often_enough_is_never_again() {
    let mut program = program();
    program.policy.trials_per_service = Some(2);
    let past = |times: u32| Standing {
        past: [("calling".to_owned(), (times, day("2020-01-01")))].into(),
        ..Standing::default()
    };
    assert_eq!(
        of("calling", &past(1), "2027-01-15", &program),
        (None, None),
        "ELIG-4: once of two"
    );
    assert_eq!(
        of("calling", &past(2), "2027-01-15", &program),
        (Some(Reason::Cooldown), None),
        "ELIG-4: no day"
    );
}

#[test]
fn elig_4_only_what_ran_was_tried() {
    let mut failed = example().external().start();
    failed.must(|trial, at| trial.provisioned("messaging", Outcome::Done, at));
    failed.must(|trial, at| trial.provisioned("calling", Outcome::Failed, at));
    failed.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
    let past = after(&failed).past;
    assert_eq!(
        past.keys().collect::<Vec<_>>(),
        ["messaging"],
        "ELIG-4: calling never ran"
    );
    let mut early = example().external().start();
    early.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
    assert_eq!(after(&early).past.len(), 0, "ELIG-4: nothing ran");
}

#[test]
fn elig_4_times_add_up_over_trials() {
    let mut first = example().start();
    first.pass_days(62);
    let mut second = given(&["calling"], PARIS, first.now).start();
    second.must(|trial, at| trial.cancel(CancelledBy::Customer, None, true, at));
    let past = standing(&[], [&second.trial, &first.trial], &zone(PARIS)).past;
    assert_eq!(
        past["calling"],
        (2, day("2027-03-18")),
        "ELIG-4: two, and the later end"
    );
    assert_eq!(past["messaging"], (1, day("2027-03-17")), "ELIG-4");
}

#[test]
fn start_2_a_service_behind_an_approval_can_be_asked_for() {
    assert_eq!(
        now("contact-center", &Standing::default()),
        Some(Reason::NeedsApproval),
        "START-2"
    );
    let all = ids(&["contact-center", "calling", "messaging"]);
    let standing = Standing {
        purchased: vec![bought("webex-call")],
        ..Standing::default()
    };
    let refused = refused(&all, &org("partner"), &standing, day("2027-01-15"), &program());
    let refused: Vec<_> = refused
        .iter()
        .map(|one| (one.service.as_str(), one.reason.as_str()))
        .collect();
    assert_eq!(
        refused,
        [("calling", "owned")],
        "START-2, ELIG-1: only what blocks is refused, with its reason"
    );
}
