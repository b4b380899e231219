//! Becoming a paid order (CONV-5, 7); orders themselves come to it from outside.

use super::{AddedBy, At, Change, Provisioner, ServiceState, State, Trial, TrialEvent, TrialService};
use crate::{
    ids::{OrderId, PersonId},
    notify::{Audience, Facts, Message, MessageKind},
    order::{ClosedOrder, Difference},
    refusal::{Code, Refusal},
    time::end_of,
};
use jiff::civil::Date;

/// What is bought.
#[derive(Clone, Debug)]
pub struct Buy<'a> {
    /// By which order.
    pub order: &'a OrderId,
    /// Services by id, with their quantities.
    pub services: &'a [(String, u32)],
    /// CONV-5: what that makes of the trial.
    pub difference: &'a Difference,
    /// The explicit yes to what somebody loses.
    pub accept_reduced: bool,
    /// EXP-9: that a hold keeps the customer's trials beyond their time.
    pub held: bool,
    /// Who sets it up.
    pub by: &'a PersonId,
}

impl Trial {
    /// CONV-7: everything that is tried is bought.
    ///
    /// # Errors
    /// `trial_not_convertible`.
    pub fn convert(&self, at: &At<'_>) -> Result<Change, Refusal> {
        self.need_convertible()?;
        let mut change = Change::default().event(TrialEvent::Converted {
            at: at.now,
            order: None,
            services: Vec::new(),
            numbers_left_on: None,
            surplus: Vec::new(),
        });
        change.merge(self.close_order(ClosedOrder::Withdrawn, None, at).unwrap_or_default());
        Ok(change)
    }

    /// CONV-5, 7: an order is mapped: exactly what was ordered is bought, and what people have is taken from nobody
    /// without having been named.
    ///
    /// # Errors
    /// `trial_not_convertible`; `quantity_below_assigned` with services and names, unless that was accepted.
    pub fn convert_by(&self, buy: &Buy<'_>, at: &At<'_>) -> Result<Change, Refusal> {
        self.need_convertible()?;
        // CONV-7: not after, whether or not the worker has come by.
        let over = self
            .removal_day(at.program)
            .is_some_and(|day| at.now >= end_of(day, at.zone));
        if over && !buy.held {
            return Err(Refusal::new(Code::TrialNotConvertible).with("status", self.status().as_str()));
        }
        if buy.difference.takes() && !buy.accept_reduced {
            let mut over = serde_json::Map::new();
            for line in buy.difference.reduced() {
                let names: Vec<&str> = line.surplus.iter().map(|one| one.name.as_str()).collect();
                over.insert(line.service.clone(), names.into());
            }
            return Err(Refusal::new(Code::QuantityBelowAssigned).with("surplus", over));
        }
        // One that was placed for this trial besides is not wanted any more.
        let other = self.open_order().is_some_and(|mark| mark.id != *buy.order);
        let closed = other
            .then(|| self.close_order(ClosedOrder::Withdrawn, None, at))
            .flatten();
        let converted = TrialEvent::Converted {
            at: at.now,
            order: Some(buy.order.clone()),
            services: buy.services.to_vec(),
            numbers_left_on: self.numbers_left_by(buy.services, at),
            surplus: buy.difference.surplus(),
        };
        let mut after = self.clone();
        after.apply(&converted);
        let mut change = Change::default().event(converted);
        change.merge(closed.unwrap_or_default());
        for message in self.converted_messages(buy) {
            change = change.tell(message);
        }
        change.merge(after.provision_bought(at));
        Ok(change)
    }

    fn need_convertible(&self) -> Result<(), Refusal> {
        match &self.state {
            State::Active(_) | State::Expired(_) => Ok(()),
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

    /// EXP-5: calling that is not bought leaves numbers that rest from that day.
    fn numbers_left_by(&self, services: &[(String, u32)], at: &At<'_>) -> Option<Date> {
        let calling = |id: &str| at.program.service(id).is_some_and(|service| service.numbers);
        let bought = services.iter().any(|(id, _)| calling(id));
        match (self.has_numbers(at.program), bought) {
            (_, true) => None,
            (true, false) => Some(at.today()),
            (false, false) => self.numbers_left_on,
        }
    }

    fn converted_messages(&self, buy: &Buy<'_>) -> [Message; 2] {
        let ids = |lines: &[crate::order::DifferenceLine]| lines.iter().map(|line| line.service.clone()).collect();
        let facts = Facts {
            services: buy.services.iter().map(|(id, _)| id.clone()).collect(),
            added: ids(&buy.difference.new),
            removed: ids(&buy.difference.lost),
            order: Some(buy.order.clone()),
            ordered: buy.services.to_vec(),
            surplus: buy.difference.surplus(),
            actor: Some(buy.by.clone()),
            ..Facts::default()
        };
        [Audience::CustomerAdministrators, Audience::PartnerAdministrators].map(|audience| Message {
            kind: MessageKind::Converted,
            audience,
            facts: facts.clone(),
            line: None,
        })
    }

    /// What an event of conversion makes of the services: nothing said is all of them.
    pub(super) fn bought(&mut self, services: &[(String, u32)], numbers_left_on: Option<Date>) {
        if services.is_empty() {
            return;
        }
        self.numbers_left_on = numbers_left_on;
        // ELIG-4: what never ran was never tried.
        self.services
            .retain(|service| service.was_provisioned() || services.iter().any(|(id, _)| *id == service.id));
        for service in &mut self.services {
            match services.iter().find(|(id, _)| *id == service.id) {
                Some((_, quantity)) => service.quantity = *quantity,
                None => service.state = ServiceState::Withdrawn,
            }
        }
        for (id, quantity) in services {
            if !self.services.iter().any(|service| service.id == *id) {
                self.services.push(TrialService {
                    id: id.clone(),
                    quantity: *quantity,
                    state: ServiceState::Waiting,
                    added_by: AddedBy::Order,
                });
            }
        }
    }

    /// CONV-5: what was bought and does not run yet is asked of the provisioner.
    fn provision_bought(&self, at: &At<'_>) -> Change {
        let idle = |service: &&TrialService| match service.state {
            ServiceState::Waiting | ServiceState::AwaitingApproval | ServiceState::Failed => true,
            ServiceState::Provisioning
            | ServiceState::Provisioned
            | ServiceState::Suspended
            | ServiceState::Withdrawn => false,
        };
        let services: Vec<String> = self.services.iter().filter(idle).map(|one| one.id.clone()).collect();
        if services.is_empty() {
            return Change::default();
        }
        let mut change = Change::default().event(TrialEvent::ProvisioningBegan {
            services: services.clone(),
        });
        if at.provisioner == Provisioner::Embedded {
            for service in services {
                change = change.event(TrialEvent::Provisioned { service, at: at.now });
            }
        }
        change
    }
}
