//! Tokens and sessions of people (SEC-2, SEC-2a), as a client meets them.

use crate::support::{Demo, Person, call, start};
use serde_json::{Value, json};

impl Person<'_> {
    /// The same person, by another token.
    fn with(&self, token: &str) -> Person<'_> {
        let mut who = self.who.clone();
        who["token"] = json!(token);
        Person { demo: self.demo, who }
    }

    fn delete(&self, path: &str) -> crate::support::Answer {
        self.call("DELETE", path, &[("If-Match", "*")], None)
    }
}

fn made(answer: &Value) -> (String, String) {
    let text = |name: &str| answer[name].as_str().unwrap().to_owned();
    (text("id"), text("token"))
}

#[test]
fn sec_2_a_token_is_shown_once_does_what_its_scopes_say_and_ends() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let dry = anna
        .post(
            "/people/me/tokens?dry_run=true",
            json!({"label": "build", "scopes": ["read"]}),
        )
        .is(200);
    assert!(dry["id"].is_null() && dry.get("token").is_none(), "{dry}");
    let answer = anna.post(
        "/people/me/tokens",
        json!({"label": "build", "scopes": ["read"], "days": 7}),
    );
    let location = answer.headers.get("location").cloned().unwrap();
    let (id, token) = made(&answer.is(201));
    assert!(location.ends_with(&id));
    let reader = anna.with(&token);
    reader.get("/trials").is(200);
    let refused = reader.post("/trials", start("New", "it@new.example", &["messaging"]));
    assert_eq!(refused.problem(403, "scope_required")["scope"], "trials");
    reader.get("/people/me/tokens").problem(403, "scope_required");
    reader
        .post("/people/me/tokens", json!({"label": "more", "scopes": ["all"]}))
        .problem(403, "scope_required");

    let listed = anna.get("/people/me/tokens").is(200);
    let one = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == id.as_str());
    let one = one.expect("it is listed");
    assert!(one.get("token").is_none() && one["last_used_on"].is_string(), "{one}");
    let path = format!("/people/me/tokens/{id}");
    anna.call("DELETE", &path, &[], None)
        .problem(428, "precondition_required");
    anna.call("DELETE", &path, &[("If-Match", "\"2\"")], None)
        .problem(412, "version_conflict");
    anna.delete(&path).is(200);
    reader.get("/trials").problem(401, "unauthorized");
    anna.delete(&path).problem(404, "not_found");
}

#[test]
fn sec_2_a_token_for_trials_makes_no_administrators() {
    let demo = Demo::full();
    let boss = demo.person("own_active", "full_administrator");
    let users = format!("/customers/{}/users", boss.id());
    let with = |scope: &str| {
        let asked = json!({"label": scope, "scopes": [scope]});
        made(&boss.post("/people/me/tokens", asked).is(201)).1
    };
    let new = json!({"email": "second@crew.example", "roles": ["full_administrator"]});
    let (trials, people) = (boss.with(&with("trials")), boss.with(&with("people")));
    trials.get(&users).is(200);
    let refused = trials.post(&users, new.clone());
    assert_eq!(refused.problem(403, "scope_required")["scope"], "people", "SEC-2");
    let made = people.post(&users, new).is(201);
    let second = format!("{users}/{}", made["id"].as_str().unwrap());
    trials.delete(&second).problem(403, "scope_required");
    trials
        .patch(&second, json!({"name": "Mine"}))
        .problem(403, "scope_required");
    let csv = [("Content-Type", "text/csv")];
    let imports = format!("/customers/{}/user-imports", boss.id());
    trials
        .call("POST", &imports, &csv, Some("email\nthird@crew.example\n".to_owned()))
        .problem(403, "scope_required");
    people.delete(&second).is(200);
}

#[test]
fn sec_2_what_is_wrong_with_a_token_is_said_all_at_once() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let answer = anna.post(
        "/people/me/tokens",
        json!({"label": " ", "scopes": ["read", "x"], "days": 367}),
    );
    let errors = answer.errors();
    let expected = [
        ("/label", "empty"),
        ("/scopes/1", "unknown_value"),
        ("/days", "out_of_range"),
    ];
    assert_eq!(errors, expected.map(|(at, code)| (at.to_owned(), code.to_owned())));
    answer.problem(422, "invalid_input");
}

#[test]
fn sec_2_the_same_key_answers_with_the_same_token() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_administrator");
    let body = json!({"label": "build", "scopes": ["trials"]});
    let first = anna.post_with_key("/people/me/tokens", "k", body.clone()).is(201);
    assert_eq!(anna.post_with_key("/people/me/tokens", "k", body).is(201), first);
    anna.with(&made(&first).1).get("/trials").is(200);
}

#[test]
fn sec_2_nobody_keeps_the_tokens_and_sessions_of_others() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let own = anna.post("/people/me/tokens", json!({"label": "x", "scopes": ["read"]}));
    let location = own.headers.get("location").cloned().unwrap();
    let annas = location.split('/').nth(4).unwrap().to_owned();
    let (id, token) = made(&own.is(201));
    let unknown = "person_eu_00000000000000000000000000000";
    let foreign = |person: &str| {
        vec![
            ("GET", format!("/people/{person}/tokens"), None),
            (
                "POST",
                format!("/people/{person}/tokens"),
                Some(json!({"label": "x", "scopes": ["all"]})),
            ),
            ("DELETE", format!("/people/{person}/tokens/{id}"), None),
            ("GET", format!("/people/{person}/sessions"), None),
            ("DELETE", format!("/people/{person}/sessions/{id}"), None),
            ("POST", format!("/people/{person}/sign-out"), Some(json!({}))),
        ]
    };
    for (cast, role) in [
        ("partner_b", "sales_full_administrator"),
        ("vendor", "vendor_administrator"),
        ("stranger", "full_administrator"),
    ] {
        let other = demo.person(cast, role);
        for person in [annas.as_str(), unknown, "person", "org_eu_1"] {
            for (method, path, body) in foreign(person) {
                let body = body.map(|body: Value| body.to_string());
                let answer = other.call(method, &path, &[("If-Match", "*")], body);
                assert_eq!(answer.status, 404, "{cast} {method} {path}: {:#}", answer.body);
                answer.problem(404, "not_found");
            }
        }
    }
    let seller = demo.person("partner_a", "sales_administrator");
    for (method, path, body) in foreign(&annas) {
        let answer = seller.call(method, &path, &[("If-Match", "*")], body.map(|body| body.to_string()));
        assert_eq!(answer.status, 403, "{method} {path}");
    }
    anna.with(&token).get("/trials").is(200);
    demo.person("partner_d", "sales_full_administrator")
        .get("/people/me/tokens")
        .problem(403, "not_certified");
    for (method, path, body) in foreign("me") {
        let body = body.map(|body| body.to_string());
        call(
            &format!("{}/api/v1{path}", demo.url),
            method,
            &[("If-Match", "*")],
            body,
        )
        .problem(401, "unauthorized");
    }
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).expect(name);
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// One request of a browser, which follows nothing.
fn ask(url: &str, method: &str, cookie: &str, form: Option<String>) -> (u16, String, String) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .build()
        .into();
    let request = ureq::http::Request::builder().method(method).uri(url);
    let request = request
        .header("Cookie", cookie)
        .header("Content-Type", "application/x-www-form-urlencoded");
    let mut answer = match form {
        Some(form) => agent.run(request.body(form).unwrap()).unwrap(),
        None => agent.run(request.body(()).unwrap()).unwrap(),
    };
    let set = answer.headers().get("set-cookie");
    let set = set.map_or("", |line| line.to_str().unwrap());
    let set = set.split(';').next().unwrap_or_default().to_owned();
    (
        answer.status().as_u16(),
        set,
        answer.body_mut().read_to_string().unwrap(),
    )
}

/// Signs in by the page, as a browser does; the cookie of the session.
fn browse(demo: &Demo, person: &Person<'_>) -> String {
    let url = format!("{}/sign-in", demo.url);
    let (_, visit, page) = ask(&url, "GET", "", None);
    let form = format!(
        "csrf={}&email={}&password={}&back=%2F",
        hidden(&page, "csrf"),
        person.email().replace('@', "%40"),
        person.who["password"].as_str().unwrap()
    );
    let (status, session, page) = ask(&url, "POST", &visit, Some(form));
    assert_eq!(status, 303, "{page}");
    session
}

fn is_in(demo: &Demo, cookie: &str) -> bool {
    ask(&format!("{}/account", demo.url), "GET", cookie, None).0 == 200
}

#[test]
fn sec_2a_sessions_are_ended_one_by_one_and_everywhere() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let seller = demo.person("partner_a", "sales_administrator");
    let (one, two) = (browse(&demo, &seller), browse(&demo, &seller));
    assert!(is_in(&demo, &one) && is_in(&demo, &two));
    let listed = seller.get("/people/me/sessions").is(200);
    let items = listed["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "{listed}");
    assert!(items.iter().all(|one| one["how"] == "password"));
    let first = format!("/people/me/sessions/{}", items[0]["id"].as_str().unwrap());
    seller
        .call("DELETE", &first, &[], None)
        .problem(428, "precondition_required");
    seller.delete(&first).is(200);
    assert!(!is_in(&demo, &one) && is_in(&demo, &two), "the older one");
    let annas = anna.post("/people/me/sign-out", json!({})).is(200);
    assert_eq!(annas["ended"], 0);
    let dry = seller.post("/people/me/sign-out?dry_run=true", json!({})).is(200);
    assert_eq!(dry["ended"], 1);
    assert!(is_in(&demo, &two));
    assert_eq!(seller.post("/people/me/sign-out", json!({})).is(200)["ended"], 1);
    assert!(!is_in(&demo, &two));
    seller.get("/trials").is(200);
}
