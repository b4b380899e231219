//! What ties partners to customers, and who of a partner looks after whom (ORG-3, ORG-4).

use crate::support::{
    Done, World,
    samples::{line, org, person_id},
};
use domain::organization::AccessLevel;
use store::{
    StoreError,
    region::{listing::LineQuery, relationship::Line},
};

crate::support::engines! {
    every: a_line_comes_back_as_written_and_as_changed,
        cons_4_a_request_is_pending_until_it_is_accepted,
        org_3_people_look_after_customers,
        ending_it_takes_its_assignments_along_and_nothing_else;
    files:
}

async fn put(world: &World, line: &Line) -> Done {
    let tx = world.eu().begin().await?;
    tx.put_relationship(line).await?;
    tx.commit().await
}

async fn a_line_comes_back_as_written_and_as_changed(world: World) -> Done {
    let mut one = line("a", "p", "Société  LUMIÈRE", Some("2027-02-14"));
    put(&world, &one).await?;
    put(&world, &line("a", "q", "Société Lumière", None)).await?;
    let read = world.eu().read();
    assert_eq!(read.relationship(&org("a"), &org("p")).await?, Some(one.clone()));
    assert_eq!(one.name_key, "société lumière");
    assert_eq!(read.relationship(&org("p"), &org("a")).await?, None);

    one.relationship.level = AccessLevel::ProvisioningAdministrator;
    one.relationship.tags = vec!["Ünïcode".to_owned()];
    one.version = 2;
    one.ends_on = None;
    one.status = "purchased".to_owned();
    one.name_key = "lumière".to_owned();
    put(&world, &one).await?;
    let all = read.relationships(&org("a")).await?;
    assert_eq!(all, [one, line("a", "q", "Société Lumière", None)]);
    Ok(())
}

async fn cons_4_a_request_is_pending_until_it_is_accepted(world: World) -> Done {
    let mut one = Line {
        pending: true,
        ..line("a", "p", "A", None)
    };
    put(&world, &one).await?;
    assert!(world.eu().read().relationships(&org("a")).await?[0].pending);
    one.pending = false;
    put(&world, &one).await?;
    assert!(!world.eu().read().relationships(&org("a")).await?[0].pending);
    Ok(())
}

async fn assign(world: &World, customer: &str, partner: &str, person: &str) -> Done {
    let tx = world.eu().begin().await?;
    tx.assign(&org(customer), &org(partner), &person_id(person)).await?;
    tx.commit().await
}

/// The customers on a partner's list, those of one person where one is given.
async fn listed(world: &World, partner: &str, person: Option<&str>) -> Result<Vec<String>, StoreError> {
    let query = LineQuery {
        people: person.map(person_id).into_iter().collect(),
        ..LineQuery::of(org(partner))
    };
    let lines = world.eu().read().lines(&query).await?;
    Ok(lines
        .into_iter()
        .map(|(_, line)| line.relationship.customer.0)
        .collect())
}

async fn org_3_people_look_after_customers(world: World) -> Done {
    for customer in ["a", "b", "c"] {
        put(&world, &line(customer, "p", customer, None)).await?;
        put(&world, &line(customer, "q", customer, None)).await?;
    }
    for (customer, person) in [("a", "ada"), ("b", "ada"), ("b", "bob"), ("b", "ada")] {
        assign(&world, customer, "p", person).await?;
    }
    let read = world.eu().read();
    assert!(read.is_assigned(&org("a"), &person_id("ada")).await?);
    assert!(!read.is_assigned(&org("a"), &person_id("bob")).await?);
    assert_eq!(
        read.assigned(&org("b"), &org("p")).await?,
        [person_id("ada"), person_id("bob")]
    );
    assert_eq!(read.assigned(&org("b"), &org("q")).await?, []);
    assert_eq!(listed(&world, "p", Some("ada")).await?, ["org_eu_a", "org_eu_b"]);
    assert_eq!(listed(&world, "p", None).await?.len(), 3);

    let tx = world.eu().begin().await?;
    tx.unassign(&org("a"), &person_id("ada")).await?;
    tx.commit().await?;
    assert_eq!(listed(&world, "p", Some("ada")).await?, ["org_eu_b"]);
    Ok(())
}

async fn ending_it_takes_its_assignments_along_and_nothing_else(world: World) -> Done {
    for (customer, partner, person) in [("a", "p", "ada"), ("b", "p", "ada"), ("a", "q", "quinn")] {
        put(&world, &line(customer, partner, customer, None)).await?;
        assign(&world, customer, partner, person).await?;
    }
    let tx = world.eu().begin().await?;
    tx.end_relationship(&org("a"), &org("p")).await?;
    tx.commit().await?;
    let read = world.eu().read();
    assert_eq!(read.relationship(&org("a"), &org("p")).await?, None);
    assert!(!read.is_assigned(&org("a"), &person_id("ada")).await?);
    assert!(read.is_assigned(&org("b"), &person_id("ada")).await?);
    assert!(read.is_assigned(&org("a"), &person_id("quinn")).await?);
    assert_eq!(read.relationships(&org("a")).await?.len(), 1);
    Ok(())
}
