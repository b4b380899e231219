//! NOTE: what was sent, in which state it is, and how it reads.

use crate::support::{Demo, start};
use serde_json::{Value, json};

fn states(listed: &Value) -> Vec<String> {
    let items = listed["items"].as_array().unwrap();
    items
        .iter()
        .map(|one| one["state"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn note_4_notifications_are_found_by_their_state() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let trial = anna
        .post("/trials", start("States", "it@states.example", &["messaging"]))
        .is(201);
    anna.wait_for_mail("kind=welcome");
    anna.advance(json!({"advance_seconds": 1}));
    let all = anna.get("/notifications").is(200);
    let sent = anna.get("/notifications?state=sent").is(200);
    assert!(
        !states(&sent).is_empty() && states(&sent).iter().all(|state| state == "sent"),
        "{sent}"
    );
    assert_eq!(states(&sent), states(&all), "everything was sent");
    for state in ["pending", "given_up", "bounced"] {
        let path = format!(
            "/notifications?state={state}&trial_id={}",
            trial["id"].as_str().unwrap()
        );
        assert_eq!(states(&anna.get(&path).is(200)), [""; 0], "{state}");
    }
    let errors = anna.get("/notifications?state=lost").errors();
    assert_eq!(errors, [("/query/state".to_owned(), "unknown_value".to_owned())]);
    anna.get("/notifications?state=lost").problem(422, "invalid_input");
    let page = anna.get("/notifications?state=sent&limit=1").is(200);
    if let Some(cursor) = page["next_cursor"].as_str() {
        anna.get(&format!("/notifications?limit=1&cursor={cursor}"))
            .problem(400, "bad_cursor");
    }
}

#[test]
fn note_2_a_notification_can_be_previewed() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    anna.post("/trials", start("Preview", "it@preview.example", &["messaging"]))
        .is(201);
    let mail = anna.wait_for_mail("kind=welcome");
    anna.advance(json!({"advance_seconds": 1}));
    let listed = anna.get("/notifications").is(200);
    let welcome = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["kind"] == "welcome");
    let path = format!("/notifications/{}", welcome.unwrap()["id"].as_str().unwrap());
    let read = anna.get(&path).is(200);
    let preview = &read["preview"];
    assert_eq!(
        (&preview["subject"], &preview["language"]),
        (&mail["subject"], &mail["language"]),
        "NOTE-2"
    );
    assert!(preview["html"].as_str().unwrap().contains("<html"), "NOTE-2");
    // What opens something is for its reader alone.
    let link = mail["links"][0].as_str().unwrap();
    assert!(link.contains("/door/"), "{mail}");
    assert!(mail["text"].as_str().unwrap().contains(link));
    for part in ["text", "html"] {
        assert!(!preview[part].as_str().unwrap().contains("/door/"), "CONS-7: {preview}");
    }
}

#[test]
fn cons_7_a_preview_does_not_carry_the_link() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let stranger = demo.person("stranger", "full_administrator");
    let mut wish = start("Anyone", &stranger.email(), &["messaging"]);
    wish["customer"]["expect"] = json!("existing");
    anna.post("/trials", wish).is(201);
    let mail = anna.wait_for_mail("kind=consent_request");
    assert!(mail["text"].as_str().unwrap().contains("?link="));
    anna.advance(json!({"advance_seconds": 1}));
    let team = demo.person("vendor", "trials_team");
    let listed = team.get("/notifications").is(200);
    let all = listed["items"].as_array().unwrap();
    let sent = all.iter().find(|one| one["kind"] == "consent_request").unwrap();
    let read = team
        .get(&format!("/notifications/{}", sent["id"].as_str().unwrap()))
        .is(200);
    assert_eq!(read["preview"]["subject"], mail["subject"]);
    assert!(!read.to_string().contains("?link="), "CONS-7");
}
