//! `/access-requests` (ORG-3).

use crate::{
    Api,
    caller::Caller,
    customer::PageParams,
    guard::{Call, id, tag},
    http::{DryRun, Params, Path, Problem},
    lists::{List, list, page},
    partner::Company,
    trial::{Nothing, location},
};
use app::access_request::AccessRequestView;
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::ids::AccessRequestId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who asks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Asking {
    id: String,
    name: String,
}

/// A request for access.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccessRequest {
    /// Null for one that a dry run would make.
    id: Option<String>,
    customer: Company,
    partner: Company,
    person: Asking,
    reason: String,
    /// `pending`, `accepted`, `declined`, `lapsed`, or `ended` once what was granted is over.
    status: String,
    #[schema(value_type = String, format = DateTime)]
    requested_at: Timestamp,
    /// The first instant at which it can be answered no more.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    /// What was granted ends then.
    #[schema(value_type = Option<String>, format = DateTime)]
    access_until: Option<Timestamp>,
    version: i64,
}

impl From<AccessRequestView> for AccessRequest {
    fn from(view: AccessRequestView) -> Self {
        Self {
            id: view.id.map(|id| id.0),
            customer: view.customer.into(),
            partner: view.partner.into(),
            person: Asking {
                id: view.person.0.0,
                name: view.person.1,
            },
            reason: view.reason,
            status: view.status,
            requested_at: view.requested_at,
            expires_at: view.expires_at,
            access_until: view.until,
            version: view.version,
        }
    }
}

impl IntoResponse for AccessRequest {
    fn into_response(self) -> Response {
        ([(header::ETAG, tag(self.version))], Json(self)).into_response()
    }
}

/// The requests that concern the caller, the newest first.
#[utoipa::path(get, path = "/api/v1/access-requests", tag = "access", params(PageParams), responses((status = OK, body = List<AccessRequest>)))]
pub(crate) async fn list_access_requests(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<PageParams>,
) -> Result<Json<List<AccessRequest>>, Problem> {
    let scope = "access-requests";
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.access_requests(&actor, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, AccessRequest::from)))
}

/// Of which customer, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskAccess {
    customer_id: Option<String>,
    reason: Option<String>,
}

/// ORG-3: the help desk asks a customer's full administrators for access, for a day.
#[utoipa::path(post, path = "/api/v1/access-requests", tag = "access", params(DryRun), request_body = AskAccess, responses((status = CREATED, body = AccessRequest)))]
pub(crate) async fn request_access(
    State(api): State<Api>,
    Call { actor, guard, body }: Call<AskAccess>,
) -> Result<Response, Problem> {
    app::policy::allow(&actor, app::policy::Action::RequestAccess, api.app.clock.now())?;
    let body = body.finish()?;
    let (customer, reason) = (body.customer_id.as_deref(), body.reason.as_deref());
    let asked = AccessRequest::from(api.app.request_access(&actor, customer, reason, &guard).await?);
    if guard.dry_run {
        return Ok(asked.into_response());
    }
    let place = location("/api/v1/access-requests", asked.id.as_deref());
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], asked).into_response())
}

/// Grants it, from now on, for a day.
#[utoipa::path(post, path = "/api/v1/access-requests/{id}/accept", tag = "access", params(("id" = String, Path), DryRun), request_body = Option<Nothing>, responses((status = OK, body = AccessRequest)))]
pub(crate) async fn accept_access(
    State(api): State<Api>,
    Path(request): Path<String>,
    call: Call<Nothing>,
) -> Result<AccessRequest, Problem> {
    decide(&api, &request, call, true).await
}

/// Declines it.
#[utoipa::path(post, path = "/api/v1/access-requests/{id}/decline", tag = "access", params(("id" = String, Path), DryRun), request_body = Option<Nothing>, responses((status = OK, body = AccessRequest)))]
pub(crate) async fn decline_access(
    State(api): State<Api>,
    Path(request): Path<String>,
    call: Call<Nothing>,
) -> Result<AccessRequest, Problem> {
    decide(&api, &request, call, false).await
}

async fn decide(api: &Api, request: &str, call: Call<Nothing>, accept: bool) -> Result<AccessRequest, Problem> {
    let request = id(AccessRequestId::parse(request))?;
    call.body.finish()?;
    let decided = api
        .app
        .decide_access(&call.actor, &request, accept, &call.guard)
        .await?;
    Ok(decided.into())
}
