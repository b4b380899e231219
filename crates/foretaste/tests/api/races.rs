//! Many at once: one wins, the others hear why, and the record agrees.

use crate::support::{Answer, Demo, start};
use serde_json::json;

fn all_at_once(calls: &[&(dyn Fn() -> Answer + Sync)]) -> Vec<Answer> {
    std::thread::scope(|scope| {
        let threads: Vec<_> = calls.iter().map(|call| scope.spawn(call)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn count(answers: &[Answer], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}

#[test]
fn ext_canc_extended_and_cancelled_at_the_same_time() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let trial = anna
        .post("/trials", start("Both", "it@both.example", &["messaging"]))
        .is(201);
    let path = format!("/trials/{}", trial["id"].as_str().unwrap());
    anna.advance(json!({"advance_days": 3}));
    let extend = || anna.post(&format!("{path}/extend"), json!({}));
    let cancel = || anna.post(&format!("{path}/cancel"), json!({}));
    let answers = all_at_once(&[&extend, &cancel, &extend, &cancel, &extend, &cancel]);
    assert!(answers.iter().all(|answer| [200, 409].contains(&answer.status)));
    assert_eq!(anna.get(&path).is(200)["status"], "cancelled", "CANC-1");
    anna.advance(json!({"advance_days": 60}));
    assert!(anna.mails("kind=expiry_notice").is_empty(), "TIME-3");
    assert_eq!(demo.command(&["verify"]).0, 0);
}

#[test]
fn cons_2_accepted_declined_withdrawn_and_resent_at_the_same_time() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let bosses = demo.people("stranger", "full_administrator");
    let mut body = start("x", &bosses[0].email(), &["messaging"]);
    body["customer"]["expect"] = json!("existing");
    let asked = anna.post("/trials", body).is(201);
    let trial = format!("/trials/{}", asked["id"].as_str().unwrap());
    let list = bosses[0].get("/trial-requests").is(200);
    let request = format!("/trial-requests/{}", list["items"][0]["id"].as_str().unwrap());
    let accept = || bosses[0].post(&format!("{request}/accept"), json!({"grant_full_admin": true}));
    let decline = || bosses[1].post(&format!("{request}/decline"), json!({}));
    let cancel = || anna.post(&format!("{trial}/cancel"), json!({}));
    let resend = || anna.post(&format!("{trial}/resend-consent"), json!({}));
    let answers = all_at_once(&[&accept, &decline, &cancel, &resend]);
    assert!(
        answers.iter().all(|answer| [200, 409].contains(&answer.status)),
        "{answers:?}"
    );
    assert!(count(&answers[..2], 200) <= 1, "CONS-2: decided once");
    let status = anna.get(&trial).is(200)["status"].clone();
    let possible = ["pending_provisioning_details", "declined", "cancelled"];
    assert!(possible.iter().any(|one| status == *one), "{status}");
    assert_eq!(demo.command(&["verify"]).0, 0);
}

#[test]
fn one_version_is_changed_once() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let trial = anna
        .post("/trials", start("Tag", "it@tag.example", &["messaging"]))
        .is(201);
    let path = format!("/trials/{}", trial["id"].as_str().unwrap());
    let patch = || {
        let body = json!({"notes": "mine"}).to_string();
        anna.call("PATCH", &path, &[("If-Match", "\"1\"")], Some(body))
    };
    let answers = all_at_once(&[&patch, &patch, &patch, &patch, &patch, &patch]);
    assert_eq!((count(&answers, 200), count(&answers, 412)), (1, 5));
}

#[test]
fn time_4_the_clock_jumps_while_trials_start() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let vera = demo.person("vendor", "auditor");
    let starts = |who: &'static str| {
        let anna = &anna;
        move || {
            let email = |number: usize| format!("it@{who}{number}.example");
            let mut last = anna.post("/trials", start(who, &email(0), &["messaging"]));
            for number in 1..4 {
                assert_eq!(last.status, 201);
                last = anna.post("/trials", start(who, &email(number), &["messaging"]));
            }
            last
        }
    };
    let (red, blue) = (starts("red"), starts("blue"));
    let jump = || {
        vera.post("/test-clock", json!({"advance_days": 31})).is(200);
        vera.post("/test-clock", json!({"advance_days": 31}))
    };
    let answers = all_at_once(&[&red, &jump, &blue, &jump]);
    assert_eq!((count(&answers, 201), count(&answers, 200)), (2, 2), "{answers:?}");
    anna.advance(json!({"advance_days": 70}));
    let trials = anna.get("/trials?limit=200").is(200);
    assert!(
        trials["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["status"] == "removed"),
        "EXP-4"
    );
    assert_eq!(trials["items"].as_array().unwrap().len(), 8);
    for kind in ["expiry_reminder", "expiry_notice"] {
        assert_eq!(
            anna.mails(&format!("kind={kind}")).len(),
            8 * 3,
            "{kind}: EXP-1, once to each"
        );
    }
    assert_eq!(anna.mails("kind=access_ended").len(), 8, "EXP-4");
    assert_eq!(demo.command(&["verify"]).0, 0);
}
