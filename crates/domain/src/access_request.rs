//! ORG-3: a partner's help desk asks a customer's full administrator for access to one customer, for a time.

use crate::{
    ids::{AccessRequestId, OrgId, PersonId},
    refusal::{Code, Refusal},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a request can be answered.
pub const OPEN_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long what was granted lasts.
pub const GRANTED_FOR: SignedDuration = SignedDuration::from_hours(24);

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Answer {
    /// Nobody has answered.
    Pending,
    /// Granted until that instant.
    Accepted {
        /// By whom.
        by: PersonId,
        /// When.
        at: Timestamp,
        /// Its first instant without access.
        until: Timestamp,
    },
    /// Refused.
    Declined {
        /// By whom.
        by: PersonId,
        /// When.
        at: Timestamp,
    },
}

/// A request for access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRequest {
    /// Its id.
    pub id: AccessRequestId,
    /// To whom.
    pub customer: OrgId,
    /// The partner of the person who asks.
    pub partner: OrgId,
    /// Who asks, and alone gets it.
    pub person: PersonId,
    /// Why, in that person's words.
    pub reason: String,
    /// When.
    pub requested_at: Timestamp,
    /// What became of it.
    pub answer: Answer,
}

impl AccessRequest {
    /// The first instant at which it can be answered no more.
    pub fn expires_at(&self) -> Timestamp {
        self.requested_at.checked_add(OPEN_FOR).unwrap_or(Timestamp::MAX)
    }

    /// `pending`, `accepted`, `declined`, `lapsed`, or `ended` once what was granted is over.
    pub fn status(&self, now: Timestamp) -> &'static str {
        match &self.answer {
            Answer::Pending if now >= self.expires_at() => "lapsed",
            Answer::Pending => "pending",
            Answer::Accepted { until, .. } if now >= *until => "ended",
            Answer::Accepted { .. } => "accepted",
            Answer::Declined { .. } => "declined",
        }
    }

    /// Whether the person may act for the customer now.
    pub fn grants(&self, now: Timestamp) -> bool {
        self.status(now) == "accepted"
    }

    /// The customer's answer; a yes can be taken back while it lasts.
    ///
    /// # Errors
    /// `consent_expired` when it has lapsed, `already_decided`.
    pub fn decide(&self, by: &PersonId, accept: bool, now: Timestamp) -> Result<Self, Refusal> {
        match self.status(now) {
            "pending" => {}
            "accepted" if !accept => {}
            "lapsed" => return Err(Refusal::new(Code::ConsentExpired)),
            _ => return Err(Refusal::new(Code::AlreadyDecided)),
        }
        let answer = if accept {
            Answer::Accepted {
                by: by.clone(),
                at: now,
                until: now.checked_add(GRANTED_FOR).unwrap_or(Timestamp::MAX),
            }
        } else {
            Answer::Declined {
                by: by.clone(),
                at: now,
            }
        };
        Ok(Self { answer, ..self.clone() })
    }
}
