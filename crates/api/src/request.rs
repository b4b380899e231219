//! `/trial-requests`: a customer's side of consent.

use crate::{
    Api,
    caller::Caller,
    guard::{Call, id, tag},
    http::{DryRun, Params, Path, Problem},
    lists::{List, words, wrong},
    trial::{PartnerRef, Trial, note},
};
use app::request::RequestView;
use axum::{Json, extract::State, http::header, response::IntoResponse};
use domain::{
    ids::RequestId,
    refusal::{Code, Refusal},
    trial::Status,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A request.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TrialRequest {
    id: String,
    trial_id: String,
    partner: PartnerRef,
    services: Vec<String>,
    license_quantity: u32,
    duration_days: u32,
    #[schema(value_type = String, format = DateTime)]
    requested_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
    /// The trial's status.
    status: &'static str,
    version: i64,
    /// The trial after the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    trial: Option<Box<Trial>>,
}

impl TrialRequest {
    fn of(view: RequestView) -> Self {
        Self {
            id: view.id.0,
            trial_id: view.trial_id.0,
            partner: PartnerRef {
                id: view.partner_id.0,
                name: view.partner_name,
            },
            services: view.services,
            license_quantity: view.license_quantity,
            duration_days: view.duration_days,
            requested_at: view.requested_at,
            expires_at: view.expires_at,
            status: view.status.as_str(),
            version: view.version,
            trial: None,
        }
    }
}

/// A request with its version.
pub(crate) struct Answer(TrialRequest);

impl IntoResponse for Answer {
    fn into_response(self) -> axum::response::Response {
        let version = tag(self.0.version);
        ([(header::ETAG, version)], Json(self.0)).into_response()
    }
}

/// Which requests.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RequestParams {
    /// Statuses, separated by commas.
    status: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// The requests that came to the caller's company, the newest first.
#[utoipa::path(get, path = "/api/v1/trial-requests", tag = "consent", params(RequestParams), responses((status = OK, body = List<TrialRequest>)))]
pub(crate) async fn list_requests(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<RequestParams>,
) -> Result<Json<List<TrialRequest>>, Problem> {
    let names: Vec<&str> = Status::ALL.iter().map(|status| status.as_str()).collect();
    let asked = words(params.status.as_deref());
    if asked.iter().any(|status| !names.contains(&status.as_str())) {
        return Err(wrong("status", &names));
    }
    let scope = ("requests", &asked);
    let request = crate::lists::page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.requests(&actor, &asked, &request).await?;
    Ok(Json(crate::lists::list(&api, &actor, &scope, found, TrialRequest::of)))
}

/// One request.
#[utoipa::path(get, path = "/api/v1/trial-requests/{id}", tag = "consent", params(("id" = String, Path)), responses((status = OK, body = TrialRequest)))]
pub(crate) async fn read_request(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(request): Path<String>,
) -> Result<Answer, Problem> {
    Ok(Answer(TrialRequest::of(
        api.app.request(&actor, &id(RequestId::parse(&request))?).await?,
    )))
}

/// CONS-7: the request behind a link of an email; opening it changes nothing.
#[utoipa::path(get, path = "/api/v1/trial-requests/by-link/{secret}", tag = "consent", params(("secret" = String, Path)), responses((status = OK, body = TrialRequest)))]
pub(crate) async fn read_request_by_link(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(secret): Path<String>,
) -> Result<Answer, Problem> {
    Ok(Answer(TrialRequest::of(
        api.app.request_by_link(&actor, &secret).await?,
    )))
}

/// Yes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptRequest {
    /// CONS-3: the box 'full administrator'.
    grant_full_admin: Option<bool>,
    /// CONS-6: go on with what is left.
    accept_reduced: Option<bool>,
    /// The secret of the email's link, where one came by it.
    link: Option<String>,
}

/// CONS-3: a full administrator accepts.
#[utoipa::path(post, path = "/api/v1/trial-requests/{id}/accept", tag = "consent", params(("id" = String, Path), DryRun), request_body = AcceptRequest, responses((status = OK, body = TrialRequest)))]
pub(crate) async fn accept_request(
    State(api): State<Api>,
    Path(request): Path<String>,
    Call { actor, guard, body }: Call<AcceptRequest>,
) -> Result<Answer, Problem> {
    let request = id(RequestId::parse(&request))?;
    // Who may not decide is told so before anything about the body.
    api.app.may_decide(&actor, &request, None).await?;
    let (full, reduced, link) = body.checked(|body| {
        let full = body
            .grant_full_admin
            .ok_or_else(|| Refusal::field("/grant_full_admin", Code::Required))?;
        Ok((full, body.accept_reduced.unwrap_or(false), body.link))
    })?;
    let outcome = api
        .app
        .accept_request(&actor, &request, full, reduced, link.as_deref(), &guard)
        .await?;
    let view = api.app.request(&actor, &request).await?;
    Ok(Answer(answered(view, outcome)))
}

/// No.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclineRequest {
    reason: Option<String>,
    /// The secret of the email's link, where one came by it.
    link: Option<String>,
}

/// CONS-5: a full administrator declines.
#[utoipa::path(post, path = "/api/v1/trial-requests/{id}/decline", tag = "consent", params(("id" = String, Path), DryRun), request_body = Option<DeclineRequest>, responses((status = OK, body = TrialRequest)))]
pub(crate) async fn decline_request(
    State(api): State<Api>,
    Path(request): Path<String>,
    Call { actor, guard, body }: Call<DeclineRequest>,
) -> Result<Answer, Problem> {
    let request = id(RequestId::parse(&request))?;
    api.app.may_decide(&actor, &request, None).await?;
    let (reason, link) = body.checked(|body| Ok((note("/reason", body.reason.as_deref())?, body.link)))?;
    let outcome = api
        .app
        .decline_request(&actor, &request, reason, link.as_deref(), &guard)
        .await?;
    let view = api.app.request(&actor, &request).await?;
    Ok(Answer(answered(view, outcome)))
}

/// The request as it stands after the answer, or would stand after a dry run.
fn answered(view: RequestView, outcome: app::view::Outcome) -> TrialRequest {
    let trial = Trial::from_outcome(outcome);
    TrialRequest {
        status: trial.status,
        version: trial.version,
        trial: Some(Box::new(trial)),
        ..TrialRequest::of(view)
    }
}
