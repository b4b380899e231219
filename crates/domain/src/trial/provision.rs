//! Provisioning (PROV), and what the trials team decides before it (START-2, REG-3).

use super::{
    At, CancelledBy, Change, Devices, Meetings, Origin, Provisioner, ServiceState, State, Status, Term, Trial,
    TrialEvent, expire::stops_in_grace,
};
use crate::{
    eligibility,
    notify::{Audience, Facts, Message, MessageKind},
    order::ClosedOrder,
    organization::Purchase,
    refusal::{Code, FieldError, Refusal},
    time::{civil_day, end_of, plus_days},
};
use serde::{Deserialize, Serialize};

/// What waits for the trials team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Subject {
    /// REG-3: a country under review.
    Country,
    /// EXT-3: an extension from the day of the decision.
    Extension {
        /// Its length.
        days: i64,
    },
    /// START-2: a service.
    Service {
        /// Its id.
        id: String,
    },
}

impl Subject {
    /// `country`, `extension` or `service`.
    pub fn kind(&self) -> &'static str {
        match self {
            Subject::Country => "country",
            Subject::Extension { .. } => "extension",
            Subject::Service { .. } => "service",
        }
    }
}

/// What the trials team says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// About what.
    pub subject: Subject,
    /// Yes or no.
    pub approved: bool,
    /// Why; the partner reads it.
    pub reason: Option<String>,
}

/// PROV-1: what is confirmed, changed or completed after consent; what is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// The customer's IANA zone.
    pub zone: Option<String>,
    /// The site's zone, and its name as a personal text.
    pub meetings: Option<(Meetings, String)>,
    /// Devices, and their address as a personal text.
    pub devices: Option<(Devices, Option<String>)>,
}

/// PROV-2: what the provisioner answers for one service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It runs.
    Done,
    /// It cannot be.
    Failed,
}

/// A trial in the making: every event is applied as it is added, so that the next step sees it.
struct Steps {
    trial: Trial,
    change: Change,
}

impl Steps {
    fn of(trial: &Trial) -> Self {
        Self {
            trial: trial.clone(),
            change: Change::default(),
        }
    }

    fn push(&mut self, event: TrialEvent) {
        self.trial.apply(&event);
        self.change.events.push(event);
    }

    fn tell(&mut self, message: Message) {
        self.change.messages.push(message);
    }
}

impl Trial {
    /// What waits for the trials team.
    pub fn awaiting(&self) -> Vec<Subject> {
        let country = self.country_review.then_some(Subject::Country);
        let services = self
            .services
            .iter()
            .filter(|service| service.state == ServiceState::AwaitingApproval);
        country
            .into_iter()
            .chain(services.map(|service| Subject::Service { id: service.id.clone() }))
            .collect()
    }

    /// The same, extensions included: all that the trials team's queue shows.
    pub fn undecided_subjects(&self) -> Vec<Subject> {
        let extension = self.extension_asked.filter(|_| self.status().is_open());
        self.awaiting()
            .into_iter()
            .chain(extension.map(|days| Subject::Extension { days }))
            .collect()
    }

    /// The next step of a trial that is free to go on: approval where something waits for it, else provisioning.
    pub(super) fn proceed(&self, at: &At<'_>) -> Change {
        let mut steps = Steps::of(self);
        if steps.trial.awaiting().is_empty() {
            steps.provision(at);
        } else {
            steps.push(TrialEvent::ApprovalAwaited);
            let message = steps.trial.told(MessageKind::ApprovalRequested, Audience::TrialsTeam);
            steps.tell(message);
        }
        steps.change
    }

    pub(super) fn told(&self, kind: MessageKind, audience: Audience) -> Message {
        let term = self.term();
        let facts = Facts {
            services: self.service_ids(),
            license_quantity: Some(self.license_quantity),
            duration_days: Some(self.duration_days),
            ends_on: term.map(|term| term.ends_on),
            ..Facts::default()
        };
        Message {
            kind,
            audience,
            facts,
            line: None,
        }
    }

    /// PROV-1: the partner confirms, changes or completes the details after consent.
    ///
    /// # Errors
    /// `wrong_status`; input where a service still lacks what it asks.
    pub fn confirm_details(&self, details: Details, has_site: bool, at: &At<'_>) -> Result<Change, Refusal> {
        if self.status() != Status::PendingProvisioningDetails {
            return Err(Refusal::new(Code::WrongStatus).with("status", self.status().as_str()));
        }
        let mut errors = Vec::new();
        let asks = |what: fn(&crate::program::Service) -> bool| {
            self.services
                .iter()
                .any(|service| at.program.service(&service.id).is_some_and(what))
        };
        if asks(|service| service.site) && details.meetings.is_none() && !has_site {
            errors.push(FieldError::new("/meetings/site", Code::SiteRequired));
        }
        if asks(|service| service.devices) && details.devices.is_none() && self.devices.is_none() {
            errors.push(FieldError::new("/devices", Code::DevicesRequired));
        }
        if !asks(|service| service.site) && details.meetings.is_some() {
            errors.push(FieldError::new("/meetings", Code::BlockWithoutService));
        }
        if !asks(|service| service.devices) && details.devices.is_some() {
            errors.push(FieldError::new("/devices", Code::BlockWithoutService));
        }
        if !errors.is_empty() {
            return Err(Refusal::input(errors));
        }
        Ok(self.confirmed(details, at))
    }

    fn confirmed(&self, details: Details, at: &At<'_>) -> Change {
        let mut steps = Steps::of(self);
        let (meetings, site) = details.meetings.unzip();
        let (devices, ship_to) = details.devices.unzip();
        let devices = devices.or_else(|| self.devices.clone());
        let mut services = self.services.clone();
        for service in &mut services {
            let is_devices = at.program.service(&service.id).is_some_and(|s| s.devices);
            if let (true, Some(devices)) = (is_devices, &devices) {
                service.quantity = devices.registration_licenses;
            }
        }
        let zone = details.zone.unwrap_or_else(|| self.zone.clone());
        let meetings = meetings.or_else(|| self.meetings.clone());
        steps.push(TrialEvent::DetailsConfirmed {
            zone,
            meetings,
            devices,
            services,
        });
        let next = steps.trial.proceed(at);
        steps.change.merge(next);
        steps.change.text("site", site).text("ship_to", ship_to.flatten())
    }

    /// What stands against a yes by now, although it could be asked for: a service was bought meanwhile (ELIG-1), an
    /// extension is one too many, or the trial cannot come back (EXT-3). A country stays what it was under the version
    /// with which the trial began (PROG-1).
    pub fn objection(&self, subject: &Subject, purchased: &[Purchase], at: &At<'_>) -> Option<Code> {
        let policy = &at.program.policy;
        match subject {
            Subject::Country => None,
            Subject::Service { id } => {
                eligibility::is_owned(id, purchased, at.program).then_some(Code::ServiceNotEligible)
            }
            Subject::Extension { .. } => {
                let over = match &self.state {
                    State::Active(term) => at.now >= end_of(term.ends_on, at.zone),
                    State::Expired(term) if !self.may_come_back(term, at) => return Some(Code::WrongStatus),
                    State::Expired(_) => true,
                    _ => return Some(Code::WrongStatus),
                };
                let often = policy.extension_limit.is_some_and(|limit| self.extensions >= limit);
                if over && !policy.extension_in_grace {
                    Some(Code::WrongStatus)
                } else {
                    often.then_some(Code::ExtensionLimit)
                }
            }
        }
    }

    /// START-2, REG-3, EXT-3: the trials team decides; `left_empty` matters where a refusal ends the trial (CANC-2). A
    /// yes against which something stands by now closes the matter as a refusal does.
    ///
    /// # Errors
    /// `already_decided` when nothing of that kind waits.
    pub fn decide_approval(
        &self,
        decision: &Decision,
        (purchased, left_empty): (&[Purchase], bool),
        at: &At<'_>,
    ) -> Result<Change, Refusal> {
        // CONS-3: before consent and its details nothing waits for the team; its yes must not stand for the customer's.
        let asked = matches!(
            self.status(),
            Status::PendingApproval | Status::Active | Status::Expired
        );
        if !asked || !self.undecided_subjects().contains(&decision.subject) {
            return Err(Refusal::new(Code::AlreadyDecided));
        }
        let objection = self.objection(&decision.subject, purchased, at);
        let because = objection.filter(|_| decision.approved);
        let decision = &Decision {
            approved: decision.approved && because.is_none(),
            ..decision.clone()
        };
        let mut steps = Steps::of(self);
        steps.push(TrialEvent::ApprovalDecided {
            subject: decision.subject.clone(),
            approved: decision.approved,
            because,
        });
        let mut told = self.told(MessageKind::ApprovalDecided, Audience::PartnerAdministrators);
        told.facts.outcome = Some(if decision.approved { "approved" } else { "refused" }.to_owned());
        told.facts.has_line = decision.reason.is_some();
        told.line.clone_from(&decision.reason);
        steps.tell(told);
        if !decision.approved {
            steps.drop_dependents(decision, at);
        }
        let ended = steps.trial.services.is_empty() || (decision.subject == Subject::Country && !decision.approved);
        if ended {
            let on = at.today();
            // CONV-7: what was ordered for it is not wanted any more.
            let closed = steps.trial.close_order(ClosedOrder::Withdrawn, None, at);
            steps.push(TrialEvent::Cancelled {
                at: at.now,
                on,
                by: CancelledBy::TrialsTeam,
                left_empty,
            });
            steps.change.merge(closed.unwrap_or_default());
            // CANC-2: whoever ends the trial, what is out falls due.
            let due = steps.trial.devices_fall_due(at);
            steps.change.merge(due);
            if self.consent.is_some() || self.origin == Origin::Own {
                // Who agreed to a trial, or knew of it, hears that it will not be.
                let mut message = self.told(MessageKind::Cancelled, Audience::CustomerAdministrators);
                message.facts.outcome = Some("trial".to_owned());
                steps.tell(message);
            }
        } else if let (Subject::Extension { days }, true) = (&decision.subject, decision.approved) {
            steps
                .change
                .merge(self.extend_as_approved(*days, at).unwrap_or_default());
        } else if steps.trial.awaiting().is_empty() || steps.trial.term().is_some() {
            steps.provision(at);
        }
        Ok(steps.change.text("approval_reason", decision.reason.clone()))
    }

    /// PROV-2: the provisioner's answer for one service. An answer that says nothing new changes nothing; of a trial that
    /// was bought meanwhile (CONV-7) it changes that service only.
    ///
    /// # Errors
    /// `wrong_status` for a service that nobody asked of it.
    pub fn provisioned(&self, service: &str, outcome: Outcome, at: &At<'_>) -> Result<Change, Refusal> {
        let state = self.services.iter().find(|s| s.id == service).map(|s| s.state);
        match (state, outcome) {
            (Some(ServiceState::Provisioned), Outcome::Done) | (Some(ServiceState::Failed), Outcome::Failed) => {
                return Ok(Change::default());
            }
            (Some(ServiceState::Provisioning | ServiceState::Failed), _) if self.takes_answers() => {}
            _ => return Err(Refusal::new(Code::WrongStatus).with("status", self.status().as_str())),
        }
        let mut steps = Steps::of(self);
        let service = service.to_owned();
        match outcome {
            Outcome::Done => steps.done(service, at),
            Outcome::Failed => {
                let mut message = self.told(MessageKind::ProvisioningFailed, Audience::PartnerAdministrators);
                message.facts.removed = vec![service.clone()];
                steps.push(TrialEvent::ProvisioningFailed { service });
                steps.tell(message);
            }
        }
        steps.activate_when_settled(at);
        Ok(steps.change)
    }
}

impl Steps {
    /// A service runs; EXP-3: in grace only where the program lets it.
    fn done(&mut self, service: String, at: &At<'_>) {
        let rests = matches!(self.trial.state, State::Expired(_)) && stops_in_grace(&service, at);
        self.push(TrialEvent::Provisioned {
            service: service.clone(),
            at: at.now,
        });
        if rests {
            self.push(TrialEvent::Suspended { service });
        }
        self.ask_for_devices(at);
    }

    fn drop_dependents(&mut self, decision: &Decision, at: &At<'_>) {
        let Subject::Service { id } = &decision.subject else {
            return;
        };
        let mut gone = vec![id.clone()];
        while let Some(next) = self.trial.services.iter().find(|service| {
            at.program
                .service(&service.id)
                .is_some_and(|s| s.requires.iter().any(|required| gone.contains(required)))
        }) {
            let subject = Subject::Service { id: next.id.clone() };
            gone.push(next.id.clone());
            self.push(TrialEvent::ApprovalDecided {
                subject,
                approved: false,
                because: None,
            });
        }
    }

    /// Everything that waits is asked of the provisioner; the embedded one answers at once.
    fn provision(&mut self, at: &At<'_>) {
        let waiting = self
            .trial
            .services
            .iter()
            .filter(|service| service.state == ServiceState::Waiting);
        let services: Vec<String> = waiting.map(|service| service.id.clone()).collect();
        if services.is_empty() {
            return;
        }
        self.push(TrialEvent::ProvisioningBegan {
            services: services.clone(),
        });
        if at.provisioner == Provisioner::Embedded {
            for service in services {
                self.done(service, at);
            }
            self.activate_when_settled(at);
        }
    }

    /// PROV-1: the days count from the day on which the last service was provisioned; those that cannot be do not
    /// count, but a trial of nothing does not begin.
    fn activate_when_settled(&mut self, at: &At<'_>) {
        let trial = &self.trial;
        let settled = trial.services.iter().all(super::TrialService::is_settled);
        let any = trial
            .services
            .iter()
            .any(|service| service.state == ServiceState::Provisioned);
        if !matches!(trial.state, State::Provisioning) || !settled || !any {
            return;
        }
        // Not now: what settles it may be a failure, and that does not count.
        let started_at = trial.provisioned_at.unwrap_or(at.now);
        let starts_on = civil_day(started_at, at.zone);
        let ends_on = plus_days(starts_on, i64::from(trial.duration_days));
        self.push(TrialEvent::Activated {
            term: Term {
                started_at,
                starts_on,
                ends_on,
            },
        });
        // PROV-3 and START-7: a new customer is welcomed, all others are told.
        let kind = match self.trial.origin {
            Origin::New => MessageKind::Welcome,
            Origin::Own | Origin::Request => MessageKind::TrialStarted,
        };
        let message = self.trial.told(kind, Audience::CustomerAdministrators);
        self.tell(message);
        self.ask_for_devices(at);
    }

    /// DEV-1: what the start wants shipped goes to the trials team once the days count.
    fn ask_for_devices(&mut self, at: &At<'_>) {
        let Some(asked) = self.trial.first_shipment(at) else {
            return;
        };
        for event in &asked.events {
            self.trial.apply(event);
        }
        self.change.merge(asked);
    }
}

impl Trial {
    /// What follows an edit or a yes of the trials team: new services are asked of the provisioner.
    pub(super) fn provision_waiting(&self, at: &At<'_>) -> Change {
        let mut steps = Steps::of(self);
        steps.provision(at);
        steps.change
    }
}
