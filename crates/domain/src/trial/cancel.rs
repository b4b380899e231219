//! Cancelling (CANC), and withdrawing a request (CONS-4).

use super::{At, Change, Trial, TrialEvent};
use crate::{
    notify::{Audience, Facts, Message, MessageKind},
    order::ClosedOrder,
    refusal::{Code, Refusal},
};
use serde::{Deserialize, Serialize};

/// Who cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelledBy {
    /// The partner, from the customer's page.
    Partner,
    /// A full administrator of the customer.
    Customer,
    /// The trials team refused what the trial needed.
    TrialsTeam,
}

impl Trial {
    /// CANC-1: stops the trial's services at once; CONS-4: before that, withdraws the request. `left_empty` says that
    /// the customer has no other service (CANC-2).
    ///
    /// # Errors
    /// `wrong_status` when it is over already.
    pub fn cancel(
        &self,
        by: CancelledBy,
        reason: Option<String>,
        left_empty: bool,
        at: &At<'_>,
    ) -> Result<Change, Refusal> {
        if !self.status().is_open() {
            return Err(Refusal::new(Code::WrongStatus).with("status", self.status().as_str()));
        }
        let cancelled = TrialEvent::Cancelled {
            at: at.now,
            on: at.today(),
            by,
            left_empty,
        };
        let mut change = Change::default().event(cancelled).text("cancel_reason", reason.clone());
        // CONV-7: what was ordered for it is not wanted any more.
        change.merge(self.close_order(ClosedOrder::Withdrawn, None, at).unwrap_or_default());
        let facts = Facts {
            services: self.service_ids(),
            ends_on: self.term().map(|term| term.ends_on),
            outcome: Some(if self.consent_is_open() {
                "request".to_owned()
            } else {
                "trial".to_owned()
            }),
            has_line: reason.is_some(),
            ..Facts::default()
        };
        for audience in self.cancel_audiences(by) {
            let message = Message {
                kind: MessageKind::Cancelled,
                audience,
                facts: facts.clone(),
                line: reason.clone(),
            };
            change = change.tell(message);
        }
        change.merge(self.devices_fall_due(at));
        Ok(change)
    }

    fn consent_is_open(&self) -> bool {
        matches!(self.state, super::State::PendingConsent { .. })
    }

    fn cancel_audiences(&self, by: CancelledBy) -> Vec<Audience> {
        match by {
            // A request that nobody answered yet is withdrawn towards those who were asked.
            CancelledBy::Partner if self.consent_is_open() => vec![Audience::ConsentRecipients],
            CancelledBy::Partner => vec![Audience::CustomerAdministrators],
            CancelledBy::Customer | CancelledBy::TrialsTeam => {
                vec![Audience::CustomerAdministrators, Audience::PartnerAdministrators]
            }
        }
    }
}
