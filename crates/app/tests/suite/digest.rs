//! NOTE-4: a digest is never lost and never sent twice, whatever breaks in between.

use crate::support::{World, asks, world};
use app::Guard;
use domain::notify::MessageKind;
use std::sync::atomic::Ordering;
use store::region::outbox::Letter;

/// A reminder waits for a reader whose nine o'clock is later than the customer's.
async fn gathered() -> World {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    world
        .change(anna.id(), |person| {
            person.digest = true;
            person.zone = "America/New_York".to_owned();
        })
        .await;
    let input = asks("it@new.example", &["messaging"], None);
    world.app.start_trial(&anna, &input, &Guard::default()).await.unwrap();
    // From the first of February at ten to the 24th at nine in Paris.
    world.pass(22 * 24 + 22);
    world.app.work().await.unwrap();
    assert_eq!(digests(&world).await, 0, "NOTE-4: it waits");
    world.pass(6);
    world
}

async fn digests(world: &World) -> usize {
    let digest = |letter: &&Letter| letter.kind == MessageKind::Digest;
    world.letters().await.iter().filter(digest).count()
}

#[tokio::test]
async fn note_4_a_digest_whose_transaction_fails_is_written_with_the_next_beat() {
    let world = gathered().await;
    world.line.refuses.lock().unwrap().push_back("INSERT INTO \"outbox\"");
    world.app.work().await.unwrap();
    assert_eq!(digests(&world).await, 0, "nothing half done");
    world.app.work().await.unwrap();
    assert_eq!(digests(&world).await, 1, "NOTE-4: never lost");
    world.app.work().await.unwrap();
    assert_eq!(digests(&world).await, 0, "NOTE-4: never twice");
}

#[tokio::test]
async fn note_4_a_digest_whose_answer_was_lost_is_not_written_again() {
    let world = gathered().await;
    world.line.loses_commit.store(true, Ordering::SeqCst);
    world.app.work().await.unwrap();
    world.app.work().await.unwrap();
    world.pass(24);
    world.app.work().await.unwrap();
    assert_eq!(digests(&world).await, 1, "NOTE-4: once");
}
