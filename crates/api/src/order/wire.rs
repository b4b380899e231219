//! An order as it is sent.

use crate::{guard::tag, partner::Company};
use app::order::OrderView;
use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use domain::order::OrderState;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;

/// A service and its quantity.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServiceLine {
    pub(crate) id: String,
    pub(crate) quantity: u32,
}

impl ServiceLine {
    pub(crate) fn of((id, quantity): (String, u32)) -> Self {
        Self { id, quantity }
    }
}

/// A device type and its quantity.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeviceLine {
    #[serde(rename = "type")]
    device_type: String,
    quantity: u32,
}

/// CONV-2: who sets it up.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContactRef {
    name: Option<String>,
    email: Option<String>,
    /// `partner_administrator` or `customer_administrator`.
    #[serde(rename = "as")]
    role: &'static str,
}

/// An order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Order {
    /// Null for one that a dry run would place.
    id: Option<String>,
    /// `open`, `mapped`, `closed`.
    state: &'static str,
    partner: Company,
    /// Who placed it: the partner, its distributor, the vendor.
    ordered_by: Company,
    placed_by: Option<String>,
    trial_id: Option<String>,
    /// Whose it is, as far as that is known.
    customer: Option<Company>,
    services: Vec<ServiceLine>,
    devices: Vec<DeviceLine>,
    provisioning_contact: ContactRef,
    #[schema(value_type = String, format = DateTime)]
    placed_at: Timestamp,
    #[schema(value_type = String, format = Date)]
    placed_on: Date,
    /// The day at whose end it closes unless it is mapped.
    #[schema(value_type = String, format = Date)]
    closes_on: Date,
    /// Until then, 0 on the last one; null unless it is open.
    days_left: Option<i64>,
    /// When the email left last.
    #[schema(value_type = Option<String>, format = DateTime)]
    sent_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    mapped_at: Option<Timestamp>,
    /// The trial that became paid services by it.
    mapped_trial_id: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Timestamp>,
    /// `not_mapped` or `withdrawn`.
    closed_reason: Option<&'static str>,
    version: i64,
}

impl Order {
    pub(crate) fn of(view: OrderView) -> Self {
        let order = view.order;
        let (mapped_at, mapped_trial_id, closed_at, closed_reason) = match &order.state {
            OrderState::Open | OrderState::Mapping { .. } => (None, None, None, None),
            OrderState::Mapped { to, at } => (Some(*at), to.trial.as_ref().map(|id| id.0.clone()), None, None),
            OrderState::Closed { at, reason } => (None, None, Some(*at), Some(reason.as_str())),
        };
        let device = |(device_type, quantity)| DeviceLine { device_type, quantity };
        Self {
            id: view.id.map(|id| id.0),
            state: order.state.as_str(),
            partner: (order.partner, view.partner_name).into(),
            ordered_by: (order.ordered_by, view.ordered_by_name).into(),
            placed_by: view.placed_by_name,
            trial_id: order.trial.map(|id| id.0),
            customer: view.customer.map(Company::from),
            services: order.services.into_iter().map(ServiceLine::of).collect(),
            devices: order.devices.into_iter().map(device).collect(),
            provisioning_contact: ContactRef {
                name: view.contact_name,
                email: view.contact_email,
                role: order.contact.role.as_str(),
            },
            placed_at: order.placed_at,
            placed_on: order.placed_on,
            closes_on: order.closes_on,
            days_left: view.days_left,
            sent_at: order.sendings.last().copied(),
            mapped_at,
            mapped_trial_id,
            closed_at,
            closed_reason,
            version: view.version,
        }
    }

    pub(crate) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
}

impl IntoResponse for Order {
    fn into_response(self) -> Response {
        ([(header::ETAG, tag(self.version))], Json(self)).into_response()
    }
}
