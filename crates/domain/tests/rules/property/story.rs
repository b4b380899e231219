//! A random life: how it starts, and what people, the provisioner and time then do.

use super::model::Model;
use crate::{
    given::{given, yes},
    support::{CAIRO, KIRITIMATI, LOS_ANGELES, PARIS, TAIPEI, customer, person, reason, utc},
    world::World,
};
use domain::{
    program::Program,
    refusal::Refusal,
    trial::{
        CancelledBy, Change, ConsentGiven, CustomerInput, Decision, Details, Edit, Extend, Origin, Outcome,
        ServiceState, Subject,
    },
};
use jiff::{SignedDuration, Timestamp};
use proptest::{prelude::*, sample::select, sample::subsequence};

pub(super) const SERVICES: [&str; 6] = [
    "messaging",
    "meetings",
    "calling",
    "attendant-console",
    "contact-center",
    "devices",
];
pub(super) const LENGTHS: [u32; 3] = [30, 7, 60];

#[derive(Clone, Debug)]
pub(super) struct Story {
    pub(super) zone: &'static str,
    pub(super) origin: Origin,
    pub(super) external: bool,
    /// REG-3: the country is under review.
    pub(super) review: bool,
    pub(super) services: Vec<&'static str>,
    pub(super) days: i64,
    pub(super) begins: Timestamp,
    pub(super) steps: Vec<Step>,
}

#[derive(Clone, Debug)]
pub(super) enum Step {
    Pass {
        seconds: i64,
    },
    /// To what comes next, or a microsecond before or after it.
    Next {
        microseconds: i64,
    },
    /// EXP-7: nobody works for a while.
    Outage {
        seconds: i64,
    },
    /// The worker stops, or works again.
    Worker {
        up: bool,
    },
    Hold {
        held: bool,
    },
    /// CANC-2: the customer has other services, or none.
    Others {
        other_services: bool,
    },
    Extend {
        days: i64,
        allow_shorten: bool,
    },
    Edit {
        services: Vec<&'static str>,
        quantity: i64,
    },
    Cancel {
        by: CancelledBy,
        left_empty: bool,
    },
    Accept {
        accept_reduced: bool,
        taken: Vec<&'static str>,
    },
    Decline,
    Resend,
    Confirm,
    /// The provisioner, about one of the services that it was asked for; sometimes about one that it was not.
    Answer {
        which: usize,
        outcome: Outcome,
    },
    Approve {
        which: usize,
        approved: bool,
    },
    Convert,
    Remind,
    Correct {
        signed_in: bool,
    },
}

fn some_services() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(SERVICES.to_vec(), 1..=SERVICES.len())
}

fn seconds() -> impl Strategy<Value = i64> {
    let (minute, hour, day) = (60, 3600, 86400);
    prop_oneof![
        (1..120i64).prop_map(move |n| n * minute),
        (1..48i64).prop_map(move |n| n * hour),
        (1..12i64).prop_map(move |n| n * day),
        (1..7i64).prop_map(move |n| n * 7 * day),
    ]
}

fn by() -> impl Strategy<Value = CancelledBy> {
    select(vec![CancelledBy::Partner, CancelledBy::Customer])
}

fn step() -> impl Strategy<Value = Step> {
    let outcome = || prop_oneof![5 => Just(Outcome::Done), 2 => Just(Outcome::Failed)];
    prop_oneof![
        8 => seconds().prop_map(|seconds| Step::Pass { seconds }),
        6 => (-1..=1i64).prop_map(|microseconds| Step::Next { microseconds }),
        4 => seconds().prop_map(|seconds| Step::Outage { seconds }),
        1 => prop::bool::weighted(0.7).prop_map(|up| Step::Worker { up }),
        1 => any::<bool>().prop_map(|held| Step::Hold { held }),
        1 => any::<bool>().prop_map(|other_services| Step::Others { other_services }),
        3 => (select(vec![30, 7, 60, 45]), any::<bool>())
            .prop_map(|(days, allow_shorten)| Step::Extend { days, allow_shorten }),
        2 => (some_services(), select(vec![100, 50, 1, 1000, 0, 1001]))
            .prop_map(|(services, quantity)| Step::Edit { services, quantity }),
        1 => (by(), any::<bool>()).prop_map(|(by, left_empty)| Step::Cancel { by, left_empty }),
        3 => (any::<bool>(), subsequence(SERVICES.to_vec(), 0..=2))
            .prop_map(|(accept_reduced, taken)| Step::Accept { accept_reduced, taken }),
        1 => Just(Step::Decline),
        1 => Just(Step::Resend),
        3 => Just(Step::Confirm),
        8 => (0..8usize, outcome()).prop_map(|(which, outcome)| Step::Answer { which, outcome }),
        3 => (0..3usize, prop::bool::weighted(0.7)).prop_map(|(which, approved)| Step::Approve { which, approved }),
        1 => Just(Step::Convert),
        1 => Just(Step::Remind),
        1 => any::<bool>().prop_map(|signed_in| Step::Correct { signed_in }),
    ]
}

pub(super) fn story() -> impl Strategy<Value = Story> {
    let zone = select(vec![PARIS, LOS_ANGELES, TAIPEI, KIRITIMATI, CAIRO]);
    let origin = select(vec![Origin::New, Origin::Own, Origin::Request]);
    let begins =
        (0..365 * 86_400_000_000i64).prop_map(|n| utc("2027-01-01T00:00:00Z") + SignedDuration::from_micros(n));
    let kind = (zone, origin, any::<bool>(), prop::bool::weighted(0.1), some_services());
    let life = (select(vec![30, 60, 90]), begins, prop::collection::vec(step(), 1..50));
    (kind, life).prop_map(
        |((zone, origin, external, review, services), (days, begins, steps))| Story {
            zone,
            origin,
            external,
            review,
            services,
            days,
            begins,
            steps,
        },
    )
}

/// The domain and the model, side by side.
pub(super) struct Play {
    pub(super) world: World,
    pub(super) model: Model,
    /// Whether the worker works.
    pub(super) up: bool,
}

fn policy(program: &mut Program) {
    program.extension_days = LENGTHS.to_vec();
}

impl Play {
    pub(super) fn begin(story: &Story) -> Self {
        let country = if story.review { "BY" } else { "FR" };
        let mut start = given(&story.services, story.zone, story.begins)
            .program(policy)
            .days(story.days);
        start = start.origin(story.origin).form(|input| {
            input.customer = Some(CustomerInput {
                country: Some(country.to_owned()),
                ..customer()
            });
        });
        if story.external {
            start = start.external();
        }
        let (world, model) = (start.start(), Model::begin(story));
        Self { world, model, up: true }
    }

    /// Does a step on both sides: whether the domain did it, and whether the model says so.
    pub(super) fn step(&mut self, step: &Step) -> (bool, bool) {
        let answer = match step {
            Step::Pass { seconds } => self.pass_to(self.world.now + SignedDuration::from_secs(*seconds)),
            Step::Next { microseconds } => {
                let next = self
                    .model
                    .ahead
                    .iter()
                    .map(|(at, _)| *at)
                    .find(|at| *at > self.world.now);
                let to = next.unwrap_or(self.world.now) + SignedDuration::from_micros(*microseconds);
                self.pass_to(to.max(self.world.now))
            }
            Step::Outage { seconds } => {
                let up = std::mem::replace(&mut self.up, false);
                let answer = self.pass_to(self.world.now + SignedDuration::from_secs(*seconds));
                self.up = up;
                answer
            }
            Step::Worker { up } => {
                self.up = *up;
                (true, true)
            }
            Step::Hold { held } => {
                (self.world.held, self.model.held) = (*held, *held);
                (true, true)
            }
            Step::Others { other_services } => {
                self.world.around.other_services = *other_services;
                self.model.others = *other_services;
                (true, true)
            }
            command => self.command(command),
        };
        if self.up {
            self.world.work();
            self.model.work();
        }
        answer
    }

    fn pass_to(&mut self, to: Timestamp) -> (bool, bool) {
        if self.up {
            self.world.pass_to(to);
            self.model.pass_to(to);
        }
        (self.world.now, self.model.now) = (to, to);
        (true, true)
    }

    /// Of which service or decision a step speaks.
    fn subject(&self, command: &Step) -> Subject {
        match command {
            Step::Approve { which, .. } => {
                let awaiting = self.world.trial.awaiting();
                awaiting
                    .get(which % awaiting.len().max(1))
                    .cloned()
                    .unwrap_or(Subject::Country)
            }
            Step::Answer { which, .. } => {
                let asked = self
                    .model
                    .services
                    .iter()
                    .filter(|(_, state)| **state == ServiceState::Provisioning);
                let asked: Vec<_> = asked.map(|(id, _)| *id).collect();
                let id = asked
                    .get(*which)
                    .or(asked.first())
                    .copied()
                    .unwrap_or(SERVICES[which % SERVICES.len()]);
                Subject::Service { id: id.to_owned() }
            }
            _ => Subject::Country,
        }
    }

    fn command(&mut self, command: &Step) -> (bool, bool) {
        let subject = self.subject(command);
        let expected = self.model.command(command, &subject);
        (self.decide(command, subject).is_ok(), expected)
    }

    fn decide(&mut self, command: &Step, subject: Subject) -> Result<Change, Refusal> {
        let has_site = self.world.first.texts.contains_key("site");
        self.world.attempt(|trial, at| match command {
            Step::Extend { days, allow_shorten } => trial.extend(
                &Extend {
                    days: Some(*days),
                    allow_shorten: *allow_shorten,
                    reason: None,
                },
                at,
            ),
            Step::Edit { services, quantity } => {
                let wish = Edit {
                    services: Some(crate::support::ids(services)),
                    license_quantity: Some(*quantity),
                    notes: None,
                };
                trial.edit(&wish, |_| Vec::new(), &[], at)
            }
            Step::Cancel { by, left_empty } => trial.cancel(*by, None, *left_empty, at),
            Step::Accept { accept_reduced, taken } => {
                let taken = taken
                    .iter()
                    .filter(|id| trial.service_ids().iter().any(|own| own == *id));
                let reasons = taken.map(|id| reason(id, "unavailable")).collect();
                trial.accept(
                    &ConsentGiven {
                        accept_reduced: *accept_reduced,
                        ..yes()
                    },
                    reasons,
                    at,
                )
            }
            Step::Decline => trial.decline(None, at),
            Step::Resend => trial.resend_consent(at),
            Step::Confirm => trial.confirm_details(Details::default(), has_site, at),
            Step::Answer { outcome, .. } => match &subject {
                Subject::Service { id } => trial.provisioned(id, *outcome, at),
                Subject::Country | Subject::Extension { .. } => Ok(Change::default()),
            },
            Step::Approve { approved, .. } => trial.decide_approval(
                &Decision {
                    subject,
                    approved: *approved,
                    reason: None,
                },
                (&[], true),
                at,
            ),
            Step::Convert => trial.convert(at),
            Step::Remind => trial.remind(None, at),
            Step::Correct { signed_in } => trial.correct_administrator(person("right"), *signed_in),
            Step::Pass { .. } | Step::Next { .. } | Step::Outage { .. } => Ok(Change::default()),
            Step::Worker { .. } | Step::Hold { .. } | Step::Others { .. } => Ok(Change::default()),
        })
    }
}
