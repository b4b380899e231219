//! JSON bodies: what may come in at all, what is wrong with its shape, and what the rules add to that.

use super::check::{Findings, check};
use super::decode::{below, decode};
use super::{Problem, json, shape};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use domain::refusal::{Code, FieldError, Refusal};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Octets of a JSON body, at most.
pub const JSON_LIMIT: usize = 1024 * 1024;

/// Octets of an import, at most.
pub const IMPORT_LIMIT: usize = 10 * 1024 * 1024;

/// What is still read of a body that is refused, so that the answer arrives: a sender who is cut off sees only that.
const DRAIN: usize = 16 * 1024 * 1024;

/// A JSON body of a wire type, with what is wrong with its shape. Members at fault are missing from `value`, so that the
/// rules can look at all others.
#[derive(Clone, Debug)]
pub struct Body<T> {
    /// What could be read.
    pub value: T,
    /// What could not.
    pub shape: Vec<FieldError>,
    /// The body as it came (`{}` where nothing came).
    pub raw: Value,
}

impl<T> Body<T> {
    /// The value, if nothing is wrong with its shape.
    pub fn finish(self) -> Result<T, Problem> {
        if self.shape.is_empty() {
            Ok(self.value)
        } else {
            Err(Refusal::input(self.shape).into())
        }
    }

    /// The value as the rules take it: their findings are answered together with those of the shape, all at once.
    pub fn checked<U>(self, rules: impl FnOnce(T) -> Result<U, Refusal>) -> Result<U, Problem> {
        match rules(self.value) {
            Ok(value) if self.shape.is_empty() => Ok(value),
            Err(refusal) if self.shape.is_empty() => Err(refusal.into()),
            Err(refusal) => Err(Refusal::input(merge(self.shape, refusal.errors)).into()),
            Ok(_) => Err(Refusal::input(self.shape).into()),
        }
    }

    /// What tells this body from another under the same idempotency key.
    pub fn digest_input(&self) -> Vec<u8> {
        canonical_digest_input(&self.raw)
    }
}

/// Both kinds of findings. The rules are not heard about what they were not shown: at or below a fault of the shape, nor
/// when they miss something that holds one.
pub fn merge(shape: Vec<FieldError>, semantic: Vec<FieldError>) -> Vec<FieldError> {
    let missing = |error: &FieldError| matches!(error.code, Code::Required | Code::Empty);
    let heard = |error: &FieldError| {
        let said = |fault: &FieldError| {
            below(&error.pointer, &fault.pointer) || (missing(error) && below(&fault.pointer, &error.pointer))
        };
        !shape.iter().any(said)
    };
    let more: Vec<FieldError> = semantic.into_iter().filter(heard).collect();
    shape.into_iter().chain(more).collect()
}

/// The same octets for the same body, in whatever order and with whatever white space it was written.
pub fn canonical_digest_input(value: &Value) -> Vec<u8> {
    sorted(value).to_string().into_bytes()
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(sorted).collect(),
        Value::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort();
            names
                .into_iter()
                .filter_map(|name| Some((name.clone(), sorted(members.get(name)?))))
                .collect()
        }
        other => other.clone(),
    }
}

impl<S, T> FromRequest<S> for Body<T>
where
    S: Send + Sync,
    T: DeserializeOwned + ToSchema + 'static,
{
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let octets = read(&parts.headers, body, JSON_LIMIT).await?;
        let compiled = shape::of_body::<T>();
        if octets.is_empty() && compiled.allows_empty() {
            return judge(Value::Object(Map::new()), Findings::default(), &compiled);
        }
        if !is_json(&parts.headers) {
            return Err(Problem::new(Code::UnsupportedMediaType));
        }
        let (value, findings) = json::parse(&octets)?;
        if !findings.list.is_empty() {
            return Err(twice(findings));
        }
        judge(value, Findings::default(), &compiled)
    }
}

/// Keys that stand twice: nobody knows which of the two is meant, so nothing else of the body is looked at.
fn twice(findings: Findings) -> Problem {
    Refusal {
        errors: findings.list,
        ..Refusal::new(Code::Malformed)
    }
    .into()
}

fn judge<T: DeserializeOwned>(
    raw: Value,
    mut findings: Findings,
    compiled: &shape::Compiled,
) -> Result<Body<T>, Problem> {
    let mut value = raw.clone();
    let usable = check(compiled, &mut value, "", &mut findings);
    let decoded = if usable { decode(value, "", &mut findings) } else { None };
    match decoded {
        Some(value) => Ok(Body {
            value,
            shape: findings.list,
            raw,
        }),
        None => Err(Refusal::input(findings.list).into()),
    }
}

/// Reads a body of any media type up to a number of octets; compressed ones are refused.
pub async fn read(headers: &HeaderMap, mut body: axum::body::Body, limit: usize) -> Result<Bytes, Problem> {
    let encoded = headers
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .any(|value| !is_identity(value.as_bytes()));
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let mut refused = encoded.then_some(Code::UnsupportedMediaType);
    if announced.is_some_and(|octets| octets > limit) {
        refused = refused.or(Some(Code::TooLarge));
    }
    let (mut kept, mut seen) = (Vec::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Problem::new(Code::Malformed))?.into_data() else {
            continue;
        };
        seen = seen.saturating_add(data.len());
        if seen > limit {
            refused = refused.or(Some(Code::TooLarge));
        }
        match refused {
            None => kept.extend_from_slice(&data),
            Some(_) if seen > DRAIN => break,
            Some(_) => kept = Vec::new(),
        }
    }
    match refused {
        None => Ok(kept.into()),
        Some(Code::TooLarge) => Err(Refusal::new(Code::TooLarge).with("max", limit).into()),
        Some(code) => Err(Problem::new(code)),
    }
}

fn is_identity(encodings: &[u8]) -> bool {
    encodings
        .split(|octet| *octet == b',')
        .all(|name| name.trim_ascii().eq_ignore_ascii_case(b"identity"))
}

/// `application/json` or `application/…+json`, in UTF-8, said once.
fn is_json(headers: &HeaderMap) -> bool {
    is_of(headers, |kind| {
        kind.strip_prefix("application/").is_some_and(|sub| {
            let suffixed = sub.strip_suffix("+json").is_some_and(|name| !name.is_empty());
            sub == "json" || suffixed
        })
    })
}

/// `text/csv`, in UTF-8, said once.
pub(crate) fn is_csv(headers: &HeaderMap) -> bool {
    is_of(headers, |kind| kind == "text/csv")
}

fn is_of(headers: &HeaderMap, named: impl Fn(&str) -> bool) -> bool {
    let mut said = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(value), None) = (said.next(), said.next()) else {
        return false;
    };
    let Ok(value) = value.to_str() else { return false };
    let mut parts = value.split(';').map(|part| part.trim().to_ascii_lowercase());
    named(&parts.next().unwrap_or_default()) && parts.all(|parameter| charset_ok(&parameter))
}

fn charset_ok(parameter: &str) -> bool {
    match parameter.split_once('=') {
        Some((name, value)) if name.trim() == "charset" => {
            matches!(value.trim().trim_matches('"'), "utf-8" | "utf8")
        }
        _ => true,
    }
}
