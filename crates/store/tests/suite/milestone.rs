//! What falls due: in order, once, and not while it is held (EXP-7, EXP-8, EXP-9).

use crate::support::{
    Done, World,
    samples::{add_customers, at, day, org, paris, person_id, program, trial, trial_id},
};
use domain::{
    ids::HoldId,
    trial::{MilestoneKind, MilestoneState, Row, RowChange, plan, reconcile},
};
use store::{
    StoreError,
    region::{hold::Hold, milestone::DueRow},
};

crate::support::engines! {
    every: start_9_the_plan_is_written_and_read_as_it_is,
        what_falls_due_comes_by_instant_and_then_by_kind,
        exp_7_a_milestone_is_finished_once,
        exp_7_rows_follow_the_plan,
        exp_8_the_fuse_holds_exactly_what_cannot_be_undone,
        exp_9_a_hold_stops_its_customer_only_and_ends,
        holds_are_listed_and_lifted_once;
    files: of_two_workers_one_finishes_it,
}

fn row(kind: MilestoneKind, seconds: i64) -> Row {
    Row {
        kind,
        at: at(seconds),
        on: day("2027-01-15"),
        state: MilestoneState::Planned,
        done_at: None,
    }
}

async fn put(world: &World, trial: &str, customer: &str, rows: &[Row]) -> Done {
    let changes: Vec<_> = rows.iter().cloned().map(RowChange::Insert).collect();
    let tx = world.eu().begin().await?;
    tx.put_milestones(&trial_id(trial), &org(customer), &changes, at(0))
        .await?;
    tx.commit().await
}

async fn start_9_the_plan_is_written_and_read_as_it_is(world: World) -> Done {
    let one = trial("1", "a", &["messaging", "calling"]);
    let planned = plan(&one, program(), &paris());
    let changes = reconcile(&[], &planned, at(0));
    let tx = world.eu().begin().await?;
    tx.put_milestones(&one.id, &one.customer, &changes, at(0)).await?;
    tx.commit().await?;

    let rows = world.eu().read().milestones(&one.id).await?;
    let expected: Vec<_> = planned.iter().map(|item| (item.kind, item.at, item.on)).collect();
    let found: Vec<_> = rows.iter().map(|row| (row.kind, Some(row.at), Some(row.on))).collect();
    assert_eq!(found, expected);
    assert_eq!(
        reconcile(&rows, &planned, at(60)),
        [],
        "what was written is what was planned, to the instant"
    );
    let next = world.eu().read().next_due(false).await?;
    let open = rows
        .iter()
        .find(|row| row.state == MilestoneState::Planned)
        .expect("something to come");
    assert_eq!(next, Some(open.at), "the start is done already");
    Ok(())
}

async fn due(world: &World, seconds: i64, fuse: bool) -> Result<Vec<(String, MilestoneKind)>, StoreError> {
    let rows = world.eu().read().due(at(seconds), fuse, 100).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.trial.0.replace("trial_eu_", ""), row.kind))
        .collect())
}

async fn what_falls_due_comes_by_instant_and_then_by_kind(world: World) -> Done {
    use MilestoneKind::{Expires, ExpiryNotice, ExpiryReminder, Removed};
    put(&world, "2", "a", &[row(Removed, 10), row(Expires, 10)]).await?;
    put(
        &world,
        "1",
        "a",
        &[row(Expires, 10), row(ExpiryNotice, 10), row(ExpiryReminder, 20)],
    )
    .await?;
    put(&world, "3", "a", &[row(Expires, -5)]).await?;
    let named = |rows: &[(&str, MilestoneKind)]| rows.iter().map(|(t, k)| ((*t).to_owned(), *k)).collect::<Vec<_>>();
    let first = [
        ("3", Expires),
        ("1", ExpiryNotice),
        ("1", Expires),
        ("2", Expires),
        ("2", Removed),
    ];
    assert_eq!(due(&world, 10, false).await?, named(&first));
    assert_eq!(due(&world, 9, false).await?, named(&first[..1]));
    assert_eq!(due(&world, 20, false).await?.len(), 6);
    assert_eq!(world.eu().read().next_due(false).await?, Some(at(-5)));
    let limited = world.eu().read().due(at(20), false, 1).await?;
    let one = DueRow {
        trial: trial_id("3"),
        customer: org("a"),
        kind: Expires,
        at: at(-5),
    };
    assert_eq!(limited, [one]);
    assert_eq!(world.us().read().next_due(false).await?, None);
    Ok(())
}

async fn finish(world: &World, trial: &str, kind: MilestoneKind, state: MilestoneState) -> Result<bool, StoreError> {
    let tx = world.eu().begin().await?;
    let first = tx
        .finish_milestone(&trial_id(trial), kind, at(10), state, at(11))
        .await?;
    tx.commit().await?;
    Ok(first)
}

async fn exp_7_a_milestone_is_finished_once(world: World) -> Done {
    use MilestoneKind::{Expires, ExpiryNotice};
    put(&world, "1", "a", &[row(Expires, 10), row(ExpiryNotice, 10)]).await?;
    assert!(finish(&world, "1", Expires, MilestoneState::Done).await?);
    assert!(!finish(&world, "1", Expires, MilestoneState::Skipped).await?);
    assert!(finish(&world, "1", ExpiryNotice, MilestoneState::Skipped).await?);
    assert!(
        !finish(&world, "2", Expires, MilestoneState::Done).await?,
        "another trial's"
    );
    let rows = world.eu().read().milestones(&trial_id("1")).await?;
    let states: Vec<_> = rows.iter().map(|row| (row.kind, row.state, row.done_at)).collect();
    let expected = [
        (ExpiryNotice, MilestoneState::Skipped, Some(at(11))),
        (Expires, MilestoneState::Done, Some(at(11))),
    ];
    assert_eq!(states, expected);
    assert_eq!(world.eu().read().next_due(false).await?, None);
    Ok(())
}

async fn exp_7_rows_follow_the_plan(world: World) -> Done {
    use MilestoneKind::{Expires, ExpiryNotice, ExpiryReminder};
    put(
        &world,
        "1",
        "a",
        &[row(ExpiryReminder, 10), row(ExpiryNotice, 20), row(Expires, 30)],
    )
    .await?;
    let changes = [
        RowChange::Skip(ExpiryReminder, at(10)),
        RowChange::Delete(Expires, at(30)),
        RowChange::Insert(row(Expires, 40)),
        RowChange::Delete(ExpiryNotice, at(21)),
    ];
    let tx = world.eu().begin().await?;
    tx.put_milestones(&trial_id("1"), &org("a"), &changes, at(15)).await?;
    tx.commit().await?;
    let rows = world.eu().read().milestones(&trial_id("1")).await?;
    let kept: Vec<_> = rows.iter().map(|row| (row.kind, row.at, row.state)).collect();
    let expected = [
        (ExpiryReminder, at(10), MilestoneState::Skipped),
        (ExpiryNotice, at(20), MilestoneState::Planned),
        (Expires, at(40), MilestoneState::Planned),
    ];
    assert_eq!(kept, expected);

    // What happened is not forgotten.
    let tx = world.eu().begin().await?;
    let delete = [RowChange::Delete(ExpiryReminder, at(10))];
    tx.put_milestones(&trial_id("1"), &org("a"), &delete, at(16)).await?;
    tx.commit().await?;
    assert_eq!(world.eu().read().milestones(&trial_id("1")).await?.len(), 3);
    Ok(())
}

/// Every kind falls due at its own second.
async fn all_kinds(world: &World, trial: &str, customer: &str) -> Done {
    let rows: Vec<_> = (1..)
        .zip(MilestoneKind::ALL)
        .map(|(seconds, kind)| row(*kind, seconds))
        .collect();
    put(world, trial, customer, &rows).await
}

fn kinds(due: &[(String, MilestoneKind)], trial: &str) -> Vec<MilestoneKind> {
    due.iter()
        .filter(|(one, _)| one == trial)
        .map(|(_, kind)| *kind)
        .collect()
}

fn reversible() -> Vec<MilestoneKind> {
    let held = [
        MilestoneKind::Removed,
        MilestoneKind::AccessEndedNotice,
        MilestoneKind::NumbersReleased,
    ];
    MilestoneKind::ALL
        .iter()
        .copied()
        .filter(|kind| !held.contains(kind))
        .collect()
}

async fn exp_8_the_fuse_holds_exactly_what_cannot_be_undone(world: World) -> Done {
    all_kinds(&world, "1", "a").await?;
    assert_eq!(kinds(&due(&world, 100, false).await?, "1"), MilestoneKind::ALL);
    assert_eq!(kinds(&due(&world, 100, true).await?, "1"), reversible());
    put(&world, "2", "b", &[row(MilestoneKind::Removed, -100)]).await?;
    assert_eq!(world.eu().read().next_due(true).await?, Some(at(1)));
    assert_eq!(world.eu().read().next_due(false).await?, Some(at(-100)));
    Ok(())
}

fn hold(tail: &str, customer: &str) -> Hold {
    Hold {
        id: HoldId::new("eu", tail),
        customer: org(customer),
        reason: "Litige en cours: \"%'".to_owned(),
        placed_by: person_id("vendor"),
        placed_at: at(0),
        lifted_at: None,
        version: 1,
    }
}

async fn add(world: &World, hold: &Hold) -> Done {
    let tx = world.eu().begin().await?;
    tx.add_hold(hold).await?;
    tx.commit().await
}

async fn lift(world: &World, hold: &Hold) -> Done {
    let tx = world.eu().begin().await?;
    tx.lift_hold(hold, at(50)).await?;
    tx.commit().await
}

async fn exp_9_a_hold_stops_its_customer_only_and_ends(world: World) -> Done {
    add_customers(world.eu(), &["a", "b"]).await?;
    all_kinds(&world, "1", "a").await?;
    all_kinds(&world, "2", "b").await?;
    let (first, second) = (hold("1", "a"), hold("2", "a"));
    add(&world, &first).await?;
    add(&world, &second).await?;
    for _ in [1, 2] {
        let found = due(&world, 100, false).await?;
        assert_eq!(kinds(&found, "1"), reversible());
        assert_eq!(kinds(&found, "2"), MilestoneKind::ALL, "another customer's");
        assert_eq!(
            kinds(&due(&world, 100, true).await?, "2"),
            reversible(),
            "EXP-8 holds everybody's"
        );
        if world.eu().read().holds_on(&org("a")).await?.len() == 2 {
            lift(&world, &first).await?;
        }
    }
    assert!(
        world.eu().read().is_held(&org("a")).await?,
        "the second one still holds"
    );
    lift(&world, &second).await?;
    assert!(!world.eu().read().is_held(&org("a")).await?);
    assert_eq!(kinds(&due(&world, 100, false).await?, "1"), MilestoneKind::ALL);
    Ok(())
}

async fn holds_are_listed_and_lifted_once(world: World) -> Done {
    let (first, second) = (hold("1", "a"), hold("2", "b"));
    add(&world, &first).await?;
    add(&world, &second).await?;
    let read = world.eu().read();
    assert_eq!(read.hold(&first.id).await?, Some(first.clone()));
    assert_eq!(read.hold(&HoldId::new("eu", "3")).await?, None);
    lift(&world, &first).await?;
    for stale in [
        first.clone(),
        Hold {
            version: 2,
            ..first.clone()
        },
    ] {
        let twice = lift(&world, &stale).await;
        assert!(matches!(twice, Err(StoreError::Conflict)), "{twice:?}");
    }
    let lifted = Hold {
        lifted_at: Some(at(50)),
        version: 2,
        ..first
    };
    assert_eq!(read.holds().await?, [second.clone(), lifted], "those in force first");
    assert_eq!(read.holds_on(&org("a")).await?, []);
    assert_eq!(read.holds_on(&org("b")).await?, [second]);
    Ok(())
}

async fn of_two_workers_one_finishes_it(world: World) -> Done {
    let other = world.again().await?;
    for round in 0..20 {
        let trial = format!("r{round}");
        put(&world, &trial, "a", &[row(MilestoneKind::Expires, 10)]).await?;
        let work = [world.eu().clone(), other.region("eu").expect("a region").clone()].map(|region| {
            let trial = trial_id(&trial);
            tokio::spawn(async move {
                let tx = region.begin().await?;
                let (kind, state) = (MilestoneKind::Expires, MilestoneState::Done);
                let first = tx.finish_milestone(&trial, kind, at(10), state, at(11)).await?;
                tx.commit().await?;
                Ok::<_, StoreError>(first)
            })
        });
        let mut firsts = 0;
        for one in work {
            firsts += u32::from(one.await.expect("no panic")?);
        }
        assert_eq!(firsts, 1, "round {round}");
    }
    other.close().await;
    Ok(())
}
