//! What surrounds every page: who comes, a page for every failure, headers that keep others out.

use super::{Failure, Visitor, limits::Places};
use crate::{Console, screen};
use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse as _, Response},
};
use domain::refusal::Code;
use std::{any::Any, time::Instant};
use tower_http::catch_panic::CatchPanicLayer;
use tracing::Instrument as _;

/// Nothing inline, nothing from elsewhere, in nobody's frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// The same for a page that shows an email in a frame of its own.
pub(crate) const FRAMES_OWN: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
                                     connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Puts the layers around finished pages.
pub(crate) fn wrap(pages: Router, console: &Console) -> Router {
    let places = Places::new(console.settings.limits);
    pages
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state((console.clone(), places), bounded))
}

/// REL-7: who finds no place, or waited too long, gets a page that rests on no store.
async fn bounded(State((console, places)): State<(Console, Places)>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let nobody = Visitor::nobody(&console, &parts);
    let asked = Request::from_parts(parts, body);
    match places.within(visiting(&console, asked, next)).await {
        Ok(answer) => answer,
        Err(limit) => {
            tracing::warn!(request_id = %nobody.request, limit, "a page was not made");
            turned_away(&console, &nobody, &Failure::code(Code::Unavailable))
        }
    }
}

fn turned_away(console: &Console, nobody: &Visitor, failure: &Failure) -> Response {
    with_headers(console, nobody, screen::error::page(console, nobody, failure))
}

async fn visiting(console: &Console, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let visitor = match Visitor::of(console, &parts).await {
        Ok(visitor) => visitor,
        Err(failure) => return turned_away(console, &Visitor::nobody(console, &parts), &failure),
    };
    let path = parts
        .extensions
        .get::<MatchedPath>()
        .map_or("", MatchedPath::as_str)
        .to_owned();
    let person = visitor.actor.as_ref().map(|actor| actor.id().as_str());
    let span = tracing::info_span!("request", request_id = %visitor.request, method = %parts.method, path, person);
    parts.extensions.insert(visitor.clone());
    let request = Request::from_parts(parts, body);
    let answered = async {
        let start = Instant::now();
        let mut answer = next.run(request).await;
        let failure = answer.extensions_mut().remove::<Failure>();
        let code = failure.as_ref().map(|failure| failure.refusal.code.as_str());
        if let Some(failure) = failure {
            answer = screen::error::page(console, &visitor, &failure);
        }
        let milliseconds = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(status = answer.status().as_u16(), code, milliseconds, "answered");
        answer
    };
    let answer = answered.instrument(span).await;
    with_headers(console, &visitor, answer)
}

fn with_headers(console: &Console, visitor: &Visitor, mut answer: Response) -> Response {
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Not `no-referrer`: forms would come without an origin.
        (header::REFERRER_POLICY, "same-origin"),
    ];
    let headers = answer.headers_mut();
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(POLICY));
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert(
        "permissions-policy",
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    );
    if let Ok(id) = HeaderValue::try_from(visitor.request.as_str()) {
        headers.insert("x-request-id", id);
    }
    if let Some(cookie) = visitor.visit_cookie(console) {
        headers.append(header::SET_COOKIE, cookie);
    }
    answer
}

fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let text = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied());
    tracing::error!(cause = text.unwrap_or("unknown"), "a page panicked");
    Failure::internal().into_response()
}
