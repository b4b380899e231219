//! `/notifications`: what was sent to whom (NOTE-1).

use crate::{
    Api, Previewed,
    caller::Caller,
    guard::id,
    http::{Params, Path, Problem},
    lists::{List, list, page, wrong},
};
use axum::{Json, extract::State};
use domain::{
    ids::{MessageId, TrialId},
    notify::Bounce,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::region::outbox::{Delivery, DeliveryState};
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
    /// The same, or `bounced`: given up because of the address.
    state: &'static str,
    /// NOTE-4: why that takes no email: `unknown_address`, `mailbox_full`, `refused`.
    bounced: Option<&'static str>,
    attempts: u32,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    delivered_at: Option<Timestamp>,
    /// What the other side said last, without addresses.
    error: Option<String>,
}

/// NOTE-2: how it reads now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PreviewOf {
    /// The reader's.
    language: String,
    subject: String,
    text: String,
    html: String,
}

impl From<Previewed> for PreviewOf {
    fn from(preview: Previewed) -> Self {
        Self {
            language: preview.language,
            subject: preview.subject,
            text: preview.text,
            html: preview.html,
        }
    }
}

/// A message, and how it reads.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotificationRead {
    #[serde(flatten)]
    notification: Notification,
    /// Its button leads nowhere in particular: links are their readers'. Null where it cannot be written any more.
    preview: Option<PreviewOf>,
}

impl From<Delivery> for Notification {
    fn from(delivery: Delivery) -> Self {
        Self {
            id: delivery.letter.id.0,
            kind: delivery.letter.kind.as_str(),
            trial_id: delivery.letter.trial.map(|id| id.0),
            person_id: delivery.letter.person.0,
            audience: delivery.letter.audience.as_str(),
            state: match delivery.bounced {
                Some(_) => DeliveryState::Bounced.as_str(),
                None => DeliveryState::parse(&delivery.state).map_or("pending", DeliveryState::as_str),
            },
            bounced: delivery.bounced.map(Bounce::as_str),
            status: delivery.state,
            attempts: delivery.attempts,
            created_at: delivery.letter.created_at,
            delivered_at: delivery.delivered_at,
            error: delivery.error.as_deref().map(without_addresses),
        }
    }
}

/// NOTE-4: what the other side said may name people.
fn without_addresses(said: &str) -> String {
    let words = said.split(' ').map(|word| if word.contains('@') { "…" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

/// Which messages.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct NotificationParams {
    /// The trial.
    trial_id: Option<String>,
    /// `pending`, `sent`, `given_up`, or of these `bounced`.
    state: Option<String>,
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
    let known = |name: &str| {
        let states = DeliveryState::ALL.map(DeliveryState::as_str);
        DeliveryState::parse(name).ok_or_else(|| wrong("state", &states))
    };
    let state = params.state.as_deref().map(known).transpose()?;
    let scope = ("notifications", &trial, state);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.notifications(&actor, trial.as_ref(), state, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Notification::from)))
}

/// One message, and how it reads.
#[utoipa::path(get, path = "/api/v1/notifications/{id}", tag = "notifications", params(("id" = String, Path)), responses((status = OK, body = NotificationRead)))]
pub(crate) async fn read_notification(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(message): Path<String>,
) -> Result<Json<NotificationRead>, Problem> {
    let found = api.app.notification(&actor, &id(MessageId::parse(&message))?).await?;
    let preview = (api.preview)(found.letter.clone()).await?;
    Ok(Json(NotificationRead {
        notification: Notification::from(found),
        preview: preview.map(PreviewOf::from),
    }))
}
