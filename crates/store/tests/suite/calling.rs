//! Set-up, locations and numbers as they are kept (SETUP-1, SETUP-2, EXP-5, EXP-9).

use crate::support::{
    Done, World,
    samples::{add_customers, at, org, person_id, trial_id},
};
use domain::{
    ids::{HoldId, LocationId, NumberId, NumberOrderId},
    location::{Location, Place},
    setup::Setup,
};
use store::{
    StoreError,
    region::{
        Versioned,
        hold::Hold,
        number::{Number, NumberOrder},
    },
};

crate::support::engines! {
    every: setup_1_a_set_up_is_kept_under_its_version,
        setup_2_a_number_is_kept_once,
        exp_5_rested_numbers_are_found_and_held_ones_are_not,
        exp_9_erasing_takes_all_but_the_numbers;
    files:
}

fn location(tail: &str, customer: &str) -> Location {
    Location {
        id: LocationId::new("eu", tail),
        customer: org(customer),
        place: Place {
            name: "Siège".to_owned(),
            lines: vec!["1 rue du Port".to_owned()],
            city: "Nantes".to_owned(),
            postal_code: String::new(),
            country: "FR".to_owned(),
            zone: "Europe/Paris".to_owned(),
        },
        created_at: at(0),
    }
}

fn number(tail: &str, customer: &str) -> Number {
    Number {
        id: NumberId::new("eu", tail),
        customer: org(customer),
        location: LocationId::new("eu", "l"),
        number: format!("+3314020505{tail}"),
        order: None,
        added_at: at(0),
        rests_until: None,
    }
}

async fn setup_1_a_set_up_is_kept_under_its_version(world: World) -> Done {
    add_customers(world.eu(), &["a"]).await?;
    let none = world.eu().read().setup(&org("a")).await?;
    assert_eq!((none.version, &none.value), (0, &Setup::default()), "SETUP-1");
    let mut value = Setup {
        website: Some("https://a.example/".to_owned()),
        ..Setup::default()
    };
    for version in [0, 1] {
        value.profile_seen = version == 1;
        let tx = world.eu().begin().await?;
        let changed = Versioned {
            value: value.clone(),
            version,
        };
        tx.put_setup(&org("a"), &changed).await?;
        tx.commit().await?;
    }
    let tx = world.eu().begin().await?;
    let stale = tx.put_setup(&org("a"), &Versioned { value, version: 1 }).await;
    assert!(matches!(stale, Err(StoreError::Conflict)), "SETUP-1: {stale:?}");
    tx.rollback().await?;
    let kept = world.eu().read().setup(&org("a")).await?;
    assert!(
        kept.version == 2 && kept.value.profile_seen && kept.value.website.is_some(),
        "SETUP-1"
    );
    Ok(())
}

async fn setup_2_a_number_is_kept_once(world: World) -> Done {
    add_customers(world.eu(), &["a", "b"]).await?;
    let tx = world.eu().begin().await?;
    tx.add_numbers(&[number("1", "a"), number("2", "a")]).await?;
    tx.commit().await?;
    let tx = world.eu().begin().await?;
    let twice = Number {
        id: NumberId::new("eu", "x"),
        ..number("2", "b")
    };
    let taken = tx.add_numbers(&[number("3", "b"), twice]).await;
    assert!(matches!(taken, Err(StoreError::Taken(_))), "SETUP-2: {taken:?}");
    tx.rollback().await?;
    assert_eq!(world.eu().read().numbers(&org("b")).await?, [], "SETUP-2: all or none");
    assert_eq!(world.eu().read().count_numbers(&org("a")).await?, 2, "SETUP-2");
    Ok(())
}

async fn exp_5_rested_numbers_are_found_and_held_ones_are_not(world: World) -> Done {
    add_customers(world.eu(), &["a", "b"]).await?;
    let tx = world.eu().begin().await?;
    tx.add_numbers(&[number("1", "a"), number("2", "a"), number("3", "b")])
        .await?;
    let there = LocationId::new("eu", "l");
    for one in ["1", "3"] {
        tx.rest_number(&NumberId::new("eu", one), &there, Some(at(100))).await?;
    }
    let hold = Hold {
        id: HoldId::new("eu", "1"),
        customer: org("b"),
        reason: "a question".to_owned(),
        placed_by: person_id("1"),
        placed_at: at(0),
        lifted_at: None,
        version: 1,
    };
    tx.add_hold(&hold).await?;
    tx.commit().await?;
    let rested = async |seconds: i64| -> Result<Vec<String>, StoreError> {
        let found = world.eu().read().rested_numbers(at(seconds), 10).await?;
        Ok(found.into_iter().map(|one| one.number).collect())
    };
    assert_eq!(rested(99).await?, Vec::<String>::new(), "EXP-5: to nobody before");
    assert_eq!(rested(100).await?, ["+33140205051"], "EXP-5, EXP-9: the held one stays");
    assert_eq!(world.eu().read().count_numbers(&org("a")).await?, 1, "EXP-5");
    let tx = world.eu().begin().await?;
    tx.rest_number(&NumberId::new("eu", "1"), &there, None).await?;
    tx.commit().await?;
    assert_eq!(rested(1_000).await?, Vec::<String>::new(), "EXP-5: it was put back");
    Ok(())
}

async fn exp_9_erasing_takes_all_but_the_numbers(world: World) -> Done {
    add_customers(world.eu(), &["a", "b"]).await?;
    let tx = world.eu().begin().await?;
    for customer in ["a", "b"] {
        let changed = Versioned {
            value: Setup::default(),
            version: 0,
        };
        tx.put_setup(&org(customer), &changed).await?;
        tx.add_location(&location(&format!("l{customer}"), customer)).await?;
        let order = NumberOrder {
            id: NumberOrderId::new("eu", customer),
            customer: org(customer),
            trial: trial_id(customer),
            location: LocationId::new("eu", "l"),
            provider: "tata".to_owned(),
            quantity: 3,
            at: at(0),
        };
        tx.add_number_order(&order).await?;
    }
    tx.add_numbers(&[number("1", "a")]).await?;
    tx.commit().await?;
    assert_eq!(world.eu().read().ordered_numbers(&trial_id("a")).await?, 3, "SETUP-2");
    let tx = world.eu().begin().await?;
    tx.erase_setup(&org("a")).await?;
    tx.commit().await?;
    let reads = world.eu().read();
    assert_eq!(reads.setup(&org("a")).await?.version, 0, "EXP-9");
    assert!(
        reads.locations(&org("a")).await?.is_empty() && reads.number_orders(&org("a")).await?.is_empty(),
        "EXP-9"
    );
    assert_eq!(reads.numbers(&org("a")).await?.len(), 1, "EXP-5: they rest");
    assert_eq!(
        reads.locations(&org("b")).await?.len(),
        1,
        "EXP-9: another customer's stay"
    );
    Ok(())
}
