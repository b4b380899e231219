//! Orders to the provisioner: in one hand at a time, called at least once, settled once (PROV-2).

use crate::support::{
    Done, World,
    samples::{at, org, trial_id},
};
use domain::{
    ids::ProvisioningId,
    trial::{Act, ProvisioningOrderState},
};
use jiff::SignedDuration;
use store::{
    StoreError,
    region::provisioning::{Called, Heard, NOT_YET, ProvisioningOrder, ProvisioningOrderQuery},
};

crate::support::engines! {
    every: prov_2_an_order_comes_back_as_written,
        prov_2_a_later_order_voids_the_earlier_one_of_its_service,
        prov_2_a_lease_keeps_others_away_and_an_old_holder_changes_nothing,
        prov_2_what_is_in_flight_keeps_back_what_follows_it,
        prov_2_an_answer_that_comes_during_the_call_stays,
        prov_2_that_it_takes_longer_is_known_until_the_next_call,
        list_4_what_is_stuck_is_found,
        exp_9_what_the_provisioner_said_is_erased;
    files: perf_6_callers_at_once_take_each_order_once,
}

const LEASE: SignedDuration = SignedDuration::from_secs(60);

fn id(tail: &str) -> ProvisioningId {
    ProvisioningId::new("eu", tail)
}

fn order(tail: &str, service: &str, act: Act) -> ProvisioningOrder {
    ProvisioningOrder {
        id: id(tail),
        trial: trial_id("1"),
        customer: org("customer"),
        service: service.to_owned(),
        act,
        state: ProvisioningOrderState::Open,
        asked_at: at(0),
        attempts: 0,
        misses: 0,
        taken: 0,
        called_at: None,
        heard: None,
        next_at: at(0),
        late_at: at(1_000),
        answered_at: None,
        answered_by: None,
        by_hand: false,
        reason: None,
        version: 1,
    }
}

async fn ask(world: &World, orders: &[ProvisioningOrder]) -> Done {
    let tx = world.eu().begin().await?;
    tx.ask(&org("customer"), orders).await?;
    tx.commit().await
}

async fn put(world: &World, order: &ProvisioningOrder) -> Done {
    let tx = world.eu().begin().await?;
    tx.put_provisioning_order(order).await?;
    tx.commit().await
}

async fn claim(world: &World, seconds: i64) -> Result<Vec<Called>, StoreError> {
    world.eu().claim_provisioning_orders(at(seconds), LEASE, 8).await
}

fn ids(called: &[Called]) -> Vec<&str> {
    let mut all: Vec<&str> = called
        .iter()
        .map(|one| one.order.id.as_str().trim_start_matches("prov_eu_"))
        .collect();
    all.sort_unstable();
    all
}

async fn now(world: &World, tail: &str) -> Result<ProvisioningOrder, StoreError> {
    Ok(world
        .eu()
        .read()
        .provisioning_order(&id(tail))
        .await?
        .expect("is there"))
}

async fn prov_2_an_order_comes_back_as_written(world: World) -> Done {
    let written = order("1", "messaging", Act::Provision);
    ask(&world, std::slice::from_ref(&written)).await?;
    ask(&world, &[]).await?;
    assert_eq!(now(&world, "1").await?, written);
    assert_eq!(world.eu().read().provisioning_order(&id("2")).await?, None);
    let settled = ProvisioningOrder {
        state: ProvisioningOrderState::Failed,
        answered_at: Some(at(9)),
        by_hand: true,
        reason: Some("No".to_owned()),
        ..written.clone()
    };
    put(&world, &settled).await?;
    assert_eq!(
        now(&world, "1").await?,
        ProvisioningOrder {
            version: 2,
            ..settled.clone()
        }
    );
    let stale = put(&world, &settled).await;
    assert!(
        matches!(stale, Err(StoreError::Conflict)),
        "answered meanwhile: {stale:?}"
    );
    let mut found = world.eu().read().provisioning_orders_of(&trial_id("1")).await?;
    assert_eq!(found.pop().map(|one| one.version), Some(2));
    Ok(())
}

async fn prov_2_a_later_order_voids_the_earlier_one_of_its_service(world: World) -> Done {
    let first = [
        order("a", "messaging", Act::Provision),
        order("b", "calling", Act::Provision),
    ];
    ask(&world, &first).await?;
    let done = ProvisioningOrder {
        state: ProvisioningOrderState::Done,
        ..order("b", "calling", Act::Provision)
    };
    put(&world, &done).await?;
    let second = [
        order("c", "messaging", Act::Withdraw),
        order("d", "calling", Act::Withdraw),
    ];
    ask(&world, &second).await?;
    let mut states = Vec::new();
    for tail in ["a", "b", "c", "d"] {
        states.push(now(&world, tail).await?.state);
    }
    let open = ProvisioningOrderState::Open;
    assert_eq!(
        states,
        [ProvisioningOrderState::Void, ProvisioningOrderState::Done, open, open]
    );
    assert_eq!(ids(&claim(&world, 0).await?), ["c", "d"]);
    Ok(())
}

async fn prov_2_a_lease_keeps_others_away_and_an_old_holder_changes_nothing(world: World) -> Done {
    ask(&world, &[order("1", "messaging", Act::Provision)]).await?;
    let first = claim(&world, 0).await?;
    assert_eq!(ids(&first), ["1"]);
    assert_eq!(ids(&claim(&world, 59).await?), [""; 0], "in hand");
    // Killed between call and record: again, under the same id.
    let second = claim(&world, 60).await?;
    assert_eq!((ids(&second), second[0].fence), (vec!["1"], first[0].fence + 1));
    world
        .eu()
        .finish_provisioning_order(&first[0], at(61), &Heard::GivenUp("gone"))
        .await?;
    assert_eq!(
        now(&world, "1").await?.attempts,
        0,
        "whoever lost the lease writes nothing"
    );
    world
        .eu()
        .finish_provisioning_order(&second[0], at(61), &Heard::Missed("refused", at(100)))
        .await?;
    let order = now(&world, "1").await?;
    assert_eq!(
        (order.attempts, order.misses, order.heard.as_deref(), order.next_at),
        (1, 1, Some("refused"), at(100))
    );
    assert_eq!(ids(&claim(&world, 99).await?), [""; 0]);
    let third = claim(&world, 100).await?;
    world
        .eu()
        .finish_provisioning_order(&third[0], at(101), &Heard::Taken(at(500)))
        .await?;
    assert_eq!(now(&world, "1").await?.misses, 0);
    let fourth = claim(&world, 500).await?;
    world
        .eu()
        .finish_provisioning_order(&fourth[0], at(501), &Heard::GivenUp("gone"))
        .await?;
    let order = now(&world, "1").await?;
    assert_eq!((order.state, order.attempts), (ProvisioningOrderState::Manual, 3));
    assert_eq!(order.version, 2, "who saw it open is told that it is not");
    assert_eq!(ids(&claim(&world, 9_999).await?), [""; 0], "up to people");
    Ok(())
}

async fn prov_2_what_is_in_flight_keeps_back_what_follows_it(world: World) -> Done {
    ask(&world, &[order("1", "messaging", Act::Provision)]).await?;
    let flying = claim(&world, 0).await?;
    ask(
        &world,
        &[
            order("2", "messaging", Act::Withdraw),
            order("3", "calling", Act::Provision),
        ],
    )
    .await?;
    assert_eq!(
        ids(&claim(&world, 1).await?),
        ["3"],
        "what was asked first does not arrive last"
    );
    world
        .eu()
        .finish_provisioning_order(&flying[0], at(2), &Heard::Taken(at(500)))
        .await?;
    assert_eq!(
        now(&world, "1").await?.state,
        ProvisioningOrderState::Void,
        "still no longer wanted"
    );
    assert_eq!(ids(&claim(&world, 3).await?), ["2"]);
    Ok(())
}

async fn prov_2_an_answer_that_comes_during_the_call_stays(world: World) -> Done {
    ask(
        &world,
        &[
            order("1", "messaging", Act::Provision),
            order("2", "calling", Act::Provision),
        ],
    )
    .await?;
    let called = claim(&world, 0).await?;
    let done = ProvisioningOrder {
        state: ProvisioningOrderState::Done,
        ..now(&world, "1").await?
    };
    let put_off = ProvisioningOrder {
        next_at: at(9_000),
        ..now(&world, "2").await?
    };
    put(&world, &done).await?;
    put(&world, &put_off).await?;
    for one in &called {
        world
            .eu()
            .finish_provisioning_order(one, at(1), &Heard::Missed("late", at(30)))
            .await?;
    }
    let (first, second) = (now(&world, "1").await?, now(&world, "2").await?);
    assert_eq!((first.state, first.attempts), (ProvisioningOrderState::Done, 1));
    assert_eq!(
        (second.state, second.next_at),
        (ProvisioningOrderState::Open, at(9_000))
    );
    Ok(())
}

async fn prov_2_that_it_takes_longer_is_known_until_the_next_call(world: World) -> Done {
    ask(&world, &[order("1", "messaging", Act::Provision)]).await?;
    let called = claim(&world, 0).await?;
    let longer = ProvisioningOrder {
        heard: Some(NOT_YET.to_owned()),
        next_at: at(50),
        ..now(&world, "1").await?
    };
    put(&world, &longer).await?;
    world
        .eu()
        .finish_provisioning_order(&called[0], at(1), &Heard::Taken(at(500)))
        .await?;
    let order = now(&world, "1").await?;
    assert_eq!(
        (order.heard.as_deref(), order.attempts, order.taken),
        (Some(NOT_YET), 1, 0),
        "an answer during the call says more than that it was taken"
    );
    let called = claim(&world, 50).await?;
    world
        .eu()
        .finish_provisioning_order(&called[0], at(51), &Heard::Taken(at(500)))
        .await?;
    let order = now(&world, "1").await?;
    assert_eq!((order.heard.as_deref(), order.taken), (Some("taken"), 1));
    Ok(())
}

async fn list_4_what_is_stuck_is_found(world: World) -> Done {
    let missed = ProvisioningOrder {
        misses: 3,
        ..order("2", "calling", Act::Provision)
    };
    let manual = ProvisioningOrder {
        state: ProvisioningOrderState::Manual,
        ..order("3", "meetings", Act::Provision)
    };
    let failed = ProvisioningOrder {
        state: ProvisioningOrderState::Failed,
        ..order("4", "devices", Act::Provision)
    };
    ask(
        &world,
        &[order("1", "messaging", Act::Provision), missed, manual, failed],
    )
    .await?;
    let stuck = |seconds: i64, after: Option<&str>| ProvisioningOrderQuery {
        stuck: Some((true, at(seconds))),
        after: after.map(|tail| (at(0).as_microsecond(), id(tail).0)),
        limit: 10,
        ..ProvisioningOrderQuery::default()
    };
    for (seconds, after, wanted) in [
        (999, None, vec!["2", "3"]),
        (1_000, None, vec!["1", "2", "3"]),
        (1_000, Some("2"), vec!["3"]),
    ] {
        let query = stuck(seconds, after);
        let found = world.eu().read().provisioning_orders(&query).await?;
        let tails: Vec<&str> = found
            .iter()
            .map(|one| one.id.as_str().trim_start_matches("prov_eu_"))
            .collect();
        assert_eq!(tails, wanted);
        assert!(found.iter().all(|one| one.is_stuck(at(seconds))), "the same by both");
        assert_eq!(
            world.eu().read().count_provisioning_orders(&query).await?,
            wanted.len() as u64
        );
    }
    // Those that are open and not stuck, however many are.
    for (seconds, wanted) in [(999, 1), (1_000, 0)] {
        let quiet = ProvisioningOrderQuery {
            state: Some(ProvisioningOrderState::Open),
            stuck: Some((false, at(seconds))),
            ..stuck(seconds, None)
        };
        assert_eq!(world.eu().read().provisioning_orders(&quiet).await?.len(), wanted);
        assert_eq!(
            world.eu().read().count_provisioning_orders(&quiet).await?,
            wanted as u64
        );
    }
    let failed = ProvisioningOrderQuery {
        state: Some(ProvisioningOrderState::Failed),
        limit: 10,
        ..ProvisioningOrderQuery::default()
    };
    assert_eq!(world.eu().read().provisioning_orders(&failed).await?.len(), 1);
    assert_eq!(
        world.eu().read().trials_by_hand(&org("customer")).await?,
        [trial_id("1")]
    );
    Ok(())
}

async fn exp_9_what_the_provisioner_said_is_erased(world: World) -> Done {
    let said = ProvisioningOrder {
        state: ProvisioningOrderState::Failed,
        reason: Some("Frau Quittenbaum".to_owned()),
        ..order("1", "messaging", Act::Provision)
    };
    ask(&world, std::slice::from_ref(&said)).await?;
    let tx = world.eu().begin().await?;
    tx.erase_provisioning(&org("customer")).await?;
    tx.commit().await?;
    assert_eq!(now(&world, "1").await?, ProvisioningOrder { reason: None, ..said });
    Ok(())
}

async fn perf_6_callers_at_once_take_each_order_once(world: World) -> Done {
    let services: Vec<String> = (0..40).map(|number| format!("service-{number}")).collect();
    let orders: Vec<ProvisioningOrder> = services
        .iter()
        .enumerate()
        .map(|(number, service)| order(&format!("o{number}"), service, Act::Provision))
        .collect();
    ask(&world, &orders).await?;
    let mut callers = Vec::new();
    for _ in 0..4 {
        let stores = world.again().await?;
        callers.push(tokio::spawn(async move {
            let mut taken = Vec::new();
            loop {
                let called = stores
                    .region("eu")
                    .expect("a region")
                    .claim_provisioning_orders(at(0), LEASE, 3)
                    .await?;
                if called.is_empty() {
                    stores.close().await;
                    return Ok::<_, StoreError>(taken);
                }
                taken.extend(called.into_iter().map(|one| one.order.id));
            }
        }));
    }
    let mut all = Vec::new();
    for caller in callers {
        all.extend(caller.await.expect("no panic")?);
    }
    // Whoever found nothing free may have left early; nobody takes what another one has.
    all.extend(claim_all(&world).await?);
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!((count, all.len()), (40, 40));
    Ok(())
}

async fn claim_all(world: &World) -> Result<Vec<ProvisioningId>, StoreError> {
    let mut all = Vec::new();
    loop {
        let called = claim(world, 0).await?;
        if called.is_empty() {
            return Ok(all);
        }
        all.extend(called.into_iter().map(|one| one.order.id));
    }
}
