//! ORG-11: a customer moves from one partner to another, when the customer and the partner that takes it have agreed.

use crate::{
    ids::{HandoverId, OrgId, PersonId},
    refusal::{Code, Refusal},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long it can be agreed to.
pub const OPEN_FOR: SignedDuration = SignedDuration::from_hours(10 * 24);

/// Who has to agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// A full administrator of the customer.
    Customer,
    /// A sales full administrator of the partner that takes the customer.
    Partner,
}

/// Somebody's yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Yes {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// A customer on its way from one partner to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// Its id.
    pub id: HandoverId,
    /// Who moves.
    pub customer: OrgId,
    /// From which partner.
    pub from: OrgId,
    /// To which partner.
    pub to: OrgId,
    /// Who began it.
    pub requested_by: PersonId,
    /// Why, in that person's words; empty where nothing was said.
    pub reason: String,
    /// When.
    pub requested_at: Timestamp,
    /// The customer's yes.
    pub customer_agreed: Option<Yes>,
    /// The new partner's yes.
    pub partner_agreed: Option<Yes>,
    /// Set when somebody refused.
    pub declined: Option<Yes>,
}

impl Handover {
    /// The first instant at which it can be agreed to no more.
    pub fn expires_at(&self) -> Timestamp {
        self.requested_at.checked_add(OPEN_FOR).unwrap_or(Timestamp::MAX)
    }

    /// Whether both have agreed: then the customer has moved.
    pub fn is_agreed(&self) -> bool {
        self.customer_agreed.is_some() && self.partner_agreed.is_some()
    }

    /// `pending`, `done`, `declined` or `lapsed`.
    pub fn status(&self, now: Timestamp) -> &'static str {
        match (&self.declined, self.is_agreed()) {
            (Some(_), _) => "declined",
            (None, true) => "done",
            (None, false) if now >= self.expires_at() => "lapsed",
            (None, false) => "pending",
        }
    }

    /// Whether that side still has to answer.
    pub fn waits_for(&self, side: Side, now: Timestamp) -> bool {
        let open = match side {
            Side::Customer => self.customer_agreed.is_none(),
            Side::Partner => self.partner_agreed.is_none(),
        };
        open && self.status(now) == "pending"
    }

    /// One side's answer.
    ///
    /// # Errors
    /// `consent_expired` when it has lapsed, `already_decided`.
    pub fn decide(&self, side: Side, by: &PersonId, accept: bool, now: Timestamp) -> Result<Self, Refusal> {
        if self.status(now) == "lapsed" {
            return Err(Refusal::new(Code::ConsentExpired));
        }
        if !self.waits_for(side, now) {
            return Err(Refusal::new(Code::AlreadyDecided));
        }
        let answer = Some(Yes {
            by: by.clone(),
            at: now,
        });
        let mut after = self.clone();
        match (accept, side) {
            (false, _) => after.declined = answer,
            (true, Side::Customer) => after.customer_agreed = answer,
            (true, Side::Partner) => after.partner_agreed = answer,
        }
        Ok(after)
    }
}
