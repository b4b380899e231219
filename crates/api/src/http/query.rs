//! Parameters of the query: known ones, once each, of their type.

use super::Problem;
use super::check::{Findings, check};
use super::decode::decode;
use super::shape::{self, Compiled, Record, Shape};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::refusal::{Code, FieldError, Refusal};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};
use utoipa::IntoParams;

/// Rows of a page when nobody says how many.
const LIMIT: u32 = 50;
const MOST: u32 = 200;

/// The parameters of a query, as a flat struct that derives `Deserialize` and `IntoParams`. It needs
/// `#[into_params(parameter_in = Query)]`, or else the documentation takes them for parts of the path. Members that are
/// lists may be repeated. An enum needs `#[param(inline)]`, so that its words are known here.
#[derive(Clone, Copy, Debug)]
pub struct Params<T>(pub T);

/// No parameters: any is refused.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NoParams {}

/// The parameter of every changing call.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DryRun {
    /// Check everything, write nothing, and answer with the resource as it would be.
    pub dry_run: Option<bool>,
}

impl DryRun {
    /// Whether nothing shall be written.
    pub fn is_dry(self) -> bool {
        self.dry_run.unwrap_or(false)
    }
}

impl<S, T> FromRequestParts<S> for Params<T>
where
    S: Send + Sync,
    T: DeserializeOwned + IntoParams + 'static,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let compiled = shape::of_params::<T>();
        let Shape::Record(record) = &compiled.root else {
            return Err(Problem::internal());
        };
        let pairs = pairs(parts.uri.query().unwrap_or_default())?;
        let mut value = Value::Object(gather(pairs, record, &compiled)?);
        let mut findings = Findings::default();
        check(&compiled, &mut value, "/query", &mut findings);
        match decode(value, "/query", &mut findings) {
            Some(value) if findings.list.is_empty() => Ok(Self(value)),
            _ => Err(Refusal::input(findings.list).into()),
        }
    }
}

/// The number of rows of a page, as text: 50 unless said, 1 to 200.
pub fn limit(said: Option<&str>) -> Result<u32, Problem> {
    match said {
        None => Ok(LIMIT),
        Some(text) => rows(text.parse().unwrap_or_default()),
    }
}

/// The same for a parameter that was declared as a number.
pub fn page_size(said: Option<i64>) -> Result<u32, Problem> {
    said.map_or(Ok(LIMIT), rows)
}

fn rows(said: i64) -> Result<u32, Problem> {
    let within = u32::try_from(said).ok().filter(|rows| (1..=MOST).contains(rows));
    within.ok_or_else(|| {
        let error = FieldError::new("/query/limit", Code::OutOfRange)
            .with("min", 1)
            .with("max", MOST);
        Refusal::input(vec![error]).into()
    })
}

/// Values by name, each read as its parameter wants it.
fn gather(pairs: Vec<(String, String)>, record: &Record, compiled: &Compiled) -> Result<Map<String, Value>, Problem> {
    let mut members = Map::new();
    for (name, text) in pairs {
        let Some(shape) = record.members.get(&name) else {
            return Err(unknown(&name, record));
        };
        match (list_of(shape, compiled), members.get_mut(&name)) {
            (Some(inner), Some(Value::Array(items))) => items.push(typed(inner, compiled, text)),
            (Some(inner), _) => {
                members.insert(name, Value::Array(vec![typed(inner, compiled, text)]));
            }
            (None, Some(_)) => return Err(Refusal::new(Code::Malformed).with("parameter", name).into()),
            (None, None) => {
                let value = typed(shape, compiled, text);
                members.insert(name, value);
            }
        }
    }
    Ok(members)
}

fn unknown(name: &str, record: &Record) -> Problem {
    let known: Vec<&str> = record.members.keys().map(String::as_str).collect();
    let name: String = name.chars().take(100).collect();
    Refusal::new(Code::UnknownParameter)
        .with("parameter", name)
        .with("known", known)
        .into()
}

fn list_of<'c>(shape: &'c Shape, compiled: &'c Compiled) -> Option<&'c Shape> {
    match compiled.resolve(shape) {
        Shape::List(inner) => Some(inner),
        Shape::OneOf(shapes) => shapes.iter().find_map(|shape| list_of(shape, compiled)),
        _ => None,
    }
}

/// What cannot be read stays a text, which the check then finds to be of the wrong type.
fn typed(shape: &Shape, compiled: &Compiled, text: String) -> Value {
    let read = match compiled.resolve(shape) {
        Shape::Bool => text.parse::<bool>().ok().map(Value::Bool),
        Shape::Integer => text.parse::<i64>().ok().map(Value::from),
        Shape::Number => text.parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number),
        Shape::OneOf(shapes) => match shapes.iter().find(|shape| **shape != Shape::Null) {
            Some(first) => return typed(first, compiled, text),
            None => None,
        },
        _ => None,
    };
    read.unwrap_or(Value::String(text))
}

fn pairs(query: &str) -> Result<Vec<(String, String)>, Problem> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        Some((unescape(name)?, unescape(value)?))
    };
    parts
        .map(pair)
        .collect::<Option<_>>()
        .ok_or_else(|| Problem::new(Code::Malformed))
}

/// `+` and `%XX`; `None` for half escapes and for what is not UTF-8.
fn unescape(text: &str) -> Option<String> {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(octet) = rest.next() {
        octets.push(match octet {
            b'+' => b' ',
            b'%' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(octets).ok()
}

fn hex(octet: u8) -> Option<u8> {
    char::from(octet)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}
