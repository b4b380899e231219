//! Step-up: who one is, asked once more before an act of weight.

use super::sign_in::wait;
use crate::{
    Console,
    frame::{page, page_with},
    part::Faults,
    template::View,
    web::{Failure, Form, Query, Signed, Visitor, encoded, local, see, session_cookie, signed_out},
    words::Words,
};
use app::{Actor, Error, Provable, session::SignedIn};
use axum::{
    extract::{FromRequestParts, State},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use domain::refusal::Code;
use serde::Serialize;
use std::sync::Arc;

/// Somebody signed in who has just proven who he is; others prove it first and come back to the same address. For pages
/// whose form is posted to their own address.
#[derive(Clone, Debug)]
pub(crate) struct Proven {
    pub(crate) visitor: Visitor,
    pub(crate) actor: Arc<Actor>,
    pub(crate) words: Words,
}

impl FromRequestParts<Console> for Proven {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, console: &Console) -> Result<Self, Response> {
        let Signed { visitor, actor, words } = Signed::from_request_parts(parts, console).await?;
        let needs = console.app.needs_proof(visitor.session.as_deref().unwrap_or_default());
        match needs.await {
            Ok(false) => Ok(Self { visitor, actor, words }),
            Ok(true) => Err(see(&format!("/prove?back={}", encoded(&visitor.here)))),
            Err(error) => Err(Failure::of(error).into_response()),
        }
    }
}

impl From<Proven> for Signed {
    fn from(proven: Proven) -> Self {
        let Proven { visitor, actor, words } = proven;
        Self { visitor, actor, words }
    }
}

/// For forms whose page has another address: where to prove who one is first, and come back to that page.
pub(crate) async fn first(console: &Console, visitor: &Visitor, page: &str) -> Result<Option<Response>, Failure> {
    let needs = console.app.needs_proof(visitor.session.as_deref().unwrap_or_default());
    let needs = needs.await?;
    Ok(needs.then(|| see(&format!("/prove?back={}", encoded(page)))))
}

/// The values of `prove.html`.
#[derive(Serialize)]
pub(crate) struct Prove {
    pub(crate) faults: Faults,
    pub(crate) back: String,
    pub(crate) password: bool,
    pub(crate) code: bool,
    pub(crate) passkey: bool,
}

impl View for Prove {
    const TEMPLATE: &'static str = "prove.html";
}

fn asked(by: Provable, faults: Faults, back: String) -> Prove {
    Prove {
        faults,
        back,
        password: by.password,
        code: by.password && by.code,
        passkey: by.passkey,
    }
}

pub(crate) async fn show(
    State(console): State<Console>,
    Signed { visitor, words, .. }: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    let by = console
        .app
        .provable(visitor.session.as_deref().unwrap_or_default())
        .await?;
    let view = asked(by, Faults::default(), local(query.get("back")));
    page(&console, &visitor, words.say("prove-title"), &view)
}

pub(crate) async fn prove(
    State(console): State<Console>,
    Signed { visitor, words, .. }: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let back = local(fields.get("back"));
    let secret = visitor.session.as_deref().unwrap_or_default();
    let (password, code) = (fields.secret("password"), fields.secret("code"));
    let proven = console.app.prove(secret, password, code).await;
    went_on(&console, &visitor, &words, back, proven).await
}

pub(crate) async fn by_passkey(
    State(console): State<Console>,
    Signed { visitor, words, actor }: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let back = local(fields.get("back"));
    let secret = visitor.session.as_deref().unwrap_or_default();
    let given = fields.get("credential").unwrap_or_default();
    let proven = console
        .app
        .prove_with_passkey(&actor, secret, &visitor.csrf, given)
        .await;
    went_on(&console, &visitor, &words, back, proven).await
}

/// Back to where one wanted to go, or the page again with what was wrong.
async fn went_on(
    console: &Console,
    visitor: &Visitor,
    words: &Words,
    back: String,
    proven: Result<SignedIn, Error>,
) -> Result<Response, Failure> {
    let secret = visitor.session.as_deref().unwrap_or_default();
    let refused = match proven {
        Ok(signed_in) => {
            let mut answer = see(&back);
            answer
                .headers_mut()
                .append(header::SET_COOKIE, session_cookie(console, &signed_in.secret));
            return Ok(answer);
        }
        Err(Error::Refused(refusal)) => refusal,
        Err(error) => return Err(error.into()),
    };
    let mut faults = Faults::default();
    let status = match refused.code {
        Code::Unauthorized => return Ok(see(&format!("/sign-in?back={}", encoded(&back)))),
        Code::TooManyRequests => {
            faults.add("", wait(words, &refused));
            StatusCode::TOO_MANY_REQUESTS
        }
        _ => {
            faults = Faults::of(words.language, &refused);
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    let by = console.app.provable(secret).await?;
    let view = asked(by, faults, back);
    page_with(status, console, visitor, words.say("prove-title"), &view)
}

/// Signs out, to sign in again in whatever way: for those who have nothing that could be asked here.
pub(crate) async fn again(
    State(console): State<Console>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    if let Some(secret) = &visitor.session {
        console.app.sign_out(secret).await?;
    }
    let back = local(fields.get("back"));
    let mut answer = see(&format!("/sign-in?back={}", encoded(&back)));
    signed_out(&console, answer.headers_mut());
    Ok(answer)
}
