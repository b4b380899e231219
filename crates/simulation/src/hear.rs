//! What came of tasks, and what that tells at once.

use crate::{
    bug::Bug,
    call::{self, Answer},
    failure::Failure,
    fault::Fault,
    run::{Run, Task, Work},
};
use domain::trial::{MilestoneKind, MilestoneState, RowChange};
use jiff::SignedDuration;
use std::collections::BTreeMap;

impl Run {
    /// What came of a task.
    pub(crate) fn ended(&mut self, task: &Task, answer: Answer, fault: Fault) -> Result<(), Failure> {
        let name = match &task.work {
            Work::Call(n) => self.calls[*n].ask.name(),
            _ => "",
        };
        self.note(|| format!("{:?} {name} of {} ended: {answer}", task.work, task.who.node));
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
            Answer::Refused { code, .. } if code == "idempotency_in_progress" || code == call::BUSY => {}
            Answer::Refused { code, .. } if code == "idempotency_key_reused" => {
                return Err(Failure::of("the same body is no other one", call.name()));
            }
            // What one may not see any more says nothing of what was.
            Answer::Refused { kept: false, .. } if call.attempts > 1 => {}
            _ => match &call.answer {
                // What no key keeps may be answered otherwise the next time.
                None | Some(Answer::Refused { kept: false, .. }) => call.answer = Some(answer),
                Some(before) if call.has_key && *before != answer && self.differing.insert(call.name()) => {
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

    /// EXP-8: what the directory says of the fuse.
    pub(crate) async fn see_fuse(&mut self) -> Result<(), Failure> {
        let since = self.world.nodes[0].app.fuse_since().await?;
        let said = self.said.unwrap_or_else(|| self.world.clock.now());
        if let Some((from, until)) = self.fuses.last_mut()
            && until.is_none()
        {
            if since == Some(*from) {
                self.said = None;
                return Ok(());
            }
            // One that was raised anew was lowered in between.
            *until = Some(said);
        }
        self.fuses.extend(since.map(|since| (since, None)));
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
}
