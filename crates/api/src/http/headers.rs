//! Headers that carry meaning: versions, idempotency keys, the language, the id of the request.

use super::Problem;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use domain::refusal::{Code, Refusal};
use i18n::Language;
use std::convert::Infallible;

/// Where a client names an attempt, so that trying again is safe.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Where a request says its id, and is told it.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The version that a change is based on. Taken as `IfMatch` it must be there on PUT, PATCH and DELETE (428).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IfMatch {
    /// Not said, which only POST may do.
    Absent,
    /// `*`: whichever version there is.
    Any,
    /// One of these. Tags that were never ours match nothing and are left out.
    Versions(Vec<u64>),
}

impl IfMatch {
    /// Whether the change may be made to this version.
    pub fn allows(&self, version: u64) -> bool {
        match self {
            IfMatch::Absent | IfMatch::Any => true,
            IfMatch::Versions(versions) => versions.contains(&version),
        }
    }

    /// 412 unless the change may be made to this version.
    pub fn check(&self, version: u64) -> Result<(), Problem> {
        if self.allows(version) {
            return Ok(());
        }
        Err(Refusal::new(Code::VersionConflict).with("version", version).into())
    }

    /// The one version that was named, for a store that compares it itself. With several named: use [`IfMatch::check`].
    pub fn exact(&self) -> Option<u64> {
        match self {
            IfMatch::Versions(versions) if versions.len() == 1 => versions.first().copied(),
            _ => None,
        }
    }

    fn read(headers: &HeaderMap) -> Result<Self, Problem> {
        let lines: Vec<&HeaderValue> = headers.get_all(header::IF_MATCH).iter().collect();
        if lines.is_empty() {
            return Ok(IfMatch::Absent);
        }
        let texts: Option<Vec<&str>> = lines.into_iter().map(|line| line.to_str().ok()).collect();
        texts
            .and_then(|texts| parse_tags(&texts.join(",")))
            .ok_or_else(|| Problem::header("If-Match"))
    }
}

/// RFC 9110: `*`, or tags in quotes with commas between; `W/` in front of one is not minded.
fn parse_tags(text: &str) -> Option<IfMatch> {
    let mut rest = text.trim();
    if rest == "*" {
        return Some(IfMatch::Any);
    }
    let (mut versions, mut tags) = (Vec::new(), 0);
    while !rest.is_empty() {
        if let Some(next) = rest.strip_prefix(',') {
            rest = next.trim_start();
            continue;
        }
        let (tag, next) = rest
            .strip_prefix("W/")
            .unwrap_or(rest)
            .strip_prefix('"')?
            .split_once('"')?;
        if !tag.bytes().all(|octet| octet == 0x21 || (0x23..=0x7e).contains(&octet)) {
            return None;
        }
        tags += 1;
        versions.extend(version(tag));
        rest = next.trim_start();
        if !rest.is_empty() && !rest.starts_with(',') {
            return None;
        }
    }
    (tags > 0).then_some(IfMatch::Versions(versions))
}

/// Only as we write it: no sign, no zeros in front.
fn version(tag: &str) -> Option<u64> {
    tag.parse::<u64>().ok().filter(|version| version.to_string() == tag)
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let found = IfMatch::read(&parts.headers)?;
        let needed = [Method::PUT, Method::PATCH, Method::DELETE].contains(&parts.method);
        if needed && found == IfMatch::Absent {
            return Err(Refusal::new(Code::PreconditionRequired)
                .with("header", "If-Match")
                .into());
        }
        Ok(found)
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    /// For the rare PUT that may also make something new: never 428.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Problem> {
        Ok(Some(IfMatch::read(&parts.headers)?).filter(|found| *found != IfMatch::Absent))
    }
}

/// The `ETag` of a version.
pub fn etag(version: u64) -> HeaderValue {
    HeaderValue::try_from(format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// The key under which an attempt may be repeated, if the client gave one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(pub Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let mut said = parts.headers.get_all(&IDEMPOTENCY_KEY).iter();
        let Some(value) = said.next() else {
            return Ok(Self(None));
        };
        let octets = value.as_bytes();
        let printable = octets.iter().all(|octet| octet.is_ascii_graphic() || *octet == b' ');
        let visible = printable && octets.trim_ascii() == octets && (1..=255).contains(&octets.len());
        match value.to_str() {
            Ok(key) if visible && said.next().is_none() => Ok(Self(Some(key.to_owned()))),
            _ => Err(Problem::header("Idempotency-Key")),
        }
    }
}

/// The language that the client reads best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientLanguage(pub Language);

impl ClientLanguage {
    /// By `Accept-Language`.
    pub fn of(headers: &HeaderMap) -> Self {
        let lines: Vec<&str> = headers
            .get_all(header::ACCEPT_LANGUAGE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .collect();
        Self(Language::from_accept_language(&lines.join(",")))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ClientLanguage {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

/// The id of the request: the client's own, or one that was made. [`super::layers::wrap`] sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub String);

impl RequestId {
    /// The client's, if it can safely be written into logs and headers.
    pub fn given(headers: &HeaderMap) -> Option<Self> {
        let mut said = headers.get_all(&X_REQUEST_ID).iter();
        let (Some(value), None) = (said.next(), said.next()) else {
            return None;
        };
        let fine = |octet: u8| octet.is_ascii_alphanumeric() || b"._-".contains(&octet);
        let text = value.to_str().ok()?;
        ((1..=128).contains(&text.len()) && text.bytes().all(fine)).then(|| Self(text.to_owned()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for RequestId {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(Problem::internal)
    }
}
