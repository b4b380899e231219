//! `POST /trials`: the form as it comes in, all of its members optional so that the rules can say what is missing.

use crate::{
    Api,
    guard::Call,
    http::{DryRun, Problem, merge},
    trial::{Trial, location},
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    refusal::Refusal,
    trial::{CustomerInput, DeviceLine, DevicesInput, MeetingsInput, StartInput},
};
use serde::Deserialize;
use utoipa::ToSchema;

/// For whom: an own customer by its id, or the form.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Customer {
    id: Option<String>,
    name: Option<String>,
    admin_email: Option<String>,
    vertical: Option<String>,
    /// ISO 3166 alpha-2.
    country: Option<String>,
    /// IANA; the country's unless given.
    time_zone: Option<String>,
    /// `en`, `fr`, `zh-Hant`.
    language: Option<String>,
    supported_location_acknowledged: Option<bool>,
    /// `new` or `existing`, where the caller is sure.
    expect: Option<String>,
}

/// START-5.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Meetings {
    site: Option<String>,
    /// IANA; the customer's unless given.
    time_zone: Option<String>,
}

/// DEV-1: ship, or skip with the reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Devices {
    /// `registration_only`, `partner_supplies`, `customer_has`, `test_only`.
    skip: Option<String>,
    ship: Option<Vec<Device>>,
    site_has_poe: Option<bool>,
    registration_licenses: Option<i64>,
    ship_to: Option<Address>,
}

/// A device type and how many.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Device {
    #[serde(rename = "type")]
    device_type: Option<String>,
    quantity: Option<i64>,
}

/// Where devices go.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Address {
    name: Option<String>,
    lines: Option<Vec<String>>,
    city: Option<String>,
    postal_code: Option<String>,
    country: Option<String>,
    phone: Option<String>,
}

/// A start.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StartTrial {
    customer: Option<Customer>,
    services: Option<Vec<String>>,
    license_quantity: Option<i64>,
    duration_days: Option<i64>,
    meetings: Option<Meetings>,
    devices: Option<Devices>,
}

impl From<Meetings> for MeetingsInput {
    fn from(wire: Meetings) -> Self {
        Self {
            site: wire.site,
            time_zone: wire.time_zone,
        }
    }
}

impl From<Devices> for DevicesInput {
    fn from(wire: Devices) -> Self {
        let line = |line: Device| DeviceLine {
            device_type: line.device_type,
            quantity: line.quantity,
        };
        Self {
            skip: wire.skip,
            ship: wire.ship.map(|lines| lines.into_iter().map(line).collect()),
            site_has_poe: wire.site_has_poe,
            registration_licenses: wire.registration_licenses,
            ship_to: wire.ship_to.map(|to| domain::trial::ShipTo {
                name: to.name,
                lines: to.lines,
                city: to.city,
                postal_code: to.postal_code,
                country: to.country,
                phone: to.phone,
            }),
        }
    }
}

impl From<StartTrial> for StartInput {
    fn from(wire: StartTrial) -> Self {
        let customer = |customer: Customer| CustomerInput {
            id: customer.id,
            name: customer.name,
            admin_email: customer.admin_email,
            vertical: customer.vertical,
            country: customer.country,
            time_zone: customer.time_zone,
            language: customer.language,
            supported_location_acknowledged: customer.supported_location_acknowledged,
            expect: customer.expect,
        };
        Self {
            customer: wire.customer.map(customer),
            services: wire.services,
            license_quantity: wire.license_quantity,
            duration_days: wire.duration_days,
            meetings: wire.meetings.map(Into::into),
            devices: wire.devices.map(Into::into),
        }
    }
}

/// START: starts a trial for a new or an own customer, or asks an existing one.
#[utoipa::path(post, path = "/api/v1/trials", tag = "trials", params(DryRun), request_body = StartTrial, responses(
    (status = CREATED, description = "It has started, or its customer was asked.", body = Trial),
    (status = OK, description = "A dry run: the trial as it would be, with its plan.", body = Trial),
))]
pub(crate) async fn start_trial(
    State(api): State<Api>,
    Call { actor, guard, body }: Call<StartTrial>,
) -> Result<Response, Problem> {
    let input = StartInput::from(body.value);
    if !body.shape.is_empty() {
        let rules = api.app.check_start(&actor, &input)?;
        return Err(Refusal::input(merge(body.shape, rules)).into());
    }
    let outcome = api.app.start_trial(&actor, &input, &guard).await?;
    let trial = Trial::from_outcome(outcome);
    if guard.dry_run {
        return Ok(Json(trial).into_response());
    }
    let headers = [
        (header::LOCATION, location("/api/v1/trials", trial.id.as_deref())),
        (header::ETAG, crate::guard::tag(trial.version)),
    ];
    Ok((StatusCode::CREATED, headers, Json(trial)).into_response())
}
