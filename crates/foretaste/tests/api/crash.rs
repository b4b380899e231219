//! `kill -9` under load (REL-2): what was answered is there, what was not is wholly there or wholly absent, and asking
//! again under the same key ends in one trial.

use crate::support::{Demo, pause, start};
use serde_json::Value;
use std::{
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

crate::on_both_engines!(rel_2_killed_under_load);

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
