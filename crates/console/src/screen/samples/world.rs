//! Made-up values for samples and for the page of parts.

use crate::{
    screen::{
        start::ahead,
        trial::{Bounced, Seen},
    },
    words::Words,
};
use app::{
    approval::ApprovalView,
    customer::{CustomerView, Unreached},
    hold::HoldView,
    request::RequestView,
    trial::{Calling, Going, Removal, RemovedService},
    view::{PlanItem, TrialView},
};
use domain::{
    ids::{ApprovalId, HoldId, OrderId, OrgId, PersonId, TrialId},
    organization::{AccessLevel, Purchase},
    program::{Program, parse},
    time::plus_days,
    trial::{
        AddedBy, CancelledBy, Consent, Devices, Meetings, Origin, ServiceState, State, Status, Subject, Term, Trial,
        TrialService, Wording,
    },
};
use jiff::{SignedDuration, Timestamp, civil::date, tz::TimeZone};
use std::{collections::BTreeMap, sync::Arc};
use store::{mailbox::Mail, region::approval::Approval};

pub(crate) fn program() -> Result<Program, String> {
    parse(include_str!("../../../../../programs/webex-enterprise.toml")).map_err(|findings| format!("{findings:?}"))
}

/// 16 December 2026 in the morning.
pub(crate) fn start() -> Timestamp {
    Timestamp::from_second(1_797_408_000).unwrap_or_default()
}

pub(crate) fn now() -> Timestamp {
    start()
        .checked_add(SignedDuration::from_hours(24 * 20))
        .unwrap_or_default()
}

pub(crate) fn plan(program: &Program, at: Timestamp, asked: bool) -> Vec<PlanItem> {
    let services = ["messaging", "meetings", "calling"].map(str::to_owned);
    let mut plan = ahead(&services, 60, asked, "Europe/Paris", program, at);
    for item in &mut plan {
        item.recipients = item.kind.audiences().iter().map(|audience| (*audience, 2)).collect();
    }
    plan
}

/// The same when some of it is past.
pub(crate) fn lived(plan: &[PlanItem], now: Timestamp) -> Vec<PlanItem> {
    let mut lived = plan.to_vec();
    for item in lived.iter_mut().filter(|item| item.at.is_some_and(|at| at <= now)) {
        "done".clone_into(&mut item.state);
        item.done_at = item.at;
    }
    lived
}

fn state(status: Status) -> State {
    let starts_on = date(2026, 12, 16);
    let term = Term {
        started_at: start(),
        starts_on,
        ends_on: plus_days(starts_on, if status == Status::Expired { 10 } else { 60 }),
    };
    match status {
        Status::PendingConsent => State::PendingConsent {
            sendings: vec![start()],
        },
        Status::PendingProvisioningDetails => State::PendingProvisioningDetails,
        Status::PendingApproval => State::PendingApproval,
        Status::Provisioning => State::Provisioning,
        Status::Active => State::Active(term),
        Status::Expired => State::Expired(term),
        Status::Converted => State::Converted { term, at: now() },
        Status::Cancelled => State::Cancelled {
            term: Some(term),
            at: now(),
            on: date(2027, 1, 5),
            by: CancelledBy::Partner,
            left_empty: true,
            organization_closed: false,
        },
        Status::Declined => State::Declined { at: now() },
        Status::Lapsed => State::Lapsed { at: now() },
        Status::Removed => State::Removed {
            term,
            at: now(),
            organization_closed: true,
        },
    }
}

pub(crate) fn trial(program: &Program, status: Status) -> Trial {
    let person = PersonId::new("eu", "1");
    let asked = matches!(
        status,
        Status::PendingConsent | Status::PendingProvisioningDetails | Status::Declined | Status::Active
    );
    let service = |id: &str| TrialService {
        id: id.to_owned(),
        quantity: 1200,
        state: ServiceState::Provisioned,
        added_by: if id == "calling" {
            AddedBy::Requirement
        } else {
            AddedBy::Partner
        },
    };
    let wording = Wording {
        version: 1,
        language: "fr".to_owned(),
    };
    Trial {
        id: TrialId::new("eu", "01jd9k2m4v"),
        partner: OrgId::new("eu", "1"),
        customer: OrgId::new("eu", "2"),
        started_by: person.clone(),
        administrator: person.clone(),
        origin: if asked { Origin::Request } else { Origin::New },
        program_version: program.version,
        zone: "Europe/Paris".to_owned(),
        services: ["messaging", "meetings", "calling"].map(service).to_vec(),
        license_quantity: 1200,
        duration_days: 60,
        meetings: Some(Meetings {
            time_zone: "Europe/Paris".to_owned(),
        }),
        devices: Some(Devices {
            skip: None,
            ship: vec![("desk-phone".to_owned(), 2)],
            site_has_poe: Some(true),
            registration_licenses: 10,
            country: Some("FR".to_owned()),
        }),
        country_review: false,
        consent: (asked && status == Status::Active).then(|| Consent {
            by: person,
            at: start(),
            level: AccessLevel::FullAdministrator,
            wording,
        }),
        provisioned_at: Some(start()),
        extensions: 1,
        extension_asked: Some(30),
        order: None,
        bought_by: None,
        handed_over: None,
        purchase_wanted_on: Some(date(2027, 1, 5)),
        numbers_left_on: None,
        tried: Vec::new(),
        shipments: Vec::new(),
        reminded_on: None,
        state: state(status),
        created_at: start(),
    }
}

pub(crate) fn view(program: &Program, status: Status) -> TrialView {
    let trial = trial(program, status);
    let texts = [
        ("site", "lumiere"),
        ("notes", "<b>Rappeler</b>"),
        ("decline_reason", "Trop tôt"),
    ];
    TrialView {
        id: Some(trial.id.clone()),
        customer_id: Some(trial.customer.clone()),
        customer_name: "Société Lumière <script>".to_owned(),
        customer_country: "FR".to_owned(),
        partner_name: "Studio Nord & Fils".to_owned(),
        today: date(2027, 1, 5),
        grace_ends_on: trial.term().map(|term| term.grace_ends_on(program)),
        days_left: (status == Status::Active).then_some(1),
        grace_days_left: (status == Status::Expired).then_some(20),
        held_at: Some(start()),
        provisioning: trial.provisioning(false),
        setup: None,
        shipments: Vec::new(),
        consent_expires_at: (status == Status::PendingConsent)
            .then(|| now().checked_add(SignedDuration::from_hours(40)).unwrap_or_default()),
        version: 3,
        texts: texts
            .into_iter()
            .map(|(key, text)| (key.to_owned(), text.to_owned()))
            .collect::<BTreeMap<_, _>>(),
        trial,
    }
}

pub(crate) fn seen(program: &Program, status: Status) -> Seen {
    let zone = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    Seen {
        id: TrialId::new("eu", "01jd9k2m4v"),
        view: view(program, status),
        program: Arc::new(program.clone()),
        zone,
        now: now(),
    }
}

pub(crate) fn customer() -> CustomerView {
    let bought = Purchase {
        service: "spark-call".to_owned(),
        quantity: 50,
        partner: Some(OrgId::new("eu", "1")),
        since: date(2026, 3, 1),
    };
    CustomerView {
        id: OrgId::new("eu", "2"),
        name: "Société Lumière <script>".to_owned(),
        country: "FR".to_owned(),
        region: Some("eu".to_owned()),
        status: "active".to_owned(),
        ends_within: Some(30),
        provisioning: None,
        services: vec!["messaging".to_owned(), "meetings".to_owned()],
        purchased: vec![bought],
        days_left: Some(5),
        grace_days_left: None,
        ends_on: Some(date(2027, 2, 14)),
        tags: vec!["PME & co".to_owned()],
        assigned: Vec::new(),
        level: Some(AccessLevel::FullAdministrator),
        partners: Vec::new(),
        managers: vec![(OrgId::new("eu", "1"), "Studio Nord & Fils <script>".to_owned())],
        trials: Vec::new(),
        time_zone: Some("Europe/Paris".to_owned()),
        vertical: Some("media".to_owned()),
        version: 1,
    }
}

pub(crate) fn request() -> RequestView {
    let trial = TrialId::new("eu", "01jd9k2m4v");
    RequestView {
        id: trial.request(),
        trial_id: trial,
        partner_id: OrgId::new("eu", "1"),
        partner_name: "Studio Nord & Fils".to_owned(),
        services: vec!["messaging".to_owned(), "calling".to_owned()],
        license_quantity: 100,
        duration_days: 60,
        requested_at: start(),
        expires_at: now().checked_add(SignedDuration::from_hours(40)).ok(),
        status: Status::PendingConsent,
        version: 1,
    }
}

pub(crate) fn removal() -> Removal {
    let services = ["messaging", "calling"].map(|id| RemovedService {
        id: id.to_owned(),
        quantity: 100,
        assigned: 11,
    });
    Removal {
        at: Some(start()),
        on: Some(jiff::civil::date(2027, 3, 17)),
        state: "planned".to_owned(),
        organization_closes: true,
        users: 12,
        administrators: 1,
        services: services.into(),
        stays: Vec::new(),
        site: Some("lumiere".to_owned()),
        calling: Calling::default(),
        numbers_released_at: Some(start()),
        told: Some((start(), 12)),
        export: Some(OrgId::new("eu", "1")),
        holds: Vec::new(),
        held_by_order: Some((OrderId::new("eu", "1"), jiff::civil::date(2027, 3, 30))),
        closing: None,
    }
}

/// A trial that is about to end, and a hold on its customer.
pub(crate) fn going(program: &Program) -> (Going, HoldView) {
    let trial = trial(program, Status::Expired);
    let hold = HoldView {
        id: HoldId::new("eu", "1"),
        customer_id: trial.customer.clone(),
        reason: "x".to_owned(),
        placed_by: "person_eu_1".to_owned(),
        placed_at: start(),
        lifted_at: None,
        version: 1,
    };
    let going = Going {
        trial,
        customer_name: "Lumière".to_owned(),
        customer_country: "FR".to_owned(),
        partner_name: "Studio Nord & Fils".to_owned(),
        at: now(),
        on: jiff::civil::date(2027, 3, 17),
        state: "planned",
        organization_closes: true,
        users: 12,
        holds: vec![hold.id.clone()],
        held_by_order: Some((OrderId::new("eu", "1"), jiff::civil::date(2027, 3, 30))),
    };
    (going, hold)
}

pub(crate) fn approvals() -> Vec<ApprovalView> {
    let subjects = [
        Subject::Country,
        Subject::Service {
            id: "contact-center".to_owned(),
        },
        Subject::Extension { days: 30 },
    ];
    let view = |subject| ApprovalView {
        approval: Approval {
            id: ApprovalId::new("eu", "1"),
            trial: TrialId::new("eu", "1"),
            customer: OrgId::new("eu", "2"),
            partner: OrgId::new("eu", "1"),
            subject,
            state: "pending".to_owned(),
            requested_at: start(),
            decided_at: None,
            decided_by: None,
            reason: None,
            because: None,
            version: 1,
        },
        partner_name: "Studio Nord".to_owned(),
        customer_name: "Lumière".to_owned(),
        customer_country: "UA".to_owned(),
        note: Some("They were on holiday <b>.".to_owned()),
        due_on: "2027-03-01".parse().ok(),
        services: vec!["messaging".to_owned(), "calling".to_owned()],
        license_quantity: 100,
        duration_days: 60,
        decided_by_name: None,
    };
    subjects.into_iter().map(view).collect()
}

pub(crate) fn mail() -> Mail {
    Mail {
        id: 7,
        message_id: "m".to_owned(),
        to: "it@lumiere.example".to_owned(),
        kind: "welcome".to_owned(),
        trial_id: None,
        language: "fr".to_owned(),
        subject: "Bienvenue <b>".to_owned(),
        text: "Bonjour\n\nVotre essai".to_owned(),
        html: "<p>Bonjour</p>".to_owned(),
        links: vec![
            "https://trials.example/welcome".to_owned(),
            "https://elsewhere.example/".to_owned(),
        ],
        sent_at: start(),
    }
}

/// NOTE-4.
pub(crate) fn bounced(words: &Words, ours: bool) -> Bounced {
    let unreached = Unreached {
        since: now(),
        ours: Some("it@lumiere.example".to_owned()),
    };
    Bounced::of(words, &unreached, ours)
}
