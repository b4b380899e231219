//! Many customers at once: a batch leaves what the ordinary way leaves.

use crate::support::{
    Done, World,
    samples::{add_customers, at, day, ending, letter, line, org, person, put_new, record, trial, trial_id},
};
use domain::{
    ids::{ApprovalId, EventId},
    trial::{MilestoneKind, MilestoneState, Row, RowChange, ServiceState, Subject, Trial},
};
use serde_json::json;
use std::collections::BTreeMap;
use store::{
    Region, StoreError, Tx,
    region::{
        approval::{Approval, Closing},
        directory_task::{Action, DirectoryTask},
        event::{By, NewEvent},
        milestone::DueRow,
        outbox::Letter,
    },
};

crate::support::engines! {
    every: a_batch_answers_nothing_that_it_did_not_read,
        elig_3_a_batch_takes_over_no_claim,
        exp_4_a_batch_ends_tokens;
    files: a_batch_leaves_what_the_ordinary_way_leaves,
        what_a_batch_takes_back_has_not_happened,
        a_batch_that_is_not_written_has_not_happened,
        exp_7_of_two_batches_one_finishes_it
}

fn milestone(kind: MilestoneKind, seconds: i64) -> Row {
    Row {
        kind,
        at: at(seconds),
        on: day("2027-01-15"),
        state: MilestoneState::Planned,
        done_at: None,
    }
}

/// A customer with one running trial, its milestones, its line, an approval and two people.
async fn furnish(region: &Region, customer: &str) -> Done {
    add_customers(region, &[customer]).await?;
    put_new(region, &[(&of(customer), customer)]).await?;
    let tx = region.begin().await?;
    let rows = [
        milestone(MilestoneKind::ExpiryNotice, 1),
        milestone(MilestoneKind::Expires, 2),
        milestone(MilestoneKind::Removed, 90),
    ];
    let changes = rows.map(RowChange::Insert);
    tx.put_milestones(&trial_id(customer), &org(customer), &changes, at(0))
        .await?;
    tx.put_relationship(&line(customer, "partner", customer, Some("2027-02-14")))
        .await?;
    tx.assign(
        &org(customer),
        &org("partner"),
        &person("seller", &org("partner"), "s@x.example").id,
    )
    .await?;
    tx.add_approval(&approval(customer)).await?;
    let names = ["ada", "bob"].map(|name| format!("{customer}-{name}"));
    let people = names.map(|name| person(&name, &org(customer), &format!("{name}@x.example")));
    tx.add_people(&people).await?;
    tx.commit().await
}

/// Its second service waits for the trials team.
fn of(customer: &str) -> Trial {
    let mut one = ending(trial(customer, customer, &["messaging", "calling"]), Some("2027-02-14"));
    one.services[1].state = ServiceState::AwaitingApproval;
    one
}

fn approval(customer: &str) -> Approval {
    Approval {
        id: ApprovalId::new("eu", customer),
        trial: trial_id(customer),
        customer: org(customer),
        partner: org("partner"),
        subject: Subject::Service {
            id: "calling".to_owned(),
        },
        state: "pending".to_owned(),
        requested_at: at(0),
        decided_at: None,
        decided_by: None,
        reason: None,
        because: None,
        version: 1,
    }
}

fn due(customer: &str, kind: MilestoneKind, seconds: i64) -> DueRow {
    DueRow {
        trial: trial_id(customer),
        customer: org(customer),
        kind,
        at: at(seconds),
    }
}

async fn batch(region: &Region, customers: &[&str]) -> Result<Tx, StoreError> {
    use MilestoneKind::{Expires, ExpiryNotice, Removed};
    batch_of(region, customers, &[Expires, Removed, ExpiryNotice]).await
}

async fn batch_of(region: &Region, customers: &[&str], kinds: &[MilestoneKind]) -> Result<Tx, StoreError> {
    let of = |one: &&str| kinds.iter().map(|kind| due(one, *kind, 2)).collect::<Vec<_>>();
    let rows: Vec<DueRow> = customers.iter().flat_map(of).collect();
    region.begin().await?.read_batch(&rows).await
}

/// Everything that time changes, once.
async fn change(tx: &Tx, customer: &str) -> Done {
    let (id, trial) = (org(customer), trial_id(customer));
    let read = tx.read();
    assert!(!read.is_held(&id).await?);
    assert_eq!(
        (read.count_people(&id).await?, read.administrators_of(&id).await?.len()),
        (2, 2)
    );
    let mut known = read.trial(&trial).await?.expect("a trial");
    let all = read.trials_of(&id).await?;
    assert_eq!(all, [known.clone()]);
    assert!(
        tx.finish_milestone(&trial, MilestoneKind::Expires, at(2), MilestoneState::Done, at(3))
            .await?
    );
    assert!(
        !tx.finish_milestone(&trial, MilestoneKind::Expires, at(2), MilestoneState::Done, at(3))
            .await?
    );
    known.trial.services.retain(|service| service.id == "messaging");
    known.trial.services[0].state = ServiceState::Suspended;
    known.texts.insert("notes".to_owned(), "changed".to_owned());
    tx.put_trial(&known, "other", false).await?;
    assert_eq!(tx.read().trial(&trial).await?.map(|now| now.version), Some(2));
    let changes = [
        RowChange::Insert(milestone(MilestoneKind::NumbersReleased, 200)),
        RowChange::Delete(MilestoneKind::Removed, at(90)),
        RowChange::Delete(MilestoneKind::Expires, at(2)),
        RowChange::Skip(MilestoneKind::ExpiryNotice, at(1)),
    ];
    tx.put_milestones(&trial, &id, &changes, at(3)).await?;
    events(tx, customer).await?;
    let asked = read.approvals_of(&trial).await?;
    tx.close_approval(&asked[0], &Closing::of("withdrawn", at(3))).await?;
    let mut row = read.relationship(&id, &org("partner")).await?.expect("a line");
    row.status = "expired".to_owned();
    row.services.clear();
    row.version += 1;
    tx.put_relationship(&row).await?;
    let mut organization = read.organization(&id).await?.expect("an organization");
    organization.value.name = format!("{customer} 2");
    tx.put_organization(&organization).await?;
    let task = DirectoryTask {
        id: customer.to_owned(),
        action: Action::Rest(at(9)),
        kind: "site".to_owned(),
        digest: "00ff".to_owned(),
        organization: id.clone(),
    };
    tx.tell_directory(&[task]).await?;
    let letter = Letter {
        trial: Some(trial),
        customer: Some(id),
        ..letter(customer, 3)
    };
    tx.post(&[letter], at(3)).await
}

/// Two changes on record.
async fn events(tx: &Tx, customer: &str) -> Done {
    for number in 0..2 {
        tx.record(NewEvent {
            id: EventId::new("eu", &format!("{customer}{number}")),
            organization: &org(customer),
            trial: Some(&trial_id(customer)),
            at: at(3),
            name: "expired",
            by: &By::default(),
            body: json!([{ "type": "expired" }]),
            words: &BTreeMap::new(),
        })
        .await?;
    }
    Ok(())
}

/// Everything that is kept of a customer, whatever it is called, without what is drawn by lot.
async fn kept(world: &World, customer: &str) -> Vec<String> {
    let tables = [
        ("organization", "id", "name_key || ' ' || version || ' ' || body"),
        (
            "trial",
            "customer_id",
            "status || services || customer_key || version || body || texts",
        ),
        ("claim", "customer_id", "service || trial_id || partner_id"),
        (
            "milestone",
            "customer_id",
            "kind || at || rank || on_day || state || coalesce(done_at, 0)",
        ),
        (
            "approval",
            "customer_id",
            "state || version || coalesce(decided_at, 0) || subject",
        ),
        (
            "relationship",
            "customer_id",
            "status || services || name_key || version || body || coalesce(ends_on, '')",
        ),
        ("assignment", "customer_id", "partner_id || person_id"),
        ("listing", "customer_id", "partner_id || facet || name_key || ends_key"),
        ("chain", "organization_id", "organization_id || seq"),
        (
            "event",
            "chain",
            "seq || name || body || actor || coalesce(trial_id, '')",
        ),
        ("event_text", "chain", "event_id"),
        ("directory_task", "organization_id", "action || kind || digest || until"),
        (
            "outbox",
            "customer_id",
            "kind || person_id || audience || facts || state || due_at || coalesce(line, '')",
        ),
    ];
    let mut all = Vec::new();
    for (table, key, columns) in tables {
        let sql = format!(
            "SELECT {columns} FROM {table} WHERE {key} = '{}' ORDER BY 1",
            org(customer)
        );
        for row in world.column("eu", &sql).await {
            all.push(format!("{table}: {}", row.replace(customer, "X")));
        }
    }
    all
}

async fn a_batch_leaves_what_the_ordinary_way_leaves(world: World) -> Done {
    for customer in ["yin", "zen", "yan"] {
        furnish(world.eu(), customer).await?;
    }
    let tx = world.eu().begin().await?;
    change(&tx, "yin").await?;
    tx.commit().await?;
    let mut tx = batch(world.eu(), &["zen", "yan"]).await?;
    for customer in ["zen", "yan"] {
        change(&tx, customer).await?;
    }
    assert_eq!(kept(&world, "zen").await.len(), kept(&world, "yan").await.len());
    tx.write_batch().await?;
    // After that it is a transaction like any other.
    tx.put_relationship(&line("zen", "second", "zen", None)).await?;
    tx.end_relationship(&org("zen"), &org("second")).await?;
    tx.commit().await?;
    let ordinary = kept(&world, "yin").await;
    assert_eq!(ordinary.len(), 18, "{ordinary:#?}");
    assert_eq!(kept(&world, "zen").await, ordinary);
    assert_eq!(kept(&world, "yan").await, ordinary);
    Ok(())
}

async fn what_a_batch_takes_back_has_not_happened(world: World) -> Done {
    for customer in ["yin", "zen"] {
        furnish(world.eu(), customer).await?;
    }
    let before = kept(&world, "zen").await;
    let mut tx = batch(world.eu(), &["yin", "zen"]).await?;
    change(&tx, "yin").await?;
    let bookmark = tx.bookmark(&org("zen"))?;
    change(&tx, "zen").await?;
    tx.end_relationship(&org("zen"), &org("partner")).await?;
    tx.go_back(bookmark)?;
    tx.write_batch().await?;
    tx.commit().await?;
    assert_eq!(kept(&world, "zen").await, before);
    assert!(kept(&world, "yin").await != before);
    Ok(())
}

async fn a_batch_that_is_not_written_has_not_happened(world: World) -> Done {
    furnish(world.eu(), "zen").await?;
    let before = kept(&world, "zen").await;
    let tx = batch(world.eu(), &["zen"]).await?;
    change(&tx, "zen").await?;
    assert!(tx.commit().await.is_err(), "it would lose what was changed");
    assert_eq!(kept(&world, "zen").await, before);
    Ok(())
}

async fn a_batch_answers_nothing_that_it_did_not_read(world: World) -> Done {
    for customer in ["yin", "zen"] {
        furnish(world.eu(), customer).await?;
    }
    let few = batch_of(world.eu(), &["zen"], &[MilestoneKind::Expires]).await?;
    assert!(
        few.read().administrators_of(&org("zen")).await.is_err(),
        "nobody is told anything"
    );
    assert!(few.read().count_people(&org("zen")).await.is_err(), "nobody is counted");
    few.rollback().await?;
    let mut tx = batch(world.eu(), &["zen"]).await?;
    let read = tx.read();
    assert!(read.trial(&trial_id("yin")).await.is_err());
    assert!(read.organization(&org("yin")).await.is_err());
    assert!(read.people_of(&org("zen")).await.is_err(), "its users are told nothing");
    let words = BTreeMap::from([("reason".to_owned(), "光".to_owned())]);
    let event = NewEvent {
        id: EventId::new("eu", "words"),
        organization: &org("zen"),
        trial: None,
        at: at(3),
        name: "said",
        by: &By::default(),
        body: json!([]),
        words: &words,
    };
    assert!(tx.record(event).await.is_err(), "words have a key");
    assert!(read.holds_on(&org("zen")).await.is_err());
    let nobody = crate::support::samples::customer("nobody", "nobody");
    assert!(tx.add_organization(&nobody).await.is_err());
    tx.write_batch().await?;
    assert!(tx.read().trial(&trial_id("yin")).await?.is_some());
    tx.commit().await
}

async fn elig_3_a_batch_takes_over_no_claim(world: World) -> Done {
    furnish(world.eu(), "zen").await?;
    let mut other = trial("other", "zen", &["meetings"]);
    put_new(world.eu(), &[(&other, "zen")]).await?;
    let tx = batch(world.eu(), &["zen"]).await?;
    let mut more = other.services[0].clone();
    more.id = "messaging".to_owned();
    other.services.push(more);
    let refused = tx.put_trial(&record(other), "zen", false).await;
    assert!(matches!(refused, Err(StoreError::Taken(_))), "ELIG-3: {refused:?}");
    Ok(())
}

async fn exp_4_a_batch_ends_tokens(world: World) -> Done {
    for customer in ["yin", "zen"] {
        furnish(world.eu(), customer).await?;
    }
    let tx = world.eu().begin().await?;
    for customer in ["yin", "zen"] {
        let person = person(&format!("{customer}-ada"), &org(customer), "").id;
        tx.add_token(&store::region::Token {
            digest: customer.to_owned(),
            id: customer.to_owned(),
            person,
            label: "build".to_owned(),
            created_at: at(0),
            expires_at: None,
            scopes: "all".to_owned(),
            used_on: None,
        })
        .await?;
    }
    tx.commit().await?;
    let mut tx = batch(world.eu(), &["yin", "zen"]).await?;
    tx.revoke_all_tokens(&org("zen"), at(3)).await?;
    tx.write_batch().await?;
    tx.commit().await?;
    let read = world.eu().read();
    assert_eq!(read.token("zen", at(4)).await?, None, "EXP-4: nobody signs in any more");
    assert!(read.token("yin", at(4)).await?.is_some());
    Ok(())
}

async fn exp_7_of_two_batches_one_finishes_it(world: World) -> Done {
    furnish(world.eu(), "zen").await?;
    let again = world.again().await?;
    let there = again.region("eu").expect("a region").clone();
    let mut first = batch(world.eu(), &["zen"]).await?;
    let second = tokio::spawn(async move {
        let mut tx = batch(&there, &["zen"]).await?;
        let done = finish(&tx).await?;
        tx.write_batch().await?;
        tx.commit().await?;
        Ok::<_, StoreError>(done)
    });
    assert!(finish(&first).await?);
    first.write_batch().await?;
    first.commit().await?;
    assert!(!second.await.expect("a second one")?, "EXP-7: it is done once");
    Ok(())
}

async fn finish(tx: &Tx) -> Result<bool, StoreError> {
    tx.finish_milestone(
        &trial_id("zen"),
        MilestoneKind::Expires,
        at(2),
        MilestoneState::Done,
        at(3),
    )
    .await
}
