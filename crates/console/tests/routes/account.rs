//! One's own account, doors, codes, tokens: as a browser without script meets them (SEC-2, SEC-2a).

use super::world::{Answer, Browser, PASSWORD, World};
use app::door::Purpose;
use axum::http::StatusCode;
use domain::ids::PersonId;
use std::sync::atomic::Ordering;
use store::region::outbox::Letter;
use totp_rs::{Builder, Secret, Totp};

const EMAIL: &str = "sales@cordage.example";
const NEW: &str = "seven knots  and a half ";

impl World {
    fn wait(&self, seconds: i64) {
        self.later.fetch_add(seconds, Ordering::SeqCst);
    }

    async fn person(&self, email: &str) -> PersonId {
        self.app.find_people(email).await.expect("people").remove(0).id
    }

    async fn letters(&self) -> Vec<Letter> {
        let region = self.app.stores.region("eu").expect("a region");
        let lease = jiff::SignedDuration::from_hours(10_000);
        let taken = region.claim_letters(self.app.clock.real(), lease, 100).await;
        taken.expect("letters").into_iter().map(|one| one.letter).collect()
    }

    fn door_of(&self, letter: &Letter) -> String {
        let link = letter.link.as_ref().expect("a door");
        format!("/door/eu.{}", self.app.stores.keys.link(link))
    }

    async fn invited(&self, email: &str) -> String {
        let tx = self
            .app
            .stores
            .region("eu")
            .expect("a region")
            .begin()
            .await
            .expect("a tx");
        let person = self.person(email).await;
        let posted = self.app.post_door(&tx, &person, Purpose::Invitation, None).await;
        posted.expect("posted");
        tx.commit().await.expect("written");
        self.door_of(&self.letters().await.pop().expect("a letter"))
    }
}

impl Browser<'_> {
    /// Whether somebody is signed in here.
    async fn is_in(&mut self) -> bool {
        self.get("/account").await.status == StatusCode::OK
    }

    async fn goes(&mut self, page: &str, path: &str, fields: &[(&str, &str)], to: &str) -> Answer {
        let answer = self.submit(page, path, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.text);
        assert_eq!(answer.location(), to, "{path}");
        answer
    }
}

/// What stands between two marks.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text
        .split_once(before)
        .unwrap_or_else(|| panic!("no {before} in {text}"));
    rest.split(after).next().expect("an end")
}

#[tokio::test]
async fn sec_2_a_door_is_looked_through_and_opened_once() {
    let world = World::new().await;
    let door = world.invited(EMAIL).await;
    let mut browser = world.browser();
    for _ in 0..2 {
        let page = browser.get(&door).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            page.text.contains("Cordage") && page.text.contains(EMAIL),
            "{}",
            page.text
        );
    }
    let refused = browser.submit(&door, &door, &[("password", "password1")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("password-fault") && !refused.text.contains("password1"));
    browser.goes(&door, &door, &[("password", NEW)], "/").await;
    assert!(browser.is_in().await);
    let used = world.browser().get(&door).await;
    assert_eq!(used.status, StatusCode::GONE);
    assert!(
        !used.text.contains(EMAIL) && !used.text.contains("Cordage"),
        "nothing is told any more"
    );
    let mut other = world.browser();
    assert_eq!(
        other.sign_in(EMAIL, PASSWORD).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        other.sign_in(EMAIL, NEW).await.status,
        StatusCode::SEE_OTHER,
        "white space belongs to it"
    );
    for none in ["/door/eu.x", "/door/x", "/door/us.x", "/door/%00"] {
        let answer = other.get(none).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{none}");
    }
}

#[tokio::test]
async fn sec_2_a_door_that_ran_out_sends_another_to_the_same_address() {
    let world = World::new().await;
    let door = world.invited(EMAIL).await;
    world.wait(7 * 24 * 3_600);
    let mut browser = world.browser();
    let late = browser.get(&door).await;
    assert_eq!(late.status, StatusCode::GONE);
    let again = format!("{door}/again");
    browser.goes(&door, &again, &[], "/sign-in?done=link-sent").await;
    let letters = world.letters().await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].person, world.person(EMAIL).await);
    browser.goes(&door, &again, &[], &door).await;
    assert!(world.letters().await.is_empty(), "the old door sends nothing more");
    let fresh = world.door_of(&letters[0]);
    browser.goes(&fresh, &fresh, &[("password", NEW)], "/").await;
}

#[tokio::test]
async fn sec_2_who_forgot_is_answered_alike_whoever_it_is() {
    let world = World::new().await;
    let mut answers = Vec::new();
    for email in [EMAIL, "nobody@cordage.example", "no address", ""] {
        let mut browser = world.browser();
        let answer = browser.submit("/forgot", "/forgot", &[("email", email)]).await;
        assert_eq!(answer.status, StatusCode::OK);
        let page = answer.text.split("<main").nth(1).expect("a page").to_owned();
        answers.push(page);
    }
    assert!(answers.iter().all(|page| *page == answers[0]), "{answers:?}");
    assert!(!answers[0].contains(EMAIL));
    let mut letters = Vec::new();
    for _ in 0..1_000 {
        letters.extend(world.letters().await);
        if !letters.is_empty() {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(letters.len(), 1);
    let door = world.door_of(&letters[0]);
    let mut browser = world.browser();
    browser.goes(&door, &door, &[("password", NEW)], "/").await;
}

#[tokio::test]
async fn sec_2a_another_password_signs_out_everywhere_else() {
    let world = World::new().await;
    let (mut here, mut there) = (world.signed_in(EMAIL).await, world.signed_in(EMAIL).await);
    let page = "/account/password";
    for (current, given, at) in [("wrong", NEW, "current-fault"), (PASSWORD, "short", "password-fault")] {
        let refused = here
            .submit(page, page, &[("current", current), ("password", given)])
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains(at), "{}", refused.text);
    }
    assert!(there.is_in().await);
    let fields = [("current", PASSWORD), ("password", NEW)];
    here.goes(page, page, &fields, "/account?done=password-changed").await;
    assert!(here.is_in().await && !there.is_in().await);
}

#[tokio::test]
async fn sec_2_sessions_are_seen_and_ended() {
    let world = World::new().await;
    let (mut here, mut there) = (world.signed_in(EMAIL).await, world.signed_in(EMAIL).await);
    let page = here.get("/account").await.text;
    let id = between(&page, "name=\"id\" value=\"", "\"").to_owned();
    here.goes(
        "/account",
        "/account/sessions",
        &[("id", &id)],
        "/account?done=session-ended",
    )
    .await;
    assert!(here.is_in().await && !there.is_in().await);
    let mut third = world.signed_in(EMAIL).await;
    let others = [("which", "others")];
    here.goes(
        "/account",
        "/account/sessions",
        &others,
        "/account?done=signed-out-others",
    )
    .await;
    assert!(here.is_in().await && !third.is_in().await);
    let foreign = world.signed_in("sales@amarre.example").await.get("/account").await.text;
    assert!(!foreign.contains(&id));
    world.wait(10 * 60);
    let all = [("which", "all")];
    here.goes("/account", "/account/sessions", &all, "/prove?back=%2Faccount")
        .await;
    let proof = [("password", PASSWORD), ("back", "/account")];
    here.goes("/prove", "/prove", &proof, "/account").await;
    here.goes(
        "/account",
        "/account/sessions",
        &[("which", "all")],
        "/sign-in?done=signed-out",
    )
    .await;
    assert!(!here.is_in().await);
}

fn device(page: &str) -> Totp {
    let key = between(page, "<code>", "</code>").replace(' ', "");
    let secret = Secret::try_from_base32(key).expect("a key");
    Builder::new().with_secret(secret).build().expect("a device")
}

fn shows(world: &World, device: &Totp) -> String {
    let now = u64::try_from(world.app.clock.real().as_second()).expect("an instant");
    device.generate(now).to_string()
}

#[tokio::test]
async fn sec_2_a_code_is_set_up_and_asked_from_then_on() {
    let world = World::new().await;
    let mut browser = world.signed_in(EMAIL).await;
    let page = browser.get("/account/code").await.text;
    assert!(page.contains("src=\"data:image"), "{page}");
    let device = device(&page);
    let wrong = browser
        .submit("/account/code", "/account/code", &[("code", "000000")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = shows(&world, &device);
    let shown = browser
        .submit("/account/code", "/account/code", &[("code", &right)])
        .await;
    assert_eq!(shown.status, StatusCode::OK);
    assert_eq!(shown.text.matches("<li><code>").count(), 10, "{}", shown.text);
    let spare = between(&shown.text, "<li><code>", "</code>").to_owned();

    let mut other = world.browser();
    let asked = other.sign_in(EMAIL, PASSWORD).await;
    assert_eq!(asked.location(), "/sign-in/code?back=%2F");
    assert!(!other.is_in().await, "half a sign-in opens nothing");
    let replayed = other
        .submit("/sign-in/code", "/sign-in/code", &[("code", &right)])
        .await;
    assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY);
    world.wait(30);
    let next = shows(&world, &device);
    let fields = [("code", next.as_str()), ("back", "/account")];
    other.goes("/sign-in/code", "/sign-in/code", &fields, "/account").await;
    assert!(other.is_in().await && !other.cookies.contains_key("foretaste-half"));

    let mut third = world.browser();
    third.sign_in(EMAIL, PASSWORD).await;
    third
        .goes("/sign-in/code", "/sign-in/code", &[("code", &spare)], "/")
        .await;
    third
        .goes(
            "/account/code",
            "/account/code",
            &[("do", "remove")],
            "/account?done=code-removed",
        )
        .await;
    world.signed_in(EMAIL).await;
}

#[tokio::test]
async fn sec_2_a_code_alone_or_of_another_browser_opens_nothing() {
    let world = World::new().await;
    let mut browser = world.browser();
    let answer = browser.get("/sign-in/code?back=%2Faccount").await;
    assert_eq!(answer.location(), "/sign-in?back=%2Faccount");
    browser.cookies.insert("foretaste-half".to_owned(), "eu.x".to_owned());
    let token = browser.get("/sign-in").await.hidden("csrf");
    let body = format!("csrf={token}&code=000000&back=%2F");
    let answer = browser.post_from("http://localhost:8080", "/sign-in/code", body).await;
    assert_eq!(answer.location(), "/sign-in?back=%2F");
}

#[tokio::test]
async fn sec_2_weight_asks_who_one_is_and_comes_back() {
    let world = World::new().await;
    let mut browser = world.signed_in(EMAIL).await;
    world.wait(10 * 60);
    for page in [
        "/account/code",
        "/account/tokens",
        "/team/person_eu_1/remove",
        "/partner/handovers/handover_eu_1",
        "/control/access/org_eu_1",
    ] {
        let asked = browser.get(page).await;
        assert_eq!(asked.location(), format!("/prove?back={}", page.replace('/', "%2F")));
    }
    let wrong = browser.submit("/prove", "/prove", &[("password", "wrong")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let before = browser.cookies["foretaste"].clone();
    let fields = [("password", PASSWORD), ("back", "/account/tokens")];
    browser.goes("/prove", "/prove", &fields, "/account/tokens").await;
    assert_ne!(browser.cookies["foretaste"], before, "under another secret");
    assert_eq!(browser.get("/account/tokens").await.status, StatusCode::OK);
    browser.cookies.insert("foretaste".to_owned(), before);
    assert!(!browser.is_in().await, "and the one before is none any more");
    let mut other = world.signed_in(EMAIL).await;
    let again = [("back", "//evil.example")];
    other.goes("/prove", "/prove/again", &again, "/sign-in?back=%2F").await;
    assert!(!other.is_in().await);
}

#[tokio::test]
async fn sec_2_a_token_is_shown_once_and_ended() {
    let world = World::new().await;
    let mut browser = world.signed_in(EMAIL).await;
    let page = "/account/tokens";
    let wrong = browser.submit(page, page, &[("label", ""), ("days", "400")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for at in ["label-fault", "scopes-fault", "days-fault"] {
        assert!(wrong.text.contains(at), "{at}: {}", wrong.text);
    }
    let fields = [("label", "<b>build</b>"), ("scopes", "read"), ("days", "7")];
    let made = browser.submit(page, page, &fields).await;
    assert_eq!(made.status, StatusCode::OK);
    let token = between(&made.text, "id=\"token\" value=\"", "\"").to_owned();
    let (person, _, scopes) = world.app.authenticate(&token).await.expect("in force");
    assert_eq!((person.email.as_str(), scopes.names()), (EMAIL, vec!["read"]));
    let listed = browser.get("/account").await.text;
    assert!(listed.contains("build") && !listed.contains("<b>build") && !listed.contains(&token));
    let tokens = listed.split("/account/tokens/end").nth(1).expect("a form");
    let id = between(tokens, "name=\"id\" value=\"", "\"").to_owned();
    let mut other = world.signed_in("sales@amarre.example").await;
    let foreign = other.submit("/account", "/account/tokens/end", &[("id", &id)]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let ended = "/account?done=token-ended";
    browser
        .goes("/account", "/account/tokens/end", &[("id", &id)], ended)
        .await;
    assert!(world.app.authenticate(&token).await.is_err());
}

#[tokio::test]
async fn ux_2_name_language_zone_and_theme_are_kept_with_the_person() {
    let world = World::new().await;
    let mut browser = world.signed_in(EMAIL).await;
    let wrong = [
        ("own_name", ""),
        ("language", "xx"),
        ("time_zone", "Nowhere"),
        ("theme", "pink"),
    ];
    let refused = browser.submit("/account", "/account", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for at in ["own_name-fault", "language-fault", "time_zone-fault", "theme-fault"] {
        assert!(refused.text.contains(at), "{at}: {}", refused.text);
    }
    let fields = [
        ("own_name", "Ada King"),
        ("language", "fr"),
        ("time_zone", "Asia/Taipei"),
        ("theme", "dark"),
    ];
    browser
        .goes("/account", "/account", &fields, "/account?done=account-saved")
        .await;
    let kept = world.app.find_people(EMAIL).await.expect("people").remove(0);
    let told = [&kept.name, &kept.language, &kept.zone, &kept.theme];
    assert_eq!(told, ["Ada King", "fr", "Asia/Taipei", "dark"]);
    for mut anywhere in [browser, world.signed_in(EMAIL).await] {
        let page = anywhere.get("/account").await.text;
        assert!(page.contains("<html lang=\"fr\" data-theme=\"dark\">"), "{page}");
        assert!(page.contains("Ada King"));
    }
}

#[tokio::test]
async fn sec_2_a_session_planted_before_signing_in_is_none_after_it() {
    let world = World::new().await;
    let mut attacker = world.signed_in("both@cordage.example").await;
    let planted = attacker.cookies["foretaste"].clone();
    let mut browser = world.browser();
    browser.cookies.insert("foretaste".to_owned(), planted.clone());
    let door = world.invited(EMAIL).await;
    browser.goes(&door, &door, &[("password", NEW)], "/").await;
    assert_ne!(browser.cookies["foretaste"], planted);
    assert!(!attacker.is_in().await, "what was planted ended, and is nobody's");
    let invented = "eu.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let mut victim = world.browser();
    victim.cookies.insert("foretaste".to_owned(), invented.to_owned());
    victim.sign_in(EMAIL, NEW).await;
    assert_ne!(victim.cookies["foretaste"], invented);
    let mut other = world.browser();
    other.cookies.insert("foretaste".to_owned(), invented.to_owned());
    assert!(!other.is_in().await);
}
