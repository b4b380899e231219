//! Configuration: a TOML file, then the environment (`FORETASTE_LISTEN`, `FORETASTE_STORES__DIRECTORY`), then flags; the
//! later wins. Unknown keys are refused wherever they stand.

mod advice;
mod keys;
mod parts;
mod provisioner;
mod reach;

pub(crate) use keys::Environment;
pub(crate) use parts::{MailTo, regions};

use crate::failure::{Failure, Outcome};
use keys::Keys;
use std::{fs, path::Path};
use toml::{Table, Value};

/// In front of every variable.
const PREFIX: &str = "FORETASTE_";
/// Variables that are the command line's own.
const RESERVED: [&str; 1] = ["FORETASTE_CONFIG"];

/// A configuration whose keys are known and have the right form.
#[derive(Debug)]
pub(crate) struct Config {
    keys: Keys,
    /// What it was read from, for messages.
    place: String,
}

/// A flag of the command line that stands for a key.
pub(crate) type Flag<'a> = (&'static str, Option<&'a str>);

impl Config {
    /// Reads file, environment and flags.
    ///
    /// # Errors
    /// Every key that is not known or has the wrong form, with line and column.
    pub(crate) fn load(path: Option<&Path>, flags: &[Flag<'_>]) -> Outcome<Self> {
        let place = path.map_or_else(|| "the environment".to_owned(), |path| path.display().to_string());
        let mut table = match path {
            Some(path) => read(path)?,
            None => Table::new(),
        };
        let mut variables: Vec<(String, String)> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(name, _)| name.starts_with(PREFIX) && !RESERVED.contains(&name.as_str()))
            .collect();
        variables.sort();
        for (name, value) in &variables {
            let key = name.trim_start_matches(PREFIX).to_lowercase();
            overlay(&mut table, &key.split("__").collect::<Vec<_>>(), value, name)?;
        }
        for (key, value) in flags {
            if let Some(value) = value {
                overlay(&mut table, &[key], value, &format!("--{}", key.replace('_', "-")))?;
            }
        }
        let keys = Value::Table(table)
            .try_into()
            .map_err(|error: toml::de::Error| Failure::new(format!("{place}: {}", words(error.message()))))?;
        Ok(Self { keys, place })
    }
}

/// Reads a file; what has the wrong form is told with its line and column.
fn read(path: &Path) -> Outcome<Table> {
    let place = path.display();
    let text = fs::read_to_string(path).map_err(|error| Failure::of(format!("cannot read {place}"), error))?;
    let located = |error: &toml::de::Error| {
        let (line, column) = position(&text, error.span().map_or(text.len(), |span| span.start));
        Failure::new(format!("{place}:{line}:{column}: {}", words(error.message())))
    };
    // First by its form, which knows positions.
    toml::from_str::<Keys>(&text).map_err(|error| located(&error))?;
    text.parse::<Table>().map_err(|error| located(&error))
}

/// Puts one value into the table: a text, or what TOML makes of it where a text cannot stand there.
fn overlay(table: &mut Table, path: &[&str], value: &str, source: &str) -> Outcome {
    let text = Value::String(value.to_owned());
    let first = match check(path, &text) {
        Ok(()) => return put(table, path, text, source),
        Err(error) => error,
    };
    let read = format!("value = {value}")
        .parse::<Table>()
        .ok()
        .and_then(|mut table| table.remove("value"));
    match read {
        Some(read) if check(path, &read).is_ok() => put(table, path, read, source),
        _ => Err(Failure::new(format!("{source}: {}", words(first.message())))),
    }
}

/// Whether a value can stand there at all.
fn check(path: &[&str], value: &Value) -> Result<(), toml::de::Error> {
    let nested = path.iter().rev().fold(value.clone(), |inner, key| {
        Value::Table(Table::from_iter([((*key).to_owned(), inner)]))
    });
    nested.try_into::<Keys>().map(|_| ())
}

fn put(table: &mut Table, path: &[&str], value: Value, source: &str) -> Outcome {
    let Some((key, rest)) = path.split_first() else {
        return Ok(());
    };
    if rest.is_empty() {
        table.insert((*key).to_owned(), value);
        return Ok(());
    }
    let inner = table
        .entry((*key).to_owned())
        .or_insert_with(|| Value::Table(Table::new()));
    match inner {
        Value::Table(inner) => put(inner, rest, value, source),
        // `mail = "mailbox"` in the file and a server's host in the environment.
        _ => Err(Failure::new(format!(
            "{source}: `{key}` is no table where it was set first"
        ))),
    }
}

/// The reader's words, in ours. A value may be a password: it is not said again.
fn words(message: &str) -> String {
    let message = message
        .trim()
        .replace("unknown field", "unknown key")
        .replace("missing field", "missing key");
    let message = message
        .replace(", expected one of ", "; known here: ")
        .replace("unknown variant", "unknown value");
    match message.split_once(", expected ") {
        Some((what, expected)) if what.starts_with("invalid type: ") => {
            let form = what
                .trim_start_matches("invalid type: ")
                .split(' ')
                .next()
                .unwrap_or_default();
            format!("a value of the form `{form}` cannot stand here; expected {expected}")
        }
        _ => message,
    }
}

/// Line and column, both from 1, the column in characters.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}
