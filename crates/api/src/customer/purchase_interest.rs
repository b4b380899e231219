//! CONV-8: a customer says that it wants to buy.

use crate::{
    Api,
    guard::{Call, id},
    http::{DryRun, Path, Problem},
    partner::Company,
};
use app::{
    Error,
    order::{PurchaseInterest, WantPurchase},
};
use axum::{Json, extract::State};
use domain::{ids::OrgId, refusal::Code};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// What it wants.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantPurchaseBody {
    /// Those of its trials unless given.
    services: Option<Vec<String>>,
    /// In its own words.
    note: Option<String>,
}

/// Who was told.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Told {
    /// Whether anybody was told just now: once a day at most.
    changed: bool,
    partners: Vec<Company>,
    /// The day on which they were told, in the customer's zone.
    #[schema(value_type = String, format = Date)]
    on: Date,
}

impl From<PurchaseInterest> for Told {
    fn from(told: PurchaseInterest) -> Self {
        Self {
            changed: told.changed,
            partners: told.partners.into_iter().map(Company::from).collect(),
            on: told.on,
        }
    }
}

/// CONV-8: tells the partners that run a trial with the customer, once a day at most.
#[utoipa::path(post, path = "/api/v1/customers/{id}/purchase-interest", tag = "customers", params(("id" = String, Path), DryRun), request_body = Option<WantPurchaseBody>, responses((status = OK, body = Told)))]
pub(crate) async fn want_purchase(
    State(api): State<Api>,
    Path(customer): Path<String>,
    Call { actor, guard, body }: Call<WantPurchaseBody>,
) -> Result<Json<Told>, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let body = body.finish()?;
    let wish = WantPurchase {
        services: body.services.unwrap_or_default(),
        note: body.note,
    };
    match api.app.want_purchase(&actor, &customer, &wish, &guard).await {
        Err(Error::Refused(refusal)) if refusal.code == Code::NoPartner => {
            // CONV-8: whom to ask instead.
            let contact = api.app.program()?.contacts.information.clone();
            let vendor = json!({"name": api.vendor_name, "contact": contact, "support_url": api.support_url});
            Err(refusal.with("vendor", vendor).into())
        }
        answer => Ok(Json(answer?.into())),
    }
}
