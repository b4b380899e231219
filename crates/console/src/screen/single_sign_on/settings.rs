//! Which provider a company's people sign in with: its administrator says so here.

use super::status_of;
use crate::{
    Console,
    frame::{page, page_with},
    part::Faults,
    screen::{prove::Proven, seen},
    template::View,
    web::{Failure, Fields, Form, see},
};
use app::{
    Error,
    single_sign_on::{Change, SingleSignOnView},
};
use axum::{extract::State, response::Response};
use serde::Serialize;

/// The values of `settings/single-sign-on.html`.
#[derive(Default, Serialize)]
pub(crate) struct Settings {
    pub(crate) faults: Faults,
    pub(crate) issuer: String,
    pub(crate) client_id: String,
    /// One to a line.
    pub(crate) domains: String,
    pub(crate) passwords: bool,
    /// What the provider must know.
    pub(crate) redirect_uri: String,
    /// Whether there is one already, with its secret.
    pub(crate) known: bool,
    pub(crate) version: i64,
    /// Each domain, and whether the vendor has confirmed it.
    pub(crate) states: Vec<(String, bool)>,
}

impl View for Settings {
    const TEMPLATE: &'static str = "settings/single-sign-on.html";
}

/// The values of `settings/single-sign-on-remove.html`.
#[derive(Serialize)]
pub(crate) struct Remove {
    pub(crate) version: i64,
}

impl View for Remove {
    const TEMPLATE: &'static str = "settings/single-sign-on-remove.html";
}

fn of(console: &Console, known: Option<SingleSignOnView>) -> Settings {
    let Some(known) = known else {
        return Settings {
            passwords: true,
            redirect_uri: console.app.single_sign_on_back(),
            ..Settings::default()
        };
    };
    let names: Vec<&str> = known.domains.iter().map(|domain| domain.name.as_str()).collect();
    Settings {
        faults: Faults::default(),
        issuer: known.issuer,
        client_id: known.client_id,
        domains: names.join("\n"),
        passwords: known.passwords,
        redirect_uri: known.redirect_uri,
        known: true,
        version: known.version,
        states: known
            .domains
            .iter()
            .map(|domain| (domain.name.clone(), domain.confirmed))
            .collect(),
    }
}

pub(crate) async fn show(State(console): State<Console>, signed: Proven) -> Result<Response, Failure> {
    let Proven { visitor, actor, words } = &signed;
    let view = of(&console, console.app.single_sign_on(actor).await?);
    page(&console, visitor, words.say("company-sign-in-title"), &view)
}

fn change(fields: &Fields) -> Change {
    let domains = fields.get("domains").unwrap_or_default();
    Change {
        issuer: fields.owned("issuer").unwrap_or_default(),
        client_id: fields.owned("client_id").unwrap_or_default(),
        client_secret: fields.owned("client_secret"),
        domains: domains
            .split([' ', ',', '\n', '\r', '\t'])
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
        passwords: fields.has("passwords"),
    }
}

pub(crate) async fn save(
    State(console): State<Console>,
    signed: Proven,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let Proven { visitor, actor, words } = &signed;
    let change = change(&fields);
    let guard = seen(fields.number("version"));
    let refusal = match console.app.put_single_sign_on(actor, &change, &guard).await {
        Ok(_) => return Ok(see("/settings/single-sign-on?done=single-sign-on")),
        Err(Error::Refused(refusal)) => refusal,
        Err(error) => return Err(error.into()),
    };
    let known = console.app.single_sign_on(actor).await?;
    let view = Settings {
        faults: Faults::of(words.language, &refusal),
        issuer: change.issuer,
        client_id: change.client_id,
        domains: fields.owned("domains").unwrap_or_default(),
        passwords: change.passwords,
        ..of(&console, known)
    };
    let title = words.say("company-sign-in-title");
    page_with(status_of(&refusal), &console, visitor, title, &view)
}

pub(crate) async fn ask_remove(State(console): State<Console>, signed: Proven) -> Result<Response, Failure> {
    let Proven { visitor, actor, words } = &signed;
    let known = console.app.single_sign_on(actor).await?;
    let known = known.ok_or_else(Failure::not_found)?;
    let view = Remove { version: known.version };
    page(&console, visitor, words.say("company-sign-in-remove-title"), &view)
}

pub(crate) async fn remove(
    State(console): State<Console>,
    signed: Proven,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let guard = seen(fields.number("version"));
    console.app.drop_single_sign_on(&signed.actor, &guard).await?;
    Ok(see("/settings/single-sign-on?done=single-sign-on-removed"))
}
