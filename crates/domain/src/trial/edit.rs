//! Editing a running trial (EDIT), its notes, its administrator's address (START-11), a reminder by hand (EXP-6).

use super::{AddedBy, At, Change, Origin, ServiceState, State, Status, Trial, TrialEvent, TrialService};
use crate::{
    ids::PersonId,
    notify::{Audience, Facts, Message, MessageKind},
    refusal::{Code, FieldError, Refusal, ServiceReason},
    time::{days_between, end_of, seconds_until},
};

/// What the partner asks; what is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// The services the trial should have, all of them.
    pub services: Option<Vec<String>>,
    /// START-3.
    pub license_quantity: Option<i64>,
    /// Personal text; empty removes it.
    pub notes: Option<String>,
}

/// EDIT-1: to whom licences of a service are assigned, first assigned first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assigned {
    /// The service's id.
    pub service: String,
    /// Names of the people.
    pub people: Vec<String>,
}

impl Trial {
    /// EDIT-1: adds and removes services, changes the quantity; an empty change says that all is so already.
    /// `eligible` gives the services that cannot be tried among those it is asked for.
    ///
    /// # Errors
    /// `wrong_status`, input, `service_not_eligible`, `quantity_below_assigned`.
    pub fn edit(
        &self,
        wish: &Edit,
        eligible: impl Fn(&[String]) -> Vec<ServiceReason>,
        assigned: &[Assigned],
        at: &At<'_>,
    ) -> Result<Change, Refusal> {
        let mut change = self.notes(wish)?;
        if wish.services.is_none() && wish.license_quantity.is_none() {
            return Ok(change);
        }
        if self.status() != Status::Active {
            return Err(Refusal::new(Code::WrongStatus).with("status", self.status().as_str()));
        }
        let (wanted, quantity) = self.wanted(wish, at)?;
        let before = self.service_ids();
        let added: Vec<String> = wanted.iter().filter(|id| !before.contains(id)).cloned().collect();
        let removed: Vec<String> = before.iter().filter(|id| !wanted.contains(id)).cloned().collect();
        let refused = eligible(&added);
        if !refused.is_empty() {
            return Err(Refusal::services(Code::ServiceNotEligible, refused));
        }
        let services = self.services_after(wish, &wanted, quantity, at);
        Self::surplus(&services, assigned)?;
        if services == self.services && quantity == self.license_quantity {
            return Ok(change);
        }
        change.merge(self.changed(services, added, removed, quantity, at));
        Ok(change)
    }

    fn notes(&self, wish: &Edit) -> Result<Change, Refusal> {
        let Some(notes) = &wish.notes else {
            return Ok(Change::default());
        };
        if !self.status().is_open() {
            return Err(Refusal::new(Code::WrongStatus).with("status", self.status().as_str()));
        }
        Ok(Change::default()
            .event(TrialEvent::NotesChanged)
            .text("notes", Some(notes.clone())))
    }

    fn wanted(&self, wish: &Edit, at: &At<'_>) -> Result<(Vec<String>, u32), Refusal> {
        let mut errors = Vec::new();
        let ids = wish.services.clone().unwrap_or_else(|| self.service_ids());
        super::start::field::check_services(&ids, "/services", at.program, &mut errors);
        if ids.is_empty() {
            errors.push(FieldError::new("/services", Code::Empty));
        }
        let rule = &at.program.license_quantity;
        let quantity =
            super::start::field::check_quantity(wish.license_quantity, self.license_quantity, rule, &mut errors);
        for (index, id) in ids
            .iter()
            .enumerate()
            .filter(|(_, id)| !self.service_ids().contains(id))
        {
            let service = at.program.service(id);
            // What these ask cannot be given here: it is asked with a trial of their own.
            if service.is_some_and(|s| s.site && self.meetings.is_none()) {
                errors.push(FieldError::new(format!("/services/{index}"), Code::SiteRequired));
            }
            if service.is_some_and(|s| s.devices && self.devices.is_none()) {
                errors.push(FieldError::new(format!("/services/{index}"), Code::DevicesRequired));
            }
        }
        if errors.is_empty() {
            Ok((at.program.with_required(&ids), quantity))
        } else {
            Err(Refusal::input(errors))
        }
    }

    fn services_after(&self, wish: &Edit, wanted: &[String], quantity: u32, at: &At<'_>) -> Vec<TrialService> {
        let asked = wish.services.as_deref().unwrap_or_default();
        let one = |id: &String| {
            let rule = at.program.service(id);
            let old = self.services.iter().find(|service| service.id == *id);
            let own = rule.is_some_and(|s| s.quantity.is_some() || s.devices);
            let registrations = self.devices.as_ref().filter(|_| rule.is_some_and(|s| s.devices));
            let fixed = old.map(|service| service.quantity).or(rule.and_then(|s| s.quantity));
            let fixed = fixed.or(registrations.map(|devices| devices.registration_licenses));
            let waits = if rule.is_some_and(|s| s.needs_approval) {
                ServiceState::AwaitingApproval
            } else {
                ServiceState::Waiting
            };
            let added_by = if asked.contains(id) {
                AddedBy::Edit
            } else {
                AddedBy::Requirement
            };
            TrialService {
                id: id.clone(),
                quantity: if own { fixed.unwrap_or(quantity) } else { quantity },
                state: old.map_or(waits, |service| service.state),
                added_by: old.map_or(added_by, |service| service.added_by),
            }
        };
        wanted.iter().map(one).collect()
    }

    /// EDIT-1: a quantity below what is assigned is refused, with the names of the surplus.
    fn surplus(services: &[TrialService], assigned: &[Assigned]) -> Result<(), Refusal> {
        let mut over = serde_json::Map::new();
        for service in services {
            let people = assigned
                .iter()
                .find(|one| one.service == service.id)
                .map(|one| one.people.as_slice());
            let names = people
                .unwrap_or_default()
                .get(service.quantity as usize..)
                .unwrap_or_default();
            if !names.is_empty() {
                over.insert(service.id.clone(), names.into());
            }
        }
        if over.is_empty() {
            Ok(())
        } else {
            Err(Refusal::new(Code::QuantityBelowAssigned).with("surplus", over))
        }
    }

    fn changed(
        &self,
        services: Vec<TrialService>,
        added: Vec<String>,
        removed: Vec<String>,
        license_quantity: u32,
        at: &At<'_>,
    ) -> Change {
        let facts = Facts {
            services: services.iter().map(|service| service.id.clone()).collect(),
            added: added.clone(),
            removed: removed.clone(),
            license_quantity: Some(license_quantity),
            ends_on: self.term().map(|term| term.ends_on),
            ..Facts::default()
        };
        // EXP-5: taken away, calling leaves numbers that rest; back again, they rest with the trial's own end.
        let calling = |ids: &[TrialService]| {
            ids.iter()
                .any(|one| at.program.service(&one.id).is_some_and(|s| s.numbers))
        };
        let numbers_left_on = match (calling(&self.services), calling(&services)) {
            (_, true) => None,
            (true, false) => Some(at.today()),
            (false, false) => self.numbers_left_on,
        };
        let event = TrialEvent::ServicesChanged {
            services,
            added,
            removed,
            license_quantity,
            numbers_left_on,
            on: Some(at.today()),
        };
        let mut after = self.clone();
        after.apply(&event);
        let message = Message {
            kind: MessageKind::ServicesChanged,
            audience: Audience::CustomerAdministrators,
            facts,
            line: None,
        };
        let mut change = Change::default().event(event).tell(message);
        let before = self.awaiting();
        if after.awaiting().iter().any(|subject| !before.contains(subject)) {
            change = change.tell(after.told(MessageKind::ApprovalRequested, Audience::TrialsTeam));
        }
        change.merge(after.provision_waiting(at));
        change.merge(after.withdraw_without_service(at));
        change
    }

    /// START-11: a mistyped address of a new customer's administrator; the welcome goes out again.
    ///
    /// # Errors
    /// `wrong_status` unless the customer is new, the trial open, and the person never signed in.
    pub fn correct_administrator(&self, person: PersonId, signed_in: bool) -> Result<Change, Refusal> {
        if self.origin != Origin::New || signed_in || !self.status().is_open() {
            return Err(Refusal::new(Code::WrongStatus).with("status", self.status().as_str()));
        }
        let change = Change::default().event(TrialEvent::AdministratorCorrected { person });
        match &self.state {
            State::Active(_) | State::Expired(_) => {
                Ok(change.tell(self.told(MessageKind::Welcome, Audience::CustomerAdministrators)))
            }
            _ => Ok(change),
        }
    }

    /// EXP-6: the reminder again, with a line of the partner's, once a day at most.
    ///
    /// # Errors
    /// `wrong_status`, `too_many_requests`.
    pub fn remind(&self, line: Option<String>, at: &At<'_>) -> Result<Change, Refusal> {
        let (term, kind, late) = match &self.state {
            State::Active(term) => (term, MessageKind::ExpiryReminder, false),
            State::Expired(term) => (term, MessageKind::ExpiryNotice, true),
            _ => return Err(Refusal::new(Code::WrongStatus).with("status", self.status().as_str())),
        };
        let today = at.today();
        if self.reminded_on == Some(today) {
            let wait = seconds_until(end_of(today, at.zone), at.now);
            return Err(Refusal::new(Code::TooManyRequests).with("retry_after", wait));
        }
        let facts = Facts {
            services: self.service_ids(),
            license_quantity: Some(self.license_quantity),
            ends_on: Some(term.ends_on),
            grace_ends_on: Some(term.grace_ends_on(at.program)),
            days_left: Some(days_between(today, term.ends_on)),
            late,
            has_line: line.is_some(),
            ..Facts::default()
        };
        let message = Message {
            kind,
            audience: Audience::CustomerAdministrators,
            facts,
            line,
        };
        Ok(Change::default()
            .event(TrialEvent::Reminded { on: today })
            .tell(message))
    }
}
