//! NOTE-4: an address that takes no email is shown to those who can correct it, and to nobody else.

use crate::support::{asks, code, world};
use app::{Guard, PageRequest, customer::Unreached, people::PeopleFilter, user::UserFilter};
use domain::{ids::PersonId, person::Role, refusal::Code};
use jiff::Timestamp;

const FIRST: PageRequest = PageRequest { after: None, limit: 50 };

fn since() -> Timestamp {
    "2027-02-01T11:00:00Z".parse().unwrap()
}

async fn bounces(app: &app::App, person: &PersonId, address: &str) {
    let region = app.stores.region(person.region()).unwrap();
    let known = [(person.clone(), address.to_owned())];
    region.mark_addresses(&known, Some(since())).await.unwrap();
}

#[tokio::test]
async fn note_4_start_11_a_bounced_administrator_is_shown_to_the_partner_that_can_correct_it() {
    let world = world().await;
    let (app, guard) = (&world.app, Guard::default());
    let anna = world.who("anna@aube.example").await;
    let input = asks("typo@maison.example", &["messaging"], None);
    let trial = app.start_trial(&anna, &input, &guard).await.unwrap().trial.trial;
    let id = &trial.id;
    assert_eq!(app.unreached_administrator(&anna, id).await.unwrap(), None);
    bounces(app, &trial.administrator, "typo@maison.example").await;
    let expected = Unreached {
        since: since(),
        ours: Some("typo@maison.example".to_owned()),
    };
    assert_eq!(app.unreached_administrator(&anna, id).await.unwrap(), Some(expected));
    let users = app
        .users(&anna, &trial.customer, &UserFilter::default(), &FIRST)
        .await
        .unwrap();
    assert_eq!(users.items[0].person.bounced_at, Some(since()));

    app.correct_administrator(&anna, id, Some("it@maison.example"), &guard)
        .await
        .unwrap();
    assert_eq!(
        app.unreached_administrator(&anna, id).await.unwrap(),
        None,
        "NOTE-4: another address"
    );
    let users = app
        .users(&anna, &trial.customer, &UserFilter::default(), &FIRST)
        .await
        .unwrap();
    assert_eq!(users.items[0].person.bounced_at, None);

    // ORG-9: whoever has nothing to do with it hears nothing.
    bounces(app, &trial.administrator, "it@maison.example").await;
    let stranger = world.who("boss@lumen.example").await;
    assert_eq!(code(app.unreached_administrator(&stranger, id).await), Code::NotFound);
}

#[tokio::test]
async fn note_4_once_the_administrator_has_come_its_address_is_the_customers_own_matter() {
    let world = world().await;
    let app = &world.app;
    let anna = world.who("anna@aube.example").await;
    let input = asks("it@maison.example", &["messaging"], None);
    let trial = app
        .start_trial(&anna, &input, &Guard::default())
        .await
        .unwrap()
        .trial
        .trial;
    world
        .change(&trial.administrator, |person| person.signed_in_at = Some(since()))
        .await;
    bounces(app, &trial.administrator, "it@maison.example").await;
    let expected = Unreached {
        since: since(),
        ours: None,
    };
    let told = app.unreached_administrator(&anna, &trial.id).await.unwrap();
    assert_eq!(told, Some(expected), "NOTE-4: no address, and nothing to correct");
}

#[tokio::test]
async fn note_4_a_bounced_colleague_is_shown_to_the_team() {
    let world = world().await;
    let app = &world.app;
    world.colleague("kim@aube.example", Role::HelpDesk).await;
    let (anna, kim) = (
        world.who("anna@aube.example").await,
        world.who("kim@aube.example").await,
    );
    bounces(app, kim.id(), "KIM@aube.example").await;
    let team = app.people(&anna, &PeopleFilter::default(), &FIRST).await.unwrap();
    for one in team.items {
        assert_eq!(one.address_bounced, one.id.as_ref() == Some(kim.id()), "{}", one.email);
    }
}
