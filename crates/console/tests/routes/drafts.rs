//! START-10 through the pages: what is kept, resumed, and not overwritten by another window; ELIG-4 and 5 besides.

use super::{
    acting::{CUSTOMER, started, step},
    people::link,
    world::{Browser, World},
};
use axum::http::StatusCode;
use domain::{ids::OrgId, organization::Kind};

const HERE: &str = "/partner/customers";

/// Fills in the first page; the address of the next one.
async fn half(browser: &mut Browser<'_>, email: &str) -> String {
    let first = browser.get("/partner/start").await.location().to_owned();
    let mut fields = CUSTOMER.to_vec();
    fields.push(("admin_email", email));
    step(browser, &first, &fields).await
}

async fn count(browser: &mut Browser<'_>) -> usize {
    let page = browser.get(HERE).await.text.replace("&#x2f;", "/");
    page.matches("href=\"/partner/drafts/").count()
}

#[tokio::test]
async fn start_10_two_windows_do_not_overwrite_each_other_and_back_writes_over_itself() {
    let world = World::new().await;
    let mut browser = world.signed_in("sales@cordage.example").await;
    let services = half(&mut browser, "it@atelier.example").await;
    assert_eq!(count(&mut browser).await, 1, "START-10: kept with its first page");
    // Back, and the same page again.
    step(&mut browser, &services, &[("services", "messaging")]).await;
    step(&mut browser, &services, &[("services", "calling")]).await;
    assert_eq!(count(&mut browser).await, 1, "START-10: one visit has one draft");
    let resume = link(&browser.get(HERE).await.text, "/partner/drafts/");
    let mut windows = Vec::new();
    for _ in 0..2 {
        let window = browser.get(&resume).await.location().to_owned();
        assert!(
            window.starts_with("/partner/start/length"),
            "START-10: where it stopped: {window}"
        );
        windows.push(window);
    }
    let first = step(&mut browser, &windows[0], &[("quantity", "25"), ("duration", "60")]).await;
    assert!(!first.contains("done="), "{first}");
    let second = step(&mut browser, &windows[1], &[("quantity", "40"), ("duration", "30")]).await;
    assert!(second.ends_with("done=draft-apart"), "START-10: it is said: {second}");
    assert!(browser.get(&second).await.text.contains("changed in another window"));
    assert_eq!(count(&mut browser).await, 2, "START-10: neither is lost");
    step(&mut browser, &windows[1], &[("quantity", "41"), ("duration", "30")]).await;
    assert_eq!(count(&mut browser).await, 2, "START-10: from then on it has its own");

    let mut other = world.signed_in("seller@cordage.example").await;
    assert_eq!(
        other.get(&resume).await.status,
        StatusCode::NOT_FOUND,
        "START-10: its author’s alone"
    );
    assert_eq!(count(&mut other).await, 0);
    let first = first.replace("&done=", "&");
    let done = step(&mut browser, &first, &[]).await;
    assert!(done.contains("trial="), "{done}");
    assert_eq!(count(&mut browser).await, 1, "START-10: gone with its start");
}

#[tokio::test]
async fn start_10_a_draft_is_discarded_but_not_unseen() {
    let world = World::new().await;
    let mut browser = world.signed_in("sales@cordage.example").await;
    let services = half(&mut browser, "it@atelier.example").await;
    let resume = link(&browser.get(HERE).await.text, "/partner/drafts/");
    let version = browser.get(HERE).await.hidden("version");
    step(&mut browser, &services, &[("services", "messaging")]).await;
    let discard = format!("{resume}/discard");
    let late = browser.submit(HERE, &discard, &[("version", &version)]).await;
    assert_eq!(late.location(), "/partner/customers?done=draft-newer");
    let version = browser.get(HERE).await.hidden("version");
    let done = browser.submit(HERE, &discard, &[("version", &version)]).await;
    assert_eq!(done.location(), "/partner/customers?done=draft-discarded");
    assert_eq!(count(&mut browser).await, 0);
    // The window that is still open goes on, in a draft of its own.
    step(&mut browser, &services, &[("services", "calling")]).await;
    assert_eq!(count(&mut browser).await, 1);
}

#[tokio::test]
async fn elig_5_the_first_page_says_what_is_left() {
    let world = World::new().await;
    let mut browser = world.signed_in("sales@cordage.example").await;
    let limit = async |of: u32| {
        let region = world.app.stores.region("eu").expect("a region");
        let tx = region.begin().await.expect("a store");
        let all = tx.read().organizations_of_kind("partner").await.expect("partners");
        let cordage = all.into_iter().find(|one| one.name == "Cordage").expect("Cordage");
        let mut found = tx.read().organization(&cordage.id).await.expect("a store").expect("it");
        if let Kind::Partner(partner) = &mut found.value.kind {
            partner.allowance.trials_per_month = Some(of);
        }
        tx.put_organization(&found).await.expect("written");
        tx.commit().await.expect("a commit");
    };
    limit(2).await;
    let first = browser.get("/partner/start").await.location().to_owned();
    let page = browser.get(&first).await.text;
    assert!(page.contains("Trials started this month: 0 of 2."), "{page}");
    limit(0).await;
    let page = browser.get(&first).await.text;
    assert!(page.contains("used its allowance of trials"), "ELIG-5: {page}");
    let services = half(&mut browser, "it@atelier.example").await;
    let page = browser.get(&services).await.text;
    assert!(
        page.contains("allowance of trials is used"),
        "ELIG-5: of each service: {page}"
    );
}

#[tokio::test]
async fn elig_4_the_trials_team_lifts_a_rest_and_takes_it_back() {
    let world = World::new().await;
    let mut sales = world.signed_in("sales@cordage.example").await;
    let trial = started(&mut sales, "it@atelier.example", &[("services", "calling")]).await;
    let page = sales.get(&format!("/partner/trials/{trial}")).await.text;
    let customer = link(&page, "/partner/customers/org");
    let customer = customer.rsplit('/').next().expect("an id");
    assert!(OrgId::parse(customer).is_some());
    assert_eq!(sales.get("/vendor/exceptions").await.status, StatusCode::FORBIDDEN);
    let mut team = world.signed_in("team@vela.example").await;
    let listed = team.get("/vendor/exceptions?customer=atelier").await.text;
    assert_eq!(
        link(&listed, "/vendor/exceptions?customer=org"),
        format!("/vendor/exceptions?customer={customer}"),
        "ELIG-4: found by its name"
    );
    let nobody = team.get("/vendor/exceptions?customer=nobody+at+all").await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = format!("/vendor/exceptions?customer={customer}");
    let shown = team.get(&form).await.text;
    assert!(
        shown.contains("Atelier Nord") && shown.contains("Nothing was lifted"),
        "{shown}"
    );
    let fields = [("customer", customer), ("service", "calling")];
    let wrong = team.submit(&form, "/vendor/exceptions", &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "ELIG-4: a reason");
    let fields = [("customer", customer), ("service", "calling"), ("reason", "once more")];
    let done = team.submit(&form, "/vendor/exceptions", &fields).await;
    assert!(done.location().ends_with("done=exception-granted"), "{}", done.text);
    let shown = team.get(&form).await;
    assert!(shown.text.contains("once more") && shown.text.contains("Can be used"));
    let (version, text) = (shown.hidden("version"), shown.text.replace("&#x2f;", "/"));
    let begins = format!("action=\"/vendor/exceptions/{customer}/");
    let at = text.find(&begins).expect("a form") + "action=\"".len();
    let back = text[at..].split('"').next().expect("an address").to_owned();
    let done = team.submit(&form, &back, &[("version", &version)]).await;
    assert!(done.location().ends_with("done=exception-taken-back"), "{}", done.text);
    let again = team.submit(&form, &back, &[("version", &version)]).await;
    assert!(again.location().ends_with("done=exception-late"), "{}", again.text);
    let nobody = team.get("/vendor/exceptions?customer=org_eu_nobody").await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
}
