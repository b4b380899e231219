//! Doors: links by email that open an account (SEC-2, START-11).

use crate::support::{PASSWORD, World, asks, code, world};
use app::{
    Guard,
    door::{Behind, Purpose},
    session::Entrance,
};
use domain::{
    ids::PersonId,
    notify::{Audience, MessageKind},
    person::Role,
    refusal::Code,
};
use jiff::SignedDuration;

const NEW: &str = "seven knots and a half";

impl World {
    async fn invited(&self, email: &str) -> (PersonId, String) {
        let anna = self.who("anna@aube.example").await;
        let id = self.colleague(email, Role::HelpDesk).await;
        self.post(&id, Purpose::Invitation, Some(anna.id().clone())).await;
        let letter = self.letters().await.pop().expect("a letter");
        (id, self.door_of(&letter))
    }

    async fn post(&self, id: &PersonId, purpose: Purpose, actor: Option<PersonId>) {
        let tx = self.app.stores.region("eu").unwrap().begin().await.unwrap();
        self.app.post_door(&tx, id, purpose, actor).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn sec_2_an_invitation_opens_an_account_once() {
    let world = world().await;
    let app = &world.app;
    let (id, door) = world.invited("kim@aube.example").await;
    world.change(&id, |person| person.name = String::new()).await;
    let before = world.enters("kim@aube.example").await;
    for _ in 0..3 {
        let Behind::Account(account) = app.door(&door).await.unwrap() else {
            panic!("looking changes nothing");
        };
        assert_eq!((account.purpose, &account.person.id), (Purpose::Invitation, &id));
        assert_eq!(account.organization.name, "Aube");
    }
    for (password, refused) in [
        ("", Code::Required),
        ("short", Code::TooShort),
        ("password1", Code::Breached),
        ("kim@aube.example", Code::Breached),
    ] {
        let answer = app.open_door(&door, Some("Kim"), password, None).await;
        assert_eq!(code(answer), refused, "{password}");
    }
    let Entrance::In(signed_in) = app.open_door(&door, Some("Kim Li"), NEW, None).await.unwrap() else {
        panic!("no code is owed");
    };
    assert_eq!(signed_in.person.name, "Kim Li");
    assert!(app.actor_of_session(&signed_in.secret).await.unwrap().is_some());
    assert!(
        app.actor_of_session(&before).await.unwrap().is_none(),
        "SEC-2a: older sessions end"
    );
    assert_eq!(
        code(app.sign_in("kim@aube.example", PASSWORD, None).await),
        Code::Unauthorized
    );
    assert!(app.sign_in("kim@aube.example", NEW, None).await.is_ok());
    assert!(matches!(app.door(&door).await.unwrap(), Behind::Used));
    assert_eq!(code(app.open_door(&door, None, NEW, None).await), Code::LinkSuperseded);
    assert_eq!(code(app.renew_door(&door).await), Code::LinkSuperseded);
}

#[tokio::test]
async fn sec_2_a_letter_names_its_person_its_inviter_and_its_end() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let id = world.colleague("kim@aube.example", Role::HelpDesk).await;
    world.post(&id, Purpose::Invitation, Some(anna.id().clone())).await;
    world.post(&id, Purpose::Reset, None).await;
    let letters = world.letters().await;
    let told: Vec<_> = letters.iter().map(|letter| (letter.kind, letter.audience)).collect();
    assert_eq!(
        told,
        [
            (MessageKind::Invitation, Audience::Person),
            (MessageKind::PasswordReset, Audience::Person)
        ]
    );
    assert!(letters.iter().all(|letter| letter.person == id));
    assert_eq!(letters[0].facts.actor.as_ref(), Some(anna.id()));
    let now = world.app.clock.now();
    let ends = |hours| now.checked_add(SignedDuration::from_hours(hours)).ok();
    let deadlines = [letters[0].facts.deadline, letters[1].facts.deadline];
    assert_eq!(deadlines, [ends(7 * 24), ends(1)]);
}

#[tokio::test]
async fn sec_2_a_door_runs_out_and_another_is_sent_to_the_same_address() {
    let world = world().await;
    let (_, door) = world.invited("kim@aube.example").await;
    world.pass(7 * 24 - 1);
    assert!(matches!(world.app.door(&door).await.unwrap(), Behind::Account(_)));
    world.pass(1);
    assert!(matches!(world.app.door(&door).await.unwrap(), Behind::Expired));
    assert_eq!(
        code(world.app.open_door(&door, None, NEW, None).await),
        Code::LinkSuperseded
    );
    world.app.renew_door(&door).await.unwrap();
    let letters = world.letters().await;
    assert_eq!(letters.len(), 1);
    let fresh = world.door_of(&letters[0]);
    assert!(matches!(world.app.door(&door).await.unwrap(), Behind::Superseded));
    assert!(world.app.open_door(&fresh, None, NEW, None).await.is_ok());
}

#[tokio::test]
async fn sec_2_what_is_no_door_tells_nothing() {
    let world = world().await;
    let (id, door) = world.invited("kim@aube.example").await;
    let flipped = format!("{}x", &door[..door.len() - 1]);
    let foreign = door.replacen("eu.", "us.", 1);
    for none in [
        "",
        "eu",
        "eu.",
        ".",
        "nowhere.x",
        &flipped,
        &foreign,
        &"e".repeat(5_000),
    ] {
        assert_eq!(code(world.app.door(none).await), Code::NotFound, "{none}");
        assert_eq!(code(world.app.open_door(none, None, NEW, None).await), Code::NotFound);
        assert_eq!(code(world.app.renew_door(none).await), Code::NotFound);
    }
    world
        .change(&id, |person| person.disabled_at = Some(jiff::Timestamp::UNIX_EPOCH))
        .await;
    assert_eq!(
        code(world.app.door(&door).await),
        Code::NotFound,
        "who was disabled has none"
    );
    assert_eq!(code(world.app.open_door(&door, None, NEW, None).await), Code::NotFound);
}

#[tokio::test]
async fn sec_2_of_two_who_go_through_at_once_one_does() {
    let world = world().await;
    let (_, door) = world.invited("kim@aube.example").await;
    let other = world.another().await;
    let (one, two) = tokio::join!(
        world.app.open_door(&door, None, NEW, None),
        other.open_door(&door, None, "another rope that holds", None)
    );
    assert_eq!(u8::from(one.is_ok()) + u8::from(two.is_ok()), 1, "{one:?} {two:?}");
}

#[tokio::test]
async fn sec_2_a_forgotten_password_is_asked_anew_by_email_and_not_too_often() {
    let world = world().await;
    let app = &world.app;
    let id = world.colleague("kim@aube.example", Role::HelpDesk).await;
    let off = world.colleague("off@aube.example", Role::HelpDesk).await;
    let robot = world.colleague("robot@aube.example", Role::HelpDesk).await;
    world
        .change(&off, |person| person.disabled_at = Some(jiff::Timestamp::UNIX_EPOCH))
        .await;
    world.change(&robot, |person| person.service = true).await;
    for nobody in [
        "nobody@aube.example",
        "off@aube.example",
        "robot@aube.example",
        "no address",
    ] {
        app.forgot(nobody).await.unwrap();
    }
    assert!(world.letters().await.is_empty());

    let session = world.enters("kim@aube.example").await;
    let token = app.issue_token(&id, "build", None).await.unwrap();
    for _ in 0..7 {
        app.forgot("KIM@aube.example").await.unwrap();
    }
    let letters = world.letters().await;
    assert_eq!(letters.len(), 5, "SEC-2: at most five an hour");
    let doors: Vec<String> = letters.iter().map(|letter| world.door_of(letter)).collect();
    let mut open = 0;
    for door in &doors {
        open += u8::from(matches!(app.door(door).await.unwrap(), Behind::Account(_)));
    }
    assert_eq!(open, 1, "the last one alone");
    assert!(
        app.actor_of_session(&session).await.unwrap().is_some(),
        "asking ends nothing"
    );
    let mut entered = None;
    for door in &doors {
        entered = app.open_door(door, None, NEW, None).await.ok().or(entered);
    }
    assert!(matches!(entered, Some(Entrance::In(_))));
    assert!(
        app.actor_of_session(&session).await.unwrap().is_none(),
        "SEC-2a: sessions end"
    );
    assert!(app.authenticate(&token).await.is_ok(), "tokens stay");
    world.pass(1);
    app.forgot("kim@aube.example").await.unwrap();
    assert_eq!(world.letters().await.len(), 1, "an hour later it is sent again");
}

#[tokio::test]
async fn sec_2_a_reset_opens_for_an_hour() {
    let world = world().await;
    world.colleague("kim@aube.example", Role::HelpDesk).await;
    world.app.forgot("kim@aube.example").await.unwrap();
    let door = world.door_of(&world.letters().await[0]);
    world.pass(1);
    assert!(matches!(world.app.door(&door).await.unwrap(), Behind::Expired));
}

#[tokio::test]
async fn start_11_the_welcome_carries_a_door_and_the_old_one_dies() {
    let world = world().await;
    let (app, guard) = (&world.app, Guard::default());
    let anna = world.who("anna@aube.example").await;
    let input = asks("typo@maison.example", &["messaging"], None);
    let started = app.start_trial(&anna, &input, &guard).await.unwrap();
    let id = started.trial.id.unwrap();
    let welcome = |letters: Vec<_>| {
        let is = |letter: &store::region::outbox::Letter| letter.kind == MessageKind::Welcome;
        letters.into_iter().find(is).expect("a welcome")
    };
    let first = welcome(world.letters().await);
    assert!(first.facts.deadline.is_some(), "it says until when it opens");
    let old = world.door_of(&first);
    assert!(matches!(app.door(&old).await.unwrap(), Behind::Account(_)));
    app.forgot("typo@maison.example").await.unwrap();
    let reset = world.door_of(&world.letters().await[0]);

    let right = Some("it@maison.example");
    app.correct_administrator(&anna, &id, right, &guard).await.unwrap();
    for dead in [&old, &reset] {
        assert!(matches!(app.door(dead).await.unwrap(), Behind::Superseded), "START-11");
        assert_eq!(code(app.open_door(dead, None, NEW, None).await), Code::LinkSuperseded);
    }
    let door = world.door_of(&welcome(world.letters().await));
    let Entrance::In(signed_in) = app.open_door(&door, Some("Ines"), NEW, None).await.unwrap() else {
        panic!("no code is owed");
    };
    assert_eq!(signed_in.person.email, "it@maison.example");
    let again = app
        .correct_administrator(&anna, &id, Some("x@maison.example"), &guard)
        .await;
    assert_eq!(code(again), Code::WrongStatus, "START-11: that person has signed in");
}

#[tokio::test]
async fn sec_2_rel_7_only_so_many_forgotten_passwords_are_looked_up_at_once() {
    let world = world().await;
    let email = |n: usize| format!("kim{n}@aube.example");
    for n in 0..12 {
        world.colleague(&email(n), Role::HelpDesk).await;
    }
    let mut asked = tokio::task::JoinSet::new();
    for n in 0..12 {
        let app = std::sync::Arc::clone(&world.app);
        asked.spawn(async move { app.forgot(&email(n)).await });
    }
    while let Some(answer) = asked.join_next().await {
        answer.unwrap().expect("the same answer for all");
    }
    assert_eq!(world.letters().await.len(), 8, "the others are asked to try again");
    world.app.forgot(&email(11)).await.unwrap();
    assert_eq!(world.letters().await.len(), 1, "the places are free again");
}
