//! CONV-7, the pure part.

use crate::{
    given::{example, given},
    support::PARIS,
    world::before,
};
use domain::{
    refusal::Code,
    trial::{CancelledBy, State, Status},
};

#[test]
fn conv_7_while_it_runs_and_through_the_30_days_of_grace() {
    let first = example().start();
    let mut last = example().start();
    last.pass_to(before(last.local("2027-03-17T00:00")));
    assert_eq!(last.status(), Status::Expired, "CONV-7: the last instant of grace");
    for mut world in [first, last] {
        let term = world.term().clone();
        world.must(|trial, at| trial.convert(at));
        assert!(
            matches!(&world.trial.state, State::Converted { term: t, at } if *t == term && *at == world.now),
            "CONV-7"
        );
        world.pass_days(100);
        assert_eq!(world.status(), Status::Converted, "CONV-7: nothing is removed any more");
        assert!(
            world.rows.iter().all(|row| !row.kind.is_irreversible()),
            "CONV-7: numbers stay, too"
        );
    }
}

#[test]
fn conv_7_not_after_and_not_before() {
    let mut removed = example().start();
    removed.pass_to(removed.local("2027-03-17T00:00"));
    let mut cancelled = example().start();
    cancelled.must(|trial, at| trial.cancel(CancelledBy::Customer, None, true, at));
    let mut converted = example().start();
    converted.must(|trial, at| trial.convert(at));
    let approval = given(&["contact-center"], PARIS, example().now).start();
    let asked = example().asked().start();
    for world in [
        removed,
        cancelled,
        converted,
        approval,
        asked,
        example().external().start(),
    ] {
        let refusal = world.refused(|trial, at| trial.convert(at));
        assert_eq!(refusal.code, Code::TrialNotConvertible, "CONV-7: {:?}", world.status());
        assert_eq!(refusal.extra["status"], world.status().as_str(), "CONV-7: it says why");
    }
}

#[test]
fn conv_7_a_hold_keeps_it_convertible_after_grace() {
    let mut world = example().start();
    world.held = true;
    world.pass_to(world.local("2027-04-20T12:00"));
    assert_eq!(world.status(), Status::Expired, "EXP-9: held");
    world.must(|trial, at| trial.convert(at));
    world.held = false;
    world.pass_days(1);
    assert_eq!(world.status(), Status::Converted, "EXP-9, CONV-7");
}
