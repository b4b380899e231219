//! The gate through which every step in a database and every email goes. All who want to take a step wait here; one of
//! them is let through, by the seed, and nobody else until its step is over. So tasks interleave at every step, and the
//! same seed interleaves them the same way.

use crate::clock::Clock;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use store::probe::{Answer, Kept, Probe, Step};
use tokio::sync::{Notify, oneshot};

tokio::task_local! {
    /// On which node, and as which task.
    pub(crate) static WHO: Who;
}

/// Who takes a step. What nobody takes, as the set-up and the checks, passes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Who {
    pub(crate) node: usize,
    pub(crate) task: u64,
}

/// What becomes of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is taken.
    Go,
    /// The database says this instead.
    Refuse(&'static str),
    /// It is taken, and its answer is lost.
    LoseAnswer(&'static str),
    /// It is taken, and nobody lives to see its answer.
    DieAfter,
}

/// Somebody who wants to take a step.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) who: Who,
    pub(crate) store: String,
    /// None for an email.
    pub(crate) step: Option<Step>,
    pub(crate) what: String,
    /// The round in which it came.
    pub(crate) round: u64,
    go: oneshot::Sender<(u64, Verdict)>,
}

#[derive(Default)]
struct State {
    number: u64,
    waiting: BTreeMap<u64, Waiting>,
    /// The step that is being taken.
    busy: Option<u64>,
    /// Stores with a transaction under way, which on SQLite has the one writer.
    writing: BTreeSet<String>,
    verdicts: BTreeMap<u64, Verdict>,
    /// What the running step of a task is.
    steps: BTreeMap<u64, u64>,
    moves: u64,
    round: u64,
}

/// The gate.
pub(crate) struct Gate {
    state: Mutex<State>,
    stir: Notify,
    clock: Clock,
}

impl fmt::Debug for Gate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Gate")
    }
}

/// Kept while a step lasts, and a transaction: what it held is free again after it.
struct Ticket {
    gate: Arc<Gate>,
    number: u64,
    writes: Option<String>,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut state = self.gate.state();
        if state.busy == Some(self.number) {
            state.busy = None;
        }
        if let Some(store) = &self.writes {
            state.writing.remove(store);
        }
        state.moves += 1;
        drop(state);
        self.gate.stir.notify_one();
    }
}

/// Yields after which nothing can move any more that is not in a database.
const STILL: u32 = 8;

impl Gate {
    pub(crate) fn new(clock: Clock) -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::default(),
            stir: Notify::new(),
            clock,
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A round begins.
    pub(crate) fn begin_round(&self) {
        self.state().round += 1;
    }

    /// Something happened that may let others go on.
    pub(crate) fn moved(&self) {
        self.state().moves += 1;
        self.stir.notify_one();
    }

    /// Waits until everybody waits here, or for somebody who does.
    pub(crate) async fn settle(&self) {
        loop {
            let (busy, before) = {
                let state = self.state();
                (state.busy.is_some(), state.moves)
            };
            if busy {
                self.stir.notified().await;
                continue;
            }
            for _ in 0..STILL {
                tokio::task::yield_now().await;
            }
            let state = self.state();
            if state.busy.is_none() && state.moves == before {
                return;
            }
        }
    }

    /// Those who could be let through, in the order of their coming, as far as `open` lets them.
    pub(crate) fn ready(&self, open: impl Fn(&Waiting, u64) -> bool) -> Vec<u64> {
        let state = self.state();
        let free = |one: &Waiting| match one.step {
            Some(Step::Begin | Step::Write) => !state.writing.contains(&one.store),
            _ => true,
        };
        let wanted = state
            .waiting
            .iter()
            .filter(|(_, one)| free(one) && open(one, state.round));
        wanted.map(|(number, _)| *number).collect()
    }

    /// Whether anybody waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.state().waiting.is_empty()
    }

    /// Lets one through.
    pub(crate) fn pass(&self, number: u64, verdict: Verdict) {
        self.clock.pass(1);
        let mut state = self.state();
        let Some(one) = state.waiting.remove(&number) else {
            return;
        };
        let taken = !matches!(verdict, Verdict::Refuse(_));
        if taken {
            state.busy = one.step.is_some().then_some(number);
            if one.step == Some(Step::Begin) {
                state.writing.insert(one.store.clone());
            }
            state.steps.insert(one.who.task, number);
            state.verdicts.insert(number, verdict.clone());
        }
        state.moves += 1;
        if one.go.send((number, verdict)).is_err() {
            // It went away while it waited.
            state.busy = None;
            if one.step == Some(Step::Begin) {
                state.writing.remove(&one.store);
            }
        }
    }

    /// Who waits under a number, and for what.
    pub(crate) fn look<T>(&self, number: u64, at: impl FnOnce(&Waiting) -> T) -> Option<T> {
        self.state().waiting.get(&number).map(at)
    }

    /// Forgets those who will never come through: their tasks are gone.
    pub(crate) fn forget(&self, gone: impl Fn(Who) -> bool) {
        self.state().waiting.retain(|_, one| !gone(one.who));
    }

    /// Waits for one's turn.
    pub(crate) async fn wait(&self, who: Who, store: &str, step: Option<Step>, what: &str) -> Option<(u64, Verdict)> {
        let (go, going) = oneshot::channel();
        {
            let mut state = self.state();
            state.number += 1;
            state.moves += 1;
            let (number, round) = (state.number, state.round);
            let one = Waiting {
                who,
                store: store.to_owned(),
                step,
                what: what.to_owned(),
                round,
                go,
            };
            state.waiting.insert(number, one);
        }
        self.stir.notify_one();
        going.await.ok()
    }

    fn over(&self, who: Who) -> Verdict {
        let mut state = self.state();
        let number = state.steps.get(&who.task).copied().unwrap_or(0);
        if state.busy == Some(number) {
            state.busy = None;
        }
        state.moves += 1;
        let verdict = state.verdicts.remove(&number).unwrap_or(Verdict::Go);
        drop(state);
        self.stir.notify_one();
        verdict
    }
}

/// The gate as the stores ask it.
#[derive(Clone, Debug)]
pub(crate) struct Keeper(pub(crate) Arc<Gate>);

impl Probe for Keeper {
    fn before<'a>(&'a self, store: &'a str, step: Step, sql: &'a str) -> Answer<'a, Kept> {
        Box::pin(async move {
            let Ok(who) = WHO.try_with(|who| *who) else {
                return Ok(Box::new(()) as Kept);
            };
            // A part of a transaction is no step that could be lost alone.
            match self.0.wait(who, store, Some(step), sql).await {
                Some((_, Verdict::Refuse(what))) => Err(what.to_owned()),
                Some((number, _)) => Ok(Box::new(Ticket {
                    gate: Arc::clone(&self.0),
                    number,
                    writes: (step == Step::Begin).then(|| store.to_owned()),
                }) as Kept),
                None => std::future::pending().await,
            }
        })
    }

    fn after<'a>(&'a self, _: &'a str, _: Step, _: &'a str) -> Answer<'a, ()> {
        Box::pin(async move {
            let Ok(who) = WHO.try_with(|who| *who) else {
                return Ok(());
            };
            match self.0.over(who) {
                Verdict::LoseAnswer(what) => Err(what.to_owned()),
                Verdict::DieAfter => std::future::pending().await,
                Verdict::Go | Verdict::Refuse(_) => Ok(()),
            }
        })
    }
}
