//! What a call says, read where it lives at the moment of calling: nothing personal is kept with an order.

use domain::{
    organization::{Kind, Organization},
    program::Program,
    trial::{Act, Trial, number_told},
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
    /// All that the customer has of it, by trials and orders; none where it has the service no more.
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
    let programs = stores.directory.programs().await?;
    let program = programs.iter().find(|program| program.version == trial.program_version);
    let program = program.ok_or_else(|| missing("program"))?;
    // Where only a number changes, nobody else's site is named, and nobody's address.
    let gives = trial.gives(&order.service);
    let provisions = gives && order.act == Act::Provision;
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
            quantity: quantity(region, called, &customer, program).await?,
            site: site(&record, &order.service, program).filter(|_| gives || order.act != Act::Provision),
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

async fn quantity(
    region: &Region,
    called: &Called,
    customer: &Organization,
    program: &Program,
) -> Result<Option<u32>, StoreError> {
    let order = &called.order;
    let all = region.read().trials_of(&order.customer).await?;
    let trials: Vec<&Trial> = all.iter().map(|record| &record.trial).collect();
    let bought = customer.customer().map_or(&[][..], |facts| &facts.purchased);
    Ok(number_told(&order.service, &order.trial, bought, &trials, program))
}

/// START-5: only to the service that has one.
fn site<'a>(record: &'a TrialRecord, service: &str, program: &Program) -> Option<Site<'a>> {
    let (name, meetings) = (record.texts.get("site")?, record.trial.meetings.as_ref()?);
    let asks = program.service(service).is_some_and(|service| service.site);
    let time_zone = meetings.time_zone.as_str();
    asks.then_some(Site { name, time_zone })
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
