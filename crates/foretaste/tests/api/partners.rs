//! Partners: their standing with the vendor, and moving between them (ORG-1, 6, 11); the help desk (ORG-3).

use crate::support::Demo;
use serde_json::{Value, json};

crate::on_both_engines! {
    org_1_certification_acts_on_the_next_request,
    org_6_a_partner_is_taken_up_with_its_first_administrator,
    org_11_a_customer_moves_when_both_have_agreed,
    org_3_the_help_desk_is_let_in_for_a_day,
}

fn org_1_certification_acts_on_the_next_request() {
    let demo = Demo::empty();
    let vendor = demo.person("vendor", "vendor_administrator");
    let lapsed = demo.person("partner_d", "sales_full_administrator");
    lapsed.get("/customers").problem(403, "not_certified");
    let path = format!("/partners/{}", lapsed.id());
    let day = vendor.now().to_string()[..10].to_owned();
    let after = vendor.patch(&path, json!({"certified_until": day})).is(200);
    assert_eq!(after["certified"], true, "ORG-1: through the end of the day: {after:#}");
    lapsed.get("/customers").is(200);
    vendor.advance(json!({"advance_days": 1}));
    lapsed.get("/customers").problem(403, "not_certified");
    vendor
        .patch(&path, json!({"certified_until": "2090-01-01T00:00:00Z"}))
        .is(200);
    lapsed.get("/customers").is(200);
    let seen = vendor
        .patch(&format!("{path}?dry_run=true"), json!({"certified_until": null}))
        .is(200);
    assert_eq!(
        (&seen["certified"], &seen["before"]["certified"]),
        (&json!(false), &json!(true))
    );
    vendor.patch(&path, json!({"certified_until": null})).is(200);
    lapsed.get("/customers").problem(403, "not_certified");
    for (body, at) in [
        (json!({"certified_until": "soon"}), "/certified_until"),
        (json!({"tier": 3}), "/tier"),
        (json!({"tier": 2}), "/distributor_id"),
        (json!({"tier": 2, "distributor_id": lapsed.id()}), "/distributor_id"),
        (
            json!({"distributor_id": demo.person("partner_a", "sales_administrator").id()}),
            "/distributor_id",
        ),
        (
            json!({"allowance": {"trials_per_month": -1}}),
            "/allowance/trials_per_month",
        ),
    ] {
        let answer = vendor.patch(&path, body.clone());
        assert_eq!(
            answer.errors().first().map(|one| one.0.as_str()),
            Some(at),
            "{body}: {:#}",
            answer.body
        );
    }
    // A distributor of others stays tier 1.
    let distributor = demo.person("partner_a", "sales_full_administrator").id();
    let other = demo.person("partner_b", "sales_full_administrator").id();
    let answer = vendor.patch(
        &format!("/partners/{distributor}"),
        json!({"tier": 2, "distributor_id": other}),
    );
    assert_eq!(answer.errors(), [("/tier".to_owned(), "conflicting_fields".to_owned())]);
    demo.person("vendor", "trials_team")
        .patch(&path, json!({"tier": 1}))
        .problem(403, "role_required");
}

fn org_6_a_partner_is_taken_up_with_its_first_administrator() {
    let demo = Demo::empty();
    let vendor = demo.person("vendor", "vendor_administrator");
    let answer = vendor.post("/partners", json!({"name": "", "region": "moon", "admin_email": "x"}));
    let mut errors: Vec<String> = answer.errors().into_iter().map(|one| one.0).collect();
    errors.sort();
    assert_eq!(
        errors,
        ["/admin_email", "/name", "/region"],
        "all at once: {:#}",
        answer.body
    );
    let body = json!({
        "name": "Atelier Boréal", "region": "ca", "tier": 2, "certified_until": "2090-12-31",
        "distributor_id": demo.person("partner_a", "sales_full_administrator").id(),
        "allowance": {"trials_per_month": 20}, "admin_email": "zoe@boreal.example", "language": "fr",
        "time_zone": "America/Toronto",
    });
    let made = vendor.post_with_key("/partners", "k", body.clone()).is(201);
    assert_eq!(vendor.post_with_key("/partners", "k", body).is(201)["id"], made["id"]);
    assert_eq!(
        made["distributor"]["name"],
        demo.person("partner_a", "sales_full_administrator").who["organization"]["name"]
    );
    assert_eq!(
        made["allowance"],
        json!({"trials_per_month": 20, "active_trials": null})
    );
    let mail = vendor.wait_for_mail("kind=invitation&to=zoe@boreal.example");
    assert_eq!(mail["language"], "fr");
    let listed = vendor.get("/partners?limit=200").is(200);
    let names: Vec<&str> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(names.len(), 5, "{names:?}");
    let (code, out) = demo.command(&["token", "create", "zoe@boreal.example"]);
    assert_eq!(code, 0, "{out}");
}

fn org_11_a_customer_moves_when_both_have_agreed() {
    let demo = Demo::full();
    let boss = demo.person("own_active", "full_administrator");
    let old = demo.person("partner_a", "sales_full_administrator");
    let new = demo.person("partner_b", "sales_full_administrator");
    let customer = boss.id();
    let path = format!("/customers/{customer}");
    old.patch(&path, json!({"tags": ["ours alone"]})).is(200);
    let trial = old
        .get(&format!("/trials?customer_id={customer}&status=active"))
        .is(200)["items"][0]
        .clone();
    let trial_path = format!("/trials/{}", trial["id"].as_str().unwrap());
    let asked = old
        .post(
            "/handovers",
            json!({"customer_id": customer, "to_partner_id": new.id(), "reason": "closer to them"}),
        )
        .is(201);
    assert_eq!(
        (&asked["status"], &asked["customer_agreed"]),
        (&json!("pending"), &json!(false))
    );
    let accept = format!("/handovers/{}/accept", asked["id"].as_str().unwrap());
    // ORG-9: the new partner hears of nothing before the customer has agreed.
    assert_eq!(new.get("/handovers").is(200)["items"], json!([]));
    new.post(&accept, json!({})).problem(404, "not_found");
    old.post(&accept, json!({})).problem(403, "forbidden");
    let mail = boss.wait_for_mail(&format!("kind=access_requested&to={}", boss.email()));
    assert!(mail["text"].as_str().unwrap().contains("closer to them"), "{mail:#}");
    boss.post(&accept, json!({})).is(200);
    new.wait_for_mail(&format!("kind=access_requested&to={}", new.email()));
    assert_eq!(new.get("/handovers").is(200)["items"][0]["waits_for_me"], true);
    new.get(&path).problem(404, "not_found");
    let before = new.post(&format!("{accept}?dry_run=true"), json!({})).is(200);
    assert_eq!(before["status"], "done");
    new.get(&path).problem(404, "not_found");
    new.post(&accept, json!({})).is(200);
    old.get(&path).problem(404, "not_found");
    old.get(&trial_path).problem(404, "not_found");
    let moved = new.get(&trial_path).is(200);
    assert_eq!(
        (&moved["partner"]["id"], &moved["ends_on"], &moved["status"]),
        (&json!(new.id()), &trial["ends_on"], &json!("active")),
        "ORG-11: the trial goes on unchanged"
    );
    let seen = new.get(&path).is(200);
    assert_eq!(
        (&seen["tags"], &seen["access_level"]),
        (&json!([]), &json!("full_administrator")),
        "ORG-10: {seen:#}"
    );
    old.wait_for_mail(&format!("kind=access_changed&to={}", old.email()));
    new.post(&format!("{trial_path}/extend"), json!({"allow_shorten": true}))
        .is(200);
    new.post(&accept, json!({})).problem(409, "already_decided");
    let names: Vec<Value> = boss.get("/audit").is(200)["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].clone())
        .collect();
    for name in ["handover_requested", "handover_agreed", "partner_changed"] {
        assert!(names.contains(&json!(name)), "AUD-1: {names:?}");
    }
    let (code, out) = demo.command(&["verify"]);
    assert_eq!(code, 0, "{out}");
    // The new partner's reminders are its own: they leave at nine in the morning, and this day may be younger.
    new.advance(json!({"advance_days": 24}));
    let reminded = new.mails(&format!(
        "kind=expiry_reminder&trial_id={}",
        trial["id"].as_str().unwrap()
    ));
    let to: Vec<&str> = reminded.iter().map(|mail| mail["to"].as_str().unwrap()).collect();
    assert!(
        to.contains(&new.email().as_str()) && !to.contains(&old.email().as_str()),
        "EXP-1: {to:?}"
    );
}

fn org_3_the_help_desk_is_let_in_for_a_day() {
    let demo = Demo::full();
    let full = demo.person("partner_a", "sales_full_administrator");
    let boss = demo.person("own_active", "full_administrator");
    let made = full.post(
        "/people",
        json!({"email": "desk@cordage.example", "name": "Dara Desk", "roles": ["help_desk"]}),
    );
    made.is(201);
    let (_, out) = demo.command(&["token", "create", "desk@cordage.example"]);
    let token = out.lines().find(|line| line.starts_with("ft_")).unwrap().to_owned();
    let desk = crate::support::Person {
        demo: &demo,
        who: json!({"email": "desk@cordage.example", "token": token, "organization": full.who["organization"]}),
    };
    let users = format!("/customers/{}/users", boss.id());
    desk.get(&format!("/customers/{}", boss.id())).is(200);
    desk.get(&users).problem(403, "forbidden");
    desk.patch(&format!("/customers/{}", boss.id()), json!({"tags": ["x"]}))
        .problem(403, "role_required");
    full.post("/access-requests", json!({"customer_id": boss.id(), "reason": "x"}))
        .problem(403, "role_required");
    let answer = desk.post("/access-requests", json!({"customer_id": boss.id()}));
    assert_eq!(answer.errors(), [("/reason".to_owned(), "required".to_owned())]);
    let stranger = demo.person("stranger", "full_administrator").id();
    desk.post("/access-requests", json!({"customer_id": stranger, "reason": "x"}))
        .problem(404, "not_found");
    let asked = desk
        .post(
            "/access-requests",
            json!({"customer_id": boss.id(), "reason": "Numbers do not ring"}),
        )
        .is(201);
    desk.post("/access-requests", json!({"customer_id": boss.id(), "reason": "again"}))
        .problem(409, "wrong_status");
    boss.wait_for_mail(&format!("kind=access_requested&to={}", boss.email()));
    let accept = format!("/access-requests/{}/accept", asked["id"].as_str().unwrap());
    demo.person("own_active", "user_administrator")
        .post(&accept, json!({}))
        .problem(403, "not_full_administrator");
    desk.post(&accept, json!({})).problem(403, "not_full_administrator");
    let given = boss.post(&accept, json!({})).is(200);
    assert_eq!(given["status"], "accepted");
    desk.get(&users).is(200);
    desk.wait_for_mail("kind=access_changed&to=desk@cordage.example");
    boss.post(&accept, json!({})).problem(409, "already_decided");
    boss.advance(json!({"advance_seconds": 86_399}));
    desk.get(&users).is(200);
    boss.advance(json!({"advance_seconds": 2}));
    desk.get(&users).problem(403, "forbidden");
    let late = desk
        .post(
            "/access-requests",
            json!({"customer_id": boss.id(), "reason": "once more"}),
        )
        .is(201);
    boss.advance(json!({"advance_days": 7}));
    boss.post(
        &format!("/access-requests/{}/accept", late["id"].as_str().unwrap()),
        json!({}),
    )
    .problem(410, "consent_expired");
}
