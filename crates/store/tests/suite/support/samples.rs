//! Organizations, people, trials and letters to put into stores.

use domain::{
    ids::{MessageId, OrgId, PersonId, TrialId},
    notify::{Audience, Facts, MessageKind},
    organization::{AccessLevel, Customer, Kind, Organization, Partner, Relationship},
    person::{Person, Role},
    program::{Program, parse},
    text::fold,
    trial::{
        At, Change, CustomerInput, Origin, Parties, Provisioner, ServiceState, StartInput, State, Term, Trial, validate,
    },
};
use jiff::{
    SignedDuration, Timestamp,
    civil::Date,
    tz::{TimeZone, TimeZoneDatabase},
};
use std::{collections::BTreeMap, sync::OnceLock};
use store::{
    Region, StoreError,
    region::{outbox::Letter, relationship::Line, trial::TrialRecord},
};

/// The program as it is shipped.
pub(crate) fn program() -> &'static Program {
    static PROGRAM: OnceLock<Program> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let text = include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../programs/webex-enterprise.toml"
        ));
        parse(text).expect("the shipped program")
    })
}

pub(crate) fn paris() -> TimeZone {
    TimeZoneDatabase::bundled().get("Europe/Paris").expect("a zone")
}

/// So many seconds into the tests' story.
pub(crate) fn at(seconds: i64) -> Timestamp {
    let begin: Timestamp = "2027-01-15T09:30:00Z".parse().expect("an instant");
    begin + SignedDuration::from_secs(seconds)
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

pub(crate) fn org(tail: &str) -> OrgId {
    OrgId::new("eu", tail)
}

pub(crate) fn person_id(tail: &str) -> PersonId {
    PersonId::new("eu", tail)
}

pub(crate) fn trial_id(tail: &str) -> TrialId {
    TrialId::new("eu", tail)
}

pub(crate) fn customer(tail: &str, name: &str) -> Organization {
    Organization {
        id: org(tail),
        name: name.to_owned(),
        kind: Kind::Customer(Customer {
            country: "FR".to_owned(),
            zone: "Europe/Paris".to_owned(),
            language: "fr".to_owned(),
            vertical: "media".to_owned(),
            purchased: Vec::new(),
            orders: Vec::new(),
            closed_on: None,
        }),
        created_at: at(0),
    }
}

pub(crate) fn partner(tail: &str, name: &str) -> Organization {
    Organization {
        kind: Kind::Partner(Partner {
            tier: 1,
            distributor: None,
            certified_until: Some(at(1_000_000)),
            allowance: domain::organization::Allowance::default(),
        }),
        ..customer(tail, name)
    }
}

/// Writes customers of these names.
pub(crate) async fn add_customers(region: &Region, tails: &[&str]) -> Result<(), StoreError> {
    let tx = region.begin().await?;
    for tail in tails {
        tx.add_organization(&customer(tail, tail)).await?;
    }
    tx.commit().await
}

pub(crate) fn person(tail: &str, organization: &OrgId, email: &str) -> Person {
    Person {
        id: person_id(tail),
        organization: organization.clone(),
        email: email.to_owned(),
        name: format!("Name of {tail}"),
        language: "fr".to_owned(),
        zone: "Europe/Paris".to_owned(),
        roles: vec![Role::FullAdministrator],
        licenses: vec!["messaging".to_owned()],
        signed_in_at: None,
        disabled_at: None,
        theme: String::new(),
        digest: false,
        bounced_at: None,
        service: false,
        created_at: at(0),
    }
}

/// A line of the partner's list.
pub(crate) fn line(customer: &str, partner: &str, name: &str, ends_on: Option<&str>) -> Line {
    Line {
        relationship: Relationship {
            customer: org(customer),
            partner: org(partner),
            level: AccessLevel::FullAdministrator,
            since: at(0),
            tags: vec!["VIP".to_owned()],
            assigned: Vec::new(),
        },
        pending: false,
        status: "active".to_owned(),
        ends_on: ends_on.map(day),
        services: vec!["messaging".to_owned()],
        name_key: fold(name),
        version: 1,
    }
}

/// What a start of these services changes.
pub(crate) fn start(tail: &str, customer: &str, services: &[&str], origin: Origin) -> Change {
    let input = StartInput {
        customer: Some(CustomerInput {
            name: Some("Société Lumière".to_owned()),
            admin_email: Some("it@lumiere.example".to_owned()),
            vertical: Some("media".to_owned()),
            country: Some("FR".to_owned()),
            language: Some("fr".to_owned()),
            supported_location_acknowledged: Some(true),
            ..CustomerInput::default()
        }),
        services: Some(services.iter().map(|id| (*id).to_owned()).collect()),
        ..StartInput::default()
    };
    let wish = validate(&input, program(), &|_| true).expect("a start in order");
    let parties = Parties {
        id: trial_id(tail),
        partner: org("partner"),
        customer: org(customer),
        started_by: person_id("seller"),
        administrator: person_id("administrator"),
        zone: "Europe/Paris".to_owned(),
    };
    let at = At {
        now: at(0),
        zone: &paris(),
        program: program(),
        provisioner: Provisioner::Embedded,
    };
    wish.start(parties, origin, &at)
}

/// A running trial of these services.
pub(crate) fn trial(tail: &str, customer: &str, services: &[&str]) -> Trial {
    Trial::fold(&start(tail, customer, services, Origin::New).events).expect("a start comes first")
}

/// A request: it claims nothing and has no term.
pub(crate) fn request(tail: &str, customer: &str, services: &[&str]) -> Trial {
    Trial::fold(&start(tail, customer, services, Origin::Request).events).expect("a start comes first")
}

/// A running trial that ends on a day, or one that still awaits its start.
pub(crate) fn ending(mut trial: Trial, ends_on: Option<&str>) -> Trial {
    match ends_on.map(day) {
        Some(ends_on) => {
            let (started_at, starts_on) = (at(0), day("2027-01-15"));
            trial.state = State::Active(Term {
                started_at,
                starts_on,
                ends_on,
            });
        }
        None => {
            trial.state = State::Provisioning;
            for service in &mut trial.services {
                service.state = ServiceState::Waiting;
            }
        }
    }
    trial
}

pub(crate) fn record(trial: Trial) -> TrialRecord {
    let texts = BTreeMap::from([("notes".to_owned(), "met at the fair".to_owned())]);
    TrialRecord {
        trial,
        texts,
        version: 1,
    }
}

/// Writes new trials, each in a transaction of its own.
pub(crate) async fn put_new(region: &Region, trials: &[(&Trial, &str)]) -> Result<(), StoreError> {
    for (trial, name) in trials {
        let tx = region.begin().await?;
        tx.put_trial(&record((*trial).clone()), &fold(name), true).await?;
        tx.commit().await?;
    }
    Ok(())
}

pub(crate) fn letter(tail: &str, seconds: i64) -> Letter {
    Letter {
        id: MessageId::new("eu", tail),
        kind: MessageKind::TrialStarted,
        trial: Some(trial_id("1")),
        customer: Some(org("customer")),
        person: person_id("administrator"),
        audience: Audience::CustomerAdministrators,
        facts: Facts {
            services: vec!["messaging".to_owned()],
            ends_on: Some(day("2027-02-14")),
            ..Facts::default()
        },
        line: Some("À bientôt".to_owned()),
        link: None,
        created_at: at(seconds),
    }
}
