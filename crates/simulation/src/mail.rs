//! A mail server that takes what it is given, late, or not at all, and does not always say so.

use crate::{
    bug::Bug,
    clock::Clock,
    gate::{Gate, Verdict, Who},
};
use delivery::{Carried, Carrier, Outgoing, SendError};
use jiff::Timestamp;
use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// An email that the server took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) message_id: String,
    pub(crate) to: String,
    pub(crate) kind: String,
    pub(crate) at: Timestamp,
    /// Whether the one who gave it was told, and lived to write that down.
    pub(crate) told: bool,
    pub(crate) node: usize,
    pub(crate) round: u64,
}

/// What arrived.
#[derive(Clone, Debug, Default)]
pub(crate) struct Post(Arc<Mutex<Vec<Taken>>>);

impl Post {
    fn log(&self) -> MutexGuard<'_, Vec<Taken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn all(&self) -> Vec<Taken> {
        self.log().clone()
    }

    /// Whoever gave these may not have written down that they left.
    pub(crate) fn excuse(&self, which: impl Fn(&Taken) -> bool) {
        for one in self.log().iter_mut().filter(|one| which(one)) {
            one.told = false;
        }
    }
}

/// The way from one node to the mail server.
#[derive(Debug)]
pub(crate) struct Way {
    pub(crate) node: usize,
    pub(crate) gate: Arc<Gate>,
    pub(crate) clock: Clock,
    pub(crate) post: Post,
    pub(crate) bug: Option<Bug>,
    pub(crate) count: AtomicU64,
    pub(crate) round: Arc<AtomicU64>,
}

/// Tasks below are the driver's.
const FIRST: u64 = 1 << 40;
/// What a server says that refuses for good.
pub(crate) const NEVER: &str = "550 no such mailbox (simulated)";

impl Way {
    fn take(&self, outgoing: &Outgoing, told: bool, number: u64) {
        let message_id = match self.bug {
            Some(Bug::NewIdentity) => format!("<{number}.{}", outgoing.message_id.trim_start_matches('<')),
            _ => outgoing.message_id.clone(),
        };
        self.post.log().push(Taken {
            message_id,
            to: outgoing.to.clone(),
            kind: outgoing.kind.clone(),
            at: self.clock.now(),
            told,
            node: self.node,
            round: self.round.load(Ordering::SeqCst),
        });
    }

    async fn hand_over(&self, outgoing: &Outgoing) -> Result<(), SendError> {
        let number = self.count.fetch_add(1, Ordering::SeqCst);
        let who = Who {
            node: self.node,
            task: FIRST * (1 + self.node as u64) + number,
        };
        let came = self.round.load(Ordering::SeqCst);
        match self.gate.wait(who, "mail", None, &outgoing.message_id).await {
            Some((_, Verdict::Go)) => {
                // One that took so long may have been taken over by another courier.
                let in_time = came == self.round.load(Ordering::SeqCst);
                self.take(outgoing, in_time, number);
                Ok(())
            }
            Some((_, Verdict::LoseAnswer(what))) => {
                self.take(outgoing, false, number);
                Err(SendError::Temporary(what.to_owned()))
            }
            Some((_, Verdict::DieAfter)) => {
                self.take(outgoing, false, number);
                std::future::pending().await
            }
            Some((_, Verdict::Refuse(_))) if self.bug == Some(Bug::SaysSent) => Ok(()),
            Some((_, Verdict::Refuse(NEVER))) => Err(SendError::Permanent(NEVER.to_owned())),
            Some((_, Verdict::Refuse(what))) => Err(SendError::Temporary(what.to_owned())),
            None => std::future::pending().await,
        }
    }
}

impl Carrier for Way {
    fn carry<'a>(&'a self, outgoing: &'a Outgoing) -> Carried<'a> {
        Box::pin(self.hand_over(outgoing))
    }

    fn timeout(&self) -> Duration {
        Duration::from_secs(30)
    }
}
