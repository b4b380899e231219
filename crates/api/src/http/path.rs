//! Parameters of the path.

use super::Problem;
use axum::extract::FromRequestParts;
use axum::extract::rejection::PathRejection;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

/// Like axum's own, but what cannot be read is not found: exactly the answer for an unknown id.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

impl<S, T> FromRequestParts<S> for Path<T>
where
    S: Send + Sync,
    T: DeserializeOwned + Send,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let found = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        found.map(|path| Self(path.0)).map_err(|rejection| match rejection {
            // The route has no such part: our fault, not the client's.
            PathRejection::MissingPathParams(_) => Problem::internal(),
            _ => Problem::not_found(),
        })
    }
}
