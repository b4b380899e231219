//! The second half of signing in: the code.

use super::sign_in::{enter, wait};
use crate::{
    Console,
    frame::{page, page_with},
    part::Faults,
    template::View,
    web::{Failure, Form, HALF, Query, Visitor, cleared, encoded, local, see},
};
use app::Error;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::Response,
};
use domain::refusal::Code;
use serde::Serialize;

/// The values of `code.html`.
#[derive(Default, Serialize)]
pub(crate) struct CodePage {
    pub(crate) faults: Faults,
    pub(crate) back: String,
}

impl View for CodePage {
    const TEMPLATE: &'static str = "code.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    visitor: Visitor,
    Query(query): Query,
) -> Result<Response, Failure> {
    let back = local(query.get("back"));
    let half = visitor.half.as_deref().unwrap_or_default();
    if !console.app.owes_code(half).await? {
        return Ok(see(&format!("/sign-in?back={}", encoded(&back))));
    }
    let view = CodePage {
        back,
        ..CodePage::default()
    };
    page(&console, &visitor, visitor.words().say("code-title"), &view)
}

pub(crate) async fn give(
    State(console): State<Console>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let back = local(fields.get("back"));
    let half = visitor.half.as_deref().unwrap_or_default();
    let agent = visitor.agent.as_deref();
    let words = visitor.words();
    let refused = match console.app.sign_in_code(half, fields.secret("code"), agent).await {
        Ok(signed_in) => {
            let mut answer = enter(&console, &visitor, &signed_in, &back).await;
            answer.headers_mut().append(header::SET_COOKIE, cleared(&console, HALF));
            return Ok(answer);
        }
        Err(Error::Refused(refusal)) => refusal,
        Err(error) => return Err(error.into()),
    };
    let mut faults = Faults::default();
    let status = match refused.code {
        // The first half is missing, or too long ago.
        Code::Unauthorized => return Ok(see(&format!("/sign-in?back={}", encoded(&back)))),
        Code::TooManyRequests => {
            faults.add("", wait(&words, &refused));
            StatusCode::TOO_MANY_REQUESTS
        }
        _ => {
            faults = Faults::of(words.language, &refused);
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    let view = CodePage { faults, back };
    page_with(status, &console, &visitor, words.say("code-title"), &view)
}
