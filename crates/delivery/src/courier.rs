//! Carries messages out of every region's outbox: claimed, put into words, handed over, and their fate written down
//! (NOTE-1). A crash between handing over and writing down repeats an email under its one identity, never loses it.

mod bounce;
mod desk;
mod gathered;
mod link;
mod preview;

use crate::letter::Brand;
use crate::retry::{ATTEMPTS, pause};
use crate::smtp::{Outgoing, SendError};
use crate::templates::Templates;
use desk::{Desk, Unwritten, Written};
use domain::{
    ids::{MessageId, PersonId},
    program::Program,
};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::BTreeMap,
    fmt,
    future::Future,
    pin::Pin,
    sync::{Arc, RwLock},
    time::{Duration, SystemTime},
};
use store::{
    Mailbox, Region, StoreError, Stores,
    mailbox::Mail,
    region::outbox::{Attempt, Claimed},
};
use tokio::task::JoinSet;

/// Messages for the mailbox in hand at a time, at most.
const BATCH: u64 = 100;
/// How long nobody else takes them.
const MAILBOX_LEASE: Duration = Duration::from_secs(10);
/// How long nobody else takes what goes to a mail server, at least.
const LEASE: Duration = Duration::from_secs(5 * 60);
/// Conversations with the mail server at a time.
const ABREAST: usize = 8;
/// So many messages one after the other in each conversation make a batch.
const ROUNDS: u32 = 5;
/// How long a message may lie that no bell announced.
const NAP: Duration = Duration::from_secs(1);

/// How a carrier answers.
pub type Carried<'a> = Pin<Box<dyn Future<Output = Result<(), SendError>> + Send + 'a>>;

/// Who takes emails off us: a mail server, or what a simulation gives in its place (REL-1).
pub trait Carrier: Send + Sync + fmt::Debug {
    /// Hands one email over.
    fn carry<'a>(&'a self, outgoing: &'a Outgoing) -> Carried<'a>;

    /// How long one email takes at most.
    fn timeout(&self) -> Duration;
}

/// Where emails go.
#[derive(Debug)]
pub enum Transport {
    /// The mailbox of demo and test servers.
    Mailbox(Mailbox),
    /// A mail server.
    Smtp(Arc<dyn Carrier>),
}

/// The courier's ports.
#[derive(Clone)]
pub struct Clocks {
    /// The rules' clock: when an email counts as sent.
    pub rules: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// The real clock: leases and pauses.
    pub real: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// Randomness from 0 to 1, so that what failed together does not come back together.
    pub jitter: Arc<dyn Fn() -> f64 + Send + Sync>,
}

/// Sends what lies in the outboxes.
pub struct Courier {
    stores: Stores,
    templates: Templates,
    brand: Brand,
    public_url: String,
    transport: Transport,
    clocks: Clocks,
    programs: RwLock<BTreeMap<u32, Arc<Program>>>,
    sending: tokio::sync::Mutex<()>,
}

impl fmt::Debug for Courier {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Courier")
            .field("transport", &self.transport)
            .finish_non_exhaustive()
    }
}

/// An email on its way, and what it takes to write down how that ends.
struct Task {
    id: MessageId,
    fence: i64,
    attempts: u32,
    reader: PersonId,
    to: String,
    outgoing: Outgoing,
}

impl Courier {
    /// `public_url` is the only address that emails link to.
    pub fn new(
        stores: Stores,
        templates: Templates,
        brand: Brand,
        public_url: String,
        transport: Transport,
        clocks: Clocks,
    ) -> Self {
        Self {
            stores,
            templates,
            brand,
            public_url,
            transport,
            clocks,
            programs: RwLock::default(),
            sending: tokio::sync::Mutex::default(),
        }
    }

    /// Sends everything that is ready now; afterwards each such message was tried once.
    pub async fn run_once(&self) {
        let _alone = self.sending.lock().await;
        for region in self.stores.regions.values() {
            if let Err(error) = self.empty(region).await {
                tracing::warn!(region = region.id(), %error, "an outbox does not answer");
            }
        }
    }

    /// Sends whenever `wake` rings, and looks every second, until `shutdown`; a batch in hand is finished.
    pub async fn run<W: Future>(self: Arc<Self>, wake: impl Fn() -> W, shutdown: impl Future) {
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            self.run_once().await;
            tokio::select! {
                _ = &mut shutdown => return,
                _ = wake() => {}
                () = nap() => {}
            }
        }
    }

    async fn empty(&self, region: &Region) -> Result<(), StoreError> {
        let (lease, limit) = self.lease();
        loop {
            let now = (self.clocks.real)();
            let claimed = region.claim_letters(now, lease, limit).await?;
            if claimed.is_empty() {
                return Ok(());
            }
            let until = now.checked_add(lease).unwrap_or(now);
            match &self.transport {
                Transport::Mailbox(mailbox) => self.deliver(region, mailbox, &claimed).await?,
                Transport::Smtp(smtp) => self.hand_over(region, smtp, &claimed, until).await?,
            }
        }
    }

    /// How long nobody else takes what we take, and how much. A lease outlasts the slowest mail server; the mailbox
    /// bears a message twice, and what a crash left in hand is soon taken up again.
    fn lease(&self) -> (SignedDuration, u64) {
        let (lease, limit) = match &self.transport {
            Transport::Mailbox(_) => (MAILBOX_LEASE, BATCH),
            Transport::Smtp(smtp) => {
                let slowest = smtp.timeout().saturating_mul(ROUNDS) + Duration::from_secs(60);
                (LEASE.max(slowest), u64::from(ROUNDS) * ABREAST as u64)
            }
        };
        (SignedDuration::try_from(lease).unwrap_or(SignedDuration::MAX), limit)
    }

    /// Into the mailbox: a whole batch at once; what was delivered already is not there twice.
    async fn deliver(&self, region: &Region, mailbox: &Mailbox, claimed: &[Claimed]) -> Result<(), StoreError> {
        let mut desk = Desk::new(self, region);
        let (mut mails, mut fates, mut delivered) = (Vec::new(), Vec::new(), Vec::new());
        let mut readers = Vec::new();
        for one in claimed {
            match desk.write(&one.letter).await {
                Ok(written) => {
                    readers.push((one.letter.person.clone(), written.to.clone()));
                    mails.push(self.mail(one, written));
                    delivered.push(one);
                }
                Err(why) => fates.push(self.unwritten(one, why)),
            }
        }
        let taken = mailbox.deliver(&mails).await;
        if taken.is_ok() {
            self.mark_all(readers, None).await;
        }
        for one in delivered {
            fates.push(match &taken {
                Ok(()) => (one.letter.id.clone(), one.fence, Attempt::Sent((self.clocks.rules)())),
                Err(error) => self.unwritten(one, Unwritten::Later(StoreError::Unavailable(error.to_string()))),
            });
        }
        region.finish_letters(&fates).await
    }

    fn mail(&self, one: &Claimed, written: Written) -> Mail {
        let Written { to, language, rendered } = written;
        Mail {
            id: 0,
            message_id: self.message_id(&one.letter.id),
            to,
            kind: one.letter.kind.as_str().to_owned(),
            trial_id: one.letter.trial.as_ref().map(ToString::to_string),
            language: language.as_str().to_owned(),
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
            links: rendered.links,
            sent_at: (self.clocks.rules)(),
        }
    }

    /// To a mail server: some abreast, each fate written down as soon as it is known.
    async fn hand_over(
        &self,
        region: &Region,
        smtp: &Arc<dyn Carrier>,
        claimed: &[Claimed],
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let mut desk = Desk::new(self, region);
        let mut under_way: JoinSet<(Task, Result<(), SendError>)> = JoinSet::new();
        for one in claimed {
            let written = match desk.write(&one.letter).await {
                Ok(written) => written,
                Err(why) => {
                    region.finish_letters(&[self.unwritten(one, why)]).await?;
                    continue;
                }
            };
            if under_way.len() >= ABREAST {
                self.note_next(region, &mut under_way).await?;
            }
            // NOTE-1: after a sleep of this machine the rest may be in somebody else's hands.
            if (self.clocks.real)() >= until {
                break;
            }
            let (task, smtp) = (self.task(one, written), Arc::clone(smtp));
            under_way.spawn(async move {
                let result = smtp.carry(&task.outgoing).await;
                (task, result)
            });
        }
        while !under_way.is_empty() {
            self.note_next(region, &mut under_way).await?;
        }
        Ok(())
    }

    async fn note_next(
        &self,
        region: &Region,
        under_way: &mut JoinSet<(Task, Result<(), SendError>)>,
    ) -> Result<(), StoreError> {
        match under_way.join_next().await {
            Some(Ok((task, result))) => {
                self.mark(&task, &result).await;
                region.finish_letters(&[self.fate(task, result)]).await
            }
            // Its lease runs out and it is tried again.
            Some(Err(error)) => {
                tracing::error!(%error, "a sending broke off");
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn task(&self, one: &Claimed, written: Written) -> Task {
        let Written { to, language, rendered } = written;
        Task {
            id: one.letter.id.clone(),
            fence: one.fence,
            attempts: one.attempts,
            reader: one.letter.person.clone(),
            to: to.clone(),
            outgoing: Outgoing {
                message_id: self.message_id(&one.letter.id),
                from: self.brand.from.clone(),
                to,
                subject: rendered.subject,
                html: rendered.html,
                text: rendered.text,
                language: language.as_str().to_owned(),
                // The same at every attempt: when it was caused.
                date: SystemTime::from(one.letter.created_at),
                kind: one.letter.kind.as_str().to_owned(),
            },
        }
    }

    fn fate(&self, task: Task, result: Result<(), SendError>) -> (MessageId, i64, Attempt) {
        let attempt = match result {
            Ok(()) => Attempt::Sent((self.clocks.rules)()),
            Err(SendError::Permanent(why)) => give_up(&task.id, why.replace(&task.to, "…")),
            Err(SendError::Bounced(why)) => match give_up(&task.id, why.replace(&task.to, "…")) {
                Attempt::GivenUp(said) => Attempt::Bounced(bounce::class(&why), said),
                other => other,
            },
            Err(SendError::Temporary(why)) => self.again(&task.id, task.attempts, why.replace(&task.to, "…")),
        };
        (task.id, task.fence, attempt)
    }

    fn unwritten(&self, one: &Claimed, why: Unwritten) -> (MessageId, i64, Attempt) {
        let attempt = match why {
            Unwritten::Later(error) => self.again(&one.letter.id, one.attempts, error.to_string()),
            Unwritten::Never(why) => give_up(&one.letter.id, why),
        };
        (one.letter.id.clone(), one.fence, attempt)
    }

    /// Later, after a growing pause; after the last attempt never.
    fn again(&self, id: &MessageId, before: u32, why: String) -> Attempt {
        let attempt = before.saturating_add(1);
        if attempt >= ATTEMPTS {
            return give_up(id, why);
        }
        tracing::info!(message = %id, attempt, why = shown(&why), "an email was not delivered yet");
        let wait = SignedDuration::try_from(pause(attempt, (self.clocks.jitter)())).unwrap_or(SignedDuration::ZERO);
        let at = (self.clocks.real)().checked_add(wait).unwrap_or(Timestamp::MAX);
        Attempt::Later(at, why)
    }

    fn message_id(&self, id: &MessageId) -> String {
        format!("<{id}@{}>", link::host(&self.public_url))
    }
}

fn give_up(id: &MessageId, why: String) -> Attempt {
    tracing::warn!(message = %id, why = shown(&why), "an email was given up");
    Attempt::GivenUp(why)
}

/// SEC-4: what a mail server says may quote an address; that stays in the region's store.
fn shown(why: &str) -> &str {
    if why.contains('@') {
        "the mail server's answer is kept with the message"
    } else {
        why
    }
}

#[expect(clippy::disallowed_methods, reason = "the outbox's loop waits")]
pub(crate) async fn nap() {
    tokio::time::sleep(NAP).await;
}
