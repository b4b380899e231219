//! CONS: an existing customer is asked.

use crate::{
    given::{example, given, yes},
    support::{CAIRO, LOS_ANGELES, PARIS, TAIPEI, ids, person, utc},
    world::{World, after, before},
};
use domain::{
    notify::{Audience, MessageKind},
    organization::AccessLevel,
    refusal::{Code, Refusal},
    trial::{CancelledBy, Change, ConsentGiven, MilestoneKind, State, Status, TrialEvent},
};
use jiff::{SignedDuration, Timestamp};

fn asked() -> World {
    example().asked().start()
}

fn accept(world: &World, given: &ConsentGiven) -> Result<Change, Refusal> {
    world.trial.accept(given, Vec::new(), &world.at())
}

fn ten_days(from: Timestamp) -> Timestamp {
    from + SignedDuration::from_hours(240)
}

#[test]
fn cons_1_the_request_goes_to_those_who_can_consent() {
    let world = asked();
    let sent = &world.sent[0].message;
    assert_eq!(
        (sent.kind, sent.audience),
        (MessageKind::ConsentRequest, Audience::ConsentRecipients),
        "CONS-1"
    );
    assert_eq!(sent.facts.services, ids(&["messaging", "calling"]), "CONS-1");
    assert_eq!(
        (sent.facts.license_quantity, sent.facts.duration_days),
        (Some(100), Some(30)),
        "CONS-1"
    );
    assert_eq!(sent.facts.deadline, Some(ten_days(world.now)), "CONS-1, CONS-2");
}

#[test]
fn cons_2_it_lapses_ten_times_24_hours_after_the_first_sending_to_the_second() {
    // Over a change to summer time, one back, a skipped midnight, and none: civil days play no part.
    for (zone, first) in [
        (PARIS, "2027-03-20T12:00:00.123456Z"),
        (LOS_ANGELES, "2027-10-30T12:00:00Z"),
        (CAIRO, "2027-04-25T22:30:00Z"),
        (TAIPEI, "2027-01-15T15:59:59Z"),
    ] {
        let mut world = given(&["messaging"], zone, utc(first)).asked().start();
        let deadline = ten_days(utc(first));
        assert_eq!(
            world.planned(MilestoneKind::ConsentLapses),
            Some(deadline),
            "CONS-2 {zone}"
        );
        world.now = before(deadline);
        assert!(accept(&world, &yes()).is_ok(), "CONS-2 {zone}: the last instant");
        world.now = deadline;
        assert_eq!(
            accept(&world, &yes()).map_err(|r| r.code),
            Err(Code::ConsentExpired),
            "CONS-2 {zone}"
        );
        world.now = after(deadline);
        assert_eq!(
            accept(&world, &yes()).map_err(|r| r.code),
            Err(Code::ConsentExpired),
            "CONS-2 {zone}"
        );
    }
}

#[test]
fn cons_2_at_the_deadline_nothing_else_is_decided_either() {
    let mut world = asked();
    world.now = ten_days(world.now);
    for refusal in [
        world.refused(|trial, at| trial.decline(None, at)),
        world.refused(|trial, at| trial.resend_consent(at)),
    ] {
        assert_eq!(
            refusal.code,
            Code::ConsentExpired,
            "CONS-2: it has lapsed, even before the worker comes by"
        );
    }
}

#[test]
fn cons_2_resending_does_not_move_it() {
    let mut world = asked();
    let deadline = ten_days(world.now);
    world.pass_days(9);
    let again = world.must(|trial, at| trial.resend_consent(at));
    assert_eq!(again.messages[0].kind, MessageKind::ConsentResent, "CONS-2");
    assert_eq!(again.messages[0].audience, Audience::ConsentRecipients, "CONS-2");
    assert_eq!(
        again.messages[0].facts.deadline,
        Some(deadline),
        "CONS-2: the email names the same instant"
    );
    assert_eq!(world.trial.consent_deadline(&world.program), Some(deadline), "CONS-2");
    world.pass_to(deadline);
    assert_eq!(world.status(), Status::Lapsed, "CONS-2");
}

#[test]
fn cons_3_the_box_gives_full_access_else_provisioning() {
    for (grant_full_admin, level, outcome) in [
        (true, AccessLevel::FullAdministrator, "full"),
        (false, AccessLevel::ProvisioningAdministrator, "provisioning"),
    ] {
        let mut world = asked();
        world.must(|trial, at| {
            trial.accept(
                &ConsentGiven {
                    grant_full_admin,
                    ..yes()
                },
                Vec::new(),
                at,
            )
        });
        assert_eq!(
            world.trial.consent.as_ref().map(|consent| consent.level),
            Some(level),
            "CONS-3"
        );
        let told = world.mails(MessageKind::ConsentAccepted);
        assert_eq!(
            told[0].message.audience,
            Audience::PartnerAdministrators,
            "CONS-3: the partner is told"
        );
        assert_eq!(told[0].message.facts.outcome.as_deref(), Some(outcome), "CONS-3");
    }
}

#[test]
fn cons_4_pending_then_waiting_for_details_then_running() {
    let world = asked();
    assert_eq!(world.status(), Status::PendingConsent, "CONS-4");
    let world = world.accepted();
    assert_eq!(world.status(), Status::PendingProvisioningDetails, "CONS-4");
    assert_eq!(world.confirmed().status(), Status::Active, "CONS-4");
}

#[test]
fn cons_4_resending_is_for_a_pending_request() {
    let world = asked().accepted();
    assert_eq!(
        world.refused(|trial, at| trial.resend_consent(at)).code,
        Code::WrongStatus,
        "CONS-4"
    );
}

#[test]
fn cons_4_the_partner_can_withdraw_in_both() {
    for (mut world, audience) in [
        (asked(), Audience::ConsentRecipients),
        (asked().accepted(), Audience::CustomerAdministrators),
    ] {
        world.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
        assert_eq!(world.status(), Status::Cancelled, "CONS-4");
        assert_eq!(
            world.sent.last().map(|sent| sent.message.audience),
            Some(audience),
            "CONS-4"
        );
        assert!(
            world.rows.is_empty(),
            "CONS-4: an organization that was there before stays: {:?}",
            world.rows
        );
    }
}

#[test]
fn cons_5_nothing_done_in_ten_days_closes_the_request_and_tells_the_partner() {
    let mut world = asked();
    let deadline = ten_days(world.now);
    world.pass_to(before(deadline));
    assert_eq!(world.status(), Status::PendingConsent, "CONS-5");
    world.pass_to(deadline);
    assert!(
        matches!(world.trial.state, State::Lapsed { at } if at == deadline),
        "CONS-5"
    );
    let told = world.mails(MessageKind::ConsentLapsed);
    assert_eq!(
        told.iter().map(|s| s.message.audience).collect::<Vec<_>>(),
        [Audience::PartnerAdministrators]
    );
    assert_eq!(
        accept(&world, &yes()).map_err(|r| r.code),
        Err(Code::ConsentExpired),
        "CONS-5"
    );
}

#[test]
fn cons_5_a_refusal_closes_it_at_once_with_an_optional_reason() {
    let mut world = asked();
    world.must(|trial, at| trial.decline(Some("Not this year".to_owned()), at));
    assert_eq!(world.status(), Status::Declined, "CONS-5");
    let told = world.mails(MessageKind::ConsentDeclined);
    assert_eq!(told[0].message.audience, Audience::PartnerAdministrators, "CONS-5");
    assert_eq!(told[0].message.line.as_deref(), Some("Not this year"), "CONS-5");
    assert!(told[0].message.facts.has_line, "CONS-5");
    assert!(world.rows.is_empty(), "CONS-5: nothing lapses any more");
    let mut silent = asked();
    let change = silent.must(|trial, at| trial.decline(None, at));
    assert_eq!(
        (change.messages[0].facts.has_line, change.texts.len()),
        (false, 0),
        "CONS-5: without a reason"
    );
}

#[test]
fn cons_5_what_is_decided_stays_decided() {
    let mut declined = asked();
    declined.must(|trial, at| trial.decline(None, at));
    let mut withdrawn = asked();
    withdrawn.must(|trial, at| trial.cancel(CancelledBy::Partner, None, false, at));
    for world in [declined, withdrawn, asked().accepted()] {
        let accepted = accept(&world, &yes()).map_err(|refusal| refusal.code);
        assert_eq!(accepted, Err(Code::AlreadyDecided), "CONS-5: {:?}", world.status());
        let declined = world.refused(|trial, at| trial.decline(None, at));
        assert_eq!(declined.code, Code::AlreadyDecided, "CONS-5: {:?}", world.status());
    }
}

#[test]
fn cons_7_at_most_five_sendings_an_hour_the_first_included() {
    let mut world = asked();
    let first = world.now;
    for _ in 0..4 {
        world.must(|trial, at| trial.resend_consent(at));
    }
    let sixth = world.refused(|trial, at| trial.resend_consent(at));
    assert_eq!(
        (sixth.code, sixth.extra["retry_after"].as_i64()),
        (Code::TooManyRequests, Some(3600)),
        "CONS-7: the sixth, and when to come again"
    );
    world.now = before(first + SignedDuration::from_hours(1));
    assert_eq!(
        world.refused(|trial, at| trial.resend_consent(at)).code,
        Code::TooManyRequests,
        "CONS-7"
    );
    world.now = first + SignedDuration::from_hours(1);
    world.must(|trial, at| trial.resend_consent(at));
    assert_eq!(
        world.mails(MessageKind::ConsentResent).len(),
        5,
        "CONS-7: an hour later again"
    );
}

#[test]
fn cons_8_consent_is_kept_as_evidence() {
    let mut world = asked();
    world.pass_days(2);
    let change = world.must(|trial, at| trial.accept(&yes(), Vec::new(), at));
    let consent = world.trial.consent.clone().expect("kept with the trial");
    assert_eq!(
        (consent.by, consent.at),
        (person("full"), world.now),
        "CONS-8: who and when"
    );
    assert_eq!(
        (consent.wording.version, consent.wording.language.as_str()),
        (3, "fr"),
        "CONS-8: which wording"
    );
    assert_eq!(
        change.texts.get("consent_from").map(String::as_str),
        Some("192.0.2.7"),
        "CONS-8: from where"
    );
    let event = serde_json::to_string(&change.events).expect("json");
    assert!(
        !event.contains("192.0.2.7"),
        "CONS-8: an address is personal and lies beside the event"
    );
    let running = world.confirmed();
    assert!(running.trial.consent.is_some(), "CONS-8: as long as the trial");
    assert!(matches!(&change.events[..], [TrialEvent::Accepted { .. }]), "CONS-8");
}
