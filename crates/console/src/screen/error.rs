//! What went wrong, with a reference and a way out.

use crate::{
    Console,
    frame::page_with,
    template::View,
    web::{Failure, Visitor, said},
};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use domain::refusal::Code;
use serde::Serialize;

/// The values of `error.html`.
#[derive(Serialize)]
pub(crate) struct ErrorPage {
    pub(crate) status: u16,
    pub(crate) icon: &'static str,
    pub(crate) title: String,
    pub(crate) detail: String,
    /// ORG-1: the partner's certification has ended.
    pub(crate) lapsed: bool,
    /// Trying again may help.
    pub(crate) again: Option<String>,
}

impl View for ErrorPage {
    const TEMPLATE: &'static str = "error.html";
}

pub(crate) fn page(console: &Console, visitor: &Visitor, failure: &Failure) -> Response {
    let (status, code) = (failure.status(), failure.refusal.code);
    let words = visitor.words();
    let known = ["not-found", "role-required", "not-certified", "forged"];
    let key = if failure.forged {
        "forged".to_owned()
    } else {
        code.as_str().replace('_', "-")
    };
    let problem = if known.contains(&key.as_str()) {
        let text = |part: &str| words.say(&format!("error-{key}.{part}"));
        (text("title"), text("detail"))
    } else {
        let problem = said(visitor.language, &failure.refusal);
        (problem.title, problem.detail)
    };
    let again = matches!(
        code,
        Code::Unavailable | Code::Internal | Code::TooManyRequests | Code::VersionConflict
    );
    let view = ErrorPage {
        status: status.as_u16(),
        icon: if code == Code::NotFound { "search" } else { "alert" },
        title: problem.0.clone(),
        detail: problem.1,
        lapsed: code == Code::NotCertified,
        again: (again || failure.forged)
            .then(|| visitor.here.clone())
            .filter(|here| !here.is_empty()),
    };
    match page_with(status, console, visitor, problem.0, &view) {
        Ok(mut answer) => {
            if code == Code::Unavailable {
                answer
                    .headers_mut()
                    .insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            }
            answer
        }
        // Even the page about it fails: the bare words.
        Err(_) => (status, format!("{} ({})", view.title, visitor.request)).into_response(),
    }
}
