//! PROV-2: asks an external provisioner: each order by a signed call, at least once under one identity, outside any
//! transaction. A crash between the call and writing it down repeats the call, and never loses it.

mod call;
mod secret;

pub use secret::{Secret, SecretError, signature};

use crate::{
    HttpError, HttpPort,
    courier::{Clocks, nap},
};
use call::Composed;
use hyper::{Request, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use std::{
    fmt,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::{
    Region, StoreError, Stores,
    region::provisioning::{Called, Heard},
};
use tokio::task::JoinSet;

/// Calls at a time.
const ABREAST: u64 = 8;
/// How long nobody else takes what is in hand: several times as long as a call can last.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
const FIRST_PAUSE: Duration = Duration::from_secs(30);
const LONGEST_PAUSE: Duration = Duration::from_secs(60 * 60);
/// Calls in a row that nobody takes, at most; with the pauses between them they cover three days.
pub const MISSED_CALLS: u32 = 79;
/// How often the pause after a call that was taken, and never answered, doubles.
const DOUBLINGS: u32 = 3;

/// Who provisions.
#[derive(Clone)]
pub struct Endpoint {
    /// Where it is called.
    pub url: String,
    /// What calls are signed with; two while one takes the other's place.
    pub secrets: Vec<Secret>,
    /// After so long it is asked again.
    pub answer_within: SignedDuration,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Endpoint")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// Asks the provisioner what waits in every region.
pub struct Caller {
    stores: Stores,
    port: Arc<HttpPort>,
    endpoint: Endpoint,
    /// Where calls say they come from.
    source: String,
    clocks: Clocks,
    calling: tokio::sync::Mutex<()>,
}

impl fmt::Debug for Caller {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Caller")
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

impl Caller {
    /// `source` is where the installation is reached.
    pub fn new(stores: Stores, port: HttpPort, endpoint: Endpoint, source: String, clocks: Clocks) -> Self {
        Self {
            stores,
            port: Arc::new(port),
            endpoint,
            source,
            clocks,
            calling: tokio::sync::Mutex::default(),
        }
    }

    /// Calls everything that is due now, once.
    pub async fn run_once(&self) {
        self.pass(&AtomicBool::new(false)).await;
    }

    /// The same, until it is to stop: calls in hand are finished.
    async fn pass(&self, stops: &AtomicBool) {
        let _alone = self.calling.lock().await;
        for region in self.stores.regions.values() {
            if let Err(error) = self.empty(region, stops).await {
                tracing::warn!(region = region.id(), %error, "orders to the provisioner could not be read");
            }
        }
    }

    /// Calls whenever `wake` rings, and looks every second, until `shutdown`; calls in hand are finished.
    pub async fn run<W: Future>(self: Arc<Self>, wake: impl Fn() -> W, shutdown: impl Future) {
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            let stops = AtomicBool::new(false);
            let mut pass = std::pin::pin!(self.pass(&stops));
            tokio::select! {
                () = &mut pass => {}
                _ = &mut shutdown => {
                    stops.store(true, Ordering::Relaxed);
                    return pass.await;
                }
            }
            tokio::select! {
                _ = &mut shutdown => return,
                _ = wake() => {}
                () = nap() => {}
            }
        }
    }

    async fn empty(&self, region: &Region, stops: &AtomicBool) -> Result<(), StoreError> {
        while !stops.load(Ordering::Relaxed) {
            let claimed = region.claim_provisioning_orders(self.now(), LEASE, ABREAST).await?;
            if claimed.is_empty() {
                break;
            }
            let mut under_way = JoinSet::new();
            for called in claimed {
                let request = match call::compose(&self.stores, region, &called, &self.source).await {
                    Ok(composed) => self.sign(&composed),
                    Err(error) => {
                        tracing::warn!(order = %called.order.id, %error, "an order cannot be put into words yet");
                        let heard = self.missed(&called, "store");
                        region.finish_provisioning_order(&called, self.now(), &heard).await?;
                        continue;
                    }
                };
                let port = Arc::clone(&self.port);
                under_way.spawn(async move {
                    let answer = match request {
                        Ok(request) => port.send(request).await.map(|answer| answer.status()),
                        Err(error) => Err(error),
                    };
                    (called, answer)
                });
            }
            while let Some(ended) = under_way.join_next().await {
                match ended {
                    Ok((called, answer)) => {
                        let heard = self.heard(&called, answer);
                        region.finish_provisioning_order(&called, self.now(), &heard).await?;
                    }
                    // Its lease runs out, and it is called again.
                    Err(error) => tracing::error!(%error, "a call broke off"),
                }
            }
        }
        Ok(())
    }

    fn now(&self) -> Timestamp {
        (self.clocks.real)()
    }

    fn sign(&self, composed: &Composed) -> Result<Request<Vec<u8>>, HttpError> {
        signed(&self.endpoint, &composed.id, &composed.body, self.now())
    }

    /// 2xx: it was taken, and an answer will come. 410: nobody is there any more. Everything else: later.
    fn heard(&self, called: &Called, answer: Result<StatusCode, HttpError>) -> Heard {
        match answer {
            Ok(status) if status.is_success() => self.taken(called),
            Ok(StatusCode::GONE) => give_up(called, "gone"),
            Ok(status) => {
                tracing::info!(order = %called.order.id, status = status.as_u16(), "the provisioner did not take a call");
                self.missed(called, "refused")
            }
            Err(error) => {
                tracing::info!(order = %called.order.id, %error, "the provisioner was not reached");
                self.missed(called, why(&error))
            }
        }
    }

    fn taken(&self, called: &Called) -> Heard {
        let wait = 1 << called.order.taken.min(DOUBLINGS);
        let wait = self.endpoint.answer_within.saturating_mul(wait);
        Heard::Taken(self.now().checked_add(wait).unwrap_or(Timestamp::MAX))
    }

    fn missed(&self, called: &Called, why: &'static str) -> Heard {
        let misses = called.order.misses.saturating_add(1);
        if misses >= MISSED_CALLS {
            return give_up(called, why);
        }
        let wait = SignedDuration::try_from(pause(misses, (self.clocks.jitter)())).unwrap_or(SignedDuration::ZERO);
        Heard::Missed(why, self.now().checked_add(wait).unwrap_or(Timestamp::MAX))
    }
}

fn give_up(called: &Called, why: &'static str) -> Heard {
    tracing::warn!(order = %called.order.id, why, "the provisioner is not asked any more: it is up to people");
    Heard::GivenUp(why)
}

/// In a word, without what the other side said.
fn why(error: &HttpError) -> &'static str {
    match error {
        HttpError::Private => "private_address",
        HttpError::Late => "late",
        HttpError::Address(_) | HttpError::Connection(_) | HttpError::Tls(_) | HttpError::Http(_) | HttpError::Body => {
            "unreachable"
        }
    }
}

/// How long to wait after so many calls in a row that nobody took: half a minute, doubling up to an hour.
fn pause(misses: u32, jitter: f64) -> Duration {
    let doubled = FIRST_PAUSE.saturating_mul(1 << misses.saturating_sub(1).min(20));
    let spread = if jitter.is_finite() {
        jitter.clamp(0.0, 1.0)
    } else {
        0.5
    };
    doubled.min(LONGEST_PAUSE).mul_f64(0.9 + 0.1 * spread)
}

/// A call as Standard Webhooks signs it.
///
/// # Errors
/// Where the address cannot be called at all.
pub fn signed(endpoint: &Endpoint, id: &str, body: &[u8], now: Timestamp) -> Result<Request<Vec<u8>>, HttpError> {
    let seconds = now.as_second().to_string();
    let signatures: Vec<String> = endpoint
        .secrets
        .iter()
        .map(|secret| signature(secret, id, &seconds, body))
        .collect();
    Request::post(&endpoint.url)
        .header(header::CONTENT_TYPE, "application/cloudevents+json; charset=utf-8")
        .header(header::USER_AGENT, concat!("foretaste/", env!("CARGO_PKG_VERSION")))
        .header("webhook-id", id)
        .header("webhook-timestamp", seconds)
        .header("webhook-signature", signatures.join(" "))
        .body(body.to_vec())
        .map_err(|_| HttpError::Address("it is no address"))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_PAUSE, MISSED_CALLS, pause};
    use std::time::Duration;

    #[test]
    fn prov_2_pauses_grow_to_an_hour_and_cover_three_days() {
        assert!(pause(1, 0.0) >= Duration::from_secs(27) && pause(1, 1.0) <= Duration::from_secs(30));
        assert_eq!(pause(3, f64::NAN), pause(3, 0.5));
        for jitter in [0.0, 0.5, 1.0] {
            for missed in 1..MISSED_CALLS {
                assert!(pause(missed + 1, jitter) >= pause(missed, jitter));
                assert!(pause(missed, jitter) <= LONGEST_PAUSE);
            }
            let all: Duration = (1..MISSED_CALLS).map(|missed| pause(missed, jitter)).sum();
            assert!((64..=76).contains(&(all.as_secs() / 3600)), "{all:?}");
        }
    }
}
