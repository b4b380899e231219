//! SEC-2: signing in through one's own company, and how a company sets that up.

pub(crate) mod enter;
pub(crate) mod settings;

use axum::http::StatusCode;
use domain::refusal::Refusal;

/// The status of a page that shows a refusal.
pub(crate) fn status_of(refusal: &Refusal) -> StatusCode {
    match refusal.code.status() {
        412 => StatusCode::CONFLICT,
        status => StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY),
    }
}
