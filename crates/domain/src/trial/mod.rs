//! A trial: a value, changed by nothing but its events.

mod cancel;
mod closing;
mod consent;
mod convert;
mod edit;
mod event;
mod expire;
mod extend;
mod hand_over;
mod listing;
mod order;
mod plan;
mod provision;
mod provisioning_order;
mod reconcile;
mod shipment;
mod start;
mod state;

pub use cancel::CancelledBy;
pub use closing::{closes_on, closes_organization, closes_soon, kept, lost, lost_at_end, soon};
pub use consent::{Consent, ConsentGiven, Wording};
pub use convert::Buy;
pub use edit::{Assigned, Edit};
pub use event::{ClosedReason, TrialEvent};
pub use expire::{Due, Surroundings};
pub use extend::Extend;
pub use listing::{ends_within, listing};
pub use order::{HandedOver, OrderMark};
pub use plan::{MilestoneKind, Planned, plan};
pub use provision::{Decision, Details, Outcome, Subject};
pub use provisioning_order::{Act, Answer, Provisioning, ProvisioningOrderState, asked, number_told, sparing};
pub use reconcile::{MilestoneState, Row, RowChange, reconcile};
pub use shipment::{Days, ExtensionWish, SerialInput, ShipWish, ShipmentRequest, ShipmentWish, days_of, keys_given};
pub use start::{
    CustomerInput, DeviceLine, DevicesInput, MeetingsInput, Parties, ShipTo, StartInput, Target, Wish, check_customer,
    devices_block, meetings_block, validate, validate_existing,
};
pub use state::{AddedBy, Devices, Meetings, Origin, ServiceState, State, Status, Term, Trial, TrialService};

use crate::{notify::Message, program::Program, shipment::Receipt, time::civil_day};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::collections::BTreeMap;

/// What a decision is made against: the instant, the customer's zone, the trial's program.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// The rules' clock.
    pub now: Timestamp,
    /// TIME-1: the customer's zone.
    pub zone: &'a TimeZone,
    /// PROG-1: the version under which the trial started.
    pub program: &'a Program,
    /// PROV-2: whether services are provisioned at once.
    pub provisioner: Provisioner,
}

/// PROV-2: who provisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provisioner {
    /// Completes at once.
    Embedded,
    /// Is called, and answers later.
    External,
}

impl At<'_> {
    /// The customer's civil day.
    pub fn today(&self) -> Date {
        civil_day(self.now, self.zone)
    }
}

/// What a decision changes. Nothing of it has happened until it is saved, and then all of it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// What happened, in order; the trial is folded from it.
    pub events: Vec<TrialEvent>,
    /// Who is told.
    pub messages: Vec<Message>,
    /// Personal texts that go with it (site name, notes, reasons): kept beside the trial, erased with the customer.
    /// An empty text removes one.
    pub texts: BTreeMap<String, String>,
    /// DEV-8: what became of the serials that were given.
    pub receipt: Option<Receipt>,
}

impl Change {
    /// Adds an event.
    #[must_use]
    pub fn event(mut self, event: TrialEvent) -> Self {
        self.events.push(event);
        self
    }

    /// Adds a message.
    #[must_use]
    pub fn tell(mut self, message: Message) -> Self {
        self.messages.push(message);
        self
    }

    /// Adds a personal text, where there is one.
    #[must_use]
    pub fn text(mut self, key: impl Into<String>, text: Option<String>) -> Self {
        if let Some(text) = text {
            self.texts.insert(key.into(), text);
        }
        self
    }

    /// Appends what another decision changes.
    pub fn merge(&mut self, other: Change) {
        self.events.extend(other.events);
        self.messages.extend(other.messages);
        self.texts.extend(other.texts);
        self.receipt = other.receipt.or(self.receipt.take());
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }
}
