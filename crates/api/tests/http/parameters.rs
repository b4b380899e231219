//! Parameters of the query and of the path.

use crate::world::get_at;
use serde_json::json;

async fn list(query: &str) -> (u16, String, Vec<String>) {
    get_at(&format!("/api/v1/list{query}")).await.problem()
}

#[tokio::test]
async fn known_parameters_are_read() {
    let answer = get_at("/api/v1/list?limit=7&q=a+b%26%C3%A9&assigned=true&status=a&status=b&expect=new&small=3").await;
    assert_eq!(
        answer.json(),
        json!({"rows": 7, "filter": {"limit": 7, "q": "a b&é", "assigned": true, "status": ["a", "b"],
            "expect": "new", "small": 3}})
    );
    assert_eq!(get_at("/api/v1/list").await.json()["rows"], 50);
    assert_eq!(get_at("/api/v1/list?&").await.json()["rows"], 50);
    assert_eq!(
        get_at("/api/v1/list?status=a").await.json()["filter"]["status"],
        json!(["a"])
    );
    assert_eq!(get_at("/api/v1/list?q=5").await.json()["filter"]["q"], "5");
}

#[tokio::test]
async fn unknown_ones_are_refused_by_name() {
    let answer = get_at("/api/v1/list?limit=7&page=2").await;
    assert_eq!(answer.problem(), (400, "unknown_parameter".into(), vec![]));
    assert_eq!(answer.json()["parameter"], "page");
    assert_eq!(
        answer.json()["known"],
        json!(["assigned", "expect", "limit", "q", "small", "status"])
    );
    assert!(answer.json()["detail"].as_str().unwrap().contains("page"));
    for query in ["?Limit=7", "?limit[]=7", "?=7", "?7", "?q%20=1"] {
        assert_eq!(list(query).await.1, "unknown_parameter", "{query}");
    }
    assert_eq!(
        get_at("/api/v1/refused/not_found?x=1").await.problem().1,
        "unknown_parameter"
    );
}

#[tokio::test]
async fn repeated_and_broken_ones_are_refused() {
    for query in [
        "?q=a&q=a",
        "?limit=1&limit=2",
        "?q=%ff",
        "?q=%",
        "?q=%4",
        "?q=%zz",
        "?q=%ED%A0%80",
    ] {
        assert_eq!(list(query).await, (400, "malformed".into(), vec![]), "{query}");
    }
}

#[tokio::test]
async fn wrong_values_are_refused_all_at_once() {
    for (query, errors) in [
        ("?limit=0", vec!["/query/limit out_of_range"]),
        ("?limit=-1", vec!["/query/limit out_of_range"]),
        ("?limit=201", vec!["/query/limit out_of_range"]),
        ("?limit=99999999999999999999", vec!["/query/limit wrong_type"]),
        ("?limit=", vec!["/query/limit wrong_type"]),
        ("?limit=1.0", vec!["/query/limit wrong_type"]),
        ("?small=256", vec!["/query/small out_of_range"]),
        ("?expect=old", vec!["/query/expect unknown_value"]),
        ("?assigned=1", vec!["/query/assigned wrong_type"]),
        (
            "?assigned=x&small=y&expect=z",
            vec![
                "/query/assigned wrong_type",
                "/query/small wrong_type",
                "/query/expect unknown_value",
            ],
        ),
    ] {
        let (status, code, found) = list(query).await;
        assert_eq!((status, code.as_str()), (422, "invalid_input"), "{query}");
        assert_eq!(found, errors, "{query}");
    }
    assert_eq!(get_at("/api/v1/list?limit=1").await.status, 200);
    assert_eq!(get_at("/api/v1/list?limit=200").await.status, 200);
}

#[test]
fn a_limit_as_text() {
    let limit = |said| api::http::limit(said).ok();
    assert_eq!(
        [limit(None), limit(Some("1")), limit(Some("200"))],
        [Some(50), Some(1), Some(200)]
    );
    for bad in ["0", "201", "", "x", "-1", "1.5", " 1", "99999999999999999999999"] {
        assert_eq!(limit(Some(bad)), None, "{bad}");
    }
}

#[tokio::test]
async fn a_path_that_cannot_be_read_is_not_found() {
    for path in ["/api/v1/refused/%ff", "/api/v1/refused/nothing", "/api/v1/refused/"] {
        assert_eq!(get_at(path).await.problem().1, "not_found", "{path}");
    }
}
