//! `/notifications`: what was sent to whom (NOTE-1).

use crate::{
    Api,
    caller::Caller,
    guard::id,
    http::{Params, Path, Problem},
    lists::{List, list, page},
};
use axum::{Json, extract::State};
use domain::ids::{MessageId, TrialId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::region::outbox::Delivery;
use utoipa::{IntoParams, ToSchema};

/// A message and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Notification {
    id: String,
    kind: &'static str,
    trial_id: Option<String>,
    /// The person to whom it goes.
    person_id: String,
    audience: &'static str,
    /// `pending`, `sent`, `given_up`.
    status: String,
    attempts: u32,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    delivered_at: Option<Timestamp>,
    /// What the other side said last.
    error: Option<String>,
}

impl From<Delivery> for Notification {
    fn from(delivery: Delivery) -> Self {
        Self {
            id: delivery.letter.id.0,
            kind: delivery.letter.kind.as_str(),
            trial_id: delivery.letter.trial.map(|id| id.0),
            person_id: delivery.letter.person.0,
            audience: delivery.letter.audience.as_str(),
            status: delivery.state,
            attempts: delivery.attempts,
            created_at: delivery.letter.created_at,
            delivered_at: delivery.delivered_at,
            error: delivery.error,
        }
    }
}

/// About which trial.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct NotificationParams {
    /// The trial.
    trial_id: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// What was sent about a trial, or about all that the caller sees, the oldest first.
#[utoipa::path(get, path = "/api/v1/notifications", tag = "notifications", params(NotificationParams), responses((status = OK, body = List<Notification>)))]
pub(crate) async fn list_notifications(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<NotificationParams>,
) -> Result<Json<List<Notification>>, Problem> {
    app::policy::allow(&actor, app::policy::Action::ReadNotifications, api.app.clock.now())?;
    let trial = params.trial_id.as_deref();
    let trial = trial.map(|text| id(TrialId::parse(text))).transpose()?;
    let scope = ("notifications", &trial);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.notifications(&actor, trial.as_ref(), &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Notification::from)))
}

/// One message.
#[utoipa::path(get, path = "/api/v1/notifications/{id}", tag = "notifications", params(("id" = String, Path)), responses((status = OK, body = Notification)))]
pub(crate) async fn read_notification(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(message): Path<String>,
) -> Result<Json<Notification>, Problem> {
    let found = api.app.notification(&actor, &id(MessageId::parse(&message))?).await?;
    Ok(Json(Notification::from(found)))
}
