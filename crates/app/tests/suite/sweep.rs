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
        *world.line.refuses.lock().unwrap() = Some(broken);
        world.app.work().await.unwrap();
        assert!(world.line.refuses.lock().unwrap().is_none(), "{broken} was refused");
        for id in &trials[..2] {
            assert_eq!(status(&world, id).await, Status::Removed, "EXP-4: {broken}");
            assert_eq!(told(&world, id, MessageKind::AccessEnded).await, 1, "{broken}");
        }
        assert!(world.app.work().await.unwrap().is_empty(), "EXP-7: once");
        assert!(world.app.verify().await.unwrap().flaws.is_empty(), "{broken}");
    }
}
