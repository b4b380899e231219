//! Who is signed in, and by what (SEC-2, SEC-2a).

use crate::support::{
    Done, World,
    samples::{at, org, person, person_id},
};
use store::{
    StoreError,
    region::{HalfSignIn, Session, Token},
    sha256,
};

crate::support::engines! {
    every: sec_2a_a_session_is_seen_and_ends,
        sec_2a_all_sessions_of_a_person_end_at_once,
        sec_2_sessions_are_listed_and_ended_one_by_one,
        sec_2_half_a_sign_in_is_taken_once_and_not_for_long,
        sec_2_a_password_is_a_hash_and_the_last_one_counts,
        sec_2a_attempts_wait_after_the_tenth_and_end_with_the_right_one,
        sec_2a_attempts_at_once_are_all_counted,
        exp_9_erased_people_can_sign_in_no_more;
    files:
}

fn session(secret: &str, tail: &str, seconds: i64) -> Session {
    Session {
        digest: sha256(secret.as_bytes()),
        id: secret.to_owned(),
        person: person_id(tail),
        people: vec![person_id(tail), person_id("other")],
        how: "password".to_owned(),
        browser: "Firefox".to_owned(),
        platform: "Linux".to_owned(),
        created_at: at(seconds),
        proven_at: at(seconds),
        seen_at: at(seconds),
    }
}

async fn add(world: &World, sessions: &[&Session], forget_before: i64) -> Done {
    let tx = world.eu().begin().await?;
    for one in sessions {
        tx.add_session(one, at(forget_before)).await?;
    }
    tx.commit().await
}

async fn sec_2a_a_session_is_seen_and_ends(world: World) -> Done {
    let (one, late) = (session("1", "ada", 0), session("2", "ada", 100));
    add(&world, &[&one, &late], -10).await?;
    let read = world.eu().read();
    assert_eq!(read.session(&one.digest).await?, Some(one.clone()));
    assert_eq!(read.session("1").await?, None, "only the digest is kept");
    world.eu().see_session(&one.digest, at(60)).await?;
    assert_eq!(read.session(&one.digest).await?.map(|seen| seen.seen_at), Some(at(60)));

    add(&world, &[&session("3", "bob", 200)], 100).await?;
    assert_eq!(read.session(&one.digest).await?, None, "began too long ago");
    assert!(read.session(&late.digest).await?.is_some());
    world.eu().end_session(&late.digest).await?;
    world.eu().end_session(&late.digest).await?;
    world.eu().see_session(&late.digest, at(300)).await?;
    assert_eq!(read.session(&late.digest).await?, None, "being seen brings it not back");
    Ok(())
}

async fn sec_2a_all_sessions_of_a_person_end_at_once(world: World) -> Done {
    let all = [session("1", "ada", 0), session("2", "ada", 1), session("3", "bob", 2)];
    add(&world, &[&all[0], &all[1], &all[2]], -10).await?;
    let tx = world.eu().begin().await?;
    assert_eq!(tx.end_sessions(&person_id("ada"), at(3)).await?, 2);
    tx.commit().await?;
    assert_eq!(world.eu().read().session(&all[0].digest).await?, None);
    let read = world.eu().read();
    assert_eq!(read.signed_out_at(&person_id("ada")).await?, Some(at(3)));
    assert_eq!(read.signed_out_at(&person_id("bob")).await?, None);
    assert!(world.eu().read().session(&all[2].digest).await?.is_some());
    Ok(())
}

async fn sec_2_sessions_are_listed_and_ended_one_by_one(world: World) -> Done {
    let all = [session("1", "ada", 0), session("2", "ada", 1), session("3", "bob", 2)];
    add(&world, &[&all[0], &all[1], &all[2]], -10).await?;
    let ada = person_id("ada");
    assert_eq!(
        world.eu().read().sessions_of(&ada).await?,
        [all[1].clone(), all[0].clone()]
    );
    assert!(!world.eu().end_session_of(&ada, "3").await?, "somebody else's");
    assert!(world.eu().end_session_of(&ada, "1").await?);
    assert!(!world.eu().end_session_of(&ada, "1").await?);
    add(&world, &[&all[0]], -10).await?;
    let tx = world.eu().begin().await?;
    assert_eq!(tx.end_sessions_but(&ada, Some(&all[0].digest), at(5)).await?, 1);
    tx.commit().await?;
    assert_eq!(world.eu().read().sessions_of(&ada).await?, [all[0].clone()]);
    assert_eq!(world.eu().read().sessions_of(&person_id("bob")).await?.len(), 1);
    Ok(())
}

async fn sec_2_half_a_sign_in_is_taken_once_and_not_for_long(world: World) -> Done {
    let half = |secret: &str, seconds: i64| HalfSignIn {
        digest: sha256(secret.as_bytes()),
        people: vec![person_id("ada")],
        how: "password".to_owned(),
        ends_at: at(seconds),
    };
    let (early, late) = (half("1", 10), half("2", 100));
    let tx = world.eu().begin().await?;
    tx.add_half_sign_in(&early, at(0)).await?;
    tx.add_half_sign_in(&late, at(20)).await?;
    tx.commit().await?;
    let read = world.eu().read();
    assert_eq!(read.half_sign_in(&early.digest).await?, None, "forgotten once it ended");
    assert_eq!(read.half_sign_in(&late.digest).await?, Some(late.clone()));
    assert_eq!(read.half_sign_in("2").await?, None, "only the digest is kept");
    let tx = world.eu().begin().await?;
    assert!(tx.take_half_sign_in(&late.digest).await?);
    assert!(!tx.take_half_sign_in(&late.digest).await?);
    tx.commit().await?;
    assert_eq!(read.half_sign_in(&late.digest).await?, None);
    Ok(())
}

async fn credential(world: &World, tail: &str, hash: &str) -> Done {
    let tx = world.eu().begin().await?;
    tx.put_credential(&person_id(tail), hash, at(0)).await?;
    tx.commit().await
}

async fn sec_2_a_password_is_a_hash_and_the_last_one_counts(world: World) -> Done {
    for (tail, hash) in [
        ("ada", "$argon2id$first"),
        ("bob", "$argon2id$bob"),
        ("ada", "$argon2id$second"),
    ] {
        credential(&world, tail, hash).await?;
    }
    let read = world.eu().read();
    let mut found = read
        .credentials(&[person_id("bob"), person_id("eve"), person_id("ada")])
        .await?;
    found.sort();
    let expected = [("ada", "$argon2id$second"), ("bob", "$argon2id$bob")];
    assert_eq!(found, expected.map(|(tail, hash)| (person_id(tail), hash.to_owned())));
    assert_eq!(read.credentials(&[]).await?, []);
    Ok(())
}

async fn sec_2a_attempts_wait_after_the_tenth_and_end_with_the_right_one(world: World) -> Done {
    let directory = &world.stores.directory;
    for number in 0..10 {
        assert_eq!(directory.attempt("ada@x.example", at(0)).await?, None, "{number}");
    }
    assert_eq!(directory.attempt("ada@x.example", at(0)).await?, Some(1));
    assert_eq!(
        directory.attempt("nobody@x.example", at(0)).await?,
        None,
        "another address"
    );
    assert_eq!(
        directory.attempt("ada@x.example", at(1)).await?,
        None,
        "the second has passed, and it counts"
    );
    assert_eq!(directory.attempt("ada@x.example", at(1)).await?, Some(2));
    directory.forget_attempts("ada@x.example").await?;
    assert_eq!(directory.attempt("ada@x.example", at(1)).await?, None);
    assert_eq!(
        directory.forget_attempts_before(at(1)).await?,
        1,
        "nobody's, of the instant before"
    );
    assert_eq!(directory.forget_attempts_before(at(2)).await?, 1);
    Ok(())
}

async fn sec_2a_attempts_at_once_are_all_counted(world: World) -> Done {
    let work: Vec<_> = (0..24)
        .map(|_| {
            let directory = world.stores.directory.clone();
            tokio::spawn(async move { directory.attempt("ada@x.example", at(0)).await })
        })
        .collect();
    let mut free = 0;
    for one in work {
        free += u32::from(one.await.expect("no panic")?.is_none());
    }
    assert_eq!(free, 10);
    Ok(())
}

async fn exp_9_erased_people_can_sign_in_no_more(world: World) -> Done {
    let tx = world.eu().begin().await?;
    for (tail, organization) in [("ada", "a"), ("bob", "b")] {
        tx.add_people(&[person(tail, &org(organization), &format!("{tail}@x.example"))])
            .await?;
        tx.put_credential(&person_id(tail), "$argon2id$", at(0)).await?;
        tx.add_session(&session(tail, tail, 0), at(-10)).await?;
        let token = Token {
            digest: sha256(tail.as_bytes()),
            id: tail.to_owned(),
            person: person_id(tail),
            label: "ada's own words".to_owned(),
            created_at: at(0),
            expires_at: None,
            scopes: "all".to_owned(),
            used_on: None,
        };
        tx.add_token(&token).await?;
    }
    assert_eq!(tx.erase_people(&org("a")).await?, 1);
    tx.commit().await?;
    let read = world.eu().read();
    let left = async |tail: &str| {
        let digest = sha256(tail.as_bytes());
        let password = read.credentials(&[person_id(tail)]).await?.len();
        let session = read.session(&digest).await?.is_some();
        Ok::<_, StoreError>((password, session, read.token(&digest, at(1)).await?.is_some()))
    };
    assert_eq!(left("ada").await?, (0, false, false));
    assert_eq!(left("bob").await?, (1, true, true));
    Ok(())
}
