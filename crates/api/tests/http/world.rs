//! A small API that uses everything, and a client that asks it.

use api::http::layers::{Settings, fallbacks, not_found, wrap};
use api::http::{Body, DryRun, IdempotencyKey, IfMatch, NoParams, Params, Path, Problem, RequestId, etag};
use axum::Router;
use axum::body::Body as Octets;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Json};
use axum::routing::{get, post, put};
use domain::refusal::{Code, FieldError, Refusal};
use http_body_util::BodyExt;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tower::ServiceExt;
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Expect {
    New,
    Existing,
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct Ship {
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    pub(crate) quantity: Option<i64>,
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(tag = "by", rename_all = "snake_case")]
pub(crate) enum Address {
    Email { email: String },
    Post { lines: Vec<String> },
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Days {
    Number(i64),
    Word(Expect),
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct Notes {
    pub(crate) note: Option<String>,
}

/// All kinds of members.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct Thing {
    #[schema(required, nullable = false)]
    pub(crate) name: Option<String>,
    pub(crate) expect: Option<Expect>,
    pub(crate) quantity: Option<i64>,
    pub(crate) small: Option<u8>,
    pub(crate) ratio: Option<f64>,
    pub(crate) sure: Option<bool>,
    pub(crate) services: Option<Vec<String>>,
    pub(crate) ship: Option<Vec<Ship>>,
    pub(crate) counts: Option<BTreeMap<String, i64>>,
    pub(crate) anything: Option<Value>,
    pub(crate) address: Option<Address>,
    pub(crate) days: Option<Days>,
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) on: Option<jiff::civil::Date>,
    #[serde(rename = "a/b~c")]
    pub(crate) odd: Option<bool>,
    #[serde(flatten)]
    pub(crate) notes: Notes,
}

/// An action that may come without a body.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct Cancel {
    pub(crate) reason: Option<String>,
}

/// An action that knows no members.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct Nothing {}

/// A row of a body that is a list.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct Usage {
    pub(crate) metric: String,
    pub(crate) value: i64,
}

#[derive(Debug, Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    pub(crate) limit: Option<i64>,
    pub(crate) q: Option<String>,
    pub(crate) assigned: Option<bool>,
    pub(crate) status: Option<Vec<String>>,
    #[param(inline)]
    pub(crate) expect: Option<Expect>,
    pub(crate) small: Option<u8>,
}

async fn things(body: Body<Thing>) -> Result<Json<Value>, Problem> {
    let digest = String::from_utf8(body.digest_input()).unwrap();
    let thing = body.finish()?;
    Ok(Json(json!({ "thing": thing, "digest": digest })))
}

#[allow(clippy::result_large_err, reason = "a refusal is as large as the domain made it")]
async fn rules(body: Body<Thing>) -> Result<Json<Thing>, Problem> {
    body.checked(|thing| {
        let mut errors = Vec::new();
        if thing.name.is_none() {
            errors.push(FieldError::new("/name", Code::Required));
        }
        if thing.services.is_none() {
            errors.push(FieldError::new("/services", Code::Required));
        }
        if thing.quantity.is_none_or(|quantity| quantity < 1) {
            errors.push(
                FieldError::new("/quantity", Code::QuantityOutOfRange)
                    .with("min", 1)
                    .with("max", 1000),
            );
        }
        if errors.is_empty() {
            Ok(thing)
        } else {
            Err(Refusal::input(errors))
        }
    })
    .map(Json)
}

async fn cancel(body: Body<Cancel>) -> Result<Json<Cancel>, Problem> {
    body.finish().map(Json)
}

async fn nothing(body: Body<Nothing>) -> Result<Json<Nothing>, Problem> {
    body.finish().map(Json)
}

async fn usage(body: Body<Vec<Usage>>) -> Result<Json<Vec<Usage>>, Problem> {
    body.finish().map(Json)
}

async fn list(Params(filter): Params<Filter>) -> Result<Json<Value>, Problem> {
    let rows = api::http::query::page_size(filter.limit)?;
    Ok(Json(json!({ "rows": rows, "filter": filter })))
}

async fn change(
    Path(id): Path<u64>,
    Params(dry): Params<DryRun>,
    version: IfMatch,
    IdempotencyKey(key): IdempotencyKey,
) -> Result<impl IntoResponse, Problem> {
    version.check(12)?;
    Ok((
        [(header::ETAG, etag(13))],
        Json(json!({ "id": id, "dry": dry.is_dry(), "key": key })),
    ))
}

async fn refused(Path(code): Path<String>, _: Params<NoParams>, _: RequestId) -> Result<(), Problem> {
    let code = Code::ALL
        .iter()
        .find(|known| known.as_str() == code)
        .ok_or_else(Problem::not_found)?;
    let refusal = Refusal::new(*code)
        .with("current_ends_on", "2027-02-14")
        .with("new_ends_on", "2027-03-01");
    Err(refusal.with("status", "converted").with("secret", "s").into())
}

async fn panics() -> Result<(), Problem> {
    panic!("the secret is 42")
}

async fn hangs() -> Result<(), Problem> {
    std::future::pending().await
}

pub(crate) fn counted(octets: &mut [u8]) {
    octets.fill(0xab);
}

pub(crate) fn settings() -> Settings {
    Settings {
        timeout: Duration::from_millis(50),
        ..Settings::new(counted)
    }
}

pub(crate) fn app(settings: &Settings) -> Router {
    let router = Router::new()
        .route("/api/v1/things", post(things))
        .route("/api/v1/rules", post(rules))
        .route("/api/v1/cancel", post(cancel))
        .route("/api/v1/nothing", post(nothing))
        .route("/api/v1/usage", post(usage))
        .route("/api/v1/list", get(list))
        .route(
            "/api/v1/things/{id}",
            put(change).patch(change).delete(change).post(change),
        )
        .route("/api/v1/refused/{code}", get(refused))
        .route("/api/v1/panics", get(panics))
        .route("/api/v1/hangs", get(hangs))
        .merge(api::http::docs::routes());
    wrap(fallbacks(router).fallback(not_found), settings)
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Status, code, and `pointer code` of each error, after checking that it is a whole problem.
    pub(crate) fn problem(&self) -> (u16, String, Vec<String>) {
        let json = self.json();
        let code = json["code"].as_str().unwrap().to_owned();
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(json["type"], format!("/problems/{code}"));
        assert_eq!(json["status"], self.status.as_u16());
        for text in ["title", "detail"] {
            assert!(
                json[text]
                    .as_str()
                    .is_some_and(|text| !text.is_empty() && !text.starts_with("problem-")),
                "{json}"
            );
        }
        let errors = json["errors"].as_array().cloned().unwrap_or_default();
        let error = |error: &Value| {
            assert!(
                error["detail"].as_str().is_some_and(|text| !text.contains('{')),
                "{error}"
            );
            format!(
                "{} {}",
                error["pointer"].as_str().unwrap(),
                error["code"].as_str().unwrap()
            )
        };
        (self.status.as_u16(), code, errors.iter().map(error).collect())
    }
}

pub(crate) async fn ask(app: Router, request: Request<Octets>) -> Answer {
    let (parts, body) = app.oneshot(request).await.unwrap().into_parts();
    let octets = body.collect().await.unwrap().to_bytes();
    Answer {
        status: parts.status,
        headers: parts.headers,
        text: String::from_utf8(octets.to_vec()).unwrap(),
    }
}

pub(crate) async fn send(method: Method, path: &str, headers: &[(&str, &str)], body: impl Into<Octets>) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    ask(app(&settings()), request.body(body.into()).unwrap()).await
}

pub(crate) async fn get_at(path: &str) -> Answer {
    send(Method::GET, path, &[], Octets::empty()).await
}

/// Posts JSON below `/api/v1`.
pub(crate) async fn post_json(path: &str, body: impl Into<Octets>) -> Answer {
    send(
        Method::POST,
        &format!("/api/v1{path}"),
        &[("content-type", "application/json")],
        body,
    )
    .await
}

/// The errors of a body of all kinds of members, with a name unless it has one.
pub(crate) async fn faults(body: &str) -> Vec<String> {
    let answer = post_json("/things", body.to_owned()).await;
    if answer.status == StatusCode::OK {
        return Vec::new();
    }
    let (status, code, errors) = answer.problem();
    assert_eq!((status, code.as_str()), (422, "invalid_input"), "{body}");
    errors
}
