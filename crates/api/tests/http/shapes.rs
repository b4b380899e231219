//! What is wrong with the shape of a body: all of it at once, by pointers.

use crate::world::{faults, post_json};
use serde_json::json;

#[tokio::test]
async fn everything_right() {
    let body = r#"{"name":"x","expect":"new","quantity":5,"small":255,"ratio":1.5,"sure":true,"services":["a"],
        "ship":[{"type":"desk","quantity":2}],"counts":{"a":1},"anything":{"free":[1,"x",null]},
        "address":{"by":"post","lines":["a"]},"days":"existing","on":"2027-02-14","a/b~c":true,"note":"n"}"#;
    let answer = post_json("/things", body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(
        answer.json()["thing"],
        serde_json::from_str::<serde_json::Value>(body).unwrap()
    );
}

#[tokio::test]
async fn wrong_types() {
    for (member, error) in [
        (r#""quantity":"5""#, "/quantity wrong_type"),
        (r#""quantity":true"#, "/quantity wrong_type"),
        (r#""quantity":1.5"#, "/quantity wrong_type"),
        (r#""quantity":9223372036854775808"#, "/quantity wrong_type"),
        (r#""quantity":-9223372036854775809"#, "/quantity wrong_type"),
        (r#""quantity":1e300"#, "/quantity wrong_type"),
        (r#""quantity":{}"#, "/quantity wrong_type"),
        (r#""quantity":[]"#, "/quantity wrong_type"),
        (r#""small":256"#, "/small out_of_range"),
        (r#""small":-1"#, "/small out_of_range"),
        (r#""sure":1"#, "/sure wrong_type"),
        (r#""sure":"true""#, "/sure wrong_type"),
        (r#""ratio":"1""#, "/ratio wrong_type"),
        (r#""services":"a""#, "/services wrong_type"),
        (r#""services":{"0":"a"}"#, "/services wrong_type"),
        (r#""services":["a",1]"#, "/services/1 wrong_type"),
        (r#""services":["a",null]"#, "/services/1 wrong_type"),
        (r#""ship":[[]]"#, "/ship/0 wrong_type"),
        (r#""ship":[{"quantity":"2"}]"#, "/ship/0/quantity wrong_type"),
        (r#""ship":[{"type":"a"},{"kind":"b"}]"#, "/ship/1/kind unknown_field"),
        (r#""counts":{"a":1,"b/c~":"2"}"#, "/counts/b~1c~0 wrong_type"),
        (r#""a/b~c":1"#, "/a~1b~0c wrong_type"),
        (r#""expect":"old""#, "/expect unknown_value"),
        (r#""expect":"New""#, "/expect unknown_value"),
        (r#""expect":1"#, "/expect wrong_type"),
        (r#""on":"2027-02-30""#, "/on wrong_type"),
        (r#""on":20270230"#, "/on wrong_type"),
        (r#""days":"soon""#, "/days unknown_value"),
        (r#""days":[]"#, "/days wrong_type"),
        (r#""days":1.5"#, "/days wrong_type"),
        (r#""note":1"#, "/note wrong_type"),
        (r#""more":1"#, "/more unknown_field"),
        (r#""":1"#, "/ unknown_field"),
        (r#""__proto__":{}"#, "/__proto__ unknown_field"),
        (r#""address":[]"#, "/address wrong_type"),
        (r#""address":{}"#, "/address/by required"),
        (r#""address":{"by":null}"#, "/address/by required"),
        (r#""address":{"by":1}"#, "/address/by wrong_type"),
        (r#""address":{"by":"pigeon"}"#, "/address/by unknown_value"),
        (r#""address":{"by":"email"}"#, "/address/email required"),
        (
            r#""address":{"by":"email","email":"x","lines":[]}"#,
            "/address/lines unknown_field",
        ),
    ] {
        assert_eq!(
            faults(&format!(r#"{{"name":"x",{member}}}"#)).await,
            [error],
            "{member}"
        );
    }
}

#[tokio::test]
async fn numbers_that_are_integers_after_all() {
    for (number, value) in [
        ("-0", 0),
        ("1.0", 1),
        ("1e2", 100),
        ("-0.0", 0),
        ("9223372036854775807", i64::MAX),
    ] {
        let answer = post_json("/things", format!(r#"{{"name":"x","quantity":{number}}}"#)).await;
        assert_eq!(answer.json()["thing"]["quantity"], json!(value), "{number}");
    }
    assert!(
        faults(r#"{"name":"x","ratio":9223372036854775808,"small":2.0}"#)
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn what_is_required() {
    for body in ["{}", r#"{"name":null}"#] {
        assert_eq!(faults(body).await, ["/name required"], "{body}");
    }
    // Null is as good as absent where nothing is required.
    assert!(
        faults(r#"{"name":"x","quantity":null,"ship":null,"expect":null,"address":null}"#)
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn not_an_object_at_all() {
    for body in ["[]", "null", "1", "\"x\"", "true"] {
        assert_eq!(faults(body).await, [" wrong_type"], "{body}");
    }
    assert_eq!(post_json("/usage", "{}").await.problem().2, [" wrong_type"]);
    assert_eq!(post_json("/usage", "[]").await.status, 200);
    let rows = r#"[{"metric":"a","value":1},{"metric":2},5,{"metric":"a","value":1,"x":1}]"#;
    assert_eq!(
        post_json("/usage", rows).await.problem().2,
        [
            "/1/value required",
            "/1/metric wrong_type",
            "/2 wrong_type",
            "/3/x unknown_field"
        ]
    );
}

#[tokio::test]
async fn keys_that_stand_twice() {
    let twice = async |body: &'static str| {
        let (status, code, errors) = post_json("/things", body).await.problem();
        assert_eq!((status, code.as_str()), (400, "malformed"), "{body}");
        errors
    };
    assert_eq!(twice(r#"{"name":"x","name":"y"}"#).await, ["/name duplicate_key"]);
    assert_eq!(twice(r#"{"name":"x","n\u0061me":"y"}"#).await, ["/name duplicate_key"]);
    assert_eq!(
        twice(r#"{"name":"x","ship":[{},{"type":"a","type":"b","type":"c"}],"anything":{"a/":{"~":1,"~":1}}}"#).await,
        [
            "/ship/1/type duplicate_key",
            "/ship/1/type duplicate_key",
            "/anything/a~1/~0 duplicate_key"
        ]
    );
}

#[tokio::test]
async fn long_texts() {
    let body = |octets: usize, member: &str| format!(r#"{{"name":"x","{member}":"{}"}}"#, "é".repeat(octets / 2));
    assert!(faults(&body(65_536, "note")).await.is_empty());
    assert_eq!(faults(&body(65_538, "note")).await, ["/note too_long"]);
    assert_eq!(faults(&body(65_538, "anything")).await, ["/anything too_long"]);
    assert_eq!(faults(&body(65_538, "days")).await, ["/days too_long"]);
    let deep = format!(r#"{{"name":"x","anything":[{{"a":"{}"}}]}}"#, "a".repeat(65_537));
    assert_eq!(faults(&deep).await, ["/anything/0/a too_long"]);
}

#[tokio::test]
async fn all_at_once_with_what_would_do() {
    let body = r#"{"expect":"old","quantity":"5","small":300,"services":[1],"ship":[{"a":1}],"on":"x","z":1}"#;
    let answer = post_json("/things", body).await;
    let (_, _, errors) = answer.problem();
    assert_eq!(
        errors,
        [
            "/name required",
            "/expect unknown_value",
            "/quantity wrong_type",
            "/services/0 wrong_type",
            "/ship/0/a unknown_field",
            "/z unknown_field",
            "/small out_of_range",
            "/on wrong_type"
        ]
    );
    let json = answer.json();
    assert_eq!(json["errors"][1]["allowed"], json!(["new", "existing"]));
    assert_eq!(json["errors"][2]["expected"], "integer");
}

#[tokio::test]
async fn the_rules_are_heard_about_the_rest_only() {
    let errors = async |body: &'static str| post_json("/rules", body).await.problem();
    let shape = errors(r#"{"name":5,"services":["a",7],"x":1}"#).await;
    assert_eq!(
        shape.2,
        [
            "/name wrong_type",
            "/services/1 wrong_type",
            "/x unknown_field",
            "/quantity quantity_out_of_range"
        ]
    );
    let rules = errors(r#"{"name":"x","services":[],"quantity":0}"#).await;
    assert_eq!(
        rules,
        (
            422,
            "quantity_out_of_range".into(),
            vec!["/quantity quantity_out_of_range".into()]
        )
    );
    assert_eq!(
        post_json("/rules", r#"{"name":"x","services":[],"quantity":1}"#)
            .await
            .status,
        200
    );
}
