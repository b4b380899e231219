//! What people and the provisioner do: whether it may be done, and what it makes of the model.

use super::{Model, waits, with_required};
use crate::property::story::{LENGTHS, SERVICES, Step};
use domain::trial::{
    MilestoneKind::{AccessEndedNotice, NumbersReleased, Removed},
    Origin, Outcome, ServiceState, Status, Subject,
};
use jiff::{SignedDuration, ToSpan as _};

impl Model {
    pub(in crate::property) fn command(&mut self, command: &Step, subject: &Subject) -> bool {
        let undecided = self.status == Status::PendingConsent && self.now < self.deadline();
        match command {
            Step::Extend { days, allow_shorten } => self.extend(*days, *allow_shorten),
            Step::Edit { services, quantity } => self.edit(services, *quantity),
            Step::Cancel { left_empty, .. } => self.is_open() && self.cancel(*left_empty),
            Step::Accept { accept_reduced, taken } => undecided && self.accept(*accept_reduced, taken),
            Step::Decline => undecided && self.close(Status::Declined),
            Step::Resend => undecided && self.resend(),
            Step::Confirm => {
                let may = self.status == Status::PendingProvisioningDetails;
                may.then(|| self.proceed()).is_some()
            }
            Step::Answer { outcome, .. } => self.answer(subject, *outcome),
            Step::Approve { approved, .. } => self.approve(subject, *approved),
            Step::Convert => {
                let done = self.runs() && self.close(Status::Converted);
                if done {
                    self.resume();
                }
                self.plan_left();
                done
            }
            Step::Remind => {
                let may = self.runs() && self.reminded != Some(self.today());
                may.then(|| self.reminded = Some(self.today())).is_some()
            }
            Step::Correct { signed_in } => self.origin == Origin::New && self.is_open() && !signed_in,
            Step::Pass { .. } | Step::Next { .. } | Step::Outage { .. } => true,
            Step::Worker { .. } | Step::Hold { .. } | Step::Others { .. } => true,
        }
    }

    fn close(&mut self, status: Status) -> bool {
        self.forget();
        self.status = status;
        true
    }

    fn extend(&mut self, days: i64, allow_shorten: bool) -> bool {
        let offered = LENGTHS.iter().any(|length| i64::from(*length) == days);
        let Some((first, last)) = self.days.filter(|_| self.runs() && offered) else {
            return false;
        };
        let new = self.today().saturating_add(days.days());
        if new == last {
            return true;
        }
        if new < last && !allow_shorten {
            return false;
        }
        self.days = Some((first, new));
        self.status = Status::Active;
        self.resume();
        self.plan_end();
        true
    }

    /// EXT-3, CONV-7.
    fn resume(&mut self) {
        for id in SERVICES {
            self.turn(id, ServiceState::Suspended, ServiceState::Provisioned);
        }
    }

    fn edit(&mut self, services: &[&'static str], quantity: i64) -> bool {
        let lacks = |id: &str, has: bool| services.contains(&id) && !self.services.contains_key(id) && !has;
        let complete = !lacks("meetings", self.has_site) && !lacks("devices", self.has_devices);
        if self.status != Status::Active || !complete || !(1..=1000).contains(&quantity) {
            return false;
        }
        let wanted = with_required(services);
        if !wanted.iter().eq(self.services.keys()) || quantity != self.quantity {
            self.quantity = quantity;
            if wanted.contains("calling") {
                self.calling_left = None;
            } else if self.services.contains_key("calling") {
                self.calling_left = Some(self.today());
            }
            self.services.retain(|id, _| wanted.contains(id));
            for id in wanted {
                self.services.entry(id).or_insert_with(|| waits(id));
            }
            self.plan_numbers();
            self.provision();
        }
        true
    }

    /// CANC-2.
    fn cancel(&mut self, left_empty: bool) -> bool {
        self.close(Status::Cancelled);
        self.withdraw();
        let (on, ran) = (self.today(), self.days.is_some());
        if ran && self.services.contains_key("calling") {
            self.ahead.insert((self.midnight(on, 16), NumbersReleased));
        }
        self.plan_left();
        if left_empty && (ran || self.origin != Origin::Request) {
            self.ahead.insert((self.midnight(on, 31), Removed));
            self.ahead.insert((self.nine(on, 31), AccessEndedNotice));
        }
        true
    }

    /// CONS-6.
    fn accept(&mut self, accept_reduced: bool, taken: &[&'static str]) -> bool {
        let mut left = self.services.clone();
        let console = |id: &str| id == "attendant-console" && taken.contains(&"calling");
        left.retain(|id, _| !taken.contains(id) && !console(id));
        if left.len() < self.services.len() && (!accept_reduced || left.is_empty()) {
            return false;
        }
        self.services = left;
        self.close(Status::PendingProvisioningDetails)
    }

    /// CONS-7.
    fn resend(&mut self) -> bool {
        let hour_ago = self.now - SignedDuration::from_hours(1);
        let may = self.sendings.iter().filter(|sent| **sent > hour_ago).count() < 5;
        may.then(|| self.sendings.push(self.now)).is_some()
    }

    fn answer(&mut self, subject: &Subject, outcome: Outcome) -> bool {
        use ServiceState::{Failed, Provisioned, Provisioning};
        let new = if outcome == Outcome::Done { Provisioned } else { Failed };
        let takes = self.is_open() || self.status == Status::Converted;
        let Subject::Service { id } = subject else { return true };
        let Some(state) = self.services.get_mut(id.as_str()) else {
            return false;
        };
        if *state == new {
            return true;
        }
        if !takes || !matches!(*state, Provisioning | Failed) {
            return false;
        }
        *state = new;
        if outcome == Outcome::Done {
            self.last_provisioned = Some(self.now);
            self.rest();
        }
        self.begin_when_settled();
        true
    }

    fn approve(&mut self, subject: &Subject, approved: bool) -> bool {
        let waits = match subject {
            Subject::Country => self.review,
            // The model's program lets extensions go on without the team.
            Subject::Extension { .. } => false,
            Subject::Service { id } => self.services.get(id.as_str()) == Some(&ServiceState::AwaitingApproval),
        };
        if !waits || !(self.runs() || self.status == Status::PendingApproval) {
            return false;
        }
        match subject {
            Subject::Country => self.review = false,
            Subject::Extension { .. } => {}
            Subject::Service { id } if approved => {
                self.turn(id, ServiceState::AwaitingApproval, ServiceState::Waiting);
            }
            Subject::Service { id } => self.services.retain(|own, _| own != id),
        }
        if self.services.is_empty() || (*subject == Subject::Country && !approved) {
            return self.cancel(true);
        }
        if !self.awaits() {
            self.provision();
        }
        true
    }
}
