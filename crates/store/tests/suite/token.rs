//! Bearer tokens: found by digest while they last.

use crate::support::{
    Done, World,
    samples::{at, org, person, person_id},
};
use store::{StoreError, region::Token, sha256};

crate::support::engines! {
    every: sec_2_a_token_lasts_until_its_end,
        sec_2a_tokens_are_revoked_by_label_or_all_at_once,
        exp_4_tokens_of_a_whole_organization_end;
    files:
}

fn token(secret: &str, label: &str, expires_at: Option<i64>) -> Token {
    Token {
        digest: sha256(secret.as_bytes()),
        person: person_id("ada"),
        label: label.to_owned(),
        created_at: at(0),
        expires_at: expires_at.map(at),
    }
}

async fn add(world: &World, tokens: &[&Token]) -> Done {
    let tx = world.eu().begin().await?;
    for one in tokens {
        tx.add_token(one).await?;
    }
    tx.commit().await
}

async fn sec_2_a_token_lasts_until_its_end(world: World) -> Done {
    let (short, long) = (token("short", "a", Some(60)), token("long", "b", None));
    add(&world, &[&short, &long]).await?;
    let read = world.eu().read();
    assert_eq!(read.token(&short.digest, at(59)).await?, Some(short.clone()));
    assert_eq!(
        read.token(&short.digest, at(60)).await?,
        None,
        "its end is not part of it"
    );
    assert_eq!(read.token(&long.digest, at(1_000_000_000)).await?, Some(long));
    assert_eq!(read.token("short", at(0)).await?, None, "only the digest is kept");
    let twice = add(&world, &[&short]).await;
    assert!(matches!(twice, Err(StoreError::Taken(_))), "{twice:?}");
    Ok(())
}

async fn sec_2a_tokens_are_revoked_by_label_or_all_at_once(world: World) -> Done {
    let tokens = [
        token("1", "build", None),
        token("2", "deploy", None),
        token("3", "build", Some(60)),
    ];
    let others = Token {
        person: person_id("bob"),
        ..token("4", "build", None)
    };
    add(&world, &[&tokens[0], &tokens[1], &tokens[2], &others]).await?;

    let tx = world.eu().begin().await?;
    assert_eq!(tx.revoke_tokens(&person_id("ada"), Some("build"), at(1)).await?, 2);
    tx.commit().await?;
    let alive = async |one: &Token| Ok::<_, StoreError>(world.eu().read().token(&one.digest, at(2)).await?.is_some());
    assert!(!alive(&tokens[0]).await? && !alive(&tokens[2]).await?);
    assert!(alive(&tokens[1]).await? && alive(&others).await?);

    let tx = world.eu().begin().await?;
    assert_eq!(
        tx.revoke_tokens(&person_id("ada"), None, at(3)).await?,
        1,
        "those that had not ended yet"
    );
    tx.commit().await?;
    assert!(!alive(&tokens[1]).await? && alive(&others).await?);
    Ok(())
}

async fn exp_4_tokens_of_a_whole_organization_end(world: World) -> Done {
    let tokens = ["ada", "eve", "bob"].map(|tail| Token {
        person: person_id(tail),
        ..token(tail, "build", None)
    });
    add(&world, &[&tokens[0], &tokens[1], &tokens[2]]).await?;
    let tx = world.eu().begin().await?;
    for (tail, organization) in [("ada", "a"), ("eve", "a"), ("bob", "b")] {
        tx.add_people(&[person(tail, &org(organization), &format!("{tail}@x.example"))])
            .await?;
    }
    tx.revoke_all_tokens(&org("a"), at(1)).await?;
    tx.commit().await?;
    let read = world.eu().read();
    assert_eq!(read.token(&tokens[0].digest, at(3)).await?, None);
    assert_eq!(read.token(&tokens[1].digest, at(3)).await?, None);
    assert!(read.token(&tokens[2].digest, at(3)).await?.is_some());
    Ok(())
}
