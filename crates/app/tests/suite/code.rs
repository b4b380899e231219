//! One-time codes and recovery codes (SEC-2).

use crate::support::{PASSWORD, World, code, world};
use app::session::Entrance;
use domain::{ids::PersonId, person::Role, refusal::Code};
use totp_rs::{Builder, Secret};

const EMAIL: &str = "kim@aube.example";

/// Somebody's device.
struct Device(totp_rs::Totp);

impl Device {
    /// Knows what was typed into it.
    fn new(key: &str) -> Self {
        let secret = Secret::try_from_base32(key.replace(' ', "")).unwrap();
        Self(Builder::new().with_secret(secret).build().unwrap())
    }

    /// What it shows, so many steps from now.
    fn shows(&self, world: &World, steps: i64) -> String {
        let now = world.app.clock.real().as_second() + 30 * steps;
        self.0.generate(u64::try_from(now).unwrap()).to_string()
    }
}

impl World {
    async fn with_codes(&self) -> (PersonId, String, Device, Vec<String>) {
        let id = self.colleague(EMAIL, Role::HelpDesk).await;
        let session = self.enters(EMAIL).await;
        let set_up = self.app.set_up_code(&session, "Vela").await.unwrap();
        let device = Device::new(&set_up.key);
        let spare = self.app.confirm_code(&session, &device.shows(self, 0)).await.unwrap();
        self.pass_seconds(30);
        (id, session, device, spare)
    }

    async fn half(&self) -> String {
        match self.app.sign_in(EMAIL, PASSWORD, None).await.unwrap() {
            Entrance::Code(half) => half,
            Entrance::In(_) => panic!("no code was asked"),
        }
    }
}

#[tokio::test]
async fn sec_2_codes_are_asked_once_a_code_has_proven_the_device() {
    let world = world().await;
    let app = &world.app;
    let id = world.colleague(EMAIL, Role::HelpDesk).await;
    let (here, there) = (world.enters(EMAIL).await, world.enters(EMAIL).await);
    let set_up = app.set_up_code(&here, "Vela: Trials").await.unwrap();
    assert!(set_up.picture.starts_with("data:image/svg+xml;base64,"));
    assert_eq!(
        app.set_up_code(&here, "Vela").await.unwrap().key,
        set_up.key,
        "the same until it is confirmed"
    );
    assert!(!app.has_codes(&id).await.unwrap());
    world.enters(EMAIL).await;
    assert_eq!(code(app.confirm_code(&here, "000000").await), Code::WrongCode);
    let device = Device::new(&set_up.key);
    let spare = app.confirm_code(&here, &device.shows(&world, 0)).await.unwrap();
    assert_eq!(spare.len(), 10);
    assert_eq!(app.recovery_codes_left(&id).await.unwrap(), 10);
    assert!(app.has_codes(&id).await.unwrap());
    assert!(app.actor_of_session(&here).await.unwrap().is_some());
    assert!(
        app.actor_of_session(&there).await.unwrap().is_none(),
        "SEC-2a: sessions elsewhere end"
    );
    assert_eq!(code(app.set_up_code(&here, "Vela").await), Code::AlreadyDecided);
    world.half().await;
}

#[tokio::test]
async fn sec_2_a_code_is_accepted_once_and_a_step_to_either_side() {
    let world = world().await;
    let app = &world.app;
    let (_, _, device, _) = world.with_codes().await;
    let half = world.half().await;
    assert!(
        app.actor_of_session(&half).await.unwrap().is_none(),
        "half a sign-in is none"
    );
    let now = device.shows(&world, 0);
    assert!(app.owes_code(&half).await.unwrap());
    let signed_in = app
        .sign_in_code(&half, &format!(" {} {}", &now[..3], &now[3..]), None)
        .await;
    let secret = signed_in.unwrap().secret;
    let how = app
        .sessions(&world.who(EMAIL).await.person.id, Some(&secret))
        .await
        .unwrap();
    assert!(how.iter().any(|one| one.current && one.how == "password_and_code"));
    assert!(!app.owes_code(&half).await.unwrap());
    assert_eq!(
        code(app.sign_in_code(&half, &now, None).await),
        Code::Unauthorized,
        "it was taken"
    );

    let half = world.half().await;
    assert_eq!(
        code(app.sign_in_code(&half, &now, None).await),
        Code::WrongCode,
        "replayed"
    );
    for (steps, code_of) in [(-2, false), (2, false), (-1, false), (1, true)] {
        let answer = app.sign_in_code(&half, &device.shows(&world, steps), None).await;
        assert_eq!(
            answer.is_ok(),
            code_of,
            "{steps}: one that is before the last one is none, either"
        );
    }
    world.pass_seconds(120);
    let half = world.half().await;
    let late = device.shows(&world, -1);
    assert!(app.sign_in_code(&half, &late, None).await.is_ok());
}

#[tokio::test]
async fn sec_2_half_a_sign_in_ends_after_ten_minutes() {
    let world = world().await;
    let (_, _, device, _) = world.with_codes().await;
    let half = world.half().await;
    world.pass_seconds(10 * 60);
    assert!(!world.app.owes_code(&half).await.unwrap());
    let late = world.app.sign_in_code(&half, &device.shows(&world, 0), None).await;
    assert_eq!(code(late), Code::Unauthorized);
    for none in ["", "eu", "eu.", "us.x", "eu.x"] {
        assert_eq!(
            code(world.app.sign_in_code(none, "000000", None).await),
            Code::Unauthorized,
            "{none}"
        );
    }
}

#[tokio::test]
async fn sec_2_a_recovery_code_stands_in_once() {
    let world = world().await;
    let app = &world.app;
    let (id, _, _, spare) = world.with_codes().await;
    let typed = format!("{}-{}", &spare[3][..4].to_uppercase(), &spare[3][4..]);
    let half = world.half().await;
    assert!(app.sign_in_code(&half, &typed, None).await.is_ok());
    assert_eq!(app.recovery_codes_left(&id).await.unwrap(), 9);
    let half = world.half().await;
    assert_eq!(code(app.sign_in_code(&half, &typed, None).await), Code::WrongCode);
    let signed_in = app.sign_in_code(&half, &spare[0], None).await.unwrap();
    let fresh = app.renew_recovery_codes(&signed_in.secret).await.unwrap();
    let half = world.half().await;
    assert_eq!(
        code(app.sign_in_code(&half, &spare[1], None).await),
        Code::WrongCode,
        "replaced"
    );
    assert!(app.sign_in_code(&half, &fresh[1], None).await.is_ok());
}

#[tokio::test]
async fn sec_2a_codes_wait_as_passwords_do_over_all_servers() {
    let world = world().await;
    let other = world.another().await;
    let (_, session, device, _) = world.with_codes().await;
    let half = world.half().await;
    for number in 0..10 {
        let server = if number % 2 == 0 { &world.app } else { &other };
        assert_eq!(code(server.sign_in_code(&half, "000000", None).await), Code::WrongCode);
    }
    for server in [&world.app, &other] {
        let right = server.sign_in_code(&half, &device.shows(&world, 0), None).await;
        assert_eq!(code(right), Code::TooManyRequests);
        let proof = server.prove(&session, PASSWORD, &device.shows(&world, 0)).await;
        assert_eq!(
            code(proof),
            Code::TooManyRequests,
            "the same row for every way of guessing"
        );
    }
    world.pass_seconds(2);
    assert!(other.sign_in_code(&half, &device.shows(&world, 0), None).await.is_ok());
}

#[tokio::test]
async fn sec_2_codes_are_taken_away_by_whoever_has_just_proven_who_he_is() {
    let world = world().await;
    let app = &world.app;
    let (id, session, device, spare) = world.with_codes().await;
    world.pass_seconds(10 * 60);
    assert_eq!(code(app.remove_code(&session).await), Code::Unauthorized);
    assert_eq!(code(app.renew_recovery_codes(&session).await), Code::Unauthorized);
    assert_eq!(code(app.prove(&session, PASSWORD, "").await), Code::WrongCode);
    let proven = app
        .prove(&session, PASSWORD, &device.shows(&world, 0))
        .await
        .unwrap()
        .secret;
    app.remove_code(&proven).await.unwrap();
    assert!(!app.has_codes(&id).await.unwrap());
    world.enters(EMAIL).await;
    assert_eq!(app.recovery_codes_left(&id).await.unwrap(), 0, "{spare:?}");
}

#[tokio::test]
async fn sec_2_who_owes_a_code_changes_the_password_with_it() {
    let world = world().await;
    let app = &world.app;
    let (_, session, device, _) = world.with_codes().await;
    world.pass_seconds(10 * 60);
    let new = "seven knots and a half";
    assert_eq!(
        code(app.change_password(&session, PASSWORD, new).await),
        Code::Unauthorized
    );
    let proven = app
        .prove(&session, PASSWORD, &device.shows(&world, 0))
        .await
        .unwrap()
        .secret;
    app.change_password(&proven, PASSWORD, new).await.unwrap();
    assert!(matches!(app.sign_in(EMAIL, new, None).await, Ok(Entrance::Code(_))));
}

#[tokio::test]
async fn sec_2_an_operator_lets_somebody_in_whose_device_is_lost_and_it_is_recorded() {
    let world = world().await;
    let app = &world.app;
    let (id, session, _, spare) = world.with_codes().await;
    let kim = world.who(EMAIL).await;
    let region = app.stores.region("eu").unwrap();
    let before = region.read().record_length(kim.org()).await.unwrap();
    let half = world.half().await;
    assert!(app.forget_code(&id).await.unwrap());
    assert!(!app.forget_code(&id).await.unwrap(), "there are none any more");
    assert_eq!(
        region.read().record_length(kim.org()).await.unwrap(),
        before + 1,
        "AUD-1"
    );
    assert!(app.actor_of_session(&session).await.unwrap().is_none());
    world.enters(EMAIL).await;
    assert_eq!(app.recovery_codes_left(&id).await.unwrap(), 0, "{spare:?}");
    assert!(
        app.sign_in_code(&half, "", None).await.is_ok(),
        "the password was right, and no code is owed"
    );
    assert!(app.verify().await.unwrap().flaws.is_empty());
    let nobody = PersonId("person_eu_nobody".to_owned());
    assert_eq!(code(app.forget_code(&nobody).await), Code::NotFound);
}

#[tokio::test]
async fn sec_2_an_email_alone_is_not_enough_where_codes_are_in_use() {
    let world = world().await;
    let app = &world.app;
    let (_, _, device, _) = world.with_codes().await;
    app.forgot(EMAIL).await.unwrap();
    let door = world.door_of(&world.letters().await[0]);
    let entered = app
        .open_door(&door, None, "seven knots and a half", None)
        .await
        .unwrap();
    let Entrance::Code(half) = entered else {
        panic!("the code is still owed");
    };
    assert!(app.sign_in_code(&half, &device.shows(&world, 0), None).await.is_ok());
}
