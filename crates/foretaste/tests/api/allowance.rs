//! ELIG-5: a partner's allowance, over regions and at once.

use crate::support::{Answer, Demo, Person, start};
use serde_json::{Value, json};

crate::on_both_engines!(
    elig_5_of_many_that_want_the_last_place_in_different_regions_one_gets_it,
    elig_5_a_request_takes_its_place_when_it_is_accepted,
);

/// The vendor limits a partner of the cast.
fn limit(demo: &Demo, partner: &Person<'_>, allowance: Value) {
    let vera = demo.person("vendor", "vendor_administrator");
    let path = format!("/partners/{}", partner.id());
    vera.patch(&path, json!({ "allowance": allowance })).is(200);
}

fn in_country(number: usize, country: &str) -> Value {
    let mut body = start("Many", &format!("it@many{number}.example"), &["messaging"]);
    body["customer"]["country"] = json!(country);
    body["customer"]["time_zone"] = Value::Null;
    body["customer"].as_object_mut().unwrap().remove("time_zone");
    body
}

fn elig_5_of_many_that_want_the_last_place_in_different_regions_one_gets_it() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let before = anna.get(&format!("/partners/{}", anna.id())).is(200)["usage"].clone();
    let used = before["active_trials"]["used"].as_u64().unwrap();
    limit(&demo, &anna, json!({"active_trials": used + 1}));
    let countries = ["FR", "US", "GB", "CA", "AU", "JP", "FR", "US"];
    let calls: Vec<_> = countries.iter().enumerate().collect();
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let start = |(number, country): (usize, &&str)| {
            let (anna, body) = (&anna, in_country(number, country));
            scope.spawn(move || anna.post_patiently("/trials", &body))
        };
        let threads: Vec<_> = calls.into_iter().map(start).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let won = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(won, 1, "ELIG-5: {answers:?}");
    for answer in answers.into_iter().filter(|answer| answer.status != 201) {
        let refused = answer.problem(409, "allowance_used");
        assert_eq!(refused["limit"], "active_trials", "ELIG-5");
        assert_eq!((&refused["of"], &refused["used"]), (&json!(used + 1), &json!(used + 1)));
    }
    let usage = anna.get(&format!("/partners/{}", anna.id())).is(200)["usage"].clone();
    assert_eq!(usage["active_trials"], json!({"used": used + 1, "of": used + 1}));
    assert_eq!(demo.command(&["verify"]).0, 0);
}

#[test]
fn elig_5_a_month_is_over_with_its_last_day_and_what_never_ran_gives_its_place_back() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    anna.advance(json!({"to": "2027-03-30T12:00:00Z"}));
    limit(&demo, &anna, json!({"trials_per_month": 1}));
    let mut waits = in_country(9, "FR");
    waits["services"] = json!(["contact-center"]);
    let never = anna.post("/trials", waits).is(201);
    assert_eq!(never["status"], "pending_approval");
    anna.post("/trials", in_country(1, "FR")).problem(409, "allowance_used");
    let path = format!("/trials/{}/cancel", never["id"].as_str().unwrap());
    anna.post(&path, json!({})).is(200);
    let first = anna.post("/trials", in_country(1, "FR")).is(201);
    let refused = anna.post("/trials", in_country(2, "US")).problem(409, "allowance_used");
    assert_eq!(refused["limit"], "trials_per_month", "ELIG-5");
    assert_eq!(refused["possible_from"], "2027-04-01", "ELIG-5: from when");
    anna.post("/trials?dry_run=true", in_country(2, "US"))
        .problem(409, "allowance_used");
    let told = anna
        .post("/eligibility", json!({"admin_email": "it@other.example"}))
        .is(200);
    let service = &told["items"][0];
    assert_eq!(
        (&service["eligible"], &service["reason"]),
        (&json!(false), &json!("allowance_used"))
    );
    assert_eq!(service["possible_from"], "2027-04-01", "ELIG-5: told before");
    assert_eq!(told["allowance"]["trials_this_month"], json!({"used": 1, "of": 1}));
    // One that ran has had its place, also when it is cancelled.
    let path = format!("/trials/{}/cancel", first["id"].as_str().unwrap());
    anna.post(&path, json!({})).is(200);
    anna.post("/trials", in_country(2, "US")).problem(409, "allowance_used");
    anna.advance(json!({"to": "2027-04-01T00:00:00Z"}));
    anna.post("/trials", in_country(2, "US")).is(201);
    limit(&demo, &anna, json!({"trials_per_month": null}));
    anna.post("/trials", in_country(3, "GB")).is(201);
}

#[test]
fn elig_5_its_own_allowance_counts_before_that_of_its_tier_and_grace_is_not_active() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let vera = demo.person("vendor", "vendor_administrator");
    let mut next = vera.get("/program").is(200);
    next["version"] = json!(next["version"].as_u64().unwrap() + 1);
    next["policy"]["allowance_tier_1"] = json!({"active": 1});
    vera.post("/program", next).is(201);
    let first = anna.post("/trials", in_country(1, "FR")).is(201);
    let refused = anna.post("/trials", in_country(2, "US")).problem(409, "allowance_used");
    let ends = first["ends_on"].as_str().unwrap();
    assert!(refused["possible_from"].as_str().unwrap() > ends, "ELIG-5: {refused}");
    limit(&demo, &anna, json!({"active_trials": 2}));
    anna.post("/trials", in_country(2, "US")).is(201);
    limit(&demo, &anna, json!({"active_trials": null}));
    // In grace both places are free; coming back takes one.
    anna.advance(json!({"advance_days": 35}));
    anna.post("/trials", in_country(3, "GB")).is(201);
    let extend = format!("/trials/{}/extend", first["id"].as_str().unwrap());
    anna.post(&format!("{extend}?dry_run=true"), json!({}))
        .problem(409, "allowance_used");
    anna.post(&extend, json!({})).problem(409, "allowance_used");
    limit(&demo, &anna, json!({"active_trials": 2}));
    assert_eq!(anna.post(&extend, json!({})).is(200)["status"], "active", "EXT-3");
}

fn elig_5_a_request_takes_its_place_when_it_is_accepted() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let boss = demo.person("stranger", "full_administrator");
    let mut body = start("x", &boss.email(), &["messaging"]);
    body["customer"]["expect"] = json!("existing");
    limit(&demo, &anna, json!({"trials_per_month": 1}));
    anna.post("/trials", body).is(201);
    let other = anna.post("/trials", in_country(1, "FR")).is(201);
    let list = boss.get("/trial-requests").is(200);
    let accept = format!("/trial-requests/{}/accept", list["items"][0]["id"].as_str().unwrap());
    let yes = json!({"grant_full_admin": false});
    let refused = boss.post(&accept, yes.clone()).problem(409, "allowance_used");
    assert_eq!(refused.get("of"), None, "ELIG-5: no customer's affair");
    assert_eq!(
        boss.get("/trial-requests").is(200)["items"][0]["status"],
        "pending_consent"
    );
    limit(&demo, &anna, json!({"trials_per_month": 2}));
    boss.post(&accept, yes).is(200);
    anna.post("/trials", in_country(2, "US")).problem(409, "allowance_used");
    assert_eq!(other["status"], "active");
    assert_eq!(demo.command(&["verify"]).0, 0);
}
