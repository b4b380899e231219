//! The binary: command line, configuration, wiring, signals.

mod cli;
mod commands;
mod demo;
mod failure;
mod logs;
mod ports;
mod serve;
mod wiring;

use clap::Parser as _;
use cli::{Cli, Command};
use failure::{Failure, Outcome};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("foretaste: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Outcome {
    match cli.command {
        Command::Demo { data, listen, empty } => {
            logs::begin(logs::Look::for_reader(), "info")?;
            asynchronously(demo::run(&demo::Demo {
                data: &data,
                listen: &listen,
                empty,
            }))
        }
    }
}

fn asynchronously(work: impl Future<Output = Outcome>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime
        .map_err(|error| Failure::of("the runtime does not start", error))?
        .block_on(work)
}
