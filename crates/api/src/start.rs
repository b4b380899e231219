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
    ids::DraftId,
    refusal::{Code, FieldError, Refusal},
    trial::{CustomerInput, DeviceLine, DevicesInput, MeetingsInput, StartInput},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// For whom: an own customer by its id, or the form.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
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
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Meetings {
    site: Option<String>,
    /// IANA; the customer's unless given.
    time_zone: Option<String>,
}

/// DEV-1: ship, or skip with the reason.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
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
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Device {
    #[serde(rename = "type")]
    device_type: Option<String>,
    quantity: Option<i64>,
}

/// Where devices go.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
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
    pub(crate) customer: Option<Customer>,
    pub(crate) services: Option<Vec<String>>,
    pub(crate) license_quantity: Option<i64>,
    pub(crate) duration_days: Option<i64>,
    pub(crate) meetings: Option<Meetings>,
    pub(crate) devices: Option<Devices>,
    /// START-10: one's own draft, which goes with the start. Nothing of it is read.
    pub(crate) draft_id: Option<String>,
}

impl From<Meetings> for MeetingsInput {
    fn from(wire: Meetings) -> Self {
        Self {
            site: wire.site,
            time_zone: wire.time_zone,
        }
    }
}

impl Device {
    pub(crate) fn line(self) -> DeviceLine {
        DeviceLine {
            device_type: self.device_type,
            quantity: self.quantity,
        }
    }
}

impl Address {
    pub(crate) fn to(self) -> domain::trial::ShipTo {
        domain::trial::ShipTo {
            name: self.name,
            lines: self.lines,
            city: self.city,
            postal_code: self.postal_code,
            country: self.country,
            phone: self.phone,
        }
    }
}

impl From<Devices> for DevicesInput {
    fn from(wire: Devices) -> Self {
        Self {
            skip: wire.skip,
            ship: wire.ship.map(|lines| lines.into_iter().map(Device::line).collect()),
            site_has_poe: wire.site_has_poe,
            registration_licenses: wire.registration_licenses,
            ship_to: wire.ship_to.map(Address::to),
        }
    }
}

impl From<CustomerInput> for Customer {
    fn from(input: CustomerInput) -> Self {
        Self {
            id: input.id,
            name: input.name,
            admin_email: input.admin_email,
            vertical: input.vertical,
            country: input.country,
            time_zone: input.time_zone,
            language: input.language,
            supported_location_acknowledged: input.supported_location_acknowledged,
            expect: input.expect,
        }
    }
}

impl From<MeetingsInput> for Meetings {
    fn from(input: MeetingsInput) -> Self {
        Self {
            site: input.site,
            time_zone: input.time_zone,
        }
    }
}

impl From<DevicesInput> for Devices {
    fn from(input: DevicesInput) -> Self {
        let line = |line: DeviceLine| Device {
            device_type: line.device_type,
            quantity: line.quantity,
        };
        Self {
            skip: input.skip,
            ship: input.ship.map(|lines| lines.into_iter().map(line).collect()),
            site_has_poe: input.site_has_poe,
            registration_licenses: input.registration_licenses,
            ship_to: input.ship_to.map(|to| Address {
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
    let given = body.value.draft_id.clone();
    let draft = given.as_deref().and_then(DraftId::parse);
    let input = StartInput::from(body.value);
    let mut shape = body.shape;
    if let (Some(given), None) = (given, &draft) {
        shape.push(FieldError::new("/draft_id", Code::InvalidId).with("value", given));
    }
    if !shape.is_empty() {
        let rules = api.app.check_start(&actor, &input)?;
        return Err(Refusal::input(merge(shape, rules)).into());
    }
    let outcome = api.app.start_from(&actor, &input, draft.as_ref(), &guard).await?;
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
