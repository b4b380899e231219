//! Logs: JSON lines on standard error, text where a person is watching. No secrets, names or addresses (SEC-4).

use crate::failure::{Failure, Outcome};
use std::io::{IsTerminal as _, stderr};
use tracing_subscriber::EnvFilter;

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// One JSON object a line.
    Json,
    /// Text for people.
    Text,
}

impl Look {
    /// Text in a terminal, JSON for what collects it.
    pub(crate) fn for_reader() -> Self {
        if stderr().is_terminal() { Look::Text } else { Look::Json }
    }
}

/// Begins logging; `level` is a level (`info`) or a list of filters (`info,store=debug`).
pub(crate) fn begin(look: Look, level: &str) -> Outcome {
    let filter = filter(level)?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    let begun = match look {
        Look::Json => lines.json().flatten_event(true).with_current_span(false).try_init(),
        Look::Text => lines.with_target(false).try_init(),
    };
    begun.map_err(|error| Failure::of("logging cannot begin", error))
}

/// What is logged.
pub(crate) fn filter(level: &str) -> Outcome<EnvFilter> {
    // What the libraries below say of themselves is for their authors.
    let all = format!("sea_orm_migration=warn,sqlx=warn,{level}");
    EnvFilter::builder()
        .parse(all)
        .map_err(|error| Failure::of(format!("log = {level:?} is no level of logging"), error))
}
