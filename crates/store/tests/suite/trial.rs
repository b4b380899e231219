//! Trials: as they were written, changed by one at a time, found by scope, listed in pages.

use crate::support::{
    Done, World,
    samples::{at, day, ending, org, person_id, put_new, record, request, trial, trial_id},
};
use domain::{ids::TrialId, text::fold, trial::Status};
use std::collections::BTreeMap;
use store::{
    StoreError,
    region::trial::{Scope, TrialQuery, TrialRecord, TrialSort},
};

crate::support::engines! {
    every: a_trial_comes_back_as_written,
        a_stale_version_is_a_conflict,
        verify_reads_all_of_them_in_pages,
        trials_of_customers_come_oldest_first,
        org_3_a_person_sees_what_he_started_and_whom_he_looks_after,
        list_1_filters_hold_together,
        list_1_what_is_searched_for_is_text_and_no_pattern;
    files:
}

async fn a_trial_comes_back_as_written(world: World) -> Done {
    let mut running = record(trial("1", "a", &["messaging", "calling"]));
    running
        .texts
        .insert("site".to_owned(), "lumière \u{1F4FD} %_'\"".to_owned());
    let asked = record(request("2", "a", &["messaging"]));
    for one in [&running, &asked] {
        let tx = world.eu().begin().await?;
        tx.put_trial(one, &fold("Société Lumière"), true).await?;
        tx.commit().await?;
    }
    let read = world.eu().read();
    assert_eq!(read.trial(&trial_id("1")).await?, Some(running));
    assert_eq!(read.trial(&trial_id("2")).await?, Some(asked));
    assert_eq!(read.trial(&trial_id("3")).await?, None);
    assert_eq!(read.count_trials(None).await?, 2);
    assert_eq!(read.count_trials(Some(Status::Active)).await?, 1);
    assert_eq!(read.count_trials(Some(Status::Removed)).await?, 0);
    Ok(())
}

async fn put(world: &World, record: &TrialRecord, name: &str) -> Done {
    let tx = world.eu().begin().await?;
    tx.put_trial(record, &fold(name), false).await?;
    tx.commit().await
}

async fn a_stale_version_is_a_conflict(world: World) -> Done {
    let first = trial("1", "a", &["messaging"]);
    put_new(world.eu(), &[(&first, "A")]).await?;
    let changed = ending(first.clone(), Some("2027-05-01"));
    put(
        &world,
        &TrialRecord {
            trial: changed.clone(),
            texts: BTreeMap::new(),
            version: 1,
        },
        "A",
    )
    .await?;
    for stale in [1, 3] {
        let refused = put(
            &world,
            &TrialRecord {
                version: stale,
                ..record(first.clone())
            },
            "A",
        )
        .await;
        assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    }
    let found = world.eu().read().trial(&first.id).await?.expect("is there");
    assert_eq!((found.trial, found.version, found.texts.len()), (changed, 2, 0));

    let tx = world.eu().begin().await?;
    let twice = tx.put_trial(&record(first), "a", true).await;
    assert!(matches!(twice, Err(StoreError::Taken(_))), "an id: {twice:?}");
    Ok(())
}

async fn verify_reads_all_of_them_in_pages(world: World) -> Done {
    for number in 0..7 {
        put_new(
            world.eu(),
            &[(&request(&format!("t{number}"), "a", &["messaging"]), "A")],
        )
        .await?;
    }
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let page = world.eu().read().trials_after(&after, 3).await?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.trial.id.0);
        seen.extend(page.into_iter().map(|one| one.trial.id.0));
    }
    assert_eq!(
        seen,
        (0..7).map(|number| format!("trial_eu_t{number}")).collect::<Vec<_>>()
    );
    Ok(())
}

fn ids(records: Vec<TrialRecord>) -> Vec<TrialId> {
    records.into_iter().map(|one| one.trial.id).collect()
}

async fn trials_of_customers_come_oldest_first(world: World) -> Done {
    let created = |tail: &str, customer: &str, seconds| {
        let mut one = request(tail, customer, &["messaging"]);
        one.created_at = at(seconds);
        one
    };
    let trials = [
        created("1", "a", 30),
        created("2", "b", 20),
        created("3", "a", 10),
        created("4", "c", 5),
    ];
    for one in &trials {
        put_new(world.eu(), &[(one, "A")]).await?;
    }
    let read = world.eu().read();
    assert_eq!(ids(read.trials_of(&org("a")).await?), [trial_id("3"), trial_id("1")]);
    let many = read.trials_of_many(&[org("a"), org("b"), org("nobody")]).await?;
    assert_eq!(ids(many), [trial_id("3"), trial_id("2"), trial_id("1")]);
    assert_eq!(ids(read.trials_of_many(&[]).await?), []);
    Ok(())
}

fn query(scope: Scope) -> TrialQuery {
    TrialQuery {
        scope,
        statuses: Vec::new(),
        customer: None,
        service: None,
        ends_before: None,
        q: None,
        sort: TrialSort::CreatedAt,
        descending: false,
        after: None,
        limit: 100,
    }
}

/// All trials, but for something.
fn but(change: impl FnOnce(&mut TrialQuery)) -> TrialQuery {
    let mut query = query(Scope::All);
    change(&mut query);
    query
}

async fn listed(world: &World, query: &TrialQuery) -> Result<Vec<String>, StoreError> {
    let page = world.eu().read().trials(query).await?;
    Ok(page
        .into_iter()
        .map(|(_, one)| one.trial.id.0.replace("trial_eu_", ""))
        .collect())
}

async fn org_3_a_person_sees_what_he_started_and_whom_he_looks_after(world: World) -> Done {
    let started = |tail: &str, partner: &str, customer: &str, by: &str| {
        let mut one = request(tail, customer, &["messaging"]);
        one.partner = org(partner);
        one.started_by = person_id(by);
        one
    };
    let trials = [
        started("1", "p", "a", "ada"),
        started("2", "p", "b", "bob"),
        started("3", "p", "c", "bob"),
        started("4", "q", "b", "quinn"),
        started("5", "q", "d", "ada"),
    ];
    for one in &trials {
        put_new(world.eu(), &[(one, "A")]).await?;
    }
    let tx = world.eu().begin().await?;
    tx.assign(&org("b"), &org("p"), &person_id("ada")).await?;
    tx.commit().await?;
    let ada = Scope::Person(org("p"), person_id("ada"));
    assert_eq!(
        listed(&world, &query(ada)).await?,
        ["1", "2"],
        "his own and b's, but nothing of partner q"
    );
    let bob = Scope::Person(org("p"), person_id("bob"));
    assert_eq!(listed(&world, &query(bob)).await?, ["2", "3"]);
    assert_eq!(listed(&world, &query(Scope::Partner(org("p")))).await?, ["1", "2", "3"]);
    assert_eq!(listed(&world, &query(Scope::Customer(org("b")))).await?, ["2", "4"]);
    assert_eq!(listed(&world, &query(Scope::All)).await?.len(), 5);
    assert_eq!(
        listed(&world, &query(Scope::Person(org("p"), person_id("eve")))).await?,
        [""; 0]
    );
    Ok(())
}

async fn list_1_filters_hold_together(world: World) -> Done {
    let trials = [
        ending(trial("1", "a", &["messaging", "calling"]), Some("2027-02-14")),
        ending(trial("2", "b", &["messaging"]), Some("2027-03-01")),
        ending(trial("3", "b", &["calling"]), None),
        request("4", "c", &["messaging"]),
    ];
    for one in &trials {
        put_new(world.eu(), &[(one, "A")]).await?;
    }
    let found = async |query: TrialQuery| listed(&world, &query).await;
    let before = but(|query| query.ends_before = Some(day("2027-03-01")));
    assert_eq!(found(before).await?, ["1"], "not on that day");
    let open = but(|query| query.statuses = vec![Status::Active, Status::PendingConsent]);
    assert_eq!(found(open).await?, ["1", "2", "4"]);
    let service = |part: &str| but(|query| query.service = Some(part.to_owned()));
    assert_eq!(found(service("calling")).await?, ["1", "3"]);
    for part in ["call", "calling messaging", "%", ""] {
        assert_eq!(found(service(part)).await?, [""; 0], "a service's whole id: {part:?}");
    }
    let mut both = service("calling");
    both.customer = Some(org("b"));
    assert_eq!(found(both).await?, ["3"]);
    assert_eq!(
        found(but(|query| query.q = Some("trial_eu_2".to_owned()))).await?,
        ["2"]
    );
    Ok(())
}

async fn list_1_what_is_searched_for_is_text_and_no_pattern(world: World) -> Done {
    let names = [
        "100% pure",
        "a_b",
        "axb",
        "back\\slash",
        "O'Neill \"Sons\"",
        "Société Lumière",
        "光之股份有限公司",
    ];
    for (place, name) in names.iter().enumerate() {
        let one = request(&place.to_string(), &place.to_string(), &["messaging"]);
        put_new(world.eu(), &[(&one, name)]).await?;
    }
    let found = async |q: &str| listed(&world, &but(|query| query.q = Some(q.to_owned()))).await;
    assert_eq!(found("%").await?, ["0"]);
    assert_eq!(found("_").await?, ["1"]);
    assert_eq!(found("\\").await?, ["3"]);
    assert_eq!(found("o'neill \"").await?, ["4"]);
    assert_eq!(found("TÉ lum").await?, ["5"], "as people type it");
    assert_eq!(found("股份").await?, ["6"]);
    assert_eq!(found("nul\0").await?, [""; 0], "PostgreSQL knows no such character");
    Ok(())
}
