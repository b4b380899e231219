//! One run: rounds of people, workers and couriers on two nodes, with what goes wrong from the seed, until the days are
//! over; then everything settles and is counted.

use crate::{
    Plan,
    ask::{
        anything,
        orders::{Brink, last_minute},
    },
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
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::BTreeSet,
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
    Close,
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
    pub(crate) said: Option<Timestamp>,
    pub(crate) trace: Vec<String>,
    pub(crate) bug: Option<Bug>,
    /// CONV-7: what runs out in the next round, to the second.
    pub(crate) brink: Option<Brink>,
    next_task: u64,
    pub(crate) differing: BTreeSet<String>,
}

/// How long a key is good for, and some hours less.
pub(crate) const GOOD: SignedDuration = SignedDuration::from_hours(20);

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
            brink: None,
            next_task: 0,
            differing: BTreeSet::new(),
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
            // What people ask for is large: it does not fit on every stack.
            handle: tokio::spawn(WHO.scope(who, Box::pin(task))),
            began: self.world.clock.now(),
        });
    }

    /// New calls, and old ones again.
    async fn people(&mut self) -> Result<(), Failure> {
        let sight = self.world.look().await?;
        let mut asks = match self.brink.take() {
            Some(brink) => {
                for node in 0..NODES {
                    self.machine(node, Work::Worker);
                }
                last_minute(&mut self.chance, &sight, &self.world, &brink)
            }
            None => Vec::new(),
        };
        for _ in 0..self.chance.between(1, 3) {
            asks.extend(anything(&mut self.chance, &sight, &self.world));
        }
        for (by, ask) in asks {
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
                (Work::Close, 30),
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
                Work::Close => app.carry_closings().await.map(|_| ()),
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

    pub(crate) fn note(&mut self, what: impl FnOnce() -> String) {
        let line = format!("{} {} {}", self.round, self.world.clock.now(), what());
        self.trace.push(line);
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
