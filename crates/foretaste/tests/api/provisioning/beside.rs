//! PROV-2: nothing is taken from a customer that it has by something else as well: an order, or another trial.

use super::{
    answer,
    outside::{Outside, account, begun, demo, order},
    state,
};
use crate::orders::{self, path, set_up};
use serde_json::{Value, json};

crate::on_both_engines!(
    prov_2_what_was_bought_outlives_another_trial_of_it,
    prov_2_what_goes_late_takes_nothing_that_came_meanwhile,
);

/// What a call asks, and how many licences it names.
fn said(call: &super::outside::Call) -> (String, String, Value) {
    let (act, service) = call.act();
    (
        act.to_owned(),
        service.to_owned(),
        call.body["data"]["quantity"].clone(),
    )
}

fn expected(act: &str, service: &str, quantity: Value) -> (String, String, Value) {
    (act.to_owned(), service.to_owned(), quantity)
}

fn prov_2_what_was_bought_outlives_another_trial_of_it() {
    let outside = Outside::new(204);
    let demo = demo(&outside);
    let (robot, anna) = (account(&demo), demo.person("partner_a", "sales_full_administrator"));
    let first = begun(&demo, "Beside", &["messaging"]);
    outside.wait_for(1);
    answer(
        &robot,
        &order(&demo, &first, "provision", "messaging"),
        "done",
        json!({}),
    )
    .is(200);
    let shown = anna.get(&format!("/trials/{first}")).is(200);
    let wish = json!({"customer": {"id": shown["customer"]["id"]}, "services": ["calling"], "license_quantity": 100,
        "duration_days": 30});
    let second = anna.post("/trials", wish).is(201);
    let second = second["id"].as_str().unwrap();
    outside.wait_for(2);
    answer(&robot, &order(&demo, second, "provision", "calling"), "done", json!({})).is(200);
    // The first one's order buys, besides its own, what the second one tries.
    let wish = orders::order(&first, &[("messaging", 100), ("calling", 7)]);
    let placed = anna.post("/orders", wish).is(201);
    anna.post(&format!("{}/set-up", path(&placed)), set_up("it@beside.example"))
        .is(200);
    let calls = outside.wait_for(3);
    assert_eq!(
        said(&calls[2]),
        expected("provision", "calling", json!(107)),
        "PROV-2: all that the customer has"
    );
    answer(&robot, &order(&demo, &first, "provision", "calling"), "done", json!({})).is(200);
    // The trial ends: what was bought stays, and the provisioner learns how much that is.
    anna.post(&format!("/trials/{second}/cancel"), json!({})).is(200);
    let calls = outside.wait_for(4);
    assert_eq!(said(&calls[3]), expected("provision", "calling", json!(7)), "PROV-2");
    assert!(calls[3].body["data"].get("administrator").is_none(), "only a number");
    let last = order(&demo, second, "provision", "calling");
    assert_eq!(state(&demo, &last)["quantity"], 7);
    let done = answer(&robot, &last, "done", json!({})).is(200);
    assert_eq!(done["changed"], true);
    let shown = anna.get(&format!("/trials/{second}")).is(200);
    assert_eq!(shown["status"], "cancelled", "the answer brings nothing back");
    let bought = anna.get(&format!("/trials/{first}")).is(200);
    assert_eq!(bought["provisioning"], "provisioned");
    assert_eq!(outside.calls().len(), 4, "PROV-2: nothing is withdrawn");
}

fn prov_2_what_goes_late_takes_nothing_that_came_meanwhile() {
    // Nobody takes calls for a while.
    let outside = Outside::new(503);
    let demo = demo(&outside);
    let anna = demo.person("partner_a", "sales_full_administrator");
    let first = begun(&demo, "Later", &["messaging"]);
    let shown = anna.get(&format!("/trials/{first}")).is(200);
    anna.post(&format!("/trials/{first}/cancel"), json!({})).is(200);
    let withdraw = order(&demo, &first, "withdraw", "messaging");
    assert_eq!(state(&demo, &withdraw)["state"], "open");
    let wish = json!({"customer": {"id": shown["customer"]["id"]}, "services": ["messaging"], "license_quantity": 100,
        "duration_days": 30});
    let second = anna.post("/trials", wish).is(201);
    let second = second["id"].as_str().unwrap();
    assert_eq!(
        state(&demo, &withdraw)["state"],
        "void",
        "PROV-2: the customer gets it anew"
    );
    assert_eq!(
        state(&demo, &order(&demo, second, "provision", "messaging"))["state"],
        "open"
    );
}
