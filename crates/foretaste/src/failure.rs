//! Why a command did not do it, in words for the operator.

use domain::refusal::Refusal;
use i18n::{Arg, Language};
use std::fmt;

/// A failure: one or several lines, without secrets.
#[derive(Debug)]
pub(crate) struct Failure(String);

/// What a command gives.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// What was tried, and what the system says.
    pub(crate) fn of(what: impl fmt::Display, error: impl fmt::Display) -> Self {
        Self(format!("{what}: {error}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl From<app::Error> for Failure {
    fn from(error: app::Error) -> Self {
        match error {
            app::Error::Refused(refusal) => Self(refused(&refusal)),
            other => Self(other.to_string()),
        }
    }
}

impl From<store::StoreError> for Failure {
    fn from(error: store::StoreError) -> Self {
        Self(error.to_string())
    }
}

/// The sentences that the API would answer, each wrong field on its own line.
fn refused(refusal: &Refusal) -> String {
    let sentence = |code: &str, values: &[(&str, Arg)]| i18n::problem(Language::En, code, values).detail;
    if refusal.errors.is_empty() {
        return sentence(refusal.code.as_str(), &[]);
    }
    let lines = refusal.errors.iter().map(|error| {
        let field = error.pointer.trim_start_matches('/');
        let values: Vec<(&str, Arg)> = error
            .values
            .iter()
            .map(|(name, value)| (name.as_str(), value.into()))
            .collect();
        format!("{field}: {}", sentence(error.code.as_str(), &values))
    });
    lines.collect::<Vec<_>>().join("\n")
}
