//! A key is reserved first, and its answer is written with its effect.

use crate::support::{Done, World, samples::at, taken, winners};
use store::{StoreError, directory::Reservation};

crate::support::engines! {
    every: a_key_is_reserved_once,
        of_two_who_take_over_a_key_one_does,
        a_key_is_freed_by_its_owner_only_and_forgotten_in_time,
        an_answer_is_kept_with_its_effect_and_once;
    files: rel_2_of_many_with_one_key_exactly_one_reserves,
}

async fn a_key_is_reserved_once(world: World) -> Done {
    let directory = &world.stores.directory;
    assert_eq!(directory.reservation("key").await?, None);
    directory
        .reserve_key("key", "body", "", "server-1", at(0), at(30))
        .await?;
    let twice = directory
        .reserve_key("key", "other body", "us", "server-2", at(1), at(31))
        .await;
    assert!(matches!(twice, Err(StoreError::Taken(_))), "{twice:?}");
    let first = Reservation {
        body: "body".to_owned(),
        region: String::new(),
        owner: "server-1".to_owned(),
        lease_until: at(30).as_microsecond(),
        created_at: at(0).as_microsecond(),
    };
    assert_eq!(directory.reservation("key").await?, Some(first.clone()));
    directory.route_key("key", "eu").await?;
    let routed = Reservation {
        region: "eu".to_owned(),
        ..first
    };
    assert_eq!(directory.reservation("key").await?, Some(routed));
    Ok(())
}

async fn of_two_who_take_over_a_key_one_does(world: World) -> Done {
    let directory = &world.stores.directory;
    directory
        .reserve_key("key", "body", "", "server-1", at(0), at(30))
        .await?;
    let seen = directory.reservation("key").await?.expect("is there");
    assert!(directory.take_over_key("key", &seen, "server-2", at(90)).await?);
    assert!(!directory.take_over_key("key", &seen, "server-3", at(91)).await?);
    let now = directory.reservation("key").await?.expect("is there");
    assert_eq!(
        (now.owner.as_str(), now.lease_until),
        ("server-2", at(90).as_microsecond())
    );
    assert!(
        directory.take_over_key("key", &now, "server-2", at(120)).await?,
        "a longer lease of one's own"
    );
    assert!(!directory.take_over_key("nothing", &now, "server-2", at(120)).await?);
    Ok(())
}

async fn a_key_is_freed_by_its_owner_only_and_forgotten_in_time(world: World) -> Done {
    let directory = &world.stores.directory;
    for (key, seconds) in [("a", 0), ("b", 10), ("c", 20)] {
        directory
            .reserve_key(key, "body", "eu", "server-1", at(seconds), at(30))
            .await?;
    }
    directory.leave_key("a", "server-2").await?;
    let seen = directory.reservation("a").await?.expect("is there");
    assert_ne!(seen.lease_until, 0, "somebody else's");
    directory.leave_key("a", "server-1").await?;
    let seen = directory.reservation("a").await?.expect("is there");
    assert_eq!(
        (seen.lease_until, seen.body.as_str()),
        (0, "body"),
        "left, with its body"
    );
    directory.free_key("a", "server-2").await?;
    assert!(directory.reservation("a").await?.is_some());
    directory.free_key("a", "server-1").await?;
    assert_eq!(directory.reservation("a").await?, None);
    assert_eq!(
        directory.forget_keys(at(20)).await?,
        1,
        "older than that, not of that instant"
    );
    assert!(directory.reservation("b").await?.is_none() && directory.reservation("c").await?.is_some());
    Ok(())
}

async fn an_answer_is_kept_with_its_effect_and_once(world: World) -> Done {
    let tx = world.eu().begin().await?;
    tx.put_setting("effect", "1").await?;
    tx.put_answer("key", "{\"é\":1}".to_owned(), None, at(0)).await?;
    drop(tx);
    assert_eq!(world.eu().read().answer("key").await?, None);

    let tx = world.eu().begin().await?;
    tx.put_answer("key", "{\"é\":1}".to_owned(), None, at(0)).await?;
    tx.put_answer("late", "{}".to_owned(), None, at(10)).await?;
    tx.commit().await?;
    let tx = world.eu().begin().await?;
    tx.put_setting("effect", "2").await?;
    let twice = tx.put_answer("key", "{}".to_owned(), None, at(5)).await;
    assert!(matches!(twice, Err(StoreError::Taken(_))), "{twice:?}");
    drop(tx);
    assert_eq!(world.eu().read().setting("effect").await?, None, "nor its effect");
    assert_eq!(world.eu().read().answer("key").await?.as_deref(), Some("{\"é\":1}"));
    assert_eq!(world.us().read().answer("key").await?, None);

    let tx = world.eu().begin().await?;
    assert_eq!(tx.forget_answers(at(10)).await?, 1);
    tx.commit().await?;
    assert!(world.eu().read().answer("key").await?.is_none() && world.eu().read().answer("late").await?.is_some());
    Ok(())
}

async fn rel_2_of_many_with_one_key_exactly_one_reserves(world: World) -> Done {
    let other = world.again().await?;
    for round in 0..20 {
        let work: Vec<_> = (0..4)
            .map(|number| {
                let stores = if number % 2 == 0 { &world.stores } else { &other };
                let (directory, key) = (stores.directory.clone(), format!("key {round}"));
                tokio::spawn(async move {
                    directory
                        .reserve_key(&key, "body", "eu", &number.to_string(), at(0), at(30))
                        .await
                })
            })
            .collect();
        assert_eq!(winners(work, taken).await?, 1, "round {round}");
    }
    other.close().await;
    Ok(())
}
