//! REG, and ORG-1: where a customer's data lives, and who may begin.

use crate::{
    given::example,
    support::{customer, form, is_zone, pointers, program, utc},
    world::{after, before},
};
use domain::{
    ids::TrialId,
    notify::{Audience, MessageKind},
    organization::Partner,
    refusal::{Code, FieldError},
    trial::{Decision, Origin, State, Status, Subject, Target, validate},
};

fn country(id: &str) -> Result<Target, Vec<FieldError>> {
    let mut input = form(&["messaging"]);
    input.customer = Some(domain::trial::CustomerInput {
        country: Some(id.to_owned()),
        ..customer()
    });
    validate(&input, &program(), &is_zone).map(|wish| wish.target)
}

#[test]
fn reg_1_the_country_determines_the_region() {
    let program = program();
    for (id, region) in [("FR", "eu"), ("US", "us"), ("TW", "sg")] {
        let Ok(Target::Form { country, .. }) = country(id) else {
            panic!("REG-1: {id} is supported")
        };
        assert_eq!(
            program.country(&country).map(|country| country.region.as_str()),
            Some(region),
            "REG-1 {id}"
        );
    }
    assert_eq!(
        TrialId::new("sg", "1").request().region(),
        "sg",
        "REG-1: an id names its region, a request's too"
    );
}

#[test]
fn reg_3_the_supported_location_is_acknowledged() {
    let acknowledged = |given: Option<bool>| {
        let mut input = form(&["messaging"]);
        input.customer = Some(domain::trial::CustomerInput {
            supported_location_acknowledged: given,
            ..customer()
        });
        validate(&input, &program(), &is_zone)
            .map(|_| ())
            .map_err(|errors| errors.iter().map(|e| e.code).collect())
    };
    assert_eq!(acknowledged(Some(true)), Ok(()), "REG-3");
    assert_eq!(acknowledged(Some(false)), Err(vec![Code::NotAcknowledged]), "REG-3");
    assert_eq!(acknowledged(None), Err(vec![Code::Required]), "REG-3");
}

#[test]
fn reg_3_restricted_and_without_resident_business_is_refused() {
    for id in ["CU", "AQ"] {
        let errors = country(id).expect_err("refused");
        assert_eq!(
            pointers(&errors),
            [("/customer/country", Code::RestrictedCountry)],
            "REG-3 {id}"
        );
    }
    for id in ["XX", "fr", "FRA", ""] {
        let errors = country(id).expect_err("no country");
        assert_eq!(
            pointers(&errors),
            [("/customer/country", Code::InvalidCountry)],
            "REG-3 {id}"
        );
    }
}

fn reviewed(origin: Origin) -> crate::world::World {
    let review = |input: &mut domain::trial::StartInput| {
        input.customer = Some(domain::trial::CustomerInput {
            country: Some("BY".to_owned()),
            ..customer()
        });
    };
    example().origin(origin).form(review).start()
}

fn decision(approved: bool) -> Decision {
    Decision {
        subject: Subject::Country,
        approved,
        reason: None,
    }
}

#[test]
fn reg_3_under_review_needs_the_trials_teams_approval() {
    let mut world = reviewed(Origin::New);
    assert_eq!(world.status(), Status::PendingApproval, "REG-3");
    assert_eq!(world.trial.awaiting(), [Subject::Country], "REG-3");
    let asked = world.mails(MessageKind::ApprovalRequested);
    assert_eq!(
        asked.iter().map(|sent| sent.message.audience).collect::<Vec<_>>(),
        [Audience::TrialsTeam],
        "REG-3"
    );
    world.must(|trial, at| trial.decide_approval(&decision(true), (&[], false), at));
    assert_eq!(world.status(), Status::Active, "REG-3: approved, it starts");
}

#[test]
fn reg_3_a_refused_country_ends_the_trial() {
    let mut world = reviewed(Origin::New);
    world.must(|trial, at| trial.decide_approval(&decision(false), (&[], true), at));
    assert_eq!(world.status(), Status::Cancelled, "REG-3");
    let told = world.mails(MessageKind::ApprovalDecided);
    assert_eq!(told.len(), 1, "REG-3: the partner hears it");
    assert_eq!(told[0].message.facts.outcome.as_deref(), Some("refused"), "REG-3");
    let again = world.refused(|trial, at| trial.decide_approval(&decision(true), (&[], false), at));
    assert_eq!(again.code, Code::AlreadyDecided, "REG-3: once");
}

#[test]
fn reg_3_an_approval_never_stands_for_the_customers_consent() {
    let mut world = reviewed(Origin::Request);
    let early = world.refused(|trial, at| trial.decide_approval(&decision(true), (&[], false), at));
    assert_eq!(
        early.code,
        Code::AlreadyDecided,
        "REG-3: nothing waits for the team before consent"
    );
    assert!(matches!(world.trial.state, State::PendingConsent { .. }), "REG-3");
    world = world.accepted().confirmed();
    assert_eq!(world.status(), Status::PendingApproval, "REG-3: after it, it does");
}

#[test]
fn org_1_a_certification_ends_at_its_instant() {
    let until = utc("2027-06-30T22:00:00Z");
    let partner = Partner {
        tier: 1,
        distributor: None,
        certified_until: Some(until),
        allowance: domain::organization::Allowance::default(),
    };
    assert!(partner.is_certified(before(until)), "ORG-1");
    assert!(!partner.is_certified(until), "ORG-1");
    assert!(!partner.is_certified(after(until)), "ORG-1");
    let never = Partner {
        certified_until: None,
        allowance: domain::organization::Allowance::default(),
        ..partner
    };
    assert!(!never.is_certified(before(until)), "ORG-1: never certified");
}
