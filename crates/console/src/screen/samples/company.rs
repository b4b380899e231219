//! Made-up people, partners and what they ask of each other.

use super::world::{now, start};
use app::{
    Actor, access_request::AccessRequestView, audit::Entry, customer::PartnerTie, handover::HandoverView,
    partner::PartnerView, people::PersonView, token::Scopes,
};
use domain::{
    ids::{AccessRequestId, EventId, HandoverId, OrgId, PersonId},
    organization::{AccessLevel, Allowance, Kind, Organization, Partner},
    person::{Person, Role},
};
use jiff::{SignedDuration, Timestamp};

fn later(days: i64) -> Timestamp {
    now()
        .checked_add(SignedDuration::from_hours(24 * days))
        .unwrap_or_default()
}

fn named(id: &str, name: &str) -> (OrgId, String) {
    (OrgId::new("eu", id), name.to_owned())
}

pub(crate) fn actor() -> Actor {
    let partner = Partner {
        tier: 1,
        distributor: None,
        certified_until: Some(later(300)),
        allowance: Allowance::default(),
    };
    let organization = Organization {
        id: OrgId::new("eu", "1"),
        name: "Studio Nord & Fils".to_owned(),
        kind: Kind::Partner(partner),
        created_at: start(),
    };
    Actor {
        person: Person {
            id: PersonId::new("eu", "1"),
            organization: organization.id.clone(),
            email: "ada@studio.example".to_owned(),
            name: "Ada".to_owned(),
            language: "fr".to_owned(),
            zone: "Europe/Paris".to_owned(),
            roles: vec![Role::SalesFullAdministrator],
            licenses: Vec::new(),
            signed_in_at: Some(start()),
            disabled_at: None,
            theme: String::new(),
            digest: false,
            bounced_at: None,
            service: false,
            created_at: start(),
        },
        organization,
        via: "console",
        request: None,
        from: None,
        scopes: Scopes::all(),
        language: "fr".to_owned(),
        acting: None,
    }
}

pub(crate) fn person(status: &str, service_account: bool) -> PersonView {
    let known = status == "active";
    PersonView {
        digest: false,
        address_bounced: status == "invited" && !service_account,
        id: Some(PersonId::new("eu", if known { "1" } else { "2" })),
        organization_id: OrgId::new("eu", "1"),
        email: if service_account { "" } else { "it@lumiere.example" }.to_owned(),
        name: if known || service_account {
            "Lumière <script>"
        } else {
            ""
        }
        .to_owned(),
        roles: vec![Role::SalesAdministrator, Role::HelpDesk],
        language: "fr".to_owned(),
        time_zone: "Europe/Paris".to_owned(),
        theme: "auto".to_owned(),
        status: status.to_owned(),
        service_account,
        created_at: start(),
        version: 1,
    }
}

pub(crate) fn partner(tier: u8, certified: bool) -> PartnerView {
    PartnerView {
        id: Some(OrgId::new("eu", "1")),
        name: "Studio Nord & Fils <script>".to_owned(),
        region: "eu".to_owned(),
        tier,
        distributor: (tier == 2).then(|| named("9", "Distri & Co")),
        certified,
        certified_until: Some(if certified { later(300) } else { start() }),
        allowance: Allowance {
            trials_per_month: certified.then_some(20),
            active_trials: None,
        },
        created_at: start(),
        version: 1,
    }
}

pub(crate) fn tie(full: bool) -> PartnerTie {
    PartnerTie {
        id: OrgId::new("eu", "1"),
        name: "Studio Nord & Fils <script>".to_owned(),
        level: if full {
            AccessLevel::FullAdministrator
        } else {
            AccessLevel::ProvisioningAdministrator
        },
        since: start(),
    }
}

pub(crate) fn access_request(status: &str) -> AccessRequestView {
    AccessRequestView {
        id: Some(AccessRequestId::new("eu", "1")),
        customer: named("2", "Lumière <script>"),
        partner: named("1", "Studio Nord & Fils"),
        person: (PersonId::new("eu", "1"), "Ada <b>".to_owned()),
        reason: "Appel 4711 <b>".to_owned(),
        status: status.to_owned(),
        requested_at: start(),
        expires_at: later(3),
        until: (status == "accepted").then(|| later(1)),
        version: 1,
    }
}

pub(crate) fn handover(status: &str) -> HandoverView {
    HandoverView {
        id: Some(HandoverId::new("eu", "1")),
        customer: named("2", "Lumière <script>"),
        from: named("1", "Studio Nord & Fils"),
        to: named("3", "遠山資訊"),
        reason: "Plus près de chez nous".to_owned(),
        status: status.to_owned(),
        customer_agreed: status == "done",
        partner_agreed: status == "done",
        waits_for_me: status == "pending",
        trials: 2,
        requested_at: start(),
        expires_at: later(12),
        version: 1,
    }
}

pub(crate) fn entry(name: &str, details: serde_json::Value) -> Entry {
    let gone = name == "started";
    Entry {
        id: EventId::new("eu", "1"),
        seq: Some(7),
        at: start(),
        name: name.to_owned(),
        organization: OrgId::new("eu", "2"),
        trial: None,
        person: (name != "extended").then(|| (PersonId::new("eu", "1"), if gone { "" } else { "Ada <b>" }.to_owned())),
        company: Some(named("1", "Studio Nord & Fils")),
        on_behalf_of: gone.then(|| named("2", "Lumière <script>")),
        via: "console".to_owned(),
        request: None,
        from: Some("203.0.113.7".to_owned()),
        reason: Some("Appel 4711 <b>".to_owned()),
        details,
    }
}
