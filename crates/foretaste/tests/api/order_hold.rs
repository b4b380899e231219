//! CONV-7, 8: an order that was placed in grace holds the removal, and the lists say so; whom to ask where nobody manages.

use crate::{
    orders::{order, path, trial},
    support::{Demo, Person},
};
use serde_json::{Value, json};

crate::on_both_engines!(conv_7_what_ends_names_the_order_that_holds_it,);

/// By which order a trial is held, as the list of what ends and the trial's own say.
fn held(who: &Person<'_>, trial: &str) -> (Value, Value) {
    let all = who.get("/removals?before=2100-01-01").is(200);
    let all = all["items"].as_array().unwrap();
    let one = all.iter().find(|one| one["trial_id"] == trial).unwrap();
    let own = who.get(&format!("/trials/{trial}/removal")).is(200);
    assert_eq!(own["on"], one["on"]);
    (one["held_by_order"].clone(), own["held_by_order"].clone())
}

fn conv_7_what_ends_names_the_order_that_holds_it() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (id, _) = trial(&anna, "held", &["messaging"]);
    let (other, _) = trial(&anna, "early", &["messaging"]);
    // An order that closes before the end of grace holds nothing.
    anna.post("/orders", order(&other, &[("messaging", 5)])).is(201);
    assert_eq!(held(&anna, &other), (Value::Null, Value::Null));
    anna.advance(json!({"advance_days": 45}));
    assert_eq!(held(&anna, &id), (Value::Null, Value::Null));
    let placed = anna.post("/orders", order(&id, &[("messaging", 5)])).is(201);
    for who in [&anna, &demo.person("vendor", "trials_team")] {
        assert_eq!(held(who, &id), (placed["id"].clone(), placed["id"].clone()), "CONV-7");
    }
    anna.post(&format!("{}/close", path(&placed)), json!({})).is(200);
    assert_eq!(held(&anna, &id), (Value::Null, Value::Null), "CONV-7: closed");
}

#[test]
fn conv_8_where_nobody_can_be_told_the_vendor_is_named() {
    let demo = Demo::empty();
    let lonely = demo.person("stranger", "full_administrator");
    let at = format!("/customers/{}/purchase-interest", lonely.id());
    let vendor = demo.person("vendor", "order_desk").who["organization"]["name"].clone();
    for _ in 0..2 {
        let refused = lonely.post_with_key(&at, "once", json!({})).problem(409, "no_partner");
        assert_eq!(refused["vendor"]["name"], vendor, "CONV-8");
        assert!(
            refused["vendor"]["contact"].as_str().unwrap().contains('@'),
            "{refused}"
        );
    }
}
