//! START-6: what an address belongs to.

use crate::{
    Api,
    caller::Caller,
    guard::key,
    http::{Body, IdempotencyKey, Problem},
};
use axum::{
    Json,
    extract::State,
    http::{Method, Uri},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LookUp {
    admin_email: Option<String>,
}

/// An organization, as far as one may know it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundOrganization {
    /// Null for a stranger.
    id: Option<String>,
    name: Option<String>,
    country: Option<String>,
}

/// START-6: what an address belongs to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Found {
    existing: bool,
    /// `none`, `own`, or null when it belongs to nobody.
    relationship: Option<&'static str>,
    organization: Option<FoundOrganization>,
}

/// START-6: what does this address belong to.
#[utoipa::path(post, path = "/api/v1/customers/lookup", tag = "customers", request_body = LookUp, responses((status = OK, body = Found)))]
pub(crate) async fn look_up(
    State(api): State<Api>,
    Caller(actor): Caller,
    given: IdempotencyKey,
    method: Method,
    uri: Uri,
    body: Body<LookUp>,
) -> Result<Json<Found>, Problem> {
    app::policy::allow(&actor, app::policy::Action::LookUp, api.app.clock.now())?;
    let idem = key(given, (&method, &uri), &body, false);
    let body = body.finish()?;
    let asked = api.app.look_up(&actor, body.admin_email.as_deref());
    let found = api
        .app
        .once_about(&actor, idem.as_ref(), asked, |found| found.id.as_ref())
        .await?;
    let organization = FoundOrganization {
        id: found.id.map(|id| id.0),
        name: found.name,
        country: found.country,
    };
    Ok(Json(Found {
        existing: found.existing,
        relationship: found.existing.then_some(if found.own { "own" } else { "none" }),
        organization: found.existing.then_some(organization),
    }))
}
