//! `/device-lookup` (DEV-9).

use crate::{
    Api,
    caller::Caller,
    http::{Params, Problem},
    shipment::Shipment,
};
use app::shipment::LookedUp;
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is known: the order number; or the organization with an administrator's address, or with the serial numbers of
/// all its devices that are out.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LookUpParams {
    /// The demo order number.
    order: Option<String>,
    /// The customer's organization.
    org_id: Option<String>,
    /// The address of one of its administrators.
    admin_email: Option<String>,
    /// A serial number; repeated for each device.
    serial: Option<Vec<String>>,
}

/// Devices that were found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundDevices {
    /// Null where there are several.
    order_number: Option<String>,
    shipments: Vec<Shipment>,
}

/// DEV-9: finds devices by their order number, or without it.
#[utoipa::path(get, path = "/api/v1/device-lookup", tag = "devices", params(LookUpParams), responses((status = OK, body = FoundDevices)))]
pub(crate) async fn look_up_devices(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<LookUpParams>,
) -> Result<Json<FoundDevices>, Problem> {
    let wish = LookedUp {
        order: params.order,
        org_id: params.org_id,
        admin_email: params.admin_email,
        serials: params.serial.unwrap_or_default(),
    };
    let found = api.app.look_up_devices(&actor, &wish).await?;
    Ok(Json(FoundDevices {
        order_number: found.order_number,
        shipments: found.shipments.into_iter().map(Shipment::of).collect(),
    }))
}
