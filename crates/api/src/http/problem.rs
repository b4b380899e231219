//! RFC 9457: what went wrong, for a program (`code`) and for a person (`title`, `detail`, in the person's language).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::refusal::{Code, FieldError, Refusal};
use i18n::{Arg, Language};
use serde_json::{Map, Value, json};
use std::future::Future;

tokio::task_local! {
    static LANGUAGE: Language;
}

/// Values that are lists: texts name them as one, programs get them as an array.
const LISTS: [&str; 2] = ["allowed", "known"];

/// Members by the names that texts know them under.
const ALSO: [(&str, &str); 3] = [("parameter", "value"), ("header", "value"), ("new_ends_on", "date")];

/// Seconds after which it is worth to try again, when nobody knows better.
const AFTER_TOO_MANY: u32 = 30;
const AFTER_UNAVAILABLE: u32 = 5;

/// A refusal on its way out.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What the rules said.
    pub refusal: Box<Refusal>,
    /// Seconds, for `Retry-After` of 429 and 503.
    pub retry_after: Option<u32>,
}

/// Left in the answer's extensions, for whoever logs or measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered(pub Code);

impl Problem {
    /// A problem by its code alone.
    pub fn new(code: Code) -> Self {
        Refusal::new(code).into()
    }

    /// What is not there, and what one may not see.
    pub fn not_found() -> Self {
        Self::new(Code::NotFound)
    }

    /// Our fault. Whoever maps the error logs it; the answer says nothing about it.
    pub fn internal() -> Self {
        Self::new(Code::Internal)
    }

    /// A header that cannot be read.
    pub fn header(name: &'static str) -> Self {
        Refusal::new(Code::InvalidHeader).with("header", name).into()
    }

    /// The same with the seconds after which to come again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The code that clients branch on.
    pub fn code(&self) -> Code {
        self.refusal.code
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.refusal.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The members of the answer, in a language. No extra member stands in for one of the problem's own.
    pub fn members(&self, language: Language) -> Map<String, Value> {
        if self.code() == Code::Internal && !self.is_bare() {
            return Self::internal().members(language);
        }
        let refusal = &*self.refusal;
        let words = i18n::problem(language, refusal.code.as_str(), &self.args(language));
        let mut members = Map::new();
        let mut put = |name: &str, value: Value| {
            members.entry(name).or_insert(value);
        };
        put("type", json!(format!("/problems/{}", refusal.code.as_str())));
        put("title", json!(words.title));
        put("status", json!(self.status().as_u16()));
        put("detail", json!(words.detail));
        put("code", json!(refusal.code.as_str()));
        if !refusal.errors.is_empty() {
            let errors = refusal.errors.iter().map(|error| field(language, error));
            put("errors", errors.collect());
        }
        if !refusal.services.is_empty() {
            put("services", json!(refusal.services));
        }
        for (name, value) in &refusal.extra {
            put(name, value.clone());
        }
        members
    }

    fn is_bare(&self) -> bool {
        self.refusal.errors.is_empty() && self.refusal.services.is_empty() && self.refusal.extra.is_empty()
    }

    /// What the text may place: the members, and the services by name.
    fn args(&self, language: Language) -> Vec<(&str, Arg)> {
        let mut args = Vec::new();
        for (name, value) in &self.refusal.extra {
            let Some(arg) = arg(language, value) else { continue };
            let also = ALSO.iter().find(|(member, _)| member == name);
            args.extend(also.map(|(_, place)| (*place, arg.clone())));
            args.push((name.as_str(), arg));
        }
        let services: Vec<String> = self
            .refusal
            .services
            .iter()
            .map(|reason| i18n::tame(&reason.service))
            .collect();
        if !services.is_empty() {
            args.push(("services", Arg::Text(i18n::list(language, &services))));
        }
        args
    }

    fn seconds(&self) -> Option<u32> {
        match self.status() {
            StatusCode::TOO_MANY_REQUESTS => Some(self.retry_after.unwrap_or(AFTER_TOO_MANY)),
            StatusCode::SERVICE_UNAVAILABLE => Some(self.retry_after.unwrap_or(AFTER_UNAVAILABLE)),
            _ => self.retry_after,
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self {
            refusal: Box::new(refusal),
            retry_after: None,
        }
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let language = language();
        let text = Value::Object(self.members(language)).to_string();
        let mut answer = (self.status(), text).into_response();
        let headers = answer.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.as_str()));
        headers.append(header::VARY, HeaderValue::from_static("accept-language"));
        if let Some(seconds) = self.seconds() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status() == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        answer.extensions_mut().insert(Answered(self.refusal.code));
        answer
    }
}

/// The language of the request that is being answered; English outside of [`speaking`].
pub fn language() -> Language {
    LANGUAGE.try_with(|language| *language).unwrap_or_default()
}

/// Lets the problems of a future speak a language.
pub async fn speaking<F: Future>(language: Language, answer: F) -> F::Output {
    LANGUAGE.scope(language, answer).await
}

/// The sentence of a code with its values, in the language of the request.
pub fn words(code: &str, values: &[(String, String)]) -> String {
    let language = language();
    let values: Vec<(&str, Value)> = values
        .iter()
        .map(|(name, value)| (name.as_str(), typed(name, value)))
        .collect();
    let args: Vec<(&str, Arg)> = values
        .iter()
        .filter_map(|(name, value)| Some((*name, arg(language, value)?)))
        .collect();
    i18n::problem(language, code, &args).detail
}

/// One element of `errors`, with its values as members: a program need not read them out of the text.
fn field(language: Language, error: &FieldError) -> Value {
    let values: Vec<(&str, Value)> = error
        .values
        .iter()
        .map(|(name, value)| (name.as_str(), typed(name, value)))
        .collect();
    let args: Vec<(&str, Arg)> = values
        .iter()
        .filter_map(|(name, value)| Some((*name, arg(language, value)?)))
        .collect();
    let mut members = Map::new();
    members.insert("pointer".to_owned(), json!(error.pointer));
    members.insert("code".to_owned(), json!(error.code.as_str()));
    members.insert(
        "detail".to_owned(),
        json!(i18n::problem(language, error.code.as_str(), &args).detail),
    );
    for (name, value) in values {
        members.entry(name).or_insert(value);
    }
    Value::Object(members)
}

/// Values come as text; numbers and lists are made what they are again.
fn typed(name: &str, value: &str) -> Value {
    if LISTS.contains(&name) {
        return value
            .split(", ")
            .filter(|item| !item.is_empty())
            .map(number_or_text)
            .collect();
    }
    number_or_text(value)
}

fn number_or_text(value: &str) -> Value {
    // A phone number is none to count with.
    let number = value.parse::<i64>().ok().filter(|_| !value.starts_with('+'));
    number.map_or_else(|| json!(value), Value::from)
}

/// A value as its message shows it: a civil day in words, a list as one, numbers for plurals.
fn arg(language: Language, value: &Value) -> Option<Arg> {
    match value {
        Value::Number(number) => number.as_i64().map(Arg::Number),
        Value::String(text) => Some(match text.parse::<jiff::civil::Date>() {
            Ok(day) if text.len() == 10 => Arg::Text(i18n::date(language, day)),
            _ => Arg::from(text),
        }),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(word).collect();
            Some(Arg::Text(i18n::list(language, &items)))
        }
        Value::Null | Value::Bool(_) | Value::Object(_) => None,
    }
}

fn word(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(i18n::tame(text)),
        _ => None,
    }
}
