//! What is linked in: under which licences, and with which known flaws (SEC-5). `deny.toml` says what is allowed.

use crate::Result;
use rustsec::{Database, Lockfile, database::Query};
use serde_json::Value;
use std::{path::Path, process::Command};

/// Names the folder of an advisory database; there is none to be fetched while tests run.
const DATABASE: &str = "FORETASTE_ADVISORY_DB";

struct Rules {
    licences: Vec<String>,
    /// An advisory, and why it does not concern us.
    ignored: Vec<(String, String)>,
}

pub(crate) fn run(args: &[String]) -> Result<()> {
    if let Some(unknown) = args.first() {
        return Err(format!("supply: {unknown} is not known; it takes no arguments"));
    }
    let rules = rules()?;
    let mut faults = licences(&rules)?;
    match std::env::var_os(DATABASE) {
        Some(folder) => faults.extend(advisories(&rules, Path::new(&folder))?),
        None => println!("supply: advisories were not looked at: {DATABASE} names no database"),
    }
    match faults.is_empty() {
        true => Ok(()),
        false => Err(format!("supply:\n  {}", faults.join("\n  "))),
    }
}

fn rules() -> Result<Rules> {
    let text = std::fs::read_to_string("deny.toml").map_err(|error| format!("deny.toml: {error}"))?;
    let table: toml::Table = text.parse().map_err(|error| format!("deny.toml: {error}"))?;
    let list = |section: &str, key: &str| {
        let found = table.get(section).and_then(|section| section.get(key));
        found.and_then(toml::Value::as_array).cloned().unwrap_or_default()
    };
    let word = |value: &toml::Value, key: &str| value.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let licences = list("licenses", "allow");
    let ignored = list("advisories", "ignore");
    let ignored: Option<Vec<(String, String)>> = ignored
        .iter()
        .map(|one| Some((word(one, "id")?, word(one, "reason")?)))
        .collect();
    Ok(Rules {
        licences: licences
            .iter()
            .filter_map(|one| one.as_str().map(str::to_owned))
            .collect(),
        ignored: ignored.ok_or("deny.toml: an advisory is ignored by its id, with a reason")?,
    })
}

/// Packages under none of the licences that are allowed.
fn licences(rules: &Rules) -> Result<Vec<String>> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--locked", "--all-features"])
        .output()
        .map_err(|error| format!("cargo metadata: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata: {error}"))?;
    let packages = metadata["packages"].as_array().cloned().unwrap_or_default();
    let mut faults = Vec::new();
    for package in &packages {
        let name = format!("{} {}", text(&package["name"]), text(&package["version"]));
        let licence = text(&package["license"]);
        match may_be_linked(licence, rules) {
            Ok(true) => {}
            Ok(false) => faults.push(format!("{name}: its licence is {licence}")),
            Err(error) => faults.push(format!("{name}: its licence cannot be read: {licence}: {error}")),
        }
    }
    println!("supply: the licences of {} packages were looked at", packages.len());
    Ok(faults)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn may_be_linked(licence: &str, rules: &Rules) -> std::result::Result<bool, String> {
    let expression = spdx::Expression::parse_mode(licence, spdx::ParseMode::LAX).map_err(|error| error.to_string())?;
    Ok(expression.evaluate(|wanted| rules.licences.iter().any(|allowed| *allowed == wanted.to_string())))
}

/// Packages with a flaw that is known and not ignored by name.
fn advisories(rules: &Rules, folder: &Path) -> Result<Vec<String>> {
    let database = Database::open(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let locked = Lockfile::load("Cargo.lock").map_err(|error| format!("Cargo.lock: {error}"))?;
    let found = database.query_vulnerabilities(&locked, &Query::crate_scope());
    let mut faults = Vec::new();
    for flaw in &found {
        let (id, package) = (flaw.advisory.id.to_string(), &flaw.package);
        let line = format!("{} {}: {id}: {}", package.name, package.version, flaw.advisory.title);
        match rules.ignored.iter().find(|(ignored, _)| *ignored == id) {
            Some((_, reason)) => println!("supply: ignored: {line}: {reason}"),
            None => faults.push(line),
        }
    }
    println!("supply: {} advisories were looked through", database.iter().count());
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sec_5_only_what_is_allowed_may_be_linked() {
        let rules = Rules {
            licences: ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"]
                .map(str::to_owned)
                .to_vec(),
            ignored: Vec::new(),
        };
        for (licence, fine) in [
            ("MIT", true),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0-only OR MIT", true),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("MIT AND GPL-3.0-only", false),
            ("AGPL-3.0-or-later", false),
        ] {
            assert_eq!(may_be_linked(licence, &rules), Ok(fine), "SEC-5: {licence}");
        }
        assert!(may_be_linked("", &rules).is_err(), "SEC-5: none is none");
    }
}
