//! The end: what is shown before, what is checked just before, what goes, and what stays (EXP-4, EXP-5, EXP-9).

use crate::support::{Demo, Engine, Person, item, on, pause, start};
use serde_json::{Value, json};

crate::on_both_engines!(
    exp_9_the_list_of_what_would_go_is_shown_for_weeks_before,
    exp_9_a_page_of_what_ends_goes_on_after_midnight,
    exp_9_just_before_acting_everything_is_checked_again,
    exp_4_a_closed_organization_is_a_tombstone_with_dates_and_counts,
    exp_9_nothing_personal_is_left_anywhere_but_in_the_mailbox,
    exp_5_numbers_are_released_to_nobody_before_and_a_hold_keeps_them,
);

/// 2027-01-15 at ten in the morning in Paris: grace ends with 2027-03-16.
const BEGIN: &str = "2027-01-15T09:00:00Z";
const EVE: &str = "2027-03-16T22:59:59Z";

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn begun(demo: &Demo, services: &[&str]) -> (String, String) {
    let anna = demo.person("partner_a", "sales_full_administrator");
    anna.advance(json!({"to": BEGIN}));
    let body = start("Ateliers du Nord", "it@ateliers-du-nord.example", services);
    let trial = anna.post("/trials", body).is(201);
    (text(&trial["id"]), text(&trial["customer"]["id"]))
}

fn exp_9_the_list_of_what_would_go_is_shown_for_weeks_before() {
    let demo = Demo::empty();
    let (anna, berta) = (
        demo.person("partner_a", "sales_full_administrator"),
        demo.person("partner_b", "sales_full_administrator"),
    );
    let (id, customer) = begun(&demo, &["messaging", "calling"]);
    let path = format!("/trials/{id}/removal");
    let list = anna.get(&path).is(200);
    assert_eq!(
        (&list["state"], &list["at"]),
        (&json!("planned"), &json!("2027-03-16T23:00:00Z"))
    );
    assert_eq!(
        (&list["organization_closes"], &list["users"]),
        (&json!(true), &json!(1))
    );
    assert_eq!(
        list["services"],
        json!([
            {"id": "messaging", "quantity": 100, "assigned": 0},
            {"id": "calling", "quantity": 100, "assigned": 0},
        ])
    );
    assert_eq!(list["told"], json!({"at": "2027-03-17T08:00:00Z", "users": 1}), "EXP-4");
    assert_eq!(list["numbers_released_at"], "2027-03-31T22:00:00Z", "EXP-5");
    assert_eq!((&list["stays"], &list["closing"]), (&json!([]), &Value::Null));
    let export = text(&list["export"]);
    let (_, export) = export.split_once("/api/v1").unwrap();
    anna.get(export).is(200);

    assert_eq!(anna.get("/removals?before=2027-03-16").is(200)["items"], json!([]));
    let going = anna.get("/removals?before=2027-03-17").is(200);
    assert_eq!(going["items"][0]["trial_id"], json!(id), "EXP-9");
    assert_eq!(going["items"][0]["customer"]["name"], "Ateliers du Nord");
    assert_eq!(going["items"][0]["users"], 1);
    let vera = demo.person("vendor", "trials_team");
    assert_eq!(
        vera.get("/removals?before=2027-03-17").is(200),
        going,
        "the vendor sees all"
    );
    assert_eq!(
        berta.get("/removals?before=2030-01-01").is(200)["items"],
        json!([]),
        "ORG-9"
    );
    vera.get("/removals?before=soon").problem(422, "invalid_input");

    // CANC-2, ELIG-2: another trial keeps the organization, and its services.
    let body = json!({"customer": {"id": customer}, "services": ["meetings"], "duration_days": 90,
        "meetings": {"site": "ateliers", "time_zone": "Europe/Paris"}});
    anna.post("/trials", body).is(201);
    let list = anna.get(&path).is(200);
    assert_eq!(
        (&list["organization_closes"], &list["users"]),
        (&json!(false), &json!(0)),
        "EXP-4"
    );
    assert_eq!(
        list["stays"],
        json!([{"id": "meetings", "why": "other_trial"}]),
        "EXP-4"
    );
    let ends: Vec<Value> = anna.get("/removals?before=2028-01-01&limit=1").is(200)["items"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(ends.len(), 1);
    assert_eq!(ends[0]["trial_id"], json!(id), "the next one first");
}

fn exp_9_a_page_of_what_ends_goes_on_after_midnight() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (first, _) = begun(&demo, &["messaging"]);
    anna.advance(json!({"advance_seconds": 1}));
    let body = start("Imprimerie du Sud", "it@imprimerie-du-sud.example", &["messaging"]);
    let second = text(&anna.post("/trials", body).is(201)["id"]);
    anna.advance(json!({"advance_days": 20}));
    let page = anna.get("/removals?limit=1").is(200);
    anna.advance(json!({"advance_days": 1}));
    let path = format!("/removals?limit=1&cursor={}", text(&page["next_cursor"]));
    let next = anna.get(&path).is(200);
    let mut seen = [&page, &next].map(|page| text(&page["items"][0]["trial_id"]));
    let mut both = [first, second];
    seen.sort();
    both.sort();
    assert_eq!((seen, &next["next_cursor"]), (both, &Value::Null), "each once");
    let path = format!("{path}&before=2028-01-01");
    anna.get(&path).problem(400, "bad_cursor");
}

fn exp_9_just_before_acting_everything_is_checked_again() {
    for what in ["nothing", "a hold", "an extension", "a new trial"] {
        let demo = Demo::empty();
        let (anna, vera) = (
            demo.person("partner_a", "sales_full_administrator"),
            demo.person("vendor", "trials_team"),
        );
        let (id, customer) = begun(&demo, &["messaging"]);
        anna.advance(json!({"to": EVE}));
        let status = || text(&anna.get(&format!("/trials/{id}")).is(200)["status"]);
        assert_eq!(status(), "expired", "EXP-3");
        let mut hold = Value::Null;
        match what {
            "a hold" => {
                let body = json!({"customer_id": customer, "reason": "a question"});
                hold = vera.post("/holds", body).is(201);
            }
            "an extension" => drop(anna.post(&format!("/trials/{id}/extend"), json!({})).is(200)),
            "a new trial" => {
                let body = json!({"customer": {"id": customer}, "services": ["calling"]});
                anna.post("/trials", body).is(201);
            }
            _ => {}
        }
        anna.advance(json!({"advance_seconds": 60}));
        let expected = match what {
            "a hold" => "expired",
            "an extension" => "active",
            _ => "removed",
        };
        assert_eq!(status(), expected, "EXP-9: {what}");
        let there = anna.get(&format!("/customers/{customer}")).status;
        assert_eq!(there, if what == "nothing" { 404 } else { 200 }, "EXP-4: {what}");
        if what == "a hold" {
            let path = format!("/holds/{}", text(&hold["id"]));
            assert_eq!(vera.call("DELETE", &path, &[("If-Match", "*")], None).status, 200);
            anna.advance(json!({"advance_seconds": 1}));
            assert_eq!(status(), "removed", "EXP-9: it runs after release");
        }
        assert_eq!(demo.command(&["verify"]).0, 0, "{what}");
    }
}

fn exp_4_a_closed_organization_is_a_tombstone_with_dates_and_counts() {
    let demo = Demo::empty();
    let (anna, berta) = (
        demo.person("partner_a", "sales_full_administrator"),
        demo.person("partner_b", "sales_full_administrator"),
    );
    let (id, customer) = begun(&demo, &["messaging"]);
    anna.advance(json!({"to": EVE}));
    let export = format!("/customers/{customer}/export");
    anna.get(&export).is(200);
    anna.advance(json!({"advance_seconds": 60}));
    anna.get(&export).problem(404, "not_found");
    let closing = anna.get(&format!("/trials/{id}/removal")).is(200)["closing"].clone();
    assert_eq!(
        (&closing["step"], &closing["users_moved"]),
        (&json!("erasing"), &json!(1))
    );
    anna.advance(json!({"advance_days": 1}));
    let list = anna.get(&format!("/trials/{id}/removal")).is(200);
    assert_eq!(list["state"], "done");
    assert_eq!(list["organization_closes"], true, "it still tells what it closed");
    assert_eq!(list["export"], Value::Null);
    let closing = &list["closing"];
    assert_eq!(
        (&closing["step"], &closing["users"]),
        (&json!("done"), &json!(1)),
        "EXP-9"
    );
    assert_eq!(closing["began_at"], "2027-03-16T23:00:00Z");
    assert!(closing["erased_at"].is_string());
    let tombstone = anna.get(&format!("/trials/{id}")).is(200);
    assert_eq!(
        (&tombstone["status"], &tombstone["customer"]["name"]),
        (&json!("removed"), &json!(""))
    );
    berta.get(&format!("/trials/{id}")).problem(404, "not_found");
    let vera = demo.person("vendor", "trials_team");
    vera.post("/holds", json!({"customer_id": customer, "reason": "too late"}))
        .problem(404, "not_found");
    // Its address is nobody's, and may begin anew.
    let again = start("Ateliers du Nord", "it@ateliers-du-nord.example", &["messaging"]);
    anna.post("/trials", again).is(201);
}

fn exp_5_numbers_are_released_to_nobody_before_and_a_hold_keeps_them() {
    let demo = Demo::empty();
    let (anna, vera) = (
        demo.person("partner_a", "sales_full_administrator"),
        demo.person("vendor", "trials_team"),
    );
    let (id, customer) = begun(&demo, &["calling"]);
    anna.advance(json!({"to": "2027-03-17T12:00:00Z"}));
    let released = || item(&anna.get(&format!("/trials/{id}/plan")).is(200), "numbers_released")["state"].clone();
    assert_eq!(
        anna.get(&format!("/trials/{id}/removal")).is(200)["closing"]["step"],
        "done"
    );
    assert_eq!(released(), "planned", "EXP-5: 15 days more");
    anna.advance(json!({"to": "2027-03-31T21:59:59Z"}));
    assert_eq!(released(), "planned", "EXP-5");
    anna.advance(json!({"advance_seconds": 1}));
    assert_eq!(released(), "done", "EXP-5: across the clock change");
    vera.post("/holds", json!({"customer_id": customer, "reason": "x"}))
        .problem(404, "not_found");

    let other = Demo::empty();
    let (anna, vera) = (
        other.person("partner_a", "sales_full_administrator"),
        other.person("vendor", "trials_team"),
    );
    let (id, customer) = begun(&other, &["calling"]);
    anna.advance(json!({"to": "2027-03-17T01:00:00Z"}));
    let body = json!({"customer_id": customer, "reason": "a question"});
    vera.post("/holds", body).is(201);
    anna.advance(json!({"advance_days": 30}));
    let plan = anna.get(&format!("/trials/{id}/plan")).is(200);
    assert_eq!(
        item(&plan, "numbers_released")["state"],
        "held",
        "EXP-9: placed after the removal"
    );
    assert_eq!(item(&plan, "access_ended_notice")["state"], "held", "EXP-9");
    let closing = anna.get(&format!("/trials/{id}/removal")).is(200)["closing"].clone();
    assert_eq!(
        closing["step"], "erasing",
        "EXP-9: what is gone is gone, the rest is kept"
    );
}

/// What nobody types by chance.
const MARK: &str = "zzquibble";

/// Everything that people can say about a customer, in every field that takes words.
fn told(anna: &Person<'_>, berta: &Person<'_>, vera: &Person<'_>, boss: &Person<'_>) -> String {
    let marked = |what: &str| format!("{MARK} {what}");
    let body = json!({
        "customer": {"admin_email": boss.email(), "supported_location_acknowledged": true, "country": "US",
            "name": marked("company"), "vertical": "media", "expect": "existing"},
        "services": ["messaging", "meetings", "calling", "devices"],
        "meetings": {"site": format!("{MARK}-site"), "time_zone": "Europe/Paris"},
        "devices": {"ship": [{"type": "board", "quantity": 1}], "ship_to": address("start")},
    });
    let trial = anna.post_with_key("/trials", "one", body).is(201);
    let id = text(&trial["id"]);
    let request = id.replacen("trial", "request", 1);
    let accepted = json!({"grant_full_admin": true});
    boss.post_with_key(&format!("/trial-requests/{request}/accept"), "two", accepted)
        .is(200);
    anna.post_with_key(&format!("/trials/{id}/provisioning-details"), "three", json!({}))
        .is(200);
    let customer = text(&anna.get(&format!("/trials/{id}")).is(200)["customer"]["id"]);
    anna.patch(&format!("/trials/{id}"), json!({"notes": marked("notes")}))
        .is(200);
    anna.patch(&format!("/customers/{customer}"), json!({"tags": [marked("tag")]}))
        .is(200);
    anna.post_with_key(
        &format!("/trials/{id}/extend"),
        "four",
        json!({"allow_shorten": true, "reason": marked("reason")}),
    )
    .is(200);
    anna.post_with_key(&format!("/trials/{id}/remind"), "five", json!({"line": marked("line")}))
        .is(200);
    // Another partner is refused, with a reason.
    let body = json!({
        "customer": {"admin_email": boss.email(), "supported_location_acknowledged": true, "country": "US",
            "name": marked("other"), "vertical": "media", "expect": "existing"},
        "services": ["contact-center"],
    });
    let asked = text(&berta.post_with_key("/trials", "six", body).is(201)["id"]);
    let request = asked.replacen("trial", "request", 1);
    boss.post_with_key(
        &format!("/trial-requests/{request}/decline"),
        "seven",
        json!({"reason": marked("declined")}),
    )
    .is(200);
    let invited = json!({"email": format!("{MARK}@new.example"), "name": marked("person"), "roles": ["user"]});
    boss.post_with_key("/people", "eight", invited).is(201);
    set_up(anna, vera, boss, &customer);
    lent(anna, vera, &id);
    let body = json!({"customer_id": customer, "reason": marked("hold")});
    let hold = vera.post_with_key("/holds", "nine", body).is(201);
    let path = format!("/holds/{}", text(&hold["id"]));
    assert_eq!(vera.call("DELETE", &path, &[("If-Match", "*")], None).status, 200);
    id
}

/// The same in users, imports, set-up, exceptions and drafts.
fn set_up(anna: &Person<'_>, vera: &Person<'_>, boss: &Person<'_>, customer: &str) {
    let marked = |what: &str| format!("{MARK} {what}");
    let of = |noun: &str| format!("/customers/{customer}/{noun}");
    let user = json!({"email": format!("{MARK}@user.example"), "name": marked("user"), "licenses": ["messaging"]});
    let users = json!({"users": [user]});
    boss.post_with_key(&of("users"), "ten", users.clone()).is(201);
    boss.post_with_key(&of("users"), "eleven", users)
        .problem(422, "invalid_input");
    let metric = format!("{MARK}_count");
    let on = vera.now().strftime("%Y-%m-%d").to_string();
    let report = json!([{"customer_id": customer, "service": "messaging", "on": on, "metric": metric, "value": 1}]);
    vera.post_with_key("/usage", "usage", report).is(200);
    let file = format!("email,name\n{MARK}@row.example,{MARK} row\n{MARK} is no address,{MARK} wrong\n");
    let csv = [("Content-Type", "text/csv"), ("Idempotency-Key", "twelve")];
    let job = boss.call("POST", &of("user-imports"), &csv, Some(file)).is(202);
    let job = format!("/jobs/{}", text(&job["id"]));
    let over = || boss.get(&job).is(200)["status"] == "done";
    let waited = (0..400).any(|_| {
        pause(50);
        over()
    });
    assert!(waited, "the rows are done");
    let profile = json!({"profile": {"website": format!("https://{MARK}.example/")}}).to_string();
    boss.call("PUT", &of("setup"), &[("If-Match", "*")], Some(profile))
        .is(200);
    let place = json!({"name": marked("place"), "lines": [marked("street")], "city": marked("city"), "country": "US"});
    let place = boss.post_with_key(&of("locations"), "thirteen", place).is(201);
    let provider = json!({"calling": {"provider": "tata"}}).to_string();
    boss.call("PUT", &of("setup"), &[("If-Match", "*")], Some(provider))
        .is(200);
    let order = json!({"location_id": place["id"], "quantity": 1});
    boss.post_with_key(&of("number-orders"), "fourteen", order).is(201);
    let lifted = json!({"service": "messaging", "reason": marked("lifted")});
    vera.post_with_key(&of("eligibility-exceptions"), "fifteen", lifted)
        .is(201);
    let draft = json!({"customer": {"id": customer}, "meetings": {"site": format!("{MARK}-draft")}});
    anna.post_with_key("/trial-drafts", "sixteen", draft).is(201);
}

fn address(what: &str) -> Value {
    let marked = |field: &str| format!("{MARK} {what} {field}");
    json!({
        "name": marked("receiver"), "lines": [marked("dock")], "city": marked("town"), "postal_code": marked("code"),
        "country": "US", "phone": marked("phone"),
    })
}

/// The same in shipments, requests to keep devices longer, and returns.
fn lent(anna: &Person<'_>, vera: &Person<'_>, trial: &str) {
    let marked = |what: &str| format!("{MARK} {what}");
    let ship = json!([{"type": "headset", "quantity": 1}]);
    let body = json!({"trial_id": trial, "ship": ship, "ship_to": address("later"), "reason": marked("wish")});
    let asked = anna.post_with_key("/shipments", "seventeen", body).is(201);
    let shipment = text(&asked["id"]);
    let path = |word: &str| format!("/shipments/{shipment}/{word}");
    let reason = json!({"reason": marked("approved")});
    vera.post_with_key(&path("approve"), "eighteen", reason).is(200);
    let now = anna.now().in_tz("UTC").unwrap();
    let ends_on = now.date().checked_add(jiff::ToSpan::days(20)).unwrap().to_string();
    let body = json!({
        "order_number": "D1", "serials": ["HEADSET1"], "carrier": "ups", "tracking": marked("tracking"), "ends_on": ends_on,
    });
    vera.post_with_key(&path("ship"), "nineteen", body).is(200);
    let longer = json!({"shipment_id": shipment, "days": 5, "reason": marked("longer")});
    let longer = anna.post_with_key("/device-extensions", "twenty", longer).is(201);
    let refuse = format!("/device-extensions/{}/refuse", text(&longer["id"]));
    vera.post_with_key(&refuse, "twenty-one", json!({"reason": marked("refused")}))
        .is(200);
    let back = shipment.replacen("ship_", "return_", 1);
    let label = format!("/returns/{back}/label-request");
    anna.post_with_key(&label, "twenty-two", json!({"reason": marked("label")}))
        .is(200);
    let serials = json!({"serials": [marked("serial")]});
    vera.post_with_key(&format!("/returns/{back}/receive"), "twenty-three", serials)
        .problem(422, "serial_mismatch");
}

fn exp_9_nothing_personal_is_left_anywhere_but_in_the_mailbox() {
    let demo = Demo::empty();
    let (anna, berta, vera) = (
        demo.person("partner_a", "sales_full_administrator"),
        demo.person("partner_b", "sales_full_administrator"),
        demo.person("vendor", "trials_team"),
    );
    let boss = demo.person("stranger", "full_administrator");
    let name = text(&boss.who["organization"]["name"]);
    let mut marks = vec![MARK.to_owned(), name.clone(), name.to_lowercase()];
    for person in demo.cast["people"].as_array().unwrap() {
        if person["organization"]["cast"] == "stranger" {
            marks.push(text(&person["email"]));
        }
    }
    anna.advance(json!({"to": BEGIN}));
    let id = told(&anna, &berta, &vera, &boss);
    let found = |marks: &[String]| {
        let mut found = Vec::new();
        for (place, kept) in demo.everything() {
            for mark in marks.iter().filter(|mark| kept.contains(mark.as_str())) {
                let at = kept.find(mark.as_str()).unwrap();
                let around: String = kept[..at].chars().rev().take(160).collect();
                found.push(format!(
                    "{mark} in {place}: {}",
                    around.chars().rev().collect::<String>()
                ));
            }
        }
        found
    };
    assert!(found(&marks).len() > 3, "the search finds what is there");
    anna.advance(json!({"advance_days": 120}));
    assert_eq!(
        anna.get(&format!("/trials/{id}/removal")).is(200)["closing"]["step"],
        "done"
    );
    // The same key again does not bring it back.
    let again = anna.post_with_key(
        &format!("/trials/{id}/remind"),
        "five",
        json!({"line": format!("{MARK} line")}),
    );
    assert_eq!(again.status, 404, "{:#}", again.body);
    boss.get("/trials").problem(401, "unauthorized");
    let mut left = found(&marks);
    for _ in 0..40 {
        // What a reader kept from being written anew is, a moment later.
        if left.is_empty() {
            break;
        }
        pause(250);
        left = found(&marks);
    }
    assert_eq!(left, [""; 0], "EXP-9");
    assert_eq!(demo.command(&["verify"]).0, 0);
}

/// EXP-9: two servers, and somebody who places and lifts holds around the very second.
#[test]
fn exp_9_holds_around_the_second_of_removal_on_two_servers() {
    on(Engine::Postgres, || {
        let demo = Demo::empty();
        let second = demo.second();
        let (anna, vera) = (
            demo.person("partner_a", "sales_full_administrator"),
            demo.person("vendor", "trials_team"),
        );
        let (id, customer) = begun(&demo, &["messaging"]);
        anna.advance(json!({"to": EVE}));
        let mut placed = 0;
        for turn in 0..12 {
            let body = json!({"customer_id": customer, "reason": format!("{turn}")});
            let answer = second.call(&vera, "POST", "/holds", Some(body));
            if answer.status == 404 {
                // Everything is gone by now.
                break;
            }
            let hold = answer.is(201);
            placed += 1;
            let before = text(&anna.get(&format!("/trials/{id}")).is(200)["status"]);
            anna.advance(json!({"advance_seconds": 1}));
            let after = text(&anna.get(&format!("/trials/{id}")).is(200)["status"]);
            assert_eq!(before, after, "EXP-9: nothing happens while it is held");
            let path = format!("/holds/{}", text(&hold["id"]));
            assert_eq!(vera.call("DELETE", &path, &[("If-Match", "*")], None).status, 200);
        }
        assert!(placed > 0);
        anna.advance(json!({"advance_days": 1}));
        assert_eq!(anna.get(&format!("/trials/{id}")).is(200)["status"], "removed");
        assert_eq!(anna.mails("kind=access_ended").len(), 1, "EXP-4: once");
        let closing = anna.get(&format!("/trials/{id}/removal")).is(200)["closing"].clone();
        assert_eq!((&closing["step"], &closing["users_moved"]), (&json!("done"), &json!(1)));
        assert_eq!(demo.command(&["verify"]).0, 0);
    });
}
