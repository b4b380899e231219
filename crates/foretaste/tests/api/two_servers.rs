//! Two server processes on one PostgreSQL: what one is told holds at the other, on its next request (SEC-2a, CONS-8).

use crate::support::{Demo, Engine, on};
use serde_json::json;

#[test]
fn sec_2a_what_is_withdrawn_at_one_server_is_withdrawn_at_the_other() {
    on(Engine::Postgres, withdrawn);
}

fn withdrawn() {
    let demo = Demo::full();
    let other = demo.second();
    let boss = demo.person("own_active", "full_administrator");
    let full = demo.person("partner_a", "sales_full_administrator");
    let vendor = demo.person("vendor", "vendor_administrator");
    let customer = boss.id();
    let (users, access) = (
        format!("/customers/{customer}/users"),
        format!("/customers/{customer}/partners/{}", full.id()),
    );
    for round in 0..3 {
        other.get(&full, &users).is(200);
        boss.patch(&access, json!({"level": "provisioning_administrator"}))
            .is(200);
        other.get(&full, &users).problem(403, "forbidden");
        other
            .call(&boss, "PATCH", &access, Some(json!({"level": "full_administrator"})))
            .is(200);
        full.get(&users).is(200);
        // A person: disabled there, out here; and a role.
        let seller = &demo.people("partner_a", "sales_administrator")[0];
        seller.get("/customers").is(200);
        let found = full.get(&format!("/people?q={}", seller.email())).is(200);
        let path = format!("/people/{}", found["items"][0]["id"].as_str().unwrap());
        other
            .call(&full, "PATCH", &path, Some(json!({"disabled": true})))
            .is(200);
        assert_eq!(seller.get("/customers").status, 401, "SEC-2a: round {round}");
        full.patch(&path, json!({"disabled": false})).is(200);
        assert_eq!(other.get(seller, "/customers").status, 200, "SEC-2a: round {round}");
        // A certification.
        let partner = format!("/partners/{}", full.id());
        vendor.patch(&partner, json!({"certified_until": null})).is(200);
        other.get(&full, "/customers").problem(403, "not_certified");
        let until = json!({"certified_until": "2090-01-01T00:00:00Z"});
        other.call(&vendor, "PATCH", &partner, Some(until)).is(200);
        full.get("/customers").is(200);
    }
    boss.patch(&access, json!({"level": null, "running_trials": "continue"}))
        .is(200);
    other.get(&full, &users).problem(404, "not_found");
    other
        .get(&full, &format!("/customers/{customer}"))
        .problem(404, "not_found");
}

#[test]
fn start_6_lookups_are_counted_over_servers() {
    on(Engine::Postgres, counted);
}

fn counted() {
    let demo = Demo::empty();
    let other = demo.second();
    let anna = demo.person("partner_a", "sales_administrator");
    for number in 0..15 {
        let wish = |server: &str| json!({"admin_email": format!("{server}{number}@many.example")});
        anna.post("/customers/lookup", wish("one")).is(200);
        other
            .call(&anna, "POST", "/customers/lookup", Some(wish("two")))
            .is(200);
    }
    let wish = json!({"admin_email": "one-more@many.example"});
    anna.post("/customers/lookup", wish.clone())
        .problem(429, "too_many_requests");
    other
        .call(&anna, "POST", "/customers/lookup", Some(wish))
        .problem(429, "too_many_requests");
}
