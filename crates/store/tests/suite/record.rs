//! The record of changes: one chain per organization, whole under any number of writers (AUD-1, SEC-2b).

use crate::support::{
    Done, World,
    samples::{add_customers, at, org, person_id, trial_id},
};
use domain::ids::{EventId, OrgId};
use serde_json::json;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use store::{
    Region, StoreError, Tx,
    region::event::{By, NewEvent},
};

crate::support::engines! {
    every: aud_1_an_event_comes_back_as_written,
        sec_2b_a_long_record_is_whole,
        sec_2b_what_is_given_up_leaves_no_gap,
        aud_1_without_an_organization_there_is_no_record,
        sec_2b_writers_at_once_on_many_organizations;
    files: sec_2b_writers_at_once_on_one_organization,
        sec_2b_verify_finds_nothing_while_others_write,
}

/// Records one change with personal words.
pub(crate) async fn record(tx: &Tx, organization: &OrgId, tail: &str) -> Done {
    let by = By {
        person: Some(person_id("ada")),
        organization: Some(org("p")),
        on_behalf_of: None,
        via: "api".to_owned(),
        request: Some("req-1".to_owned()),
        from: Some("203.0.113.7".to_owned()),
    };
    let new = NewEvent {
        id: EventId::new("eu", tail),
        organization,
        trial: Some(&trial_id("1")),
        at: at(7),
        name: "extended",
        by: &by,
        body: json!([{ "type": "extended", "from": "2027-02-14", "to": "2027-03-16", "name": "光 'é\"" }]),
        words: &BTreeMap::from([("reason".to_owned(), format!("they asked for it: {tail}"))]),
    };
    tx.record(new).await
}

/// Records without words, in a transaction of its own.
async fn plain(region: &Region, organization: &OrgId, tail: &str) -> Done {
    let tx = region.begin().await?;
    let new = NewEvent {
        id: EventId::new("eu", tail),
        organization,
        trial: None,
        at: at(0),
        name: "signed_in",
        by: &By::default(),
        body: json!({}),
        words: &BTreeMap::new(),
    };
    tx.record(new).await?;
    tx.commit().await
}

/// Records so many changes, every other one with words.
pub(crate) async fn fill(region: &Region, organization: &str, count: usize) -> Done {
    for number in 0..count {
        fill_one(region, organization, number).await?;
    }
    Ok(())
}

async fn fill_one(region: &Region, organization: &str, number: usize) -> Done {
    let tail = format!("{organization}{number:03}");
    if number.is_multiple_of(2) {
        return plain(region, &org(organization), &tail).await;
    }
    let tx = region.begin().await?;
    record(&tx, &org(organization), &tail).await?;
    tx.commit().await
}

/// The number of rows, when nothing is wrong with them.
pub(crate) async fn clean(region: &Region) -> Result<u64, StoreError> {
    let (count, flaws) = region.read().verify_chains().await?;
    assert_eq!(flaws, []);
    Ok(count)
}

async fn aud_1_an_event_comes_back_as_written(world: World) -> Done {
    add_customers(world.eu(), &["a"]).await?;
    plain(world.eu(), &org("a"), "0").await?;
    let tx = world.eu().begin().await?;
    record(&tx, &org("a"), "1").await?;
    record(&tx, &org("a"), "2").await?;
    tx.commit().await?;

    let read = world.eu().read();
    let events = read.events_of_trial(&trial_id("1")).await?;
    let places: Vec<_> = events.iter().map(|event| (event.id.0.as_str(), event.seq)).collect();
    assert_eq!(places, [("event_eu_1", 2), ("event_eu_2", 3)]);
    let event = &events[0];
    assert_eq!(
        (&event.organization, &event.trial, event.at),
        (&org("a"), &Some(trial_id("1")), at(7))
    );
    assert_eq!((event.name.as_str(), event.by.via.as_str()), ("extended", "api"));
    assert_eq!(event.by.person, Some(person_id("ada")));
    assert_eq!(event.body[0]["name"], "光 'é\"");
    assert!(!format!("{event:?}").contains("they asked"), "words lie beside");
    let words = read.words(&event.id).await?.expect("are there");
    assert_eq!(words["reason"], "they asked for it: 1");
    assert_eq!(read.words(&EventId::new("eu", "0")).await?, None);
    assert_eq!(
        read.event_ids(2).await?,
        [EventId::new("eu", "0"), EventId::new("eu", "1")]
    );
    assert_eq!(read.record_length(&org("a")).await?, 3);
    assert_eq!(read.record_length(&org("nobody")).await?, 0);
    Ok(())
}

async fn sec_2b_a_long_record_is_whole(world: World) -> Done {
    assert_eq!(clean(world.eu()).await?, 0);
    add_customers(world.eu(), &["a", "b", "c"]).await?;
    assert_eq!(clean(world.eu()).await?, 0, "records that hold nothing yet");
    fill(world.eu(), "a", 50).await?;
    fill(world.eu(), "b", 3).await?;
    assert_eq!(clean(world.eu()).await?, 53);
    assert_eq!(clean(world.us()).await?, 0);
    Ok(())
}

async fn sec_2b_what_is_given_up_leaves_no_gap(world: World) -> Done {
    add_customers(world.eu(), &["a"]).await?;
    let tx = world.eu().begin().await?;
    record(&tx, &org("a"), "1").await?;
    let part = tx.savepoint().await?;
    record(&part, &org("a"), "2").await?;
    record(&part, &org("a"), "3").await?;
    drop(part);
    record(&tx, &org("a"), "4").await?;
    tx.commit().await?;
    let tx = world.eu().begin().await?;
    record(&tx, &org("a"), "5").await?;
    drop(tx);
    plain(world.eu(), &org("a"), "6").await?;
    assert_eq!(clean(world.eu()).await?, 3);
    assert_eq!(world.eu().read().record_length(&org("a")).await?, 3);
    Ok(())
}

async fn aud_1_without_an_organization_there_is_no_record(world: World) -> Done {
    let tx = world.eu().begin().await?;
    let refused = record(&tx, &org("nobody"), "1").await;
    assert!(matches!(refused, Err(StoreError::Corrupt(_))), "{refused:?}");
    Ok(())
}

async fn sec_2b_writers_at_once_on_many_organizations(world: World) -> Done {
    let tails = ["a", "b", "c", "d", "e", "f"];
    add_customers(world.eu(), &tails).await?;
    let work = tails.map(|tail| {
        let region = world.eu().clone();
        tokio::spawn(async move { fill(&region, tail, 12).await })
    });
    for one in work {
        one.await.expect("no panic")?;
    }
    assert_eq!(clean(world.eu()).await?, 72);
    Ok(())
}

async fn sec_2b_writers_at_once_on_one_organization(world: World) -> Done {
    add_customers(world.eu(), &["a"]).await?;
    let other = world.again().await?;
    let mut work = Vec::new();
    for number in 0..8 {
        let stores = if number % 2 == 0 { &world.stores } else { &other };
        let region = stores.region("eu").expect("a region").clone();
        work.push(tokio::spawn(async move {
            for round in 0..6 {
                plain(&region, &org("a"), &format!("n{number}r{round}")).await?;
            }
            Ok::<_, StoreError>(())
        }));
    }
    for one in work {
        one.await.expect("no panic")?;
    }
    assert_eq!(clean(world.eu()).await?, 48);
    assert_eq!(world.eu().read().record_length(&org("a")).await?, 48);
    other.close().await;
    Ok(())
}

async fn sec_2b_verify_finds_nothing_while_others_write(world: World) -> Done {
    add_customers(world.eu(), &["a", "b"]).await?;
    let other = world.again().await?;
    let checked = Arc::new(AtomicBool::new(false));
    let work = ["a", "b"].map(|tail| {
        let (region, checked) = (other.region("eu").expect("a region").clone(), checked.clone());
        tokio::spawn(async move {
            let mut rounds = 0;
            while rounds < 20 || !checked.load(Ordering::Relaxed) {
                fill_one(&region, tail, rounds).await?;
                rounds += 1;
            }
            Ok::<_, StoreError>(rounds)
        })
    });
    for _ in 0..6 {
        clean(world.eu()).await?;
    }
    checked.store(true, Ordering::Relaxed);
    let mut written = 0;
    for one in work {
        written += one.await.expect("no panic")? as u64;
    }
    assert_eq!(clean(world.eu()).await?, written);
    other.close().await;
    Ok(())
}
