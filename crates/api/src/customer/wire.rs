//! A customer as it is sent.

use crate::guard::tag;
use app::customer::{CustomerView, PartnerTie};
use axum::{Json, http::header, response::IntoResponse};
use domain::organization::AccessLevel;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;

/// What a customer has bought.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Purchase {
    service: String,
    quantity: u32,
    /// The partner that manages it.
    partner_id: Option<String>,
    #[schema(value_type = String, format = Date)]
    since: Date,
}

/// A partner of a customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartnerAccess {
    id: String,
    name: String,
    level: &'static str,
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
}

/// A customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Customer {
    id: String,
    name: String,
    country: String,
    /// `pending_consent`, `pending_provisioning_details`, `pending_approval`, `provisioning`, `active`, `expired`,
    /// `purchased`, `cancelled`, `to_be_deleted`.
    status: String,
    /// Within how many days its first trial ends: 30 or 60.
    ends_within: Option<u32>,
    /// Of its open trials: `provisioned`, `provisioning`, `manual`, `pending_details`, `unable`; null without one.
    provisioning: Option<&'static str>,
    services: Vec<String>,
    days_left: Option<i64>,
    grace_days_left: Option<i64>,
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Date>,
    /// Null while consent is pending.
    region: Option<String>,
    tags: Vec<String>,
    assigned: Vec<String>,
    /// What the caller's company may do there.
    access_level: Option<&'static str>,
    purchased: Vec<Purchase>,
    partners: Vec<PartnerAccess>,
    trial_ids: Vec<String>,
    license_quantity: Option<u32>,
    time_zone: Option<String>,
    vertical: Option<String>,
    version: i64,
    /// A dry run: what it was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion)]
    pub(super) before: Option<Box<Customer>>,
}

impl Customer {
    pub(super) fn of(view: CustomerView) -> Self {
        let purchase = |bought: domain::organization::Purchase| Purchase {
            service: bought.service,
            quantity: bought.quantity,
            partner_id: bought.partner.map(|id| id.0),
            since: bought.since,
        };
        let partner = |tie: PartnerTie| PartnerAccess {
            id: tie.id.0,
            name: tie.name,
            level: tie.level.as_str(),
            since: tie.since,
        };
        let open = view.trials.iter().filter(|trial| trial.status().is_open());
        Self {
            license_quantity: open.map(|trial| trial.license_quantity).max(),
            id: view.id.0,
            name: view.name,
            country: view.country,
            status: view.status,
            ends_within: view.ends_within,
            provisioning: view.provisioning.map(domain::trial::Provisioning::as_str),
            services: view.services,
            days_left: view.days_left,
            grace_days_left: view.grace_days_left,
            ends_on: view.ends_on,
            region: view.region,
            tags: view.tags,
            assigned: view.assigned.into_iter().map(|id| id.0).collect(),
            access_level: view.level.map(AccessLevel::as_str),
            purchased: view.purchased.into_iter().map(purchase).collect(),
            partners: view.partners.into_iter().map(partner).collect(),
            trial_ids: view.trials.into_iter().map(|trial| trial.id.0).collect(),
            time_zone: view.time_zone,
            vertical: view.vertical,
            version: view.version,
            before: None,
        }
    }
}

/// A customer with its version.
pub(crate) struct Answer(pub(super) Customer);

impl IntoResponse for Answer {
    fn into_response(self) -> axum::response::Response {
        let version = tag(self.0.version);
        ([(header::ETAG, version)], Json(self.0)).into_response()
    }
}
