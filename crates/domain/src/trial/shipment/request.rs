//! Asking for devices (DEV-1 to 3): with the start, or later while the trial runs.

use super::super::{
    At, Change, DeviceLine, ServiceState, ShipTo, State, Trial, TrialEvent,
    start::devices::{address, lines},
};
use crate::{
    ids::{PersonId, ShipmentId},
    notify::{Audience, MessageKind},
    program::Program,
    refusal::{Code, FieldError, Refusal},
    shipment::{Shipment, ShipmentState, text_key},
};
use serde::{Deserialize, Serialize};

/// `POST /shipments`, beside its trial; nothing of it is trusted, missing is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShipmentRequest {
    /// Types and how many of each.
    pub ship: Option<Vec<DeviceLine>>,
    /// DEV-3.
    pub site_has_poe: Option<bool>,
    /// Where to.
    pub ship_to: Option<ShipTo>,
    /// Why; the trials team reads it. Checked text.
    pub reason: Option<String>,
}

/// Devices that are asked for, once checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShipmentWish {
    /// The new shipment's id.
    pub id: ShipmentId,
    /// Types and how many of each.
    pub lines: Vec<(String, u32)>,
    /// DEV-3.
    pub site_has_poe: Option<bool>,
    /// ISO 3166 alpha-2.
    pub country: String,
    /// The address, a personal text.
    pub ship_to: String,
    /// Why, a personal text.
    pub reason: Option<String>,
    /// Who asks.
    pub by: PersonId,
}

impl ShipmentRequest {
    /// Checks everything that the program says (DEV-1 to 3).
    ///
    /// # Errors
    /// Every field that is wrong, all at once.
    pub fn validate(&self, id: ShipmentId, by: PersonId, program: &Program) -> Result<ShipmentWish, Refusal> {
        let mut errors = Vec::new();
        let given = self.ship.as_deref().unwrap_or_default();
        match &self.ship {
            None => errors.push(FieldError::new("/ship", Code::Required)),
            Some(lines) if lines.is_empty() => errors.push(FieldError::new("/ship", Code::Empty)),
            Some(lines) if lines.len() > program.device_types.len() => {
                let error = FieldError::new("/ship", Code::TooMany).with("max", program.device_types.len());
                return Err(Refusal::input(vec![error]));
            }
            Some(_) => {}
        }
        let ship = lines(given, "", program, &mut errors);
        let needs_poe = |(id, _): &(String, u32)| program.device_type(id).is_some_and(|device| device.needs_poe);
        // DEV-3: such phones come without power supplies; whoever asks has to have thought of it.
        if self.site_has_poe.is_none() && ship.iter().any(needs_poe) {
            errors.push(FieldError::new("/site_has_poe", Code::Required));
        }
        let ship_to = address(self.ship_to.as_ref(), "", program, &mut errors);
        let country = self.ship_to.as_ref().and_then(|to| to.country.clone());
        let (Some(ship_to), Some(country), true) = (ship_to, country, errors.is_empty()) else {
            return Err(Refusal::input(errors));
        };
        Ok(ShipmentWish {
            id,
            lines: ship,
            site_has_poe: self.site_has_poe,
            country,
            ship_to,
            reason: self.reason.clone(),
            by,
        })
    }
}

impl Trial {
    /// DEV-1, DEV-2: devices are asked for while the trial runs; each type goes once.
    ///
    /// # Errors
    /// `wrong_status` unless the trial runs and has a devices service that does; `device_type_already_shipped`.
    pub fn request_shipment(&self, wish: &ShipmentWish, at: &At<'_>) -> Result<Change, Refusal> {
        if !matches!(self.state, State::Active(_)) || !self.devices_run(at.program) {
            let refusal = Refusal::new(Code::WrongStatus).with("status", self.status().as_str());
            let runs = matches!(self.state, State::Active(_));
            return Err(if runs {
                refusal.with("service", "devices")
            } else {
                refusal
            });
        }
        let taken: Vec<&str> = wish
            .lines
            .iter()
            .map(|(id, _)| id.as_str())
            .filter(|id| self.has_type(id))
            .collect();
        if !taken.is_empty() {
            return Err(Refusal::new(Code::DeviceTypeAlreadyShipped).with("device_types", taken));
        }
        self.registrations_left(wish)?;
        let shipment = Shipment {
            id: wish.id.clone(),
            lines: wish.lines.clone(),
            site_has_poe: wish.site_has_poe,
            country: wish.country.clone(),
            requested_by: Some(wish.by.clone()),
            requested_at: at.now,
            state: ShipmentState::Requested,
        };
        let key = |what: &str| text_key(what, wish.id.as_str());
        Ok(self
            .shipment_requested(shipment, wish.reason.as_deref(), at)
            .text(key("ship_to"), Some(wish.ship_to.clone()))
            .text(key("note"), wish.reason.clone()))
    }

    /// DEV-1: never more devices than registration licences.
    fn registrations_left(&self, wish: &ShipmentWish) -> Result<(), Refusal> {
        let Some(devices) = &self.devices else { return Ok(()) };
        let shipped = self.shipments.iter().filter(|one| one.takes_types());
        let left = devices
            .registration_licenses
            .saturating_sub(shipped.map(Shipment::count).sum());
        let wanted: u32 = wish.lines.iter().map(|(_, quantity)| quantity).sum();
        if wanted <= left {
            return Ok(());
        }
        let error = FieldError::new("/ship", Code::QuantityOutOfRange);
        let error = error.with("min", left.min(1)).with("max", left).with("value", wanted);
        Err(Refusal::input(vec![error]))
    }

    fn shipment_requested(&self, shipment: Shipment, reason: Option<&str>, at: &At<'_>) -> Change {
        let facts = self.device_facts(&shipment, at);
        let messages = self.device_messages(MessageKind::ShipmentRequested, &[Audience::TrialsTeam], &facts, reason);
        let mut change = Change::default().event(TrialEvent::ShipmentRequested {
            shipment: Box::new(shipment),
        });
        change.messages = messages;
        change
    }

    /// DEV-1: what the start asked for goes to the trials team when the days count and the devices service runs.
    pub(in crate::trial) fn first_shipment(&self, at: &At<'_>) -> Option<Change> {
        let devices = self.devices.as_ref().filter(|devices| !devices.ship.is_empty())?;
        let begins = matches!(self.state, State::Active(_)) && self.shipments.is_empty();
        if !begins || !self.devices_run(at.program) {
            return None;
        }
        let shipment = Shipment {
            id: self.id.first_shipment(),
            lines: devices.ship.clone(),
            site_has_poe: devices.site_has_poe,
            country: devices.country.clone().unwrap_or_default(),
            requested_by: None,
            requested_at: at.now,
            state: ShipmentState::Requested,
        };
        Some(self.shipment_requested(shipment, None, at))
    }

    /// Whether devices are still to leave: asked for, or to be asked for when the days begin.
    pub fn ships_devices(&self, program: &Program) -> bool {
        let from_start = self.devices.as_ref().is_some_and(|devices| !devices.ship.is_empty());
        let to_come = from_start && self.shipments.is_empty() && self.status().is_open() && self.tries_devices(program);
        to_come || self.shipments.iter().any(Shipment::is_wanted)
    }

    fn devices_run(&self, program: &Program) -> bool {
        let is_devices = |id: &str| program.service(id).is_some_and(|service| service.devices);
        self.services
            .iter()
            .any(|service| is_devices(&service.id) && service.state == ServiceState::Provisioned)
    }

    fn tries_devices(&self, program: &Program) -> bool {
        let is_devices = |id: &str| program.service(id).is_some_and(|service| service.devices);
        self.services.iter().any(|service| is_devices(&service.id))
    }

    /// DEV-2: whether a type is in a shipment of this trial already.
    fn has_type(&self, id: &str) -> bool {
        let has = |one: &&Shipment| one.lines.iter().any(|(device, _)| device == id);
        self.shipments
            .iter()
            .filter(|one| one.takes_types())
            .any(|one| has(&one))
    }

    /// EDIT-2: without a devices service nothing is shipped any more.
    pub(in crate::trial) fn withdraw_without_service(&self, at: &At<'_>) -> Change {
        let mut change = Change::default();
        if !self.tries_devices(at.program) {
            let wanted = self.shipments.iter().filter(|one| one.is_wanted());
            change.events = wanted
                .map(|one| TrialEvent::ShipmentWithdrawn { id: one.id.clone() })
                .collect();
        }
        change
    }
}
