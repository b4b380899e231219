//! START-10: half-filled starts, their author's alone.

use crate::{
    residency::files_with,
    support::{Demo, start},
};
use serde_json::{Value, json};

crate::on_both_engines!(start_10_a_draft_is_kept_resumed_and_gone_with_its_start);

fn start_10_a_draft_is_kept_resumed_and_gone_with_its_start() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let boss = demo.person("partner_a", "sales_full_administrator");
    let half =
        json!({"customer": {"name": "Half", "admin_email": "it@half.example", "country": "FR"}, "step": "services"});
    let kept = anna.post_with_key("/trial-drafts", "k", half.clone());
    let location = kept.headers["location"].clone();
    let kept = kept.is(201);
    assert_eq!(
        anna.post_with_key("/trial-drafts", "k", half.clone()).is(201)["id"],
        kept["id"]
    );
    let path = format!("/trial-drafts/{}", kept["id"].as_str().unwrap());
    assert!(location.ends_with(&path), "{location}");
    assert_eq!(kept["region"], "eu", "REG-2: where France’s customers live");
    let read = anna.get(&path);
    assert_eq!(read.headers["etag"], "\"1\"");
    let read = read.is(200);
    assert_eq!(
        (&read["step"], &read["customer"]["name"]),
        (&json!("services"), &json!("Half"))
    );
    boss.get(&path).problem(404, "not_found");
    assert_eq!(
        boss.get("/trial-drafts").is(200)["items"],
        json!([]),
        "START-10: its author’s alone"
    );

    let put = |version: &str, body: &Value| anna.call("PUT", &path, &[("If-Match", version)], Some(body.to_string()));
    let mut more = half.clone();
    more["services"] = json!(["messaging"]);
    assert_eq!(anna.call("PUT", &path, &[], Some(more.to_string())).status, 428);
    assert_eq!(put("\"1\"", &more).is(200)["version"], 2);
    put("\"1\"", &half).problem(412, "version_conflict");
    assert_eq!(anna.get(&path).is(200)["services"], json!(["messaging"]), "START-10");

    let mut whole = start("Half", "it@half.example", &["messaging"]);
    whole["draft_id"] = kept["id"].clone();
    anna.post("/trials?dry_run=true", whole.clone()).is(200);
    anna.get(&path).is(200);
    anna.post("/trials", whole).is(201);
    anna.get(&path).problem(404, "not_found");
    assert_eq!(
        anna.get("/trial-drafts").is(200)["items"],
        json!([]),
        "START-10: gone with its start"
    );
}

#[test]
fn start_10_reg_2_country_first_and_a_draft_moves_with_it() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let named = json!({"customer": {"name": "Nowhere"}, "meetings": {"site": "nowhere"}});
    let refused = anna.post("/trial-drafts", named);
    let errors = refused.errors();
    refused.problem(422, "invalid_input");
    assert_eq!(
        errors,
        [("/customer/country".to_owned(), "required".to_owned())],
        "REG-2"
    );
    anna.post(
        "/trial-drafts",
        json!({"services": ["messaging"], "license_quantity": 5}),
    )
    .is(201);
    let half = |country: &str| json!({"customer": {"name": "Moves About", "country": country}});
    let kept = anna.post("/trial-drafts", half("FR")).is(201);
    let old = format!("/trial-drafts/{}", kept["id"].as_str().unwrap());
    let moved = anna.call("PUT", &old, &[("If-Match", "\"1\"")], Some(half("US").to_string()));
    let moved = moved.is(200);
    assert_eq!((&moved["region"], &moved["version"]), (&json!("us"), &json!(2)));
    assert_ne!(moved["id"], kept["id"], "an id tells its region");
    anna.get(&old).problem(404, "not_found");
    let new = format!("/trial-drafts/{}", moved["id"].as_str().unwrap());
    assert_eq!(anna.get(&new).is(200)["customer"]["name"], "Moves About");
    let named = files_with(demo.dir.path(), "Moves About");
    assert!(named.iter().any(|name| name.starts_with("us.db")), "REG-2: {named:?}");
    let possible = |name: &String| name.starts_with("us.db") || name.starts_with("eu.db");
    assert!(named.iter().all(possible), "REG-2: nowhere else: {named:?}");
    let other = anna.post("/trial-drafts", half("ZZ"));
    assert_eq!(other.errors()[0].1, "invalid_country");
    let own = json!({"customer": {"id": demo.person("stranger", "full_administrator").id()}});
    anna.post("/trial-drafts", own).problem(404, "not_found");
    let invisible = json!({"customer": {"name": "a\u{202E}b", "country": "FR"}});
    assert_eq!(
        anna.post("/trial-drafts", invisible).errors(),
        [("/customer/name".to_owned(), "invalid_characters".to_owned())]
    );
    let many = vec!["messaging"; 2_000];
    anna.post("/trial-drafts", json!({ "services": many }))
        .problem(413, "too_large");
}

#[test]
fn start_10_drafts_are_limited_forgotten_and_go_with_their_author() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    for _ in 0..100 {
        anna.post("/trial-drafts", json!({"services": []})).is(201);
    }
    let refused = anna.post("/trial-drafts", json!({})).problem(409, "draft_limit");
    assert_eq!(refused["limit"], 100);
    let list = anna.get("/trial-drafts?limit=200").is(200)["items"].clone();
    assert_eq!(list.as_array().unwrap().len(), 100);
    let one = format!("/trial-drafts/{}", list[0]["id"].as_str().unwrap());
    let drop = |query: &str| anna.call("DELETE", &format!("{one}{query}"), &[("If-Match", "*")], None);
    drop("?dry_run=true").is(200);
    drop("").is(200);
    drop("").problem(404, "not_found");
    let read = format!("/trial-drafts/{}", list[1]["id"].as_str().unwrap());
    anna.advance(json!({"advance_days": 29}));
    anna.call(
        "PUT",
        &read,
        &[("If-Match", "*")],
        Some(json!({"services": ["messaging"]}).to_string()),
    )
    .is(200);
    anna.advance(json!({"advance_days": 2}));
    let left = anna.get("/trial-drafts").is(200)["items"].clone();
    assert_eq!(
        left.as_array().unwrap().len(),
        1,
        "START-10: 30 days after its last change"
    );
    let reader = demo.person("partner_a", "read_only_administrator");
    reader.get("/trial-drafts").problem(403, "role_required");
}
