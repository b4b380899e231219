//! The conventions of the contract, as a client developer meets them.

use crate::support::{Demo, Person, call, start};
use serde_json::{Value, json};

/// All items of a list, read in pages of that size.
fn paged(person: &Person<'_>, path: &str, limit: usize) -> Vec<Value> {
    let join = if path.contains('?') { '&' } else { '?' };
    let (mut items, mut next) = (Vec::new(), String::new());
    loop {
        let page = person.get(&format!("{path}{join}limit={limit}{next}")).is(200);
        let found = page["items"].as_array().unwrap().clone();
        assert!(found.len() <= limit, "{path}");
        items.extend(found);
        match page["next_cursor"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => return items,
        }
    }
}

#[test]
fn every_list_has_pages() {
    let demo = Demo::full();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let vera = demo.person("vendor", "trials_team");
    for name in ["One", "Two", "Three"] {
        let email = format!("it@{}.example", name.to_lowercase());
        anna.post("/trials", start(name, &email, &["contact-center"])).is(201);
    }
    for customer in anna.customers().iter().take(3) {
        let body = json!({"customer_id": customer["id"], "reason": "a question of law"});
        vera.post("/holds", body).is(201);
    }
    // What is still on its way would look otherwise a moment later.
    vera.post("/test-clock", json!({"advance_seconds": 1})).is(200);
    for (path, least) in [
        ("/approvals", 4),
        ("/holds", 3),
        ("/notifications", 10),
        ("/trials", 5),
        ("/mailbox", 10),
    ] {
        let whole = paged(&vera, path, 200);
        assert!(whole.len() >= least, "{path}: {}", whole.len());
        assert_eq!(paged(&vera, path, 2), whole, "{path}: the same in pages");
        vera.get(&format!("{path}?limit=0")).problem(422, "invalid_input");
        vera.get(&format!("{path}?cursor=x")).problem(400, "bad_cursor");
        vera.get(&format!("{path}?page=2")).problem(400, "unknown_parameter");
    }
}

#[test]
fn note_1_notifications_are_listed_by_sight() {
    let demo = Demo::full();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let all = paged(&anna, "/notifications", 50);
    let trial = all[0]["trial_id"].as_str().unwrap();
    let of_one = paged(&anna, &format!("/notifications?trial_id={trial}"), 50);
    let same = all
        .iter()
        .filter(|one| one["trial_id"] == trial)
        .cloned()
        .collect::<Vec<_>>();
    assert_eq!(of_one, same, "NOTE-1");
    let bob = demo.person("partner_b", "sales_full_administrator");
    assert_eq!(paged(&bob, "/notifications", 50), Vec::<Value>::new(), "ORG-9");
    bob.get(&format!("/notifications?trial_id={trial}"))
        .problem(404, "not_found");
}

#[test]
fn a_key_works_on_every_post() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let step = json!({"advance_seconds": 100});
    let first = anna.post_with_key("/test-clock", "a key", step.clone()).is(200);
    assert_eq!(
        anna.post_with_key("/test-clock", "a key", step).is(200),
        first,
        "moved once"
    );
    anna.post_with_key("/test-clock", "a key", json!({"advance_seconds": 101}))
        .problem(422, "idempotency_key_reused");
    for (path, more) in [
        ("/customers/lookup", json!({})),
        ("/eligibility", json!({"services": ["messaging"]})),
    ] {
        let body = |email: &str| {
            let mut body = more.clone();
            body["admin_email"] = json!(email);
            body
        };
        let first = anna.post_with_key(path, "k", body("it@first.example")).is(200);
        assert_eq!(
            anna.post_with_key(path, "k", body("it@first.example")).is(200),
            first,
            "{path}"
        );
        anna.post_with_key(path, "k", body("it@other.example"))
            .problem(422, "idempotency_key_reused");
    }
}

#[test]
fn a_key_that_stands_twice_is_malformed() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let body = r#"{"services": ["messaging"], "services": ["calling"]}"#.to_owned();
    let answer = anna.call("POST", "/trials", &[], Some(body));
    assert_eq!(answer.errors(), [("/services".to_owned(), "duplicate_key".to_owned())]);
    answer.problem(400, "malformed");
}

#[test]
fn a_dry_run_of_a_customer_shows_it_as_it_would_be() {
    let demo = Demo::full();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let id = demo.person("own_active", "full_administrator").id();
    let path = format!("/customers/{id}");
    let dry = anna
        .patch(&format!("{path}?dry_run=true"), json!({"tags": ["north"]}))
        .is(200);
    assert_eq!(
        (&dry["tags"], &dry["before"]["tags"]),
        (&json!(["north"]), &json!([])),
        "ORG-10"
    );
    let there = anna.get(&path).is(200);
    assert_eq!(there["tags"], json!([]), "nothing was written");
    assert_eq!(
        anna.patch(&path, json!({})).is(200)["version"],
        there["version"],
        "nothing asked, nothing changed"
    );
}

#[test]
fn the_description_says_what_every_operation_answers() {
    let demo = Demo::empty();
    let document = call(&format!("{}/openapi.json", demo.url), "GET", &[], None).is(200);
    assert_eq!(
        call(&format!("{}/api/v1/openapi.json", demo.url), "GET", &[], None).is(200),
        document
    );
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let named = |name: &str| {
                let mut parameters = operation["parameters"].as_array().into_iter().flatten();
                parameters
                    .find(|one| one["name"] == name && one["in"] == "header")
                    .cloned()
            };
            let problem = &operation["responses"]["default"]["content"]["application/problem+json"]["schema"];
            assert_eq!(problem["$ref"], "#/components/schemas/Problem", "{method} {path}");
            assert_eq!(named("Idempotency-Key").is_some(), method == "post", "{method} {path}");
            if ["put", "patch", "delete"].contains(&method.as_str()) {
                assert_eq!(named("If-Match").unwrap()["required"], true, "{method} {path}");
            }
        }
    }
    assert!(document["components"]["schemas"]["Problem"]["properties"]["errors"].is_object());
}

#[test]
fn too_often_says_when_to_come_again() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let boss = demo.person("stranger", "full_administrator");
    let mut body = start("x", &boss.email(), &["messaging"]);
    body["customer"]["expect"] = json!("existing");
    let asked = anna.post("/trials", body).is(201);
    let path = format!("/trials/{}/resend-consent", asked["id"].as_str().unwrap());
    for _ in 0..4 {
        anna.post(&path, json!({})).is(200);
    }
    let answer = anna.post(&path, json!({}));
    let seconds: u64 = answer.headers["retry-after"].parse().unwrap();
    answer.problem(429, "too_many_requests");
    assert!((3000..=3601).contains(&seconds), "CONS-7: {seconds}");
    anna.advance(json!({"advance_seconds": seconds}));
    anna.post(&path, json!({})).is(200);
}
