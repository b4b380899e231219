//! CONV-4: only the very address maps an order; nothing else is converted, and nothing comes to be by the way.

use crate::{
    orders::{lines, order, path, set_up, text, trial},
    support::{Demo, Person},
};
use serde_json::{Value, json};

/// Mistyped in twelve forms.
const FORMS: [&str; 12] = [
    "it+trial@maple.example",
    "it@maple.example.",
    "\u{0456}t@maple.example",
    "it@m\u{0430}ple.example",
    "ti@maple.example",
    "it@mapple.example",
    "it@mail.maple.example",
    "it@birch.example",
    "user@maple.example",
    "i t@maple.example",
    "\"it\"@maple.example",
    "it\u{0661}@maple.example",
];

fn count(anna: &Person<'_>) -> usize {
    anna.customers().len()
}

fn reasons(answer: &Value) -> Vec<(String, String)> {
    let all = answer["candidates"].as_array().unwrap();
    all.iter()
        .map(|one| (text(&one["customer_name"]), text(&one["reason"])))
        .collect()
}

#[test]
fn conv_4_an_address_mistyped_in_twelve_forms_converts_nothing_and_makes_nothing() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (id, begun) = trial(&anna, "maple", &["messaging"]);
    trial(&anna, "birch", &["messaging"]);
    let users = format!("/customers/{}/users", text(&begun["customer"]["id"]));
    anna.post(&users, json!({"users": [{"email": "user@maple.example"}]}))
        .is(201);
    let own = anna.post("/orders", order(&id, &[("messaging", 5)])).is(201);
    let outside = anna
        .post("/orders", json!({"services": lines(&[("messaging", 5)])}))
        .is(201);
    let before = count(&anna);
    for email in FORMS {
        let at = format!("{}/set-up", path(&own));
        let answer = anna.post(&at, set_up(email)).problem(409, "no_exact_match");
        let found = reasons(&answer);
        assert_eq!(
            (found.len(), found[0].0.as_str()),
            (1, "maple"),
            "CONV-4: it cannot miss: {email}"
        );
        let dry = anna.post(&format!("{at}?dry_run=true"), set_up(email)).is(200);
        assert_eq!(
            (&dry["match"], &dry["difference"]),
            (&json!(false), &Value::Null),
            "CONV-4: {email}"
        );
        if email == "it@birch.example" {
            continue;
        }
        let answer = anna.post(&format!("{}/set-up", path(&outside)), set_up(email));
        let found = reasons(&answer.problem(409, "no_exact_match"));
        assert!(
            found.iter().any(|(name, _)| name == "maple"),
            "CONV-4: {email}: {found:?}"
        );
    }
    assert_eq!(count(&anna), before, "CONV-4: nothing came to be");
    assert_eq!(anna.get(&format!("/trials/{id}")).is(200)["status"], "active", "CONV-4");
    for given in [json!(""), json!("   ")] {
        let mut wish = set_up("x");
        wish["trial_admin_email"] = given;
        let errors = anna.post(&format!("{}/set-up", path(&own)), wish).errors();
        assert_eq!(
            errors,
            [("/trial_admin_email".to_owned(), "required".to_owned())],
            "CONV-3"
        );
    }
    anna.post(&format!("{}/set-up", path(&own)), set_up("  IT@Maple.example "))
        .is(200);
    assert_eq!(demo.command(&["verify"]).0, 0);
}

#[test]
fn conv_4_nobody_hears_of_other_companies_trials() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let bert = demo.person("partner_b", "sales_full_administrator");
    trial(&anna, "maple", &["messaging"]);
    let placed = bert
        .post("/orders", json!({"services": lines(&[("messaging", 5)])}))
        .is(201);
    let at = format!("{}/set-up", path(&placed));
    for email in ["it@maple.example", "ti@maple.example", "it@nowhere.example"] {
        let answer = bert.post(&at, set_up(email)).problem(409, "no_exact_match");
        assert_eq!(answer["candidates"], json!([]), "CONV-4, ORG-9: {email}");
    }
    let mut last = 0;
    for number in 0..40 {
        last = bert.post(&at, set_up(&format!("it{number}@guess.example"))).status;
    }
    assert_eq!(last, 429, "START-6: guessing is counted");
    // From outside, for a trial that is named by its administrator: found, or nothing is placed.
    let of = |email: &str| json!({"services": lines(&[("messaging", 5)]), "trial_admin_email": email});
    anna.post("/orders", of("ti@maple.example"))
        .problem(409, "no_exact_match");
    let placed = anna.post("/orders", of("it@maple.example")).is(201);
    assert!(placed["trial_id"].is_string(), "CONV-7: its removal waits for it");
}

#[test]
fn conv_4_a_new_organization_is_a_separate_choice() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (id, _) = trial(&anna, "maple", &["messaging"]);
    let own = anna.post("/orders", order(&id, &[("messaging", 5)])).is(201);
    let outside = anna
        .post(
            "/orders",
            json!({"services": lines(&[("messaging", 5), ("calling", 2)])}),
        )
        .is(201);
    let at = format!("{}/set-up", path(&outside));
    let form = json!({"name": "Oak", "country": "US", "vertical": "media", "supported_location_acknowledged": true});
    let wish = |email: &str, form: Value| {
        let mut wish = set_up(email);
        wish["create_new_organization"] = form;
        wish
    };
    let errors = anna.post(&at, wish("it@oak.example", json!(true))).errors();
    let missing = ["name", "vertical", "country", "supported_location_acknowledged"];
    let expected = missing.map(|field| (format!("/create_new_organization/{field}"), "required".to_owned()));
    assert_eq!(errors, expected, "CONV-4: a yes alone says too little");
    let errors = anna.post(&at, wish("it@maple.example", form.clone())).errors();
    let conflict = [("/create_new_organization".to_owned(), "conflicting_fields".to_owned())];
    assert_eq!(errors, conflict, "CONV-4: never beside a trial that is meant");
    let errors = anna
        .post(&format!("{}/set-up", path(&own)), wish("it@oak.example", form.clone()))
        .errors();
    assert_eq!(errors, conflict, "CONV-4: an order from a trial makes none");
    let boss = demo.person("stranger", "full_administrator");
    let errors = anna.post(&at, wish(&boss.email(), form.clone())).errors();
    assert_eq!(
        errors,
        [("/trial_admin_email".to_owned(), "address_taken".to_owned())],
        "CONV-4: no second one"
    );
    let dry = anna
        .post(&format!("{at}?dry_run=true"), wish("it@oak.example", form.clone()))
        .is(200);
    assert_eq!(
        (&dry["customer"]["id"], &dry["customer"]["name"]),
        (&Value::Null, &json!("Oak"))
    );
    let before = count(&anna);
    let made = anna
        .post_with_key(&at, "oak", wish("it@oak.example", form.clone()))
        .is(200);
    assert_eq!(
        anna.post_with_key(&at, "oak", wish("it@oak.example", form)).is(200)["customer"],
        made["customer"]
    );
    assert!(
        text(&made["customer"]["id"]).starts_with("org_us_"),
        "REG-1: where the country says"
    );
    let customer = anna
        .get(&format!("/customers/{}", text(&made["customer"]["id"])))
        .is(200);
    assert_eq!(
        customer["purchased"].as_array().unwrap().len(),
        2,
        "CONV-4: {customer:#}"
    );
    assert_eq!(
        (count(&anna), &customer["status"]),
        (before, &json!("purchased")),
        "ORG-4: a paying customer"
    );
    anna.wait_for_mail("kind=invitation&to=it@oak.example");
    assert_eq!(anna.get(&path(&outside)).is(200)["state"], "mapped", "CONV-4");
    let found = anna
        .post("/customers/lookup", json!({"admin_email": "it@oak.example"}))
        .is(200);
    assert_eq!(found["relationship"], "own", "CONV-4: it is found from then on");
    assert_eq!(demo.command(&["verify"]).0, 0);
}
