//! Problems in the reader's language, headers, and what answers where no handler does.

use crate::world::{app, ask, get_at, send, settings};
use api::http::layers::Settings;
use axum::body::Body;
use axum::http::{Method, Request};
use domain::refusal::Code;

async fn in_language(code: &str, language: &str) -> (String, String) {
    let path = format!("/api/v1/refused/{code}");
    let answer = send(Method::GET, &path, &[("accept-language", language)], Body::empty()).await;
    answer.problem();
    assert_eq!(answer.header("vary"), "accept-language");
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    (answer.header("content-language").to_owned(), detail)
}

#[tokio::test]
async fn details_speak_the_language_of_the_reader() {
    let (language, english) = in_language("extension_would_shorten", "de, en;q=0.5").await;
    assert_eq!(language, "en");
    assert!(english.contains("1 March 2027"), "{english}");
    let (language, french) = in_language("extension_would_shorten", "fr-CA").await;
    assert_eq!(language, "fr");
    assert!(french.contains("mars 2027"), "{french}");
    let (language, chinese) = in_language("extension_would_shorten", "zh-TW, en;q=0.1").await;
    assert_eq!(language, "zh-Hant");
    assert!(chinese.contains("2027"), "{chinese}");
    assert_eq!(in_language("not_found", "").await.0, "en");
    let path = "/api/v1/nowhere";
    let lost = send(Method::GET, path, &[("accept-language", "fr")], Body::empty()).await;
    assert_eq!(lost.header("content-language"), "fr");
}

#[tokio::test]
async fn every_code_makes_a_whole_problem() {
    for code in Code::ALL {
        let answer = get_at(&format!("/api/v1/refused/{}", code.as_str())).await;
        assert_eq!(answer.problem(), (code.status(), code.as_str().to_owned(), vec![]));
        let after = match code.status() {
            429 => "30",
            503 => "5",
            _ => "",
        };
        assert_eq!(answer.header("retry-after"), after, "{code:?}");
        assert_eq!(
            answer.header("www-authenticate"),
            if code.status() == 401 { "Bearer" } else { "" }
        );
        assert_eq!(
            answer.json()["status"],
            code.status(),
            "an extra member hides none of ours"
        );
        assert_eq!(answer.json()["secret"].is_string(), *code != Code::Internal);
    }
}

#[tokio::test]
async fn headers_of_personal_answers() {
    for path in ["/api/v1/list", "/api/v1/nowhere", "/api/v1/panics", "/"] {
        let answer = get_at(path).await;
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("x-request-id"), "abababababababababababababababab");
    }
}

#[tokio::test]
async fn where_nothing_is() {
    for path in [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v2/list",
        "/api/v1/list/",
        "/api/v1//list",
        "/elsewhere",
    ] {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            assert_eq!(
                send(method, path, &[], Body::empty()).await.problem().1,
                "not_found",
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn other_methods() {
    let answer = send(Method::POST, "/api/v1/list", &[], Body::empty()).await;
    assert_eq!(answer.problem(), (405, "method_not_allowed".into(), vec![]));
    assert_eq!(answer.header("allow"), "GET,HEAD");
    let answer = send(Method::GET, "/api/v1/things", &[], Body::empty()).await;
    assert_eq!((answer.problem().0, answer.header("allow")), (405, "POST"));
    assert_eq!(
        send(Method::TRACE, "/api/v1/list", &[], Body::empty()).await.status,
        405
    );

    let options = send(Method::OPTIONS, "/api/v1/list", &[], Body::empty()).await;
    assert_eq!(
        (options.status.as_u16(), options.header("allow"), &*options.text),
        (204, "GET,HEAD", "")
    );
    assert_eq!(options.header("access-control-allow-origin"), "");

    let (head, got) = (
        send(Method::HEAD, "/api/v1/list", &[], "").await,
        get_at("/api/v1/list").await,
    );
    assert_eq!((head.status, &*head.text), (got.status, ""));
    assert_eq!(head.header("content-length"), got.text.len().to_string());
    let head = send(Method::HEAD, "/api/v1/nowhere", &[], "").await;
    assert_eq!((head.status.as_u16(), &*head.text), (404, ""));
}

#[tokio::test]
async fn a_panic_says_nothing() {
    let answer = get_at("/api/v1/panics").await;
    assert_eq!(answer.problem(), (500, "internal".into(), vec![]));
    assert!(!answer.text.contains("42"));
}

#[tokio::test]
async fn what_hangs_is_given_up() {
    let answer = get_at("/api/v1/hangs").await;
    assert_eq!(
        (answer.problem().1.as_str(), answer.header("retry-after")),
        ("unavailable", "5")
    );
}

#[tokio::test]
async fn what_is_too_much_is_sent_away() {
    let app = app(&Settings {
        concurrent: 1,
        ..settings()
    });
    let request = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    let (hangs, shed) = tokio::join!(
        ask(app.clone(), request("/api/v1/hangs")),
        ask(app.clone(), request("/api/v1/list"))
    );
    assert_eq!(
        (hangs.status.as_u16(), shed.problem().0, shed.header("retry-after")),
        (503, 503, "5")
    );
    // The place is free again.
    assert_eq!(ask(app, request("/api/v1/list")).await.status, 200);
}

#[tokio::test]
async fn the_reference_page_brings_everything_along() {
    let page = get_at("/docs").await;
    assert_eq!(
        (page.status.as_u16(), page.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self';") && !policy.contains("http"),
        "{policy}"
    );
    for source in page
        .text
        .split("src=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
    {
        let script = get_at(source).await;
        assert_eq!(
            (script.status.as_u16(), script.header("content-type")),
            (200, "text/javascript; charset=utf-8")
        );
    }
    assert!(!page.text.contains("://") && !page.text.contains("<script>"));
    let script = get_at("/docs/scalar.js").await;
    assert!(script.text.contains("createApiReference"));
    let again = send(
        Method::GET,
        "/docs/scalar.js",
        &[("if-none-match", script.header("etag"))],
        "",
    )
    .await;
    assert_eq!((again.status.as_u16(), &*again.text), (304, ""));
}
