//! A serial that was typed wrongly at shipping (DEV-4) is put right before it comes back.

use super::super::{Change, Trial, TrialEvent};
use crate::{
    ids::ShipmentId,
    refusal::{Code, FieldError, Refusal},
    serial::{look, serial},
    shipment::Loan,
};
use std::collections::BTreeSet;

impl Trial {
    /// DEV-4: another serial than was typed left; `out` are those of the two that are on loan, anywhere in the region.
    ///
    /// # Errors
    /// `wrong_status` unless the devices are out; `serial_mismatch` where the one is not out with this shipment, or the
    /// other cannot be.
    pub fn correct_serial(
        &self,
        id: &ShipmentId,
        (from, to): (&str, &str),
        out: &BTreeSet<String>,
    ) -> Result<Change, Refusal> {
        let (_, loan) = self.open_loan(id)?;
        let mut errors = Vec::new();
        let mut read = |pointer: &str, text: &str| {
            let read = serial(text);
            read.map_err(|code| errors.push(FieldError::new(pointer, code))).ok()
        };
        let (from, to) = (read("/from", from), read("/to", to));
        let (Some(from), Some(to)) = (from, to) else {
            return Err(Refusal::input(errors));
        };
        if !loan.missing().any(|device| device.serial == from) {
            let back = loan.received.iter().any(|one| one.serial == from);
            let reason = if back { "repeated" } else { "unknown" };
            return Err(mismatch("/from", reason, &from));
        }
        if from == to {
            return Ok(Change::default());
        }
        match clash(loan, &from, &to, out) {
            Some(reason) => Err(mismatch("/to", reason, &to)),
            None => Ok(Change::default().event(TrialEvent::SerialCorrected {
                id: id.clone(),
                from,
                to,
            })),
        }
    }
}

fn clash(loan: &Loan, from: &str, to: &str, out: &BTreeSet<String>) -> Option<&'static str> {
    let mut others = loan.serials.iter().filter(|device| device.serial != from);
    match others.find(|device| look(&device.serial) == look(to)) {
        Some(same) if same.serial == to => Some("repeated"),
        Some(_) => Some("look_alike"),
        None => out.contains(to).then_some("out"),
    }
}

fn mismatch(pointer: &str, reason: &str, value: &str) -> Refusal {
    let error = FieldError::new(pointer, Code::SerialMismatch);
    Refusal::input(vec![error.with("reason", reason).with("value", value)])
}
