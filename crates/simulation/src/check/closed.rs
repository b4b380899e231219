//! What is closed is closed once and for good, and in the end nothing of it is left but dates and counts (EXP-4, EXP-9).

use super::held;
use crate::{failure::Failure, run::Run, world::Sight};
use domain::{closing::Step, ids::OrgId, organization::Organization, person::Role};
use std::collections::BTreeMap;
use store::region::closing::Closing;

fn wrong(id: &OrgId, what: &str) -> Failure {
    Failure::of("what is closed is gone, once", format!("{id}: {what}"))
}

pub(super) async fn check(run: &Run, sight: &Sight, settled: bool) -> Result<(), Failure> {
    let closings: BTreeMap<&OrgId, &Closing> = sight.closings.iter().map(|one| (&one.customer, one)).collect();
    for customer in &sight.customers {
        let closed = customer.customer().is_some_and(|facts| facts.closed_on.is_some());
        match closings.get(&customer.id) {
            None if closed => return Err(wrong(&customer.id, "it is closed, and nobody carries that on")),
            Some(_) if !closed => return Err(wrong(&customer.id, "it is being closed, and open")),
            None => {}
            Some(closing) => one(run, sight, customer, closing, settled).await?,
        }
    }
    Ok(())
}

async fn one(
    run: &Run,
    sight: &Sight,
    customer: &Organization,
    closing: &Closing,
    settled: bool,
) -> Result<(), Failure> {
    let id = &customer.id;
    let people = sight.people.get(id).map(Vec::as_slice).unwrap_or_default();
    let reads = run.world.stores.region(id.region()).map(store::Region::read);
    let Some(reads) = reads else { return Ok(()) };
    if !reads.relationships(id).await?.is_empty() {
        return Err(wrong(id, "a partner has it in its list still"));
    }
    for (name, most) in [("users_moved", 1), ("organization_erased", 1)] {
        let times = reads.events_named(id, name).await?.len();
        let due = match name {
            "users_moved" => closing.step > Step::Users,
            _ => closing.step == Step::Done,
        };
        if times > most || (times == 1) != due {
            return Err(wrong(id, &format!("{name} {times} times, at {:?}", closing.step)));
        }
    }
    let counted = closing.users_moved <= closing.users;
    if !counted || (closing.step > Step::Users && closing.users_moved != closing.users) {
        return Err(wrong(
            id,
            &format!("{} of {} people moved", closing.users_moved, closing.users),
        ));
    }
    let keeps = |one: &domain::person::Person| !one.licenses.is_empty() || one.roles != [Role::User];
    if closing.step > Step::Users && people.iter().any(keeps) {
        return Err(wrong(id, "somebody has a role or a licence still"));
    }
    if closing.step == Step::Done && (!people.is_empty() || !customer.name.is_empty()) {
        return Err(wrong(id, "somebody is named still"));
    }
    let now = run.world.clock.now();
    if settled && closing.step != Step::Done && !held(run, sight, id, now) {
        let owed = reads.open_letters(id).await? > 0 || told_later(sight, &reads, id).await?;
        if !owed {
            return Err(wrong(id, &format!("it stays at {:?}", closing.step)));
        }
    }
    Ok(())
}

/// Whether the users are still to be told.
async fn told_later(sight: &Sight, reads: &store::region::Reads<'_>, id: &OrgId) -> Result<bool, Failure> {
    use domain::trial::{MilestoneKind, MilestoneState};
    for record in sight.trials.iter().filter(|record| record.trial.customer == *id) {
        let rows = reads.milestones(&record.trial.id).await?;
        let owed = |row: &domain::trial::Row| {
            row.kind == MilestoneKind::AccessEndedNotice && row.state == MilestoneState::Planned
        };
        if rows.iter().any(owed) {
            return Ok(true);
        }
    }
    Ok(false)
}
