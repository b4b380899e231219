//! Doors: the page behind an invitation, a welcome, a reset. Opening it changes nothing.

use super::sign_in::go_in;
use crate::{
    Console,
    frame::{page, page_with},
    part::Faults,
    template::View,
    web::{Failure, Form, Visitor, see},
    words::Words,
};
use app::{
    Error,
    door::{Account, Behind, Purpose},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Serialize;

/// The values of `door.html`.
#[derive(Serialize)]
pub(crate) struct DoorPage {
    pub(crate) faults: Faults,
    pub(crate) secret: String,
    /// `invitation`, `welcome` or `reset`.
    pub(crate) purpose: &'static str,
    pub(crate) company: String,
    pub(crate) email: String,
    pub(crate) facts: Vec<(String, String)>,
    /// Whether one is asked how one is called.
    pub(crate) asks_name: bool,
    pub(crate) own_name: String,
}

impl View for DoorPage {
    const TEMPLATE: &'static str = "door.html";
}

/// The values of `door-closed.html`.
#[derive(Serialize)]
pub(crate) struct DoorClosed {
    pub(crate) secret: String,
    /// `used`, `superseded` or `expired`.
    pub(crate) state: &'static str,
}

impl View for DoorClosed {
    const TEMPLATE: &'static str = "door-closed.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    visitor: Visitor,
    Path(secret): Path<String>,
) -> Result<Response, Failure> {
    let words = visitor.words();
    match console.app.door(&secret).await? {
        Behind::Account(account) => {
            let view = of(&words, &account, secret, Faults::default(), "");
            page(&console, &visitor, title(&words, account.purpose), &view)
        }
        Behind::Used => closed(&console, &visitor, secret, "used"),
        Behind::Superseded => closed(&console, &visitor, secret, "superseded"),
        Behind::Expired => closed(&console, &visitor, secret, "expired"),
    }
}

fn closed(console: &Console, visitor: &Visitor, secret: String, state: &'static str) -> Result<Response, Failure> {
    let title = visitor.words().say(&format!("door-{state}"));
    let view = DoorClosed { secret, state };
    page_with(StatusCode::GONE, console, visitor, title, &view)
}

fn title(words: &Words, purpose: Purpose) -> String {
    words.say(&format!("door-{}", purpose.as_str()))
}

pub(crate) fn of(words: &Words, account: &Account, secret: String, faults: Faults, own_name: &str) -> DoorPage {
    let roles: Vec<String> = account
        .person
        .roles
        .iter()
        .map(|role| words.say(&format!("role-{}", role.as_str().replace('_', "-"))))
        .collect();
    let company = i18n::tame(&account.organization.name);
    DoorPage {
        faults,
        secret,
        purpose: account.purpose.as_str(),
        email: account.person.email.clone(),
        facts: vec![
            (words.say("account-company"), company.clone()),
            (words.say("label-email"), account.person.email.clone()),
            (words.say("account-roles"), words.list(&roles)),
        ],
        company,
        asks_name: account.person.name.is_empty(),
        own_name: own_name.to_owned(),
    }
}

pub(crate) async fn open(
    State(console): State<Console>,
    visitor: Visitor,
    Path(secret): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let words = visitor.words();
    let (name, agent) = (fields.get("own_name"), visitor.agent.as_deref());
    let opened = console
        .app
        .open_door(
            &secret,
            Some(name.unwrap_or_default()),
            fields.secret("password"),
            agent,
        )
        .await;
    let refused = match opened {
        Ok(entrance) => return Ok(go_in(&console, &visitor, &entrance, "/").await),
        Err(Error::Refused(refusal)) => refusal,
        Err(error) => return Err(error.into()),
    };
    if refused.errors.is_empty() {
        // It was closed meanwhile: the page says how.
        return Ok(see(&format!("/door/{secret}")));
    }
    let Behind::Account(account) = console.app.door(&secret).await? else {
        return Ok(see(&format!("/door/{secret}")));
    };
    let faults = Faults::about_oneself(words.language, &refused);
    let view = of(&words, &account, secret, faults, name.unwrap_or_default());
    let title = title(&words, account.purpose);
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &console, &visitor, title, &view)
}

/// Another one, to the person's own address.
pub(crate) async fn again(
    State(console): State<Console>,
    Path(secret): Path<String>,
    Form(_): Form,
) -> Result<Response, Failure> {
    match console.app.renew_door(&secret).await {
        Ok(()) => Ok(see("/sign-in?done=link-sent")),
        Err(Error::Refused(refusal)) if refusal.code == domain::refusal::Code::LinkSuperseded => {
            Ok(see(&format!("/door/{secret}")))
        }
        Err(error) => Err(error.into()),
    }
}
