//! A change in words: what happened, and what is worth knowing about it.

use crate::words::Words;
use app::audit::Entry;
use domain::{person::Role, program::Program};
use jiff::civil::Date;
use serde_json::Value;

/// What happened; of a kind that has no words yet its stable name.
pub(super) fn what(words: &Words, entry: &Entry) -> String {
    let name = entry.name.replace('_', "-");
    // Two things go by this name: a trial's new partner, and what the vendor decides about a partner.
    let id = match (name.as_str(), &entry.trial) {
        ("partner-changed", Some(_)) => "event-trial-moved".to_owned(),
        _ => format!("event-{name}"),
    };
    if i18n::has(words.language, &id) {
        words.say(&id)
    } else {
        words.t("record-other", &[("name", entry.name.as_str().into())])
    }
}

/// By which way.
pub(super) fn via(words: &Words, via: &str) -> String {
    let id = match via {
        "console" => "via-console",
        "api" => "via-api",
        "worker" => "via-worker",
        "command_line" => "via-command-line",
        other => return other.to_owned(),
    };
    words.say(id)
}

/// What it was changed to, where that can be said in a line.
pub(super) fn more(words: &Words, entry: &Entry, program: &Program) -> Option<String> {
    let details = match &entry.details {
        Value::Array(all) => all.first()?,
        other => other,
    };
    let text = |name: &str| details.get(name).and_then(Value::as_str);
    match entry.name.as_str() {
        "access_changed" => Some(access(words, details)),
        "person_invited" | "person_changed" => person(words, details),
        "extended" => {
            let to: Date = text("to")?.parse().ok()?;
            Some(words.t("record-until", &[("date", i18n::date(words.language, to).into())]))
        }
        "started" => Some(services(words, details.get("services")?, program)),
        "provisioned" | "provisioning_failed" | "provisioning_retried" | "suspended" => {
            Some(words.service(text("service")?, program))
        }
        "services_changed" => {
            let ids = details.get("services")?.as_array()?.iter();
            let names: Vec<Value> = ids.filter_map(|one| one.get("id").cloned()).collect();
            Some(services(words, &Value::Array(names), program))
        }
        _ => None,
    }
}

fn services(words: &Words, ids: &Value, program: &Program) -> String {
    let ids = ids.as_array().into_iter().flatten();
    let ids: Vec<String> = ids.filter_map(|id| id.as_str().map(str::to_owned)).collect();
    words.list(&words.services(&ids, program))
}

fn access(words: &Words, details: &Value) -> String {
    let level = match details.get("level").and_then(Value::as_str) {
        Some("full_administrator") => "access-full",
        Some(_) => "access-provisioning",
        None => "record-withdrawn",
    };
    let cancelled = details.get("cancel_trials").and_then(Value::as_bool) == Some(true);
    let mut parts = vec![words.say(level)];
    if cancelled {
        parts.push(words.say("record-trials-cancelled"));
    }
    words.list(&parts)
}

fn person(words: &Words, details: &Value) -> Option<String> {
    let mut parts = Vec::new();
    let roles = details.get("roles").and_then(Value::as_array).into_iter().flatten();
    let named = roles.filter_map(|role| Role::parse(role.as_str()?));
    parts.extend(named.map(|role| words.say(&crate::screen::team::role_text(role))));
    match details.get("disabled").and_then(Value::as_bool) {
        Some(true) => parts.push(words.say("status-person-disabled")),
        Some(false) => parts.push(words.say("status-person-active")),
        None => {}
    }
    (!parts.is_empty()).then(|| words.list(&parts))
}
