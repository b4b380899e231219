//! What lists and look-ups find devices by follows from the trial.

use crate::{App, Error, save::Save};
use domain::{
    shipment::{Loan, Shipment},
    time::end_of,
    trial::Trial,
};
use store::{Tx, region::shipment::ShipmentEntry};

impl App {
    pub(crate) async fn sync_shipments(&self, tx: &Tx, save: &Save<'_>, trial: &Trial) -> Result<(), Error> {
        let before = save.before.map(|before| before.trial.shipments.as_slice());
        if before.unwrap_or_default() == trial.shipments.as_slice() {
            return Ok(());
        }
        let entries: Vec<ShipmentEntry> = trial.shipments.iter().map(|one| entry(one, save)).collect();
        Ok(tx.put_shipments((&trial.id, &trial.customer), &entries).await?)
    }
}

fn entry(one: &Shipment, save: &Save<'_>) -> ShipmentEntry {
    let policy = &save.program.policy;
    let loan = one.loan();
    let return_status = |loan: &Loan| match (loan.is_complete(), loan.opened_on) {
        (true, _) => "complete",
        (false, Some(_)) => "open",
        (false, None) => "planned",
    };
    let asked = loan.map(|loan| loan.extensions.as_slice()).unwrap_or_default();
    ShipmentEntry {
        id: one.id.clone(),
        status: one.status(),
        return_status: loan.map_or("", return_status),
        order_number: loan.map(|loan| loan.order_number.clone()),
        requested_at: one.requested_at,
        due_at: loan.map(|loan| end_of(loan.return_due_on(policy), save.zone)),
        types: if one.takes_types() {
            one.lines.iter().map(|(id, _)| id.clone()).collect()
        } else {
            Vec::new()
        },
        serials: loan.map_or_else(Vec::new, |loan| loan.missing().map(|one| one.serial.clone()).collect()),
        extensions: asked
            .iter()
            .map(|one| (one.id.clone(), one.state.as_str(), one.asked_at))
            .collect(),
    }
}
