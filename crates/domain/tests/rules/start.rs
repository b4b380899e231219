//! START-6 to 11, PROG-1: what a start makes.

use crate::{
    given::{example, given},
    support::{CAIRO, LOS_ANGELES, PARIS, TAIPEI, is_zone, person, utc},
    world::World,
};
use domain::{
    notify::{Audience, MessageKind},
    refusal::Code,
    trial::{MilestoneKind, Origin, Planned, State, Status, Target, plan, validate},
};

fn kinds(world: &World) -> Vec<(MessageKind, Audience)> {
    world
        .sent
        .iter()
        .map(|sent| (sent.message.kind, sent.message.audience))
        .collect()
}

#[test]
fn prog_1_a_trial_keeps_the_version_it_started_under() {
    assert_eq!(example().start().trial.program_version, 7, "PROG-1");
}

#[test]
fn start_1_a_new_customers_trial_is_active_at_once_and_welcomes() {
    let world = example().start();
    assert_eq!(world.status(), Status::Active, "START-1");
    assert_eq!(
        kinds(&world),
        [(MessageKind::Welcome, Audience::CustomerAdministrators)],
        "START-1"
    );
    assert_eq!(world.trial.origin, Origin::New);
}

#[test]
fn start_6_an_existing_customer_is_asked_first() {
    let world = example().asked().start();
    assert_eq!(world.status(), Status::PendingConsent, "START-6");
    assert_eq!(
        kinds(&world),
        [(MessageKind::ConsentRequest, Audience::ConsentRecipients)],
        "START-6"
    );
    assert_eq!(world.trial.term(), None, "START-6: nothing runs before the yes");
    let State::PendingConsent { sendings } = &world.trial.state else {
        panic!("START-6")
    };
    assert_eq!(*sendings, [world.now], "START-6: the first sending is now");
}

#[test]
fn start_6_the_typed_country_leaves_an_existing_organizations_zone_alone() {
    // The form says France; the organization that was found lives in Taipei.
    let world = given(&["messaging"], TAIPEI, utc("2027-01-15T17:00:00Z"))
        .asked()
        .start()
        .accepted()
        .confirmed();
    assert_eq!(world.trial.zone, TAIPEI, "START-6");
    assert_eq!(
        world.term().starts_on.to_string(),
        "2027-01-16",
        "START-6: its own days count"
    );
}

#[test]
fn start_6_what_the_caller_expects_is_kept_for_the_check() {
    let input = |expect: &str| {
        example()
            .form(|input| input.customer = Some(crate::support::customer()))
            .form(|input| {
                if let Some(customer) = &mut input.customer {
                    customer.expect = Some(expect.to_owned());
                }
            })
    };
    for word in ["new", "existing"] {
        let given = input(word);
        let wish = validate(&given.input, &given.program, &is_zone).expect("in order");
        assert!(
            matches!(wish.target, Target::Form { expect: Some(e), .. } if e == word),
            "START-6"
        );
    }
}

#[test]
fn start_7_an_own_customer_is_not_asked_and_all_its_administrators_are_told() {
    let world = example().origin(Origin::Own).start();
    assert_eq!(world.status(), Status::Active, "START-7");
    assert_eq!(world.trial.consent, None, "START-7: no consent step");
    assert_eq!(
        kinds(&world),
        [(MessageKind::TrialStarted, Audience::CustomerAdministrators)],
        "START-7"
    );
    let facts = &world.sent[0].message.facts;
    assert_eq!(
        facts.ends_on.map(|day| day.to_string()).as_deref(),
        Some("2027-02-14"),
        "START-7"
    );
}

#[test]
fn start_9_what_is_shown_before_is_what_then_happens() {
    for (zone, start) in [
        (PARIS, "2027-01-15"),
        (LOS_ANGELES, "2027-02-12"),
        (CAIRO, "2027-03-30"),
        (TAIPEI, "2027-06-01"),
    ] {
        let mut world = given(
            &["messaging", "calling"],
            zone,
            crate::support::local(&format!("{start}T10:30"), zone),
        )
        .start();
        let shown: Vec<_> = plan(&world.trial, &world.program, &world.zone);
        world.pass_days(200);
        let happened: Vec<_> = world.rows.iter().map(|row| (row.kind, row.done_at)).collect();
        let shown: Vec<_> = shown.into_iter().map(|Planned { kind, at, .. }| (kind, at)).collect();
        assert_eq!(shown, happened, "START-9 {zone}");
        assert_eq!(shown.len(), 7, "START-9 {zone}");
    }
}

#[test]
fn start_9_while_the_start_is_open_the_future_has_no_dates() {
    for world in [example().external().start(), example().asked().start().accepted()] {
        let items = plan(&world.trial, &world.program, &world.zone);
        assert!(
            items.iter().all(|item| item.at.is_none() && item.on.is_none()),
            "START-9: {items:?}"
        );
        assert_eq!(items.len(), 7, "START-9: but it shows what will come");
        assert!(world.rows.is_empty(), "START-9: and nothing of it can fall due");
    }
}

#[test]
fn start_9_a_plan_tells_whom_each_email_goes_to() {
    let both = [Audience::CustomerAdministrators, Audience::PartnerAdministrators];
    assert_eq!(MilestoneKind::ExpiryReminder.audiences(), both, "START-9, EXP-1");
    assert_eq!(MilestoneKind::ExpiryNotice.audiences(), both, "START-9, EXP-2");
    assert_eq!(
        MilestoneKind::AccessEndedNotice.audiences(),
        [Audience::CustomerUsers],
        "START-9, EXP-4"
    );
    assert_eq!(
        MilestoneKind::ConsentLapses.audiences(),
        [Audience::PartnerAdministrators],
        "START-9, CONS-5"
    );
    assert_eq!(
        MilestoneKind::Started.audiences(),
        [Audience::CustomerAdministrators],
        "START-9"
    );
}

#[test]
fn start_11_a_mistyped_address_is_corrected_and_the_welcome_goes_out_again() {
    let mut world = example().start();
    world.must(|trial, _| trial.correct_administrator(person("right"), false));
    assert_eq!(world.trial.administrator, person("right"), "START-11");
    assert_eq!(world.mails(MessageKind::Welcome).len(), 2, "START-11");
}

#[test]
fn start_11_before_the_welcome_nothing_goes_out_again() {
    let mut world = example().external().start();
    world.must(|trial, _| trial.correct_administrator(person("right"), false));
    assert_eq!(world.trial.administrator, person("right"), "START-11");
    assert_eq!(
        world.mails(MessageKind::Welcome).len(),
        0,
        "START-11: nobody was welcomed yet"
    );
}

#[test]
fn start_11_not_after_the_first_sign_in_nor_for_others_nor_when_it_is_over() {
    let world = example().start();
    let signed_in = world.refused(|trial, _| trial.correct_administrator(person("right"), true));
    assert_eq!(signed_in.code, Code::WrongStatus, "START-11: that person has signed in");
    for origin in [Origin::Own, Origin::Request] {
        let other = example().origin(origin).start();
        let refusal = other.refused(|trial, _| trial.correct_administrator(person("right"), false));
        assert_eq!(
            refusal.code,
            Code::WrongStatus,
            "START-11: {origin:?} is no new customer"
        );
    }
    let mut over = example().start();
    over.pass_days(62);
    assert_eq!(over.status(), Status::Removed);
    let refusal = over.refused(|trial, _| trial.correct_administrator(person("right"), false));
    assert_eq!(refusal.code, Code::WrongStatus, "START-11");
}
