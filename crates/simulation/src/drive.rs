//! One round: who goes first at every step, and what goes wrong.

use crate::{
    call::Answer,
    failure::Failure,
    fault::{Fault, Then, Weather},
    gate::{Verdict, Waiting, Who},
    run::{Run, Task},
    world::NODES,
};
use std::time::Duration;

/// How long somebody sleeps who waits for another.
const NAP: Duration = Duration::from_millis(25);
/// So many naps, and nobody will wake up any more.
const PATIENCE: u32 = 300;

impl Run {
    pub(crate) async fn round(&mut self, fault: Fault, weather: Weather) -> Result<(), Failure> {
        self.count_round();
        self.note(|| format!("round: {fault:?} {weather:?}"));
        self.faults += u64::from(fault != Fault::None);
        let mut taken = 0;
        let mut naps = 0;
        loop {
            self.world.gate.settle().await;
            self.collect(fault).await?;
            let ready = self.world.gate.ready(|one, round| is_open(one, round, weather));
            let Some(number) = self.chance.one(&ready).copied() else {
                if self.tasks.is_empty() {
                    break;
                }
                naps += 1;
                if naps > PATIENCE {
                    if weather == Weather::Slow || !self.world.gate.is_empty() {
                        break;
                    }
                    let who: Vec<String> = self
                        .tasks
                        .iter()
                        .map(|task| format!("{:?} of {}.{}", task.work, task.who.node, task.who.task))
                        .collect();
                    return Err(Failure::of("nobody waits for ever", who.join(", ")));
                }
                self.world.clock.pass(25);
                tokio::time::advance(NAP).await;
                continue;
            };
            naps = 0;
            self.step(number, &mut taken, fault, weather).await?;
        }
        if fault != Fault::None {
            let round = self.round;
            self.world.post.excuse(|one| one.round == round);
        }
        self.see_fuse().await?;
        self.plan_again().await
    }

    async fn step(&mut self, number: u64, taken: &mut u64, fault: Fault, weather: Weather) -> Result<(), Failure> {
        let gate = std::sync::Arc::clone(&self.world.gate);
        let look = |one: &Waiting| (one.who, one.step.is_none(), one.store.clone(), one.what.clone());
        let Some((who, mail, store, what)) = gate.look(number, look) else {
            return Ok(());
        };
        let then = if mail {
            Then::Pass(weather.verdict(&mut self.chance))
        } else {
            *taken += 1;
            self.steps += 1;
            let at = *taken;
            gate.look(number, |one| fault.then(at, one))
                .unwrap_or(Then::Pass(Verdict::Go))
        };
        let short: String = what.chars().take(60).collect();
        self.note(|| format!("{}.{} {store} {short} {then:?}", who.node, who.task));
        match then {
            Then::Pass(verdict) => {
                gate.pass(number, verdict);
                Ok(())
            }
            Then::Kill { all, after } => {
                self.take_last(number, after).await;
                self.kill((!all).then_some(who.node)).await
            }
            Then::Leave { after } => {
                self.take_last(number, after).await;
                self.end(|one| one == who).await;
                Ok(())
            }
        }
    }

    /// The last step that somebody takes in his life.
    async fn take_last(&self, number: u64, after: bool) {
        if after {
            self.world.gate.pass(number, Verdict::DieAfter);
            self.world.gate.settle().await;
        }
    }

    /// Ends tasks wherever they are; nobody hears of them again.
    async fn end(&mut self, which: impl Fn(Who) -> bool) {
        let (gone, left): (Vec<Task>, Vec<Task>) = std::mem::take(&mut self.tasks)
            .into_iter()
            .partition(|task| which(task.who));
        self.tasks = left;
        for task in &gone {
            task.handle.abort();
        }
        for task in gone {
            let _ = task.handle.await;
        }
        self.world.gate.forget(which);
        self.world.gate.settle().await;
    }

    async fn kill(&mut self, node: Option<usize>) -> Result<(), Failure> {
        self.end(|who| node.is_none_or(|node| who.node == node)).await;
        match node {
            Some(node) => self.world.restart(node).await,
            None => self.world.restart_all().await,
        }
    }

    /// Takes what ended.
    async fn collect(&mut self, fault: Fault) -> Result<(), Failure> {
        let (over, left): (Vec<Task>, Vec<Task>) = std::mem::take(&mut self.tasks)
            .into_iter()
            .partition(|task| task.handle.is_finished());
        self.tasks = left;
        for mut task in over {
            match (&mut task.handle).await {
                Ok(answer) => self.ended(&task, answer, fault)?,
                Err(error) if error.is_panic() => return Err(Failure::of("nothing panics", error)),
                Err(_) => self.ended(&task, Answer::None, Fault::Refuse { at: 0 })?,
            }
        }
        Ok(())
    }
}

/// A slow mail server answers those who came in an earlier round.
fn is_open(one: &Waiting, round: u64, weather: Weather) -> bool {
    one.step.is_some() || weather != Weather::Slow || one.round < round
}

const _: () = assert!(NODES == 2, "two workers, two couriers");
