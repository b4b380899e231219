//! `/customers/{id}/eligibility-exceptions` (ELIG-4).

use crate::{
    Api,
    caller::Caller,
    customer::PageParams,
    guard::{Call, id, tag},
    http::{DryRun, Params, Path, Problem},
    lists::{List, list, page},
    trial::{Nothing, PartnerRef, location},
};
use app::exception::{ExceptionView, ExceptionWish};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::ids::{ExceptionId, OrgId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A rest, or the limit of trials, that was lifted for one trial.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EligibilityException {
    /// Null for one that a dry run would grant.
    id: Option<String>,
    customer_id: String,
    service: String,
    /// Null: any partner may use it.
    partner: Option<PartnerRef>,
    reason: String,
    /// `open`, `used`, `taken_back`.
    status: String,
    granted_by: String,
    #[schema(value_type = String, format = DateTime)]
    granted_at: Timestamp,
    /// The trial that used it up.
    trial_id: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    used_at: Option<Timestamp>,
    version: i64,
}

impl From<ExceptionView> for EligibilityException {
    fn from(view: ExceptionView) -> Self {
        Self {
            id: view.id.map(|id| id.0),
            customer_id: view.customer_id.0,
            service: view.service,
            partner: view.partner.map(|(id, name)| PartnerRef { id: id.0, name }),
            reason: view.reason,
            status: view.status,
            granted_by: view.granted_by,
            granted_at: view.granted_at,
            trial_id: view.trial_id,
            used_at: view.used_at,
            version: view.version,
        }
    }
}

/// All that were granted for a customer, the newest first.
#[utoipa::path(get, path = "/api/v1/customers/{id}/eligibility-exceptions", tag = "vendor", params(("id" = String, Path), PageParams), responses((status = OK, body = List<EligibilityException>)))]
pub(crate) async fn list_exceptions(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(customer): Path<String>,
    Params(params): Params<PageParams>,
) -> Result<Json<List<EligibilityException>>, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let scope = ("exceptions", customer.as_str());
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.exceptions(&actor, &customer, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, EligibilityException::from)))
}

/// What, for whom, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GrantException {
    service: Option<String>,
    /// Any partner may use it unless one is named.
    partner_id: Option<String>,
    reason: Option<String>,
}

/// ELIG-4: admits one more trial of a service, in spite of its rest and of the limit of trials.
#[utoipa::path(post, path = "/api/v1/customers/{id}/eligibility-exceptions", tag = "vendor", params(("id" = String, Path), DryRun), request_body = GrantException, responses((status = CREATED, body = EligibilityException)))]
pub(crate) async fn grant_exception(
    State(api): State<Api>,
    Path(customer): Path<String>,
    Call { actor, guard, body }: Call<GrantException>,
) -> Result<Response, Problem> {
    app::policy::allow(&actor, app::policy::Action::ManageExceptions, api.app.clock.now())?;
    let customer = id(OrgId::parse(&customer))?;
    let body = body.finish()?;
    let wish = ExceptionWish {
        service: body.service,
        partner_id: body.partner_id,
        reason: body.reason,
    };
    let granted = api.app.grant_exception(&actor, &customer, &wish, &guard).await?;
    let granted = EligibilityException::from(granted);
    if guard.dry_run {
        return Ok(Json(granted).into_response());
    }
    let base = format!("/api/v1/customers/{customer}/eligibility-exceptions");
    let headers = [
        (header::LOCATION, location(&base, granted.id.as_deref())),
        (header::ETAG, tag(granted.version)),
    ];
    Ok((StatusCode::CREATED, headers, Json(granted)).into_response())
}

/// Takes an unused one back.
#[utoipa::path(delete, path = "/api/v1/customers/{id}/eligibility-exceptions/{exception_id}", tag = "vendor", params(("id" = String, Path), ("exception_id" = String, Path), DryRun), responses((status = OK, body = EligibilityException)))]
pub(crate) async fn take_back_exception(
    State(api): State<Api>,
    Path((customer, exception)): Path<(String, String)>,
    Call { actor, guard, .. }: Call<Nothing>,
) -> Result<Json<EligibilityException>, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let exception = id(ExceptionId::parse(&exception))?;
    let about = (&customer, &exception);
    let taken = api.app.take_back_exception(&actor, about, &guard).await?;
    Ok(Json(taken.into()))
}
