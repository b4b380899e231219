//! Tokens: scopes, ends, whose they are (SEC-2).

use crate::support::{World, asks, code, world};
use app::{Actor, Guard, IdemRequest, token::NewToken};
use domain::{ids::PersonId, person::Role, refusal::Code};

fn new(scopes: &[&str], days: Option<i64>) -> NewToken {
    NewToken {
        label: Some("build".to_owned()),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        days,
    }
}

impl World {
    /// Who bears a token.
    async fn bearer(&self, token: &str) -> Actor {
        let (person, organization, scopes) = self.app.authenticate(token).await.unwrap();
        Actor {
            person,
            organization,
            scopes,
            ..self.who("anna@aube.example").await
        }
    }

    async fn made(&self, actor: &Actor, person: &PersonId, scopes: &[&str]) -> String {
        let made = self
            .app
            .make_token(actor, person, &new(scopes, None), &Guard::default())
            .await;
        made.unwrap().token.expect("shown once")
    }
}

#[tokio::test]
async fn sec_2_a_token_reaches_as_far_as_its_scopes() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let dry = Guard {
        dry_run: true,
        ..Guard::default()
    };
    let input = asks("it@maison.example", &["messaging"], None);
    for (scopes, starts, reads, makes) in [
        (&["read"][..], false, true, false),
        (&["people"], false, true, false),
        (&["provisioning"], false, false, false),
        (&["trials"], true, true, false),
        (&["read", "trials", "people"], true, true, false),
        (&["all"], true, true, true),
    ] {
        let token = world.made(&anna, anna.id(), scopes).await;
        let bearer = world.bearer(&token).await;
        let started = world.app.start_trial(&bearer, &input, &dry).await;
        assert_eq!(started.is_ok(), starts, "{scopes:?}");
        if !starts {
            assert_eq!(code(started), Code::ScopeRequired);
        }
        assert_eq!(world.app.tokens(&bearer, anna.id()).await.is_ok(), makes, "{scopes:?}");
        let may = app::policy::allow(&bearer, app::policy::Action::ReadTrial, world.app.clock.now());
        assert_eq!(may.is_ok(), reads, "{scopes:?}");
    }
}

#[tokio::test]
async fn sec_2_a_token_ends_and_is_seen_to_be_used() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let app = &world.app;
    for days in [0, -1, 367] {
        let refused = app
            .make_token(&anna, anna.id(), &new(&["read"], Some(days)), &Guard::default())
            .await;
        assert_eq!(code(refused), Code::OutOfRange, "{days}");
    }
    let none = app
        .make_token(&anna, anna.id(), &new(&[], None), &Guard::default())
        .await;
    assert_eq!(code(none), Code::Empty);
    let odd = app
        .make_token(&anna, anna.id(), &new(&["everything"], None), &Guard::default())
        .await;
    assert_eq!(code(odd), Code::UnknownValue);

    let token = world.made(&anna, anna.id(), &["read"]).await;
    assert_eq!(app.tokens(&anna, anna.id()).await.unwrap()[0].last_used_on, None);
    world.pass(24 * 89);
    assert!(app.authenticate(&token).await.is_ok());
    let used = app.tokens(&anna, anna.id()).await.unwrap()[0].last_used_on;
    assert_eq!(used.map(|day| day.to_string()), Some("2027-05-01".to_owned()));
    world.pass(24);
    assert_eq!(
        code(app.authenticate(&token).await),
        Code::Unauthorized,
        "after 90 days"
    );
    assert!(app.tokens(&anna, anna.id()).await.unwrap().is_empty());
}

#[tokio::test]
async fn sec_2_the_same_key_gives_the_same_token_and_the_store_holds_none() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let keyed = |key: &str| Guard {
        idem: Some(IdemRequest {
            key: key.to_owned(),
            target: "POST /tokens".to_owned(),
            body: b"{}".to_vec(),
        }),
        ..Guard::default()
    };
    let make = async |guard: Guard| {
        let made = world
            .app
            .make_token(&anna, anna.id(), &new(&["read"], None), &guard)
            .await;
        made.unwrap().token.unwrap()
    };
    let (one, again, two) = (make(keyed("a")).await, make(keyed("a")).await, make(keyed("b")).await);
    assert_eq!(one, again);
    assert_ne!(one, two);
    assert!(world.app.authenticate(&one).await.is_ok() && world.app.authenticate(&two).await.is_ok());
    assert_eq!(world.app.tokens(&anna, anna.id()).await.unwrap().len(), 2);
    let tail = one.rsplit('_').next().unwrap();
    let kept = world.everything().await;
    assert!(kept.contains(&store::sha256(one.as_bytes())), "the digest is there");
    assert!(!kept.contains(tail), "the token is not");
}

#[tokio::test]
async fn sec_2_tokens_are_ones_own_or_a_service_accounts() {
    let world = world().await;
    let app = &world.app;
    let guard = Guard::default();
    let dry = Guard {
        dry_run: true,
        ..Guard::default()
    };
    let anna = world.who("anna@aube.example").await;
    let boss = world.who("boss@lumen.example").await;
    let kim = world.colleague("kim@aube.example", Role::HelpDesk).await;
    let robot = world.colleague("robot@aube.example", Role::HelpDesk).await;
    world.change(&robot, |person| person.service = true).await;
    let helper = world.who("kim@aube.example").await;

    let token = world.made(&anna, &robot, &["read"]).await;
    assert_eq!(world.bearer(&token).await.person.id, robot);
    let id = app.tokens(&anna, &robot).await.unwrap().remove(0).id;
    assert_eq!(
        code(app.tokens(&anna, &kim).await),
        Code::Forbidden,
        "a colleague's own"
    );
    assert_eq!(
        code(app.make_token(&anna, &kim, &new(&["all"], None), &guard).await),
        Code::Forbidden
    );
    assert_eq!(code(app.tokens(&helper, &robot).await), Code::RoleRequired);
    let stranger = PersonId("person_eu_nobody".to_owned());
    for none in [&robot, &kim, &stranger] {
        assert_eq!(code(app.tokens(&boss, none).await), Code::NotFound, "another company's");
        assert_eq!(
            code(app.make_token(&boss, none, &new(&["all"], None), &guard).await),
            Code::NotFound
        );
        assert_eq!(code(app.revoke_token(&boss, none, &id, &guard).await), Code::NotFound);
    }
    assert_eq!(
        code(app.revoke_token(&anna, anna.id(), &id, &guard).await),
        Code::NotFound,
        "not this person's"
    );
    app.revoke_token(&anna, &robot, &id, &dry).await.unwrap();
    assert!(app.authenticate(&token).await.is_ok(), "a dry run ends nothing");
    app.revoke_token(&anna, &robot, &id, &guard).await.unwrap();
    assert_eq!(
        code(world.another().await.authenticate(&token).await),
        Code::Unauthorized
    );
    assert_eq!(code(app.revoke_token(&anna, &robot, &id, &guard).await), Code::NotFound);
}
