//! EXP-8: a server that comes up after three days without a tick, over stores in which everything is overdue.

use crate::{
    config,
    serve::start,
    support::{call, run, wait_for},
};
use app::{Actor, App, Clock, Guard, Settings, found::NewPerson};
use domain::{
    organization::{Kind, Partner},
    person::Role,
    trial::{CustomerInput, Provisioner, StartInput},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path, sync::Arc};
use store::{Config, Keys, Random, Stores};

/// The row that `serve` writes every minute.
const LAST_TICK: &str = "last_tick_microseconds";
const PROGRAM: &str = include_str!("../../../../programs/webex-enterprise.toml");
const SELLER: &str = "anna@aube.example";

fn days_ago(days: i64) -> Timestamp {
    #[expect(clippy::disallowed_methods, reason = "what the server itself takes for now")]
    let now = Timestamp::now();
    now.checked_sub(SignedDuration::from_hours(24 * days)).unwrap()
}

fn random() -> Random {
    let next = std::sync::atomic::AtomicU8::new(1);
    Arc::new(move |octets: &mut [u8]| {
        for octet in octets {
            *octet = next.fetch_add(37, std::sync::atomic::Ordering::SeqCst).wrapping_mul(91);
        }
    })
}

async fn stores(folder: &Path) -> Stores {
    let url = |path: &str| format!("sqlite:{}/data/{path}", folder.display());
    let config = Config {
        directory: url("directory.db"),
        regions: BTreeMap::from([("eu".to_owned(), url("regions/eu.db"))]),
        mailbox: None,
        connections: 1,
        statement_cache: 0,
    };
    let secret = fs::read(folder.join("secret")).unwrap();
    Stores::open(&config, Keys::derive(&secret, random()), false)
        .await
        .unwrap()
}

/// Use cases as they ran so many days ago.
async fn back_then(stores: &Stores, days: i64) -> Arc<App> {
    let settings = Settings {
        provisioner: Provisioner::Embedded,
        answer_within: app::provisioning::ANSWER_WITHIN,
        test_clock: false,
        shared: false,
        lookups: (30, 100),
        breached_passwords: None,
        public_url: String::new(),
        outgoing: app::Outgoing::closed(),
    };
    let then = days_ago(days);
    let clock = Clock::new(Arc::new(move || then));
    App::new(stores.clone(), clock, settings, random()).await.unwrap()
}

async fn found(app: &App) {
    let kind = Kind::Partner(Partner {
        tier: 1,
        distributor: None,
        certified_until: "2099-01-01T00:00:00Z".parse().ok(),
        allowance: domain::organization::Allowance::default(),
    });
    let anna = NewPerson {
        email: SELLER.to_owned(),
        name: "Anna".to_owned(),
        language: "en".to_owned(),
        zone: "Europe/Paris".to_owned(),
        roles: vec![Role::SalesFullAdministrator],
        licenses: Vec::new(),
    };
    app.found("eu", "Aube", kind, &[anna]).await.unwrap();
}

/// A trial of 30 days; its id.
async fn sold(app: &App, name: &str) -> String {
    let person = app.find_people(SELLER).await.unwrap().remove(0);
    let region = app.stores.region("eu").unwrap();
    let organization = region.read().organization(&person.organization).await.unwrap().unwrap();
    let anna = Actor {
        person,
        organization: organization.value,
        scopes: app::token::Scopes::all(),
        via: "api",
        request: None,
        from: None,
        language: "en".to_owned(),
        acting: None,
    };
    let text = |text: &str| Some(text.to_owned());
    let customer = CustomerInput {
        id: None,
        name: text(name),
        admin_email: Some(format!("it@{name}.example")),
        vertical: text("media"),
        country: text("FR"),
        time_zone: text("Europe/Paris"),
        language: text("en"),
        supported_location_acknowledged: Some(true),
        expect: text("new"),
    };
    let input = StartInput {
        customer: Some(customer),
        services: Some(vec!["messaging".to_owned()]),
        license_quantity: Some(5),
        duration_days: Some(30),
        meetings: None,
        devices: None,
    };
    let outcome = app.start_trial(&anna, &input, &Guard::default()).await.unwrap();
    outcome.trial.id.unwrap().to_string()
}

/// Two trials: one that should have been removed by now, and one whose reminder is due; and no tick for three days.
fn prepare(folder: &Path) -> (String, String) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let stores = stores(folder).await;
        let program = domain::program::parse(PROGRAM).unwrap();
        stores.directory.publish(&program, days_ago(65)).await.unwrap();
        found(&*back_then(&stores, 65).await).await;
        let gone = sold(&*back_then(&stores, 65).await, "gone").await;
        let soon = sold(&*back_then(&stores, 25).await, "soon").await;
        let tick = days_ago(3).as_microsecond().to_string();
        stores.directory.put_setting(LAST_TICK, &tick).await.unwrap();
        stores.close().await;
        (gone, soon)
    })
}

/// The state of one kind in a trial's plan.
fn planned(url: &Value, token: &str, trial: &str, kind: &str) -> Option<String> {
    let (status, plan) = call(url, "GET", &format!("/api/v1/trials/{trial}/plan"), token, "");
    assert_eq!(status, 200, "{plan:#}");
    let items = plan["items"].as_array().unwrap().iter();
    let mut found = items
        .filter(|item| item["kind"] == kind)
        .map(|item| item["state"].as_str().unwrap().to_owned());
    found.next_back()
}

fn held(url: &Value) -> String {
    let (status, ready) = call(url, "GET", "/readyz", "", "");
    assert_eq!(status, 200, "EXP-8: it serves all the same");
    ready["clock"].as_str().unwrap().to_owned()
}

#[test]
fn exp_8_after_an_outage_irreversible_work_waits_for_an_operator_and_reminders_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = config::write(folder.path());
    assert_eq!(run(&["migrate", "--config", &path]).0, 0);
    let (gone, soon) = prepare(folder.path());
    let (code, token, err) = run(&["token", "create", SELLER, "--config", &path]);
    assert_eq!(code, 0, "{err}");
    let token = token.trim();

    let (server, url) = start(&path, folder.path());
    wait_for("the reminder", || {
        (planned(&url, token, &soon, "expiry_reminder")? == "done").then_some(())
    });
    wait_for("the expiry", || {
        (planned(&url, token, &gone, "expires")? == "done").then_some(())
    });
    assert_eq!(planned(&url, token, &gone, "removed").as_deref(), Some("held"), "EXP-8");
    assert_eq!(
        planned(&url, token, &gone, "access_ended_notice").as_deref(),
        Some("held")
    );
    assert_eq!(held(&url), "held", "EXP-8: an alert");
    let shown = metrics(&url);
    assert!(shown.contains("foretaste_clock_held 1"), "{shown}");
    let log = fs::read_to_string(folder.path().join("serve.log")).unwrap();
    let alert = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        line["level"] == "ERROR" && line["alert"] == "clock"
    };
    assert!(log.lines().any(alert), "{log}");

    let (code, said, _) = run(&["clock", "acknowledge", "--config", &path]);
    assert!(code == 0 && said.contains("Irreversible work goes on"), "{said}");
    wait_for("the removal", || {
        (planned(&url, token, &gone, "removed")? == "done").then_some(())
    });
    assert_eq!(held(&url), "ready");
    assert!(metrics(&url).contains("foretaste_clock_held 0"));
    assert_eq!(server.stop(), 0);
    assert_eq!(run(&["verify", "--config", &path]).0, 0);
}

/// What is there for Prometheus, which is no JSON.
fn metrics(url: &Value) -> String {
    let agent = ureq::Agent::new_with_defaults();
    let request = ureq::http::Request::builder().uri(format!("{}/metrics", url.as_str().unwrap()));
    let mut response = agent.run(request.body(()).unwrap()).unwrap();
    response.body_mut().read_to_string().unwrap()
}
