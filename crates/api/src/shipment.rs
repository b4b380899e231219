//! `/shipments` (DEV-1 to 5).

use crate::{
    Api,
    caller::Caller,
    device_extension::DeviceExtension,
    guard::{Call, Tagged, created, id},
    http::{DryRun, Params, Path, Problem},
    lists::{List, list, page, words, wrong},
    return_::Return,
    start::{Address, Device},
    trial::{CustomerRef, PartnerRef, Reason, note},
};
use app::shipment::{LineView, ShipmentFilter, ShipmentView};
use axum::{Json, extract::State, response::Response};
use domain::{
    ids::{OrgId, ShipmentId, TrialId},
    refusal::{Code, FieldError, Refusal},
    trial::{SerialInput, ShipWish, ShipmentRequest},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A type and how many.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShipmentLine {
    #[serde(rename = "type")]
    device_type: String,
    name: String,
    quantity: u32,
    /// DEV-3: comes without a power supply.
    needs_poe: bool,
}

impl From<LineView> for ShipmentLine {
    fn from(line: LineView) -> Self {
        Self {
            device_type: line.device_type,
            name: line.name,
            quantity: line.quantity,
            needs_poe: line.needs_poe,
        }
    }
}

/// One device.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Serial {
    #[serde(rename = "type")]
    pub(crate) device_type: String,
    pub(crate) serial: String,
}

impl From<domain::shipment::Device> for Serial {
    fn from(device: domain::shipment::Device) -> Self {
        Self {
            device_type: device.device_type,
            serial: device.serial,
        }
    }
}

/// Who brings devices.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CarrierRef {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// A shipment.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Shipment {
    /// Null for one that a dry run would ask for.
    id: Option<String>,
    trial_id: String,
    customer: CustomerRef,
    partner: PartnerRef,
    /// `requested`, `approved`, `refused`, `withdrawn`, `shipped`, `returned`.
    status: &'static str,
    lines: Vec<ShipmentLine>,
    /// DEV-3.
    site_has_poe: Option<bool>,
    #[schema(value_type = Option<Object>)]
    ship_to: Option<serde_json::Value>,
    /// Where they go, ISO 3166 alpha-2.
    country: String,
    requested_by: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    requested_at: Timestamp,
    /// Why it is asked for; partner and trials team only.
    note: Option<String>,
    /// Why it was decided so; partner and trials team only.
    decision: Option<String>,
    order_number: Option<String>,
    serials: Vec<Serial>,
    carrier: Option<CarrierRef>,
    tracking: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    shipped_on: Option<Date>,
    /// DEV-5: not the trial's expiry date.
    #[schema(value_type = Option<String>, format = Date)]
    device_ends_on: Option<Date>,
    /// The last device end date that is possible.
    #[schema(value_type = String, format = Date)]
    latest_device_ends_on: Date,
    /// The expiry date of its trial.
    #[schema(value_type = Option<String>, format = Date)]
    trial_ends_on: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    return_opens_on: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    return_due_on: Option<Date>,
    #[serde(rename = "return")]
    returned: Option<Return>,
    extensions: Vec<DeviceExtension>,
    version: i64,
}

impl Shipment {
    pub(crate) fn of(view: ShipmentView) -> Self {
        let loan = view.shipment.loan();
        let returned = view.returned.clone().map(Return::of);
        Self {
            id: view.id.map(|id| id.0),
            trial_id: view.trial_id.0,
            customer: CustomerRef {
                id: Some(view.customer.0.0),
                name: view.customer.1,
                country: view.customer_country,
            },
            partner: PartnerRef {
                id: view.partner.0.0,
                name: view.partner.1,
            },
            status: view.shipment.status(),
            lines: view.lines.into_iter().map(ShipmentLine::from).collect(),
            site_has_poe: view.shipment.site_has_poe,
            ship_to: view.ship_to.and_then(|to| serde_json::to_value(to).ok()),
            country: view.shipment.country.clone(),
            requested_by: view.shipment.requested_by.as_ref().map(|id| id.0.clone()),
            requested_at: view.shipment.requested_at,
            note: view.note,
            decision: view.decision,
            order_number: loan.map(|loan| loan.order_number.clone()),
            serials: loan.map_or_else(Vec::new, |loan| {
                loan.serials.iter().cloned().map(Serial::from).collect()
            }),
            carrier: view.carrier.map(|(id, name)| CarrierRef { id, name }),
            tracking: view.tracking,
            shipped_on: loan.map(|loan| loan.shipped_on),
            device_ends_on: loan.map(|loan| loan.ends_on),
            latest_device_ends_on: view.latest_ends_on,
            trial_ends_on: view.trial_ends_on,
            return_opens_on: view.returned.as_ref().map(|one| one.opens_on),
            return_due_on: view.returned.as_ref().map(|one| one.due_on),
            returned,
            extensions: view.extensions.into_iter().map(DeviceExtension::of).collect(),
            version: view.version,
        }
    }
}

/// A shipment with its version.
fn answer(shipment: Shipment) -> Tagged<Shipment> {
    Tagged(shipment.version, shipment)
}

/// Which shipments.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ShipmentParams {
    /// Statuses, separated by commas: `requested`, `approved`, `refused`, `withdrawn`, `shipped`, `returned`.
    status: Option<String>,
    /// Of one trial.
    trial_id: Option<String>,
    /// Of one customer.
    customer_id: Option<String>,
    /// Part of the customer's name, an id, a demo order number, an RMA number, or a serial number that is out.
    q: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

const STATUSES: [&str; 6] = ["requested", "approved", "refused", "withdrawn", "shipped", "returned"];

/// An id of a parameter; what has not its shape finds nothing.
pub(crate) fn customer_param(text: Option<&str>) -> Option<OrgId> {
    text.map(|text| OrgId::parse(text).unwrap_or(OrgId(text.to_owned())))
}

pub(crate) fn trial_param(text: Option<&str>) -> Option<TrialId> {
    text.map(|text| TrialId::parse(text).unwrap_or(TrialId(text.to_owned())))
}

/// Shipments that the caller sees, the oldest request first.
#[utoipa::path(get, path = "/api/v1/shipments", tag = "devices", params(ShipmentParams), responses((status = OK, body = List<Shipment>)))]
pub(crate) async fn list_shipments(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<ShipmentParams>,
) -> Result<Json<List<Shipment>>, Problem> {
    let statuses = words(params.status.as_deref());
    if !statuses.iter().all(|status| STATUSES.contains(&status.as_str())) {
        return Err(wrong("status", &STATUSES));
    }
    let filter = ShipmentFilter {
        statuses,
        customer: customer_param(params.customer_id.as_deref()),
        trial: trial_param(params.trial_id.as_deref()),
        q: params.q.filter(|q| !q.trim().is_empty()),
    };
    let scope = ("shipments", &filter);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.shipments(&actor, &filter, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Shipment::of)))
}

/// One shipment.
#[utoipa::path(get, path = "/api/v1/shipments/{id}", tag = "devices", params(("id" = String, Path)), responses((status = OK, body = Shipment)))]
pub(crate) async fn read_shipment(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(shipment): Path<String>,
) -> Result<Tagged<Shipment>, Problem> {
    let view = api.app.shipment(&actor, &id(ShipmentId::parse(&shipment))?).await?;
    Ok(answer(Shipment::of(view)))
}

/// Devices for a trial that runs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestShipment {
    trial_id: Option<String>,
    ship: Option<Vec<Device>>,
    /// DEV-3: has to be answered where a type comes without a power supply.
    site_has_poe: Option<bool>,
    ship_to: Option<Address>,
    reason: Option<String>,
}

/// DEV-2: asks for devices; each type goes once in a trial.
#[utoipa::path(post, path = "/api/v1/shipments", tag = "devices", params(DryRun), request_body = RequestShipment, responses((status = CREATED, body = Shipment)))]
pub(crate) async fn request_shipment(
    State(api): State<Api>,
    Call { actor, guard, body }: Call<RequestShipment>,
) -> Result<Response, Problem> {
    app::policy::allow(&actor, app::policy::Action::RequestShipment, api.app.clock.now())?;
    let (trial, request) = body.checked(|body| {
        let trial = body
            .trial_id
            .ok_or_else(|| Refusal::field("/trial_id", Code::Required))?;
        let request = ShipmentRequest {
            ship: body.ship.map(|lines| lines.into_iter().map(Device::line).collect()),
            site_has_poe: body.site_has_poe,
            ship_to: body.ship_to.map(Address::to),
            reason: note("/reason", body.reason.as_deref())?,
        };
        Ok((trial, request))
    })?;
    let trial = id(TrialId::parse(&trial))?;
    let view = api.app.request_shipment(&actor, &trial, &request, &guard).await?;
    let shipment = Shipment::of(view);
    let place = ("/api/v1/shipments", shipment.id.clone());
    Ok(created(&guard, place, answer(shipment)))
}

/// A serial that was typed wrongly.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Correct {
    /// What was typed at shipping.
    from: Option<String>,
    /// What it is.
    to: Option<String>,
}

/// DEV-4: puts a serial right before the device comes back.
#[utoipa::path(post, path = "/api/v1/shipments/{id}/correct", tag = "devices", params(("id" = String, Path), DryRun), request_body = Correct, responses((status = OK, body = Shipment)))]
pub(crate) async fn correct_shipment(
    State(api): State<Api>,
    Path(shipment): Path<String>,
    Call { actor, guard, body }: Call<Correct>,
) -> Result<Tagged<Shipment>, Problem> {
    app::policy::allow(&actor, app::policy::Action::DecideShipment, api.app.clock.now())?;
    let id = id(ShipmentId::parse(&shipment))?;
    let typed = body.checked(|body| Ok((body.from, body.to)))?;
    let typed = (typed.0.as_deref(), typed.1.as_deref());
    let view = api.app.correct_serial(&actor, &id, typed, &guard).await?;
    Ok(answer(Shipment::of(view)))
}

/// DEV-4: they will be shipped.
#[utoipa::path(post, path = "/api/v1/shipments/{id}/approve", tag = "devices", params(("id" = String, Path), DryRun), request_body = Option<Reason>, responses((status = OK, body = Shipment)))]
pub(crate) async fn approve_shipment(
    State(api): State<Api>,
    Path(shipment): Path<String>,
    call: Call<Reason>,
) -> Result<Tagged<Shipment>, Problem> {
    decide(&api, &shipment, call, true).await
}

/// DEV-4: they will not; their types are free again.
#[utoipa::path(post, path = "/api/v1/shipments/{id}/refuse", tag = "devices", params(("id" = String, Path), DryRun), request_body = Option<Reason>, responses((status = OK, body = Shipment)))]
pub(crate) async fn refuse_shipment(
    State(api): State<Api>,
    Path(shipment): Path<String>,
    call: Call<Reason>,
) -> Result<Tagged<Shipment>, Problem> {
    decide(&api, &shipment, call, false).await
}

async fn decide(
    api: &Api,
    shipment: &str,
    Call { actor, guard, body }: Call<Reason>,
    approved: bool,
) -> Result<Tagged<Shipment>, Problem> {
    let shipment = id(ShipmentId::parse(shipment))?;
    let reason = body.checked(|body| note("/reason", body.reason.as_deref()))?;
    let decision = (approved, reason.as_deref());
    let view = api.app.decide_shipment(&actor, &shipment, decision, &guard).await?;
    Ok(answer(Shipment::of(view)))
}

/// A device that leaves: its serial number, with its type where the shipment has several.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum ShippedSerial {
    /// The serial number.
    Plain(String),
    /// With its type.
    Typed(TypedSerial),
}

/// A device with its type.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TypedSerial {
    #[serde(rename = "type")]
    device_type: Option<String>,
    serial: Option<String>,
}

impl ShippedSerial {
    fn input(self) -> SerialInput {
        match self {
            ShippedSerial::Plain(serial) => SerialInput {
                device_type: None,
                serial: Some(serial),
            },
            ShippedSerial::Typed(TypedSerial { device_type, serial }) => SerialInput { device_type, serial },
        }
    }
}

/// What leaves, and until when it is lent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ship {
    /// `D` and digits.
    order_number: Option<String>,
    serials: Option<Vec<ShippedSerial>>,
    /// By the program's id.
    carrier: Option<String>,
    tracking: Option<String>,
    /// DEV-5: the device end date, YYYY-MM-DD.
    ends_on: Option<String>,
    /// Today unless given, YYYY-MM-DD.
    shipped_on: Option<String>,
}

/// A civil day of a body.
fn day(pointer: &str, text: Option<&str>) -> Result<Option<Date>, Refusal> {
    let wrong = |_| {
        let error = FieldError::new(pointer, Code::UnknownValue).with("allowed", "YYYY-MM-DD");
        Refusal::input(vec![error])
    };
    text.map(|text| text.parse().map_err(wrong)).transpose()
}

/// DEV-4: devices leave.
#[utoipa::path(post, path = "/api/v1/shipments/{id}/ship", tag = "devices", params(("id" = String, Path), DryRun), request_body = Ship, responses((status = OK, body = Shipment)))]
pub(crate) async fn ship_shipment(
    State(api): State<Api>,
    Path(shipment): Path<String>,
    Call { actor, guard, body }: Call<Ship>,
) -> Result<Tagged<Shipment>, Problem> {
    let shipment = id(ShipmentId::parse(&shipment))?;
    let wish = body.checked(|body| {
        let serials = body
            .serials
            .map(|all| all.into_iter().map(ShippedSerial::input).collect());
        Ok(ShipWish {
            order_number: body.order_number,
            serials,
            carrier: body.carrier,
            tracking: body.tracking,
            ends_on: day("/ends_on", body.ends_on.as_deref())?,
            shipped_on: day("/shipped_on", body.shipped_on.as_deref())?,
        })
    })?;
    let view = api.app.ship(&actor, &shipment, &wish, &guard).await?;
    Ok(answer(Shipment::of(view)))
}
