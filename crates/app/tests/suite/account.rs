//! Passwords, sessions and people who may not sign in any more (SEC-2, SEC-2a), over two servers on one store.

use crate::support::{PASSWORD, World, code, world};
use app::{Error, session::Entrance};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::{ids::PersonId, person::Role, refusal::Code};
use jiff::Timestamp;

const NEW: &str = "seven knots and a half";

impl World {
    async fn has_session(&self, secret: &str) -> bool {
        self.app.actor_of_session(secret).await.unwrap().is_some()
    }

    /// Kim is known at Aube and at Lumen, with one password.
    async fn twice(&self) -> [PersonId; 2] {
        let aube = self.colleague("kim@aube.example", Role::HelpDesk).await;
        let boss = self.who("boss@lumen.example").await;
        let person = app::found::NewPerson {
            email: "kim@aube.example".to_owned(),
            name: "Kim".to_owned(),
            language: "en".to_owned(),
            zone: "Europe/Paris".to_owned(),
            roles: vec![Role::User],
            licenses: Vec::new(),
        };
        let lumen = self.app.add_person(boss.org(), &person).await.unwrap();
        self.app.set_password(&lumen, PASSWORD).await.unwrap();
        [aube, lumen]
    }
}

#[tokio::test]
async fn sec_2a_who_is_disabled_is_out_with_the_next_request_on_every_server() {
    let world = world().await;
    let other = world.another().await;
    let id = world.colleague("kim@aube.example", Role::HelpDesk).await;
    let session = world.enters("kim@aube.example").await;
    let token = world.app.issue_token(&id, "build", None).await.unwrap();
    assert!(other.actor_of_session(&session).await.unwrap().is_some());
    assert!(other.authenticate(&token).await.is_ok());
    world
        .change(&id, |person| person.disabled_at = Some(Timestamp::UNIX_EPOCH))
        .await;
    for server in [&world.app, &other] {
        assert!(server.actor_of_session(&session).await.unwrap().is_none());
        assert_eq!(code(server.authenticate(&token).await), Code::Unauthorized);
        let again = server.sign_in("kim@aube.example", PASSWORD, None).await;
        assert_eq!(code(again), Code::Unauthorized);
    }
    world.change(&id, |person| person.disabled_at = None).await;
    assert!(other.authenticate(&token).await.is_ok(), "it was not ended by that");
}

#[tokio::test]
async fn sec_2_a_service_account_has_tokens_and_cannot_sign_in() {
    let world = world().await;
    let id = world.colleague("robot@aube.example", Role::HelpDesk).await;
    let session = world.enters("robot@aube.example").await;
    world.change(&id, |person| person.service = true).await;
    let token = world.app.issue_token(&id, "build", None).await.unwrap();
    assert!(world.app.authenticate(&token).await.is_ok());
    assert!(!world.has_session(&session).await);
    let refused = world.app.sign_in("robot@aube.example", PASSWORD, None).await;
    assert_eq!(code(refused), Code::Unauthorized);
}

#[tokio::test]
async fn sec_2a_another_password_ends_all_sessions_and_this_browser_goes_on() {
    let world = world().await;
    let app = &world.app;
    let id = world.colleague("kim@aube.example", Role::HelpDesk).await;
    let (here, there) = (
        world.enters("kim@aube.example").await,
        world.enters("kim@aube.example").await,
    );
    let token = app.issue_token(&id, "build", None).await.unwrap();
    assert_eq!(
        code(app.change_password(&here, "wrong", NEW).await),
        Code::WrongPassword
    );
    assert_eq!(
        code(app.change_password(&here, PASSWORD, "12345678").await),
        Code::Breached
    );
    assert!(world.has_session(&here).await && world.has_session(&there).await);
    let next = app.change_password(&here, PASSWORD, NEW).await.unwrap().secret;
    assert!(!world.has_session(&here).await && !world.has_session(&there).await);
    assert!(world.has_session(&next).await);
    assert!(app.authenticate(&token).await.is_ok());
    assert_eq!(
        code(app.sign_in("kim@aube.example", PASSWORD, None).await),
        Code::Unauthorized
    );
    assert!(app.sign_in("kim@aube.example", NEW, None).await.is_ok());
}

#[tokio::test]
async fn sec_2a_what_ends_all_sessions_ends_the_way_in_through_another_company() {
    let world = world().await;
    let app = &world.app;
    let [aube, lumen] = world.twice().await;
    let session = world.enters("kim@aube.example").await;
    let first = app.change_company(&session, &aube).await.unwrap().secret;
    world.pass_seconds(60);
    app.set_password(&lumen, NEW).await.unwrap();
    assert_eq!(code(app.change_company(&first, &lumen).await), Code::Unauthorized);
    assert!(world.has_session(&first).await, "Aube is another account");
}

#[tokio::test]
async fn sec_2a_changing_the_company_makes_no_session_last_longer() {
    let world = world().await;
    let [aube, lumen] = world.twice().await;
    let mut session = world.enters("kim@aube.example").await;
    for hour in 0..24 {
        world.pass_seconds(29 * 60);
        let to = if hour % 2 == 0 { &lumen } else { &aube };
        session = world.app.change_company(&session, to).await.unwrap().secret;
    }
    world.pass_seconds(25 * 60);
    assert!(!world.has_session(&session).await, "twelve hours are over");
}

#[tokio::test]
async fn sec_2_sessions_are_listed_and_ended_here_and_everywhere() {
    let world = world().await;
    let app = &world.app;
    let id = world.colleague("kim@aube.example", Role::HelpDesk).await;
    let agent = Some("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0");
    let Entrance::In(here) = app.sign_in("kim@aube.example", PASSWORD, agent).await.unwrap() else {
        panic!("no code is owed");
    };
    world.pass_seconds(1);
    let there = world.enters("kim@aube.example").await;
    let listed = app.sessions(&id, Some(&here.secret)).await.unwrap();
    let told: Vec<_> = listed
        .iter()
        .map(|one| (one.browser.as_str(), one.platform.as_str(), one.current))
        .collect();
    assert_eq!(told, [("", "", false), ("Firefox", "Linux", true)]);
    assert!(listed.iter().all(|one| one.how == "password"));
    assert!(
        !listed
            .iter()
            .any(|one| here.secret.contains(&one.id) || there.contains(&one.id))
    );
    let anna = world.who("anna@aube.example").await;
    assert_eq!(code(app.end_session(anna.id(), &listed[0].id).await), Code::NotFound);
    app.end_session(&id, &listed[0].id).await.unwrap();
    assert!(!world.has_session(&there).await && world.has_session(&here.secret).await);

    let third = world.enters("kim@aube.example").await;
    assert_eq!(app.sign_out_everywhere(&id, Some(&here.secret)).await.unwrap(), 1);
    assert!(!world.has_session(&third).await && world.has_session(&here.secret).await);
    assert_eq!(app.sign_out_everywhere(&id, None).await.unwrap(), 1);
    assert!(!world.has_session(&here.secret).await);
    world.enters("kim@aube.example").await;
    world.pass(1);
    assert!(
        app.sessions(&id, None).await.unwrap().is_empty(),
        "those that are over are not listed"
    );
}

#[tokio::test]
async fn sec_2_weight_asks_who_one_is_after_ten_minutes() {
    let world = world().await;
    let app = &world.app;
    world.colleague("kim@aube.example", Role::HelpDesk).await;
    let session = world.enters("kim@aube.example").await;
    assert!(!app.needs_proof(&session).await.unwrap());
    world.pass_seconds(10 * 60);
    assert!(app.needs_proof(&session).await.unwrap());
    assert_eq!(code(app.set_up_code(&session, "Vela").await), Code::Unauthorized);
    assert_eq!(code(app.prove(&session, "wrong", "").await), Code::WrongPassword);
    let proven = app.prove(&session, PASSWORD, "").await.unwrap().secret;
    assert!(!app.needs_proof(&proven).await.unwrap());
    assert!(!world.has_session(&session).await, "it goes on under another secret");
    assert_eq!(code(app.prove(&session, PASSWORD, "").await), Code::Unauthorized);
}

#[tokio::test]
async fn sec_2a_attempts_are_counted_over_all_servers_and_for_nobody_alike() {
    let world = world().await;
    let other = world.another().await;
    world.colleague("kim@aube.example", Role::HelpDesk).await;
    let session = world.enters("kim@aube.example").await;
    for email in ["kim@aube.example", "nobody@aube.example"] {
        for number in 0..10 {
            let server = if number % 2 == 0 { &world.app } else { &other };
            assert_eq!(
                code(server.sign_in(email, "wrong", None).await),
                Code::Unauthorized,
                "{email}"
            );
        }
        for server in [&world.app, &other] {
            let Err(Error::Refused(refusal)) = server.sign_in(email, PASSWORD, None).await else {
                panic!("{email} has to wait");
            };
            assert_eq!(
                (refusal.code, refusal.extra["retry_after"].as_i64()),
                (Code::TooManyRequests, Some(1))
            );
        }
    }
    let proof = other.prove(&session, PASSWORD, "").await;
    assert_eq!(
        code(proof),
        Code::TooManyRequests,
        "the same row for every way of guessing"
    );
    world.pass_seconds(2);
    assert!(other.sign_in("kim@aube.example", PASSWORD, None).await.is_ok());
    assert!(world.has_session(&session).await, "nobody is locked out of what he has");
}

#[tokio::test]
async fn sec_2_a_password_is_hashed_anew_with_todays_means() {
    let world = world().await;
    let id = world.colleague("kim@aube.example", Role::HelpDesk).await;
    let params = Params::new(64, 1, 1, Some(32)).unwrap();
    let mut hash = [0; 32];
    let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    weak.hash_password_into(PASSWORD.as_bytes(), &[7; 16], &mut hash)
        .unwrap();
    let encoded = |octets: &[u8]| data_encoding::BASE64_NOPAD.encode(octets);
    let old = format!("$argon2id$v=19$m=64,t=1,p=1${}${}", encoded(&[7; 16]), encoded(&hash));
    let region = world.app.stores.region("eu").unwrap();
    let tx = region.begin().await.unwrap();
    tx.put_credential(&id, &old, Timestamp::UNIX_EPOCH).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        code(world.app.sign_in("kim@aube.example", "wrong", None).await),
        Code::Unauthorized
    );
    let kept = async || {
        region
            .read()
            .credentials(std::slice::from_ref(&id))
            .await
            .unwrap()
            .remove(0)
            .1
    };
    assert_eq!(kept().await, old, "a wrong password changes nothing");
    world.enters("kim@aube.example").await;
    assert!(
        kept().await.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{}",
        kept().await
    );
    world.enters("kim@aube.example").await;
}

#[tokio::test]
async fn aud_1_what_one_does_about_the_own_account_is_recorded_and_the_record_holds() {
    let world = world().await;
    let app = &world.app;
    let id = world.colleague("kim@aube.example", Role::HelpDesk).await;
    let kim = world.who("kim@aube.example").await;
    let region = app.stores.region("eu").unwrap();
    let recorded = async || region.read().record_length(kim.org()).await.unwrap();
    let before = recorded().await;
    let session = world.enters("kim@aube.example").await;
    assert_eq!(recorded().await, before);
    app.change_password(&session, PASSWORD, NEW).await.unwrap();
    assert_eq!(recorded().await, before + 1);
    app.forgot("kim@aube.example").await.unwrap();
    let door = world.door_of(&world.letters().await[0]);
    app.open_door(&door, None, PASSWORD, None).await.unwrap();
    assert_eq!(recorded().await, before + 2);
    let guard = app::Guard::default();
    app.sign_out_for(&kim, &id, &guard).await.unwrap();
    assert_eq!(recorded().await, before + 3);
    let flaws = app.verify().await.unwrap().flaws;
    assert!(flaws.is_empty(), "{flaws:?}");
}
