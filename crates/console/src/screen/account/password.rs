//! Another password.

use crate::{
    Console,
    frame::{page, page_with},
    part::Faults,
    screen::sign_in::wait,
    template::View,
    web::{Failure, Form, Signed, see, session_cookie},
};
use app::Error;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::Response,
};
use domain::refusal::Code;
use serde::Serialize;

/// The values of `account/password.html`.
#[derive(Serialize)]
pub(crate) struct PasswordPage {
    pub(crate) faults: Faults,
    pub(crate) has_password: bool,
    pub(crate) email: String,
}

impl View for PasswordPage {
    const TEMPLATE: &'static str = "account/password.html";
}

pub(crate) async fn show(State(console): State<Console>, signed: Signed) -> Result<Response, Failure> {
    let view = view(&console, &signed, Faults::default()).await?;
    let title = signed.words.say("password-title");
    page(&console, &signed.visitor, title, &view)
}

async fn view(console: &Console, signed: &Signed, faults: Faults) -> Result<PasswordPage, Failure> {
    Ok(PasswordPage {
        faults,
        has_password: console.app.has_password(signed.actor.id()).await?,
        email: signed.actor.person.email.clone(),
    })
}

pub(crate) async fn change(
    State(console): State<Console>,
    signed: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let secret = signed.visitor.session.as_deref().unwrap_or_default();
    let (current, given) = (fields.secret("current"), fields.secret("password"));
    let refused = match console.app.change_password(secret, current, given).await {
        Ok(signed_in) => {
            let mut answer = see("/account?done=password-changed");
            answer
                .headers_mut()
                .append(header::SET_COOKIE, session_cookie(&console, &signed_in.secret));
            return Ok(answer);
        }
        Err(Error::Refused(refusal)) => refusal,
        Err(error) => return Err(error.into()),
    };
    let words = &signed.words;
    let mut faults = Faults::default();
    let status = match refused.code {
        // Who one is has to be proven first: a code is owed, or there is no password to ask for.
        Code::Unauthorized => return Ok(see("/prove?back=%2Faccount%2Fpassword")),
        Code::TooManyRequests => {
            faults.add("", wait(words, &refused));
            StatusCode::TOO_MANY_REQUESTS
        }
        _ => {
            faults = Faults::of(words.language, &refused);
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    let view = view(&console, &signed, faults).await?;
    page_with(status, &console, &signed.visitor, words.say("password-title"), &view)
}
