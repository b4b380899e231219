//! ELIG-5 where servers die, and what approvals and drafts promise behind the API.

use crate::support::{World, asks, code, world};
use app::{Error, Guard, IdemRequest, approval::ApprovalFilter, found::NewPerson};
use domain::{
    ids::OrgId,
    organization::{Kind, Purchase},
    person::Role,
    refusal::Code,
    trial::Status,
};
use jiff::{SignedDuration, Timestamp};
use std::sync::atomic::Ordering;
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
    let team = NewPerson {
        email: "team@vendor.example".to_owned(),
        name: "Tess".to_owned(),
        language: "en".to_owned(),
        zone: "UTC".to_owned(),
        roles: vec![Role::TrialsTeam],
        licenses: Vec::new(),
    };
    world.app.found("eu", "Vendor", Kind::Vendor, &[team]).await.unwrap();
    let region = world.app.stores.region("eu").unwrap();
    let team = world.who("team@vendor.example").await;
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
