//! SEC-2: sign in with a passkey; add and remove one's own.

use super::{prove::Proven, sign_in, single_sign_on::status_of};
use crate::{
    Console,
    frame::{page, page_with},
    part::Faults,
    template::View,
    web::{Failure, Form, Visitor, local, see},
    words::Words,
};
use app::{Error, passkey::PasskeyView};
use axum::{Json, extract::State, http::StatusCode, response::Response};
use domain::{ids::PasskeyId, refusal::Code};
use serde::Serialize;
use serde_json::Value;

/// The values of `passkeys.html`.
#[derive(Serialize)]
pub(crate) struct Passkeys {
    pub(crate) faults: Faults,
    pub(crate) label: String,
    /// Whether browsers offer them here.
    pub(crate) possible: bool,
    pub(crate) passkeys: Vec<Key>,
}

/// A passkey in the list.
#[derive(Serialize)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) added: String,
    pub(crate) used: Option<String>,
}

impl View for Passkeys {
    const TEMPLATE: &'static str = "passkeys.html";
}

fn line(words: &Words, key: PasskeyView) -> Key {
    Key {
        id: key.id.0,
        label: i18n::tame(&key.label),
        added: words.stamp(key.created_at),
        used: key.used_at.map(|at| words.stamp(at)),
    }
}

async fn listed(console: &Console, proven: &Proven, label: &str, wrong: Option<Error>) -> Result<Response, Failure> {
    let Proven { visitor, actor, words } = proven;
    let keys = console.app.passkeys(actor).await?;
    let mut view = Passkeys {
        faults: Faults::default(),
        label: label.to_owned(),
        possible: console.app.has_passkeys(),
        passkeys: keys.into_iter().map(|key| line(words, key)).collect(),
    };
    let title = words.say("passkeys-title");
    let Some(wrong) = wrong else {
        return page(console, visitor, title, &view);
    };
    let Error::Refused(refusal) = wrong else {
        return Err(wrong.into());
    };
    view.faults = Faults::of(words.language, &refusal);
    page_with(status_of(&refusal), console, visitor, title, &view)
}

pub(crate) async fn list(State(console): State<Console>, proven: Proven) -> Result<Response, Failure> {
    listed(&console, &proven, "", None).await
}

pub(crate) async fn begin(
    State(console): State<Console>,
    Proven { visitor, actor, .. }: Proven,
    Form(_): Form,
) -> Result<Json<Value>, Failure> {
    Ok(Json(console.app.begin_passkey(&actor, &visitor.csrf).await?))
}

/// Adds one, or removes the one that is named.
pub(crate) async fn change(
    State(console): State<Console>,
    proven: Proven,
    Form(fields): Form,
) -> Result<Response, Failure> {
    if let Some(id) = fields.get("remove") {
        return remove(&console, &proven, id).await;
    }
    let label = fields.get("label").unwrap_or_default();
    let given = fields.get("credential").unwrap_or_default();
    let browser = &proven.visitor.csrf;
    match console.app.add_passkey(&proven.actor, browser, label, given).await {
        Ok(()) => Ok(see("/account/passkeys?done=passkey-added")),
        Err(wrong) => listed(&console, &proven, label, Some(wrong)).await,
    }
}

async fn remove(console: &Console, proven: &Proven, id: &str) -> Result<Response, Failure> {
    let id = super::id(PasskeyId::parse(id))?;
    match console.app.remove_passkey(&proven.actor, &id).await {
        Ok(()) => Ok(see("/account/passkeys?done=passkey-removed")),
        Err(Error::Refused(refusal)) if refusal.code == Code::NotFound => Err(Failure::not_found()),
        Err(wrong) => listed(console, proven, "", Some(wrong)).await,
    }
}

pub(crate) async fn begin_sign_in(
    State(console): State<Console>,
    visitor: Visitor,
    Form(_): Form,
) -> Result<Json<Value>, Failure> {
    Ok(Json(console.app.begin_passkey_sign_in(&visitor.csrf).await?))
}

pub(crate) async fn sign_in(
    State(console): State<Console>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let back = local(fields.get("back"));
    let given = fields.get("credential").unwrap_or_default();
    let agent = visitor.agent.as_deref();
    match console.app.sign_in_with_passkey(&visitor.csrf, given, agent).await {
        Ok(signed_in) => Ok(sign_in::enter(&console, &visitor, &signed_in, &back).await),
        Err(Error::Refused(refusal)) => {
            let faults = Faults::of(visitor.language, &refusal);
            sign_in::again(&console, &visitor, StatusCode::UNPROCESSABLE_ENTITY, faults, "", back)
        }
        Err(error) => Err(error.into()),
    }
}
