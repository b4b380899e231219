//! Consent of an existing customer (CONS).

use super::{At, Change, ClosedReason, State, Trial, TrialEvent};
use crate::{
    ids::PersonId,
    notify::{Audience, Facts, Message, MessageKind},
    organization::AccessLevel,
    program::Program,
    refusal::{Code, Refusal, ServiceReason},
    time::seconds_until,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// CONS-8: the evidence. From where it came is a personal text and lies beside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// The full administrator who said yes.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// CONS-3.
    pub level: AccessLevel,
    /// What was read.
    pub wording: Wording,
}

/// Which wording, in which language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The wording's version.
    pub version: u32,
    /// BCP 47.
    pub language: String,
}

/// What the administrator answers with a yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentGiven {
    /// Who.
    pub by: PersonId,
    /// The box 'full administrator' (CONS-3).
    pub grant_full_admin: bool,
    /// CONS-6: go on with what is left.
    pub accept_reduced: bool,
    /// CONS-8.
    pub wording: Wording,
    /// CONS-8: the address from which it came; personal.
    pub from: Option<String>,
}

impl Trial {
    /// CONS-2: the instant at which the request lapses: so many times 24 hours after the first sending.
    pub fn consent_deadline(&self, program: &Program) -> Option<Timestamp> {
        let State::PendingConsent { sendings } = &self.state else {
            return None;
        };
        let first = sendings.first()?;
        first
            .checked_add(SignedDuration::from_hours(24 * i64::from(program.policy.consent_days)))
            .ok()
    }

    fn undecided(&self, at: &At<'_>) -> Result<Timestamp, Refusal> {
        if matches!(self.state, State::Lapsed { .. }) {
            return Err(Refusal::new(Code::ConsentExpired));
        }
        let deadline = self
            .consent_deadline(at.program)
            .ok_or(Refusal::new(Code::AlreadyDecided))?;
        // CONS-2: at 10 x 24 hours it has lapsed, whether or not the worker has come by.
        if at.now >= deadline {
            Err(Refusal::new(Code::ConsentExpired))
        } else {
            Ok(deadline)
        }
    }

    pub(super) fn request_message(&self, kind: MessageKind, deadline: Option<Timestamp>) -> Message {
        let facts = Facts {
            services: self.service_ids(),
            license_quantity: Some(self.license_quantity),
            duration_days: Some(self.duration_days),
            deadline,
            ..Facts::default()
        };
        Message {
            kind,
            audience: Audience::ConsentRecipients,
            facts,
            line: None,
        }
    }

    fn answer_message(&self, kind: MessageKind, line: Option<String>, outcome: Option<&str>) -> Message {
        let facts = Facts {
            services: self.service_ids(),
            has_line: line.is_some(),
            outcome: outcome.map(str::to_owned),
            ..Facts::default()
        };
        Message {
            kind,
            audience: Audience::PartnerAdministrators,
            facts,
            line,
        }
    }

    /// CONS-4: sends the request again; the deadline stays (CONS-2), at most so many sendings an hour (CONS-7).
    ///
    /// # Errors
    /// `wrong_status`, `consent_expired`, `too_many_requests`.
    pub fn resend_consent(&self, at: &At<'_>) -> Result<Change, Refusal> {
        let State::PendingConsent { sendings } = &self.state else {
            return Err(Refusal::new(Code::WrongStatus).with("status", self.status().as_str()));
        };
        let deadline = self.undecided(at)?;
        let hour_ago = at
            .now
            .checked_sub(SignedDuration::from_hours(1))
            .unwrap_or(Timestamp::MIN);
        let recent: Vec<Timestamp> = sendings.iter().copied().filter(|sent| *sent > hour_ago).collect();
        let allowed = at.program.policy.consent_sendings_per_hour as usize;
        if recent.len() >= allowed {
            // The next may leave when so many have left the hour that one has room.
            let first = recent.get(recent.len() - allowed).copied().unwrap_or(at.now);
            let wait = seconds_until(first, hour_ago);
            return Err(Refusal::new(Code::TooManyRequests).with("retry_after", wait));
        }
        let message = self.request_message(MessageKind::ConsentResent, Some(deadline));
        Ok(Change::default()
            .event(TrialEvent::ConsentResent { at: at.now })
            .tell(message))
    }

    /// CONS-3: a full administrator says yes. `unavailable` are the services that cannot be tried any more (CONS-6).
    ///
    /// # Errors
    /// `already_decided`, `consent_expired`, `services_changed`.
    pub fn accept(
        &self,
        given: &ConsentGiven,
        unavailable: Vec<ServiceReason>,
        at: &At<'_>,
    ) -> Result<Change, Refusal> {
        self.undecided(at)?;
        let gone = unavailable.iter().map(|reason| reason.service.clone()).collect();
        let dropped = self.dropped(gone, at.program);
        if !unavailable.is_empty() && (!given.accept_reduced || dropped.len() == self.services.len()) {
            return Err(Refusal::services(Code::ServicesChanged, unavailable));
        }
        let level = if given.grant_full_admin {
            AccessLevel::FullAdministrator
        } else {
            AccessLevel::ProvisioningAdministrator
        };
        let consent = Consent {
            by: given.by.clone(),
            at: at.now,
            level,
            wording: given.wording.clone(),
        };
        let outcome = if given.grant_full_admin { "full" } else { "provisioning" };
        let mut message = self.answer_message(MessageKind::ConsentAccepted, None, Some(outcome));
        message.facts.services.retain(|id| !dropped.contains(id));
        message.facts.removed.clone_from(&dropped);
        Ok(Change::default()
            .event(TrialEvent::Accepted { consent, dropped })
            .text("consent_from", given.from.clone())
            .tell(message))
    }

    /// What goes with the services that are gone: those that require one of them, too.
    fn dropped(&self, mut gone: Vec<String>, program: &Program) -> Vec<String> {
        while let Some(next) = self.services.iter().find(|service| {
            let requires = program
                .service(&service.id)
                .map(|s| s.requires.as_slice())
                .unwrap_or_default();
            !gone.contains(&service.id) && requires.iter().any(|id| gone.contains(id))
        }) {
            gone.push(next.id.clone());
        }
        self.service_ids().into_iter().filter(|id| gone.contains(id)).collect()
    }

    /// CONS-5: a refusal, with an optional reason.
    ///
    /// # Errors
    /// `already_decided`, `consent_expired`.
    pub fn decline(&self, reason: Option<String>, at: &At<'_>) -> Result<Change, Refusal> {
        self.undecided(at)?;
        let message = self.answer_message(MessageKind::ConsentDeclined, reason.clone(), None);
        Ok(Change::default()
            .event(TrialEvent::Declined { at: at.now })
            .text("decline_reason", reason)
            .tell(message))
    }

    /// CONS-6: after another request was accepted for `taken`: closed when nothing is left of it.
    pub fn close_request(&self, taken: &[String], at: &At<'_>) -> Option<Change> {
        let pending = matches!(self.state, State::PendingConsent { .. });
        let nothing_left = self.dropped(taken.to_vec(), at.program).len() == self.services.len();
        (pending && nothing_left).then(|| self.closed(ClosedReason::ServicesTaken, at))
    }

    /// A request to an organization that closes.
    pub fn close_request_of_closed(&self, at: &At<'_>) -> Option<Change> {
        matches!(self.state, State::PendingConsent { .. }).then(|| self.closed(ClosedReason::OrganizationClosed, at))
    }

    fn closed(&self, reason: ClosedReason, at: &At<'_>) -> Change {
        let outcome = match reason {
            ClosedReason::ServicesTaken => "services_taken",
            ClosedReason::OrganizationClosed => "organization_closed",
        };
        Change::default()
            .event(TrialEvent::RequestClosed { at: at.now, reason })
            .tell(self.answer_message(MessageKind::ConsentDeclined, None, Some(outcome)))
    }

    /// CONS-5: nothing was done in time.
    pub(super) fn lapse(&self, at: &At<'_>) -> Option<Change> {
        let deadline = self.consent_deadline(at.program)?;
        (at.now >= deadline).then(|| {
            let message = self.answer_message(MessageKind::ConsentLapsed, None, None);
            Change::default().event(TrialEvent::Lapsed { at: at.now }).tell(message)
        })
    }
}
