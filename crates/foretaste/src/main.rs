//! The binary: command line, configuration, wiring, signals.

mod cli;
mod commands;
mod config;
mod demo;
mod failure;
mod headers;
mod logs;
mod open;
mod ports;
mod proxy;
mod serve;
mod wiring;

use clap::{CommandFactory as _, Parser as _};
use cli::{Cli, Command};
use commands::{admin, clock, mail, program, provisioner, server, simulate, token, verify};
use config::Config;
use failure::{Failure, Outcome};
use std::{
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
};

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
        Command::Serve {
            config,
            listen,
            public_url,
            migrate,
        } => {
            let flags = [("listen", listen.as_deref()), ("public_url", public_url.as_deref())];
            let config = Config::load(config.as_deref(), &flags)?;
            asynchronously(server::run(&config, migrate))
        }
        Command::Demo {
            data,
            listen,
            empty,
            stores,
            provisioner,
            answer_within,
        } => {
            logs::begin(logs::Look::for_reader(), "info")?;
            asynchronously(demo::run(&demo::Demo {
                data: &data,
                listen: &listen,
                empty,
                stores: stores.as_deref(),
                provisioner: provisioner.as_deref(),
                answer_within: jiff::SignedDuration::from_secs(i64::from(answer_within)),
            }))
        }
        Command::Migrate { config } => quietly(async { server::migrate(&load(config.as_deref())?).await }),
        Command::Program(cli::Program::Check { file, json }) => program::check(&file, json),
        Command::Program(cli::Program::Show { file, json }) => program::show(file.as_deref(), json),
        Command::Config(cli::Config::Check { config }) => server::check(&load(config.as_deref())?),
        Command::Verify { json, which } => quietly(verify::run(&which, json)),
        Command::Clock(action) => quietly(clock::run(action)),
        Command::Simulate(options) => simulate::run(options),
        Command::Mail(action) => quietly(mail::run(action)),
        Command::Provisioner(action) => quietly(provisioner::run(action)),
        Command::Token(action) => quietly(token::run(action)),
        Command::Admin(action) => quietly(admin::run(action)),
        Command::Openapi => {
            let text = serde_json::to_string_pretty(&api::openapi());
            print(&text.map_err(|error| Failure::of("the description", error))?)
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "foretaste", &mut script);
            print(&String::from_utf8_lossy(&script))
        }
    }
}

fn load(path: Option<&Path>) -> Outcome<Config> {
    Config::load(path, &[])
}

/// Long output; a reader who has seen enough is no failure.
fn print(text: &str) -> Outcome {
    match writeln!(io::stdout(), "{}", text.trim_end()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::of("cannot write", error)),
        _ => Ok(()),
    }
}

/// A command that is done soon: only what an operator must know is logged.
fn quietly(work: impl Future<Output = Outcome>) -> Outcome {
    logs::begin(logs::Look::Text, "warn")?;
    asynchronously(work)
}

fn asynchronously(work: impl Future<Output = Outcome>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime
        .map_err(|error| Failure::of("the runtime does not start", error))?
        .block_on(work)
}
