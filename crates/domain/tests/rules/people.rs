//! Roles, who stays, access for a time, moves: at their bounds (ORG-3, 5, 6, 11).

use domain::{
    access_request::{AccessRequest, Answer},
    handover::{Handover, Side, Yes},
    ids::{AccessRequestId, HandoverId, OrgId, PersonId},
    organization::{Allowance, Customer, Kind, Partner},
    person::{Person, Role},
    refusal::Code,
    team,
};
use jiff::{SignedDuration, Timestamp};

fn kinds() -> [Kind; 3] {
    let partner = Partner {
        tier: 1,
        distributor: None,
        certified_until: None,
        allowance: Allowance::default(),
    };
    let customer = Customer {
        country: "FR".to_owned(),
        zone: "Europe/Paris".to_owned(),
        language: "fr".to_owned(),
        vertical: "media".to_owned(),
        purchased: Vec::new(),
        orders: Vec::new(),
        closed_on: None,
    };
    [Kind::Vendor, Kind::Partner(partner), Kind::Customer(customer)]
}

fn person(tail: &str, roles: &[Role], came: bool) -> Person {
    let at: Timestamp = "2027-02-01T10:00:00Z".parse().expect("an instant");
    Person {
        id: PersonId(format!("person_eu_{tail}")),
        organization: OrgId("org_eu_o".to_owned()),
        email: format!("{tail}@o.example"),
        name: tail.to_owned(),
        language: "en".to_owned(),
        zone: "Europe/Paris".to_owned(),
        roles: roles.to_vec(),
        licenses: Vec::new(),
        signed_in_at: came.then_some(at),
        disabled_at: None,
        theme: String::new(),
        digest: false,
        bounced_at: None,
        service: false,
        created_at: at,
    }
}

#[test]
fn org_5_a_role_belongs_to_one_kind_of_company() {
    for kind in kinds() {
        for role in Role::ALL {
            let wanted = [role.as_str().to_owned()];
            let given = team::roles(&kind, &wanted);
            assert_eq!(given.is_ok(), kind.roles().contains(role), "ORG-5: {role:?}");
        }
        assert!(kind.roles().contains(&kind.full_role()));
        assert_eq!(
            team::roles(&kind, &[]).map_err(|refusal| refusal.errors[0].code),
            Err(Code::Required)
        );
    }
    let everywhere = Role::ALL
        .iter()
        .all(|role| kinds().iter().any(|kind| kind.roles().contains(role)));
    assert!(everywhere, "ORG-3, 5, 6: every role is somewhere");
    let [_, partner, _] = kinds();
    let twice = ["help_desk", "sales_administrator", "help_desk"].map(str::to_owned);
    assert_eq!(
        team::roles(&partner, &twice),
        Ok(vec![Role::SalesAdministrator, Role::HelpDesk]),
        "each once, in order"
    );
}

#[test]
fn org_5_one_full_administrator_stays() {
    for kind in kinds() {
        let full = kind.full_role();
        let lesser = *kind.roles().iter().find(|role| **role != full).expect("another role");
        let (ada, ben) = (person("ada", &[full], true), person("ben", &[full, lesser], true));
        let demoted = Person {
            roles: vec![lesser],
            ..ada.clone()
        };
        let disabled = Person {
            disabled_at: ada.signed_in_at,
            ..ada.clone()
        };
        let invited = person("ivy", &[full], false);
        let machine = Person {
            service: true,
            ..person("bot", &[full], true)
        };
        let plain = person("pat", &[lesser], true);
        let keeps = |people: &[&Person], after: Option<&Person>| {
            let people: Vec<Person> = people.iter().map(|one| (*one).clone()).collect();
            team::keeps_full_administrator(&kind, &people, &ada.id, after).is_ok()
        };
        for after in [None, Some(&demoted), Some(&disabled)] {
            assert!(!keeps(&[&ada], after), "ORG-5: alone");
            assert!(!keeps(&[&ada, &plain], after), "ORG-5: others without the role");
            assert!(!keeps(&[&ada, &machine], after), "ORG-5: a service account is nobody");
            assert!(!keeps(&[&ada, &invited], after), "ORG-5: somebody who never came");
            assert!(keeps(&[&ada, &ben], after), "ORG-5: another one");
        }
        assert!(keeps(&[&ada], Some(&ada)), "ORG-5: stays");
        let unseen = person("ada", &[full], false);
        let people = [unseen.clone(), invited.clone()];
        assert!(
            team::keeps_full_administrator(&kind, &people, &unseen.id, None).is_ok(),
            "ORG-5: where nobody ever came, whoever is invited counts"
        );
        let gone = Person {
            disabled_at: ada.signed_in_at,
            ..ben.clone()
        };
        assert!(!keeps(&[&ada, &gone], None), "ORG-5: somebody who may not sign in");
        assert!(keeps(&[&ada, &ben, &plain], Some(&demoted)));
    }
}

fn request(at: Timestamp) -> AccessRequest {
    AccessRequest {
        id: AccessRequestId("access_eu_1".to_owned()),
        customer: OrgId("org_eu_c".to_owned()),
        partner: OrgId("org_eu_p".to_owned()),
        person: PersonId("person_eu_d".to_owned()),
        reason: "a broken number".to_owned(),
        requested_at: at,
        answer: Answer::Pending,
    }
}

fn after(at: Timestamp, hours: i64, micros: i64) -> Timestamp {
    at + SignedDuration::from_hours(hours) + SignedDuration::from_micros(micros)
}

/// Hours, not civil days: the same over a clock change, wherever one is.
#[test]
fn org_3_access_lasts_a_day_and_a_request_a_week_to_the_microsecond() {
    let boss = PersonId("person_eu_b".to_owned());
    for asked in ["2027-03-27T12:00:00Z", "2027-10-30T23:30:00Z", "2027-03-13T18:00:00Z"] {
        let asked: Timestamp = asked.parse().expect("an instant");
        let open = request(asked);
        assert_eq!(open.status(after(asked, 168, -1)), "pending", "ORG-3");
        assert_eq!(open.status(after(asked, 168, 0)), "lapsed", "ORG-3");
        let late = open
            .decide(&boss, true, after(asked, 168, 0))
            .map_err(|refusal| refusal.code);
        assert_eq!(late, Err(Code::ConsentExpired), "ORG-3");
        let then = after(asked, 168, -1);
        let given = open.decide(&boss, true, then).expect("in time");
        assert!(given.grants(then) && given.grants(after(then, 24, -1)), "ORG-3");
        assert!(!given.grants(after(then, 24, 0)), "ORG-3: it ends by itself");
        assert_eq!(given.status(after(then, 24, 0)), "ended");
        let back = given.decide(&boss, false, then).expect("taken back");
        assert!(!back.grants(then), "ORG-3: the customer takes it back at once");
        let again = given.decide(&boss, true, then).map_err(|refusal| refusal.code);
        assert_eq!(again, Err(Code::AlreadyDecided), "ORG-3");
        let no = open.decide(&boss, false, then).expect("in time");
        assert!(
            !no.grants(then) && no.status(after(then, 999, 0)) == "declined",
            "ORG-3"
        );
    }
}

#[test]
fn org_11_a_customer_moves_when_both_have_agreed_in_ten_days() {
    let begun: Timestamp = "2027-03-27T12:00:00Z".parse().expect("an instant");
    let (boss, seller) = (PersonId("person_eu_b".to_owned()), PersonId("person_eu_s".to_owned()));
    let asked = Handover {
        id: HandoverId("handover_eu_1".to_owned()),
        customer: OrgId("org_eu_c".to_owned()),
        from: OrgId("org_eu_p".to_owned()),
        to: OrgId("org_us_q".to_owned()),
        requested_by: seller.clone(),
        reason: String::new(),
        requested_at: begun,
        customer_agreed: None,
        partner_agreed: None,
        declined: None,
    };
    let (last, over) = (after(begun, 240, -1), after(begun, 240, 0));
    assert!(
        asked.waits_for(Side::Customer, last) && asked.waits_for(Side::Partner, last),
        "ORG-11"
    );
    assert_eq!(
        (asked.status(last), asked.status(over)),
        ("pending", "lapsed"),
        "ORG-11"
    );
    let half = asked.decide(Side::Customer, &boss, true, begun).expect("a yes");
    assert!(
        !half.is_agreed() && half.status(over) == "lapsed",
        "ORG-11: one yes is not enough"
    );
    let twice = half
        .decide(Side::Customer, &boss, true, last)
        .map_err(|refusal| refusal.code);
    assert_eq!(twice, Err(Code::AlreadyDecided), "ORG-11");
    let both = half.decide(Side::Partner, &seller, true, last).expect("the other yes");
    assert!(both.is_agreed() && both.status(over) == "done", "ORG-11");
    let yes = Yes {
        by: seller.clone(),
        at: last,
    };
    assert_eq!(both.partner_agreed, Some(yes));
    let late = half
        .decide(Side::Partner, &seller, true, over)
        .map_err(|refusal| refusal.code);
    assert_eq!(late, Err(Code::ConsentExpired), "ORG-11");
    let no = half.decide(Side::Partner, &seller, false, last).expect("a no");
    assert_eq!((no.status(last), no.is_agreed()), ("declined", false), "ORG-11");
    let after_no = no
        .decide(Side::Customer, &boss, true, last)
        .map_err(|refusal| refusal.code);
    assert_eq!(after_no, Err(Code::AlreadyDecided), "ORG-11");
}
