//! ORG-3, 5, 6, 11 through the pages: the team, the vendor's partners, moves.

use super::{
    acting::started,
    world::{Browser, World},
};
use axum::http::StatusCode;

pub(super) const SERVICES: [(&str, &str); 2] = [("services", "messaging"), ("services", "calling")];

/// The first address on a page that begins like this.
pub(super) fn link(text: &str, begins: &str) -> String {
    let text = text.replace("&#x2f;", "/");
    let mark = format!("href=\"{begins}");
    let at = text.find(&mark).unwrap_or_else(|| panic!("no {begins} in {text}")) + "href=\"".len();
    text[at..at + text[at..].find('"').expect("an end")].to_owned()
}

/// Who was invited, and came; the page of that person.
async fn invited(world: &World, browser: &mut Browser<'_>, email: &str, role: &str) -> String {
    let form = "/team/invite";
    let done = browser.submit(form, form, &[("email", email), ("roles", role)]).await;
    assert_eq!(done.location(), "/team?done=invited", "{}", done.text);
    format!("/team/{}", world.came(email).await)
}

#[tokio::test]
async fn org_3_a_person_is_invited_changed_blocked_and_removed() {
    let world = World::new().await;
    let mut browser = world.signed_in("sales@cordage.example").await;
    let form = "/team/invite";
    let wrong = browser
        .submit(form, form, &[("email", "not an address"), ("person_name", "Ada B")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "href=\"#email\"",
        "href=\"#roles\"",
        "value=\"not an address\"",
        "value=\"Ada B\"",
    ] {
        assert!(wrong.text.contains(part), "{part} in {}", wrong.text);
    }
    let page = invited(&world, &mut browser, "new@cordage.example", "help_desk").await;
    let list = browser.get("/team?q=new@").await;
    assert!(list.text.contains("new@cordage.example") && list.text.contains("Invited"));
    assert!(!list.text.contains("seller@cordage.example"), "only who was sought");
    let version = browser.get(&page).await.hidden("version");
    let fields = [("version", version.as_str()), ("roles", "sales_administrator")];
    let done = browser.submit(&page, &format!("{page}/roles"), &fields).await;
    assert_eq!(done.location(), format!("{page}?done=person-edited"));
    let stale = browser.submit(&page, &format!("{page}/roles"), &fields).await;
    assert_eq!(
        stale.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "somebody changed it meanwhile"
    );
    let blocked = browser
        .submit(&page, &format!("{page}/disabled"), &[("disabled", "yes")])
        .await;
    assert_eq!(blocked.location(), format!("{page}?done=disabled"));
    let refused = world
        .browser()
        .sign_in("new@cordage.example", super::world::PASSWORD)
        .await;
    assert_ne!(refused.status, StatusCode::SEE_OTHER, "who is blocked does not sign in");
    let allowed = browser
        .submit(&page, &format!("{page}/disabled"), &[("disabled", "no")])
        .await;
    assert_eq!(allowed.location(), format!("{page}?done=enabled"));
    let remove = format!("{page}/remove");
    let seen = browser.get(&remove).await;
    assert!(
        seen.text.contains("autofocus>Keep as it is") && seen.text.contains("At once"),
        "{}",
        seen.text
    );
    let done = browser.submit(&remove, &remove, &[]).await;
    assert_eq!(done.location(), "/team?done=person-removed");
    assert_eq!(browser.get(&page).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn org_5_the_last_full_administrator_stays_and_is_told_why() {
    let world = World::new().await;
    let mut browser = world.signed_in("it@lumiere.example").await;
    let page = link(&browser.get("/team?q=it@").await.text, "/team/person");
    let remove = browser.get(&format!("{page}/remove")).await;
    assert!(
        remove.text.contains("always keeps one full administrator"),
        "{}",
        remove.text
    );
    assert!(
        !remove.text.contains("Leave the company</button>"),
        "and cannot be tried"
    );
    let version = browser.get(&page).await.hidden("version");
    let fields = [("version", version.as_str()), ("roles", "user")];
    let refused = browser.submit(&page, &format!("{page}/roles"), &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("always keeps one full administrator"));
    assert!(refused.text.contains("value=\"user\" checked"), "the form as it was");
}

#[tokio::test]
async fn org_5_a_user_administrator_gives_nobody_more_than_using() {
    let world = World::new().await;
    let mut full = world.signed_in("it@lumiere.example").await;
    invited(&world, &mut full, "people@lumiere.example", "user_administrator").await;
    let mut browser = world.signed_in("people@lumiere.example").await;
    let form = browser.get("/team/invite").await;
    assert!(form.text.contains("value=\"user\" checked") && !form.text.contains("value=\"full_administrator\""));
    let fields = [("email", "own@lumiere.example"), ("roles", "full_administrator")];
    let forged = browser.submit("/team/invite", "/team/invite", &fields).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let admin = link(&browser.get("/team?q=it@").await.text, "/team/person");
    let seen = browser.get(&admin).await;
    assert!(
        !seen.text.contains("/roles\"") && !seen.text.contains("/remove\""),
        "nothing is offered"
    );
}

#[tokio::test]
async fn org_11_who_leaves_hands_over_the_customers() {
    let world = World::new().await;
    let mut seller = world.signed_in("seller@cordage.example").await;
    let trial = started(&mut seller, "it@atelier.example", &SERVICES).await;
    let customer = link(
        &seller.get(&format!("/partner/trials/{trial}")).await.text,
        "/partner/customers/org",
    );
    let mut browser = world.signed_in("sales@cordage.example").await;
    let page = link(&browser.get("/team?q=seller@").await.text, "/team/person");
    let own = link(&browser.get("/team?q=sales@").await.text, "/team/person");
    let remove = format!("{page}/remove");
    assert!(
        browser
            .get(&remove)
            .await
            .text
            .contains("1 customer goes to the person you choose")
    );
    let refused = browser.submit(&remove, &remove, &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("href=\"#hand_over_to\""));
    let to = own.trim_start_matches("/team/");
    let done = browser.submit(&remove, &remove, &[("hand_over_to", to)]).await;
    assert_eq!(done.location(), "/team?done=person-removed");
    let seen = browser.get(&customer).await;
    let box_of = format!("value=\"{to}\" checked");
    assert!(
        seen.text.contains(&box_of),
        "the customer is looked after: {}",
        seen.text
    );
}

#[tokio::test]
async fn org_3_a_customer_is_assigned_and_then_seen() {
    let world = World::new().await;
    let mut full = world.signed_in("sales@cordage.example").await;
    let trial = started(&mut full, "it@atelier.example", &SERVICES).await;
    let customer = link(
        &full.get(&format!("/partner/trials/{trial}")).await.text,
        "/partner/customers/org",
    );
    let mut seller = world.signed_in("seller@cordage.example").await;
    assert_eq!(seller.get(&customer).await.status, StatusCode::NOT_FOUND);
    let person = link(&full.get("/team?q=seller@").await.text, "/team/person");
    let version = full.get(&customer).await.hidden("version");
    let fields = [
        ("version", version.as_str()),
        ("assigned", person.trim_start_matches("/team/")),
    ];
    let done = full.submit(&customer, &format!("{customer}/assigned"), &fields).await;
    assert_eq!(done.location(), format!("{customer}?done=assigned"), "{}", done.text);
    let seen = seller.get(&customer).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(
        !seen.text.contains("/assigned\""),
        "assigning is for the full administrator"
    );
}

#[tokio::test]
async fn org_6_the_vendor_takes_up_partners_and_changes_them_before_and_after() {
    let world = World::new().await;
    let mut boss = world.signed_in("boss@vela.example").await;
    let add = "/vendor/partners/add";
    let wrong = boss
        .submit(add, add, &[("name", "Quai Sud"), ("tier", "2"), ("active_trials", "x")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("value=\"Quai Sud\"") && wrong.text.contains("href=\"#active_trials\""));
    let fields = [
        ("name", "Quai Sud"),
        ("region", "eu"),
        ("tier", "1"),
        ("admin_email", "boss@quai.example"),
        ("certified_until", "2027-12-31"),
    ];
    let done = boss.submit(add, add, &fields).await;
    assert_eq!(done.location(), "/vendor/partners?done=partner-added", "{}", done.text);
    let list = boss.get("/vendor/partners").await;
    assert!(
        list.text.contains("Quai Sud") && list.text.contains("until 31 Dec 2027"),
        "{}",
        list.text
    );
    let at = list.text.find(">Quai Sud<").expect("the row");
    let page = link(&list.text[at.saturating_sub(200)..], "/vendor/partners/org");
    let check = format!("{page}?check=1&tier=1&certified_until=&trials_per_month=7");
    let seen = boss.get(&check).await;
    assert!(
        seen.text.contains("Not certified") && seen.text.contains("no limit"),
        "before and after"
    );
    let version = seen.hidden("version");
    let fields = [("version", version.as_str()), ("tier", "1"), ("trials_per_month", "7")];
    let done = boss.submit(&check, &page, &fields).await;
    assert_eq!(done.location(), format!("{page}?done=edited"));
    let stale = boss.submit(&check, &page, &fields).await;
    assert_eq!(
        stale.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "somebody changed it meanwhile"
    );
    let mut team = world.signed_in("team@vela.example").await;
    let seen = team.get(&page).await;
    assert!(
        seen.text.contains("Not certified") && !seen.text.contains("name=\"check\""),
        "read only"
    );
    assert_eq!(team.get(add).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn org_6_the_vendor_confirms_domains_and_gives_the_way_back_in_with_a_reason() {
    let world = World::new().await;
    let mut sales = world.signed_in("sales@cordage.example").await;
    let settings = "/settings/single-sign-on";
    let provider = [
        ("issuer", "https://id.cordage.example"),
        ("client_id", "foretaste"),
        ("client_secret", "s3cret"),
        ("domains", "cordage.example"),
        ("passwords", "yes"),
    ];
    let done = sales.submit(settings, settings, &provider).await;
    assert_eq!(
        done.location(),
        format!("{settings}?done=single-sign-on"),
        "{}",
        done.text
    );
    let mut boss = world.signed_in("boss@vela.example").await;
    let list = boss.get("/vendor/partners").await;
    let at = list.text.find(">Cordage<").expect("the row");
    let partner = link(&list.text[at.saturating_sub(200)..], "/vendor/partners/org");
    let page = format!("{partner}/people");
    assert!(boss.get(&partner).await.text.contains("People and sign-in"));
    let seen = boss.get(&page).await;
    for part in [
        "sales@cordage.example",
        "cordage.example</label>",
        "https:&#x2f;&#x2f;id.cordage.example",
    ] {
        assert!(seen.text.contains(part), "{part} in {}", seen.text);
    }
    assert!(
        !seen.text.contains("seller@cordage.example"),
        "full administrators only"
    );
    let version = seen.hidden("version");
    let ticked = [
        ("act", "domains"),
        ("version", version.as_str()),
        ("domains", "cordage.example"),
    ];
    let done = boss.submit(&page, &page, &ticked).await;
    assert_eq!(
        done.location(),
        format!("{page}?done=domains-confirmed"),
        "{}",
        done.text
    );
    assert!(sales.get(settings).await.text.contains("Confirmed"), "they read it");
    let stale = boss.submit(&page, &page, &ticked).await;
    assert_eq!(
        stale.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "somebody changed it meanwhile"
    );

    let silent = [("act", "invite"), ("email", "new@cordage.example")];
    let refused = boss.submit(&page, &page, &silent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("href=\"#reason\"") && refused.text.contains("value=\"new@cordage.example\""));
    let told = [
        silent[0],
        silent[1],
        ("reason", "The last one left; their director called us back."),
    ];
    let done = boss.submit(&page, &page, &told).await;
    assert_eq!(done.location(), format!("{page}?done=invited"), "{}", done.text);
    assert!(boss.get(&page).await.text.contains("new@cordage.example"));
    assert!(
        sales
            .get("/record")
            .await
            .text
            .contains("their director called us back"),
        "AUD-1"
    );
    let mut team = world.signed_in("team@vela.example").await;
    assert_eq!(team.get(&page).await.status, StatusCode::FORBIDDEN);
    assert!(!team.get(&partner).await.text.contains("People and sign-in"));
}

#[tokio::test]
async fn org_11_a_customer_moves_when_both_have_agreed() {
    let world = World::new().await;
    let mut cordage = world.signed_in("sales@cordage.example").await;
    let trial = started(&mut cordage, "it@atelier.example", &SERVICES).await;
    let customer = link(
        &cordage.get(&format!("/partner/trials/{trial}")).await.text,
        "/partner/customers/org",
    );
    world.came("it@atelier.example").await;
    let mut amarre = world.signed_in("sales@amarre.example").await;
    let moves = amarre.get("/partner/handovers").await;
    let at = moves.text.find("<code>org_").expect("the own id") + "<code>".len();
    let id = moves.text[at..at + moves.text[at..].find('<').expect("an end")].to_owned();
    let mut browser = world.signed_in("it@atelier.example").await;
    let form = "/control/access/move";
    let wrong = browser
        .submit(form, form, &[("to_partner_id", "org_eu_nobody"), ("reason", "Nearer")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("href=\"#to_partner_id\"") && wrong.text.contains(">Nearer</textarea>"));
    let done = browser
        .submit(form, form, &[("to_partner_id", &id), ("reason", "Nearer")])
        .await;
    assert_eq!(done.location(), "/control/access?done=move-asked", "{}", done.text);
    let waiting = amarre.get("/partner/handovers").await;
    assert!(waiting.text.contains("Atelier Nord") && waiting.text.contains("Nearer"));
    let answer = link(&waiting.text, "/partner/handovers/handover");
    assert_eq!(
        cordage.get(&answer).await.status,
        StatusCode::FORBIDDEN,
        "the present partner has nothing to say"
    );
    let seen = amarre.get(&answer).await;
    assert!(
        seen.text.contains("1 trial and the purchases go to Amarre"),
        "{}",
        seen.text
    );
    let version = seen.hidden("version");
    let fields = [("version", version.as_str()), ("decision", "accept")];
    let done = amarre.submit(&answer, &answer, &fields).await;
    assert_eq!(done.location(), "/partner/handovers?done=move-done");
    assert_eq!(amarre.get(&customer).await.status, StatusCode::OK);
    assert_eq!(cordage.get(&customer).await.status, StatusCode::NOT_FOUND);
}
