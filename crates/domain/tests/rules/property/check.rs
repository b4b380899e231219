//! What holds of every trial at every instant.

use super::story::Play;
use crate::world::World;
use domain::trial::{
    Due,
    MilestoneKind::{self, AccessEndedNotice, ConsentLapses, Expires, NumbersReleased, Removed},
    MilestoneState, ServiceState, Status, Trial, TrialEvent, plan,
};
use jiff::Timestamp;
use proptest::prelude::*;
use std::collections::BTreeSet;

pub(super) fn check(play: &Play) -> Result<(), TestCaseError> {
    same_life(play)?;
    same_future(play)?;
    nothing_missed_or_twice(play)?;
    nothing_early(play)?;
    never_active_after_the_end(play)?;
    events_give_the_state(&play.world)
}

/// Status, days, services, claims, what was done and who was told.
fn same_life(Play { world, model, .. }: &Play) -> Result<(), TestCaseError> {
    prop_assert_eq!(world.status(), model.status);
    let days = world.trial.term().map(|term| (term.starts_on, term.ends_on));
    prop_assert_eq!(days, model.days, "first and last day");
    let services: BTreeSet<(&str, &str)> = world
        .trial
        .services
        .iter()
        .map(|s| (&*s.id, s.state.as_str()))
        .collect();
    let expected = model
        .services
        .iter()
        .map(|(id, state): (_, &ServiceState)| (*id, state.as_str()))
        .collect();
    prop_assert_eq!(services, expected, "services");
    prop_assert_eq!(
        world.trial.claimed().collect::<Vec<_>>(),
        model.claims(),
        "ELIG-2: claims only while open"
    );
    prop_assert_eq!(&world.done, &model.done, "what the worker did");
    let mails = world.sent.iter().filter_map(|sent| {
        let facts = &sent.message.facts;
        sent.by
            .map(|kind| (sent.at, kind, facts.ends_on, facts.late, facts.days_left))
    });
    prop_assert_eq!(mails.collect::<Vec<_>>(), model.mails.clone(), "emails of the plan");
    Ok(())
}

/// START-9: what the plan shows ahead is what the model will do.
fn same_future(Play { world, model, .. }: &Play) -> Result<(), TestCaseError> {
    let ahead = |at: Timestamp| at > world.now;
    let items = plan(&world.trial, &world.program, &world.zone);
    let dated = items.iter().filter_map(|item| Some((item.at?, item.kind)));
    let shown: BTreeSet<(Timestamp, MilestoneKind)> = dated.filter(|(at, _)| ahead(*at)).collect();
    let expected: BTreeSet<_> = model.ahead.iter().copied().filter(|(at, _)| ahead(*at)).collect();
    prop_assert_eq!(&shown, &expected, "the plan");
    let rows = world
        .rows
        .iter()
        .filter(|row| row.state == MilestoneState::Planned)
        .map(|row| (row.at, row.kind));
    let all: BTreeSet<_> = rows.collect();
    prop_assert_eq!(
        &all,
        &model.ahead,
        "the rows that wait, also those that are held or missed"
    );
    let order: Vec<_> = items.iter().filter_map(|item| item.at).collect();
    prop_assert!(order.is_sorted(), "TIME-4: {:?}", order);
    Ok(())
}

/// EXP-7, TIME-3: every due milestone is done or skipped, once.
fn nothing_missed_or_twice(Play { world, model, up }: &Play) -> Result<(), TestCaseError> {
    let over = world
        .rows
        .iter()
        .filter(|row| row.kind.is_notice() && row.state != MilestoneState::Planned);
    let over: BTreeSet<_> = over.map(|row| (row.on, row.kind)).collect();
    let expected: BTreeSet<_> = model
        .past
        .iter()
        .filter(|(_, kind)| kind.is_notice())
        .copied()
        .collect();
    prop_assert_eq!(over, expected, "EXP-7: a skip is recorded");
    for row in &world.rows {
        let waits = row.state == MilestoneState::Planned && row.at <= world.now;
        let stopped = !up || (world.held && row.kind.is_irreversible());
        prop_assert!(!waits || stopped, "missed: {:?}", row);
        prop_assert_eq!(row.state == MilestoneState::Planned, row.done_at.is_none(), "{:?}", row);
        let same = world
            .rows
            .iter()
            .filter(|other| (other.kind, other.on) == (row.kind, row.on));
        let over = same.filter(|other| other.state != MilestoneState::Planned).count();
        prop_assert!(over <= 1, "twice: {:?}", row);
    }
    Ok(())
}

/// EXP-8: nothing that cannot be undone happens before its instant, not even when a worker comes too early.
fn nothing_early(Play { world, model, .. }: &Play) -> Result<(), TestCaseError> {
    for kind in [ConsentLapses, Expires, Removed, AccessEndedNotice, NumbersReleased] {
        let next = model.ahead.iter().find(|(_, planned)| *planned == kind);
        if next.is_some_and(|(at, _)| *at > world.now) {
            let due = world.trial.fall_due(kind, world.around, &world.at());
            prop_assert_eq!(due, Due::Skipped, "{:?} is early", kind);
        }
    }
    Ok(())
}

fn never_active_after_the_end(Play { world, model, up }: &Play) -> Result<(), TestCaseError> {
    if let (true, Status::Active, Some(term)) = (*up, world.status(), world.trial.term()) {
        prop_assert!(
            world.now < model.midnight(term.ends_on, 1),
            "EXP-3: active after {}",
            term.ends_on
        );
    }
    Ok(())
}

/// The record is the trial; both survive being written down.
fn events_give_the_state(world: &World) -> Result<(), TestCaseError> {
    let folded = Trial::fold(&world.events);
    prop_assert_eq!(folded.as_ref(), Some(&world.trial), "folding the events");
    let text = serde_json::to_string(&world.trial).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let back = serde_json::from_str::<Trial>(&text).ok();
    prop_assert_eq!(back.as_ref(), Some(&world.trial), "{}", text);
    let text = serde_json::to_string(&world.events).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let back = serde_json::from_str::<Vec<TrialEvent>>(&text).ok();
    prop_assert_eq!(back.as_ref(), Some(&world.events), "{}", text);
    Ok(())
}
