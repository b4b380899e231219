//! Work in the background, whoever stops in between: each row once, and no address, no licence lost (SETUP-3).

use crate::support::{World, asks, code, world};
use app::{Actor, Guard, IdemRequest, job::JobView, user::NewUser};
use domain::{
    ids::OrgId,
    refusal::{Code, Refusal},
};
use jiff::SignedDuration;
use std::sync::atomic::Ordering;
use store::{StoreError, region::job::JobRow};

/// A customer that tries messaging, with 5 licences.
async fn customer(world: &World, seller: &Actor, name: &str) -> OrgId {
    let input = asks(&format!("it@{name}.example"), &["messaging"], None);
    let started = world.app.start_trial(seller, &input, &Guard::default()).await.unwrap();
    world.app.tend_directory().await.unwrap();
    started.trial.trial.customer
}

fn file(name: &str, rows: usize) -> String {
    let row = |number| format!("{name}{number}@crew.example,Kim {number},messaging\n");
    format!("email,name,licenses\n{}", (0..rows).map(row).collect::<String>())
}

async fn begin(world: &World, seller: &Actor, id: &OrgId, file: &str) -> JobView {
    let guard = Guard::default();
    let begun = world.app.import_users(seller, id, file.as_bytes(), &guard).await;
    begun.unwrap()
}

/// Works until there is nothing to do; what fails in between is tried again.
async fn work(world: &World) -> usize {
    let mut failed = 0;
    for _ in 0..50 {
        match world.app.work_jobs().await {
            Ok(true) => {}
            Ok(false) => return failed,
            Err(_) => failed += 1,
        }
    }
    panic!("the job does not end");
}

async fn rows(world: &World, job: &JobView) -> Vec<JobRow> {
    let region = world.app.stores.region("eu").unwrap();
    region.read().job_rows(&job.id, None, 0, 1_000).await.unwrap()
}

#[tokio::test]
async fn setup_3_a_batch_that_is_cut_at_any_write_is_done_once() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let writes = [
        "INSERT INTO \"person\"",
        "INSERT INTO \"directory_task\"",
        "UPDATE \"job\" SET \"status\" = ?, \"succeeded\"",
        "DELETE FROM \"job_row\"",
        "INSERT INTO \"job_row\"",
        "INSERT INTO \"event\"",
        "the answer to a commit",
    ];
    for (index, write) in writes.into_iter().enumerate() {
        let id = customer(&world, &anna, &format!("cut{index}")).await;
        let job = begin(&world, &anna, &id, &file(&format!("c{index}-"), 7)).await;
        if index == writes.len() - 1 {
            // Claimed here, so that it is the batch's own answer that is lost.
            world.app.work_jobs().await.unwrap();
            let again = begin(&world, &anna, &id, &file("again", 1)).await;
            world.line.loses_commit.store(true, Ordering::SeqCst);
            work(&world).await;
            assert_eq!(rows(&world, &again).await.len(), 1);
        } else {
            world.line.refuses.lock().unwrap().push_back(write);
            assert!(work(&world).await > 0, "{write} was refused");
        }
        let seen = world.app.job(&anna, &job.id).await.unwrap();
        assert_eq!((seen.succeeded, seen.failed), (5, 2), "{write}");
        let lines = world.app.licenses(&anna, &id).await.unwrap();
        assert_eq!(
            (lines[0].quantity, lines[0].assigned),
            (5, 5),
            "{write}: no licence is lost"
        );
        assert!(
            rows(&world, &job).await.iter().all(|row| row.input.is_none()),
            "{write}"
        );
        world.app.tend_directory().await.unwrap();
        // What was reserved is confirmed, what was not needed is free: both can be told by asking again.
        let file = file(&format!("c{index}-"), 7).replace(",messaging", ",");
        let again = begin(&world, &anna, &id, &file).await;
        work(&world).await;
        let statuses: Vec<String> = rows(&world, &again).await.into_iter().map(|row| row.status).collect();
        let expected = [vec!["unchanged"; 5], vec!["created"; 2]].concat();
        assert_eq!(statuses, expected, "{write}: no address is lost");
        let verdict = world.app.verify().await.unwrap();
        assert!(verdict.flaws.is_empty(), "{write}: {:?}", verdict.flaws);
    }
}

#[tokio::test]
async fn rel_3_a_job_is_one_servers_at_a_time_and_is_taken_over() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let id = customer(&world, &anna, "taken").await;
    let job = begin(&world, &anna, &id, &file("t", 3)).await;
    let region = world.app.stores.region("eu").unwrap();
    let now = world.app.clock.real();
    let lease = SignedDuration::from_secs(10);
    let dead = region.claim_job("another server", now, lease).await.unwrap().unwrap();
    assert!(
        !world.app.work_jobs().await.unwrap(),
        "it is the other's while the lease lasts"
    );
    assert_eq!(world.app.job(&anna, &job.id).await.unwrap().succeeded, 0);
    world.pass_seconds(11);
    work(&world).await;
    assert_eq!(world.app.job(&anna, &job.id).await.unwrap().succeeded, 3);
    // Who lost it writes nothing any more, however late he comes.
    let tx = region.begin().await.unwrap();
    let late = tx.finish_rows(&dead, &rows(&world, &job).await, now, None).await;
    assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
    tx.rollback().await.unwrap();
    let late = {
        let tx = region.begin().await.unwrap();
        tx.fail_rest(&dead, "internal", now).await
    };
    assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
    assert_eq!(world.app.job(&anna, &job.id).await.unwrap().failed, 0);
}

#[tokio::test]
async fn sec_2a_a_job_ends_with_its_authors_right() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let id = customer(&world, &anna, "rights").await;
    let job = begin(&world, &anna, &id, &file("r", 3)).await;
    world
        .change(anna.id(), |person| person.disabled_at = Some(person.created_at))
        .await;
    work(&world).await;
    let told: Vec<Option<String>> = rows(&world, &job).await.into_iter().map(|row| row.code).collect();
    assert_eq!(told, vec![Some("forbidden".to_owned()); 3], "SEC-2a");
    let kept = world.app.stores.region("eu").unwrap().read().job(&job.id).await;
    assert_eq!(kept.unwrap().unwrap().status, "failed", "SETUP-3: it was stopped");
    assert!(rows(&world, &job).await.iter().all(|row| row.input.is_none()));
}

#[tokio::test]
async fn exp_9_erasing_leaves_no_address_with_a_job() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let (gone, other) = (
        customer(&world, &anna, "gone").await,
        customer(&world, &anna, "other").await,
    );
    let (job, kept) = (
        begin(&world, &anna, &gone, &file("gone", 3)).await,
        begin(&world, &anna, &other, &file("kept", 2)).await,
    );
    assert!(
        rows(&world, &job).await[0]
            .input
            .as_ref()
            .unwrap()
            .contains("gone0@crew")
    );
    let region = world.app.stores.region("eu").unwrap();
    let tx = region.begin().await.unwrap();
    tx.erase_jobs(&gone).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(code(world.app.job(&anna, &job.id).await), Code::NotFound, "EXP-9");
    assert!(rows(&world, &job).await.is_empty(), "EXP-9");
    work(&world).await;
    assert_eq!(
        world.app.job(&anna, &kept.id).await.unwrap().succeeded,
        2,
        "another customer's goes on"
    );
}

#[tokio::test]
async fn setup_3_a_closed_customers_rows_say_so() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let id = customer(&world, &anna, "closed").await;
    let job = begin(&world, &anna, &id, &file("z", 2)).await;
    let region = world.app.stores.region("eu").unwrap();
    let tx = region.begin().await.unwrap();
    let mut found = tx.read().organization(&id).await.unwrap().unwrap();
    if let domain::organization::Kind::Customer(facts) = &mut found.value.kind {
        facts.closed_on = Some(jiff::civil::date(2027, 2, 1));
    }
    tx.put_organization(&found).await.unwrap();
    tx.commit().await.unwrap();
    work(&world).await;
    let told: Vec<Option<String>> = rows(&world, &job).await.into_iter().map(|row| row.code).collect();
    assert_eq!(told, vec![Some("customer_closed".to_owned()); 2]);
    let kept = region.read().job(&job.id).await.unwrap().unwrap();
    assert_eq!((kept.status.as_str(), kept.failed), ("failed", 2));
}

#[tokio::test]
async fn setup_3_a_job_is_forgotten_30_days_after_its_end() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let id = customer(&world, &anna, "past").await;
    let region = world.app.stores.region("eu").unwrap();
    let over = begin(&world, &anna, &id, &file("past", 3)).await;
    work(&world).await;
    let open = begin(&world, &anna, &id, &file("open", 1)).await;
    let there = async |job: &JobView| region.read().job(&job.id).await.unwrap().is_some();
    world.pass(24 * 30 - 1);
    world.app.housekeeping().await.unwrap();
    assert!(there(&over).await, "not before");
    world.pass(2);
    world.app.housekeeping().await.unwrap();
    assert!(!there(&over).await);
    assert!(rows(&world, &over).await.is_empty());
    assert!(there(&open).await, "what is not over stays");
}

#[tokio::test]
async fn exp_9_what_a_key_answers_about_users_goes_with_the_customer() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let id = customer(&world, &anna, "answers").await;
    let guard = |target: &str| Guard {
        idem: Some(IdemRequest {
            key: "k".to_owned(),
            target: target.to_owned(),
            body: Vec::new(),
        }),
        ..Guard::default()
    };
    let refuse = async || {
        let new = NewUser {
            email: Some("kim@crew.example".to_owned()),
            licenses: Some(vec!["secret telepathy".to_owned()]),
            ..NewUser::default()
        };
        let (one, guard) = ([new], guard("POST /users"));
        let at = |_: usize| "/users".to_owned();
        world.app.add_users(&anna, &id, &one, at, &guard).await.map(|_| ())
    };
    let import = async || {
        let (file, guard) = (b"secret\na\n", guard("POST /user-imports"));
        world.app.import_users(&anna, &id, file, &guard).await.map(|_| ())
    };
    for _ in 0..2 {
        assert_eq!(code(refuse().await), Code::UnknownService);
        assert_eq!(code(import().await), Code::UnknownColumn);
    }
    let region = world.app.stores.region("eu").unwrap();
    let tx = region.begin().await.unwrap();
    let gone = serde_json::to_string(&Err::<(), _>(Refusal::new(Code::NotFound))).unwrap();
    tx.erase_answers(&id, &gone).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(code(refuse().await), Code::NotFound, "EXP-9");
    assert_eq!(code(import().await), Code::NotFound, "EXP-9");
}
