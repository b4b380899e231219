//! SEC-2: sessions, tokens of forms, headers.

use super::world::{PASSWORD, World, pages};
use axum::http::{StatusCode, header};
use std::sync::{Arc, atomic::Ordering};

const CLOSED: [&str; 37] = [
    "/",
    "/partner/customers",
    "/partner/customers/org_eu_1",
    "/partner/start",
    "/partner/start/customer",
    "/partner/trials/trial_eu_1",
    "/partner/trials/trial_eu_1/extend",
    "/partner/trials/trial_eu_1/cancel",
    "/requests",
    "/requests/request_eu_1?link=secret",
    "/control/overview",
    "/control/subscriptions",
    "/vendor/approvals",
    "/vendor/provisioning",
    "/sign-in/company",
    "/account",
    "/account/password",
    "/account/code",
    "/account/tokens",
    "/team",
    "/team/invite",
    "/team/service-account",
    "/team/person_eu_1",
    "/team/person_eu_1/remove",
    "/vendor/partners",
    "/vendor/partners/add",
    "/vendor/partners/org_eu_1",
    "/control/access",
    "/control/access/org_eu_1?to=full",
    "/control/access/move",
    "/control/access/moves/handover_eu_1",
    "/control/export",
    "/partner/handovers",
    "/partner/handovers/handover_eu_1",
    "/partner/customers/org_eu_1/move",
    "/partner/customers/org_eu_1/export",
    "/record",
];

#[tokio::test]
async fn sec_1_without_a_session_every_page_leads_to_signing_in() {
    let world = World::new().await;
    for path in CLOSED {
        let answer = world.browser().get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(
            answer.location().starts_with("/sign-in?back="),
            "{path}: {}",
            answer.location()
        );
    }
}

#[tokio::test]
async fn sec_1_what_is_another_part_is_not_there() {
    let world = World::new().await;
    for (email, path, status) in [
        ("it@lumiere.example", "/partner/trials/trial_eu_1", 404),
        ("it@lumiere.example", "/partner/start/customer", 403),
        ("it@lumiere.example", "/vendor/approvals", 403),
        ("sales@cordage.example", "/vendor/approvals", 403),
        ("it@lumiere.example", "/vendor/provisioning", 403),
        ("sales@cordage.example", "/vendor/provisioning", 403),
        ("sales@cordage.example", "/control/overview", 404),
        ("team@vela.example", "/control/overview", 404),
        ("user@lumiere.example", "/partner/customers", 403),
        ("sales@cordage.example", "/nothing", 404),
    ] {
        let answer = world.signed_in(email).await.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{email} {path}");
        let reference = answer.headers["x-request-id"].to_str().unwrap();
        assert!(answer.text.contains(reference), "{path} names its reference");
    }
}

#[tokio::test]
async fn sec_2_every_answer_keeps_others_out() {
    let world = World::new().await;
    let mut browser = world.signed_in("sales@cordage.example").await;
    for path in ["/partner/customers", "/nothing", "/sign-in", "/welcome", "/design"] {
        let answer = browser.get(path).await;
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        for part in [
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "frame-ancestors 'none'",
            "form-action 'self'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store", "{path}");
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert!(
            answer.text.len() < 100 * 1024,
            "PERF-4: {path} has {} octets",
            answer.text.len()
        );
    }
}

#[tokio::test]
async fn sec_2_a_form_of_others_does_nothing() {
    let world = World::new().await;
    let mut browser = world.signed_in("sales@cordage.example").await;
    let token = browser.get("/partner/customers").await.hidden("csrf");
    for (origin, body) in [
        ("http://localhost:8080", String::new()),
        ("http://localhost:8080", "csrf=wrong".to_owned()),
        ("https://evil.example", format!("csrf={token}")),
        ("null", format!("csrf={token}")),
    ] {
        let answer = browser.post_from(origin, "/sign-out", body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origin}");
    }
    assert_eq!(
        browser.get("/partner/customers").await.status,
        StatusCode::OK,
        "still signed in"
    );
}

#[tokio::test]
async fn sec_2_signing_in_rotates_and_signing_out_ends_at_once() {
    let world = World::new().await;
    let mut browser = world.signed_in("sales@cordage.example").await;
    let first = browser.cookies["foretaste"].clone();
    browser.cookies.remove("foretaste");
    browser.sign_in("sales@cordage.example", PASSWORD).await;
    let second = browser.cookies["foretaste"].clone();
    assert_ne!(first, second);
    let left = browser.submit("/partner/customers", "/sign-out", &[]).await;
    assert_eq!(left.location(), "/sign-in?done=signed-out");
    assert_eq!(left.headers["clear-site-data"], "\"cache\", \"storage\"");
    browser.cookies.insert("foretaste".to_owned(), second);
    assert_eq!(
        browser.get("/partner/customers").await.status,
        StatusCode::SEE_OTHER,
        "ended, though the cookie was kept"
    );
}

#[tokio::test]
async fn sec_2a_sessions_end_idle_and_at_last() {
    let world = World::new().await;
    let mut browser = world.signed_in("sales@cordage.example").await;
    world.later.store(29 * 60, Ordering::SeqCst);
    assert_eq!(browser.get("/partner/customers").await.status, StatusCode::OK);
    world.later.store(58 * 60, Ordering::SeqCst);
    assert_eq!(
        browser.get("/partner/customers").await.status,
        StatusCode::OK,
        "it was used in between"
    );
    world.later.store(58 * 60 + 30 * 60, Ordering::SeqCst);
    assert_eq!(
        browser.get("/partner/customers").await.status,
        StatusCode::SEE_OTHER,
        "half an hour idle"
    );
    browser.sign_in("sales@cordage.example", PASSWORD).await;
    for minutes in (88..88 + 720).step_by(20) {
        world.later.store(minutes * 60, Ordering::SeqCst);
        assert_eq!(
            browser.get("/partner/customers").await.status,
            StatusCode::OK,
            "minute {minutes}"
        );
    }
    world.later.store((88 + 720) * 60, Ordering::SeqCst);
    assert_eq!(
        browser.get("/partner/customers").await.status,
        StatusCode::SEE_OTHER,
        "twelve hours"
    );
}

#[tokio::test]
async fn sec_2a_wrong_passwords_wait_alike_for_known_and_unknown_addresses() {
    let world = World::new().await;
    for email in ["sales@cordage.example", "nobody@nowhere.example"] {
        let mut browser = world.browser();
        for attempt in 1..=10 {
            let answer = browser.sign_in(email, "wrong password").await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{email} {attempt}");
        }
        assert_eq!(
            browser.sign_in(email, "wrong password").await.status,
            StatusCode::TOO_MANY_REQUESTS,
            "{email}"
        );
        assert_eq!(
            browser.sign_in(email, PASSWORD).await.status,
            StatusCode::TOO_MANY_REQUESTS,
            "{email}: also the right one"
        );
    }
    world.later.store(2, Ordering::SeqCst);
    world.signed_in("sales@cordage.example").await;
}

#[tokio::test]
async fn one_address_may_open_several_companies() {
    let world = World::new().await;
    let mut browser = world.browser();
    let answer = browser.sign_in("both@cordage.example", PASSWORD).await;
    assert_eq!(answer.location(), "/sign-in/company?back=%2F");
    let page = browser.get(answer.location()).await;
    assert!(page.text.contains("Cordage") && page.text.contains("Amarre"));
    let at = page.text.rfind("name=\"person\" value=\"").unwrap();
    let person = page.text[at..].split('"').nth(3).unwrap().to_owned();
    let before = browser.cookies["foretaste"].clone();
    browser
        .submit(
            "/sign-in/company",
            "/sign-in/company",
            &[("person", &person), ("back", "/")],
        )
        .await;
    assert_ne!(browser.cookies["foretaste"], before);
    let chosen = browser
        .submit("/partner/customers", "/sign-in/company", &[("person", "person_eu_1")])
        .await;
    assert_eq!(chosen.status, StatusCode::NOT_FOUND, "nobody else");
}

#[tokio::test]
async fn the_demo_is_on_demo_servers_only() {
    let world = World::new().await;
    let router = console::router(Arc::clone(&world.app), pages(false));
    for path in ["/design", "/demo/mailbox", "/demo/mailbox/1"] {
        let request = axum::http::Request::get(path).body(axum::body::Body::empty()).unwrap();
        let answer = tower::ServiceExt::oneshot(router.clone(), request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
}
