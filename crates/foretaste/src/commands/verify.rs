//! `foretaste verify`: replays the record of changes and compares.

use crate::{
    failure::{Failure, Outcome},
    open::Which,
};

pub(crate) async fn run(which: &Which, json: bool) -> Outcome {
    let app = which.app().await?;
    let report = app.verify().await;
    app.stores.clone().close().await;
    let report = report?;
    if json {
        let text = serde_json::to_string_pretty(&report).map_err(|error| Failure::of("the report", error))?;
        println!("{text}");
    } else {
        for flaw in &report.flaws {
            println!("{flaw}");
        }
        println!("{} trials and {} events looked at.", report.trials, report.events);
    }
    match report.flaws.len() {
        0 => Ok(()),
        count => Err(Failure::new(format!(
            "{count} flaws: what is stored is not what was recorded"
        ))),
    }
}
