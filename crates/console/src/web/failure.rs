//! What went wrong, on its way to a page: the code travels in the answer's extensions, the layer puts a page on it.

use app::Error;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::refusal::{Code, FieldError, Refusal};
use i18n::{Arg, Language, Problem};
use serde_json::Value;
use store::StoreError;

/// What went wrong.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) refusal: Box<Refusal>,
    /// A form that is not ours, or older than the session.
    pub(crate) forged: bool,
}

impl Failure {
    pub(crate) fn code(code: Code) -> Self {
        Self {
            refusal: Box::new(Refusal::new(code)),
            forged: false,
        }
    }

    pub(crate) fn not_found() -> Self {
        Self::code(Code::NotFound)
    }

    pub(crate) fn internal() -> Self {
        Self::code(Code::Internal)
    }

    pub(crate) fn forged() -> Self {
        Self {
            forged: true,
            ..Self::code(Code::Forbidden)
        }
    }

    /// The HTTP status; what only a header can ask for is a conflict here.
    pub(crate) fn status(&self) -> StatusCode {
        let status = match self.refusal.code.status() {
            412 => 409,
            other => other,
        };
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// From a use case; a fault of ours is logged here, once.
    pub(crate) fn of(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => Self { refusal, forged: false },
            Error::Store(error @ (StoreError::Unavailable(_) | StoreError::Conflict | StoreError::Taken(_))) => {
                tracing::warn!(%error, "a store did not do it");
                Self::code(Code::Unavailable)
            }
            Error::Store(error) => {
                tracing::error!(%error, "a store failed");
                Self::internal()
            }
            Error::Busy => {
                tracing::warn!("too many wait for the same");
                Self::code(Code::Unavailable)
            }
            Error::Internal(error) => {
                tracing::error!(error, "a use case failed");
                Self::internal()
            }
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::of(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::of(error.into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut answer = self.status().into_response();
        answer.extensions_mut().insert(self);
        answer
    }
}

/// A refusal in words, with the values that it carries.
pub(crate) fn said(language: Language, refusal: &Refusal) -> Problem {
    let values: Vec<(&str, Arg)> = refusal
        .extra
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), arg(value)?)))
        .collect();
    i18n::problem(language, refusal.code.as_str(), &values)
}

/// What is wrong with a field, in words.
pub(crate) fn said_of(language: Language, error: &FieldError) -> String {
    let values: Vec<(&str, Arg)> = error
        .values
        .iter()
        .map(|(name, value)| (name.as_str(), Arg::from(value)))
        .collect();
    i18n::problem(language, error.code.as_str(), &values).detail
}

fn arg(value: &Value) -> Option<Arg> {
    match value {
        Value::String(text) => Some(Arg::from(text)),
        Value::Number(number) => number.as_i64().map(Arg::Number),
        _ => None,
    }
}
