//! `foretaste program`: the program file, checked and shown.

use crate::failure::{Failure, Outcome};
use domain::program::{Finding, Program, parse};
use std::{fs, path::Path};

/// The program that comes with the binary.
const SHIPPED: &str = include_str!("../../../../programs/webex-enterprise.toml");

/// The program that comes with the binary.
pub(crate) fn shipped() -> Outcome<Program> {
    parse(SHIPPED).map_err(|findings| listed("the shipped program", &findings))
}

/// A program file that is in order.
pub(crate) fn load(path: &Path) -> Outcome<Program> {
    parse(&read(path)?).map_err(|findings| listed(&path.display().to_string(), &findings))
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| Failure::of(format!("cannot read {}", path.display()), error))
}

fn listed(place: &str, findings: &[Finding]) -> Failure {
    let lines: Vec<String> = findings.iter().map(|finding| line(place, finding)).collect();
    Failure::new(format!("{place} is not in order:\n{}", lines.join("\n")))
}

fn line(place: &str, finding: &Finding) -> String {
    let position = finding
        .line
        .map(|line| format!(":{line}:{}", finding.column.unwrap_or(1)))
        .unwrap_or_default();
    let path = if finding.path.is_empty() {
        String::new()
    } else {
        format!(" ({})", finding.path)
    };
    format!("{place}{position}: {} — {}{path}", finding.problem, finding.mend)
}

/// `program check FILE`
pub(crate) fn check(path: &Path, json: bool) -> Outcome {
    let findings = parse(&read(path)?).err().unwrap_or_default();
    if json {
        println!("{}", serde_json::json!({"findings": findings}));
    }
    let place = path.display().to_string();
    match (findings.len(), json) {
        (0, true) => Ok(()),
        (0, false) => {
            println!("{place} is in order.");
            Ok(())
        }
        (count, true) => Err(Failure::new(format!("{place}: {count} to mend"))),
        (count, false) => {
            for finding in &findings {
                println!("{}", line(&place, finding));
            }
            Err(Failure::new(format!("{place}: {count} to mend")))
        }
    }
}

/// `program show`: what can be tried, where, for how long.
pub(crate) fn show(path: Option<&Path>, json: bool) -> Outcome {
    let program = path.map_or_else(shipped, load)?;
    if json {
        let text = serde_json::to_string_pretty(&program).map_err(|error| Failure::of("the program", error))?;
        println!("{text}");
        return Ok(());
    }
    lengths(&program);
    services(&program);
    regions(&program);
    Ok(())
}

fn lengths(program: &Program) {
    let numbers = |days: &[u32]| days.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let (durations, extensions) = (numbers(&program.durations), numbers(&program.extension_days));
    println!("{}, version {}", program.id, program.version);
    println!(
        "Trials of {durations} days ({} if not said); extensions of {extensions}.",
        program.default_duration
    );
    let quantity = &program.license_quantity;
    println!(
        "{} to {} licences ({} if not said).\n",
        quantity.min, quantity.max, quantity.default
    );
}

fn services(program: &Program) {
    let mut table = super::table(["Service", "Name", "Requires", "Quantity", "Days", "Approval"]);
    for service in &program.services {
        let own = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        let approval = if service.needs_approval { "trials team" } else { "" };
        table.add_row([
            service.id.clone(),
            service.name.clone(),
            service.requires.join(", "),
            own(service.quantity),
            own(service.duration_days),
            approval.to_owned(),
        ]);
    }
    println!("{}\n", table.trim_fmt());
}

fn regions(program: &Program) {
    let mut table = super::table(["Region", "Name", "Countries"]);
    for region in &program.regions {
        let countries = program
            .countries
            .iter()
            .filter(|country| country.region == region.id)
            .count();
        table.add_row([region.id.clone(), region.name.en.clone(), countries.to_string()]);
    }
    println!("{}", table.trim_fmt());
}
