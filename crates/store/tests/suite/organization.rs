//! Organizations: as they were written, changed by one at a time, closed and found again.

use crate::support::{
    Done, World,
    samples::{customer, day, org, partner},
    winners,
};
use domain::organization::{Kind, Organization};
use store::{StoreError, region::Versioned};

crate::support::engines! {
    every: an_organization_comes_back_as_it_was_written,
        an_id_is_given_once,
        a_stale_version_is_a_conflict,
        of_two_who_change_it_at_once_one_is_told,
        kinds_are_listed_apart,
        exp_9_closed_organizations_wait_for_their_erasure,
        list_1_open_customers_are_paged_by_name;
    files:
}

async fn an_organization_comes_back_as_it_was_written(world: World) -> Done {
    let all = [
        customer("a", "Société Lumière \u{1F4FD} 光之股份有限公司 'quoted\" %_\\"),
        partner("b", "Vendredi & fils"),
        Organization {
            kind: Kind::Vendor,
            ..customer("c", "The vendor")
        },
    ];
    let tx = world.eu().begin().await?;
    for one in &all {
        tx.add_organization(one).await?;
    }
    tx.commit().await?;

    let read = world.eu().read();
    for one in &all {
        let found = read.organization(&one.id).await?.expect("is there");
        assert_eq!((found.value, found.version), (one.clone(), 1));
    }
    assert_eq!(read.organization(&org("nobody")).await?, None);
    let mut some = read.organizations(&[org("c"), org("nobody"), org("a")]).await?;
    some.sort_by(|left, right| left.id.cmp(&right.id));
    assert_eq!(some, [all[0].clone(), all[2].clone()]);
    assert_eq!(read.organizations(&[]).await?, []);
    Ok(())
}

async fn an_id_is_given_once(world: World) -> Done {
    let tx = world.eu().begin().await?;
    tx.add_organization(&customer("a", "A")).await?;
    let twice = tx.add_organization(&customer("a", "B")).await;
    assert!(matches!(twice, Err(StoreError::Taken(_))), "{twice:?}");
    Ok(())
}

async fn add(world: &World, organization: &Organization) -> Done {
    let tx = world.eu().begin().await?;
    tx.add_organization(organization).await?;
    tx.commit().await
}

async fn a_stale_version_is_a_conflict(world: World) -> Done {
    add(&world, &customer("a", "A")).await?;
    let renamed = |name: &str, version| Versioned {
        value: customer("a", name),
        version,
    };
    let tx = world.eu().begin().await?;
    tx.put_organization(&renamed("B", 1)).await?;
    for stale in [renamed("C", 1), renamed("C", 3)] {
        let refused = tx.put_organization(&stale).await;
        assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    }
    let nobody = Versioned {
        value: customer("nobody", "N"),
        version: 1,
    };
    let refused = tx.put_organization(&nobody).await;
    assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    tx.commit().await?;
    let found = world.eu().read().organization(&org("a")).await?;
    assert_eq!(found, Some(renamed("B", 2)));
    Ok(())
}

async fn of_two_who_change_it_at_once_one_is_told(world: World) -> Done {
    add(&world, &customer("a", "A")).await?;
    for version in 1..=10 {
        let change = |name: &str| {
            let (region, value) = (world.eu().clone(), customer("a", name));
            tokio::spawn(async move {
                let tx = region.begin().await?;
                tx.put_organization(&Versioned { value, version }).await?;
                tx.commit().await
            })
        };
        let conflict = |error: &StoreError| matches!(error, StoreError::Conflict);
        let won = winners([change("left"), change("right")], conflict).await?;
        assert_eq!(won, 1, "version {version}");
    }
    Ok(())
}

async fn kinds_are_listed_apart(world: World) -> Done {
    add(&world, &partner("b", "B")).await?;
    add(&world, &customer("c", "C")).await?;
    add(&world, &partner("a", "A")).await?;
    let partners = world.eu().read().organizations_of_kind("partner").await?;
    assert_eq!(partners, [partner("a", "A"), partner("b", "B")]);
    assert_eq!(world.eu().read().organizations_of_kind("vendor").await?, []);
    Ok(())
}

/// A customer that was closed for good.
fn closed(tail: &str, name: &str) -> Organization {
    let mut one = customer(tail, name);
    if let Kind::Customer(customer) = &mut one.kind {
        customer.closed_on = Some(day("2027-03-17"));
    }
    one
}

async fn put(world: &World, value: Organization, version: i64) -> Done {
    let tx = world.eu().begin().await?;
    tx.put_organization(&Versioned { value, version }).await?;
    tx.commit().await
}

async fn exp_9_closed_organizations_wait_for_their_erasure(world: World) -> Done {
    add(&world, &customer("a", "A")).await?;
    add(&world, &customer("b", "B")).await?;
    assert_eq!(world.eu().read().closed_organizations(10).await?, []);
    put(&world, closed("a", "A"), 1).await?;
    let waiting = world.eu().read().closed_organizations(10).await?;
    let (value, version) = (closed("a", "A"), 2);
    assert_eq!(waiting, [Versioned { value, version }]);
    assert_eq!(world.eu().read().closed_organizations(0).await?, []);
    put(&world, closed("a", ""), 2).await?;
    assert_eq!(
        world.eu().read().closed_organizations(10).await?,
        [],
        "its name is gone"
    );
    Ok(())
}

async fn list_1_open_customers_are_paged_by_name(world: World) -> Done {
    let names = ["Ab", "a b", "Zoé", "100% pure", "a_b", "光之", "Ab"];
    for (number, name) in names.into_iter().enumerate() {
        add(&world, &customer(&format!("c{number}"), name)).await?;
    }
    add(&world, &partner("p", "Ab")).await?;
    add(&world, &customer("c9", "Ab")).await?;
    put(&world, closed("c9", "Ab"), 1).await?;

    let read = world.eu().read();
    let mut expected = ["c3", "c1", "c4", "c0", "c6", "c2", "c5"].map(|tail| org(tail).0);
    for descending in [false, true] {
        let (mut seen, mut after) = (Vec::new(), None::<(String, String)>);
        loop {
            let from = after.as_ref().map(|(key, id)| (key.as_str(), id.as_str()));
            let page = read.customers_page(None, descending, from, 2).await?;
            let Some((key, last)) = page.last() else { break };
            after = Some((key.clone(), last.value.id.0.clone()));
            seen.extend(page.into_iter().map(|(_, one)| one.value.id.0));
        }
        assert_eq!(seen, expected);
        expected.reverse();
    }
    for (q, count) in [("%", 1), ("_", 1), ("AB", 2), ("ZOÉ", 1), ("\0", 0)] {
        let found = read.customers_page(Some(q), false, None, 9).await?;
        assert_eq!(found.len(), count, "{q:?}");
    }
    Ok(())
}
