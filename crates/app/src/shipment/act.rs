//! What is done with devices: commands on their trial, which go the way of all others.

use super::{DeviceExtensionView, ReturnView, ShipmentView};
use crate::{
    Actor, App, Command, Error, Guard,
    load::Loaded,
    policy::{Action, allow},
    view::{Outcome, TrialView},
};
use domain::{
    ids::{DeviceExtensionId, ReturnId, ShipmentId, TrialId},
    refusal::{Code, FieldError, Refusal},
    shipment::Receipt,
    text,
    trial::{Change, ExtensionWish, ShipWish, ShipmentRequest, ShipmentWish, keys_given},
};
use store::region::Reads;

/// What can be done with devices.
#[derive(Clone, Debug)]
pub enum DeviceCommand {
    /// DEV-1, DEV-2.
    Request(ShipmentWish),
    /// DEV-4; the personal reason.
    Decide(ShipmentId, bool, Option<String>),
    /// DEV-4.
    Ship(ShipmentId, ShipWish),
    /// EXT-4.
    AskLonger(ShipmentId, ExtensionWish),
    /// EXT-4; the personal reason.
    DecideLonger(DeviceExtensionId, bool, Option<String>),
    /// DEV-6.
    OpenReturn(ShipmentId),
    /// DEV-8.
    Receive(ShipmentId, Vec<String>),
    /// DEV-7; the personal reason.
    AskLabel(ShipmentId, Option<String>),
    /// DEV-4: what was typed, and what it is.
    Correct(ShipmentId, String, String),
}

impl DeviceCommand {
    pub(crate) fn action(&self) -> Action {
        match self {
            DeviceCommand::Request(_) => Action::RequestShipment,
            DeviceCommand::Decide(..) | DeviceCommand::Ship(..) | DeviceCommand::Correct(..) => Action::DecideShipment,
            DeviceCommand::AskLonger(..) => Action::AskDeviceExtension,
            DeviceCommand::DecideLonger(..) => Action::DecideDeviceExtension,
            DeviceCommand::OpenReturn(_) => Action::OpenReturn,
            DeviceCommand::Receive(..) => Action::ReceiveReturn,
            DeviceCommand::AskLabel(..) => Action::RequestLabel,
        }
    }
}

impl App {
    /// From command to change, with what the store knows about serials.
    pub(crate) async fn decide_devices(
        &self,
        reads: &Reads<'_>,
        actor: &Actor,
        loaded: &Loaded,
        command: &DeviceCommand,
    ) -> Result<Change, Error> {
        let (at, trial) = (loaded.at(), &loaded.record.trial);
        let closed = loaded.facts()?.closed_on.is_some();
        if closed && matches!(command, DeviceCommand::AskLonger(..)) {
            let refusal = Refusal::new(Code::WrongStatus).with("status", trial.status().as_str());
            return Err(refusal.into());
        }
        let mut change = match command {
            DeviceCommand::Request(wish) => trial.request_shipment(wish, &at)?,
            DeviceCommand::Decide(id, approved, reason) => {
                trial.decide_shipment(id, *approved, reason.as_deref(), &at)?
            }
            DeviceCommand::Ship(id, wish) => {
                let given = wish.serials.iter().flatten().filter_map(|one| one.serial.as_deref());
                // A list of a wrong length is refused by its length, whatever stands in it.
                let keys = keys_given(given.take(SERIALS));
                let out = reads.serials_out(&keys).await?.into_keys().collect();
                trial.ship(id, wish, &out, &at)?
            }
            DeviceCommand::AskLonger(id, wish) => trial.ask_device_extension(id, wish, &at)?,
            DeviceCommand::DecideLonger(id, approved, reason) => {
                // Whoever acts for somebody is still the one who asked.
                let by = (*approved, actor.id());
                trial.decide_device_extension(id, by, reason.as_deref(), &at)?
            }
            DeviceCommand::OpenReturn(id) => trial.open_return(id, &at)?,
            DeviceCommand::Receive(id, serials) => {
                let keys = keys_given(serials.iter().take(SERIALS).map(String::as_str));
                let mut elsewhere = reads.serials_out(&keys).await?;
                elsewhere.retain(|_, other| other != id);
                trial.receive(id, serials, &elsewhere, &at)?
            }
            DeviceCommand::AskLabel(id, reason) => {
                let country = &loaded.facts()?.country;
                trial.request_label(id, reason.as_deref(), country, &at)?
            }
            DeviceCommand::Correct(id, from, to) => {
                let keys = keys_given([to.as_str()]);
                let out = reads.serials_out(&keys).await?.into_keys().collect();
                trial.correct_serial(id, (from, to), &out)?
            }
        };
        if closed {
            // EXP-9: what somebody says after that is kept nowhere; nobody would erase it.
            change.texts.clear();
            for message in &mut change.messages {
                message.line = None;
                message.facts.has_line = false;
            }
        }
        Ok(change)
    }

    async fn do_with_devices(
        &self,
        actor: &Actor,
        trial: &TrialId,
        command: DeviceCommand,
        guard: &Guard,
    ) -> Result<Outcome, Error> {
        self.execute(actor, trial, &Command::Devices(command), guard).await
    }

    /// The trial of a shipment; what is not there and what one may not see look alike.
    pub(super) async fn trial_of(&self, id: &ShipmentId) -> Result<TrialId, Error> {
        let found = self.region(id.region())?.read().trial_of_shipment(id).await?;
        found.ok_or_else(Error::not_found)
    }

    async fn view_after(&self, actor: &Actor, view: &TrialView, id: &ShipmentId) -> Result<ShipmentView, Error> {
        let shown = self.devices_in(view).await?;
        let found = view.trial.shipment(id).ok_or_else(Error::not_found)?;
        Ok(shown.shipment(found).for_reader(actor))
    }

    /// DEV-1, DEV-2: asks for devices of a running trial.
    ///
    /// # Errors
    /// `role_required`, `not_found`, wrong input, `device_limit_exceeded`, `wrong_status`, `device_type_already_shipped`.
    pub async fn request_shipment(
        &self,
        actor: &Actor,
        trial: &TrialId,
        request: &ShipmentRequest,
        guard: &Guard,
    ) -> Result<ShipmentView, Error> {
        allow(actor, Action::RequestShipment, self.clock.now())?;
        let loaded = self.loaded_for(actor, trial, Action::RequestShipment).await?;
        let id = ShipmentId::new(trial.region(), &self.unique());
        let wish = request.validate(id, actor.id().clone(), &loaded.program)?;
        let outcome = self
            .do_with_devices(actor, trial, DeviceCommand::Request(wish), guard)
            .await?;
        // The last one is the new one, also where the answer is given again.
        let view = &outcome.trial;
        let id = view.trial.shipments.last().map(|one| one.id.clone());
        let shown = self.view_after(actor, view, &id.ok_or_else(Error::not_found)?).await?;
        Ok(ShipmentView {
            id: shown.id.filter(|_| !guard.dry_run),
            ..shown
        })
    }

    /// DEV-4: the trials team says yes or no.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `already_decided`, `wrong_status`.
    pub async fn decide_shipment(
        &self,
        actor: &Actor,
        id: &ShipmentId,
        (approved, reason): (bool, Option<&str>),
        guard: &Guard,
    ) -> Result<ShipmentView, Error> {
        allow(actor, Action::DecideShipment, self.clock.now())?;
        let reason = noted("/reason", reason)?;
        let trial = self.trial_of(id).await?;
        let command = DeviceCommand::Decide(id.clone(), approved, reason);
        let outcome = self.do_with_devices(actor, &trial, command, guard).await?;
        self.view_after(actor, &outcome.trial, id).await
    }

    /// DEV-4: devices leave.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `wrong_status`, `device_limit_exceeded`, `serial_mismatch`, other wrong input.
    pub async fn ship(
        &self,
        actor: &Actor,
        id: &ShipmentId,
        wish: &ShipWish,
        guard: &Guard,
    ) -> Result<ShipmentView, Error> {
        allow(actor, Action::DecideShipment, self.clock.now())?;
        let tracking = wish.tracking.as_deref().map(text::name).transpose();
        let wish = ShipWish {
            tracking: tracking.map_err(|code| Error::field("/tracking", code))?,
            ..wish.clone()
        };
        let trial = self.trial_of(id).await?;
        let command = DeviceCommand::Ship(id.clone(), wish);
        let outcome = self.do_with_devices(actor, &trial, command, guard).await?;
        self.view_after(actor, &outcome.trial, id).await
    }

    /// DEV-4: puts a serial right that was typed wrongly at shipping, before the device comes back.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `wrong_status`, `serial_mismatch`.
    pub async fn correct_serial(
        &self,
        actor: &Actor,
        id: &ShipmentId,
        (from, to): (Option<&str>, Option<&str>),
        guard: &Guard,
    ) -> Result<ShipmentView, Error> {
        allow(actor, Action::DecideShipment, self.clock.now())?;
        let from = from.ok_or_else(|| Error::field("/from", Code::Required))?;
        let to = to.ok_or_else(|| Error::field("/to", Code::Required))?;
        let trial = self.trial_of(id).await?;
        let command = DeviceCommand::Correct(id.clone(), from.to_owned(), to.to_owned());
        let outcome = self.do_with_devices(actor, &trial, command, guard).await?;
        self.view_after(actor, &outcome.trial, id).await
    }

    /// EXT-4: asks to keep devices longer.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `wrong_status`, `device_limit_exceeded` with `last_possible_on`.
    pub async fn ask_device_extension(
        &self,
        actor: &Actor,
        (id, days): (&ShipmentId, Option<i64>),
        reason: Option<&str>,
        guard: &Guard,
    ) -> Result<DeviceExtensionView, Error> {
        allow(actor, Action::AskDeviceExtension, self.clock.now())?;
        let days = days.ok_or_else(|| Error::from(vec![FieldError::new("/days", Code::Required)]))?;
        let trial = self.trial_of(id).await?;
        let wish = ExtensionWish {
            id: DeviceExtensionId::new(trial.region(), &self.unique()),
            days,
            reason: noted("/reason", reason)?,
            by: actor.id().clone(),
        };
        let command = DeviceCommand::AskLonger(id.clone(), wish);
        let outcome = self.do_with_devices(actor, &trial, command, guard).await?;
        let after = self.view_after(actor, &outcome.trial, id).await?;
        let shown = after.extensions.into_iter().next_back().ok_or_else(Error::not_found)?;
        Ok(DeviceExtensionView {
            id: shown.id.filter(|_| !guard.dry_run),
            ..shown
        })
    }

    /// EXT-4: the trials team says yes or no; a yes that is too late closes the matter as refused and says why.
    ///
    /// # Errors
    /// `role_required`, `forbidden` for whoever asked, `not_found`, `already_decided`, `device_limit_exceeded`.
    pub async fn decide_device_extension(
        &self,
        actor: &Actor,
        id: &DeviceExtensionId,
        (approved, reason): (bool, Option<&str>),
        guard: &Guard,
    ) -> Result<DeviceExtensionView, Error> {
        allow(actor, Action::DecideDeviceExtension, self.clock.now())?;
        let reason = noted("/reason", reason)?;
        let reads = self.region(id.region())?.read();
        let trial = reads
            .trial_of_device_extension(id)
            .await?
            .ok_or_else(Error::not_found)?;
        let command = DeviceCommand::DecideLonger(id.clone(), approved, reason);
        let outcome = self.do_with_devices(actor, &trial, command, guard).await?;
        let shown = self.devices_in(&outcome.trial).await?;
        let view = shown.extension(id).ok_or_else(Error::not_found)?;
        if let Some(refusal) = view.objection().filter(|_| approved) {
            return Err(refusal.into());
        }
        Ok(view.for_reader(actor))
    }

    /// DEV-6: opens a return once returns are accepted.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `wrong_status` with `opens_on`.
    pub async fn open_return(&self, actor: &Actor, id: &ShipmentId, guard: &Guard) -> Result<ReturnView, Error> {
        allow(actor, Action::OpenReturn, self.clock.now())?;
        let trial = self.trial_of(id).await?;
        let command = DeviceCommand::OpenReturn(id.clone());
        let outcome = self.do_with_devices(actor, &trial, command, guard).await?;
        self.return_after(actor, &outcome.trial, id).await
    }

    /// DEV-8: what came back, serial by serial; which were taken, and which were not and why.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `wrong_status`, `serial_mismatch` where none was right.
    pub async fn receive_return(
        &self,
        actor: &Actor,
        id: &ReturnId,
        serials: &[String],
        guard: &Guard,
    ) -> Result<(ReturnView, Receipt), Error> {
        allow(actor, Action::ReceiveReturn, self.clock.now())?;
        let shipment = id.shipment();
        let trial = self.trial_of(&shipment).await?;
        let command = DeviceCommand::Receive(shipment.clone(), serials.to_vec());
        let outcome = self.do_with_devices(actor, &trial, command, guard).await?;
        // What is refused was written down and told before.
        if let Some(refusal) = outcome.receipt.as_ref().and_then(Receipt::refusal) {
            return Err(refusal.into());
        }
        let view = self.return_after(actor, &outcome.trial, &shipment).await?;
        Ok((view, outcome.receipt.unwrap_or_default()))
    }

    /// DEV-7: asks for a new return label, where the way back of that country has any.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `wrong_status`, `label_elsewhere`, `too_many_requests`.
    pub async fn request_label(
        &self,
        actor: &Actor,
        id: &ReturnId,
        reason: Option<&str>,
        guard: &Guard,
    ) -> Result<ReturnView, Error> {
        allow(actor, Action::RequestLabel, self.clock.now())?;
        let (reason, shipment) = (noted("/reason", reason)?, id.shipment());
        let trial = self.trial_of(&shipment).await?;
        let command = DeviceCommand::AskLabel(shipment.clone(), reason);
        let outcome = self.do_with_devices(actor, &trial, command, guard).await?;
        self.return_after(actor, &outcome.trial, &shipment).await
    }

    async fn return_after(&self, actor: &Actor, view: &TrialView, id: &ShipmentId) -> Result<ReturnView, Error> {
        let after = self.view_after(actor, view, id).await?;
        after.returned.ok_or_else(Error::not_found)
    }
}

/// As many serials are looked up for one call.
const SERIALS: usize = 1_000;

impl DeviceExtensionView {
    /// What stood against a yes when it was given.
    fn objection(&self) -> Option<Refusal> {
        let domain::shipment::DeviceExtensionState::Refused {
            because: Some(code), ..
        } = &self.extension.state
        else {
            return None;
        };
        let left = domain::time::days_between(self.device_ends_on, self.latest_ends_on).max(0);
        let error = FieldError::new("/days", *code).with("max", left);
        let error = error
            .with("days", domain::time::days_between(self.shipped_on, self.latest_ends_on))
            .with("value", self.extension.days);
        let refusal = Refusal::input(vec![error]).with("last_possible_on", self.latest_ends_on.to_string());
        Some(refusal.with("days_possible", left).with("extension_status", "refused"))
    }
}

fn noted(pointer: &str, given: Option<&str>) -> Result<Option<String>, Error> {
    let checked = given.map(text::note).transpose();
    checked.map_err(|code| Error::field(pointer, code))
}
