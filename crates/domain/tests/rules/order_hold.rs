//! CONV-7: an order that was placed in time holds the removal until it is mapped or closed; reminders, and the closing.

use crate::{
    given::{example, given},
    order::{buy, order, place},
    support::{KIRITIMATI, LOS_ANGELES, PARIS, day, local},
    world::{World, before},
};
use domain::{
    notify::MessageKind,
    order::{ClosedOrder, Holders, difference},
    refusal::Code,
    trial::{Decision, Edit, Extend, MilestoneKind, Status, Subject},
};

const GRACE_ENDS: &str = "2027-03-17T00:00";

fn at(world: &World, kind: MilestoneKind) -> String {
    let at = world.planned(kind).expect("planned");
    at.to_zoned(world.zone.clone()).datetime().to_string()
}

#[test]
fn conv_7_reminders_on_days_7_20_and_27_and_then_it_closes_in_three_zones_over_a_clock_change() {
    // Each of these thirty days has a clock change in it, where there is one.
    for (zone, placed) in [
        (PARIS, "2027-03-10T23:30"),
        (LOS_ANGELES, "2027-03-01T00:10"),
        (KIRITIMATI, "2027-03-10T00:00"),
    ] {
        let mut world = given(&["messaging"], zone, local(placed, zone)).days(60).start();
        let begun = domain::time::civil_day(world.now, &world.zone);
        let order = place(&mut world, &[("messaging", 10)]);
        assert_eq!(order.closes_on, domain::time::plus_days(begun, 30));
        world.pass_days(40);
        let sent = world.mails(MessageKind::OrderReminder);
        let when: Vec<String> = sent
            .iter()
            .map(|one| one.at.to_zoned(world.zone.clone()).datetime().to_string())
            .collect();
        let nine = |days: i64| format!("{}T09:00:00", domain::time::plus_days(begun, days));
        assert_eq!(when, [nine(7), nine(20), nine(27)], "CONV-7: {zone}");
        let left: Vec<Option<i64>> = sent.iter().map(|one| one.message.facts.days_left).collect();
        assert_eq!(left, [Some(23), Some(10), Some(3)], "CONV-7: {zone}");
        let closed = world.mails(MessageKind::OrderClosed);
        let when = closed[0].at.to_zoned(world.zone.clone()).datetime().to_string();
        assert_eq!(
            when,
            format!("{}T00:00:00", domain::time::plus_days(begun, 31)),
            "CONV-7: the end of day 30, {zone}"
        );
        assert_eq!(closed[0].message.facts.outcome.as_deref(), Some("not_mapped"));
        assert_eq!(closed.len(), 1, "CONV-7: once");
        assert_eq!(
            world.trial.order.as_ref().and_then(|mark| mark.closed_on),
            Some(order.closes_on)
        );
    }
}

#[test]
fn conv_7_an_order_placed_on_the_last_instant_of_grace_holds_the_removal_until_it_closes() {
    let mut world = example().start();
    world.pass_to(before(world.local(GRACE_ENDS)));
    place(&mut world, &[("messaging", 10)]);
    assert_eq!(
        at(&world, MilestoneKind::Removed),
        "2027-04-16T00:00:00",
        "CONV-7: the end of day 30"
    );
    assert_eq!(
        at(&world, MilestoneKind::AccessEndedNotice),
        "2027-04-16T09:00:00",
        "CONV-7"
    );
    assert_eq!(
        at(&world, MilestoneKind::NumbersReleased),
        "2027-05-01T00:00:00",
        "CONV-7, EXP-5"
    );
    let end = world.planned(MilestoneKind::Removed).expect("planned");
    world.pass_to(before(end));
    assert_eq!(world.status(), Status::Expired, "CONV-7: held to the instant");
    world.pass_to(end);
    assert_eq!(world.status(), Status::Removed, "EXP-4: then it goes");
    assert_eq!(
        world.mails(MessageKind::OrderClosed).len(),
        1,
        "CONV-7: and the order was closed"
    );
    world.pass_days(1);
    assert_eq!(world.mails(MessageKind::AccessEnded).len(), 1, "EXP-4");
}

#[test]
fn conv_7_not_a_moment_later() {
    let mut world = example().start();
    world.held = true;
    world.pass_to(world.local(GRACE_ENDS));
    assert_eq!(world.status(), Status::Expired, "EXP-9: held");
    let late = order(&world, "1", &[("messaging", 10)]);
    let refusal = world.refused(|trial, at| trial.place_order(&late, at));
    assert_eq!(
        refusal.code,
        Code::TrialNotConvertible,
        "CONV-7: a hold gives no more time to order"
    );
}

#[test]
fn conv_7_it_is_mapped_after_the_end_of_grace_and_nothing_is_removed() {
    let mut world = example().start();
    world.pass_to(before(world.local(GRACE_ENDS)));
    let order = place(&mut world, &[("messaging", 100), ("calling", 100)]);
    world.pass_to(before(world.planned(MilestoneKind::OrderCloses).expect("planned")));
    let found = difference(&world.trial, &order.services, |_| 0, &Holders::new());
    buy(&mut world, &order, &found, false);
    world.pass_days(200);
    assert_eq!(world.status(), Status::Converted, "CONV-7");
    assert!(
        world.rows.iter().all(|row| !row.kind.is_irreversible()),
        "CONV-7: nothing goes any more"
    );
    assert!(world.mails(MessageKind::OrderClosed).is_empty());
}

#[test]
fn conv_7_closed_early_the_removal_comes_with_the_end_of_that_day_but_never_before_grace() {
    let mut late = example().start();
    late.pass_to(before(late.local(GRACE_ENDS)));
    place(&mut late, &[("messaging", 10)]);
    late.pass_to(late.local("2027-03-25T12:00"));
    late.must(|trial, at| Ok(trial.close_order(ClosedOrder::Withdrawn, None, at).expect("open")));
    assert_eq!(
        at(&late, MilestoneKind::Removed),
        "2027-03-26T00:00:00",
        "CONV-7: the later of the two"
    );
    let mut early = example().start();
    early.pass_to(early.local("2027-02-20T12:00"));
    place(&mut early, &[("messaging", 10)]);
    assert_eq!(
        at(&early, MilestoneKind::Removed),
        "2027-03-23T00:00:00",
        "CONV-7: held"
    );
    early.must(|trial, at| Ok(trial.close_order(ClosedOrder::Withdrawn, None, at).expect("open")));
    assert_eq!(
        at(&early, MilestoneKind::Removed),
        "2027-03-17T00:00:00",
        "EXP-4: as it was"
    );
}

#[test]
fn conv_7_against_expiry_to_the_second() {
    let mut world = example().start();
    let end = world.planned(MilestoneKind::Expires).expect("planned");
    for instant in [before(end), end] {
        let mut world = example().start();
        world.pass_to(instant);
        let order = place(&mut world, &[("messaging", 100), ("calling", 100)]);
        let found = difference(&world.trial, &order.services, |_| 0, &Holders::new());
        buy(&mut world, &order, &found, false);
        world.pass_days(100);
        assert_eq!(world.status(), Status::Converted, "CONV-7: at {instant}");
    }
    world.pass_to(world.local(GRACE_ENDS));
    let order = order(&world, "1", &[("messaging", 10)]);
    let found = difference(&world.trial, &order.services, |_| 0, &Holders::new());
    let by = crate::support::person("contact");
    let buy = domain::trial::Buy {
        order: &order.id,
        services: &order.services,
        difference: &found,
        accept_reduced: true,
        held: false,
        by: &by,
    };
    let refusal = world.refused(|trial, at| trial.convert_by(&buy, at));
    assert_eq!(refusal.code, Code::TrialNotConvertible, "CONV-7: removed");
}

#[test]
fn conv_7_extended_meanwhile_the_later_end_holds() {
    let mut world = example().start();
    world.pass_to(world.local("2027-03-10T12:00"));
    place(&mut world, &[("messaging", 10)]);
    assert_eq!(at(&world, MilestoneKind::Removed), "2027-04-10T00:00:00", "CONV-7");
    world.must(|trial, at| trial.extend(&Extend::default(), at));
    assert_eq!(world.status(), Status::Active, "EXT-3");
    assert_eq!(
        at(&world, MilestoneKind::Removed),
        "2027-05-10T00:00:00",
        "EXT-1, EXP-4: 30 days and grace"
    );
    assert_eq!(world.trial.removal_day(&world.program), Some(day("2027-05-09")));
}

#[test]
fn exp_7_after_an_outage_an_order_that_ran_out_is_closed_and_not_reminded_of() {
    let mut world = example().start();
    world.pass_to(before(world.local(GRACE_ENDS)));
    let order = place(&mut world, &[("messaging", 10)]);
    world.outage_to(world.local("2027-05-20T12:00"));
    assert_eq!(world.status(), Status::Removed, "EXP-4");
    assert!(
        world.mails(MessageKind::OrderReminder).is_empty(),
        "EXP-7: too late for that"
    );
    assert_eq!(
        world.mails(MessageKind::OrderClosed).len(),
        1,
        "CONV-7: it is said, late"
    );
    assert_eq!(
        world.trial.order.as_ref().and_then(|mark| mark.closed_on),
        Some(order.closes_on),
        "CONV-7"
    );
}

#[test]
fn ext_3_conv_7_what_an_order_keeps_beyond_grace_does_not_come_back() {
    let mut world = example().start();
    world.pass_to(before(world.local(GRACE_ENDS)));
    place(&mut world, &[("messaging", 10)]);
    world.pass_to(world.local(GRACE_ENDS));
    assert_eq!(world.status(), Status::Expired, "CONV-7: held");
    let refusal = world.refused(|trial, at| trial.extend(&Extend::default(), at));
    assert_eq!(refusal.code, Code::WrongStatus, "EXT-3: grace is over");
}

#[test]
fn conv_7_not_after_its_last_day_though_the_worker_is_late() {
    let mut world = example().start();
    world.pass_to(before(world.local(GRACE_ENDS)));
    let order = order(&world, "1", &[("messaging", 100), ("calling", 100)]);
    let found = difference(&world.trial, &order.services, |_| 0, &Holders::new());
    let by = crate::support::person("contact");
    let buy = |held| domain::trial::Buy {
        order: &order.id,
        services: &order.services,
        difference: &found,
        accept_reduced: false,
        held,
        by: &by,
    };
    assert!(
        world.trial.convert_by(&buy(false), &world.at()).is_ok(),
        "CONV-7: the last instant"
    );
    world.now = world.local(GRACE_ENDS);
    let late = world.trial.convert_by(&buy(false), &world.at());
    assert_eq!(late.map_err(|it| it.code), Err(Code::TrialNotConvertible), "CONV-7");
    assert!(
        world.trial.convert_by(&buy(true), &world.at()).is_ok(),
        "EXP-9: kept by a hold"
    );
    let end = domain::time::end_of(order.closes_on, &world.zone);
    assert!(order.need_open_at(before(end), &world.zone).is_ok(), "CONV-7");
    let code = order.need_open_at(end, &world.zone).map_err(|it| it.code);
    assert_eq!(code, Err(Code::WrongStatus), "CONV-7: an order has an end of its own");
}

#[test]
fn conv_7_a_refusal_of_the_last_service_closes_the_order_of_the_trial_that_it_ends() {
    let mut world = example().start();
    place(&mut world, &[("messaging", 10)]);
    let edit = Edit {
        services: Some(vec!["contact-center".to_owned()]),
        ..Edit::default()
    };
    world.must(|trial, at| trial.edit(&edit, |_| Vec::new(), &[], at));
    let refused = Decision {
        subject: Subject::Service {
            id: "contact-center".to_owned(),
        },
        approved: false,
        reason: None,
    };
    world.must(|trial, at| trial.decide_approval(&refused, (&[], true), at));
    assert_eq!(world.status(), Status::Cancelled, "START-2");
    let mark = world.trial.order.as_ref().expect("was placed");
    assert!(mark.closed_on.is_some(), "CONV-7: nobody can set it up any more");
    let closed = world.mails(MessageKind::OrderClosed);
    assert_eq!(closed.len(), 1, "CONV-7: it is said");
    assert_eq!(closed[0].message.facts.outcome.as_deref(), Some("withdrawn"));
}

#[test]
fn conv_7_exp_7_after_an_outage_one_reminder_of_an_order_leaves_not_one_for_each_day_that_passed() {
    let mut world = example().start();
    let placed = place(&mut world, &[("messaging", 10)]).placed_on;
    let at_nine = |world: &World, days: i64| {
        let day = domain::time::plus_days(placed, days);
        domain::time::at_civil(day, jiff::civil::time(9, 0, 0, 0), &world.zone)
    };
    // Days 7 and 20 have passed; both rows are there still.
    world.outage_to(at_nine(&world, 21));
    let sent = world.mails(MessageKind::OrderReminder);
    assert_eq!(sent.len(), 1, "EXP-7: one");
    assert_eq!(
        sent[0].message.facts.days_left,
        Some(9),
        "EXP-7: with the true number of days"
    );
    world.outage_to(at_nine(&world, 27));
    assert_eq!(
        world.mails(MessageKind::OrderReminder).len(),
        2,
        "CONV-7: day 27 as ever"
    );
}
