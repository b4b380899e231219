//! ELIG-4: a rest between trials, and the trials team that lifts it once.

use crate::support::{Demo, Person, start};
use serde_json::{Value, json};

crate::on_both_engines!(elig_4_a_rest_is_lifted_for_one_trial_and_no_more);

/// The next version of the program.
pub(crate) fn publish(demo: &Demo, change: impl FnOnce(&mut Value)) {
    let vera = demo.person("vendor", "vendor_administrator");
    let mut next = vera.get("/program").is(200);
    next["version"] = json!(next["version"].as_u64().unwrap() + 1);
    change(&mut next);
    vera.post("/program", next).is(201);
}

fn again(customer: &Value, services: &[&str]) -> Value {
    json!({"customer": {"id": customer}, "services": services})
}

fn cancel(anna: &Person<'_>, trial: &Value) {
    let path = format!("/trials/{}/cancel", trial["id"].as_str().unwrap());
    anna.post(&path, json!({})).is(200);
}

fn elig_4_a_rest_is_lifted_for_one_trial_and_no_more() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let team = demo.person("vendor", "trials_team");
    publish(&demo, |next| next["policy"]["rest_between_trials_days"] = json!(90));
    let first = anna
        .post("/trials", start("Rests", "it@rests.example", &["messaging"]))
        .is(201);
    let customer = &first["customer"]["id"];
    cancel(&anna, &first);
    let wish = again(customer, &["messaging"]);
    let refused = anna.post("/trials", wish.clone()).problem(409, "service_not_eligible");
    let from = refused["services"][0]["possible_from"].as_str().unwrap();
    assert_eq!(refused["services"][0]["reason"], "cooldown", "ELIG-4: {from}");

    let path = format!("/customers/{}/eligibility-exceptions", customer.as_str().unwrap());
    let grant = json!({"service": "messaging", "reason": "The first one was set up wrongly."});
    anna.post(&path, grant.clone()).problem(403, "role_required");
    let wrong = team.post(&path, json!({"service": "no", "partner_id": "org_eu_1"}));
    let wrong = wrong.errors();
    let pair = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    assert_eq!(
        wrong,
        [
            pair("/service", "unknown_service"),
            pair("/reason", "required"),
            pair("/partner_id", "invalid_id")
        ],
        "ELIG-4: all at once"
    );
    let other = demo.person("partner_b", "sales_administrator");
    let theirs = json!({"service": "messaging", "partner_id": other.id(), "reason": "for them"});
    let theirs = team.post(&path, theirs).is(201);
    anna.post("/trials", wish.clone()).problem(409, "service_not_eligible");
    let granted = team.post_with_key(&path, "once", grant.clone()).is(201);
    assert_eq!(team.post_with_key(&path, "once", grant).is(201)["id"], granted["id"]);
    let told = anna.post(
        "/eligibility",
        json!({"customer_id": customer, "services": ["messaging"]}),
    );
    let told = told.is(200)["items"][0].clone();
    assert_eq!(
        (&told["eligible"], &told["possible_from"]),
        (&json!(true), &Value::Null),
        "ELIG-4"
    );
    anna.post("/trials?dry_run=true", wish.clone()).is(200);
    let second = anna.post("/trials", wish.clone()).is(201);
    let list = team.get(&path).is(200)["items"].clone();
    assert_eq!(list[0]["status"], "used", "ELIG-4: {list}");
    assert_eq!(
        (&list[0]["trial_id"], &list[1]["status"]),
        (&second["id"], &json!("open"))
    );
    cancel(&anna, &second);
    anna.post("/trials", wish).problem(409, "service_not_eligible");

    let one = |exception: &Value| format!("{path}/{}", exception["id"].as_str().unwrap());
    let delete = |exception: &Value| team.call("DELETE", &one(exception), &[("If-Match", "*")], None);
    delete(&granted).problem(409, "already_decided");
    assert_eq!(delete(&theirs).is(200)["status"], "taken_back", "ELIG-4");
    delete(&theirs).problem(409, "already_decided");
    assert_eq!(demo.command(&["verify"]).0, 0);
}

#[test]
fn elig_4_what_never_ran_gives_its_exception_back() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let team = demo.person("vendor", "trials_team");
    publish(&demo, |next| next["policy"]["trials_per_service"] = json!(1));
    let first = anna
        .post("/trials", start("Once", "it@once.example", &["messaging"]))
        .is(201);
    let customer = &first["customer"]["id"];
    cancel(&anna, &first);
    let path = format!("/customers/{}/eligibility-exceptions", customer.as_str().unwrap());
    team.post(&path, json!({"service": "messaging", "reason": "once more"}))
        .is(201);
    let waits = anna
        .post("/trials", again(customer, &["messaging", "contact-center"]))
        .is(201);
    assert_eq!(waits["status"], "pending_approval");
    assert_eq!(team.get(&path).is(200)["items"][0]["status"], "used", "ELIG-4");
    cancel(&anna, &waits);
    assert_eq!(team.get(&path).is(200)["items"][0]["status"], "open", "ELIG-4");
    // An edit uses it up as a start does.
    let runs = anna.post("/trials", again(customer, &["calling"])).is(201);
    let trial = format!("/trials/{}", runs["id"].as_str().unwrap());
    let both = json!({"services": ["calling", "messaging"]});
    anna.patch(&trial, both).is(200);
    assert_eq!(team.get(&path).is(200)["items"][0]["status"], "used", "ELIG-4, EDIT-1");
}

#[test]
fn elig_4_a_service_that_leaves_its_trial_before_it_ran_gives_its_exception_back() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let team = demo.person("vendor", "trials_team");
    publish(&demo, |next| next["policy"]["trials_per_service"] = json!(1));
    let decide = |word: &str| {
        let found = team.get("/approvals?kind=service").is(200);
        let id = found["items"][0]["id"].as_str().unwrap().to_owned();
        team.post(&format!("/approvals/{id}/{word}"), json!({})).is(200);
    };
    let first = anna
        .post("/trials", start("Once", "it@once.example", &["contact-center"]))
        .is(201);
    decide("approve");
    cancel(&anna, &first);
    let customer = &first["customer"]["id"];
    let path = format!("/customers/{}/eligibility-exceptions", customer.as_str().unwrap());
    let grant = json!({"service": "contact-center", "reason": "once more"});
    team.post(&path, grant).is(201);
    let both = again(customer, &["calling", "contact-center"]);
    let second = anna.post("/trials", both).is(201);
    assert_eq!(team.get(&path).is(200)["items"][0]["status"], "used", "ELIG-4");
    decide("refuse");
    let trial = format!("/trials/{}", second["id"].as_str().unwrap());
    assert_eq!(
        anna.get(&trial).is(200)["status"],
        "active",
        "START-2: the rest goes on"
    );
    assert_eq!(team.get(&path).is(200)["items"][0]["status"], "open", "ELIG-4");
    cancel(&anna, &second);
    assert_eq!(team.get(&path).is(200)["items"][0]["status"], "open", "ELIG-4");
}
