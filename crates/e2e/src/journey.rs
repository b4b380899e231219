//! Rounds of journeys: one demo and one tab for each look, two looks at a time.

use crate::{
    Result,
    browser::{Chromium, LOST},
    demo::Demo,
    journeys,
    look::Look,
    setting::Setting,
    tab::Tab,
};
use futures::{StreamExt as _, stream};
use std::{
    fs,
    time::{Duration, Instant},
};

/// How many rounds at once; the cores of a small machine.
const TOGETHER: usize = 2;
/// A journey that has not ended by then never will.
const PATIENCE: Duration = Duration::from_secs(180);

/// One round.
pub(crate) struct Round<'a> {
    pub(crate) tab: Tab,
    pub(crate) demo: &'a Demo,
}

/// Runs all rounds, or the journeys whose `look/name` contains one of the filters.
pub(crate) async fn run_all(filters: &[String]) -> Result {
    let begin = Instant::now();
    let setting = Setting::read()?;
    if filters.is_empty() && setting.screens.exists() {
        let emptied = fs::remove_dir_all(&setting.screens);
        emptied.map_err(|error| format!("{}: {error}", setting.screens.display()))?;
    }
    let chromium = Chromium::start(&setting).await?;
    let rounds = stream::iter(Look::ALL).map(|look| round(&chromium, &setting, look, filters));
    let rounds: Vec<Result<Tally>> = rounds.buffer_unordered(TOGETHER).collect().await;
    chromium.stop().await;
    let mut total = Tally::default();
    for tally in rounds {
        let tally = tally?;
        total.passed += tally.passed;
        total.failed.extend(tally.failed);
    }
    let summary = format!(
        "{} journeys passed, {} failed in {:.1} s; pictures in {}",
        total.passed,
        total.failed.len(),
        begin.elapsed().as_secs_f64(),
        setting.screens.display()
    );
    if total.failed.is_empty() && total.passed > 0 {
        println!("\ne2e: {summary}");
        return Ok(());
    }
    Err(format!("{summary}\n  {}", total.failed.join("\n  ")))
}

#[derive(Default)]
struct Tally {
    passed: usize,
    failed: Vec<String>,
    /// The browser itself did not answer: nothing is known about the pages.
    lost: bool,
}

/// One round; where the browser itself did not answer, the whole of it once more, in a new demo and a new tab.
async fn round(chromium: &Chromium, setting: &Setting, look: Look, filters: &[String]) -> Result<Tally> {
    let tally = attempt(chromium, setting, look, filters).await?;
    if !tally.lost {
        return Ok(tally);
    }
    println!(
        "{}: Chromium did not answer; the whole round begins anew, once",
        look.said()
    );
    attempt(chromium, setting, look, filters).await
}

async fn attempt(chromium: &Chromium, setting: &Setting, look: Look, filters: &[String]) -> Result<Tally> {
    let wanted = |name: &str| {
        let whole = format!("{}/{name}", look.name());
        filters.is_empty() || filters.iter().any(|filter| whole.contains(filter.as_str()))
    };
    let mut tally = Tally::default();
    if !journeys::NAMES.iter().any(|name| wanted(name)) {
        return Ok(tally);
    }
    let demo = Demo::start(setting).await?;
    let tab = chromium.tab(setting, look, &demo.url).await?;
    let mut round = Round { tab, demo: &demo };
    round.settle().await?;
    for name in journeys::NAMES.iter().copied().filter(|name| wanted(name)) {
        let begin = Instant::now();
        let outcome = tokio::time::timeout(PATIENCE, journeys::go(name, &mut round)).await;
        let outcome = outcome.unwrap_or_else(|_| Err(format!("not done in {} s", PATIENCE.as_secs())));
        let label = format!("{}: {name}", look.said());
        let faults = round.faults(name, outcome).await;
        let took = begin.elapsed().as_secs_f64();
        if faults.is_empty() {
            println!("{label} ... ok ({took:.1} s)");
            tally.passed += 1;
        } else {
            println!("{label} ... FAILED ({took:.1} s)\n    {}", faults.join("\n    "));
            tally.failed.push(label);
            tally.lost = faults[0].starts_with(LOST);
        }
        if tally.lost {
            break;
        }
    }
    Ok(tally)
}

impl Round<'_> {
    /// What is wrong after a journey; a picture of where it broke off.
    async fn faults(&mut self, name: &str, outcome: Result) -> Vec<String> {
        let mut faults = std::mem::take(&mut self.tab.findings);
        if let Err(reason) = outcome {
            // The reason is what counts; a tab that cannot be pictured adds nothing to it.
            let _ = self.tab.picture(&format!("failed-{name}")).await;
            faults.insert(0, reason);
        }
        faults
    }
}
