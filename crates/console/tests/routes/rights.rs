//! CONS-8, ORG-3, ORG-8, AUD-1 through the pages: access, acting for a customer, the record.

use super::{
    acting::started,
    people::{SERVICES, link},
    world::{Browser, World},
};
use axum::http::{StatusCode, header};

/// A customer of Cordage, which has full access; the customer's page there, and its trial.
async fn customer_of(world: &World) -> (Browser<'_>, String, String) {
    let mut sales = world.signed_in("sales@cordage.example").await;
    let trial = started(&mut sales, "it@atelier.example", &SERVICES).await;
    let customer = link(
        &sales.get(&format!("/partner/trials/{trial}")).await.text,
        "/partner/customers/org",
    );
    world.came("it@atelier.example").await;
    (sales, customer, trial)
}

/// The customer's full administrator, reading English.
async fn at_home(world: &World) -> Browser<'_> {
    let mut browser = world.signed_in("it@atelier.example").await;
    browser.cookies.insert("foretaste-language".to_owned(), "en".to_owned());
    browser
}

const BANNER: &str = "You are acting for Atelier Nord, as Ada Lovelace of Cordage.";

#[tokio::test]
async fn org_8_the_banner_stays_and_only_what_may_be_done_is_offered() {
    let world = World::new().await;
    let (mut sales, customer, trial) = customer_of(&world).await;
    let enter = format!("{customer}/enter");
    let done = sales.submit(&customer, &enter, &[]).await;
    assert_eq!(done.location(), "/control/overview?done=entered", "{}", done.text);
    for path in [
        "/control/overview",
        "/control/subscriptions",
        "/team",
        "/nowhere",
        "/welcome",
    ] {
        assert!(sales.get(path).await.text.contains(BANNER), "{path}");
    }
    let seen = sales.get("/control/overview").await.text;
    for closed in [
        "/cancel\"",
        "href=\"/requests\"",
        "href=\"/record\"",
        "href=\"/control/access\"",
        "/control/export",
    ] {
        assert!(!seen.contains(closed), "{closed}");
    }
    for (path, status) in [
        ("/requests", 403),
        ("/record", 403),
        ("/control/access", 404),
        ("/control/access/move", 403),
        ("/control/export", 403),
        ("/partner/handovers", 404),
    ] {
        assert_eq!(sales.get(path).await.status.as_u16(), status, "{path}");
    }
    let cancel = format!("/control/trials/{trial}/cancel");
    let forged = sales.submit("/control/overview", &cancel, &[]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let forged = sales.submit("/control/overview", &enter, &[]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN, "one customer at a time");
    let done = sales.submit("/control/overview", "/acting/leave", &[]).await;
    assert_eq!(done.location(), format!("{customer}?done=left"));
    assert!(!sales.get(&customer).await.text.contains("You are acting for"));
    let mut own = at_home(&world).await;
    let record = own.get("/record").await.text;
    let both = record.contains("Started acting for the customer") && record.contains("for Atelier Nord");
    assert!(
        both && record.contains("Cordage"),
        "both names stand in the record: {record}"
    );
}

#[tokio::test]
async fn org_9_nobody_enters_a_customer_of_another_partner() {
    let world = World::new().await;
    let (_, customer, _) = customer_of(&world).await;
    for email in [
        "sales@amarre.example",
        "it@lumiere.example",
        "boss@vela.example",
        "seller@cordage.example",
    ] {
        let mut other = world.signed_in(email).await;
        let done = other.submit("/welcome", &format!("{customer}/enter"), &[]).await;
        assert!([403, 404].contains(&done.status.as_u16()), "{email}: {}", done.status);
        assert!(
            !other.get("/welcome").await.text.contains("You are acting for"),
            "{email}"
        );
    }
    // The help desk sees the customer, and is not let in before it was allowed.
    let mut desk = world.signed_in("desk@cordage.example").await;
    let seen = desk.get(&customer).await.text;
    assert!(!seen.contains("/enter\"") && !seen.contains("/export") && !seen.contains("/assigned\""));
    assert_eq!(
        desk.submit(&customer, &format!("{customer}/enter"), &[]).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn org_3_the_help_desk_asks_and_is_let_in_for_a_day() {
    let world = World::new().await;
    let (_, customer, _) = customer_of(&world).await;
    let mut desk = world.signed_in("desk@cordage.example").await;
    let ask = format!("{customer}/access");
    let wrong = desk.submit(&customer, &ask, &[("reason", "")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("href=\"#reason\""));
    let done = desk.submit(&customer, &ask, &[("reason", "Call 4711 <b>")]).await;
    assert_eq!(
        done.location(),
        format!("{customer}?done=access-asked"),
        "{}",
        done.text
    );
    let waiting = desk.get(&customer).await.text;
    assert!(
        waiting.contains("customer · 7 days") && waiting.contains("Awaiting answer") && !waiting.contains("/access\""),
        "one request at a time"
    );
    let mut own = at_home(&world).await;
    let page = own.get("/control/access").await.text;
    assert!(
        page.contains("Call 4711 &lt;b&gt;") && page.contains("it ends by itself"),
        "{page}"
    );
    let at = page.find("/control/access/requests/").expect("the answer");
    let answer = page[at..at + page[at..].find('"').expect("an end")].to_owned();
    let mut other = world.signed_in("it@lumiere.example").await;
    let foreign = other
        .submit("/control/access", &answer, &[("decision", "accept")])
        .await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let done = own.submit("/control/access", &answer, &[("decision", "accept")]).await;
    assert_eq!(done.location(), "/control/access?done=access-granted");
    assert!(desk.get(&customer).await.text.contains("Granted"));
    let done = desk.submit(&customer, &format!("{customer}/enter"), &[]).await;
    assert_eq!(done.location(), "/control/overview?done=entered");
    assert!(desk.get("/control/overview").await.text.contains(BANNER));
}

#[tokio::test]
async fn cons_8_access_is_lowered_raised_and_withdrawn_with_its_consequences_first() {
    let world = World::new().await;
    let (mut sales, customer, trial) = customer_of(&world).await;
    let mut own = at_home(&world).await;
    let page = own.get("/control/access").await.text;
    assert!(
        page.contains("Full administrator") && page.contains("1 trial is running"),
        "{page}"
    );
    let lower = link(&page, "/control/access/org");
    assert!(lower.ends_with("?to=provisioning"));
    let action = lower.split('?').next().unwrap_or_default().to_owned();
    let version = own.get(&lower).await.hidden("version");
    let done = own
        .submit(&lower, &action, &[("to", "provisioning"), ("version", &version)])
        .await;
    assert_eq!(done.location(), "/control/access?done=access-changed");
    let seen = sales.get(&customer).await.text;
    assert!(
        !seen.contains("/enter\"") && seen.contains("Provisioning administrator"),
        "on the next request"
    );
    let entered = sales.submit(&customer, &format!("{customer}/enter"), &[]).await;
    assert_eq!(
        entered.status,
        StatusCode::FORBIDDEN,
        "ORG-4: provisioning access does not let in"
    );
    let stale = own
        .submit(&lower, &action, &[("to", "full"), ("version", &version)])
        .await;
    assert_eq!(
        stale.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "something changed meanwhile"
    );
    let withdraw = format!("{action}?to=none");
    let seen = own.get(&withdraw).await;
    for part in [
        "At once",
        "can no longer act for you",
        "autofocus>Keep the access",
        "value=\"continue\" checked",
    ] {
        assert!(seen.text.contains(part), "{part} in {}", seen.text);
    }
    let fields = [
        ("to", "none"),
        ("trials", "cancel"),
        ("version", &seen.hidden("version")),
    ];
    let done = own.submit(&withdraw, &action, &fields).await;
    assert_eq!(done.location(), "/control/access?done=access-withdrawn");
    assert_eq!(sales.get(&customer).await.status, StatusCode::NOT_FOUND);
    assert!(
        sales
            .get(&format!("/partner/trials/{trial}"))
            .await
            .text
            .contains("Cancelled")
    );
    assert!(own.get("/control/access").await.text.contains("No partner has access"));
}

#[tokio::test]
async fn aud_1_the_record_is_read_and_taken_away_by_those_it_concerns() {
    let world = World::new().await;
    let (mut sales, customer, trial) = customer_of(&world).await;
    let id = customer.trim_start_matches("/partner/customers/");
    for path in [format!("/record?customer={id}"), format!("/record?trial={trial}")] {
        let seen = sales.get(&path).await;
        assert!(
            seen.text.contains("Trial started or requested") && seen.text.contains("Ada Lovelace"),
            "{path}"
        );
        let file = sales.get(&path.replace("/record?", "/record/file?")).await;
        assert_eq!(file.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
        assert!(
            file.text.starts_with("seq,at,what,trial,person,company,"),
            "{}",
            file.text
        );
        for other in ["sales@amarre.example", "it@lumiere.example", "seller@cordage.example"] {
            let mut other = world.signed_in(other).await;
            assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            let file = other.get(&path.replace("/record?", "/record/file?")).await;
            assert_eq!(file.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    let mut own = at_home(&world).await;
    assert!(own.get("/record").await.text.contains("Trial started or requested"));
}

#[tokio::test]
async fn org_4_everything_is_taken_away_by_the_customer_and_by_full_access_alone() {
    let world = World::new().await;
    let (mut sales, customer, _) = customer_of(&world).await;
    let path = format!("{customer}/export");
    let mut own = at_home(&world).await;
    for (browser, path) in [(&mut sales, path.as_str()), (&mut own, "/control/export")] {
        let file = browser.get(path).await;
        assert_eq!(file.status, StatusCode::OK, "{path}");
        let disposition = file.headers[header::CONTENT_DISPOSITION].to_str().expect("text");
        assert!(
            disposition.starts_with("attachment; filename=\"org_eu_"),
            "{disposition}"
        );
        let all: serde_json::Value = serde_json::from_str(&file.text).expect("JSON");
        assert_eq!(all["organization"]["name"], "Atelier Nord");
    }
    for (email, status) in [
        ("desk@cordage.example", 403),
        ("sales@amarre.example", 404),
        ("it@lumiere.example", 403),
    ] {
        let answer = world.signed_in(email).await.get(&path).await;
        assert!(
            [status, 404].contains(&answer.status.as_u16()),
            "{email}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn sec_1_pages_about_people_are_closed_to_other_roles() {
    let world = World::new().await;
    for (email, path, status) in [
        ("user@lumiere.example", "/team", 403),
        ("user@lumiere.example", "/record", 403),
        ("user@lumiere.example", "/control/access", 403),
        ("seller@cordage.example", "/team", 403),
        ("seller@cordage.example", "/team/invite", 403),
        ("seller@cordage.example", "/partner/handovers", 403),
        ("desk@cordage.example", "/record", 403),
        ("sales@cordage.example", "/vendor/partners", 403),
        ("sales@cordage.example", "/vendor/partners/add", 403),
        ("sales@cordage.example", "/control/access", 404),
        ("sales@cordage.example", "/control/access/move", 404),
        ("it@lumiere.example", "/partner/handovers", 404),
        ("team@vela.example", "/team", 403),
        ("team@vela.example", "/control/access", 404),
        ("it@lumiere.example", "/control/access/org_eu_nobody?to=none", 404),
        ("it@lumiere.example", "/control/access/org_eu_nobody?to=all", 404),
        ("sales@cordage.example", "/team/person_eu_nobody", 404),
        ("sales@cordage.example", "/partner/handovers/handover_eu_nobody", 404),
    ] {
        let answer = world.signed_in(email).await.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{email} {path}");
    }
}
