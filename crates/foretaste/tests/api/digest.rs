//! NOTE-4: one email a day instead of single reminders: what is true on that day, once, of all regions together.

use crate::support::{Demo, Person, start};
use serde_json::{Value, json};

crate::on_both_engines!(
    note_4_reminders_wait_for_one_email_at_nine_of_the_readers_day,
    note_4_what_has_become_untrue_is_left_out_and_nothing_left_is_no_email,
    note_4_customers_of_several_regions_stand_in_one_email_and_nowhere_else,
);

/// 2027-01-15 at ten in the morning in Paris: trials of 30 days end with 2027-02-14.
const BEGIN: &str = "2027-01-15T09:00:00Z";

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn path_of(person: &Person<'_>) -> String {
    let found = person.get(&format!("/people?q={}", person.email())).is(200);
    format!("/people/{}", text(&found["items"][0]["id"]))
}

fn choose(person: &Person<'_>, digest: bool) {
    let after = person.patch(&path_of(person), json!({"digest": digest})).is(200);
    assert_eq!(after["digest"], json!(digest), "NOTE-4");
}

fn begin(anna: &Person<'_>, name: &str, country: &str, zone: &str) -> String {
    let mut body = start(name, &format!("it@{}.example", name.to_lowercase()), &["messaging"]);
    body["customer"]["country"] = json!(country);
    body["customer"]["time_zone"] = json!(zone);
    text(&anna.post("/trials", body).is(201)["id"])
}

fn mails(to: &Person<'_>, kind: &str) -> Vec<Value> {
    to.mails(&format!("kind={kind}&to={}", to.email()))
}

fn note_4_reminders_wait_for_one_email_at_nine_of_the_readers_day() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    anna.patch(&path_of(&anna), json!({"time_zone": "Europe/Paris", "language": "en"}))
        .is(200);
    choose(&anna, true);
    anna.advance(json!({"to": BEGIN}));
    for name in ["Boulanger", "Artisan"] {
        begin(&anna, name, "FR", "Europe/Paris");
    }
    anna.advance(json!({"to": "2027-02-07T07:59:59Z"}));
    assert_eq!(mails(&anna, "digest"), [json!(null); 0], "TIME-3: not before nine");
    let done = anna.advance(json!({"advance_seconds": 1}))["done"].clone();
    assert_eq!(
        (&done["expiry_reminder"], &done["digest"]),
        (&json!(2), &json!(1)),
        "NOTE-4"
    );
    assert_eq!(mails(&anna, "expiry_reminder"), [json!(null); 0], "NOTE-4: not singly");
    let digest = mails(&anna, "digest");
    assert_eq!(digest.len(), 1, "NOTE-4: one");
    let words = text(&digest[0]["text"]);
    let (first, second) = (words.find("Artisan"), words.find("Boulanger"));
    assert!(first.is_some() && second.is_some(), "{words}");
    assert!(words.contains("ends in 7 days"), "{words}");
    assert!(
        text(&digest[0]["links"][0]).ends_with("/partner/customers?sort=end"),
        "{digest:?}"
    );
    let theirs = anna.mails("kind=expiry_reminder&to=it@artisan.example");
    assert_eq!(theirs.len(), 1, "EXP-1: the customer is told as ever");

    anna.advance(json!({"to": "2027-02-14T08:30:00Z"}));
    let digest = mails(&anna, "digest");
    assert_eq!(digest.len(), 2, "NOTE-4: once on each day on which there is something");
    assert!(
        digest.iter().any(|mail| text(&mail["text"]).contains("ends today")),
        "{digest:?}"
    );
    anna.advance(json!({"advance_days": 3}));
    assert_eq!(mails(&anna, "digest").len(), 2, "NOTE-4: never twice");
    let other = demo.person("partner_a", "sales_administrator");
    assert_eq!(mails(&other, "digest"), [json!(null); 0], "who has not chosen it");
    assert_eq!(demo.command(&["verify"]).0, 0);
}

fn note_4_what_has_become_untrue_is_left_out_and_nothing_left_is_no_email() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    anna.patch(&path_of(&anna), json!({"time_zone": "Europe/Paris", "language": "en"}))
        .is(200);
    choose(&anna, true);
    anna.advance(json!({"to": "2027-01-15T01:00:00Z"}));
    // Nine in Taipei is two in the morning in Paris.
    let extended = begin(&anna, "Extended", "TW", "Asia/Taipei");
    let cancelled = begin(&anna, "Cancelled", "TW", "Asia/Taipei");
    anna.advance(json!({"to": "2027-02-07T02:00:00Z"}));
    anna.post(&format!("/trials/{extended}/extend"), json!({})).is(200);
    anna.post(&format!("/trials/{cancelled}/cancel"), json!({})).is(200);
    anna.advance(json!({"to": "2027-02-07T10:00:00Z"}));
    assert_eq!(
        mails(&anna, "digest"),
        [json!(null); 0],
        "NOTE-4: nothing left, no email"
    );

    // Switched off, what was gathered still leaves with the next one; from then on they come singly.
    let last = begin(&anna, "Last", "TW", "Asia/Taipei");
    anna.advance(json!({"to": "2027-03-02T02:00:00Z"}));
    let plan = anna.get(&format!("/trials/{last}/plan")).is(200);
    assert_eq!(
        crate::support::item(&plan, "expiry_reminder")["state"],
        "done",
        "{plan:#}"
    );
    choose(&anna, false);
    anna.advance(json!({"to": "2027-03-02T08:00:00Z"}));
    let digest = mails(&anna, "digest");
    assert_eq!(digest.len(), 1, "NOTE-4: never lost");
    assert!(text(&digest[0]["text"]).contains("Last"), "{digest:?}");
    assert!(!text(&digest[0]["text"]).contains("Cancelled"), "{digest:?}");
    anna.advance(json!({"to": "2027-03-12T08:00:00Z"}));
    assert!(!mails(&anna, "expiry_notice").is_empty(), "singly again");
    assert_eq!(mails(&anna, "digest").len(), 1);
}

fn note_4_customers_of_several_regions_stand_in_one_email_and_nowhere_else() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    anna.patch(&path_of(&anna), json!({"time_zone": "Europe/Paris", "language": "en"}))
        .is(200);
    choose(&anna, true);
    anna.advance(json!({"to": "2027-01-15T06:00:00Z"}));
    // Both fall due before nine in Paris, each in its own region.
    begin(&anna, "Zzparis", "FR", "Europe/Athens");
    begin(&anna, "Zzdenver", "US", "Pacific/Auckland");
    anna.advance(json!({"to": "2027-02-08T08:00:00Z"}));
    let digest = mails(&anna, "digest");
    let told: Vec<String> = digest.iter().map(|mail| text(&mail["text"])).collect();
    assert!(told.iter().any(|one| one.contains("Zzparis")), "{told:?}");
    assert!(told.iter().any(|one| one.contains("Zzdenver")), "{told:?}");
    let named = |name: &str| told.iter().filter(|one| one.contains(name)).count();
    assert_eq!((named("Zzparis"), named("Zzdenver")), (1, 1), "NOTE-4: each once");
    for (file, kept) in demo.everything() {
        let home = file.starts_with("us") || file.ends_with(".log");
        assert!(home || !kept.contains("Zzdenver"), "REG-2: {file}");
    }
}
