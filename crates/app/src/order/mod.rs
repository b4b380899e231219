//! Orders and conversion (CONV): placed from a trial or from outside, sent to whoever sets them up, mapped to exactly one
//! trial, reminded of and closed.

mod alike;
mod contact;
mod conversion;
mod convert;
mod foresee;
mod found;
mod interest;
mod list;
mod matching;
mod more;
mod outside;
mod place;
mod ring;
mod send;
mod set_up;
mod sync;
mod view;

pub use conversion::ConversionView;
pub use foresee::{Foreseen, WaitingOrder};
pub use interest::{PurchaseInterest, WantPurchase};
pub use list::OrderFilter;
pub use matching::Candidate;
pub use set_up::{CustomerCard, NewOrganization, SetUp, SetUpView};
pub use view::OrderView;

use domain::{
    ids::{OrgId, TrialId},
    order::ContactRole,
};

/// What is ordered; nothing of it is trusted.
#[derive(Clone, Debug, Default)]
pub struct PlaceOrder {
    /// The trial from which it is ordered.
    pub trial: Option<TrialId>,
    /// From outside: whose trial it is, where that is known.
    pub trial_admin_email: Option<String>,
    /// The order desk says for which partner.
    pub partner: Option<OrgId>,
    /// Services by id, with their quantities.
    pub services: Vec<(String, i64)>,
    /// CONV-6: devices by type, with their quantities.
    pub devices: Vec<(String, i64)>,
    /// CONV-2; whoever places it, where nobody is named.
    pub contact: WantedContact,
}

/// CONV-2: who is to set an order up.
#[derive(Clone, Debug, Default)]
pub struct WantedContact {
    /// The address.
    pub email: Option<String>,
    /// As whom.
    pub role: Option<ContactRole>,
}
