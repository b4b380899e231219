//! SETUP-1 and 2 through the pages: what a second send does not do twice, and what an edit does not lose.

use super::{
    acting::started,
    world::{Browser, World},
};
use domain::ids::{OrgId, TrialId};
use store::region::Reads;

async fn calling(world: &World, browser: &mut Browser<'_>) -> (OrgId, String) {
    let trial = started(browser, "it@atelier.example", &[("services", "calling")]).await;
    let trial = TrialId::parse(&trial).expect("an id");
    let found = reads(world).trial(&trial).await.expect("a store").expect("a trial");
    let customer = found.trial.customer;
    let page = format!("/partner/customers/{customer}/setup/calling");
    (customer, page)
}

fn reads(world: &World) -> Reads<'_> {
    world.app.stores.region("eu").expect("a region").read()
}

async fn sent(browser: &mut Browser<'_>, page: &str, form: &[(&str, &str)]) {
    let done = browser.submit(page, page, form).await;
    assert!(done.location().ends_with("?done=edited"), "{}", done.text);
}

const PLACE: [(&str, &str); 9] = [
    ("act", "location"),
    ("location_name", "Siège"),
    ("lines", "1 rue du Port"),
    ("line2", "Bâtiment A"),
    ("line3", "Cour B"),
    ("line4", "Escalier C"),
    ("line5", "Porte D"),
    ("city", "Nantes"),
    ("country", "FR"),
];

#[tokio::test]
async fn setup_2_an_order_that_is_sent_twice_is_one() {
    let world = World::new().await;
    let mut sales = world.signed_in("sales@cordage.example").await;
    let (customer, page) = calling(&world, &mut sales).await;
    sent(&mut sales, &page, &PLACE).await;
    let connect = [("act", "provider"), ("provider", "tata")];
    sent(&mut sales, &page, &connect).await;
    let place = reads(&world).locations(&customer).await.expect("locations").remove(0);
    let key = sales.get(&page).await.hidden("key");
    let order = |count: &'static str, key: String| {
        let place = place.value.id.0.clone();
        [
            ("act", "order".to_owned()),
            ("order_location", place),
            ("count", count.to_owned()),
            ("key", key),
        ]
    };
    for _ in 0..2 {
        let form = order("2", key.clone());
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        sent(&mut sales, &page, &form).await;
    }
    let orders = async || reads(&world).number_orders(&customer).await.expect("orders").len();
    assert_eq!(orders().await, 1, "SETUP-2: sent twice, ordered once");
    let anew = sales.get(&page).await.hidden("key");
    assert_ne!(anew, key, "SETUP-2: the next form is another order");
    let form = order("2", anew);
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    sent(&mut sales, &page, &form).await;
    assert_eq!(orders().await, 2, "SETUP-2");
}

#[tokio::test]
async fn setup_1_editing_a_location_keeps_all_lines_of_its_address() {
    let world = World::new().await;
    let mut sales = world.signed_in("sales@cordage.example").await;
    let (customer, page) = calling(&world, &mut sales).await;
    sent(&mut sales, &page, &PLACE).await;
    let place = reads(&world).locations(&customer).await.expect("locations").remove(0);
    let edit = sales.get(&format!("{page}?location={}", place.value.id)).await;
    let shown = |name: &str| {
        let (_, rest) = edit
            .text
            .split_once(&format!("name=\"{name}\" type=\"text\" value=\""))?;
        rest.split_once('"').map(|(value, _)| value.to_owned())
    };
    // As the form stands on the page, with another city.
    let (id, version) = (place.value.id.0.clone(), place.version.to_string());
    let mut form = vec![("act", "location"), ("city", "Rezé"), ("country", "FR")];
    form.extend([("location", id.as_str()), ("location_version", version.as_str())]);
    let names = ["location_name", "lines", "line2", "line3", "line4", "line5"];
    let values: Vec<(&str, String)> = names
        .iter()
        .filter_map(|name| shown(name).map(|value| (*name, value)))
        .collect();
    form.extend(values.iter().map(|(name, value)| (*name, value.as_str())));
    sent(&mut sales, &page, &form).await;
    let after = reads(&world).locations(&customer).await.expect("locations").remove(0);
    assert_eq!(after.value.place.city, "Rezé", "SETUP-1");
    assert_eq!(
        after.value.place.lines, place.value.place.lines,
        "SETUP-1: nothing is lost"
    );
    assert_eq!(after.value.place.lines.len(), 5, "SETUP-1");
}
