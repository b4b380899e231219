//! Orders and people: a contact who is gone, what one who looks after others may not see, whose licences go.

use crate::{
    orders::{lines, order, path, set_up, text, trial},
    support::{Demo, Person},
};
use serde_json::{Value, json};

fn outside(contact: &str) -> Value {
    json!({"services": lines(&[("messaging", 5)]), "provisioning_contact": {"email": contact}})
}

fn id_of(full: &Person<'_>, email: &str) -> String {
    let found = full.get("/people?limit=200").is(200);
    let items = found["items"].as_array().unwrap().clone();
    text(&items.iter().find(|one| one["email"] == email).unwrap()["id"])
}

#[test]
fn conv_7_a_contact_who_is_gone_holds_nothing_up() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let seller = demo.people("partner_a", "sales_administrator").remove(0);
    let placed = anna.post("/orders", outside(&seller.email())).is(201);
    let other = anna.post("/orders", outside(&seller.email())).is(201);
    let gone = id_of(&anna, &seller.email());
    let heir = json!({"hand_over_to": id_of(&anna, &anna.email())});
    anna.post(&format!("/people/{gone}/remove"), heir).is(200);
    let again = anna.post(&format!("{}/resend", path(&placed)), json!({}));
    assert_eq!(
        again.errors(),
        [("/contact/email".to_owned(), "required".to_owned())],
        "CONV-2: somebody else has to be named"
    );
    anna.post(&format!("{}/close", path(&other)), json!({})).is(200);
    let done = anna.advance(json!({"advance_days": 32}));
    assert_eq!(done["done"]["order_closes"], 1, "CONV-7: {done}");
    assert_eq!(
        anna.get(&path(&placed)).is(200)["closed_reason"],
        "not_mapped",
        "CONV-7"
    );
    anna.wait_for_mail(&format!("kind=order_closed&to={}", anna.email()));
    assert_eq!(demo.command(&["verify"]).0, 0);
}

/// What people call something: the end of its id.
fn called(id: &Value) -> String {
    let tail = text(id).rsplit('_').next().unwrap_or_default().to_uppercase();
    let (first, second) = tail[tail.len() - 8..].split_at(4);
    format!("{first}-{second}")
}

#[test]
fn conv_2_the_email_names_the_order_and_not_the_trial() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (id, _) = trial(&anna, "named", &["messaging"]);
    let placed = anna.post("/orders", order(&id, &[("messaging", 5)])).is(201);
    let mail = anna.wait_for_mail(&format!("kind=order_set_up&to={}", anna.email()));
    for part in ["text", "html"] {
        let shown = text(&mail[part]);
        assert!(shown.contains(&called(&placed["id"])), "CONV-2: {shown}");
        assert!(!shown.contains(&called(&json!(id))), "CONV-2: {shown}");
    }
}

#[test]
fn conv_2_an_order_from_outside_goes_to_a_contact_of_another_region() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let mut wish = crate::support::start("Prairie", "it@prairie.example", &["messaging"]);
    wish["customer"]["country"] = json!("US");
    wish["customer"]["time_zone"] = json!("America/Chicago");
    anna.post("/trials", wish).is(201);
    let placed = anna.post("/orders", outside("it@prairie.example")).is(201);
    assert!(text(&placed["id"]).starts_with("order_us_"), "REG-2: {placed}");
    let to = json!({"contact": {"email": anna.email()}});
    let sent = anna.post(&format!("{}/resend", path(&placed)), to).is(200);
    assert_eq!(sent["provisioning_contact"]["email"], json!(anna.email()), "CONV-2");
    anna.wait_for_mail(&format!("kind=order_set_up&to={}", anna.email()));
    let done = anna
        .post(&format!("{}/set-up", path(&placed)), set_up("it@prairie.example"))
        .is(200);
    assert_eq!(done["order"]["state"], "mapped", "CONV-4: {done}");
    assert_eq!(demo.command(&["verify"]).0, 0);
}

#[test]
fn org_3_a_sales_administrator_sets_nothing_up_for_a_colleagues_customer() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let sellers = demo.people("partner_a", "sales_administrator");
    let (id, _) = trial(&sellers[0], "mine", &["messaging"]);
    let placed = sellers[1]
        .post("/orders", json!({"services": lines(&[("messaging", 5)])}))
        .is(201);
    let at = format!("{}/set-up", path(&placed));
    let answer = sellers[1].post(&at, set_up("it@mine.example"));
    let answer = answer.problem(409, "no_exact_match");
    assert_eq!(answer["candidates"], json!([]), "ORG-3");
    let dry = sellers[1].post(&format!("{at}?dry_run=true"), set_up("it@mine.example"));
    let dry = dry.is(200);
    assert_eq!(
        (&dry["match"], &dry["customer"]),
        (&json!(false), &Value::Null),
        "ORG-3"
    );
    assert_eq!(anna.get(&format!("/trials/{id}")).is(200)["status"], "active", "ORG-3");
    // Its own customer's is found.
    trial(&sellers[1], "own", &["messaging"]);
    sellers[1].post(&at, set_up("it@own.example")).is(200);
}

#[test]
fn conv_1_sec_1_a_distributor_reads_no_names_and_takes_no_licence() {
    let demo = Demo::empty();
    let carl = demo.person("partner_c", "sales_full_administrator");
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (id, begun) = trial(&carl, "tiers", &["messaging"]);
    let users = format!("/customers/{}/users", text(&begun["customer"]["id"]));
    let someone =
        |name: &str| json!({"email": format!("{name}@tiers.example"), "name": name, "licenses": ["messaging"]});
    carl.post(&users, json!({"users": [someone("Ada"), someone("Bea")]}))
        .is(201);
    carl.post("/orders", order(&id, &[("messaging", 1)]))
        .problem(403, "distributor_required");
    let placed = anna.post("/orders", order(&id, &[("messaging", 1)])).is(201);
    assert_eq!(
        placed["provisioning_contact"]["email"],
        json!(carl.email()),
        "CONV-2: the partner that handed it over"
    );
    assert_eq!(placed["customer"]["name"], "tiers", "CONV-1: until it is done");
    let to = json!({"contact": {"email": anna.email()}});
    anna.post(&format!("{}/resend", path(&placed)), to).is(200);
    let at = format!("{}/set-up", path(&placed));
    let dry = anna
        .post(&format!("{at}?dry_run=true"), set_up("it@tiers.example"))
        .is(200);
    assert!(
        !dry.to_string().contains("Ada") && !dry.to_string().contains("Bea"),
        "CONV-1: {dry}"
    );
    assert_eq!(
        (&dry["difference"]["fewer"][0]["assigned"], &dry["customer"]["name"]),
        (&json!(2), &json!("tiers")),
        "CONV-1: counts and the name"
    );
    assert_eq!(dry["customer"]["country"], "", "CONV-1: nothing else");
    for accept in [false, true] {
        let mut wish = set_up("it@tiers.example");
        wish["accept_reduced"] = json!(accept);
        let refused = anna.post(&at, wish).problem(409, "loss_not_yours");
        assert_eq!(refused["services"], json!(["messaging"]), "CONV-1");
        assert!(!refused.to_string().contains("Bea"), "CONV-1: {refused}");
    }
    let to = json!({"contact": {"email": carl.email()}});
    carl.post(&format!("{}/resend", path(&placed)), to).is(200);
    let mut wish = set_up("it@tiers.example");
    wish["accept_reduced"] = json!(true);
    carl.post(&at, wish).is(200);
    let seen = anna.get(&path(&placed)).is(200);
    assert_eq!(
        (&seen["state"], &seen["customer"]),
        (&json!("mapped"), &Value::Null),
        "CONV-1: until it is done"
    );
    assert!(!anna.get("/orders").is(200).to_string().contains("tiers"), "CONV-1");
    assert_eq!(carl.get(&path(&placed)).is(200)["customer"]["name"], "tiers", "CONV-1");
}

#[test]
fn conv_5_a_yes_is_to_those_who_were_named() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (id, begun) = trial(&anna, "lumen", &["messaging"]);
    let users = format!("/customers/{}/users", text(&begun["customer"]["id"]));
    let someone =
        |name: &str| json!({"email": format!("{name}@lumen.example"), "name": name, "licenses": ["messaging"]});
    anna.post(&users, json!({"users": [someone("Ada"), someone("Bea")]}))
        .is(201);
    let placed = anna.post("/orders", order(&id, &[("messaging", 1)])).is(201);
    let at = format!("{}/set-up", path(&placed));
    let dry = || {
        anna.post(&format!("{at}?dry_run=true"), set_up("it@lumen.example"))
            .is(200)
    };
    let first = dry();
    assert_eq!(first["difference"]["fewer"][0]["surplus"], json!(["Bea"]), "CONV-5");
    anna.post(&users, json!({"users": [someone("Zoe")]})).is(201);
    let mut wish = set_up("it@lumen.example");
    wish["accept_reduced"] = json!(true);
    wish["seen"] = first["seen"].clone();
    let refused = anna.post(&at, wish.clone()).problem(409, "quantity_below_assigned");
    assert_eq!(
        refused["surplus"],
        json!({"messaging": ["Bea", "Zoe"]}),
        "CONV-5: whoever came meanwhile is named as well"
    );
    assert_ne!(refused["seen"], first["seen"], "CONV-5: another loss");
    assert_eq!(refused["seen"], dry()["seen"], "CONV-5: the same as in the dry run");
    wish["seen"] = refused["seen"].clone();
    anna.post(&at, wish).is(200);
}

#[test]
fn org_9_an_order_tells_no_strangers_name() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let stranger = demo.person("stranger", "full_administrator");
    let wish = outside(&stranger.email());
    let dry = anna.post("/orders?dry_run=true", wish).is(200);
    assert_eq!(
        (
            &dry["provisioning_contact"]["name"],
            &dry["provisioning_contact"]["email"]
        ),
        (&Value::Null, &json!(stranger.email())),
        "ORG-9: what was typed, and nothing more"
    );
}

#[test]
fn ext_3_after_grace_an_order_revives_nothing() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (id, _) = trial(&anna, "late", &["messaging"]);
    anna.advance(json!({"advance_days": 60}));
    anna.post("/orders", order(&id, &[("messaging", 5)])).is(201);
    anna.advance(json!({"advance_days": 3}));
    anna.post(&format!("/trials/{id}/extend"), json!({"days": 30}))
        .problem(409, "wrong_status");
}

#[test]
fn conv_1_the_order_desk_names_no_partner_where_one_can_be_meant() {
    let demo = Demo::empty();
    let desk = demo.person("vendor", "order_desk");
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (id, _) = trial(&anna, "maple", &["messaging"]);
    for contact in [anna.email(), "it@maple.example".to_owned()] {
        let placed = desk.post("/orders", outside(&contact)).is(201);
        assert_eq!(placed["partner"]["id"], json!(anna.id()), "CONV-1: {contact}");
    }
    let errors = desk.post("/orders", outside("nobody@maple.example")).errors();
    assert_eq!(errors, [("/partner_id".to_owned(), "required".to_owned())], "CONV-1");
    let mut wish = outside(&anna.email());
    wish["trial_admin_email"] = json!("it@maple.example");
    let placed = desk.post_with_key("/orders", "once", wish.clone()).is(201);
    assert_eq!(placed["trial_id"], json!(id), "CONV-1: the trial says whose it is");
    // What was answered once is answered again, also when it would not be possible any more.
    anna.post(&format!("{}/set-up", path(&placed)), set_up("it@maple.example"))
        .is(200);
    assert_eq!(desk.post_with_key("/orders", "once", wish).is(201), placed, "CONV-1");
}

#[test]
fn canc_2_conv_4_a_customer_that_tries_nothing_buys_and_stays() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (id, begun) = trial(&anna, "empty", &["messaging"]);
    anna.post(&format!("/trials/{id}/cancel"), json!({})).is(200);
    let stranger = demo.person("partner_b", "sales_full_administrator");
    let wish = json!({"services": lines(&[("messaging", 5), ("calling", 2)])});
    let other = stranger.post("/orders", wish.clone()).is(201);
    let answer = stranger.post(&format!("{}/set-up", path(&other)), set_up("it@empty.example"));
    let answer = answer.problem(409, "no_exact_match");
    assert_eq!(answer["candidates"], json!([]), "ORG-9: not for another partner");
    let placed = anna.post("/orders", wish.clone()).is(201);
    let at = format!("{}/set-up", path(&placed));
    let dry = anna.post(&format!("{at}?dry_run=true"), set_up("it@empty.example"));
    let dry = dry.is(200);
    assert_eq!(
        (&dry["match"], &dry["trial_id"], &dry["customer"]["name"]),
        (&json!(true), &Value::Null, &json!("empty")),
        "CONV-4: {dry}"
    );
    let new = dry["difference"]["new"].as_array().unwrap();
    assert_eq!(new.len(), 2, "CONV-5: all of it is new");
    let done = anna.post_with_key(&at, "more", set_up("it@empty.example")).is(200);
    assert_eq!(done["order"]["state"], "mapped", "CONV-4");
    let again = anna.post_with_key(&at, "more", set_up("it@empty.example"));
    assert_eq!(again.is(200), done, "CONV-5: answered alike");
    let customer = format!("/customers/{}", text(&begun["customer"]["id"]));
    let quantities = || {
        let found = anna.get(&customer).is(200);
        let all = found["purchased"].as_array().unwrap();
        all.iter()
            .map(|one| one["quantity"].as_i64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(quantities(), [5, 2], "CONV-5");
    // More of the same adds up.
    let more = anna.post("/orders", wish).is(201);
    anna.post(&format!("{}/set-up", path(&more)), set_up("it@empty.example"))
        .is(200);
    assert_eq!(quantities(), [10, 4], "CONV-5");
    anna.advance(json!({"advance_days": 90}));
    assert_eq!(quantities(), [10, 4], "CANC-2: the organization stays");
    assert_eq!(demo.command(&["verify"]).0, 0);
}
