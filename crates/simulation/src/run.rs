//! One run: rounds of people, workers and couriers on two nodes, with what goes wrong from the seed, until the days are
//! over; then everything settles and is counted.

use crate::{
    Plan,
    ask::anything,
    bug::Bug,
    call::{self, Answer, Call},
    chance::Chance,
    check,
    failure::Failure,
    fault::{Fault, Weather},
    gate::{WHO, Who},
    world::{Ground, NODES, World},
};
use app::worker::Ticker;
use domain::trial::{MilestoneKind, MilestoneState, RowChange};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, atomic::Ordering},
};
use tokio::task::JoinHandle;

/// What a task does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// An attempt at a call.
    Call(usize),
    Worker,
    Courier,
    Tend,
    Sweep,
    Acknowledge,
}

/// A task under way.
pub(crate) struct Task {
    pub(crate) who: Who,
    pub(crate) work: Work,
    pub(crate) handle: JoinHandle<Answer>,
    pub(crate) began: Timestamp,
}

/// A run under way.
pub(crate) struct Run {
    pub(crate) world: World,
    pub(crate) chance: Chance,
    pub(crate) calls: Vec<Call>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) round: u64,
    pub(crate) faults: u64,
    pub(crate) steps: u64,
    /// When a worker looked at everything, and nothing went wrong meanwhile.
    pub(crate) passes: Vec<Timestamp>,
    /// EXP-8: since when, and until when, the clock held irreversible work.
    pub(crate) fuses: Vec<(Timestamp, Option<Timestamp>)>,
    /// When an operator began to say that the clock is right.
    said: Option<Timestamp>,
    pub(crate) trace: Vec<String>,
    pub(crate) bug: Option<Bug>,
    next_task: u64,
    again: BTreeSet<String>,
}

/// How long a key is good for, and some hours less.
const GOOD: SignedDuration = SignedDuration::from_hours(20);

impl Run {
    pub(crate) async fn begin(plan: &Plan, ground: &Ground) -> Result<Self, Failure> {
        Ok(Self {
            world: World::begin(plan, ground).await?,
            chance: Chance::new(plan.seed),
            calls: Vec::new(),
            tasks: Vec::new(),
            round: 0,
            faults: 0,
            steps: 0,
            passes: Vec::new(),
            fuses: Vec::new(),
            said: None,
            trace: Vec::new(),
            bug: plan.bug,
            next_task: 0,
            again: BTreeSet::new(),
        })
    }

    /// Everything, to the end.
    pub(crate) async fn play(&mut self, days: i64) -> Result<(), Failure> {
        let begin = self.world.clock.now();
        let end = begin
            .checked_add(SignedDuration::from_hours(24 * days))
            .unwrap_or(begin);
        while self.world.clock.now() < end {
            let fault = Fault::any(&mut self.chance);
            let weather = Weather::any(&mut self.chance);
            self.people().await?;
            self.machines();
            self.round(fault, weather).await?;
            check::always(self).await?;
            self.time().await?;
        }
        self.settle().await?;
        check::settled(self).await
    }

    fn spawn(&mut self, node: usize, work: Work, future: impl Future<Output = Answer> + Send + 'static) {
        self.next_task += 1;
        let who = Who {
            node,
            task: self.next_task,
        };
        let gate = Arc::clone(&self.world.gate);
        let task = async move {
            let answer = future.await;
            gate.moved();
            answer
        };
        self.tasks.push(Task {
            who,
            work,
            handle: tokio::spawn(WHO.scope(who, task)),
            began: self.world.clock.now(),
        });
    }

    /// New calls, and old ones again.
    async fn people(&mut self) -> Result<(), Failure> {
        let sight = self.world.look().await?;
        for _ in 0..self.chance.between(1, 3) {
            let Some((by, ask)) = anything(&mut self.chance, &sight, &self.world) else {
                continue;
            };
            let has_key = ask.takes_key() && self.chance.percent(85);
            let number = self.calls.len();
            self.calls.push(Call {
                number,
                by,
                ask,
                has_key,
                first: self.world.clock.now(),
                attempts: 0,
                answer: None,
                given_up: false,
            });
            self.attempt(number);
            // An impatient client asks twice at once.
            if has_key && self.chance.percent(10) {
                self.attempt(number);
            }
        }
        let fresh = self.world.clock.now().checked_sub(GOOD).unwrap_or(Timestamp::MIN);
        let old = |call: &&Call| call.has_key && call.attempts > 0 && call.first > fresh && !call.given_up;
        let known: Vec<(usize, bool)> = self.calls.iter().filter(old).map(|c| (c.number, c.is_open())).collect();
        for (number, open) in known {
            if self.chance.percent(if open { 50 } else { 3 }) {
                self.attempt(number);
            }
        }
        Ok(())
    }

    pub(crate) fn attempt(&mut self, number: usize) {
        let node = usize::try_from(self.chance.below(NODES as u64)).unwrap_or(0);
        let call = &mut self.calls[number];
        call.attempts += 1;
        let (call, attempt, bug) = (call.clone(), call.attempts, self.bug);
        let app = Arc::clone(&self.world.nodes[node].app);
        self.spawn(node, Work::Call(number), call::attempt(app, call, attempt, bug));
    }

    fn machines(&mut self) {
        for node in 0..NODES {
            for (work, often) in [
                (Work::Worker, 70),
                (Work::Courier, 60),
                (Work::Tend, 50),
                (Work::Sweep, 10),
                (Work::Acknowledge, 6),
            ] {
                if self.chance.percent(often) {
                    self.machine(node, work);
                }
            }
        }
    }

    pub(crate) fn machine(&mut self, node: usize, work: Work) {
        let app = Arc::clone(&self.world.nodes[node].app);
        let courier = Arc::clone(&self.world.nodes[node].courier);
        let doing = work.clone();
        if work == Work::Acknowledge {
            self.said.get_or_insert(self.world.clock.now());
        }
        let future = async move {
            let done = match doing {
                Work::Worker => work_like_serve(&app).await,
                Work::Courier => {
                    courier.run_once().await;
                    Ok(())
                }
                Work::Tend => app.tend_directory().await.map(|_| ()),
                Work::Sweep => app.housekeeping().await,
                Work::Acknowledge => app.acknowledge_clock().await.map(|_| ()),
                Work::Call(_) => Ok(()),
            };
            match done {
                Ok(()) => Answer::None,
                Err(error) => Answer::Broken(error.to_string()),
            }
        };
        self.spawn(node, work, future);
    }

    /// The clock goes on: by little mostly, by days with everybody at work, or over an outage.
    async fn time(&mut self) -> Result<(), Failure> {
        match self.chance.below(100) {
            0..=44 => {
                let seconds = self.chance.between(1, 1800);
                self.world.clock.jump(SignedDuration::from_secs(seconds));
            }
            45..=79 => {
                self.resolve(SignedDuration::from_hours(11)).await?;
                let minutes = self.chance.between(30, 660);
                self.world.clock.jump(SignedDuration::from_mins(minutes));
            }
            80..=93 => {
                self.resolve(GOOD).await?;
                for _ in 0..self.chance.between(1, 16) {
                    let minutes = self.chance.between(400, 720);
                    self.world.clock.jump(SignedDuration::from_mins(minutes));
                    self.quiet().await?;
                }
            }
            _ => {
                self.resolve(GOOD).await?;
                let hours = self.chance.between(20, 20 * 24);
                self.world.clock.jump(SignedDuration::from_hours(hours));
                self.note(|| format!("an outage of {hours} hours"));
            }
        }
        Ok(())
    }

    /// A round in which nothing goes wrong and nobody asks for anything.
    pub(crate) async fn quiet(&mut self) -> Result<(), Failure> {
        for node in 0..NODES {
            self.machine(node, Work::Worker);
            self.machine(node, Work::Courier);
        }
        self.machine(0, Work::Tend);
        self.round(Fault::None, Weather::Fair).await
    }

    /// Before so much time passes whoever waits for an answer asks once more, or gives up.
    async fn resolve(&mut self, ahead: SignedDuration) -> Result<(), Failure> {
        for turn in 0..4 {
            let now = self.world.clock.now();
            let old = now
                .checked_add(ahead)
                .and_then(|then| then.checked_sub(GOOD))
                .unwrap_or(Timestamp::MAX);
            let open: Vec<usize> = self
                .calls
                .iter()
                .filter(|call| call.is_open() && call.first <= old)
                .map(|call| call.number)
                .collect();
            if open.is_empty() {
                return Ok(());
            }
            for number in open {
                let call = &self.calls[number];
                let forgotten = now.duration_since(call.first) > SignedDuration::from_hours(23);
                let gives_up = !call.has_key || forgotten || (turn == 0 && self.chance.percent(20));
                if gives_up || turn == 3 {
                    self.calls[number].given_up = true;
                } else {
                    self.attempt(number);
                }
            }
            self.round(Fault::None, Weather::Fair).await?;
            // A key that a node held when it was killed is free again.
            self.world.clock.jump(SignedDuration::from_secs(31));
        }
        Ok(())
    }

    /// Nobody asks any more, nothing goes wrong any more, and everything that is due is done.
    async fn settle(&mut self) -> Result<(), Failure> {
        self.resolve(SignedDuration::from_hours(48)).await?;
        self.machine(0, Work::Acknowledge);
        self.round(Fault::None, Weather::Fair).await?;
        // Every email is tried again within four hours, and every lease is over.
        for _ in 0..4 {
            self.quiet().await?;
            for node in 0..NODES {
                self.machine(node, Work::Sweep);
            }
            self.round(Fault::None, Weather::Fair).await?;
            self.world.clock.jump(SignedDuration::from_mins(250));
        }
        self.quiet().await?;
        self.quiet().await
    }

    /// What came of a task.
    pub(crate) fn ended(&mut self, task: &Task, answer: Answer, fault: Fault) -> Result<(), Failure> {
        self.note(|| format!("{:?} of {} ended: {answer}", task.work, task.who.node));
        match &task.work {
            Work::Call(number) => self.heard(*number, answer, fault),
            Work::Worker if fault == Fault::None && answer == Answer::None => {
                self.passes.push(task.began);
                Ok(())
            }
            work => match answer {
                Answer::Broken(why) if fault == Fault::None => {
                    Err(Failure::of("what goes well answers", format!("{work:?}: {why}")))
                }
                _ => Ok(()),
            },
        }
    }

    fn heard(&mut self, number: usize, answer: Answer, fault: Fault) -> Result<(), Failure> {
        let call = &mut self.calls[number];
        match &answer {
            Answer::None => {}
            Answer::Broken(why) if fault == Fault::None => {
                let what = format!("{} {}: {why}", call.name(), call.ask.name());
                return Err(Failure::of("what goes well answers", what));
            }
            Answer::Broken(_) => {}
            Answer::Refused { code, .. } if code == "idempotency_in_progress" => {}
            Answer::Refused { code, .. } if code == "idempotency_key_reused" => {
                return Err(Failure::of("the same body is no other one", call.name()));
            }
            // What one may not see any more says nothing of what was.
            Answer::Refused { kept: false, .. } if call.attempts > 1 => {}
            _ => match &call.answer {
                // What no key keeps may be answered otherwise the next time.
                None | Some(Answer::Refused { kept: false, .. }) => call.answer = Some(answer),
                Some(before) if call.has_key && *before != answer && self.again.insert(call.name()) => {
                    let what = format!("{} {}: first {before}, then {answer}", call.name(), call.ask.name());
                    return Err(Failure::of("the same key gives the same answer", what));
                }
                Some(_) => {}
            },
        }
        // Without a key nobody dares to ask again.
        if !self.calls[number].has_key {
            self.calls[number].given_up = true;
        }
        Ok(())
    }

    pub(crate) fn note(&mut self, what: impl FnOnce() -> String) {
        let line = format!("{} {} {}", self.round, self.world.clock.now(), what());
        self.trace.push(line);
    }

    /// EXP-8: what the directory says of the fuse.
    pub(crate) async fn see_fuse(&mut self) -> Result<(), Failure> {
        let since = self.world.nodes[0].app.fuse_since().await?;
        let open = self.fuses.last().is_some_and(|(_, until)| until.is_none());
        match (since, open) {
            (Some(since), false) => self.fuses.push((since, None)),
            (None, true) => {
                let said = self.said.unwrap_or_else(|| self.world.clock.now());
                if let Some(last) = self.fuses.last_mut() {
                    last.1 = Some(said);
                }
            }
            _ => {}
        }
        self.said = None;
        Ok(())
    }

    /// [`Bug::MilestoneAgain`]: a reminder that was sent is planned once more.
    pub(crate) async fn plan_again(&mut self) -> Result<(), Failure> {
        if self.bug != Some(Bug::MilestoneAgain) {
            return Ok(());
        }
        for record in self.world.look().await?.trials {
            let id = &record.trial.id;
            let Some(region) = self.world.stores.region(id.region()) else {
                continue;
            };
            let rows = region.read().milestones(id).await?;
            let mut by_kind: BTreeMap<MilestoneKind, u32> = BTreeMap::new();
            for row in &rows {
                *by_kind.entry(row.kind).or_default() += 1;
            }
            let sent = |kind| kind == MilestoneKind::ExpiryReminder && by_kind.get(&kind) == Some(&1);
            let done = rows
                .iter()
                .find(|row| sent(row.kind) && row.state == MilestoneState::Done);
            let Some(row) = done else { continue };
            let mut again = row.clone();
            again.state = MilestoneState::Planned;
            again.done_at = None;
            again.at = again.at.checked_add(SignedDuration::from_micros(1)).unwrap_or(again.at);
            let tx = region.begin().await?;
            let now = self.world.clock.now();
            tx.put_milestones(id, &record.trial.customer, &[RowChange::Insert(again)], now)
                .await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Nothing is left behind.
    pub(crate) async fn close(mut self) {
        for task in self.tasks.drain(..) {
            task.handle.abort();
            let _ = task.handle.await;
        }
        self.world.nodes.clear();
        self.world.stores.close().await;
    }

    pub(crate) fn count_round(&mut self) {
        self.round += 1;
        self.world.round.store(self.round, Ordering::SeqCst);
        self.world.gate.begin_round();
    }
}

/// As `serve` does: a tick, then the work. A new ticker each time, because this clock's jumps are no jumps of a clock
/// that runs; how long the system was down is what counts (EXP-8).
async fn work_like_serve(app: &app::App) -> Result<(), app::Error> {
    app.tick(&mut Ticker::new()).await?;
    app.work().await.map(|_| ())
}
