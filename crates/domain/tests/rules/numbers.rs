//! EXP-5, CANC-2: when phone numbers are free again, also where an edit took calling out of a trial that goes on.

use crate::{
    given::given,
    support::{CAIRO, LOS_ANGELES, PARIS, TAIPEI, ids, local},
    world::World,
};
use domain::{
    number::keeps_numbers,
    trial::{CancelledBy, Due, Edit, MilestoneKind, plan},
};
use jiff::ToSpan as _;

fn services(names: &[&str]) -> Edit {
    Edit {
        services: Some(ids(names)),
        ..Edit::default()
    }
}

fn edit(world: &mut World, names: &[&str]) {
    world.must(|trial, at| trial.edit(&services(names), |_| Vec::new(), &[], at));
}

/// The wall clock time at which numbers are released.
fn released(world: &World) -> Vec<String> {
    plan(&world.trial, &world.program, &world.zone)
        .into_iter()
        .filter(|item| item.kind == MilestoneKind::NumbersReleased)
        .filter_map(|item| Some(item.at?.to_zoned(world.zone.clone()).datetime().to_string()))
        .collect()
}

fn done(world: &World) -> usize {
    let released = |(_, kind): &&(jiff::Timestamp, MilestoneKind)| *kind == MilestoneKind::NumbersReleased;
    world.done.iter().filter(released).count()
}

#[test]
fn exp_5_calling_that_an_edit_took_away_leaves_numbers_that_rest_15_days_over_a_clock_change() {
    // Each of these fifteen days has a clock change in it; Cairo's skips the very midnight.
    for (zone, day, at) in [
        (PARIS, "2027-03-20T10:30", "2027-04-05T00:00:00"),
        (LOS_ANGELES, "2027-03-05T23:59", "2027-03-21T00:00:00"),
        (CAIRO, "2027-04-14T00:00", "2027-04-30T01:00:00"),
        (TAIPEI, "2027-03-20T10:30", "2027-04-05T00:00:00"),
    ] {
        let mut world = given(&["messaging", "calling"], zone, local(day, zone)).start();
        edit(&mut world, &["messaging"]);
        assert_eq!(released(&world), [at], "EXP-5: {zone}");
        let due = plan(&world.trial, &world.program, &world.zone)
            .into_iter()
            .find_map(|item| item.at.filter(|_| item.kind == MilestoneKind::NumbersReleased))
            .expect("is planned");
        let before = due - 1.microsecond();
        let early = domain::trial::At {
            now: before,
            ..world.at()
        };
        let around = world.around;
        let decided = |at: &domain::trial::At<'_>| world.trial.fall_due(MilestoneKind::NumbersReleased, around, at);
        assert_eq!(decided(&early), Due::Skipped, "EXP-5: to nobody before, {zone}");
        let now = domain::trial::At { now: due, ..world.at() };
        assert!(matches!(decided(&now), Due::Done(_)), "EXP-5: {zone}");
        world.pass_days(17);
        assert_eq!(done(&world), 1, "EXP-5: {zone}");
        world.pass_days(120);
        assert_eq!(done(&world), 1, "EXP-5: once, {zone}");
    }
}

#[test]
fn exp_5_calling_that_comes_back_keeps_its_numbers() {
    let mut world = given(&["messaging", "calling"], PARIS, local("2027-01-15T10:30", PARIS)).start();
    edit(&mut world, &["messaging"]);
    world.pass_days(14);
    edit(&mut world, &["messaging", "calling"]);
    assert_eq!(
        released(&world),
        ["2027-04-01T00:00:00"],
        "EXP-5: with the trial's own end"
    );
    world.pass_days(10);
    assert_eq!(done(&world), 0, "EXP-5");
    edit(&mut world, &["messaging"]);
    assert_eq!(released(&world), ["2027-02-24T00:00:00"], "EXP-5: from the second time");
}

#[test]
fn canc_2_numbers_that_rest_already_do_not_rest_longer() {
    let mut world = given(&["messaging", "calling"], PARIS, local("2027-01-15T10:30", PARIS)).start();
    edit(&mut world, &["messaging"]);
    world.pass_days(5);
    world.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
    assert_eq!(released(&world), ["2027-01-31T00:00:00"], "CANC-2, EXP-5");
    world.pass_days(12);
    assert_eq!(done(&world), 1, "EXP-5");
}

#[test]
fn exp_5_another_trial_with_calling_keeps_the_numbers() {
    let mut world = given(&["calling"], PARIS, local("2027-01-15T10:30", PARIS)).start();
    let keeps = |world: &World| keeps_numbers(&world.trial, &world.program, &world.zone, world.now);
    assert!(keeps(&world), "EXP-5: it runs");
    world.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
    assert!(keeps(&world), "EXP-5: they rest");
    world.pass_days(15);
    assert!(keeps(&world), "EXP-5: on the last day of the rest");
    world.pass_days(1);
    assert!(!keeps(&world), "EXP-5: the rest is over");
    let other = given(&["messaging"], PARIS, local("2027-01-15T10:30", PARIS)).start();
    assert!(!keeps(&other), "EXP-5: without calling there are none");
}
