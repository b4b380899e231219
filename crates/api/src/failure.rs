//! From what a use case says to what a client reads; a fault of ours is logged here, once.

use crate::http::Problem;
use app::Error;
use domain::refusal::Code;
use store::StoreError;

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(mut refusal) => {
                let wait = refusal.extra.remove("retry_after").and_then(|seconds| seconds.as_u64());
                let problem = Problem::from(*refusal);
                match wait.and_then(|seconds| u32::try_from(seconds).ok()) {
                    Some(seconds) => problem.retry_after(seconds),
                    None => problem,
                }
            }
            Error::Store(error @ (StoreError::Unavailable(_) | StoreError::Conflict | StoreError::Taken(_))) => {
                tracing::warn!(%error, "a store did not do it");
                Problem::new(Code::Unavailable)
            }
            Error::Store(error) => {
                tracing::error!(%error, "a store failed");
                Problem::internal()
            }
            Error::Busy => {
                tracing::warn!("too many wait for the same");
                Problem::new(Code::Unavailable)
            }
            Error::Internal(error) => {
                tracing::error!(error, "a use case failed");
                Problem::internal()
            }
        }
    }
}
