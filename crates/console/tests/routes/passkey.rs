//! SEC-2: passkeys, with a device in software (a real browser's is in crates/e2e).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use super::{
    device::Device,
    world::{Answer, Browser, World},
};
use axum::http::StatusCode;
use data_encoding::BASE64URL_NOPAD;
use serde_json::Value;
use std::sync::atomic::Ordering;

const SALES: &str = "sales@cordage.example";
const MINE: &str = "/account/passkeys";

/// What a script of the page gets.
async fn begin(browser: &mut Browser<'_>, page: &str, path: &str) -> Value {
    let answer = browser.submit(page, path, &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    serde_json::from_str(&answer.text).unwrap()
}

async fn add(browser: &mut Browser<'_>, device: &mut Device, label: &str) -> Answer {
    let options = begin(browser, MINE, "/account/passkeys/begin").await;
    let made = device.create(&options);
    browser
        .submit(MINE, MINE, &[("label", label), ("credential", &made)])
        .await
}

async fn added(world: &World, device: &mut Device) {
    let answer = add(&mut world.signed_in(SALES).await, device, "Laptop").await;
    assert_eq!(
        answer.location(),
        "/account/passkeys?done=passkey-added",
        "{}",
        answer.text
    );
}

/// The id of the first passkey in the list.
async fn shown(browser: &mut Browser<'_>) -> String {
    let page = browser.get(MINE).await.text;
    let value = page.split("name=\"remove\" value=\"").nth(1).unwrap();
    value.split('"').next().unwrap().to_owned()
}

async fn finish(browser: &mut Browser<'_>, given: &str) -> Answer {
    let fields = [("credential", given), ("back", "/partner/customers")];
    browser.submit("/sign-in", "/sign-in/passkey", &fields).await
}

/// Signs in; whether that let in.
async fn enter(browser: &mut Browser<'_>, device: &mut Device) -> bool {
    let options = begin(browser, "/sign-in", "/sign-in/passkey/begin").await;
    let given = device.get(&options);
    let answer = finish(browser, &given).await;
    is_in(browser, &answer).await
}

async fn is_in(browser: &mut Browser<'_>, answer: &Answer) -> bool {
    let entered = browser.get(MINE).await.status == StatusCode::OK;
    assert_eq!(entered, answer.status == StatusCode::SEE_OTHER, "{}", answer.text);
    entered
}

#[tokio::test]
async fn sec_2_a_passkey_signs_in_its_owner_and_nothing_else_is_asked() {
    let world = World::new().await;
    let (mut first, mut second) = (Device::new(1), Device::new(2));
    added(&world, &mut first).await;
    added(&world, &mut second).await;
    assert_eq!(first.handle, second.handle, "one handle for one person");
    let handle = BASE64URL_NOPAD.decode(first.handle.as_bytes()).unwrap();
    assert_eq!(handle.len(), 16, "SEC-2: the handle says nothing");
    for device in [&mut first, &mut second] {
        let mut browser = world.browser();
        assert!(enter(&mut browser, device).await);
        let page = browser.get("/account/passkeys").await;
        assert!(
            page.text.contains(SALES) && page.text.contains("last used"),
            "{}",
            page.text
        );
    }
}

#[tokio::test]
async fn sec_2_a_challenge_is_answered_once_in_one_browser_and_in_time() {
    let world = World::new().await;
    let mut device = Device::new(1);
    added(&world, &mut device).await;
    let mut browser = world.browser();
    let options = begin(&mut browser, "/sign-in", "/sign-in/passkey/begin").await;
    let given = device.get(&options);
    let mut stranger = world.browser();
    begin(&mut stranger, "/sign-in", "/sign-in/passkey/begin").await;
    let answer = finish(&mut stranger, &given).await;
    assert!(
        !is_in(&mut stranger, &answer).await,
        "SEC-2: another browser's challenge"
    );
    let answer = finish(&mut browser, &given).await;
    assert!(is_in(&mut browser, &answer).await);
    browser.submit("/account/passkeys", "/sign-out", &[]).await;
    let answer = finish(&mut browser, &given).await;
    assert!(!is_in(&mut browser, &answer).await, "SEC-2: replayed");

    let options = begin(&mut browser, "/sign-in", "/sign-in/passkey/begin").await;
    let given = device.get(&options);
    world.later.fetch_add(301, Ordering::SeqCst);
    let answer = finish(&mut browser, &given).await;
    assert!(!is_in(&mut browser, &answer).await, "SEC-2: too late");
    assert!(enter(&mut browser, &mut device).await);
}

#[tokio::test]
async fn sec_2_what_one_server_began_another_finishes() {
    let world = World::new().await;
    let mut device = Device::new(1);
    let mut browser = world.signed_in(SALES).await;
    let options = begin(&mut browser, MINE, "/account/passkeys/begin").await;
    let made = device.create(&options);
    browser.meet(&world.second);
    let answer = browser
        .submit(MINE, MINE, &[("label", "Laptop"), ("credential", &made)])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let mut browser = world.browser();
    let options = begin(&mut browser, "/sign-in", "/sign-in/passkey/begin").await;
    browser.meet(&world.second);
    let given = device.get(&options);
    let answer = finish(&mut browser, &given).await;
    assert!(is_in(&mut browser, &answer).await, "SEC-2: any server");
}

#[tokio::test]
async fn sec_2_a_device_that_did_not_ask_or_speaks_for_another_site_is_refused() {
    let world = World::new().await;
    let mut device = Device::new(1);
    added(&world, &mut device).await;
    let mut other = Device::new(1);
    other.handle.clone_from(&device.handle);
    assert!(!enter(&mut world.browser(), &mut other).await, "SEC-2: another key");
    let right = (device.host, device.origin);
    device.verified = false;
    assert!(
        !enter(&mut world.browser(), &mut device).await,
        "SEC-2: nobody was asked"
    );
    device.verified = true;
    device.origin = "https://evil.example";
    assert!(
        !enter(&mut world.browser(), &mut device).await,
        "SEC-2: another site's page"
    );
    device.origin = "http://localhost:9999";
    assert!(
        !enter(&mut world.browser(), &mut device).await,
        "SEC-2: another port's page"
    );
    (device.host, device.origin) = ("evil.example", right.1);
    assert!(
        !enter(&mut world.browser(), &mut device).await,
        "SEC-2: another site's key"
    );
    device.host = right.0;
    let handle = std::mem::replace(&mut device.handle, BASE64URL_NOPAD.encode(&[7; 16]));
    assert!(!enter(&mut world.browser(), &mut device).await, "SEC-2: another person");
    device.handle = handle;
    for nonsense in ["", "{}", "[]", "null", "x", &"x".repeat(40_000)] {
        let mut browser = world.browser();
        begin(&mut browser, "/sign-in", "/sign-in/passkey/begin").await;
        assert_eq!(
            finish(&mut browser, nonsense).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
    assert!(
        enter(&mut world.browser(), &mut device).await,
        "and the right one lets in"
    );
}

#[tokio::test]
async fn sec_2_a_counter_that_goes_back_is_refused_and_recorded() {
    let world = World::new().await;
    let mut device = Device::new(1);
    added(&world, &mut device).await;
    device.counter = 40;
    assert!(enter(&mut world.browser(), &mut device).await);
    device.counter = 20;
    assert!(!enter(&mut world.browser(), &mut device).await, "SEC-2: a copy");
    let person = world.app.find_people(SALES).await.unwrap().remove(0);
    let reads = world.app.stores.region("eu").unwrap().read();
    let key = reads.passkeys(&person.id).await.unwrap().remove(0);
    assert!(key.refused_at.is_some(), "SEC-2: recorded");
    let events = reads.record_page(&person.organization, None, None, 2).await.unwrap();
    let names: Vec<&str> = events.iter().map(|event| event.name.as_str()).collect();
    assert_eq!(names, ["passkey_refused", "passkey_added"], "SEC-2: the newest first");
    device.counter = 41;
    assert!(enter(&mut world.browser(), &mut device).await, "the owner goes on");
}

#[tokio::test]
async fn sec_2_only_ones_own_passkey_is_removed_and_never_the_only_way_in() {
    let world = World::new().await;
    let mut device = Device::new(1);
    added(&world, &mut device).await;
    let mut browser = world.browser();
    assert!(enter(&mut browser, &mut device).await);
    let id = shown(&mut browser).await;
    let remove = [("remove", id.as_str())];

    let mut other = world.signed_in("it@lumiere.example").await;
    assert_eq!(
        other.submit(MINE, MINE, &remove).await.status,
        StatusCode::NOT_FOUND,
        "SEC-2: another's"
    );
    let answer = browser.submit(MINE, MINE, &remove).await;
    assert_eq!(
        answer.location(),
        "/account/passkeys?done=passkey-removed",
        "{}",
        answer.text
    );
    assert!(!enter(&mut world.browser(), &mut device).await, "SEC-2: removed");

    // Somebody who never had a password.
    let person = world.app.find_people(SALES).await.unwrap().remove(0);
    let colleague = app::found::NewPerson {
        email: "new@cordage.example".to_owned(),
        name: "Nora".to_owned(),
        language: "en".to_owned(),
        zone: "Europe/Paris".to_owned(),
        roles: vec![domain::person::Role::SalesFullAdministrator],
        licenses: Vec::new(),
    };
    world.app.add_person(&person.organization, &colleague).await.unwrap();
    let mut browser = world.browser();
    let signed_in = world.app.sign_in_demo("new@cordage.example", None).await.unwrap();
    browser.cookies.insert("foretaste".to_owned(), signed_in.secret);
    let answer = add(&mut browser, &mut Device::new(3), "Key").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let id = shown(&mut browser).await;
    let answer = browser.submit(MINE, MINE, &[("remove", &id)]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "SEC-2: the only way in");
    assert!(answer.text.contains("your only way to sign in"), "{}", answer.text);
}

#[tokio::test]
async fn sec_2a_who_is_disabled_or_erased_is_let_in_by_no_passkey() {
    let world = World::new().await;
    let mut device = Device::new(1);
    added(&world, &mut device).await;
    let person = world.app.find_people(SALES).await.unwrap().remove(0);
    let region = world.app.stores.region("eu").unwrap();
    let mut found = region.read().person(&person.id).await.unwrap().unwrap();
    found.value.disabled_at = Some(world.app.clock.real());
    let tx = region.begin().await.unwrap();
    tx.put_person(&found).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!enter(&mut world.browser(), &mut device).await, "SEC-2a: disabled");
    let tx = region.begin().await.unwrap();
    tx.erase_people(&person.organization).await.unwrap();
    tx.commit().await.unwrap();
    assert!(region.read().passkeys(&person.id).await.unwrap().is_empty(), "EXP-9");
    assert!(!enter(&mut world.browser(), &mut device).await, "EXP-9: erased");
}

#[tokio::test]
async fn sec_2_a_passkey_is_one_persons_and_made_for_one_challenge() {
    let world = World::new().await;
    let mut device = Device::new(1);
    added(&world, &mut device).await;
    let mut other = world.signed_in("it@lumiere.example").await;
    let answer = add(&mut other, &mut device, "Mine").await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "SEC-2: it is somebody's"
    );
    let mut device = Device::new(2);
    let options = begin(&mut other, MINE, "/account/passkeys/begin").await;
    let made = device.create(&options);
    let mut owner = world.signed_in(SALES).await;
    begin(&mut owner, MINE, "/account/passkeys/begin").await;
    let answer = owner.submit(MINE, MINE, &[("label", "x"), ("credential", &made)]).await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "SEC-2: made for somebody else"
    );
    let answer = other.submit(MINE, MINE, &[("label", ""), ("credential", &made)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "it has a name");
    let answer = other.submit(MINE, MINE, &[("label", "x"), ("credential", &made)]).await;
    assert_eq!(
        answer.status,
        StatusCode::SEE_OTHER,
        "what has no name did not use the challenge up: {}",
        answer.text
    );
    let answer = other.submit(MINE, MINE, &[("label", "x"), ("credential", &made)]).await;
    assert_eq!(answer.status, StatusCode::GONE, "SEC-2: once");
}

#[tokio::test]
async fn sec_2_a_change_of_passkeys_asks_who_one_is_once_more_and_a_passkey_proves_it() {
    let world = World::new().await;
    let mut device = Device::new(1);
    added(&world, &mut device).await;
    let mut browser = world.browser();
    assert!(enter(&mut browser, &mut device).await);
    world.later.fetch_add(601, Ordering::SeqCst);
    assert_eq!(browser.get(MINE).await.location(), "/prove?back=%2Faccount%2Fpasskeys");
    let asked = "/prove?back=/account/passkeys";
    for (path, fields) in [
        (MINE, vec![("remove", "passkey_eu_1")]),
        ("/account/passkeys/begin", vec![]),
    ] {
        let answer = browser.submit(asked, path, &fields).await;
        assert!(
            answer.location().starts_with("/prove?back="),
            "SEC-2: {path} {}",
            answer.status
        );
    }
    let before = browser.cookies["foretaste"].clone();
    let prove = async |browser: &mut Browser<'_>, device: &mut Device| {
        let options = begin(browser, asked, "/sign-in/passkey/begin").await;
        let given = device.get(&options);
        let fields = [("credential", given.as_str()), ("back", MINE)];
        browser.submit(asked, "/prove/passkey", &fields).await
    };
    let mut others = Device::new(2);
    let mut other = world.signed_in("it@lumiere.example").await;
    assert_eq!(
        add(&mut other, &mut others, "Theirs").await.status,
        StatusCode::SEE_OTHER
    );
    let answer = prove(&mut browser, &mut others).await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "SEC-2: somebody else's passkey"
    );
    let answer = prove(&mut browser, &mut device).await;
    assert_eq!(answer.location(), MINE, "{}", answer.text);
    assert_ne!(browser.cookies["foretaste"], before, "SEC-2: under a new secret");
    assert_eq!(browser.get(MINE).await.status, StatusCode::OK);
}
