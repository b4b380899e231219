//! Idempotency keys where something goes wrong: found by the simulation (REL-1, REL-2).

use crate::support::{asks, world};
use app::{Command, Error, Guard, IdemRequest};
use domain::trial::Extend;
use std::sync::atomic::Ordering;

fn key(target: &str) -> Guard {
    Guard {
        idem: Some(IdemRequest {
            key: "k".to_owned(),
            target: target.to_owned(),
            body: b"{}".to_vec(),
        }),
        ..Guard::default()
    }
}

/// Seed 2155 of the simulation.
#[tokio::test]
async fn rel_2_what_was_done_and_not_answered_is_answered_when_it_is_asked_for_again() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let (app, guard) = (&world.app, key("POST /trials"));
    let input = asks("it@new.example", &["messaging"], None);
    world.line.loses_commit.store(true, Ordering::SeqCst);
    let lost = app.start_trial(&anna, &input, &guard).await;
    assert!(matches!(lost, Err(Error::Store(_))), "{lost:?}");
    let trial = app.start_trial(&anna, &input, &guard).await.unwrap().trial;
    let id = trial.id.clone().unwrap();
    let (guard, extend) = (
        key("POST /extend"),
        Command::Extend(Extend {
            days: "30".parse().ok(),
            allow_shorten: true,
            reason: None,
        }),
    );
    world.pass(24);
    world.line.loses_commit.store(true, Ordering::SeqCst);
    let lost = app.execute(&anna, &id, &extend, &guard).await;
    assert!(matches!(lost, Err(Error::Store(_))), "{lost:?}");
    for _ in 0..2 {
        let extended = app.execute(&anna, &id, &extend, &guard).await.unwrap();
        assert_eq!(extended.trial.version, trial.version + 1, "once");
        assert_eq!(extended.trial.trial.extensions, 1, "once");
    }
    assert!(app.verify().await.unwrap().flaws.is_empty());
}
