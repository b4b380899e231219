//! The server: requests, time, mail, and an end without loss.

use crate::{
    failure::{Failure, Outcome},
    wiring::System,
};
use app::{App, worker::Ticker};
use jiff::{SignedDuration, Timestamp};
use std::{
    future::Future,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::{Notify, watch},
    task::{JoinHandle, JoinSet},
};

/// How often time looks for work.
const BEAT: Duration = Duration::from_secs(1);
/// How often a tick is recorded, and at the latest noticed (EXP-8); a clock that jumps is noticed before any work.
const TICK: Duration = Duration::from_secs(30);
/// How often everything is swept.
const SWEEP: Duration = Duration::from_secs(600);
/// How often jobs are looked for that nobody rang for.
const LOOK: Duration = Duration::from_secs(2);
/// How long emails and messages to the directory are gathered.
const GATHER: Duration = Duration::from_millis(150);
/// How long requests and a batch of emails may take to end.
const FAREWELL: Duration = Duration::from_secs(10);

/// Who answers for the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fuse {
    /// EXP-8: an operator.
    Operator,
    /// A demo, for itself: one that slept is no outage.
    Itself,
}

/// What ends a server.
pub(crate) struct Stop {
    interrupt: Signal,
    terminate: Signal,
}

impl Stop {
    /// Listens for SIGINT and SIGTERM from here on.
    pub(crate) fn new() -> Outcome<Self> {
        let on = |kind| signal(kind).map_err(|error| Failure::of("signals cannot be heard", error));
        Ok(Self {
            interrupt: on(SignalKind::interrupt())?,
            terminate: on(SignalKind::terminate())?,
        })
    }

    async fn told(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// A place to listen at; port 0 takes a free one.
pub(crate) async fn listen(address: &str) -> Outcome<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| {
        let hint = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                "; something listens there already: choose another with --listen, port 0 takes a free one"
            }
            std::io::ErrorKind::PermissionDenied => "; ports below 1024 need the right to take them",
            _ => "",
        };
        Failure::new(format!("cannot listen at {address}: {error}{hint}"))
    })
}

/// Serves until told to stop; `ready` is called when requests are answered.
pub(crate) async fn run(
    system: System,
    listener: TcpListener,
    fuse: Fuse,
    mut stop: Stop,
    ready: impl FnOnce() -> Outcome,
) -> Outcome {
    let (bell, over) = watch::channel(false);
    let mut loops = begin(&system, fuse, &over).await?;
    let router = system.router().into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, router).with_graceful_shutdown(ended(over));
    let mut server = tokio::spawn(server.into_future());
    ready()?;
    let broken = tokio::select! {
        () = stop.told() => None,
        ended = &mut server => Some(format!("the server stopped: {ended:?}")),
        ended = loops.join_next() => Some(format!("a loop stopped: {ended:?}")),
    };
    tracing::info!("stopping");
    let _ = bell.send(true);
    if broken.is_none() && within(FAREWELL, farewell(&mut server, &mut loops)).await.is_none() {
        tracing::warn!("not everything ended in time; it is taken up again at the next start");
    }
    server.abort();
    loops.shutdown().await;
    system.close().await;
    broken.map_or(Ok(()), |why| Err(Failure::new(why)))
}

/// Everything that goes on beside requests.
async fn begin(system: &System, fuse: Fuse, over: &watch::Receiver<bool>) -> Outcome<JoinSet<&'static str>> {
    let mut loops = JoinSet::new();
    let app = &system.app;
    let mut time = Time::new(Arc::clone(app), fuse);
    // EXP-8: before any work.
    time.tick().await?;
    loops.spawn(work(time, over.clone()));
    loops.spawn(tend(Arc::clone(app), over.clone()));
    loops.spawn(sweep(Arc::clone(app), over.clone()));
    loops.spawn(close(Arc::clone(app), over.clone()));
    loops.spawn(jobs(Arc::clone(app), over.clone()));
    loops.spawn(carry(system, over.clone()));
    loops.spawn(provision(system, over.clone()));
    Ok(loops)
}

async fn farewell(server: &mut JoinHandle<std::io::Result<()>>, loops: &mut JoinSet<&'static str>) {
    let _ = server.await;
    while loops.join_next().await.is_some() {}
}

async fn ended(mut over: watch::Receiver<bool>) {
    let _ = over.wait_for(|over| *over).await;
}

async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(limit, work).await.ok()
}

/// True when it was the end that came first.
async fn ends_before(over: &watch::Receiver<bool>, other: impl Future) -> bool {
    tokio::select! {
        () = ended(over.clone()) => true,
        _ = other => false,
    }
}

#[expect(clippy::disallowed_methods, reason = "the worker's loops wait")]
async fn pause(length: Duration) {
    tokio::time::sleep(length).await;
}

/// Ticks of the real clock.
struct Time {
    app: Arc<App>,
    fuse: Fuse,
    ticker: Ticker,
    last: Option<(Timestamp, Instant)>,
}

impl Time {
    fn new(app: Arc<App>, fuse: Fuse) -> Self {
        Self {
            app,
            fuse,
            ticker: Ticker::new(),
            last: None,
        }
    }

    /// Whether the two clocks parted since the last tick, or it is time for the next.
    fn is_due(&self) -> bool {
        let Some((wall, monotonic)) = self.last else {
            return true;
        };
        let passed = monotonic.elapsed();
        let by_wall = self.app.clock.real().duration_since(wall);
        let apart = by_wall - SignedDuration::try_from(passed).unwrap_or(SignedDuration::MAX);
        let limit = SignedDuration::try_from(TICK).unwrap_or(SignedDuration::ZERO);
        passed >= TICK || apart.abs() >= limit
    }

    async fn tick(&mut self) -> Result<(), app::Error> {
        if !self.is_due() {
            return Ok(());
        }
        if self.fuse == Fuse::Itself {
            self.app.acknowledge_clock().await?;
            self.ticker = Ticker::new();
        }
        self.app.tick(&mut self.ticker).await?;
        self.last = Some((self.app.clock.real(), Instant::now()));
        Ok(())
    }
}

/// What falls due is done.
async fn work(mut time: Time, over: watch::Receiver<bool>) -> &'static str {
    loop {
        let done = match time.tick().await {
            Ok(()) => time.app.work().await,
            Err(error) => Err(error),
        };
        match done {
            Ok(done) if !done.is_empty() => tracing::info!(done = done.values().sum::<u64>(), "milestones done"),
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "time work failed"),
        }
        if ends_before(&over, pause(BEAT)).await {
            return "work";
        }
    }
}

/// The directory is told as soon as there is something to tell.
async fn tend(app: Arc<App>, over: watch::Receiver<bool>) -> &'static str {
    loop {
        if let Err(error) = app.tend_directory().await {
            tracing::warn!(%error, "the directory could not be told");
            if ends_before(&over, pause(BEAT)).await {
                return "tend";
            }
            continue;
        }
        if ends_before(&over, gathered(&app.changed)).await {
            return "tend";
        }
    }
}

/// Work in the background, one turn after the other; what another server has lost is looked for now and then.
async fn jobs(app: Arc<App>, over: watch::Receiver<bool>) -> &'static str {
    loop {
        let more = app.work_jobs().await.unwrap_or_else(|error| {
            tracing::warn!(%error, "work in the background stopped");
            false
        });
        if *over.borrow() {
            return "jobs";
        }
        let rings = async {
            tokio::select! {
                () = app.jobs.notified() => {}
                () = pause(LOOK) => {}
            }
        };
        if !more && ends_before(&over, rings).await {
            return "jobs";
        }
    }
}

async fn sweep(app: Arc<App>, over: watch::Receiver<bool>) -> &'static str {
    loop {
        if let Err(error) = app.housekeeping().await {
            tracing::warn!(%error, "housekeeping failed");
        }
        if ends_before(&over, pause(SWEEP)).await {
            return "sweep";
        }
    }
}

/// What is being closed is carried on.
async fn close(app: Arc<App>, over: watch::Receiver<bool>) -> &'static str {
    loop {
        match app.carry_closings().await {
            Ok(0) => {}
            Ok(erased) => tracing::info!(erased, "organizations closed"),
            Err(error) => tracing::warn!(%error, "closing failed"),
        }
        if ends_before(&over, pause(BEAT)).await {
            return "close";
        }
    }
}

/// Rings a moment after the first of those who have something to be done, for all who came meanwhile: requests need the
/// disk more than what follows from them.
async fn gathered(bell: &Notify) {
    bell.notified().await;
    pause(GATHER).await;
}

fn carry(system: &System, over: watch::Receiver<bool>) -> impl Future<Output = &'static str> + Send + use<> {
    let (courier, app) = (Arc::clone(&system.courier), Arc::clone(&system.app));
    async move {
        let wake = || {
            let app = Arc::clone(&app);
            async move { gathered(&app.posted).await }
        };
        courier.run(wake, ended(over)).await;
        "carry"
    }
}

/// PROV-2: an external provisioner is asked; where there is none, nothing is to be done until the end.
fn provision(system: &System, over: watch::Receiver<bool>) -> impl Future<Output = &'static str> + Send + use<> {
    let (caller, app) = (system.caller.clone(), Arc::clone(&system.app));
    async move {
        let wake = || {
            let app = Arc::clone(&app);
            async move { gathered(&app.asked).await }
        };
        match caller {
            Some(caller) => caller.run(wake, ended(over)).await,
            None => ended(over).await,
        }
        "provision"
    }
}
