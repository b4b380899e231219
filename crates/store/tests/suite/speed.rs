//! How long single starts take: figures to look at, not to pass (`cargo test -p store speed -- --nocapture`).

use crate::support::{
    Done, World,
    samples::{add_customers, at, letter, org, paris, program, record, trial},
};
use domain::{
    ids::{EventId, MessageId},
    trial::{plan, reconcile},
};
use serde_json::json;
use std::{collections::BTreeMap, time::Instant};
use store::{
    Region,
    region::event::{By, NewEvent},
};

crate::support::engines! {
    every: perf_1_a_thousand_starts_in_a_row;
    files:
}

/// What one start writes: the trial with its claims, its plan, its event, a message.
async fn start(region: &Region, number: usize) -> Done {
    let mut record = record(trial(&format!("t{number}"), "a", &["messaging"]));
    // One customer tries the service a thousand times, each under another name.
    record.trial.services[0].id = format!("messaging{number}");
    let rows = reconcile(&[], &plan(&record.trial, program(), &paris()), at(0));
    let mut message = letter(&format!("l{number}"), 0);
    message.id = MessageId::new("eu", &format!("l{number}"));
    let tx = region.begin().await?;
    tx.lock(&org("a")).await?;
    tx.put_trial(&record, "a", true).await?;
    tx.put_milestones(&record.trial.id, &org("a"), &rows, at(0)).await?;
    let new = NewEvent {
        id: EventId::new("eu", &format!("e{number}")),
        organization: &org("a"),
        trial: Some(&record.trial.id),
        at: at(0),
        name: "started",
        by: &By::default(),
        body: json!([]),
        words: &BTreeMap::new(),
    };
    tx.record(new).await?;
    tx.post(&[message], at(0)).await?;
    tx.commit().await
}

async fn perf_1_a_thousand_starts_in_a_row(world: World) -> Done {
    add_customers(world.eu(), &["a"]).await?;
    let begin = Instant::now();
    for number in 0..1_000 {
        start(world.eu(), number).await?;
    }
    let time = begin.elapsed();
    assert_eq!(world.eu().read().count_trials(None).await?, 1_000);
    let engine = world.place.engine;
    println!(
        "{engine:?}: 1,000 single-trial commits in {:.2} s, {:.2} ms each",
        time.as_secs_f64(),
        time.as_secs_f64()
    );
    Ok(())
}
