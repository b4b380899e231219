//! TIME-4: a clock for demos, tests and integrators; any jump forwards, stopping at every due instant, in order.

use crate::{
    Actor, App, Error,
    policy::{Action, allow},
    worker::Counts,
};
use domain::refusal::{Code, FieldError};
use jiff::{SignedDuration, Timestamp};
use std::{future::Future, pin::Pin};
use tokio::sync::RwLockReadGuard;

/// Tries every message once; the wiring says how.
pub type Deliver<'a> = &'a (dyn Fn() -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync);

/// Where to.
#[derive(Clone, Debug, Default)]
pub struct Advance {
    /// So many times 24 hours.
    pub days: Option<i64>,
    /// So many seconds.
    pub seconds: Option<i64>,
    /// To an instant.
    pub to: Option<Timestamp>,
}

impl App {
    /// What time it is for the rules.
    ///
    /// # Errors
    /// `not_found` on a server without a test clock.
    pub fn test_clock(&self, actor: &Actor) -> Result<Timestamp, Error> {
        self.need_test_clock(actor)?;
        Ok(self.clock.now())
    }

    /// When something happens next.
    ///
    /// # Errors
    /// `not_found` on a server without a test clock.
    pub async fn next_event(&self, actor: &Actor) -> Result<Option<Timestamp>, Error> {
        self.need_test_clock(actor)?;
        self.next_due().await
    }

    fn need_test_clock(&self, actor: &Actor) -> Result<(), Error> {
        if !self.settings().test_clock {
            return Err(Error::not_found());
        }
        // The clock stands for the outside world: a lapsed partner's people may move it, too.
        match allow(actor, Action::UseTestClock, self.clock.now()) {
            Err(Error::Refused(refusal)) if refusal.code == Code::NotCertified => Ok(()),
            other => other,
        }
    }

    /// Moves the clock; returns when everything that fell due is done and every message was tried once.
    ///
    /// # Errors
    /// `not_found` without a test clock, `clock_backwards`, wrong input.
    pub async fn move_clock(
        &self,
        actor: &Actor,
        advance: &Advance,
        deliver: Deliver<'_>,
    ) -> Result<(Timestamp, Counts), Error> {
        self.need_test_clock(actor)?;
        let _alone = self.jumping.lock().await;
        let to = target(advance, self.clock.now())?;
        let done = self.advance_to(to, deliver).await?;
        Ok((self.clock.now(), done))
    }

    /// TIME-4: what is decided at a moment is written at that moment. No test clock jumps in between, or what fell due on
    /// the way would be taken for missed. Never taken twice by one call.
    pub(crate) async fn moment(&self) -> Option<RwLockReadGuard<'_, ()>> {
        if self.settings().test_clock {
            Some(self.moment.read().await)
        } else {
            None
        }
    }

    /// Moves the rules' clock to an instant, stopping wherever something falls due.
    pub(crate) async fn advance_to(&self, to: Timestamp, deliver: Deliver<'_>) -> Result<Counts, Error> {
        let _nobody_decides = self.moment.write().await;
        let from = self.clock.now();
        let result = self.step_to(from, to, deliver).await;
        // Whatever happened, time flows again from where it stands.
        let reached = if result.is_ok() { to } else { self.clock.now() };
        self.clock.flow_from(reached, &self.stores.directory).await?;
        result
    }

    async fn step_to(&self, from: Timestamp, to: Timestamp, deliver: Deliver<'_>) -> Result<Counts, Error> {
        let mut done = Counts::new();
        let mut last = None;
        while let Some(due) = self.next_due().await?.filter(|due| *due <= to) {
            if last == Some(due) {
                return Err(Error::Internal(format!("something due at {due} cannot be done")));
            }
            last = Some(due);
            self.clock.stand_at(due.max(from));
            for (kind, count) in self.work_due().await? {
                *done.entry(kind).or_default() += count;
            }
            self.carry_closings().await?;
            self.tend_directory().await?;
            deliver().await;
            // What waited for the last emails.
            self.carry_closings().await?;
        }
        self.clock.stand_at(to);
        self.tend_directory().await?;
        deliver().await;
        self.reclaim_directory().await?;
        self.release_rested().await?;
        Ok(done)
    }

    /// Moves the clock without asking who: for the first days of a demo.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn set_clock(&self, to: Timestamp, deliver: Deliver<'_>) -> Result<Counts, Error> {
        let _alone = self.jumping.lock().await;
        if to < self.clock.now() {
            self.clock.flow_from(to, &self.stores.directory).await?;
            return Ok(Counts::new());
        }
        self.advance_to(to, deliver).await
    }
}

fn target(advance: &Advance, now: Timestamp) -> Result<Timestamp, Error> {
    let given = [advance.days.is_some(), advance.seconds.is_some(), advance.to.is_some()]
        .iter()
        .filter(|given| **given)
        .count();
    if given != 1 {
        let code = if given == 0 {
            Code::Required
        } else {
            Code::ConflictingFields
        };
        return Err(Error::field("/advance_days", code));
    }
    let (pointer, to) = match (advance.days, advance.seconds, advance.to) {
        (Some(days), _, _) => (
            "/advance_days",
            days.checked_mul(86_400).and_then(|seconds| plus(now, seconds)),
        ),
        (_, Some(seconds), _) => ("/advance_seconds", plus(now, seconds)),
        (_, _, to) => ("/to", to),
    };
    let last: Timestamp = "9000-01-01T00:00:00Z".parse().unwrap_or(Timestamp::MAX);
    let Some(to) = to.filter(|to| *to <= last) else {
        return Err(vec![FieldError::new(pointer, Code::OutOfRange).with("max", "9000-01-01")].into());
    };
    if to < now {
        return Err(Error::field(pointer, Code::ClockBackwards));
    }
    Timestamp::from_microsecond(to.as_microsecond()).map_err(|error| Error::Internal(error.to_string()))
}

fn plus(now: Timestamp, seconds: i64) -> Option<Timestamp> {
    now.checked_add(SignedDuration::from_secs(seconds)).ok()
}
