//! `foretaste simulate`: a trial's life on a virtual clock, nobody doing anything; the same plan that drives the worker.

use super::program::{load, shipped};
use crate::{
    failure::{Failure, Outcome},
    ports,
};
use app::simulate::{Simulation, Step, simulate};
use clap::Args;
use domain::trial::MilestoneKind;
use i18n::Language;
use jiff::{
    civil::{Date, Time},
    tz::TimeZone,
};
use std::path::PathBuf;

/// What is simulated.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The program; the shipped one if not given
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// The civil day of the start in the customer's zone; today if not given
    #[arg(long, value_name = "YYYY-MM-DD")]
    starts_on: Option<Date>,
    /// The wall clock time of the start
    #[arg(long, value_name = "HH:MM", default_value = "10:00")]
    starts_at: Time,
    /// The customer's IANA time zone
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    time_zone: String,
    /// The trial's length; the program's default if not given
    #[arg(long, value_name = "DAYS")]
    days: Option<i64>,
    /// The services, by id, separated by commas
    #[arg(
        long,
        value_name = "IDS",
        value_delimiter = ',',
        default_value = "messaging,meetings,calling"
    )]
    services: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(options: Options) -> Outcome {
    let program = options.program.as_deref().map_or_else(shipped, load)?;
    let zone = TimeZone::get(&options.time_zone).map_err(|_| {
        Failure::new(format!(
            "{} is no time zone: write one like Europe/Paris",
            options.time_zone
        ))
    })?;
    let today = ports::real_now().to_zoned(zone.clone()).date();
    let what = Simulation {
        starts_on: options.starts_on.unwrap_or(today),
        starts_at: options.starts_at,
        zone: options.time_zone,
        services: options.services,
        days: options.days,
    };
    let (trial, steps) = simulate(&what, &program)?;
    if options.json {
        let items: Vec<serde_json::Value> = steps.iter().map(json).collect();
        let text = serde_json::to_string_pretty(&items).map_err(|error| Failure::of("the steps", error))?;
        println!("{text}");
        return Ok(());
    }
    let (services, from) = (
        i18n::list(Language::En, &trial.service_ids()),
        i18n::date_in(Language::En, what.starts_on, &zone),
    );
    println!(
        "{}: {services} for {} days from {from}\n",
        program.id, trial.duration_days
    );
    show(&steps, &zone);
    Ok(())
}

fn show(steps: &[Step], zone: &TimeZone) {
    let mut table = super::table(["When", "What", "Rule", "Then the trial is"]);
    for step in steps {
        let skipped = if step.done { "" } else { " (skipped)" };
        let what = format!("{}{skipped}", words(step.kind));
        let when = i18n::instant(Language::En, step.at, zone);
        table.add_row([when, what, step.kind.rule().to_owned(), step.status.clone()]);
    }
    println!("{}", table.trim_fmt());
}

fn json(step: &Step) -> serde_json::Value {
    serde_json::json!({
        "kind": step.kind.as_str(), "at": step.at, "on": step.on, "rule": step.kind.rule(), "status": step.status,
        "state": if step.done { "done" } else { "skipped" },
    })
}

fn words(kind: MilestoneKind) -> &'static str {
    match kind {
        MilestoneKind::ConsentLapses => "The request lapses",
        MilestoneKind::Started => "The trial starts",
        MilestoneKind::ExpiryReminder => "Email: it expires soon",
        MilestoneKind::ExpiryNotice => "Email: it expires today",
        MilestoneKind::Expires => "It expires; grace begins",
        MilestoneKind::OrderReminder => "Email: an order is still not set up",
        MilestoneKind::OrderCloses => "An order that nobody set up closes",
        MilestoneKind::Removed => "Grace is over: access ends",
        MilestoneKind::AccessEndedNotice => "Email to the users: access has ended",
        MilestoneKind::NumbersReleased => "Phone numbers are released",
        MilestoneKind::DeviceReturnOpens => "devices can go back",
        MilestoneKind::DeviceEnds => "the device end date is over",
        MilestoneKind::DeviceReturnDue => "devices are due back",
        MilestoneKind::ReturnOverdue => "reminder of overdue devices",
    }
}
