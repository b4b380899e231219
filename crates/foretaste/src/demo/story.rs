//! What A's own customers went through until today: the use cases themselves, on the days on which it happened.

use super::{
    cast::{
        Client, PARTNER_A,
        clients::{ACTIVE, CANCELLED, CONVERTED, EXPIRED, LENT, PENDING_APPROVAL, PENDING_DETAILS, PROVISIONING},
    },
    found,
    stage::Stage,
};
use crate::{
    failure::{Failure, Outcome},
    ports,
};
use app::{Actor, App, Command, Guard};
use domain::{
    ids::TrialId,
    trial::{CustomerInput, MeetingsInput, Provisioner, StartInput},
};
use jiff::SignedDuration;
use std::sync::Arc;

/// People of A, by their place in the cast.
const FULL: usize = 0;
const FIRST_SALES: usize = 1;
const SECOND_SALES: usize = 2;

/// Customers whose administrator has signed in by now.
const SIGNED_IN: [&str; 4] = [ACTIVE.cast, EXPIRED.cast, CONVERTED.cast, CANCELLED.cast];

/// What a start asks for.
struct Ask {
    client: &'static Client,
    services: &'static [&'static str],
    quantity: i64,
    days: i64,
    site: Option<&'static str>,
    by: usize,
}

const OFFICE: &[&str] = &["messaging", "meetings"];
const CALLS: &[&str] = &["messaging", "calling"];
const ALL: &[&str] = &["messaging", "meetings", "calling"];
const CONTACTS: &[&str] = &["messaging", "contact-center"];

const fn ask(client: &'static Client, services: &'static [&'static str], days: i64, quantity: i64, by: usize) -> Ask {
    let site = None;
    Ask {
        client,
        services,
        quantity,
        days,
        site,
        by,
    }
}

const fn at_site(ask: Ask, site: &'static str) -> Ask {
    Ask {
        site: Some(site),
        ..ask
    }
}

const BOUGHT: Ask = at_site(ask(&CONVERTED, OFFICE, 30, 40, SECOND_SALES), "chenxi");
const OVER: Ask = at_site(ask(&EXPIRED, ALL, 30, 30, FIRST_SALES), "larkfield");
const STOPPED: Ask = ask(&CANCELLED, CALLS, 60, 20, FIRST_SALES);
const RUNNING: Ask = at_site(ask(&ACTIVE, OFFICE, 60, 25, FIRST_SALES), "imprimerie-du-lac");
const ASKED: Ask = at_site(ask(&PENDING_DETAILS, OFFICE, 60, 50, FIRST_SALES), "vauclair");
const WAITING: Ask = ask(&PENDING_APPROVAL, CONTACTS, 30, 60, FULL);
const DEVICES: Ask = ask(&LENT, &["messaging", "devices"], 90, 15, FULL);
const STUCK: Ask = ask(&PROVISIONING, CALLS, 90, 80, FULL);

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

pub(super) async fn play(stage: &mut Stage) -> Outcome {
    found::customer(stage, &PENDING_DETAILS, Vec::new()).await?;
    stage.at(days(48)).await?;
    let lent = start(stage, &DEVICES).await?;
    super::lent::leave(stage, &lent).await?;
    stage.at(days(45)).await?;
    let bought = start(stage, &BOUGHT).await?;
    stage.at(days(40)).await?;
    start(stage, &OVER).await?;
    stage.at(days(25)).await?;
    act(stage, &bought, FULL, Command::Convert).await?;
    stage.at(days(20)).await?;
    let stopped = start(stage, &STOPPED).await?;
    stage.at(days(12)).await?;
    start(stage, &RUNNING).await?;
    stage.at(days(4)).await?;
    let asked = send(&stage.app, &who(stage, ASKED.by).await?, &ASKED, "existing").await?;
    stage.at(days(3)).await?;
    let reason = Some("Le projet est reporté à l’an prochain.".to_owned());
    act(stage, &stopped, FIRST_SALES, Command::Cancel(reason)).await?;
    stage.at(days(2)).await?;
    accept(stage, &asked).await?;
    stage.at(days(1)).await?;
    super::lent::ask(stage, &lent).await?;
    start(stage, &WAITING).await?;
    stage.at(SignedDuration::from_hours(6)).await?;
    start_elsewhere(stage, &STUCK).await
}

/// PROV-2: this one waits for an external provisioner's answer.
async fn start_elsewhere(stage: &mut Stage, ask: &Ask) -> Outcome {
    let provisioner = Provisioner::External;
    let settings = app::Settings {
        provisioner,
        ..stage.app.settings().clone()
    };
    let (stores, clock) = (stage.app.stores.clone(), stage.app.clock.clone());
    let elsewhere = App::new(stores, clock, settings, ports::random()).await?;
    start_at(stage, &elsewhere, ask).await.map(|_| ())
}

pub(super) async fn who(stage: &Stage, place: usize) -> Outcome<Actor> {
    stage.who(PARTNER_A.people, PARTNER_A.domain, place).await
}

async fn act(stage: &Stage, trial: &TrialId, by: usize, command: Command) -> Outcome {
    stage
        .app
        .execute(&who(stage, by).await?, trial, &command, &Guard::default())
        .await?;
    Ok(())
}

/// START-1: a new customer, and then its people.
async fn start(stage: &mut Stage, ask: &Ask) -> Outcome<TrialId> {
    let app = Arc::clone(&stage.app);
    start_at(stage, &app, ask).await
}

async fn start_at(stage: &mut Stage, app: &App, ask: &Ask) -> Outcome<TrialId> {
    let by = who(stage, ask.by).await?;
    let id = send(app, &by, ask, "new").await?;
    settle(stage, ask.client).await?;
    Ok(id)
}

async fn send(app: &App, by: &Actor, ask: &Ask, expect: &str) -> Outcome<TrialId> {
    let client = ask.client;
    let administrator = client
        .people
        .first()
        .ok_or_else(|| Failure::new("a customer without people"))?;
    let text = |text: &str| Some(text.to_owned());
    let customer = CustomerInput {
        id: None,
        name: text(client.name),
        admin_email: Some(format!("{}@{}", administrator.local, client.domain)),
        vertical: text(client.vertical),
        country: text(client.country),
        time_zone: text(client.zone),
        language: text(client.language),
        supported_location_acknowledged: Some(true),
        expect: text(expect),
    };
    let input = StartInput {
        customer: Some(customer),
        services: Some(ask.services.iter().map(|service| (*service).to_owned()).collect()),
        license_quantity: Some(ask.quantity),
        duration_days: Some(ask.days),
        meetings: ask.site.map(|site| MeetingsInput {
            site: text(site),
            time_zone: text(client.zone),
        }),
        devices: super::lent::devices(client, ask.services),
    };
    let outcome = app.start_trial(by, &input, &Guard::default()).await?;
    outcome.trial.id.ok_or_else(|| Failure::new("a trial without id"))
}

/// The administrator whom the start named has a name by now, and colleagues.
async fn settle(stage: &mut Stage, client: &Client) -> Outcome {
    let first = stage.who(client.people, client.domain, 0).await?;
    let organization = first.person.organization.clone();
    stage.enters(client.cast, &organization);
    let region = stage.app.stores.region(organization.region());
    let region = region.ok_or_else(|| Failure::new("a region has no store"))?;
    if let (Some(someone), Some(mut known)) = (client.people.first(), region.read().person(&first.person.id).await?) {
        let wanted = found::person(someone, client.domain);
        known.value.name = wanted.name;
        known.value.zone = wanted.zone;
        known.value.licenses = wanted.licenses;
        // START-11: whoever uses the services has signed in; the others can still be corrected.
        known.value.signed_in_at = SIGNED_IN.contains(&client.cast).then(|| stage.app.clock.now());
        let tx = region.begin().await?;
        tx.put_person(&known).await?;
        tx.commit().await?;
    }
    for someone in client.people.iter().skip(1) {
        stage
            .app
            .add_person(&organization, &found::person(someone, client.domain))
            .await?;
    }
    Ok(())
}

/// CONS-3: the customer's full administrator says yes, and grants full access.
async fn accept(stage: &Stage, trial: &TrialId) -> Outcome {
    let client = &PENDING_DETAILS;
    let administrator = stage.who(client.people, client.domain, 0).await?;
    let request = trial.request();
    stage
        .app
        .accept_request(&administrator, &request, true, false, None, &Guard::default())
        .await?;
    Ok(())
}
