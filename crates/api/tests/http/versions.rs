//! Headers that carry meaning.

use crate::world::{Answer, send};
use axum::body::Body;
use axum::http::Method;
use serde_json::json;

async fn change(method: Method, headers: &[(&str, &str)]) -> Answer {
    send(method, "/api/v1/things/7", headers, Body::empty()).await
}

#[tokio::test]
async fn a_change_says_what_it_is_based_on() {
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let (status, code, _) = change(method.clone(), &[]).await.problem();
        assert_eq!((status, code.as_str()), (428, "precondition_required"));
        let answer = change(method, &[("if-match", "\"12\"")]).await;
        assert_eq!((answer.status.as_u16(), answer.header("etag")), (200, "\"13\""));
    }
    assert_eq!(change(Method::POST, &[]).await.status, 200);
    assert_eq!(change(Method::POST, &[("if-match", "\"11\"")]).await.status, 412);
}

#[tokio::test]
async fn if_match_in_all_its_forms() {
    for (said, status) in [
        ("\"12\"", 200),
        ("W/\"12\"", 200),
        ("*", 200),
        (" \"11\" , \"12\" ", 200),
        ("\"a\",,W/\"12\",", 200),
        ("\"11\"", 412),
        ("\"012\"", 412),
        ("\"+12\"", 412),
        ("\"\"", 412),
        ("\"a,12\"", 412),
        ("\"99999999999999999999999\"", 412),
        ("12", 400),
        ("", 400),
        (",", 400),
        ("\"12", 400),
        ("12\"", 400),
        ("w/\"12\"", 400),
        ("\"12\" \"13\"", 400),
        ("\"12\";\"13\"", 400),
        ("*, \"12\"", 400),
        ("\"1 2\"", 400),
    ] {
        let answer = change(Method::PATCH, &[("if-match", said)]).await;
        assert_eq!(answer.status.as_u16(), status, "{said}: {}", answer.text);
        match status {
            412 => {
                assert_eq!(answer.problem().1, "version_conflict");
                assert_eq!(answer.json()["version"], 12);
            }
            400 => {
                assert_eq!(answer.problem().1, "invalid_header");
                assert!(answer.json()["detail"].as_str().unwrap().contains("If-Match"));
            }
            _ => {}
        }
    }
    assert_eq!(
        change(Method::PUT, &[("if-match", "\"1\""), ("if-match", "\"12\"")])
            .await
            .status,
        200
    );
    assert_eq!(change(Method::PUT, &[("if-match", "\"é\"")]).await.status, 400);
}

#[tokio::test]
async fn idempotency_keys() {
    let longest = "k".repeat(255);
    for key in [
        "a",
        "6f9619ff-8b86-d011-b42d-00c04fc964ff",
        "\"quoted\"",
        "a b",
        &longest,
    ] {
        let answer = change(Method::POST, &[("idempotency-key", key)]).await;
        assert_eq!(answer.json()["key"], json!(key));
    }
    let too_long = "k".repeat(256);
    for key in ["", " ", "é", "a\tb", &too_long] {
        assert_eq!(
            change(Method::POST, &[("idempotency-key", key)]).await.problem().1,
            "invalid_header",
            "{key}"
        );
    }
    let twice = [("idempotency-key", "a"), ("idempotency-key", "a")];
    assert_eq!(change(Method::POST, &twice).await.problem().1, "invalid_header");
    assert_eq!(change(Method::POST, &[]).await.json()["key"], json!(null));
}

#[tokio::test]
async fn request_ids() {
    let made = "abababababababababababababababab";
    let longest = "a".repeat(128);
    for id in ["a", "A.b_c-9", &longest] {
        assert_eq!(
            change(Method::POST, &[("x-request-id", id)])
                .await
                .header("x-request-id"),
            id
        );
    }
    let too_long = "a".repeat(129);
    for id in [
        "", "a b", "a/b", "a\u{e9}", "a\tb", "<script>", "a%0d%0ab", "a,b", &too_long,
    ] {
        let answer = change(Method::POST, &[("x-request-id", id)]).await;
        assert_eq!(answer.header("x-request-id"), made, "{id}");
        assert_eq!(answer.headers.get_all("x-request-id").iter().count(), 1);
    }
    assert_eq!(change(Method::PUT, &[]).await.header("x-request-id"), made);
    let twice = [("x-request-id", "a"), ("x-request-id", "b")];
    assert_eq!(change(Method::POST, &twice).await.header("x-request-id"), made);
    // A line break cannot even be made into a header, and would not be taken if it could.
    assert!(axum::http::HeaderValue::from_str("a\r\nX: y").is_err());
}
