//! `/mailbox`, on demo and test servers only: it stands for the outside world.

use crate::{
    Api,
    caller::Caller,
    http::{Params, Problem},
    lists::{List, list, page},
};
use app::{Page, Place};
use axum::{Json, extract::State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::mailbox::{Mail, MailQuery};
use utoipa::{IntoParams, ToSchema};

/// An email as one recipient got it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MailItem {
    id: String,
    message_id: String,
    to: String,
    kind: String,
    trial_id: Option<String>,
    language: String,
    subject: String,
    text: String,
    html: String,
    links: Vec<String>,
    #[schema(value_type = String, format = DateTime)]
    sent_at: Timestamp,
}

/// Which emails.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MailParams {
    /// To whom.
    to: Option<String>,
    /// Of which kind.
    kind: Option<String>,
    /// About which trial.
    trial_id: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// All emails, in the order of their arrival.
#[utoipa::path(get, path = "/api/v1/mailbox", tag = "demo", params(MailParams), responses((status = OK, body = List<MailItem>)))]
pub(crate) async fn read_mailbox(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<MailParams>,
) -> Result<Json<List<MailItem>>, Problem> {
    let mailbox = api.app.stores.mailbox.clone().ok_or_else(Problem::not_found)?;
    let scope = ("mailbox", &params.to, &params.kind, &params.trial_id);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let query = MailQuery {
        to: params.to.clone(),
        kind: params.kind.clone(),
        trial_id: params.trial_id.clone(),
        after: request.after.and_then(|place| place.0.parse().ok()),
        limit: request.limit as u64 + 1,
    };
    let mut items = mailbox.list(&query).await.map_err(app::Error::from)?;
    let more = items.len() > request.limit;
    items.truncate(request.limit);
    let next = items
        .last()
        .filter(|_| more)
        .map(|mail| Place(mail.id.to_string(), String::new()));
    let found = Page {
        items,
        next,
        unavailable_regions: Vec::new(),
    };
    let item = |mail: Mail| MailItem {
        id: format!("mail_{}", mail.id),
        message_id: mail.message_id,
        to: mail.to,
        kind: mail.kind,
        trial_id: mail.trial_id,
        language: mail.language,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        links: mail.links,
        sent_at: mail.sent_at,
    };
    Ok(Json(list(&api, &actor, &scope, found, item)))
}
