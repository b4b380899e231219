//! PROV-2: somebody else provisions; PROV-1: the days count from the day on which the last service was.

mod beside;
mod days;
mod example;
mod hard;
mod outside;

use crate::support::{Answer, Demo, Person};
use outside::{Outside, account, begun, demo, order};
use ring::hmac;
use serde_json::{Value, json};

crate::on_both_engines!(
    prov_2_each_service_is_asked_by_a_signed_call_and_answered_by_the_api,
    prov_2_an_answer_twice_late_or_wrong_does_no_harm,
    prov_2_what_fails_is_shown_with_its_reason_and_can_be_asked_again,
    prov_2_what_goes_is_withdrawn_and_what_rests_is_suspended,
    prov_2_people_do_by_hand_what_is_stuck,
    sec_3_what_the_provisioner_says_is_text,
);

pub(super) fn answer(who: &Person<'_>, order: &str, word: &str, body: Value) -> Answer {
    who.post(&format!("/provisioning-orders/{order}/{word}"), body)
}

pub(super) fn state(demo: &Demo, order: &str) -> Value {
    let team = demo.person("vendor", "trials_team");
    team.get(&format!("/provisioning-orders/{order}")).is(200)
}

fn prov_2_each_service_is_asked_by_a_signed_call_and_answered_by_the_api() {
    let outside = Outside::new(204);
    let demo = demo(&outside);
    let anna = demo.person("partner_a", "sales_full_administrator");
    let mut wish = crate::support::start("Lumiere", "it@lumiere.example", &["messaging", "meetings"]);
    wish["meetings"] = json!({"site": "lumiere", "time_zone": "Europe/Paris"});
    let trial = anna.post("/trials", wish).is(201);
    assert_eq!(
        (&trial["status"], &trial["provisioning"]),
        (&json!("provisioning"), &json!("provisioning"))
    );
    assert_eq!(trial["ends_on"], Value::Null, "PROV-1: no day counts yet");
    let id = trial["id"].as_str().unwrap();
    let calls = outside.wait_for(2);
    let secret = std::fs::read_to_string(demo.dir.path().join("provisioner.secret")).unwrap();
    for call in &calls {
        assert!(genuine(&secret, call), "PROV-2: the signature is right: {call:?}");
        let data = &call.body["data"];
        assert_eq!(call.body["specversion"], "1.0");
        assert_eq!(call.body["type"], "foretaste.provisioning.provision");
        assert_eq!(
            (
                call.body["id"].as_str(),
                call.body["subject"].as_str(),
                data["provisioning_order"].as_str()
            ),
            (Some(call.order()), Some(call.order()), Some(call.order()))
        );
        assert_eq!((&data["trial"], &data["quantity"]), (&json!(id), &json!(100)));
        let customer = &data["customer"];
        assert_eq!(
            (
                &customer["name"],
                &customer["country"],
                &customer["region"],
                &customer["time_zone"],
                &customer["language"]
            ),
            (
                &json!("Lumiere"),
                &json!("FR"),
                &json!("eu"),
                &json!("Europe/Paris"),
                &json!("fr")
            )
        );
        assert_eq!(data["administrator"]["email"], "it@lumiere.example");
        let site = call.act().1 == "meetings";
        assert_eq!(data["site"]["name"].is_string(), site, "only to whom it concerns");
    }
    let robot = account(&demo);
    let first = answer(&robot, &order(&demo, id, "provision", "messaging"), "done", json!({})).is(200);
    assert_eq!(
        (&first["state"], &first["changed"], &first["by_hand"]),
        (&json!("done"), &json!(true), &json!(false))
    );
    assert_eq!(anna.get(&format!("/trials/{id}")).is(200)["status"], "provisioning");
    answer(&robot, &order(&demo, id, "provision", "meetings"), "done", json!({})).is(200);
    let trial = anna.get(&format!("/trials/{id}")).is(200);
    assert_eq!(
        (&trial["status"], &trial["provisioning"]),
        (&json!("active"), &json!("provisioned"))
    );
    assert_eq!(anna.wait_for_mail("kind=welcome")["to"], "it@lumiere.example", "PROV-3");
    assert_eq!(outside.calls().len(), 2, "what is answered is not asked again");
    for who in [&anna, &demo.person("stranger", "full_administrator")] {
        who.get("/provisioning-orders").problem(403, "role_required");
    }
}

/// Whether a call was signed with a secret, as anybody would check it.
fn genuine(secret: &str, call: &outside::Call) -> bool {
    let encoded = secret.trim().strip_prefix("whsec_").unwrap();
    let octets = data_encoding::BASE64.decode(encoded.as_bytes()).unwrap();
    let time = &call.headers["webhook-timestamp"];
    let signed = [
        call.order().as_bytes(),
        b".",
        time.as_bytes(),
        b".",
        call.text.as_bytes(),
    ]
    .concat();
    let given = call.headers["webhook-signature"].strip_prefix("v1,").unwrap();
    let given = data_encoding::BASE64.decode(given.as_bytes()).unwrap();
    let age = outside::now().as_second() - time.parse::<i64>().unwrap();
    (0..60).contains(&age) && hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, &octets), &signed, &given).is_ok()
}

fn prov_2_an_answer_twice_late_or_wrong_does_no_harm() {
    let outside = Outside::new(200);
    let demo = demo(&outside);
    let (robot, anna) = (account(&demo), demo.person("partner_a", "sales_full_administrator"));
    let trial = begun(&demo, "Twice", &["messaging", "calling"]);
    let messaging = order(&demo, &trial, "provision", "messaging");
    // Not yet: nobody asks before then.
    let until = outside::now() + jiff::SignedDuration::from_hours(5);
    let said = answer(
        &robot,
        &messaging,
        "not-yet",
        json!({"reason": "A queue", "until": until.to_string()}),
    )
    .is(200);
    assert_eq!((&said["state"], &said["reason"]), (&json!("open"), &json!("A queue")));
    assert_eq!(
        (&said["next_at"], &said["heard"]),
        (&json!(until.to_string()), &json!("not_yet"))
    );
    for wrong in [
        json!({"until": "2020-01-01T00:00:00Z"}),
        json!({"until": "2099-01-01T00:00:00Z"}),
    ] {
        let refused = answer(&robot, &messaging, "not-yet", wrong);
        assert_eq!(refused.errors(), [("/until".to_owned(), "out_of_range".to_owned())]);
    }
    // The same key and body, after that instant has passed: the same answer.
    let soon = outside::now() + jiff::SignedDuration::from_secs(1);
    let put_off = || {
        let path = format!("/provisioning-orders/{messaging}/not-yet");
        robot
            .post_with_key(&path, "k0", json!({"until": soon.to_string()}))
            .is(200)
    };
    let first = put_off();
    crate::support::pause(1_100);
    assert_eq!(put_off(), first, "PROV-2");
    // Twice: the same answer, and one effect; a key makes it the same to the letter.
    let dry = answer(&robot, &messaging, "done?dry_run=true", json!({})).is(200);
    assert_eq!(
        (&dry["state"], &state(&demo, &messaging)["state"]),
        (&json!("done"), &json!("open"))
    );
    let once = robot
        .post_with_key(&format!("/provisioning-orders/{messaging}/done"), "k1", json!({}))
        .is(200);
    let again = robot
        .post_with_key(&format!("/provisioning-orders/{messaging}/done"), "k1", json!({}))
        .is(200);
    assert_eq!(once, again);
    let twice = answer(&robot, &messaging, "done", json!({})).is(200);
    assert_eq!(
        (&twice["changed"], &twice["version"]),
        (&json!(false), &once["version"]),
        "PROV-2: twice"
    );
    // What contradicts is refused.
    for (word, body) in [
        ("failed", json!({"reason": "No"})),
        ("not-yet", json!({})),
        ("retry", json!({})),
    ] {
        answer(&robot, &messaging, word, body).problem(409, "wrong_status");
    }
    let stale = robot.call(
        "POST",
        &format!("/provisioning-orders/{messaging}/done"),
        &[("If-Match", "\"1\"")],
        None,
    );
    stale.problem(412, "version_conflict");
    // Late: the trial was cancelled meanwhile.
    let calling = order(&demo, &trial, "provision", "calling");
    anna.post(&format!("/trials/{trial}/cancel"), json!({})).is(200);
    assert_eq!(state(&demo, &calling)["state"], "void", "no longer wanted");
    for (word, body) in [
        ("done", json!({})),
        ("failed", json!({"reason": "No"})),
        ("not-yet", json!({})),
    ] {
        let late = answer(&robot, &calling, word, body).is(200);
        assert_eq!(
            (&late["state"], &late["changed"]),
            (&json!("void"), &json!(false)),
            "PROV-2: late"
        );
    }
    answer(&robot, &calling, "retry", json!({})).problem(409, "wrong_status");
    assert_eq!(anna.get(&format!("/trials/{trial}")).is(200)["status"], "cancelled");
    // Nobody else's, and nothing that is not there.
    let foreign = calling.replace("prov_eu_", "prov_us_");
    for unknown in [foreign.as_str(), "prov_eu_0", "trial_eu_1", "x"] {
        answer(&robot, unknown, "done", json!({})).problem(404, "not_found");
    }
    answer(&anna, &calling, "done", json!({})).problem(403, "role_required");
    let auditor = demo.person("vendor", "auditor");
    auditor.get(&format!("/provisioning-orders/{calling}")).is(200);
    answer(&auditor, &calling, "done", json!({})).problem(403, "role_required");
    // SEC-2: its token opens nothing else.
    for path in [
        format!("/trials/{trial}"),
        "/customers".to_owned(),
        "/approvals".to_owned(),
    ] {
        robot.get(&path).problem(403, "scope_required");
    }
}

fn prov_2_what_fails_is_shown_with_its_reason_and_can_be_asked_again() {
    let outside = Outside::new(202);
    let demo = demo(&outside);
    let (robot, anna) = (account(&demo), demo.person("partner_a", "sales_full_administrator"));
    let team = demo.person("vendor", "trials_team");
    let trial = begun(&demo, "Fails", &["messaging", "calling"]);
    outside.wait_for(2);
    let (messaging, calling) = (
        order(&demo, &trial, "provision", "messaging"),
        order(&demo, &trial, "provision", "calling"),
    );
    answer(
        &robot,
        &calling,
        "failed",
        json!({"reason": "No numbers in this region"}),
    )
    .is(200);
    answer(&robot, &calling, "failed", json!({"reason": "Something else"})).is(200);
    let shown = anna.get(&format!("/trials/{trial}")).is(200);
    let service = |trial: &Value, id: &str| {
        let all = trial["services"].as_array().unwrap();
        let one = all.iter().find(|service| service["id"] == id).unwrap();
        (one["provisioning"].clone(), one["provisioning_reason"].clone())
    };
    assert_eq!(
        service(&shown, "calling"),
        (json!("failed"), json!("No numbers in this region"))
    );
    assert_eq!(
        (&shown["status"], &shown["provisioning"]),
        (&json!("provisioning"), &json!("unable"))
    );
    assert_eq!(anna.customers()[0]["provisioning"], "unable");
    let told = anna.wait_for_mail("kind=provisioning_failed");
    assert!(
        told["text"].as_str().unwrap().contains("No numbers in this region"),
        "{told:#}"
    );
    answer(&robot, &messaging, "done", json!({})).is(200);
    let shown = anna.get(&format!("/trials/{trial}")).is(200);
    assert_eq!(shown["status"], "active", "PROV-1: what cannot be does not count");
    let ends = shown["ends_on"].clone();
    // Asked again it has not failed any more; failing again, it says why this time.
    team.post(&format!("/provisioning-orders/{calling}/retry"), json!({}))
        .is(200);
    outside.wait_for(3);
    let shown = anna.get(&format!("/trials/{trial}")).is(200);
    assert_eq!(
        (service(&shown, "calling"), &shown["provisioning"]),
        ((json!("provisioning"), Value::Null), &json!("provisioning"))
    );
    answer(&robot, &calling, "failed", json!({"reason": "Still none"})).is(200);
    let shown = anna.get(&format!("/trials/{trial}")).is(200);
    assert_eq!(service(&shown, "calling"), (json!("failed"), json!("Still none")));
    // Only the trials team asks again; then it works.
    let called = outside.calls().len();
    team.post(&format!("/provisioning-orders/{calling}/retry"), json!({}))
        .is(200);
    let calls = outside.wait_for(called + 1);
    assert_eq!(
        calls.last().unwrap().order(),
        calling,
        "the same order under the same id"
    );
    answer(&robot, &calling, "done", json!({})).is(200);
    let shown = anna.get(&format!("/trials/{trial}")).is(200);
    assert_eq!(service(&shown, "calling"), (json!("provisioned"), Value::Null));
    assert_eq!(
        (&shown["provisioning"], &shown["ends_on"]),
        (&json!("provisioned"), &ends)
    );
    answer(&robot, &calling, "failed", json!({"reason": "After all"})).problem(409, "wrong_status");
    // EDIT-1: another quantity is asked for anew; should that fail, what runs goes on.
    let called = outside.calls().len();
    anna.patch(&format!("/trials/{trial}"), json!({"license_quantity": 7}))
        .is(200);
    let calls = outside.wait_for(called + 2);
    assert!(calls[called..].iter().all(|call| call.body["data"]["quantity"] == 7));
    let more = order(&demo, &trial, "provision", "calling");
    assert_ne!(more, calling);
    answer(&robot, &more, "failed", json!({"reason": "Too many"})).is(200);
    let shown = anna.get(&format!("/trials/{trial}")).is(200);
    assert_eq!(service(&shown, "calling"), (json!("provisioned"), Value::Null));
}

fn prov_2_what_goes_is_withdrawn_and_what_rests_is_suspended() {
    let outside = Outside::new(204);
    let demo = demo(&outside);
    let (robot, anna) = (account(&demo), demo.person("partner_a", "sales_full_administrator"));
    let vera = demo.person("vendor", "vendor_administrator");
    let mut next = vera.get("/program").is(200);
    next["version"] = json!(next["version"].as_u64().unwrap() + 1);
    let services = next["services"].as_array_mut().unwrap();
    services.iter_mut().find(|one| one["id"] == "messaging").unwrap()["suspended_in_grace"] = json!(true);
    vera.post("/program", next).is(201);
    let trial = begun(&demo, "Rests", &["messaging", "calling"]);
    outside.wait_for(2);
    for service in ["messaging", "calling"] {
        answer(&robot, &order(&demo, &trial, "provision", service), "done", json!({})).is(200);
    }
    let acts = |from: usize| -> Vec<(String, String)> {
        let calls = outside.calls();
        let acts = calls[from..].iter().map(|call| call.act());
        acts.map(|(act, service)| (act.to_owned(), service.to_owned()))
            .collect()
    };
    let pair = |act: &str, service: &str| (act.to_owned(), service.to_owned());
    // Grace suspends what the program says; an extension resumes it.
    anna.advance(json!({"advance_days": 32}));
    outside.wait_for(3);
    assert_eq!(acts(2), [pair("suspend", "messaging")], "EXP-3");
    let suspend = order(&demo, &trial, "suspend", "messaging");
    answer(&robot, &suspend, "done", json!({})).is(200);
    anna.post(&format!("/trials/{trial}/extend"), json!({})).is(200);
    outside.wait_for(4);
    assert_eq!(acts(3), [pair("resume", "messaging")], "EXT-3");
    // An edit withdraws what it removes; asked again and added again, the later word counts.
    anna.patch(&format!("/trials/{trial}"), json!({"services": ["messaging"]}))
        .is(200);
    outside.wait_for(5);
    assert_eq!(acts(4), [pair("withdraw", "calling")], "EDIT-1");
    let withdraw = order(&demo, &trial, "withdraw", "calling");
    assert_eq!(state(&demo, &withdraw)["quantity"], Value::Null);
    assert!(
        outside.calls()[4].body["data"].get("administrator").is_none(),
        "nobody's address without need"
    );
    anna.patch(
        &format!("/trials/{trial}"),
        json!({"services": ["messaging", "calling"]}),
    )
    .is(200);
    outside.wait_for(6);
    assert_eq!(acts(5), [pair("provision", "calling")]);
    assert_eq!(
        state(&demo, &withdraw)["state"],
        "void",
        "PROV-2: the later order voids the earlier one"
    );
    let provision = order(&demo, &trial, "provision", "calling");
    // The end: removal withdraws all that was asked, answered or not, and the open order is void.
    anna.advance(json!({"advance_days": 31}));
    outside.wait_for(7);
    assert_eq!(acts(6), [pair("suspend", "messaging")]);
    anna.advance(json!({"advance_days": 31}));
    outside.wait_for(9);
    let mut last = acts(7);
    last.sort();
    assert_eq!(
        last,
        [pair("withdraw", "calling"), pair("withdraw", "messaging")],
        "EXP-4"
    );
    assert_eq!(state(&demo, &provision)["state"], "void");
    let withdraw = order(&demo, &trial, "withdraw", "messaging");
    answer(&robot, &withdraw, "done", json!({})).is(200);
    assert_eq!(state(&demo, &withdraw)["state"], "done");
    // Cancelling, the same.
    let trial = begun(&demo, "Cancelled", &["messaging"]);
    outside.wait_for(10);
    anna.post(&format!("/trials/{trial}/cancel"), json!({})).is(200);
    let calls = outside.wait_for(11);
    assert_eq!(calls.last().unwrap().act(), ("withdraw", "messaging"), "CANC-2");
    let (code, said) = demo.command(&["verify"]);
    assert_eq!(code, 0, "SEC-2b: {said}");
}

fn prov_2_people_do_by_hand_what_is_stuck() {
    // 410: nobody is there any more, so it is up to people.
    let outside = Outside::new(410);
    let demo = demo(&outside);
    let (team, anna) = (
        demo.person("vendor", "trials_team"),
        demo.person("partner_a", "sales_full_administrator"),
    );
    let trial = begun(&demo, "Stuck", &["messaging"]);
    let id = order(&demo, &trial, "provision", "messaging");
    outside.wait_for(1);
    let stuck = (0..200)
        .find_map(|_| {
            let found = team.get("/provisioning-orders?stuck=true").is(200);
            crate::support::pause(25);
            found["items"].as_array().unwrap().first().cloned()
        })
        .expect("PROV-2: shown as stuck");
    assert_eq!(
        (&stuck["id"], &stuck["state"], &stuck["heard"], &stuck["attempts"]),
        (&json!(id), &json!("manual"), &json!("gone"), &json!(1))
    );
    assert_eq!(
        team.get("/provisioning-orders?state=manual").is(200)["items"][0]["id"],
        json!(id)
    );
    assert_eq!(team.get("/provisioning-orders?state=open").is(200)["items"], json!([]));
    team.get("/provisioning-orders?state=lost")
        .problem(422, "invalid_input");
    assert_eq!(anna.get(&format!("/trials/{trial}")).is(200)["provisioning"], "manual");
    let tasks = team.get("/tasks").is(200);
    assert_eq!(
        (&tasks["items"][0]["kind"], &tasks["items"][0]["subject_id"]),
        (&json!("provisioning"), &json!(id))
    );
    // Asked again it is called again; still nobody, and a person says that it is done.
    outside.say(503);
    team.post(&format!("/provisioning-orders/{id}/retry"), json!({}))
        .is(200);
    outside.wait_for(2);
    let done = team.post(&format!("/provisioning-orders/{id}/done"), json!({})).is(200);
    assert_eq!((&done["state"], &done["by_hand"]), (&json!("done"), &json!(true)));
    assert_eq!(anna.get(&format!("/trials/{trial}")).is(200)["status"], "active");
    assert_eq!(team.get("/tasks").is(200)["items"], json!([]));
    let auditor = demo.person("vendor", "auditor");
    let record = auditor.get(&format!("/audit?trial_id={trial}&limit=200")).is(200);
    let all = auditor.get("/audit?limit=200").is(200);
    let by_hand = |list: &Value| {
        let items = list["items"].as_array().cloned().unwrap_or_default();
        items.iter().any(|entry| entry["name"] == "provisioning_by_hand")
    };
    assert!(
        by_hand(&record) || by_hand(&all) || by_hand(&of_customer(&auditor, &stuck)),
        "AUD-1: by hand is written down"
    );
}

fn of_customer(auditor: &Person<'_>, order: &Value) -> Value {
    let id = order["customer"]["id"].as_str().unwrap();
    auditor.get(&format!("/audit?customer_id={id}&limit=200")).is(200)
}

fn sec_3_what_the_provisioner_says_is_text() {
    let outside = Outside::new(204);
    let demo = demo(&outside);
    let (robot, anna) = (account(&demo), demo.person("partner_a", "sales_full_administrator"));
    let trial = begun(&demo, "Hostile", &["messaging"]);
    let id = order(&demo, &trial, "provision", "messaging");
    for (wrong, code) in [
        ("bell \u{7}".to_owned(), "invalid_characters"),
        ("back\u{202e}wards".to_owned(), "invalid_characters"),
        ("x".repeat(10_000), "too_long"),
        (" \n ".to_owned(), "empty"),
    ] {
        let refused = answer(&robot, &id, "failed", json!({"reason": wrong}));
        assert_eq!(refused.errors(), [("/reason".to_owned(), code.to_owned())], "SEC-3");
    }
    answer(&robot, &id, "failed", json!({})).problem(422, "invalid_input");
    answer(&robot, &id, "failed", json!({"reason": 5})).problem(422, "invalid_input");
    assert_eq!(state(&demo, &id)["state"], "open");
    let html = "<script>alert(1)</script> {{ 7 * 7 }}";
    answer(&robot, &id, "failed", json!({"reason": html})).is(200);
    let shown = anna.get(&format!("/trials/{trial}")).is(200);
    assert_eq!(
        shown["services"][0]["provisioning_reason"], html,
        "SEC-3: kept as it was said"
    );
}
