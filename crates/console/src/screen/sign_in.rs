//! Sign in with a password; which company, when there are several; sign out.

use crate::{
    Console,
    frame::{page, page_with},
    part::Faults,
    template::View,
    web::{Failure, Form, Query, Signed, Visitor, encoded, half_cookie, local, see, session_cookie, signed_out},
    words::Words,
};
use app::{
    Error,
    session::{Entrance, SignedIn},
};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::Response,
};
use domain::{
    ids::PersonId,
    refusal::{Code, Refusal},
};
use serde::Serialize;

/// The values of `sign-in.html`.
#[derive(Default, Serialize)]
pub(crate) struct SignIn {
    pub(crate) faults: Faults,
    pub(crate) email: String,
    pub(crate) back: String,
    /// One came by a link of a request: nothing of it is told before one has signed in (CONS-7).
    pub(crate) by_link: bool,
    /// Somebody was not let in; whoever it was reads the same.
    pub(crate) refused: bool,
    /// Whether browsers offer passkeys here.
    pub(crate) passkeys: bool,
    pub(crate) back_encoded: String,
}

impl View for SignIn {
    const TEMPLATE: &'static str = "sign-in.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    visitor: Visitor,
    Query(query): Query,
) -> Result<Response, Failure> {
    let back = local(query.get("back"));
    if visitor.actor.is_some() {
        return Ok(see(&back));
    }
    let view = SignIn {
        by_link: back.starts_with("/requests/"),
        passkeys: console.app.has_passkeys(),
        back_encoded: encoded(&back),
        back,
        ..SignIn::default()
    };
    page(&console, &visitor, visitor.words().say("sign-in-title"), &view)
}

pub(crate) async fn sign_in(
    State(console): State<Console>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let email = fields.get("email").unwrap_or_default();
    let back = local(fields.get("back"));
    let agent = visitor.agent.as_deref();
    let refused = match console.app.sign_in(email, fields.secret("password"), agent).await {
        Ok(entrance) => return Ok(go_in(&console, &visitor, &entrance, &back).await),
        Err(Error::Refused(refusal)) => refusal,
        Err(error) => return Err(error.into()),
    };
    let words = visitor.words();
    let mut faults = Faults::default();
    let status = if refused.code == Code::TooManyRequests {
        faults.add("", wait(&words, &refused));
        StatusCode::TOO_MANY_REQUESTS
    } else {
        faults.add("email", words.say("sign-in-wrong"));
        StatusCode::UNPROCESSABLE_ENTITY
    };
    again(&console, &visitor, status, faults, email, back)
}

/// The page again, with what was wrong.
pub(crate) fn again(
    console: &Console,
    visitor: &Visitor,
    status: StatusCode,
    faults: Faults,
    email: &str,
    back: String,
) -> Result<Response, Failure> {
    let view = SignIn {
        refused: status == StatusCode::UNPROCESSABLE_ENTITY,
        faults,
        email: email.to_owned(),
        by_link: back.starts_with("/requests/"),
        passkeys: console.app.has_passkeys(),
        back_encoded: encoded(&back),
        back,
    };
    page_with(status, console, visitor, visitor.words().say("sign-in-title"), &view)
}

/// SEC-2a: that one has to wait, and how long.
pub(crate) fn wait(words: &Words, refused: &Refusal) -> String {
    let seconds = refused.extra.get("retry_after").and_then(serde_json::Value::as_i64);
    words.t("sign-in-wait", &[("seconds", seconds.unwrap_or(1).into())])
}

/// Signed in, or on to the page that asks for a code.
pub(crate) async fn go_in(console: &Console, visitor: &Visitor, entrance: &Entrance, back: &str) -> Response {
    let half = match entrance {
        Entrance::In(signed_in) => return enter(console, visitor, signed_in, back).await,
        Entrance::Code(half) => half,
    };
    let mut answer = see(&format!("/sign-in/code?back={}", encoded(back)));
    answer
        .headers_mut()
        .append(header::SET_COOKIE, half_cookie(console, half));
    answer
}

/// A new session under a new secret; an older one of this browser ends.
pub(crate) async fn enter(console: &Console, visitor: &Visitor, signed_in: &SignedIn, back: &str) -> Response {
    if let Some(old) = &visitor.session {
        // What cannot be ended now ends by itself.
        let _ = console.app.sign_out(old).await;
    }
    let to = if signed_in.several {
        format!("/sign-in/company?back={}", encoded(back))
    } else {
        back.to_owned()
    };
    let mut answer = see(&to);
    answer
        .headers_mut()
        .append(header::SET_COOKIE, session_cookie(console, &signed_in.secret));
    answer
}

/// The values of `company.html`.
#[derive(Serialize)]
pub(crate) struct Companies {
    pub(crate) companies: Vec<(String, String, bool)>,
    pub(crate) back: String,
}

impl View for Companies {
    const TEMPLATE: &'static str = "company.html";
}

pub(crate) async fn companies(
    State(console): State<Console>,
    Signed { visitor, words, .. }: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    let known = console
        .app
        .companies(visitor.session.as_deref().unwrap_or_default())
        .await?;
    let companies = known
        .into_iter()
        .map(|company| (company.person.0, i18n::tame(&company.name), company.current))
        .collect();
    let view = Companies {
        companies,
        back: local(query.get("back")),
    };
    page(&console, &visitor, words.say("company-title"), &view)
}

pub(crate) async fn choose(
    State(console): State<Console>,
    Signed { visitor, .. }: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let person = super::id(fields.get("person").and_then(PersonId::parse))?;
    let secret = visitor.session.as_deref().unwrap_or_default();
    let signed_in = console.app.change_company(secret, &person).await?;
    let mut answer = see(&local(fields.get("back")));
    answer
        .headers_mut()
        .append(header::SET_COOKIE, session_cookie(&console, &signed_in.secret));
    Ok(answer)
}

pub(crate) async fn sign_out(
    State(console): State<Console>,
    visitor: Visitor,
    Form(_): Form,
) -> Result<Response, Failure> {
    if let Some(secret) = &visitor.session {
        console.app.sign_out(secret).await?;
    }
    let mut answer = see("/sign-in?done=signed-out");
    signed_out(&console, answer.headers_mut());
    Ok(answer)
}
