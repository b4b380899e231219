//! PROV-1: after consent the partner confirms, changes or completes what the services ask, in one step.

use super::{super::id as known, seen};
use crate::{
    Console,
    frame::{page, page_with},
    part::Faults,
    screen::start::{Choice, DeviceFields, Devices, zones},
    template::View,
    web::{Failure, Fields, Form, Signed, see},
};
use app::{Error, request::DetailsInput};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    ids::TrialId,
    trial::{MeetingsInput, Status},
};
use serde::Serialize;

/// The values of `trial/details.html`.
#[derive(Serialize)]
pub(crate) struct DetailsPage {
    pub(crate) id: String,
    pub(crate) customer: String,
    pub(crate) faults: Faults,
    pub(crate) services: String,
    pub(crate) asks_site: bool,
    pub(crate) site: String,
    pub(crate) site_zones: Vec<Choice>,
    /// START-6: the customer's own, which stays.
    pub(crate) zone: String,
    pub(crate) devices: Option<DeviceFields>,
    pub(crate) version: i64,
}

impl View for DetailsPage {
    const TEMPLATE: &'static str = "trial/details.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    shown(&console, &signed, &id, None).await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    id: &str,
    tried: Option<(&Fields, Faults)>,
) -> Result<Response, Failure> {
    let Signed { visitor, actor, words } = signed;
    let seen = seen(console, actor, id).await?;
    let trial = &seen.view.trial;
    if trial.status() != Status::PendingProvisioningDetails {
        return Ok(see(&format!("/partner/trials/{}", seen.id)));
    }
    let asks = |what: fn(&domain::program::Service) -> bool| {
        trial
            .services
            .iter()
            .any(|one| seen.program.service(&one.id).is_some_and(what))
    };
    let given = |name: &str| tried.as_ref().and_then(|(fields, _)| fields.owned(name));
    let site_zone = given("site_zone")
        .or(trial.meetings.as_ref().map(|meetings| meetings.time_zone.clone()))
        .unwrap_or(trial.zone.clone());
    let known = || {
        let devices = trial.devices.as_ref()?;
        Some(Devices::known(devices, seen.view.texts.get("ship_to")))
    };
    let said = match &tried {
        Some((fields, _)) => Some(Devices::of(fields, &seen.program)),
        None => known(),
    };
    let country = Some(seen.view.customer_country.as_str());
    let view = DetailsPage {
        customer: i18n::tame(&seen.view.customer_name),
        services: words.list(&words.services(&trial.service_ids(), &seen.program)),
        asks_site: asks(|service| service.site),
        site: given("site")
            .or(seen.view.texts.get("site").cloned())
            .unwrap_or_default(),
        site_zones: zones(words, &seen.program, Some(&site_zone)),
        zone: words.zone_name(&trial.zone),
        devices: asks(|service| service.devices)
            .then(|| DeviceFields::of(words, &seen.program, said.as_ref(), country, false)),
        version: seen.view.version,
        id: seen.id.0.clone(),
        faults: tried.as_ref().map(|(_, faults)| faults.clone()).unwrap_or_default(),
    };
    let title = words.say("details-title");
    if tried.is_some() {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, console, visitor, title, &view);
    }
    page(console, visitor, title, &view)
}

pub(crate) async fn confirm(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let trial = known(TrialId::parse(&id))?;
    let program = console.app.program()?;
    let site = fields.has("site").then(|| MeetingsInput {
        site: fields.owned("site"),
        time_zone: fields.owned("site_zone"),
    });
    let devices = Devices::of(&fields, &program);
    let input = DetailsInput {
        meetings: site,
        devices: devices.said().then(|| devices.input()),
        time_zone: None,
    };
    match console
        .app
        .confirm_details(
            &signed.actor,
            &trial,
            &input,
            &super::super::seen(fields.number("version")),
        )
        .await
    {
        Ok(_) => Ok(see(&format!("/partner/trials/{trial}?done=details"))),
        Err(Error::Refused(refusal)) if [409, 412, 422].contains(&refusal.code.status()) => {
            let faults = Faults::of(signed.words.language, &refusal);
            shown(&console, &signed, &id, Some((&fields, faults))).await
        }
        Err(error) => Err(error.into()),
    }
}
