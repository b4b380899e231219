//! Whatever is changed in the record behind the store's back is named (SEC-2b).

use crate::{
    record::{clean, fill},
    support::{Done, World, samples::add_customers},
};
use store::{StoreError, region::verify::Flaw};

crate::support::engines! {
    every: ;
    files: sec_2b_every_changed_column_is_named,
        sec_2b_a_deleted_row_is_named,
        sec_2b_a_changed_or_missing_head_is_named,
        sec_2b_records_cannot_change_places,
        sec_2b_changed_or_missing_words_are_named,
        sec_2b_a_changed_or_missing_key_is_named,
}

/// Two records: a's of 50 rows, b's of 4.
async fn records(world: &World) -> Done {
    add_customers(world.eu(), &["a", "b"]).await?;
    fill(world.eu(), "a", 50).await?;
    fill(world.eu(), "b", 4).await?;
    assert_eq!(clean(world.eu()).await?, 54);
    Ok(())
}

async fn flaws(world: &World) -> Result<Vec<Flaw>, StoreError> {
    Ok(world.eu().read().verify_chains().await?.1)
}

/// The tampering touches something, is named with that row (none for the head), and once taken back nothing is wrong.
async fn named(world: &World, tamper: &str, undo: &str, organization: &str, event: Option<&str>) -> Done {
    assert!(world.sql("eu", tamper).await > 0, "{tamper}");
    let found = flaws(world).await?;
    let event = event.map(|tail| format!("event_eu_{tail}"));
    let right = |flaw: &Flaw| flaw.organization == format!("org_eu_{organization}") && flaw.event == event;
    assert!(found.iter().any(right), "{tamper}: {found:?}");
    assert!(found.len() < 8, "what is whole is not named: {tamper}: {found:?}");
    world.sql("eu", undo).await;
    assert_eq!(flaws(world).await?, [], "{undo}");
    Ok(())
}

/// Columns of the record, what is made of them, and how that is taken back.
#[rustfmt::skip]
const CHANGES: [(&str, &str, &str); 12] = [
    ("trial_id", "'trial_eu_2'", "'trial_eu_1'"),
    ("trial_id", "NULL", "'trial_eu_1'"),
    ("at", "at + 1", "at - 1"),
    ("name", "'cancelled'", "'extended'"),
    ("actor", "replace(actor, 'ada', 'bob')", "replace(actor, 'bob', 'ada')"),
    ("body", "replace(body, '2027-03-16', '2027-03-17')", "replace(body, '2027-03-17', '2027-03-16')"),
    ("commitment", "upper(commitment)", "lower(commitment)"),
    ("commitment", "'x' || commitment", "substr(commitment, 2)"),
    ("previous", "'x' || previous", "substr(previous, 2)"),
    ("hash", "'x' || hash", "substr(hash, 2)"),
    ("chain", "'org_eu_b'", "'org_eu_a'"),
    ("seq", "seq + 1000", "seq - 1000"),
];

async fn sec_2b_every_changed_column_is_named(world: World) -> Done {
    records(&world).await?;
    for (column, change, back) in CHANGES {
        let owner = if column == "chain" { "b" } else { "a" };
        // The last row has none after it that could tell.
        for tail in ["a025", "a049"] {
            let set = |value: &str| format!("UPDATE event SET {column} = {value} WHERE id = 'event_eu_{tail}'");
            named(&world, &set(change), &set(back), owner, Some(tail)).await?;
        }
    }
    // Of no trial is not the same as of a trial without a name.
    let set = |value: &str| format!("UPDATE event SET trial_id = {value} WHERE id = 'event_eu_a024'");
    named(&world, &set("''"), &set("NULL"), "a", Some("a024")).await?;
    let id = |from: &str, to: &str| format!("UPDATE event SET id = 'event_eu_{to}' WHERE id = 'event_eu_{from}'");
    named(&world, &id("a025", "x"), &id("x", "a025"), "a", Some("x")).await
}

async fn sec_2b_a_deleted_row_is_named(world: World) -> Done {
    records(&world).await?;
    let cases = [
        ("a000", "a", Some("a001")),
        ("a025", "a", Some("a026")),
        ("a049", "a", None),
        ("b003", "b", None),
    ];
    for (tail, organization, named_at) in cases {
        let row = format!("WHERE id = 'event_eu_{tail}'");
        world
            .sql("eu", &format!("CREATE TABLE kept AS SELECT * FROM event {row}"))
            .await;
        let back = "INSERT INTO event SELECT * FROM kept";
        named(
            &world,
            &format!("DELETE FROM event {row}"),
            back,
            organization,
            named_at,
        )
        .await?;
        world.sql("eu", "DROP TABLE kept").await;
    }
    world
        .sql(
            "eu",
            "CREATE TABLE kept AS SELECT * FROM event WHERE chain = 'org_eu_b'",
        )
        .await;
    let (all, back) = (
        "DELETE FROM event WHERE chain = 'org_eu_b'",
        "INSERT INTO event SELECT * FROM kept",
    );
    named(&world, all, back, "b", None).await
}

async fn sec_2b_a_changed_or_missing_head_is_named(world: World) -> Done {
    records(&world).await?;
    let of_b = "WHERE organization_id = 'org_eu_b'";
    let cases = [
        ("seq = seq + 1", "seq = seq - 1"),
        ("seq = seq - 1", "seq = seq + 1"),
        ("seq = 0", "seq = 4"),
        ("hash = 'x' || hash", "hash = substr(hash, 2)"),
    ];
    for (change, back) in cases {
        let set = |what: &str| format!("UPDATE chain SET {what} {of_b}");
        named(&world, &set(change), &set(back), "b", None).await?;
    }
    world
        .sql("eu", &format!("CREATE TABLE kept AS SELECT * FROM chain {of_b}"))
        .await;
    let back = "INSERT INTO chain SELECT * FROM kept";
    named(&world, &format!("DELETE FROM chain {of_b}"), back, "b", None).await?;
    // With all of its rows, too.
    world.sql("eu", "DELETE FROM event WHERE chain = 'org_eu_b'").await;
    world.sql("eu", &format!("DELETE FROM chain {of_b}")).await;
    let found = flaws(&world).await?;
    assert!(found.iter().any(|flaw| flaw.organization == "org_eu_b"), "{found:?}");
    Ok(())
}

async fn sec_2b_records_cannot_change_places(world: World) -> Done {
    records(&world).await?;
    let tables = [
        ("event", "chain"),
        ("event_text", "chain"),
        ("chain", "organization_id"),
        ("customer_key", "organization_id"),
    ];
    for (table, column) in tables {
        for (from, to) in [("org_eu_a", "x"), ("org_eu_b", "org_eu_a"), ("x", "org_eu_b")] {
            world
                .sql(
                    "eu",
                    &format!("UPDATE {table} SET {column} = '{to}' WHERE {column} = '{from}'"),
                )
                .await;
        }
    }
    let found = flaws(&world).await?;
    for organization in ["org_eu_a", "org_eu_b"] {
        assert!(
            found.iter().any(|flaw| flaw.organization == organization),
            "{organization}"
        );
    }
    Ok(())
}

async fn sec_2b_changed_or_missing_words_are_named(world: World) -> Done {
    records(&world).await?;
    let of = |tail: &str| format!("WHERE event_id = 'event_eu_{tail}'");
    let cases = [
        ("sealed = 'AAAA' || sealed", "sealed = substr(sealed, 5)"),
        ("nonce = 'AAAA' || nonce", "nonce = substr(nonce, 5)"),
        ("sealed = '!' || sealed", "sealed = substr(sealed, 2)"),
        ("chain = 'org_eu_b'", "chain = 'org_eu_a'"),
    ];
    for (change, back) in cases {
        let set = |what: &str| format!("UPDATE event_text SET {what} {}", of("a025"));
        named(&world, &set(change), &set(back), "a", Some("a025")).await?;
    }
    // Those of another event, under the same key.
    world
        .sql(
            "eu",
            &format!("CREATE TABLE kept AS SELECT * FROM event_text {}", of("a025")),
        )
        .await;
    let other = format!("(SELECT sealed FROM event_text {})", of("a027"));
    let nonce = other.replace("sealed", "nonce");
    let swap = format!("UPDATE event_text SET sealed = {other}, nonce = {nonce} {}", of("a025"));
    let back = format!(
        "UPDATE event_text SET sealed = (SELECT sealed FROM kept), nonce = (SELECT nonce FROM kept) {}",
        of("a025")
    );
    named(&world, &swap, &back, "a", Some("a025")).await?;
    let back = "INSERT INTO event_text SELECT * FROM kept";
    named(
        &world,
        &format!("DELETE FROM event_text {}", of("a025")),
        back,
        "a",
        Some("a025"),
    )
    .await
}

async fn sec_2b_a_changed_or_missing_key_is_named(world: World) -> Done {
    records(&world).await?;
    let of_b = "WHERE organization_id = 'org_eu_b'";
    for column in ["sealed", "nonce"] {
        let set = |value: &str| format!("UPDATE customer_key SET {column} = {value} {of_b}");
        let (change, back) = (format!("'AAAA' || {column}"), format!("substr({column}, 5)"));
        named(&world, &set(&change), &set(&back), "b", None).await?;
    }
    world
        .sql("eu", &format!("CREATE TABLE kept AS SELECT * FROM customer_key {of_b}"))
        .await;
    let back = "INSERT INTO customer_key SELECT * FROM kept";
    named(&world, &format!("DELETE FROM customer_key {of_b}"), back, "b", None).await
}
