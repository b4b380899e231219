//! START-9, section 10: the whole future of a trial as one list.

use crate::{
    given::{example, given},
    support::{CAIRO, KIRITIMATI, LOS_ANGELES, PARIS, TAIPEI, local},
    world::World,
};
use domain::trial::{CancelledBy, MilestoneKind, MilestoneState, Planned, Row, RowChange, plan, reconcile};

/// The plan as one reads it: kind, wall clock time, civil day.
fn read(world: &World) -> Vec<String> {
    let line = |item: Planned| {
        let wall = item.at.map(|at| at.to_zoned(world.zone.clone()).datetime().to_string());
        format!(
            "{} {} {}",
            item.kind.as_str(),
            wall.unwrap_or_default(),
            item.on.expect("a day")
        )
    };
    plan(&world.trial, &world.program, &world.zone)
        .into_iter()
        .map(line)
        .collect()
}

#[test]
fn exp_1_to_5_the_example_of_the_rules() {
    let expected = [
        "started 2027-01-15T10:30:00 2027-01-15",
        "expiry_reminder 2027-02-07T09:00:00 2027-02-07",
        "expiry_notice 2027-02-14T09:00:00 2027-02-14",
        "expires 2027-02-15T00:00:00 2027-02-15",
        "removed 2027-03-17T00:00:00 2027-03-17",
        "access_ended_notice 2027-03-17T09:00:00 2027-03-17",
        "numbers_released 2027-04-01T00:00:00 2027-04-01",
    ];
    assert_eq!(read(&example().start()), expected, "EXP-1 EXP-2 EXP-3 EXP-4 EXP-5");
}

#[test]
fn exp_1_to_5_the_same_wall_clock_times_in_every_zone() {
    let walls = |zone: &str| read(&given(&["calling"], zone, local("2027-01-15T10:30", zone)).start());
    for zone in [LOS_ANGELES, TAIPEI, KIRITIMATI, CAIRO] {
        assert_eq!(
            walls(zone),
            walls(PARIS),
            "TIME-1, EXP-1 EXP-2 EXP-3 EXP-4 EXP-5 {zone}"
        );
    }
}

#[test]
fn exp_1_to_5_over_a_skipped_midnight() {
    let world = given(&["calling"], CAIRO, local("2027-03-30T10:30", CAIRO)).start();
    let expected = [
        "started 2027-03-30T10:30:00 2027-03-30",
        "expiry_reminder 2027-04-22T09:00:00 2027-04-22",
        "expiry_notice 2027-04-29T09:00:00 2027-04-29",
        "expires 2027-04-30T01:00:00 2027-04-30",
        "removed 2027-05-30T00:00:00 2027-05-30",
        "access_ended_notice 2027-05-30T09:00:00 2027-05-30",
        "numbers_released 2027-06-14T00:00:00 2027-06-14",
    ];
    assert_eq!(read(&world), expected, "TIME-2, EXP-1 EXP-2 EXP-3 EXP-4 EXP-5");
}

#[test]
fn start_9_every_item_names_its_rule() {
    let rules: Vec<_> = MilestoneKind::ALL
        .iter()
        .map(|kind| (kind.as_str(), kind.rule()))
        .collect();
    let expected = [
        ("consent_lapses", "CONS-2"),
        ("started", "PROV-1"),
        ("expiry_reminder", "EXP-1"),
        ("expiry_notice", "EXP-2"),
        ("expires", "EXP-3"),
        ("order_reminder", "CONV-7"),
        ("order_closes", "CONV-7"),
        ("removed", "EXP-4"),
        ("access_ended_notice", "EXP-4"),
        ("numbers_released", "EXP-5"),
        ("device_return_opens", "DEV-6"),
        ("device_ends", "DEV-5"),
        ("device_return_due", "DEV-6"),
        ("return_overdue", "DEV-6"),
    ];
    assert_eq!(rules, expected, "START-9");
    for kind in MilestoneKind::ALL {
        assert_eq!(MilestoneKind::parse(kind.as_str()), Some(*kind));
    }
}

#[test]
fn start_9_a_request_shows_when_it_lapses_and_then_an_open_future() {
    let world = example().asked().start();
    let items = plan(&world.trial, &world.program, &world.zone);
    let kinds: Vec<_> = items.iter().map(|item| item.kind.as_str()).collect();
    assert_eq!(kinds[0], "consent_lapses", "START-9, CONS-2");
    assert_eq!(
        items[0].on.map(|day| day.to_string()).as_deref(),
        Some("2027-01-25"),
        "START-9"
    );
    assert_eq!(kinds[1..].len(), 7, "START-9");
    assert!(items[1..].iter().all(|item| item.at.is_none()), "START-9");
}

#[test]
fn time_4_a_plan_is_in_the_order_in_which_it_falls_due() {
    let orders = |rest: u32, grace: u32, kept: u32| {
        let policy = move |program: &mut domain::program::Program| {
            program.policy.number_rest_days = rest;
            program.policy.grace_days = grace;
            program.policy.cancelled_organization_days = kept;
        };
        let running = example().program(policy).start();
        let mut cancelled = example().program(policy).start();
        cancelled.must(|trial, at| trial.cancel(CancelledBy::Customer, None, true, at));
        [running, cancelled].map(|world| plan(&world.trial, &world.program, &world.zone))
    };
    for (rest, grace, kept) in [(15, 30, 30), (0, 30, 0), (0, 0, 10), (60, 0, 30)] {
        for items in orders(rest, grace, kept) {
            let order: Vec<_> = items.iter().map(|item| (item.at, item.kind)).collect();
            assert!(order.is_sorted(), "TIME-4: {order:?}");
        }
    }
}

fn row(kind: MilestoneKind, at: &str, state: MilestoneState) -> Row {
    let at = local(at, PARIS);
    Row {
        kind,
        at,
        on: at.to_zoned(crate::support::zone(PARIS)).date(),
        state,
        done_at: None,
    }
}

fn item(kind: MilestoneKind, at: &str) -> Planned {
    let row = row(kind, at, MilestoneState::Planned);
    Planned {
        kind,
        at: Some(row.at),
        on: Some(row.on),
    }
}

#[test]
fn exp_7_a_new_plan_skips_passed_notices_but_never_the_end_nor_the_email_to_the_users() {
    let now = local("2027-05-01T12:00", PARIS);
    let passed = "2027-04-01T09:00";
    let states = |kind| match &reconcile(&[], &[item(kind, passed)], now)[..] {
        [RowChange::Insert(row)] => row.state,
        other => panic!("one row: {other:?}"),
    };
    for (kind, state) in [
        (MilestoneKind::Started, MilestoneState::Done),
        (MilestoneKind::ExpiryReminder, MilestoneState::Skipped),
        (MilestoneKind::ExpiryNotice, MilestoneState::Skipped),
        (MilestoneKind::Expires, MilestoneState::Planned),
        (MilestoneKind::Removed, MilestoneState::Planned),
        (MilestoneKind::AccessEndedNotice, MilestoneState::Planned),
        (MilestoneKind::NumbersReleased, MilestoneState::Planned),
        (MilestoneKind::ConsentLapses, MilestoneState::Planned),
    ] {
        assert_eq!(states(kind), state, "EXP-7 {kind:?}");
    }
}

#[test]
fn exp_7_what_is_no_longer_planned_goes_and_what_happened_stays() {
    let now = local("2027-02-10T12:00", PARIS);
    let reminder = |state| row(MilestoneKind::ExpiryReminder, "2027-02-07T09:00", state);
    let at = local("2027-02-07T09:00", PARIS);
    let skip = RowChange::Skip(MilestoneKind::ExpiryReminder, at);
    assert_eq!(
        reconcile(&[reminder(MilestoneState::Planned)], &[], now),
        [skip],
        "EXP-7: missed, recorded"
    );
    assert_eq!(
        reconcile(&[reminder(MilestoneState::Done)], &[], now),
        [],
        "EXP-7: done stays done"
    );
    assert_eq!(
        reconcile(&[reminder(MilestoneState::Skipped)], &[], now),
        [],
        "EXP-7: skipped stays skipped"
    );
    let before = local("2027-02-01T12:00", PARIS);
    let gone = RowChange::Delete(MilestoneKind::ExpiryReminder, at);
    assert_eq!(
        reconcile(&[reminder(MilestoneState::Planned)], &[], before),
        [gone],
        "EXP-7: it never came"
    );
    let same = item(MilestoneKind::ExpiryReminder, "2027-02-07T09:00");
    for state in [MilestoneState::Planned, MilestoneState::Done, MilestoneState::Skipped] {
        assert_eq!(
            reconcile(&[reminder(state)], std::slice::from_ref(&same), now),
            [],
            "EXP-7: nothing new"
        );
    }
}
