//! Devices come back (DEV-6 to 8): returns open, labels, serials one by one, reminders.

use super::super::{At, Change, MilestoneKind, Trial, TrialEvent};
use crate::{
    ids::ShipmentId,
    notify::{Audience, DeviceFacts, MessageKind},
    refusal::{Code, FieldError, Refusal},
    serial::{look, serial},
    shipment::{Loan, Mismatch, Receipt, Shipment, Wrong, WrongReason, text_key},
    time::{end_of, plus_days, seconds_until},
};
use std::collections::{BTreeMap, BTreeSet};

/// More faults of one list than these help nobody.
const MOST: usize = 50;
/// As many serials are read in one call.
const MOST_SERIALS: usize = 1_000;

impl Trial {
    /// DEV-6: somebody opens a return when returns are accepted.
    ///
    /// # Errors
    /// `wrong_status` with `opens_on` before that day, and where it is open already.
    pub fn open_return(&self, id: &ShipmentId, at: &At<'_>) -> Result<Change, Refusal> {
        let (shipment, loan) = self.open_loan(id)?;
        let opens_on = loan.return_opens_on(&at.program.policy);
        if loan.opened_on.is_some() || opens_on > at.today() {
            let status = loan.return_status(at.today(), &at.program.policy).as_str();
            let refusal = Refusal::new(Code::WrongStatus).with("status", status);
            return Err(refusal.with("opens_on", opens_on.to_string()));
        }
        Ok(self.opened(shipment, at))
    }

    pub(super) fn opened(&self, shipment: &Shipment, at: &At<'_>) -> Change {
        let event = TrialEvent::ReturnOpened {
            id: shipment.id.clone(),
            on: at.today(),
        };
        self.announce(event, &shipment.id, MessageKind::ReturnOpen, at)
    }

    /// An event after which both sides are told how the shipment stands.
    fn announce(&self, event: TrialEvent, id: &ShipmentId, kind: MessageKind, at: &At<'_>) -> Change {
        let mut after = self.clone();
        after.apply(&event);
        let mut change = Change::default().event(event);
        if let Some(shipment) = after.shipment(id) {
            let facts = after.device_facts(shipment, at);
            change.messages = after.device_messages(kind, &super::BOTH, &facts, None);
        }
        change
    }

    /// DEV-6: what fell due at one instant, for every shipment to which it did.
    pub(in crate::trial) fn return_falls_due(&self, kind: MilestoneKind, at: &At<'_>) -> Option<Change> {
        let due = self.devices_due(kind, at);
        let mut change = Change::default();
        for id in due {
            let Some((shipment, loan)) = self.open_loan(&id).ok() else {
                continue;
            };
            change.merge(match kind {
                MilestoneKind::DeviceReturnOpens => self.opened(shipment, at),
                MilestoneKind::ReturnOverdue => self.overdue(shipment, loan, at),
                _ => Change::default(),
            });
        }
        let passes = matches!(kind, MilestoneKind::DeviceEnds | MilestoneKind::DeviceReturnDue);
        (passes || !change.is_empty()).then_some(change)
    }

    fn overdue(&self, shipment: &Shipment, loan: &Loan, at: &At<'_>) -> Change {
        // EXP-7: after an outage one email, not one for each day that passed.
        let reminders = loan.reminders_come(at.now, at.zone, &at.program.policy);
        let event = TrialEvent::OverdueReminded {
            id: shipment.id.clone(),
            reminders,
        };
        self.announce(event, &shipment.id, MessageKind::ReturnOverdue, at)
    }

    /// CANC-2: what is out falls due soon, and can go back at once.
    pub(in crate::trial) fn devices_fall_due(&self, at: &At<'_>) -> Change {
        let (today, policy) = (at.today(), &at.program.policy);
        let soon = plus_days(today, i64::from(policy.return_due_after_days));
        let mut change = Change::default();
        for (shipment, loan) in self.loans_out() {
            let due_by = loan.return_due_on(policy).min(soon);
            if loan.due_by == Some(due_by) {
                continue;
            }
            let event = TrialEvent::DevicesFallDue {
                id: shipment.id.clone(),
                due_by,
                on: today,
            };
            let before = loan.return_due_on(policy);
            let news = loan.opened_on.is_none() || due_by < before;
            change.merge(if news && before >= today {
                self.announce(event, &shipment.id, MessageKind::ReturnOpen, at)
            } else {
                // Nobody is told twice that a return is open, nor that it is open when it is overdue.
                Change::default().event(event)
            });
        }
        change
    }

    /// DEV-7: a new return label, where the carrier of that country gives any; once a day at most. `country` stands for
    /// one that an older start did not keep.
    ///
    /// # Errors
    /// `wrong_status`; `label_elsewhere` with the carrier for that country; `too_many_requests`.
    pub fn request_label(
        &self,
        id: &ShipmentId,
        reason: Option<&str>,
        country: &str,
        at: &At<'_>,
    ) -> Result<Change, Refusal> {
        let (shipment, loan) = self.open_loan(id)?;
        let country = if shipment.country.is_empty() {
            country
        } else {
            &shipment.country
        };
        let carrier = at.program.return_carrier(country);
        if !carrier.is_some_and(|carrier| carrier.new_labels) {
            let name = carrier.map(|carrier| carrier.name.clone()).unwrap_or_default();
            let refusal = Refusal::new(Code::LabelElsewhere).with("carrier", name);
            return Err(refusal.with("country", country));
        }
        if loan.label_asked_on == Some(at.today()) {
            let wait = seconds_until(end_of(at.today(), at.zone), at.now);
            return Err(Refusal::new(Code::TooManyRequests).with("retry_after", wait));
        }
        let facts = self.device_facts(shipment, at);
        let team = [Audience::TrialsTeam];
        let mut messages = self.device_messages(MessageKind::ShipmentRequested, &team, &facts, reason);
        for message in &mut messages {
            message.facts.outcome = Some("label".to_owned());
        }
        let mut change = Change::default().event(TrialEvent::LabelRequested {
            id: id.clone(),
            on: at.today(),
        });
        change.messages = messages;
        Ok(change.text(text_key("label_reason", id.as_str()), reason.map(str::to_owned)))
    }

    /// DEV-8: what came back, serial by serial; those that are right are taken, the others refused by name. `elsewhere`
    /// says to which other shipments serials of this list belong. Where none is right that is refused after it was
    /// written down (`Receipt::refusal`).
    ///
    /// # Errors
    /// `wrong_status` where nothing was lent; a list that is empty or too long.
    pub fn receive(
        &self,
        id: &ShipmentId,
        given: &[String],
        elsewhere: &BTreeMap<String, ShipmentId>,
        at: &At<'_>,
    ) -> Result<Change, Refusal> {
        let shipment = self.known_shipment(id)?;
        let Some(loan) = shipment.loan() else {
            return Err(Refusal::new(Code::WrongStatus).with("status", shipment.status()));
        };
        match given.len() {
            0 => return Err(Refusal::field("/serials", Code::Empty)),
            1..=MOST_SERIALS => {}
            _ => {
                let error = FieldError::new("/serials", Code::TooMany).with("max", MOST_SERIALS);
                return Err(Refusal::input(vec![error]));
            }
        }
        let receipt = compare(loan, given, elsewhere);
        if receipt.accepted.is_empty() {
            return Ok(self.nothing_right(shipment, loan, receipt, at));
        }
        let event = TrialEvent::DevicesReceived {
            id: id.clone(),
            serials: receipt.accepted.clone(),
            on: at.today(),
        };
        let mut after = self.clone();
        after.apply(&event);
        let shown = after.known_shipment(id)?;
        let mut change = Change::default().event(event);
        change.messages = after.receipt_messages(shown, &receipt, at);
        change.receipt = Some(receipt);
        Ok(change)
    }

    /// DEV-8: a parcel in which nothing is right is written down and told; the same again on that day is not.
    fn nothing_right(&self, shipment: &Shipment, loan: &Loan, receipt: Receipt, at: &At<'_>) -> Change {
        let (serials, others) = odd(&receipt);
        let mismatch = Mismatch {
            on: at.today(),
            serials,
            others,
        };
        let nothing = mismatch.serials.is_empty() && mismatch.others == 0;
        let mut change = Change::default();
        if !nothing && !loan.mismatch.as_ref().is_some_and(|told| told.covers(&mismatch)) {
            let event = TrialEvent::ReturnMismatched {
                id: shipment.id.clone(),
                mismatch,
            };
            change.events.push(event);
            change.messages = self.receipt_messages(shipment, &receipt, at);
        }
        change.receipt = Some(receipt);
        change
    }

    fn receipt_messages(&self, shipment: &Shipment, receipt: &Receipt, at: &At<'_>) -> Vec<crate::notify::Message> {
        let plain = self.device_facts(shipment, at);
        let (wrong, foreign) = odd(receipt);
        let mismatched = !wrong.is_empty() || foreign > 0;
        let mut messages = Vec::new();
        if let Some(loan) = shipment.loan().filter(|_| !receipt.accepted.is_empty()) {
            let all = || loan.received.iter().map(|one| one.serial.clone()).collect();
            let facts = DeviceFacts {
                serials: if loan.is_complete() {
                    all()
                } else {
                    receipt.accepted.clone()
                },
                awaited: plain.serials.clone(),
                ..plain.clone()
            };
            // What is still out stands in the email about what does not match as well.
            let both = loan.is_complete() || !mismatched;
            let told: &[Audience] = if both { &super::BOTH } else { &super::BOTH[..1] };
            messages = self.device_messages(MessageKind::ReturnReceived, told, &facts, None);
        }
        let facts = DeviceFacts {
            wrong,
            foreign,
            ..plain
        };
        if mismatched {
            let partner = [Audience::PartnerAdministrators];
            messages.extend(self.device_messages(MessageKind::ReturnMismatch, &partner, &facts, None));
        }
        messages
    }
}

/// What is told of serials that were not taken: those that nobody knows by name. Somebody else's devices, and what is no
/// serial at all (it may be anything, also a person's name), are counted, never named.
fn odd(receipt: &Receipt) -> (Vec<String>, u32) {
    // What only looks like one of ours was mistyped here, and is nobody's wrong device.
    let ours = [WrongReason::Repeated, WrongReason::LookAlike];
    let told = receipt.refused.iter().filter(|one| !ours.contains(&one.reason));
    let named = |one: &&Wrong| one.reason != WrongReason::Foreign && serial(&one.serial).is_ok();
    let (named, counted): (Vec<&Wrong>, Vec<&Wrong>) = told.partition(named);
    let others = u32::try_from(counted.len()).unwrap_or(u32::MAX);
    (
        named.into_iter().take(MOST).map(|one| one.serial.clone()).collect(),
        others,
    )
}

impl Receipt {
    /// DEV-8: where none was right, each with its reason.
    pub fn refusal(&self) -> Option<Refusal> {
        let errors = self.refused.iter().take(MOST).map(fault).collect();
        (self.accepted.is_empty() && !self.refused.is_empty()).then(|| Refusal::input(errors))
    }
}

fn fault(wrong: &Wrong) -> FieldError {
    let error = FieldError::new(format!("/serials/{}", wrong.index), Code::SerialMismatch);
    error.with("reason", wrong.reason.as_str()).with("value", &wrong.serial)
}

/// DEV-8: each serial of a list against what is out.
fn compare(loan: &Loan, given: &[String], elsewhere: &BTreeMap<String, ShipmentId>) -> Receipt {
    let out: BTreeSet<&str> = loan.missing().map(|device| device.serial.as_str()).collect();
    let looks: BTreeSet<String> = out.iter().map(|serial| look(serial)).collect();
    let back: BTreeSet<&str> = loan.received.iter().map(|one| one.serial.as_str()).collect();
    let mut accepted: BTreeSet<String> = BTreeSet::new();
    let mut receipt = Receipt::default();
    for (index, text) in given.iter().enumerate() {
        let (read, known) = match serial(text) {
            Ok(known) => (known.clone(), Some(known)),
            // What is no serial is shown short, as it was typed.
            Err(_) => (text.chars().filter(|c| !c.is_control()).take(40).collect(), None),
        };
        let reason = match known.as_deref() {
            None => WrongReason::Unknown,
            Some(one) if accepted.contains(one) || back.contains(one) => WrongReason::Repeated,
            Some(one) if out.contains(one) => {
                accepted.insert(one.to_owned());
                receipt.accepted.push(one.to_owned());
                continue;
            }
            Some(one) if elsewhere.contains_key(one) => WrongReason::Foreign,
            Some(one) if looks.contains(&look(one)) => WrongReason::LookAlike,
            Some(_) => WrongReason::Unknown,
        };
        receipt.refused.push(Wrong {
            index,
            belongs_to: elsewhere.get(&read).filter(|_| reason == WrongReason::Foreign).cloned(),
            serial: read,
            reason,
        });
    }
    receipt
}
