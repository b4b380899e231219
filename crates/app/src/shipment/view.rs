//! What there is to show of devices: the value, its days, and what it means today.

use crate::{Actor, App, Error, load::zone, view::TrialView};
use domain::{
    ids::{DeviceExtensionId, OrgId, ReturnId, ShipmentId, TrialId},
    program::{Localized, Policy, Program},
    shipment::{Device, DeviceExtension, DeviceExtensionState, Loan, Received, ReturnStatus, Shipment, text_key},
    time::plus_days,
    trial::{ShipTo, Status},
};
use jiff::civil::Date;
use std::sync::Arc;

/// A type and how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineView {
    /// By the program's id.
    pub device_type: String,
    /// Product name.
    pub name: String,
    /// How many.
    pub quantity: u32,
    /// DEV-3: comes without a power supply.
    pub needs_poe: bool,
}

/// DEV-7: the way back from a country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The carrier, by the program's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The country that the way is for, ISO 3166 alpha-2.
    pub country: String,
    /// Whether a lost label can be had again.
    pub new_labels: bool,
    /// What one does, in order.
    pub steps: Vec<Localized>,
    /// Where a pick-up is arranged by voice.
    pub phone: Option<String>,
    /// Where a pick-up is arranged on the web.
    pub url: Option<String>,
    /// The trials team's address, for whatever the steps leave open.
    pub contact: String,
}

/// A shipment as it is shown.
#[derive(Clone, Debug)]
pub struct ShipmentView {
    /// None for one that is not there yet.
    pub id: Option<ShipmentId>,
    /// The value.
    pub shipment: Shipment,
    /// Of which trial.
    pub trial_id: TrialId,
    /// Where that stands.
    pub trial_status: Status,
    /// The trial's expiry date; not the device end date.
    pub trial_ends_on: Option<Date>,
    /// For whom; the name is empty once erased.
    pub customer: (OrgId, String),
    /// ISO 3166 alpha-2.
    pub customer_country: String,
    /// The partner.
    pub partner: (OrgId, String),
    /// Types and how many.
    pub lines: Vec<LineView>,
    /// The address.
    pub ship_to: Option<ShipTo>,
    /// Why it is asked for; not for the customer.
    pub note: Option<String>,
    /// Why it was decided so; not for the customer.
    pub decision: Option<String>,
    /// The carrier's own number.
    pub tracking: Option<String>,
    /// Who brings them: id and name.
    pub carrier: Option<(String, String)>,
    /// The last device end date that is possible, once shipped, else if shipped today.
    pub latest_ends_on: Date,
    /// The way back; none before it was shipped.
    pub returned: Option<ReturnView>,
    /// Requests to keep it longer, the oldest first.
    pub extensions: Vec<DeviceExtensionView>,
    /// The civil day in the customer's zone.
    pub today: Date,
    /// Counts up with every change.
    pub version: i64,
}

/// A return as it is shown.
#[derive(Clone, Debug)]
pub struct ReturnView {
    /// Its id.
    pub id: ReturnId,
    /// What comes back.
    pub shipment_id: ShipmentId,
    /// Of which trial.
    pub trial_id: TrialId,
    /// From whom; the name is empty once erased.
    pub customer: (OrgId, String),
    /// The partner.
    pub partner: (OrgId, String),
    /// DEV-7: what is written on the parcel.
    pub rma: String,
    /// Where it stands.
    pub status: ReturnStatus,
    /// The demo order number.
    pub order_number: String,
    /// Types and how many.
    pub lines: Vec<LineView>,
    /// What left.
    pub expected: Vec<Device>,
    /// What is back.
    pub received: Vec<Received>,
    /// What is still out.
    pub missing: Vec<Device>,
    /// When they left.
    pub shipped_on: Date,
    /// DEV-5: the device end date.
    pub device_ends_on: Date,
    /// From when returns are accepted.
    pub opens_on: Date,
    /// Since when this one is open.
    pub opened_on: Option<Date>,
    /// By when they have to be back.
    pub due_on: Date,
    /// How many days they are overdue.
    pub days_overdue: Option<i64>,
    /// DEV-7: how; none where the program names none for that country.
    pub way: Option<Way>,
    /// When a new label was last asked for.
    pub label_asked_on: Option<Date>,
    /// The civil day in the customer's zone.
    pub today: Date,
    /// Counts up with every change.
    pub version: i64,
}

/// A request to keep devices longer, as it is shown.
#[derive(Clone, Debug)]
pub struct DeviceExtensionView {
    /// None for one that is not there yet.
    pub id: Option<DeviceExtensionId>,
    /// The value.
    pub extension: DeviceExtension,
    /// What is kept.
    pub shipment_id: ShipmentId,
    /// Of which trial.
    pub trial_id: TrialId,
    /// By whom; the name is empty once erased.
    pub customer: (OrgId, String),
    /// The partner.
    pub partner: (OrgId, String),
    /// The demo order number.
    pub order_number: String,
    /// When they left.
    pub shipped_on: Date,
    /// The device end date as it stands.
    pub device_ends_on: Date,
    /// As a yes would make it now.
    pub would_end_on: Date,
    /// The last one that is possible.
    pub latest_ends_on: Date,
    /// Why it is asked for.
    pub reason: Option<String>,
    /// Why it was decided so.
    pub decision: Option<String>,
    /// Counts up with every change.
    pub version: i64,
}

/// A trial with what is needed to show its devices.
pub(super) struct Shown<'a> {
    pub(super) view: &'a TrialView,
    pub(super) program: Arc<Program>,
}

impl Shown<'_> {
    fn policy(&self) -> &Policy {
        &self.program.policy
    }

    fn text(&self, what: &str, id: &str) -> Option<String> {
        self.view.texts.get(&text_key(what, id)).cloned()
    }

    fn customer(&self) -> (OrgId, String) {
        (self.view.trial.customer.clone(), self.view.customer_name.clone())
    }

    fn partner(&self) -> (OrgId, String) {
        (self.view.trial.partner.clone(), self.view.partner_name.clone())
    }

    fn lines(&self, shipment: &Shipment) -> Vec<LineView> {
        let line = |(id, quantity): &(String, u32)| {
            let known = self.program.device_type(id);
            LineView {
                device_type: id.clone(),
                name: known.map_or_else(|| id.clone(), |device| device.name.clone()),
                quantity: *quantity,
                needs_poe: known.is_some_and(|device| device.needs_poe),
            }
        };
        shipment.lines.iter().map(line).collect()
    }

    /// The start's own address stands beside the trial.
    fn ship_to(&self, shipment: &Shipment) -> Option<ShipTo> {
        let own = self.view.texts.get(&text_key("ship_to", shipment.id.as_str()));
        let start = || {
            self.view
                .texts
                .get("ship_to")
                .filter(|_| shipment.requested_by.is_none())
        };
        serde_json::from_str(own.or_else(start)?).ok()
    }

    /// Where the devices are: an older start did not keep it.
    fn country<'s>(&'s self, shipment: &'s Shipment) -> &'s str {
        if shipment.country.is_empty() {
            &self.view.customer_country
        } else {
            &shipment.country
        }
    }

    fn way(&self, shipment: &Shipment) -> Option<Way> {
        let country = self.country(shipment);
        let carrier = self.program.return_carrier(country)?;
        Some(Way {
            id: carrier.id.clone(),
            name: carrier.name.clone(),
            country: country.to_owned(),
            new_labels: carrier.new_labels,
            steps: carrier.steps.clone(),
            phone: carrier.phone.clone(),
            url: carrier.url.clone(),
            contact: self.program.contacts.information.clone(),
        })
    }

    pub(super) fn shipment(&self, shipment: &Shipment) -> ShipmentView {
        let (view, id) = (self.view, shipment.id.as_str());
        let (trial, today) = (&view.trial, view.today);
        let ends_on = trial.term().map(|term| term.ends_on);
        let most = i64::from(self.policy().device_days);
        let latest = shipment
            .loan()
            .map_or_else(|| plus_days(today, most), |loan| loan.latest_end(self.policy()));
        let carrier = |loan: &Loan| {
            let known = self.program.carrier(&loan.carrier);
            let name = known.map_or_else(|| loan.carrier.clone(), |carrier| carrier.name.clone());
            (loan.carrier.clone(), name)
        };
        let loan = shipment.loan();
        let asked = loan.map(|loan| loan.extensions.as_slice()).unwrap_or_default();
        ShipmentView {
            id: Some(shipment.id.clone()),
            trial_id: trial.id.clone(),
            trial_status: trial.status(),
            trial_ends_on: ends_on,
            customer: self.customer(),
            customer_country: view.customer_country.clone(),
            partner: self.partner(),
            lines: self.lines(shipment),
            ship_to: self.ship_to(shipment),
            note: self.text("note", id),
            decision: self.text("decision", id),
            tracking: self.text("tracking", id),
            carrier: loan.map(carrier),
            latest_ends_on: latest,
            returned: loan.map(|loan| self.returned(shipment, loan)),
            extensions: asked.iter().filter_map(|one| self.extension(&one.id)).collect(),
            today,
            version: view.version,
            shipment: shipment.clone(),
        }
    }

    pub(super) fn returned(&self, shipment: &Shipment, loan: &Loan) -> ReturnView {
        let (policy, today) = (self.policy(), self.view.today);
        ReturnView {
            id: shipment.id.return_id(),
            shipment_id: shipment.id.clone(),
            trial_id: self.view.trial.id.clone(),
            customer: self.customer(),
            partner: self.partner(),
            rma: shipment.id.return_id().rma(),
            status: loan.return_status(today, policy),
            order_number: loan.order_number.clone(),
            lines: self.lines(shipment),
            expected: loan.serials.clone(),
            received: loan.received.clone(),
            missing: loan.missing().cloned().collect(),
            shipped_on: loan.shipped_on,
            device_ends_on: loan.ends_on,
            opens_on: loan.return_opens_on(policy),
            opened_on: loan.opened_on,
            due_on: loan.return_due_on(policy),
            days_overdue: loan.days_overdue(today, policy),
            way: self.way(shipment),
            label_asked_on: loan.label_asked_on,
            today,
            version: self.view.version,
        }
    }

    pub(super) fn extension(&self, id: &DeviceExtensionId) -> Option<DeviceExtensionView> {
        let (shipment, loan, extension) = self.view.trial.device_extension(id)?;
        let would_end_on = match &extension.state {
            DeviceExtensionState::Approved { ends_on, .. } => *ends_on,
            DeviceExtensionState::Pending | DeviceExtensionState::Refused { .. } | DeviceExtensionState::Withdrawn => {
                plus_days(loan.ends_on, i64::from(extension.days))
            }
        };
        Some(DeviceExtensionView {
            id: Some(id.clone()),
            shipment_id: shipment.clone(),
            trial_id: self.view.trial.id.clone(),
            customer: self.customer(),
            partner: self.partner(),
            order_number: loan.order_number.clone(),
            shipped_on: loan.shipped_on,
            device_ends_on: loan.ends_on,
            would_end_on,
            latest_ends_on: loan.latest_end(self.policy()),
            reason: self.text("reason", id.as_str()),
            decision: self.text("decision", id.as_str()),
            version: self.view.version,
            extension: extension.clone(),
        })
    }
}

impl ShipmentView {
    /// What partner and trials team write to each other is not for the customer.
    pub(super) fn for_reader(mut self, actor: &Actor) -> Self {
        if actor.is_customer() {
            (self.note, self.decision) = (None, None);
            self.extensions = self.extensions.into_iter().map(|one| one.for_reader(actor)).collect();
        }
        self
    }
}

impl DeviceExtensionView {
    pub(super) fn for_reader(mut self, actor: &Actor) -> Self {
        if actor.is_customer() {
            (self.reason, self.decision) = (None, None);
        }
        self
    }
}

impl App {
    pub(super) async fn devices_in<'a>(&self, view: &'a TrialView) -> Result<Shown<'a>, Error> {
        let program = self.program_version(view.trial.program_version).await?;
        // A zone that was checked when it came in.
        zone(&view.trial.zone)?;
        Ok(Shown { view, program })
    }

    /// The devices of a trial that somebody sees, as they are shown there.
    ///
    /// # Errors
    /// When the program cannot be read.
    pub async fn shipments_of(&self, actor: &Actor, view: &TrialView) -> Result<Vec<ShipmentView>, Error> {
        let shown = self.devices_in(view).await?;
        let all = view.trial.shipments.iter();
        Ok(all.map(|one| shown.shipment(one).for_reader(actor)).collect())
    }
}
