//! REL-7: pages have a time and a number, and say so in words.

use super::world::{Answer, World, pages};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use console::Limits;
use http_body_util::BodyExt as _;
use std::{sync::Arc, time::Duration};
use tower::ServiceExt as _;

const SALES: &str = "sales@cordage.example";

async fn ask(router: axum::Router, request: Request<Body>) -> Answer {
    let (parts, body) = router.oneshot(request).await.expect("an answer").into_parts();
    let octets = body.collect().await.expect("a body").to_bytes();
    Answer {
        status: parts.status,
        headers: parts.headers,
        text: String::from_utf8_lossy(&octets).into_owned(),
    }
}

fn said(answer: &Answer, words: &str) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text);
    assert_eq!(answer.headers[header::RETRY_AFTER], "5");
    assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert!(answer.text.contains(words), "{}", answer.text);
    let reference = answer.headers["x-request-id"].to_str().expect("an id");
    assert!(answer.text.contains(reference), "it names its reference");
}

/// A request in French that moves the clock, which never ends here.
async fn hanging(world: &World) -> Request<Body> {
    let mut browser = world.signed_in(SALES).await;
    let token = browser.get("/partner/customers").await.hidden("csrf");
    Request::post("/demo/clock")
        .header(header::COOKIE, format!("foretaste={}", browser.cookies["foretaste"]))
        .header(header::HOST, "localhost:8080")
        .header(header::ORIGIN, "http://localhost:8080")
        .header(header::ACCEPT_LANGUAGE, "fr")
        .body(Body::from(format!("csrf={token}&move=day")))
        .expect("a request")
}

#[tokio::test]
async fn sec_2_rel_7_pages_end_in_time_and_only_so_many_are_made_at_once() {
    let world = World::new().await;
    let hangs = hanging(&world).await;
    let mut settings = pages(true);
    settings.deliver = Arc::new(|| Box::pin(std::future::pending()));
    settings.limits = Limits {
        timeout: Duration::from_millis(500),
        concurrent: 1,
    };
    let router = console::router(Arc::clone(&world.app), settings);
    let page = || Request::get("/sign-in").body(Body::empty()).expect("a request");
    let (late, shed) = tokio::join!(ask(router.clone(), hangs), ask(router.clone(), page()));
    said(&late, "injoignable");
    said(&shed, "cannot be reached");
    // The place is free again.
    assert_eq!(ask(router.clone(), page()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn sec_2_rel_7_what_pages_rest_on_is_there_even_then() {
    let world = World::new().await;
    let mut settings = pages(true);
    settings.limits.concurrent = 0;
    let router = console::router(Arc::clone(&world.app), settings);
    let page = ask(
        router.clone(),
        Request::get("/").body(Body::empty()).expect("a request"),
    )
    .await;
    said(&page, "cannot be reached");
    let (_, rest) = page.text.split_once("href=\"&#x2f;assets&#x2f;").expect("a style");
    let style = format!("/assets/{}", rest.split('"').next().expect("an end"));
    let style = ask(router, Request::get(style).body(Body::empty()).expect("a request")).await;
    assert_eq!(style.status, StatusCode::OK);
}
