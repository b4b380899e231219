//! DEV-1 to 8, EXT-4: devices asked for, shipped, kept longer, brought back; in whatever state their trial is.

use crate::{
    given,
    support::{CAIRO, KIRITIMATI, LOS_ANGELES, PARIS, TAIPEI, day, devices, person, program, utc},
    world::{World, after, before},
};
use domain::{
    ids::{DeviceExtensionId, ShipmentId},
    notify::{Audience, MessageKind},
    refusal::{Code, Refusal},
    shipment::{DeviceExtensionState, Loan, ReturnStatus, ShipmentState, WrongReason},
    time::{end_of, plus_days, seconds_until},
    trial::{
        CancelledBy, Decision, Edit, Extend, ExtensionWish, MilestoneKind, MilestoneState, Outcome, SerialInput,
        ShipWish, ShipmentRequest, State, Status, Subject, plan,
    },
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

const SERIALS: [&str; 2] = ["FCH2345A0BC", "FCH2345A0BD"];

fn started(zone: &str) -> World {
    given::given(&["messaging", "devices"], zone, utc("2027-01-15T09:30:00Z")).start()
}

fn first(world: &World) -> ShipmentId {
    world.trial.id.first_shipment()
}

fn serials(list: &[&str]) -> Vec<SerialInput> {
    let one = |serial: &&str| SerialInput {
        device_type: None,
        serial: Some((*serial).to_owned()),
    };
    list.iter().map(one).collect()
}

fn wish(world: &World, days: i64) -> ShipWish {
    ShipWish {
        order_number: Some("d 123 4567".to_owned()),
        serials: Some(serials(&SERIALS)),
        carrier: Some("dhl".to_owned()),
        tracking: None,
        ends_on: Some(plus_days(world.at().today(), days)),
        shipped_on: None,
    }
}

/// Approved and shipped today, for so many days.
fn lent(zone: &str, days: i64) -> World {
    let mut world = started(zone);
    let id = first(&world);
    world.must(|trial, at| trial.decide_shipment(&id, true, None, at));
    let wish = wish(&world, days);
    world.must(|trial, at| trial.ship(&id, &wish, &BTreeSet::new(), at));
    world
}

fn loan(world: &World) -> &Loan {
    world.trial.shipments[0].loan().expect("a loan")
}

fn try_ship(world: &World, wish: &ShipWish, out: &[&str]) -> Refusal {
    let out = out.iter().map(|one| (*one).to_owned()).collect();
    world.refused(|trial, at| trial.ship(&first(world), wish, &out, at))
}

fn faults(refusal: &Refusal) -> Vec<(String, Code, String)> {
    let reason = |values: &[(String, String)]| {
        let found = values.iter().find(|(name, _)| name == "reason");
        found.map(|(_, reason)| reason.clone()).unwrap_or_default()
    };
    let all = refusal.errors.iter();
    all.map(|error| (error.pointer.clone(), error.code, reason(&error.values)))
        .collect()
}

fn ask(days: i64, tail: &str) -> ExtensionWish {
    ExtensionWish {
        id: DeviceExtensionId::new("eu", tail),
        days,
        reason: None,
        by: person("seller"),
    }
}

fn extend_by(world: &mut World, days: i64, tail: &str) {
    let id = first(world);
    let wish = ask(days, tail);
    world.must(|trial, at| trial.ask_device_extension(&id, &wish, at));
    world.must(|trial, at| trial.decide_device_extension(&wish.id, (true, &person("team")), None, at));
}

#[test]
fn dev_1_the_start_asks_the_trials_team_once_the_days_count() {
    let mut world = started(PARIS);
    let shipment = &world.trial.shipments[0];
    assert_eq!(shipment.id, first(&world), "DEV-1");
    assert_eq!(
        shipment.state,
        ShipmentState::Requested,
        "DEV-4: the team decides first"
    );
    assert_eq!(shipment.lines, [("desk-phone".to_owned(), 2)], "DEV-1");
    assert_eq!(shipment.country, "FR", "DEV-7: the country shipped to");
    let sent = world.mails(MessageKind::ShipmentRequested);
    assert_eq!(sent.len(), 1, "DEV-1: once");
    assert_eq!(sent[0].message.audience, Audience::TrialsTeam, "DEV-1");
    let facts = sent[0].message.facts.devices.as_deref().expect("devices");
    assert_eq!(facts.site_has_poe, Some(true), "DEV-3: said with the request");
    let kinds = [
        MilestoneKind::DeviceReturnOpens,
        MilestoneKind::DeviceEnds,
        MilestoneKind::ReturnOverdue,
    ];
    for kind in kinds {
        let items = plan(&world.trial, &world.program, &world.zone);
        let item = items.iter().find(|item| item.kind == kind).expect("shown before");
        assert_eq!(item.at, None, "DEV-6: without a date until it is shipped");
    }
    world.pass_days(3);
    assert_eq!(
        world.mails(MessageKind::ShipmentRequested).len(),
        1,
        "DEV-1: never again"
    );
}

#[test]
fn dev_1_nothing_is_asked_for_what_is_skipped_or_not_there() {
    let world = given::given(&["messaging"], PARIS, utc("2027-01-15T09:30:00Z")).start();
    assert!(world.trial.shipments.is_empty(), "DEV-1");
    assert_eq!(world.planned(MilestoneKind::DeviceEnds), None);
    let none = plan(&world.trial, &world.program, &world.zone);
    assert!(
        !none.iter().any(|item| item.kind == MilestoneKind::DeviceEnds),
        "DEV-6: nothing to plan"
    );
}

fn later(types: &[(&str, i64)], poe: Option<bool>) -> ShipmentRequest {
    let line = |(id, quantity): &(&str, i64)| domain::trial::DeviceLine {
        device_type: Some((*id).to_owned()),
        quantity: Some(*quantity),
    };
    ShipmentRequest {
        ship: Some(types.iter().map(line).collect()),
        site_has_poe: poe,
        ship_to: devices().ship_to,
        reason: None,
    }
}

fn request(world: &mut World, types: &[(&str, i64)], tail: &str) -> Result<(), Refusal> {
    let id = ShipmentId::new("eu", tail);
    let wish = later(types, Some(false)).validate(id, person("seller"), &world.program)?;
    world.attempt(|trial, at| trial.request_shipment(&wish, at)).map(|_| ())
}

#[test]
fn dev_2_a_type_goes_once_and_is_free_again_when_refused() {
    let mut world = started(PARIS);
    let taken = request(&mut world, &[("desk-phone", 1)], "a").expect_err("DEV-2");
    assert_eq!(
        taken.code,
        Code::DeviceTypeAlreadyShipped,
        "DEV-2: two phones, then one more"
    );
    request(&mut world, &[("board", 1)], "b").expect("DEV-2: another type");
    let id = first(&world);
    world.must(|trial, at| trial.decide_shipment(&id, false, Some("no stock"), at));
    request(&mut world, &[("desk-phone", 3)], "c").expect("DEV-2: refused, so free again");
    let again = world.refused(|trial, at| trial.decide_shipment(&id, true, None, at));
    assert_eq!(again.code, Code::AlreadyDecided, "DEV-4: decided once");
    let more = request(&mut world, &[("desk-phone", 6)], "d").expect_err("DEV-2");
    assert_eq!(more.code, Code::DeviceLimitExceeded, "DEV-2: quantity per type");
}

#[test]
fn dev_3_whoever_asks_says_whether_the_site_has_poe() {
    let (id, program) = (ShipmentId::new("eu", "x"), program());
    let unsaid = later(&[("desk-phone", 1)], None).validate(id.clone(), person("s"), &program);
    let unsaid = unsaid.expect_err("DEV-3");
    assert_eq!(faults(&unsaid)[0].0, "/site_has_poe", "DEV-3");
    assert_eq!(faults(&unsaid).len(), 1);
    let said = later(&[("desk-phone", 1)], Some(false)).validate(id, person("s"), &program);
    assert_eq!(
        said.map(|wish| wish.site_has_poe).ok(),
        Some(Some(false)),
        "DEV-3: without is no fault"
    );
}

#[test]
fn dev_2_devices_are_asked_for_only_while_the_trial_runs() {
    let mut world = started(PARIS);
    world.pass_days(31);
    assert_eq!(world.status(), Status::Expired);
    let late = request(&mut world, &[("board", 1)], "b").expect_err("DEV-2");
    assert_eq!(late.code, Code::WrongStatus, "DEV-2: not in grace");
    let mut without = given::given(&["messaging"], PARIS, utc("2027-01-15T09:30:00Z")).start();
    let none = request(&mut without, &[("board", 1)], "b").expect_err("DEV-2");
    assert_eq!(none.code, Code::WrongStatus, "DEV-2: not without a devices service");
}

#[test]
fn dev_4_nothing_is_shipped_before_the_team_has_said_yes() {
    let world = started(PARIS);
    assert_eq!(
        try_ship(&world, &wish(&world, 30), &[]).code,
        Code::WrongStatus,
        "DEV-4"
    );
}

#[test]
fn dev_4_every_fault_of_a_shipment_is_told_at_once() {
    let mut world = started(PARIS);
    let id = first(&world);
    world.must(|trial, at| trial.decide_shipment(&id, true, None, at));
    let none = try_ship(&world, &ShipWish::default(), &[]);
    let at: Vec<String> = faults(&none).into_iter().map(|(pointer, ..)| pointer).collect();
    assert_eq!(at, ["/order_number", "/carrier", "/ends_on", "/serials"], "DEV-4");
    let list = |list: &[&str]| ShipWish {
        serials: Some(serials(list)),
        ..wish(&world, 30)
    };
    let fault = |given: &[&str], out: &[&str]| faults(&try_ship(&world, &list(given), out));
    let mismatch = |at: &str, reason: &str| vec![(at.to_owned(), Code::SerialMismatch, reason.to_owned())];
    assert_eq!(
        fault(&["FCH1111", "fch-1111"], &[]),
        mismatch("/serials/1", "repeated"),
        "DEV-4"
    );
    assert_eq!(
        fault(&["FCHO111", "FCH01I1"], &[]),
        mismatch("/serials/1", "look_alike"),
        "DEV-4"
    );
    assert_eq!(
        fault(&["FCH1111", "FCH2222"], &["FCH2222"]),
        mismatch("/serials/1", "out"),
        "DEV-4"
    );
    assert_eq!(fault(&["FCH1111"], &[]), mismatch("/serials", "count"), "DEV-4");
    assert_eq!(fault(&["FCH1111", "<b>"], &[])[0].1, Code::InvalidCharacters, "DEV-4");
    let ten_thousand: Vec<String> = (0..10_000).map(|n| format!("FCH!{n}")).collect();
    let ten_thousand: Vec<&str> = ten_thousand.iter().map(String::as_str).collect();
    let many = fault(&ten_thousand, &[]);
    assert!(many.len() <= 50, "DEV-4: not ten thousand faults, but {}", many.len());
    assert_eq!(many[0], mismatch("/serials", "count")[0], "DEV-4");
}

#[test]
fn dev_5_the_device_end_date_lies_at_most_120_days_after_shipping() {
    let mut world = started(PARIS);
    let id = first(&world);
    world.must(|trial, at| trial.decide_shipment(&id, true, None, at));
    let code = |days: i64| faults(&try_ship(&world, &wish(&world, days), &[])).remove(0);
    assert_eq!(code(121).1, Code::DeviceLimitExceeded, "DEV-5: 121 days");
    assert_eq!(code(0).1, Code::OutOfRange, "DEV-5: after the day of shipping");
    assert_eq!(code(121).0, "/ends_on");
    let wish = wish(&world, 120);
    let change = world.must(|trial, at| trial.ship(&id, &wish, &BTreeSet::new(), at));
    assert_eq!(loan(&world).order_number, "D1234567", "DEV-4: in its one spelling");
    assert_eq!(loan(&world).ends_on, plus_days(world.term().starts_on, 120), "DEV-5");
    let told: Vec<Audience> = change.messages.iter().map(|message| message.audience).collect();
    assert_eq!(
        told,
        [Audience::CustomerAdministrators, Audience::PartnerAdministrators],
        "DEV-4"
    );
    let facts = &change.messages[0].facts;
    let devices = facts.devices.as_deref().expect("devices");
    assert_eq!(devices.device_ends_on, Some(loan(&world).ends_on), "DEV-5");
    assert_eq!(
        facts.ends_on,
        Some(world.term().ends_on),
        "DEV-5: both dates, named apart"
    );
}

#[test]
fn dev_4_two_types_are_told_apart_by_their_serials() {
    let mut world = started(PARIS);
    request(&mut world, &[("board", 1)], "b").expect("DEV-2");
    let id = first(&world);
    world.must(|trial, at| trial.decide_shipment(&id, false, None, at));
    let both = ShipmentId::new("eu", "c");
    let board = ShipmentId::new("eu", "b");
    world.must(|trial, at| trial.decide_shipment(&board, false, None, at));
    request(&mut world, &[("desk-phone", 1), ("board", 1)], "c").expect("DEV-2");
    world.must(|trial, at| trial.decide_shipment(&both, true, None, at));
    let untyped = wish(&world, 30);
    let plain = world.refused(|trial, at| trial.ship(&both, &untyped, &BTreeSet::new(), at));
    assert_eq!(
        faults(&plain)[0].0,
        "/serials/0/type",
        "DEV-4: two types need their types"
    );
    let typed = |types: [&str; 2]| ShipWish {
        serials: Some(
            types
                .iter()
                .zip(SERIALS)
                .map(|(id, serial)| SerialInput {
                    device_type: Some((*id).to_owned()),
                    serial: Some(serial.to_owned()),
                })
                .collect(),
        ),
        ..wish(&world, 30)
    };
    let wrong = typed(["board", "board"]);
    let wrong = world.refused(|trial, at| trial.ship(&both, &wrong, &BTreeSet::new(), at));
    assert_eq!(
        faults(&wrong)[0].2,
        "count",
        "DEV-4: as many of each type as were asked for"
    );
    let right = typed(["board", "desk-phone"]);
    world.must(|trial, at| trial.ship(&both, &right, &BTreeSet::new(), at));
    assert!(
        world.trial.shipment(&both).and_then(|one| one.loan()).is_some(),
        "DEV-4"
    );
}

/// When each kind is planned, for the first loan.
fn instants(world: &World, kind: MilestoneKind) -> Vec<jiff::Timestamp> {
    let items = plan(&world.trial, &world.program, &world.zone);
    items
        .iter()
        .filter(|item| item.kind == kind)
        .filter_map(|item| item.at)
        .collect()
}

#[test]
fn dev_6_the_days_of_a_loan_follow_its_own_end_in_three_zones() {
    for zone in [PARIS, TAIPEI, LOS_ANGELES, KIRITIMATI, CAIRO] {
        let world = lent(zone, 60);
        let ends_on = loan(&world).ends_on;
        let opens = format!("{}T09:00:00", plus_days(ends_on, -14));
        assert_eq!(
            instants(&world, MilestoneKind::DeviceReturnOpens),
            [world.local(&opens)],
            "DEV-6 {zone}"
        );
        assert_eq!(
            instants(&world, MilestoneKind::DeviceEnds),
            [end_of(ends_on, &world.zone)],
            "DEV-5 {zone}"
        );
        let due_on = plus_days(ends_on, 14);
        assert_eq!(
            instants(&world, MilestoneKind::DeviceReturnDue),
            [end_of(due_on, &world.zone)],
            "DEV-6 {zone}"
        );
        let reminders: Vec<_> = [1, 7, 14, 21]
            .map(|after| world.local(&format!("{}T09:00:00", plus_days(due_on, after))))
            .to_vec();
        assert_eq!(
            instants(&world, MilestoneKind::ReturnOverdue),
            reminders,
            "DEV-6 {zone}"
        );
    }
}

#[test]
fn dev_6_returns_open_to_the_microsecond_and_are_announced_to_both() {
    let mut world = lent(PARIS, 60);
    let at = instants(&world, MilestoneKind::DeviceReturnOpens)[0];
    let early = world.refused(|trial, at| trial.open_return(&first_of(trial), at));
    assert_eq!(early.code, Code::WrongStatus, "DEV-6: not before");
    assert_eq!(
        early.extra.get("opens_on").and_then(|value| value.as_str()),
        Some(plus_days(loan(&world).ends_on, -14).to_string().as_str()),
        "DEV-6: says from when"
    );
    world.pass_to(before(at));
    assert_eq!(loan(&world).opened_on, None, "DEV-6");
    world.pass_to(at);
    assert_eq!(
        loan(&world).opened_on,
        Some(plus_days(loan(&world).ends_on, -14)),
        "DEV-6"
    );
    let sent = world.mails(MessageKind::ReturnOpen);
    let told: Vec<Audience> = sent.iter().map(|sent| sent.message.audience).collect();
    assert_eq!(
        told,
        [Audience::CustomerAdministrators, Audience::PartnerAdministrators],
        "DEV-6"
    );
    assert!(sent.iter().all(|sent| sent.at == at), "TIME-3");
}

fn first_of(trial: &domain::trial::Trial) -> ShipmentId {
    trial.shipments[0].id.clone()
}

#[test]
fn dev_6_a_short_loan_opens_when_it_leaves() {
    let mut world = lent(PARIS, 5);
    world.work();
    let now = world.now;
    world.pass_to(now);
    world.pass_days(1);
    assert_eq!(
        loan(&world).return_opens_on(&world.program.policy),
        loan(&world).shipped_on,
        "DEV-6"
    );
    assert!(loan(&world).opened_on.is_some(), "DEV-6");
}

#[test]
fn dev_6_what_is_overdue_is_reminded_on_days_1_7_14_then_every_week_for_ever() {
    let mut world = lent(PARIS, 20);
    let due_on = plus_days(loan(&world).ends_on, 14);
    world.pass_days(34 + 60);
    let days: Vec<i64> = world
        .mails(MessageKind::ReturnOverdue)
        .iter()
        .filter(|sent| sent.message.audience == Audience::PartnerAdministrators)
        .map(|sent| domain::time::days_between(due_on, domain::time::civil_day(sent.at, &world.zone)))
        .collect();
    assert_eq!(days, [1, 7, 14, 21, 28, 35, 42, 49, 56], "DEV-6");
    assert_eq!(
        world.status(),
        Status::Removed,
        "DEV-6: also when the trial is long gone"
    );
    let id = first(&world);
    let both: Vec<String> = SERIALS.map(str::to_owned).to_vec();
    world.must(|trial, at| trial.receive(&id, &both, &BTreeMap::new(), at));
    world.pass_days(100);
    assert_eq!(
        world.mails(MessageKind::ReturnOverdue).len(),
        18,
        "DEV-6: nothing once it is back"
    );
    assert!(instants(&world, MilestoneKind::ReturnOverdue).is_empty(), "DEV-6");
}

#[test]
fn dev_6_after_an_outage_one_reminder_not_one_for_each_day_that_passed() {
    let mut world = lent(PARIS, 20);
    let due = end_of(plus_days(loan(&world).ends_on, 14), &world.zone);
    world.pass_to(due);
    world.outage_to(due + jiff::SignedDuration::from_hours(24 * 10));
    let partner = |world: &World| {
        let all = world.mails(MessageKind::ReturnOverdue);
        all.iter()
            .filter(|sent| sent.message.audience == Audience::PartnerAdministrators)
            .count()
    };
    assert_eq!(partner(&world), 1, "EXP-7, DEV-6: days 1 and 7 passed, one email");
    world.pass_days(5);
    assert_eq!(partner(&world), 2, "DEV-6: then day 14");
}

#[test]
fn conv_6_ext_1_exp_3_nothing_of_the_trial_moves_the_device_end_date() {
    let mut world = lent(PARIS, 90);
    let ends_on = loan(&world).ends_on;
    let before = instants(&world, MilestoneKind::DeviceEnds);
    world.pass_days(10);
    world.must(|trial, at| trial.extend(&Extend::default(), at));
    assert_eq!(
        loan(&world).ends_on,
        ends_on,
        "EXT-4: extending the trial moves no device date"
    );
    world.pass_days(31);
    assert_eq!(world.status(), Status::Expired);
    assert_eq!(loan(&world).ends_on, ends_on, "DEV-5: nor does its expiry");
    world.must(|trial, at| trial.convert(at));
    assert_eq!(loan(&world).ends_on, ends_on, "CONV-6: nor does converting it");
    assert_eq!(
        instants(&world, MilestoneKind::DeviceEnds),
        before,
        "CONV-6: still planned"
    );
    world.pass_days(60);
    assert_eq!(
        world.mails(MessageKind::ReturnOpen).len(),
        2,
        "CONV-6: and the return is announced"
    );
    assert_eq!(
        world.state_of(MilestoneKind::DeviceEnds),
        Some(MilestoneState::Done),
        "DEV-6"
    );
}

#[test]
fn canc_2_devices_fall_due_14_days_after_the_cancelling_and_what_waits_is_withdrawn() {
    let mut world = lent(PARIS, 90);
    request(&mut world, &[("board", 1)], "b").expect("DEV-2");
    let id = first(&world);
    let wish = ask(10, "e");
    world.must(|trial, at| trial.ask_device_extension(&id, &wish, at));
    world.pass_days(10);
    let today = world.at().today();
    world.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
    let policy = world.program.policy.clone();
    let policy = &policy;
    assert_eq!(loan(&world).return_due_on(policy), plus_days(today, 14), "CANC-2");
    assert_eq!(loan(&world).opened_on, Some(today), "CANC-2: accepted at once");
    assert_eq!(world.trial.shipments[1].state, ShipmentState::Withdrawn, "CANC-2");
    assert_eq!(
        loan(&world).extensions[0].state,
        DeviceExtensionState::Withdrawn,
        "CANC-2"
    );
    assert_eq!(
        world.mails(MessageKind::ReturnOpen).len(),
        2,
        "CANC-2: both sides hear it"
    );
    let longer = ask(5, "f");
    let late = world.refused(|trial, at| trial.ask_device_extension(&id, &longer, at));
    assert_eq!(late.code, Code::WrongStatus, "CANC-2: nothing is kept longer");
    world.pass_days(16);
    assert_eq!(
        loan(&world).return_status(world.at().today(), policy),
        ReturnStatus::Overdue,
        "CANC-2"
    );
    assert_eq!(
        world.mails(MessageKind::ReturnOverdue).len(),
        2,
        "DEV-6: reminded on day 1"
    );
    let mut soon = lent(PARIS, 16);
    let due = loan(&soon).return_due_on(&soon.program.policy);
    soon.pass_days(29);
    soon.must(|trial, at| trial.cancel(CancelledBy::Customer, None, true, at));
    assert_eq!(
        loan(&soon).return_due_on(&soon.program.policy),
        due,
        "CANC-2: never later than it was"
    );
}

#[test]
fn edit_2_without_the_service_what_waits_is_not_shipped() {
    let mut world = started(PARIS);
    let edit = Edit {
        services: Some(vec!["messaging".to_owned()]),
        ..Edit::default()
    };
    world.must(|trial, at| trial.edit(&edit, |_| Vec::new(), &[], at));
    assert_eq!(world.trial.shipments[0].state, ShipmentState::Withdrawn, "EDIT-2");
}

#[test]
fn ext_4_days_are_added_to_the_device_end_date_up_to_120_from_shipping() {
    let mut world = lent(PARIS, 90);
    let (id, ends_on) = (first(&world), loan(&world).ends_on);
    let too_long = ask(31, "a");
    let refusal = world.refused(|trial, at| trial.ask_device_extension(&id, &too_long, at));
    assert_eq!(refusal.code, Code::DeviceLimitExceeded, "EXT-4: 121 days in all");
    let last = plus_days(loan(&world).shipped_on, 120).to_string();
    assert_eq!(refusal.extra["last_possible_on"], last, "EXT-4: says how far");
    assert_eq!(refusal.extra["days_possible"], 30, "EXT-4: and how many days");
    for days in [0, -1, 121, i64::MAX] {
        let odd = ask(days, "a");
        let refusal = world.refused(|trial, at| trial.ask_device_extension(&id, &odd, at));
        assert_eq!(faults(&refusal)[0].1, Code::OutOfRange, "EXT-4: {days} days");
    }
    let trial_ends = world.term().ends_on;
    extend_by(&mut world, 30, "b");
    assert_eq!(loan(&world).ends_on, plus_days(ends_on, 30), "EXT-4");
    assert_eq!(world.term().ends_on, trial_ends, "EXT-4: the expiry date stays");
    assert_eq!(world.mails(MessageKind::DeviceExtensionApproved).len(), 2, "NOTE-3");
}

#[test]
fn ext_4_two_that_are_legal_alone_and_not_together() {
    let mut world = lent(PARIS, 90);
    let id = first(&world);
    let (one, other) = (ask(20, "a"), ask(20, "b"));
    world.must(|trial, at| trial.ask_device_extension(&id, &one, at));
    world.must(|trial, at| trial.ask_device_extension(&id, &other, at));
    let team = person("team");
    world.must(|trial, at| trial.decide_device_extension(&one.id, (true, &team), None, at));
    let ends_on = loan(&world).ends_on;
    assert!(
        world.trial.device_objection(&other.id, &world.at()).is_some(),
        "EXT-4: known before"
    );
    world.must(|trial, at| trial.decide_device_extension(&other.id, (true, &team), None, at));
    assert_eq!(loan(&world).ends_on, ends_on, "EXT-4: the second yes moves nothing");
    let because = match &loan(&world).extensions[1].state {
        DeviceExtensionState::Refused { because, .. } => *because,
        other => panic!("EXT-4: closed as refused, not {other:?}"),
    };
    assert_eq!(because, Some(Code::DeviceLimitExceeded), "EXT-4: with its reason");
    let again = world.refused(|trial, at| trial.decide_device_extension(&other.id, (true, &team), None, at));
    assert_eq!(again.code, Code::AlreadyDecided, "EXT-4");
}

#[test]
fn ext_4_nobody_approves_his_own() {
    let mut world = lent(PARIS, 60);
    let (id, wish) = (first(&world), ask(20, "a"));
    world.must(|trial, at| trial.ask_device_extension(&id, &wish, at));
    for approved in [true, false] {
        let own = (approved, &wish.by);
        let refusal = world.refused(|trial, at| trial.decide_device_extension(&wish.id, own, None, at));
        assert_eq!(refusal.code, Code::Forbidden, "EXT-4");
    }
}

#[test]
fn ext_4_a_return_that_was_announced_closes_again_and_is_announced_later() {
    let mut world = lent(PARIS, 30);
    world.pass_days(17);
    assert!(loan(&world).opened_on.is_some(), "DEV-6");
    let rma = first(&world).return_id().rma();
    extend_by(&mut world, 40, "a");
    assert_eq!(loan(&world).opened_on, None, "EXT-4: its day lies ahead again");
    assert_eq!(first(&world).return_id().rma(), rma, "DEV-7: the number stays");
    world.pass_days(60);
    assert_eq!(
        world.mails(MessageKind::ReturnOpen).len(),
        4,
        "DEV-6: announced once more"
    );
    let mut partly = lent(PARIS, 30);
    partly.pass_days(17);
    let id = first(&partly);
    partly.must(|trial, at| trial.receive(&id, &[SERIALS[0].to_owned()], &BTreeMap::new(), at));
    extend_by(&mut partly, 40, "a");
    assert!(
        loan(&partly).opened_on.is_some(),
        "EXT-4: something is back already, so it stays open"
    );
}

#[test]
fn ext_4_exp_9_nothing_is_asked_about_a_customer_that_is_gone() {
    let mut world = lent(PARIS, 90);
    let (id, wish) = (first(&world), ask(5, "a"));
    world.must(|trial, at| trial.ask_device_extension(&id, &wish, at));
    world.pass_days(62);
    assert_eq!(world.status(), Status::Removed);
    assert_eq!(
        loan(&world).extensions[0].state,
        DeviceExtensionState::Withdrawn,
        "EXP-9"
    );
    let later = ask(5, "b");
    let refusal = world.refused(|trial, at| trial.ask_device_extension(&id, &later, at));
    assert_eq!(
        refusal.code,
        Code::WrongStatus,
        "EXP-9: no words of anybody are kept any more"
    );
}

#[test]
fn ext_4_reminders_count_from_the_new_date() {
    let mut world = lent(PARIS, 20);
    world.pass_days(34 + 10);
    assert_eq!(world.mails(MessageKind::ReturnOverdue).len(), 4, "DEV-6: days 1 and 7");
    extend_by(&mut world, 30, "a");
    let due_on = loan(&world).return_due_on(&world.program.policy);
    let next = instants(&world, MilestoneKind::ReturnOverdue)[0];
    assert_eq!(
        next,
        world.local(&format!("{}T09:00:00", plus_days(due_on, 1))),
        "EXT-4, DEV-6"
    );
    world.pass_to(after(next));
    assert_eq!(world.mails(MessageKind::ReturnOverdue).len(), 6, "DEV-6: and again");
}

#[test]
fn dev_8_the_right_ones_are_taken_the_others_refused_by_name() {
    let mut world = lent(PARIS, 30);
    world.pass_days(20);
    let id = first(&world);
    let other = ShipmentId::new("eu", "other");
    let elsewhere = BTreeMap::from([("FOREIGN1".to_owned(), other.clone())]);
    let list = [
        "fch 2345-a0bc",
        "FCH2345A0BC",
        "FCH2345AOBD",
        "foreign1",
        "NOSUCH99",
        "\u{202e}<b>",
    ];
    let list: Vec<String> = list.map(str::to_owned).to_vec();
    let change = world.must(|trial, at| trial.receive(&id, &list, &elsewhere, at));
    let receipt = change.receipt.expect("a receipt");
    assert_eq!(receipt.accepted, ["FCH2345A0BC"], "DEV-8");
    let refused: Vec<(usize, WrongReason)> = receipt.refused.iter().map(|one| (one.index, one.reason)).collect();
    assert_eq!(
        refused,
        [
            (1, WrongReason::Repeated),
            (2, WrongReason::LookAlike),
            (3, WrongReason::Foreign),
            (4, WrongReason::Unknown),
            (5, WrongReason::Unknown)
        ],
        "DEV-8"
    );
    assert_eq!(receipt.refused[2].belongs_to, Some(other), "DEV-8");
    assert!(!receipt.refused[4].serial.contains('\u{202e}') || receipt.refused[4].serial.len() < 50);
    let mails = world.mails(MessageKind::ReturnMismatch);
    assert_eq!(mails.len(), 1, "DEV-8: the partner hears of it");
    let facts = mails[0].message.facts.devices.as_deref().expect("devices");
    assert!(
        !facts.wrong.contains(&"FOREIGN1".to_owned()),
        "DEV-8: never somebody else's devices by name"
    );
    assert_eq!(facts.foreign, 2, "DEV-8: what is no serial is counted, too");
    assert_eq!(loan(&world).missing().count(), 1, "DEV-8: partial, so it stays open");
    let told = world.mails(MessageKind::ReturnReceived);
    assert_eq!(
        told.len(),
        1,
        "DEV-8: the customer hears of a part, the partner in one email"
    );
    assert_eq!(told[0].message.audience, Audience::CustomerAdministrators, "DEV-8");
    let facts = told[0].message.facts.devices.as_deref().expect("devices");
    assert_eq!(facts.serials, ["FCH2345A0BC"], "DEV-8: what came");
    assert_eq!(facts.awaited, [SERIALS[1]], "DEV-8: what is awaited");
    assert_eq!(
        facts.return_due_on,
        Some(loan(&world).return_due_on(&world.program.policy)),
        "DEV-6"
    );
    let again = nothing_right(&world, &list[..1]);
    assert_eq!(faults(&again)[0].2, "repeated", "DEV-8: the same again changes nothing");
    assert_eq!(again.code, Code::SerialMismatch, "DEV-8");
    world.must(|trial, at| trial.receive(&id, &[SERIALS[1].to_owned()], &BTreeMap::new(), at));
    assert!(loan(&world).is_complete(), "DEV-8");
    let told = world.mails(MessageKind::ReturnReceived);
    assert_eq!(told.len(), 3, "DEV-8: both sides");
    let facts = told[2].message.facts.devices.as_deref().expect("devices");
    assert_eq!(facts.serials.len(), 2, "DEV-8: all that came, in whatever parcels");
    assert!(facts.awaited.is_empty(), "DEV-8");
}

#[test]
fn dev_8_both_sides_hear_of_a_part_once() {
    let mut world = lent(PARIS, 30);
    let id = first(&world);
    let one = [SERIALS[0].to_owned()];
    world.must(|trial, at| trial.receive(&id, &one, &BTreeMap::new(), at));
    let told = |world: &World| world.mails(MessageKind::ReturnReceived).len();
    assert_eq!(told(&world), 2, "DEV-8: nothing was wrong with it");
    world.must(|trial, at| trial.receive(&id, &one, &BTreeMap::new(), at));
    assert_eq!(told(&world), 2, "DEV-8: the same again tells nobody");
}

fn nothing_right(world: &World, list: &[String]) -> Refusal {
    let (id, nowhere) = (first(world), BTreeMap::new());
    let change = world.trial.receive(&id, list, &nowhere, &world.at()).expect("a list");
    change
        .receipt
        .and_then(|receipt| receipt.refusal())
        .expect("DEV-8: refused")
}

#[test]
fn dev_8_a_parcel_in_which_nothing_is_right_is_told_once_a_day() {
    let mut world = lent(PARIS, 30);
    let id = first(&world);
    let told = |world: &World| world.mails(MessageKind::ReturnMismatch).len();
    let list = ["NOSUCH98", "Jane Doe, 5 Elm St", "NOSUCH99"].map(str::to_owned);
    for _ in 0..2 {
        world.must(|trial, at| trial.receive(&id, &list, &BTreeMap::new(), at));
        assert_eq!(told(&world), 1, "DEV-8: the same again says nothing new");
    }
    let facts = world.mails(MessageKind::ReturnMismatch)[0].message.facts.clone();
    let facts = facts.devices.expect("devices");
    assert_eq!(
        facts.wrong,
        ["NOSUCH98", "NOSUCH99"],
        "DEV-8: only what is a serial is kept"
    );
    assert_eq!(facts.foreign, 1, "EXP-9: anything else is counted");
    let kept = serde_json::to_string(&world.trial).expect("JSON");
    assert!(!kept.contains("Jane"), "EXP-9: nor kept elsewhere");
    world.must(|trial, at| trial.receive(&id, &["OTHER123".to_owned()], &BTreeMap::new(), at));
    assert_eq!(told(&world), 2, "DEV-8: another list");
    world.pass_days(1);
    world.must(|trial, at| trial.receive(&id, &list, &BTreeMap::new(), at));
    assert_eq!(told(&world), 3, "DEV-8: another day");
    assert_eq!(loan(&world).missing().count(), 2, "DEV-8: nothing was taken");
}

#[test]
fn dev_4_a_serial_that_was_typed_wrongly_is_put_right_before_it_comes_back() {
    let mut world = lent(PARIS, 30);
    let id = first(&world);
    let out = BTreeSet::from(["ELSEWHERE1".to_owned()]);
    let refused = |world: &World, from: &str, to: &str| {
        let refusal = world.refused(|trial, _| trial.correct_serial(&id, (from, to), &out));
        faults(&refusal)[0].clone()
    };
    let why = |pointer: &str, reason: &str| (pointer.to_owned(), Code::SerialMismatch, reason.to_owned());
    assert_eq!(
        refused(&world, "NOSUCH99", "NEW12345"),
        why("/from", "unknown"),
        "DEV-4"
    );
    assert_eq!(refused(&world, SERIALS[0], "ELSEWHERE1"), why("/to", "out"), "DEV-4");
    assert_eq!(refused(&world, SERIALS[0], SERIALS[1]), why("/to", "repeated"), "DEV-4");
    assert_eq!(
        refused(&world, SERIALS[0], "FCH2345AOBD"),
        why("/to", "look_alike"),
        "DEV-4"
    );
    world.must(|trial, _| trial.correct_serial(&id, (SERIALS[0], "fch 2345-a0bX"), &out));
    let list = ["FCH2345A0BX", SERIALS[1]].map(str::to_owned);
    world.must(|trial, at| trial.receive(&id, &list[..1], &BTreeMap::new(), at));
    assert_eq!(
        refused(&world, &list[0], "NEW12345"),
        why("/from", "repeated"),
        "DEV-4: it is back"
    );
    world.must(|trial, at| trial.receive(&id, &list[1..], &BTreeMap::new(), at));
    assert!(loan(&world).is_complete(), "DEV-4, DEV-8");
}

#[test]
fn dev_6_short_loans_of_one_day_all_open_and_a_later_one_in_its_time() {
    let mut world = lent(PARIS, 5);
    let opened = |world: &World| {
        let loans = world.trial.shipments.iter().filter_map(|one| one.loan());
        loans.map(|loan| loan.opened_on.is_some()).collect::<Vec<_>>()
    };
    world.work();
    let more = |world: &mut World, device_type: &str, serial: &str, days: i64| {
        request(world, &[(device_type, 1)], device_type).expect("DEV-2");
        let id = ShipmentId::new("eu", device_type);
        world.must(|trial, at| trial.decide_shipment(&id, true, None, at));
        let wish = ShipWish {
            serials: Some(serials(&[serial])),
            ..wish(world, days)
        };
        world.must(|trial, at| trial.ship(&id, &wish, &BTreeSet::new(), at));
    };
    more(&mut world, "board", "BRD0000001", 6);
    world.work();
    assert_eq!(opened(&world), [true, true], "DEV-6: the second one, too");
    assert_eq!(
        world.mails(MessageKind::ReturnOpen).len(),
        4,
        "DEV-6: both sides, each once"
    );
    world.pass_days(1);
    let id = first(&world);
    world.must(|trial, at| trial.receive(&id, &SERIALS.map(str::to_owned), &BTreeMap::new(), at));
    world.pass_days(40);
    assert_eq!(opened(&world), [true, true], "DEV-6");
    assert_eq!(world.mails(MessageKind::ReturnOpen).len(), 4, "DEV-6: never again");
}

#[test]
fn dev_1_what_runs_only_in_grace_is_asked_for_when_the_trial_is_extended() {
    let mut world = given::given(&["messaging", "devices"], PARIS, utc("2027-01-15T09:30:00Z"))
        .external()
        .start();
    world.must(|trial, at| trial.provisioned("messaging", Outcome::Done, at));
    world.must(|trial, at| trial.provisioned("devices", Outcome::Failed, at));
    world.pass_days(32);
    assert_eq!(world.status(), Status::Expired);
    world.must(|trial, at| trial.provisioned("devices", Outcome::Done, at));
    assert!(world.trial.shipments.is_empty(), "DEV-1: nothing is shipped in grace");
    let wish = Extend {
        days: Some(30),
        ..Extend::default()
    };
    world.must(|trial, at| trial.extend(&wish, at));
    assert_eq!(world.status(), Status::Active);
    assert_eq!(world.trial.shipments.len(), 1, "DEV-1: asked for now");
    assert_eq!(world.mails(MessageKind::ShipmentRequested).len(), 1, "DEV-1: once");
}

#[test]
fn dev_6_without_a_devices_service_nothing_is_to_come() {
    let mut world = given::given(&["messaging", "devices"], PARIS, utc("2027-01-15T09:30:00Z"))
        .external()
        .start();
    world.must(|trial, at| trial.provisioned("messaging", Outcome::Done, at));
    world.must(|trial, at| trial.provisioned("devices", Outcome::Failed, at));
    let opens = |world: &World| {
        let items = plan(&world.trial, &world.program, &world.zone);
        items.iter().any(|item| item.kind == MilestoneKind::DeviceReturnOpens)
    };
    assert!(opens(&world), "DEV-6: shown before it is shipped");
    let edit = Edit {
        services: Some(vec!["messaging".to_owned()]),
        ..Edit::default()
    };
    world.must(|trial, at| trial.edit(&edit, |_| Vec::new(), &[], at));
    assert!(!opens(&world), "DEV-6, EDIT-2");
}

#[test]
fn dev_1_never_more_devices_than_registration_licences() {
    let mut world = started(PARIS);
    if let Some(devices) = world.trial.devices.as_mut() {
        devices.registration_licenses = 2;
    }
    let more = request(&mut world, &[("board", 1)], "b").expect_err("DEV-1");
    assert_eq!(
        faults(&more),
        [("/ship".to_owned(), Code::QuantityOutOfRange, String::new())],
        "DEV-1"
    );
    let id = first(&world);
    world.must(|trial, at| trial.decide_shipment(&id, true, None, at));
    world.must(|trial, at| trial.decide_shipment(&id, false, Some("out of stock"), at));
    request(&mut world, &[("board", 1)], "b").expect("DEV-1, DEV-4: what was approved can be refused until it leaves");
}

#[test]
fn canc_2_devices_fall_due_when_the_trials_team_ends_the_trial() {
    let mut world = lent(PARIS, 90);
    let id = first(&world);
    let longer = ask(10, "e");
    world.must(|trial, at| trial.ask_device_extension(&id, &longer, at));
    let edit = Edit {
        services: Some(vec!["contact-center".to_owned()]),
        ..Edit::default()
    };
    world.must(|trial, at| trial.edit(&edit, |_| Vec::new(), &[], at));
    let decision = Decision {
        subject: Subject::Service {
            id: "contact-center".to_owned(),
        },
        approved: false,
        reason: None,
    };
    world.must(|trial, at| trial.decide_approval(&decision, (&[], true), at));
    assert_eq!(world.status(), Status::Cancelled, "CANC-2");
    let due = plus_days(world.at().today(), 14);
    assert_eq!(loan(&world).due_by, Some(due), "CANC-2: whoever ends it");
    let state = &loan(&world).extensions[0].state;
    assert_eq!(
        state,
        &DeviceExtensionState::Withdrawn,
        "CANC-2: nobody decides any more"
    );
    assert_eq!(
        world.mails(MessageKind::ReturnOpen).len(),
        2,
        "CANC-2: both sides hear it"
    );
}

#[test]
fn canc_2_nobody_is_told_again_that_a_return_is_open() {
    let mut world = lent(PARIS, 5);
    world.pass_days(5);
    assert_eq!(world.mails(MessageKind::ReturnOpen).len(), 2, "DEV-6");
    world.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
    let due = plus_days(world.at().today(), 14);
    assert_eq!(loan(&world).due_by, Some(due), "CANC-2");
    assert_eq!(world.mails(MessageKind::ReturnOpen).len(), 2, "CANC-2: their day stays");
    let mut late = lent(PARIS, 5);
    late.pass_days(25);
    late.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
    assert_eq!(
        late.mails(MessageKind::ReturnOpen).len(),
        2,
        "CANC-2: what is overdue is not announced as open"
    );
}

#[test]
fn dev_8_a_long_list_of_wrong_serials_is_answered_shortly() {
    let world = lent(PARIS, 30);
    let id = first(&world);
    let list = |count: usize| (0..count).map(|n| format!("WRONG{n:05}")).collect::<Vec<_>>();
    let many = nothing_right(&world, &list(1_000));
    assert_eq!(many.errors.len(), 50, "DEV-8");
    let more = world.refused(|trial, at| trial.receive(&id, &list(10_000), &BTreeMap::new(), at));
    assert_eq!(
        faults(&more),
        [("/serials".to_owned(), Code::TooMany, String::new())],
        "DEV-8"
    );
    let none = world.refused(|trial, at| trial.receive(&id, &[], &BTreeMap::new(), at));
    assert_eq!(faults(&none)[0].1, Code::Empty, "DEV-8");
}

#[test]
fn dev_7_new_labels_only_where_the_carrier_gives_any_and_once_a_day() {
    let mut world = lent(PARIS, 30);
    let id = first(&world);
    let elsewhere = world.refused(|trial, at| trial.request_label(&id, None, "FR", at));
    assert_eq!(elsewhere.code, Code::LabelElsewhere, "DEV-7");
    assert_eq!(elsewhere.extra["carrier"], "DHL", "DEV-7: says which way it is there");
    world.program.carriers[0].new_labels = true;
    world.must(|trial, at| trial.request_label(&id, Some("lost"), "FR", at));
    let again = world.refused(|trial, at| trial.request_label(&id, None, "FR", at));
    assert_eq!(again.code, Code::TooManyRequests, "DEV-7: once a day");
    let tomorrow = seconds_until(end_of(world.at().today(), &world.zone), world.now);
    assert_eq!(again.extra["retry_after"], tomorrow, "DEV-7: says until when");
    world.pass_days(1);
    world.must(|trial, at| trial.request_label(&id, None, "FR", at));
    let label = world.mails(MessageKind::ShipmentRequested);
    let outcomes = label
        .iter()
        .filter(|sent| sent.message.facts.outcome.as_deref() == Some("label"));
    assert_eq!(outcomes.count(), 2, "DEV-7: the trials team is told");
}

#[test]
fn dev_6_shipments_that_share_an_instant_share_its_milestone() {
    let mut world = lent(PARIS, 30);
    request(&mut world, &[("board", 1)], "b").expect("DEV-2");
    let board = ShipmentId::new("eu", "b");
    world.must(|trial, at| trial.decide_shipment(&board, true, None, at));
    let wish = ShipWish {
        serials: Some(serials(&["BOARD0001"])),
        ..wish(&world, 30)
    };
    world.must(|trial, at| trial.ship(&board, &wish, &BTreeSet::new(), at));
    assert_eq!(
        instants(&world, MilestoneKind::DeviceReturnOpens).len(),
        1,
        "DEV-6: one row"
    );
    world.pass_days(31);
    assert!(
        world.trial.loans_out().all(|(_, loan)| loan.opened_on.is_some()),
        "DEV-6: for both"
    );
    assert_eq!(
        world.mails(MessageKind::ReturnOpen).len(),
        4,
        "DEV-6: each is announced"
    );
}

#[test]
fn dev_6_days_hold_over_a_clock_change() {
    // Paris leaves summer time on 2027-10-31.
    let mut world = given::given(&["messaging", "devices"], PARIS, utc("2027-10-01T10:00:00Z"))
        .days(60)
        .start();
    let id = first(&world);
    world.must(|trial, at| trial.decide_shipment(&id, true, None, at));
    let wish = wish(&world, 40);
    world.must(|trial, at| trial.ship(&id, &wish, &BTreeSet::new(), at));
    let ends: Date = day("2027-11-10");
    assert_eq!(loan(&world).ends_on, ends);
    assert_eq!(
        instants(&world, MilestoneKind::DeviceReturnOpens),
        [utc("2027-10-27T07:00:00Z")],
        "TIME-3: summer"
    );
    assert_eq!(
        instants(&world, MilestoneKind::DeviceEnds),
        [utc("2027-11-10T23:00:00Z")],
        "TIME-2: winter"
    );
}

#[test]
fn dev_5_the_story_of_a_loan_folds_and_an_old_record_has_none() {
    let mut world = lent(PARIS, 30);
    extend_by(&mut world, 10, "a");
    world.pass_days(60);
    let folded = domain::trial::Trial::fold(&world.events).expect("a start");
    assert_eq!(folded, world.trial, "AUD-1");
    let text = serde_json::to_value(&world.events).expect("events");
    let back: Vec<domain::trial::TrialEvent> = serde_json::from_value(text).expect("the same");
    assert_eq!(back, world.events, "AUD-1");
    let old = given::given(&["messaging"], PARIS, utc("2027-01-15T09:30:00Z")).start();
    let json = serde_json::to_string(&old.trial).expect("a trial");
    assert!(
        !json.contains("shipments"),
        "old records and new ones without devices read alike"
    );
    assert!(matches!(old.trial.state, State::Active(_)));
}
