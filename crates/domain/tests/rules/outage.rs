//! EXP-7: what an outage leaves to be done.

use crate::{
    given::{example, given},
    support::{PARIS, utc},
    world::{World, before},
};
use domain::{
    notify::MessageKind,
    trial::{CancelledBy, MilestoneKind, MilestoneState, Status},
};

/// Nobody works from 2027-02-05 on until a wall clock time.
fn outage_until(wall: &str) -> World {
    let mut world = example().start();
    world.pass_to(world.local("2027-02-05T12:00"));
    world.outage_to(world.local(wall));
    world
}

/// How many days the late email counts, and how it is worded; none when it was not sent.
fn late(world: &World, kind: MessageKind) -> Option<(i64, bool)> {
    let facts = &world.mails(kind).first()?.message.facts;
    Some((facts.days_left?, facts.late))
}

#[test]
fn exp_7_the_reminder_is_late_while_the_end_is_ahead_with_the_true_days() {
    for (until, expected) in [
        ("2027-02-07T09:00", Some((7, false))),
        ("2027-02-09T03:00", Some((5, false))),
        ("2027-02-13T23:59:59", Some((1, false))),
        ("2027-02-14T23:59:59.999999", Some((0, false))),
        ("2027-02-15T00:00", None),
        ("2027-03-01T00:00", None),
    ] {
        let world = outage_until(until);
        assert_eq!(late(&world, MessageKind::ExpiryReminder), expected, "EXP-7 {until}");
        let state = if expected.is_some() {
            MilestoneState::Done
        } else {
            MilestoneState::Skipped
        };
        assert_eq!(
            world.state_of(MilestoneKind::ExpiryReminder),
            Some(state),
            "EXP-7 {until}: recorded"
        );
    }
}

#[test]
fn exp_7_the_notice_is_late_while_in_grace_worded_expired_on() {
    for (until, expected) in [
        ("2027-02-14T08:59:59", None),
        ("2027-02-14T23:59:59.999999", Some((0, false))),
        ("2027-02-15T00:00", Some((-1, true))),
        ("2027-03-16T23:59:59.999999", Some((-30, true))),
        ("2027-03-17T00:00", None),
        ("2027-06-01T00:00", None),
    ] {
        let world = outage_until(until);
        assert_eq!(late(&world, MessageKind::ExpiryNotice), expected, "EXP-7 {until}");
    }
    let world = outage_until("2027-03-17T00:00");
    assert_eq!(
        world.state_of(MilestoneKind::ExpiryNotice),
        Some(MilestoneState::Skipped),
        "EXP-7: recorded"
    );
}

#[test]
fn exp_7_the_email_to_the_users_always_leaves() {
    for until in ["2027-03-17T09:00", "2027-03-20T00:00", "2028-01-01T00:00"] {
        let world = outage_until(until);
        assert_eq!(world.status(), Status::Removed, "EXP-7 {until}");
        assert_eq!(world.mails(MessageKind::AccessEnded).len(), 1, "EXP-7 {until}");
    }
    assert_eq!(
        outage_until("2027-03-17T08:59:59")
            .mails(MessageKind::AccessEnded)
            .len(),
        0,
        "EXP-7: not early"
    );
}

#[test]
fn exp_7_after_an_outage_all_is_done_in_order_and_once() {
    let mut world = outage_until("2027-06-01T00:00");
    let done: Vec<_> = world.rows.iter().map(|row| (row.kind, row.state)).collect();
    let (done_, skipped) = (MilestoneState::Done, MilestoneState::Skipped);
    let expected = [
        (MilestoneKind::Started, done_),
        (MilestoneKind::ExpiryReminder, skipped),
        (MilestoneKind::ExpiryNotice, skipped),
        (MilestoneKind::Expires, done_),
        (MilestoneKind::Removed, done_),
        (MilestoneKind::AccessEndedNotice, done_),
        (MilestoneKind::NumbersReleased, done_),
    ];
    assert_eq!(done, expected, "EXP-7");
    let events = world.events.len();
    world.pass_days(30);
    assert_eq!(world.events.len(), events, "EXP-7, TIME-3: nothing twice");
}

#[test]
fn exp_7_a_person_who_acts_before_the_worker_decides_over_what_was_missed() {
    let mut world = example().start();
    world.now = world.local("2027-02-10T12:00");
    world.must(|trial, at| trial.extend(&domain::trial::Extend::default(), at));
    world.work();
    assert_eq!(
        world.mails(MessageKind::ExpiryReminder).len(),
        0,
        "EXP-7: the end of which it spoke is gone"
    );
    let skipped = world
        .rows
        .iter()
        .filter(|row| row.state == MilestoneState::Skipped)
        .count();
    assert_eq!(skipped, 1, "EXP-7: and that is recorded");
    let mut world = example().start();
    world.now = world.local("2027-02-10T12:00");
    world.must(|trial, at| trial.edit(&crate::edit::quantity(5), |_| Vec::new(), &[], at));
    world.work();
    assert_eq!(
        world.mails(MessageKind::ExpiryReminder).len(),
        2,
        "EXP-7: an edit leaves the end as it is"
    );
}

#[test]
fn exp_7_what_a_cancelled_trial_missed_is_skipped() {
    let mut world = example().start();
    world.now = world.local("2027-02-20T12:00");
    world.must(|trial, at| trial.cancel(CancelledBy::Customer, None, true, at));
    world.work();
    assert_eq!(world.mails(MessageKind::ExpiryNotice).len(), 0, "EXP-7, TIME-3");
    assert_eq!(
        world.state_of(MilestoneKind::ExpiryNotice),
        Some(MilestoneState::Skipped),
        "EXP-7"
    );
}

#[test]
fn cons_5_an_outage_over_the_deadline_lapses_the_request() {
    let mut world = given(&["messaging"], PARIS, utc("2027-01-15T09:30:00Z"))
        .asked()
        .start();
    world.outage_to(utc("2027-03-01T00:00:00Z"));
    assert_eq!(world.status(), Status::Lapsed, "CONS-5");
    assert_eq!(world.mails(MessageKind::ConsentLapsed).len(), 1, "CONS-5");
}

#[test]
fn exp_7_on_the_day_before_nine_both_are_still_to_come() {
    let mut world = example().start();
    world.pass_to(before(world.local("2027-02-07T09:00")));
    assert_eq!(
        world.state_of(MilestoneKind::ExpiryReminder),
        Some(MilestoneState::Planned),
        "EXP-7"
    );
    assert_eq!(
        world.state_of(MilestoneKind::ExpiryNotice),
        Some(MilestoneState::Planned),
        "EXP-7"
    );
}
