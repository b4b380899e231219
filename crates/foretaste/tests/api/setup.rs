//! First-time set-up, locations, numbers: entered, ordered, kept, released (SETUP-1, SETUP-2, EXP-5, CANC-2).

use crate::support::{Answer, Demo, Person, pause, start};
use serde_json::{Value, json};

crate::on_both_engines!(
    setup_1_it_is_left_and_taken_up_again_at_any_step,
    setup_2_two_customers_want_one_number_at_the_same_instant,
    setup_2_ten_by_order_in_a_trial_and_not_one_more,
    edit_2_what_goes_with_a_removed_service_is_told_before_and_in_the_email,
    exp_5_numbers_are_free_at_the_end_of_day_45_and_to_nobody_before
);

/// A number in Paris.
fn paris(number: u32) -> String {
    format!("+331402{number:05}")
}

/// A new customer of this seller, with a trial: its address and the trial's.
fn customer(seller: &Person<'_>, tail: &str, services: &[&str], country: &str) -> (String, String) {
    let mut body = start(tail, &format!("it@{tail}.example"), services);
    body["customer"]["country"] = json!(country);
    if services.contains(&"meetings") {
        body["meetings"] = json!({"site": format!("site-{tail}")});
    }
    let trial = seller.post("/trials", body).is(201);
    let of = |value: &Value, path: &str| format!("{path}/{}", value.as_str().unwrap());
    (of(&trial["customer"]["id"], "/customers"), of(&trial["id"], "/trials"))
}

fn place(who: &Person<'_>, customer: &str, country: &str) -> Value {
    let body = json!({"name": "Head office", "lines": ["1 Main Street"], "city": "Town", "country": country});
    who.post(&format!("{customer}/locations"), body).is(201)["id"].clone()
}

fn enter(who: &Person<'_>, customer: &str, location: &Value, numbers: &[&str]) -> Answer {
    let body = json!({"location_id": location, "numbers": numbers});
    who.post(&format!("{customer}/numbers"), body)
}

fn put(who: &Person<'_>, customer: &str, body: Value) -> Answer {
    who.call(
        "PUT",
        &format!("{customer}/setup"),
        &[("If-Match", "*")],
        Some(body.to_string()),
    )
}

fn states(setup: &Value) -> Vec<String> {
    let steps = setup["steps"].as_array().unwrap().iter();
    steps.map(|step| step["state"].as_str().unwrap().to_owned()).collect()
}

/// The first administrator of a new customer, with a token.
fn administrator<'d>(demo: &'d Demo, tail: &str) -> Person<'d> {
    let email = format!("it@{tail}.example");
    let (code, out) = demo.command(&["token", "create", &email]);
    assert_eq!(code, 0, "{out}");
    let token = out.lines().find(|line| line.starts_with("ft_")).unwrap();
    Person {
        demo,
        who: json!({"email": email, "token": token}),
    }
}

fn setup_1_it_is_left_and_taken_up_again_at_any_step() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let (customer, trial) = customer(&anna, "resumed", &["messaging", "meetings", "calling"], "FR");
    let path = format!("{customer}/setup");
    let begun = anna.get(&path).is(200);
    assert_eq!(
        states(&begun),
        ["open", "done", "open", "open", "open"],
        "SETUP-1: {begun:#}"
    );
    assert_eq!(begun["site"]["name"], "site-resumed", "SETUP-1");
    assert_eq!(begun["calling"]["case"], "open", "SETUP-2");
    anna.call("PUT", &path, &[], Some("{}".to_owned()))
        .problem(428, "precondition_required");
    let profile =
        json!({"profile": {"website": "https://resumed.example/", "phone": "+33140205050", "vertical": "media"}});
    let one = put(&anna, &customer, profile).is(200);
    assert_eq!(states(&one), ["done", "done", "open", "open", "open"], "SETUP-1");
    let stale = anna.call("PUT", &path, &[("If-Match", "\"1\"")], Some("{}".to_owned()));
    stale.problem(412, "version_conflict");
    let later = put(&anna, &customer, json!({"later": ["calling", "users"]})).is(200);
    assert_eq!(states(&later), ["done", "done", "later", "later", "open"], "SETUP-1");
    assert_eq!(
        later["profile"]["website"], "https://resumed.example/",
        "SETUP-1: nothing is lost"
    );
    // The customer goes on where its partner stopped.
    let boss = administrator(&demo, "resumed");
    assert_eq!(boss.get(&path).is(200), later, "SETUP-1");
    let before = boss.get(&path).is(200);
    let dry = boss.call(
        "PUT",
        &format!("{path}?dry_run=true"),
        &[("If-Match", "*")],
        Some(json!({"profile": {"name": "Resumed & Cie"}}).to_string()),
    );
    let dry = dry.is(200);
    assert_eq!(
        (&dry["profile"]["name"], &dry["before"]["profile"]["name"]),
        (&json!("Resumed & Cie"), &json!("resumed"))
    );
    assert_eq!(boss.get(&path).is(200), before, "a dry run writes nothing");
    put(&boss, &customer, json!({"profile": {"name": "Resumed & Cie"}})).is(200);
    assert_eq!(anna.get(&trial).is(200)["customer"]["name"], "Resumed & Cie", "SETUP-1");
    let found = anna.get("/customers?q=resumed%20%26").is(200);
    assert_eq!(
        found["items"].as_array().unwrap().len(),
        1,
        "LIST-1: found by its new name"
    );
    let location = place(&boss, &customer, "FR");
    enter(&boss, &customer, &location, &[&paris(1)]).is(201);
    let done = put(&boss, &customer, json!({"finished": true})).is(200);
    assert_eq!(states(&done), ["done", "done", "done", "later", "done"], "SETUP-1");
    assert!(done["finished_at"].is_string(), "SETUP-1");
    assert_eq!(
        done["next_steps"],
        json!(["users", "first_meeting", "first_call"]),
        "SETUP-1"
    );
    let names: Vec<Value> = boss.get("/audit?limit=50").is(200)["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["name"].clone())
        .collect();
    for name in ["setup_changed", "location_added", "numbers_added", "setup_finished"] {
        assert!(names.contains(&json!(name)), "AUD-1: {name} in {names:?}");
    }
    let kept = boss.get(&format!("{customer}/export")).is(200)["set_up"].clone();
    assert_eq!(kept["numbers"][0]["number"], json!(paris(1)), "everything that is kept");
    assert_eq!(demo.command(&["verify"]).0, 0);
}

#[test]
fn setup_1_what_is_wrong_is_told_at_once_and_changes_nothing() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let (customer, _) = customer(&anna, "wrong", &["messaging", "calling"], "FR");
    let profile = json!({"profile": {"website": "javascript:alert(1)", "phone": "01 40 20 50 50"}, "later": ["lunch"],
        "calling": {"provider": "nobody"}});
    let refused = put(&anna, &customer, profile);
    let expected = [
        ("/profile/website", "invalid_url"),
        ("/profile/phone", "invalid_number"),
        ("/calling/provider", "unknown_value"),
        ("/later/0", "unknown_value"),
    ];
    let expected = expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned()));
    assert_eq!(refused.errors(), expected, "SETUP-1");
    for (website, phone) in [
        ("https://", ""),
        ("https://a b.example", ""),
        ("https://x@y.example", ""),
        ("ftp://x.example", ""),
    ] {
        let answer = put(
            &anna,
            &customer,
            json!({"profile": {"website": website, "phone": phone}}),
        );
        answer.problem(422, "invalid_input");
    }
    let wrong = put(
        &anna,
        &customer,
        json!({"profile": {"name": " ", "vertical": "x", "language": "de", "time_zone": "Mars"}}),
    );
    assert_eq!(wrong.errors().len(), 4, "SETUP-1: {:?}", wrong.errors());
    let path = format!("{customer}/locations");
    let nothing = anna.post(&path, json!({"country": "XX", "time_zone": "Nowhere"}));
    let codes: Vec<String> = nothing.errors().into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(codes, ["/name", "/lines", "/city", "/country", "/time_zone"], "SETUP-1");
    let setup = anna.get(&format!("{customer}/setup")).is(200);
    assert_eq!(states(&setup)[0], "open", "SETUP-1: nothing was kept");
    let location = place(&anna, &customer, "FR");
    enter(&anna, &customer, &location, &[&paris(1)]).is(201);
    let one = format!("{path}/{}", location.as_str().unwrap());
    anna.patch(&one, json!({"country": "DE"}))
        .problem(409, "location_in_use");
    anna.call("DELETE", &one, &[("If-Match", "*")], None)
        .problem(409, "location_in_use");
    let renamed = anna.patch(&one, json!({"name": "Atelier"})).is(200);
    assert_eq!(
        (&renamed["name"], &renamed["city"]),
        (&json!("Atelier"), &json!("Town")),
        "SETUP-1"
    );
    anna.call(
        "PATCH",
        &one,
        &[("If-Match", "\"1\"")],
        Some(json!({"name": "x"}).to_string()),
    )
    .problem(412, "version_conflict");
}

#[test]
fn setup_2_numbers_are_entered_all_or_none_and_all_faults_are_told() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let berta = demo.person("partner_b", "sales_administrator");
    let (other, _) = customer(&berta, "zanzibar", &["calling"], "FR");
    let theirs = place(&berta, &other, "FR");
    enter(&berta, &other, &theirs, &[&paris(77)]).is(201);
    let (customer, _) = customer(&anna, "entered", &["calling"], "FR");
    let location = place(&anna, &customer, "FR");
    enter(&anna, &customer, &location, &[&paris(10)]).is(201);
    let given = [
        paris(1).as_str().to_owned(),
        "+1 201 555 0123".to_owned(),
        "+12015550123".to_owned(),
        "0140205050".to_owned(),
        paris(1),
        paris(77),
        "+33 1 40 20 50 50".to_owned(),
        "+33140abcdef".to_owned(),
        "+3314020505012345".to_owned(),
        "+٣٣١٤٠٢٠٥٠٥٠".to_owned(),
        paris(10),
        String::new(),
    ];
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let refused = enter(&anna, &customer, &location, &given);
    let codes: Vec<String> = refused
        .errors()
        .into_iter()
        .map(|(pointer, code)| format!("{} {code}", pointer.trim_start_matches("/numbers/")))
        .collect();
    let expected = [
        "1 invalid_number",
        "2 number_of_another_country",
        "3 invalid_number",
        "4 duplicate_number",
        "5 number_taken",
        "6 invalid_number",
        "7 invalid_number",
        "8 too_long",
        "9 invalid_number",
        "10 duplicate_number",
        "11 empty",
    ];
    assert_eq!(codes, expected, "SETUP-2");
    let told = refused.problem(422, "invalid_input").to_string();
    let name = other.trim_start_matches("/customers/");
    assert!(
        !told.contains(name) && !told.contains("zanzibar"),
        "ORG-9: whose it is is not said: {told}"
    );
    let one = enter(&anna, &customer, &location, &[&paris(2), &paris(77)]);
    assert_eq!(
        one.errors(),
        [("/numbers/1".to_owned(), "number_taken".to_owned())],
        "SETUP-2"
    );
    one.problem(409, "number_taken");
    enter(&anna, &customer, &theirs, &[&paris(2)]).problem(422, "invalid_input");
    enter(&anna, &customer, &location, &[]).problem(422, "invalid_input");
    let path = format!("{customer}/numbers");
    let known = anna.get(&path).is(200)["items"].clone();
    assert_eq!(known.as_array().unwrap().len(), 1, "SETUP-2: all or none: {known:#}");
    // The same key enters once.
    let body = json!({"location_id": location, "numbers": [paris(3), paris(4)]});
    let first = anna.post_with_key(&path, "numbers-1", body.clone()).is(201);
    assert_eq!(anna.post_with_key(&path, "numbers-1", body).is(201), first);
    let dry = json!({"location_id": location, "numbers": [paris(5)]});
    let dry = anna.post(&format!("{path}?dry_run=true"), dry).is(200);
    assert_eq!(
        (&dry["items"][0]["id"], &dry["items"][0]["number"]),
        (&json!(null), &json!(paris(5)))
    );
    enter(&berta, &other, &theirs, &[&paris(5)]).is(201);
}

fn setup_2_two_customers_want_one_number_at_the_same_instant() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    // In two regions.
    let (one, _) = customer(&anna, "one", &["calling"], "FR");
    let (two, _) = customer(&anna, "two", &["calling"], "US");
    let (here, there) = (place(&anna, &one, "FR"), place(&anna, &two, "FR"));
    for round in 0..8 {
        let wanted = [paris(100 + round), paris(200 + round), paris(300 + round)];
        let numbers: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let back: Vec<&str> = numbers.iter().rev().copied().collect();
        let answers = std::thread::scope(|scope| {
            let first = scope.spawn(|| enter(&anna, &one, &here, &numbers));
            let second = scope.spawn(|| enter(&anna, &two, &there, &back));
            [first.join().unwrap(), second.join().unwrap()]
        });
        let mut codes: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        codes.sort_unstable();
        assert_eq!(codes, [201, 409], "SETUP-2: one has all of them, the other none");
        let [first, second] = answers;
        let lost = if first.status == 409 { first } else { second };
        lost.problem(409, "number_taken");
    }
    let count = |customer: &str| {
        let found = anna.get(&format!("{customer}/numbers?limit=200")).is(200);
        found["items"].as_array().unwrap().len()
    };
    assert_eq!(count(&one) + count(&two), 24, "SETUP-2: none is lost, none is twice");
    assert_eq!(demo.command(&["verify"]).0, 0);
}

fn setup_2_ten_by_order_in_a_trial_and_not_one_more() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let (customer, trial) = customer(&anna, "orders", &["calling"], "FR");
    let location = place(&anna, &customer, "FR");
    let path = format!("{customer}/number-orders");
    let order = |quantity: i64| anna.post(&path, json!({"location_id": location, "quantity": quantity}));
    order(1).problem(409, "provider_required");
    put(&anna, &customer, json!({"calling": {"provider": "tata"}})).is(200);
    for wrong in [0, -1] {
        order(wrong).problem(422, "invalid_input");
    }
    order(11).problem(409, "number_limit");
    let first = order(3).is(201);
    assert_eq!(first["numbers"].as_array().unwrap().len(), 3, "SETUP-2: {first:#}");
    assert!(
        first["numbers"][0]["number"].as_str().unwrap().starts_with("+33"),
        "SETUP-2"
    );
    let answers = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..5).map(|_| scope.spawn(|| order(2))).collect();
        threads.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
    });
    let done = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(done, 3, "SETUP-2: 3 and three times 2 are at most 10");
    for refused in answers.into_iter().filter(|answer| answer.status != 201) {
        refused.problem(409, "number_limit");
    }
    let setup = anna.get(&format!("{customer}/setup")).is(200);
    assert_eq!(
        (&setup["calling"]["numbers"], &setup["calling"]["orderable_left"]),
        (&json!(9), &json!(1)),
        "SETUP-2"
    );
    // What is taken away was ordered all the same.
    let number = first["numbers"][0]["id"].as_str().unwrap();
    let gone = anna.call(
        "DELETE",
        &format!("{customer}/numbers/{number}"),
        &[("If-Match", "*")],
        None,
    );
    assert_eq!(gone.status, 204);
    order(2).problem(409, "number_limit");
    order(1).is(201);
    let all = anna.get(&path).is(200)["items"].clone();
    assert_eq!(all.as_array().unwrap().len(), 5, "SETUP-2");
    assert!(trial.starts_with("/trials/") && all[0]["trial_id"] == json!(trial.trim_start_matches("/trials/")));
    enter(&anna, &customer, &location, &[&paris(1)]).is(201);
}

#[test]
fn setup_2_numbers_first_waits_for_the_callers_and_two_a_location() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let (customer, trial) = customer(&anna, "tokyo", &["calling"], "JP");
    assert_eq!(anna.get(&trial).is(200)["setup"], json!(null), "nobody has begun it");
    let setup = anna.get(&format!("{customer}/setup")).is(200);
    assert_eq!(setup["calling"]["case"], "numbers_first", "SETUP-2");
    put(&anna, &customer, json!({"finished": true})).problem(409, "numbers_required");
    let location = place(&anna, &customer, "JP");
    let missing = put(&anna, &customer, json!({"finished": true})).problem(409, "numbers_required");
    assert_eq!(missing["missing"], 2, "SETUP-2: two per location, nobody calls yet");
    put(&anna, &customer, json!({"calling": {"provider": "tata"}})).is(200);
    assert_eq!(anna.get(&trial).is(200)["setup"]["state"], "open", "SETUP-1");
    let body = json!({"location_id": location, "quantity": 1});
    anna.post(&format!("{customer}/number-orders"), body).is(201);
    enter(&anna, &customer, &location, &["+81312345678"]).is(201);
    let done = put(&anna, &customer, json!({"finished": true})).is(200);
    assert_eq!(states(&done)[2], "done", "SETUP-2");
    assert!(done["finished_at"].is_string(), "SETUP-2");
    let seen = anna.get("/trials").is(200)["items"][0]["setup"].clone();
    assert_eq!(
        seen,
        json!({"state": "finished", "finished_at": done["finished_at"]}),
        "SETUP-1"
    );
}

#[test]
fn setup_2_without_calling_there_is_nothing_to_enter() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let (customer, trial) = customer(&anna, "quiet", &["messaging"], "FR");
    let setup = anna.get(&format!("{customer}/setup")).is(200);
    assert_eq!(setup["calling"], json!(null), "SETUP-2");
    assert_eq!(states(&setup)[1..3], ["not_needed", "not_needed"], "SETUP-1");
    let body = json!({"name": "x", "lines": ["x"], "city": "x"});
    anna.post(&format!("{customer}/locations"), body)
        .problem(409, "wrong_status");
    anna.patch(&trial, json!({"services": ["messaging", "calling"]}))
        .is(200);
    let location = place(&anna, &customer, "FR");
    enter(&anna, &customer, &location, &[&paris(1)]).is(201);
}

/// Whether a number can be had by another customer now.
fn is_free(who: &Person<'_>, customer: &str, location: &Value, number: &str) -> bool {
    let path = format!("{customer}/numbers?dry_run=true");
    let answer = who.post(&path, json!({"location_id": location, "numbers": [number]}));
    match answer.status {
        200 => true,
        _ => {
            answer.problem(409, "number_taken");
            false
        }
    }
}

fn exp_5_numbers_are_free_at_the_end_of_day_45_and_to_nobody_before() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let team = demo.person("vendor", "trials_team");
    let (waiting, waits) = customer(&anna, "waiting", &["calling"], "FR");
    let theirs = place(&anna, &waiting, "FR");
    let (ending, trial) = customer(&anna, "ending", &["calling"], "FR");
    enter(&anna, &ending, &place(&anna, &ending, "FR"), &[&paris(1), &paris(2)]).is(201);
    let (cancelled, second) = customer(&anna, "cancelled", &["messaging", "calling"], "FR");
    let offices = place(&anna, &cancelled, "FR");
    enter(&anna, &cancelled, &offices, &[&paris(3)]).is(201);
    let (edited, third) = customer(&anna, "edited", &["messaging", "calling"], "FR");
    enter(&anna, &edited, &place(&anna, &edited, "FR"), &[&paris(4)]).is(201);
    let (held, fourth) = customer(&anna, "held", &["messaging", "calling"], "FR");
    enter(&anna, &held, &place(&anna, &held, "FR"), &[&paris(5)]).is(201);
    for path in [&second, &fourth] {
        anna.post(&format!("{path}/cancel"), json!({})).is(200);
    }
    anna.patch(&third, json!({"services": ["messaging"]})).is(200);
    let hold = json!({"customer_id": held.trim_start_matches("/customers/"), "reason": "a question"});
    let hold = team.post("/holds", hold).is(201)["id"].clone();
    let free = |number: u32| is_free(&anna, &waiting, &theirs, &paris(number));
    let at = |trial: &str| {
        let plan = anna.get(&format!("{trial}/plan")).is(200);
        let items = plan["items"].as_array().unwrap();
        let found = items.iter().find(|item| item["kind"] == "numbers_released");
        let at: jiff::Timestamp = found.expect("EXP-5")["at"].as_str().unwrap().parse().unwrap();
        at
    };
    // Fifteen days after cancelling and after the edit, to the microsecond (CANC-2, EXP-5).
    for (trial, number) in [(&second, 3), (&third, 4)] {
        assert_eq!(at(trial), at(&second), "EXP-5: on the same day");
        assert!(!free(number), "EXP-5");
    }
    let before = at(&second) - jiff::SignedDuration::from_secs(1);
    anna.advance(json!({"to": before.to_string()}));
    assert!(!free(3) && !free(4) && !free(5), "EXP-5: to nobody before");
    assert_eq!(
        anna.get(&format!("{edited}/numbers")).is(200)["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    anna.advance(json!({"advance_seconds": 2}));
    assert!(free(3) && free(4), "CANC-2, EXP-5: free now");
    assert!(!free(5), "EXP-9: held");
    assert_eq!(
        anna.get(&format!("{edited}/numbers")).is(200)["items"],
        json!([]),
        "EXP-5: the row went"
    );
    // The other trial of the number's own customer goes on as long as it needs.
    anna.post(&format!("{waits}/extend"), json!({})).is(200);
    let end = at(&trial) - jiff::SignedDuration::from_secs(1);
    for day in 0..4 {
        anna.advance(json!({"advance_days": 8}));
        let extended = anna.post(&format!("{waits}/extend"), json!({}));
        assert!([200, 409].contains(&extended.status), "{day}");
        if anna.now() + jiff::SignedDuration::from_hours(9 * 24) > end {
            break;
        }
    }
    assert!(anna.now() < end, "EXP-5");
    anna.advance(json!({"to": end.to_string()}));
    assert!(!free(1) && !free(2), "EXP-5: to nobody before");
    anna.advance(json!({"advance_seconds": 2}));
    assert!(free(1) && free(2), "EXP-5: the first instant of the next day");
    assert!(!free(5), "EXP-9: still held");
    let lift = format!("/holds/{}", hold.as_str().unwrap());
    team.call("DELETE", &lift, &[("If-Match", "*")], None).is(200);
    anna.advance(json!({"advance_seconds": 1}));
    assert!(free(5), "EXP-9: released after the hold");
    enter(&anna, &waiting, &theirs, &[&paris(1), &paris(5)]).is(201);
    assert_eq!(demo.command(&["verify"]).0, 0);
}

#[test]
fn setup_2_a_number_taken_away_rests_15_days_and_may_come_back() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let (one, trial) = customer(&anna, "keeps", &["calling"], "FR");
    let (two, other) = customer(&anna, "wants", &["calling"], "FR");
    let (here, there) = (place(&anna, &one, "FR"), place(&anna, &two, "FR"));
    let entered = enter(&anna, &one, &here, &[&paris(1), &paris(2)]).is(201);
    let drop = |number: &Value| {
        let path = format!("{one}/numbers/{}", number["id"].as_str().unwrap());
        anna.call("DELETE", &path, &[("If-Match", "*")], None).status
    };
    assert_eq!(drop(&entered["items"][0]), 204);
    assert_eq!(drop(&entered["items"][0]), 404, "it is away already");
    assert_eq!(drop(&entered["items"][1]), 204);
    let rests = anna.get(&format!("{one}/numbers")).is(200);
    let until: jiff::Timestamp = rests["items"][0]["rests_until"].as_str().unwrap().parse().unwrap();
    assert!(!is_free(&anna, &two, &there, &paris(1)), "EXP-5");
    enter(&anna, &one, &here, &[&paris(2)]).is(201);
    anna.advance(json!({"to": (until - jiff::SignedDuration::from_secs(1)).to_string()}));
    assert!(!is_free(&anna, &two, &there, &paris(1)), "EXP-5: to nobody before");
    anna.advance(json!({"advance_seconds": 2}));
    assert!(is_free(&anna, &two, &there, &paris(1)), "EXP-5");
    assert!(!is_free(&anna, &two, &there, &paris(2)), "it came back");
    for path in [&trial, &other] {
        anna.get(path).is(200);
    }
}

#[test]
fn exp_5_calling_that_another_trial_or_a_purchase_has_keeps_the_numbers() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let (customer, trial) = customer(&anna, "again", &["messaging", "calling"], "FR");
    let location = place(&anna, &customer, "FR");
    enter(&anna, &customer, &location, &[&paris(1)]).is(201);
    anna.post(&format!("{trial}/cancel"), json!({})).is(200);
    let id = customer.trim_start_matches("/customers/");
    let body = json!({"customer": {"id": id, "supported_location_acknowledged": true}, "services": ["calling"]});
    anna.post("/trials", body).is(201);
    anna.advance(json!({"advance_days": 17}));
    let kept = anna.get(&format!("{customer}/numbers")).is(200);
    assert_eq!(
        kept["items"].as_array().unwrap().len(),
        1,
        "EXP-5: a newer trial keeps them"
    );
    anna.advance(json!({"advance_days": 90}));
    let (other, _) = self::customer(&anna, "next", &["calling"], "FR");
    let there = place(&anna, &other, "FR");
    assert!(
        is_free(&anna, &other, &there, &paris(1)),
        "EXP-5: with the end of that one they go"
    );
}

#[test]
fn exp_9_what_was_entered_is_in_no_file_once_the_organization_is_closed() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let (customer, _) = customer(&anna, "gone", &["messaging", "calling"], "FR");
    let profile = json!({"profile": {"website": "https://zanzibarquark.example/", "phone": "+33140205050"}});
    put(&anna, &customer, profile).is(200);
    let body = json!({"name": "Zanzibarquark", "lines": ["1 rue Zanzibarquark"], "city": "Zanzibarquark"});
    let places = format!("{customer}/locations");
    let location = anna.post_with_key(&places, "place", body).is(201)["id"].clone();
    let body = json!({"name": "x", "lines": ["x"], "city": "x", "country": "Zanzibarquark"});
    anna.post_with_key(&places, "nowhere", body)
        .problem(422, "invalid_input");
    let numbers = format!("{customer}/numbers");
    let body = json!({"location_id": location, "numbers": ["+99zanzibarquark"]});
    anna.post_with_key(&numbers, "wrong", body)
        .problem(422, "invalid_input");
    let body = json!({"location_id": location, "numbers": [paris(1)]});
    anna.post_with_key(&numbers, "right", body).is(201);
    let named = |needle: &str| -> Vec<String> {
        let mut found = Vec::new();
        let mut all = Vec::new();
        crate::residency::files(demo.dir.path(), &mut all);
        for path in all.iter().filter(|path| !path.to_string_lossy().contains("mailbox")) {
            let octets = std::fs::read(path).unwrap_or_default();
            if octets
                .windows(needle.len())
                .any(|part| part.eq_ignore_ascii_case(needle.as_bytes()))
            {
                found.push(path.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
        found
    };
    assert!(!named("zanzibarquark").is_empty(), "it is there before");
    anna.advance(json!({"advance_days": 64}));
    anna.get(&format!("{customer}/setup")).problem(404, "not_found");
    for _ in 0..100 {
        if named("zanzibarquark").is_empty() {
            break;
        }
        pause(100);
    }
    assert_eq!(named("zanzibarquark"), Vec::<String>::new(), "EXP-9");
    let rests = named(&paris(1));
    assert!(!rests.is_empty(), "EXP-5: the number itself rests");
    assert!(rests.iter().all(|name| name.starts_with("eu.db")), "REG-2: {rests:?}");
    anna.advance(json!({"advance_days": 20}));
    let (other, _) = self::customer(&anna, "heir", &["calling"], "FR");
    let there = place(&anna, &other, "FR");
    assert!(is_free(&anna, &other, &there, &paris(1)), "EXP-5");
}

#[test]
fn org_4_with_provisioning_access_the_trial_is_set_up_and_the_profile_only_read() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let bosses = demo.people("stranger", "full_administrator");
    let mut body = start("x", &bosses[0].email(), &["calling"]);
    body["customer"]["expect"] = json!("existing");
    anna.post("/trials", body).is(201);
    let customer = format!("/customers/{}", bosses[0].id());
    anna.get(&format!("{customer}/setup")).problem(403, "forbidden");
    let asked = bosses[0].get("/trial-requests").is(200)["items"][0]["id"].clone();
    let accept = format!("/trial-requests/{}/accept", asked.as_str().unwrap());
    let accepted = bosses[0].post(&accept, json!({"grant_full_admin": false})).is(200);
    let trial = format!("/trials/{}", accepted["trial_id"].as_str().unwrap_or_default());
    let setup = anna.get(&format!("{customer}/setup")).is(200);
    assert_eq!(setup["users"], json!(null), "ORG-4: users need full access");
    put(&anna, &customer, json!({"profile": {"website": ""}})).problem(403, "forbidden");
    put(&anna, &customer, json!({"calling": {"provider": "tata"}})).problem(403, "forbidden");
    put(&anna, &customer, json!({"later": ["users"]})).is(200);
    let country = setup["profile"]["country"].as_str().unwrap();
    let location = place(&anna, &customer, country);
    let wrong = enter(&anna, &customer, &location, &["+12015550123"]);
    assert!([409, 422].contains(&wrong.status), "PROV-1: nothing runs yet: {trial}");
    let order = json!({"location_id": location, "quantity": 1});
    anna.post(&format!("{customer}/number-orders"), order)
        .problem(403, "forbidden");
}

/// A partner that tries messaging at a customer of another one, and has provisioning access; the customer's boss agrees.
fn beside(demo: &Demo, who: &Person<'_>, tail: &str) {
    let boss = administrator(demo, tail);
    let mut body = start("x", &boss.email(), &["messaging"]);
    body["customer"]["expect"] = json!("existing");
    who.post("/trials", body).is(201);
    let asked = boss.get("/trial-requests").is(200)["items"][0]["id"].clone();
    let accept = format!("/trial-requests/{}/accept", asked.as_str().unwrap());
    boss.post(&accept, json!({"grant_full_admin": false})).is(200);
}

#[test]
fn org_4_with_provisioning_access_calling_of_another_partner_is_nobody_elses_business() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let berta = demo.person("partner_b", "sales_administrator");
    let (customer, _) = customer(&anna, "shared", &["calling"], "JP");
    let location = place(&anna, &customer, "JP");
    let entered = enter(&anna, &customer, &location, &["+81312345678"]).is(201);
    beside(&demo, &berta, "shared");
    let setup = berta.get(&format!("{customer}/setup")).is(200);
    assert_eq!(
        (&setup["calling"], &setup["next_steps"]),
        (&json!(null), &json!(["profile", "users"])),
        "ORG-4: of numbers nothing is said: {setup:#}"
    );
    for list in ["locations", "numbers", "number-orders"] {
        berta.get(&format!("{customer}/{list}")).problem(403, "forbidden");
        anna.get(&format!("{customer}/{list}")).is(200);
    }
    let one = format!("{customer}/locations/{}", location.as_str().unwrap());
    berta
        .patch(&one, json!({"name": "Elsewhere"}))
        .problem(403, "forbidden");
    let number = format!("{customer}/numbers/{}", entered["items"][0]["id"].as_str().unwrap());
    for path in [&one, &number] {
        berta
            .call("DELETE", path, &[("If-Match", "*")], None)
            .problem(403, "forbidden");
    }
    enter(&berta, &customer, &location, &["+81312345679"]).problem(403, "forbidden");
    let body = json!({"name": "x", "lines": ["x"], "city": "x"});
    berta
        .post(&format!("{customer}/locations"), body)
        .problem(403, "forbidden");
    // SETUP-2: one of two numbers is there, so that nobody finishes, whatever he sees.
    for who in [&berta, &anna] {
        put(who, &customer, json!({"finished": true})).problem(409, "numbers_required");
    }
    enter(&anna, &customer, &location, &["+81312345679"]).is(201);
    put(&berta, &customer, json!({"finished": true})).is(200);
}

#[test]
fn setup_2_each_location_counts_by_its_own_country() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let (customer, _) = customer(&anna, "nairobi", &["calling"], "KE");
    let path = format!("{customer}/setup");
    assert_eq!(anna.get(&path).is(200)["calling"]["providers"], json!([]), "SETUP-2");
    let connect = |provider: &str| put(&anna, &customer, json!({"calling": {"provider": provider}}));
    connect("tata").problem(422, "invalid_input");
    let here = place(&anna, &customer, "FR");
    let offered = connect("calling-plans").is(200)["calling"].clone();
    let ids: Vec<&Value> = offered["providers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["id"])
        .collect();
    assert_eq!(
        ids,
        ["calling-plans", "tata"],
        "SETUP-2: who serves the location's country"
    );
    assert_eq!(offered["case"], "open", "SETUP-2");
    let order = |location: &Value| {
        let body = json!({"location_id": location, "quantity": 1});
        anna.post(&format!("{customer}/number-orders"), body)
    };
    order(&here).is(201);
    enter(&anna, &customer, &here, &[&paris(1)]).is(201);
    let there = place(&anna, &customer, "JP");
    order(&there).problem(409, "provider_elsewhere");
    let calling = anna.get(&path).is(200)["calling"].clone();
    assert_eq!(
        (
            &calling["case"],
            &calling["numbers_needed"],
            &calling["numbers_missing"]
        ),
        (&json!("numbers_first"), &json!(2), &json!(2)),
        "SETUP-2: the French numbers do not ring in Japan: {calling:#}"
    );
    put(&anna, &customer, json!({"finished": true})).problem(409, "numbers_required");
    connect("tata").is(200);
    order(&there).is(201);
    enter(&anna, &customer, &there, &["+81312345678"]).is(201);
    put(&anna, &customer, json!({"finished": true})).is(200);
}

#[test]
fn setup_2_many_numbers_are_entered_at_once() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let (customer, _) = customer(&anna, "many", &["calling"], "FR");
    let location = place(&anna, &customer, "FR");
    let many: Vec<String> = (0..500).map(paris).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let entered = enter(&anna, &customer, &location, &many).is(201);
    assert_eq!(entered["items"].as_array().unwrap().len(), 500, "SETUP-2");
    let (other, _) = self::customer(&anna, "few", &["calling"], "FR");
    let there = place(&anna, &other, "FR");
    let wanted = [paris(600), paris(7), paris(601), paris(499)];
    let refused = enter(&anna, &other, &there, &wanted.each_ref().map(String::as_str));
    let expected = ["/numbers/1", "/numbers/3"].map(|at| (at.to_owned(), "number_taken".to_owned()));
    assert_eq!(refused.errors(), expected, "SETUP-2");
}

fn edit_2_what_goes_with_a_removed_service_is_told_before_and_in_the_email() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let (customer, trial) = customer(&anna, "edited", &["messaging", "meetings", "calling"], "FR");
    let location = place(&anna, &customer, "FR");
    enter(&anna, &customer, &location, &[&paris(71), &paris(72)]).is(201);
    let users = json!({"users": [{"email": "zoe@edited.example", "name": "Zoe Marin", "licenses": ["calling"]}]});
    anna.post(&format!("{customer}/users"), users).is(201);
    let less = json!({"services": ["messaging"]});
    let today: jiff::civil::Date = anna.get(&trial).is(200)["starts_on"].as_str().unwrap().parse().unwrap();
    let after = |days: i64| json!(today + jiff::Span::new().days(days));
    let dry = anna.patch(&format!("{trial}?dry_run=true"), less.clone()).is(200);
    let expected = json!({
        "licenses": [{"service": "calling", "count": 1, "people": ["Zoe Marin"]}],
        "numbers": 2, "numbers_kept_until": after(15),
        "site": "site-edited", "site_kept_until": after(90),
        "devices_not_shipped": false, "devices_lent": 0,
    });
    assert_eq!(dry["leaving"], expected, "EDIT-2");
    let more = json!({"license_quantity": 60});
    let dry = anna.patch(&format!("{trial}?dry_run=true"), more).is(200);
    assert!(dry["leaving"].is_null(), "EDIT-2: nothing is taken away");
    let done = anna.patch(&trial, less).is(200);
    assert!(done["leaving"].is_null());
    let mail = anna.wait_for_mail("kind=services_changed");
    assert!(mail["text"].as_str().unwrap().contains("Zoe Marin"), "EDIT-2: {mail:#}");
}
