//! What time does beyond trials: alarms ring in order, each once, in a transaction of its own.

use super::Counts;
use crate::{App, Error};
use domain::alarm::AlarmKind;
use std::collections::BTreeSet;
use store::{Region, Tx, region::alarm::Alarm};

/// Alarms that are read at once, at most.
const BATCH: u64 = 500;

impl App {
    /// Everything that has fallen due in a region and belongs to no trial. One that fails waits for the next beat.
    pub(super) async fn ring_alarms(&self, region: &Region, done: &mut Counts) -> Result<(), Error> {
        let mut failed = BTreeSet::new();
        loop {
            let due = region
                .read()
                .due_alarms(self.clock.now(), BATCH + failed.len() as u64)
                .await?;
            let due: Vec<Alarm> = due.into_iter().filter(|alarm| !failed.contains(alarm)).collect();
            if due.is_empty() {
                return Ok(());
            }
            for alarm in due {
                match self.ring_alone(region, &alarm).await {
                    Ok(true) => *done.entry(alarm.kind.as_str()).or_default() += 1,
                    Ok(false) => {}
                    Err(error) => {
                        tracing::error!(subject = alarm.subject, kind = alarm.kind.as_str(), %error, "an alarm failed");
                        failed.insert(alarm);
                    }
                }
            }
            self.rang();
        }
    }

    async fn ring_alone(&self, region: &Region, alarm: &Alarm) -> Result<bool, Error> {
        let tx = region.begin().await?;
        // Taken first: whoever else rings it finds nothing, and what it sets anew is not taken away.
        let done = tx.take_alarm(alarm).await? && self.ring(&tx, alarm).await?;
        tx.commit().await?;
        Ok(done)
    }

    /// One alarm; whether something was done.
    async fn ring(&self, tx: &Tx, alarm: &Alarm) -> Result<bool, Error> {
        match alarm.kind {
            AlarmKind::OrderReminder | AlarmKind::OrderCloses => self.ring_order(tx, alarm).await,
            AlarmKind::Digest => self.ring_digest(tx, alarm).await,
        }
    }
}
