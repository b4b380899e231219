//! Somebody with an account of another partner, let loose with everything that a partner's people can see (SEC-1).

use crate::support::{Answer, Demo, Person, call};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const KINDS: [&str; 10] = [
    "org", "trial", "person", "request", "approval", "hold", "msg", "event", "access", "handover",
];

/// Everything in an answer that looks like an id of ours.
fn ids(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            let is_id = KINDS
                .iter()
                .any(|kind| text.strip_prefix(kind).is_some_and(|rest| rest.starts_with('_')));
            found.extend(is_id.then(|| text.clone()));
        }
        Value::Array(items) => items.iter().for_each(|item| ids(item, found)),
        Value::Object(members) => members.values().for_each(|item| ids(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The operations of the description: method and path.
fn operations(demo: &Demo) -> Vec<(String, String)> {
    let described = call(&format!("{}/api/v1/openapi.json", demo.url), "GET", &[], None).is(200);
    let mut all = Vec::new();
    for (path, item) in described["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete"] {
            if item.get(method).is_some() {
                all.push((method.to_uppercase(), path.strip_prefix("/api/v1").unwrap().to_owned()));
            }
        }
    }
    all
}

/// The path with one id for its first place, and another one for the rest.
fn filled(path: &str, first: &str, rest: &str) -> String {
    let mut ids = [first].into_iter().chain(std::iter::repeat(rest));
    let parts = path.split('/').map(|part| match part.starts_with('{') {
        true => ids.next().unwrap_or_default(),
        false => part,
    });
    parts.collect::<Vec<&str>>().join("/")
}

fn tried(who: &Person<'_>, method: &str, path: &str) -> Answer {
    let body = (method != "GET").then(|| json!({}).to_string());
    who.call(method, path, &[("If-Match", "*")], body)
}

/// The answer but for the name of the request.
fn plain(answer: &Answer) -> Value {
    let mut body = answer.body.clone();
    if let Some(body) = body.as_object_mut() {
        body.remove("request_id");
        body.remove("instance");
    }
    body
}

#[test]
fn sec_1_a_stranger_let_loose_finds_nothing() {
    let demo = Demo::full();
    let own = demo.person("partner_a", "sales_full_administrator");
    let stranger = demo.person("partner_b", "sales_full_administrator");
    let operations = operations(&demo);
    let mut theirs = BTreeSet::new();
    // What A's people see, and what lies behind each thing that they see.
    for _ in 0..2 {
        for (method, path) in operations.iter().filter(|(method, _)| method == "GET") {
            if path.starts_with("/mailbox") || path.starts_with("/test-clock") {
                continue;
            }
            let known: Vec<String> = match path.contains('{') {
                true => theirs.iter().cloned().collect(),
                false => vec![String::new()],
            };
            for id in known.iter().take(60) {
                let answer = tried(&own, method, &filled(path, id, id));
                if answer.status == 200 {
                    ids(&answer.body, &mut theirs);
                }
            }
        }
    }
    let mut mine = BTreeSet::new();
    for path in ["/people", "/customers", "/partners"] {
        ids(&stranger.get(path).body, &mut mine);
    }
    mine.insert(stranger.id());
    theirs.retain(|id| !mine.contains(id));
    assert!(theirs.len() > 30, "there is something to look for: {theirs:?}");
    let mut wrong = Vec::new();
    let mut count = 0;
    for (method, path) in operations.iter().filter(|(_, path)| path.contains('{')) {
        for id in &theirs {
            let answer = tried(&stranger, method, &filled(path, id, id));
            count += 1;
            if answer.status == 404 {
                continue;
            }
            // A role that B's people do not have, or a body that is none, is refused before anything is looked for:
            // then it is the same for what is not there.
            let nothing = format!("{}_00000000000000000000000000000", id.rsplit_once('_').unwrap().0);
            let elsewhere = tried(&stranger, method, &filled(path, &nothing, &nothing));
            let same = (answer.status, plain(&answer)) == (elsewhere.status, plain(&elsewhere));
            if !same || answer.status < 400 {
                wrong.push(format!("{method} {path} {id}: {} {}", answer.status, answer.body));
            }
        }
    }
    println!("{count} requests with {} ids", theirs.len());
    assert!(wrong.is_empty(), "SEC-1: {wrong:#?}");
}
