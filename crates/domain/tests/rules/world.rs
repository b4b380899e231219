//! One trial with everything around it that a store and a worker would keep: its events, its rows of milestones,
//! what was sent, and a clock. The worker here is the smallest that obeys the rules.

use crate::support::zone;
use domain::{
    notify::{Message, MessageKind},
    program::Program,
    refusal::Refusal,
    trial::{
        At, Change, Due, MilestoneKind, MilestoneState, Provisioner, Row, RowChange, Status, Surroundings, Term, Trial,
        TrialEvent, plan, reconcile,
    },
};
use jiff::{SignedDuration, Timestamp, ToSpan as _, tz::TimeZone};

/// A message as it was written into the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) at: Timestamp,
    /// The milestone that sent it; none for a person's command.
    pub(crate) by: Option<MilestoneKind>,
    pub(crate) message: Message,
}

pub(crate) struct World {
    pub(crate) program: Program,
    pub(crate) zone: TimeZone,
    pub(crate) provisioner: Provisioner,
    pub(crate) now: Timestamp,
    pub(crate) trial: Trial,
    pub(crate) around: Surroundings,
    /// EXP-9: irreversible work is held.
    pub(crate) held: bool,
    pub(crate) events: Vec<TrialEvent>,
    pub(crate) sent: Vec<Sent>,
    pub(crate) rows: Vec<Row>,
    /// What the worker did, and when.
    pub(crate) done: Vec<(Timestamp, MilestoneKind)>,
    /// What the start changed.
    pub(crate) first: Change,
}

impl World {
    /// What a start made, kept.
    pub(crate) fn begin(
        zone: TimeZone,
        program: Program,
        provisioner: Provisioner,
        now: Timestamp,
        first: Change,
    ) -> Self {
        let mut world = Self {
            zone,
            program,
            provisioner,
            now,
            trial: Trial::fold(&first.events).expect("a start comes first"),
            around: Surroundings {
                users: 12,
                ..Surroundings::default()
            },
            held: false,
            events: Vec::new(),
            sent: Vec::new(),
            rows: Vec::new(),
            done: Vec::new(),
            first: first.clone(),
        };
        world.keep(&first, None);
        world
    }

    pub(crate) fn at(&self) -> At<'_> {
        At {
            now: self.now,
            zone: &self.zone,
            program: &self.program,
            provisioner: self.provisioner,
        }
    }

    /// Decides, and saves what was decided.
    pub(crate) fn attempt(
        &mut self,
        act: impl FnOnce(&Trial, &At<'_>) -> Result<Change, Refusal>,
    ) -> Result<Change, Refusal> {
        let change = act(&self.trial, &self.at())?;
        self.keep(&change, None);
        Ok(change)
    }

    pub(crate) fn must(&mut self, act: impl FnOnce(&Trial, &At<'_>) -> Result<Change, Refusal>) -> Change {
        self.attempt(act).expect("nothing against it")
    }

    pub(crate) fn refused(&self, act: impl FnOnce(&Trial, &At<'_>) -> Result<Change, Refusal>) -> Refusal {
        act(&self.trial, &self.at()).expect_err("a refusal")
    }

    fn keep(&mut self, change: &Change, by: Option<MilestoneKind>) {
        for event in &change.events {
            self.trial.apply(event);
            self.events.push(event.clone());
        }
        for message in &change.messages {
            self.sent.push(Sent {
                at: self.now,
                by,
                message: message.clone(),
            });
        }
        self.reconcile();
    }

    fn reconcile(&mut self) {
        for row in reconcile(&self.rows, &plan(&self.trial, &self.program, &self.zone), self.now) {
            self.write(row);
        }
    }

    /// New zone data: the open milestones are computed again.
    pub(crate) fn move_zone(&mut self, name: &str) {
        self.zone = zone(name);
        self.reconcile();
    }

    fn write(&mut self, change: RowChange) {
        match change {
            RowChange::Insert(row) => {
                assert!(
                    !self.rows.iter().any(|r| (r.kind, r.at) == (row.kind, row.at)),
                    "twice planned: {row:?}"
                );
                self.rows.push(row);
            }
            RowChange::Delete(kind, at) => self.rows.retain(|row| {
                let gone = (row.kind, row.at) == (kind, at);
                assert!(
                    !gone || row.state == MilestoneState::Planned,
                    "what happened is not forgotten: {row:?}"
                );
                !gone
            }),
            RowChange::Skip(kind, at) => self.finish(kind, at, MilestoneState::Skipped),
        }
    }

    fn finish(&mut self, kind: MilestoneKind, at: Timestamp, state: MilestoneState) {
        let row = self
            .rows
            .iter_mut()
            .find(|row| (row.kind, row.at) == (kind, at))
            .expect("a row");
        assert_eq!(row.state, MilestoneState::Planned, "once only: {row:?}");
        row.state = state;
        row.done_at = Some(self.now);
    }

    /// The next row that waits for the worker; a hold stops what cannot be undone.
    fn next(&self) -> Option<(Timestamp, MilestoneKind)> {
        let open = self.rows.iter().filter(|row| row.state == MilestoneState::Planned);
        open.filter(|row| !(self.held && row.kind.is_irreversible()))
            .map(|row| (row.at, row.kind))
            .min()
    }

    /// The worker does everything that has fallen due, in order.
    pub(crate) fn work(&mut self) {
        while let Some((at, kind)) = self.next().filter(|(at, _)| *at <= self.now) {
            let around = Surroundings {
                overtaken: self.trial.is_overtaken(kind, at, &self.at()),
                ..self.around
            };
            match self.trial.fall_due(kind, around, &self.at()) {
                Due::Done(change) => {
                    self.finish(kind, at, MilestoneState::Done);
                    self.done.push((self.now, kind));
                    self.keep(&change, Some(kind));
                }
                Due::Skipped => self.finish(kind, at, MilestoneState::Skipped),
            }
        }
    }

    /// TIME-4: time passes while the worker runs: it stops at each instant at which something falls due.
    pub(crate) fn pass_to(&mut self, to: Timestamp) {
        assert!(to >= self.now, "time does not go back");
        while let Some((at, _)) = self.next().filter(|(at, _)| *at <= to) {
            self.now = self.now.max(at);
            self.work();
        }
        self.now = to;
    }

    pub(crate) fn pass_days(&mut self, days: i64) {
        let to = self
            .now
            .to_zoned(self.zone.clone())
            .checked_add(days.days())
            .expect("a day")
            .timestamp();
        self.pass_to(to);
    }

    /// EXP-7: nobody works until then.
    pub(crate) fn outage_to(&mut self, to: Timestamp) {
        self.now = to;
        self.work();
    }

    pub(crate) fn status(&self) -> Status {
        self.trial.status()
    }

    pub(crate) fn term(&self) -> &Term {
        self.trial.term().expect("a trial that began")
    }

    /// A wall clock time in the customer's zone.
    pub(crate) fn local(&self, text: &str) -> Timestamp {
        crate::support::local(text, &self.trial.zone)
    }

    /// When a milestone is planned for, as the plan says it now.
    pub(crate) fn planned(&self, kind: MilestoneKind) -> Option<Timestamp> {
        let items = plan(&self.trial, &self.program, &self.zone);
        items
            .into_iter()
            .find(|item| item.kind == kind)
            .and_then(|item| item.at)
    }

    /// The instant before and the instant at which a milestone is planned, to the microsecond.
    pub(crate) fn around(&self, kind: MilestoneKind) -> (Timestamp, Timestamp) {
        let at = self.planned(kind).expect("a planned milestone");
        (before(at), at)
    }

    /// What became of a milestone; the last one of its kind.
    pub(crate) fn state_of(&self, kind: MilestoneKind) -> Option<MilestoneState> {
        self.rows
            .iter()
            .filter(|row| row.kind == kind)
            .max_by_key(|row| row.at)
            .map(|row| row.state)
    }

    /// When emails of a kind left, and what they were.
    pub(crate) fn mails(&self, kind: MessageKind) -> Vec<&Sent> {
        self.sent.iter().filter(|sent| sent.message.kind == kind).collect()
    }
}

pub(crate) fn before(instant: Timestamp) -> Timestamp {
    instant - SignedDuration::from_micros(1)
}

pub(crate) fn after(instant: Timestamp) -> Timestamp {
    instant + SignedDuration::from_micros(1)
}
