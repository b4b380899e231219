//! PROV-2 on hard days: two servers on one store, and what is left of a customer
//! who was erased.

use super::{
    answer,
    outside::{Outside, account, begun, demo, on_postgres, order},
};
use crate::support::{Demo, pause};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[test]
fn prov_2_two_servers_call_each_order_once() {
    on_postgres(two_servers);
}

fn two_servers() {
    let outside = Outside::new(204);
    let flags = ["--empty", "--provisioner", outside.url.as_str()];
    let demo = Demo::start(&flags, tempfile::TempDir::new().unwrap());
    let _other = demo.second_with(&flags[1..]);
    let anna = demo.person("partner_a", "sales_full_administrator");
    for number in 0..15 {
        begun(&demo, &format!("Many{number}"), &["messaging", "calling"]);
    }
    let calls = outside.wait_for(30);
    pause(2_500);
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for call in outside.calls() {
        *times.entry(call.order().to_owned()).or_default() += 1;
    }
    assert_eq!(
        (calls.len(), times.len()),
        (30, 30),
        "PERF-6: nothing is called twice: {times:?}"
    );
    assert!(times.values().all(|count| *count == 1), "PERF-6: {times:?}");
    assert_eq!(anna.customers().len(), 15);
}

#[test]
fn exp_9_nothing_personal_of_an_erased_customer_is_left_with_its_orders() {
    let outside = Outside::new(503);
    let demo = demo(&outside);
    let robot = account(&demo);
    let team = demo.person("vendor", "trials_team");
    let trial = begun(&demo, "Zwiebelfisch", &["messaging", "calling"]);
    answer(
        &robot,
        &order(&demo, &trial, "provision", "messaging"),
        "done",
        json!({}),
    )
    .is(200);
    let reason = json!({"reason": "Frau Quittenbaum did not pick up"});
    answer(&robot, &order(&demo, &trial, "provision", "calling"), "failed", reason).is(200);
    team.advance(json!({"advance_days": 70}));
    let withdraw = order(&demo, &trial, "withdraw", "calling");
    // Whatever is said of one who is gone is not kept.
    let said = answer(&robot, &withdraw, "failed", json!({"reason": "Quittenbaum again"})).is(200);
    assert_eq!(
        (&said["state"], &said["reason"]),
        (&json!("failed"), &Value::Null),
        "EXP-9"
    );
    // The sweep is at start, and every ten minutes.
    let demo = demo.crash_and_restart_with(&["--empty", "--provisioner", &outside.url]);
    let team = demo.person("vendor", "trials_team");
    let erased = (0..200).any(|_| {
        pause(50);
        let all = team.get("/provisioning-orders?limit=200").is(200);
        all["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["customer"]["name"] == "")
    });
    assert!(erased, "EXP-9");
    let all = team.get("/provisioning-orders?limit=200").is(200).to_string();
    assert!(
        !all.contains("Quittenbaum") && !all.contains("Zwiebelfisch"),
        "EXP-9: {all}"
    );
    let log = std::fs::read_to_string(demo.dir.path().join("server.log")).unwrap();
    for word in ["Quittenbaum", "Zwiebelfisch", "zwiebelfisch", "whsec_"] {
        assert!(!log.contains(word), "SEC-4: {word} in the log");
    }
}
