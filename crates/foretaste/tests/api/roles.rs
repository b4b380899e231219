//! Who may, who may not, and for whom it is not there.

use crate::support::{Demo, start};
use serde_json::json;

#[test]
fn org_9_what_one_sees_but_may_not_change_is_forbidden_and_the_rest_is_not_there() {
    let demo = Demo::full();
    let boss = demo.person("own_active", "full_administrator");
    let customer = boss.id();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let changes = [
        ("PATCH", format!("/customers/{customer}"), json!({"tags": ["x"]})),
        ("POST", format!("/customers/{customer}/remove"), json!({})),
        (
            "PATCH",
            format!("/customers/{customer}/partners/{}", anna.id()),
            json!({"level": null, "running_trials": "continue"}),
        ),
    ];
    let others = [
        ("vendor", "trials_team", 403),
        ("vendor", "auditor", 403),
        ("partner_a", "read_only_administrator", 403),
        ("partner_b", "sales_full_administrator", 404),
        ("partner_d", "sales_full_administrator", 403),
        ("stranger", "full_administrator", 404),
        ("own_active", "user_administrator", 403),
    ];
    for (method, path, body) in &changes {
        for (cast, role, status) in others {
            let who = demo.person(cast, role);
            let answer = who.call(method, path, &[("If-Match", "*")], Some(body.to_string()));
            assert_eq!(
                answer.status, status,
                "{cast} {role} {method} {path}: {:#}",
                answer.body
            );
            let unknown = path.replace(&customer, "org_eu_00000000000000000000000000000");
            let answer = who.call(method, &unknown, &[("If-Match", "*")], Some(body.to_string()));
            assert!(
                answer.status == 404 || cast == "partner_d",
                "{cast} {role} {method} {unknown}"
            );
        }
    }
    assert_eq!(
        anna.patch(&changes[2].1, changes[2].2.clone()).status,
        403,
        "CONS-8: the partner does not change its own access"
    );
}

#[test]
fn org_1_a_lapsed_partner_cannot_tell_what_is_there() {
    let demo = Demo::full();
    let lapsed = demo.person("partner_d", "sales_full_administrator");
    let anna = demo.person("partner_a", "sales_full_administrator");
    let trials = anna.get("/trials").is(200);
    let there = trials["items"][0]["id"].as_str().unwrap().to_owned();
    let unknown = format!("{}0000", &there[..there.len() - 4]);
    for trial in [there, unknown] {
        lapsed.get(&format!("/trials/{trial}")).problem(403, "not_certified");
        lapsed
            .post(&format!("/trials/{trial}/extend"), json!({}))
            .problem(403, "not_certified");
    }
    for path in ["/program", "/trials", "/customers", "/notifications"] {
        lapsed.get(path).problem(403, "not_certified");
    }
    lapsed.get("/mailbox?limit=1").is(200);
}

#[test]
fn org_3_a_partners_reader_has_no_requests() {
    let demo = Demo::empty();
    let reader = demo.person("partner_a", "read_only_administrator");
    reader.get("/trial-requests").problem(403, "role_required");
    reader
        .post("/trials", start("x", "it@x.example", &["messaging"]))
        .problem(403, "role_required");
}

#[test]
fn org_9_before_consent_name_and_country_are_all_that_is_told() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let boss = demo.person("stranger", "full_administrator");
    let mut body = start("x", &boss.email(), &["messaging"]);
    body["customer"]["expect"] = json!("existing");
    let dry = anna.post("/trials?dry_run=true", body.clone()).is(200);
    let asked = anna.post("/trials", body).is(201);
    let path = format!("/trials/{}", asked["id"].as_str().unwrap());
    for trial in [&dry, &asked, &anna.get(&path).is(200)] {
        assert!(trial["time_zone"].is_null(), "ORG-9");
    }
    let user = demo.person("stranger", "user").email();
    let mut wide = start("x", &user, &["calling"]);
    wide["customer"]["expect"] = json!("existing");
    let wide = anna.post("/trials", wide).is(201);
    let mails = format!("/notifications?trial_id={}", wide["id"].as_str().unwrap());
    let told = anna.get(&mails).is(200);
    let told = told["items"].as_array().unwrap().iter();
    let asked_there = told.filter(|one| one["audience"] == "consent_recipients").count();
    assert_eq!(
        asked_there, 1,
        "ORG-9: of the address that was given, not of how many there are"
    );
    let removal = anna.get(&format!("{path}/removal")).is(200);
    assert_eq!(
        (&removal["users"], &removal["administrators"]),
        (&json!(0), &json!(0)),
        "ORG-9"
    );
    for plan in [&dry["plan"], &anna.get(&format!("{path}/plan")).is(200)] {
        for item in plan["items"].as_array().unwrap() {
            for recipients in item["recipients"].as_array().unwrap() {
                let told = recipients["audience"] == "partner_administrators";
                assert!(told || recipients["count"] == 0, "ORG-9: {item}");
            }
        }
    }
}

#[test]
fn org_2_only_the_sales_roles_start_trials() {
    let demo = Demo::empty();
    let sellers = ["sales_full_administrator", "sales_administrator"];
    let others = [
        ("partner_a", "read_only_administrator"),
        ("vendor", "vendor_administrator"),
        ("vendor", "trials_team"),
        ("vendor", "order_desk"),
        ("vendor", "auditor"),
        ("stranger", "full_administrator"),
        ("stranger", "user"),
    ];
    for role in sellers {
        let email = format!("it@{}.example", role.replace('_', "-"));
        let started = demo
            .person("partner_a", role)
            .post("/trials", start("Sold", &email, &["messaging"]));
        assert_eq!(started.status, 201, "ORG-2: {role}");
    }
    for (cast, role) in others {
        for dry in ["", "?dry_run=true"] {
            let body = start("Unsold", "it@unsold.example", &["messaging"]);
            let refused = demo.person(cast, role).post(&format!("/trials{dry}"), body);
            assert_eq!(refused.status, 403, "ORG-2: {cast} {role} {dry}");
            refused.problem(403, "role_required");
        }
    }
    let boss = demo.person("partner_a", "sales_full_administrator");
    assert_eq!(boss.customers().len(), 2, "ORG-2: nothing came of what was refused");
}

#[test]
fn org_7_eligibility_for_ones_own_organization_is_refused() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    anna.post("/eligibility", json!({"customer_id": anna.id()}))
        .problem(422, "own_organization");
    anna.post("/eligibility", json!({"admin_email": anna.email()}))
        .problem(422, "own_organization");
}
