//! Orders as a trial knows them (CONV-1, 2, 7, 8): what is placed holds its removal until it is mapped or closed.

use super::{At, Change, State, Status, Trial, TrialEvent};
use crate::{
    ids::{OrderId, OrgId, PersonId},
    notify::{Audience, Facts, Message, MessageKind},
    order::{ClosedOrder, Order},
    program::Program,
    refusal::{Code, Refusal},
    time::{days_between, end_of},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// What a trial knows of its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderMark {
    /// Which.
    pub id: OrderId,
    /// Services by id, with their quantities.
    pub services: Vec<(String, u32)>,
    /// Who sets it up.
    pub contact: PersonId,
    /// Who placed it.
    pub placed_by: PersonId,
    /// For which company.
    pub ordered_by: OrgId,
    /// The customer's civil day on which it was placed.
    pub placed_on: Date,
    /// CONV-7: unless it is mapped it closes at the end of this day.
    pub closes_on: Date,
    /// The last day on which it held anything, once it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<Date>,
}

/// CONV-1: to whom the conversion was handed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// The distributor.
    pub distributor: OrgId,
    /// When.
    pub at: Timestamp,
    /// Who did: he sets up what the distributor orders, unless it names somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
}

impl Trial {
    /// The order that still waits to be mapped.
    pub fn open_order(&self) -> Option<&OrderMark> {
        let open = matches!(self.status(), Status::Active | Status::Expired);
        self.order.as_ref().filter(|mark| open && mark.closed_on.is_none())
    }

    /// EXP-4, CONV-7: the last day before its removal: of grace, or of an order that was placed in time.
    pub fn removal_day(&self, program: &Program) -> Option<Date> {
        let grace = self.term()?.grace_ends_on(program);
        let held = self.order.as_ref().map(|mark| mark.closed_on.unwrap_or(mark.closes_on));
        Some(held.map_or(grace, |day| day.max(grace)))
    }

    /// CONV-7: the open order that keeps it beyond its grace.
    pub fn held_by_order(&self, program: &Program) -> Option<&OrderMark> {
        let grace = self.term()?.grace_ends_on(program);
        self.open_order().filter(|mark| mark.closes_on > grace)
    }

    /// CONV-7: possible while it runs and through its grace, not after; also where a hold keeps it.
    ///
    /// # Errors
    /// `trial_not_convertible`.
    pub fn can_be_ordered(&self, at: &At<'_>) -> Result<(), Refusal> {
        let in_time = match &self.state {
            State::Active(term) | State::Expired(term) => at.now < end_of(term.grace_ends_on(at.program), at.zone),
            State::PendingConsent { .. }
            | State::PendingProvisioningDetails
            | State::PendingApproval
            | State::Provisioning
            | State::Converted { .. }
            | State::Cancelled { .. }
            | State::Declined { .. }
            | State::Lapsed { .. }
            | State::Removed { .. } => false,
        };
        if !in_time {
            return Err(Refusal::new(Code::TrialNotConvertible).with("status", self.status().as_str()));
        }
        match self.open_order() {
            Some(mark) => Err(Refusal::new(Code::OrderOpen).with("order_id", mark.id.as_str())),
            None => Ok(()),
        }
    }

    /// CONV-1, 2: an order is placed; its contact is asked to set it up.
    ///
    /// # Errors
    /// `trial_not_convertible`, `order_open`.
    pub fn place_order(&self, order: &Order, at: &At<'_>) -> Result<Change, Refusal> {
        self.can_be_ordered(at)?;
        let mark = OrderMark {
            id: order.id.clone(),
            services: order.services.clone(),
            contact: order.contact.person.clone(),
            placed_by: order.placed_by.clone(),
            ordered_by: order.ordered_by.clone(),
            placed_on: order.placed_on,
            closes_on: order.closes_on,
            closed_on: None,
        };
        let message = self.order_message(&mark, MessageKind::OrderSetUp, at);
        let placed = TrialEvent::OrderPlaced { order: Box::new(mark) };
        Ok(Change::default().event(placed).tell(message))
    }

    /// CONV-2: the email again, perhaps to somebody else.
    ///
    /// # Errors
    /// `wrong_status` when no such order is open.
    pub fn send_order_again(&self, order: &OrderId, contact: &PersonId, at: &At<'_>) -> Result<Change, Refusal> {
        let mark = self.open_order().filter(|mark| mark.id == *order);
        let mark = mark.ok_or_else(|| Refusal::new(Code::WrongStatus).with("status", self.status().as_str()))?;
        let redirected = TrialEvent::OrderRedirected {
            order: order.clone(),
            contact: contact.clone(),
        };
        let message = self.order_message(mark, MessageKind::OrderSetUp, at);
        Ok(Change::default().event(redirected).tell(message))
    }

    /// CONV-7: the open order closes, where there is one. `reason` is why; the line is what somebody said about it.
    pub fn close_order(&self, reason: ClosedOrder, line: Option<String>, at: &At<'_>) -> Option<Change> {
        let mark = self.open_order()?;
        // What closes by itself does so at the end of its last day, however late the worker comes by.
        let on = match reason {
            ClosedOrder::NotMapped => mark.closes_on,
            ClosedOrder::Withdrawn => at.today().min(mark.closes_on),
        };
        let mut message = self.order_message(mark, MessageKind::OrderClosed, at);
        message.facts.outcome = Some(reason.as_str().to_owned());
        message.facts.has_line = line.is_some();
        message.line = line;
        let closed = TrialEvent::OrderClosed {
            order: mark.id.clone(),
            on,
            reason,
        };
        Some(Change::default().event(closed).tell(message))
    }

    /// CONV-7: it is still not mapped.
    pub(super) fn remind_of_order(&self, at: &At<'_>) -> Option<Change> {
        let mark = self.open_order()?;
        if at.now >= end_of(mark.closes_on, at.zone) {
            return None;
        }
        let kind = super::MilestoneKind::OrderReminder;
        let message = self.order_message(mark, MessageKind::OrderReminder, at);
        Some(Change::default().event(TrialEvent::Notified { kind }).tell(message))
    }

    /// CONV-7: nobody mapped it in time.
    pub(super) fn order_runs_out(&self, at: &At<'_>) -> Option<Change> {
        let mark = self.open_order()?;
        match at.now >= end_of(mark.closes_on, at.zone) {
            true => self.close_order(ClosedOrder::NotMapped, None, at),
            false => None,
        }
    }

    fn order_message(&self, mark: &OrderMark, kind: MessageKind, at: &At<'_>) -> Message {
        let facts = Facts {
            services: mark.services.iter().map(|(id, _)| id.clone()).collect(),
            order: Some(mark.id.clone()),
            ordered: mark.services.clone(),
            closes_on: Some(mark.closes_on),
            days_left: Some(days_between(at.today(), mark.closes_on)),
            // Another partner may have the trial by the time that it is read (ORG-11).
            partner: Some(self.partner.clone()),
            ..Facts::default()
        };
        Message {
            kind,
            audience: Audience::Person,
            facts,
            line: None,
        }
    }

    /// CONV-1: the conversion goes to a distributor; nothing changes where it went there before.
    ///
    /// # Errors
    /// `trial_not_convertible`, `order_open`.
    pub fn hand_conversion_over(&self, distributor: &OrgId, by: &PersonId, at: &At<'_>) -> Result<Change, Refusal> {
        self.can_be_ordered(at)?;
        if self
            .handed_over
            .as_ref()
            .is_some_and(|to| to.distributor == *distributor)
        {
            return Ok(Change::default());
        }
        let handed = TrialEvent::ConversionHandedOver {
            distributor: distributor.clone(),
            by: by.clone(),
            at: at.now,
        };
        let message = Message {
            kind: MessageKind::ConversionHandedOver,
            audience: Audience::PartnerAdministrators,
            facts: Facts {
                license_quantity: Some(self.license_quantity),
                ..self.selling_facts(at)
            },
            line: None,
        };
        Ok(Change::default().event(handed).tell(message))
    }

    /// EXP-6: past its end it is in grace, and what counts is the end of that.
    fn selling_facts(&self, at: &At<'_>) -> Facts {
        let term = self.term();
        Facts {
            services: self.service_ids(),
            ends_on: term
                .map(|term| term.ends_on)
                .filter(|day| at.now < end_of(*day, at.zone)),
            grace_ends_on: term.map(|term| term.grace_ends_on(at.program)),
            ..Facts::default()
        }
    }

    /// CONV-8: the customer wants to buy; once a day at most.
    pub fn want_purchase(&self, by: &PersonId, services: &[String], note: Option<String>, at: &At<'_>) -> Change {
        let today = at.today();
        let running = matches!(self.status(), Status::Active | Status::Expired);
        if !running || self.purchase_wanted_on == Some(today) {
            return Change::default();
        }
        let mut facts = Facts {
            license_quantity: Some(self.license_quantity),
            actor: Some(by.clone()),
            has_line: note.is_some(),
            ..self.selling_facts(at)
        };
        if !services.is_empty() {
            facts.services = services.to_vec();
        }
        let message = Message {
            kind: MessageKind::PurchaseWanted,
            audience: Audience::PartnerAdministrators,
            facts,
            line: note,
        };
        let wanted = TrialEvent::PurchaseWanted {
            on: today,
            by: by.clone(),
        };
        Change::default().event(wanted).tell(message)
    }

    /// CONV-8: whether somebody there waits to be sold something.
    pub fn waits_for_order(&self) -> bool {
        let running = matches!(self.status(), Status::Active | Status::Expired);
        let answered = |day: Date| self.order.as_ref().is_some_and(|mark| mark.placed_on >= day);
        running && self.purchase_wanted_on.is_some_and(|day| !answered(day))
    }
}
