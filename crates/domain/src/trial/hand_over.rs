//! ORG-11: a customer's trials go with it to another partner.

use super::{At, CancelledBy, Change, Status, Trial, TrialEvent};
use crate::{
    ids::{OrgId, PersonId},
    order::ClosedOrder,
    refusal::{Code, Refusal},
};

impl Trial {
    /// ORG-11: what runs, or waits to run, goes to another partner, where `person` has taken it; a request that nobody
    /// has accepted is withdrawn.
    ///
    /// # Errors
    /// `wrong_status` for one that is over.
    pub fn hand_over(
        &self,
        partner: &OrgId,
        person: &PersonId,
        left_empty: bool,
        at: &At<'_>,
    ) -> Result<Change, Refusal> {
        if self.status() == Status::PendingConsent {
            return self.cancel(CancelledBy::Partner, None, left_empty, at);
        }
        if !self.status().is_open() || self.partner == *partner {
            return Err(Refusal::new(Code::WrongStatus).with("status", self.status().as_str()));
        }
        let mut change = Change::default().event(TrialEvent::PartnerChanged {
            from: self.partner.clone(),
            partner: partner.clone(),
            person: person.clone(),
        });
        // CONV-7: another partner orders anew.
        change.merge(self.close_order(ClosedOrder::Withdrawn, None, at).unwrap_or_default());
        Ok(change)
    }
}
