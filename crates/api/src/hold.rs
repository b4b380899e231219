//! `/holds` (EXP-9).

use crate::{
    Api,
    caller::Caller,
    customer::PageParams,
    guard::{Call, id, tag},
    http::{DryRun, Params, Path, Problem},
    lists::{List, list, page},
    trial::{Nothing, location},
};
use app::hold::HoldView;
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::ids::HoldId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A hold.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hold {
    id: String,
    customer_id: String,
    reason: String,
    placed_by: String,
    #[schema(value_type = String, format = DateTime)]
    placed_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    lifted_at: Option<Timestamp>,
    version: i64,
}

impl From<HoldView> for Hold {
    fn from(view: HoldView) -> Self {
        Self {
            id: view.id.0,
            customer_id: view.customer_id.0,
            reason: view.reason,
            placed_by: view.placed_by,
            placed_at: view.placed_at,
            lifted_at: view.lifted_at,
            version: view.version,
        }
    }
}

/// All holds, those in force first.
#[utoipa::path(get, path = "/api/v1/holds", tag = "vendor", params(PageParams), responses((status = OK, body = List<Hold>)))]
pub(crate) async fn list_holds(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<PageParams>,
) -> Result<Json<List<Hold>>, Problem> {
    let request = page(&api, &actor, &"holds", params.limit, params.cursor.as_deref())?;
    let found = api.app.holds(&actor, &request).await?;
    Ok(Json(list(&api, &actor, &"holds", found, Hold::from)))
}

/// On whom, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceHold {
    customer_id: Option<String>,
    reason: Option<String>,
}

/// Holds a customer back from removal.
#[utoipa::path(post, path = "/api/v1/holds", tag = "vendor", params(DryRun), request_body = PlaceHold, responses((status = CREATED, body = Hold)))]
pub(crate) async fn place_hold(
    State(api): State<Api>,
    Call { actor, guard, body }: Call<PlaceHold>,
) -> Result<Response, Problem> {
    app::policy::allow(&actor, app::policy::Action::ManageHolds, api.app.clock.now())?;
    let body = body.finish()?;
    let hold = Hold::from(
        api.app
            .place_hold(&actor, body.customer_id.as_deref(), body.reason.as_deref(), &guard)
            .await?,
    );
    if guard.dry_run {
        return Ok(Json(hold).into_response());
    }
    let headers = [
        (header::LOCATION, location("/api/v1/holds", Some(&hold.id))),
        (header::ETAG, tag(hold.version)),
    ];
    Ok((StatusCode::CREATED, headers, Json(hold)).into_response())
}

/// Lifts a hold; what it held back runs now.
#[utoipa::path(delete, path = "/api/v1/holds/{id}", tag = "vendor", params(("id" = String, Path), DryRun), responses((status = OK, body = Hold)))]
pub(crate) async fn lift_hold(
    State(api): State<Api>,
    Path(hold): Path<String>,
    Call { actor, guard, .. }: Call<Nothing>,
) -> Result<Json<Hold>, Problem> {
    let hold = id(HoldId::parse(&hold))?;
    Ok(Json(Hold::from(api.app.lift_hold(&actor, &hold, &guard).await?)))
}
