//! PROV-1: the civil day on which the last service was provisioned, in the customer's zone.

use super::{
    answer,
    outside::{Outside, account, demo, order},
};
use serde_json::json;

/// Country, zone, an instant just before its midnight, and the days before and after it: over a clock change in Paris
/// (28 March 2027), in Sydney (4 April 2027), and at New Year in Taipei, which knows none.
const MIDNIGHTS: [(&str, &str, &str, &str, &str); 3] = [
    ("TW", "Asia/Taipei", "2026-12-31T15:59:59Z", "2026-12-31", "2027-01-01"),
    ("FR", "Europe/Paris", "2027-03-28T21:59:59Z", "2027-03-28", "2027-03-29"),
    (
        "AU",
        "Australia/Sydney",
        "2027-04-04T13:59:59Z",
        "2027-04-04",
        "2027-04-05",
    ),
];

crate::on_both_engines!(prov_1_days_count_from_the_civil_day_of_the_last_service);

fn prov_1_days_count_from_the_civil_day_of_the_last_service() {
    let outside = Outside::new(204);
    let demo = demo(&outside);
    let (robot, anna) = (account(&demo), demo.person("partner_a", "sales_full_administrator"));
    for (country, zone, before, day, next) in MIDNIGHTS {
        let begin = |name: &str| {
            let mut wish = crate::support::start(name, &format!("it@{name}.example"), &["messaging", "calling"]);
            wish["customer"]["country"] = json!(country);
            wish["customer"]["time_zone"] = json!(zone);
            let trial = anna.post("/trials", wish).is(201);
            let trial = trial["id"].as_str().unwrap().to_owned();
            answer(&robot, &order(&demo, &trial, "provision", "calling"), "done", json!({})).is(200);
            trial
        };
        let tail = country.to_lowercase();
        let (early, late) = (begin(&format!("early-{tail}")), begin(&format!("late-{tail}")));
        let last = |trial: &str| order(&demo, trial, "provision", "messaging");
        let (first, second) = (last(&early), last(&late));
        // The clock flows: a little before, so that the answer still finds the old day.
        let at: jiff::Timestamp = before.parse().unwrap();
        let shortly = at - jiff::SignedDuration::from_secs(120);
        anna.advance(json!({"to": shortly.to_string()}));
        answer(&robot, &first, "done", json!({})).is(200);
        anna.advance(json!({"to": (at + jiff::SignedDuration::from_secs(1)).to_string()}));
        // A failure settles it, and does not count: the day is that of the last one that was provisioned.
        answer(&robot, &second, "done", json!({})).is(200);
        for (trial, starts) in [(&early, day), (&late, next)] {
            let shown = anna.get(&format!("/trials/{trial}")).is(200);
            assert_eq!(shown["starts_on"], starts, "PROV-1: {zone}");
            let ends: jiff::civil::Date = starts.parse().unwrap();
            let ends = ends + jiff::Span::new().days(30);
            assert_eq!(shown["ends_on"], ends.to_string(), "TIME-2: {zone}");
        }
        let failing = begin(&format!("failing-{tail}"));
        let begun = anna.now();
        anna.advance(json!({"advance_days": 2}));
        answer(&robot, &last(&failing), "failed", json!({"reason": "No"})).is(200);
        let shown = anna.get(&format!("/trials/{failing}")).is(200);
        let zone = jiff::tz::TimeZone::get(zone).unwrap();
        let day = begun.to_zoned(zone).date().to_string();
        assert_eq!(
            (&shown["status"], &shown["starts_on"]),
            (&json!("active"), &json!(day)),
            "PROV-1: a failure does not count"
        );
        assert_eq!(shown["provisioning"], "unable", "PROV-1: and is shown");
    }
}
