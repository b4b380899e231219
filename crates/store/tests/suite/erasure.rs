//! EXP-9: what was personal is gone, from the files too, and the record of changes is whole all the same.

use crate::{
    record::{clean, fill, record},
    support::{
        Done, Engine, World,
        samples::{
            add_customers, at, customer, day, letter, line, org, person, person_id, record as kept, trial, trial_id,
        },
    },
};
use domain::{
    closing::Step,
    ids::{EventId, HoldId},
    text::fold,
    trial::{MilestoneKind, MilestoneState, Row, RowChange},
};
use jiff::SignedDuration;
use store::{
    StoreError,
    region::{
        closing::Closing,
        hold::Hold,
        outbox::{Attempt, Claimed},
        relationship::Line,
    },
};

crate::support::engines! {
    every: exp_9_erased_words_are_gone_and_the_record_is_whole,
        exp_9_nobody_writes_back_what_was_erased,
        exp_9_closings_that_only_wait_are_not_looked_at,
        exp_9_what_was_answered_about_a_customer_goes_with_it,
        exp_9_what_is_recorded_after_the_erasure_holds;
    files: exp_9_erased_texts_are_in_no_file,
        exp_9_erased_texts_leave_the_files_of_a_running_server,
}

async fn erase_words(world: &World, tail: &str) -> Done {
    let tx = world.eu().begin().await?;
    tx.erase_words(&org(tail)).await?;
    tx.commit().await
}

async fn exp_9_erased_words_are_gone_and_the_record_is_whole(world: World) -> Done {
    add_customers(world.eu(), &["a", "b"]).await?;
    fill(world.eu(), "a", 20).await?;
    fill(world.eu(), "b", 4).await?;
    let words = async |tail: &str| world.eu().read().words(&EventId::new("eu", tail)).await;
    assert!(words("a019").await?.is_some() && words("b003").await?.is_some());
    for _ in [1, 2] {
        erase_words(&world, "a").await?;
        assert_eq!(words("a019").await?, None);
        assert!(words("b003").await?.is_some(), "another customer's");
        assert_eq!(clean(world.eu()).await?, 24);
    }
    Ok(())
}

async fn exp_9_what_is_recorded_after_the_erasure_holds(world: World) -> Done {
    add_customers(world.eu(), &["a"]).await?;
    fill(world.eu(), "a", 2).await?;
    erase_words(&world, "a").await?;
    let tx = world.eu().begin().await?;
    record(&tx, &org("a"), "later").await?;
    tx.commit().await?;
    assert_eq!(
        world.eu().read().words(&EventId::new("eu", "later")).await?,
        None,
        "there is no key for them"
    );
    assert_eq!(clean(world.eu()).await?, 3);
    Ok(())
}

async fn exp_9_nobody_writes_back_what_was_erased(world: World) -> Done {
    let tx = world.eu().begin().await?;
    tx.put_trial(&kept(trial("1", "a", &["messaging"])), "a", true).await?;
    tx.put_trial(&kept(trial("2", "b", &["messaging"])), "b", true).await?;
    tx.commit().await?;
    let seen = world.eu().read().trial(&trial_id("1")).await?.expect("is there");
    let tx = world.eu().begin().await?;
    tx.erase_texts(&org("a")).await?;
    tx.commit().await?;
    let read = world.eu().read();
    let erased = read.trial(&trial_id("1")).await?.expect("a tombstone stays");
    assert_eq!((erased.trial, erased.texts.len()), (seen.trial.clone(), 0));
    assert_eq!(
        read.trial(&trial_id("2")).await?.map(|other| other.texts.len()),
        Some(1)
    );

    let tx = world.eu().begin().await?;
    let stale = tx.put_trial(&seen, "a", false).await;
    assert!(
        matches!(stale, Err(StoreError::Conflict)),
        "read before the erasure: {stale:?}"
    );
    Ok(())
}

async fn exp_9_what_was_answered_about_a_customer_goes_with_it(world: World) -> Done {
    let tx = world.eu().begin().await?;
    for tail in ["a", "b"] {
        tx.put_answer(tail, "words".to_owned(), Some(&org(tail)), at(0)).await?;
    }
    tx.put_answer("none", "words".to_owned(), None, at(0)).await?;
    tx.erase_answers(&org("a"), "gone").await?;
    tx.commit().await?;
    for (key, answer) in [("a", "gone"), ("b", "words"), ("none", "words")] {
        assert_eq!(world.eu().read().answer(key).await?.as_deref(), Some(answer), "{key}");
    }
    Ok(())
}

async fn exp_9_closings_that_only_wait_are_not_looked_at(world: World) -> Done {
    let all = ["a", "b", "c", "d", "e"];
    add_customers(world.eu(), &all).await?;
    let tx = world.eu().begin().await?;
    for tail in all {
        // One has not come so far that it could wait.
        let step = if tail == "e" { Step::Users } else { Step::Erasing };
        tx.begin_closing(&closing(tail, step)).await?;
    }
    let mut message = letter("1", 0);
    message.customer = Some(org("b"));
    let mut early = letter("2", 0);
    early.customer = Some(org("e"));
    tx.post(&[message, early], at(0)).await?;
    let hold = Hold {
        id: HoldId::new("eu", "1"),
        customer: org("c"),
        reason: "a question".to_owned(),
        placed_by: person_id("vera"),
        placed_at: at(0),
        lifted_at: None,
        version: 1,
    };
    tx.add_hold(&hold).await?;
    tx.put_trial(&kept(trial("4", "d", &["messaging"])), "d", true).await?;
    let notice = Row {
        kind: MilestoneKind::AccessEndedNotice,
        at: at(9),
        on: day("2027-01-15"),
        state: MilestoneState::Planned,
        done_at: None,
    };
    let planned = [RowChange::Insert(notice)];
    tx.put_milestones(&trial_id("4"), &org("d"), &planned, at(0)).await?;
    tx.commit().await?;
    let open = async || -> Result<Vec<String>, StoreError> {
        let found = world.eu().read().open_closings("", 10).await?;
        Ok(found.into_iter().map(|one| one.customer.0).collect())
    };
    let ids = |tails: &[&str]| tails.iter().map(|tail| org(tail).0).collect::<Vec<_>>();
    assert_eq!(open().await?, ids(&["a", "e"]), "an email, a hold, an email to come");
    let tx = world.eu().begin().await?;
    tx.lift_hold(&hold, at(1)).await?;
    tx.commit().await?;
    let sent: Vec<_> = world
        .eu()
        .claim_letters(at(0), SignedDuration::ZERO, 10)
        .await?
        .into_iter()
        .map(|one| (one.letter.id, one.fence, Attempt::Sent(at(1))))
        .collect();
    world.eu().finish_letters(&sent).await?;
    assert_eq!(open().await?, ids(&["a", "b", "c", "e"]));
    assert_eq!(world.eu().read().open_closings(org("b").as_str(), 1).await?.len(), 1);
    Ok(())
}

fn closing(tail: &str, step: Step) -> Closing {
    Closing {
        customer: org(tail),
        trial: trial_id("ended"),
        began_at: at(0),
        step,
        place: String::new(),
        users: 1,
        users_moved: 0,
        licenses: 0,
        erased_at: None,
        version: 1,
    }
}

/// What must not be found any more. It comes in long texts and in short ones.
const MARKER: &str = "Zebulon.Quux";

/// Writes a customer with a name, and with a text wherever there is room for one.
async fn told(world: &World, tail: &str, name: &str, text: &str) -> Done {
    let tx = world.eu().begin().await?;
    tx.add_organization(&customer(tail, name)).await?;
    let mut somebody = person(tail, &org(tail), &format!("{name}@x.example"));
    somebody.name = text.to_owned();
    tx.add_people(&[somebody]).await?;
    tx.put_relationship(&line(tail, "p", name, None)).await?;
    let mut one = kept(trial(tail, tail, &["messaging"]));
    one.texts.insert("site".to_owned(), text.to_owned());
    tx.put_trial(&one, &fold(name), true).await?;
    let mut message = letter(tail, 0);
    (message.customer, message.line) = (Some(org(tail)), Some(text.to_owned()));
    tx.post(&[message], at(0)).await?;
    tx.commit().await?;
    fill(world.eu(), tail, 4).await
}

/// A customer whose every personal text holds the marker, between others whose texts do not.
async fn personal(world: &World) -> Done {
    let something = "something".repeat(300);
    told(world, "before", "Somebody", &something).await?;
    told(world, "a", MARKER, &MARKER.repeat(700)).await?;
    told(world, "zafter", "Somebody", &something).await?;
    let held = world
        .eu()
        .claim_letters(at(0), SignedDuration::from_secs(60), 10)
        .await?;
    let refused = |one: Claimed| {
        let ours = one.letter.customer == Some(org("a"));
        let why = if ours { MARKER } else { "nobody" };
        (
            one.letter.id,
            one.fence,
            Attempt::GivenUp(format!("550 {why}@x.example")),
        )
    };
    let attempts: Vec<_> = held.into_iter().map(refused).collect();
    world.eu().finish_letters(&attempts).await
}

async fn erase(world: &World) -> Done {
    let tx = world.eu().begin().await?;
    let mut closed = tx.read().organization(&org("a")).await?.expect("is there");
    closed.value.name = String::new();
    tx.put_organization(&closed).await?;
    let one = tx.read().relationship(&org("a"), &org("p")).await?.expect("is there");
    tx.put_relationship(&Line {
        name_key: String::new(),
        ..one
    })
    .await?;
    tx.erase_people(&org("a")).await?;
    tx.erase_texts(&org("a")).await?;
    tx.erase_lines(&org("a")).await?;
    tx.erase_words(&org("a")).await?;
    tx.commit().await
}

/// The marker, folded too, and what is sealed of the customer: its key and its words.
async fn secrets(world: &World) -> Vec<String> {
    let mut secrets = vec![MARKER.to_owned(), fold(MARKER)];
    let key = "SELECT sealed FROM customer_key WHERE organization_id = 'org_eu_a'";
    secrets.extend(world.column("eu", key).await);
    secrets.extend(
        world
            .column("eu", "SELECT sealed FROM event_text WHERE chain = 'org_eu_a'")
            .await,
    );
    assert_eq!(secrets.len(), 2 + 1 + 2);
    secrets
}

/// Those that are found in the store: on SQLite in any octet of its files, on PostgreSQL in any column of its tables.
async fn found(world: &World, secrets: &[String]) -> Vec<String> {
    let mut heap = Vec::new();
    if world.place.engine == Engine::Sqlite {
        for file in world.files() {
            heap.extend(std::fs::read(file).expect("a file"));
        }
    } else {
        let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
        for table in world.column("eu", tables).await {
            let rows = world
                .column("eu", &format!("SELECT one::text FROM \"{table}\" one"))
                .await;
            heap.extend(rows.concat().into_bytes());
        }
    }
    let is_there = |secret: &&String| heap.windows(secret.len()).any(|part| part == secret.as_bytes());
    secrets.iter().filter(is_there).cloned().collect()
}

async fn exp_9_erased_texts_are_in_no_file(world: World) -> Done {
    personal(&world).await?;
    let secrets = secrets(&world).await;
    assert_eq!(found(&world, &secrets).await, secrets, "the search finds what is there");
    erase(&world).await?;
    assert_eq!(clean(world.eu()).await?, 12);
    assert_eq!(world.eu().read().people_of(&org("before")).await?.len(), 1);
    if world.place.engine == Engine::Sqlite {
        world.close().await;
        let logs: Vec<_> = world
            .files()
            .into_iter()
            .filter(|file| file.display().to_string().ends_with("-wal"))
            .collect();
        assert!(logs.is_empty(), "all is in the files themselves: {logs:?}");
    }
    assert_eq!(found(&world, &secrets).await, [""; 0]);
    Ok(())
}

async fn exp_9_erased_texts_leave_the_files_of_a_running_server(world: World) -> Done {
    personal(&world).await?;
    let secrets = secrets(&world).await;
    erase(&world).await?;
    world.eu().scrub().await?;
    assert_eq!(found(&world, &secrets).await, [""; 0]);
    // While somebody reads, what can be done is done, and nobody waits for long.
    let tx = world.eu().begin().await?;
    tx.put_setting("key", "value").await?;
    tx.commit().await?;
    world.eu().scrub().await
}
