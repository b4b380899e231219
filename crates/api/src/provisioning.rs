//! `/provisioning-orders` (PROV-2): what the provisioner is asked, and its answers.

use crate::{
    Api,
    caller::Caller,
    guard::{Call, id, tag},
    http::{DryRun, Params, Path, Problem},
    lists::{List, list, page, wrong},
    trial::{CustomerRef, Nothing, PartnerRef},
};
use app::provisioning::{ProvisioningOrderAnswer, ProvisioningOrderFilter, ProvisioningOrderView};
use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use domain::{ids::ProvisioningId, trial::ProvisioningOrderState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// An order to the provisioner. Its instants are real time, also where a test clock moves the rules.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProvisioningOrder {
    id: String,
    trial_id: String,
    customer: CustomerRef,
    partner: PartnerRef,
    service: String,
    /// Licences; null where the trial has the service no more.
    quantity: Option<u32>,
    /// `provision`, `suspend`, `resume`, `withdraw`.
    act: &'static str,
    /// `open`, `manual` (not asked any more: up to people), `done`, `failed`, `void` (no longer wanted).
    state: &'static str,
    /// Somebody should look at it.
    stuck: bool,
    #[schema(value_type = String, format = DateTime)]
    asked_at: Timestamp,
    /// How often the provisioner was called.
    attempts: u32,
    #[schema(value_type = Option<String>, format = DateTime)]
    called_at: Option<Timestamp>,
    /// What came of the last call: `taken`, `not_yet`, `refused`, `unreachable`, `private_address`, `late`, `gone`,
    /// `store` (ours did not answer, and nobody was called).
    heard: Option<String>,
    /// When it is called next; null unless open.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_at: Option<Timestamp>,
    /// When it was settled.
    #[schema(value_type = Option<String>, format = DateTime)]
    answered_at: Option<Timestamp>,
    /// The person or service account that did.
    answered_by: Option<String>,
    /// Whether that was a person in the provisioner's place.
    by_hand: bool,
    /// The provisioner's words.
    reason: Option<String>,
    version: i64,
    /// Whether the answer said anything new.
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<bool>,
}

impl ProvisioningOrder {
    fn of(view: ProvisioningOrderView) -> Self {
        let order = view.order;
        Self {
            id: order.id.0,
            trial_id: order.trial.0,
            customer: CustomerRef {
                id: Some(order.customer.0),
                name: view.customer_name,
                country: view.customer_country,
            },
            partner: PartnerRef {
                id: view.partner.0,
                name: view.partner_name,
            },
            service: order.service,
            quantity: view.quantity,
            act: order.act.as_str(),
            state: order.state.as_str(),
            stuck: view.stuck,
            asked_at: order.asked_at,
            attempts: order.attempts,
            called_at: order.called_at,
            heard: order.heard,
            next_at: (order.state == ProvisioningOrderState::Open).then_some(order.next_at),
            answered_at: order.answered_at,
            answered_by: order.answered_by.map(|id| id.0),
            by_hand: order.by_hand,
            reason: order.reason,
            version: order.version,
            changed: None,
        }
    }

    fn answer(self) -> Response {
        let version = tag(self.version);
        ([(header::ETAG, version)], Json(self)).into_response()
    }
}

/// Which orders.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProvisioningOrderParams {
    /// `open`, `manual`, `done`, `failed` or `void`; all unless said.
    state: Option<String>,
    /// Only those at which somebody should look.
    stuck: Option<bool>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// Orders to the provisioner, the oldest first.
#[utoipa::path(get, path = "/api/v1/provisioning-orders", tag = "provisioner", params(ProvisioningOrderParams), responses((status = OK, body = List<ProvisioningOrder>)))]
pub(crate) async fn list_provisioning_orders(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<ProvisioningOrderParams>,
) -> Result<Json<List<ProvisioningOrder>>, Problem> {
    let known = |name: &str| {
        let states = ProvisioningOrderState::ALL.map(ProvisioningOrderState::as_str);
        ProvisioningOrderState::parse(name).ok_or_else(|| wrong("state", &states))
    };
    let filter = ProvisioningOrderFilter {
        state: params.state.as_deref().map(known).transpose()?,
        stuck: params.stuck.filter(|stuck| *stuck),
    };
    let scope = ("provisioning-orders", filter);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.provisioning_orders(&actor, filter, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, ProvisioningOrder::of)))
}

/// One order.
#[utoipa::path(get, path = "/api/v1/provisioning-orders/{id}", tag = "provisioner", params(("id" = String, Path)), responses((status = OK, body = ProvisioningOrder)))]
pub(crate) async fn read_provisioning_order(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(order): Path<String>,
) -> Result<Response, Problem> {
    // Who may not read orders learns nothing of any.
    app::policy::allow(&actor, app::policy::Action::ReadProvisioning, api.app.clock.now())?;
    let order = id(ProvisioningId::parse(&order))?;
    Ok(ProvisioningOrder::of(api.app.provisioning_order(&actor, &order).await?).answer())
}

/// Why it cannot be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CannotBe {
    /// The partner reads it.
    reason: Option<String>,
}

/// Why it takes longer, and how long.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakesLonger {
    reason: Option<String>,
    /// Until then nobody asks again; without it, as long as an answer may take.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
}

/// It is so.
#[utoipa::path(post, path = "/api/v1/provisioning-orders/{id}/done", tag = "provisioner", params(("id" = String, Path), DryRun), request_body = Option<Nothing>, responses((status = OK, body = ProvisioningOrder)))]
pub(crate) async fn answer_done(
    State(api): State<Api>,
    Path(order): Path<String>,
    call: Call<Nothing>,
) -> Result<Response, Problem> {
    answered(&api, &order, call, |_| ProvisioningOrderAnswer::Done).await
}

/// It cannot be.
#[utoipa::path(post, path = "/api/v1/provisioning-orders/{id}/failed", tag = "provisioner", params(("id" = String, Path), DryRun), request_body = CannotBe, responses((status = OK, body = ProvisioningOrder)))]
pub(crate) async fn answer_failed(
    State(api): State<Api>,
    Path(order): Path<String>,
    call: Call<CannotBe>,
) -> Result<Response, Problem> {
    answered(&api, &order, call, |body| ProvisioningOrderAnswer::Failed(body.reason)).await
}

/// It takes longer.
#[utoipa::path(post, path = "/api/v1/provisioning-orders/{id}/not-yet", tag = "provisioner", params(("id" = String, Path), DryRun), request_body = Option<TakesLonger>, responses((status = OK, body = ProvisioningOrder)))]
pub(crate) async fn answer_not_yet(
    State(api): State<Api>,
    Path(order): Path<String>,
    call: Call<TakesLonger>,
) -> Result<Response, Problem> {
    answered(&api, &order, call, |body| {
        ProvisioningOrderAnswer::NotYet(body.reason, body.until)
    })
    .await
}

/// Ask once more, at once: for what failed, what is stuck, or what takes too long.
#[utoipa::path(post, path = "/api/v1/provisioning-orders/{id}/retry", tag = "provisioner", params(("id" = String, Path), DryRun), request_body = Option<Nothing>, responses((status = OK, body = ProvisioningOrder)))]
pub(crate) async fn ask_again(
    State(api): State<Api>,
    Path(order): Path<String>,
    call: Call<Nothing>,
) -> Result<Response, Problem> {
    answered(&api, &order, call, |_| ProvisioningOrderAnswer::Again).await
}

async fn answered<T: serde::de::DeserializeOwned + ToSchema + 'static>(
    api: &Api,
    order: &str,
    Call { actor, guard, body }: Call<T>,
    answer: impl FnOnce(T) -> ProvisioningOrderAnswer,
) -> Result<Response, Problem> {
    app::policy::allow(&actor, app::policy::Action::SettleProvisioning, api.app.clock.now())?;
    let order = id(ProvisioningId::parse(order))?;
    let answer = answer(body.finish()?);
    let outcome = api
        .app
        .answer_provisioning_order(&actor, &order, &answer, &guard)
        .await?;
    let changed = Some(outcome.changed);
    Ok(ProvisioningOrder {
        changed,
        ..ProvisioningOrder::of(outcome.view)
    }
    .answer())
}
