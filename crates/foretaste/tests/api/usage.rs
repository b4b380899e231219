//! USE-1: what services report, who reads it, and that it stays.

use crate::support::{Demo, Person, start};
use serde_json::{Value, json};

crate::on_both_engines!(
    use_1_a_report_sent_again_changes_nothing_and_another_value_replaces_the_first,
    use_1_a_fault_anywhere_and_nothing_is_kept,
    use_1_figures_stay_through_extension_and_cancelling_and_go_with_the_organization,
    use_1_a_partner_sees_the_days_of_its_own_trials,
);

/// 2027-01-15 at ten in the morning in Paris.
const BEGIN: &str = "2027-01-15T09:00:00Z";

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn begun(anna: &Person<'_>, name: &str, services: &[&str]) -> (String, String) {
    let body = start(name, &format!("it@{name}.example"), services);
    let trial = anna.post("/trials", body).is(201);
    (text(&trial["id"]), text(&trial["customer"]["id"]))
}

fn figure(customer: &str, on: &str, value: i64) -> Value {
    json!({"customer_id": customer, "service": "messaging", "on": on, "metric": "active_users", "value": value})
}

fn values(list: &Value) -> Vec<(String, i64)> {
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| (text(&item["on"]), item["value"].as_i64().unwrap()))
        .collect()
}

fn use_1_a_report_sent_again_changes_nothing_and_another_value_replaces_the_first() {
    let demo = Demo::empty();
    let (anna, vera) = (
        demo.person("partner_a", "sales_full_administrator"),
        demo.person("vendor", "trials_team"),
    );
    anna.advance(json!({"to": BEGIN}));
    let (id, customer) = begun(&anna, "counted", &["messaging", "calling"]);
    let mut report = vec![figure(&customer, "2027-01-15", 7), figure(&customer, "2027-01-16", 9)];
    let path = format!("/customers/{customer}/usage");
    let answer = |received: u64, changed: u64| json!({"received": received, "changed": changed});

    let dry = vera.post("/usage?dry_run=true", json!(report)).is(200);
    assert_eq!(dry, answer(2, 2), "USE-1: what it would do");
    assert_eq!(anna.get(&path).is(200)["items"], json!([]), "a dry run writes nothing");
    assert_eq!(vera.post_with_key("/usage", "one", json!(report)).is(200), answer(2, 2));
    let again = vera.post_with_key("/usage", "one", json!(report)).is(200);
    assert_eq!(again, answer(2, 2), "the same key, the same answer");
    assert_eq!(
        vera.post("/usage", json!(report)).is(200),
        answer(2, 0),
        "USE-1: idempotent"
    );
    report[1]["value"] = json!(4);
    assert_eq!(
        vera.post("/usage", json!(report)).is(200),
        answer(2, 1),
        "USE-1: the last one wins"
    );
    let listed = anna.get(&path).is(200);
    let both = [("2027-01-15".to_owned(), 7), ("2027-01-16".to_owned(), 4)];
    assert_eq!(values(&listed), both, "USE-1");

    // An older name means the same service; the list goes by service, metric and day, page by page.
    let older = json!([{"customer_id": customer, "service": "spark-call", "on": "2027-01-14", "metric": "minutes", "value": 0}]);
    assert_eq!(vera.post("/usage", older).is(200), answer(1, 1));
    let first = anna.get(&format!("{path}?limit=1")).is(200);
    assert_eq!(first["items"][0]["service"], "calling", "USE-1: by the name it has now");
    let next = anna.get(&format!("{path}?limit=1&cursor={}", text(&first["next_cursor"])));
    assert_eq!(values(&next.is(200)), both[..1]);
    let some = anna.get(&format!(
        "{path}?service=messaging&metric=active_users&from=2027-01-16&to=2027-01-16"
    ));
    assert_eq!(values(&some.is(200)), both[1..]);
    anna.get(&format!("{path}?from=soon")).problem(422, "invalid_input");
    anna.get(&format!("{path}?since=2027-01-01"))
        .problem(400, "unknown_parameter");
    let of_trial = anna.get(&format!("/trials/{id}/usage?service=messaging")).is(200);
    assert_eq!(values(&of_trial), both);
    let export = anna.get(&format!("/customers/{customer}/export")).is(200);
    assert_eq!(
        export["usage"].as_array().unwrap().len(),
        3,
        "USE-1: taken away with the rest"
    );
    let record = anna.get(&format!("/audit?customer_id={customer}&limit=200")).is(200);
    let told = |entry: &&Value| entry["name"] == "usage_reported";
    assert_eq!(
        record["items"].as_array().unwrap().iter().filter(told).count(),
        0,
        "the vendor’s act"
    );
    let record = vera_record(&demo, &customer);
    assert_eq!(record.iter().filter(told).count(), 3, "AUD-1: what changed something");
    assert_eq!(demo.command(&["verify"]).0, 0);
}

fn vera_record(demo: &Demo, customer: &str) -> Vec<Value> {
    let auditor = demo.person("vendor", "auditor");
    let record = auditor.get(&format!("/audit?customer_id={customer}&limit=200")).is(200);
    record["items"].as_array().unwrap().clone()
}

fn use_1_a_fault_anywhere_and_nothing_is_kept() {
    let demo = Demo::empty();
    let (anna, vera) = (
        demo.person("partner_a", "sales_full_administrator"),
        demo.person("vendor", "trials_team"),
    );
    anna.advance(json!({"to": BEGIN}));
    let (_, customer) = begun(&anna, "refused", &["messaging"]);
    let stranger = demo.person("stranger", "full_administrator").id();
    let good = figure(&customer, "2027-01-15", 1);
    let unknown = format!("{}00", &customer[..customer.len() - 2]);
    let report = json!([
        good,
        figure(&stranger, "2027-01-15", 1),
        figure(&unknown, "2027-01-15", 1),
        figure("nobody", "2027-01-15", 1),
        figure(&customer, "2027-01-17", 1),
        good,
    ]);
    let refused = vera.post("/usage", report);
    let pair = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    let told = [
        pair("/1/customer_id", "unknown_customer"),
        pair("/2/customer_id", "unknown_customer"),
        pair("/3/customer_id", "unknown_customer"),
        pair("/4/on", "out_of_range"),
        pair("/5", "duplicate_figure"),
    ];
    assert_eq!(
        refused.errors(),
        told,
        "USE-1: all at once, and who is there is not told"
    );
    let errors = refused.body["errors"].as_array().unwrap();
    assert_eq!(errors[0]["detail"], errors[1]["detail"], "the same words");
    assert_eq!(
        anna.get(&format!("/customers/{customer}/usage")).is(200)["items"],
        json!([])
    );

    let shape = vera.post(
        "/usage",
        json!([{"customer_id": customer, "service": "messaging", "value": 1.5, "more": 1}]),
    );
    let found: Vec<String> = shape.errors().into_iter().map(|(pointer, _)| pointer).collect();
    for pointer in ["/0/on", "/0/metric", "/0/value", "/0/more"] {
        assert!(found.iter().any(|one| one == pointer), "{pointer} in {found:?}");
    }
    vera.post("/usage", json!([])).problem(422, "invalid_input");
    vera.post("/usage", json!({"items": []})).problem(422, "invalid_input");
    let many: Vec<Value> = (0..5_001)
        .map(|_| json!({"customer_id": "x", "service": "m", "on": "d", "metric": "m", "value": 0}))
        .collect();
    let many = vera.post("/usage", json!(many));
    assert_eq!(many.errors(), [pair("", "too_many")], "USE-1: at most 5,000");
    anna.post("/usage", json!([good])).problem(403, "role_required");
    let boss = demo.person("stranger", "full_administrator");
    boss.post("/usage", json!([good])).problem(403, "role_required");
    boss.get(&format!("/customers/{customer}/usage"))
        .problem(404, "not_found");
}

fn use_1_figures_stay_through_extension_and_cancelling_and_go_with_the_organization() {
    let demo = Demo::empty();
    let (anna, vera) = (
        demo.person("partner_a", "sales_full_administrator"),
        demo.person("vendor", "trials_team"),
    );
    anna.advance(json!({"to": BEGIN}));
    let (id, customer) = begun(&anna, "kept", &["messaging"]);
    let report = json!([figure(&customer, "2027-01-15", 3), figure(&customer, "2027-01-16", 5)]);
    vera.post("/usage", report.clone()).is(200);
    let path = format!("/customers/{customer}/usage");
    let before = anna.get(&path).is(200);
    anna.advance(json!({"advance_days": 3}));
    anna.post(&format!("/trials/{id}/extend"), json!({"allow_shorten": true}))
        .is(200);
    assert_eq!(anna.get(&path).is(200), before, "USE-1: extended");
    anna.post(&format!("/trials/{id}/cancel"), json!({})).is(200);
    assert_eq!(anna.get(&path).is(200), before, "USE-1: cancelled");
    let after = figure(&customer, "2027-01-19", 8);
    vera.post("/usage", json!([after])).is(200);
    assert_eq!(
        anna.get(&path).is(200),
        before,
        "ORG-9: not the partner’s business any more"
    );
    anna.advance(json!({"advance_days": 40}));
    anna.get(&path).problem(404, "not_found");
    let all = demo.everything();
    let rest = all.iter().find(|(_, text)| text.contains("active_users"));
    assert_eq!(rest.map(|(name, _)| name), None, "EXP-9: gone with the organization");
    let gone = vera.post("/usage", report);
    assert_eq!(gone.errors()[0].1, "unknown_customer", "USE-1");
}

fn use_1_a_partner_sees_the_days_of_its_own_trials() {
    let demo = Demo::empty();
    let (anna, berta, vera) = (
        demo.person("partner_a", "sales_full_administrator"),
        demo.person("partner_b", "sales_full_administrator"),
        demo.person("vendor", "trials_team"),
    );
    anna.advance(json!({"to": BEGIN}));
    let (_, customer) = begun(&anna, "shared", &["messaging", "calling"]);
    let figures: Vec<Value> = ["messaging", "calling"]
        .iter()
        .map(|service| json!({"customer_id": customer, "service": service, "on": "2027-01-15", "metric": "active_users", "value": 2}))
        .collect();
    vera.post("/usage", json!(figures)).is(200);
    let path = format!("/customers/{customer}/usage");
    let count = |who: &Person<'_>| who.get(&path).is(200)["items"].as_array().unwrap().len();
    assert_eq!((count(&anna), count(&vera)), (2, 2), "USE-1");
    berta.get(&path).problem(404, "not_found");
    let asked = json!({
        "customer": {"admin_email": "it@shared.example", "supported_location_acknowledged": true, "country": "FR",
            "name": "Shared", "vertical": "media", "expect": "existing"},
        "services": ["meetings"], "meetings": {"site": "shared-site", "time_zone": "Europe/Paris"},
    });
    let asked = text(&berta.post("/trials", asked).is(201)["id"]);
    assert_eq!(count(&berta), 0, "ORG-9: nothing of others’ trials");
    assert_eq!(berta.get(&format!("/trials/{asked}/usage")).is(200)["items"], json!([]));
    let auditor = demo.person("vendor", "auditor");
    assert_eq!(count(&auditor), 2, "ORG-6");
}

#[test]
fn use_1_a_service_account_with_that_scope_reports_and_does_nothing_else() {
    let demo = Demo::empty();
    let boss = demo.person("vendor", "vendor_administrator");
    let wish = json!({"service_account": true, "name": "Meter", "roles": ["trials_team"]});
    let account = text(&boss.post("/people", wish).is(201)["id"]);
    let wish = json!({"label": "usage", "scopes": ["usage"]});
    let token = boss.post(&format!("/people/{account}/tokens"), wish).is(201);
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (_, customer) = begun(&anna, "metered", &["messaging"]);
    let meter = Person {
        demo: &demo,
        who: json!({"token": token["token"]}),
    };
    let today = anna
        .now()
        .to_zoned(jiff::tz::TimeZone::get("Europe/Paris").unwrap())
        .date();
    meter
        .post("/usage", json!([figure(&customer, &today.to_string(), 1)]))
        .is(200);
    meter
        .get(&format!("/customers/{customer}/usage"))
        .problem(403, "scope_required");
    meter.get("/trials").problem(403, "scope_required");
}
