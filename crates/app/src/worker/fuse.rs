//! EXP-8: nothing irreversible happens while time cannot be trusted.

use crate::{App, Error};
use jiff::{SignedDuration, Timestamp};
use std::{sync::atomic::Ordering, time::Instant};

/// How far the wall clock may run away from the monotonic one.
const RUNAWAY: SignedDuration = SignedDuration::from_hours(24);
/// How long the system may have been down.
const DOWN: SignedDuration = SignedDuration::from_hours(48);
const LAST_TICK: &str = "last_tick_microseconds";
const FUSE: &str = "fuse_since_microseconds";
/// How far a node's clock may be from the database's, on which several servers share their work.
const APART: SignedDuration = SignedDuration::from_secs(60);
/// How often a tick is remembered.
const REMEMBERED: SignedDuration = SignedDuration::from_secs(60);

/// EXP-8: compares consecutive ticks of the real clock.
#[derive(Debug)]
pub struct Ticker {
    last: Option<(Timestamp, Instant)>,
    remembered: Option<Timestamp>,
}

impl Default for Ticker {
    fn default() -> Self {
        Self::new()
    }
}

impl Ticker {
    /// A clock that has not ticked yet.
    pub fn new() -> Self {
        Self {
            last: None,
            remembered: None,
        }
    }

    /// Whether the wall clock ran away from the monotonic one since the last tick.
    pub fn ran_away(&mut self, wall: Timestamp, monotonic: Instant) -> bool {
        let before = self.last.replace((wall, monotonic));
        before.is_some_and(|(then_wall, then_monotonic)| {
            let passed =
                SignedDuration::try_from(monotonic.duration_since(then_monotonic)).unwrap_or(SignedDuration::MAX);
            (wall.duration_since(then_wall) - passed).abs() > RUNAWAY
        })
    }
}

impl App {
    /// A tick of the real clock: raises the fuse where time cannot be trusted, and remembers the tick.
    ///
    /// # Errors
    /// When the directory does not answer.
    pub async fn tick(&self, ticker: &mut Ticker) -> Result<(), Error> {
        let now = self.clock.real();
        let first = ticker.last.is_none();
        let mut hold = ticker.ran_away(now, Instant::now());
        if first {
            let last = self
                .stores
                .directory
                .setting(LAST_TICK)
                .await?
                .and_then(|text| text.parse::<i64>().ok());
            let last = last.and_then(|micros| Timestamp::from_microsecond(micros).ok());
            hold |= last.is_some_and(|last| now.duration_since(last).abs() > DOWN);
        }
        if hold && self.stores.directory.setting(FUSE).await?.is_none() {
            tracing::error!(
                alert = "clock",
                "the clock has jumped: irreversible work is held until `foretaste clock acknowledge`"
            );
            self.stores
                .directory
                .put_setting(FUSE, &now.as_microsecond().to_string())
                .await?;
        }
        if ticker
            .remembered
            .is_none_or(|then| now.duration_since(then).abs() >= REMEMBERED)
        {
            let micros = now.as_microsecond().to_string();
            self.stores.directory.put_setting(LAST_TICK, &micros).await?;
            ticker.remembered = Some(now);
        }
        self.compare_clocks(now).await?;
        let fuse = self.fuse_since().await?.is_some();
        self.fuse.store(fuse, Ordering::SeqCst);
        Ok(())
    }

    /// A node whose clock is not the database's does no time work until it is.
    async fn compare_clocks(&self, now: Timestamp) -> Result<(), Error> {
        let database = self.stores.directory.database_now().await?;
        let apart = database.is_some_and(|theirs| now.duration_since(theirs).abs() > APART);
        if apart && !self.apart.swap(true, Ordering::SeqCst) {
            tracing::error!(
                alert = "clock",
                "this node's clock is not the database's: it does no time work"
            );
        }
        if !apart {
            self.apart.store(false, Ordering::SeqCst);
        }
        Ok(())
    }

    /// EXP-8: since when the clock holds irreversible work.
    ///
    /// # Errors
    /// When the directory does not answer.
    pub async fn fuse_since(&self) -> Result<Option<Timestamp>, Error> {
        let since = self
            .stores
            .directory
            .setting(FUSE)
            .await?
            .and_then(|text| text.parse().ok());
        Ok(since.and_then(|micros| Timestamp::from_microsecond(micros).ok()))
    }

    /// EXP-8: an operator says that the clock is right.
    ///
    /// # Errors
    /// When the directory does not answer.
    pub async fn acknowledge_clock(&self) -> Result<bool, Error> {
        let held = self.fuse_since().await?.is_some();
        self.stores.directory.drop_setting(FUSE).await?;
        self.stores
            .directory
            .put_setting(LAST_TICK, &self.clock.real().as_microsecond().to_string())
            .await?;
        self.fuse.store(false, Ordering::SeqCst);
        Ok(held)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// A tick later by so much on the wall, and by so much on the monotonic clock.
    fn after(wall: i64, monotonic: u64) -> bool {
        let (now, instant): (Timestamp, Instant) = (Timestamp::UNIX_EPOCH, Instant::now());
        let mut ticker = Ticker::new();
        assert!(!ticker.ran_away(now, instant), "EXP-8: one tick tells nothing");
        ticker.ran_away(
            now + SignedDuration::from_secs(wall),
            instant + Duration::from_secs(monotonic),
        )
    }

    #[test]
    fn exp_8_the_wall_clock_may_run_away_by_a_day_and_no_more() {
        let day = 24 * 3600;
        assert!(!after(1, 1), "EXP-8");
        assert!(
            !after(day, 0) && !after(-day, 0),
            "EXP-8: by 24 hours it has not run away"
        );
        assert!(after(day + 1, 0) && after(-day - 1, 0), "EXP-8: over 24 hours it has");
        assert!(
            !after(10 * day, 10 * 24 * 3600),
            "EXP-8: a server that slept is no jump"
        );
        assert!(
            !after(day + 5, 5) && after(day + 6, 5),
            "EXP-8: what counts is the difference"
        );
    }
}
