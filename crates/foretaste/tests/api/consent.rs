//! Consent of a customer with which a partner has no relationship.

use crate::support::{Demo, Person, start};
use serde_json::{Value, json};

crate::on_both_engines!(
    cons_1_to_4_a_request_its_yes_and_its_details,
    cons_3_the_box_gives_full_access_and_cons_8_takes_it_back,
    cons_2_it_lapses_after_ten_times_24_hours_and_resending_does_not_move_that,
    cons_5_a_refusal_tells_the_partner_why,
    cons_6_the_first_acceptance_wins,
    cons_7_each_recipient_has_a_link_and_a_resent_request_replaces_it,
    cons_4_a_request_is_withdrawn_and_the_customer_leaves_the_list
);

fn ask(partner: &Person<'_>, email: &str, services: &[&str]) -> Value {
    let mut body = start("Whatever they typed", email, services);
    body["customer"]["expect"] = json!("existing");
    partner.post("/trials", body).is(201)
}

fn request_of(customer: &Person<'_>, trial: &Value) -> String {
    let list = customer.get("/trial-requests").is(200);
    let found = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["trial_id"] == trial["id"])
        .unwrap();
    format!("/trial-requests/{}", found["id"].as_str().unwrap())
}

fn cons_1_to_4_a_request_its_yes_and_its_details() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let (boss, user) = (
        demo.person("stranger", "full_administrator"),
        demo.person("stranger", "user"),
    );
    let trial = ask(&anna, &boss.email(), &["messaging"]);
    assert_eq!(trial["status"], "pending_consent", "CONS-4");
    assert_ne!(
        trial["customer"]["name"], "Whatever they typed",
        "START-6: its own name holds"
    );
    assert_ne!(trial["region"], "eu", "START-6: its own region holds");
    anna.wait_for_mail(&format!("kind=consent_request&to={}", boss.email()));
    assert_eq!(
        anna.mails("kind=consent_request").len(),
        1,
        "CONS-1: a full administrator is asked alone"
    );
    let line = anna.customers().remove(0);
    assert_eq!(
        (line["status"].as_str(), line["region"].is_null()),
        (Some("pending_consent"), true),
        "CONS-4"
    );
    let path = request_of(&boss, &trial);
    user.get(&path).is(200);
    user.post(&format!("{path}/accept"), json!({"grant_full_admin": true}))
        .problem(403, "not_full_administrator");
    anna.post(&format!("{path}/accept"), json!({"grant_full_admin": true}))
        .problem(404, "not_found");
    boss.post(&format!("{path}/accept"), json!({}))
        .problem(422, "invalid_input");
    let accepted = boss
        .post(&format!("{path}/accept"), json!({"grant_full_admin": false}))
        .is(200);
    assert_eq!(accepted["status"], "pending_provisioning_details", "CONS-4");
    boss.post(&format!("{path}/accept"), json!({"grant_full_admin": true}))
        .problem(409, "already_decided");
    anna.wait_for_mail("kind=consent_accepted");
    anna.get(&format!("/customers/{}/users", boss.id()))
        .problem(403, "forbidden");
    let details = format!("/trials/{}/provisioning-details", trial["id"].as_str().unwrap());
    let begun = anna.post(&details, json!({})).is(200);
    assert_eq!(begun["status"], "active", "PROV-1");
    assert_eq!(
        begun["consent"]["level"], "provisioning_administrator",
        "CONS-3, CONS-8"
    );
    assert_eq!(demo.command(&["verify"]).0, 0);
}

fn cons_3_the_box_gives_full_access_and_cons_8_takes_it_back() {
    let demo = Demo::empty();
    let (anna, boss) = (
        demo.person("partner_a", "sales_administrator"),
        demo.person("stranger", "full_administrator"),
    );
    let trial = ask(&anna, &boss.email(), &["messaging"]);
    let path = request_of(&boss, &trial);
    boss.post(&format!("{path}/accept"), json!({"grant_full_admin": true}))
        .is(200);
    let users = format!("/customers/{}/users", boss.id());
    assert_eq!(anna.get(&users).is(200)["items"].as_array().unwrap().len(), 3, "CONS-3");
    let access = format!("/customers/{}/partners/{}", boss.id(), anna.id());
    let lower = json!({"level": "provisioning_administrator", "running_trials": "continue"});
    boss.call("PATCH", &access, &[], Some(lower.to_string()))
        .problem(428, "precondition_required");
    boss.patch(&access, lower).is(200);
    anna.get(&users).problem(403, "forbidden");
    boss.patch(&access, json!({"level": null, "running_trials": "cancel"}))
        .is(200);
    anna.get(&users).problem(404, "not_found");
    anna.get(&format!("/customers/{}", boss.id())).problem(404, "not_found");
    assert_eq!(
        boss.get(&format!("/trials/{}", trial["id"].as_str().unwrap())).is(200)["status"],
        "cancelled",
        "CONS-8"
    );
}

fn cons_2_it_lapses_after_ten_times_24_hours_and_resending_does_not_move_that() {
    let demo = Demo::empty();
    let (anna, boss) = (
        demo.person("partner_a", "sales_administrator"),
        demo.person("stranger", "full_administrator"),
    );
    let trial = ask(&anna, &demo.person("stranger", "user").email(), &["messaging"]);
    anna.wait_for_mail("kind=consent_request");
    let path = format!("/trials/{}", trial["id"].as_str().unwrap());
    let deadline: jiff::Timestamp = trial["consent"]["expires_at"].as_str().unwrap().parse().unwrap();
    let created: jiff::Timestamp = trial["created_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(deadline.duration_since(created).as_secs(), 864_000, "CONS-2");
    anna.advance(json!({"advance_days": 5}));
    assert_eq!(
        anna.mails("kind=consent_request").len(),
        3,
        "CONS-1: the address given and both full administrators"
    );
    anna.post(&format!("{path}/resend-consent"), json!({})).is(200);
    anna.wait_for_mail("kind=consent_resent");
    anna.advance(json!({"to": deadline.checked_sub(jiff::SignedDuration::from_secs(30)).unwrap().to_string()}));
    assert_eq!(anna.get(&path).is(200)["status"], "pending_consent", "CONS-2");
    let request = request_of(&boss, &trial);
    anna.advance(json!({"to": deadline.to_string()}));
    assert_eq!(anna.get(&path).is(200)["status"], "lapsed", "CONS-2, CONS-5");
    boss.post(&format!("{request}/accept"), json!({"grant_full_admin": false}))
        .problem(410, "consent_expired");
    assert_eq!(anna.customers(), [Value::Null; 0], "CONS-5: it leaves the list");
    assert!(!anna.mails("kind=consent_lapsed").is_empty(), "CONS-5");
}

fn cons_5_a_refusal_tells_the_partner_why() {
    let demo = Demo::empty();
    let (anna, boss) = (
        demo.person("partner_a", "sales_administrator"),
        demo.person("stranger", "full_administrator"),
    );
    let trial = ask(&anna, &boss.email(), &["messaging"]);
    let path = request_of(&boss, &trial);
    assert_eq!(
        boss.post(&format!("{path}/decline"), json!({"reason": "Not this year"}))
            .is(200)["status"],
        "declined",
        "CONS-5"
    );
    let mail = anna.wait_for_mail("kind=consent_declined");
    assert!(mail["text"].as_str().unwrap().contains("Not this year"), "CONS-5");
    let closed = anna.get(&format!("/trials/{}", trial["id"].as_str().unwrap())).is(200);
    assert_eq!(
        closed["consent"]["decline_reason"], "Not this year",
        "CONS-5: still readable by its link"
    );
    anna.get(&format!("/customers/{}", boss.id())).problem(404, "not_found");
}

fn cons_6_the_first_acceptance_wins() {
    let demo = Demo::empty();
    let (anna, berta) = (
        demo.person("partner_a", "sales_administrator"),
        demo.person("partner_b", "sales_administrator"),
    );
    let boss = demo.person("stranger", "full_administrator");
    let only = ask(&anna, &boss.email(), &["messaging"]);
    let both = ask(&berta, &boss.email(), &["messaging", "calling"]);
    let rest = ask(&anna, &boss.email(), &["calling"]);
    let (first, second) = (request_of(&boss, &rest), request_of(&boss, &both));
    boss.post(&format!("{first}/accept"), json!({"grant_full_admin": false}))
        .is(200);
    let changed = boss
        .post(&format!("{second}/accept"), json!({"grant_full_admin": false}))
        .problem(409, "services_changed");
    assert_eq!(changed["services"][0]["service"], "calling", "CONS-6");
    let accepted = boss
        .post(
            &format!("{second}/accept"),
            json!({"grant_full_admin": false, "accept_reduced": true}),
        )
        .is(200);
    assert_eq!(
        accepted["trial"]["services"].as_array().unwrap().len(),
        1,
        "CONS-6: the rest goes on"
    );
    let closed = anna.get(&format!("/trials/{}", only["id"].as_str().unwrap())).is(200);
    assert_eq!(closed["status"], "declined", "CONS-6: nothing is left of it");
    let reasons = berta
        .post(
            "/eligibility",
            json!({"customer_id": boss.id(), "services": ["calling"]}),
        )
        .is(200);
    assert_eq!(reasons["items"][0]["reason"], "tried_by_other_partner", "ELIG-2");
}

fn cons_7_each_recipient_has_a_link_and_a_resent_request_replaces_it() {
    let demo = Demo::empty();
    let (anna, boss) = (
        demo.person("partner_a", "sales_administrator"),
        demo.person("stranger", "full_administrator"),
    );
    let trial = ask(&anna, &boss.email(), &["messaging"]);
    let secret = |mail: &Value| {
        let links = mail["links"].as_array().unwrap().iter().filter_map(Value::as_str);
        links
            .filter_map(|link| link.split_once("link="))
            .map(|(_, secret)| secret.to_owned())
            .next()
            .unwrap()
    };
    let old = secret(&anna.wait_for_mail("kind=consent_request"));
    boss.get(&format!("/trial-requests/by-link/{old}")).is(200);
    let path = format!("/trials/{}/resend-consent", trial["id"].as_str().unwrap());
    for _ in 0..4 {
        anna.post(&path, json!({})).is(200);
    }
    anna.post(&path, json!({})).problem(429, "too_many_requests");
    boss.get(&format!("/trial-requests/by-link/{old}"))
        .problem(410, "link_superseded");
    let request = request_of(&boss, &trial);
    boss.post(
        &format!("{request}/accept"),
        json!({"grant_full_admin": true, "link": old}),
    )
    .problem(410, "link_superseded");
    assert_eq!(
        boss.get(&request).is(200)["status"],
        "pending_consent",
        "CONS-7: nothing was decided"
    );
}

fn cons_4_a_request_is_withdrawn_and_the_customer_leaves_the_list() {
    let demo = Demo::empty();
    let (anna, boss) = (
        demo.person("partner_a", "sales_administrator"),
        demo.person("stranger", "full_administrator"),
    );
    for accept in [false, true] {
        let trial = ask(&anna, &boss.email(), &["messaging"]);
        if accept {
            let path = request_of(&boss, &trial);
            boss.post(&format!("{path}/accept"), json!({"grant_full_admin": true}))
                .is(200);
        }
        let path = format!("/customers/{}/remove", boss.id());
        let remove = || anna.post_with_key(&path, &format!("gone {accept}"), json!({})).is(200);
        let removed = remove();
        assert_eq!(removed["removed"], true, "CONS-4");
        assert_eq!(
            remove(),
            removed,
            "the same key, the same answer, although nothing is left to be seen"
        );
        assert_eq!(anna.customers(), [Value::Null; 0], "CONS-4");
        assert_eq!(
            anna.get(&format!("/trials/{}", trial["id"].as_str().unwrap())).is(200)["status"],
            "cancelled",
            "CONS-4"
        );
    }
    assert_eq!(demo.command(&["verify"]).0, 0);
}
