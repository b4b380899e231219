//! People and their roles (ORG-3, 5, 6).

use crate::ids::{OrgId, PersonId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// A role within an organization.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Role { $($(#[$doc])* $name,)* }

        impl Role {
            /// All roles.
            pub const ALL: &'static [Role] = &[$(Role::$name,)*];

            /// The role's stable name.
            pub fn as_str(self) -> &'static str {
                match self { $(Role::$name => $text,)* }
            }

            /// The role of that name.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Role::$name),)* _ => None }
            }
        }
    };
}

roles! {
    /// Vendor: program, partners, certification.
    VendorAdministrator = "vendor_administrator",
    /// Vendor: approvals, shipments, returns.
    TrialsTeam = "trials_team",
    /// Vendor: orders.
    OrderDesk = "order_desk",
    /// Vendor: reads everything, changes nothing.
    Auditor = "auditor",
    /// Partner: all customers, the team, assignments.
    SalesFullAdministrator = "sales_full_administrator",
    /// Partner: the customers that he started or was assigned.
    SalesAdministrator = "sales_administrator",
    /// Partner: finds a customer and sees it.
    HelpDesk = "help_desk",
    /// Customer: everything, consent included.
    FullAdministrator = "full_administrator",
    /// Customer: users and licences.
    UserAdministrator = "user_administrator",
    /// Partner or customer: sees all, changes nothing.
    ReadOnlyAdministrator = "read_only_administrator",
    /// Customer: uses the services.
    User = "user",
}

impl Role {
    /// ORG-5: whether an email rule's 'administrators' means a customer's person in this role.
    pub fn is_customer_administrator(self) -> bool {
        matches!(
            self,
            Role::FullAdministrator | Role::UserAdministrator | Role::ReadOnlyAdministrator
        )
    }

    /// ORG-2: whether a partner's person in this role starts trials.
    pub fn is_sales(self) -> bool {
        matches!(self, Role::SalesFullAdministrator | Role::SalesAdministrator)
    }
}

/// A person of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Names the region, too.
    pub id: PersonId,
    /// Where the person belongs.
    pub organization: OrgId,
    /// As written to; empty once erased.
    pub email: String,
    /// As spoken to; empty while unknown.
    pub name: String,
    /// BCP 47.
    pub language: String,
    /// IANA zone in which dates are shown to this person.
    pub zone: String,
    /// What the person may do.
    pub roles: Vec<Role>,
    /// Services for which a licence is assigned, by id.
    #[serde(default)]
    pub licenses: Vec<String>,
    /// START-11: when the person first signed in.
    #[serde(default)]
    pub signed_in_at: Option<Timestamp>,
    /// Since when this person may not sign in; none for everybody who may.
    #[serde(default)]
    pub disabled_at: Option<Timestamp>,
    /// `auto`, `light` or `dark`; empty while nothing was chosen.
    #[serde(default)]
    pub theme: String,
    /// NOTE-4: one email a day instead of single reminders.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub digest: bool,
    /// NOTE-4: since when the address takes no email; kept beside, and changed by how emails end alone.
    #[serde(skip)]
    pub bounced_at: Option<Timestamp>,
    /// Whether this is a service account: an integration's, with tokens and without any other way to sign in.
    #[serde(default)]
    pub service: bool,
    /// Since when.
    pub created_at: Timestamp,
}

impl Person {
    /// Whether the person has a role.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}
