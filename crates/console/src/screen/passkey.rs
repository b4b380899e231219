//! SEC-2: sign in with a passkey; add and remove one's own.

use super::{sign_in, single_sign_on::status_of};
use crate::{
    Console,
    frame::{page, page_with},
    part::Faults,
    template::View,
    web::{Failure, Form, Signed, Visitor, local, see},
    words::Words,
};
use app::{Error, passkey::PasskeyView};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::ids::PasskeyId;
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

async fn listed(console: &Console, signed: &Signed, label: &str, wrong: Option<Error>) -> Result<Response, Failure> {
    let Signed { visitor, actor, words } = signed;
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

pub(crate) async fn list(State(console): State<Console>, signed: Signed) -> Result<Response, Failure> {
    listed(&console, &signed, "", None).await
}

pub(crate) async fn begin(
    State(console): State<Console>,
    Signed { visitor, actor, .. }: Signed,
    Form(_): Form,
) -> Result<Json<Value>, Failure> {
    Ok(Json(console.app.begin_passkey(&actor, &visitor.csrf).await?))
}

pub(crate) async fn add(
    State(console): State<Console>,
    signed: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let label = fields.get("label").unwrap_or_default();
    let given = fields.get("credential").unwrap_or_default();
    let browser = &signed.visitor.csrf;
    match console.app.add_passkey(&signed.actor, browser, label, given).await {
        Ok(()) => Ok(see("/account/passkeys?done=passkey-added")),
        Err(wrong) => listed(&console, &signed, label, Some(wrong)).await,
    }
}

pub(crate) async fn remove(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Form(_): Form,
) -> Result<Response, Failure> {
    let id = super::id(PasskeyId::parse(&id))?;
    match console.app.remove_passkey(&signed.actor, &id).await {
        Ok(()) => Ok(see("/account/passkeys?done=passkey-removed")),
        Err(wrong) => listed(&console, &signed, "", Some(wrong)).await,
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
