//! What surrounds every handler of the API, and what answers where there is none.

use super::headers::{ClientLanguage, RequestId, X_REQUEST_ID};
use super::problem::{Answered, Problem, speaking};
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use data_encoding::HEXLOWER;
use domain::refusal::Code;
use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tracing::Instrument;

/// Fills octets with randomness.
pub type Randomness = fn(&mut [u8]);

/// Bounds of the server.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How long a request may take before it is answered with 503.
    pub timeout: Duration,
    /// How many requests are handled at once; others are answered with 503.
    pub concurrent: usize,
    /// The port from which ids of requests come.
    pub randomness: Randomness,
}

impl Settings {
    /// 30 seconds, 512 requests.
    pub fn new(randomness: Randomness) -> Self {
        Self {
            timeout: Duration::from_secs(30),
            concurrent: 512,
            randomness,
        }
    }
}

/// Puts the layers around finished routes. `/healthz` and its like stay outside: they answer under load too.
pub fn wrap(router: Router, settings: &Settings) -> Router {
    let places = Arc::new(Semaphore::new(settings.concurrent));
    router
        .layer(from_fn_with_state(settings.timeout, in_time))
        .layer(from_fn_with_state(places, while_there_is_room))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(in_language))
        .layer(from_fn(with_headers))
        .layer(from_fn_with_state(settings.randomness, identified))
}

/// Problems for what is not there: any other path below `/api`, and methods that a route does not have. Called after all
/// routes are added and before [`wrap`]. The whole router's fallback stays free, for the console's own page.
pub fn fallbacks(router: Router) -> Router {
    router
        .route("/api", any(not_found))
        .route("/api/{*rest}", any(not_found))
        .method_not_allowed_fallback(not_allowed)
}

/// 404.
pub async fn not_found() -> Problem {
    Problem::not_found()
}

/// 405; the router adds `Allow`. `OPTIONS` asks for just that.
async fn not_allowed(method: Method) -> Response {
    if method == Method::OPTIONS {
        return StatusCode::NO_CONTENT.into_response();
    }
    Problem::new(Code::MethodNotAllowed).into_response()
}

async fn in_time(State(timeout): State<Duration>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(timeout, next.run(request)).await {
        Ok(answer) => answer,
        Err(_) => {
            tracing::warn!(seconds = timeout.as_secs(), "request took too long");
            Problem::new(Code::Unavailable).into_response()
        }
    }
}

async fn while_there_is_room(State(places): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    match places.try_acquire() {
        Ok(_place) => next.run(request).await,
        Err(_) => Problem::new(Code::Unavailable).into_response(),
    }
}

fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let text = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied());
    tracing::error!(cause = text.unwrap_or("unknown"), "handler panicked");
    Problem::internal().into_response()
}

async fn in_language(request: Request, next: Next) -> Response {
    let ClientLanguage(language) = ClientLanguage::of(request.headers());
    speaking(language, next.run(request)).await
}

async fn with_headers(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}

async fn identified(State(randomness): State<Randomness>, mut request: Request, next: Next) -> Response {
    let id = RequestId::given(request.headers()).unwrap_or_else(|| made(randomness));
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("", MatchedPath::as_str)
        .to_owned();
    let person = tracing::field::Empty;
    let span = tracing::info_span!("request", request_id = %id.0, method = %request.method(), path, person);
    let header = HeaderValue::try_from(id.0.as_str());
    request.extensions_mut().insert(id);
    let answered = async {
        let start = Instant::now();
        let answer = next.run(request).await;
        let code = answer
            .extensions()
            .get::<Answered>()
            .map(|answered| answered.0.as_str());
        let milliseconds = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(status = answer.status().as_u16(), code, milliseconds, "answered");
        answer
    };
    let mut answer = answered.instrument(span).await;
    if let Ok(header) = header {
        answer.headers_mut().insert(X_REQUEST_ID, header);
    }
    answer
}

fn made(randomness: Randomness) -> RequestId {
    let mut octets = [0; 16];
    randomness(&mut octets);
    RequestId(HEXLOWER.encode(&octets))
}
