//! ELIG-5 where servers die, and what approvals and drafts promise behind the API.

use crate::support::{World, asks, code, world};
use app::{
    Command, Error, Guard, IdemRequest, PageRequest, approval::ApprovalFilter, draft::DraftWish,
    exception::ExceptionWish, found::NewPerson, worker::Ticker,
};
use domain::{
    draft::{Draft, MOST},
    ids::OrgId,
    organization::{Kind, Purchase},
    person::Role,
    refusal::{Code, Refusal},
    trial::{CustomerInput, Extend, StartInput, Status},
};
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, atomic::Ordering};
use store::{StoreError, directory::Admission};

impl World {
    async fn limit(&self, partner: &OrgId, active: u32) {
        let tx = self.app.stores.region("eu").unwrap().begin().await.unwrap();
        let mut found = tx.read().organization(partner).await.unwrap().unwrap();
        if let Kind::Partner(partner) = &mut found.value.kind {
            partner.allowance.active_trials = Some(active);
        }
        tx.put_organization(&found).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The trials team of a vendor.
    async fn team(&self) -> app::Actor {
        let team = NewPerson {
            email: "team@vendor.example".to_owned(),
            name: "Tess".to_owned(),
            language: "en".to_owned(),
            zone: "UTC".to_owned(),
            roles: vec![Role::TrialsTeam],
            licenses: Vec::new(),
        };
        self.app.found("eu", "Vendor", Kind::Vendor, &[team]).await.unwrap();
        self.who("team@vendor.example").await
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.clock.load(Ordering::SeqCst)).unwrap()
    }
}

#[tokio::test]
async fn elig_5_what_a_dead_server_was_taking_is_free_again_and_cannot_come_back() {
    let world = world().await;
    let partner = world.who("anna@aube.example").await.org().clone();
    world.limit(&partner, 1).await;
    let anna = world.who("anna@aube.example").await;
    let left = Admission {
        id: "left".to_owned(),
        partner: partner.clone(),
        region: "eu".to_owned(),
        of_month: true,
        holder: "dead".to_owned(),
        until: world.now().checked_add(SignedDuration::from_secs(40)).unwrap(),
    };
    let directory = &world.app.stores.directory;
    assert!(directory.admit(&left, 0).await.unwrap());
    assert!(!directory.admit(&left, 0).await.unwrap(), "ELIG-5: somebody was faster");
    let input = asks("it@new.example", &["messaging"], None);
    let waits = world.app.start_trial(&anna, &input, &Guard::default()).await;
    assert!(
        matches!(waits, Err(Error::Store(StoreError::Unavailable(_)))),
        "ELIG-5: nobody knows yet: {waits:?}"
    );
    world.pass_seconds(41);
    world.app.start_trial(&anna, &input, &Guard::default()).await.unwrap();
    let tx = world.app.stores.region("eu").unwrap().begin().await.unwrap();
    let back = tx.use_admission("left", world.now()).await;
    assert!(
        matches!(back, Err(StoreError::Taken(_))),
        "ELIG-5: it cannot come back: {back:?}"
    );
    drop(tx);
    world.app.tend_directory().await.unwrap();
    assert_eq!(
        directory.admissions(&partner).await.unwrap().1,
        [],
        "ELIG-5: it arrived"
    );
    let other = asks("it@other.example", &["messaging"], None);
    let full = world.app.start_trial(&anna, &other, &Guard::default()).await;
    assert_eq!(code(full), Code::AllowanceUsed, "ELIG-5");
}

#[tokio::test]
async fn elig_5_a_start_whose_answer_was_lost_takes_one_place() {
    let world = world().await;
    let partner = world.who("anna@aube.example").await.org().clone();
    world.limit(&partner, 2).await;
    let anna = world.who("anna@aube.example").await;
    let input = asks("it@new.example", &["messaging"], None);
    let guard = Guard {
        idem: Some(IdemRequest {
            key: "k".to_owned(),
            target: "POST /trials".to_owned(),
            body: b"{}".to_vec(),
        }),
        ..Guard::default()
    };
    world.line.loses_commit.store(true, Ordering::SeqCst);
    let lost = world.app.start_trial(&anna, &input, &guard).await;
    assert!(matches!(lost, Err(Error::Store(_))), "{lost:?}");
    world.app.start_trial(&anna, &input, &guard).await.unwrap();
    let other = asks("it@other.example", &["messaging"], None);
    world
        .app
        .start_trial(&anna, &other, &Guard::default())
        .await
        .expect("ELIG-5: one of two was taken");
    let third = asks("it@third.example", &["messaging"], None);
    let full = world.app.start_trial(&anna, &third, &Guard::default()).await;
    assert_eq!(code(full), Code::AllowanceUsed, "ELIG-5");
}

#[tokio::test]
async fn start_2_what_was_bought_meanwhile_is_not_approved() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let region = world.app.stores.region("eu").unwrap();
    let team = world.team().await;
    let input = asks("it@new.example", &["contact-center", "messaging"], None);
    let begun = world.app.start_trial(&anna, &input, &Guard::default()).await.unwrap();
    let trial = begun.trial.trial;
    assert_eq!(trial.status(), Status::PendingApproval);
    let tx = region.begin().await.unwrap();
    let mut customer = tx.read().organization(&trial.customer).await.unwrap().unwrap();
    if let Kind::Customer(facts) = &mut customer.value.kind {
        facts.purchased.push(Purchase {
            service: "contact-center".to_owned(),
            quantity: 1,
            partner: None,
            since: "2027-02-01".parse().unwrap(),
        });
    }
    tx.put_organization(&customer).await.unwrap();
    tx.commit().await.unwrap();
    let page = app::PageRequest { after: None, limit: 10 };
    let waiting = world
        .app
        .approvals(&team, &ApprovalFilter::waiting(), &page)
        .await
        .unwrap();
    let id = waiting.items[0].approval.id.clone();
    let dry = Guard {
        dry_run: true,
        ..Guard::default()
    };
    for guard in [&dry, &dry, &Guard::default()] {
        let refused = world.app.decide_approval(&team, &id, true, None, guard).await;
        assert_eq!(code(refused), Code::ServiceNotEligible, "START-2, ELIG-1");
    }
    let after = region.read().trial(&trial.id).await.unwrap().unwrap().trial;
    assert_eq!(after.status(), Status::Active, "START-2: the rest goes on");
    assert_eq!(after.service_ids(), ["messaging"], "START-2: the subject is closed");
    let again = world
        .app
        .decide_approval(&team, &id, true, None, &Guard::default())
        .await;
    assert_eq!(code(again), Code::AlreadyDecided, "START-2");
}

fn key(target: &str) -> Guard {
    Guard {
        idem: Some(IdemRequest {
            key: "k".to_owned(),
            target: target.to_owned(),
            body: b"{}".to_vec(),
        }),
        ..Guard::default()
    }
}

/// A draft for an own customer, or for nobody yet.
fn draft_for(customer: Option<&OrgId>) -> DraftWish {
    let input = StartInput {
        customer: customer.map(|id| CustomerInput {
            id: Some(id.0.clone()),
            ..CustomerInput::default()
        }),
        ..StartInput::default()
    };
    DraftWish {
        draft: Draft { input, step: None },
        writer: String::new(),
    }
}

#[tokio::test]
async fn elig_5_whoever_only_asks_is_not_stopped_by_a_region_that_is_down() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    world.limit(&anna.org().clone(), 1).await;
    let anna = world.who("anna@aube.example").await;
    let app = &world.app;
    let down = || {
        let count = "SELECT \"trial\".\"body\"";
        world.line.refuses.lock().unwrap().push_back(count);
    };
    assert!(app.allowance(&anna).await.unwrap().is_some());
    down();
    assert!(app.allowance(&anna).await.unwrap().is_none(), "ELIG-5: nothing is said");
    down();
    let told = app
        .eligibility(&anna, None, Some("it@new.example"), None)
        .await
        .unwrap();
    assert!(told.iter().any(|one| one.eligible), "ELIG-5: {told:?}");
    down();
    let input = asks("it@new.example", &["messaging"], None);
    let start = app.start_trial(&anna, &input, &Guard::default()).await;
    assert!(
        matches!(start, Err(Error::Store(StoreError::Unavailable(_)))),
        "ELIG-5: no outage lifts a limit: {start:?}"
    );
    assert!(world.line.refuses.lock().unwrap().is_empty());
}

#[tokio::test]
async fn elig_5_a_place_that_turned_out_not_to_be_needed_is_free_at_once() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let (app, guard) = (&world.app, Guard::default());
    let input = asks("it@new.example", &["messaging"], None);
    let trial = app.start_trial(&anna, &input, &guard).await.unwrap().trial.trial;
    world.pass(24 * 35);
    app.work().await.unwrap();
    world.limit(anna.org(), 2).await;
    let anna = world.who("anna@aube.example").await;
    let extend = Command::Extend(Extend {
        days: None,
        allow_shorten: true,
        reason: None,
    });
    let (theirs, who, id, same) = (Arc::clone(app), anna.clone(), trial.id.clone(), extend.clone());
    let faster = async move {
        let done = theirs.execute(&who, &id, &same, &Guard::default()).await.unwrap();
        assert_eq!(done.trial.trial.status(), Status::Active, "EXT-3");
    };
    world.line.meanwhile.lock().unwrap().0 = Some(Box::pin(faster));
    let second = app.execute(&anna, &trial.id, &extend, &guard).await.unwrap();
    assert!(!second.changed, "EXT-1: it ends on that day already");
    app.tend_directory().await.unwrap();
    let coming = app.stores.directory.admissions(anna.org()).await.unwrap().1;
    assert_eq!(coming, [], "ELIG-5: nobody waits for what will not arrive");
}

#[tokio::test]
async fn exp_8_no_draft_is_forgotten_while_time_cannot_be_trusted() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let app = &world.app;
    app.keep_draft(&anna, &draft_for(None), &Guard::default())
        .await
        .unwrap();
    app.tick(&mut Ticker::new()).await.unwrap();
    world.pass(24 * 31);
    app.tick(&mut Ticker::new()).await.unwrap();
    let kept = async || {
        app.housekeeping().await.unwrap();
        let reads = app.stores.region("eu").unwrap().read();
        reads.count_drafts(anna.id()).await.unwrap()
    };
    assert_eq!(kept().await, 1, "EXP-8: the clock has jumped");
    assert!(app.acknowledge_clock().await.unwrap());
    assert_eq!(kept().await, 0, "START-10");
}

#[tokio::test]
async fn start_10_a_draft_is_kept_while_a_region_is_down() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    world.line.refuses.lock().unwrap().push_back("SELECT COUNT");
    let kept = world.app.keep_draft(&anna, &draft_for(None), &Guard::default()).await;
    assert!(kept.unwrap().id.is_some(), "START-10");
    assert!(world.line.refuses.lock().unwrap().is_empty());
}

#[tokio::test]
async fn exp_9_org_9_kept_refusals_of_drafts_and_exceptions_go_with_their_customer() {
    let world = world().await;
    let (team, anna) = (world.team().await, world.who("anna@aube.example").await);
    let app = &world.app;
    let input = asks("it@new.example", &["messaging"], None);
    let customer = app.start_trial(&anna, &input, &Guard::default()).await.unwrap();
    let customer = customer.trial.trial.customer;
    let own = draft_for(Some(&customer));
    app.keep_draft(&anna, &own, &Guard::default()).await.unwrap();
    for _ in 1..MOST {
        app.keep_draft(&anna, &draft_for(None), &Guard::default())
            .await
            .unwrap();
    }
    let page = PageRequest {
        after: None,
        limit: 200,
    };
    let listed = app.drafts(&anna, &page).await.unwrap().items;
    let named: Vec<&str> = listed.iter().filter_map(|one| one.customer_name.as_deref()).collect();
    assert_eq!(
        (listed.len(), named),
        (MOST, vec!["Maison"]),
        "ORG-9: an own one by its name"
    );

    let (draft, grant) = (key("POST /trial-drafts"), key("POST /exceptions"));
    let full = app.keep_draft(&anna, &own, &draft).await;
    assert_eq!(code(full), Code::DraftLimit, "START-10");
    let wish = ExceptionWish {
        service: Some("messaging".to_owned()),
        ..ExceptionWish::default()
    };
    let refused = app.grant_exception(&team, &customer, &wish, &grant).await;
    assert_eq!(code(refused), Code::Required, "ELIG-4: a reason");
    let gone = serde_json::to_string(&Err::<(), _>(Refusal::new(Code::NotFound))).unwrap();
    let tx = app.stores.region("eu").unwrap().begin().await.unwrap();
    tx.erase_answers(&customer, &gone).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(code(app.keep_draft(&anna, &own, &draft).await), Code::NotFound, "EXP-9");
    let again = app.grant_exception(&team, &customer, &wish, &grant).await;
    assert_eq!(code(again), Code::NotFound, "EXP-9");
}
