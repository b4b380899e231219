//! Orders (CONV) and what distributors have in hand: as they were written, in the order of their lists.

use crate::support::{
    Done, World,
    samples::{at, day, org, person_id, trial_id},
};
use domain::{
    ids::OrderId,
    order::{ClosedOrder, Contact, ContactRole, Mapped, Order, OrderState},
};
use store::{
    StoreError,
    region::{
        Versioned,
        conversion::Conversion,
        order::{OrderQuery, OrdersOf},
    },
};

crate::support::engines! {
    every: conv_2_an_order_comes_back_as_it_was_and_changes_once,
        conv_7_orders_are_listed_newest_first_to_the_last_one,
        conv_1_an_order_is_found_by_whom_it_concerns,
        conv_4_an_order_between_two_regions_is_found_until_it_is_settled,
        conv_1_what_a_distributor_has_in_hand_is_listed_until_it_is_done;
    files:
}

fn order(tail: &str, seconds: i64) -> Order {
    Order {
        id: OrderId::new("eu", tail),
        partner: org("partner"),
        placed_by: person_id("seller"),
        ordered_by: org("partner"),
        trial: Some(trial_id(tail)),
        customer: Some(org("customer")),
        company: None,
        services: vec![("messaging".to_owned(), 40), ("calling".to_owned(), 5)],
        devices: vec![("board".to_owned(), 1)],
        contact: Contact {
            person: person_id("seller"),
            role: ContactRole::PartnerAdministrator,
        },
        sendings: vec![at(seconds)],
        placed_at: at(seconds),
        placed_on: day("2027-01-15"),
        zone: "Europe/Paris".to_owned(),
        closes_on: day("2027-02-14"),
        state: OrderState::Open,
        given_up: None,
    }
}

async fn add(world: &World, orders: &[Order]) -> Done {
    let tx = world.eu().begin().await?;
    for one in orders {
        tx.add_order(one).await?;
    }
    tx.commit().await
}

async fn put(world: &World, value: Order, version: i64) -> Done {
    let tx = world.eu().begin().await?;
    tx.put_order(&Versioned { value, version }).await?;
    tx.commit().await
}

fn all(of: OrdersOf) -> OrderQuery {
    OrderQuery {
        of,
        state: None,
        trial: None,
        customer: None,
        after: None,
        limit: 100,
    }
}

async fn found(world: &World, query: &OrderQuery) -> Result<Vec<String>, StoreError> {
    let orders = world.eu().read().orders(query).await?;
    Ok(orders.into_iter().map(|one| one.value.id.0).collect())
}

async fn conv_2_an_order_comes_back_as_it_was_and_changes_once(world: World) -> Done {
    let first = order("1", 10);
    add(&world, std::slice::from_ref(&first)).await?;
    let read = world.eu().read().order(&first.id).await?.expect("is there");
    assert_eq!((&read.value, read.version), (&first, 1));
    let closed = first.close(ClosedOrder::Withdrawn, at(20)).expect("open");
    put(&world, closed.clone(), 1).await?;
    let read = world.eu().read().order(&first.id).await?.expect("is there");
    assert_eq!((&read.value, read.version), (&closed, 2));
    let late = put(&world, first.clone(), 1).await;
    assert!(
        matches!(late, Err(StoreError::Conflict)),
        "somebody else was first: {late:?}"
    );
    assert_eq!(world.eu().read().order(&OrderId::new("eu", "2")).await?, None);
    let twice = add(&world, &[first]).await;
    assert!(matches!(twice, Err(StoreError::Taken(_))), "{twice:?}");
    Ok(())
}

async fn conv_7_orders_are_listed_newest_first_to_the_last_one(world: World) -> Done {
    // Three of one instant: their ids say which comes first.
    let orders = [
        order("5", 30),
        order("2", 10),
        order("4", 30),
        order("3", 30),
        order("1", 5),
    ];
    add(&world, &orders).await?;
    let (mut query, mut pages) = (all(OrdersOf::Everybody), Vec::new());
    query.limit = 2;
    loop {
        let page = world.eu().read().orders(&query).await?;
        let Some(last) = page.last() else { break };
        query.after = Some((last.value.placed_at.as_microsecond(), last.value.id.0.clone()));
        pages.push(page.into_iter().map(|one| one.value.id.0).collect::<Vec<_>>());
    }
    let id = |tail: &str| format!("order_eu_{tail}");
    let wanted = [vec![id("3"), id("4")], vec![id("5"), id("2")], vec![id("1")]];
    assert_eq!(pages, wanted);
    Ok(())
}

async fn conv_1_an_order_is_found_by_whom_it_concerns(world: World) -> Done {
    let handed = Order {
        ordered_by: org("distributor"),
        ..order("1", 10)
    };
    let outside = Order {
        trial: None,
        customer: None,
        company: Some(org("other")),
        partner: org("other"),
        ordered_by: org("other"),
        contact: Contact {
            person: person_id("stranger"),
            role: ContactRole::CustomerAdministrator,
        },
        ..order("2", 20)
    };
    add(&world, &[handed.clone(), outside.clone()]).await?;
    let (first, second) = (handed.id.0.as_str(), outside.id.0.as_str());
    for (of, wanted) in [
        (OrdersOf::Everybody, vec![second, first]),
        (OrdersOf::Company(org("partner")), vec![first]),
        (OrdersOf::Company(org("distributor")), vec![first]),
        (OrdersOf::Company(org("other")), vec![second]),
        (OrdersOf::Company(org("nobody")), vec![]),
        (OrdersOf::Contact(person_id("stranger")), vec![second]),
    ] {
        assert_eq!(found(&world, &all(of.clone())).await?, wanted, "{of:?}");
    }
    let mut query = all(OrdersOf::Everybody);
    query.trial = Some(trial_id("1"));
    assert_eq!(found(&world, &query).await?, [first]);
    query.trial = None;
    // CONV-4: one that is mapped is its new customer's.
    let to = Mapped {
        customer: org("founded"),
        trial: None,
    };
    put(&world, outside.mapped(to, at(30)), 1).await?;
    query.customer = Some(org("founded"));
    assert_eq!(found(&world, &query).await?, [second]);
    query.customer = None;
    for (state, wanted) in [("open", vec![first]), ("mapped", vec![second]), ("closed", vec![])] {
        query.state = Some(state.to_owned());
        assert_eq!(found(&world, &query).await?, wanted, "{state}");
    }
    Ok(())
}

async fn conv_4_an_order_between_two_regions_is_found_until_it_is_settled(world: World) -> Done {
    let one = order("1", 10);
    add(&world, &[one.clone(), order("2", 20)]).await?;
    assert_eq!(world.eu().read().orders_in_between().await?, []);
    let to = Mapped {
        customer: org("founded"),
        trial: None,
    };
    let mapping = Order {
        state: OrderState::Mapping {
            to: to.clone(),
            since: at(30),
            token: "boot 1".to_owned(),
        },
        ..one
    };
    put(&world, mapping.clone(), 1).await?;
    let between = world.eu().read().orders_in_between().await?;
    assert_eq!(between.iter().map(|one| &one.value).collect::<Vec<_>>(), [&mapping]);
    let mut open = all(OrdersOf::Everybody);
    open.state = Some("open".to_owned());
    assert_eq!(found(&world, &open).await?.len(), 2, "open to whoever looks");
    put(&world, mapping.reopened(), 2).await?;
    assert_eq!(world.eu().read().orders_in_between().await?, []);
    let again = world.eu().read().order(&mapping.id).await?.expect("is there");
    assert_eq!(again.value.given_up, Some(to), "what may have happened is known");
    Ok(())
}

async fn conv_1_what_a_distributor_has_in_hand_is_listed_until_it_is_done(world: World) -> Done {
    let one = |tail: &str, distributor: &str, seconds| Conversion {
        trial: trial_id(tail),
        customer: org("customer"),
        partner: org("partner"),
        distributor: org(distributor),
        handed_at: at(seconds),
    };
    let (late, early) = (one("1", "distributor", 20), one("2", "distributor", 10));
    let tx = world.eu().begin().await?;
    for conversion in [&late, &early, &one("3", "other", 5)] {
        tx.put_conversion(conversion).await?;
    }
    tx.commit().await?;
    let of = async |tail: &str| world.eu().read().conversions_of(&org(tail)).await;
    assert_eq!(of("distributor").await?, [early.clone(), late.clone()]);
    // Another distributor has it from then on.
    let moved = one("1", "other", 30);
    let tx = world.eu().begin().await?;
    tx.put_conversion(&moved).await?;
    tx.end_conversion(&trial_id("3")).await?;
    tx.end_conversion(&trial_id("4")).await?;
    tx.commit().await?;
    assert_eq!(of("distributor").await?, [early]);
    assert_eq!(of("other").await?, [moved]);
    Ok(())
}
