//! People: one address once per organization, changed by one at a time, listed in the order of their addresses.

use crate::support::{
    Done, World,
    samples::{at, org, person, person_id},
};
use domain::person::{Person, Role};
use store::{StoreError, region::Versioned};

crate::support::engines! {
    every: a_person_comes_back_as_written,
        an_address_is_unique_within_an_organization_in_any_letters,
        a_stale_version_is_a_conflict,
        start_11_many_who_are_written_at_once_do_not_undo_that_one_came,
        an_address_in_use_cannot_be_taken_over,
        setup_3_many_people_are_written_at_once_and_paged,
        org_5_administrators_are_those_who_do_more_than_use,
        exp_9_erased_people_are_gone,
        exp_9_two_people_without_an_address_can_stand_beside_each_other;
    files:
}

async fn add(world: &World, people: &[Person]) -> Done {
    let tx = world.eu().begin().await?;
    tx.add_people(people).await?;
    tx.commit().await
}

async fn a_person_comes_back_as_written(world: World) -> Done {
    let ada = Person {
        name: "Ada \u{1F600} 'O\"Neill\\".to_owned(),
        ..person("ada", &org("a"), "Ada@Lumiere.example")
    };
    let bob = person("bob", &org("a"), "bob@lumiere.example");
    add(&world, &[ada.clone(), bob.clone()]).await?;
    add(&world, &[]).await?;

    let read = world.eu().read();
    let found = read.person(&ada.id).await?.expect("is there");
    assert_eq!((found.value, found.version), (ada.clone(), 1));
    let found = read.person_by_email(&org("a"), "ada@lumiere.example").await?;
    assert_eq!(
        found.map(|found| found.value),
        Some(ada.clone()),
        "START-6: in any letters"
    );
    assert_eq!(read.person_by_email(&org("b"), "ada@lumiere.example").await?, None);
    assert_eq!(
        read.people_with_email("ada@lumiere.example").await?,
        std::slice::from_ref(&ada)
    );
    assert_eq!(read.person(&person_id("nobody")).await?, None);
    assert_eq!(read.people_of(&org("a")).await?, [ada.clone(), bob]);
    assert_eq!(read.people(&[person_id("nobody"), ada.id.clone()]).await?, [ada]);
    assert_eq!(read.people(&[]).await?, []);
    assert_eq!(
        (read.count_people(&org("a")).await?, read.count_people(&org("b")).await?),
        (2, 0)
    );
    Ok(())
}

async fn an_address_is_unique_within_an_organization_in_any_letters(world: World) -> Done {
    add(&world, &[person("ada", &org("a"), "ada@lumiere.example")]).await?;
    let twice = add(&world, &[person("adb", &org("a"), "ADA@lumiere.example")]).await;
    assert!(matches!(twice, Err(StoreError::Taken(_))), "{twice:?}");
    let twice = add(&world, &[person("ada", &org("c"), "other@lumiere.example")]).await;
    assert!(matches!(twice, Err(StoreError::Taken(_))), "an id: {twice:?}");
    add(&world, &[person("adc", &org("b"), "ada@lumiere.example")]).await?;
    Ok(())
}

async fn start_11_many_who_are_written_at_once_do_not_undo_that_one_came(world: World) -> Done {
    let (ada, bob) = (
        person("ada", &org("a"), "ada@lumiere.example"),
        person("bob", &org("a"), "bob@lumiere.example"),
    );
    add(&world, &[ada.clone(), bob.clone()]).await?;
    let seen = world.eu().read().everybody_of(&org("a")).await?;
    let came = Person {
        signed_in_at: Some(at(0)),
        ..ada.clone()
    };
    put(&world, came.clone(), 1).await?;

    let tx = world.eu().begin().await?;
    let stale = tx.put_people(&seen).await;
    assert!(matches!(stale, Err(StoreError::Conflict)), "{stale:?}");
    drop(tx);
    assert_eq!(
        world.eu().read().people_of(&org("a")).await?,
        [came.clone(), bob.clone()]
    );

    let mut seen = world.eu().read().everybody_of(&org("a")).await?;
    for one in &mut seen {
        one.value.licenses = vec!["messaging".to_owned()];
    }
    let tx = world.eu().begin().await?;
    tx.put_people(&seen).await?;
    tx.commit().await?;
    let now = world.eu().read().everybody_of(&org("a")).await?;
    let versions: Vec<i64> = now.iter().map(|one| one.version).collect();
    assert_eq!(versions, [3, 2]);
    assert_eq!(now[0].value.signed_in_at, came.signed_in_at);
    assert_eq!(now[1].value.licenses, ["messaging"]);
    Ok(())
}

async fn put(world: &World, value: Person, version: i64) -> Done {
    let tx = world.eu().begin().await?;
    tx.put_person(&Versioned { value, version }).await?;
    tx.commit().await
}

async fn a_stale_version_is_a_conflict(world: World) -> Done {
    let ada = person("ada", &org("a"), "ada@lumiere.example");
    add(&world, std::slice::from_ref(&ada)).await?;
    put(
        &world,
        Person {
            name: "Ada L.".to_owned(),
            ..ada.clone()
        },
        1,
    )
    .await?;
    let stale = put(&world, ada.clone(), 1).await;
    assert!(matches!(stale, Err(StoreError::Conflict)), "{stale:?}");
    let found = world.eu().read().person(&ada.id).await?.expect("is there");
    assert_eq!((found.value.name.as_str(), found.version), ("Ada L.", 2));
    Ok(())
}

async fn an_address_in_use_cannot_be_taken_over(world: World) -> Done {
    let ada = person("ada", &org("a"), "ada@lumiere.example");
    let bob = person("bob", &org("a"), "bob@lumiere.example");
    add(&world, &[ada.clone(), bob.clone()]).await?;
    let taken = put(
        &world,
        Person {
            email: "Ada@lumiere.example".to_owned(),
            ..bob.clone()
        },
        1,
    )
    .await;
    assert!(matches!(taken, Err(StoreError::Taken(_))), "{taken:?}");
    put(
        &world,
        Person {
            email: "robert@lumiere.example".to_owned(),
            ..bob.clone()
        },
        1,
    )
    .await?;
    add(&world, &[person("eve", &org("a"), "bob@lumiere.example")]).await?;
    Ok(())
}

async fn setup_3_many_people_are_written_at_once_and_paged(world: World) -> Done {
    let many: Vec<Person> = (0..1_201)
        .map(|number| {
            person(
                &format!("p{number}"),
                &org("a"),
                &format!("u{number:04}@lumiere.example"),
            )
        })
        .collect();
    add(&world, &many).await?;
    add(&world, &[person("other", &org("b"), "u0003x@lumiere.example")]).await?;
    assert_eq!(world.eu().read().count_people(&org("a")).await?, 1_201);

    let (mut seen, mut after) = (Vec::new(), None::<String>);
    loop {
        let page = world.eu().read().people_page(&org("a"), after.as_deref(), 250).await?;
        let Some((last, _)) = page.last() else { break };
        after = Some(last.clone());
        seen.extend(page.into_iter().map(|(_, person)| person));
    }
    assert_eq!(seen, many);
    let ids: Vec<_> = many.iter().map(|one| one.id.clone()).collect();
    assert_eq!(world.eu().read().people(&ids).await?.len(), 1_201);
    Ok(())
}

async fn org_5_administrators_are_those_who_do_more_than_use(world: World) -> Done {
    let with = |tail: &str, roles: &[Role]| Person {
        roles: roles.to_vec(),
        ..person(tail, &org("a"), &format!("{tail}@lumiere.example"))
    };
    let user = with("c", &[Role::User]);
    let both = with("b", &[Role::User, Role::ReadOnlyAdministrator]);
    let nothing = with("d", &[]);
    add(
        &world,
        &[
            user.clone(),
            both.clone(),
            with("a", &[Role::FullAdministrator]),
            nothing,
        ],
    )
    .await?;
    let names = |people: Vec<Person>| people.into_iter().map(|one| one.id).collect::<Vec<_>>();
    let read = world.eu().read();
    assert_eq!(
        names(read.administrators_of(&org("a")).await?),
        [person_id("a"), person_id("b")]
    );
    put(&world, with("c", &[Role::UserAdministrator]), 1).await?;
    put(&world, with("b", &[Role::User]), 1).await?;
    assert_eq!(
        names(read.administrators_of(&org("a")).await?),
        [person_id("a"), person_id("c")]
    );
    Ok(())
}

async fn exp_9_erased_people_are_gone(world: World) -> Done {
    add(
        &world,
        &[
            person("a", &org("a"), "a@x.example"),
            person("b", &org("a"), "b@x.example"),
        ],
    )
    .await?;
    add(&world, &[person("c", &org("c"), "a@x.example")]).await?;
    let tx = world.eu().begin().await?;
    assert_eq!(tx.erase_people(&org("a")).await?, 2);
    assert_eq!(tx.erase_people(&org("a")).await?, 0);
    tx.commit().await?;
    assert_eq!(world.eu().read().people_of(&org("a")).await?, []);
    assert_eq!(world.eu().read().count_people(&org("c")).await?, 1);
    Ok(())
}

async fn exp_9_two_people_without_an_address_can_stand_beside_each_other(world: World) -> Done {
    let people = [
        person("a", &org("a"), "a@x.example"),
        person("b", &org("a"), "b@x.example"),
    ];
    add(&world, &people).await?;
    for one in people {
        // Empty once erased.
        put(
            &world,
            Person {
                email: String::new(),
                ..one
            },
            1,
        )
        .await?;
    }
    assert_eq!(world.eu().read().person_by_email(&org("a"), "").await?, None);
    assert_eq!(world.eu().read().people_of(&org("a")).await?.len(), 2);
    Ok(())
}
