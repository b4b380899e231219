//! USE-1: figures are the customer's, and stay when the trial is converted.

use crate::support::{World, asks, code, world};
use app::{Actor, Command, Guard, PageRequest, policy::Action, usage::UsageFilter};
use domain::{
    ids::{OrgId, TrialId},
    organization::Kind,
    person::Role,
    refusal::Code,
    usage::{Figure, Line},
};

async fn reporter(world: &World) -> Actor {
    let person = app::found::NewPerson {
        email: "meter@vendor.example".to_owned(),
        name: "Meter".to_owned(),
        language: "en".to_owned(),
        zone: "Europe/Paris".to_owned(),
        roles: vec![Role::TrialsTeam],
        licenses: Vec::new(),
    };
    world.app.found("eu", "Vendor", Kind::Vendor, &[person]).await.unwrap();
    world.who("meter@vendor.example").await
}

fn line(customer: &OrgId, service: &str, on: &str, value: i64) -> Line {
    Line {
        customer: customer.0.clone(),
        service: service.to_owned(),
        on: on.to_owned(),
        metric: "active_users".to_owned(),
        value,
    }
}

async fn read(world: &World, who: &Actor, customer: &OrgId, trial: &TrialId) -> (Vec<Figure>, Vec<Figure>) {
    let (filter, page) = (UsageFilter::default(), PageRequest { after: None, limit: 50 });
    let of_customer = world.app.customer_usage(who, customer, &filter, &page).await.unwrap();
    let of_trial = world.app.trial_usage(who, trial, &filter, &page).await.unwrap();
    (of_customer.items, of_trial.items)
}

#[tokio::test]
async fn use_1_figures_are_the_same_before_and_after_conversion_and_go_on() {
    let world = world().await;
    let (anna, meter) = (world.who("anna@aube.example").await, reporter(&world).await);
    let guard = Guard::default();
    let input = asks("it@new.example", &["messaging", "calling"], None);
    let started = world.app.start_trial(&anna, &input, &guard).await.unwrap().trial;
    let (trial, customer) = (started.id.unwrap(), started.customer_id.unwrap());
    let lines = [
        line(&customer, "messaging", "2027-02-01", 3),
        line(&customer, "calling", "2027-02-02", 5),
    ];
    world.app.report_usage(&meter, &lines, &guard).await.unwrap();
    world.pass(24);
    let before = read(&world, &anna, &customer, &trial).await;
    assert_eq!((before.0.len(), before.1.len()), (2, 2));
    world
        .app
        .execute(&anna, &trial, &Command::Convert, &guard)
        .await
        .unwrap();
    assert_eq!(read(&world, &anna, &customer, &trial).await, before, "USE-1: converted");
    world.pass(24 * 3);
    let later = [line(&customer, "messaging", "2027-02-05", 8)];
    world.app.report_usage(&meter, &later, &guard).await.unwrap();
    let after = read(&world, &anna, &customer, &trial).await;
    assert_eq!(after.0.len(), 3, "USE-1: what was bought through the partner goes on");
    assert_eq!(after.1, before.1, "USE-1: the trial’s days are over");
}

#[tokio::test]
async fn use_1_nobody_but_the_vendor_reports() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let refused = world.app.report_usage(&anna, &[], &Guard::default()).await;
    assert_eq!(code(refused), Code::RoleRequired, "USE-1");
    let boss = world.who("boss@lumen.example").await;
    let refused = world.app.report_usage(&boss, &[], &Guard::default()).await;
    assert_eq!(code(refused), Code::RoleRequired, "USE-1");
    let roles = app::policy::roles(Action::ReportUsage).unwrap();
    assert_eq!(roles, [Role::VendorAdministrator, Role::TrialsTeam], "USE-1");
}
