//! `kill -9` under load (REL-2): what was answered is there, what was not is wholly there or wholly absent, and asking
//! again under the same key ends in one trial, or in one order that became one thing.

use crate::support::{Demo, pause, start};
use serde_json::{Value, json};
use std::{
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

crate::on_both_engines!(
    rel_2_killed_under_load,
    rel_2_killed_while_orders_become_something_in_another_region
);

const CLIENTS: u32 = 6;
const KILLS: u32 = 2;
/// Answers before a kill.
const ENOUGH: u32 = 25;

/// One start under one key.
#[derive(Clone, Debug)]
struct Asked {
    name: String,
    /// The trial, if the answer arrived.
    answer: Option<String>,
}

/// Where, and as whom.
#[derive(Clone)]
struct Way {
    url: String,
    token: String,
}

fn way(demo: &Demo) -> Way {
    let anna = demo.person("partner_a", "sales_full_administrator");
    Way {
        url: demo.url.clone(),
        token: anna.who["token"].as_str().unwrap().to_owned(),
    }
}

/// Status and body; none when the server went away.
fn ask(way: &Way, name: &str) -> Option<(u16, Value)> {
    let body = start(name, &format!("it@{name}.example"), &["messaging", "calling"]);
    post(way, "/trials", name, &body)
}

fn post(way: &Way, path: &str, key: &str, body: &Value) -> Option<(u16, Value)> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .into();
    let request = ureq::http::Request::builder()
        .method("POST")
        .uri(format!("{}/api/v1{path}", way.url))
        .header("Authorization", format!("Bearer {}", way.token))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", key)
        .body(body.to_string())
        .unwrap();
    let mut response = agent.run(request).ok()?;
    let text = response.body_mut().read_to_string().ok()?;
    Some((response.status().as_u16(), serde_json::from_str(&text).ok()?))
}

/// Starts one trial after the other until the server goes away.
fn client(way: &Way, prefix: &str, answered: &AtomicU32, all: &Mutex<Vec<Asked>>) {
    for number in 0.. {
        let name = format!("{prefix}-{number}");
        let answer = ask(way, &name);
        let is_over = answer.is_none();
        let answer = answer.map(|(status, body)| {
            assert_eq!(status, 201, "{body:#}");
            body["id"].as_str().unwrap().to_owned()
        });
        answered.fetch_add(u32::from(!is_over), Ordering::SeqCst);
        all.lock().unwrap().push(Asked { name, answer });
        if is_over {
            return;
        }
    }
}

/// Asks again until the key is not the dead server's any more.
fn ask_again(way: &Way, name: &str) -> String {
    for _ in 0..600 {
        let (status, body) = ask(way, name).unwrap();
        if body["code"] == "idempotency_in_progress" {
            pause(100);
            continue;
        }
        assert_eq!(status, 201, "{name}: {body:#}");
        return body["id"].as_str().unwrap().to_owned();
    }
    panic!("{name} stays in progress");
}

fn rel_2_killed_under_load() {
    let mut demo = Demo::empty();
    let mut all: Vec<Asked> = Vec::new();
    for kill in 0..KILLS {
        let (to, answered, asked) = (way(&demo), AtomicU32::new(0), Mutex::new(Vec::new()));
        demo = std::thread::scope(|scope| {
            for number in 0..CLIENTS {
                let (to, answered, asked) = (&to, &answered, &asked);
                scope.spawn(move || client(to, &format!("k{kill}c{number}"), answered, asked));
            }
            while answered.load(Ordering::SeqCst) < ENOUGH {
                pause(2);
            }
            demo.crash_and_restart()
        });
        all.extend(asked.into_inner().unwrap());
    }
    let cut = all.iter().filter(|asked| asked.answer.is_none()).count();
    assert!(cut > 0, "the server was killed in the middle of something");
    let to = way(&demo);
    for asked in &all {
        let id = ask_again(&to, &asked.name);
        assert_eq!(asked.answer.as_ref().unwrap_or(&id), &id, "REL-2: the same trial again");
    }
    let anna = demo.person("partner_a", "sales_full_administrator");
    let found = anna.get("/trials?limit=200").is(200);
    assert!(found["next_cursor"].is_null(), "all of them");
    for asked in &all {
        let named = found["items"].as_array().unwrap().iter();
        let exactly = named.filter(|trial| trial["customer"]["name"] == asked.name.as_str());
        assert_eq!(exactly.count(), 1, "REL-2: one trial of {}", asked.name);
    }
    let (code, said) = demo.command(&["verify"]);
    assert_eq!(code, 0, "{said}");
}

/// Orders in Europe whose customers lie in America: so many for trials there, so many for organizations that are to be.
const ORDERS: usize = 5;

struct Mapping {
    name: String,
    path: String,
    body: Value,
}

/// Open orders, and what their contact says to set them up.
fn mappings(demo: &Demo) -> Vec<Mapping> {
    let anna = demo.person("partner_a", "sales_full_administrator");
    let mut all = Vec::new();
    for number in 0..2 * ORDERS {
        let (name, is_new) = (format!("prairie-{number}"), number % 2 == 0);
        let mut body = json!({
            "as": "partner_administrator", "trial_admin_email": format!("it@{name}.example"), "customer_confirmed": true,
        });
        if is_new {
            body["create_new_organization"] = json!({
                "name": name, "vertical": "technology", "country": "US", "time_zone": "America/Chicago", "language": "en",
                "supported_location_acknowledged": true,
            });
        } else {
            let mut trial = start(&name, &format!("it@{name}.example"), &["messaging"]);
            trial["customer"]["country"] = json!("US");
            trial["customer"]["time_zone"] = json!("America/Chicago");
            assert_eq!(anna.post("/trials", trial).is(201)["region"], "us");
        }
        let order = json!({"services": [{"id": "messaging", "quantity": 40 + number}]});
        let placed = anna.post("/orders", order).is(201);
        let path = format!("/orders/{}/set-up", placed["id"].as_str().unwrap());
        all.push(Mapping { name, path, body });
    }
    all
}

fn rel_2_killed_while_orders_become_something_in_another_region() {
    let mut demo = Demo::empty();
    let all = mappings(&demo);
    let (to, answered) = (way(&demo), AtomicU32::new(0));
    demo = std::thread::scope(|scope| {
        for mine in all.chunks(4) {
            let (to, answered) = (&to, &answered);
            scope.spawn(move || {
                for one in mine {
                    match post(to, &one.path, &one.name, &one.body) {
                        Some((status, body)) => assert_eq!(status, 200, "{body:#}"),
                        None => return,
                    }
                    answered.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        // In the middle of the next ones.
        while answered.load(Ordering::SeqCst) < 3 {
            pause(1);
        }
        demo.crash_and_restart()
    });
    let to = way(&demo);
    let anna = demo.person("partner_a", "sales_full_administrator");
    for (number, one) in all.iter().enumerate() {
        let body = (0..600)
            .find_map(|_| {
                let (status, body) = post(&to, &one.path, &one.name, &one.body).unwrap();
                let waits = status == 503 || body["code"] == "idempotency_in_progress";
                assert!(waits || status == 200, "{}: {body:#}", one.name);
                if waits {
                    pause(100);
                }
                (!waits).then_some(body)
            })
            .expect("an answer");
        let order = body["order"]["id"].as_str().unwrap();
        let order = anna.get(&format!("/orders/{order}")).is(200);
        assert_eq!(order["state"], "mapped", "CONV-4: {}", one.name);
        let customer = body["customer"]["id"].as_str().unwrap();
        let customer = anna.get(&format!("/customers/{customer}")).is(200);
        assert_eq!(customer["purchased"].as_array().unwrap().len(), 1, "CONV-5");
        assert_eq!(customer["purchased"][0]["quantity"], 40 + number, "REL-2: bought once");
        let named = anna.get(&format!("/customers?q={}", one.name)).is(200);
        assert_eq!(named["items"].as_array().unwrap().len(), 1, "CONV-4: one organization");
    }
    let (code, said) = demo.command(&["verify"]);
    assert_eq!(code, 0, "{said}");
}
