//! Journeys through the pages in a real Chromium (`cargo xtask e2e`): in each language, light and dark, wide and
//! narrow, with and without script. Every page on the way is looked at: a picture, axe, its width, its weight.

mod audit;
mod browser;
mod demo;
mod journey;
mod journeys;
mod look;
mod setting;
mod tab;

use std::process::ExitCode;

/// A failure as a sentence for the person at the terminal.
type Result<T = ()> = std::result::Result<T, String>;

#[tokio::main]
async fn main() -> ExitCode {
    let filters: Vec<String> = std::env::args().skip(1).collect();
    match journey::run_all(&filters).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("e2e: {message}");
            ExitCode::FAILURE
        }
    }
}
