//! What a trial is made of.

use super::{CancelledBy, Consent, HandedOver, OrderMark};
use crate::{
    ids::{OrderId, OrgId, PersonId, TrialId},
    program::Program,
    shipment::Shipment,
    time::plus_days,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// A trial. It holds no personal text: that lies beside it and can be erased without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// Names its region, too.
    pub id: TrialId,
    /// Who runs it.
    pub partner: OrgId,
    /// Who tries.
    pub customer: OrgId,
    /// Who started it, or asked for it.
    pub started_by: PersonId,
    /// The customer's person whom the start named.
    pub administrator: PersonId,
    /// How it came to be.
    pub origin: Origin,
    /// PROG-1: kept for life.
    pub program_version: u32,
    /// IANA zone in which its days are counted (TIME-1).
    pub zone: String,
    /// START-2.
    pub services: Vec<TrialService>,
    /// START-3.
    pub license_quantity: u32,
    /// START-4, in days.
    pub duration_days: u32,
    /// START-5; the site's name is a personal text.
    pub meetings: Option<Meetings>,
    /// DEV-1; the address is a personal text.
    pub devices: Option<Devices>,
    /// REG-3: the trials team decides about the country first.
    pub country_review: bool,
    /// CONS-8.
    pub consent: Option<Consent>,
    /// PROV-1: when the last of its services was provisioned.
    pub provisioned_at: Option<Timestamp>,
    /// EXT-3: how often it was extended.
    pub extensions: u32,
    /// EXT-3: an extension by so many days waits for the trials team.
    #[serde(default)]
    pub extension_asked: Option<i64>,
    /// EXP-5: the civil day on which an edit took calling away; its numbers rest from then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers_left_on: Option<Date>,
    /// USE-1: services that ran and were taken away, with the day of that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tried: Vec<(String, Date)>,
    /// DEV-2: devices asked for, on loan, and back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shipments: Vec<Shipment>,
    /// CONV-7: the last order that was placed for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderMark>,
    /// The order by which it became paid services.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bought_by: Option<OrderId>,
    /// CONV-1: the distributor that converts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_over: Option<HandedOver>,
    /// CONV-8: the last day on which the customer said that it wants to buy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purchase_wanted_on: Option<Date>,
    /// The last day on which it was sent by hand (EXP-6).
    pub reminded_on: Option<Date>,
    /// Where it stands.
    pub state: State,
    /// When it was started or asked for.
    pub created_at: Timestamp,
}

/// How a trial came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// START-1: for a new customer.
    New,
    /// START-7: for the partner's own customer.
    Own,
    /// START-6: asked of an existing customer.
    Request,
}

/// One service of a trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialService {
    /// By the program's id.
    pub id: String,
    /// Licences.
    pub quantity: u32,
    /// Whether it runs.
    pub state: ServiceState,
    /// START-2: shown as added.
    pub added_by: AddedBy,
}

/// Where one service stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceState {
    /// Not asked of the provisioner yet.
    Waiting,
    /// START-2: the trials team decides first.
    AwaitingApproval,
    /// Asked of the provisioner.
    Provisioning,
    /// Runs.
    Provisioned,
    /// Could not be provisioned.
    Failed,
    /// EXP-3: stopped for the time of grace.
    Suspended,
    /// Stopped for good.
    Withdrawn,
}

impl ServiceState {
    /// The state's stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            ServiceState::Waiting => "waiting",
            ServiceState::AwaitingApproval => "awaiting_approval",
            ServiceState::Provisioning => "provisioning",
            ServiceState::Provisioned => "provisioned",
            ServiceState::Failed => "failed",
            ServiceState::Suspended => "suspended",
            ServiceState::Withdrawn => "withdrawn",
        }
    }
}

/// Why a service is in a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddedBy {
    /// Chosen at the start.
    Partner,
    /// Required by another one (START-2).
    Requirement,
    /// Added while the trial ran (EDIT-1).
    Edit,
    /// Bought, never tried (CONV-5).
    Order,
}

impl AddedBy {
    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            AddedBy::Partner => "partner",
            AddedBy::Requirement => "requirement",
            AddedBy::Edit => "edit",
            AddedBy::Order => "order",
        }
    }
}

impl TrialService {
    /// PROV-1: whether days can count on it.
    pub fn is_settled(&self) -> bool {
        matches!(self.state, ServiceState::Provisioned | ServiceState::Failed)
    }

    /// Whether it ever ran.
    pub fn was_provisioned(&self) -> bool {
        matches!(
            self.state,
            ServiceState::Provisioned | ServiceState::Suspended | ServiceState::Withdrawn
        )
    }
}

/// START-5.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meetings {
    /// The site's own IANA zone.
    pub time_zone: String,
}

/// DEV-1: what the start said about devices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Devices {
    /// Why nothing is shipped: `registration_only`, `partner_supplies`, `customer_has`, `test_only`.
    pub skip: Option<String>,
    /// Type and quantity.
    #[serde(default)]
    pub ship: Vec<(String, u32)>,
    /// DEV-3.
    pub site_has_poe: Option<bool>,
    /// Registration licences.
    pub registration_licenses: u32,
    /// The country shipped to; the rest of the address is a personal text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// The days of a running trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// When the last of its services was provisioned (PROV-1).
    pub started_at: Timestamp,
    /// TIME-2: the civil day of that.
    pub starts_on: Date,
    /// TIME-2: it runs through the whole of this day.
    pub ends_on: Date,
}

impl Term {
    /// EXP-3: the last day of grace.
    pub fn grace_ends_on(&self, program: &Program) -> Date {
        plus_days(self.ends_on, i64::from(program.policy.grace_days))
    }
}

/// Where a trial stands, with what only then can be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum State {
    /// CONS-2: counted from the first sending.
    PendingConsent {
        /// All sendings, the first one first.
        sendings: Vec<Timestamp>,
    },
    /// CONS-4: accepted; the partner confirms the details.
    PendingProvisioningDetails,
    /// The trials team decides first.
    PendingApproval,
    /// Services are being provisioned.
    Provisioning,
    /// Runs.
    Active(Term),
    /// EXP-3: in grace.
    Expired(Term),
    /// CONV-7.
    Converted {
        /// The days it ran.
        term: Term,
        /// When.
        at: Timestamp,
    },
    /// CANC.
    Cancelled {
        /// The days it ran, if it did.
        term: Option<Term>,
        /// When.
        at: Timestamp,
        /// The civil day of that.
        on: Date,
        /// By whom.
        by: CancelledBy,
        /// CANC-2: no service is left, so the organization is kept for a while only.
        left_empty: bool,
        /// That while is over, and nobody came back (EXP-4).
        organization_closed: bool,
    },
    /// CONS-5.
    Declined {
        /// When.
        at: Timestamp,
    },
    /// CONS-5.
    Lapsed {
        /// When.
        at: Timestamp,
    },
    /// EXP-4: a tombstone.
    Removed {
        /// The days it ran.
        term: Term,
        /// When.
        at: Timestamp,
        /// Whether the whole organization was closed.
        organization_closed: bool,
    },
}

/// The status of a trial, by the names of `api.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is described on `State`")]
pub enum Status {
    PendingConsent,
    PendingProvisioningDetails,
    PendingApproval,
    Provisioning,
    Active,
    Expired,
    Converted,
    Cancelled,
    Declined,
    Lapsed,
    Removed,
}

impl Status {
    /// All of them.
    pub const ALL: [Status; 11] = [
        Status::PendingConsent,
        Status::PendingProvisioningDetails,
        Status::PendingApproval,
        Status::Provisioning,
        Status::Active,
        Status::Expired,
        Status::Converted,
        Status::Cancelled,
        Status::Declined,
        Status::Lapsed,
        Status::Removed,
    ];

    /// The status's stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::PendingConsent => "pending_consent",
            Status::PendingProvisioningDetails => "pending_provisioning_details",
            Status::PendingApproval => "pending_approval",
            Status::Provisioning => "provisioning",
            Status::Active => "active",
            Status::Expired => "expired",
            Status::Converted => "converted",
            Status::Cancelled => "cancelled",
            Status::Declined => "declined",
            Status::Lapsed => "lapsed",
            Status::Removed => "removed",
        }
    }

    /// The status of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// Whether it still claims its services, asks for them, or can come back (`removed` and the like can not).
    pub fn is_open(self) -> bool {
        match self {
            Status::PendingConsent
            | Status::PendingProvisioningDetails
            | Status::PendingApproval
            | Status::Provisioning
            | Status::Active
            | Status::Expired => true,
            Status::Converted | Status::Cancelled | Status::Declined | Status::Lapsed | Status::Removed => false,
        }
    }
}

impl Trial {
    /// ORG-9, CONS-4: whether the partner may know more of the customer than name and country: not before a request is
    /// accepted, nor after it was declined.
    pub fn is_known(&self) -> bool {
        self.origin != Origin::Request || self.consent.is_some()
    }

    /// Its status.
    pub fn status(&self) -> Status {
        match &self.state {
            State::PendingConsent { .. } => Status::PendingConsent,
            State::PendingProvisioningDetails => Status::PendingProvisioningDetails,
            State::PendingApproval => Status::PendingApproval,
            State::Provisioning => Status::Provisioning,
            State::Active(_) => Status::Active,
            State::Expired(_) => Status::Expired,
            State::Converted { .. } => Status::Converted,
            State::Cancelled { .. } => Status::Cancelled,
            State::Declined { .. } => Status::Declined,
            State::Lapsed { .. } => Status::Lapsed,
            State::Removed { .. } => Status::Removed,
        }
    }

    /// The days it runs or ran; none before its start.
    pub fn term(&self) -> Option<&Term> {
        match &self.state {
            State::Active(term)
            | State::Expired(term)
            | State::Converted { term, .. }
            | State::Removed { term, .. } => Some(term),
            State::Cancelled { term, .. } => term.as_ref(),
            State::PendingConsent { .. }
            | State::PendingProvisioningDetails
            | State::PendingApproval
            | State::Provisioning
            | State::Declined { .. }
            | State::Lapsed { .. } => None,
        }
    }

    /// ELIG-2: the services that nobody else can try there while this lasts. A request claims nothing.
    pub fn claimed(&self) -> impl Iterator<Item = &str> {
        let claims = self.status().is_open() && self.status() != Status::PendingConsent;
        self.services
            .iter()
            .filter(move |_| claims)
            .map(|service| service.id.as_str())
    }

    /// ELIG-4: when a trial that ran was over.
    pub fn ended_at(&self) -> Option<Timestamp> {
        match &self.state {
            State::Converted { at, .. } | State::Removed { at, .. } => Some(*at),
            State::Cancelled { at, term, .. } => term.as_ref().map(|_| *at),
            State::PendingConsent { .. }
            | State::PendingProvisioningDetails
            | State::PendingApproval
            | State::Provisioning
            | State::Active(_)
            | State::Expired(_)
            | State::Declined { .. }
            | State::Lapsed { .. } => None,
        }
    }

    /// The ids of its services.
    pub fn service_ids(&self) -> Vec<String> {
        self.services.iter().map(|service| service.id.clone()).collect()
    }

    /// EXP-5: whether phone numbers belong to it.
    pub fn has_numbers(&self, program: &Program) -> bool {
        self.services
            .iter()
            .any(|service| program.service(&service.id).is_some_and(|s| s.numbers))
    }
}
