//! What stands around a changing call: version, key, dry run.

use crate::{
    Api,
    caller::Caller,
    http::{Body, DryRun, IdempotencyKey, IfMatch, Params, Problem, body},
    trial::location,
};
use app::{Actor, Guard, IdemRequest};
use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, FromRequestParts as _, Request},
    http::{Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use domain::refusal::Code;
use serde::{Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

/// A changing call: who calls, what stands around it, and its body.
pub(crate) struct Call<T> {
    pub(crate) actor: Actor,
    pub(crate) guard: Guard,
    pub(crate) body: Body<T>,
}

impl<T: DeserializeOwned + ToSchema + 'static> FromRequest<Api> for Call<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let Caller(actor) = Caller::from_request_parts(&mut parts, api).await?;
        let Params(dry) = Params::<DryRun>::from_request_parts(&mut parts, api).await?;
        let version = IfMatch::from_request_parts(&mut parts, api).await?;
        // A key belongs to a POST; elsewhere the version guards.
        let given = match parts.method {
            Method::POST => IdempotencyKey::from_request_parts(&mut parts, api).await?,
            _ => IdempotencyKey(None),
        };
        let (method, uri) = (parts.method.clone(), parts.uri.clone());
        let body = Body::<T>::from_request(Request::from_parts(parts, body), api).await?;
        let guard = guard(&version, given, (&method, &uri), body.digest_input(), dry.is_dry());
        Ok(Self { actor, guard, body })
    }
}

/// A file that is sent: who sends it, what stands around it, and the file, or why it cannot be read.
pub(crate) struct Upload {
    pub(crate) actor: Actor,
    pub(crate) guard: Guard,
    pub(crate) octets: Result<Bytes, Problem>,
}

impl FromRequest<Api> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let Caller(actor) = Caller::from_request_parts(&mut parts, api).await?;
        let Params(dry) = Params::<DryRun>::from_request_parts(&mut parts, api).await?;
        let key = IdempotencyKey::from_request_parts(&mut parts, api).await?;
        let read = body::read(&parts.headers, body, body::IMPORT_LIMIT).await;
        let octets = match (body::is_csv(&parts.headers), read) {
            (true, octets) => octets,
            (false, Err(problem)) => Err(problem),
            (false, Ok(_)) => Err(Problem::new(Code::UnsupportedMediaType)),
        };
        // Needed only under a key: a file is large.
        let keyed = key.0.is_some() && !dry.is_dry();
        let kept = octets.as_ref().ok().filter(|_| keyed);
        let kept = kept.map(|octets| octets.to_vec()).unwrap_or_default();
        let guard = guard(&IfMatch::Absent, key, (&parts.method, &parts.uri), kept, dry.is_dry());
        Ok(Self { actor, guard, octets })
    }
}

/// The guard of a call. A dry run ignores the key.
fn guard(
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

/// An answer with its version.
pub(crate) struct Tagged<T>(pub(crate) i64, pub(crate) T);

impl<T: Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        ([(header::ETAG, tag(self.0))], Json(self.1)).into_response()
    }
}

/// What there is now, under which path; a dry run only shows it.
pub(crate) fn created<T: Serialize>(
    guard: &Guard,
    (path, id): (&str, Option<String>),
    Tagged(version, made): Tagged<T>,
) -> Response {
    if guard.dry_run {
        return Json(made).into_response();
    }
    let headers = [
        (header::LOCATION, location(path, id.as_deref())),
        (header::ETAG, tag(version)),
    ];
    (StatusCode::CREATED, headers, Json(made)).into_response()
}
