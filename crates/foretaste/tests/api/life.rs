//! A trial lives: from its start to its removal, on the test clock.

use crate::support::{Demo, item, start};
use jiff::{civil::date, tz::TimeZone};
use serde_json::json;

crate::on_both_engines!(
    exp_1_to_5_a_trial_that_nobody_touches_goes_its_whole_way,
    start_9_the_dry_run_the_plan_and_what_then_happens_are_the_same,
    ext_1_an_extension_counts_from_today_and_moves_the_emails,
    ext_2_shortening_needs_an_explicit_yes,
    canc_1_cancelling_stops_at_once_and_frees_the_services,
    exp_9_a_hold_stops_the_removal_until_it_is_lifted,
    time_4_the_clock_only_goes_forwards
);

/// 2027-01-15 at ten in the morning in Paris.
const BEGIN: &str = "2027-01-15T09:00:00Z";

fn begun(services: &[&str]) -> (Demo, String) {
    let demo = Demo::empty();
    let id = {
        let anna = demo.person("partner_a", "sales_full_administrator");
        anna.advance(json!({"to": BEGIN}));
        let trial = anna
            .post(
                "/trials",
                start("Ateliers du Nord", "it@ateliers-du-nord.example", services),
            )
            .is(201);
        trial["id"].as_str().unwrap().to_owned()
    };
    (demo, id)
}

fn exp_1_to_5_a_trial_that_nobody_touches_goes_its_whole_way() {
    let (demo, id) = begun(&["messaging", "calling"]);
    let anna = demo.person("partner_a", "sales_full_administrator");
    let path = format!("/trials/{id}");
    let trial = anna.get(&path).is(200);
    assert_eq!(trial["status"], "active", "PROV-2");
    assert_eq!(
        (trial["ends_on"].as_str(), trial["days_left"].as_i64()),
        (Some("2027-02-14"), Some(30)),
        "TIME-2"
    );
    assert_eq!(
        anna.wait_for_mail("kind=welcome")["to"],
        "it@ateliers-du-nord.example",
        "PROV-3"
    );

    anna.advance(json!({"to": "2027-02-07T07:59:59Z"}));
    assert!(
        anna.mails("kind=expiry_reminder").is_empty(),
        "EXP-1: not before 09:00 in Paris"
    );
    let done = anna.advance(json!({"advance_seconds": 1}));
    assert_eq!(done["done"], json!({"expiry_reminder": 1}), "EXP-1");
    let to: Vec<_> = anna
        .mails("kind=expiry_reminder")
        .iter()
        .map(|mail| mail["to"].clone())
        .collect();
    assert!(
        to.contains(&json!("it@ateliers-du-nord.example")) && to.contains(&json!(anna.email())),
        "EXP-1: {to:?}"
    );

    anna.advance(json!({"to": "2027-02-14T22:59:59Z"}));
    assert_eq!(
        anna.get(&path).is(200)["status"],
        "active",
        "TIME-2: through the whole of its last day"
    );
    assert_eq!(anna.get(&path).is(200)["days_left"], 0, "TIME-2");
    anna.advance(json!({"advance_seconds": 1}));
    let trial = anna.get(&path).is(200);
    assert_eq!(
        (trial["status"].as_str(), trial["grace_days_left"].as_i64()),
        (Some("expired"), Some(29)),
        "EXP-3"
    );

    anna.advance(json!({"to": "2027-03-16T22:59:59Z"}));
    assert_eq!(
        anna.get(&path).is(200)["status"],
        "expired",
        "EXP-4: grace lasts through its last day"
    );
    anna.advance(json!({"advance_seconds": 1}));
    let trial = anna.get(&path).is(200);
    assert_eq!(trial["status"], "removed", "EXP-4");
    assert!(
        anna.mails("kind=access_ended").is_empty(),
        "EXP-4: the users are told at nine"
    );
    anna.advance(json!({"to": "2027-03-17T08:00:00Z"}));
    let told = anna.mails("kind=access_ended");
    assert_eq!(told.len(), 1, "EXP-4");
    assert!(
        !told[0]["links"].to_string().contains("127.0.0.1"),
        "EXP-4: nothing here opens for them any more: {}",
        told[0]["links"]
    );
    let done = anna.advance(json!({"to": "2027-04-01T00:00:00Z"}));
    assert_eq!(done["done"], json!({"numbers_released": 1}), "EXP-5");
    assert_eq!(
        anna.get(&path).is(200)["customer"]["name"],
        "",
        "EXP-9: what was personal is erased"
    );
    let plan = anna.get(&format!("{path}/plan")).is(200);
    assert!(
        plan["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item["state"] == "done"),
        "{plan:#}"
    );
    let (code, report) = demo.command(&["verify", "--json"]);
    assert_eq!(code, 0, "{report}");
}

fn start_9_the_dry_run_the_plan_and_what_then_happens_are_the_same() {
    let zones = [
        ("Europe/Paris", "2027-01-15"),
        ("America/Los_Angeles", "2027-02-20"),
        ("Africa/Cairo", "2027-03-30"),
    ];
    for (zone, day) in zones {
        let demo = Demo::empty();
        let anna = demo.person("partner_a", "sales_full_administrator");
        let tz = TimeZone::get(zone).unwrap();
        let begin = day
            .parse::<jiff::civil::Date>()
            .unwrap()
            .at(10, 0, 0, 0)
            .to_zoned(tz)
            .unwrap()
            .timestamp();
        anna.advance(json!({"to": begin.to_string()}));
        let mut body = start("Nile Lanterns", "it@nile-lanterns.example", &["messaging", "calling"]);
        body["customer"]["time_zone"] = json!(zone);
        let dry = anna.post("/trials?dry_run=true", body.clone()).is(200);
        assert!(dry["id"].is_null(), "START-9");
        assert_eq!(
            anna.get("/trials").is(200)["items"],
            json!([]),
            "START-9: nothing was written"
        );
        let trial = anna.post("/trials", body).is(201);
        let plan = anna
            .get(&format!("/trials/{}/plan", trial["id"].as_str().unwrap()))
            .is(200);
        let shape = |plan: &serde_json::Value| -> Vec<_> {
            let items = plan["items"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|item| item["kind"] != "started");
            items
                .map(|item| (item["kind"].clone(), item["at"].clone(), item["on"].clone()))
                .collect()
        };
        assert_eq!(shape(&dry["plan"]), shape(&plan), "START-9, {zone}");
        anna.advance(json!({"advance_days": 100}));
        let after = anna
            .get(&format!("/trials/{}/plan", trial["id"].as_str().unwrap()))
            .is(200);
        assert_eq!(
            shape(&after),
            shape(&plan),
            "START-9, {zone}: what was shown is what happened"
        );
        for happened in after["items"].as_array().unwrap() {
            assert_eq!(happened["state"], "done", "{zone}: {happened}");
            if happened["kind"] != "started" {
                assert_eq!(
                    happened["done_at"], happened["at"],
                    "TIME-4: at the instant at which it fell due"
                );
            }
        }
        let (code, simulated) = demo.command(&[
            "simulate",
            "--json",
            "--starts-on",
            day,
            "--time-zone",
            zone,
            "--days",
            "30",
            "--services",
            "messaging,calling",
        ]);
        assert_eq!(code, 0, "{simulated}");
        for (kind, at, _) in shape(&plan) {
            assert!(
                simulated.contains(at.as_str().unwrap()),
                "{zone}: {kind} at {at} is not in {simulated}"
            );
        }
    }
}

fn ext_1_an_extension_counts_from_today_and_moves_the_emails() {
    let (demo, id) = begun(&["messaging"]);
    let anna = demo.person("partner_a", "sales_full_administrator");
    anna.advance(json!({"advance_days": 24}));
    let path = format!("/trials/{id}/extend");
    let dry = anna.post(&format!("{path}?dry_run=true"), json!({})).is(200);
    assert_eq!(
        (&dry["before"]["ends_on"], &dry["ends_on"]),
        (&json!("2027-02-14"), &json!("2027-03-10")),
        "EXT-2"
    );
    assert_eq!(item(&dry["plan"], "expires")["on"], "2027-03-11", "EXT-2");
    let trial = anna.post(&path, json!({"days": 30, "reason": "more time"})).is(200);
    assert_eq!(
        (trial["changed"].as_bool(), trial["ends_on"].as_str()),
        (Some(true), Some("2027-03-10")),
        "EXT-1"
    );
    let again = anna.post(&path, json!({"days": 30})).is(200);
    assert_eq!(
        again["changed"], false,
        "EXT-2: the same day changes nothing and says so"
    );
    let refused = anna.post(&path, json!({"days": 31}));
    assert_eq!(
        refused.errors(),
        [("/days".to_owned(), "extension_length".to_owned())],
        "EXT-1"
    );
    refused.problem(422, "extension_length");
    anna.advance(json!({"to": "2027-03-03T07:59:59Z"}));
    assert_eq!(
        anna.mails("kind=expiry_reminder").len(),
        2,
        "EXP-1: of the first end, to customer and partner"
    );
    anna.advance(json!({"advance_seconds": 1}));
    assert_eq!(anna.mails("kind=expiry_reminder").len(), 4, "EXP-1: and of the new one");
}

fn ext_2_shortening_needs_an_explicit_yes() {
    let (demo, id) = begun(&["messaging"]);
    let anna = demo.person("partner_a", "sales_full_administrator");
    let mut body = start("Long Run", "it@long-run.example", &["messaging"]);
    body["duration_days"] = json!(90);
    let long = anna.post("/trials", body).is(201)["id"].as_str().unwrap().to_owned();
    anna.advance(json!({"advance_days": 25}));
    let refused = anna
        .post(&format!("/trials/{long}/extend"), json!({"days": 30}))
        .problem(409, "extension_would_shorten");
    assert_eq!(refused["current_ends_on"], "2027-04-15", "EXT-2");
    assert_eq!(
        refused["new_ends_on"], "2027-03-11",
        "EXT-1: with 65 days left, 30 gives 30"
    );
    let trial = anna
        .post(
            &format!("/trials/{long}/extend"),
            json!({"days": 30, "allow_shorten": true}),
        )
        .is(200);
    assert_eq!(trial["ends_on"], "2027-03-11", "EXT-2");
    assert_eq!(
        anna.get(&format!("/trials/{id}")).is(200)["ends_on"],
        "2027-02-14",
        "the other trial is as it was"
    );
}

fn canc_1_cancelling_stops_at_once_and_frees_the_services() {
    let (demo, id) = begun(&["messaging", "calling"]);
    let anna = demo.person("partner_a", "sales_full_administrator");
    let trial = anna
        .post(&format!("/trials/{id}/cancel"), json!({"reason": "not now"}))
        .is(200);
    assert_eq!(trial["status"], "cancelled", "CANC-1");
    anna.post(&format!("/trials/{id}/extend"), json!({}))
        .problem(409, "wrong_status");
    let plan = anna.get(&format!("/trials/{id}/plan")).is(200);
    assert_eq!(
        item(&plan, "numbers_released")["at"],
        "2027-01-30T23:00:00Z",
        "CANC-2: numbers rest 15 days"
    );
    assert_eq!(
        item(&plan, "removed")["at"],
        "2027-02-14T23:00:00Z",
        "CANC-2: the organization is kept 30 days"
    );
    let customer = trial["customer"]["id"].as_str().unwrap();
    let again = anna
        .post(
            "/trials",
            json!({"customer": {"id": customer}, "services": ["messaging"]}),
        )
        .is(201);
    assert_eq!(again["status"], "active", "CANC-2: open to a new trial");
    anna.advance(json!({"advance_days": 40}));
    let plan = anna.get(&format!("/trials/{id}/plan")).is(200);
    assert_eq!(
        item(&plan, "removed")["state"],
        "skipped",
        "CANC-2: the customer came back"
    );
    assert_eq!(demo.command(&["verify"]).0, 0);
}

fn exp_9_a_hold_stops_the_removal_until_it_is_lifted() {
    let (demo, id) = begun(&["messaging"]);
    let (anna, vera) = (
        demo.person("partner_a", "sales_full_administrator"),
        demo.person("vendor", "trials_team"),
    );
    let customer = anna.get(&format!("/trials/{id}")).is(200)["customer"]["id"].clone();
    anna.post("/holds", json!({"customer_id": customer, "reason": "no"}))
        .problem(403, "role_required");
    let hold = vera
        .post("/holds", json!({"customer_id": customer, "reason": "a lawsuit"}))
        .is(201);
    anna.advance(json!({"advance_days": 90}));
    let trial = anna.get(&format!("/trials/{id}")).is(200);
    assert_eq!(trial["status"], "expired", "EXP-9: it stays expired");
    assert!(trial["held_at"].is_string(), "EXP-9");
    assert_eq!(
        item(&anna.get(&format!("/trials/{id}/plan")).is(200), "removed")["state"],
        "held",
        "EXP-9"
    );
    let path = format!("/holds/{}", hold["id"].as_str().unwrap());
    vera.call("DELETE", &path, &[], None)
        .problem(428, "precondition_required");
    assert_eq!(
        vera.call("DELETE", &path, &[("If-Match", "*")], None).status,
        200,
        "EXP-9"
    );
    anna.advance(json!({"advance_seconds": 1}));
    assert_eq!(
        anna.get(&format!("/trials/{id}")).is(200)["status"],
        "removed",
        "EXP-9: it runs after release"
    );
    assert_eq!(anna.mails("kind=access_ended").len(), 1, "EXP-9");
}

fn time_4_the_clock_only_goes_forwards() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let now = anna.now();
    anna.post("/test-clock", json!({"to": "2020-01-01T00:00:00Z"}))
        .problem(422, "clock_backwards");
    anna.post("/test-clock", json!({"advance_days": -1}))
        .problem(422, "clock_backwards");
    for wrong in [
        json!({}),
        json!({"advance_days": 1, "advance_seconds": 1}),
        json!({"advance_days": i64::MAX}),
        json!({"to": "soon"}),
    ] {
        assert_eq!(anna.post("/test-clock", wrong.clone()).status, 422, "{wrong}");
    }
    anna.advance(json!({"advance_days": 7}));
    let passed = anna.now().duration_since(now).as_hours();
    assert_eq!(passed, 7 * 24, "TIME-4");
    assert!(date(2026, 1, 1) < anna.now().to_zoned(TimeZone::UTC).date());
}
