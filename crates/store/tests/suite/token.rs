//! Bearer tokens: found by digest while they last.

use crate::support::{
    Done, World,
    samples::{add_customers, at, org, person, person_id},
};
use store::{StoreError, region::Token, sha256};

crate::support::engines! {
    every: sec_2_a_token_lasts_until_its_end,
        sec_2_a_token_leads_to_its_person_while_it_lasts,
        sec_2_tokens_are_listed_and_revoked_one_by_one,
        sec_2a_tokens_are_revoked_by_label_or_all_at_once,
        exp_4_tokens_of_a_whole_organization_end;
    files:
}

fn token(secret: &str, label: &str, expires_at: Option<i64>) -> Token {
    Token {
        digest: sha256(secret.as_bytes()),
        id: secret.to_owned(),
        person: person_id("ada"),
        label: label.to_owned(),
        created_at: at(0),
        expires_at: expires_at.map(at),
        scopes: "read trials".to_owned(),
        used_on: None,
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

async fn sec_2_a_token_leads_to_its_person_while_it_lasts(world: World) -> Done {
    let ends = token("ada", "build", Some(10));
    let lasts = Token {
        person: person_id("eve"),
        ..token("eve", "build", None)
    };
    add(&world, &[&ends, &lasts]).await?;
    add_customers(world.eu(), &["a"]).await?;
    let people = ["ada", "eve"].map(|tail| person(tail, &org("a"), &format!("{tail}@x.example")));
    let tx = world.eu().begin().await?;
    tx.add_people(&people).await?;
    tx.commit().await?;
    let bearer = async |digest: &str, seconds: i64| world.eu().read().bearer(digest, at(seconds)).await;
    let found = bearer(&ends.digest, 9).await?.expect("it lasts");
    assert_eq!((&found.person, &found.organization.id), (&people[0], &org("a")));
    assert_eq!((found.scopes.as_str(), found.used_on), ("read trials", None));
    let day = jiff::civil::date(2027, 1, 15);
    world.eu().see_token(&ends.digest, day).await?;
    let used = bearer(&ends.digest, 9).await?.and_then(|found| found.used_on);
    assert_eq!(used, Some(day));
    assert_eq!(bearer(&ends.digest, 10).await?, None, "SEC-2: it has ended");
    assert!(bearer(&lasts.digest, 10).await?.is_some());
    assert_eq!(bearer("another", 9).await?, None);
    let tx = world.eu().begin().await?;
    tx.revoke_tokens(&lasts.person, None, at(11)).await?;
    tx.commit().await?;
    assert_eq!(bearer(&lasts.digest, 12).await?, None, "SEC-2: it was revoked");
    Ok(())
}

async fn sec_2_tokens_are_listed_and_revoked_one_by_one(world: World) -> Done {
    let tokens = [
        token("1", "a", None),
        token("2", "b", Some(60)),
        token("3", "c", Some(5)),
    ];
    add(&world, &[&tokens[0], &tokens[1], &tokens[2]]).await?;
    let ada = person_id("ada");
    let listed = async |seconds: i64| {
        let found = world.eu().read().tokens_of(&ada, at(seconds)).await?;
        Ok::<_, StoreError>(found.into_iter().map(|token| token.id).collect::<Vec<_>>())
    };
    assert_eq!(listed(10).await?, ["1", "2"], "the third has ended");
    let tx = world.eu().begin().await?;
    assert!(
        !tx.revoke_token(&person_id("bob"), "1", at(10)).await?,
        "somebody else's"
    );
    assert!(!tx.revoke_token(&ada, "3", at(10)).await?, "it has ended");
    assert!(tx.revoke_token(&ada, "1", at(10)).await?);
    assert!(!tx.revoke_token(&ada, "1", at(10)).await?);
    tx.commit().await?;
    assert_eq!(listed(10).await?, ["2"]);
    assert_eq!(world.eu().read().token(&tokens[0].digest, at(11)).await?, None);
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
