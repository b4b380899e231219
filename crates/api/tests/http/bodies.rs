//! What may come in as a body at all.

use crate::world::{post_json, send};
use axum::body::{Body, Bytes};
use axum::http::Method;
use serde_json::json;
use std::pin::Pin;
use std::task::{Context, Poll};

async fn typed(headers: &[(&str, &str)], body: &'static str) -> (u16, String) {
    let answer = send(Method::POST, "/api/v1/things", headers, body).await;
    if answer.status.is_success() {
        return (answer.status.as_u16(), String::new());
    }
    let (status, code, _) = answer.problem();
    (status, code)
}

#[tokio::test]
async fn media_types() {
    for (kind, status) in [
        ("application/json", 200),
        ("Application/JSON", 200),
        ("application/json; charset=utf-8", 200),
        ("application/json;charset=\"UTF-8\"", 200),
        ("application/json; profile=x", 200),
        ("application/merge-patch+json", 200),
        ("application/json; charset=latin1", 415),
        ("application/json; charset=utf-16", 415),
        ("application/+json", 415),
        ("application/jsonx", 415),
        ("text/json", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("application/json, text/plain", 415),
        ("", 415),
    ] {
        assert_eq!(
            typed(&[("content-type", kind)], r#"{"name":"x"}"#).await.0,
            status,
            "{kind}"
        );
    }
    assert_eq!(
        typed(&[], r#"{"name":"x"}"#).await,
        (415, "unsupported_media_type".into())
    );
    let twice = [("content-type", "application/json"), ("content-type", "text/plain")];
    assert_eq!(typed(&twice, r#"{"name":"x"}"#).await.0, 415);
}

#[tokio::test]
async fn compressed_bodies_are_refused() {
    for (coding, status) in [
        ("gzip", 415),
        ("br", 415),
        ("identity, gzip", 415),
        ("", 415),
        ("identity", 200),
        ("Identity", 200),
    ] {
        let headers = [("content-type", "application/json"), ("content-encoding", coding)];
        assert_eq!(typed(&headers, r#"{"name":"x"}"#).await.0, status, "{coding}");
    }
    let headers = [("content-type", "application/json"), ("content-encoding", "gzip")];
    assert_eq!(typed(&headers, "").await.0, 415);
}

#[tokio::test]
async fn a_mebibyte_and_no_more() {
    let padded = |octets: usize| format!("{{\"name\":\"x\"{}}}", " ".repeat(octets - 12));
    assert_eq!(post_json("/things", padded(1024 * 1024)).await.status, 200);
    let (status, code, _) = post_json("/things", padded(1024 * 1024 + 1)).await.problem();
    assert_eq!((status, code.as_str()), (413, "too_large"));

    // In pieces, without a length in front.
    let chunks = |count: usize| {
        let piece = Bytes::from(vec![b' '; 64 * 1024]);
        Body::new(Pieces(std::iter::repeat_n(piece, count).map(Ok)))
    };
    assert_eq!(post_json("/things", chunks(17)).await.status, 413);
    assert_eq!(post_json("/things", chunks(1000)).await.status, 413);
    assert_eq!(post_json("/things", chunks(16)).await.problem().1, "malformed");

    // A length that promises too much is believed.
    let headers = [("content-type", "application/json"), ("content-length", "1048577")];
    assert_eq!(send(Method::POST, "/api/v1/things", &headers, "{}").await.status, 413);
}

/// A body in pieces.
struct Pieces<I>(I);

impl<I: Iterator<Item = std::io::Result<Bytes>> + Unpin> http_body::Body for Pieces<I> {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
        Poll::Ready(self.0.next().map(|piece| piece.map(http_body::Frame::data)))
    }
}

#[tokio::test]
async fn a_broken_connection_is_no_fault_of_ours() {
    let pieces = [Ok(Bytes::from_static(b"{\"na")), Err(std::io::Error::other("gone"))];
    let body = Body::new(Pieces(pieces.into_iter()));
    assert_eq!(post_json("/things", body).await.problem().1, "malformed");
}

#[tokio::test]
async fn what_is_not_json_says_where() {
    let cases: [(&[u8], u64, u64); 14] = [
        (b"{", 1, 1),
        (b"{\n  \"name\": }", 2, 11),
        (b"{\"name\":\"x\"} x", 1, 14),
        (b"{\"name\":'x'}", 1, 9),
        (b"{\"name\":\"x\",}", 1, 13),
        (b"{\"name\":\"\xff\"}", 1, 10),
        (b"\xef\xbb\xbf{}", 1, 1),
        (b"{\"name\":\"\\ud800\"}", 1, 16),
        (b"{\"name\":\"\\udc00x\"}", 1, 15),
        (b"{\"name\":\"a\nb\"}", 2, 0),
        (b"{\"quantity\":01}", 1, 14),
        (b"{\"ratio\":NaN}", 1, 10),
        (b"{\"ratio\":1e400}", 1, 14),
        (b"{\"\\ud800\":1}", 1, 9),
    ];
    for (body, line, column) in cases {
        let answer = post_json("/things", Bytes::copy_from_slice(body)).await;
        let shown = String::from_utf8_lossy(body);
        assert_eq!(answer.problem(), (400, "malformed".into(), vec![]), "{shown}");
        let json = answer.json();
        assert_eq!(
            (&json["line"], &json["column"]),
            (&json!(line), &json!(column)),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn nesting_has_an_end() {
    let nested = |depth: usize| {
        format!(
            "{{\"name\":\"x\",\"anything\":{}{}}}",
            "[".repeat(depth),
            "]".repeat(depth)
        )
    };
    assert_eq!(post_json("/things", nested(63)).await.status, 200);
    assert_eq!(post_json("/things", nested(64)).await.problem().1, "malformed");
    assert_eq!(post_json("/things", nested(100_000)).await.problem().1, "malformed");
    let objects = format!("{}1{}", "{\"anything\":".repeat(70), "}".repeat(70));
    assert_eq!(post_json("/things", objects).await.problem().1, "malformed");
}

#[tokio::test]
async fn an_action_may_come_without_a_body() {
    for path in ["cancel", "nothing"] {
        let path = format!("/api/v1/{path}");
        assert_eq!(send(Method::POST, &path, &[], "").await.status, 200);
        let form = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("content-length", "0"),
        ];
        assert_eq!(send(Method::POST, &path, &form, "").await.status, 200);
    }
    assert_eq!(post_json("/cancel", "").await.json(), json!({ "reason": null }));
    assert_eq!(post_json("/cancel", " ").await.problem().1, "malformed");
    assert_eq!(post_json("/nothing", "{}").await.status, 200);
    assert_eq!(
        post_json("/nothing", r#"{"reason":"x"}"#).await.problem().2,
        ["/reason unknown_field"]
    );
    // Something is required here, so nothing is not enough.
    assert_eq!(post_json("/things", "").await.problem().1, "malformed");
    assert_eq!(send(Method::POST, "/api/v1/things", &[], "").await.status, 415);
}

#[tokio::test]
async fn the_same_body_in_other_words_has_the_same_digest() {
    let digest = async |body: &'static str| post_json("/things", body).await.json()["digest"].clone();
    let one = digest(r#"{"name":"é","anything":{"b":[1,{"z":1,"y":2}],"a":null}}"#).await;
    let other = digest(" { \"anything\" : {\"a\":null,\n\"b\":[1,{\"y\":2,\"z\":1}]} , \"name\":\"\\u00e9\"} ").await;
    assert_eq!(one, other);
    assert_eq!(one, r#"{"anything":{"a":null,"b":[1,{"y":2,"z":1}]},"name":"é"}"#);
    assert_ne!(
        one,
        digest(r#"{"name":"é","anything":{"b":[{"z":1,"y":2},1],"a":null}}"#).await
    );
}
