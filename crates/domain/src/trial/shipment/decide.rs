//! The trials team decides whether devices are shipped (DEV-4).

use super::super::{At, Change, State, Trial, TrialEvent};
use crate::{
    ids::ShipmentId,
    notify::{Audience, MessageKind},
    refusal::{Code, Refusal},
    shipment::{ShipmentState, text_key},
};

impl Trial {
    /// DEV-4: yes or no to a shipment. A no frees its types (DEV-2); the partner hears both.
    ///
    /// # Errors
    /// `already_decided`; `wrong_status` for a yes while the trial does not run.
    pub fn decide_shipment(
        &self,
        id: &ShipmentId,
        approved: bool,
        reason: Option<&str>,
        at: &At<'_>,
    ) -> Result<Change, Refusal> {
        let shipment = self.known_shipment(id)?;
        // What was approved can still be refused until it leaves: it is out of stock, or the yes was a mistake.
        let open = shipment.state == ShipmentState::Requested || !approved && shipment.is_wanted();
        if !open {
            return Err(Refusal::new(Code::AlreadyDecided).with("shipment_status", shipment.status()));
        }
        if approved && !matches!(self.state, State::Active(_)) {
            return Err(Refusal::new(Code::WrongStatus).with("status", self.status().as_str()));
        }
        let facts = self.device_facts(shipment, at);
        let audience = [Audience::PartnerAdministrators];
        let mut messages = self.device_messages(MessageKind::ApprovalDecided, &audience, &facts, reason);
        for message in &mut messages {
            message.facts.outcome = Some(if approved { "approved" } else { "refused" }.to_owned());
        }
        let mut change = Change::default().event(TrialEvent::ShipmentDecided {
            id: id.clone(),
            approved,
        });
        change.messages = messages;
        Ok(change.text(text_key("decision", id.as_str()), reason.map(str::to_owned)))
    }
}
