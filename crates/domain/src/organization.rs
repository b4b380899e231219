//! Organizations: the vendor, its partners, their customers (ORG).

use crate::{
    ids::{OrderId, OrgId, PersonId},
    program::Program,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// What an organization is to the system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// The company whose services are tried.
    Vendor,
    /// A company that sells them.
    Partner(Partner),
    /// A company that tries them.
    Customer(Customer),
}

/// ORG-1: a partner's standing with the vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// 1 buys from the vendor, 2 from a distributor.
    pub tier: u8,
    /// The tier 1 partner from which a tier 2 partner buys.
    pub distributor: Option<OrgId>,
    /// The first instant at which it is certified no more; none when it never was.
    pub certified_until: Option<Timestamp>,
    /// ELIG-5: how many trials it may start and run.
    #[serde(default)]
    pub allowance: Allowance,
}

/// ELIG-5: a partner's allowance; none is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowance {
    /// Trials that it may start in a month.
    pub trials_per_month: Option<u32>,
    /// Trials that may be active at once.
    pub active_trials: Option<u32>,
}

impl Partner {
    /// ORG-1: whether its people can enter the partner hub.
    pub fn is_certified(&self, now: Timestamp) -> bool {
        self.certified_until.is_some_and(|until| now < until)
    }

    /// CONV-1: whether it buys from a distributor, not from the vendor.
    pub fn is_tier_2(&self) -> bool {
        self.tier == 2
    }
}

/// A customer organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// ISO 3166 alpha-2; with the region it never changes (REG-2).
    pub country: String,
    /// IANA zone in which its civil days are counted (TIME-1).
    pub zone: String,
    /// BCP 47.
    pub language: String,
    /// Branch of business, by the program's id.
    pub vertical: String,
    /// Services it has bought.
    #[serde(default)]
    pub purchased: Vec<Purchase>,
    /// Orders that were mapped to it without a trial, and when: here it is seen whether they were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<(OrderId, Timestamp)>,
    /// Set when the organization was closed for good (EXP-4).
    #[serde(default)]
    pub closed_on: Option<Date>,
}

impl Customer {
    /// What is bought of the same service from the same partner adds up.
    pub fn buy(&mut self, bought: Vec<Purchase>) {
        for purchase in bought {
            let same = |known: &&mut Purchase| known.service == purchase.service && known.partner == purchase.partner;
            match self.purchased.iter_mut().find(same) {
                Some(known) => known.quantity = known.quantity.saturating_add(purchase.quantity),
                None => self.purchased.push(purchase),
            }
        }
    }

    /// Licences that it has bought of a service, under whatever name.
    pub fn owns(&self, service: &str, program: &Program) -> u32 {
        let of = |purchase: &&Purchase| crate::eligibility::is_owned(service, std::slice::from_ref(purchase), program);
        let all = self.purchased.iter().filter(of);
        all.fold(0, |sum, purchase| sum.saturating_add(purchase.quantity))
    }
}

/// A bought service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    /// The service's id, perhaps an older one.
    pub service: String,
    /// Licences bought.
    pub quantity: u32,
    /// The partner that manages it.
    pub partner: Option<OrgId>,
    /// When it was bought, in the customer's zone.
    pub since: Date,
}

/// An organization, whatever it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Names its region, too.
    pub id: OrgId,
    /// Empty once erased.
    pub name: String,
    /// What it is.
    #[serde(flatten)]
    pub kind: Kind,
    /// When it came to be.
    pub created_at: Timestamp,
}

impl Organization {
    /// The customer in it.
    pub fn customer(&self) -> Option<&Customer> {
        match &self.kind {
            Kind::Customer(customer) => Some(customer),
            Kind::Vendor | Kind::Partner(_) => None,
        }
    }

    /// The partner in it.
    pub fn partner(&self) -> Option<&Partner> {
        match &self.kind {
            Kind::Partner(partner) => Some(partner),
            Kind::Vendor | Kind::Customer(_) => None,
        }
    }

    /// `vendor`, `partner` or `customer`.
    pub fn kind_name(&self) -> &'static str {
        match &self.kind {
            Kind::Vendor => "vendor",
            Kind::Partner(_) => "partner",
            Kind::Customer(_) => "customer",
        }
    }
}

/// ORG-4: what a partner may do for a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessLevel {
    /// Provision trial services only.
    ProvisioningAdministrator,
    /// Provision, manage users and licences.
    FullAdministrator,
}

impl AccessLevel {
    /// The level's stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            AccessLevel::ProvisioningAdministrator => "provisioning_administrator",
            AccessLevel::FullAdministrator => "full_administrator",
        }
    }
}

/// What ties a partner to a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relationship {
    /// The customer.
    pub customer: OrgId,
    /// The partner.
    pub partner: OrgId,
    /// ORG-4.
    pub level: AccessLevel,
    /// Since when.
    pub since: Timestamp,
    /// ORG-10: seen by this partner only.
    #[serde(default)]
    pub tags: Vec<String>,
    /// ORG-3: sales administrators who started a trial here or were assigned.
    #[serde(default)]
    pub assigned: Vec<PersonId>,
}
