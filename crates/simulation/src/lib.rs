//! The simulation (REL-1): the real application over the real stores, with a clock, a network and a chance of its own.
//! A seed decides who asks for what, who goes first at every step in a database, and what goes wrong; after it a small
//! model that knows the rules, and nothing of the code, says whether everything is there, once.

mod ask;
mod bug;
mod call;
mod chance;
mod check;
mod clock;
mod drive;
mod failure;
mod fault;
mod gate;
mod hear;
mod license;
mod lives;
mod mail;
mod model;
mod run;
mod time;
mod world;

pub use bug::Bug;
pub use failure::Failure;
pub use lives::Lives;

use run::Run;
use world::Ground;

/// What is to be simulated.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Decides everything.
    pub seed: u64,
    /// How long, by the simulated clock.
    pub days: i64,
    /// A bug that is planted, so that it is found.
    pub bug: Option<Bug>,
}

/// What happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Every step, who took it, and when.
    pub trace: Vec<String>,
    /// Steps in databases.
    pub steps: u64,
    /// Rounds with something that went wrong.
    pub faults: u64,
    /// Rounds.
    pub rounds: u64,
    /// What was asked for.
    pub calls: u64,
    /// Of these, what was done.
    pub done: u64,
    /// Trials at the end.
    pub trials: u64,
    /// Emails that arrived.
    pub mails: u64,
    /// What was found wrong, if anything.
    pub failure: Option<Failure>,
}

impl Report {
    /// Adds the figures of another one.
    pub fn add(&mut self, other: &Report) {
        self.steps += other.steps;
        self.faults += other.faults;
        self.rounds += other.rounds;
        self.calls += other.calls;
        self.done += other.done;
        self.trials += other.trials;
        self.mails += other.mails;
    }
}

/// Runs simulations one after the other.
#[derive(Debug)]
pub struct Simulator {
    ground: Ground,
}

/// A runtime of one thread, whose clock stands still.
fn alone<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .map_err(|error| Failure::of("a runtime", error))?;
    Ok(runtime.block_on(async {
        // While a blocking task runs tokio does not move its clock on, even where everybody waits for the databases'
        // threads, which it knows nothing of.
        let (over, end) = std::sync::mpsc::channel::<()>();
        let still = tokio::task::spawn_blocking(move || end.recv().is_ok());
        let done = work.await;
        drop(over);
        let _ = still.await;
        done
    }))
}

/// So many trials through their whole lives, counted; on the disk that keeps temporary files.
///
/// # Errors
/// When they could not be played to their end.
pub fn lives(count: u64) -> Result<Lives, Failure> {
    let folder = tempfile::tempdir().map_err(|error| Failure::of("no temporary folder", error))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::of("a runtime", error))?;
    let mut lives = runtime.block_on(lives::play(count, folder.path()))?;
    lives::plan_alone(count, &mut lives)?;
    Ok(lives)
}

impl Simulator {
    /// Lays out empty stores.
    ///
    /// # Errors
    /// When there is no place for them.
    pub fn new() -> Result<Self, Failure> {
        let ground = alone(Ground::make())??;
        Ok(Self { ground })
    }

    /// One run.
    ///
    /// # Errors
    /// When it could not begin; what it found wrong is in the report.
    pub fn run(&self, plan: &Plan) -> Result<Report, Failure> {
        alone(async {
            let mut run = Run::begin(plan, &self.ground).await?;
            let failure = run.play(plan.days).await.err();
            let trials = run.world.look().await.map_or(0, |sight| sight.trials.len() as u64);
            let done = run
                .calls
                .iter()
                .filter(|call| matches!(call.answer, Some(call::Answer::Done { .. })));
            let report = Report {
                steps: run.steps,
                faults: run.faults,
                rounds: run.round,
                calls: run.calls.len() as u64,
                done: done.count() as u64,
                trials,
                mails: run.world.post.all().len() as u64,
                failure,
                trace: std::mem::take(&mut run.trace),
            };
            run.close().await;
            Ok(report)
        })?
    }
}
