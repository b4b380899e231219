//! What databases say, as errors of the store.

use crate::support::{
    Done, Engine, World, execute, keys,
    samples::{add_customers, customer, org},
};
use store::{Config, StoreError, Stores, region::Versioned};

crate::support::engines! {
    every: taken_names_the_constraint_and_not_the_value;
    files: rel_4_a_store_that_is_not_there_is_unavailable,
        rel_4_a_store_that_is_something_else_is_told,
        rel_4_a_store_that_takes_no_writes_is_unavailable,
        rel_3_cut_connections_are_unavailable_and_then_mended,
        rel_3_deadlocks_are_conflicts,
        rel_3_what_cannot_be_serialized_is_a_conflict,
        rel_3_a_writer_waits_for_another_process,
}

async fn taken_names_the_constraint_and_not_the_value(world: World) -> Done {
    add_customers(world.eu(), &["a"]).await?;
    let error = add_customers(world.eu(), &["a"]).await.expect_err("twice");
    let text = error.to_string();
    assert!(matches!(error, StoreError::Taken(_)), "{text}");
    assert!(
        text.starts_with("taken already: ") && text.contains("organization"),
        "{text}"
    );
    assert!(!text.contains("org_eu_a"), "SEC-2b: it may be logged: {text}");
    Ok(())
}

/// A directory at that address, and nothing else.
async fn opened(world: &World, url: String) -> Result<Stores, StoreError> {
    let config = Config {
        directory: url,
        regions: [].into(),
        mailbox: None,
        ..world.config.clone()
    };
    Stores::open(&config, keys(), true).await
}

async fn rel_4_a_store_that_is_not_there_is_unavailable(world: World) -> Done {
    let url = world.url("eu");
    let missing = match world.place.engine {
        Engine::Postgres => format!("{url}_missing"),
        Engine::Sqlite | Engine::Memory => "sqlite:/no/such/folder/store".to_owned(),
    };
    let refused = opened(&world, missing).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    if world.place.engine == Engine::Postgres {
        let (role, rest) = url.split_once("@").expect("a role");
        let refused = opened(&world, format!("{role}wrong@{rest}")).await;
        assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    }
    Ok(())
}

async fn rel_4_a_store_that_is_something_else_is_told(world: World) -> Done {
    if world.place.engine == Engine::Postgres {
        // Somebody's own table of that name: the migration does not touch it.
        let config = world.place.more(false).await;
        execute(&config.directory, "CREATE TABLE entry (own integer)").await;
        let refused = opened(&world, config.directory).await;
        assert!(
            matches!(&refused, Err(StoreError::Database(text)) if text.contains("entry")),
            "{refused:?}"
        );
        return Ok(());
    }
    let path = world.url("eu").replace("sqlite:", "") + "_text";
    std::fs::write(
        &path,
        "not a database, but long enough to be taken for one. ".repeat(100),
    )
    .expect("a file");
    let refused = opened(&world, format!("sqlite:{path}")).await;
    assert!(matches!(refused, Err(StoreError::Corrupt(_))), "{refused:?}");
    Ok(())
}

async fn rel_4_a_store_that_takes_no_writes_is_unavailable(world: World) -> Done {
    let mut config = world.config.clone();
    let url = config.regions.get_mut("eu").expect("a region");
    if world.place.engine == Engine::Postgres {
        // As a replica that was not promoted.
        let database = url.rsplit_once('/').expect("a database").1;
        world
            .sql(
                "eu",
                &format!("ALTER DATABASE {database} SET default_transaction_read_only = on"),
            )
            .await;
    } else {
        // As on a disk that became read-only.
        url.push_str("?immutable=true");
    }
    world.close().await;
    let other = Stores::open(&config, keys(), false).await?;
    let region = other.region("eu").expect("a region");
    assert_eq!(
        region.read().organizations_of_kind("customer").await?,
        [],
        "it can be read"
    );
    let refused = add_customers(region, &["a"]).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    Ok(())
}

async fn rel_3_cut_connections_are_unavailable_and_then_mended(world: World) -> Done {
    if world.place.engine != Engine::Postgres {
        // A file has no connections that could be cut; who closed the stores hears so.
        let region = world.eu().clone();
        world.close().await;
        let refused = region.begin().await.map(|_| ());
        assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
        return Ok(());
    }
    add_customers(world.eu(), &["a"]).await?;
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for round in 0..3 {
        let tx = world.eu().begin().await?;
        tx.add_organization(&customer(&format!("lost{round}"), "Lost")).await?;
        assert!(world.sql("eu", cut).await > 0);
        let refused = tx.add_organization(&customer("x", "X")).await;
        assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
        drop(tx);
        // Each connection that was cut is met once at most.
        let (tail, mut refusals) = (format!("c{round}"), 0);
        while let Err(error) = add_customers(world.eu(), &[&tail]).await {
            assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
            refusals += 1;
            assert!(refusals <= world.config.connections, "it is mended");
        }
        while let Err(error) = world.eu().read().organization(&org("a")).await {
            assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
            refusals += 1;
            assert!(refusals <= 2 * world.config.connections, "it is mended");
        }
    }
    assert_eq!(
        world.eu().read().organizations_of_kind("customer").await?.len(),
        4,
        "what was not committed is not there"
    );
    Ok(())
}

async fn rel_3_deadlocks_are_conflicts(world: World) -> Done {
    add_customers(world.eu(), &["a", "b"]).await?;
    let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(2));
    let alone = world.place.engine != Engine::Postgres;
    let work = [["a", "b"], ["b", "a"]].map(|order| {
        let (region, barrier) = (world.eu().clone(), barrier.clone());
        tokio::spawn(async move {
            let tx = region.begin().await?;
            tx.lock(&org(order[0])).await?;
            // SQLite has one writer: the other one has not begun.
            if !alone {
                barrier.wait().await;
            }
            tx.lock(&org(order[1])).await?;
            tx.commit().await
        })
    });
    let mut outcomes = Vec::new();
    for one in work {
        outcomes.push(one.await.expect("no panic"));
    }
    let conflicts = outcomes
        .iter()
        .filter(|one| matches!(one, Err(StoreError::Conflict)))
        .count();
    let done = outcomes.iter().filter(|one| one.is_ok()).count();
    let expected = if alone { (0, 2) } else { (1, 1) };
    assert_eq!((conflicts, done), expected, "{outcomes:?}");
    Ok(())
}

async fn rel_3_what_cannot_be_serialized_is_a_conflict(world: World) -> Done {
    add_customers(world.eu(), &["a"]).await?;
    let stores = if world.place.engine == Engine::Postgres {
        let database = world.url("eu").rsplit_once('/').expect("a database").1.to_owned();
        let isolation = format!("ALTER DATABASE {database} SET default_transaction_isolation = 'repeatable read'");
        world.sql("eu", &isolation).await;
        world.again().await?
    } else {
        world.stores.clone()
    };
    let region = stores.region("eu").expect("a region");
    let change = |name: &str| Versioned {
        value: customer("a", name),
        version: 1,
    };
    if world.place.engine == Engine::Postgres {
        let (first, second) = (region.begin().await?, region.begin().await?);
        assert!(
            second.read().organization(&org("a")).await?.is_some(),
            "its sight begins here"
        );
        first.put_organization(&change("First")).await?;
        first.commit().await?;
        let refused = second.put_organization(&change("Second")).await;
        assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    } else {
        let first = region.begin().await?;
        first.put_organization(&change("First")).await?;
        first.commit().await?;
        let refused = region.begin().await?.put_organization(&change("Second")).await;
        assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    }
    Ok(())
}

async fn rel_3_a_writer_waits_for_another_process(world: World) -> Done {
    add_customers(world.eu(), &["a"]).await?;
    let other = world.again().await?;
    let held = other.region("eu").expect("a region").begin().await?;
    held.put_organization(&Versioned {
        value: customer("a", "First"),
        version: 1,
    })
    .await?;
    let region = world.eu().clone();
    let waiting = tokio::spawn(async move {
        let tx = region.begin().await?;
        tx.put_organization(&Versioned {
            value: customer("a", "Second"),
            version: 1,
        })
        .await?;
        tx.commit().await
    });
    // Others read what is committed meanwhile.
    for _ in 0..20 {
        let found = world.eu().read().organization(&org("a")).await?.expect("is there");
        assert_eq!((found.value.name.as_str(), waiting.is_finished()), ("a", false));
    }
    held.commit().await?;
    let refused = waiting.await.expect("no panic");
    assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    let found = world.eu().read().organization(&org("a")).await?.expect("is there");
    assert_eq!((found.value.name.as_str(), found.version), ("First", 2));
    other.close().await;
    Ok(())
}
