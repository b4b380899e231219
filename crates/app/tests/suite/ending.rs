//! The end of an organization: in steps, each of which survives a kill at any write (EXP-4, EXP-9).

use crate::{
    killer::{Killer, copy},
    support::{World, asks, code, open, world},
};
use app::{
    Actor, App, Command, Guard, IdemRequest,
    people::{Invite, PersonPatch},
};
use domain::{
    closing::Step,
    ids::{OrgId, PersonId, TrialId},
    organization::{AccessLevel, Kind},
    person::{Person, Role},
    refusal::Code,
    trial::{Edit, Status},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Instant,
};
use store::{probe::Probe, region::outbox::Attempt};
use tempfile::TempDir;

/// The second before the end of a trial's grace, on files.
struct Eve {
    folder: TempDir,
    customer: OrgId,
    at: Timestamp,
}

async fn started(world: &World, name: &str, services: &[&str]) -> (TrialId, OrgId) {
    let anna = world.who("anna@aube.example").await;
    let input = asks(&format!("it@{name}.example"), services, None);
    let started = world.app.start_trial(&anna, &input, &Guard::default()).await.unwrap();
    (started.trial.id.unwrap(), started.trial.customer_id.unwrap())
}

/// So many people more, each with licences.
async fn crowd(world: &World, trial: &TrialId, count: usize, licenses: &[&str]) {
    let region = world.app.stores.region("eu").unwrap();
    let trial = region.read().trial(trial).await.unwrap().unwrap().trial;
    let boss = region.read().person(&trial.administrator).await.unwrap().unwrap().value;
    let one = |number: usize| Person {
        id: PersonId::new("eu", &format!("{}crowd{number}", boss.email.len())),
        email: format!("user{number}.{}", boss.email),
        roles: vec![Role::User],
        licenses: licenses.iter().map(|id| (*id).to_owned()).collect(),
        ..boss.clone()
    };
    let tx = region.begin().await.unwrap();
    tx.add_people(&(0..count).map(one).collect::<Vec<_>>()).await.unwrap();
    tx.commit().await.unwrap();
}

/// What is wrong, but that these people were written past the directory.
async fn flaws(world: &World) -> Vec<String> {
    let mut flaws = world.app.verify().await.unwrap().flaws;
    flaws.retain(|flaw| !flaw.ends_with("its address is not in the directory"));
    flaws
}

async fn eve(people: usize) -> Eve {
    let world = world().await;
    let (trial, customer) = started(&world, "crowd", &["messaging", "calling"]).await;
    crowd(&world, &trial, people - 1, &["messaging", "calling"]).await;
    world.pass(24 * 40);
    world.app.work().await.unwrap();
    let region = world.app.stores.region("eu").unwrap();
    let at = region.read().next_due(false).await.unwrap().unwrap();
    // What was sent until then has arrived.
    let now = Timestamp::from_microsecond(world.clock.load(Ordering::SeqCst)).unwrap();
    deliver(&world.app, now).await.unwrap();
    world.app.tend_directory().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    world.app.stores.clone().close().await;
    copy(world.folder(), folder.path());
    Eve { folder, customer, at }
}

/// Everything that waits is sent; nothing of it is in hand any more when somebody dies.
async fn deliver(app: &App, now: Timestamp) -> Result<(), app::Error> {
    let region = app.stores.region("eu").unwrap();
    loop {
        let taken = region.claim_letters(now, SignedDuration::ZERO, 200).await?;
        if taken.is_empty() {
            return Ok(());
        }
        let sent = |one: store::region::outbox::Claimed| (one.letter.id, one.fence, Attempt::Sent(now));
        region
            .finish_letters(&taken.into_iter().map(sent).collect::<Vec<_>>())
            .await?;
    }
}

/// From the end of grace to the release of the numbers, as `serve` does it; whoever comes later does what is left.
async fn end(app: &App, eve: &Eve, clock: &AtomicI64) -> Result<(), app::Error> {
    for hours in [0, 9, 12, 24 * 16] {
        let at = eve.at.checked_add(SignedDuration::from_hours(hours)).unwrap();
        clock.store(at.as_microsecond(), Ordering::SeqCst);
        app.work().await?;
        app.carry_closings().await?;
        app.tend_directory().await?;
        deliver(app, at).await?;
        app.carry_closings().await?;
    }
    Ok(())
}

/// Everything that stands in the stores afterwards, but ids and instants.
async fn remains(app: &App, eve: &Eve) -> Vec<String> {
    let region = app.stores.region("eu").unwrap();
    let reads = region.read();
    let mut all = Vec::new();
    for record in reads.trials_of(&eve.customer).await.unwrap() {
        let trial = &record.trial;
        all.push(format!("{:?} {:?} {:?}", trial.id, trial.status(), record.texts));
        for row in reads.milestones(&trial.id).await.unwrap() {
            all.push(format!("{:?} {:?} {:?} {:?}", row.kind, row.at, row.on, row.state));
        }
        let mut letters: Vec<String> = Vec::new();
        for one in reads.deliveries(&trial.id).await.unwrap() {
            let letter = &one.letter;
            letters.push(format!(
                "{:?} {:?} {} {:?}",
                letter.kind, letter.person, one.state, letter.line
            ));
        }
        letters.sort();
        all.extend(letters);
    }
    for event in reads.record_page(&eve.customer, None, None, 1_000).await.unwrap() {
        let mut body = event.body.to_string();
        // An event of a trial names the instant at which it was decided.
        if let Some(begin) = body.find("\"at\":\"") {
            body.replace_range(begin..(begin + 40).min(body.len()), "");
        }
        all.push(format!("{} {} {body} {:?}", event.seq, event.name, event.by.via));
    }
    let closing = reads.closing(&eve.customer).await.unwrap().unwrap();
    all.push(format!(
        "{:?} {:?} {} {} {} {}",
        closing.trial, closing.step, closing.place, closing.users, closing.users_moved, closing.licenses
    ));
    let organization = reads.organization(&eve.customer).await.unwrap().unwrap().value;
    all.push(format!("{organization:?}"));
    all.push(format!("{:?}", reads.people_of(&eve.customer).await.unwrap()));
    all.push(format!("{:?}", reads.claims(&eve.customer).await.unwrap()));
    all.push(format!("{:?}", reads.relationships(&eve.customer).await.unwrap()));
    all.push(format!("{}", region.directory_tasks(100).await.unwrap().len()));
    let entry = app.stores.directory.find("email", "it@crowd.example").await.unwrap();
    all.push(format!("{:?}", entry.is_none()));
    all
}

struct Run {
    remains: Vec<String>,
    writes: u64,
}

/// The end, with a kill after so many writes and a start after it.
async fn run(eve: &Eve, kill: Option<i64>) -> Run {
    let folder = tempfile::tempdir().unwrap();
    copy(eve.folder.path(), folder.path());
    let clock = Arc::new(AtomicI64::new(eve.at.as_microsecond()));
    let killer = Killer::after(i64::MAX);
    let probe: Arc<dyn Probe> = Arc::<Killer>::clone(&killer);
    let app = open(folder.path(), &clock, 1 << 40, &probe).await;
    killer.left.store(kill.unwrap_or(i64::MAX), Ordering::SeqCst);
    killer.writes.store(0, Ordering::SeqCst);
    let first = end(&app, eve, &clock).await;
    let writes = killer.writes.load(Ordering::SeqCst);
    let app = if kill.is_some() {
        // Who was killed did not stay to see whether others went on: most of its errors are told by the log only.
        let _ = first;
        app.stores.clone().close().await;
        drop(app);
        let alive: Arc<dyn Probe> = Killer::after(i64::MAX);
        clock.store(eve.at.as_microsecond(), Ordering::SeqCst);
        let again = open(folder.path(), &clock, 1 << 50, &alive).await;
        end(&again, eve, &clock).await.unwrap();
        again
    } else {
        first.unwrap();
        app
    };
    let flaws = app.verify().await.unwrap().flaws;
    assert!(flaws.is_empty(), "killed after {kill:?} writes: {flaws:?}");
    let remains = remains(&app, eve).await;
    app.stores.clone().close().await;
    Run { remains, writes }
}

/// Kills at every write that `meant` says, and compares the end with that of a run that nobody disturbed.
async fn killed_at(people: usize, meant: impl Fn(u64, u64) -> bool) -> u64 {
    let eve = eve(people).await;
    let whole = run(&eve, None).await;
    let told = whole.remains.iter().filter(|line| line.starts_with("AccessEnded "));
    assert_eq!(told.count(), people, "EXP-4: everybody is told");
    let (mut killed, begin) = (0, Instant::now());
    for write in 0..whole.writes {
        if meant(write, whole.writes) {
            killed += 1;
            let kill = i64::try_from(write).unwrap();
            assert_eq!(
                run(&eve, Some(kill)).await.remains,
                whole.remains,
                "killed after {write} writes"
            );
        }
    }
    println!(
        "{people} people: {} writes, {killed} kills, {:.1?}",
        whole.writes,
        begin.elapsed()
    );
    whole.writes
}

#[tokio::test]
async fn exp_4_a_kill_at_any_of_many_writes_of_a_removal_changes_nothing_of_its_end() {
    // The steps themselves are few; some of the emails, one by one, are as good as all.
    let writes = killed_at(500, |write, all| write < 40 || all - write < 12 || write % 97 == 0).await;
    assert!(writes > 60, "there is something to be killed at: {writes}");
}

#[tokio::test]
async fn exp_4_a_kill_at_every_write_of_a_removal_changes_nothing_of_its_end() {
    // Few people, so that there is time for every write.
    let writes = killed_at(8, |_, _| true).await;
    assert!(writes > 60, "there is something to be killed at: {writes}");
}

#[tokio::test]
async fn exp_4_people_move_in_parts_and_two_servers_take_no_step_twice() {
    let world = world().await;
    let (trial, customer) = started(&world, "crowd", &["messaging"]).await;
    crowd(&world, &trial, 1_200, &["messaging"]).await;
    world.pass(24 * 61);
    world.app.work().await.unwrap();
    let region = world.app.stores.region("eu").unwrap();
    let closing = region.read().closing(&customer).await.unwrap().unwrap();
    assert_eq!((closing.step, closing.users), (Step::Users, 1_201));
    assert_eq!(region.read().people_of(&customer).await.unwrap()[5].licenses.len(), 1);
    let other = world.another().await;
    let (one, two) = tokio::join!(world.app.carry_closings(), other.carry_closings());
    one.unwrap();
    two.unwrap();
    let closing = region.read().closing(&customer).await.unwrap().unwrap();
    assert_eq!(
        (closing.step, closing.users_moved, closing.licenses),
        (Step::Erasing, 1_201, 1_200),
        "EXP-4: each once"
    );
    let people = region.read().people_of(&customer).await.unwrap();
    assert!(
        people
            .iter()
            .all(|one| one.licenses.is_empty() && one.roles == [Role::User]),
        "EXP-4: licences and roles are gone; addresses stay for the last email"
    );
    let moved = region.read().events_named(&customer, "users_moved").await.unwrap();
    assert_eq!(moved.len(), 1);
    assert_eq!(moved[0].body["users"], 1_201);
    assert_eq!(region.read().free_plan().await.unwrap(), (1_201, 1));
    assert_eq!(flaws(&world).await, [""; 0]);
}

#[tokio::test]
async fn exp_9_what_was_personal_waits_for_the_last_email_and_for_a_hold_and_then_goes() {
    let world = world().await;
    let (trial, customer) = started(&world, "crowd", &["messaging"]).await;
    crowd(&world, &trial, 3, &[]).await;
    world.pass(24 * 61);
    let region = world.app.stores.region("eu").unwrap();
    let steps = async || {
        world.app.work().await.unwrap();
        world.app.carry_closings().await.unwrap();
        let closing = region.read().closing(&customer).await.unwrap().unwrap();
        (closing.step, closing.erased_at.is_some())
    };
    assert_eq!(
        steps().await,
        (Step::Erasing, false),
        "the email of the next morning is owed"
    );
    world.pass(12);
    assert_eq!(steps().await, (Step::Erasing, false), "it is on its way");
    let vera = vendor(&world, Role::TrialsTeam).await;
    let guard = Guard::default();
    let keyed = Guard {
        idem: Some(IdemRequest {
            key: "a key".to_owned(),
            target: "POST /holds".to_owned(),
            body: Vec::new(),
        }),
        ..Guard::default()
    };
    let placed = world
        .app
        .place_hold(&vera, Some(customer.as_str()), Some("a question"), &keyed)
        .await;
    let hold = placed.expect("EXP-9: what is not erased yet can be held");
    let now = Timestamp::from_microsecond(world.clock.load(Ordering::SeqCst)).unwrap();
    deliver(&world.app, now).await.unwrap();
    assert_eq!(steps().await, (Step::Erasing, false), "EXP-9: held");
    assert_eq!(region.read().people_of(&customer).await.unwrap().len(), 4);
    world.app.lift_hold(&vera, &hold.id, &guard).await.unwrap();
    assert_eq!(steps().await, (Step::Done, true), "EXP-9");
    assert_eq!(region.read().people_of(&customer).await.unwrap(), []);
    assert_eq!(region.read().holds().await.unwrap()[0].reason, "");
    assert!(
        !world.everything().await.contains("crowd.example"),
        "EXP-9: nor in the file"
    );
    let late = world
        .app
        .place_hold(&vera, Some(customer.as_str()), Some("a question"), &guard)
        .await;
    assert!(late.is_err(), "what is gone cannot be held: {late:?}");
    let again = world
        .app
        .place_hold(&vera, Some(customer.as_str()), Some("a question"), &keyed)
        .await;
    assert_eq!(
        code(again),
        Code::NotFound,
        "EXP-9: what was answered about it is gone, too"
    );
    assert_eq!(flaws(&world).await, [""; 0]);
}

async fn vendor(world: &World, role: Role) -> Actor {
    let mut vera = world.who("anna@aube.example").await;
    vera.organization.kind = Kind::Vendor;
    vera.organization.id = OrgId::new("eu", "vendor");
    vera.person.roles = vec![role];
    vera
}

#[tokio::test]
async fn exp_4_exp_9_who_waits_behind_a_removal_changes_nobody_of_what_was_closed() {
    for what in ["invites", "invites again", "gives roles back", "lets leave"] {
        let world = world().await;
        let (trial, customer) = started(&world, "crowd", &["messaging"]).await;
        crowd(&world, &trial, 1, &[]).await;
        let region = world.app.stores.region("eu").unwrap();
        let boss = region.read().trial(&trial).await.unwrap().unwrap().trial.administrator;
        let user = region.read().people_of(&customer).await.unwrap();
        let user = user.into_iter().find(|one| one.id != boss).unwrap().id;
        world.pass(24 * 61);
        let app = Arc::clone(&world.app);
        let removed = async move {
            app.work().await.unwrap();
            app.carry_closings().await.unwrap();
        };
        world.line.meanwhile.lock().unwrap().0 = Some(Box::pin(removed));
        let vera = vendor(&world, Kind::Vendor.full_role()).await;
        let (app, guard, reason) = (&world.app, Guard::default(), Some("asked to".to_owned()));
        let wish = Invite {
            organization: Some(customer.clone()),
            email: Some("late@crowd.example".to_owned()),
            roles: vec![Role::FullAdministrator.as_str().to_owned()],
            reason: reason.clone(),
            ..Invite::default()
        };
        let patch = PersonPatch {
            roles: Some(wish.roles.clone()),
            reason,
            ..PersonPatch::default()
        };
        let refused = match what {
            "invites" => app.invite(&vera, &wish, &guard).await.map(|_| ()),
            "invites again" => app.invite_again(&vera, &boss, &guard).await.map(|_| ()),
            "gives roles back" => app.patch_person(&vera, &user, &patch, &guard).await.map(|_| ()),
            _ => app
                .remove_person(&vera, &user, None, patch.reason.as_deref(), &guard)
                .await
                .map(|_| ()),
        };
        assert!(
            region.read().closing(&customer).await.unwrap().is_some(),
            "{what}: it was removed"
        );
        assert_eq!(code(refused), Code::NotFound, "{what}");
        let people = region.read().people_of(&customer).await.unwrap();
        assert_eq!(people.len(), 2, "{what}");
        assert!(people.iter().all(|one| one.roles == [Role::User]), "{what}: EXP-4");
    }
}

#[tokio::test]
async fn exp_9_only_those_who_may_are_sent_to_take_everything_away() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let (trial, customer) = started(&world, "crowd", &["messaging"]).await;
    let removal = world.app.removal(&anna, &trial).await.unwrap();
    assert_eq!(removal.export.as_ref(), Some(&customer));
    let region = world.app.stores.region("eu").unwrap();
    let tx = region.begin().await.unwrap();
    let mut line = tx.read().relationship(&customer, anna.org()).await.unwrap().unwrap();
    line.relationship.level = AccessLevel::ProvisioningAdministrator;
    line.version += 1;
    tx.put_relationship(&line).await.unwrap();
    tx.commit().await.unwrap();
    let removal = world.app.removal(&anna, &trial).await.unwrap();
    assert_eq!(removal.export, None, "ORG-4");
    let refused = world.app.export_customer(&anna, &customer).await;
    assert!(refused.is_err(), "ORG-4: {refused:?}");
}

async fn licenses(world: &World, customer: &OrgId) -> Vec<Vec<String>> {
    let region = world.app.stores.region("eu").unwrap();
    let people = region.read().people_of(customer).await.unwrap();
    people.into_iter().map(|one| one.licenses).collect()
}

#[tokio::test]
async fn exp_4_a_customer_with_other_services_loses_only_the_trials() {
    let world = world().await;
    let (trial, customer) = started(&world, "crowd", &["messaging", "calling"]).await;
    crowd(&world, &trial, 2, &["messaging", "calling"]).await;
    let region = world.app.stores.region("eu").unwrap();
    let tx = region.begin().await.unwrap();
    let mut found = tx.read().organization(&customer).await.unwrap().unwrap();
    if let Kind::Customer(facts) = &mut found.value.kind {
        // Calling, under its older name.
        facts.purchased.push(domain::organization::Purchase {
            service: "spark-call".to_owned(),
            quantity: 5,
            partner: None,
            since: jiff::civil::date(2027, 2, 1),
        });
    }
    tx.put_organization(&found).await.unwrap();
    tx.commit().await.unwrap();
    let anna = world.who("anna@aube.example").await;
    let shown = world.app.removal(&anna, &trial).await.unwrap().services;
    let shown: Vec<(&str, u32)> = shown.iter().map(|one| (one.id.as_str(), one.assigned)).collect();
    assert_eq!(
        shown,
        [("messaging", 2), ("calling", 0)],
        "EXP-4: of what was bought nobody loses a licence"
    );
    world.pass(24 * 61);
    world.app.work().await.unwrap();
    world.app.carry_closings().await.unwrap();
    let record = region.read().trial(&trial).await.unwrap().unwrap();
    assert_eq!(record.trial.status(), Status::Removed, "EXP-4");
    assert_eq!(region.read().closing(&customer).await.unwrap(), None, "EXP-4: it stays");
    assert_eq!(
        licenses(&world, &customer).await,
        [vec![], vec!["calling".to_owned()], vec!["calling".to_owned()]],
        "EXP-4: what was bought stays assigned"
    );
    let after = region.read().organization(&customer).await.unwrap().unwrap().value;
    assert_eq!(after, found.value, "EXP-4: nothing else changes");
    assert_eq!(region.read().relationships(&customer).await.unwrap().len(), 1);
    assert_eq!(flaws(&world).await, [""; 0]);
}

#[tokio::test]
async fn edit_1_canc_1_licences_of_what_is_taken_away_go_with_it() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let (trial, customer) = started(&world, "crowd", &["messaging", "calling"]).await;
    crowd(&world, &trial, 2, &["messaging", "calling"]).await;
    let edit = Command::Edit(Edit {
        services: Some(vec!["messaging".to_owned()]),
        ..Edit::default()
    });
    let dry = Guard {
        dry_run: true,
        ..Guard::default()
    };
    world.app.execute(&anna, &trial, &edit, &dry).await.unwrap();
    assert_eq!(licenses(&world, &customer).await[1].len(), 2, "a dry run takes nothing");
    world
        .app
        .execute(&anna, &trial, &edit, &Guard::default())
        .await
        .unwrap();
    assert_eq!(licenses(&world, &customer).await[1], ["messaging"], "EDIT-1");
    let cancel = Command::Cancel(None);
    world
        .app
        .execute(&anna, &trial, &cancel, &Guard::default())
        .await
        .unwrap();
    assert!(licenses(&world, &customer).await.iter().all(Vec::is_empty), "CANC-1");
    assert_eq!(flaws(&world).await, [""; 0]);
}

#[tokio::test]
async fn canc_2_a_new_trial_or_an_order_keeps_the_organization_that_cancelling_left_empty() {
    for comes_back in ["nobody", "trial", "order"] {
        let world = world().await;
        let anna = world.who("anna@aube.example").await;
        let (trial, customer) = started(&world, "crowd", &["messaging"]).await;
        let (app, guard) = (&world.app, Guard::default());
        app.execute(&anna, &trial, &Command::Cancel(None), &guard)
            .await
            .unwrap();
        world.pass(24 * 29);
        app.work().await.unwrap();
        let again = || {
            let mut input = asks("", &["calling"], None);
            input.customer = Some(domain::trial::CustomerInput {
                id: Some(customer.0.clone()),
                ..domain::trial::CustomerInput::default()
            });
            input
        };
        if comes_back != "nobody" {
            let second = app
                .start_trial(&anna, &again(), &guard)
                .await
                .unwrap()
                .trial
                .id
                .unwrap();
            if comes_back == "order" {
                app.execute(&anna, &second, &Command::Convert, &guard).await.unwrap();
            }
        }
        world.pass(24 * 3);
        app.work().await.unwrap();
        app.carry_closings().await.unwrap();
        let region = app.stores.region("eu").unwrap();
        let closed = region.read().closing(&customer).await.unwrap().is_some();
        assert_eq!(closed, comes_back == "nobody", "CANC-2: {comes_back}");
        assert_eq!(flaws(&world).await, [""; 0], "{comes_back}");
    }
}
