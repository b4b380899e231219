//! Daily figures of what a customer uses (USE-1): what may be reported, and whose business which days are.

use crate::{
    ids::OrgId,
    organization::Purchase,
    program::Program,
    refusal::{Code, FieldError},
    time::{civil_day, plus_days},
    trial::{Origin, State, Trial},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Figures of one report, at most.
pub const MOST: usize = 5_000;

/// Letters of a metric's name, at most.
const NAME: usize = 40;

/// The largest value: beyond it not every reader of JSON keeps whole numbers.
const LARGEST: i64 = 9_007_199_254_740_991;

/// Faults that are told of one report.
const TOLD: usize = 50;

/// What was counted of a service on a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Figure {
    /// By the program's id.
    pub service: String,
    /// What was counted.
    pub metric: String,
    /// The customer's civil day.
    pub on: Date,
    /// How much of it.
    pub value: i64,
}

/// One line of a report, as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Whose.
    pub customer: String,
    /// A service's id, perhaps an older one.
    pub service: String,
    /// `YYYY-MM-DD`.
    pub on: String,
    /// What was counted.
    pub metric: String,
    /// How much of it.
    pub value: i64,
}

/// What is known of a customer when something is reported about it.
#[derive(Clone, Debug)]
pub struct Known {
    /// The services that it tries, tried, has bought, or of which something was reported before.
    pub services: BTreeSet<String>,
    /// Since when it is there.
    pub since: Timestamp,
    /// TIME-1.
    pub zone: TimeZone,
}

impl Known {
    /// What trials and purchases tell.
    pub fn of<'t>(
        purchased: &[Purchase],
        trials: impl Iterator<Item = &'t Trial>,
        program: &Program,
    ) -> BTreeSet<String> {
        let bought = purchased.iter().map(|purchase| present(program, &purchase.service));
        let ever = |trial: &Trial| {
            let gone = trial.tried.iter().map(|(id, _)| id.clone());
            trial.service_ids().into_iter().chain(gone).collect::<Vec<_>>()
        };
        // PROG-1: a trial keeps the ids of its own version.
        let tried = trials.filter(|trial| runs_or_ran(trial)).flat_map(ever);
        bought.chain(tried.map(|id| present(program, &id))).collect()
    }
}

/// A service by the id that it has now.
pub fn present(program: &Program, name: &str) -> String {
    let of = |service: &&crate::program::Service| service.also_known_as.iter().any(|older| older == name);
    let renamed = program.services.iter().find(of).map(|service| service.id.clone());
    renamed.unwrap_or_else(|| name.to_owned())
}

/// All names under which something of a service may have been kept.
fn names(program: &Program, name: &str) -> Vec<String> {
    let now = present(program, name);
    let mut all: BTreeSet<String> = BTreeSet::from([name.to_owned(), now.clone()]);
    all.extend(
        program
            .service(&now)
            .into_iter()
            .flat_map(|one| one.also_known_as.clone()),
    );
    all.into_iter().collect()
}

/// A report, checked: whose figures they are. All faults are told, up to 50.
///
/// # Errors
/// One for each line that is wrong, by its pointer.
pub fn check<'k>(
    lines: &[Line],
    known: impl Fn(&str) -> Option<&'k Known>,
    program: &Program,
    now: Timestamp,
) -> Result<Vec<(OrgId, Figure)>, Vec<FieldError>> {
    if !(1..=MOST).contains(&lines.len()) {
        let code = if lines.is_empty() { Code::Empty } else { Code::TooMany };
        return Err(vec![FieldError::new("", code).with("max", MOST)]);
    }
    let (mut figures, mut faults, mut seen) = (Vec::with_capacity(lines.len()), Vec::new(), BTreeSet::new());
    for (at, line) in lines.iter().enumerate() {
        let service = present(program, &line.service);
        let before = faults.len();
        let on = judge(at, line, &service, known(&line.customer), (program, now), &mut faults);
        let key = (&line.customer, service.clone(), &line.on, &line.metric);
        if !seen.insert(key) {
            faults.push(FieldError::new(format!("/{at}"), Code::DuplicateFigure));
        }
        if let (Some(on), true) = (on, faults.len() == before) {
            let (metric, value) = (line.metric.clone(), line.value);
            let figure = Figure {
                service,
                metric,
                on,
                value,
            };
            figures.push((OrgId(line.customer.clone()), figure));
        }
        if faults.len() >= TOLD {
            faults.truncate(TOLD);
            break;
        }
    }
    match faults.is_empty() {
        true => Ok(figures),
        false => Err(faults),
    }
}

/// What is wrong with one line; its day, where that can be read.
fn judge(
    at: usize,
    line: &Line,
    service: &str,
    known: Option<&Known>,
    (program, now): (&Program, Timestamp),
    faults: &mut Vec<FieldError>,
) -> Option<Date> {
    let mut fault = |name: &str, code| faults.push(FieldError::new(format!("/{at}/{name}"), code));
    // Whether a customer is there, and what it tries, is told in the same words.
    let has = known.is_some_and(|known| known.services.contains(service));
    let named = program.service(service).is_some();
    if named && !has {
        fault("customer_id", Code::UnknownCustomer);
    }
    if !is_metric(&line.metric) {
        fault("metric", Code::InvalidMetric);
    }
    let day = line.on.parse().ok().filter(|day: &Date| day.to_string() == line.on);
    if day.is_none() {
        fault("on", Code::InvalidDay);
    }
    if !named && !has {
        let ids: Vec<&str> = program.services.iter().map(|service| service.id.as_str()).collect();
        let wrong = FieldError::new(format!("/{at}/service"), Code::UnknownService);
        faults.push(wrong.with("allowed", ids.join(", ")));
    }
    if !(0..=LARGEST).contains(&line.value) {
        let wrong = FieldError::new(format!("/{at}/value"), Code::OutOfRange);
        faults.push(wrong.with("min", 0).with("max", LARGEST));
    }
    let (first, last) = days(known.filter(|_| has)?, now);
    if day.is_some_and(|day| day < first || day > last) {
        let wrong = FieldError::new(format!("/{at}/on"), Code::OutOfRange);
        faults.push(wrong.with("min", first).with("max", last));
    }
    day
}

/// The days of which something can be reported: clocks of services may run a day apart from the customer's.
fn days(known: &Known, now: Timestamp) -> (Date, Date) {
    let first = plus_days(civil_day(known.since, &known.zone), -1);
    (first, plus_days(civil_day(now, &known.zone), 1))
}

/// `a_name_like_this`.
pub fn is_metric(name: &str) -> bool {
    let plain = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
    name.len() <= NAME && name.starts_with(|letter: char| letter.is_ascii_lowercase()) && name.bytes().all(plain)
}

/// Days of some services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// By the program's ids.
    pub services: Vec<String>,
    /// The first day.
    pub from: Date,
    /// The last day; none while it goes on.
    pub to: Option<Date>,
}

/// The days of a trial, with what it tries, and what it tried until an edit took it away; none of one that never ran.
pub fn windows(trial: &Trial, zone: &TimeZone, program: &Program) -> Vec<Window> {
    let Some(whole) = window(trial, zone, program) else {
        return Vec::new();
    };
    let gone = trial.tried.iter().map(|(id, on)| Window {
        services: names(program, id),
        to: Some(whole.to.map_or(*on, |to| to.min(*on))),
        ..whole.clone()
    });
    let gone: Vec<Window> = gone.collect();
    let mut all = vec![whole];
    all.extend(gone);
    all
}

fn window(trial: &Trial, zone: &TimeZone, program: &Program) -> Option<Window> {
    let day = |at: &Timestamp| civil_day(*at, zone);
    let to = match &trial.state {
        State::Provisioning | State::Active(_) | State::Expired(_) => None,
        State::Converted { at, .. } | State::Removed { at, .. } => Some(day(at)),
        State::Cancelled { on, term, .. } => Some(term.as_ref().map(|_| *on)?),
        State::PendingConsent { .. }
        | State::PendingProvisioningDetails
        | State::PendingApproval
        | State::Declined { .. }
        | State::Lapsed { .. } => return None,
    };
    // What was provisioned first ran before the trial's days began (PROV-1); after a consent not before that.
    let begun = trial.consent.as_ref().map_or(trial.created_at, |consent| consent.at);
    // Who came to be with the trial has no days before it that are somebody else's; a service's clock may be behind.
    let behind = i64::from(trial.origin == Origin::New);
    Some(Window {
        services: trial.service_ids().iter().flat_map(|id| names(program, id)).collect(),
        from: plus_days(civil_day(begun, zone), -behind),
        to,
    })
}

/// ORG-9: what a partner sees of a customer's figures: the days of its own trials, and what was bought through it since.
pub fn of_partner<'t>(
    partner: &OrgId,
    trials: impl Iterator<Item = &'t Trial>,
    purchased: &[Purchase],
    zone: &TimeZone,
    program: &Program,
) -> Vec<Window> {
    let own = trials.filter(|trial| trial.partner == *partner);
    let mut windows: Vec<Window> = own.flat_map(|trial| windows(trial, zone, program)).collect();
    let through = purchased
        .iter()
        .filter(|purchase| purchase.partner.as_ref() == Some(partner));
    windows.extend(through.map(|purchase| Window {
        services: names(program, &purchase.service),
        from: purchase.since,
        to: None,
    }));
    windows
}

fn runs_or_ran(trial: &Trial) -> bool {
    match &trial.state {
        State::Provisioning
        | State::Active(_)
        | State::Expired(_)
        | State::Converted { .. }
        | State::Removed { .. } => true,
        State::Cancelled { term, .. } => term.is_some(),
        State::PendingConsent { .. }
        | State::PendingProvisioningDetails
        | State::PendingApproval
        | State::Declined { .. }
        | State::Lapsed { .. } => false,
    }
}
