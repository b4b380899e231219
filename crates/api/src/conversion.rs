//! `/conversions`: what a distributor converts for a tier 2 partner (CONV-1).

use crate::{
    Api,
    caller::Caller,
    guard::id,
    http::{Path, Problem},
    order::wire::ServiceLine,
    partner::Company,
};
use app::order::ConversionView;
use axum::{Json, extract::State};
use domain::ids::TrialId;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;

/// A conversion that a distributor has in hand: this, and nothing else of the customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Conversion {
    trial_id: String,
    customer_name: String,
    /// The address of the trial's customer administrator.
    administrator_email: String,
    partner: Company,
    services: Vec<ServiceLine>,
    #[schema(value_type = String, format = DateTime)]
    handed_at: Timestamp,
    /// The last day on which it can be ordered.
    #[schema(value_type = Option<String>, format = Date)]
    possible_until: Option<Date>,
}

impl From<ConversionView> for Conversion {
    fn from(view: ConversionView) -> Self {
        Self {
            trial_id: view.trial.0,
            customer_name: view.customer_name,
            administrator_email: view.administrator_email,
            partner: view.partner.into(),
            services: view.services.into_iter().map(ServiceLine::of).collect(),
            handed_at: view.handed_at,
            possible_until: view.possible_until,
        }
    }
}

/// A conversion, for the distributor that has it in hand, until an order is placed.
#[utoipa::path(get, path = "/api/v1/conversions/{trial_id}", tag = "orders", params(("trial_id" = String, Path)), responses((status = OK, body = Conversion)))]
pub(crate) async fn read_conversion(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(trial): Path<String>,
) -> Result<Json<Conversion>, Problem> {
    let trial = id(TrialId::parse(&trial))?;
    Ok(Json(api.app.conversion(&actor, &trial).await?.into()))
}
