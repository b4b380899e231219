//! What each event makes of a trial's devices.

use super::super::Trial;
use crate::{
    ids::{DeviceExtensionId, ShipmentId},
    shipment::{DeviceExtensionState, Loan, Shipment, ShipmentState},
};

impl Trial {
    pub(in crate::trial) fn shipment_decided(&mut self, id: &ShipmentId, approved: bool) {
        let state = if approved {
            ShipmentState::Approved
        } else {
            ShipmentState::Refused
        };
        self.set_shipment(id, state);
    }

    pub(in crate::trial) fn set_shipment(&mut self, id: &ShipmentId, state: ShipmentState) {
        if let Some(shipment) = self.shipments.iter_mut().find(|one| one.id == *id) {
            shipment.state = state;
        }
    }

    pub(in crate::trial) fn change_loan(&mut self, id: &ShipmentId, change: impl FnOnce(&mut Loan)) {
        let shipment = self.shipments.iter_mut().find(|one| one.id == *id);
        if let Some(loan) = shipment.and_then(Shipment::loan_mut) {
            change(loan);
        }
    }

    pub(in crate::trial) fn extension_decided(
        &mut self,
        id: &DeviceExtensionId,
        state: &DeviceExtensionState,
        (closes_return, reminders): (bool, u32),
    ) {
        for loan in self.shipments.iter_mut().filter_map(Shipment::loan_mut) {
            let Some(extension) = loan.extensions.iter_mut().find(|one| one.id == *id) else {
                continue;
            };
            extension.state = state.clone();
            if let DeviceExtensionState::Approved { ends_on, .. } = state {
                loan.ends_on = *ends_on;
                // DEV-6: reminders count from the new date.
                loan.reminders = reminders;
            }
            if closes_return {
                loan.opened_on = None;
            }
        }
    }

    /// EXP-9: of a trial that is gone nobody decides whether its devices stay.
    pub(in crate::trial) fn withdraw_extensions(&mut self) {
        for loan in self.shipments.iter_mut().filter_map(Shipment::loan_mut) {
            loan.withdraw_extensions();
        }
    }

    /// CANC-2: what was not shipped when the trial was over is not shipped any more.
    pub(in crate::trial) fn withdraw_shipments(&mut self) {
        for one in self.shipments.iter_mut().filter(|one| one.is_wanted()) {
            one.state = ShipmentState::Withdrawn;
        }
    }
}
