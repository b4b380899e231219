//! What time does to a trial (EXP): the same decisions as a person's, issued by a milestone.

use super::{At, Change, MilestoneKind, Planned, ServiceState, State, Trial, TrialEvent, plan};
use crate::{
    notify::{Audience, Facts, Message, MessageKind},
    time::{days_between, end_of},
};
use jiff::Timestamp;

/// What a milestone must know beyond the trial (EXP-9: checked again just before acting).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// EXP-4: the customer has other services, bought or on trial.
    pub other_services: bool,
    /// People in the customer's organization.
    pub users: u32,
    /// EXP-7: after an outage a later one of its kind has come by now, too.
    pub overtaken: bool,
}

/// What became of a milestone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// It was done.
    Done(Change),
    /// EXP-7: too late, or for a state that has passed.
    Skipped,
}

/// EXP-3: whether the program stops a service for the time of grace.
pub(super) fn stops_in_grace(id: &str, at: &At<'_>) -> bool {
    at.program.service(id).is_some_and(|service| service.suspended_in_grace)
}

impl Trial {
    /// EXP-7: whether a later one of that kind, which was due at an instant, has come by now, too.
    pub fn is_overtaken(&self, kind: MilestoneKind, due: Timestamp, at: &At<'_>) -> bool {
        let later = |item: &Planned| item.kind == kind && item.at.is_some_and(|one| one > due && one <= at.now);
        plan(self, at.program, at.zone).iter().any(later)
    }

    /// A milestone falls due. What is not planned any more, or not yet due (EXP-8, EXP-9), it skips.
    pub fn fall_due(&self, kind: MilestoneKind, around: Surroundings, at: &At<'_>) -> Due {
        let is_due = |item: &Planned| item.kind == kind && item.at.is_some_and(|instant| instant <= at.now);
        if !plan(self, at.program, at.zone).iter().any(is_due) {
            return Due::Skipped;
        }
        let change = match kind {
            MilestoneKind::ConsentLapses => self.lapse(at),
            MilestoneKind::Started => None,
            MilestoneKind::ExpiryReminder => self.expiry_reminder(at),
            MilestoneKind::ExpiryNotice => self.expiry_notice(at),
            MilestoneKind::Expires => self.expire(at),
            // One email, not one for each day that passed.
            MilestoneKind::OrderReminder => self.remind_of_order(at).filter(|_| !around.overtaken),
            MilestoneKind::OrderCloses => self.order_runs_out(at),
            MilestoneKind::Removed => self.remove(around, at),
            MilestoneKind::AccessEndedNotice => self.access_ended(),
            MilestoneKind::NumbersReleased => self.release_numbers(at),
            MilestoneKind::DeviceReturnOpens
            | MilestoneKind::DeviceEnds
            | MilestoneKind::DeviceReturnDue
            | MilestoneKind::ReturnOverdue => self.return_falls_due(kind, at),
        };
        change.map_or(Due::Skipped, Due::Done)
    }

    fn expiry_facts(&self, at: &At<'_>) -> Option<Facts> {
        let term = self.term()?;
        Some(Facts {
            services: self.service_ids(),
            license_quantity: Some(self.license_quantity),
            ends_on: Some(term.ends_on),
            grace_ends_on: Some(term.grace_ends_on(at.program)),
            days_left: Some(days_between(at.today(), term.ends_on)),
            late: at.now >= end_of(term.ends_on, at.zone),
            ..Facts::default()
        })
    }

    fn tell_both(kind: MilestoneKind, message: MessageKind, facts: &Facts) -> Change {
        let to = |audience| Message {
            kind: message,
            audience,
            facts: facts.clone(),
            line: None,
        };
        Change::default()
            .event(TrialEvent::Notified { kind })
            .tell(to(Audience::CustomerAdministrators))
            .tell(to(Audience::PartnerAdministrators))
    }

    /// EXP-1; EXP-7: late while the end is still ahead, with the true number of days.
    fn expiry_reminder(&self, at: &At<'_>) -> Option<Change> {
        let facts = self.expiry_facts(at)?;
        let ahead = matches!(self.state, State::Active(_)) && !facts.late;
        ahead.then(|| Self::tell_both(MilestoneKind::ExpiryReminder, MessageKind::ExpiryReminder, &facts))
    }

    /// EXP-2; EXP-7: late while in grace, worded 'expired on'.
    fn expiry_notice(&self, at: &At<'_>) -> Option<Change> {
        let facts = self.expiry_facts(at)?;
        let in_time = at.now < end_of(facts.grace_ends_on?, at.zone);
        let open = matches!(self.state, State::Active(_) | State::Expired(_));
        (open && in_time).then(|| Self::tell_both(MilestoneKind::ExpiryNotice, MessageKind::ExpiryNotice, &facts))
    }

    /// EXP-3: grace begins; services that do not go on in grace are suspended.
    fn expire(&self, at: &At<'_>) -> Option<Change> {
        let State::Active(term) = &self.state else { return None };
        if at.now < end_of(term.ends_on, at.zone) {
            return None;
        }
        let runs = self
            .services
            .iter()
            .filter(|s| s.state == ServiceState::Provisioned && stops_in_grace(&s.id, at));
        let suspended = runs.map(|service| service.id.clone()).collect();
        Some(Change::default().event(TrialEvent::Expired { at: at.now, suspended }))
    }

    /// EXP-4; CANC-2 for a cancelled one. Never early (EXP-8).
    fn remove(&self, around: Surroundings, at: &At<'_>) -> Option<Change> {
        let closes = !around.other_services;
        let users = if closes { around.users } else { 0 };
        match &self.state {
            State::Expired(_) if at.now >= end_of(self.removal_day(at.program)?, at.zone) => {
                let removed = TrialEvent::Removed {
                    at: at.now,
                    organization_closed: closes,
                    users,
                };
                // CONV-7: an order runs out with it at the latest.
                let mut change = Change::default().event(removed);
                change.merge(self.order_runs_out(at).unwrap_or_default());
                Some(change)
            }
            State::Cancelled {
                left_empty: true,
                organization_closed: false,
                ..
            } if closes => Some(Change::default().event(TrialEvent::OrganizationClosed { at: at.now, users })),
            _ => None,
        }
    }

    /// EXP-4: the users are told, after it has happened.
    fn access_ended(&self) -> Option<Change> {
        let organization_closed = match &self.state {
            State::Removed {
                organization_closed, ..
            } => *organization_closed,
            State::Cancelled {
                organization_closed: true,
                ..
            } => true,
            _ => return None,
        };
        let cancelled_on = match &self.state {
            State::Cancelled { on, .. } => Some(*on),
            _ => None,
        };
        let facts = Facts {
            services: self.service_ids(),
            // The day on which a cancelled trial would have ended is no day of it.
            ends_on: self.term().map(|term| term.ends_on).filter(|_| cancelled_on.is_none()),
            cancelled_on,
            organization_closed,
            ..Facts::default()
        };
        let message = Message {
            kind: MessageKind::AccessEnded,
            audience: Audience::CustomerUsers,
            facts,
            line: None,
        };
        let notified = TrialEvent::Notified {
            kind: MilestoneKind::AccessEndedNotice,
        };
        Some(Change::default().event(notified).tell(message))
    }

    /// EXP-5: to nobody before.
    fn release_numbers(&self, at: &At<'_>) -> Option<Change> {
        let over = matches!(self.state, State::Removed { .. } | State::Cancelled { .. })
            || (matches!(self.state, State::Converted { .. }) && self.numbers_left_on.is_some());
        (over || !self.has_numbers(at.program))
            .then(|| Change::default().event(TrialEvent::NumbersReleased { at: at.now }))
    }
}
