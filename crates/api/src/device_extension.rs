//! `/device-extensions` (EXT-4).

use crate::{
    Api,
    caller::Caller,
    guard::{Call, Tagged, created, id},
    http::{DryRun, Params, Path, Problem},
    lists::{List, list, one_of, page},
    partner::Company,
    shipment::{customer_param, trial_param},
    trial::{PartnerRef, Reason, note},
};
use app::shipment::{DeviceExtensionView, ExtensionFilter};
use axum::{Json, extract::State, response::Response};
use domain::{
    ids::{DeviceExtensionId, ShipmentId},
    refusal::{Code, Refusal},
    shipment::DeviceExtensionState,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A request to keep devices longer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeviceExtension {
    /// Null for one that a dry run would ask for.
    id: Option<String>,
    shipment_id: String,
    trial_id: String,
    customer: Company,
    partner: PartnerRef,
    /// `pending`, `approved`, `refused`, `withdrawn`.
    status: &'static str,
    /// Added to the device end date when it is granted.
    days: u32,
    order_number: String,
    #[schema(value_type = String, format = Date)]
    shipped_on: Date,
    /// The device end date as it stands.
    #[schema(value_type = String, format = Date)]
    device_ends_on: Date,
    /// As a yes makes it.
    #[schema(value_type = String, format = Date)]
    would_end_on: Date,
    /// The last one that is possible.
    #[schema(value_type = String, format = Date)]
    last_possible_on: Date,
    asked_by: String,
    #[schema(value_type = String, format = DateTime)]
    asked_at: Timestamp,
    decided_by: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    decided_at: Option<Timestamp>,
    /// Why it is asked for; partner and trials team only.
    reason: Option<String>,
    /// Why it was decided so; partner and trials team only.
    decision: Option<String>,
    /// What stood against a yes when it was given: the code of the answer.
    because: Option<&'static str>,
    version: i64,
}

impl DeviceExtension {
    pub(crate) fn of(view: DeviceExtensionView) -> Self {
        let (by, at, because) = match &view.extension.state {
            DeviceExtensionState::Approved { by, at, .. } => (Some(by), Some(*at), None),
            DeviceExtensionState::Refused { by, at, because } => (Some(by), Some(*at), because.as_ref()),
            DeviceExtensionState::Pending | DeviceExtensionState::Withdrawn => (None, None, None),
        };
        Self {
            id: view.id.map(|id| id.0),
            shipment_id: view.shipment_id.0,
            trial_id: view.trial_id.0,
            customer: Company::from(view.customer),
            partner: PartnerRef {
                id: view.partner.0.0,
                name: view.partner.1,
            },
            status: view.extension.state.as_str(),
            days: view.extension.days,
            order_number: view.order_number,
            shipped_on: view.shipped_on,
            device_ends_on: view.device_ends_on,
            would_end_on: view.would_end_on,
            last_possible_on: view.latest_ends_on,
            asked_by: view.extension.asked_by.0.clone(),
            asked_at: view.extension.asked_at,
            decided_by: by.map(|id| id.0.clone()),
            decided_at: at,
            reason: view.reason,
            decision: view.decision,
            because: because.map(|code| code.as_str()),
            version: view.version,
        }
    }
}

/// Which requests.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DeviceExtensionParams {
    /// `pending`, `approved`, `refused`, `withdrawn`; all unless said.
    status: Option<String>,
    /// Of one trial.
    trial_id: Option<String>,
    /// Of one customer.
    customer_id: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

const STATUSES: [&str; 4] = ["pending", "approved", "refused", "withdrawn"];

/// Requests to keep devices longer, the oldest first.
#[utoipa::path(get, path = "/api/v1/device-extensions", tag = "devices", params(DeviceExtensionParams), responses((status = OK, body = List<DeviceExtension>)))]
pub(crate) async fn list_device_extensions(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<DeviceExtensionParams>,
) -> Result<Json<List<DeviceExtension>>, Problem> {
    let filter = ExtensionFilter {
        state: one_of("status", params.status, &STATUSES)?,
        customer: customer_param(params.customer_id.as_deref()),
        trial: trial_param(params.trial_id.as_deref()),
    };
    let scope = ("device-extensions", &filter);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.device_extensions(&actor, &filter, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, DeviceExtension::of)))
}

/// Which devices, and for how many days more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskDeviceExtension {
    shipment_id: Option<String>,
    days: Option<i64>,
    reason: Option<String>,
}

/// EXT-4: asks to keep devices longer; the trials team decides.
#[utoipa::path(post, path = "/api/v1/device-extensions", tag = "devices", params(DryRun), request_body = AskDeviceExtension, responses((status = CREATED, body = DeviceExtension)))]
pub(crate) async fn ask_device_extension(
    State(api): State<Api>,
    Call { actor, guard, body }: Call<AskDeviceExtension>,
) -> Result<Response, Problem> {
    app::policy::allow(&actor, app::policy::Action::AskDeviceExtension, api.app.clock.now())?;
    let (shipment, days, reason) = body.checked(|body| {
        let shipment = body
            .shipment_id
            .ok_or_else(|| Refusal::field("/shipment_id", Code::Required))?;
        Ok((shipment, body.days, note("/reason", body.reason.as_deref())?))
    })?;
    let shipment = id(ShipmentId::parse(&shipment))?;
    let wish = (&shipment, days);
    let view = api
        .app
        .ask_device_extension(&actor, wish, reason.as_deref(), &guard)
        .await?;
    let asked = DeviceExtension::of(view);
    let place = ("/api/v1/device-extensions", asked.id.clone());
    Ok(created(&guard, place, Tagged(asked.version, asked)))
}

/// EXT-4: yes; the days are added to the device end date as it stands.
#[utoipa::path(post, path = "/api/v1/device-extensions/{id}/approve", tag = "devices", params(("id" = String, Path), DryRun), request_body = Option<Reason>, responses((status = OK, body = DeviceExtension)))]
pub(crate) async fn approve_device_extension(
    State(api): State<Api>,
    Path(extension): Path<String>,
    call: Call<Reason>,
) -> Result<Json<DeviceExtension>, Problem> {
    decide(&api, &extension, call, true).await
}

/// EXT-4: no.
#[utoipa::path(post, path = "/api/v1/device-extensions/{id}/refuse", tag = "devices", params(("id" = String, Path), DryRun), request_body = Option<Reason>, responses((status = OK, body = DeviceExtension)))]
pub(crate) async fn refuse_device_extension(
    State(api): State<Api>,
    Path(extension): Path<String>,
    call: Call<Reason>,
) -> Result<Json<DeviceExtension>, Problem> {
    decide(&api, &extension, call, false).await
}

async fn decide(
    api: &Api,
    extension: &str,
    Call { actor, guard, body }: Call<Reason>,
    approved: bool,
) -> Result<Json<DeviceExtension>, Problem> {
    let extension = id(DeviceExtensionId::parse(extension))?;
    let reason = body.checked(|body| note("/reason", body.reason.as_deref()))?;
    let decision = (approved, reason.as_deref());
    let view = api
        .app
        .decide_device_extension(&actor, &extension, decision, &guard)
        .await?;
    Ok(Json(DeviceExtension::of(view)))
}
