//! The way to the company's provider, and back from it.

use super::{super::sign_in, status_of};
use crate::{
    Console,
    frame::{page, page_with},
    part::Faults,
    template::View,
    web::{Failure, Form, Query, Visitor, encoded, local, see},
};
use app::{Error, single_sign_on::Returned};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use domain::refusal::{Code, Refusal};
use serde::Serialize;

/// The values of `single-sign-on.html`.
#[derive(Default, Serialize)]
pub(crate) struct Ask {
    pub(crate) faults: Faults,
    pub(crate) email: String,
    pub(crate) back: String,
    pub(crate) back_encoded: String,
}

impl View for Ask {
    const TEMPLATE: &'static str = "single-sign-on.html";
}

/// The values of `single-sign-on-go.html`.
#[derive(Serialize)]
pub(crate) struct Go {
    pub(crate) url: String,
    pub(crate) host: String,
}

impl View for Go {
    const TEMPLATE: &'static str = "single-sign-on-go.html";
}

fn asked(email: &str, back: String) -> Ask {
    Ask {
        faults: Faults::default(),
        email: email.to_owned(),
        back_encoded: encoded(&back),
        back,
    }
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
    let title = visitor.words().say("single-sign-on-title");
    page(&console, &visitor, title, &asked("", back))
}

pub(crate) async fn begin(
    State(console): State<Console>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let (email, back) = (fields.get("email").unwrap_or_default(), local(fields.get("back")));
    let words = visitor.words();
    let way = match console.app.begin_single_sign_on(email, &back, &visitor.csrf).await {
        Ok(Some(way)) => way,
        Ok(None) => {
            let mut view = asked(email, back);
            view.faults.add("email", words.say("single-sign-on-none"));
            let title = words.say("single-sign-on-title");
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &console, &visitor, title, &view);
        }
        Err(Error::Refused(refusal)) => return refused(&console, &visitor, &refusal, email, back),
        Err(error) => return Err(error.into()),
    };
    let view = Go {
        url: way.url,
        host: i18n::tame(&way.host),
    };
    let mut answer = page(&console, &visitor, words.say("single-sign-on-title"), &view)?;
    // Not a redirect: browsers let a form lead to no other site (`form-action`), and that is to stay so.
    if let Ok(refresh) = HeaderValue::try_from(format!("0; url={}", view.url)) {
        answer.headers_mut().insert(header::REFRESH, refresh);
    }
    Ok(answer)
}

pub(crate) async fn back(
    State(console): State<Console>,
    visitor: Visitor,
    Query(query): Query,
) -> Result<Response, Failure> {
    let returned = Returned {
        state: query.owned("state").unwrap_or_default(),
        code: query.owned("code"),
        issuer: query.owned("iss"),
    };
    let agent = visitor.agent.as_deref();
    match console.app.finish_single_sign_on(&visitor.csrf, &returned, agent).await {
        Ok((signed_in, back)) => Ok(sign_in::enter(&console, &visitor, &signed_in, &local(Some(&back))).await),
        Err(Error::Refused(refusal)) => refused(&console, &visitor, &refusal, "", "/".to_owned()),
        Err(error) => Err(error.into()),
    }
}

fn refused(
    console: &Console,
    visitor: &Visitor,
    refusal: &Refusal,
    email: &str,
    back: String,
) -> Result<Response, Failure> {
    let mut view = asked(email, back);
    view.faults = Faults::of(visitor.language, refusal);
    let status = match refusal.code {
        Code::Unauthorized => StatusCode::UNPROCESSABLE_ENTITY,
        _ => status_of(refusal),
    };
    let title = visitor.words().say("single-sign-on-title");
    page_with(status, console, visitor, title, &view)
}
