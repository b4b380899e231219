//! The real one: npm's `oidc-provider`, with its own pages, in all the algorithms that we take.

use super::{ADMINISTRATOR, Browser, COMPANY, Page, begin, is_in, put, set_up};
use crate::support::Demo;
use serde_json::{Value, json};
use std::{
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
};

/// A running provider; it ends with the test.
struct Provider {
    process: Child,
    /// What else it has to say goes nowhere, but it must be able to say it.
    _out: BufReader<ChildStdout>,
    issuer: String,
    accounts: PathBuf,
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Provider {
    fn start(demo: &Demo) -> Self {
        let parts = std::env::var("FORETASTE_TEST_OIDC").expect(
            "FORETASTE_TEST_OIDC names no folder: run `cargo xtask test`, or `cargo xtask servers` and its exports",
        );
        let accounts = demo.dir.path().join("accounts.json");
        std::fs::write(&accounts, "{}").unwrap();
        let mut process = Command::new("node")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oidc/provider.mjs"))
            .arg(format!("{}/sign-in/single-sign-on/back", demo.url))
            .arg(&accounts)
            .env("FORETASTE_TEST_OIDC", parts)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node starts");
        let mut issuer = String::new();
        let mut out = BufReader::new(process.stdout.take().unwrap());
        out.read_line(&mut issuer).unwrap();
        let issuer = issuer.trim().to_owned();
        assert!(issuer.starts_with("http://"), "the provider did not start");
        Self {
            process,
            _out: out,
            issuer,
            accounts,
        }
    }

    fn knows(&self, accounts: &Value) {
        std::fs::write(&self.accounts, accounts.to_string()).unwrap();
    }

    fn set_up(&self, demo: &Demo, algorithm: &str) {
        let secret = format!("a secret of {algorithm}, long enough to be one");
        set_up(demo, &self.issuer, algorithm, &secret);
    }

    /// Through the provider's own pages, as a person goes; the address to which it sends one back.
    fn visit(&self, browser: &mut Browser, way: &str, subject: &str) -> String {
        let mut page = browser.get(way);
        for _ in 0..12 {
            let next = page.location();
            if next.contains("/sign-in/single-sign-on/back") {
                return next;
            }
            page = if !next.is_empty() {
                let whole = if next.starts_with('/') {
                    format!("{}{next}", self.issuer)
                } else {
                    next
                };
                browser.get(&whole)
            } else {
                self.answer(browser, &page, subject)
            };
        }
        panic!("the provider does not send one back: {page:?}");
    }

    /// Fills in what the provider asks.
    fn answer(&self, browser: &mut Browser, page: &Page, subject: &str) -> Page {
        let action = page.after("action=\"");
        if page.text.contains("value=\"login\"") {
            browser.post(&action, &[("prompt", "login"), ("login", subject), ("password", "any")])
        } else {
            browser.post(&action, &[("prompt", "consent")])
        }
    }

    /// All the way.
    fn sign_in(&self, demo: &Demo, browser: &mut Browser, email: &str, subject: &str) -> Page {
        let (_, way) = begin(demo, browser, email);
        let back = self.visit(browser, &way.expect("a way to the provider"), subject);
        browser.get(&back)
    }
}

fn account(email: &str, verified: bool) -> Value {
    json!({"email": email, "email_verified": verified})
}

#[test]
fn sec_2_who_comes_from_the_companys_provider_is_known_by_issuer_and_subject() {
    let demo = Demo::empty();
    let provider = Provider::start(&demo);
    provider.set_up(&demo, "ES256");
    let email = demo.person(COMPANY, ADMINISTRATOR).email();
    let other = demo.person(COMPANY, "sales_administrator").email();
    provider.knows(
        &json!({"7": account(&email, true), "8": account(&email, true), "9": account("who@else.example", true)}),
    );

    let mut browser = Browser::default();
    let page = provider.sign_in(&demo, &mut browser, &email, "7");
    assert_eq!((page.status, page.location().as_str()), (303, "/partner/customers"));
    assert!(is_in(&demo, &mut browser, &email));

    // The address went to another account there: it is another subject.
    let page = provider.sign_in(&demo, &mut Browser::default(), &email, "8");
    assert_eq!(page.status, 403, "SEC-2: a subject is not replaced by an address");
    // The address changed: it is the same subject, whatever the address is now.
    provider.knows(&json!({"7": account(&other, false)}));
    let mut browser = Browser::default();
    let page = provider.sign_in(&demo, &mut browser, &email, "7");
    assert_eq!(page.status, 303, "{}", page.text);
    assert!(
        is_in(&demo, &mut browser, &email),
        "SEC-2: identity is issuer and subject"
    );
}

#[test]
fn sec_2_only_a_verified_address_of_somebody_here_is_linked() {
    let demo = Demo::empty();
    let provider = Provider::start(&demo);
    provider.set_up(&demo, "RS256");
    let person = demo.person(COMPANY, ADMINISTRATOR);
    let (email, host) = (person.email(), super::domain(&person));
    // Of another company, which has nothing to do with this provider.
    let foreign = demo.person("partner_b", ADMINISTRATOR).email();
    provider.knows(&json!({
        "1": account(&email, false), "2": account(&format!("nobody@{host}"), true),
        "3": account(&foreign, true), "4": {"email_verified": true},
    }));
    for (subject, text) in [
        ("1", "has not verified your address"),
        ("2", "there is no account for you here"),
        ("3", "there is no account for you here"),
        ("4", "there is no account for you here"),
    ] {
        let mut browser = Browser::default();
        let page = provider.sign_in(&demo, &mut browser, &email, subject);
        assert_eq!(page.status, 403, "SEC-2: {subject}");
        assert!(page.text.contains(text), "SEC-2: {subject}: {}", page.text);
        assert!(!is_in(&demo, &mut browser, &email), "SEC-2: {subject}");
    }
}

#[test]
fn sec_2_every_allowed_algorithm_of_a_real_provider_works() {
    let demo = Demo::empty();
    let provider = Provider::start(&demo);
    let email = demo.person(COMPANY, ADMINISTRATOR).email();
    provider.knows(&json!({"7": account(&email, true)}));
    for algorithm in ["RS256", "PS256", "ES256", "EdDSA"] {
        provider.set_up(&demo, algorithm);
        let mut browser = Browser::default();
        let page = provider.sign_in(&demo, &mut browser, &email, "7");
        assert_eq!(page.status, 303, "{algorithm}: {}", page.text);
        assert!(is_in(&demo, &mut browser, &email), "{algorithm}");
    }
}

#[test]
fn sec_2_what_a_provider_sent_back_counts_once_and_in_one_browser() {
    let demo = Demo::empty();
    let provider = Provider::start(&demo);
    provider.set_up(&demo, "RS256");
    let email = demo.person(COMPANY, ADMINISTRATOR).email();
    provider.knows(&json!({"7": account(&email, true)}));

    let mut browser = Browser::default();
    let (_, way) = begin(&demo, &mut browser, &email);
    let back = provider.visit(&mut browser, &way.unwrap(), "7");
    let mut stranger = Browser::default();
    assert_eq!(stranger.get(&back).status, 410, "SEC-2: another browser");
    begin(&demo, &mut stranger, &email);
    assert_eq!(
        stranger.get(&back).status,
        410,
        "SEC-2: another browser that began its own"
    );
    assert!(!is_in(&demo, &mut stranger, &email));
    assert_eq!(browser.get(&back).status, 303);
    assert!(is_in(&demo, &mut browser, &email));
    assert_eq!(browser.get(&back).status, 410, "SEC-2: replayed");
}

#[test]
fn sec_2_where_the_company_wants_its_own_sign_in_passwords_are_wrong() {
    let demo = Demo::empty();
    let provider = Provider::start(&demo);
    let boss = demo.person(COMPANY, ADMINISTRATOR);
    let (email, password) = (boss.email(), boss.who["password"].as_str().unwrap().to_owned());
    let url = format!("{}/sign-in", demo.url);
    let sign_in = |password: &str| {
        let mut browser = Browser::default();
        let token = browser.get(&url).hidden("csrf");
        let fields = [
            ("csrf", token.as_str()),
            ("email", email.as_str()),
            ("password", password),
        ];
        browser.post(&url, &fields)
    };
    let wrong = sign_in("wrong");
    assert_eq!(sign_in(&password).status, 303, "before");

    provider.set_up(&demo, "RS256");
    assert_eq!(
        sign_in(&password).status,
        303,
        "passwords stay allowed where nothing else is said"
    );
    let body = json!({
        "issuer": provider.issuer, "client_id": "RS256", "domains": [super::domain(&boss)], "passwords": false,
    });
    put(&boss, "/single-sign-on", body).is(200);
    let refused = sign_in(&password);
    let said = |page: &Page| {
        page.text
            .split("role=\"alert\"")
            .nth(1)
            .unwrap()
            .split("</div>")
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        (refused.status, said(&refused)),
        (wrong.status, said(&wrong)),
        "SEC-2: alike"
    );

    provider.knows(&json!({"7": account(&email, true)}));
    let mut browser = Browser::default();
    assert_eq!(provider.sign_in(&demo, &mut browser, &email, "7").status, 303);
    assert!(is_in(&demo, &mut browser, &email));
}
