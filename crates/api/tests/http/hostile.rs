//! Bodies that mean harm, and bodies that nobody thought of.

use crate::world::{Answer, post_json};
use axum::body::Bytes;
use proptest::prelude::*;
use serde_json::{Map, Value};
use std::time::{Duration, Instant};

/// A refusal is never much larger than what was refused, and never slow.
async fn bounded(body: String) -> Answer {
    let (octets, start) = (body.len(), Instant::now());
    let answer = post_json("/things", body).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
    assert!(
        answer.text.len() < octets + 512 * 1024,
        "{} for {octets}",
        answer.text.len()
    );
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    answer
}

#[tokio::test]
async fn small_bodies_make_no_huge_answers() {
    let many = (0..60_000)
        .map(|index| format!("\"k{index}\":1"))
        .collect::<Vec<_>>()
        .join(",");
    let answer = bounded(format!("{{{many}}}")).await;
    assert_eq!(answer.problem().2.len(), 1000);
    let long = "k".repeat(500_000);
    bounded(format!(
        "{{\"counts\":{{\"{long}\":{{{}\"a\":1}}}}}}",
        "\"a\":1,".repeat(50_000)
    ))
    .await;
    bounded(format!(
        "{{\"counts\":{{\"{}\":[{}1]}}}}",
        "~".repeat(300_000),
        "1,".repeat(100_000)
    ))
    .await;
    bounded(format!("{{\"ship\":[{}1]}}", "1,".repeat(500_000))).await;
    bounded(format!("{{\"services\":[{}1]}}", "\"a\",".repeat(200_000))).await;
    bounded(format!("{{\"name\":\"x\",\"on\":\"{}\"}}", "9".repeat(60_000))).await;
}

fn anything() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(vec![
        "name", "expect", "quantity", "small", "ratio", "sure", "services", "ship", "counts", "anything", "address",
        "days", "on", "a/b~c", "note", "type", "by", "email", "lines", "other", "",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(vec!["new", "post", "email", "2027-02-14", "x", ""]).prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec((names.clone(), inner), 0..8).prop_map(|members| {
                Value::Object(
                    members
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value))
                        .collect::<Map<_, _>>(),
                )
            }),
        ]
    })
}

fn answered(body: impl Into<Bytes>) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(post_json("/things", axum::body::Body::from(body.into())))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever comes is taken or refused with pointers that lead into it; nothing is our fault.
    #[test]
    fn any_json_is_taken_or_refused(value in anything()) {
        let answer = answered(value.to_string());
        if answer.status != 200 {
            let (status, _, errors) = answer.problem();
            prop_assert_eq!(status, 422);
            prop_assert!(!errors.is_empty());
            for error in errors {
                let (pointer, code) = error.rsplit_once(' ').unwrap();
                prop_assert!(code == "required" || value.pointer(pointer).is_some(), "{} in {}", error, value);
            }
        }
    }

    #[test]
    fn any_octets_are_taken_or_refused(octets in prop::collection::vec(any::<u8>(), 0..200)) {
        let status = answered(octets).status;
        prop_assert!([400, 415, 422].contains(&status.as_u16()), "{}", status);
    }

    #[test]
    fn any_text_like_json_is_taken_or_refused(text in r#"[\[\]{}":,\\a0-9eu \-.]{0,40}"#) {
        let status = answered(text).status;
        prop_assert!([200, 400, 415, 422].contains(&status.as_u16()), "{}", status);
    }
}
