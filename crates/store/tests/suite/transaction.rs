//! One transaction: all of it or nothing, also when it is dropped, cancelled, or a part of it given up.

use crate::support::{
    Done, World,
    samples::{add_customers, customer, org},
};
use std::{future::poll_fn, task::Poll};
use store::{Directory, Region, StoreError};

crate::support::engines! {
    every: a_dropped_transaction_leaves_nothing,
        a_rolled_back_transaction_leaves_nothing,
        what_is_not_committed_is_seen_inside_only,
        a_given_up_savepoint_keeps_the_rest,
        a_failed_savepoint_keeps_the_rest,
        after_a_refused_statement_nothing_is_committed,
        after_a_statement_given_up_nothing_is_committed,
        savepoints_lie_within_each_other,
        rel_2_work_that_is_cancelled_anywhere_is_wholly_there_or_wholly_absent,
        a_cancelled_begin_leaves_no_connection_in_a_transaction;
    files: two_processes_write_in_turn,
}

async fn names(region: &Region) -> Result<Vec<String>, StoreError> {
    let all = region.read().organizations_of_kind("customer").await?;
    Ok(all.into_iter().map(|organization| organization.name).collect())
}

async fn a_dropped_transaction_leaves_nothing(world: World) -> Done {
    let tx = world.eu().begin().await?;
    tx.add_organization(&customer("a", "A")).await?;
    tx.put_setting("key", "value").await?;
    drop(tx);
    assert_eq!(names(world.eu()).await?, [""; 0]);
    assert_eq!(world.eu().read().setting("key").await?, None);

    // The connection is as good as new.
    let tx = world.eu().begin().await?;
    tx.add_organization(&customer("b", "B")).await?;
    tx.commit().await?;
    assert_eq!(names(world.eu()).await?, ["B"]);
    Ok(())
}

async fn a_rolled_back_transaction_leaves_nothing(world: World) -> Done {
    let tx = world.eu().begin().await?;
    tx.add_organization(&customer("a", "A")).await?;
    tx.rollback().await?;
    assert_eq!(names(world.eu()).await?, [""; 0]);
    Ok(())
}

async fn what_is_not_committed_is_seen_inside_only(world: World) -> Done {
    let tx = world.eu().begin().await?;
    assert_eq!(tx.region(), "eu");
    tx.add_organization(&customer("a", "A")).await?;
    assert_eq!(
        tx.read().organization(&org("a")).await?.map(|found| found.version),
        Some(1)
    );
    assert_eq!(
        names(world.us()).await?,
        [""; 0],
        "REG-2: another region is another store"
    );
    tx.commit().await?;
    assert_eq!(names(world.eu()).await?, ["A"]);
    assert_eq!(names(world.us()).await?, [""; 0], "REG-2");
    Ok(())
}

async fn a_given_up_savepoint_keeps_the_rest(world: World) -> Done {
    let tx = world.eu().begin().await?;
    tx.add_organization(&customer("a", "A")).await?;
    let part = tx.savepoint().await?;
    part.add_organization(&customer("b", "B")).await?;
    part.rollback().await?;
    let part = tx.savepoint().await?;
    part.add_organization(&customer("c", "C")).await?;
    drop(part);
    let part = tx.savepoint().await?;
    part.add_organization(&customer("d", "D")).await?;
    part.commit().await?;
    tx.add_organization(&customer("e", "E")).await?;
    tx.commit().await?;
    assert_eq!(names(world.eu()).await?, ["A", "D", "E"]);
    Ok(())
}

async fn a_failed_savepoint_keeps_the_rest(world: World) -> Done {
    let tx = world.eu().begin().await?;
    tx.add_organization(&customer("a", "A")).await?;
    for explicit in [true, false] {
        let part = tx.savepoint().await?;
        part.add_organization(&customer("b", "B")).await?;
        let twice = part.add_organization(&customer("a", "A again")).await;
        assert!(matches!(twice, Err(StoreError::Taken(_))), "{twice:?}");
        if explicit {
            part.rollback().await?;
        } else {
            drop(part);
        }
    }
    tx.add_organization(&customer("c", "C")).await?;
    tx.commit().await?;
    assert_eq!(names(world.eu()).await?, ["A", "C"]);
    Ok(())
}

async fn after_a_refused_statement_nothing_is_committed(world: World) -> Done {
    add_customers(world.eu(), &["a"]).await?;
    let tx = world.eu().begin().await?;
    tx.add_organization(&customer("b", "B")).await?;
    let twice = tx.add_organization(&customer("a", "A again")).await;
    assert!(matches!(twice, Err(StoreError::Taken(_))), "{twice:?}");
    let refused = tx.commit().await;
    assert!(matches!(refused, Err(StoreError::Database(_))), "{refused:?}");
    assert_eq!(names(world.eu()).await?, ["a"]);

    let tx = world.eu().begin().await?;
    let part = tx.savepoint().await?;
    part.add_organization(&customer("c", "C")).await?;
    assert!(part.add_organization(&customer("a", "A again")).await.is_err());
    assert!(part.commit().await.is_err());
    tx.add_organization(&customer("d", "D")).await?;
    tx.commit().await?;
    assert_eq!(
        names(world.eu()).await?,
        ["a", "D"],
        "a part that failed does not spoil the rest"
    );
    Ok(())
}

async fn after_a_statement_given_up_nothing_is_committed(world: World) -> Done {
    for attempt in 0..1_000 {
        let tx = world.eu().begin().await?;
        tx.put_setting("first", "x").await?;
        if cancelled_after(0, tx.put_setting("second", "x")).await {
            // SQLite was too fast for us this time.
            continue;
        }
        let refused = tx.commit().await;
        assert!(
            matches!(refused, Err(StoreError::Database(_))),
            "{attempt}: {refused:?}"
        );
        for key in ["first", "second"] {
            assert_eq!(world.eu().read().setting(key).await?, None, "{key}");
        }
        return Ok(());
    }
    panic!("no statement could be given up");
}

async fn savepoints_lie_within_each_other(world: World) -> Done {
    let tx = world.eu().begin().await?;
    let outer = tx.savepoint().await?;
    outer.add_organization(&customer("a", "A")).await?;
    let inner = outer.savepoint().await?;
    inner.add_organization(&customer("b", "B")).await?;
    inner.commit().await?;
    drop(outer);
    tx.add_organization(&customer("c", "C")).await?;
    tx.commit().await?;
    assert_eq!(names(world.eu()).await?, ["C"]);
    Ok(())
}

/// Two rows in one transaction, and one outside of any.
async fn work(region: Region, directory: Directory, number: u32) -> Done {
    let tx = region.begin().await?;
    tx.put_setting(&format!("{number} first"), "x").await?;
    let part = tx.savepoint().await?;
    part.put_setting(&format!("{number} second"), "x").await?;
    part.commit().await?;
    tx.commit().await?;
    directory.put_setting(&number.to_string(), "x").await
}

/// Lets a future wait so many times and then drops it, as when a client goes away; whether it came to its end.
async fn cancelled_after<T>(waits: u32, future: impl Future<Output = T>) -> bool {
    let (mut future, mut left) = (std::pin::pin!(future), waits);
    poll_fn(move |context| match future.as_mut().poll(context) {
        Poll::Ready(_) => Poll::Ready(true),
        Poll::Pending if left == 0 => Poll::Ready(false),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

async fn rel_2_work_that_is_cancelled_anywhere_is_wholly_there_or_wholly_absent(world: World) -> Done {
    let (mut cancelled, directory) = (0, &world.stores.directory);
    for number in 0..240 {
        let work = work(world.eu().clone(), directory.clone(), number);
        if number % 12 == 11 {
            work.await?;
        } else {
            cancelled += u32::from(!cancelled_after(number % 10, work).await);
        }
    }
    assert!(cancelled > 20, "{cancelled}");
    for number in 0..240 {
        let first = world.eu().read().setting(&format!("{number} first")).await?;
        let second = world.eu().read().setting(&format!("{number} second")).await?;
        assert_eq!(first, second, "{number}");
        assert!(number % 12 != 11 || directory.setting(&number.to_string()).await?.is_some());
    }
    Ok(())
}

/// If it did, what is written next without a transaction would go into that one, and be seen by nobody else.
async fn a_cancelled_begin_leaves_no_connection_in_a_transaction(world: World) -> Done {
    let directory = &world.stores.directory;
    for number in 0..40 {
        let key = number.to_string();
        cancelled_after(number % 5, directory.carry_out(&[])).await;
        directory.put_setting(&key, "x").await?;
        let read = |_| {
            let (directory, key) = (directory.clone(), key.clone());
            tokio::spawn(async move { directory.setting(&key).await })
        };
        for reader in (0..6).map(read).collect::<Vec<_>>() {
            assert_eq!(reader.await.expect("no panic")?.as_deref(), Some("x"), "{number}");
        }
    }
    Ok(())
}

async fn two_processes_write_in_turn(world: World) -> Done {
    let other = world.again().await?;
    let mut work = Vec::new();
    for number in 0..60 {
        let stores = if number % 2 == 0 { &world.stores } else { &other };
        let region = stores.region("eu").expect("a region").clone();
        work.push(tokio::spawn(async move {
            let tx = region.begin().await?;
            tx.add_organization(&customer(&format!("c{number:02}"), &number.to_string()))
                .await?;
            tx.commit().await
        }));
    }
    for one in work {
        one.await.expect("no panic")?;
    }
    assert_eq!(names(world.eu()).await?.len(), 60);
    other.close().await;
    Ok(())
}
