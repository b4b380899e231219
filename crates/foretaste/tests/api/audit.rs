//! The record of changes (AUD-1), what waits for people, and taking everything away.

use crate::support::{Demo, start};
use serde_json::{Value, json};

crate::on_both_engines! {
    aud_1_who_when_from_where_why_and_what,
    aud_1_a_partner_reads_what_concerns_it,
    aud_1_the_record_as_a_file_is_never_run,
    org_4_everything_kept_about_a_customer_can_be_taken_away,
    what_waits_is_listed_for_whom_it_waits,
}

fn names(record: &Value) -> Vec<String> {
    let items = record["items"].as_array().unwrap().iter();
    items.map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

fn aud_1_who_when_from_where_why_and_what() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let trial = anna
        .post("/trials", start("Written", "it@written.example", &["messaging"]))
        .is(201);
    let path = format!("/trials/{}", trial["id"].as_str().unwrap());
    let request = [("X-Request-Id", "my-own-id-42")];
    let body = json!({"reason": "they chose another date"}).to_string();
    anna.call("POST", &format!("{path}/cancel"), &request, Some(body))
        .is(200);
    let record = anna
        .get(&format!("/audit?trial_id={}", trial["id"].as_str().unwrap()))
        .is(200);
    let entry = &record["items"][0];
    assert_eq!(entry["name"], "cancelled", "AUD-1: {record:#}");
    assert_eq!(
        entry["by"]["organization"]["name"], anna.who["organization"]["name"],
        "AUD-1: who"
    );
    assert!(
        entry["by"]["name"].as_str().is_some_and(|name| !name.is_empty()),
        "AUD-1: who"
    );
    assert_eq!(entry["from"], "127.0.0.1", "AUD-1: from where");
    assert_eq!(entry["reason"], "they chose another date", "AUD-1: why");
    assert_eq!(
        (&entry["via"], &entry["request_id"]),
        (&json!("api"), &json!("my-own-id-42")),
        "AUD-1"
    );
    assert_eq!(entry["details"][0]["type"], "cancelled", "AUD-1: what");
    assert!(entry["at"].as_str().unwrap().ends_with('Z'), "AUD-1: when");
    let (code, out) = demo.command(&["verify"]);
    assert_eq!(code, 0, "{out}");
}

fn aud_1_a_partner_reads_what_concerns_it() {
    let demo = Demo::full();
    let boss = demo.person("own_active", "full_administrator");
    let own = demo.person("partner_a", "sales_full_administrator");
    let other = demo.person("partner_b", "sales_full_administrator");
    let mut wish = start("Ignored", &boss.email(), &["contact-center"]);
    wish["customer"]["expect"] = json!("existing");
    let asked = other.post("/trials", wish).is(201);
    let of = format!("/audit?customer_id={}&limit=200", boss.id());
    // While consent is pending there is nothing to read (ORG-9).
    other.get(&of).problem(404, "not_found");
    let request = asked["id"].as_str().unwrap().replacen("trial_", "request_", 1);
    boss.post(
        &format!("/trial-requests/{request}/accept"),
        json!({"grant_full_admin": false}),
    )
    .is(200);
    own.patch(&format!("/customers/{}", boss.id()), json!({"tags": ["secret plans"]}))
        .is(200);
    let theirs = other.get(&of).is(200);
    let trials: Vec<&str> = theirs["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["trial_id"].as_str())
        .collect();
    assert!(
        !trials.is_empty() && trials.iter().all(|id| *id == asked["id"].as_str().unwrap()),
        "AUD-1: {theirs:#}"
    );
    assert!(!names(&theirs).contains(&"customer_changed".to_owned()), "ORG-10");
    let customers = boss.get("/audit?limit=200").is(200);
    assert!(
        !names(&customers).contains(&"customer_changed".to_owned()),
        "ORG-10: {customers:#}"
    );
    assert!(
        names(&own.get(&of).is(200)).contains(&"customer_changed".to_owned()),
        "AUD-1"
    );
    let auditor = demo.person("vendor", "auditor").get(&of).is(200);
    assert!(
        auditor["items"].as_array().unwrap().len() > theirs["items"].as_array().unwrap().len(),
        "ORG-6"
    );
    // In pages it is the same.
    let (mut all, mut next) = (Vec::new(), String::new());
    loop {
        let page = other
            .get(&format!("/audit?customer_id={}&limit=1{next}", boss.id()))
            .is(200);
        all.extend(page["items"].as_array().unwrap().clone());
        match page["next_cursor"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(
        Value::Array(all),
        theirs["items"],
        "AUD-1: no entry is lost between pages"
    );
    demo.person("partner_a", "sales_administrator")
        .get("/audit")
        .problem(403, "role_required");
    demo.person("own_active", "user_administrator")
        .get("/audit")
        .problem(403, "role_required");
}

fn aud_1_the_record_as_a_file_is_never_run() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let trial = anna
        .post("/trials", start("Sheet", "it@sheet.example", &["messaging"]))
        .is(201);
    let id = trial["id"].as_str().unwrap();
    anna.post(
        &format!("/trials/{id}/cancel"),
        json!({"reason": "=HYPERLINK(\"http://x\")"}),
    )
    .is(200);
    let file = anna.get(&format!("/audit?trial_id={id}&format=csv"));
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    let text = file.is(200);
    let text = text.as_str().unwrap();
    assert!(text.starts_with("seq,at,what,"), "{text}");
    assert!(text.contains("'=HYPERLINK"), "SEC-3: {text}");
    anna.get("/audit?format=pdf").problem(422, "invalid_input");
}

fn org_4_everything_kept_about_a_customer_can_be_taken_away() {
    let demo = Demo::full();
    let boss = demo.person("own_active", "full_administrator");
    let own = demo.person("partner_a", "sales_full_administrator");
    let path = format!("/customers/{}/export", boss.id());
    own.patch(&format!("/customers/{}", boss.id()), json!({"tags": ["secret plans"]}))
        .is(200);
    let all = boss.get(&path).is(200);
    let text = all.to_string();
    assert!(text.contains(&boss.email()) && !text.contains("secret plans"), "ORG-10");
    for part in ["organization", "people", "partners", "trials", "emails", "record"] {
        let empty = all[part].as_array().is_some_and(Vec::is_empty) || all[part].is_null();
        assert!(!empty, "{part} is missing: {all:#}");
    }
    assert!(own.get(&path).is(200).to_string().contains("secret plans"));
    boss.patch(
        &format!("/customers/{}/partners/{}", boss.id(), own.id()),
        json!({"level": "provisioning_administrator"}),
    )
    .is(200);
    own.get(&path).problem(403, "forbidden");
    demo.person("vendor", "vendor_administrator")
        .get(&path)
        .problem(403, "role_required");
}

fn what_waits_is_listed_for_whom_it_waits() {
    let demo = Demo::full();
    let boss = demo.person("stranger", "full_administrator");
    let anna = demo.person("partner_a", "sales_full_administrator");
    let mut wish = start("Ignored", &boss.email(), &["messaging"]);
    wish["customer"]["expect"] = json!("existing");
    let asked = anna.post("/trials", wish).is(201);
    let kinds = |list: &Value| {
        let items = list["items"].as_array().unwrap().iter();
        items
            .map(|one| one["kind"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let mine = boss.get("/tasks").is(200);
    assert_eq!(kinds(&mine), ["consent_request"], "{mine:#}");
    assert_eq!(
        mine["items"][0]["due_at"], asked["consent"]["expires_at"],
        "CONS-2: {mine:#} {asked:#}"
    );
    assert_eq!(
        demo.person("stranger", "user").get("/tasks").is(200)["items"],
        json!([])
    );
    let team = demo.person("vendor", "trials_team").get("/tasks").is(200);
    let theirs = ["approval", "shipment", "device_extension"];
    assert!(
        kinds(&team).iter().all(|kind| theirs.contains(&kind.as_str()))
            && kinds(&team).contains(&"approval".to_owned()),
        "{team:#}"
    );
    let sales = anna.get("/tasks").is(200);
    assert!(kinds(&sales).contains(&"provisioning_details".to_owned()), "{sales:#}");
    anna.post("/trials", start("Soon", "it@soon-over.example", &["messaging"]))
        .is(201);
    anna.advance(json!({"advance_days": 23}));
    let early = anna.get("/tasks?limit=200").is(200);
    assert!(!early.to_string().contains("\"Soon\""), "EXP-6: {early:#}");
    anna.advance(json!({"advance_days": 1}));
    let sales = anna.get("/tasks?limit=200").is(200);
    assert!(kinds(&sales).contains(&"ends_soon".to_owned()), "EXP-6: {sales:#}");
}
