//! START, EXT, CANC, CONS through the pages, without any script.

use super::world::{Browser, World};
use axum::http::StatusCode;

pub(super) const CUSTOMER: [(&str, &str); 5] = [
    ("name", "Atelier Nord"),
    ("vertical", "media"),
    ("country", "FR"),
    ("language", "fr"),
    ("acknowledged", "yes"),
];

/// Posts a step with the draft that its page carries; the next page's address.
pub(super) async fn step(browser: &mut Browser<'_>, url: &str, fields: &[(&str, &str)]) -> String {
    let draft = browser.get(url).await.hidden("draft");
    let mut all = vec![("draft", draft.as_str())];
    all.extend_from_slice(fields);
    let path = url.split('?').next().unwrap_or_default();
    let answer = browser.submit(url, path, &all).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.text);
    answer.location().to_owned()
}

pub(super) async fn started(browser: &mut Browser<'_>, email: &str, services: &[(&str, &str)]) -> String {
    let first = browser.get("/partner/start").await.location().to_owned();
    let mut fields = CUSTOMER.to_vec();
    fields.push(("admin_email", email));
    let mut url = step(browser, &first, &fields).await;
    if url.starts_with("/partner/start/existing") {
        url = step(browser, &url, &[]).await;
    }
    let url = step(browser, &url, services).await;
    let url = step(browser, &url, &[("quantity", "25"), ("duration", "60")]).await;
    assert!(url.starts_with("/partner/start/answers"), "{url}");
    let page = browser.get(&url).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text.contains("Phone numbers are released") || page.text.contains("Request lapses"),
        "the whole future"
    );
    let draft = page.hidden("draft");
    let done = step(browser, &url, &[]).await;
    // The same form sent again starts nothing more.
    let again = browser
        .submit(&done, "/partner/start/answers", &[("draft", &draft)])
        .await;
    assert_eq!(again.location(), done);
    let back = browser.get(&url).await;
    assert!(
        back.status == StatusCode::OK
            && (back.text.contains("This trial has started") || back.text.contains("This request has been sent")),
        "back after a start: {}",
        back.text
    );
    let page = browser.get(&done).await;
    assert_eq!(page.status, StatusCode::OK);
    done.split("trial=").nth(1).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn start_1_a_trial_is_started_step_by_step() {
    let world = World::new().await;
    let mut browser = world.signed_in("sales@cordage.example").await;
    let trial = started(
        &mut browser,
        "it@atelier.example",
        &[("services", "messaging"), ("services", "calling")],
    )
    .await;
    let page = browser.get(&format!("/partner/trials/{trial}")).await;
    assert!(page.text.contains("Atelier Nord") && page.text.contains("Webex Calling"));
    let list = browser.get("/partner/customers?q=atelier").await;
    assert!(list.text.contains("Atelier Nord"));
    let none = browser.get("/partner/customers?q=nothing-like-it").await;
    assert!(none.text.contains("No customer matches"));
}

#[tokio::test]
async fn start_1_faults_come_first_and_are_linked() {
    let world = World::new().await;
    let mut browser = world.signed_in("sales@cordage.example").await;
    let first = browser.get("/partner/start").await.location().to_owned();
    let draft = browser.get(&first).await.hidden("draft");
    let answer = browser
        .submit(
            &first,
            "/partner/start/customer",
            &[("draft", &draft), ("name", "Atelier")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "href=\"#admin_email\"",
        "id=\"admin_email-fault\"",
        "aria-invalid=\"true\"",
        "value=\"Atelier\"",
    ] {
        assert!(answer.text.contains(part), "{part}");
    }
}

#[tokio::test]
async fn start_10_a_draft_is_its_authors_alone_and_says_nothing_in_clear() {
    let world = World::new().await;
    let mut browser = world.signed_in("sales@cordage.example").await;
    let first = browser.get("/partner/start").await.location().to_owned();
    let mut fields = CUSTOMER.to_vec();
    fields.push(("admin_email", "it@atelier.example"));
    let url = step(&mut browser, &first, &fields).await;
    assert!(!url.contains("atelier") && !url.contains("Atelier"));
    let back = url.replace("/services?", "/customer?");
    assert!(
        browser.get(&back).await.text.contains("it@atelier.example"),
        "back never loses"
    );
    let mut other = world.signed_in("sales@amarre.example").await;
    let seen = other.get(&back).await;
    assert!(!seen.text.contains("it@atelier.example"));
}

#[tokio::test]
async fn ext_2_shortening_needs_its_yes() {
    let world = World::new().await;
    let mut browser = world.signed_in("sales@cordage.example").await;
    let trial = started(
        &mut browser,
        "it@atelier.example",
        &[("services", "messaging"), ("services", "calling")],
    )
    .await;
    let page = format!("/partner/trials/{trial}/extend");
    let seen = browser.get(&page).await;
    assert!(seen.text.contains("30 days earlier") && seen.text.contains("Before") && seen.text.contains("After"));
    let version = seen.hidden("version");
    let refused = browser
        .submit(&page, &page, &[("days", "30"), ("version", &version)])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = browser
        .submit(
            &page,
            &page,
            &[("days", "30"), ("version", &version), ("shorten", "yes")],
        )
        .await;
    assert_eq!(done.location(), format!("/partner/trials/{trial}?done=extended"));
    let stale = browser
        .submit(
            &page,
            &format!("/partner/trials/{trial}/cancel"),
            &[("version", &version)],
        )
        .await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "somebody changed it meanwhile");
}

#[tokio::test]
async fn canc_2_consequences_stand_before_the_safe_button() {
    let world = World::new().await;
    let mut browser = world.signed_in("sales@cordage.example").await;
    let trial = started(
        &mut browser,
        "it@atelier.example",
        &[("services", "messaging"), ("services", "calling")],
    )
    .await;
    let page = format!("/partner/trials/{trial}/cancel");
    let seen = browser.get(&page).await;
    for part in [
        "At once",
        "Phone numbers are released",
        "This cannot be undone",
        "autofocus>Keep the trial",
    ] {
        assert!(seen.text.contains(part), "{part} in {}", seen.text);
    }
    let done = browser
        .submit(&page, &page, &[("version", &seen.hidden("version"))])
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn cons_3_the_box_is_not_ticked_and_a_link_alone_decides_nothing() {
    let world = World::new().await;
    let mut partner = world.signed_in("sales@cordage.example").await;
    let trial = started(&mut partner, "it@lumiere.example", &[("services", "messaging")]).await;
    let page = format!("/requests/{}", trial.replacen("trial", "request", 1));
    let with_link = world.browser().get(&format!("{page}?link=anything")).await;
    assert_eq!(
        with_link.status,
        StatusCode::SEE_OTHER,
        "nothing is told before signing in"
    );
    assert_eq!(
        world.signed_in("sales@amarre.example").await.get(&page).await.status,
        StatusCode::NOT_FOUND
    );
    let mut user = world.signed_in("user@lumiere.example").await;
    let seen = user.get(&page).await;
    assert!(!seen.text.contains("/accept\"") && seen.text.contains("Only a full administrator"));
    let mut customer = world.signed_in("it@lumiere.example").await;
    assert_eq!(customer.get("/").await.location(), page, "CONS-3: it is met first");
    let seen = customer.get(&page).await;
    assert!(
        seen.text.contains("id=\"full\" name=\"full\" value=\"yes\"><label"),
        "the box is not ticked"
    );
    let wrong = customer
        .submit(&page, &format!("{page}/accept"), &[("link", "wrong")])
        .await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    let done = customer.submit(&page, &format!("{page}/accept"), &[]).await;
    assert_eq!(done.location(), format!("{page}?done=accepted"));
    assert_eq!(customer.get("/").await.location(), "/control/overview");
    let seen = partner.get(&format!("/partner/trials/{trial}")).await;
    assert!(seen.text.contains("Provisioning administrator"), "without the tick");
    let done = partner
        .submit(
            &format!("/partner/trials/{trial}/details"),
            &format!("/partner/trials/{trial}/details"),
            &[],
        )
        .await;
    assert_eq!(
        done.location(),
        format!("/partner/trials/{trial}?done=details"),
        "{}",
        done.text
    );
}

#[tokio::test]
async fn org_9_a_request_tells_no_zone_and_no_number_of_administrators() {
    let world = World::new().await;
    let mut partner = world.signed_in("sales@cordage.example").await;
    let trial = started(&mut partner, "user@lumiere.example", &[("services", "messaging")]).await;
    let seen = partner.get(&format!("/partner/trials/{trial}")).await.text;
    assert!(!seen.contains("time zone") && !seen.contains("Time zone"), "{seen}");
    assert!(seen.contains("those at the customer who are asked"), "{seen}");
    assert!(!seen.contains("people at the customer"), "{seen}");
    assert!(
        seen.contains("the customer’s administrators"),
        "START-9: they are told: {seen}"
    );
}

#[tokio::test]
async fn org_7_an_address_of_ones_own_company_is_refused_where_it_is_typed() {
    let world = World::new().await;
    let mut browser = world.signed_in("sales@cordage.example").await;
    let first = browser.get("/partner/start").await.location().to_owned();
    let draft = browser.get(&first).await.hidden("draft");
    let mut fields = CUSTOMER.to_vec();
    fields.extend([("admin_email", "seller@cordage.example"), ("draft", &draft)]);
    let refused = browser.submit(&first, "/partner/start/customer", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.contains("id=\"admin_email-fault\"") && refused.text.contains("your own organization"),
        "{}",
        refused.text
    );
    let drafts = browser.get("/partner/customers").await.text;
    assert!(!drafts.contains("/partner/drafts/"), "nothing half-filled is left");
}

#[tokio::test]
async fn edit_2_removing_the_last_service_leads_to_cancelling() {
    let world = World::new().await;
    let mut browser = world.signed_in("sales@cordage.example").await;
    let services = [("services", "messaging"), ("services", "calling")];
    let trial = started(&mut browser, "it@atelier.example", &services).await;
    let page = format!("/partner/trials/{trial}/edit");
    let none = browser.get(&format!("{page}?check=1&quantity=25")).await.text;
    assert!(
        none.contains("at least") && none.contains(&format!("href=\"/partner/trials/{trial}/cancel\"")),
        "{none}"
    );
    let less = browser
        .get(&format!("{page}?check=1&quantity=25&services=messaging"))
        .await
        .text;
    assert!(
        less.contains("What goes with it") && less.contains("Nobody has a licence of it"),
        "{less}"
    );
}
