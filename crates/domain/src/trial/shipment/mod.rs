//! Devices of a trial (DEV, EXT-4): each step a decision, each decision events.

mod apply;
mod bring_back;
mod correct;
mod days;
mod decide;
mod extend;
mod request;
mod ship;

pub use days::{Days, days_of};
pub use extend::ExtensionWish;
pub use request::{ShipmentRequest, ShipmentWish};
pub use ship::{SerialInput, ShipWish, keys_given};

use super::{At, Trial};
use crate::{
    ids::ShipmentId,
    notify::{Audience, DeviceFacts, Facts, Message, MessageKind},
    refusal::{Code, Refusal},
    shipment::{Loan, Shipment},
};

impl Trial {
    /// The shipment of that id.
    pub fn shipment(&self, id: &ShipmentId) -> Option<&Shipment> {
        self.shipments.iter().find(|one| one.id == *id)
    }

    /// Devices that are out, with their loans.
    pub fn loans_out(&self) -> impl Iterator<Item = (&Shipment, &Loan)> {
        let loans = self.shipments.iter().filter_map(|one| Some((one, one.loan()?)));
        loans.filter(|(_, loan)| !loan.is_complete())
    }

    fn known_shipment(&self, id: &ShipmentId) -> Result<&Shipment, Refusal> {
        self.shipment(id).ok_or_else(|| Refusal::new(Code::NotFound))
    }

    /// A loan that is still out.
    fn open_loan(&self, id: &ShipmentId) -> Result<(&Shipment, &Loan), Refusal> {
        let shipment = self.known_shipment(id)?;
        let loan = shipment.loan().filter(|loan| !loan.is_complete());
        let loan = loan.ok_or_else(|| Refusal::new(Code::WrongStatus).with("status", shipment.status()))?;
        Ok((shipment, loan))
    }

    /// What a message about a shipment says.
    pub(super) fn device_facts(&self, shipment: &Shipment, at: &At<'_>) -> DeviceFacts {
        let policy = &at.program.policy;
        let loan = shipment.loan();
        let back = at.program.return_carrier(&shipment.country);
        DeviceFacts {
            shipment: shipment.id.0.clone(),
            lines: shipment.lines.clone(),
            site_has_poe: shipment.site_has_poe,
            country: shipment.country.clone(),
            order_number: loan.map(|loan| loan.order_number.clone()),
            rma: loan.map(|_| shipment.id.return_id().rma()),
            carrier: loan.map(|loan| loan.carrier.clone()),
            return_carrier: back.map(|carrier| carrier.id.clone()),
            shipped_on: loan.map(|loan| loan.shipped_on),
            device_ends_on: loan.map(|loan| loan.ends_on),
            return_opens_on: loan.map(|loan| loan.return_opens_on(policy)),
            return_due_on: loan.map(|loan| loan.return_due_on(policy)),
            days_overdue: loan.and_then(|loan| loan.days_overdue(at.today(), policy)),
            serials: loan.map_or_else(Vec::new, |loan| loan.missing().map(|one| one.serial.clone()).collect()),
            missing: loan.map_or(0, |loan| u32::try_from(loan.missing().count()).unwrap_or(u32::MAX)),
            ..DeviceFacts::default()
        }
    }

    /// A message about a shipment to each of these.
    fn device_messages(
        &self,
        kind: MessageKind,
        audiences: &[Audience],
        facts: &DeviceFacts,
        line: Option<&str>,
    ) -> Vec<Message> {
        let facts = Facts {
            services: self.service_ids(),
            ends_on: self.term().map(|term| term.ends_on),
            devices: Some(Box::new(facts.clone())),
            has_line: line.is_some(),
            ..Facts::default()
        };
        let to = |audience: &Audience| Message {
            kind,
            audience: *audience,
            facts: facts.clone(),
            line: line.map(str::to_owned),
        };
        audiences.iter().map(to).collect()
    }
}

/// Those who have the devices, and those who brought them there.
const BOTH: [Audience; 2] = [Audience::CustomerAdministrators, Audience::PartnerAdministrators];
