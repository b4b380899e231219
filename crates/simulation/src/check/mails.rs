//! Emails: for every cause one to everybody who is meant, for no other; under one identity, and not twice where the one
//! who sent it was told (NOTE-1).

use crate::{failure::Failure, model::Life, run::Run};
use domain::{ids::MessageId, trial::Trial};
use std::collections::{BTreeMap, BTreeSet};

/// What lies in the outbox follows from the record.
pub(super) async fn letters(run: &Run, trial: &Trial, life: &Life, settled: bool) -> Result<(), Failure> {
    let Some(region) = run.world.stores.region(trial.id.region()) else {
        return Ok(());
    };
    let wrong = |invariant: &str, what: String| Failure::of(invariant, format!("{}: {what}", trial.id));
    let mut found: BTreeMap<jiff::Timestamp, BTreeSet<&'static str>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for delivery in region.read().deliveries(&trial.id).await? {
        let letter = &delivery.letter;
        let kind = letter.kind.as_str();
        let told = life.told.get(&letter.created_at);
        if !told.is_some_and(|told| told.must.contains(kind) || told.may.contains(kind)) {
            let what = format!("{kind} to {} of {}", letter.person, letter.created_at);
            return Err(wrong("every email has a cause", what));
        }
        let about = letter.facts.devices.as_ref().map(|facts| facts.shipment.clone());
        if !seen.insert((letter.created_at, kind, letter.person.clone(), about)) {
            let what = format!("{kind} to {} of {}", letter.person, letter.created_at);
            return Err(wrong("no email twice", what));
        }
        if settled && delivery.state == "pending" {
            let what = format!("{kind} {} after {} attempts", letter.id, delivery.attempts);
            return Err(wrong("every email leaves in the end", what));
        }
        found.entry(letter.created_at).or_default().insert(kind);
    }
    for (at, told) in &life.told {
        let there = found.get(at);
        for kind in &told.must {
            if !there.is_some_and(|there| there.contains(kind)) {
                return Err(wrong("everybody is told", format!("no {kind} of {at}")));
            }
        }
    }
    sent(run, trial).await
}

/// What counts as sent was taken.
async fn sent(run: &Run, trial: &Trial) -> Result<(), Failure> {
    let Some(region) = run.world.stores.region(trial.id.region()) else {
        return Ok(());
    };
    let taken: BTreeSet<String> = run.world.post.all().into_iter().map(|one| one.message_id).collect();
    for delivery in region.read().deliveries(&trial.id).await? {
        let id = format!("<{}@trials.example>", delivery.letter.id);
        if delivery.state == "sent" && !taken.contains(&id) {
            return Err(Failure::of("what counts as sent was taken", id));
        }
    }
    Ok(())
}

/// What the mail server took.
pub(super) async fn post(run: &Run) -> Result<(), Failure> {
    let mut told = BTreeSet::new();
    for one in run.world.post.all() {
        let id = one
            .message_id
            .trim_start_matches('<')
            .split('@')
            .next()
            .unwrap_or_default();
        let id = MessageId(id.to_owned());
        let region = run.world.stores.region(id.region());
        let known = match region {
            Some(region) => region.read().delivery(&id).await?,
            None => None,
        };
        let Some(known) = known else {
            let what = format!("{} {} is nobody's", one.kind, one.message_id);
            return Err(Failure::of("every email has one identity", what));
        };
        if known.letter.kind.as_str() != one.kind {
            return Err(Failure::of("every email has one identity", one.message_id));
        }
        if told.contains(&one.message_id) {
            let what = format!("{} {} again at {}", one.kind, one.message_id, one.at);
            return Err(Failure::of("no email twice", what));
        }
        if one.told {
            told.insert(one.message_id);
        }
    }
    Ok(())
}
