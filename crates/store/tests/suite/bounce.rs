//! NOTE-4: an address that takes no email is known as one until it takes one, or is another.

use crate::support::{
    Done, World,
    samples::{at, org, person, person_id},
};
use domain::person::Person;
use jiff::Timestamp;

crate::support::engines! {
    every: note_4_a_bounce_is_kept_beside_the_person_and_changes_no_version,
        note_4_a_bounce_goes_with_the_address_and_with_an_email_that_arrives,
        note_4_a_bounce_of_an_older_address_says_nothing_about_the_new_one;
    files:
}

const EMAIL: &str = "ada@lumiere.example";

async fn ada(world: &World) -> Result<Person, store::StoreError> {
    let ada = person("ada", &org("a"), "Ada@Lumiere.example");
    let tx = world.eu().begin().await?;
    tx.add_people(&[ada.clone(), person("bob", &org("a"), "bob@lumiere.example")])
        .await?;
    tx.commit().await?;
    Ok(ada)
}

async fn mark(world: &World, address: &str, bounced_at: Option<Timestamp>) -> Done {
    let known = [(person_id("ada"), address.to_owned())];
    world.eu().mark_addresses(&known, bounced_at).await
}

async fn bounced(world: &World) -> Result<Option<Timestamp>, store::StoreError> {
    let found = world.eu().read().person(&person_id("ada")).await?;
    Ok(found.expect("is there").value.bounced_at)
}

async fn note_4_a_bounce_is_kept_beside_the_person_and_changes_no_version(world: World) -> Done {
    let ada = ada(&world).await?;
    assert_eq!(bounced(&world).await?, None);
    mark(&world, EMAIL, Some(at(10))).await?;
    mark(&world, EMAIL, Some(at(20))).await?;
    let found = world.eu().read().person(&ada.id).await?.expect("is there");
    let expected = Person {
        bounced_at: Some(at(10)),
        ..ada.clone()
    };
    assert_eq!((&found.value, found.version), (&expected, 1), "since the first one");
    let all = world.eu().read().people_of(&org("a")).await?;
    assert_eq!(all[1].bounced_at, None, "nobody else");

    let mut changed = found;
    changed.value.name = "Ada L.".to_owned();
    // Somebody who read the person before the email came back takes nothing back.
    changed.value.bounced_at = None;
    let tx = world.eu().begin().await?;
    tx.put_person(&changed).await?;
    tx.commit().await?;
    assert_eq!(bounced(&world).await?, Some(at(10)), "another name, the same address");
    let everybody = world.eu().read().everybody_of(&org("a")).await?;
    let tx = world.eu().begin().await?;
    tx.put_people(&everybody).await?;
    tx.commit().await?;
    assert_eq!(bounced(&world).await?, Some(at(10)));
    Ok(())
}

async fn note_4_a_bounce_goes_with_the_address_and_with_an_email_that_arrives(world: World) -> Done {
    ada(&world).await?;
    mark(&world, EMAIL, Some(at(10))).await?;
    mark(&world, EMAIL, None).await?;
    assert_eq!(bounced(&world).await?, None, "one arrived");
    mark(&world, EMAIL, None).await?;

    mark(&world, EMAIL, Some(at(30))).await?;
    let mut found = world.eu().read().person(&person_id("ada")).await?.expect("is there");
    found.value.email = "lovelace@lumiere.example".to_owned();
    let tx = world.eu().begin().await?;
    tx.put_person(&found).await?;
    tx.commit().await?;
    assert_eq!(bounced(&world).await?, None, "another address");
    Ok(())
}

async fn note_4_a_bounce_of_an_older_address_says_nothing_about_the_new_one(world: World) -> Done {
    ada(&world).await?;
    mark(&world, "older@lumiere.example", Some(at(10))).await?;
    assert_eq!(bounced(&world).await?, None);
    mark(&world, EMAIL, Some(at(10))).await?;
    mark(&world, "older@lumiere.example", None).await?;
    assert_eq!(bounced(&world).await?, Some(at(10)));
    world.eu().mark_addresses(&[], Some(at(20))).await?;
    Ok(())
}
