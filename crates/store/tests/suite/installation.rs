//! Facts about the whole installation: settings, program versions, lookups; approvals and links of a region.

use crate::support::{
    Done, Engine, World,
    samples::{at, org, person_id, program, trial_id},
};
use domain::{ids::ApprovalId, program::Program, trial::Subject};
use std::collections::BTreeMap;
use store::{
    StoreError,
    region::approval::{Approval, Closing},
};

crate::support::engines! {
    every: settings_are_kept_and_forgotten,
        prog_1_versions_are_published_once_and_kept_whole,
        start_6_lookups_are_counted_per_partner_since_an_instant,
        start_2_an_approval_is_decided_once,
        cons_7_a_link_is_found_by_its_secret_and_replaced_by_a_later_one;
    files:
}

async fn settings_are_kept_and_forgotten(world: World) -> Done {
    let directory = &world.stores.directory;
    for value in ["2027-01-15T09:30:00Z", "é'\"\\ 光"] {
        directory.put_setting("clock", value).await?;
        assert_eq!(directory.setting("clock").await?.as_deref(), Some(value));
    }
    for _ in [1, 2] {
        directory.drop_setting("clock").await?;
    }
    let shared = directory.database_now().await?;
    assert_eq!(shared.is_some(), world.place.engine == Engine::Postgres, "{shared:?}");
    assert_eq!(directory.setting("clock").await?, None);

    for value in ["1", "2"] {
        let tx = world.eu().begin().await?;
        tx.put_setting("schema", value).await?;
        assert_eq!(tx.read().setting("schema").await?.as_deref(), Some(value));
        tx.commit().await?;
    }
    assert_eq!(world.eu().read().setting("schema").await?.as_deref(), Some("2"));
    assert_eq!(world.us().read().setting("schema").await?, None);
    Ok(())
}

async fn prog_1_versions_are_published_once_and_kept_whole(world: World) -> Done {
    let directory = &world.stores.directory;
    let version = |version| Program {
        version,
        ..program().clone()
    };
    assert_eq!(directory.programs().await?, []);
    for number in [2, 1, 10] {
        directory.publish(&version(number), at(0)).await?;
    }
    let again = directory.publish(&version(2), at(1)).await;
    assert!(matches!(again, Err(StoreError::Taken(_))), "{again:?}");
    assert_eq!(
        directory.programs().await?,
        [version(1), version(2), version(10)],
        "oldest first, by number"
    );
    Ok(())
}

async fn start_6_lookups_are_counted_per_partner_since_an_instant(world: World) -> Done {
    let directory = &world.stores.directory;
    let ada = person_id("ada");
    directory
        .record_lookup("1", &ada, &org("p"), "it@x.example", at(0))
        .await?;
    directory
        .record_lookup("2", &ada, &org("p"), "it@y.example", at(10))
        .await?;
    directory
        .record_lookup("3", &person_id("bob"), &org("p"), "it@y.example", at(20))
        .await?;
    directory
        .record_lookup("4", &ada, &org("q"), "it@z.example", at(20))
        .await?;
    let digest = |email: &str| directory.digest("email", email);
    let mut found = directory.lookups(&org("p"), at(0)).await?;
    found.sort();
    let expected = [
        (ada, digest("it@y.example")),
        (person_id("bob"), digest("it@y.example")),
    ];
    assert_eq!(found, expected, "after that instant; REG-2: a digest only");
    directory.forget_lookup("3").await?;
    assert_eq!(directory.lookups(&org("p"), at(0)).await?.len(), 1);
    assert_eq!(directory.forget_lookups(at(10)).await?, 1);
    assert_eq!(directory.lookups(&org("p"), at(-1)).await?.len(), 1);
    Ok(())
}

fn approval(tail: &str, seconds: i64, subject: Subject) -> Approval {
    Approval {
        id: ApprovalId::new("eu", tail),
        trial: trial_id("1"),
        customer: org("a"),
        partner: org("p"),
        subject,
        state: "pending".to_owned(),
        requested_at: at(seconds),
        decided_at: None,
        decided_by: None,
        reason: None,
        because: None,
        version: 1,
    }
}

async fn close(world: &World, value: &Approval, state: &str) -> Done {
    let tx = world.eu().begin().await?;
    let team = person_id("team");
    let closing = Closing {
        by: Some(&team),
        reason: Some("the reason"),
        because: Some("extension_limit"),
        ..Closing::of(state, at(60))
    };
    tx.close_approval(value, &closing).await?;
    tx.commit().await
}

async fn start_2_an_approval_is_decided_once(world: World) -> Done {
    let country = approval("1", 10, Subject::Country);
    let id = "contact-center".to_owned();
    let service = approval("2", 5, Subject::Service { id });
    let tx = world.eu().begin().await?;
    tx.add_approval(&country).await?;
    tx.add_approval(&service).await?;
    tx.commit().await?;
    let read = world.eu().read();
    let pending = read.approvals("pending", None).await?;
    assert_eq!(pending, [service.clone(), country.clone()], "the oldest first");
    assert_eq!(
        read.approvals("pending", Some("country")).await?,
        std::slice::from_ref(&country)
    );
    let counts = read.count_approvals("pending").await?;
    assert_eq!(counts, BTreeMap::from([("country", 1), ("service", 1)]));
    let of_trial = read.approvals_of(&trial_id("1")).await?;
    assert_eq!(of_trial, [country.clone(), service.clone()]);

    close(&world, &country, "approved").await?;
    let twice = close(&world, &country, "refused").await;
    assert!(matches!(twice, Err(StoreError::Conflict)), "{twice:?}");
    let mut decided = country;
    (decided.state, decided.version) = ("approved".to_owned(), 2);
    (decided.decided_at, decided.decided_by) = (Some(at(60)), Some(person_id("team")));
    (decided.reason, decided.because) = (Some("the reason".to_owned()), Some("extension_limit".to_owned()));
    assert_eq!(read.approval(&decided.id).await?, Some(decided.clone()));
    let decided_id = decided.id.clone();
    assert_eq!(read.approvals("approved", None).await?, [decided]);
    assert_eq!(read.approvals("pending", None).await?, std::slice::from_ref(&service));

    let tx = world.eu().begin().await?;
    tx.close_approval(&service, &Closing::of("withdrawn", at(61))).await?;
    tx.commit().await?;
    let withdrawn = read.approval(&service.id).await?;
    assert_eq!(withdrawn.map(|one| one.decided_by), Some(None));
    let last = read.decided_approvals(None, 1).await?;
    assert_eq!(last[0].id, service.id, "the newest first");
    let last = read.decided_approvals(Some("country"), 1).await?;
    assert_eq!(
        last[0].id, decided_id,
        "the newest of its kind, however many others came later"
    );
    assert_eq!(read.count_approvals("pending").await?, BTreeMap::new());
    let tx = world.eu().begin().await?;
    tx.erase_approval_reasons(&org("a")).await?;
    tx.commit().await?;
    let erased = read.approval(&decided_id).await?.and_then(|one| one.reason);
    assert_eq!(erased, None, "EXP-9: the words go");
    Ok(())
}

async fn cons_7_a_link_is_found_by_its_secret_and_replaced_by_a_later_one(world: World) -> Done {
    let secret = |id: &str| world.stores.keys.link(id);
    let tx = world.eu().begin().await?;
    tx.add_link("first", &trial_id("1"), &person_id("ada")).await?;
    tx.add_link("second", &trial_id("1"), &person_id("bob")).await?;
    tx.add_link("other", &trial_id("2"), &person_id("ada")).await?;
    tx.commit().await?;
    let read = world.eu().read();
    let link = read.link(&secret("first")).await?.expect("is there");
    assert_eq!(
        (link.trial, link.person, link.superseded),
        (trial_id("1"), person_id("ada"), false)
    );
    assert_ne!(secret("first"), secret("second"), "each recipient has his own");
    assert_eq!(read.link("first").await?, None, "the id alone opens nothing");

    let tx = world.eu().begin().await?;
    tx.supersede_links(&trial_id("1")).await?;
    tx.add_link("third", &trial_id("1"), &person_id("ada")).await?;
    tx.commit().await?;
    for (id, superseded) in [("first", true), ("second", true), ("third", false), ("other", false)] {
        let found = read.link(&secret(id)).await?.expect("is there");
        assert_eq!(found.superseded, superseded, "{id}");
    }
    Ok(())
}
