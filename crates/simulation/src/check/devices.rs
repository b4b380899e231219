//! Lent devices: no serial is lost, and none is in two places (DEV-4, DEV-8); what is out is asked for (DEV-6).

use crate::{
    failure::Failure,
    model::{Life, devices::Move},
    run::Run,
    world::Sight,
};
use domain::{
    shipment::Loan,
    trial::{MilestoneKind, MilestoneState, Trial},
};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// One serial, one customer.
pub(super) fn nowhere_twice(sight: &Sight) -> Result<(), Failure> {
    let mut seen = BTreeMap::new();
    for record in &sight.trials {
        for (shipment, loan) in record.trial.loans_out() {
            for device in loan.missing() {
                let place = (record.trial.id.region().to_owned(), device.serial.clone());
                if let Some(other) = seen.insert(place, &shipment.id) {
                    let what = format!("{} with {other} and {}", device.serial, shipment.id);
                    return Err(Failure::of("no serial is in two places", what));
                }
            }
        }
    }
    Ok(())
}

/// Every serial went from the stock to one customer and back, and is where the last step brought it.
pub(super) async fn moves(run: &Run, lives: &[(&Trial, Life)]) -> Result<(), Failure> {
    let mut all: BTreeMap<String, Vec<(Timestamp, &Move)>> = BTreeMap::new();
    for (trial, life) in lives {
        as_told(trial, life)?;
        let region = all.entry(trial.id.region().to_owned()).or_default();
        region.extend(life.devices.moves.iter().map(|(at, one)| (*at, one)));
        reminded(run, trial).await?;
    }
    for (name, mut steps) in all {
        steps.sort_by_key(|(at, _)| *at);
        let mut out: BTreeMap<String, String> = BTreeMap::new();
        for (at, step) in steps {
            let right = match step {
                Move::Out(serial, shipment) => out.insert(serial.clone(), shipment.clone()).is_none(),
                Move::Back(serial, shipment) => out.remove(serial).as_ref() == Some(shipment),
            };
            if !right {
                return Err(Failure::of("no serial is in two places", format!("{step:?} at {at}")));
            }
        }
        let Some(region) = run.world.stores.region(&name) else {
            continue;
        };
        let stock: Vec<String> = (0..100).map(|number| format!("FCH{number:04}")).collect();
        let stored = region.read().serials_out(&stock).await?;
        let stored: BTreeMap<String, String> = stored.into_iter().map(|(serial, id)| (serial, id.0)).collect();
        if stored != out {
            let what = format!("in {name} {stored:?} are listed, and {out:?} are out");
            return Err(Failure::of("no serial is lost", what));
        }
    }
    Ok(())
}

/// The trial's devices are those of its life.
fn as_told(trial: &Trial, life: &Life) -> Result<(), Failure> {
    let wrong = |what: String| {
        let what = format!("{}: {what}", trial.id);
        Failure::of("a life is the one that the rules say", what)
    };
    if trial.shipments.len() != life.devices.lent.len() {
        return Err(wrong(format!("{} shipments", trial.shipments.len())));
    }
    for shipment in &trial.shipments {
        let Some(told) = life.devices.lent.get(shipment.id.as_str()) else {
            return Err(wrong(format!("{} is nobody's", shipment.id)));
        };
        if told.status != shipment.status() {
            return Err(wrong(format!(
                "{} is {}, not {}",
                shipment.id,
                shipment.status(),
                told.status
            )));
        }
        let Some(loan) = shipment.loan() else { continue };
        let missing: BTreeSet<String> = loan.missing().map(|device| device.serial.clone()).collect();
        if missing != told.out || loan.ends_on != told.ends_on {
            return Err(wrong(format!("{}: {missing:?} until {}", shipment.id, loan.ends_on)));
        }
    }
    Ok(())
}

/// DEV-6: whatever becomes of a trial, something is dated about what is out.
async fn reminded(run: &Run, trial: &Trial) -> Result<(), Failure> {
    let is_out = |loan: &Loan| !loan.is_complete();
    if !trial.loans_out().any(|(_, loan)| is_out(loan)) {
        return Ok(());
    }
    let Some(region) = run.world.stores.region(trial.id.region()) else {
        return Ok(());
    };
    let rows = region.read().milestones(&trial.id).await?;
    let asked =
        |row: &domain::trial::Row| row.kind == MilestoneKind::ReturnOverdue && row.state == MilestoneState::Planned;
    match rows.iter().any(asked) {
        true => Ok(()),
        false => Err(Failure::of("what is out is asked for", &trial.id)),
    }
}
