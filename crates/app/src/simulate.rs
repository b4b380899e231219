//! A program's life on a virtual clock: the same plan and the same decisions, without any store.

use crate::{Error, load::zone};
use domain::{
    ids::{OrgId, PersonId, TrialId},
    program::Program,
    refusal::{Code, FieldError},
    text::Email,
    time::{at_civil, civil_day},
    trial::{
        At, Due, MilestoneKind, MilestoneState, Origin, Parties, Provisioner, Row, RowChange, StartInput, Surroundings,
        Target, Trial, Wish, plan, reconcile, validate,
    },
};
use jiff::{Timestamp, civil::Date, civil::Time};

/// What is simulated.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// The civil day of the start.
    pub starts_on: Date,
    /// The wall clock time of the start.
    pub starts_at: Time,
    /// The customer's IANA zone.
    pub zone: String,
    /// The services, by id.
    pub services: Vec<String>,
    /// START-4.
    pub days: Option<i64>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What.
    pub kind: MilestoneKind,
    /// When.
    pub at: Timestamp,
    /// The customer's civil day of that.
    pub on: Date,
    /// Done or skipped.
    pub done: bool,
    /// The trial's status after it.
    pub status: String,
}

/// Plays a trial from its start to the last thing that its plan holds, nobody doing anything.
///
/// # Errors
/// Wrong input.
pub fn simulate(what: &Simulation, program: &Program) -> Result<(Trial, Vec<Step>), Error> {
    if !crate::load::is_zone(&what.zone) {
        return Err(Error::field("/time_zone", Code::InvalidTimeZone));
    }
    let zone = zone(&what.zone)?;
    let wish = wish(what, program)?;
    let start = at_civil(what.starts_on, what.starts_at, &zone);
    let parties = Parties {
        id: TrialId::new("sim", "1"),
        partner: OrgId::new("sim", "1"),
        customer: OrgId::new("sim", "2"),
        started_by: PersonId::new("sim", "1"),
        administrator: PersonId::new("sim", "2"),
        zone: what.zone.clone(),
    };
    let at = |now| At {
        now,
        zone: &zone,
        program,
        provisioner: Provisioner::Embedded,
    };
    let change = wish.start(parties, Origin::New, &at(start));
    let mut trial = Trial::fold(&change.events).ok_or(Error::Internal("a start without a start".to_owned()))?;
    let mut rows: Vec<Row> = Vec::new();
    let mut steps = Vec::new();
    plan_again(&mut rows, &trial, program, &zone, start);
    for row in rows.iter().filter(|row| row.state == MilestoneState::Done) {
        steps.push(Step {
            kind: row.kind,
            at: row.at,
            on: row.on,
            done: true,
            status: trial.status().as_str().to_owned(),
        });
    }
    while let Some(next) = next(&rows) {
        let due = trial.fall_due(next.kind, Surroundings::default(), &at(next.at));
        let done = matches!(due, Due::Done(_));
        if let Due::Done(change) = due {
            for event in &change.events {
                trial.apply(event);
            }
        }
        for row in rows.iter_mut().filter(|row| (row.kind, row.at) == (next.kind, next.at)) {
            row.state = if done {
                MilestoneState::Done
            } else {
                MilestoneState::Skipped
            };
            row.done_at = Some(next.at);
        }
        plan_again(&mut rows, &trial, program, &zone, next.at);
        let on = civil_day(next.at, &zone);
        steps.push(Step {
            kind: next.kind,
            at: next.at,
            on,
            done,
            status: trial.status().as_str().to_owned(),
        });
    }
    Ok((trial, steps))
}

fn wish(what: &Simulation, program: &Program) -> Result<Wish, Error> {
    let input = StartInput {
        services: Some(what.services.clone()),
        duration_days: what.days,
        ..StartInput::default()
    };
    // There is no customer here; everything else of the form is checked as always.
    let mut errors: Vec<FieldError> = validate(&input, program, &crate::load::is_zone)
        .err()
        .unwrap_or_default();
    errors.retain(|error| !error.pointer.starts_with("/customer"));
    if !errors.is_empty() {
        return Err(errors.into());
    }
    let customer = domain::trial::CustomerInput {
        id: Some("org_sim_2".to_owned()),
        ..Default::default()
    };
    let mut wish = validate(
        &StartInput {
            customer: Some(customer),
            ..input
        },
        program,
        &crate::load::is_zone,
    )?;
    wish.target = Target::Form {
        name: "simulation".to_owned(),
        email: Email {
            address: String::new(),
            key: String::new(),
        },
        vertical: String::new(),
        country: String::new(),
        zone: what.zone.clone(),
        language: "en".to_owned(),
        expect: None,
        review: false,
    };
    Ok(wish)
}

fn plan_again(rows: &mut Vec<Row>, trial: &Trial, program: &Program, zone: &jiff::tz::TimeZone, now: Timestamp) {
    for change in reconcile(rows, &plan(trial, program, zone), now) {
        match change {
            RowChange::Insert(row) => rows.push(row),
            RowChange::Delete(kind, at) => rows.retain(|row| (row.kind, row.at) != (kind, at)),
            RowChange::Skip(kind, at) => {
                for row in rows.iter_mut().filter(|row| (row.kind, row.at) == (kind, at)) {
                    row.state = MilestoneState::Skipped;
                }
            }
        }
    }
}

fn next(rows: &[Row]) -> Option<Row> {
    let place = |kind: MilestoneKind| MilestoneKind::ALL.iter().position(|one| *one == kind);
    rows.iter()
        .filter(|row| row.state == MilestoneState::Planned)
        .min_by_key(|row| (row.at, place(row.kind)))
        .cloned()
}
