//! What is due to many customers at once: whichever way it is done, it is done once (EXP-4, EXP-7, PERF-2).

use crate::support::{World, asks, world};
use app::{Actor, Command, Guard};
use domain::{
    ids::{PersonId, TrialId},
    notify::MessageKind,
    person::{Person, Role},
    trial::Status,
};
use std::collections::BTreeSet;

async fn started(world: &World, seller: &Actor, name: &str) -> TrialId {
    let input = asks(&format!("it@{name}.example"), &["messaging", "calling"], None);
    let started = world.app.start_trial(seller, &input, &Guard::default()).await.unwrap();
    started.trial.id.unwrap()
}

/// Users of the customer whose trial it is.
async fn crowd(world: &World, id: &TrialId, count: usize) {
    let region = world.app.stores.region("eu").unwrap();
    let trial = region.read().trial(id).await.unwrap().unwrap().trial;
    let boss = region.read().person(&trial.administrator).await.unwrap().unwrap().value;
    let one = |number: usize| Person {
        id: PersonId::new("eu", &format!("crowd{number}")),
        email: format!("user{number}@crowd.example"),
        roles: vec![Role::User],
        ..boss.clone()
    };
    let tx = region.begin().await.unwrap();
    tx.add_people(&(0..count).map(one).collect::<Vec<_>>()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Whom a trial's emails of a kind went to; each of them once.
async fn told(world: &World, id: &TrialId, kind: MessageKind) -> usize {
    let region = world.app.stores.region("eu").unwrap();
    let sent = region.read().deliveries(id).await.unwrap();
    let people: Vec<_> = sent
        .iter()
        .filter(|one| one.letter.kind == kind)
        .map(|one| &one.letter.person)
        .collect();
    let once: BTreeSet<_> = people.iter().collect();
    assert_eq!(once.len(), people.len(), "{kind:?}: nobody is told twice");
    people.len()
}

async fn status(world: &World, id: &TrialId) -> Status {
    let region = world.app.stores.region("eu").unwrap();
    region.read().trial(id).await.unwrap().unwrap().trial.status()
}

#[tokio::test]
async fn exp_4_more_users_than_a_batch_reads_are_told_all_the_same() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let (few, many) = (
        started(&world, &anna, "birch").await,
        started(&world, &anna, "crowd").await,
    );
    crowd(&world, &many, 150).await;
    world.pass(24 * 62 + 12);
    let done = world.app.work().await.unwrap();
    assert_eq!(
        done.values().sum::<u64>(),
        6,
        "EXP-7: each once, what is too late not at all: {done:?}"
    );
    for id in [&few, &many] {
        assert_eq!(status(&world, id).await, Status::Removed, "EXP-4");
    }
    assert_eq!(told(&world, &few, MessageKind::AccessEnded).await, 1);
    assert_eq!(told(&world, &many, MessageKind::AccessEnded).await, 151, "EXP-4");
    assert!(world.app.work().await.unwrap().is_empty(), "EXP-7: once");
    assert!(world.app.verify().await.unwrap().flaws.is_empty());
}

#[tokio::test]
async fn exp_7_a_batch_that_cannot_be_written_is_done_one_by_one() {
    for broken in [
        "INSERT INTO \"trial\"",
        "DELETE FROM \"claim\"",
        "INSERT INTO \"outbox\"",
    ] {
        let world = world().await;
        let anna = world.who("anna@aube.example").await;
        let mut trials = Vec::new();
        for name in ["alder", "birch", "cedar"] {
            trials.push(started(&world, &anna, name).await);
        }
        let cancel = Command::Cancel(None);
        world
            .app
            .execute(&anna, &trials[2], &cancel, &Guard::default())
            .await
            .unwrap();
        world.pass(24 * 62 + 12);
        world.line.refuses.lock().unwrap().push_back(broken);
        world.app.work().await.unwrap();
        assert!(world.line.refuses.lock().unwrap().is_empty(), "{broken} was refused");
        for id in &trials[..2] {
            assert_eq!(status(&world, id).await, Status::Removed, "EXP-4: {broken}");
            assert_eq!(told(&world, id, MessageKind::AccessEnded).await, 1, "{broken}");
        }
        assert!(world.app.work().await.unwrap().is_empty(), "EXP-7: once");
        assert!(world.app.verify().await.unwrap().flaws.is_empty(), "{broken}");
    }
}

#[tokio::test]
async fn exp_7_after_one_that_failed_the_customers_others_wait_their_turn() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let mut trials = Vec::new();
    for name in ["alder", "birch"] {
        trials.push(started(&world, &anna, name).await);
    }
    world.pass(24 * 62 + 12);
    // The batch cannot be written, and one by one the first expiry fails.
    let refused = ["INSERT INTO \"trial\"", "UPDATE \"trial\""];
    world.line.refuses.lock().unwrap().extend(refused);
    world.app.work().await.unwrap();
    assert!(world.line.refuses.lock().unwrap().is_empty());
    let mut found = Vec::new();
    for id in &trials {
        found.push(status(&world, id).await);
    }
    found.sort_by_key(|status| status.as_str());
    assert_eq!(found, [Status::Active, Status::Removed], "EXP-7: nothing is skipped");
    world.app.work().await.unwrap();
    for id in &trials {
        assert_eq!(status(&world, id).await, Status::Removed, "EXP-4");
        assert_eq!(
            told(&world, id, MessageKind::AccessEnded).await,
            1,
            "EXP-7: the users always"
        );
    }
    assert!(world.app.verify().await.unwrap().flaws.is_empty());
}

#[tokio::test]
async fn canc_2_a_customer_who_cancelled_once_closes_at_the_end_of_its_next_trial() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let first = started(&world, &anna, "alder").await;
    let (app, guard) = (&world.app, Guard::default());
    app.execute(&anna, &first, &Command::Cancel(None), &guard)
        .await
        .unwrap();
    world.pass(24 * 5);
    app.work().await.unwrap();
    let second = started(&world, &anna, "alder").await;
    for _ in 0..70 {
        world.pass(24);
        app.work().await.unwrap();
    }
    let region = app.stores.region("eu").unwrap();
    let trial = region.read().trial(&second).await.unwrap().unwrap().trial;
    assert_eq!(trial.status(), Status::Removed, "EXP-4");
    let customer = region
        .read()
        .organization(&trial.customer)
        .await
        .unwrap()
        .unwrap()
        .value;
    let closed = customer.customer().unwrap().closed_on;
    assert!(closed.is_some(), "CANC-2, EXP-4: nothing is left that keeps it");
    assert_eq!(told(&world, &second, MessageKind::AccessEnded).await, 1, "EXP-4");
    assert!(app.verify().await.unwrap().flaws.is_empty());
}
