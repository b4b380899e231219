//! SEC-2: what the log tells of ways in, and what it never tells (SEC-2b, SEC-4).

use crate::{
    browser::Browser,
    support::{Demo, log_of, wait_for},
};
use serde_json::Value;
use std::{collections::BTreeMap, fs};
use totp_rs::{Builder, Secret};

const WRONG: &str = "a password that is wrong";
const NEW: &str = "seven knots and a half";
const TOKEN: &str = "ft_eu_a-token-that-nobody-has";
const UNKNOWN: &str = "nobody.at.all@nowhere.example";

/// What must not stand in the log.
#[derive(Default)]
struct Secrets(Vec<String>);

impl Secrets {
    fn keep(&mut self, texts: &[&str]) {
        self.0.extend(texts.iter().map(|text| (*text).to_owned()));
    }

    fn keep_cookies(&mut self, browser: &Browser) {
        let secret = |name: &&String| !name.contains("language") && !name.contains("theme");
        let values = browser.cookies.iter().filter(|(name, _)| secret(name));
        self.0.extend(values.map(|(_, value)| value.clone()));
    }
}

/// Wrong and right passwords, too many of them, forms of others, and a token that is none.
fn by_password(demo: &Demo, email: &str, password: &str, secrets: &mut Secrets) {
    let mut browser = Browser::new(&demo.json["url"]);
    assert_eq!(browser.sign_in(email, WRONG).status, 422);
    for _ in 0..10 {
        assert_eq!(browser.sign_in(UNKNOWN, WRONG).status, 422);
    }
    assert_eq!(browser.sign_in(UNKNOWN, WRONG).status, 429);
    assert_eq!(browser.sign_in(email, password).status, 303);
    assert_eq!(browser.forge("/sign-out").status, 403);
    assert_eq!(demo.get("/api/v1/program", &Value::from(TOKEN)).0, 401);
    secrets.keep(&[email, password, WRONG, UNKNOWN, TOKEN]);
    secrets.keep_cookies(&browser);
}

/// Codes are set up; then one is wrong, and a recovery code stands in.
fn by_code(demo: &Demo, email: &str, password: &str, secrets: &mut Secrets) {
    let mut browser = Browser::new(&demo.json["url"]);
    browser.sign_in(email, password);
    let key = browser.get("/account/code").between("<code>", "</code>");
    let shared = Secret::try_from_base32(key.replace(' ', "")).unwrap();
    let device = Builder::new().with_secret(shared).build().unwrap();
    let code = device.generate_current().to_string();
    let shown = browser.submit("/account/code", "/account/code", &[("code", &code)]);
    let spare = shown.between("<li><code>", "</code>");
    secrets.keep(&[email, password, &key, &spare, &spare.replace('-', "")]);
    secrets.keep_cookies(&browser);

    let mut browser = Browser::new(&demo.json["url"]);
    assert!(
        browser
            .sign_in(email, password)
            .header("location")
            .starts_with("/sign-in/code")
    );
    let give = |browser: &mut Browser, code: &str| browser.submit("/sign-in/code", "/sign-in/code", &[("code", code)]);
    assert_eq!(give(&mut browser, "wrong-recovery-code").status, 422);
    secrets.keep_cookies(&browser);
    assert_eq!(give(&mut browser, &spare).status, 303);
    secrets.keep(&["wrong-recovery-code"]);
    secrets.keep_cookies(&browser);
}

/// A link by email, used twice.
fn by_door(demo: &Demo, email: &str, secrets: &mut Secrets) {
    let mut browser = Browser::new(&demo.json["url"]);
    // SEC-2: whatever a request says of host and scheme, links lead to the public address.
    browser.headers = vec![
        ("Host", "evil.example"),
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Proto", "https"),
        ("Forwarded", "host=evil.example;proto=https"),
    ];
    assert_eq!(browser.submit("/forgot", "/forgot", &[("email", email)]).status, 200);
    let token = &demo.first("vendor")["token"];
    let link = wait_for("the email", || {
        let (_, mails) = demo.get(&format!("/api/v1/mailbox?to={email}&kind=password_reset"), token);
        let links = mails["items"][0]["links"].as_array()?.clone();
        links
            .iter()
            .filter_map(Value::as_str)
            .find(|link| link.contains("/door/"))
            .map(str::to_owned)
    });
    let (public, link) = link.split_once("/door/").unwrap();
    assert_eq!(public, demo.json["url"].as_str().unwrap());
    let door = format!("/door/{link}");
    let fields = [("password", NEW)];
    browser.submit(&door, &door, &fields);
    assert!(browser.cookies.contains_key("foretaste"), "signed in");
    let mut other = Browser::new(&demo.json["url"]);
    other.submit("/sign-in", &door, &fields);
    assert!(!other.cookies.contains_key("foretaste"), "it works once");
    secrets.keep(&[email, link, NEW]);
    secrets.keep_cookies(&browser);
}

#[test]
fn sec_2_sec_2b_ways_in_are_logged_without_secrets_names_or_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("demo");
    let demo = Demo::start(&dir, &["--empty"]);
    let people: Vec<&Value> = ["partner_a", "partner_b", "partner_c"]
        .map(|cast| demo.first(cast))
        .into();
    let said = |person: &Value, key: &str| person[key].as_str().unwrap().to_owned();
    let mut secrets = Secrets::default();
    by_password(
        &demo,
        &said(people[0], "email"),
        &said(people[0], "password"),
        &mut secrets,
    );
    by_code(
        &demo,
        &said(people[1], "email"),
        &said(people[1], "password"),
        &mut secrets,
    );
    by_door(&demo, &said(people[2], "email"), &mut secrets);
    for person in demo.people() {
        secrets.keep(&[&said(person, "email"), &said(person, "token")]);
        secrets.keep(&[person["organization"]["name"].as_str().unwrap()]);
    }
    demo.process.stop();

    let log = fs::read_to_string(log_of(&dir)).unwrap();
    let mut seen: BTreeMap<String, bool> = BTreeMap::new();
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        let Some(kind) = line["kind"].as_str() else {
            continue;
        };
        let part = |key: &str| line[key].as_str().unwrap_or_default();
        let person = part("person");
        assert!(person.is_empty() || person.starts_with("person_"), "{line}");
        let what = format!("{kind} {}{} {}", part("way"), part("by"), part("outcome"));
        let known = seen.entry(what.trim_end().to_owned()).or_default();
        *known |= !person.is_empty();
        assert!(!line.to_string().contains("127.0.0.1"), "an address: {line}");
    }
    for (what, whose) in [
        ("sign_in password wrong", true),
        ("sign_in password throttled", false),
        ("sign_in password success", true),
        ("sign_in password code_owed", true),
        ("sign_in code wrong", true),
        ("sign_in password_and_code success", true),
        ("sign_in door success", true),
        ("sign_in door wrong", true),
        ("token token wrong", false),
        ("forged_form token", false),
    ] {
        assert_eq!(seen.get(what), Some(&whose), "{what}: {seen:?}");
    }
    for secret in secrets.0.iter().filter(|secret| secret.len() > 4) {
        assert!(!log.contains(secret.as_str()), "the log tells {secret}");
    }
}
