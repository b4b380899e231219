//! What waits for a digest, and what was told last (NOTE-4).

use crate::support::{
    Done, World,
    samples::{at, day, org, person_id, trial_id},
    taken,
};
use domain::{digest::Gathered, notify::MessageKind};
use store::{StoreError, region::digest::Told};

crate::support::engines! {
    every: note_4_what_waits_is_listed_by_its_end_and_the_latest_of_a_kind_counts,
        note_4_only_what_was_told_is_dropped,
        note_4_of_two_servers_one_tells;
    files:
}

fn line(of: &str, kind: MessageKind, ends_on: &str, seconds: i64) -> Gathered {
    Gathered {
        ends_on: day(ends_on),
        trial: trial_id(of),
        customer: org("customer"),
        kind,
        at: at(seconds),
    }
}

async fn gather(world: &World, lines: &[&Gathered]) -> Done {
    let tx = world.eu().begin().await?;
    for one in lines {
        tx.gather(&person_id("seller"), one).await?;
    }
    tx.commit().await
}

async fn waiting(world: &World) -> Result<Vec<Gathered>, StoreError> {
    world.eu().read().gathered(&person_id("seller")).await
}

async fn note_4_what_waits_is_listed_by_its_end_and_the_latest_of_a_kind_counts(world: World) -> Done {
    use MessageKind::{ExpiryNotice, ExpiryReminder};
    let (late, early, notice) = (
        line("1", ExpiryReminder, "2027-02-20", 10),
        line("2", ExpiryReminder, "2027-02-14", 20),
        line("1", ExpiryNotice, "2027-02-20", 30),
    );
    gather(&world, &[&late, &early, &notice]).await?;
    assert_eq!(waiting(&world).await?, [early.clone(), notice.clone(), late.clone()]);
    let moved = line("1", ExpiryReminder, "2027-02-10", 40);
    gather(&world, &[&moved]).await?;
    assert_eq!(
        waiting(&world).await?,
        [moved, early, notice],
        "of a kind about a trial one"
    );
    assert_eq!(world.eu().read().gathered(&person_id("other")).await?, []);
    assert_eq!(world.us().read().gathered(&person_id("seller")).await?, []);
    Ok(())
}

async fn note_4_only_what_was_told_is_dropped(world: World) -> Done {
    let told = line("1", MessageKind::ExpiryReminder, "2027-02-20", 10);
    let other = line("2", MessageKind::ExpiryReminder, "2027-02-20", 10);
    gather(&world, &[&told, &other]).await?;
    // Meanwhile it is gathered once more.
    let again = Gathered {
        at: at(20),
        ..told.clone()
    };
    gather(&world, &[&again]).await?;
    let drop = async |lines: &[Gathered]| -> Done {
        let tx = world.eu().begin().await?;
        tx.drop_gathered(&person_id("seller"), lines).await?;
        tx.commit().await
    };
    drop(&[told, other]).await?;
    assert_eq!(waiting(&world).await?, std::slice::from_ref(&again), "it was not told");
    drop(&[again]).await?;
    assert_eq!(waiting(&world).await?, []);
    Ok(())
}

async fn note_4_of_two_servers_one_tells(world: World) -> Done {
    let seller = person_id("seller");
    assert_eq!(world.eu().read().told_last(&seller).await?, None);
    let told = |on: &str| Told {
        on: day(on),
        lines: vec![line("1", MessageKind::ExpiryNotice, "2027-02-20", 10)],
    };
    let tell = async |before: Option<&Told>, now: &Told| -> Done {
        let tx = world.eu().begin().await?;
        tx.tell_today(&seller, before, now).await?;
        tx.commit().await
    };
    let (first, second) = (told("2027-02-13"), told("2027-02-14"));
    tell(None, &first).await?;
    let late = tell(None, &second).await;
    assert!(late.is_err_and(|error| taken(&error)), "somebody else has told it");
    assert_eq!(world.eu().read().told_last(&seller).await?, Some(first.clone()));
    tell(Some(&first), &second).await?;
    let late = tell(Some(&first), &told("2027-02-15")).await;
    assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
    assert_eq!(world.eu().read().told_last(&seller).await?, Some(second));
    Ok(())
}
