//! `POST /eligibility`.

use crate::{
    Api,
    caller::Caller,
    guard::key,
    http::{Body, IdempotencyKey, Problem},
    partner::Usage,
};
use axum::{
    Json,
    extract::State,
    http::{Method, Uri},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// For whom, and what.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskEligibility {
    customer_id: Option<String>,
    admin_email: Option<String>,
    /// All services of the program unless given.
    services: Option<Vec<String>>,
}

/// The answer for one service.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Eligibility {
    id: String,
    /// The same as `id`.
    service: String,
    eligible: bool,
    /// `owned`, `tried_by_other_partner`, `tried_by_you`, `cooldown`, `region_unavailable`, `needs_approval`,
    /// `allowance_used`; without a relationship only `unavailable`, but for one's own allowance.
    reason: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    possible_from: Option<Date>,
}

/// Answers in the order in which the services were asked for; `items` and `services` are the same list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EligibilityAnswer {
    items: Vec<Eligibility>,
    services: Vec<Eligibility>,
    /// ELIG-5: what the partner may do, and has done; null while a region that has to be asked is down.
    allowance: Option<Usage>,
}

/// ELIG: which services can be tried, and why not.
#[utoipa::path(post, path = "/api/v1/eligibility", tag = "customers", request_body = AskEligibility, responses((status = OK, body = EligibilityAnswer)))]
pub(crate) async fn eligibility(
    State(api): State<Api>,
    Caller(actor): Caller,
    given: IdempotencyKey,
    method: Method,
    uri: Uri,
    body: Body<AskEligibility>,
) -> Result<Json<EligibilityAnswer>, Problem> {
    app::policy::allow(&actor, app::policy::Action::AskEligibility, api.app.clock.now())?;
    let idem = key(given, (&method, &uri), &body, false);
    let body = body.finish()?;
    let services = body.services.as_deref();
    let (customer, email) = (body.customer_id.as_deref(), body.admin_email.as_deref());
    let asked = api.app.eligibility(&actor, customer, email, services);
    let found = api.app.once(&actor, idem.as_ref(), asked).await?;
    let one = |verdict: app::eligibility::Eligible| Eligibility {
        id: verdict.service.clone(),
        service: verdict.service,
        eligible: verdict.eligible,
        reason: verdict.reason,
        possible_from: verdict.possible_from,
    };
    let items: Vec<Eligibility> = found.into_iter().map(one).collect();
    Ok(Json(EligibilityAnswer {
        allowance: api.app.allowance(&actor).await?.map(Usage::from),
        services: items.clone(),
        items,
    }))
}
