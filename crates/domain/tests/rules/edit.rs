//! EDIT, EXP-6: services, quantity, notes, a reminder by hand.

use crate::{
    given::{example, given},
    support::{PARIS, ids, reason, utc},
    world::{World, before},
};
use domain::{
    notify::{Audience, MessageKind},
    refusal::{Code, ServiceReason},
    trial::{AddedBy, Assigned, Decision, Edit, ServiceState, Status, Subject},
};

pub(crate) fn quantity(license_quantity: i64) -> Edit {
    Edit {
        license_quantity: Some(license_quantity),
        ..Edit::default()
    }
}

fn services(names: &[&str]) -> Edit {
    Edit {
        services: Some(ids(names)),
        ..Edit::default()
    }
}

fn anything(_: &[String]) -> Vec<ServiceReason> {
    Vec::new()
}

fn edit(world: &mut World, wish: &Edit) {
    world.must(|trial, at| trial.edit(wish, anything, &[], at));
}

fn code(world: &World, wish: &Edit) -> Code {
    let refusal = world.refused(|trial, at| trial.edit(wish, anything, &[], at));
    refusal.errors.first().map_or(refusal.code, |error| error.code)
}

fn quantities(world: &World) -> Vec<(&str, u32)> {
    world
        .trial
        .services
        .iter()
        .map(|service| (service.id.as_str(), service.quantity))
        .collect()
}

#[test]
fn edit_1_services_are_added_and_removed_while_it_runs() {
    let mut world = example().quantity(50).start();
    world.pass_days(10);
    edit(&mut world, &services(&["calling", "attendant-console"]));
    assert_eq!(
        quantities(&world),
        [("calling", 50), ("attendant-console", 5)],
        "EDIT-1"
    );
    let console = &world.trial.services[1];
    assert_eq!(
        (console.state, console.added_by),
        (ServiceState::Provisioned, AddedBy::Edit),
        "EDIT-1"
    );
    assert_eq!(
        world.term().ends_on.to_string(),
        "2027-02-14",
        "EDIT-1: it ends with the trial, not after 90 days"
    );
    let told = &world.mails(MessageKind::ServicesChanged)[0].message;
    assert_eq!(told.audience, Audience::CustomerAdministrators, "EDIT-1");
    assert_eq!(told.facts.added, ["attendant-console"], "EDIT-1");
    assert_eq!(told.facts.removed, ["messaging"], "EDIT-1, EDIT-2: what went is named");
}

#[test]
fn edit_1_what_an_added_service_requires_is_added_too() {
    let mut world = given(&["messaging"], PARIS, utc("2027-01-15T09:30:00Z")).start();
    edit(&mut world, &services(&["messaging", "attendant-console"]));
    assert_eq!(
        world.trial.service_ids(),
        ["messaging", "calling", "attendant-console"],
        "EDIT-1, START-2"
    );
    assert_eq!(
        world.trial.services[1].added_by,
        AddedBy::Requirement,
        "EDIT-1, START-2"
    );
}

#[test]
fn edit_1_eligibility_holds_for_what_is_added() {
    let world = given(&["messaging"], PARIS, utc("2027-01-15T09:30:00Z")).start();
    let wish = services(&["messaging", "attendant-console"]);
    let seen = std::cell::RefCell::new(Vec::new());
    let refuse = |added: &[String]| {
        seen.borrow_mut().extend(added.to_vec());
        vec![reason("calling", "owned")]
    };
    let refusal = world.refused(|trial, at| trial.edit(&wish, refuse, &[], at));
    assert_eq!(refusal.code, Code::ServiceNotEligible, "EDIT-1, ELIG");
    assert_eq!(
        refusal.services,
        [reason("calling", "owned")],
        "EDIT-1: with the reason"
    );
    assert_eq!(
        seen.into_inner(),
        ["calling", "attendant-console"],
        "EDIT-1: asked of what comes, not of what is there"
    );
}

#[test]
fn edit_1_the_quantity_is_one_for_all_but_those_with_their_own() {
    let mut world = given(
        &["messaging", "attendant-console", "devices"],
        PARIS,
        utc("2027-01-15T09:30:00Z"),
    )
    .start();
    edit(&mut world, &quantity(20));
    let expected = [
        ("messaging", 20),
        ("calling", 20),
        ("attendant-console", 5),
        ("devices", 10),
    ];
    assert_eq!(quantities(&world), expected, "EDIT-1, START-3");
    for wrong in [0, 1001, -1] {
        assert_eq!(
            code(&world, &quantity(wrong)),
            Code::QuantityOutOfRange,
            "EDIT-1: {wrong}"
        );
    }
}

#[test]
fn edit_1_devices_that_come_back_carry_their_own_count_again() {
    let mut world = given(&["messaging", "devices"], PARIS, utc("2027-01-15T09:30:00Z")).start();
    edit(&mut world, &services(&["messaging"]));
    edit(&mut world, &services(&["messaging", "devices"]));
    assert_eq!(
        quantities(&world),
        [("messaging", 100), ("devices", 10)],
        "EDIT-1, DEV-1"
    );
}

fn assigned(service: &str, people: usize) -> Assigned {
    let people = (0..people).map(|number| format!("person {number}")).collect();
    Assigned {
        service: service.to_owned(),
        people,
    }
}

#[test]
fn edit_1_a_quantity_below_what_is_assigned_is_refused_with_the_surplus() {
    let world = example().start();
    let people = [assigned("messaging", 12), assigned("calling", 10)];
    let refusal = world.refused(|trial, at| trial.edit(&quantity(10), anything, &people, at));
    assert_eq!(refusal.code, Code::QuantityBelowAssigned, "EDIT-1");
    let names = serde_json::json!({ "messaging": ["person 10", "person 11"] });
    assert_eq!(
        refusal.extra["surplus"], names,
        "EDIT-1: the surplus by name, the last assigned"
    );
    for enough in [12, 13] {
        let change = world.trial.edit(&quantity(enough), anything, &people, &world.at());
        assert!(change.is_ok(), "EDIT-1: {enough} licences for 12 people");
    }
}

#[test]
fn edit_1_nothing_new_changes_nothing() {
    let mut world = example().start();
    for wish in [quantity(100), services(&["calling", "messaging"]), Edit::default()] {
        let change = world.must(|trial, at| trial.edit(&wish, anything, &[], at));
        assert!(change.is_empty() && change.messages.is_empty(), "EDIT-1: {wish:?}");
    }
}

#[test]
fn edit_1_only_while_it_runs() {
    let mut grace = example().start();
    grace.pass_to(grace.local("2027-02-15T00:00"));
    for world in [grace, example().external().start(), example().asked().start()] {
        assert_eq!(
            code(&world, &quantity(20)),
            Code::WrongStatus,
            "EDIT-1: {:?}",
            world.status()
        );
    }
}

#[test]
fn edit_1_what_a_service_asks_must_be_there() {
    let world = example().start();
    assert_eq!(
        code(&world, &services(&["meetings"])),
        Code::SiteRequired,
        "EDIT-1, START-5"
    );
    assert_eq!(
        code(&world, &services(&["devices"])),
        Code::DevicesRequired,
        "EDIT-1, DEV-1"
    );
    assert_eq!(code(&world, &services(&["fax"])), Code::UnknownService, "EDIT-1");
    assert_eq!(
        code(&world, &services(&["calling", "calling"])),
        Code::DuplicateService,
        "EDIT-1"
    );
}

#[test]
fn edit_1_an_added_service_behind_an_approval_waits_and_the_trial_goes_on() {
    let mut world = example().start();
    edit(&mut world, &services(&["messaging", "calling", "contact-center"]));
    assert_eq!(world.status(), Status::Active, "EDIT-1");
    assert_eq!(
        world.trial.services[2].state,
        ServiceState::AwaitingApproval,
        "EDIT-1, START-2"
    );
    assert_eq!(
        world.mails(MessageKind::ApprovalRequested).len(),
        1,
        "EDIT-1: the trials team is asked"
    );
    let subject = Subject::Service {
        id: "contact-center".to_owned(),
    };
    let approve = Decision {
        subject,
        approved: true,
        reason: None,
    };
    world.must(|trial, at| trial.decide_approval(&approve, (&[], false), at));
    assert_eq!(world.trial.services[2].state, ServiceState::Provisioned, "EDIT-1");
    assert_eq!(world.term().ends_on.to_string(), "2027-02-14", "EDIT-1");
}

#[test]
fn edit_1_taking_back_what_waits_asks_nobody() {
    let mut world = example().start();
    edit(&mut world, &services(&["messaging", "calling", "contact-center"]));
    edit(&mut world, &services(&["messaging", "calling"]));
    assert_eq!(
        world.mails(MessageKind::ApprovalRequested).len(),
        1,
        "EDIT-1: the team was asked once"
    );
}

#[test]
fn edit_2_removing_the_last_one_is_cancelling() {
    let world = example().start();
    assert_eq!(
        code(&world, &services(&[])),
        Code::Empty,
        "EDIT-2: so it is refused here"
    );
}

#[test]
fn exp_5_numbers_come_and_go_with_calling() {
    use domain::trial::MilestoneKind::NumbersReleased;
    let mut world = given(&["messaging"], PARIS, utc("2027-01-15T09:30:00Z")).start();
    assert_eq!(world.planned(NumbersReleased), None, "EXP-5: no calling, no numbers");
    edit(&mut world, &services(&["messaging", "calling"]));
    assert_eq!(
        world.planned(NumbersReleased),
        Some(world.local("2027-04-01T00:00")),
        "EXP-5"
    );
}

#[test]
fn edit_1_notes_are_a_personal_text_of_an_open_trial() {
    let mut world = example().start();
    let notes = Edit {
        notes: Some("Call in March".to_owned()),
        ..Edit::default()
    };
    let change = world.must(|trial, at| trial.edit(&notes, anything, &[], at));
    assert_eq!(change.texts.get("notes").map(String::as_str), Some("Call in March"));
    assert!(
        !serde_json::to_string(&change.events).expect("json").contains("March"),
        "EXP-9: beside the event"
    );
    world.pass_days(62);
    assert_eq!(code(&world, &notes), Code::WrongStatus, "EDIT-1: it is over");
}

fn remind(world: &World) -> Result<(), Code> {
    world
        .trial
        .remind(None, &world.at())
        .map(|_| ())
        .map_err(|refusal| refusal.code)
}

#[test]
fn exp_6_a_reminder_by_hand_with_a_line_once_a_day() {
    let mut world = example().start();
    world.pass_to(world.local("2027-02-01T12:00"));
    world.must(|trial, at| trial.remind(Some("Shall we talk?".to_owned()), at));
    let sent = &world.mails(MessageKind::ExpiryReminder)[0].message;
    assert_eq!(
        (sent.audience, sent.facts.days_left),
        (Audience::CustomerAdministrators, Some(13)),
        "EXP-6"
    );
    assert_eq!(
        (sent.line.as_deref(), sent.facts.has_line),
        (Some("Shall we talk?"), true),
        "EXP-6"
    );
    world.now = before(world.local("2027-02-02T00:00"));
    assert_eq!(remind(&world), Err(Code::TooManyRequests), "EXP-6: the same civil day");
    world.now = world.local("2027-02-01T23:00");
    let refused = world.refused(|trial, at| trial.remind(None, at));
    assert_eq!(
        refused.extra["retry_after"].as_i64(),
        Some(3600),
        "EXP-6: when the day ends"
    );
    world.now = world.local("2027-02-02T00:00");
    assert_eq!(remind(&world), Ok(()), "EXP-6: the next one");
}

#[test]
fn exp_6_in_grace_it_says_expired_on_and_afterwards_nothing() {
    let mut world = example().start();
    world.pass_to(world.local("2027-02-15T00:00"));
    let change = world.must(|trial, at| trial.remind(None, at));
    assert_eq!(change.messages[0].kind, MessageKind::ExpiryNotice, "EXP-6");
    assert!(change.messages[0].facts.late, "EXP-6, EXP-7: worded 'expired on'");
    world.pass_days(40);
    assert_eq!(remind(&world), Err(Code::WrongStatus), "EXP-6: removed");
    assert_eq!(
        remind(&example().asked().start()),
        Err(Code::WrongStatus),
        "EXP-6: not begun"
    );
}
