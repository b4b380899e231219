//! What stands around a changing call: version, key, dry run.

use crate::http::{Body, IdempotencyKey, IfMatch, Problem};
use app::{Guard, IdemRequest};
use axum::http::{Method, Uri};

/// The guard of a call. A dry run ignores the key.
pub(crate) fn guard(
    version: &IfMatch,
    key: IdempotencyKey,
    (method, uri): (&Method, &Uri),
    body: Vec<u8>,
    dry_run: bool,
) -> Guard {
    let if_match = match version {
        IfMatch::Absent | IfMatch::Any => None,
        IfMatch::Versions(versions) => Some(
            versions
                .iter()
                .filter_map(|version| i64::try_from(*version).ok())
                .collect(),
        ),
    };
    let idem = key.0.filter(|_| !dry_run).map(|key| IdemRequest {
        key,
        target: format!("{method} {}", uri.path()),
        body,
    });
    Guard {
        if_match,
        idem,
        dry_run,
    }
}

/// The key of a call that no version guards.
pub(crate) fn key<T>(
    key: IdempotencyKey,
    target: (&Method, &Uri),
    body: &Body<T>,
    dry_run: bool,
) -> Option<IdemRequest> {
    guard(&IfMatch::Absent, key, target, body.digest_input(), dry_run).idem
}

/// A version as an `ETag`.
pub(crate) fn tag(version: i64) -> axum::http::HeaderValue {
    crate::http::etag(u64::try_from(version).unwrap_or(0))
}

/// An id of a path; what has not its shape is not there.
pub(crate) fn id<T>(parsed: Option<T>) -> Result<T, Problem> {
    parsed.ok_or_else(Problem::not_found)
}
