//! Starting: new, own and foreign customers, and every field wrong.

use crate::support::{Demo, pause, start};
use serde_json::{Value, json};

crate::on_both_engines!(
    start_1_every_fault_of_the_form_is_named_at_once,
    start_3_quantity_from_1_to_1000_and_100_unless_said,
    start_2_what_a_service_requires_is_added_and_shown_as_added,
    start_2_a_service_behind_an_approval_waits_for_the_trials_team,
    reg_3_a_restricted_country_is_refused_and_one_under_review_waits,
    org_7_a_trial_for_the_partner_itself_is_refused,
    org_1_a_lapsed_partner_can_do_nothing_else,
    start_7_an_own_customer_needs_no_consent_and_its_administrators_are_told,
    start_5_a_site_name_is_one_over_all_regions_and_rests_when_freed,
    start_6_says_what_an_address_belongs_to,
    start_6_lookups_are_limited_by_whatever_path,
    start_11_a_mistyped_address_is_corrected_until_the_person_has_signed_in,
    edit_1_services_and_quantity_change_while_the_trial_runs,
    edit_1_a_quantity_below_what_is_assigned_names_the_surplus
);

fn start_1_every_fault_of_the_form_is_named_at_once() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let nothing = anna.post("/trials", json!({}));
    let pointers: Vec<String> = nothing.errors().into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(pointers, ["/customer", "/services"], "START-1");
    nothing.problem(422, "invalid_input");
    let wrong = anna.post(
        "/trials",
        json!({
            "customer": {"name": " ", "admin_email": "nobody", "vertical": "magic", "country": "XX", "time_zone": "Mars/Phobos",
                         "language": "tlh", "supported_location_acknowledged": false, "expect": "maybe", "colour": "red"},
            "services": ["messaging", "messaging", "telepathy"], "license_quantity": 1001, "duration_days": 31,
            "meetings": {"site": "x y", "time_zone": "UTC"},
        }),
    );
    let errors = wrong.errors();
    let has = |pointer: &str, code: &str| {
        assert!(
            errors.contains(&(pointer.to_owned(), code.to_owned())),
            "{pointer} {code}: {errors:?}"
        )
    };
    has("/customer/name", "empty");
    has("/customer/admin_email", "invalid_email");
    has("/customer/vertical", "unknown_vertical");
    has("/customer/country", "invalid_country");
    has("/customer/time_zone", "invalid_time_zone");
    has("/customer/language", "invalid_language");
    has("/customer/supported_location_acknowledged", "not_acknowledged");
    has("/customer/expect", "unknown_value");
    has("/customer/colour", "unknown_field");
    has("/services/1", "duplicate_service");
    has("/services/2", "unknown_service");
    has("/license_quantity", "quantity_out_of_range");
    has("/duration_days", "duration_not_offered");
    has("/meetings", "block_without_service");
    wrong.problem(422, "invalid_input");
    assert_eq!(anna.get("/trials").is(200)["items"], json!([]), "nothing half-done");
}

fn start_3_quantity_from_1_to_1000_and_100_unless_said() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    for (quantity, fits) in [(0, false), (1, true), (1000, true), (1001, false), (-5, false)] {
        let mut body = start("Quantity", "it@quantity.example", &["messaging"]);
        body["license_quantity"] = json!(quantity);
        let answer = anna.post("/trials?dry_run=true", body);
        assert_eq!(answer.status == 200, fits, "START-3: {quantity}");
        if !fits {
            answer.problem(422, "quantity_out_of_range");
        }
    }
    let dry = anna
        .post(
            "/trials?dry_run=true",
            start("Quantity", "it@quantity.example", &["messaging"]),
        )
        .is(200);
    assert_eq!(dry["license_quantity"], 100, "START-3");
}

fn start_2_what_a_service_requires_is_added_and_shown_as_added() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let dry = anna
        .post(
            "/trials?dry_run=true",
            start("Console", "it@console.example", &["attendant-console"]),
        )
        .is(200);
    let services: Vec<Value> = dry["services"].as_array().unwrap().clone();
    assert_eq!(services.len(), 2, "START-2: {services:?}");
    assert_eq!(
        (&services[0]["id"], &services[0]["added_by"]),
        (&json!("calling"), &json!("requirement")),
        "START-2"
    );
    assert_eq!(services[1]["quantity"], 5, "START-2: its own fixed quantity");
    assert_eq!(
        dry["duration_days"], 90,
        "START-2: a fixed duration sets the whole trial's"
    );
}

fn start_2_a_service_behind_an_approval_waits_for_the_trials_team() {
    let demo = Demo::empty();
    let (anna, vera) = (
        demo.person("partner_a", "sales_administrator"),
        demo.person("vendor", "trials_team"),
    );
    let trial = anna
        .post("/trials", start("Contact", "it@contact.example", &["contact-center"]))
        .is(201);
    assert_eq!(trial["status"], "pending_approval", "START-2");
    anna.get("/approvals").problem(403, "role_required");
    let approvals = vera.get("/approvals").is(200);
    let path = format!("/approvals/{}/approve", approvals["items"][0]["id"].as_str().unwrap());
    anna.post(&path, json!({})).problem(403, "role_required");
    let approved = vera.post(&path, json!({})).is(200);
    assert_eq!(approved["trial"]["status"], "active", "START-2");
    vera.post(&path, json!({})).problem(409, "already_decided");
}

fn reg_3_a_restricted_country_is_refused_and_one_under_review_waits() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let mut body = start("Somewhere", "it@somewhere.example", &["messaging"]);
    for country in ["CU", "AQ"] {
        body["customer"]["country"] = json!(country);
        anna.post("/trials", body.clone()).problem(422, "restricted_country");
    }
    body["customer"]["country"] = json!("CN");
    assert_eq!(
        anna.post("/trials", body).is(201)["status"],
        "pending_approval",
        "REG-3"
    );
}

/// ORG-7: it needs an order.
fn org_7_a_trial_for_the_partner_itself_is_refused() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    anna.post("/trials", start("Ourselves", &anna.email(), &["messaging"]))
        .problem(422, "own_organization");
    anna.post(
        "/trials",
        json!({"customer": {"id": anna.id()}, "services": ["messaging"]}),
    )
    .problem(422, "own_organization");
}

fn org_1_a_lapsed_partner_can_do_nothing_else() {
    let demo = Demo::empty();
    let dora = demo.person("partner_d", "sales_full_administrator");
    dora.post("/trials", start("Late", "it@late.example", &["messaging"]))
        .problem(403, "not_certified");
    dora.get("/customers").problem(403, "not_certified");
    dora.get("/program").problem(403, "not_certified");
}

fn start_7_an_own_customer_needs_no_consent_and_its_administrators_are_told() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let customer = demo.person("purchased", "full_administrator");
    let dry = anna
        .post(
            "/eligibility",
            json!({"customer_id": customer.id(), "services": ["messaging", "calling"]}),
        )
        .is(200);
    assert_eq!(dry["items"][0]["reason"], "owned", "ELIG-1");
    assert_eq!(dry["items"][1]["eligible"], true, "ELIG-1");
    let refused = anna.post(
        "/trials",
        json!({"customer": {"id": customer.id()}, "services": ["messaging"]}),
    );
    assert_eq!(
        refused.problem(409, "service_not_eligible")["services"][0]["reason"],
        "owned",
        "ELIG-1"
    );
    let trial = anna
        .post(
            "/trials",
            json!({"customer": {"id": customer.id()}, "services": ["calling"]}),
        )
        .is(201);
    assert_eq!(
        (trial["status"].as_str(), trial["origin"].as_str()),
        (Some("active"), Some("own")),
        "START-7"
    );
    anna.wait_for_mail(&format!("kind=trial_started&to={}", customer.email()));
    let again = anna.post(
        "/trials",
        json!({"customer": {"id": customer.id()}, "services": ["calling"]}),
    );
    assert_eq!(
        again.problem(409, "service_not_eligible")["services"][0]["reason"],
        "tried_by_you",
        "ELIG-2"
    );
}

fn start_5_a_site_name_is_one_over_all_regions_and_rests_when_freed() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let site = |name: &str, country: &str| {
        let mut body = start(name, &format!("it@{name}.example"), &["meetings"]);
        body["customer"]["country"] = json!(country);
        body["meetings"] = json!({"site": "Harbour", "time_zone": "UTC"});
        body
    };
    let mut missing = site("first", "FR");
    missing.as_object_mut().unwrap().remove("meetings");
    assert_eq!(
        anna.post("/trials", missing).errors(),
        [("/meetings".to_owned(), "site_required".to_owned())],
        "START-5"
    );
    let first = anna.post("/trials", site("first", "FR")).is(201);
    assert_eq!(first["meetings"]["site"], "harbour", "START-5");
    let taken = anna.post("/trials", site("second", "US"));
    assert_eq!(
        taken.errors(),
        [("/meetings/site".to_owned(), "site_name_taken".to_owned())],
        "START-5"
    );
    taken.problem(409, "site_name_taken");
    anna.post(&format!("/trials/{}/cancel", first["id"].as_str().unwrap()), json!({}))
        .is(200);
    anna.post("/trials", site("second", "US"))
        .problem(409, "site_name_taken");
    anna.advance(json!({"advance_days": 91}));
    assert_eq!(
        anna.post("/trials", site("second", "US")).is(201)["region"],
        "us",
        "START-5: after 90 days it is free"
    );
}

fn start_6_says_what_an_address_belongs_to() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let ask = |email: &str| anna.post("/customers/lookup", json!({"admin_email": email})).is(200);
    let nobody = ask("somebody@nowhere.example");
    assert_eq!(
        nobody,
        json!({"existing": false, "relationship": null, "organization": null}),
        "START-6"
    );
    let stranger = ask(&demo.person("stranger", "user").email().to_uppercase());
    assert_eq!(
        (stranger["existing"].as_bool(), stranger["relationship"].as_str()),
        (Some(true), Some("none")),
        "START-6"
    );
    assert!(
        stranger["organization"]["id"].is_null() && stranger["organization"]["name"].is_string(),
        "START-6"
    );
    let full = demo.person("partner_a", "sales_full_administrator");
    let own = full
        .post(
            "/customers/lookup",
            json!({"admin_email": demo.person("purchased", "full_administrator").email()}),
        )
        .is(200);
    assert_eq!(own["relationship"], "own", "START-6");
    assert_eq!(
        own["organization"]["id"],
        demo.person("purchased", "full_administrator").id(),
        "START-6"
    );
}

fn start_6_lookups_are_limited_by_whatever_path() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    for number in 0..29 {
        anna.post(
            "/customers/lookup",
            json!({"admin_email": format!("a{number}@many.example")}),
        )
        .is(200);
    }
    anna.post("/trials", start("New", "it@new.example", &["messaging"]))
        .is(201);
    anna.post("/eligibility", json!({"admin_email": "a29@many.example"}))
        .is(200);
    let over = anna.post("/customers/lookup", json!({"admin_email": "a30@many.example"}));
    assert!(over.headers.contains_key("retry-after"), "START-6");
    over.problem(429, "too_many_requests");
    anna.post("/trials?dry_run=true", start("More", "it@more.example", &["messaging"]))
        .problem(429, "too_many_requests");
    anna.post("/customers/lookup", json!({"admin_email": "A7@many.example"}))
        .is(200);
    let other = &demo.people("partner_a", "sales_administrator")[1];
    other
        .post("/customers/lookup", json!({"admin_email": "b@many.example"}))
        .is(200);
}

fn start_11_a_mistyped_address_is_corrected_until_the_person_has_signed_in() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let trial = anna
        .post("/trials", start("Typo", "tpyo@typo.example", &["messaging"]))
        .is(201);
    let path = format!("/trials/{}/correct-administrator", trial["id"].as_str().unwrap());
    anna.post(&path, json!({"admin_email": "nope"}))
        .problem(422, "invalid_input");
    let taken = anna.post(&path, json!({"admin_email": demo.person("stranger", "user").email()}));
    assert_eq!(
        taken.errors(),
        [("/admin_email".to_owned(), "address_taken".to_owned())],
        "START-11"
    );
    anna.post(&path, json!({"admin_email": "typo@typo.example"})).is(200);
    anna.wait_for_mail("kind=welcome&to=typo@typo.example");
    // The directory hears of it a moment after the answer, as the email leaves a moment after it.
    let is_free = || {
        let old = anna.post("/customers/lookup", json!({"admin_email": "tpyo@typo.example"}));
        old.is(200)["existing"] == false
    };
    let free = (0..200).any(|_| {
        let free = is_free();
        if !free {
            pause(25);
        }
        free
    });
    assert!(free, "START-11: the old address is nobody's again");
}

fn edit_1_services_and_quantity_change_while_the_trial_runs() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let trial = anna
        .post("/trials", start("Edit", "it@edit.example", &["messaging"]))
        .is(201);
    let path = format!("/trials/{}", trial["id"].as_str().unwrap());
    anna.call("PATCH", &path, &[], Some("{}".to_owned()))
        .problem(428, "precondition_required");
    let body = json!({"services": ["messaging", "calling"], "license_quantity": 20});
    anna.call("PATCH", &path, &[("If-Match", "\"99\"")], Some(body.to_string()))
        .problem(412, "version_conflict");
    let edited = anna.patch(&path, body).is(200);
    assert_eq!(edited["services"][1]["added_by"], "edit", "EDIT-1");
    assert_eq!(
        (edited["ends_on"].clone(), edited["license_quantity"].as_i64()),
        (trial["ends_on"].clone(), Some(20)),
        "EDIT-1"
    );
    let empty = anna.patch(&path, json!({"services": []}));
    assert_eq!(
        empty.errors(),
        [("/services".to_owned(), "empty".to_owned())],
        "EDIT-2: removing the last one is cancelling"
    );
    assert_eq!(
        anna.patch(&path, json!({"notes": "call on Monday"})).is(200)["notes"],
        "call on Monday"
    );
}

fn edit_1_a_quantity_below_what_is_assigned_names_the_surplus() {
    let demo = Demo::full();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let customer = demo.person("own_active", "full_administrator");
    let trials = anna
        .get(&format!("/trials?customer_id={}&status=active", customer.id()))
        .is(200);
    let path = format!("/trials/{}", trials["items"][0]["id"].as_str().unwrap());
    let refused = anna
        .patch(&path, json!({"license_quantity": 1}))
        .problem(409, "quantity_below_assigned");
    assert!(
        refused["surplus"]
            .as_object()
            .is_some_and(|surplus| !surplus.is_empty()),
        "EDIT-1: {refused:#}"
    );
}
