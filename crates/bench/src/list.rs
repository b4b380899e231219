//! PERF-3: the customer list of a partner with very many customers, against the same pages with few; PERF-5: starting
//! up with that store.

use crate::{
    Done, Scale,
    floor::{self, Template},
    report::{Figure, Goal, Report},
    rows::{self, Look},
    target::{Client, Engine, Place, Server},
};
use sea_orm::ConnectionTrait as _;
use serde_json::Value;
use std::time::Instant;

/// Every filter, every sort, and some together.
const VIEWS: [&str; 12] = [
    "",
    "sort=-name",
    "sort=ends_on",
    "sort=-ends_on",
    "status=active",
    "status=expired",
    "status=expires_in_30_days&sort=ends_on",
    "service=meetings",
    "service=calling&sort=-ends_on",
    "region=eu",
    "ends_before=2035-01-01&sort=ends_on",
    "q=lac",
];
const DEEP: usize = 40;
const TIMES: usize = 100;

/// A server whose partner has so many customers more than the cast gave it.
pub(crate) async fn with(engine: &Engine, customers: u64) -> Done<(Place, Server)> {
    let place = Place::new(engine).await?;
    let server = Server::start(&place)?;
    let own = server.client().get("/customers?limit=200&region=eu")?;
    drop(server);
    let own: Vec<Value> = own["items"].as_array().cloned().unwrap_or_default();
    let store = place.connect("eu", 4).await?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let own: Vec<&Value> = own
        .iter()
        .filter(|one| one["trial_ids"].as_array().is_some_and(|ids| !ids.is_empty()))
        .collect();
    let each = customers / own.len().max(1) as u64;
    for (place, one) in own.iter().enumerate() {
        let mut words = vec![text(&one["id"])];
        words.extend(one["trial_ids"].as_array().into_iter().flatten().map(text));
        let all = rows::changed(&Look::new(), &rows::look(&store, &words).await?);
        let name = text(&one["name"]);
        let folded = name.to_lowercase();
        let copies = Template::new(all, &[], &[&name, &folded]);
        let first = place as u64 * each;
        for begin in (first..first + each).step_by(500) {
            let numbers: Vec<u64> = (begin..(begin + 500).min(first + each)).collect();
            floor::commit(&store, copies.statements(store.get_database_backend(), &numbers)).await?;
        }
    }
    if let Engine::Postgres(_) = engine {
        store.execute_unprepared("ANALYZE").await?;
    }
    store.close().await?;
    let server = Server::start(&place)?;
    Ok((place, server))
}

/// How long a page takes, at its slowest of a hundred, in seconds.
fn page(client: &Client, path: &str) -> Done<f64> {
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let begin = Instant::now();
        client.get(path)?;
        times.push(begin.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() * 99 / 100 - 1])
}

/// The first page and a deep one of every view.
fn pages(server: &Server) -> Done<Vec<(String, f64)>> {
    let client = server.client();
    let mut all = Vec::new();
    for view in VIEWS {
        let first = format!("/customers?{view}");
        all.push((format!("{view} first"), page(&client, first.trim_end_matches('?'))?));
        let joint = if view.is_empty() { "" } else { "&" };
        let mut cursor: Option<String> = None;
        for _ in 0..DEEP {
            let at = cursor
                .as_ref()
                .map(|cursor| format!("{joint}cursor={cursor}"))
                .unwrap_or_default();
            let found = client.get(format!("{first}{at}").trim_end_matches('?'))?;
            match found["next_cursor"].as_str() {
                Some(next) => cursor = Some(next.to_owned()),
                None => break,
            }
        }
        if let Some(cursor) = &cursor {
            all.push((
                format!("{view} deep"),
                page(&client, &format!("{first}{joint}cursor={cursor}"))?,
            ));
        }
    }
    Ok(all)
}

pub(crate) async fn measure(engine: &Engine, scale: Scale, report: &mut Report) -> Done {
    let (place, server) = with(engine, scale.few).await?;
    let few = pages(&server)?;
    drop(server);
    place.remove().await?;
    let (place, server) = with(engine, scale.many).await?;
    let many = pages(&server)?;
    let mut add = |id, what: String, value, unit, goal| {
        report.add(Figure {
            id,
            store: engine.name().to_owned(),
            what,
            value,
            unit,
            goal,
        });
    };
    let (mut worst, mut slowest) = (0.0f64, 0.0f64);
    for (view, time) in &many {
        let before = few.iter().find(|(name, _)| name == view).map(|(_, time)| *time);
        worst = worst.max(before.map_or(0.0, |before| time / before));
        slowest = slowest.max(*time);
        let times = before.map_or(String::new(), |before| format!(" ({:.1} ms with few)", before * 1e3));
        add("PERF-3", format!("{view}{times}"), time * 1e3, "ms", None);
    }
    add(
        "PERF-3",
        "any page: times the time with few".to_owned(),
        worst,
        "",
        Some(Goal::AtMost(2.0)),
    );
    add(
        "PERF-3",
        "any page: p99".to_owned(),
        slowest * 1e3,
        "ms",
        Some(Goal::AtMost(20.0)),
    );
    drop(server);
    let mut boots = Vec::new();
    for _ in 0..3 {
        boots.push(Server::start(&place)?.ready_in.as_secs_f64());
    }
    let boot = crate::start::median(boots);
    add(
        "PERF-5",
        "start up with that store".to_owned(),
        boot,
        "s",
        Some(Goal::AtMost(0.5)),
    );
    place.remove().await
}
