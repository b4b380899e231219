//! REL-7: how long a page may take, and how many are made at once.

use std::{future::Future, sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// Bounds of pages, beside those of the API.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long a request may take before it is answered with 503.
    pub timeout: Duration,
    /// How many requests are handled at once; others are answered with 503.
    pub concurrent: usize,
}

impl Default for Limits {
    /// 30 seconds, 512 requests.
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            concurrent: 512,
        }
    }
}

/// The places that there are.
#[derive(Clone, Debug)]
pub(super) struct Places {
    timeout: Duration,
    free: Arc<Semaphore>,
}

impl Places {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            timeout: limits.timeout,
            free: Arc::new(Semaphore::new(limits.concurrent)),
        }
    }

    /// What comes of work for which there is a place, and which ends in time; else what was exceeded.
    pub(super) async fn within<T>(&self, work: impl Future<Output = T>) -> Result<T, &'static str> {
        let _place = self.free.try_acquire().map_err(|_| "requests at once")?;
        let done = tokio::time::timeout(self.timeout, work).await;
        done.map_err(|_| "time")
    }
}
