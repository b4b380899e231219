//! What regions tell the directory, and what holds before it was told: found by the simulation (REL-1).

use crate::support::{World, asks, world};
use app::{AccessChange, Actor, Command, Error, Guard, request::DetailsInput};
use domain::{
    ids::{OrgId, TrialId},
    refusal::Code,
    trial::{CustomerInput, Status},
};
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, atomic::Ordering};
use store::directory::{EntryState, Reserve};

impl World {
    /// What a server leaves that dies just before its commit.
    async fn leave(&self, kind: &'static str, value: &str, organization: &OrgId, holder: &str) {
        let now = Timestamp::from_microsecond(self.clock.load(Ordering::SeqCst)).unwrap();
        let until = now.checked_add(SignedDuration::from_secs(40)).unwrap();
        let wanted = Reserve {
            kind,
            value,
            organization,
            holder,
            until,
        };
        self.app.stores.directory.reserve(&[wanted]).await.unwrap();
    }

    async fn state(&self, kind: &str, value: &str) -> Option<EntryState> {
        let found = self.app.stores.directory.find(kind, value).await.unwrap();
        found.map(|entry| entry.state)
    }

    /// A request for meetings at Lumen, accepted, and not confirmed yet.
    async fn accepted(&self, anna: &Actor, site: &str) -> TrialId {
        let boss = self.who("boss@lumen.example").await;
        let input = asks("boss@lumen.example", &["meetings"], Some(site));
        let guard = Guard::default();
        let asked = self.app.start_trial(anna, &input, &guard).await.unwrap();
        let id = asked.trial.id.unwrap();
        self.app
            .accept_request(&boss, &id.request(), true, false, None, &guard)
            .await
            .unwrap();
        id
    }
}

#[tokio::test]
async fn start_5_a_site_that_came_by_a_request_stays_taken_after_conversion() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let (app, guard) = (&world.app, Guard::default());
    let id = world.accepted(&anna, "alder").await;
    let confirmed = app.confirm_details(&anna, &id, &DetailsInput::default(), &guard).await;
    assert_eq!(confirmed.unwrap().trial.trial.status(), Status::Active);
    app.execute(&anna, &id, &Command::Convert, &guard).await.unwrap();
    world.pass(24);
    app.housekeeping().await.unwrap();
    let input = asks("it@new.example", &["meetings"], Some("alder"));
    let refused = app.start_trial(&anna, &input, &guard).await;
    let Err(Error::Refused(refusal)) = refused else {
        panic!("START-5: the site was given away: {refused:?}")
    };
    assert_eq!(refusal.code, Code::SiteNameTaken);
}

#[tokio::test]
async fn exp_4_an_address_is_free_as_soon_as_its_organization_is_closed() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let (app, guard) = (&world.app, Guard::default());
    let input = asks("it@new.example", &["messaging"], None);
    let first = app.start_trial(&anna, &input, &guard).await.unwrap().trial;
    app.tend_directory().await.unwrap();
    app.execute(&anna, &first.id.unwrap(), &Command::Cancel(None), &guard)
        .await
        .unwrap();
    world.pass(24 * 32);
    app.work().await.unwrap();
    // Nobody has told the directory yet.
    let second = app.start_trial(&anna, &input, &guard).await.unwrap().trial;
    assert_ne!(second.customer_id, first.customer_id, "EXP-4: another organization");
    assert_eq!(second.trial.status(), Status::Active);
    assert!(app.verify().await.unwrap().flaws.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn start_5_of_many_who_want_one_site_at_once_one_gets_it() {
    let world = world().await;
    let anna = Arc::new(world.who("anna@aube.example").await);
    for round in 0..12 {
        let site = format!("alder{round}");
        let mut starts = tokio::task::JoinSet::new();
        for number in 0..8 {
            let (app, anna) = (Arc::clone(&world.app), Arc::clone(&anna));
            let input = asks(&format!("it@n{round}x{number}.example"), &["meetings"], Some(&site));
            starts.spawn(async move {
                app.tend_directory().await.unwrap();
                app.start_trial(&anna, &input, &Guard::default()).await
            });
        }
        let (mut won, mut refused) = (0, 0);
        while let Some(ended) = starts.join_next().await {
            match ended.unwrap() {
                Ok(_) => won += 1,
                Err(Error::Refused(refusal)) if refusal.code == Code::SiteNameTaken => refused += 1,
                Err(error) => panic!("START-5: {error:?}"),
            }
        }
        assert_eq!((won, refused), (1, 7), "START-5: {site}");
        // START-6: so many addresses an hour.
        world.pass(2);
    }
}

/// Seed 1029 of the simulation: a request names a site, and whoever was about to take it died.
#[tokio::test]
async fn start_5_a_site_that_a_request_only_names_is_free_when_its_confirmation_died() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let (app, guard) = (&world.app, Guard::default());
    let id = world.accepted(&anna, "alder").await;
    let lumen = app.find_people("boss@lumen.example").await.unwrap()[0]
        .organization
        .clone();
    world.leave("site", "alder", &lumen, id.as_str()).await;
    world.pass(1);
    let input = asks("it@new.example", &["meetings"], Some("alder"));
    let dry = Guard {
        dry_run: true,
        ..Guard::default()
    };
    app.start_trial(&anna, &input, &dry).await.expect("nobody has it");
    app.housekeeping().await.unwrap();
    assert_eq!(world.state("site", "alder").await, None, "nobody ever took it");
    app.start_trial(&anna, &input, &guard).await.expect("nobody has it");
    let late = app.confirm_details(&anna, &id, &DetailsInput::default(), &guard).await;
    assert!(
        matches!(&late, Err(Error::Refused(refusal)) if refusal.code == Code::SiteNameTaken),
        "{late:?}"
    );
}

#[tokio::test]
async fn start_5_a_site_that_a_request_only_named_does_not_rest_when_it_is_cancelled() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let (app, guard) = (&world.app, Guard::default());
    let id = world.accepted(&anna, "alder").await;
    let lumen = app.find_people("boss@lumen.example").await.unwrap()[0]
        .organization
        .clone();
    world.leave("site", "alder", &lumen, id.as_str()).await;
    app.execute(&anna, &id, &Command::Cancel(None), &guard).await.unwrap();
    world.pass(1);
    app.housekeeping().await.unwrap();
    assert_eq!(world.state("site", "alder").await, None);
}

#[tokio::test]
async fn start_5_a_site_rests_also_when_the_directory_hears_late_that_it_was_taken_and_left() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let (app, guard) = (&world.app, Guard::default());
    let first = asks("it@first.example", &["meetings"], Some("alder"));
    let first = app.start_trial(&anna, &first, &guard).await.unwrap().trial;
    app.execute(&anna, &first.id.unwrap(), &Command::Cancel(None), &guard)
        .await
        .unwrap();
    let kept = asks("it@kept.example", &["meetings"], Some("birch"));
    let kept = app.start_trial(&anna, &kept, &guard).await.unwrap().trial;
    app.execute(&anna, &kept.id.unwrap(), &Command::Convert, &guard)
        .await
        .unwrap();
    // Nobody told the directory, and what was reserved has run out.
    world.pass(1);
    for (number, site) in ["alder", "birch"].into_iter().enumerate() {
        let input = asks(&format!("it@n{number}.example"), &["meetings"], Some(site));
        let refused = app.start_trial(&anna, &input, &guard).await;
        assert!(
            matches!(&refused, Err(Error::Refused(refusal)) if refusal.code == Code::SiteNameTaken),
            "START-5: {site}: {refused:?}"
        );
    }
    app.housekeeping().await.unwrap();
    assert_eq!(world.state("site", "alder").await, Some(EntryState::Resting));
    assert_eq!(world.state("site", "birch").await, Some(EntryState::Confirmed));
}

#[tokio::test]
async fn start_11_an_address_is_free_when_the_correction_to_it_died() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let (app, guard) = (&world.app, Guard::default());
    let wrong = asks("it@wrong.example", &["messaging"], None);
    let wrong = app.start_trial(&anna, &wrong, &guard).await.unwrap().trial;
    let customer = wrong.customer_id.unwrap();
    for email in ["it@right.example", "it@other.example"] {
        world.leave("email", email, &customer, "somebody who died").await;
    }
    world.pass(1);
    let right = asks("it@right.example", &["messaging"], None);
    let right = app.start_trial(&anna, &right, &guard).await.unwrap().trial;
    assert_ne!(right.customer_id, Some(customer), "START-11: nobody there has it");
    app.housekeeping().await.unwrap();
    assert_eq!(
        world.state("email", "it@right.example").await,
        Some(EntryState::Confirmed)
    );
    assert_eq!(world.state("email", "it@other.example").await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn start_11_of_two_who_correct_to_one_address_at_once_one_does_and_it_leads_there() {
    let world = world().await;
    let anna = Arc::new(world.who("anna@aube.example").await);
    let wrong = asks("it@wrong.example", &["messaging"], None);
    let wrong = world.app.start_trial(&anna, &wrong, &Guard::default()).await.unwrap();
    let id = wrong.trial.id.unwrap();
    for round in 0..12 {
        let email = format!("it@right{round}.example");
        let mut corrections = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (app, anna, id, email) = (Arc::clone(&world.app), Arc::clone(&anna), id.clone(), email.clone());
            corrections.spawn(async move {
                let guard = Guard::default();
                app.correct_administrator(&anna, &id, Some(&email), &guard).await
            });
        }
        let ended = corrections.join_all().await;
        assert_eq!(ended.iter().filter(|one| one.is_ok()).count(), 1, "{ended:?}");
        world.app.tend_directory().await.unwrap();
        assert_eq!(
            world.state("email", &email).await,
            Some(EntryState::Confirmed),
            "{email}"
        );
        // START-6: so many addresses an hour.
        world.pass(2);
    }
}

#[tokio::test]
async fn cons_8_access_that_is_withdrawn_while_a_trial_starts_stays_withdrawn() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let (app, guard) = (&world.app, Guard::default());
    let input = asks("it@new.example", &["messaging"], None);
    let customer = app
        .start_trial(&anna, &input, &guard)
        .await
        .unwrap()
        .trial
        .customer_id
        .unwrap();
    app.tend_directory().await.unwrap();
    let (theirs, boss) = (Arc::clone(app), world.who("it@new.example").await);
    let (whose, partner) = (customer.clone(), anna.organization.id.clone());
    let withdrawn = async move {
        let change = AccessChange {
            level: None,
            cancel_trials: true,
        };
        let done = theirs
            .change_access(&boss, &whose, &partner, &change, &Guard::default())
            .await;
        done.unwrap();
    };
    world.line.meanwhile.lock().unwrap().0 = Some(Box::pin(withdrawn));
    let mut more = asks("it@new.example", &["calling"], None);
    more.customer = Some(CustomerInput {
        id: Some(customer.0.clone()),
        ..CustomerInput::default()
    });
    let refused = app.start_trial(&anna, &more, &guard).await;
    assert!(
        matches!(&refused, Err(Error::Refused(refusal)) if refusal.code == Code::NotFound),
        "CONS-8: {refused:?}"
    );
    let region = app.stores.region("eu").unwrap();
    let tie = region
        .read()
        .relationship(&customer, &anna.organization.id)
        .await
        .unwrap();
    assert!(tie.is_none(), "CONS-8: without a new consent there is no access");
}
