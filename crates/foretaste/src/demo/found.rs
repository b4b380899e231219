//! The cast comes to be: the vendor, the partners, and the customers that are there without any trial.

use super::{
    cast::{
        Client, Company, PARTNER_A, PARTNER_B, PARTNER_C, PARTNER_D, Someone, VENDOR,
        clients::{PURCHASED, STRANGER},
    },
    stage::Stage,
};
use crate::failure::{Failure, Outcome};
use app::found::NewPerson;
use domain::{
    ids::OrgId,
    organization::{AccessLevel, Customer, Kind, Partner, Purchase, Relationship},
    text::fold,
    time::civil_day,
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use store::region::relationship::Line;

/// ORG-1: ten years.
const CERTIFIED: SignedDuration = SignedDuration::from_hours(24 * 3653);
/// How long ago D's certification ended.
const LAPSED: SignedDuration = SignedDuration::from_hours(24 * 20);
/// Licences that the paying customer has bought of each service.
const BOUGHT: u32 = 50;

pub(super) async fn everybody(stage: &mut Stage) -> Outcome {
    company(stage, &VENDOR, Kind::Vendor).await?;
    let until = |at: Option<Timestamp>, tier, distributor| {
        Kind::Partner(Partner {
            tier,
            distributor,
            certified_until: at,
            allowance: domain::organization::Allowance::default(),
        })
    };
    let years = stage.real.checked_add(CERTIFIED).ok();
    let a = company(stage, &PARTNER_A, until(years, 1, None)).await?;
    company(stage, &PARTNER_B, until(years, 1, None)).await?;
    company(stage, &PARTNER_C, until(years, 2, Some(a.clone()))).await?;
    company(stage, &PARTNER_D, until(stage.real.checked_sub(LAPSED).ok(), 1, None)).await?;
    customer(stage, &STRANGER, Vec::new()).await?;
    let since = civil_day(stage.app.clock.now(), &zone(PURCHASED.zone)?);
    let bought = |service: &str| Purchase {
        service: service.to_owned(),
        quantity: BOUGHT,
        partner: Some(a.clone()),
        since,
    };
    let id = customer(stage, &PURCHASED, vec![bought("messaging"), bought("meetings")]).await?;
    tie(stage, &id, &a, PURCHASED.name).await
}

async fn company(stage: &mut Stage, company: &Company, kind: Kind) -> Outcome<OrgId> {
    let people: Vec<NewPerson> = company
        .people
        .iter()
        .map(|someone| person(someone, company.domain))
        .collect();
    let (id, _) = stage.app.found(company.region, company.name, kind, &people).await?;
    stage.enters(company.cast, &id);
    Ok(id)
}

/// A customer that no trial has founded.
pub(super) async fn customer(stage: &mut Stage, client: &Client, purchased: Vec<Purchase>) -> Outcome<OrgId> {
    let program = stage.app.program()?;
    let country = program.country(client.country);
    let country = country.ok_or_else(|| Failure::new(format!("the program knows no country {}", client.country)))?;
    let kind = Kind::Customer(Customer {
        country: client.country.to_owned(),
        zone: client.zone.to_owned(),
        language: client.language.to_owned(),
        vertical: client.vertical.to_owned(),
        purchased,
        orders: Vec::new(),
        closed_on: None,
    });
    let people: Vec<NewPerson> = client
        .people
        .iter()
        .map(|someone| person(someone, client.domain))
        .collect();
    let (id, _) = stage.app.found(&country.region, client.name, kind, &people).await?;
    stage.enters(client.cast, &id);
    Ok(id)
}

pub(super) fn person(someone: &Someone, domain: &str) -> NewPerson {
    NewPerson {
        email: format!("{}@{domain}", someone.local),
        name: someone.name.to_owned(),
        language: someone.language.to_owned(),
        zone: someone.zone.to_owned(),
        roles: vec![someone.role],
        licenses: someone.licenses.iter().map(|service| (*service).to_owned()).collect(),
    }
}

/// A paying customer's line in the partner's list: bought by an order, which comes from outside.
async fn tie(stage: &Stage, customer: &OrgId, partner: &OrgId, name: &str) -> Outcome {
    let region = stage.app.stores.region(customer.region());
    let region = region.ok_or_else(|| Failure::new(format!("no store for {}", customer.region())))?;
    let relationship = Relationship {
        customer: customer.clone(),
        partner: partner.clone(),
        level: AccessLevel::FullAdministrator,
        since: stage.app.clock.now(),
        tags: Vec::new(),
        assigned: Vec::new(),
    };
    let (status, name_key) = ("purchased".to_owned(), fold(name));
    let line = Line {
        relationship,
        pending: false,
        status,
        ends_on: None,
        services: Vec::new(),
        name_key,
        version: 1,
    };
    let tx = region.begin().await?;
    tx.put_relationship(&line).await?;
    tx.assign(
        customer,
        partner,
        &stage.who(PARTNER_A.people, PARTNER_A.domain, 1).await?.person.id,
    )
    .await?;
    Ok(tx.commit().await?)
}

fn zone(name: &str) -> Outcome<TimeZone> {
    TimeZone::get(name).map_err(|error| Failure::of(name, error))
}
