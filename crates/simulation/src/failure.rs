//! Why a run went wrong: an invariant that did not hold, or a simulation that could not go on.

use std::fmt;

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Which invariant.
    pub invariant: String,
    /// What was seen.
    pub what: String,
}

impl Failure {
    pub(crate) fn of(invariant: &str, what: impl fmt::Display) -> Self {
        Self {
            invariant: invariant.to_owned(),
            what: what.to_string(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.invariant, self.what)
    }
}

impl std::error::Error for Failure {}

impl From<store::StoreError> for Failure {
    fn from(error: store::StoreError) -> Self {
        Self::of("the stores answer", error)
    }
}

impl From<app::Error> for Failure {
    fn from(error: app::Error) -> Self {
        Self::of("the application answers", error)
    }
}
