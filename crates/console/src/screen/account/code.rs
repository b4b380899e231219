//! One-time codes: set up, given new recovery codes, taken away.

use crate::{
    Console,
    frame::{page, page_with},
    part::Faults,
    screen::{prove::Proven, sign_in::wait},
    template::View,
    web::{Failure, Form, see},
};
use app::Error;
use axum::{extract::State, http::StatusCode, response::Response};
use domain::refusal::Code;
use serde::Serialize;

/// The values of `account/code.html`.
#[derive(Serialize)]
pub(crate) struct CodeSetUp {
    pub(crate) faults: Faults,
    pub(crate) key: String,
    pub(crate) picture: String,
}

impl View for CodeSetUp {
    const TEMPLATE: &'static str = "account/code.html";
}

/// The values of `account/code-in-use.html`.
#[derive(Serialize)]
pub(crate) struct CodeInUse {
    pub(crate) spare: i64,
}

impl View for CodeInUse {
    const TEMPLATE: &'static str = "account/code-in-use.html";
}

/// The values of `account/recovery.html`.
#[derive(Serialize)]
pub(crate) struct Recovery {
    pub(crate) codes: Vec<String>,
}

impl View for Recovery {
    const TEMPLATE: &'static str = "account/recovery.html";
}

pub(crate) async fn show(State(console): State<Console>, proven: Proven) -> Result<Response, Failure> {
    let words = &proven.words;
    if console.app.has_codes(proven.actor.id()).await? {
        let left = console.app.recovery_codes_left(proven.actor.id()).await?;
        let spare = i64::try_from(left).unwrap_or(0);
        return page(
            &console,
            &proven.visitor,
            words.say("code-use-title"),
            &CodeInUse { spare },
        );
    }
    let view = set_up(&console, &proven, Faults::default()).await?;
    page(&console, &proven.visitor, words.say("code-set-title"), &view)
}

async fn set_up(console: &Console, proven: &Proven, faults: Faults) -> Result<CodeSetUp, Failure> {
    let secret = proven.visitor.session.as_deref().unwrap_or_default();
    let issuer = i18n::tame(&console.settings.brand.vendor_name);
    let made = console.app.set_up_code(secret, &issuer).await?;
    Ok(CodeSetUp {
        faults,
        key: made.key,
        picture: made.picture,
    })
}

/// Confirms with the first code, renews the recovery codes, or takes codes away.
pub(crate) async fn act(
    State(console): State<Console>,
    proven: Proven,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let secret = proven.visitor.session.as_deref().unwrap_or_default();
    match fields.get("do") {
        Some("remove") => {
            console.app.remove_code(secret).await?;
            Ok(see("/account?done=code-removed"))
        }
        Some("renew") => {
            let codes = console.app.renew_recovery_codes(secret).await?;
            shown(&console, &proven, &codes)
        }
        _ => confirm(&console, &proven, fields.secret("code")).await,
    }
}

async fn confirm(console: &Console, proven: &Proven, code: &str) -> Result<Response, Failure> {
    let secret = proven.visitor.session.as_deref().unwrap_or_default();
    let words = &proven.words;
    let refused = match console.app.confirm_code(secret, code).await {
        Ok(codes) => return shown(console, proven, &codes),
        Err(Error::Refused(refusal)) => refusal,
        Err(error) => return Err(error.into()),
    };
    let mut faults = Faults::default();
    let status = match refused.code {
        // Somebody else of the same browser was faster, or took it back.
        Code::AlreadyDecided | Code::NotFound => return Ok(see("/account/code")),
        Code::TooManyRequests => {
            faults.add("", wait(words, &refused));
            StatusCode::TOO_MANY_REQUESTS
        }
        _ => {
            faults = Faults::of(words.language, &refused);
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    let view = set_up(console, proven, faults).await?;
    page_with(status, console, &proven.visitor, words.say("code-set-title"), &view)
}

fn shown(console: &Console, proven: &Proven, codes: &[String]) -> Result<Response, Failure> {
    let title = proven.words.say("recovery-title");
    let codes = codes.iter().map(|code| grouped(code)).collect();
    page(console, &proven.visitor, title, &Recovery { codes })
}

/// In groups of four, so that they can be copied by hand.
fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}
