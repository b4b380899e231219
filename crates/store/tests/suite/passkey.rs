//! Passkeys, providers of sign-ins, and what was begun in a browser (SEC-2).

use crate::support::{
    Done, World, column, execute,
    samples::{at, customer, org, person, person_id},
};
use domain::ids::PasskeyId;
use store::{
    StoreError,
    region::{
        passkey::Passkey,
        single_sign_on::{Domain, SingleSignOn},
    },
};

crate::support::engines! {
    every: sec_2_a_passkey_is_found_by_its_name_and_changed_once,
        sec_2_what_was_begun_is_taken_by_one_of_many,
        sec_2_an_identity_is_one_persons_and_a_person_has_one,
        exp_9_the_ways_in_of_erased_people_are_gone;
    files: sec_2_what_was_begun_is_taken_once_and_in_time,
        sec_2_a_providers_secret_lies_sealed,
}

fn passkey(tail: &str, owner: &str) -> Passkey {
    Passkey {
        id: PasskeyId::new("eu", tail),
        credential: format!("credential-{tail}"),
        person: person_id(owner),
        handle: "handle".to_owned(),
        label: "Laptop".to_owned(),
        body: "{}".to_owned(),
        created_at: at(0),
        used_at: None,
        refused_at: None,
        version: 1,
    }
}

fn settings(tail: &str) -> SingleSignOn {
    SingleSignOn {
        organization: org(tail),
        issuer: "https://login.example".to_owned(),
        client_id: "us".to_owned(),
        client_secret: "a secret that nobody reads".to_owned(),
        domains: vec![Domain {
            name: "x.example".to_owned(),
            confirmed: true,
        }],
        passwords: true,
        version: 0,
    }
}

async fn sec_2_a_passkey_is_found_by_its_name_and_changed_once(world: World) -> Done {
    let (one, other) = (passkey("1", "ada"), passkey("2", "ada"));
    let tx = world.eu().begin().await?;
    tx.add_passkey(&one).await?;
    tx.add_passkey(&other).await?;
    tx.commit().await?;
    let tx = world.eu().begin().await?;
    let twice = Passkey {
        id: PasskeyId::new("eu", "3"),
        person: person_id("bob"),
        ..one.clone()
    };
    assert!(
        matches!(tx.add_passkey(&twice).await, Err(StoreError::Taken(_))),
        "one owner"
    );
    tx.rollback().await?;
    let read = world.eu().read();
    assert_eq!(read.passkeys(&person_id("ada")).await?, [one.clone(), other.clone()]);
    assert_eq!(read.passkey("credential-2").await?, Some(other));
    assert_eq!(read.passkey("credential-9").await?, None);

    let used = Passkey {
        body: "{\"counter\":2}".to_owned(),
        used_at: Some(at(9)),
        ..one.clone()
    };
    let tx = world.eu().begin().await?;
    tx.put_passkey(&used).await?;
    assert!(
        matches!(tx.put_passkey(&used).await, Err(StoreError::Conflict)),
        "of two, one"
    );
    tx.commit().await?;
    let found = world.eu().read().passkey("credential-1").await?;
    assert_eq!(found, Some(Passkey { version: 2, ..used }));

    let tx = world.eu().begin().await?;
    assert!(!tx.drop_passkey(&person_id("bob"), &one.id).await?, "not his");
    assert!(tx.drop_passkey(&person_id("ada"), &one.id).await?);
    assert!(!tx.drop_passkey(&person_id("ada"), &one.id).await?);
    tx.commit().await
}

async fn sec_2_what_was_begun_is_taken_once_and_in_time(world: World) -> Done {
    let directory = &world.stores.directory;
    directory.put_pending("a", "first", at(300), at(0)).await?;
    directory.put_pending("a", "second", at(300), at(1)).await?;
    directory.put_pending("b", "other", at(300), at(1)).await?;
    assert_eq!(directory.take_pending("c", at(2)).await?, None);
    assert_eq!(directory.take_pending("a", at(2)).await?.as_deref(), Some("second"));
    assert_eq!(directory.take_pending("a", at(2)).await?, None, "once");
    assert_eq!(directory.take_pending("b", at(300)).await?, None, "too late");
    directory.put_pending("d", "old", at(310), at(305)).await?;
    directory.put_pending("e", "new", at(600), at(400)).await?;
    let left = column(world.url("directory"), "SELECT body FROM pending").await;
    assert_eq!(left, ["new"], "what is over is forgotten");
    let names = column(world.url("directory"), "SELECT digest FROM pending").await;
    assert!(names.iter().all(|name| name.len() == 64), "by digest: {names:?}");
    Ok(())
}

async fn sec_2_what_was_begun_is_taken_by_one_of_many(world: World) -> Done {
    world.stores.directory.put_pending("a", "state", at(300), at(0)).await?;
    let many: Vec<_> = (0..8)
        .map(|_| {
            let directory = world.stores.directory.clone();
            tokio::spawn(async move { directory.take_pending("a", at(1)).await })
        })
        .collect();
    let mut taken = 0;
    for one in many {
        taken += usize::from(one.await.expect("no panic")?.is_some());
    }
    assert_eq!(taken, 1);
    Ok(())
}

async fn sec_2_an_identity_is_one_persons_and_a_person_has_one(world: World) -> Done {
    let add = async |organization: &str, identity: (&str, &str), who: &str| {
        let tx = world.eu().begin().await?;
        tx.add_identity(&org(organization), identity, &person_id(who), at(0))
            .await?;
        tx.commit().await
    };
    add("a", ("https://one.example", "7"), "ada").await?;
    for (identity, who) in [
        (("https://one.example", "7"), "bob"),
        (("https://one.example", "8"), "ada"),
    ] {
        let refused = add("a", identity, who).await;
        assert!(
            matches!(refused, Err(StoreError::Taken(_))),
            "{identity:?} {who}: {refused:?}"
        );
    }
    add("b", ("https://one.example", "7"), "carol").await?;
    add("a", ("https://two.example", "7"), "ada").await?;
    let read = world.eu().read();
    let who = async |organization: &str, subject: &str| {
        read.identity(&org(organization), "https://one.example", subject).await
    };
    assert_eq!(who("a", "7").await?, Some(person_id("ada")));
    assert_eq!(who("b", "7").await?, Some(person_id("carol")), "each company's own");
    assert_eq!(who("a", "8").await?, None);
    assert!(read.has_identity(&person_id("ada"), "https://one.example").await?);
    assert!(!read.has_identity(&person_id("bob"), "https://one.example").await?);
    Ok(())
}

async fn sec_2_a_providers_secret_lies_sealed(world: World) -> Done {
    let first = settings("a");
    let tx = world.eu().begin().await?;
    tx.put_single_sign_on(&first).await?;
    tx.commit().await?;
    let rows = column(
        world.url("eu"),
        "SELECT issuer || client_id || nonce || sealed || domains FROM single_sign_on",
    );
    let rows = rows.await;
    assert!(rows.len() == 1 && !rows[0].contains("secret"), "{rows:?}");
    let known = world.eu().read().single_sign_on(&org("a")).await?;
    assert_eq!(
        known,
        Some(SingleSignOn {
            version: 1,
            ..first.clone()
        })
    );
    assert!(!format!("{known:?}").contains("secret"), "nor is it logged");

    let tx = world.eu().begin().await?;
    let again = tx.put_single_sign_on(&first).await;
    assert!(matches!(again, Err(StoreError::Taken(_))), "{again:?}");
    tx.rollback().await?;
    let tx = world.eu().begin().await?;
    let changed = SingleSignOn {
        passwords: false,
        version: 1,
        ..first
    };
    tx.put_single_sign_on(&changed).await?;
    assert!(matches!(
        tx.put_single_sign_on(&changed).await,
        Err(StoreError::Conflict)
    ));
    tx.commit().await?;
    execute(world.url("eu"), "UPDATE single_sign_on SET sealed = 'AAAA'").await;
    let spoilt = world.eu().read().single_sign_on(&org("a")).await;
    assert!(matches!(spoilt, Err(StoreError::Corrupt(_))), "{spoilt:?}");
    Ok(())
}

async fn exp_9_the_ways_in_of_erased_people_are_gone(world: World) -> Done {
    let tx = world.eu().begin().await?;
    for (tail, organization) in [("ada", "a"), ("bob", "b")] {
        tx.add_organization(&customer(organization, "Lumière")).await?;
        tx.add_people(&[person(tail, &org(organization), &format!("{tail}@x.example"))])
            .await?;
        tx.add_passkey(&passkey(tail, tail)).await?;
        tx.add_identity(
            &org(organization),
            ("https://one.example", "7"),
            &person_id(tail),
            at(0),
        )
        .await?;
        tx.put_single_sign_on(&settings(organization)).await?;
    }
    tx.erase_people(&org("a")).await?;
    tx.commit().await?;
    let read = world.eu().read();
    let left = async |tail: &str, organization: &str| {
        Ok::<_, StoreError>((
            read.passkeys(&person_id(tail)).await?.len(),
            read.has_identity(&person_id(tail), "https://one.example").await?,
            read.single_sign_on(&org(organization)).await?.is_some(),
        ))
    };
    assert_eq!(left("ada", "a").await?, (0, false, false));
    assert_eq!(left("bob", "b").await?, (1, true, true));
    Ok(())
}
