//! What waits for the trials team: START-2, REG-3, EXT-3.

use crate::{
    exceptions::publish,
    support::{Demo, start},
};
use serde_json::{Value, json};

crate::on_both_engines!(start_2_reg_3_ext_3_one_queue_and_one_decision);

fn start_2_reg_3_ext_3_one_queue_and_one_decision() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let team = demo.person("vendor", "trials_team");
    publish(&demo, |next| next["policy"]["extension_needs_approval"] = json!(true));
    let mut far = start("Far", "it@far.example", &["messaging"]);
    far["customer"]["country"] = json!("AF");
    far["customer"]["time_zone"] = json!("Asia/Kabul");
    let far = anna.post("/trials", far).is(201);
    let centre = anna
        .post("/trials", start("Centre", "it@centre.example", &["contact-center"]))
        .is(201);
    let runs = anna
        .post("/trials", start("Runs", "it@runs.example", &["messaging"]))
        .is(201);
    let extend = format!("/trials/{}/extend", runs["id"].as_str().unwrap());
    anna.advance(json!({"advance_days": 2}));
    anna.post(&extend, json!({"reason": "They were on holiday."})).is(200);
    let waiting = |query: &str| {
        let found = team.get(&format!("/approvals?{query}")).is(200)["items"].clone();
        found.as_array().unwrap().clone()
    };
    for (kind, trial) in [("country", &far), ("service", &centre), ("extension", &runs)] {
        let found = waiting(&format!("kind={kind}&state=pending"));
        assert_eq!(found.len(), 1, "{kind}: {found:?}");
        assert_eq!(found[0]["trial_id"], trial["id"], "{kind}");
    }
    let extension = waiting("kind=extension").remove(0);
    assert_eq!(extension["note"], "They were on holiday.", "EXT-3");
    assert_eq!(extension["due_on"], runs["grace_ends_on"], "EXT-3: until when it helps");
    assert_eq!(waiting("limit=200").len(), 3);
    assert_eq!(team.get("/approvals?kind=weather").status, 422);
    assert_eq!(team.get("/approvals?state=pending&status=approved").status, 422);
    anna.get("/approvals").problem(403, "role_required");
    // Nobody approves his own: who approves starts nothing.
    team.post("/trials", start("Own", "it@own.example", &["messaging"]))
        .problem(403, "role_required");

    let path = |approval: &Value, word: &str| format!("/approvals/{}/{word}", approval["id"].as_str().unwrap());
    let country = waiting("kind=country").remove(0);
    let answers: Vec<_> = std::thread::scope(|scope| {
        let decide = |word: &'static str| {
            let (team, path) = (&team, path(&country, word));
            scope.spawn(move || team.post(&path, json!({"reason": "Looked into."})))
        };
        let threads: Vec<_> = ["approve", "refuse", "approve", "refuse"]
            .into_iter()
            .map(decide)
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let won: Vec<_> = answers.into_iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(won.len(), 1, "REG-3: one decision");
    let decided = won[0].body["status"].as_str().unwrap().to_owned();
    let shown = waiting(&format!("state={decided}")).remove(0);
    assert_eq!(
        (&shown["reason"], &shown["because"]),
        (&json!("Looked into."), &Value::Null)
    );
    let mail = anna.wait_for_mail("kind=approval_decided");
    assert!(mail["text"].as_str().unwrap().contains("Looked into."), "REG-3: {mail}");

    let service = waiting("kind=service").remove(0);
    team.post(&path(&service, "approve"), json!({})).is(200);
    assert_eq!(
        anna.get(&format!("/trials/{}", centre["id"].as_str().unwrap())).is(200)["status"],
        "active"
    );
    let done = team.post(&path(&extension, "approve"), json!({})).is(200);
    assert_eq!(done["trial"]["status"], "active");
    assert!(done["trial"]["ends_on"].as_str() > runs["ends_on"].as_str(), "EXT-3");
    team.post(&path(&extension, "refuse"), json!({}))
        .problem(409, "already_decided");
    assert_eq!(demo.command(&["verify"]).0, 0);
}

#[test]
fn ext_3_a_yes_that_comes_too_late_closes_the_matter_with_its_reason() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let team = demo.person("vendor", "trials_team");
    publish(&demo, |next| {
        next["policy"]["extension_needs_approval"] = json!(true);
        next["policy"]["extension_in_grace"] = json!(false);
    });
    let runs = anna
        .post("/trials", start("Late", "it@late.example", &["messaging"]))
        .is(201);
    let trial = format!("/trials/{}", runs["id"].as_str().unwrap());
    anna.advance(json!({"advance_days": 2}));
    anna.post(&format!("{trial}/extend"), json!({})).is(200);
    let asked = team.get("/approvals").is(200)["items"][0].clone();
    assert_eq!(asked["due_on"], runs["ends_on"], "EXT-3");
    anna.advance(json!({"advance_days": 40}));
    let approve = format!("/approvals/{}/approve", asked["id"].as_str().unwrap());
    team.post(&format!("{approve}?dry_run=true"), json!({}))
        .problem(409, "wrong_status");
    assert_eq!(team.get("/approvals").is(200)["items"].as_array().unwrap().len(), 1);
    let late = team
        .post_with_key(&approve, "late", json!({}))
        .problem(409, "wrong_status");
    assert_eq!(late["approval_status"], "refused", "EXT-3");
    assert_eq!(
        team.post_with_key(&approve, "late", json!({}))
            .problem(409, "wrong_status"),
        late
    );
    let closed = team.get("/approvals?state=refused").is(200)["items"][0].clone();
    assert_eq!(closed["because"], "wrong_status", "EXT-3: and why");
    assert_eq!(
        anna.get(&trial).is(200)["status"],
        "expired",
        "EXT-3: nothing came back"
    );
    team.post(&approve, json!({})).problem(409, "already_decided");
    anna.wait_for_mail("kind=approval_decided");
}

#[test]
fn ext_3_elig_5_an_extension_out_of_grace_waits_for_a_place() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let vera = demo.person("vendor", "vendor_administrator");
    let team = demo.person("vendor", "trials_team");
    publish(&demo, |next| next["policy"]["extension_needs_approval"] = json!(true));
    let runs = anna
        .post("/trials", start("Back", "it@back.example", &["messaging"]))
        .is(201);
    anna.advance(json!({"advance_days": 35}));
    let trial = format!("/trials/{}", runs["id"].as_str().unwrap());
    anna.post(&format!("{trial}/extend"), json!({})).is(200);
    let limit = |active: Value| {
        let path = format!("/partners/{}", anna.id());
        vera.patch(&path, json!({"allowance": {"active_trials": active}}))
            .is(200);
    };
    limit(json!(0));
    let asked = team.get("/approvals?kind=extension").is(200)["items"][0].clone();
    let approve = format!("/approvals/{}/approve", asked["id"].as_str().unwrap());
    team.post(&approve, json!({})).problem(409, "allowance_used");
    let still = team.get("/approvals?kind=extension").is(200)["items"][0]["status"].clone();
    assert_eq!(still, "pending", "ELIG-5: that may pass");
    limit(Value::Null);
    assert_eq!(team.post(&approve, json!({})).is(200)["trial"]["status"], "active");
}
