//! `/handovers`: a customer moves to another partner (ORG-11).

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
use app::handover::{HandoverView, Move};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::ids::HandoverId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A move.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Handover {
    /// Null for one that a dry run would make.
    id: Option<String>,
    customer: Company,
    from_partner: Company,
    to_partner: Company,
    reason: Option<String>,
    /// `pending`, `done`, `declined` or `lapsed`.
    status: String,
    customer_agreed: bool,
    partner_agreed: bool,
    /// Whether the caller's company is to answer.
    waits_for_me: bool,
    /// Trials that go with the customer.
    trials: usize,
    #[schema(value_type = String, format = DateTime)]
    requested_at: Timestamp,
    /// The first instant at which it can be agreed to no more.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    version: i64,
}

impl From<HandoverView> for Handover {
    fn from(view: HandoverView) -> Self {
        Self {
            id: view.id.map(|id| id.0),
            customer: view.customer.into(),
            from_partner: view.from.into(),
            to_partner: view.to.into(),
            reason: Some(view.reason).filter(|reason| !reason.is_empty()),
            status: view.status,
            customer_agreed: view.customer_agreed,
            partner_agreed: view.partner_agreed,
            waits_for_me: view.waits_for_me,
            trials: view.trials,
            requested_at: view.requested_at,
            expires_at: view.expires_at,
            version: view.version,
        }
    }
}

impl IntoResponse for Handover {
    fn into_response(self) -> Response {
        ([(header::ETAG, tag(self.version))], Json(self)).into_response()
    }
}

/// The moves that concern the caller, the newest first.
#[utoipa::path(get, path = "/api/v1/handovers", tag = "access", params(PageParams), responses((status = OK, body = List<Handover>)))]
pub(crate) async fn list_handovers(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<PageParams>,
) -> Result<Json<List<Handover>>, Problem> {
    let scope = "handovers";
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.handovers(&actor, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Handover::from)))
}

/// Who moves, to whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeginHandover {
    /// A customer's own people may leave it out.
    customer_id: Option<String>,
    /// Needed where the customer has several partners.
    from_partner_id: Option<String>,
    to_partner_id: Option<String>,
    reason: Option<String>,
}

/// ORG-11: begins a move. The customer and the new partner have to agree within 10 days.
#[utoipa::path(post, path = "/api/v1/handovers", tag = "access", params(DryRun), request_body = BeginHandover, responses((status = CREATED, body = Handover)))]
pub(crate) async fn begin_handover(
    State(api): State<Api>,
    Call { actor, guard, body }: Call<BeginHandover>,
) -> Result<Response, Problem> {
    app::policy::allow(&actor, app::policy::Action::DecideHandover, api.app.clock.now())?;
    let body = body.finish()?;
    let wish = Move {
        customer: body.customer_id,
        from: body.from_partner_id,
        to: body.to_partner_id,
        reason: body.reason,
    };
    let asked = Handover::from(api.app.begin_handover(&actor, &wish, &guard).await?);
    if guard.dry_run {
        return Ok(asked.into_response());
    }
    let place = location("/api/v1/handovers", asked.id.as_deref());
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], asked).into_response())
}

/// Agrees; with the second yes the customer moves, whole and at once.
#[utoipa::path(post, path = "/api/v1/handovers/{id}/accept", tag = "access", params(("id" = String, Path), DryRun), request_body = Option<Nothing>, responses((status = OK, body = Handover)))]
pub(crate) async fn accept_handover(
    State(api): State<Api>,
    Path(handover): Path<String>,
    call: Call<Nothing>,
) -> Result<Handover, Problem> {
    decide(&api, &handover, call, true).await
}

/// Refuses.
#[utoipa::path(post, path = "/api/v1/handovers/{id}/decline", tag = "access", params(("id" = String, Path), DryRun), request_body = Option<Nothing>, responses((status = OK, body = Handover)))]
pub(crate) async fn decline_handover(
    State(api): State<Api>,
    Path(handover): Path<String>,
    call: Call<Nothing>,
) -> Result<Handover, Problem> {
    decide(&api, &handover, call, false).await
}

async fn decide(api: &Api, handover: &str, call: Call<Nothing>, accept: bool) -> Result<Handover, Problem> {
    let handover = id(HandoverId::parse(handover))?;
    call.body.finish()?;
    let decided = api
        .app
        .decide_handover(&call.actor, &handover, accept, &call.guard)
        .await?;
    Ok(decided.into())
}
