//! Doors and one-time codes: what works once, and what is kept of it (SEC-2).

use crate::support::{
    Done, World,
    samples::{at, org, person, person_id},
};
use store::region::{door::Door, one_time_code::OneTimeCode};

crate::support::engines! {
    every: sec_2_a_door_is_found_by_its_secret_and_opens_once,
        sec_2_a_later_door_replaces_those_for_the_same_purpose,
        sec_2_a_door_opens_until_its_end,
        sec_2_no_code_is_accepted_twice,
        sec_2_a_recovery_code_works_once_and_for_its_person;
    files: sec_2_what_codes_are_made_from_lies_sealed,
        exp_9_erased_people_leave_no_door_and_no_code,
}

fn door(id: &str, tail: &str, purpose: &str) -> Door {
    Door {
        id: id.to_owned(),
        person: person_id(tail),
        purpose: purpose.to_owned(),
        superseded: false,
        created_at: at(0),
        ends_at: at(100),
        used_at: None,
    }
}

async fn add(world: &World, doors: &[&Door]) -> Done {
    let tx = world.eu().begin().await?;
    for one in doors {
        tx.add_door(one).await?;
    }
    tx.commit().await
}

async fn sec_2_a_door_is_found_by_its_secret_and_opens_once(world: World) -> Done {
    let one = door("1", "ada", "invitation");
    add(&world, &[&one]).await?;
    let (read, secret) = (world.eu().read(), world.stores.keys.link("1"));
    assert_eq!(read.door(&secret).await?, Some(one.clone()));
    assert_eq!(read.door("1").await?, None, "the id opens nothing");
    assert_eq!(read.door(&world.stores.keys.link("2")).await?, None);
    let tx = world.eu().begin().await?;
    assert!(tx.use_door("1", at(5)).await?);
    assert!(!tx.use_door("1", at(6)).await?);
    tx.commit().await?;
    assert_eq!(read.door(&secret).await?.and_then(|door| door.used_at), Some(at(5)));
    assert_eq!(read.doors_after(&person_id("ada"), at(-1)).await?, 1);
    assert_eq!(read.doors_after(&person_id("ada"), at(0)).await?, 0);
    Ok(())
}

async fn sec_2_a_later_door_replaces_those_for_the_same_purpose(world: World) -> Done {
    let doors = [
        door("1", "ada", "invitation"),
        door("2", "ada", "reset"),
        door("3", "bob", "reset"),
    ];
    add(&world, &[&doors[0], &doors[1], &doors[2]]).await?;
    let ada = person_id("ada");
    let tx = world.eu().begin().await?;
    tx.supersede_doors(&ada, Some("reset")).await?;
    assert!(!tx.use_door("2", at(5)).await?);
    assert!(tx.use_door("1", at(5)).await? && tx.use_door("3", at(5)).await?);
    tx.commit().await?;
    add(&world, &[&door("4", "ada", "reset"), &door("5", "ada", "welcome")]).await?;
    let tx = world.eu().begin().await?;
    tx.supersede_doors(&ada, None).await?;
    assert!(!tx.use_door("4", at(5)).await? && !tx.use_door("5", at(5)).await?);
    let used = tx.read().door(&world.stores.keys.link("1")).await?;
    assert!(used.is_some_and(|door| !door.superseded), "what was used stays so");
    tx.commit().await
}

async fn sec_2_a_door_opens_until_its_end(world: World) -> Done {
    add(&world, &[&door("1", "ada", "reset")]).await?;
    let tx = world.eu().begin().await?;
    assert!(!tx.use_door("1", at(100)).await?, "its end is not part of it");
    assert!(tx.use_door("1", at(99)).await?);
    tx.commit().await
}

fn code(tail: &str) -> OneTimeCode {
    OneTimeCode {
        person: person_id(tail),
        secret: b"twenty octets of it.".to_vec(),
        confirmed_at: Some(at(0)),
        last_step: 7,
    }
}

async fn sec_2_no_code_is_accepted_twice(world: World) -> Done {
    let ada = person_id("ada");
    let tx = world.eu().begin().await?;
    tx.put_one_time_code(&code("ada")).await?;
    assert!(!tx.use_step(&ada, 7).await? && !tx.use_step(&ada, 6).await?);
    assert!(tx.use_step(&ada, 8).await?);
    assert!(!tx.use_step(&ada, 8).await?);
    assert!(!tx.use_step(&person_id("bob"), 9).await?, "who has none");
    tx.commit().await?;
    let found = world.eu().read().one_time_codes(std::slice::from_ref(&ada)).await?;
    assert_eq!(
        found,
        [OneTimeCode {
            last_step: 8,
            ..code("ada")
        }]
    );
    Ok(())
}

async fn sec_2_what_codes_are_made_from_lies_sealed(world: World) -> Done {
    let tx = world.eu().begin().await?;
    tx.put_one_time_code(&code("ada")).await?;
    tx.put_recovery_codes(&person_id("ada"), &["spare".to_owned()]).await?;
    tx.commit().await?;
    let mut kept = world.column("eu", "SELECT sealed FROM one_time_code").await;
    kept.extend(world.column("eu", "SELECT digest FROM recovery_code").await);
    assert_eq!(kept.len(), 2, "{kept:?}");
    for plain in [
        "twenty octets of it.",
        "dHdlbnR5IG9jdGV0cyBvZiBpdC4=",
        "7477656e7479",
        "spare",
    ] {
        assert!(!kept.iter().any(|kept| kept.contains(plain)), "{kept:?}");
    }
    Ok(())
}

async fn sec_2_a_recovery_code_works_once_and_for_its_person(world: World) -> Done {
    let (ada, bob) = (person_id("ada"), person_id("bob"));
    let codes = ["one", "two"].map(str::to_owned);
    let tx = world.eu().begin().await?;
    tx.put_recovery_codes(&ada, &["old".to_owned()]).await?;
    tx.put_recovery_codes(&ada, &codes).await?;
    assert!(!tx.use_recovery_code(&ada, "old", at(1)).await?, "replaced");
    assert!(!tx.use_recovery_code(&bob, "one", at(1)).await?);
    assert!(tx.use_recovery_code(&ada, "one", at(1)).await?);
    assert!(!tx.use_recovery_code(&ada, "one", at(2)).await?);
    assert_eq!(tx.read().count_recovery_codes(&ada).await?, 1);
    tx.remove_one_time_code(&ada).await?;
    assert!(!tx.use_recovery_code(&ada, "two", at(3)).await?);
    tx.commit().await
}

async fn exp_9_erased_people_leave_no_door_and_no_code(world: World) -> Done {
    let tx = world.eu().begin().await?;
    for (tail, organization) in [("ada", "a"), ("bob", "b")] {
        let email = format!("{tail}@x.example");
        tx.add_people(&[person(tail, &org(organization), &email)]).await?;
        tx.add_door(&door(tail, tail, "invitation")).await?;
        tx.put_one_time_code(&code(tail)).await?;
        tx.put_recovery_codes(&person_id(tail), &["spare".to_owned()]).await?;
        tx.end_sessions(&person_id(tail), at(0)).await?;
    }
    tx.erase_people(&org("a")).await?;
    tx.commit().await?;
    for table in ["door", "one_time_code", "recovery_code", "sign_out"] {
        let left = world.column("eu", &format!("SELECT person_id FROM {table}")).await;
        assert_eq!(left, [person_id("bob").0], "{table}");
    }
    Ok(())
}
