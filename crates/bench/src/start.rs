//! PERF-1: starting trials through HTTP, against a bare program that makes the same durable commits.

use crate::{
    Done, Scale,
    floor::{self, Template},
    report::{Figure, Goal, Report},
    rows,
    target::{Engine, Place, Server, wait},
};
use sea_orm::{DatabaseConnection, Statement};
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

const CLIENTS: usize = 32;
/// The two are measured in turn, so many times.
const ROUNDS: usize = 3;

/// Both stores that a start writes, and what it writes there.
struct Floor {
    directory: (DatabaseConnection, Template),
    region: (DatabaseConnection, Template),
    next: AtomicU64,
}

impl Floor {
    /// Looks at what one start through HTTP leaves behind, its email included.
    async fn learn(place: &Place, server: &Server) -> Done<Self> {
        let mut found = Vec::new();
        let stores = [place.connect("directory", 8).await?, place.connect("eu", 32).await?];
        let client = server.client();
        client.start_trial(1_000_000_000)?;
        settle(&stores[1]).await?;
        let before = [rows::look(&stores[0], &[]).await?, rows::look(&stores[1], &[]).await?];
        client.start_trial(1_000_000_001)?;
        settle(&stores[1]).await?;
        for (store, before) in stores.into_iter().zip(before) {
            let mut changed = rows::changed(&before, &rows::look(&store, &[]).await?);
            // The clock's tick is not a start's.
            changed.retain(|one| one.table.name != "setting");
            found.push((store, Template::new(changed, &[], &[])));
        }
        let (Some(region), Some(directory)) = (found.pop(), found.pop()) else {
            return Err("two stores were asked for".into());
        };
        Ok(Self {
            directory,
            region,
            next: AtomicU64::new(1),
        })
    }

    /// Starts that are ready to be written: what has to be thought of before is not timed.
    fn ready(&self, count: usize) -> Vec<[Vec<Statement>; 2]> {
        let engine = sea_orm::ConnectionTrait::get_database_backend(&self.region.0);
        let one = |_| {
            let number = [self.next.fetch_add(1, Ordering::SeqCst)];
            [
                self.directory.1.statements(engine, &number),
                self.region.1.statements(engine, &number),
            ]
        };
        (0..count).map(one).collect()
    }

    /// One start: the address is reserved, then the trial written.
    async fn once(&self, [reserve, write]: [Vec<Statement>; 2]) -> Done<f64> {
        let begin = Instant::now();
        floor::commit(&self.directory.0, reserve).await?;
        floor::commit(&self.region.0, write).await?;
        Ok(begin.elapsed().as_secs_f64())
    }
}

/// Waits until no email is on its way: its row belongs to the start.
async fn settle(store: &DatabaseConnection) -> Done {
    for what in ["outbox WHERE state = 'pending'", "directory_task"] {
        while rows::count(store, what).await? > 0 {
            wait(Duration::from_millis(50));
        }
    }
    Ok(())
}

/// Calls as often as it can for so long, with so many at once; how often a second, and the median of their times.
fn load(server: &Server, clients: usize, time: Duration, next: &AtomicU64) -> Done<(f64, f64)> {
    let stop = AtomicBool::new(false);
    let begin = Instant::now();
    let (stop, next) = (&stop, next);
    let times: Done<Vec<Vec<f64>>> = std::thread::scope(|scope| {
        let call = || {
            let client = server.client();
            let mut times = Vec::new();
            while !stop.load(Ordering::Relaxed) {
                let begin = Instant::now();
                client.start_trial(next.fetch_add(1, Ordering::SeqCst))?;
                times.push(begin.elapsed().as_secs_f64());
            }
            Done::Ok(times)
        };
        let calls: Vec<_> = (0..clients).map(|_| scope.spawn(call)).collect();
        wait(time);
        stop.store(true, Ordering::Relaxed);
        calls
            .into_iter()
            .map(|call| call.join().map_err(|_| "a client broke down")?)
            .collect()
    });
    let times: Vec<f64> = times?.concat();
    Ok((times.len() as f64 / begin.elapsed().as_secs_f64(), median(times)))
}

async fn bare(floor: &Arc<Floor>, clients: usize, time: Duration) -> Done<(f64, f64)> {
    let ready = Arc::new(Mutex::new(floor.ready(2_500 * time.as_secs() as usize)));
    let begin = Instant::now();
    let one = || {
        let (floor, ready) = (Arc::clone(floor), Arc::clone(&ready));
        tokio::spawn(async move {
            let mut times = Vec::new();
            while begin.elapsed() < time {
                let next = ready.lock().map_err(|_| "a writer broke down")?.pop();
                let Some(next) = next else { break };
                times.push(floor.once(next).await?);
            }
            Done::Ok(times)
        })
    };
    let tasks: Vec<_> = (0..clients).map(|_| one()).collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await??);
    }
    Ok((times.len() as f64 / begin.elapsed().as_secs_f64(), median(times)))
}

pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

pub(crate) async fn measure(engine: &Engine, scale: Scale, report: &mut Report) -> Done {
    let place = Place::new(engine).await?;
    let server = Server::start(&place)?;
    let floor = Arc::new(Floor::learn(&place, &server).await?);
    let idle = server.memory()?;
    let (time, next) = (Duration::from_secs(scale.seconds), AtomicU64::new(1));
    let (mut rates, mut medians, mut peak) = (Vec::new(), Vec::new(), 0);
    load(&server, CLIENTS, Duration::from_secs(1), &next)?;
    for _ in 0..ROUNDS {
        let many = (load(&server, CLIENTS, time, &next)?.0, 0.0);
        peak = peak.max(server.memory()?);
        settle(&floor.region.0).await?;
        rates.push((many.0, bare(&floor, CLIENTS, time).await?.0));
        let one = load(&server, 1, time, &next)?.1;
        settle(&floor.region.0).await?;
        medians.push((one, bare(&floor, 1, time).await?.1));
    }
    let of = |pick: fn(&(f64, f64)) -> f64, all: &[(f64, f64)]| median(all.iter().map(pick).collect());
    let ratio = median(rates.iter().map(|(ours, bare)| ours / bare).collect());
    let apart = median(medians.iter().map(|(ours, bare)| (ours - bare) * 1e3).collect());
    let mut add = |id, what: &str, value, unit, goal| {
        report.add(Figure {
            id,
            store: engine.name().to_owned(),
            what: what.to_owned(),
            value,
            unit,
            goal,
        });
    };
    add("PERF-1", "starts with 32 clients", of(|one| one.0, &rates), "/s", None);
    add(
        "PERF-1",
        "the floor with 32 clients",
        of(|one| one.1, &rates),
        "/s",
        None,
    );
    add(
        "PERF-1",
        "rate with 32 clients, of the floor's",
        ratio,
        "",
        Some(Goal::AtLeast(0.5)),
    );
    add(
        "PERF-1",
        "median of one start, one client",
        of(|one| one.0, &medians) * 1e3,
        "ms",
        None,
    );
    add(
        "PERF-1",
        "median of the floor, one client",
        of(|one| one.1, &medians) * 1e3,
        "ms",
        None,
    );
    add(
        "PERF-1",
        "one client: behind the floor by",
        apart,
        "ms",
        Some(Goal::AtMost(1.5)),
    );
    add(
        "PERF-1",
        "rows written by one start",
        (floor.region.1.size() + floor.directory.1.size()) as f64,
        "",
        None,
    );
    add(
        "PERF-5",
        "memory idle",
        idle as f64 / 1048576.0,
        "MiB",
        Some(Goal::AtMost(60.0)),
    );
    add(
        "PERF-5",
        "memory with 32 clients",
        peak as f64 / 1048576.0,
        "MiB",
        Some(Goal::AtMost(250.0)),
    );
    drop((server, floor));
    place.remove().await
}
