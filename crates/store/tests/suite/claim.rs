//! ELIG-3: the claim is the check. Of two that start the same service for the same customer one wins.

use crate::support::{
    Done, World,
    samples::{org, put_new, record, request, trial, trial_id},
    taken, winners,
};
use domain::trial::{CancelledBy, ServiceState, State, Trial};
use store::{Region, StoreError, region::trial::TrialRecord};

crate::support::engines! {
    every: elig_2_a_running_trial_claims_and_a_request_does_not,
        elig_2_claims_follow_the_trial,
        elig_3_a_second_claim_is_taken_and_leaves_nothing,
        elig_3_of_many_at_once_exactly_one_wins;
    files: elig_3_of_two_processes_exactly_one_wins,
        elig_3_services_in_another_order_are_no_deadlock,
}

async fn claims(world: &World, customer: &str) -> Result<Vec<String>, StoreError> {
    let mut found = world.eu().read().claims(&org(customer)).await?;
    found.sort();
    Ok(found
        .into_iter()
        .map(|(service, trial, _)| format!("{service} {}", trial.0.replace("trial_eu_", "")))
        .collect())
}

async fn elig_2_a_running_trial_claims_and_a_request_does_not(world: World) -> Done {
    put_new(world.eu(), &[(&trial("1", "a", &["messaging", "calling"]), "A")]).await?;
    put_new(world.eu(), &[(&request("2", "a", &["meetings", "messaging"]), "A")]).await?;
    put_new(world.eu(), &[(&trial("3", "b", &["messaging"]), "B")]).await?;
    assert_eq!(claims(&world, "a").await?, ["calling 1", "messaging 1"]);
    assert_eq!(claims(&world, "b").await?, ["messaging 3"]);
    let partners = world.eu().read().claims(&org("b")).await?;
    assert_eq!(partners, [("messaging".to_owned(), trial_id("3"), org("partner"))]);
    Ok(())
}

async fn put(region: &Region, trial: Trial, version: i64) -> Done {
    let tx = region.begin().await?;
    tx.put_trial(
        &TrialRecord {
            version,
            ..record(trial)
        },
        "a",
        false,
    )
    .await?;
    tx.commit().await
}

async fn elig_2_claims_follow_the_trial(world: World) -> Done {
    let mut one = trial("1", "a", &["messaging", "calling"]);
    put_new(world.eu(), &[(&one, "A")]).await?;
    // EDIT-1: a service goes, another comes.
    one.services.retain(|service| service.id != "calling");
    let mut added = one.services[0].clone();
    added.id = "meetings".to_owned();
    added.state = ServiceState::Provisioning;
    one.services.push(added);
    put(world.eu(), one.clone(), 1).await?;
    assert_eq!(claims(&world, "a").await?, ["meetings 1", "messaging 1"]);

    // CANC-1: all are free at once.
    let term = one.term().cloned();
    one.state = State::Cancelled {
        on: term.as_ref().expect("it ran").starts_on,
        at: one.created_at,
        term,
        by: CancelledBy::Partner,
        left_empty: true,
        organization_closed: false,
    };
    put(world.eu(), one, 2).await?;
    assert_eq!(claims(&world, "a").await?, [""; 0]);
    put_new(world.eu(), &[(&trial("2", "a", &["messaging"]), "A")]).await?;
    assert_eq!(claims(&world, "a").await?, ["messaging 2"]);
    Ok(())
}

async fn elig_3_a_second_claim_is_taken_and_leaves_nothing(world: World) -> Done {
    put_new(world.eu(), &[(&trial("1", "a", &["messaging"]), "A")]).await?;
    let second = put_new(world.eu(), &[(&trial("2", "a", &["calling", "messaging"]), "A")]).await;
    assert!(matches!(second, Err(StoreError::Taken(_))), "{second:?}");
    assert_eq!(world.eu().read().trial(&trial_id("2")).await?, None);
    assert_eq!(claims(&world, "a").await?, ["messaging 1"]);

    // CONS-6: an accepted request meets what was taken meanwhile.
    put_new(world.eu(), &[(&request("3", "a", &["messaging"]), "A")]).await?;
    let mut accepted = request("3", "a", &["messaging"]);
    accepted.state = State::PendingProvisioningDetails;
    let refused = put(world.eu(), accepted, 1).await;
    assert!(matches!(refused, Err(StoreError::Taken(_))), "{refused:?}");
    let found = world.eu().read().trial(&trial_id("3")).await?.expect("is there");
    assert!(matches!(found.trial.state, State::PendingConsent { .. }) && found.version == 1);
    Ok(())
}

/// Starts trials in all these regions' stores at the same instant, every other one with its services the other way
/// round; how many won. The others hear that it is taken.
async fn race(regions: Vec<Region>, customer: &str, services: &[&str]) -> Result<usize, StoreError> {
    let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(regions.len()));
    let mut work = Vec::new();
    for (number, region) in regions.into_iter().enumerate() {
        let mut one = trial(&format!("{customer}{number}"), customer, services);
        if number % 2 == 1 {
            one.services.reverse();
        }
        let barrier = barrier.clone();
        work.push(tokio::spawn(async move {
            barrier.wait().await;
            put_new(&region, &[(&one, "A")]).await
        }));
    }
    winners(work, taken).await
}

async fn elig_3_of_many_at_once_exactly_one_wins(world: World) -> Done {
    for round in 0..5 {
        let customer = format!("c{round}");
        assert_eq!(race(vec![world.eu().clone(); 8], &customer, &["messaging"]).await?, 1);
        assert_eq!(claims(&world, &customer).await?.len(), 1);
        assert_eq!(world.eu().read().trials_of(&org(&customer)).await?.len(), 1);
    }
    Ok(())
}

async fn elig_3_of_two_processes_exactly_one_wins(world: World) -> Done {
    let other = world.again().await?;
    for round in 0..15 {
        let customer = format!("c{round}");
        let regions = vec![world.eu().clone(), other.region("eu").expect("a region").clone()];
        assert_eq!(race(regions, &customer, &["messaging"]).await?, 1);
        assert_eq!(world.eu().read().trials_of(&org(&customer)).await?.len(), 1);
    }
    other.close().await;
    Ok(())
}

async fn elig_3_services_in_another_order_are_no_deadlock(world: World) -> Done {
    let other = world.again().await?;
    for round in 0..25 {
        let customer = format!("c{round}");
        let regions = vec![world.eu().clone(), other.region("eu").expect("a region").clone()];
        assert_eq!(
            race(regions, &customer, &["messaging", "calling"]).await?,
            1,
            "round {round}"
        );
        assert_eq!(claims(&world, &customer).await?.len(), 2);
    }
    other.close().await;
    Ok(())
}
