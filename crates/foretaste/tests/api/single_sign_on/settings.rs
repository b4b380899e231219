//! Who says how a company signs in, and whose a domain is.

use super::{ADMINISTRATOR, Browser, COMPANY, begin, domain, put, set_up};
use crate::support::Demo;
use serde_json::{Value, json};

const ISSUER: &str = "http://127.0.0.1:9";

fn body(domains: &[&str]) -> Value {
    json!({"issuer": ISSUER, "client_id": "us", "client_secret": "hush", "domains": domains})
}

#[test]
fn sec_2_only_a_companys_administrator_says_how_it_signs_in() {
    let demo = Demo::empty();
    for (cast, role) in [
        ("vendor", "vendor_administrator"),
        ("partner_a", "sales_full_administrator"),
        ("stranger", "full_administrator"),
    ] {
        let boss = demo.person(cast, role);
        boss.get("/single-sign-on").problem(404, "not_found");
        let kept = put(&boss, "/single-sign-on", body(&["own.example"])).is(200);
        assert!(!kept.to_string().contains("hush"), "SEC-2: the secret is never shown");
        assert_eq!(kept["domains"], json!([{"name": "own.example", "confirmed": false}]));
        assert_eq!(boss.get("/single-sign-on").is(200), kept);
    }
    for (cast, role, code) in [
        ("vendor", "trials_team", "role_required"),
        ("vendor", "auditor", "role_required"),
        ("partner_a", "sales_administrator", "role_required"),
        ("partner_d", "sales_full_administrator", "not_certified"),
        ("stranger", "user", "role_required"),
    ] {
        let other = demo.person(cast, role);
        other.get("/single-sign-on").problem(403, code);
        put(&other, "/single-sign-on", body(&["own.example"])).problem(403, code);
        other
            .call("DELETE", "/single-sign-on", &[("If-Match", "*")], None)
            .problem(403, code);
    }
    let partner = demo.person("partner_a", "sales_full_administrator");
    let path = format!("/single-sign-on/{}", partner.id());
    partner.get(&path).problem(403, "role_required");
    put(&partner, &path, json!({"confirmed_domains": ["own.example"]})).problem(403, "role_required");
    let vendor = demo.person("vendor", "vendor_administrator");
    vendor.get("/single-sign-on/org_eu_0").problem(404, "not_found");
    vendor.get(&path).is(200);
}

#[test]
fn sec_2_a_domain_belongs_to_one_organization_once_it_is_confirmed() {
    let demo = Demo::empty();
    let vendor = demo.person("vendor", "vendor_administrator");
    let (a, b) = (
        demo.person("partner_a", ADMINISTRATOR),
        demo.person("stranger", "full_administrator"),
    );
    let confirm = |id: String, names: Value| {
        put(
            &vendor,
            &format!("/single-sign-on/{id}"),
            json!({"confirmed_domains": names}),
        )
    };
    put(&a, "/single-sign-on", body(&["Own.Example", "bücher.example"])).is(200);
    put(&b, "/single-sign-on", body(&["own.example"])).is(200);
    confirm(a.id(), json!(["else.example"])).problem(422, "invalid_input");
    let taken = confirm(a.id(), json!(["own.example", "xn--bcher-kva.example"])).is(200);
    assert_eq!(
        taken["domains"][1],
        json!({"name": "xn--bcher-kva.example", "confirmed": true})
    );
    confirm(b.id(), json!(["own.example"])).problem(409, "domain_taken");
    let kept = put(&a, "/single-sign-on", body(&["own.example", "new.example"])).is(200);
    assert_eq!(
        kept["domains"],
        json!([{"name": "own.example", "confirmed": true}, {"name": "new.example", "confirmed": false}]),
        "what stays keeps its confirmation"
    );
    a.call("DELETE", "/single-sign-on", &[("If-Match", "*")], None).is(204);
    confirm(b.id(), json!(["own.example"])).is(200);
}

#[test]
fn sec_2_a_secret_goes_to_the_provider_that_gave_it_and_to_no_other() {
    let demo = Demo::empty();
    let boss = demo.person(COMPANY, ADMINISTRATOR);
    put(&boss, "/single-sign-on", body(&["own.example"])).is(200);
    let without =
        |issuer: &str, client: &str| json!({"issuer": issuer, "client_id": client, "domains": ["own.example"]});
    put(&boss, "/single-sign-on", without(ISSUER, "us")).is(200);
    for (issuer, client) in [("http://127.0.0.1:10", "us"), (ISSUER, "them")] {
        let refused = put(&boss, "/single-sign-on", without(issuer, client));
        assert_eq!(
            refused.errors(),
            [("/client_secret".to_owned(), "required".to_owned())],
            "SEC-2"
        );
    }
    for issuer in [
        "",
        "ftp://x.example",
        "login",
        "http://u:p@x.example",
        "http://x.example/?a",
        "javascript:alert(1)",
    ] {
        let refused = put(
            &boss,
            "/single-sign-on",
            json!({
                "issuer": issuer, "client_id": "us", "client_secret": "hush", "domains": ["own.example"],
            }),
        );
        assert_eq!(
            refused.errors(),
            [("/issuer".to_owned(), "invalid_url".to_owned())],
            "{issuer}"
        );
    }
    for name in ["", "own", "a b.example", "раypal.example", "own.example/x", "1.2.3.4"] {
        let refused = put(&boss, "/single-sign-on", body(&[name]));
        assert_eq!(
            refused.errors(),
            [("/domains/0".to_owned(), "invalid_domain".to_owned())],
            "{name}"
        );
    }
    let stale = boss.call(
        "PUT",
        "/single-sign-on",
        &[("If-Match", "\"1\"")],
        Some(body(&["own.example"]).to_string()),
    );
    stale.problem(412, "version_conflict");
    boss.call("PUT", "/single-sign-on", &[], Some(body(&["own.example"]).to_string()))
        .problem(428, "precondition_required");
}

#[test]
fn sec_2_a_domain_counts_when_the_vendor_has_confirmed_it_and_tells_nothing_of_people() {
    let demo = Demo::empty();
    let boss = demo.person(COMPANY, ADMINISTRATOR);
    let hostile = super::provider::Hostile::start();
    let said = |email: &str| {
        let (page, way) = begin(&demo, &mut Browser::default(), email);
        (page.status, way.is_some())
    };
    let (known, nobody) = (boss.email(), format!("nobody-at-all@{}", domain(&boss)));
    assert_eq!((said(&known), said(&nobody)), ((422, false), (422, false)));
    let settings = json!({
        "issuer": hostile.lying.issuer, "client_id": "us", "client_secret": "hush", "domains": [domain(&boss)],
    });
    put(&boss, "/single-sign-on", settings).is(200);
    assert_eq!(said(&known), (422, false), "SEC-2: not confirmed yet");
    set_up(&demo, &hostile.lying.issuer, "us", "hush");
    assert_eq!(
        (said(&known), said(&nobody)),
        ((200, true), (200, true)),
        "SEC-2: alike"
    );
    assert_eq!(said("somebody@else.example"), (422, false));
}
