//! What must hold: while everything goes on, and when all is settled.

use crate::{
    failure::Failure,
    license::within,
    model::{IRREVERSIBLE, Life, While},
    run::Run,
    world::{STRANGERS, Sight},
};
use domain::{
    ids::{OrgId, TrialId},
    trial::{MilestoneState, Status, Trial},
};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use store::{directory::EntryState, region::event::Event};

mod calls;
mod closed;
mod devices;
mod mails;
mod orders;

/// Longer than a round.
const ROUND: SignedDuration = SignedDuration::from_secs(60);
/// Rounds between thorough checks.
const THOROUGH: u64 = 12;

/// What holds after every round.
pub(crate) async fn always(run: &Run) -> Result<(), Failure> {
    let sight = run.world.look().await?;
    never_tried_twice(&sight)?;
    within(&sight)?;
    orders::once(&sight, false)?;
    devices::nowhere_twice(&sight)?;
    closed::check(run, &sight, false).await?;
    if run.round.is_multiple_of(THOROUGH) {
        thorough(run, &sight, false).await?;
    }
    Ok(())
}

/// What holds when nothing is under way any more.
pub(crate) async fn settled(run: &Run) -> Result<(), Failure> {
    let sight = run.world.look().await?;
    never_tried_twice(&sight)?;
    within(&sight)?;
    orders::once(&sight, true)?;
    devices::nowhere_twice(&sight)?;
    closed::check(run, &sight, true).await?;
    thorough(run, &sight, true).await?;
    directory(run, &sight).await
}

/// ELIG-2, ELIG-3: one service, one customer, one trial.
fn never_tried_twice(sight: &Sight) -> Result<(), Failure> {
    let mut seen: BTreeMap<(&OrgId, &str), &TrialId> = BTreeMap::new();
    let mut sites: BTreeMap<&str, &TrialId> = BTreeMap::new();
    for record in &sight.trials {
        let trial = &record.trial;
        let claims = trial.status().is_open() && trial.status() != Status::PendingConsent;
        for service in trial.services.iter().filter(|_| claims) {
            if let Some(other) = seen.insert((&trial.customer, &service.id), &trial.id) {
                let what = format!("{} of {} by {other} and {}", service.id, trial.customer, trial.id);
                return Err(Failure::of("no service is tried twice", what));
            }
        }
        if let Some(site) = site_of(trial, &record.texts)
            && let Some(other) = sites.insert(site, &trial.id)
        {
            let what = format!("{site} of {other} and {}", trial.id);
            return Err(Failure::of("a site name is one trial's", what));
        }
    }
    Ok(())
}

/// START-5: the site that a trial holds.
fn site_of<'t>(trial: &Trial, texts: &'t BTreeMap<String, String>) -> Option<&'t str> {
    let held = matches!(
        trial.status(),
        Status::PendingApproval | Status::Provisioning | Status::Active | Status::Expired
    );
    let asks = trial.services.iter().any(|service| service.id == "meetings");
    texts.get("site").filter(|_| held && asks).map(String::as_str)
}

async fn thorough(run: &Run, sight: &Sight, settled: bool) -> Result<(), Failure> {
    let report = run.world.nodes[0].app.verify().await?;
    if let Some(flaw) = report.flaws.first() {
        return Err(Failure::of("the record folds to the stored state", flaw));
    }
    mails::post(run).await?;
    let mut rows: Vec<(String, Event)> = Vec::new();
    let mut lives: Vec<(&Trial, Life)> = Vec::new();
    let mut claims: BTreeMap<(OrgId, String), Vec<While>> = BTreeMap::new();
    for record in &sight.trials {
        let trial = &record.trial;
        let Some(region) = run.world.stores.region(trial.id.region()) else {
            continue;
        };
        let events = region.read().events_of_trial(&trial.id).await?;
        let wrong = |what: String| Failure::of("a life is the one that the rules say", format!("{}: {what}", trial.id));
        let life = Life::of(trial, &events).map_err(wrong)?;
        if trial.status().as_str() != life.status {
            return Err(wrong(format!(
                "it is {} and was {}",
                trial.status().as_str(),
                life.status
            )));
        }
        for (service, claim) in &life.claims {
            let of = claims.entry((trial.customer.clone(), service.clone())).or_default();
            of.push(claim.clone());
        }
        in_time(run, sight, trial, &life, &events)?;
        milestones(run, sight, trial).await?;
        mails::letters(run, trial, &life, settled).await?;
        rows.extend(events.into_iter().map(|event| (trial.id.to_string(), event)));
        lives.push((trial, life));
    }
    overlaps(&claims)?;
    devices::moves(run, &lives).await?;
    orders::check(run, sight, &lives, settled)?;
    orders::keeps_licenses(run, sight, &lives, &rows)?;
    rows.extend(orders::rows(run, sight).await?);
    calls::check(run, sight, &rows)
}

fn overlaps(claims: &BTreeMap<(OrgId, String), Vec<While>>) -> Result<(), Failure> {
    for ((customer, service), whiles) in claims {
        let mut whiles: Vec<&While> = whiles.iter().collect();
        whiles.sort_by_key(|one| one.from);
        for pair in whiles.windows(2) {
            if pair[0].until.is_none_or(|until| until > pair[1].from) {
                let what = format!("{service} of {customer} from {}", pair[1].from);
                return Err(Failure::of("no service is tried twice", what));
            }
        }
    }
    Ok(())
}

/// Whether irreversible work on a customer was held at an instant (EXP-8, EXP-9).
fn held(run: &Run, sight: &Sight, customer: &OrgId, at: Timestamp) -> bool {
    held_from(run, sight, customer, at, at)
}

/// Whether one and the same thing held it all the while.
fn held_from(run: &Run, sight: &Sight, customer: &OrgId, begin: Timestamp, end: Timestamp) -> bool {
    let within = |from: Timestamp, until: Option<Timestamp>| from <= begin && until.is_none_or(|until| end <= until);
    let by_vendor = sight
        .holds
        .iter()
        .any(|hold| hold.customer == *customer && within(hold.placed_at, hold.lifted_at));
    by_vendor || run.fuses.iter().any(|(since, until)| within(*since, *until))
}

/// Everything due was done when a worker came by, and nothing irreversible while it was held.
fn in_time(run: &Run, sight: &Sight, trial: &Trial, life: &Life, events: &[Event]) -> Result<(), Failure> {
    let missed = |what: &str, from: Timestamp, until: Option<Timestamp>, may_wait: bool| {
        let until = until.unwrap_or(Timestamp::MAX);
        let came = |pass: &&Timestamp| {
            let over = pass.checked_add(ROUND).unwrap_or(Timestamp::MAX);
            **pass >= from && over < until && !(may_wait && held(run, sight, &trial.customer, **pass))
        };
        match run.passes.iter().find(came) {
            Some(pass) => {
                let what = format!("{}: {what} was due at {from}, and a worker came at {pass}", trial.id);
                Err(Failure::of("everything due is done", what))
            }
            None => Ok(()),
        }
    };
    for (status, span) in &life.whiles {
        match (*status, span.ends_on) {
            ("pending_consent", _) => missed("the lapse", life.deadline(), span.until, false)?,
            ("active", Some(end)) => {
                missed("the expiry", life.midnight(end, 1), span.until, false)?;
                let due = life.nine(end, -7);
                let after_start = life
                    .starts_on
                    .is_some_and(|first| end > first.saturating_add(jiff::Span::new().days(7)));
                let ends = Some(span.until.unwrap_or(Timestamp::MAX).min(life.midnight(end, 1)));
                let sent = life
                    .sent
                    .iter()
                    .any(|(kind, _, day)| kind == "expiry_reminder" && *day == Some(end));
                if due > span.from && after_start && !sent {
                    missed("the reminder", due, ends, false)?;
                }
            }
            ("expired", Some(_)) => missed_removal(run, sight, trial, life, span)?,
            _ => {}
        }
    }
    notice(trial, life, missed)?;
    for event in events.iter().filter(|event| event.by.via == "worker") {
        let name = event.body[0]["type"].as_str().unwrap_or_default();
        let irreversible = ["removed", "organization_closed", "numbers_released"].contains(&name);
        let strictly = event.at.checked_sub(ROUND).unwrap_or(event.at);
        if irreversible && held_from(run, sight, &trial.customer, strictly, event.at) {
            let what = format!("{}: {name} at {}", trial.id, event.at);
            return Err(Failure::of("nothing irreversible is done while it is held", what));
        }
    }
    Ok(())
}

/// EXP-4, CONV-7: an order that was placed in time puts it off, and closing that one does not for longer than its day.
fn missed_removal(run: &Run, sight: &Sight, trial: &Trial, life: &Life, span: &While) -> Result<(), Failure> {
    let until = span.until.unwrap_or(Timestamp::MAX);
    let came = |pass: &&Timestamp| {
        let over = pass.checked_add(ROUND).unwrap_or(Timestamp::MAX);
        let due = life.midnight(life.last_day(**pass), 1);
        **pass >= span.from.max(due) && over < until && !held(run, sight, &trial.customer, **pass)
    };
    match run.passes.iter().find(came) {
        Some(pass) => {
            let what = format!("{}: the removal was due, and a worker came at {pass}", trial.id);
            Err(Failure::of("everything due is done", what))
        }
        None => Ok(()),
    }
}

/// EXP-2, EXP-7: from the day of the end through grace.
fn notice(
    trial: &Trial,
    life: &Life,
    missed: impl Fn(&str, Timestamp, Option<Timestamp>, bool) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let _ = trial;
    let mut spans: Vec<While> = Vec::new();
    for (status, span) in &life.whiles {
        if !matches!(*status, "active" | "expired") {
            continue;
        }
        match spans.last_mut() {
            // Active, then in grace: the same end.
            Some(last) if *status == "expired" && last.ends_on == span.ends_on => last.until = span.until,
            _ => spans.push(span.clone()),
        }
    }
    for span in spans {
        let Some(end) = span.ends_on else { continue };
        let due = life.nine(end, 0);
        let sent = life
            .sent
            .iter()
            .any(|(kind, _, day)| kind == "expiry_notice" && *day == Some(end));
        let ends = span.until.unwrap_or(Timestamp::MAX).min(life.midnight(end, 31));
        if due > span.from && !sent {
            missed("the notice", due, Some(ends), false)?;
        }
    }
    Ok(())
}

/// Rows: nothing that is due waits after a worker came by; nothing is done twice.
async fn milestones(run: &Run, sight: &Sight, trial: &Trial) -> Result<(), Failure> {
    let Some(region) = run.world.stores.region(trial.id.region()) else {
        return Ok(());
    };
    let rows = region.read().milestones(&trial.id).await?;
    let mut done = BTreeSet::new();
    for row in &rows {
        if row.state == MilestoneState::Done && !done.insert((row.kind, row.on)) {
            let what = format!("{}: {} of {}", trial.id, row.kind.as_str(), row.on);
            return Err(Failure::of("every milestone is done once", what));
        }
        let Some(pass) = run.passes.last() else { continue };
        let now_held = IRREVERSIBLE.contains(&row.kind) && held(run, sight, &trial.customer, *pass);
        if row.state == MilestoneState::Planned && row.at <= *pass && !now_held && planned_before(trial, *pass) {
            let what = format!("{}: {} of {} waits", trial.id, row.kind.as_str(), row.at);
            return Err(Failure::of("everything due is done", what));
        }
    }
    Ok(())
}

/// A trial that began after a pass may wait for the next one.
fn planned_before(trial: &Trial, pass: Timestamp) -> bool {
    trial.created_at.checked_add(ROUND).is_ok_and(|then| then < pass)
}

/// START-5, 6: what the directory says is so, and nobody is left in it who never came.
async fn directory(run: &Run, sight: &Sight) -> Result<(), Failure> {
    let directory = &run.world.stores.directory;
    let now = run.world.clock.now();
    if let Some(entry) = directory
        .stale(now, now, 100)
        .await?
        .into_iter()
        .find(|entry| entry.state == EntryState::Reserved)
    {
        let what = format!("a {} is reserved for {} still", entry.kind, entry.organization);
        return Err(Failure::of("the directory agrees with the regions", what));
    }
    for record in &sight.trials {
        let Some(site) = site_of(&record.trial, &record.texts) else {
            continue;
        };
        let entry = directory.find("site", site).await?;
        let right = |entry: &store::directory::Entry| {
            entry.organization == record.trial.customer && entry.state != EntryState::Resting
        };
        if !entry.as_ref().is_some_and(right) {
            let what = format!("{}: its site {site} is {entry:?}", record.trial.id);
            return Err(Failure::of("the directory agrees with the regions", what));
        }
    }
    let strangers: BTreeSet<&str> = STRANGERS.iter().map(|(_, name, ..)| *name).collect();
    for (organization, people) in &sight.people {
        let trials = sight
            .trials
            .iter()
            .filter(|record| record.trial.customer == *organization);
        // CONV-4: it came to be by an order.
        let founded = sight
            .customers
            .iter()
            .find(|one| one.id == *organization)
            .and_then(|one| one.customer())
            .is_some_and(|facts| !facts.orders.is_empty());
        let stranger = people.iter().any(|person| {
            strangers
                .iter()
                .any(|name| person.email.ends_with(&format!("@{name}.example")))
        });
        if trials.count() == 0 && !stranger && !founded {
            let what = format!("{organization} has no trial");
            return Err(Failure::of(
                "what was not answered is wholly there or wholly absent",
                what,
            ));
        }
    }
    addresses(run, sight).await
}

/// Every address that could have been used leads to somebody who has it, or to nobody.
async fn addresses(run: &Run, sight: &Sight) -> Result<(), Failure> {
    let locals = ["first", "right0", "right1", "right2"];
    for local in locals {
        for number in 0..14 {
            let email = format!("{local}@new{number}.example");
            let Some(entry) = run.world.stores.directory.find("email", &email).await? else {
                continue;
            };
            let people = sight.people.get(&entry.organization);
            let has = people.is_some_and(|people| people.iter().any(|person| person.email == email));
            if entry.state == EntryState::Confirmed && !has {
                let what = format!("{email} leads to {}, where nobody has it", entry.organization);
                return Err(Failure::of("the directory agrees with the regions", what));
            }
        }
    }
    Ok(())
}
