//! CONV-4: what a mistyped address may have meant, among very many trials, and where nobody could look.

use crate::support::{World, asks, world};
use app::{
    Error, Guard,
    order::{PlaceOrder, WantedContact},
};
use domain::{
    ids::{OrgId, PersonId, TrialId},
    refusal::{Code, Refusal},
    text::fold,
};
use store::region::trial::TrialRecord;

/// More than are read at once, twice.
const MANY: usize = 2_500;

/// What is answered to an order from outside that names an address.
async fn refused(world: &World, address: &str) -> Refusal {
    let anna = world.who("anna@aube.example").await;
    let wish = PlaceOrder {
        trial: None,
        trial_admin_email: Some(address.to_owned()),
        partner: None,
        services: vec![("messaging".to_owned(), 5)],
        devices: Vec::new(),
        contact: WantedContact::default(),
    };
    match world.app.place_order(&anna, &wish, &Guard::default()).await {
        Err(Error::Refused(refusal)) if refusal.code == Code::NoExactMatch => *refusal,
        other => panic!("CONV-4: {other:?}"),
    }
}

fn candidates(refusal: &Refusal) -> Vec<(String, String)> {
    let text = |one: &serde_json::Value, name: &str| one[name].as_str().unwrap().to_owned();
    let all = refusal.extra["candidates"].as_array().unwrap();
    all.iter()
        .map(|one| (text(one, "trial_id"), text(one, "reason")))
        .collect()
}

async fn begun(world: &World) -> TrialRecord {
    let anna = world.who("anna@aube.example").await;
    let input = asks("it@maison.example", &["messaging"], None);
    let begun = world.app.start_trial(&anna, &input, &Guard::default()).await.unwrap();
    let reads = world.app.stores.region("eu").unwrap().read();
    reads.trial(&begun.trial.trial.id).await.unwrap().unwrap()
}

/// The same trial again and again, of other customers, newer than the one that is there.
async fn many(world: &World, like: &TrialRecord) {
    let tx = world.app.stores.region("eu").unwrap().begin().await.unwrap();
    let person = tx
        .read()
        .person(&like.trial.administrator)
        .await
        .unwrap()
        .unwrap()
        .value;
    let mut people = Vec::new();
    for index in 0..MANY {
        let mut record = like.clone();
        let name = format!("Company {index}");
        record.trial.id = TrialId::new("eu", &format!("many{index}"));
        record.trial.customer = OrgId::new("eu", &format!("many{index}"));
        record.trial.administrator = PersonId::new("eu", &format!("many{index}"));
        record.trial.created_at += jiff::SignedDuration::from_secs(1 + index as i64 / 2);
        people.push(domain::person::Person {
            id: record.trial.administrator.clone(),
            organization: record.trial.customer.clone(),
            email: format!("boss{index}@company{index}.test"),
            ..person.clone()
        });
        tx.put_trial(&record, &fold(&name), true).await.unwrap();
    }
    tx.add_people(&people).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn conv_4_the_likeliest_is_found_among_very_many() {
    let world = world().await;
    let meant = begun(&world).await;
    many(&world, &meant).await;
    let refusal = refused(&world, "it@maisn.example").await;
    let expected = (meant.trial.id.0.clone(), "similar_address".to_owned());
    assert_eq!(candidates(&refusal), [expected], "CONV-4: the oldest of all of them");
    assert_eq!(refusal.extra["unavailable_regions"], serde_json::json!([]));
}

#[tokio::test]
async fn conv_4_what_was_meant_may_lie_where_nobody_could_look() {
    let world = world().await;
    begun(&world).await;
    let names = "SELECT \"trial\".\"id\", \"trial\".\"customer_id\", \"trial\".\"partner_id\"";
    world.line.refuses.lock().unwrap().push_back(names);
    let refusal = refused(&world, "it@maisn.example").await;
    assert_eq!(candidates(&refusal), []);
    assert_eq!(
        refusal.extra["unavailable_regions"],
        serde_json::json!(["eu"]),
        "CONV-4: it is said"
    );
    assert!(world.line.refuses.lock().unwrap().is_empty(), "it was asked");
    let refusal = refused(&world, "it@maisn.example").await;
    assert_eq!(candidates(&refusal).len(), 1);
}
