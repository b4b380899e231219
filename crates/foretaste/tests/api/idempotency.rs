//! One key, one effect, one answer.

use crate::support::{Demo, start};
use serde_json::json;

crate::on_both_engines!(
    the_same_key_gives_the_same_answer_and_another_body_is_refused,
    elig_3_64_parallel_starts_with_one_key_make_one_trial,
    elig_3_64_parallel_starts_with_many_keys_make_one_customer_and_one_trial,
    elig_3_two_partners_race_for_one_service,
    rel_2_what_was_answered_is_there_after_kill_9_and_the_retry_ends_in_one_trial
);

fn the_same_key_gives_the_same_answer_and_another_body_is_refused() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let body = start("Once", "it@once.example", &["messaging"]);
    let first = anna.post_with_key("/trials", "k-1", body.clone()).is(201);
    let again = anna.post_with_key("/trials", "k-1", body.clone()).is(201);
    assert_eq!(first, again);
    let mut other = body;
    other["customer"]["country"] = json!("US");
    anna.post_with_key("/trials", "k-1", other)
        .problem(422, "idempotency_key_reused");
    assert_eq!(anna.get("/trials").is(200)["items"].as_array().unwrap().len(), 1);
    let refused = json!({"customer": {"id": anna.id()}, "services": ["messaging"]});
    let first = anna
        .post_with_key("/trials", "k-2", refused.clone())
        .problem(422, "own_organization");
    assert_eq!(
        first,
        anna.post_with_key("/trials", "k-2", refused)
            .problem(422, "own_organization"),
        "refusals are kept, too"
    );
    let long = "x".repeat(256);
    anna.post_with_key("/trials", &long, json!({}))
        .problem(400, "invalid_header");
}

fn elig_3_64_parallel_starts_with_one_key_make_one_trial() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let body = start("Crowd", "it@crowd.example", &["messaging"]);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let one = || anna.post_with_key("/trials", "same", body.clone()).status;
        let threads: Vec<_> = (0..64).map(|_| scope.spawn(one)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(
        statuses.iter().all(|status| *status == 201 || *status == 409),
        "{statuses:?}"
    );
    assert!(statuses.contains(&201), "{statuses:?}");
    assert_eq!(
        anna.get("/trials").is(200)["items"].as_array().unwrap().len(),
        1,
        "ELIG-3"
    );
}

fn elig_3_64_parallel_starts_with_many_keys_make_one_customer_and_one_trial() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let body = start("Crowd", "it@crowd.example", &["messaging"]);
    let answers: Vec<_> = std::thread::scope(|scope| {
        let one = |number: usize| anna.post_with_key("/trials", &format!("key-{number}"), body.clone());
        let threads: Vec<_> = (0..64).map(|number| scope.spawn(move || one(number))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let made = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(made, 1, "ELIG-3");
    for answer in answers.into_iter().filter(|answer| answer.status != 201) {
        answer.problem(409, "customer_mismatch");
    }
    assert_eq!(anna.customers().len(), 1, "ELIG-3");
    assert_eq!(demo.command(&["verify"]).0, 0);
}

fn elig_3_two_partners_race_for_one_service() {
    let demo = Demo::empty();
    let boss = demo.person("stranger", "full_administrator");
    let partners = [
        demo.person("partner_a", "sales_administrator"),
        demo.person("partner_b", "sales_administrator"),
    ];
    for partner in &partners {
        let mut body = start("x", &boss.email(), &["messaging"]);
        body["customer"]["expect"] = json!("existing");
        partner.post("/trials", body).is(201);
    }
    let list = boss.get("/trial-requests").is(200);
    let paths: Vec<String> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("/trial-requests/{}/accept", one["id"].as_str().unwrap()))
        .collect();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let one = |path: &String| boss.post(path, json!({"grant_full_admin": false})).status;
        let threads: Vec<_> = paths.iter().map(|path| scope.spawn(move || one(path))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(
        statuses.iter().filter(|status| **status == 200).count(),
        1,
        "ELIG-3: {statuses:?}"
    );
    assert_eq!(demo.command(&["verify"]).0, 0);
}

fn rel_2_what_was_answered_is_there_after_kill_9_and_the_retry_ends_in_one_trial() {
    let demo = Demo::empty();
    let made = {
        let anna = demo.person("partner_a", "sales_administrator");
        anna.post_with_key(
            "/trials",
            "before",
            start("Sturdy", "it@sturdy.example", &["messaging"]),
        )
        .is(201)
    };
    let demo = demo.crash_and_restart();
    let anna = demo.person("partner_a", "sales_administrator");
    let again = anna
        .post_with_key(
            "/trials",
            "before",
            start("Sturdy", "it@sturdy.example", &["messaging"]),
        )
        .is(201);
    assert_eq!(again["id"], made["id"], "REL-2");
    assert_eq!(
        anna.get("/trials").is(200)["items"].as_array().unwrap().len(),
        1,
        "REL-2"
    );
    assert_eq!(demo.command(&["verify"]).0, 0);
}
