//! LIST-1: what a partner's list says of a customer.

use crate::{
    given::{example, given},
    support::{KIRITIMATI, LOS_ANGELES, PARIS, day},
    world::{World, before},
};
use domain::{
    time::civil_day,
    trial::{CancelledBy, Surroundings, Trial, closes_on, closes_soon, ends_within, kept, listing},
};
use jiff::civil::Date;

fn today(world: &World) -> Date {
    civil_day(world.now, &world.zone)
}

/// Whether the customer of these trials is 'to be deleted'.
fn goes(world: &World, bought: bool, others: &[&Trial]) -> bool {
    let all = others.iter().copied().chain([&world.trial]);
    closes_soon(
        closes_on(bought, all.map(|trial| (trial, &world.program))),
        today(world),
    )
}

/// In grace, at the first instant at which it goes within 7 days.
fn going(zone: &str) -> World {
    let now = crate::support::local("2027-01-15T09:30:00", zone);
    let mut world = given(&["messaging"], zone, now).start();
    world.pass_to(world.local("2027-03-10T00:00:00"));
    world
}

#[test]
fn list_1_to_be_deleted_is_what_closes_within_7_days_in_the_customers_zone() {
    for zone in [PARIS, LOS_ANGELES, KIRITIMATI] {
        let now = crate::support::local("2027-01-15T09:30:00", zone);
        let mut world = given(&["messaging"], zone, now).start();
        // Day 0 is 14 February, grace ends with 16 March, and in California clocks change on 14 March.
        world.pass_to(before(world.local("2027-03-10T00:00:00")));
        assert!(!goes(&world, false, &[]), "LIST-1 {zone}: seven days are left");
        let mut world = going(zone);
        assert!(goes(&world, false, &[]), "LIST-1 {zone}: the last seven days");
        world.pass_to(before(world.local("2027-03-17T00:00:00")));
        assert!(goes(&world, false, &[]), "LIST-1 {zone}: the last day");
        world.pass_to(world.local("2027-03-17T00:00:00"));
        assert!(!goes(&world, false, &[]), "LIST-1 {zone}: it has gone");
    }
}

#[test]
fn list_1_what_is_kept_does_not_go() {
    let world = going(PARIS);
    let other = |origin| given(&["calling"], PARIS, world.now).origin(origin).start().trial;
    let (running, asked) = (other(domain::trial::Origin::Own), other(domain::trial::Origin::Request));
    assert!(!goes(&world, true, &[]), "LIST-1: something was bought");
    assert!(!goes(&world, false, &[&running]), "LIST-1: another trial runs");
    assert!(goes(&world, false, &[&asked]), "ELIG-2: a request holds nothing");
    let mut later = going(PARIS);
    later.trial.state = domain::trial::State::Expired(domain::trial::Term {
        ends_on: day("2027-02-20"),
        ..later.term().clone()
    });
    assert!(!goes(&world, false, &[&later.trial]), "LIST-1: the last one decides");
    // What the list says is what happens.
    let others = [&running, &asked, &later.trial];
    assert!(kept(false, others.into_iter()) && !kept(false, [&asked].into_iter()));
    let around = |others: &[&Trial]| {
        let others: Vec<_> = others.iter().map(|trial| (*trial, &world.program)).collect();
        Surroundings::of((&world.trial, &world.program), &others, false, 1).other_services
    };
    assert!(around(&[&running]) && !around(&[&asked]) && around(&[&later.trial]));
}

#[test]
fn list_1_canc_2_a_cancelled_customer_goes_too() {
    let mut world = example().start();
    world.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
    // Cancelled on 15 January, kept for 30 days, to the end of 14 February.
    world.pass_to(before(world.local("2027-02-08T00:00:00")));
    assert!(!goes(&world, false, &[]), "LIST-1");
    world.pass_to(world.local("2027-02-08T00:00:00"));
    assert!(goes(&world, false, &[]), "LIST-1, CANC-2");
    world.pass_to(world.local("2027-02-15T00:00:00"));
    assert!(!goes(&world, false, &[]), "CANC-2: it has gone");
    // CONS-4: who was only asked stays.
    let mut asked = example().asked().start();
    asked.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
    asked.pass_days(28);
    assert!(!goes(&asked, false, &[]), "CONS-4");
}

#[test]
fn canc_2_a_trial_that_was_cancelled_before_keeps_nothing_for_longer() {
    let now = crate::support::local("2027-01-10T09:30:00", PARIS);
    let mut before = given(&["messaging"], PARIS, now).start();
    before.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
    let mut asked = example().asked().start();
    asked.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
    let world = going(PARIS);
    let kept = |mine: &Trial, other: &Trial| {
        let of = |trial| (trial, &world.program);
        Surroundings::of((mine, &world.program), &[of(other)], false, 1).other_services
    };
    assert!(!kept(&world.trial, &before.trial), "CANC-2: its 30 days are over");
    assert!(!kept(&before.trial, &asked.trial), "CONS-4: a request promises nothing");
    let mut after = example().start();
    after.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
    assert!(kept(&before.trial, &after.trial), "CANC-2: the later one decides");
    assert!(!kept(&after.trial, &before.trial), "CANC-2: and then it goes");
    assert!(
        !kept(&after.trial, &after.trial),
        "CANC-2: at one instant one of them decides"
    );
}

#[test]
fn list_1_prog_1_the_days_of_grace_are_those_of_the_trials_own_program() {
    let world = going(PARIS);
    let mut shorter = world.program.clone();
    shorter.policy.grace_days = 60;
    assert!(goes(&world, false, &[]));
    let other = closes_on(false, [(&world.trial, &shorter)].into_iter());
    assert_eq!(other, Some(day("2027-04-15")), "PROG-1");
    assert!(!closes_soon(other, today(&world)), "PROG-1");
}

#[test]
fn list_1_expires_in_30_and_60_days() {
    for (left, within) in [
        (0, Some(30)),
        (30, Some(30)),
        (31, Some(60)),
        (60, Some(60)),
        (61, None),
    ] {
        assert_eq!(ends_within(left), within, "LIST-1: {left} days");
    }
}

#[test]
fn list_1_the_most_pressing_trial_speaks_for_the_customer() {
    let active = example().start().trial;
    let expired = going(PARIS).trial;
    let pending = example().asked().start().trial;
    let waiting = example().external().start().trial;
    let mut gone = example().start();
    gone.must(|trial, at| trial.cancel(CancelledBy::Customer, None, false, at));
    let of = |trials: &[&Trial], bought: bool| {
        let trials: Vec<Trial> = trials.iter().map(|trial| (*trial).clone()).collect();
        listing(&trials, bought).0
    };
    assert_eq!(of(&[&pending, &waiting, &active], true), "active", "LIST-1");
    assert_eq!(of(&[&expired, &pending], true), "expired", "LIST-1");
    assert_eq!(of(&[&pending, &waiting], true), "provisioning", "LIST-1");
    assert_eq!(of(&[&pending], true), "pending_consent", "LIST-1");
    assert_eq!(of(&[&gone.trial], true), "purchased", "LIST-1");
    assert_eq!(of(&[&gone.trial], false), "cancelled", "LIST-1");
    assert_eq!(of(&[], false), "", "LIST-1: nothing to say");
    let first = listing(&[active.clone(), expired], false).1;
    assert_eq!(first, Some(day("2027-02-14")), "LIST-1: the first end");
}
