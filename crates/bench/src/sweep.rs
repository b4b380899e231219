//! PERF-2: everything that fell due at one moment, against a bare program that writes the same rows in batches.

use crate::{
    Done, Scale,
    floor::{self, Template},
    report::{Figure, Goal, Report},
    rows::{self, Look},
    target::{Engine, Place},
    world::{Started, World},
};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use std::time::Instant;

/// Customers whose rows the floor writes in one transaction.
const BATCH: u64 = 200;
/// What falls due: a reminder, an expiry, the end of a grace and the notice about it.
const KINDS: u64 = 4;

/// Noon in Paris: the reminders of nine o'clock are due, and what ends with a day ended at midnight.
fn noon() -> Done<Timestamp> {
    Ok("2027-06-15T10:00:00Z".parse()?)
}

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// Three customers just before noon, each with one thing due then, and a fourth with nothing due for long.
struct Eve {
    place: Place,
    world: World,
    store: DatabaseConnection,
    due: Vec<Started>,
    other: Started,
}

impl Eve {
    async fn new(engine: &Engine) -> Done<Self> {
        let place = Place::new(engine).await?;
        let noon = noon()?;
        let world = World::new(&place, noon - days(61)).await?;
        let mut due = Vec::new();
        for (name, ago) in [("quillon", 61), ("brenkard", 31), ("tavistel", 23)] {
            world.at(noon - days(ago));
            world.app.work().await?;
            due.push(world.start(name).await?);
        }
        // Yesterday's work is done before today's begins.
        world.at(noon - days(1));
        world.app.work().await?;
        let other = world.start("ombrine").await?;
        let store = place.connect("eu", 4).await?;
        Ok(Self {
            place,
            world,
            store,
            due,
            other,
        })
    }

    async fn look(&self, whose: &Started) -> Done<Look> {
        rows::look(&self.store, &[whose.customer.clone(), whose.trial.clone()]).await
    }

    /// Copies of each customer, so many of each.
    async fn fill(&self, whose: &[&Started], count: u64, first: u64) -> Done {
        let engine = self.store.get_database_backend();
        for one in whose {
            let all = rows::changed(&Look::new(), &self.look(one).await?);
            let copies = Template::new(all, &[], &[&one.name]);
            for begin in (first..first + count).step_by(500) {
                let numbers: Vec<u64> = (begin..(begin + 500).min(first + count)).collect();
                floor::commit(&self.store, copies.statements(engine, &numbers)).await?;
            }
        }
        if engine != sea_orm::DbBackend::Sqlite {
            self.store.execute_unprepared("ANALYZE").await?;
        }
        // What was filled in is on the disk before the time begins.
        let done = std::process::Command::new("sync").status()?;
        done.success().then_some(()).ok_or_else(|| "sync failed".into())
    }

    async fn end(self) -> Done {
        self.world.app.stores.clone().close().await;
        self.store.close().await?;
        self.place.remove().await
    }
}

/// Fills, sweeps, and counts; how many a second, and how long it took.
async fn ours(engine: &Engine, due: u64, others: u64) -> Done<(f64, f64)> {
    let eve = Eve::new(engine).await?;
    let each = due / KINDS;
    eve.fill(&eve.due.iter().collect::<Vec<_>>(), each - 1, 0).await?;
    eve.fill(&[&eve.other], others, due).await?;
    eve.world.at(noon()?);
    let begin = Instant::now();
    let counts = eve.world.app.work().await?;
    let done: u64 = counts.values().sum();
    let time = begin.elapsed().as_secs_f64();
    if done != each * KINDS {
        return Err(format!("of {} milestones only these were done: {counts:?}", each * KINDS).into());
    }
    eve.end().await?;
    Ok((done as f64 / time, time))
}

/// What one milestone of each kind writes, copied.
async fn bare(engine: &Engine, due: u64) -> Done<f64> {
    let eve = Eve::new(engine).await?;
    let mut before = Vec::new();
    for one in &eve.due {
        before.push(eve.look(one).await?);
    }
    eve.world.at(noon()?);
    eve.world.app.work().await?;
    let (each, mut time, kind) = (due / KINDS, 0.0, eve.store.get_database_backend());
    for (one, before) in eve.due.iter().zip(before) {
        let after = eve.look(one).await?;
        let own: Vec<_> = before.values().flat_map(|(_, rows)| rows.values().cloned()).collect();
        let template = Template::new(rows::changed(&before, &after), &own, &[&one.name]);
        let mut batches = Vec::new();
        for begin in (0..each).step_by(BATCH as usize) {
            let numbers: Vec<u64> = (begin..(begin + BATCH).min(each)).collect();
            batches.push(template.statements(kind, &numbers));
        }
        let begin = Instant::now();
        for batch in batches {
            floor::commit(&eve.store, batch).await?;
        }
        time += begin.elapsed().as_secs_f64();
    }
    eve.end().await?;
    Ok((each * KINDS) as f64 / time)
}

pub(crate) async fn measure(engine: &Engine, scale: Scale, report: &mut Report) -> Done {
    let floor = bare(engine, scale.many).await?;
    let (rate, _) = ours(engine, scale.many, 0).await?;
    let small = scale.many / 10;
    let (_, alone) = ours(engine, small, 0).await?;
    let (_, among) = ours(engine, small, 9 * small).await?;
    let mut add = |what: &str, value, unit, goal| {
        report.add(Figure {
            id: "PERF-2",
            store: engine.name().to_owned(),
            what: what.to_owned(),
            value,
            unit,
            goal,
        });
    };
    add(
        &format!("{} milestones due at once", scale.many / KINDS * KINDS),
        rate,
        "/s",
        None,
    );
    add("the floor", floor, "/s", None);
    add("rate, of the floor's", rate / floor, "", Some(Goal::AtLeast(0.5)));
    add(
        "ten times the trials, as many due: times the time",
        among / alone,
        "",
        Some(Goal::AtMost(1.2)),
    );
    Ok(())
}
