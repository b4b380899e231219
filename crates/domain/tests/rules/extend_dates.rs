//! EXT-1, EXP-7: what an extension does to the dates that were planned.

use crate::given::example;
use crate::world::{World, before};
use domain::{
    notify::MessageKind,
    trial::{Extend, MilestoneKind, MilestoneState},
};

fn extend(world: &mut World, days: i64) {
    let wish = Extend {
        days: Some(days),
        allow_shorten: true,
        reason: None,
    };
    world.must(|trial, at| trial.extend(&wish, at));
}

fn lengths(days: &[u32]) -> World {
    let days = days.to_vec();
    example().program(|program| program.extension_days = days).start()
}

#[test]
fn ext_1_every_date_moves_with_it() {
    let mut world = example().start();
    world.pass_to(world.local("2027-02-08T12:00"));
    assert_eq!(
        world.mails(MessageKind::ExpiryReminder).len(),
        2,
        "EXP-1: the reminder has left"
    );
    extend(&mut world, 30);
    for (kind, at) in [
        (MilestoneKind::ExpiryReminder, "2027-03-03T09:00"),
        (MilestoneKind::ExpiryNotice, "2027-03-10T09:00"),
        (MilestoneKind::Expires, "2027-03-11T00:00"),
        (MilestoneKind::Removed, "2027-04-10T00:00"),
        (MilestoneKind::AccessEndedNotice, "2027-04-10T09:00"),
        (MilestoneKind::NumbersReleased, "2027-04-25T00:00"),
    ] {
        assert_eq!(world.planned(kind), Some(world.local(at)), "EXT-1 {kind:?}");
    }
    world.pass_days(120);
    assert_eq!(
        world.mails(MessageKind::ExpiryReminder).len(),
        4,
        "EXP-1: the new end has its own reminder"
    );
    assert_eq!(
        world.mails(MessageKind::ExpiryNotice).len(),
        2,
        "EXP-2: the old end never came"
    );
}

#[test]
fn exp_7_an_end_that_comes_back_is_not_announced_twice() {
    let mut world = lengths(&[30, 5]);
    world.pass_to(world.local("2027-02-09T12:00"));
    extend(&mut world, 30); // longer
    extend(&mut world, 5); // back to 2027-02-14
    assert_eq!(world.term().ends_on.to_string(), "2027-02-14");
    world.pass_days(20);
    assert_eq!(
        world.mails(MessageKind::ExpiryReminder).len(),
        2,
        "EXP-7, TIME-3: it had left already"
    );
    assert_eq!(world.mails(MessageKind::ExpiryNotice).len(), 2, "EXP-2");
}

#[test]
fn exp_7_a_reminder_whose_day_an_extension_makes_pass_is_skipped_and_recorded() {
    let mut world = lengths(&[5]);
    extend(&mut world, 5); // ends on 2027-01-20
    assert_eq!(
        world.planned(MilestoneKind::ExpiryReminder),
        None,
        "EXP-1: its day would lie before the start"
    );
    let mut world = lengths(&[7]);
    world.pass_to(world.local("2027-01-20T09:00"));
    extend(&mut world, 7); // ends on 2027-01-27
    assert_eq!(
        world.state_of(MilestoneKind::ExpiryReminder),
        Some(MilestoneState::Skipped),
        "EXP-7: 09:00 is now"
    );
    let mut world = lengths(&[7]);
    world.pass_to(before(world.local("2027-01-20T09:00")));
    extend(&mut world, 7); // ends on 2027-01-27
    assert_eq!(
        world.state_of(MilestoneKind::ExpiryReminder),
        Some(MilestoneState::Planned),
        "EXP-7: just ahead"
    );
    world.pass_days(1);
    assert_eq!(world.mails(MessageKind::ExpiryReminder).len(), 2, "EXP-1");
}
