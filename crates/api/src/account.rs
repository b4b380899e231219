//! `/people/{id}/tokens`, `/people/{id}/sessions` and signing out (SEC-2). `me` stands for the caller's own id.

use crate::{
    Api,
    caller::Caller,
    customer::PageParams,
    guard::{Call, id, tag},
    http::{DryRun, Params, Path, Problem},
    lists::{List, list, page},
    trial::{Nothing, location},
};
use app::{
    Actor,
    account::SessionView,
    token::{NewToken, TokenView, VERSION},
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::ids::PersonId;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A token. `token` itself is there in the answer that made it, and never again.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Token {
    id: Option<String>,
    label: String,
    /// `read`, `trials`, `people`, `all`.
    scopes: Vec<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = Date)]
    last_used_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl From<TokenView> for Token {
    fn from(view: TokenView) -> Self {
        Self {
            id: Some(view.id),
            label: view.label,
            scopes: view.scopes,
            created_at: view.created_at,
            expires_at: view.expires_at,
            last_used_on: view.last_used_on,
            token: None,
        }
    }
}

/// A session.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Session {
    id: String,
    /// `password`, `password_and_code`, `passkey`, `single_sign_on`, `door`.
    how: String,
    browser: Option<String>,
    platform: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    last_seen_at: Timestamp,
}

impl From<SessionView> for Session {
    fn from(view: SessionView) -> Self {
        let said = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            id: view.id,
            how: view.how,
            browser: said(view.browser),
            platform: said(view.platform),
            created_at: view.created_at,
            last_seen_at: view.seen_at,
        }
    }
}

fn whose(actor: &Actor, text: &str) -> Result<PersonId, Problem> {
    if text == "me" {
        return Ok(actor.id().clone());
    }
    id(PersonId::parse(text))
}

/// The tokens of a person that have not ended.
#[utoipa::path(get, path = "/api/v1/people/{id}/tokens", tag = "people", params(("id" = String, Path), PageParams), responses((status = OK, body = List<Token>)))]
pub(crate) async fn list_tokens(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(person): Path<String>,
    Params(params): Params<PageParams>,
) -> Result<Json<List<Token>>, Problem> {
    let person = whose(&actor, &person)?;
    let scope = ("tokens", &person);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.token_page(&actor, &person, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Token::from)))
}

/// What it is called, what it may be used for, and for how many days (1 to 366; 90 unless said).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MakeToken {
    label: Option<String>,
    scopes: Option<Vec<String>>,
    days: Option<i64>,
}

/// Makes a token for oneself, or for a service account of one's organization.
#[utoipa::path(post, path = "/api/v1/people/{id}/tokens", tag = "people", params(("id" = String, Path), DryRun), request_body = MakeToken, responses((status = CREATED, body = Token)))]
pub(crate) async fn make_token(
    State(api): State<Api>,
    Path(person): Path<String>,
    Call { actor, guard, body }: Call<MakeToken>,
) -> Result<Response, Problem> {
    let person = whose(&actor, &person)?;
    let body = body.finish()?;
    let new = NewToken {
        label: body.label,
        scopes: body.scopes.unwrap_or_default(),
        days: body.days,
    };
    let made = api.app.make_token(&actor, &person, &new, &guard).await?;
    let token = Token {
        token: made.token,
        ..Token::from(made.view)
    };
    if guard.dry_run {
        return Ok(Json(Token { id: None, ..token }).into_response());
    }
    let path = format!("/api/v1/people/{person}/tokens");
    let headers = [
        (header::LOCATION, location(&path, token.id.as_deref())),
        (header::ETAG, tag(VERSION)),
    ];
    Ok((StatusCode::CREATED, headers, Json(token)).into_response())
}

/// Ends a token.
#[utoipa::path(delete, path = "/api/v1/people/{id}/tokens/{token_id}", tag = "people", params(("id" = String, Path), ("token_id" = String, Path), DryRun), responses((status = OK, body = Token)))]
pub(crate) async fn revoke_token(
    State(api): State<Api>,
    Path((person, token)): Path<(String, String)>,
    Call { actor, guard, .. }: Call<Nothing>,
) -> Result<Json<Token>, Problem> {
    let person = whose(&actor, &person)?;
    let ended = api.app.revoke_token(&actor, &person, &token, &guard).await?;
    Ok(Json(Token::from(ended)))
}

/// The sessions of a person that are not over.
#[utoipa::path(get, path = "/api/v1/people/{id}/sessions", tag = "people", params(("id" = String, Path), PageParams), responses((status = OK, body = List<Session>)))]
pub(crate) async fn list_sessions(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(person): Path<String>,
    Params(params): Params<PageParams>,
) -> Result<Json<List<Session>>, Problem> {
    let person = whose(&actor, &person)?;
    let scope = ("sessions", &person);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.session_page(&actor, &person, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Session::from)))
}

/// Ends a session.
#[utoipa::path(delete, path = "/api/v1/people/{id}/sessions/{session_id}", tag = "people", params(("id" = String, Path), ("session_id" = String, Path), DryRun), responses((status = OK, body = Session)))]
pub(crate) async fn end_session(
    State(api): State<Api>,
    Path((person, session)): Path<(String, String)>,
    Call { actor, guard, .. }: Call<Nothing>,
) -> Result<Json<Session>, Problem> {
    let person = whose(&actor, &person)?;
    let ended = api.app.end_session_for(&actor, &person, &session, &guard).await?;
    Ok(Json(Session::from(ended)))
}

/// How many sessions ended.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignedOut {
    ended: u64,
}

/// Ends all sessions of a person, everywhere.
#[utoipa::path(post, path = "/api/v1/people/{id}/sign-out", tag = "people", params(("id" = String, Path), DryRun), request_body = Option<Nothing>, responses((status = OK, body = SignedOut)))]
pub(crate) async fn sign_out(
    State(api): State<Api>,
    Path(person): Path<String>,
    Call { actor, guard, .. }: Call<Nothing>,
) -> Result<Json<SignedOut>, Problem> {
    let person = whose(&actor, &person)?;
    let ended = api.app.sign_out_for(&actor, &person, &guard).await?;
    Ok(Json(SignedOut { ended }))
}
