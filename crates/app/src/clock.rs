//! Two clocks: the rules follow one that a test may move (TIME-4); security, leases and retries follow the real one.

use crate::Error;
use jiff::{SignedDuration, Timestamp};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use store::Directory;

/// A source of real time: a port, so that a simulation can give its own.
pub type RealClock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The clocks.
#[derive(Clone)]
pub struct Clock {
    real: RealClock,
    /// Microseconds by which the rules' clock runs ahead.
    ahead: Arc<AtomicI64>,
    /// While a jump stops at an instant, the rules' clock stands still there; `i64::MIN` when it flows.
    stopped_at: Arc<AtomicI64>,
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Clock")
            .field("ahead", &self.ahead)
            .finish_non_exhaustive()
    }
}

const AHEAD: &str = "test_clock_ahead_microseconds";

impl Clock {
    /// Clocks over a source of real time.
    pub fn new(real: RealClock) -> Self {
        Self {
            real,
            ahead: Arc::default(),
            stopped_at: Arc::new(AtomicI64::new(i64::MIN)),
        }
    }

    /// Real time.
    pub fn real(&self) -> Timestamp {
        (self.real)()
    }

    /// The rules' time.
    pub fn now(&self) -> Timestamp {
        let stopped = self.stopped_at.load(Ordering::SeqCst);
        if stopped != i64::MIN {
            return Timestamp::from_microsecond(stopped).unwrap_or(Timestamp::MAX);
        }
        let ahead = SignedDuration::from_micros(self.ahead.load(Ordering::SeqCst));
        let now = self.real().checked_add(ahead).unwrap_or(Timestamp::MAX);
        // Stores keep microseconds: what is decided now must read the same later.
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// Lets the rules' clock stand at an instant until it is moved on or let go.
    pub(crate) fn stand_at(&self, instant: Timestamp) {
        self.stopped_at.store(instant.as_microsecond(), Ordering::SeqCst);
    }

    /// Lets the rules' clock flow on from where it stands, and remembers that.
    pub(crate) async fn flow_from(&self, instant: Timestamp, directory: &Directory) -> Result<(), Error> {
        let ahead = instant.as_microsecond() - self.real().as_microsecond();
        directory.put_setting(AHEAD, &ahead.to_string()).await?;
        self.ahead.store(ahead, Ordering::SeqCst);
        self.stopped_at.store(i64::MIN, Ordering::SeqCst);
        Ok(())
    }

    /// Where the rules' clock was left.
    pub(crate) async fn restore(&self, directory: &Directory) -> Result<(), Error> {
        if let Some(ahead) = directory.setting(AHEAD).await?.and_then(|text| text.parse().ok()) {
            self.ahead.store(ahead, Ordering::SeqCst);
        }
        Ok(())
    }
}
