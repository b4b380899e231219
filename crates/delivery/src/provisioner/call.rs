//! What a call says, read where it lives at the moment of calling: nothing personal is kept with an order.

use domain::{
    organization::{Kind, Organization},
    trial::{Act, Trial},
};
use serde::Serialize;
use store::{
    Region, StoreError, Stores,
    region::{provisioning::Called, trial::TrialRecord},
};

/// A call in words.
pub(super) struct Composed {
    /// The order's, the same at every attempt.
    pub(super) id: String,
    pub(super) body: Vec<u8>,
}

/// A CloudEvent.
#[derive(Serialize)]
struct Event<'a> {
    specversion: &'static str,
    id: &'a str,
    source: &'a str,
    #[serde(rename = "type")]
    kind: String,
    time: String,
    subject: &'a str,
    datacontenttype: &'static str,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    provisioning_order: &'a str,
    trial: &'a str,
    act: &'static str,
    customer: Customer<'a>,
    service: &'a str,
    /// None where the trial has the service no more.
    quantity: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<Site<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    administrator: Option<Administrator>,
}

#[derive(Serialize)]
struct Customer<'a> {
    id: &'a str,
    /// None once erased.
    name: Option<&'a str>,
    country: Option<&'a str>,
    region: &'a str,
    time_zone: Option<&'a str>,
    language: Option<&'a str>,
}

#[derive(Serialize)]
struct Site<'a> {
    name: &'a str,
    time_zone: &'a str,
}

#[derive(Serialize)]
struct Administrator {
    email: String,
}

/// Puts an order into words.
pub(super) async fn compose(
    stores: &Stores,
    region: &Region,
    called: &Called,
    source: &str,
) -> Result<Composed, StoreError> {
    let (order, reads) = (&called.order, region.read());
    let missing = |what: &str| StoreError::Corrupt(format!("{} has no {what}", order.id));
    let record = reads.trial(&order.trial).await?.ok_or_else(|| missing("trial"))?;
    let customer = reads.organization(&order.customer).await?;
    let customer = customer.ok_or_else(|| missing("customer"))?.value;
    let trial = &record.trial;
    let service = trial.services.iter().find(|service| service.id == order.service);
    let provisions = order.act == Act::Provision;
    let event = Event {
        specversion: "1.0",
        id: order.id.as_str(),
        source,
        kind: format!("foretaste.provisioning.{}", order.act.as_str()),
        time: order.asked_at.to_string(),
        subject: order.id.as_str(),
        datacontenttype: "application/json",
        data: Data {
            provisioning_order: order.id.as_str(),
            trial: trial.id.as_str(),
            act: order.act.as_str(),
            customer: about(&customer),
            service: &order.service,
            quantity: service.map(|service| service.quantity),
            site: site(stores, &record, &order.service).await?,
            administrator: match provisions {
                true => administrator(stores, trial).await?,
                false => None,
            },
        },
    };
    let body = serde_json::to_vec(&event).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let id = order.id.0.clone();
    Ok(Composed { id, body })
}

fn about(customer: &Organization) -> Customer<'_> {
    let facts = match &customer.kind {
        Kind::Customer(facts) => Some(facts),
        Kind::Vendor | Kind::Partner(_) => None,
    };
    Customer {
        id: customer.id.as_str(),
        name: Some(customer.name.as_str()).filter(|name| !name.is_empty()),
        country: facts.map(|facts| facts.country.as_str()),
        region: customer.id.region(),
        time_zone: facts.map(|facts| facts.zone.as_str()),
        language: facts.map(|facts| facts.language.as_str()),
    }
}

/// START-5: only to the service that has one.
async fn site<'a>(stores: &Stores, record: &'a TrialRecord, service: &str) -> Result<Option<Site<'a>>, StoreError> {
    let (Some(name), Some(meetings)) = (record.texts.get("site"), &record.trial.meetings) else {
        return Ok(None);
    };
    let programs = stores.directory.programs().await?;
    let program = programs
        .iter()
        .find(|program| program.version == record.trial.program_version);
    let asks = program
        .and_then(|program| program.service(service))
        .is_some_and(|service| service.site);
    let time_zone = meetings.time_zone.as_str();
    Ok(asks.then_some(Site { name, time_zone }))
}

async fn administrator(stores: &Stores, trial: &Trial) -> Result<Option<Administrator>, StoreError> {
    let Some(region) = stores.region(trial.administrator.region()) else {
        return Ok(None);
    };
    let person = region.read().person(&trial.administrator).await?;
    let email = person
        .map(|person| person.value.email)
        .filter(|email| !email.is_empty());
    Ok(email.map(|email| Administrator { email }))
}
