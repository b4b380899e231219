//! People: invited, changed, disabled, gone; and that somebody stays (ORG-3, 5, 6, 11).

use crate::support::{Demo, start};
use serde_json::json;

crate::on_both_engines! {
    org_5_an_organization_keeps_one_full_administrator,
    org_5_a_user_administrator_makes_plain_users_only,
    org_5_roles_are_those_of_the_kind_of_company,
    org_6_only_the_vendor_reaches_into_others_and_says_why,
    org_11_who_leaves_hands_over_the_customers,
    sec_2a_who_is_disabled_is_out_at_once,
    org_5_an_invitation_goes_out_and_an_address_is_one_customers,
}

fn org_5_an_organization_keeps_one_full_administrator() {
    let demo = Demo::full();
    for (cast, role, lower) in [
        ("own_converted", "full_administrator", "user"),
        ("partner_c", "sales_full_administrator", "sales_administrator"),
        ("vendor", "vendor_administrator", "auditor"),
    ] {
        let boss = demo.person(cast, role);
        let found = boss.get("/people?limit=200").is(200);
        let people = found["items"].as_array().unwrap().clone();
        let me = people.iter().find(|one| one["email"] == boss.email()).unwrap();
        let id = me["id"].as_str().unwrap();
        for change in [json!({"roles": [lower]}), json!({"disabled": true})] {
            // Others of that role who came already may carry on.
            for other in people.iter().filter(|one| one["id"] != me["id"]) {
                let roles = other["roles"].as_array().unwrap();
                if roles.contains(&json!(role)) {
                    let path = format!("/people/{}", other["id"].as_str().unwrap());
                    boss.patch(&path, json!({"roles": [lower]})).is(200);
                }
            }
            boss.patch(&format!("/people/{id}"), change)
                .problem(409, "last_full_administrator");
        }
        boss.post(&format!("/people/{id}/remove"), json!({}))
            .problem(409, "last_full_administrator");
        let read = boss.get(&format!("/people/{id}")).is(200);
        assert_eq!(
            (&read["roles"], &read["status"]),
            (&json!([role]), &me["status"]),
            "ORG-5"
        );
    }
}

fn org_5_a_user_administrator_makes_plain_users_only() {
    let demo = Demo::full();
    let keeper = demo.person("own_active", "user_administrator");
    let new = |role: &str| json!({"email": format!("{role}@new-here.example"), "roles": [role]});
    let user = keeper.post("/people", new("user")).is(201);
    keeper
        .post("/people", new("read_only_administrator"))
        .problem(403, "not_full_administrator");
    let path = format!("/people/{}", user["id"].as_str().unwrap());
    keeper
        .patch(&path, json!({"roles": ["full_administrator"]}))
        .problem(403, "not_full_administrator");
    keeper.patch(&path, json!({"name": "Noor Haddad"})).is(200);
    let boss = demo.person("own_active", "full_administrator");
    let found = boss.get("/people?limit=200").is(200);
    let me = found["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["email"] == boss.email())
        .unwrap()
        .clone();
    keeper
        .patch(
            &format!("/people/{}", me["id"].as_str().unwrap()),
            json!({"disabled": true}),
        )
        .problem(403, "not_full_administrator");
}

fn org_5_roles_are_those_of_the_kind_of_company() {
    let demo = Demo::empty();
    let full = demo.person("partner_a", "sales_full_administrator");
    let answer = full.post("/people", json!({"email": "x", "roles": ["full_administrator", "sales_administrator"], "language": "de", "time_zone": "Mars/Base"}));
    let mut errors = answer.errors();
    errors.sort();
    let expected = [
        ("/email", "invalid_email"),
        ("/language", "invalid_language"),
        ("/roles/0", "unknown_value"),
        ("/time_zone", "invalid_time_zone"),
    ];
    assert_eq!(
        errors,
        expected.map(|(at, code)| (at.to_owned(), code.to_owned())),
        "ORG-3: all at once"
    );
    answer.problem(422, "invalid_input");
    full.post("/people", json!({"email": "new@cordage.example"}))
        .problem(422, "invalid_input");
    let service = full
        .post(
            "/people",
            json!({"service_account": true, "name": "Billing", "roles": ["read_only_administrator"]}),
        )
        .is(201);
    assert_eq!(
        (&service["email"], &service["service_account"]),
        (&json!(null), &json!(true)),
        "SEC-2"
    );
}

fn org_6_only_the_vendor_reaches_into_others_and_says_why() {
    let demo = Demo::full();
    let vendor = demo.person("vendor", "vendor_administrator");
    let boss = demo.person("own_active", "full_administrator");
    let wish = |reason: Option<&str>| {
        json!({
            "organization_id": boss.id(), "email": "rescue@new-here.example", "roles": ["full_administrator"],
            "reason": reason,
        })
    };
    let answer = vendor.post("/people", wish(None));
    assert_eq!(
        answer.errors(),
        [("/reason".to_owned(), "required".to_owned())],
        "ORG-5: the way back needs a reason"
    );
    vendor
        .post("/people", wish(Some("Nobody there can be reached")))
        .is(201);
    boss.wait_for_mail("kind=invitation&to=rescue@new-here.example");
    let record = boss.get("/audit").is(200);
    let entry = &record["items"][0];
    assert_eq!(
        (&entry["name"], &entry["reason"], &entry["by"]["organization"]["id"]),
        (
            &json!("person_invited"),
            &json!("Nobody there can be reached"),
            &json!(vendor.id())
        ),
        "AUD-1: {entry:#}"
    );
    demo.person("vendor", "trials_team")
        .post("/people", wish(Some("x")))
        .problem(403, "role_required");
    demo.person("partner_a", "sales_full_administrator")
        .post("/people", wish(Some("x")))
        .problem(404, "not_found");
}

fn org_11_who_leaves_hands_over_the_customers() {
    let demo = Demo::empty();
    let full = demo.person("partner_a", "sales_full_administrator");
    let sellers = demo.people("partner_a", "sales_administrator");
    let id_of = |email: String| {
        let found = full.get("/people?limit=200").is(200);
        let items = found["items"].as_array().unwrap().clone();
        items.iter().find(|one| one["email"] == email).unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let (leaving, staying) = (id_of(sellers[0].email()), id_of(sellers[1].email()));
    for name in ["One", "Two"] {
        let email = format!("it@{}-of-owen.example", name.to_lowercase());
        sellers[0].post("/trials", start(name, &email, &["messaging"])).is(201);
    }
    assert_eq!(sellers[1].customers().len(), 0);
    let path = format!("/people/{leaving}/remove");
    let answer = full.post(&path, json!({}));
    assert_eq!(
        answer.errors(),
        [("/hand_over_to".to_owned(), "required".to_owned())],
        "ORG-11"
    );
    for wrong in [leaving.as_str(), "person_eu_nobody", "x"] {
        let answer = full.post(&path, json!({"hand_over_to": wrong}));
        assert_eq!(
            answer.errors(),
            [("/hand_over_to".to_owned(), "invalid_id".to_owned())],
            "ORG-11: {wrong}"
        );
    }
    let seen = full
        .post(&format!("{path}?dry_run=true"), json!({"hand_over_to": staying}))
        .is(200);
    let all = sellers[0].get("/customers?limit=200").is(200)["items"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(seen["customers"], all, "ORG-11: {seen}");
    assert_eq!(sellers[0].customers().len(), 2, "a dry run changes nothing");
    full.post_with_key(&path, "leave", json!({"hand_over_to": staying}))
        .is(200);
    full.post_with_key(&path, "leave", json!({"hand_over_to": staying}))
        .is(200);
    assert_eq!(sellers[0].get("/customers").status, 401, "SEC-2a");
    assert_eq!(sellers[1].customers().len(), 2, "ORG-11");
    full.get(&format!("/people/{leaving}")).problem(404, "not_found");
    let (code, out) = demo.command(&["verify"]);
    assert_eq!(code, 0, "{out}");
}

fn sec_2a_who_is_disabled_is_out_at_once() {
    let demo = Demo::empty();
    let full = demo.person("partner_a", "sales_full_administrator");
    let seller = demo.person("partner_a", "sales_administrator");
    seller.get("/customers").is(200);
    let found = full.get(&format!("/people?q={}", seller.email())).is(200);
    let path = format!("/people/{}", found["items"][0]["id"].as_str().unwrap());
    let version = found["items"][0]["version"].as_i64().unwrap();
    let stale = format!("\"{}\"", version + 7);
    full.call(
        "PATCH",
        &path,
        &[("If-Match", &stale)],
        Some(json!({"disabled": true}).to_string()),
    )
    .problem(412, "version_conflict");
    full.call("PATCH", &path, &[], Some(json!({"disabled": true}).to_string()))
        .problem(428, "precondition_required");
    let seen = full
        .patch(&format!("{path}?dry_run=true"), json!({"disabled": true}))
        .is(200);
    assert_eq!(
        (&seen["status"], &seen["before"]["status"] == "disabled"),
        (&json!("disabled"), false)
    );
    seller.get("/customers").is(200);
    full.patch(&path, json!({"disabled": true})).is(200);
    assert_eq!(seller.get("/customers").status, 401, "SEC-2a: on the next request");
    full.patch(&path, json!({"disabled": false})).is(200);
    seller.get("/customers").is(200);
    // Other roles act at once, too.
    full.patch(&path, json!({"roles": ["read_only_administrator"]})).is(200);
    seller
        .post("/customers/lookup", json!({"admin_email": "a@b.example"}))
        .problem(403, "role_required");
}

fn org_5_an_invitation_goes_out_and_an_address_is_one_customers() {
    let demo = Demo::full();
    let boss = demo.person("own_active", "full_administrator");
    let made = boss
        .post_with_key(
            "/people",
            "one",
            json!({"email": "Nadia@Invited.example", "roles": ["user"], "language": "fr"}),
        )
        .is(201);
    assert_eq!(
        (&made["status"], &made["email"]),
        (&json!("invited"), &json!("Nadia@invited.example"))
    );
    let again = boss
        .post_with_key(
            "/people",
            "one",
            json!({"email": "Nadia@Invited.example", "roles": ["user"], "language": "fr"}),
        )
        .is(201);
    assert_eq!(made["id"], again["id"]);
    let mail = boss.wait_for_mail("kind=invitation&to=Nadia@invited.example");
    assert_eq!(mail["language"], "fr", "NOTE-2");
    let link = mail["links"][0].as_str().unwrap();
    assert!(link.contains("/door/"), "{link}");
    for address in ["nadia@invited.example", &demo.person("stranger", "user").email()] {
        let answer = boss.post("/people", json!({"email": address, "roles": ["user"]}));
        assert_eq!(
            answer.errors(),
            [("/email".to_owned(), "address_taken".to_owned())],
            "{address}"
        );
    }
    boss.post(&format!("/people/{}/invite", made["id"].as_str().unwrap()), json!({}))
        .is(200);
    let known = demo
        .person("partner_a", "sales_administrator")
        .post("/customers/lookup", json!({"admin_email": "NADIA@invited.example"}));
    assert_eq!(
        known.is(200)["existing"],
        true,
        "START-6: the address belongs to that organization now"
    );
    boss.post(&format!("/people/{}/remove", made["id"].as_str().unwrap()), json!({}))
        .is(200);
    let other = demo.person("stranger", "full_administrator");
    let free = (0..200).any(|_| {
        let took = other
            .post(
                "/people?dry_run=true",
                json!({"email": "nadia@invited.example", "roles": ["user"]}),
            )
            .status;
        crate::support::pause(25);
        took == 200
    });
    assert!(free, "an address that was given back can be used again");
}
