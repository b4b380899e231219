//! The directory: digests reserved all or nothing, confirmed, rested, reclaimed (START-5, START-6, REG-2).

use crate::support::{
    Done, World,
    samples::{at, org},
    taken, winners,
};
use domain::ids::OrgId;
use store::{
    Directory, StoreError,
    directory::{Entry, EntryState, Reserve},
    region::directory_task::{Action, DirectoryTask},
};
use tokio::task::JoinHandle;

crate::support::engines! {
    every: reg_2_nothing_that_names_anybody_is_written,
        start_6_all_is_reserved_or_nothing,
        start_6_what_is_given_back_is_free,
        start_5_regions_tell_what_became_of_it,
        start_5_what_is_over_is_found,
        start_5_what_is_over_is_dropped_if_it_is_as_it_was_seen,
        setup_2_what_another_request_has_reserved_since_stays_its,
        the_directory_is_built_again_from_many_values;
    files: start_6_of_many_who_reserve_the_same_exactly_one_wins,
}

fn reserve<'a>(kind: &'static str, value: &'a str, organization: &'a OrgId, until: i64) -> Reserve<'a> {
    Reserve {
        kind,
        value,
        organization,
        holder: "server-1",
        until: at(until),
    }
}

async fn state(directory: &Directory, kind: &str, value: &str) -> Result<Option<EntryState>, StoreError> {
    Ok(directory.find(kind, value).await?.map(|entry| entry.state))
}

async fn reg_2_nothing_that_names_anybody_is_written(world: World) -> Done {
    let directory = &world.stores.directory;
    let owner = OrgId::new("us", "a");
    directory
        .reserve(&[reserve("email", "it@lumiere.example", &owner, 60)])
        .await?;
    let found = directory.find("email", "it@lumiere.example").await?.expect("is there");
    let expected = Entry {
        kind: "email".to_owned(),
        digest: directory.digest("email", "it@lumiere.example"),
        region: "us".to_owned(),
        organization: owner,
        state: EntryState::Reserved,
        holder: "server-1".to_owned(),
        until: at(60),
    };
    assert_eq!(found, expected);
    assert!(!format!("{found:?}").contains("lumiere"), "REG-2: {found:?}");
    assert_ne!(found.digest, store::sha256(b"it@lumiere.example"), "keyed");
    assert_ne!(
        found.digest,
        directory.digest("site", "it@lumiere.example"),
        "by its kind"
    );
    assert_eq!(directory.find("site", "it@lumiere.example").await?, None);
    Ok(())
}

async fn start_6_all_is_reserved_or_nothing(world: World) -> Done {
    let (directory, a, b) = (&world.stores.directory, org("a"), org("b"));
    directory.reserve(&[]).await?;
    directory
        .reserve(&[
            reserve("email", "one@x.example", &a, 60),
            reserve("site", "one", &a, 60),
        ])
        .await?;
    let both = [
        reserve("email", "two@x.example", &b, 60),
        reserve("site", "one", &b, 60),
    ];
    let refused = directory.reserve(&both).await;
    assert!(matches!(refused, Err(StoreError::Taken(_))), "{refused:?}");
    assert_eq!(state(directory, "email", "two@x.example").await?, None, "nothing of it");
    let twice = [reserve("site", "same", &a, 60), reserve("site", "same", &a, 60)];
    let refused = directory.reserve(&twice).await;
    assert!(matches!(refused, Err(StoreError::Taken(_))), "{refused:?}");
    assert_eq!(state(directory, "site", "same").await?, None);
    Ok(())
}

async fn start_6_what_is_given_back_is_free(world: World) -> Done {
    let (directory, a, b) = (&world.stores.directory, org("a"), org("b"));
    directory.reserve(&[reserve("site", "one", &a, 60)]).await?;
    directory.release("site", "one", &b).await?;
    assert!(directory.find("site", "one").await?.is_some(), "not by somebody else");
    directory.release("site", "one", &a).await?;
    directory.reserve(&[reserve("site", "one", &b, 60)]).await?;
    assert_eq!(
        directory.find("site", "one").await?.map(|entry| entry.organization),
        Some(b)
    );
    Ok(())
}

fn task(number: usize, action: Action, kind: &str, digest: String, organization: &OrgId) -> DirectoryTask {
    DirectoryTask {
        id: format!("task{number:03}"),
        action,
        kind: kind.to_owned(),
        digest,
        organization: organization.clone(),
    }
}

/// Reserves addresses and sites for an organization, and gives what a region then asks for.
async fn told(world: &World, a: &OrgId) -> Result<Vec<DirectoryTask>, StoreError> {
    let directory = &world.stores.directory;
    for value in ["a@x.example", "b@x.example"] {
        directory.reserve(&[reserve("email", value, a, 60)]).await?;
    }
    for value in ["one", "two"] {
        directory.reserve(&[reserve("site", value, a, 60)]).await?;
    }
    let digest = |kind: &str, value: &str| directory.digest(kind, value);
    let tasks = [
        task(1, Action::Confirm, "email", digest("email", "a@x.example"), a),
        task(2, Action::Confirm, "site", digest("site", "one"), a),
        task(3, Action::Rest(at(500)), "site", digest("site", "one"), a),
        task(4, Action::Release, "site", digest("site", "two"), a),
        task(5, Action::Confirm, "email", digest("email", "c@x.example"), a),
    ];
    let tx = world.eu().begin().await?;
    tx.tell_directory(&tasks).await?;
    tx.tell_directory(&[]).await?;
    tx.commit().await?;
    let told = world.eu().directory_tasks(100).await?;
    assert_eq!(told, tasks);
    Ok(told)
}

async fn start_5_regions_tell_what_became_of_it(world: World) -> Done {
    let (directory, a, b) = (&world.stores.directory, org("a"), org("b"));
    directory.reserve(&[reserve("email", "c@x.example", &b, 60)]).await?;
    let told = told(&world, &a).await?;
    // Once more, as after a crash between the two stores.
    for _ in [1, 2] {
        directory.carry_out(&told).await?;
        let confirmed = state(directory, "email", "a@x.example").await?;
        assert_eq!(confirmed, Some(EntryState::Confirmed));
        let site = directory.find("site", "one").await?.expect("is there");
        assert_eq!((site.state, site.until), (EntryState::Resting, at(500)));
        assert_eq!(state(directory, "site", "two").await?, None);
        let others = state(directory, "email", "c@x.example").await?;
        assert_eq!(others, Some(EntryState::Reserved), "it is not a's");
    }
    let ids: Vec<_> = told.iter().take(4).map(|one| one.id.clone()).collect();
    world.eu().drop_directory_tasks(&ids).await?;
    assert_eq!(world.eu().directory_tasks(100).await?, &told[4..]);
    // EXP-4: all addresses of a closed organization, and nothing else.
    let forget = task(9, Action::ForgetAll, "email", String::new(), &a);
    directory.carry_out(&[forget]).await?;
    assert_eq!(state(directory, "email", "b@x.example").await?, None);
    assert!(state(directory, "site", "one").await?.is_some());
    assert!(state(directory, "email", "c@x.example").await?.is_some());
    Ok(())
}

async fn start_5_what_is_over_is_found(world: World) -> Done {
    let (directory, a) = (&world.stores.directory, org("a"));
    for (value, until) in [("late", 100), ("early", 50), ("sure", 10), ("rests", 10)] {
        directory.reserve(&[reserve("site", value, &a, until)]).await?;
    }
    let digest = |value: &str| directory.digest("site", value);
    let tasks = [
        task(1, Action::Confirm, "site", digest("sure"), &a),
        task(2, Action::Rest(at(1_000)), "site", digest("rests"), &a),
    ];
    directory.carry_out(&tasks).await?;
    let found = async |real, now| {
        let stale = directory.stale(at(real), at(now), 10).await?;
        Ok::<_, StoreError>(stale.into_iter().map(|one| (one.digest, one.state)).collect::<Vec<_>>())
    };
    let early = (digest("early"), EntryState::Reserved);
    let late = (digest("late"), EntryState::Reserved);
    let rests = (digest("rests"), EntryState::Resting);
    assert_eq!(found(49, 999).await?, []);
    assert_eq!(found(50, 999).await?, std::slice::from_ref(&early));
    assert_eq!(found(100, 1_000).await?, [early, late, rests], "each by its own clock");
    assert_eq!(directory.stale(at(100), at(1_000), 2).await?.len(), 2);
    Ok(())
}

async fn start_5_what_is_over_is_dropped_if_it_is_as_it_was_seen(world: World) -> Done {
    let (directory, a) = (&world.stores.directory, org("a"));
    let seen = async |value: &str| Ok::<_, StoreError>(directory.find("site", value).await?.expect("is there"));
    directory.reserve(&[reserve("site", "one", &a, 50)]).await?;
    let before = seen("one").await?;
    let confirm = task(3, Action::Confirm, "site", directory.digest("site", "one"), &a);
    directory.carry_out(&[confirm]).await?;
    assert!(!directory.drop_entry(&before).await?, "it was confirmed meanwhile");

    directory.reserve(&[reserve("site", "two", &a, 50)]).await?;
    let before = seen("two").await?;
    directory.release("site", "two", &a).await?;
    let mut anew = reserve("site", "two", &a, 50);
    anew.holder = "server-2";
    directory.reserve(&[anew]).await?;
    assert!(!directory.drop_entry(&before).await?, "it was reserved anew meanwhile");
    let now = seen("two").await?;
    assert!(directory.drop_entry(&now).await?);
    assert!(!directory.drop_entry(&now).await?, "once");
    Ok(())
}

async fn setup_2_what_another_request_has_reserved_since_stays_its(world: World) -> Done {
    let (directory, a, b) = (&world.stores.directory, org("a"), org("b"));
    let many: Vec<String> = (0..250).map(|number| format!("+331402{number:05}")).collect();
    let values: Vec<&str> = many.iter().map(String::as_str).collect();
    let first: Vec<_> = values.iter().map(|value| reserve("number", value, &a, 50)).collect();
    directory.reserve(&first).await?;
    let seen = directory.find_all("number", &values).await?;
    assert_eq!(seen.len(), 250);
    // A later request of the same customer, and another customer, take some of them anew.
    let owners = [&a, &b];
    for (value, owner) in values.iter().zip(owners) {
        directory.release("number", value, &a).await?;
        let mut anew = reserve("number", value, owner, 50);
        anew.holder = "server-2";
        directory.reserve(&[anew]).await?;
    }
    directory.give_back("number", &values[..100], "server-1").await?;
    let left = directory.find_all("number", &values).await?;
    assert_eq!(
        left.len(),
        152,
        "SETUP-2: what the first held of these is free, the rest stays"
    );
    assert_eq!(
        directory.drop_entries(&seen).await?,
        150,
        "those that are as they were seen"
    );
    let left = directory.find_all("number", &values).await?;
    assert!(left.iter().all(|entry| entry.holder == "server-2"), "{left:?}");
    assert_eq!((left.len(), directory.drop_entries(&[]).await?), (2, 0), "SETUP-2");
    Ok(())
}

async fn the_directory_is_built_again_from_many_values(world: World) -> Done {
    let (directory, a) = (&world.stores.directory, org("a"));
    let many: Vec<String> = (0..12_000).map(|number| format!("u{number}@x.example")).collect();
    let values: Vec<&str> = many.iter().map(String::as_str).collect();
    directory.enter("email", &values, &a).await?;
    directory.enter("email", &[], &a).await?;
    assert_eq!(
        state(directory, "email", "u11999@x.example").await?,
        Some(EntryState::Confirmed)
    );
    let refused = directory
        .enter("email", &["new@x.example", "u5@x.example"], &org("b"))
        .await;
    assert!(matches!(refused, Err(StoreError::Taken(_))), "{refused:?}");
    assert_eq!(
        state(directory, "email", "new@x.example").await?,
        None,
        "all or nothing"
    );

    let digest = |number| directory.digest("email", &format!("u{number}@x.example"));
    let tasks: Vec<_> = (0..12_000)
        .map(|number| task(number, Action::Release, "email", digest(number), &a))
        .collect();
    let tx = world.eu().begin().await?;
    tx.tell_directory(&tasks).await?;
    tx.commit().await?;
    assert_eq!(world.eu().directory_tasks(20_000).await?.len(), 12_000);
    Ok(())
}

/// Reserves an address and a site; every other organization does so the other way round, which must be no deadlock.
fn reserving(directory: &Directory, round: i32, number: usize) -> JoinHandle<Done> {
    let directory = directory.clone();
    tokio::spawn(async move {
        let owner = org(&format!("o{number}"));
        let (email, site) = (format!("{round}@x.example"), round.to_string());
        let mut wanted = vec![reserve("email", &email, &owner, 60), reserve("site", &site, &owner, 60)];
        if number > 1 {
            wanted.reverse();
        }
        directory.reserve(&wanted).await
    })
}

async fn start_6_of_many_who_reserve_the_same_exactly_one_wins(world: World) -> Done {
    let (mine, other) = (&world.stores.directory, world.again().await?);
    for round in 0..15 {
        let directories = [mine, &other.directory, mine, &other.directory];
        let work: Vec<_> = directories
            .into_iter()
            .enumerate()
            .map(|(number, directory)| reserving(directory, round, number))
            .collect();
        assert_eq!(winners(work, taken).await?, 1, "round {round}");
        let email = mine.find("email", &format!("{round}@x.example")).await?;
        let site = mine.find("site", &round.to_string()).await?;
        let owner = |found: Option<Entry>| found.expect("is there").organization;
        assert_eq!(owner(email), owner(site), "both are the winner's");
    }
    other.close().await;
    Ok(())
}
