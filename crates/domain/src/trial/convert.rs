//! Becoming a paid order (CONV-7); orders themselves come to it from outside.

use super::{At, Change, State, Trial, TrialEvent};
use crate::refusal::{Code, Refusal};

impl Trial {
    /// CONV-7: possible while it runs and through its grace, not after.
    ///
    /// # Errors
    /// `trial_not_convertible`.
    pub fn convert(&self, at: &At<'_>) -> Result<Change, Refusal> {
        match &self.state {
            State::Active(_) | State::Expired(_) => Ok(Change::default().event(TrialEvent::Converted { at: at.now })),
            State::PendingConsent { .. }
            | State::PendingProvisioningDetails
            | State::PendingApproval
            | State::Provisioning
            | State::Converted { .. }
            | State::Cancelled { .. }
            | State::Declined { .. }
            | State::Lapsed { .. }
            | State::Removed { .. } => {
                Err(Refusal::new(Code::TrialNotConvertible).with("status", self.status().as_str()))
            }
        }
    }
}
