//! What lists and look-ups find devices by (DEV): as it was written, in the order of their lists, a serial once.

use crate::support::{
    Done, World,
    samples::{at, org, put_new, trial, trial_id},
    taken,
};
use domain::ids::{DeviceExtensionId, ShipmentId};
use std::collections::{BTreeMap, BTreeSet};
use store::{
    StoreError,
    region::{
        shipment::{ExtensionQuery, Returns, ShipmentEntry, ShipmentQuery},
        trial::Scope,
    },
};

crate::support::engines! {
    every: dev_4_a_serial_is_out_once_in_a_region,
        dev_2_a_type_goes_once_to_a_trial,
        dev_6_returns_are_listed_by_the_day_on_which_they_are_due,
        dev_9_a_shipment_is_found_by_whatever_one_knows_of_it,
        dev_1_shipments_are_listed_oldest_first_to_the_last_one,
        ext_4_requests_to_keep_devices_longer_are_listed_with_their_state;
    files:
}

fn id(tail: &str) -> ShipmentId {
    ShipmentId::new("eu", tail)
}

/// Devices that are out.
fn out(tail: &str, seconds: i64, types: &[&str], serials: &[&str]) -> ShipmentEntry {
    let all = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
    ShipmentEntry {
        id: id(tail),
        status: "shipped",
        return_status: "planned",
        order_number: Some(format!("D{seconds}")),
        requested_at: at(seconds),
        due_at: Some(at(1_000 + seconds)),
        types: all(types),
        serials: all(serials),
        extensions: Vec::new(),
    }
}

async fn put(world: &World, of: &str, entries: &[ShipmentEntry]) -> Done {
    let tx = world.eu().begin().await?;
    tx.put_shipments((&trial_id(of), &org("customer")), entries).await?;
    tx.commit().await
}

fn all() -> ShipmentQuery {
    ShipmentQuery {
        scope: Scope::All,
        statuses: Vec::new(),
        returns: None,
        customer: None,
        trial: None,
        q: None,
        after: None,
        limit: 100,
    }
}

async fn found(world: &World, query: &ShipmentQuery) -> Result<Vec<String>, StoreError> {
    let found = world.eu().read().shipments(query).await?;
    Ok(found.into_iter().map(|one| one.id.0).collect())
}

async fn places(world: &World) -> Result<BTreeMap<String, ShipmentId>, StoreError> {
    let serials: BTreeSet<String> = ["A001", "A002", "A003"].map(str::to_owned).into();
    world.eu().read().serials_out(&serials).await
}

async fn dev_4_a_serial_is_out_once_in_a_region(world: World) -> Done {
    put(&world, "1", &[out("s1", 1, &["headset"], &["A001", "A002"])]).await?;
    let clash = put(&world, "2", &[out("s2", 2, &["headset"], &["A003", "A002"])]).await;
    assert!(clash.is_err_and(|error| taken(&error)), "it is with another customer");
    let first = BTreeMap::from([("A001".to_owned(), id("s1")), ("A002".to_owned(), id("s1"))]);
    assert_eq!(places(&world).await?, first, "nothing of the other one was written");
    // One is back: it can leave again.
    put(&world, "1", &[out("s1", 1, &["headset"], &["A001"])]).await?;
    put(&world, "2", &[out("s2", 2, &["headset"], &["A003", "A002"])]).await?;
    assert_eq!(places(&world).await?["A002"], id("s2"));
    // Another region's serials are another region's.
    let tx = world.us().begin().await?;
    tx.put_shipments((&trial_id("9"), &org("else")), &[out("s9", 9, &["headset"], &["A001"])])
        .await?;
    tx.commit().await?;
    put(&world, "1", &[]).await?;
    assert!(!places(&world).await?.contains_key("A001"));
    Ok(())
}

async fn dev_2_a_type_goes_once_to_a_trial(world: World) -> Done {
    let both = [
        out("s1", 1, &["headset"], &["A001"]),
        out("s2", 2, &["headset"], &["A002"]),
    ];
    let clash = put(&world, "1", &both).await;
    assert!(clash.is_err_and(|error| taken(&error)));
    // A refused one takes no type.
    let refused = ShipmentEntry {
        status: "refused",
        return_status: "",
        types: Vec::new(),
        serials: Vec::new(),
        due_at: None,
        order_number: None,
        ..both[0].clone()
    };
    put(&world, "1", &[refused, both[1].clone()]).await?;
    put(&world, "2", &[out("s3", 3, &["headset"], &["A003"])]).await?;
    assert_eq!(found(&world, &all()).await?, ["ship_eu_s1", "ship_eu_s2", "ship_eu_s3"]);
    assert_eq!(
        world.eu().read().trial_of_shipment(&id("s2")).await?,
        Some(trial_id("1"))
    );
    assert_eq!(world.eu().read().trial_of_shipment(&id("s9")).await?, None);
    Ok(())
}

async fn dev_6_returns_are_listed_by_the_day_on_which_they_are_due(world: World) -> Done {
    let due = |tail: &str, seconds, status| ShipmentEntry {
        due_at: Some(at(seconds)),
        return_status: status,
        ..out(tail, 1, &[], &[])
    };
    let entries = [
        due("late", 300, "open"),
        due("planned", 200, "planned"),
        due("first", 100, "open"),
        due("back", 50, "complete"),
        ShipmentEntry {
            return_status: "",
            due_at: None,
            ..due("wanted", 1, "")
        },
    ];
    put(&world, "1", &entries).await?;
    let now = at(150);
    for (returns, wanted) in [
        (Returns::All, ["back", "first", "late"].as_slice()),
        (Returns::Open(now), &["late"]),
        (Returns::Overdue(now), &["first"]),
        (Returns::Overdue(at(200)), &["first", "planned"]),
        (Returns::DueSoon(now, at(300)), &["planned", "late"]),
        (Returns::DueSoon(now, at(299)), &["planned"]),
        (Returns::Complete, &["back"]),
    ] {
        let query = ShipmentQuery {
            returns: Some(returns),
            ..all()
        };
        let wanted: Vec<String> = wanted.iter().map(|tail| format!("ship_eu_{tail}")).collect();
        assert_eq!(found(&world, &query).await?, wanted, "{returns:?}");
    }
    let first = ShipmentQuery {
        returns: Some(Returns::All),
        after: Some((at(50).as_microsecond(), "ship_eu_back".to_owned())),
        limit: 1,
        ..all()
    };
    assert_eq!(found(&world, &first).await?, ["ship_eu_first"], "the list goes on");
    Ok(())
}

async fn dev_9_a_shipment_is_found_by_whatever_one_knows_of_it(world: World) -> Done {
    let mine = trial("1", "customer", &["messaging"]);
    put_new(world.eu(), &[(&mine, "Société Lumière")]).await?;
    put(&world, "1", &[out("abcdefghij", 7, &["headset"], &["FCH2345A0BC"])]).await?;
    put(&world, "2", &[out("other", 8, &["headset"], &["A002"])]).await?;
    for typed in [
        "ship_eu_abcdefghij",
        "return_eu_abcdefghij",
        "RMA-ABCDEFGHIJ",
        "d 7",
        "fch 2345-a0bc",
        "LUMIÈRE",
        mine.id.as_str(),
    ] {
        let query = ShipmentQuery {
            q: Some(typed.to_owned()),
            ..all()
        };
        assert_eq!(found(&world, &query).await?, ["ship_eu_abcdefghij"], "{typed}");
    }
    let query = ShipmentQuery {
        q: Some("nothing of the kind".to_owned()),
        ..all()
    };
    assert!(found(&world, &query).await?.is_empty());
    let numbered = world.eu().read().shipments_by_order("D7").await?;
    assert_eq!(numbered, [(id("abcdefghij"), trial_id("1"))]);
    for (partner, wanted) in [("partner", 1), ("other", 0)] {
        let query = ShipmentQuery {
            scope: Scope::Partner(org(partner)),
            ..all()
        };
        assert_eq!(found(&world, &query).await?.len(), wanted, "{partner} sees its own");
    }
    Ok(())
}

async fn dev_1_shipments_are_listed_oldest_first_to_the_last_one(world: World) -> Done {
    let one = |tail: &str, seconds, status| ShipmentEntry {
        status,
        ..out(tail, seconds, &[], &[])
    };
    put(&world, "1", &[one("c", 20, "requested"), one("a", 20, "requested")]).await?;
    put(&world, "2", &[one("b", 20, "shipped"), one("z", 10, "approved")]).await?;
    let mut query = ShipmentQuery { limit: 3, ..all() };
    let first = world.eu().read().shipments(&query).await?;
    let ids: Vec<&str> = first.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(
        ids,
        ["ship_eu_z", "ship_eu_a", "ship_eu_b"],
        "of one instant by their ids"
    );
    let last = first.last().expect("three");
    assert_eq!((&last.trial, last.key), (&trial_id("2"), at(20).as_microsecond()));
    query.after = Some((last.key, last.id.0.clone()));
    assert_eq!(found(&world, &query).await?, ["ship_eu_c"]);
    let query = ShipmentQuery {
        statuses: vec!["requested".to_owned(), "approved".to_owned()],
        ..all()
    };
    assert_eq!(found(&world, &query).await?, ["ship_eu_z", "ship_eu_a", "ship_eu_c"]);
    let query = ShipmentQuery {
        trial: Some(trial_id("2")),
        ..all()
    };
    assert_eq!(found(&world, &query).await?, ["ship_eu_z", "ship_eu_b"]);
    Ok(())
}

async fn ext_4_requests_to_keep_devices_longer_are_listed_with_their_state(world: World) -> Done {
    let asked = |tail: &str, state, seconds| (DeviceExtensionId::new("eu", tail), state, at(seconds));
    let with = |tail: &str, extensions| ShipmentEntry {
        extensions,
        ..out(tail, 1, &[], &[])
    };
    let first = vec![asked("c", "pending", 30), asked("a", "approved", 10)];
    put(&world, "1", &[with("s1", first)]).await?;
    put(&world, "2", &[with("s2", vec![asked("b", "pending", 20)])]).await?;
    let all = ExtensionQuery {
        scope: Scope::All,
        state: None,
        trial: None,
        customer: None,
        after: None,
        limit: 100,
    };
    let found = async |query: &ExtensionQuery| -> Result<Vec<String>, StoreError> {
        let found = world.eu().read().device_extensions(query).await?;
        Ok(found.into_iter().map(|one| one.id.0).collect())
    };
    assert_eq!(found(&all).await?, ["devext_eu_a", "devext_eu_b", "devext_eu_c"]);
    let pending = ExtensionQuery {
        state: Some("pending".to_owned()),
        ..all.clone()
    };
    assert_eq!(found(&pending).await?, ["devext_eu_b", "devext_eu_c"]);
    let rest = ExtensionQuery {
        after: Some((at(10).as_microsecond(), "devext_eu_a".to_owned())),
        limit: 1,
        ..all.clone()
    };
    assert_eq!(found(&rest).await?, ["devext_eu_b"], "the list goes on");
    let of = ExtensionQuery {
        trial: Some(trial_id("1")),
        ..all.clone()
    };
    assert_eq!(found(&of).await?, ["devext_eu_a", "devext_eu_c"]);
    let reads = world.eu().read();
    let of_b = reads
        .trial_of_device_extension(&DeviceExtensionId::new("eu", "b"))
        .await?;
    assert_eq!(of_b, Some(trial_id("2")));
    // What is written anew takes the place of what was there.
    put(&world, "1", &[with("s1", vec![asked("c", "refused", 30)])]).await?;
    assert_eq!(found(&pending).await?, ["devext_eu_b"]);
    Ok(())
}
