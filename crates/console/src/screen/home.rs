//! Where one arrives, the page behind the welcome's button, language and theme.

use crate::{
    Console,
    frame::page,
    template::View,
    web::{Failure, Form, Signed, Visitor, kept, local, see},
};
use app::{Actor, PageRequest, policy::Action};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use domain::trial::Status;
use i18n::Language;
use serde::Serialize;

/// The first page of somebody's part.
fn home_of(console: &Console, actor: &Actor) -> &'static str {
    let may = |action| super::may(console, actor, action);
    if actor.is_partner() {
        "/partner/customers"
    } else if actor.is_customer() {
        if may(Action::ReadTrial) {
            "/control/overview"
        } else {
            "/requests"
        }
    } else if may(Action::ReadApprovals) {
        "/vendor/approvals"
    } else if may(Action::ReadOrders) {
        "/vendor/orders"
    } else {
        "/welcome"
    }
}

/// CONS-3: whoever can answer an open request meets it first.
pub(crate) async fn home(State(console): State<Console>, Signed { actor, .. }: Signed) -> Result<Response, Failure> {
    if actor.is_customer() && super::may(&console, &actor, Action::DecideRequest) {
        let first = PageRequest { after: None, limit: 1 };
        let open = [Status::PendingConsent.as_str().to_owned()];
        let found = console.app.requests(&actor, &open, &first).await?;
        if let Some(request) = found.items.first() {
            return Ok(see(&format!("/requests/{}", request.id)));
        }
    }
    Ok(see(home_of(&console, &actor)))
}

/// The values of `welcome.html`.
#[derive(Serialize)]
pub(crate) struct Welcome {
    pub(crate) signed_in: bool,
    pub(crate) home: &'static str,
    pub(crate) demo: bool,
}

impl View for Welcome {
    const TEMPLATE: &'static str = "welcome.html";
}

pub(crate) async fn welcome(State(console): State<Console>, visitor: Visitor) -> Result<Response, Failure> {
    let home = visitor
        .actor
        .as_deref()
        .map_or("/sign-in", |actor| home_of(&console, actor));
    let view = Welcome {
        signed_in: visitor.actor.is_some(),
        home,
        demo: console.settings.demo,
    };
    page(&console, &visitor, visitor.words().say("welcome-title"), &view)
}

/// Language and theme, for this browser.
pub(crate) async fn preferences(State(console): State<Console>, Form(fields): Form) -> Response {
    let mut answer = see(&local(fields.get("back")));
    if let Some(language) = fields.get("language").and_then(Language::parse) {
        answer.headers_mut().append(
            header::SET_COOKIE,
            kept(&console, "foretaste-language", language.as_str()),
        );
    }
    if let Some(theme) = fields
        .get("theme")
        .filter(|theme| ["auto", "light", "dark"].contains(theme))
    {
        answer
            .headers_mut()
            .append(header::SET_COOKIE, kept(&console, "foretaste-theme", theme));
    }
    answer.into_response()
}
