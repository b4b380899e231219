//! CONV 1 to 8: from the order to paid services, as clients meet it.

use crate::support::{Answer, Demo, Person, item, start};
use serde_json::{Value, json};

crate::on_both_engines!(
    conv_2_to_5_from_the_order_to_paid_services,
    conv_7_an_order_from_outside_is_reminded_of_and_closes,
    conv_4_order_and_trial_in_different_regions,
);

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A trial of A's, with its id and path.
pub(crate) fn trial(anna: &Person<'_>, name: &str, services: &[&str]) -> (String, Value) {
    let email = format!("it@{name}.example");
    let begun = anna.post("/trials", start(name, &email, services)).is(201);
    (text(&begun["id"]), begun)
}

pub(crate) fn order(trial: &str, services: &[(&str, i64)]) -> Value {
    json!({"trial_id": trial, "services": lines(services)})
}

pub(crate) fn lines(services: &[(&str, i64)]) -> Vec<Value> {
    services
        .iter()
        .map(|(id, quantity)| json!({"id": id, "quantity": quantity}))
        .collect()
}

pub(crate) fn set_up(email: &str) -> Value {
    json!({"as": "partner_administrator", "trial_admin_email": email, "customer_confirmed": true})
}

pub(crate) fn path(order: &Value) -> String {
    format!("/orders/{}", text(&order["id"]))
}

fn services(lines: &Value) -> Vec<String> {
    lines
        .as_array()
        .unwrap()
        .iter()
        .map(|line| text(&line["service"]))
        .collect()
}

fn conv_2_to_5_from_the_order_to_paid_services() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (id, begun) = trial(&anna, "lumen", &["messaging", "calling"]);
    let users = format!("/customers/{}/users", text(&begun["customer"]["id"]));
    let someone = |name: &str| json!({"email": format!("{name}@lumen.example"), "name": name, "licenses": ["messaging", "calling"]});
    anna.post(&users, json!({"users": [someone("Ada"), someone("Bea")]}))
        .is(201);

    let dry = anna
        .post("/orders?dry_run=true", order(&id, &[("messaging", 1)]))
        .is(200);
    assert_eq!(dry["id"], Value::Null, "CONV-1: a dry run places nothing");
    assert!(anna.get("/orders").is(200)["items"].as_array().unwrap().is_empty());
    let wish = order(&id, &[("messaging", 1), ("contact-center", 5)]);
    let placed = anna.post_with_key("/orders", "once", wish.clone()).is(201);
    assert_eq!(
        anna.post_with_key("/orders", "once", wish).is(201),
        placed,
        "CONV-1: one order"
    );
    assert_eq!(
        placed["provisioning_contact"]["email"],
        json!(anna.email()),
        "CONV-2: the partner is the default"
    );
    let second = anna
        .post("/orders", order(&id, &[("messaging", 9)]))
        .problem(409, "order_open");
    assert_eq!(second["order_id"], placed["id"], "CONV-7: it is named");
    let mail = anna.wait_for_mail(&format!("kind=order_set_up&to={}", anna.email()));
    assert!(
        mail["links"].to_string().contains(&format!("{}/set-up", path(&placed))),
        "CONV-2: {mail}"
    );
    let plan = anna.get(&format!("/trials/{id}/plan")).is(200);
    assert_eq!(
        item(&plan, "order_closes")["on"],
        json!(later(&placed["closes_on"])),
        "CONV-7"
    );
    assert_eq!(item(&plan, "order_reminder")["recipients"][0]["count"], 1, "CONV-7");
    let tasks = anna.get("/tasks").is(200)["items"].to_string();
    assert!(
        tasks.contains("order_set_up") && tasks.contains(&text(&placed["id"])),
        "CONV-2: {tasks}"
    );

    let at = format!("{}/set-up", path(&placed));
    let shown = anna
        .post(&format!("{at}?dry_run=true"), set_up("it@lumen.example"))
        .is(200);
    assert_eq!(shown["match"], true, "CONV-4");
    assert_eq!(
        (&shown["customer"]["name"], &shown["customer"]["country"]),
        (&json!("lumen"), &json!("FR")),
        "CONV-3"
    );
    let difference = &shown["difference"];
    assert_eq!(services(&difference["lost"]), ["calling"], "CONV-5");
    assert_eq!(services(&difference["new"]), ["contact-center"], "CONV-5");
    assert_eq!(services(&difference["fewer"]), ["messaging"], "CONV-5");
    assert_eq!(difference["fewer"][0]["surplus"], json!(["Bea"]), "CONV-5: by name");
    let mut unsure = set_up("it@lumen.example");
    unsure["customer_confirmed"] = json!(false);
    let errors = anna.post(&at, unsure).errors();
    assert_eq!(
        errors,
        [("/customer_confirmed".to_owned(), "not_confirmed".to_owned())],
        "CONV-3"
    );
    let refused = anna
        .post(&at, set_up("it@lumen.example"))
        .problem(409, "quantity_below_assigned");
    assert_eq!(
        refused["surplus"],
        json!({"calling": ["Ada", "Bea"], "messaging": ["Bea"]}),
        "CONV-5"
    );
    assert_eq!(
        anna.get(&format!("/trials/{id}")).is(200)["status"],
        "active",
        "CONV-5: nothing has changed"
    );
    let mut wish = set_up("IT@lumen.EXAMPLE");
    wish["accept_reduced"] = json!(true);
    let done = anna.post_with_key(&at, "map", wish.clone()).is(200);
    assert_eq!(
        anna.post_with_key(&at, "map", wish.clone()).is(200),
        done,
        "CONV-5: answered alike"
    );
    assert_eq!(done["order"]["state"], "mapped", "CONV-5");
    anna.post(&at, wish).problem(409, "wrong_status");
    after(&anna, &demo, &begun, &placed);
}

/// The day after, on which the end of a day falls.
fn later(day: &Value) -> String {
    let day: jiff::civil::Date = text(day).parse().unwrap();
    day.tomorrow().unwrap().to_string()
}

fn after(anna: &Person<'_>, demo: &Demo, begun: &Value, placed: &Value) {
    let customer = text(&begun["customer"]["id"]);
    let trial = anna.get(&format!("/trials/{}", text(&begun["id"]))).is(200);
    assert_eq!(trial["status"], "converted", "CONV-5");
    let found = anna.get(&format!("/customers/{customer}")).is(200);
    let bought: Vec<(String, i64)> = found["purchased"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (text(&one["service"]), one["quantity"].as_i64().unwrap()))
        .collect();
    assert_eq!(
        bought,
        [("messaging".to_owned(), 1), ("contact-center".to_owned(), 5)],
        "CONV-5: {found:#}"
    );
    let people = anna.get(&format!("/customers/{customer}/users")).is(200);
    let has = |name: &str| {
        let all = people["items"].as_array().unwrap();
        all.iter().find(|one| one["name"] == name).unwrap()["licenses"].clone()
    };
    assert_eq!(
        (has("Ada"), has("Bea")),
        (json!(["messaging"]), json!([])),
        "CONV-5: those who were named, and nobody else"
    );
    let told = anna.wait_for_mail("kind=converted&to=it@lumen.example");
    assert!(text(&told["text"]).contains("Bea"), "CONV-5: {}", told["text"]);
    let asked = json!({"customer_id": customer, "services": ["messaging", "calling"]});
    let eligible = anna.post("/eligibility", asked).is(200);
    assert_eq!(eligible["items"][0]["reason"], "owned", "ELIG-1");
    assert_eq!(
        eligible["items"][1]["eligible"], true,
        "ELIG-1: what was not bought can be tried again"
    );
    let closed = anna.post(&format!("{}/close", path(placed)), json!({}));
    closed.problem(409, "wrong_status");
    anna.advance(json!({"advance_days": 120}));
    assert!(
        anna.mails("kind=order_reminder").is_empty() && anna.mails("kind=access_ended").is_empty(),
        "CONV-7"
    );
    assert_eq!(demo.command(&["verify"]).0, 0);
}

fn conv_7_an_order_from_outside_is_reminded_of_and_closes() {
    let demo = Demo::empty();
    let desk = demo.person("vendor", "order_desk");
    let anna = demo.person("partner_a", "sales_full_administrator");
    let errors = desk
        .post("/orders", json!({"services": lines(&[("messaging", 5)])}))
        .errors();
    assert_eq!(errors, [("/partner_id".to_owned(), "required".to_owned())], "CONV-1");
    let wish = json!({
        "partner_id": anna.id(), "services": lines(&[("messaging", 5)]),
        "provisioning_contact": {"email": anna.email(), "as": "partner_administrator"},
    });
    let placed = desk.post("/orders", wish.clone()).is(201);
    let mine = anna.get("/orders?mine=true").is(200);
    assert_eq!(mine["items"][0]["id"], placed["id"], "CONV-2: its contact sees it");
    demo.person("partner_b", "sales_full_administrator")
        .get(&path(&placed))
        .problem(404, "not_found");
    let done = anna.advance(json!({"advance_days": 32}));
    assert_eq!(done["done"]["order_reminder"], 3, "CONV-7: {done}");
    assert_eq!(done["done"]["order_closes"], 1, "CONV-7: {done}");
    assert_eq!(
        anna.mails(&format!("kind=order_reminder&to={}", anna.email())).len(),
        3,
        "CONV-7: days 7, 20 and 27"
    );
    for mail in anna.mails(&format!("kind=order_reminder&to={}", anna.email())) {
        let said = text(&mail["text"]);
        assert!(!said.contains("UTC"), "TIME-1: the order's own days: {said}");
    }
    let closed = desk.get(&path(&placed)).is(200);
    assert_eq!(
        (&closed["state"], &closed["closed_reason"]),
        (&json!("closed"), &json!("not_mapped")),
        "CONV-7"
    );
    for who in [&anna, &desk] {
        anna.wait_for_mail(&format!("kind=order_closed&to={}", who.email()));
    }
    anna.post(&format!("{}/set-up", path(&placed)), set_up("it@x.example"))
        .problem(409, "wrong_status");
    // Closed by hand: whoever placed it says why.
    let other = desk.post("/orders", wish).is(201);
    let gone = desk
        .post(&format!("{}/close", path(&other)), json!({"reason": "Ordered twice."}))
        .is(200);
    assert_eq!(gone["closed_reason"], "withdrawn", "CONV-7");
    anna.advance(json!({"advance_days": 40}));
    assert_eq!(
        anna.mails("kind=order_reminder").len(),
        3,
        "CONV-7: nobody is reminded of what is closed"
    );
    assert_eq!(demo.command(&["verify"]).0, 0);
}

fn conv_4_order_and_trial_in_different_regions() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let mut wish = start("Prairie", "it@prairie.example", &["messaging"]);
    wish["customer"]["country"] = json!("US");
    wish["customer"]["time_zone"] = json!("America/Chicago");
    let begun = anna.post("/trials", wish).is(201);
    assert_eq!(begun["region"], "us");
    let placed = anna
        .post("/orders", json!({"services": lines(&[("messaging", 40)])}))
        .is(201);
    assert!(
        text(&placed["id"]).starts_with("order_eu_"),
        "REG-2: where its contact is"
    );
    let at = format!("{}/set-up", path(&placed));
    let shown = anna
        .post(&format!("{at}?dry_run=true"), set_up("it@prairie.example"))
        .is(200);
    assert_eq!(
        (&shown["match"], &shown["trial_id"]),
        (&json!(true), &begun["id"]),
        "CONV-4"
    );
    let both: Vec<Answer> = std::thread::scope(|scope| {
        let map = || anna.post_patiently(&at, &set_up("it@prairie.example"));
        let threads = [scope.spawn(map), scope.spawn(map)];
        threads.map(|thread| thread.join().unwrap()).into()
    });
    let won = both.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(won, 1, "CONV-7: one of two: {both:#?}");
    let mapped = anna.get(&path(&placed)).is(200);
    assert_eq!(
        (&mapped["state"], &mapped["mapped_trial_id"]),
        (&json!("mapped"), &begun["id"]),
        "CONV-4"
    );
    let customer = anna
        .get(&format!("/customers/{}", text(&begun["customer"]["id"])))
        .is(200);
    assert_eq!(customer["purchased"][0]["quantity"], 40, "CONV-5: once");
    // REG-2: nothing that names the customer is written in the region of the order.
    for (file, found) in demo.everything() {
        let of_order = file.starts_with("eu") || file.starts_with("directory");
        assert!(!of_order || !found.contains("prairie.example"), "REG-2: {file}");
    }
    assert_eq!(demo.command(&["verify"]).0, 0);
}

#[test]
fn conv_1_a_tier_2_partner_goes_to_its_distributor_which_sees_what_it_needs_and_nothing_else() {
    let demo = Demo::empty();
    let carl = demo.person("partner_c", "sales_full_administrator");
    let anna = demo.people("partner_a", "sales_administrator").remove(0);
    let (id, begun) = trial(&carl, "tiers", &["messaging"]);
    carl.post("/orders?dry_run=true", order(&id, &[("messaging", 5)]))
        .problem(403, "distributor_required");
    anna.get(&format!("/conversions/{id}")).problem(404, "not_found");
    let told = carl
        .post("/orders", order(&id, &[("messaging", 5)]))
        .problem(403, "distributor_required");
    assert_eq!(told["distributor"]["id"], json!(anna.id()), "CONV-1: {told}");
    assert!(told["distributor"]["contact"].is_string(), "CONV-1: with the contact");
    carl.post("/orders", order(&id, &[("messaging", 5)]))
        .problem(403, "distributor_required");
    let task = anna.get("/tasks").is(200)["items"].as_array().unwrap().clone();
    let task: Vec<&Value> = task.iter().filter(|task| task["kind"] == "conversion").collect();
    assert_eq!(task.len(), 1, "CONV-1: once");
    let told = anna.wait_for_mail(&format!("kind=conversion_handed_over&to={}", anna.email()));
    let there = format!("/partner/conversions/{id}");
    assert!(told["links"][0].to_string().contains(&there), "CONV-1: {told}");
    assert!(text(&told["text"]).contains("tiers"), "CONV-1: whose it is: {told}");
    assert_eq!(
        anna.mails(&format!("kind=conversion_handed_over&to={}", anna.email()))
            .len(),
        1,
        "CONV-1: asked twice, told once"
    );
    assert!(
        carl.mails(&format!("kind=conversion_handed_over&to={}", carl.email()))
            .is_empty(),
        "CONV-1: its distributor alone"
    );
    let seen = &task[0]["conversion"];
    assert_eq!(seen["administrator_email"], "it@tiers.example", "CONV-1");
    assert_eq!(
        (&seen["customer_name"], &seen["services"][0]["quantity"]),
        (&json!("tiers"), &json!(100)),
        "CONV-1"
    );
    assert_eq!(*seen, anna.get(&format!("/conversions/{id}")).is(200), "CONV-1");
    for hidden in [
        format!("/trials/{id}"),
        format!("/trials/{id}/plan"),
        format!("/customers/{}", text(&begun["customer"]["id"])),
        format!("/customers/{}/users", text(&begun["customer"]["id"])),
        format!("/notifications?trial_id={id}"),
    ] {
        assert_eq!(anna.get(&hidden).status, 404, "SEC-1, CONV-1: {hidden}");
    }
    demo.person("partner_b", "sales_full_administrator")
        .post("/orders", order(&id, &[("messaging", 5)]))
        .problem(404, "not_found");
    let placed = anna.post("/orders", order(&id, &[("messaging", 5)])).is(201);
    assert_eq!(
        placed["partner"]["id"],
        json!(carl.id()),
        "CONV-1: it stays the partner's customer"
    );
    anna.get(&format!("/conversions/{id}")).problem(404, "not_found");
    assert_eq!(
        carl.get(&path(&placed)).is(200)["ordered_by"]["id"],
        json!(anna.id()),
        "CONV-1: it sees who has it"
    );
    carl.post(&format!("{}/set-up", path(&placed)), set_up("it@tiers.example"))
        .is(200);
    assert_eq!(
        carl.get(&format!("/trials/{id}")).is(200)["status"],
        "converted",
        "CONV-1"
    );
    let boss = carl
        .get(&format!("/customers/{}", text(&begun["customer"]["id"])))
        .is(200);
    assert_eq!(
        boss["purchased"][0]["partner_id"].as_str().unwrap_or(&carl.id()),
        carl.id(),
        "START-7"
    );
    assert_eq!(demo.command(&["verify"]).0, 0);
}

#[test]
fn conv_2_the_contact_is_somebody_whom_we_know() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let colleague = demo.people("partner_a", "sales_administrator").remove(0);
    let stranger = demo.person("stranger", "full_administrator");
    let (id, _) = trial(&anna, "known", &["messaging"]);
    let with = |contact: Value| {
        let mut wish = order(&id, &[("messaging", 5)]);
        wish["provisioning_contact"] = contact;
        wish
    };
    let at = |field: &str, code: &str| [(format!("/provisioning_contact/{field}"), code.to_owned())];
    for (contact, errors) in [
        (json!({"email": "nobody@known.example"}), at("email", "unknown_contact")),
        (json!({"email": stranger.email()}), at("email", "unknown_contact")),
        (json!({"email": "no address"}), at("email", "invalid_email")),
        (json!({"as": "customer_administrator"}), at("email", "required")),
        (json!({"as": "boss"}), at("as", "unknown_value")),
        (
            json!({"email": colleague.email(), "as": "customer_administrator"}),
            at("as", "contact_role"),
        ),
        (
            json!({"email": "it@known.example", "as": "partner_administrator"}),
            at("as", "contact_role"),
        ),
    ] {
        assert_eq!(
            anna.post("/orders", with(contact.clone())).errors(),
            errors,
            "CONV-2: {contact}"
        );
    }
    let placed = anna.post("/orders", with(json!({"email": "it@known.example"}))).is(201);
    assert_eq!(placed["provisioning_contact"]["as"], "customer_administrator", "CONV-2");
    anna.wait_for_mail("kind=order_set_up&to=it@known.example");
    let at = format!("{}/set-up", path(&placed));
    anna.post(&at, set_up("it@known.example")).problem(403, "forbidden");
    let resend = format!("{}/resend", path(&placed));
    let other = json!({"contact": {"email": colleague.email()}});
    let sent = anna.post(&resend, other).is(200);
    assert_eq!(
        sent["provisioning_contact"]["email"],
        json!(colleague.email()),
        "CONV-2: to someone else"
    );
    anna.wait_for_mail(&format!("kind=order_set_up&to={}", colleague.email()));
    for _ in 0..3 {
        anna.post(&resend, json!({})).is(200);
    }
    anna.post(&resend, json!({})).problem(429, "too_many_requests");
    let mut wrong = set_up("it@known.example");
    wrong["as"] = json!("customer_administrator");
    assert_eq!(
        colleague.post(&at, wrong).errors(),
        [("/as".to_owned(), "contact_role".to_owned())],
        "CONV-3"
    );
    let done = colleague.post(&at, set_up("it@known.example")).is(200);
    assert_eq!(done["order"]["state"], "mapped", "CONV-3");
}

#[test]
fn conv_8_the_partner_hears_once_a_day_that_a_customer_wants_to_buy() {
    let demo = Demo::full();
    let boss = demo.person("own_active", "full_administrator");
    let anna = demo.person("partner_a", "sales_full_administrator");
    let at = format!("/customers/{}/purchase-interest", boss.id());
    anna.post(&at, json!({})).problem(403, "role_required");
    let wrong = boss.post(&at, json!({"services": ["telepathy"], "note": ""}));
    let expected =
        [("/services/0", "unknown_service"), ("/note", "empty")].map(|(at, code)| (at.to_owned(), code.to_owned()));
    assert_eq!(wrong.errors(), expected, "CONV-8");
    let told = boss.post(&at, json!({"note": "For all of us, please."})).is(200);
    assert_eq!(
        (&told["changed"], &told["partners"][0]["id"]),
        (&json!(true), &json!(anna.id())),
        "CONV-8"
    );
    let mail = anna.wait_for_mail(&format!("kind=purchase_wanted&to={}", anna.email()));
    assert!(text(&mail["text"]).contains("For all of us, please."), "CONV-8");
    assert_eq!(
        boss.post(&at, json!({})).is(200)["changed"],
        false,
        "CONV-8: once a day"
    );
    let tasks = || anna.get("/tasks?limit=200").is(200)["items"].to_string();
    assert!(tasks().contains("purchase_wanted"), "CONV-8");
    let trials = boss.get("/trials?status=active").is(200);
    let trial = &trials["items"][0];
    let service = text(&trial["services"][0]["id"]);
    anna.post("/orders", order(&text(&trial["id"]), &[(&service, 5)]))
        .is(201);
    assert!(!tasks().contains("purchase_wanted"), "CONV-8: until an order is placed");
    let lonely = demo.person("stranger", "full_administrator");
    let at = format!("/customers/{}/purchase-interest", lonely.id());
    lonely.post(&at, json!({})).problem(409, "no_partner");
}

#[test]
fn conv_7_placed_extended_cancelled_and_mapped_at_the_same_time() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (id, _) = trial(&anna, "storm", &["messaging"]);
    let at = format!("/trials/{id}");
    let placed = anna.post("/orders", order(&id, &[("messaging", 50)])).is(201);
    anna.advance(json!({"advance_days": 2}));
    let (extend, cancel, again, map) = (
        || anna.post_patiently(&format!("{at}/extend"), &json!({})),
        || anna.post_patiently(&format!("{at}/cancel"), &json!({})),
        || anna.post_patiently("/orders", &order(&id, &[("messaging", 9)])),
        || anna.post_patiently(&format!("{}/set-up", path(&placed)), &set_up("it@storm.example")),
    );
    let calls: [&(dyn Fn() -> Answer + Sync); 6] = [&extend, &cancel, &again, &map, &map, &cancel];
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let threads: Vec<_> = calls.iter().map(|call| scope.spawn(call)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(
        answers.iter().all(|one| [200, 201, 409].contains(&one.status)),
        "{answers:#?}"
    );
    let status = text(&anna.get(&at).is(200)["status"]);
    let mapped = answers[3..5].iter().filter(|one| one.status == 200).count();
    let expected = if mapped == 1 { "converted" } else { "cancelled" };
    assert!(mapped <= 1 && status == expected, "CONV-7: {status}");
    let open = anna.get("/orders?state=open").is(200);
    assert!(
        open["items"].as_array().unwrap().is_empty(),
        "CONV-7: nothing is left open of it"
    );
    assert_eq!(demo.command(&["verify"]).0, 0);
}
