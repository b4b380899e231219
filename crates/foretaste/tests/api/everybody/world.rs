//! Who there is, and what there is to be tried on.

use crate::support::{Demo, Person, pause, start};
use serde_json::{Value, json};

/// What there is to be tried on.
pub(super) struct Targets {
    pub(super) customer: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) trial: String,
    pub(super) partner: String,
    pub(super) request: String,
    pub(super) approval: String,
    pub(super) hold: String,
    pub(super) order: String,
    pub(super) exception: String,
    pub(super) draft: String,
    pub(super) notification: String,
    pub(super) access_request: String,
    pub(super) handover: String,
    pub(super) job: String,
    pub(super) user: String,
    pub(super) seller: String,
    pub(super) location: String,
    pub(super) number: String,
    pub(super) lent_trial: String,
    pub(super) shipment: String,
    pub(super) asked_shipment: String,
    pub(super) device_extension: String,
    pub(super) order_number: String,
    pub(super) purchase_order: String,
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Somebody new of a company, with a token.
pub(super) fn join<'d>(demo: &'d Demo, by: &Person<'_>, email: &str, role: &str) -> Person<'d> {
    let body = json!({"email": email, "name": "Somebody New", "roles": [role]});
    let made = by.post("/people", body).is(201);
    let (code, out) = demo.command(&["token", "create", email]);
    assert_eq!(code, 0, "{out}");
    let token = out.lines().find(|line| line.starts_with("ft_")).unwrap();
    let who = json!({
        "email": email, "token": token, "id": made["id"], "roles": [role],
        "organization": by.who["organization"],
    });
    Person { demo, who }
}

pub(super) struct World<'d> {
    pub(super) people: Vec<(&'static str, Person<'d>)>,
    pub(super) targets: Targets,
}

pub(super) fn world(demo: &Demo) -> World<'_> {
    let full = demo.person("partner_a", "sales_full_administrator");
    let boss = demo.person("own_active", "full_administrator");
    let sellers = demo.people("partner_a", "sales_administrator");
    let customer = boss.id();
    let desk = join(demo, &full, "help.desk@cordage.example", "help_desk");
    let domain = boss.email().split_once('@').unwrap().1.to_owned();
    let keeper = join(demo, &boss, &format!("keeper.new@{domain}"), "user_administrator");
    let reader = join(demo, &boss, &format!("reader.new@{domain}"), "read_only_administrator");
    let user = join(demo, &boss, &format!("user.new@{domain}"), "user");
    let trials = full
        .get(&format!("/trials?customer_id={customer}&status=active"))
        .is(200);
    let trial = text(&trials["items"][0]["id"]);
    // Whoever started it looks after it (ORG-3); the sample data leave open which of the two that was.
    let started = usize::from(sellers[1].get(&format!("/trials/{trial}")).status == 200);
    let [looks_after, other] = [started, 1 - started].map(|index| Person {
        demo,
        who: sellers[index].who.clone(),
    });
    let person_of = |who: &Person<'_>, email: &str| {
        let found = who.get("/people?limit=200").is(200);
        let items = found["items"].as_array().unwrap().clone();
        text(&items.iter().find(|one| one["email"] == email).unwrap()["id"])
    };
    let seller = person_of(&full, &looks_after.email());
    full.patch(&format!("/customers/{customer}"), json!({"assigned": [seller]}))
        .is(200);
    let team = demo.person("vendor", "trials_team");
    let (location, number) = calling(&full, &boss, &team, &trial);
    let [lent_trial, shipment, asked_shipment, device_extension] = devices(&full, &boss, &team);
    // Somebody else asks for what is still free there.
    let asker = demo.person("partner_c", "sales_full_administrator");
    let mut wish = start("Ignored", &boss.email(), &["contact-center"]);
    wish["customer"]["expect"] = json!("existing");
    let asked = asker.post("/trials", wish).is(201);
    let hold = team
        .post("/holds", json!({"customer_id": customer, "reason": "a question"}))
        .is(201);
    // PROV-2: somebody else provisions, and does not answer.
    full.post("/trials", start("Asked", "it@asked.example", &["messaging"]))
        .is(201);
    let orders = team.get("/provisioning-orders").is(200);
    let exception = team
        .post(
            &format!("/customers/{customer}/eligibility-exceptions"),
            json!({"service": "messaging", "reason": "once more"}),
        )
        .is(201);
    let draft = looks_after
        .post("/trial-drafts", json!({"services": ["messaging"]}))
        .is(201);
    let access = desk
        .post(
            "/access-requests",
            json!({"customer_id": customer, "reason": "a broken number"}),
        )
        .is(201);
    let handover = boss.post("/handovers", json!({"to_partner_id": asker.id()})).is(201);
    let notification = (0..200)
        .find_map(|_| {
            let sent = team.get(&format!("/notifications?trial_id={trial}")).is(200);
            pause(25);
            sent["items"][0]["id"].as_str().map(str::to_owned)
        })
        .unwrap();
    let file = format!("email\r\nimported@{domain}\r\n");
    let csv = [("Content-Type", "text/csv")];
    let job = boss
        .call("POST", &format!("/customers/{customer}/user-imports"), &csv, Some(file))
        .is(202);
    let service = text(&full.get(&format!("/trials/{trial}")).is(200)["services"][0]["id"]);
    let ordered = json!({
        "trial_id": trial, "services": [{"id": service, "quantity": 500}],
        "provisioning_contact": {"email": looks_after.email()},
    });
    let purchase_order = full.post("/orders", ordered).is(201);
    let targets = Targets {
        purchase_order: text(&purchase_order["id"]),
        name: text(&boss.who["organization"]["name"]),
        email: boss.email(),
        partner: full.id(),
        request: text(&asked["id"]).replacen("trial_", "request_", 1),
        approval: text(&team.get("/approvals").is(200)["items"][0]["id"]),
        hold: text(&hold["id"]),
        order: text(&orders["items"][0]["id"]),
        exception: text(&exception["id"]),
        draft: text(&draft["id"]),
        access_request: text(&access["id"]),
        handover: text(&handover["id"]),
        job: text(&job["id"]),
        user: text(&user.who["id"]),
        notification,
        customer,
        trial,
        seller,
        location,
        number,
        lent_trial,
        shipment,
        asked_shipment,
        device_extension,
        order_number: "D4711".to_owned(),
    };
    let people = vec![
        ("vendor administrator", demo.person("vendor", "vendor_administrator")),
        ("trials team", team),
        ("order desk", demo.person("vendor", "order_desk")),
        ("auditor", demo.person("vendor", "auditor")),
        ("sales full administrator", full),
        ("sales administrator who looks after it", looks_after),
        ("sales administrator who does not", other),
        (
            "read-only administrator of the partner",
            demo.person("partner_a", "read_only_administrator"),
        ),
        ("help desk", desk),
        ("full administrator", boss),
        ("user administrator", keeper),
        ("read-only administrator", reader),
        ("user", user),
        ("another partner", demo.person("partner_b", "sales_full_administrator")),
        ("a lapsed partner", demo.person("partner_d", "sales_full_administrator")),
        ("another customer", demo.person("stranger", "full_administrator")),
    ];
    World { people, targets }
}

/// What the provisioner is asked for a trial is done by hand.
fn provisioned(team: &Person<'_>, trial: &str, service: &str) {
    let orders = team.get("/provisioning-orders?limit=200").is(200);
    let asked = |one: &&Value| one["trial_id"] == trial && one["service"] == service;
    if let Some(order) = orders["items"].as_array().unwrap().iter().find(asked) {
        let done = format!("/provisioning-orders/{}/done", text(&order["id"]));
        team.post(&done, json!({})).is(200);
    }
}

/// DEV: devices are out, others are asked for, and somebody would like to keep them; their ids.
fn devices(full: &Person<'_>, boss: &Person<'_>, team: &Person<'_>) -> [String; 4] {
    let body = json!({
        "customer": {"id": boss.id(), "supported_location_acknowledged": true}, "services": ["devices"],
        "devices": {"skip": "test_only"},
    });
    let trial = text(&full.post("/trials", body).is(201)["id"]);
    provisioned(team, &trial, "devices");
    let to = json!({
        "name": "Lac", "lines": ["1 rue du Port"], "city": "Nantes", "postal_code": "44000", "country": "FR", "phone": "+33140205050",
    });
    let ask = |device: &str| {
        let ship = json!([{"type": device, "quantity": 1}]);
        let body = json!({"trial_id": trial, "ship": ship, "site_has_poe": true, "ship_to": to});
        text(&full.post("/shipments", body).is(201)["id"])
    };
    let (out, asked) = (ask("desk-phone"), ask("conference-phone"));
    team.post(&format!("/shipments/{out}/approve"), json!({})).is(200);
    let now = full
        .now()
        .checked_add(jiff::SignedDuration::from_hours(24 * 40))
        .unwrap();
    let ends_on = now.to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let body = json!({"order_number": "D4711", "serials": ["FCH4711A"], "carrier": "dhl", "ends_on": ends_on});
    team.post(&format!("/shipments/{out}/ship"), body).is(200);
    let longer = full
        .post("/device-extensions", json!({"shipment_id": out, "days": 5}))
        .is(201);
    [trial, out, asked, text(&longer["id"])]
}

/// SETUP-2: the customer tries calling, too, and has a location with a number; their ids.
fn calling(full: &Person<'_>, boss: &Person<'_>, team: &Person<'_>, trial: &str) -> (String, String) {
    let path = format!("/trials/{trial}");
    let known = full.get(&path).is(200);
    let services = known["services"].as_array().unwrap().iter();
    let mut services: Vec<Value> = services.map(|one| one["id"].clone()).collect();
    if !services.contains(&json!("calling")) {
        services.push(json!("calling"));
        full.patch(&path, json!({"services": services})).is(200);
    }
    // PROV-2: nobody answers here, so that it is done by hand.
    let orders = team.get("/provisioning-orders?limit=200").is(200);
    let asked = |one: &&Value| one["trial_id"] == trial && one["service"] == "calling";
    if let Some(order) = orders["items"].as_array().unwrap().iter().find(asked) {
        let done = format!("/provisioning-orders/{}/done", text(&order["id"]));
        team.post(&done, json!({})).is(200);
    }
    let customer = format!("/customers/{}", boss.id());
    let place = json!({"name": "Siège", "lines": ["1 rue du Port"], "city": "Nantes", "country": "FR"});
    let place = boss.post(&format!("{customer}/locations"), place).is(201);
    let numbers = json!({"location_id": place["id"], "numbers": ["+33140205050"]});
    let numbers = boss.post(&format!("{customer}/numbers"), numbers).is(201);
    (text(&place["id"]), text(&numbers["items"][0]["id"]))
}
