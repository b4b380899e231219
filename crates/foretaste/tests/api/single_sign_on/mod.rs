//! SEC-2: signing in through one's company, with a real provider and with hostile ones.

mod browser;
mod hostile;
mod provider;
mod real;
mod settings;

use crate::support::{Answer, Demo, Person};
use browser::{Browser, Page, encoded};
use serde_json::{Value, json};

/// Whose people sign in through their company.
const COMPANY: &str = "partner_a";
/// Who sets it up there, and signs in.
const ADMINISTRATOR: &str = "sales_full_administrator";

fn domain(person: &Person<'_>) -> String {
    person.email().split_once('@').unwrap().1.to_owned()
}

fn put(person: &Person<'_>, path: &str, body: Value) -> Answer {
    person.call("PUT", path, &[("If-Match", "*")], Some(body.to_string()))
}

/// The company names its provider, and the vendor confirms its domain.
fn set_up(demo: &Demo, issuer: &str, client: &str, secret: &str) {
    let boss = demo.person(COMPANY, ADMINISTRATOR);
    let body = json!({
        "issuer": issuer, "client_id": client, "client_secret": secret, "domains": [domain(&boss)],
    });
    put(&boss, "/single-sign-on", body).is(200);
    let path = format!("/single-sign-on/{}", boss.id());
    let confirmed = json!({"confirmed_domains": [domain(&boss)]});
    put(&demo.person("vendor", "vendor_administrator"), &path, confirmed).is(200);
}

/// Types an address: the answer, and where it leads.
fn begin(demo: &Demo, browser: &mut Browser, email: &str) -> (Page, Option<String>) {
    let url = format!("{}/sign-in/single-sign-on", demo.url);
    let page = browser.get(&format!("{url}?back=/partner/customers"));
    let token = page.hidden("csrf");
    let fields = [
        ("csrf", token.as_str()),
        ("email", email),
        ("back", "/partner/customers"),
    ];
    let page = browser.post(&url, &fields);
    let refresh = page.header("refresh");
    let way = refresh.and_then(|line| line.strip_prefix("0; url=").map(str::to_owned));
    (page, way)
}

/// Who is signed in, by the address in the corner of the page; nobody is sent to sign in.
fn is_in(demo: &Demo, browser: &mut Browser, email: &str) -> bool {
    let page = browser.get(&format!("{}/partner/customers", demo.url));
    match page.status {
        200 => {
            assert!(page.text.contains(email), "somebody else is signed in");
            true
        }
        _ => {
            assert!(page.location().contains("/sign-in?back="), "{}", page.location());
            false
        }
    }
}

fn back(demo: &Demo, state: &str, code: &str, more: &str) -> String {
    let (state, code) = (encoded(state), encoded(code));
    format!(
        "{}/sign-in/single-sign-on/back?state={state}&code={code}{more}",
        demo.url
    )
}
