//! Keeping devices longer (EXT-4): asked, decided, at most so many days from shipping in all.

use super::super::{At, Change, State, Trial, TrialEvent};
use crate::{
    ids::{DeviceExtensionId, PersonId, ShipmentId},
    notify::{Audience, DeviceFacts, MessageKind},
    refusal::{Code, FieldError, Refusal},
    shipment::{DeviceExtension, DeviceExtensionState, Loan, text_key},
    time::{days_between, plus_days},
};

/// As many requests can wait for one shipment.
const MOST_PENDING: usize = 10;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtensionWish {
    /// The new request's id.
    pub id: DeviceExtensionId,
    /// Added to the device end date.
    pub days: i64,
    /// Why; personal text.
    pub reason: Option<String>,
    /// Who asks.
    pub by: PersonId,
}

/// EXT-4: more than is possible in all, with the last day that is.
fn too_long(loan: &Loan, days: i64, at: &At<'_>) -> Option<Refusal> {
    let last = loan.latest_end(&at.program.policy);
    if plus_days(loan.ends_on, days) <= last {
        return None;
    }
    let left = days_between(loan.ends_on, last).max(0);
    let error = FieldError::new("/days", Code::DeviceLimitExceeded);
    let error = error
        .with("max", left)
        .with("days", at.program.policy.device_days)
        .with("value", days);
    let refusal = Refusal::input(vec![error]);
    Some(
        refusal
            .with("last_possible_on", last.to_string())
            .with("days_possible", left),
    )
}

impl Trial {
    /// EXT-4: somebody asks to keep devices longer.
    ///
    /// # Errors
    /// `wrong_status` unless they are out and the trial was not cancelled; `device_limit_exceeded` with the last date
    /// that is possible; `too_many` where many requests wait already.
    pub fn ask_device_extension(&self, id: &ShipmentId, wish: &ExtensionWish, at: &At<'_>) -> Result<Change, Refusal> {
        let (shipment, loan) = self.open_loan(id)?;
        // EXP-9: of a customer that is gone nothing is written down any more.
        if loan.due_by.is_some() || matches!(self.state, State::Removed { .. }) {
            return Err(Refusal::new(Code::WrongStatus).with("status", self.status().as_str()));
        }
        let most = at.program.policy.device_days;
        let days = u32::try_from(wish.days).ok().filter(|days| (1..=most).contains(days));
        let Some(days) = days else {
            let error = FieldError::new("/days", Code::OutOfRange)
                .with("min", 1)
                .with("max", most);
            return Err(Refusal::input(vec![error]));
        };
        if let Some(refusal) = too_long(loan, wish.days, at) {
            return Err(refusal);
        }
        let pending = |one: &&DeviceExtension| one.state == DeviceExtensionState::Pending;
        if loan.extensions.iter().filter(pending).count() >= MOST_PENDING {
            return Err(Refusal::field("/shipment_id", Code::TooMany));
        }
        let facts = DeviceFacts {
            days: Some(days),
            ..self.device_facts(shipment, at)
        };
        let (kind, team) = (MessageKind::ApprovalRequested, [Audience::TrialsTeam]);
        let mut change = Change::default().event(TrialEvent::DeviceExtensionAsked {
            shipment: id.clone(),
            extension: DeviceExtension {
                id: wish.id.clone(),
                days,
                asked_by: wish.by.clone(),
                asked_at: at.now,
                state: DeviceExtensionState::Pending,
            },
        });
        change.messages = self.device_messages(kind, &team, &facts, wish.reason.as_deref());
        Ok(change.text(text_key("reason", wish.id.as_str()), wish.reason.clone()))
    }

    /// The shipment and the request of that id.
    pub fn device_extension(&self, id: &DeviceExtensionId) -> Option<(&ShipmentId, &Loan, &DeviceExtension)> {
        self.shipments.iter().find_map(|shipment| {
            let loan = shipment.loan()?;
            let found = loan.extensions.iter().find(|one| one.id == *id)?;
            Some((&shipment.id, loan, found))
        })
    }

    /// What stands against a yes by now: too many days in all, or the devices are due or back.
    pub fn device_objection(&self, id: &DeviceExtensionId, at: &At<'_>) -> Option<Refusal> {
        let (_, loan, extension) = self.device_extension(id)?;
        too_long(loan, i64::from(extension.days), at)
    }

    /// EXT-4: the trials team decides; a yes against which something stands by now closes the matter as a refusal does.
    ///
    /// # Errors
    /// `already_decided`; `forbidden` for whoever asked.
    pub fn decide_device_extension(
        &self,
        id: &DeviceExtensionId,
        (approved, by): (bool, &PersonId),
        reason: Option<&str>,
        at: &At<'_>,
    ) -> Result<Change, Refusal> {
        let (shipment, loan, extension) = self.device_extension(id).ok_or_else(|| Refusal::new(Code::NotFound))?;
        if extension.state != DeviceExtensionState::Pending {
            return Err(Refusal::new(Code::AlreadyDecided));
        }
        if extension.asked_by == *by {
            return Err(Refusal::new(Code::Forbidden));
        }
        let because = too_long(loan, i64::from(extension.days), at)
            .filter(|_| approved)
            .map(|one| one.code);
        let approved = approved && because.is_none();
        let state = if approved {
            DeviceExtensionState::Approved {
                by: by.clone(),
                at: at.now,
                ends_on: plus_days(loan.ends_on, i64::from(extension.days)),
            }
        } else {
            DeviceExtensionState::Refused {
                by: by.clone(),
                at: at.now,
                because,
            }
        };
        let later = Loan {
            ends_on: plus_days(loan.ends_on, i64::from(extension.days)),
            opened_on: None,
            ..loan.clone()
        };
        let event = TrialEvent::DeviceExtensionDecided {
            id: id.clone(),
            state,
            closes_return: approved && closes_again(loan, &later, at),
            reminders: later.reminders_come(at.now, at.zone, &at.program.policy),
        };
        let mut after = self.clone();
        after.apply(&event);
        let shown = after.known_shipment(shipment)?;
        let facts = DeviceFacts {
            days: Some(extension.days),
            previous_device_ends_on: approved.then_some(loan.ends_on),
            ..after.device_facts(shown, at)
        };
        let kind = if approved {
            MessageKind::DeviceExtensionApproved
        } else {
            MessageKind::DeviceExtensionRefused
        };
        let audiences: &[Audience] = if approved { &super::BOTH } else { &super::BOTH[1..] };
        let mut change = Change::default().event(event);
        change.messages = after.device_messages(kind, audiences, &facts, reason);
        Ok(change.text(text_key("decision", id.as_str()), reason.map(str::to_owned)))
    }
}

/// DEV-6: a return that was announced closes again where nothing has come back and its day lies ahead again.
fn closes_again(loan: &Loan, later: &Loan, at: &At<'_>) -> bool {
    let ahead = later.return_opens_on(&at.program.policy) > at.today();
    loan.opened_on.is_some() && loan.received.is_empty() && ahead
}
