//! Messages: written with their cause, in one hand at a time, sent at least once and given up in the end (NOTE-1).

use crate::support::{
    Done, World,
    samples::{at, letter, org, trial_id},
};
use domain::ids::MessageId;
use jiff::SignedDuration;
use std::collections::BTreeSet;
use store::{
    Region, StoreError,
    region::outbox::{Attempt, Claimed, Letter},
};

crate::support::engines! {
    every: note_1_a_letter_comes_back_as_written,
        note_1_letters_leave_oldest_first_and_when_they_are_due,
        note_1_a_lease_keeps_others_away_until_it_ends,
        note_1_an_old_holder_changes_nothing,
        note_1_attempts_end_as_sent_later_or_given_up,
        note_1_many_are_posted_at_once,
        exp_9_lines_of_what_is_done_with_are_dropped;
    files: note_1_one_unreadable_letter_does_not_stop_the_others,
        perf_6_claimers_at_once_take_each_letter_once_and_lose_none,
        perf_6_claimers_do_not_wait_for_each_other,
}

const LEASE: SignedDuration = SignedDuration::from_secs(60);

async fn post(world: &World, letters: &[Letter], seconds: i64) -> Done {
    let tx = world.eu().begin().await?;
    tx.post(letters, at(seconds)).await?;
    tx.commit().await
}

fn id(tail: &str) -> MessageId {
    MessageId::new("eu", tail)
}

async fn claim(world: &World, seconds: i64, limit: u64) -> Result<Vec<Claimed>, StoreError> {
    world.eu().claim_letters(at(seconds), LEASE, limit).await
}

fn tails(claimed: &[Claimed]) -> Vec<&str> {
    claimed
        .iter()
        .map(|one| one.letter.id.as_str().trim_start_matches("msg_eu_"))
        .collect()
}

async fn finish(world: &World, one: &Claimed, attempt: Attempt) -> Done {
    world
        .eu()
        .finish_letters(&[(one.letter.id.clone(), one.fence, attempt)])
        .await
}

async fn note_1_a_letter_comes_back_as_written(world: World) -> Done {
    let full = letter("1", 0);
    let bare = Letter {
        trial: None,
        customer: None,
        line: None,
        link: Some("link-1".to_owned()),
        ..letter("2", 5)
    };
    post(&world, &[full.clone(), bare.clone()], 0).await?;
    post(&world, &[], 0).await?;
    let read = world.eu().read();
    let found = read.delivery(&id("1")).await?.expect("is there");
    assert_eq!(
        (found.letter, found.state.as_str(), found.attempts),
        (full.clone(), "pending", 0)
    );
    assert_eq!(read.delivery(&id("2")).await?.map(|one| one.letter), Some(bare.clone()));
    assert_eq!(read.delivery(&id("3")).await?.map(|one| one.letter), None);
    let about: Vec<_> = read
        .deliveries(&trial_id("1"))
        .await?
        .into_iter()
        .map(|one| one.letter)
        .collect();
    assert_eq!(about, std::slice::from_ref(&full));
    assert_eq!(
        (
            read.untried_letters().await?,
            read.open_letters(&org("customer")).await?
        ),
        (2, 1)
    );
    let claimed: Vec<_> = claim(&world, 0, 10).await?.into_iter().map(|one| one.letter).collect();
    assert_eq!(claimed, [full, bare]);

    let twice = post(&world, &[letter("1", 9)], 0).await;
    assert!(matches!(twice, Err(StoreError::Taken(_))), "one identity: {twice:?}");
    Ok(())
}

async fn note_1_letters_leave_oldest_first_and_when_they_are_due(world: World) -> Done {
    post(&world, &[letter("b", 30), letter("a", 30), letter("c", 10)], 100).await?;
    post(&world, &[letter("d", 0)], 200).await?;
    assert_eq!(
        tails(&claim(&world, 99, 10).await?),
        [""; 0],
        "not due by the real clock"
    );
    assert_eq!(tails(&claim(&world, 100, 2).await?), ["c", "a"]);
    assert_eq!(
        tails(&claim(&world, 200, 10).await?),
        ["d", "c", "a", "b"],
        "the leases are over, too"
    );
    assert_eq!(tails(&world.us().claim_letters(at(200), LEASE, 10).await?), [""; 0]);
    Ok(())
}

async fn note_1_a_lease_keeps_others_away_until_it_ends(world: World) -> Done {
    post(&world, &[letter("a", 0)], 0).await?;
    let first = claim(&world, 0, 10).await?;
    assert_eq!(tails(&claim(&world, 59, 10).await?), [""; 0]);
    let second = claim(&world, 60, 10).await?;
    assert_eq!(tails(&second), ["a"]);
    assert!(second[0].fence > first[0].fence);
    assert_eq!(second[0].attempts, 0, "who holds it may not have tried");
    Ok(())
}

async fn note_1_an_old_holder_changes_nothing(world: World) -> Done {
    post(&world, &[letter("a", 0), letter("b", 0)], 0).await?;
    let old = claim(&world, 0, 10).await?;
    let new = claim(&world, 60, 10).await?;
    for attempt in [
        Attempt::Sent(at(61)),
        Attempt::Later(at(9_000), "slow".to_owned()),
        Attempt::GivenUp("gone".to_owned()),
    ] {
        finish(&world, &old[0], attempt).await?;
        let found = world.eu().read().delivery(&id("a")).await?.expect("is there");
        assert_eq!(
            (found.state.as_str(), found.attempts, found.error),
            ("pending", 0, None)
        );
    }
    assert_eq!(
        tails(&claim(&world, 119, 10).await?),
        [""; 0],
        "nor did he end the new lease"
    );
    finish(&world, &new[0], Attempt::Sent(at(62))).await?;
    finish(&world, &new[0], Attempt::GivenUp("twice".to_owned())).await?;
    let found = world.eu().read().delivery(&id("a")).await?.expect("is there");
    assert_eq!(
        (found.state.as_str(), found.attempts),
        ("sent", 1),
        "once sent it stays sent"
    );

    // One report about several: each by its own fence.
    let both = [
        (id("a"), new[0].fence, Attempt::GivenUp("x".to_owned())),
        (id("b"), new[1].fence, Attempt::Sent(at(63))),
    ];
    world.eu().finish_letters(&both).await?;
    let found = world.eu().read().delivery(&id("b")).await?.expect("is there");
    assert_eq!((found.state.as_str(), found.delivered_at), ("sent", Some(at(63))));
    Ok(())
}

async fn note_1_attempts_end_as_sent_later_or_given_up(world: World) -> Done {
    post(&world, &[letter("a", 0), letter("b", 1), letter("c", 2)], 0).await?;
    let held = claim(&world, 0, 10).await?;
    finish(&world, &held[0], Attempt::Sent(at(7))).await?;
    finish(&world, &held[1], Attempt::Later(at(300), "450 busy".to_owned())).await?;
    finish(&world, &held[2], Attempt::GivenUp("550 nobody".to_owned())).await?;
    let read = world.eu().read();
    let mut seen = Vec::new();
    for one in read.deliveries(&trial_id("1")).await? {
        seen.push((one.state, one.attempts, one.delivered_at, one.error));
    }
    let state =
        |state: &str, delivered, error: Option<&str>| (state.to_owned(), 1, delivered, error.map(str::to_owned));
    let expected = [
        state("sent", Some(at(7)), None),
        state("pending", None, Some("450 busy")),
        state("given_up", None, Some("550 nobody")),
    ];
    assert_eq!(seen, expected);
    assert_eq!(
        (
            read.untried_letters().await?,
            read.open_letters(&org("customer")).await?
        ),
        (0, 1)
    );

    assert_eq!(
        tails(&claim(&world, 299, 10).await?),
        [""; 0],
        "its pause is not over, though its lease is"
    );
    let again = claim(&world, 300, 10).await?;
    assert_eq!((tails(&again), again[0].attempts), (vec!["b"], 1));
    finish(&world, &again[0], Attempt::Sent(at(301))).await?;
    let found = read.delivery(&id("b")).await?.expect("is there");
    assert_eq!((found.state.as_str(), found.attempts, found.error), ("sent", 2, None));
    Ok(())
}

async fn note_1_many_are_posted_at_once(world: World) -> Done {
    let many: Vec<_> = (0..2_500)
        .map(|number| letter(&format!("m{number:04}"), number))
        .collect();
    post(&world, &many, 0).await?;
    assert_eq!(world.eu().read().untried_letters().await?, 2_500);
    let held = claim(&world, 0, 1_000).await?;
    assert_eq!((held.len(), held[999].letter.id.as_str()), (1_000, "msg_eu_m0999"));
    Ok(())
}

async fn exp_9_lines_of_what_is_done_with_are_dropped(world: World) -> Done {
    let other = Letter {
        customer: Some(org("other")),
        ..letter("d", 3)
    };
    post(&world, &[letter("a", 0), letter("b", 1), letter("c", 2), other], 0).await?;
    let held = claim(&world, 0, 10).await?;
    finish(&world, &held[0], Attempt::Sent(at(1))).await?;
    finish(
        &world,
        &held[1],
        Attempt::GivenUp("550 it@lumiere.example: nobody".to_owned()),
    )
    .await?;
    finish(
        &world,
        &held[3],
        Attempt::GivenUp("550 it@other.example: nobody".to_owned()),
    )
    .await?;
    let tx = world.eu().begin().await?;
    tx.erase_lines(&org("customer")).await?;
    tx.commit().await?;
    let mut kept = Vec::new();
    for tail in ["a", "b", "c", "d"] {
        let one = world.eu().read().delivery(&id(tail)).await?.expect("is there");
        kept.push((one.letter.line.is_some(), one.error.is_some()));
    }
    let expected = [(false, false), (false, false), (true, false), (true, true)];
    assert_eq!(kept, expected, "c is still on its way, d is another customer's");
    Ok(())
}

async fn note_1_one_unreadable_letter_does_not_stop_the_others(world: World) -> Done {
    post(&world, &[letter("a", 0), letter("b", 1), letter("c", 2)], 0).await?;
    world
        .sql(
            "eu",
            "UPDATE outbox SET kind = 'of_a_newer_version' WHERE id = 'msg_eu_a'",
        )
        .await;
    world
        .sql("eu", "UPDATE outbox SET facts = '{' WHERE id = 'msg_eu_b'")
        .await;
    assert_eq!(tails(&claim(&world, 0, 10).await?), ["c"]);
    let unread = world.eu().read().delivery(&id("a")).await;
    assert!(matches!(unread, Err(StoreError::Corrupt(_))), "{unread:?}");
    Ok(())
}

/// Claims until nothing is left, and reports all as sent but every seventh, which comes again.
async fn drain(region: Region, process: i64) -> Result<Vec<(MessageId, i64)>, StoreError> {
    let mut taken = Vec::new();
    loop {
        let held = region.claim_letters(at(0), LEASE, 7).await?;
        if held.is_empty() && region.read().untried_letters().await? == 0 {
            return Ok(taken);
        }
        let mut attempts = Vec::new();
        for (place, one) in held.into_iter().enumerate() {
            let again = place == 6 && one.attempts == 0;
            let attempt = if again {
                Attempt::Later(at(-1), "busy".to_owned())
            } else {
                Attempt::Sent(at(process))
            };
            attempts.push((one.letter.id.clone(), one.fence, attempt));
            taken.push((one.letter.id, one.fence));
        }
        region.finish_letters(&attempts).await?;
    }
}

async fn perf_6_claimers_at_once_take_each_letter_once_and_lose_none(world: World) -> Done {
    let many: Vec<_> = (0..400)
        .map(|number| letter(&format!("m{number:03}"), number % 10))
        .collect();
    post(&world, &many, 0).await?;
    let other = world.again().await?;
    let regions = [
        world.eu(),
        other.region("eu").expect("a region"),
        world.eu(),
        other.region("eu").expect("a region"),
    ];
    let work: Vec<_> = (1..)
        .zip(regions)
        .map(|(number, region)| tokio::spawn(drain(region.clone(), number)))
        .collect();
    let (mut claims, mut count) = (BTreeSet::new(), 0);
    for one in work {
        let taken = one.await.expect("no panic")?;
        count += taken.len();
        claims.extend(taken);
    }
    assert_eq!(claims.len(), count, "no claim was given twice");
    let ids: BTreeSet<_> = claims.iter().map(|(id, _)| id.clone()).collect();
    assert_eq!(ids.len(), 400, "none was lost");
    assert!(count > 400, "some came twice, one after the other");
    let rest = world.eu().claim_letters(at(0), LEASE, 500).await?;
    for one in &rest {
        finish(&world, one, Attempt::Sent(at(9))).await?;
    }
    let sent = world.column("eu", "SELECT id FROM outbox WHERE state = 'sent'").await;
    assert_eq!(sent.len(), 400);
    other.close().await;
    Ok(())
}

async fn perf_6_claimers_do_not_wait_for_each_other(world: World) -> Done {
    post(&world, &[letter("a", 0), letter("b", 1)], 0).await?;
    if world.place.engine == crate::support::Engine::Postgres {
        // Somebody works on the first: SKIP LOCKED takes the second and does not wait.
        let other = crate::support::raw(world.url("eu")).await;
        let held = sea_orm::TransactionTrait::begin(&other).await.expect("a transaction");
        let lock = "SELECT id FROM outbox WHERE id = 'msg_eu_a' FOR UPDATE";
        sea_orm::ConnectionTrait::execute_unprepared(&held, lock)
            .await
            .expect("a lock");
        assert_eq!(tails(&claim(&world, 0, 10).await?), ["b"]);
        held.rollback().await.expect("an end");
        other.close().await.expect("an end");
        assert_eq!(tails(&claim(&world, 0, 10).await?), ["a"]);
    } else {
        assert_eq!(tails(&claim(&world, 0, 1).await?), ["a"]);
        assert_eq!(tails(&claim(&world, 0, 1).await?), ["b"]);
    }
    Ok(())
}
