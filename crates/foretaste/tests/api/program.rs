//! PROG-1: the program as it is read is the program as it is published.

use crate::support::{Demo, start};
use serde_json::{Value, json};

#[test]
fn prog_1_what_get_answers_can_be_posted_as_the_next_version() {
    let demo = Demo::empty();
    let vera = demo.person("vendor", "vendor_administrator");
    let anna = demo.person("partner_a", "sales_administrator");
    let old = anna
        .post("/trials", start("Old", "it@old.example", &["messaging"]))
        .is(201);
    let shown = vera.get("/program").is(200);
    for member in [
        "id",
        "version",
        "services",
        "durations",
        "extension_days",
        "license_quantity",
    ] {
        assert!(!shown[member].is_null(), "{member}");
    }
    let version = shown["version"].as_u64().unwrap();
    let mut next = shown.clone();
    next["version"] = json!(version + 1);
    next["policy"]["grace_days"] = json!(10);
    anna.post("/program", next.clone()).problem(403, "role_required");
    vera.post("/program?dry_run=true", next.clone()).is(200);
    assert_eq!(
        vera.get("/program").is(200),
        shown,
        "PROG-1: a dry run publishes nothing"
    );
    vera.post("/program", next.clone()).is(201);
    assert_eq!(vera.get("/program").is(200), next, "PROG-1");
    let kept = anna.get(&format!("/trials/{}", old["id"].as_str().unwrap())).is(200);
    assert_eq!(
        kept["program_version"],
        json!(version),
        "PROG-1: a running trial keeps its version"
    );
    assert_eq!(kept["grace_ends_on"], old["grace_ends_on"], "PROG-1");
    let new = anna
        .post("/trials", start("New", "it@new.example", &["messaging"]))
        .is(201);
    assert_eq!(new["program_version"], json!(version + 1), "PROG-1");
}

#[test]
fn prog_1_of_many_that_publish_at_once_one_does_and_the_others_hear_why() {
    let demo = Demo::empty();
    let vera = demo.person("vendor", "vendor_administrator");
    let shown = vera.get("/program").is(200);
    let version = |days: u64| {
        let mut next = shown.clone();
        next["version"] = json!(shown["version"].as_u64().unwrap() + 1);
        next["policy"]["grace_days"] = json!(30 + days);
        next
    };
    let answers: Vec<_> = std::thread::scope(|scope| {
        let one = |days: u64| vera.post("/program", version(days));
        let threads: Vec<_> = (0..8).map(|days| scope.spawn(move || one(days))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(
        answers.iter().filter(|answer| answer.status == 201).count(),
        1,
        "PROG-1"
    );
    for answer in answers.into_iter().filter(|answer| answer.status != 201) {
        let refused = answer.problem(422, "program_invalid");
        assert_eq!(refused["errors"][0]["pointer"], "/version", "PROG-1");
    }
}

#[test]
fn prog_1_a_fault_is_named_by_place_and_mend() {
    let demo = Demo::empty();
    let vera = demo.person("vendor", "vendor_administrator");
    let shown = vera.get("/program").is(200);
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut next = shown.clone();
        next["version"] = json!(shown["version"].as_u64().unwrap() + 1);
        change(&mut next);
        vera.post("/program", next).problem(422, "program_invalid")["errors"][0].clone()
    };
    let wrong = refused(&|next| next["durations"] = json!([-1]));
    assert_eq!(wrong["pointer"], "/durations/0");
    assert!(wrong["detail"].as_str().unwrap().contains("-1"), "{wrong}");
    let region = json!({"id": "br", "name": "Brazil"});
    let wrong = refused(&|next| next["regions"].as_array_mut().unwrap().push(region.clone()));
    assert!(wrong["pointer"].as_str().unwrap().starts_with("/regions/"), "REG-2");
    assert!(wrong["detail"].as_str().unwrap().contains("`br`"), "REG-2: {wrong}");
    assert_eq!(vera.get("/program").is(200), shown, "nothing was published");
}
