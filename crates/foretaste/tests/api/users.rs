//! Users and licences of a customer (SETUP-3): by hand, up to 25 at once, up to the quantity.

use crate::support::{Demo, Person, start};
use serde_json::{Value, json};

crate::on_both_engines! {
    setup_3_twenty_five_at_once_and_not_one_more,
    setup_3_all_faults_at_once_and_nobody_comes,
    setup_3_licences_are_given_up_to_the_quantity,
    setup_3_two_adds_at_once_on_one_last_licence,
    setup_3_one_user_is_changed_and_removed,
    setup_3_who_may_add_users,
    org_4_users_need_full_access,
    start_6_addresses_of_others_are_counted,
    start_6_what_is_not_written_is_counted_as_asked,
}

/// A customer of partner A that tries messaging, with so many licences.
pub(crate) fn customer(anna: &Person<'_>, name: &str, licenses: u32) -> (String, String) {
    let mut wish = start(name, &format!("it@{name}.example"), &["messaging"]);
    wish["license_quantity"] = json!(licenses);
    let trial = anna.post("/trials", wish).is(201);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&trial["customer"]["id"]), text(&trial["id"]))
}

fn users(count: usize, licenses: &[&str]) -> Value {
    let user = |number| json!({"email": format!("user-{number}@crew.example"), "licenses": licenses});
    json!({"users": (0..count).map(user).collect::<Vec<Value>>()})
}

pub(crate) fn messaging(who: &Person<'_>, customer: &str) -> (u64, u64) {
    let found = who.get(&format!("/customers/{customer}/licenses")).is(200);
    let line = found["items"].as_array().unwrap().iter();
    let line = line
        .clone()
        .find(|line| line["service"] == "messaging")
        .cloned()
        .unwrap_or_default();
    (
        line["quantity"].as_u64().unwrap_or(0),
        line["assigned"].as_u64().unwrap_or(0),
    )
}

fn setup_3_twenty_five_at_once_and_not_one_more() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (customer, _) = customer(&anna, "quarter", 100);
    let path = format!("/customers/{customer}/users");
    let answer = anna.post(&path, users(26, &[]));
    assert_eq!(
        answer.errors(),
        [("/users".to_owned(), "too_many".to_owned())],
        "SETUP-3"
    );
    answer.problem(422, "invalid_input");
    let answer = anna.post(&path, json!({"users": []}));
    assert_eq!(answer.errors(), [("/users".to_owned(), "empty".to_owned())]);
    let dry = anna
        .post(&format!("{path}?dry_run=true"), users(25, &["messaging"]))
        .is(200);
    assert_eq!(dry["items"][24]["id"], json!(null), "a dry run makes nobody");
    assert_eq!(messaging(&anna, &customer), (100, 0));
    let made = anna.post_with_key(&path, "crew", users(25, &["messaging"])).is(201);
    assert_eq!(made["items"].as_array().unwrap().len(), 25, "SETUP-3");
    assert_eq!(
        anna.post_with_key(&path, "crew", users(25, &["messaging"])).is(201),
        made,
        "the same key, the same people"
    );
    assert_eq!(messaging(&anna, &customer), (100, 25));
    let first = &made["items"][0];
    assert_eq!(
        (&first["roles"], &first["language"], &first["time_zone"]),
        (&json!(["user"]), &json!("fr"), &json!("Europe/Paris")),
        "the customer's own"
    );
    let one = json!({"email": "solo@crew.example", "name": "Solo", "language": "en"});
    let one = anna.post(&path, one).is(201);
    let id = one["id"].as_str().unwrap();
    assert_eq!(anna.get(&format!("{path}/{id}")).is(200)["name"], "Solo");
    let found = anna.get(&format!("{path}?q=SOLO")).is(200);
    assert_eq!(found["items"].as_array().unwrap().len(), 1, "found by name");
    let found = anna.get(&format!("{path}?license=messaging&limit=200")).is(200);
    assert_eq!(found["items"].as_array().unwrap().len(), 25);
    let found = anna.get(&format!("{path}?license=none")).is(200);
    assert_eq!(
        found["items"].as_array().unwrap().len(),
        2,
        "the administrator, and who has none"
    );
    assert!(
        anna.mails("to=solo@crew.example").is_empty(),
        "plain users get no email"
    );
}

fn setup_3_all_faults_at_once_and_nobody_comes() {
    let demo = Demo::full();
    let boss = demo.person("own_active", "full_administrator");
    let path = format!("/customers/{}/users", boss.id());
    let before = boss.get(&format!("{path}?limit=200")).is(200);
    let list = json!({"users": [
        {"email": "right@crew.example"},
        {"email": "x", "language": "de", "time_zone": "Mars/Base", "roles": ["king"]},
        {"name": "Nobody"},
        {"email": "twice@crew.example"},
        {"email": "Twice@crew.example"},
    ]});
    let mut errors = boss.post(&path, list).errors();
    errors.sort();
    let expected = [
        ("/users/1/email", "invalid_email"),
        ("/users/1/language", "invalid_language"),
        ("/users/1/roles/0", "unknown_value"),
        ("/users/1/time_zone", "invalid_time_zone"),
        ("/users/2/email", "required"),
    ];
    assert_eq!(
        errors,
        expected.map(|(at, code)| (at.to_owned(), code.to_owned())),
        "all at once"
    );
    let stranger = demo.person("stranger", "full_administrator").email();
    let list = json!({"users": [
        {"email": "twice@crew.example"},
        {"email": "Twice@crew.example"},
        {"email": boss.email()},
        {"email": stranger},
        {"email": "x@crew.example", "licenses": ["telepathy"]},
    ]});
    let answer = boss.post(&path, list);
    let expected = [
        ("/users/1/email", "duplicate_address"),
        ("/users/2/email", "duplicate_address"),
        ("/users/3/email", "address_taken"),
        ("/users/4/licenses/0", "unknown_service"),
    ];
    assert_eq!(
        answer.errors(),
        expected.map(|(at, code)| (at.to_owned(), code.to_owned()))
    );
    answer.problem(422, "invalid_input");
    boss.post(&path, json!({"email": "a@crew.example", "users": []}))
        .problem(422, "invalid_input");
    boss.post(&path, json!({})).problem(422, "invalid_input");
    assert_eq!(boss.get(&format!("{path}?limit=200")).is(200), before, "nobody came");
    // What was refused holds no address.
    boss.post(
        &path,
        json!({"users": [{"email": "right@crew.example"}, {"email": "twice@crew.example"}]}),
    )
    .is(201);
}

fn setup_3_licences_are_given_up_to_the_quantity() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (customer, trial) = customer(&anna, "limit", 3);
    let path = format!("/customers/{customer}/users");
    let answer = anna.post(&path, users(4, &["messaging"]));
    assert_eq!(
        answer.errors(),
        [("/users/3/licenses/0".to_owned(), "licenses_exhausted".to_owned())],
        "SETUP-3: beyond the quantity is refused"
    );
    let problem = answer.problem(409, "licenses_exhausted");
    assert_eq!(
        (&problem["service"], &problem["quantity"], &problem["assigned"]),
        (&json!("messaging"), &json!(3), &json!(3))
    );
    assert_eq!(messaging(&anna, &customer), (3, 0), "all or nothing");
    anna.post(&path, json!({"email": "c@crew.example", "licenses": ["calling"]}))
        .problem(409, "service_not_held");
    let made = anna.post(&path, users(3, &["messaging"])).is(201);
    anna.post(&path, json!({"email": "late@crew.example", "licenses": ["messaging"]}))
        .problem(409, "licenses_exhausted");
    // EDIT-1 counts the same people.
    anna.patch(&format!("/trials/{trial}"), json!({"license_quantity": 2}))
        .problem(409, "quantity_below_assigned");
    let id = made["items"][0]["id"].as_str().unwrap();
    anna.patch(&format!("{path}/{id}"), json!({"licenses": []})).is(200);
    anna.post(&path, json!({"email": "late@crew.example", "licenses": ["messaging"]}))
        .is(201);
    assert_eq!(messaging(&anna, &customer), (3, 3), "what came back was given again");
    anna.post(&format!("/trials/{trial}/cancel"), json!({})).is(200);
    assert_eq!(messaging(&anna, &customer).0, 0, "what is over gives nothing");
}

fn setup_3_two_adds_at_once_on_one_last_licence() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (customer, _) = customer(&anna, "race", 5);
    let path = format!("/customers/{customer}/users");
    anna.post(&path, users(4, &["messaging"])).is(201);
    let add = |number: usize| {
        let anna = demo.person("partner_a", "sales_full_administrator");
        let body = json!({"email": format!("racer-{number}@crew.example"), "licenses": ["messaging"]});
        anna.post_patiently(&path, &body).status
    };
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let runners: Vec<_> = (0..6).map(|number| scope.spawn(move || add(number))).collect();
        runners.into_iter().map(|runner| runner.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(
        statuses,
        [201, 409, 409, 409, 409, 409],
        "SETUP-3: one has the last one"
    );
    assert_eq!(messaging(&anna, &customer), (5, 5));
    // The same address at once: one person.
    let same = |_| {
        let anna = demo.person("partner_a", "sales_full_administrator");
        anna.post_patiently(&path, &json!({"email": "same@crew.example"}))
            .status
    };
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let runners: Vec<_> = (0..4).map(|number| scope.spawn(move || same(number))).collect();
        runners.into_iter().map(|runner| runner.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422, 422, 422]);
}

fn setup_3_one_user_is_changed_and_removed() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (customer, _) = customer(&anna, "single", 2);
    let path = format!("/customers/{customer}/users");
    let made = anna.post(&path, json!({"email": "one@crew.example"})).is(201);
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    anna.call("PATCH", &one, &[], Some(json!({"name": "X"}).to_string()))
        .problem(428, "precondition_required");
    let stale = [("If-Match", "\"7\"")];
    anna.call("PATCH", &one, &stale, Some(json!({"name": "X"}).to_string()))
        .problem(412, "version_conflict");
    let dry = anna
        .patch(&format!("{one}?dry_run=true"), json!({"licenses": ["messaging"]}))
        .is(200);
    assert_eq!(
        (&dry["licenses"], &dry["before"]["licenses"]),
        (&json!(["messaging"]), &json!([]))
    );
    let after = anna
        .patch(&one, json!({"name": "One", "licenses": ["messaging", "messaging"]}))
        .is(200);
    assert_eq!((&after["name"], &after["version"]), (&json!("One"), &json!(2)));
    assert_eq!(messaging(&anna, &customer), (2, 1), "once, however often it is named");
    let record = anna.get(&format!("/audit?customer_id={customer}")).is(200);
    let entry = &record["items"][0];
    assert_eq!(
        (&entry["name"], &entry["details"]["given"]),
        (&json!("user_changed"), &json!(["messaging"])),
        "AUD-1: {entry:#}"
    );
    anna.patch(&one, json!({"licenses": ["telepathy"]}))
        .problem(422, "invalid_input");
    let administrator = anna.get(&format!("{path}?q=it@single.example")).is(200)["items"][0]["id"].clone();
    let administrator = format!("{path}/{}", administrator.as_str().unwrap());
    anna.call("DELETE", &administrator, &[("If-Match", "*")], None)
        .problem(403, "role_required");
    anna.call("DELETE", &one, &[("If-Match", "*")], None).is(200);
    anna.get(&one).problem(404, "not_found");
    assert_eq!(messaging(&anna, &customer), (2, 0), "the licence came back");
    anna.post(&path, json!({"email": "one@crew.example"})).is(201);
}

fn setup_3_who_may_add_users() {
    let demo = Demo::full();
    let boss = demo.person("own_active", "full_administrator");
    let path = format!("/customers/{}/users", boss.id());
    let keeper = demo.person("own_active", "user_administrator");
    keeper.post(&path, json!({"email": "k@crew.example"})).is(201);
    let new = |name: &str| json!({"email": format!("{name}@crew.example"), "roles": ["user_administrator"]});
    let answer = keeper.post(&path, new("king"));
    assert_eq!(
        answer.errors(),
        [("/roles".to_owned(), "not_full_administrator".to_owned())],
        "ORG-5"
    );
    answer.problem(403, "not_full_administrator");
    demo.person("partner_a", "sales_full_administrator")
        .post(&path, new("queen"))
        .problem(403, "role_required");
    boss.post(&path, new("keeper-two")).is(201);
    boss.wait_for_mail("kind=invitation&to=keeper-two@crew.example");
    for (cast, role) in [
        ("partner_a", "read_only_administrator"),
        ("own_active", "read_only_administrator"),
    ] {
        for person in demo.people(cast, role) {
            person
                .post(&path, json!({"email": "r@crew.example"}))
                .problem(403, "role_required");
        }
    }
    demo.person("partner_b", "sales_full_administrator")
        .post(&path, json!({"email": "r@crew.example"}))
        .problem(404, "not_found");
    let other = demo.person("stranger", "full_administrator");
    let foreign = other.get(&format!("/customers/{}/users", other.id())).is(200)["items"][0]["id"].clone();
    let foreign = format!("{path}/{}", foreign.as_str().unwrap());
    boss.get(&foreign).problem(404, "not_found");
    boss.patch(&foreign, json!({"name": "Mine"})).problem(404, "not_found");
}

fn org_4_users_need_full_access() {
    let demo = Demo::full();
    let boss = demo.person("own_active", "full_administrator");
    let full = demo.person("partner_a", "sales_full_administrator");
    let path = format!("/customers/{}/users", boss.id());
    full.post(&path, json!({"email": "first@crew.example"})).is(201);
    boss.patch(
        &format!("/customers/{}/partners/{}", boss.id(), full.id()),
        json!({"level": "provisioning_administrator"}),
    )
    .is(200);
    full.post(&path, json!({"email": "second@crew.example"}))
        .problem(403, "forbidden");
    full.get(&format!("/customers/{}/licenses", boss.id()))
        .problem(403, "forbidden");
}

fn start_6_addresses_of_others_are_counted() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let seller = &demo.people("partner_a", "sales_administrator")[0];
    let (own, _) = customer(seller, "asker", 5);
    let (other, _) = customer(&anna, "asked", 5);
    for part in 0..2 {
        let user = |number| json!({"email": format!("there-{part}-{number}@asked.example")});
        let list = json!({"users": (0..20).map(user).collect::<Vec<Value>>()});
        anna.post(&format!("/customers/{other}/users"), list).is(201);
    }
    let path = format!("/customers/{own}/users");
    let user = |number| json!({"email": format!("there-0-{number}@asked.example")});
    let list = json!({"users": (0..20).map(user).collect::<Vec<Value>>()});
    assert!(
        seller
            .post(&path, list)
            .errors()
            .iter()
            .all(|(_, code)| code == "address_taken")
    );
    let user = |number| json!({"email": format!("there-1-{number}@asked.example")});
    let list = json!({"users": (0..20).map(user).collect::<Vec<Value>>()});
    let codes: Vec<String> = seller
        .post(&path, list)
        .errors()
        .into_iter()
        .map(|(_, code)| code)
        .collect();
    let taken = codes.iter().filter(|code| *code == "address_taken").count();
    assert_eq!((taken, codes.len()), (10, 20), "START-6: 30 an hour");
    seller
        .post(&path, json!({"email": "free@nobody.example"}))
        .problem(429, "too_many_requests");
}

fn start_6_what_is_not_written_is_counted_as_asked() {
    let demo = Demo::empty();
    let free = |name: &str, count: usize| {
        let user = |number| json!({"email": format!("{name}-{number}@nobody.example")});
        (0..count).map(user).collect::<Vec<Value>>()
    };
    // A dry run of addresses that are nobody's: 20, and not the 20 that follow.
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (own, _) = customer(&anna, "rehearsal", 5);
    let dry = format!("/customers/{own}/users?dry_run=true");
    anna.post(&dry, json!({"users": free("one", 20)})).is(200);
    anna.post(&dry, json!({"users": free("one", 20)})).is(200);
    let over = anna.post(&dry, json!({"users": free("two", 20)}));
    assert_eq!(over.errors().len(), 10, "START-6: 30 an hour");
    over.problem(429, "too_many_requests");
    // A call that is refused for one of them says of the others that they are nobody's.
    let seller = &demo.people("partner_a", "sales_administrator")[0];
    let (own, _) = customer(seller, "refused", 5);
    let path = format!("/customers/{own}/users");
    let refused = |name: &str| {
        let mut users = free(name, 20);
        users.push(json!({"email": format!("{name}-odd@nobody.example"), "licenses": ["telepathy"]}));
        seller.post(&path, json!({"users": users})).errors()
    };
    assert_eq!(refused("three").len(), 1);
    let silent = refused("four");
    let silent = silent.iter().filter(|(_, code)| code == "too_many_requests").count();
    assert_eq!(silent, 12, "START-6: 21 and 9 of 21");
}
