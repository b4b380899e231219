//! Why a use case did not do it.

use domain::refusal::{Code, FieldError, Refusal};
use store::StoreError;

/// What a use case answers instead of doing it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rules, or the one who asks, are the reason; the caller is told everything.
    #[error("refused: {}", .0.code.as_str())]
    Refused(Box<Refusal>),
    /// A store is the reason; the caller is told to try again, the operator why.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Too many wait for the same costly work; the caller is told to try again.
    #[error("too many wait")]
    Busy,
    /// A fault of ours; the operator is told.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// A refusal by its code.
    pub fn code(code: Code) -> Self {
        Refusal::new(code).into()
    }

    /// What one may not see is not there.
    pub fn not_found() -> Self {
        Self::code(Code::NotFound)
    }

    /// Wrong input in one field.
    pub fn field(pointer: &str, code: Code) -> Self {
        Refusal::field(pointer, code).into()
    }

    /// Whether an idempotency key keeps it: refusals decided by a rule.
    pub(crate) fn is_kept(&self) -> Option<&Refusal> {
        match self {
            Error::Refused(refusal) => {
                let status = refusal.code.status();
                let of_the_key = [Code::IdempotencyInProgress, Code::IdempotencyKeyReused].contains(&refusal.code);
                // REG-2: candidates are customers of any region, and an answer lies in one.
                let of_regions = refusal.code == Code::NoExactMatch;
                ((status == 409 || status == 422) && !of_the_key && !of_regions).then_some(refusal)
            }
            Error::Store(_) | Error::Busy | Error::Internal(_) => None,
        }
    }

    /// Whether reading again and deciding anew may help.
    pub(crate) fn is_race(&self) -> bool {
        matches!(self, Error::Store(StoreError::Conflict | StoreError::Taken(_)))
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<Vec<FieldError>> for Error {
    fn from(errors: Vec<FieldError>) -> Self {
        Refusal::input(errors).into()
    }
}
