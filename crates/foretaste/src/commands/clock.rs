//! `foretaste clock`: what time it is, and whether it is trusted (EXP-8).

use crate::{
    failure::{Failure, Outcome},
    open::Which,
};
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// Show the clocks, and whether irreversible work is held
    Show {
        /// Print JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        which: Which,
    },
    /// Say that the clock is right: irreversible work goes on
    Acknowledge {
        #[command(flatten)]
        which: Which,
    },
}

pub(crate) async fn run(action: Action) -> Outcome {
    match action {
        Action::Show { json, which } => show(&which, json).await,
        Action::Acknowledge { which } => {
            let app = which.app().await?;
            let held = app.acknowledge_clock().await;
            app.stores.clone().close().await;
            let said = if held? {
                "Irreversible work goes on."
            } else {
                "Nothing was held."
            };
            println!("{said}");
            Ok(())
        }
    }
}

async fn show(which: &Which, json: bool) -> Outcome {
    let app = which.app().await?;
    let since = app.fuse_since().await;
    let (real, rules) = (app.clock.real(), app.clock.now());
    let test_clock = app.settings().test_clock;
    app.stores.clone().close().await;
    let since = since?;
    if json {
        let shown = serde_json::json!({"real": real, "rules": rules, "test_clock": test_clock, "held_since": since});
        let text = serde_json::to_string_pretty(&shown).map_err(|error| Failure::of("the clocks", error))?;
        println!("{text}");
        return Ok(());
    }
    let held = match since {
        Some(since) => format!("irreversible work, since {since}; `foretaste clock acknowledge` lets it go on"),
        None => "nothing".to_owned(),
    };
    let test = if test_clock { " (a test clock)" } else { "" };
    println!("Real time   {real}\nThe rules'  {rules}{test}\nHeld        {held}");
    Ok(())
}
