//! Schemas: fresh, repeated, older, newer, interrupted, and by several processes at once.

use crate::support::{
    Done, World, column, execute, keys,
    samples::{add_customers, org},
    url_of,
};
use store::{Config, StoreError, Stores};

crate::support::engines! {
    every: a_fresh_store_is_ready;
    files: rel_3_a_store_behind_a_pooler_keeps_no_statements,
        migrating_again_changes_nothing,
        rel_4_an_older_store_is_refused_and_left_alone,
        rel_4_a_newer_store_is_refused_by_name,
        rel_5_an_interrupted_migration_leaves_nothing_and_runs_again,
        rel_3_several_processes_migrate_at_once,
}

async fn a_fresh_store_is_ready(world: World) -> Done {
    world.stores.directory.ping().await?;
    world.eu().ping().await?;
    world.us().ping().await?;
    assert_eq!(world.eu().read().count_trials(None).await?, 0);
    assert_eq!(world.stores.directory.setting("clock").await?, None);
    Ok(())
}

/// As behind pgBouncer in transaction mode, where the next statement may meet another connection.
async fn rel_3_a_store_behind_a_pooler_keeps_no_statements(world: World) -> Done {
    let mut config = world.config.clone();
    (config.statement_cache, config.connections) = (0, 1);
    let stores = Stores::open(&config, keys(), false).await?;
    let region = stores.region("eu").expect("a region");
    for tail in ["a", "b", "c"] {
        add_customers(region, &[tail]).await?;
        assert!(region.read().organization(&org(tail)).await?.is_some());
    }
    stores.close().await;
    Ok(())
}

/// What a store's schema is made of.
async fn schema(url: &str) -> Vec<String> {
    let query = if url.starts_with("sqlite:") {
        "SELECT name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY 1"
    } else {
        "SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable
         FROM information_schema.columns WHERE table_schema = 'public'
         UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
    };
    column(url, query).await
}

async fn migrating_again_changes_nothing(world: World) -> Done {
    let before = schema(world.url("eu")).await;
    assert!(
        before.len() > 20,
        "the schema is read at all, or nothing would be compared: {before:?}"
    );
    for migrate in [true, false, true] {
        Stores::open(&world.config, keys(), migrate).await?.close().await;
    }
    assert_eq!(schema(world.url("eu")).await, before);
    Ok(())
}

async fn refusal(config: &Config, migrate: bool) -> String {
    match Stores::open(config, keys(), migrate).await {
        Err(StoreError::Schema(text)) => text,
        Err(other) => panic!("not about the schema: {other:?}"),
        Ok(_) => panic!("was opened"),
    }
}

async fn rel_4_an_older_store_is_refused_and_left_alone(world: World) -> Done {
    let config = world.place.more(true).await;
    for name in ["directory", "eu", "us", "mailbox"] {
        // Those before it are up to date by now.
        let text = refusal(&config, false).await;
        assert_eq!(
            text,
            format!("store '{name}' has an older schema; run `foretaste migrate`")
        );
        let left = schema(url_of(&config, name)).await;
        assert_eq!(left, [""; 0], "nothing was written to '{name}'");
        let mut part = config.clone();
        part.regions.retain(|id, _| id.as_str() <= name && name != "directory");
        part.mailbox.take_if(|_| name != "mailbox");
        Stores::open(&part, keys(), true).await?.close().await;
    }
    Stores::open(&config, keys(), false).await?.close().await;
    Ok(())
}

async fn rel_4_a_newer_store_is_refused_by_name(world: World) -> Done {
    let config = world.place.more(true).await;
    Stores::open(&config, keys(), true).await?.close().await;
    let tables = [
        ("mailbox", "seaql_migrations_mailbox"),
        ("us", "seaql_migrations"),
        ("directory", "seaql_migrations_directory"),
    ];
    for (name, table) in tables {
        let row = format!("INSERT INTO {table} (version, applied_at) VALUES ('m9999_from_the_future', 0)");
        assert_eq!(execute(url_of(&config, name), &row).await, 1);
        for migrate in [true, false] {
            assert_eq!(
                refusal(&config, migrate).await,
                format!("store '{name}' was written by a newer version of foretaste; start that version")
            );
        }
    }
    Ok(())
}

async fn rel_5_an_interrupted_migration_leaves_nothing_and_runs_again(world: World) -> Done {
    let config = world.place.more(true).await;
    let url = url_of(&config, "eu");
    // An obstacle late in the migration stops it where a crash would.
    execute(url, "CREATE TABLE hold (obstacle integer)").await;
    let before = schema(url).await;
    let stopped = Stores::open(&config, keys(), true).await;
    assert!(matches!(stopped, Err(StoreError::Database(_))), "{stopped:?}");
    assert_eq!(schema(url).await, before, "all of it was taken back");

    execute(url, "DROP TABLE hold").await;
    let stores = Stores::open(&config, keys(), true).await?;
    let region = stores.region("eu").expect("a region");
    assert_eq!(region.read().holds().await?, []);
    stores.close().await;
    Stores::open(&config, keys(), false).await?.close().await;
    Ok(())
}

async fn rel_3_several_processes_migrate_at_once(world: World) -> Done {
    let config = world.place.more(true).await;
    let opening = (0..4).map(|_| {
        let config = config.clone();
        tokio::spawn(async move { Stores::open(&config, keys(), true).await })
    });
    for opened in opening.collect::<Vec<_>>() {
        let stores = opened.await.expect("no panic")?;
        assert_eq!(
            stores.region("eu").expect("a region").read().count_trials(None).await?,
            0
        );
        stores.close().await;
    }
    let migrations = column(url_of(&config, "eu"), "SELECT version FROM seaql_migrations ORDER BY 1").await;
    let once: std::collections::BTreeSet<&String> = migrations.iter().collect();
    assert!(migrations.contains(&"m0001_region".to_owned()), "{migrations:?}");
    assert_eq!(migrations.len(), once.len(), "written down once: {migrations:?}");
    Ok(())
}
