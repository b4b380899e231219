//! Lent devices (DEV, EXT-4): what everybody sees of them, and the pages of each who has to do with them.

pub(crate) mod control;
pub(crate) mod longer;
pub(crate) mod look_up;
pub(crate) mod partner;
pub(crate) mod returns;
pub(crate) mod sheet;
pub(crate) mod shipments;

use crate::{part::Chip, web::Fields, words::Words};
use app::{
    PageRequest, Place,
    shipment::{DeviceExtensionView, LineView, ReturnView, ShipmentView, Way},
};
use domain::{program::Program, shipment::ReturnStatus, trial::Status};
use i18n::Language;
use jiff::civil::Date;
use serde::Serialize;

/// So many stand on a page.
const ROWS: usize = 50;

/// A shipment as it stands on a page: the values of `parts/loan.html`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Loan {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) chip: Chip,
    pub(crate) customer: String,
    pub(crate) partner: String,
    /// Where its trial is, for those who manage it.
    pub(crate) trial: String,
    pub(crate) facts: Vec<(String, String)>,
    /// DEV-5: both dates, named apart.
    pub(crate) dates: Vec<(String, String)>,
    /// Type, serial, and when it came back.
    pub(crate) serials: Vec<(String, String, Option<String>)>,
    pub(crate) note: Option<String>,
    pub(crate) decision: Option<String>,
    pub(crate) longer: Vec<Longer>,
    /// EXT-4: one of them waits for its decision.
    pub(crate) waits: bool,
    /// DEV-5: while they are not shipped: when their end date will be known.
    pub(crate) ahead: Option<String>,
    pub(crate) back: Option<Back>,
    pub(crate) version: i64,
}

/// The way back (DEV-6, DEV-7).
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Back {
    pub(crate) id: String,
    pub(crate) rma: String,
    pub(crate) said: String,
    pub(crate) steps: Vec<String>,
    pub(crate) carrier: String,
    pub(crate) ask: Option<String>,
    /// Something is still out.
    pub(crate) out: bool,
    /// Returns are accepted, and it is not open yet.
    pub(crate) can_open: bool,
    /// The way back has labels that can be had again.
    pub(crate) labels: bool,
    pub(crate) label_asked: Option<String>,
    /// How many days longer are possible (EXT-4).
    pub(crate) longer: i64,
    pub(crate) latest: String,
}

/// A request to keep devices longer.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Longer {
    pub(crate) text: String,
    pub(crate) chip: Chip,
}

/// A view of a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Tab {
    pub(crate) label: String,
    pub(crate) url: String,
    pub(crate) current: bool,
}

fn tabs(words: &Words, path: &str, key: &str, ids: &[&str], current: &str) -> Vec<Tab> {
    // A request is approved, a shipment is to be shipped: two words for one id.
    let label = |id: &str| match id {
        "" | "all" if key == "state" => words.say("approvals-all"),
        "" | "all" => words.say("devices-tab-all"),
        id if key == "state" => words.say(&format!("device-longer-{id}")),
        id => words.say(&format!("devices-tab-{id}")),
    };
    let tab = |id: &&str| Tab {
        label: label(id),
        url: super::address(path, &[(key, id)]),
        current: *id == current,
    };
    ids.iter().map(tab).collect()
}

/// The page of a list that is asked for.
fn asked_page(query: &Fields) -> PageRequest {
    PageRequest {
        after: query.get("after").and_then(crate::screen::place),
        limit: ROWS,
    }
}

/// Where the next page of a list is.
fn next_page(path: &str, pairs: &[(&str, &str)], next: Option<&Place>) -> Option<String> {
    let after = crate::screen::cursor(next?)?;
    let mut pairs = pairs.to_vec();
    pairs.push(("after", &after));
    Some(super::address(path, &pairs))
}

/// Regions that did not answer, in words.
fn down(words: &Words, regions: &[String], program: &Program) -> Option<String> {
    let names: Vec<String> = regions.iter().map(|region| words.region(region, program)).collect();
    (!names.is_empty()).then(|| words.t("customers-unavailable", &[("regions", words.list(&names).into())]))
}

fn day(words: &Words, date: Date) -> String {
    i18n::date(words.language, date)
}

fn count(words: &Words, lines: &[LineView]) -> String {
    let one = |line: &LineView| {
        let args = [("count", line.quantity.into()), ("device", line.name.as_str().into())];
        words.t("device-count", &args)
    };
    words.list(&lines.iter().map(one).collect::<Vec<_>>())
}

fn chip(tone: &'static str, icon: &'static str, text: String) -> Chip {
    Chip {
        tone,
        icon,
        text,
        rest: None,
    }
}

/// A shipment in one line: both dates, named apart (DEV-5).
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Brief {
    title: String,
    chip: Chip,
    dates: String,
}

impl Brief {
    pub(crate) fn of(words: &Words, view: &ShipmentView) -> Self {
        let pair = |label: &str, date: Date| {
            let args = [("label", words.say(label).into()), ("value", words.medium(date).into())];
            words.t("email-row", &args)
        };
        let mut dates = Vec::new();
        match view.returned.as_ref() {
            Some(back) if back.status == ReturnStatus::Complete => {}
            Some(back) => {
                dates.push(pair("device-ends", back.device_ends_on));
                dates.push(pair("device-return-due", back.due_on));
            }
            None => dates.push(words.say("device-ends-later")),
        }
        dates.extend(expiry(view).map(|date| pair("device-trial-ends", date)));
        Self {
            title: count(words, &view.lines),
            chip: status(words, view),
            dates: dates.join(" · "),
        }
    }
}

/// The trial's expiry date; what was bought has none any more (CONV-7).
fn expiry(view: &ShipmentView) -> Option<Date> {
    view.trial_ends_on.filter(|_| view.trial_status != Status::Converted)
}

fn status(words: &Words, view: &ShipmentView) -> Chip {
    if let Some(back) = &view.returned {
        return return_status(words, back);
    }
    let (tone, icon) = match view.shipment.status() {
        "requested" => ("wait", "pause"),
        "approved" => ("wait", "gear"),
        _ => ("calm", "minus-circle"),
    };
    chip(tone, icon, words.say(&format!("device-is-{}", view.shipment.status())))
}

fn return_status(words: &Words, view: &ReturnView) -> Chip {
    let late = view.days_overdue.unwrap_or(0);
    match view.status {
        ReturnStatus::Planned => chip("good", "check-circle", words.say("device-is-out")),
        ReturnStatus::Open => {
            let due = words.medium(view.due_on);
            chip("warn", "clock", words.t("device-is-due", &[("date", due.into())]))
        }
        ReturnStatus::Overdue => chip("bad", "alert", words.t("device-is-overdue", &[("days", late.into())])),
        ReturnStatus::Complete => chip("calm", "check", words.say("device-is-back")),
    }
}

impl Loan {
    pub(crate) fn of(words: &Words, view: &ShipmentView, program: &Program) -> Self {
        Self {
            id: view.id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
            title: count(words, &view.lines),
            chip: status(words, view),
            customer: words.customer(&view.customer.1),
            partner: i18n::tame(&view.partner.1),
            trial: view.trial_id.0.clone(),
            facts: facts(words, view, program),
            dates: dates(words, view),
            serials: view
                .returned
                .as_ref()
                .map(|back| serials(words, back))
                .unwrap_or_default(),
            note: view.note.as_deref().map(i18n::tame),
            decision: view.decision.as_deref().map(i18n::tame),
            longer: view.extensions.iter().map(|one| longer(words, one)).collect(),
            waits: view
                .extensions
                .iter()
                .any(|one| one.extension.state.as_str() == "pending"),
            ahead: matches!(view.shipment.status(), "requested" | "approved").then(|| {
                let most = program.policy.device_days;
                words.t("device-two-dates-ahead", &[("days", most.into())])
            }),
            back: view.returned.as_ref().map(|back| way_back(words, view, back)),
            version: view.version,
        }
    }
}

/// DEV-4.
fn facts(words: &Words, view: &ShipmentView, program: &Program) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    let mut add = |label: &str, value: Option<String>| facts.extend(value.map(|value| (words.say(label), value)));
    let loan = view.shipment.loan();
    add("device-order", loan.map(|loan| loan.order_number.clone()));
    add(
        "device-carrier",
        view.carrier.as_ref().map(|(_, name)| i18n::tame(name)),
    );
    add("device-tracking", view.tracking.as_deref().map(i18n::tame));
    add("device-shipped-on", loan.map(|loan| day(words, loan.shipped_on)));
    if loan.is_none() {
        add("device-asked", Some(words.stamp(view.shipment.requested_at)));
    }
    let poe = view.shipment.site_has_poe;
    add(
        "device-poe-at",
        poe.map(|poe| words.say(if poe { "yes" } else { "device-poe-none" })),
    );
    add("device-to", view.ship_to.as_ref().map(|to| address(words, to, program)));
    facts
}

/// Line by line, as one writes it in the reader's language: from the person to the country, or from the large to the
/// small.
fn address(words: &Words, to: &domain::trial::ShipTo, program: &Program) -> String {
    let country = to.country.as_deref().map(|id| words.country(id, Some(program)));
    let town = [&to.postal_code, &to.city]
        .into_iter()
        .flatten()
        .cloned()
        .collect::<Vec<_>>();
    let (name, town, phone) = (to.name.clone(), Some(town.join(" ")), to.phone.clone());
    let street = to.lines.iter().flatten().cloned().map(Some);
    let lines: Vec<Option<String>> = match words.language {
        Language::En | Language::Fr => [name].into_iter().chain(street).chain([town, country, phone]).collect(),
        Language::ZhHant => [country, town].into_iter().chain(street).chain([name, phone]).collect(),
    };
    let lines = lines.into_iter().flatten().map(|line| i18n::tame(&line));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// DEV-5, DEV-6: the device end date and the trial's expiry date, never under one name.
fn dates(words: &Words, view: &ShipmentView) -> Vec<(String, String)> {
    let mut dates = Vec::new();
    if let Some(back) = &view.returned {
        dates.push((words.say("device-ends"), day(words, back.device_ends_on)));
        dates.push((words.say("device-return-opens"), day(words, back.opens_on)));
        dates.push((words.say("device-return-due"), day(words, back.due_on)));
    }
    let trial = expiry(view).map(|date| day(words, date));
    dates.extend(trial.map(|trial| (words.say("device-trial-ends"), trial)));
    dates
}

/// What a type is called.
fn name(lines: &[LineView], id: &str) -> String {
    let known = lines.iter().find(|line| line.device_type == id);
    known.map_or_else(|| id.to_owned(), |line| line.name.clone())
}

fn serials(words: &Words, view: &ReturnView) -> Vec<(String, String, Option<String>)> {
    let back = |serial: &str| {
        let found = view.received.iter().find(|one| one.serial == serial);
        found.map(|one| words.t("device-came", &[("date", words.medium(one.on).into())]))
    };
    let all = view.expected.iter();
    all.map(|one| {
        (
            name(&view.lines, &one.device_type),
            one.serial.clone(),
            back(&one.serial),
        )
    })
    .collect()
}

/// What one does, in the reader's language.
pub(super) fn steps(words: &Words, way: Option<&Way>) -> Vec<String> {
    let steps = way.map(|way| way.steps.as_slice()).unwrap_or_default();
    steps.iter().map(|step| words.pick(step)).collect()
}

fn way_back(words: &Words, view: &ShipmentView, back: &ReturnView) -> Back {
    let (came, all) = (back.received.len(), back.expected.len());
    let way = back.way.as_ref();
    let ask = way.map(|way| {
        let ways = [way.phone.clone(), way.url.clone(), Some(way.contact.clone())];
        ways.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    });
    Back {
        id: back.id.0.clone(),
        rma: back.rma.clone(),
        said: words.t("device-came-of", &[("came", came.into()), ("all", all.into())]),
        steps: steps(words, way),
        carrier: way.map(|way| i18n::tame(&way.name)).unwrap_or_default(),
        ask,
        out: back.status != ReturnStatus::Complete,
        can_open: back.status == ReturnStatus::Planned && back.today >= back.opens_on,
        labels: way.is_some_and(|way| way.new_labels),
        label_asked: back.label_asked_on.map(|date| words.medium(date)),
        longer: possible(view, back),
        latest: day(words, view.latest_ends_on),
    }
}

/// EXT-4: as many days more are possible; none where they fall due with their trial (CANC-2).
fn possible(view: &ShipmentView, back: &ReturnView) -> i64 {
    let falls_due = view.shipment.loan().is_some_and(|loan| loan.due_by.is_some());
    let left = domain::time::days_between(back.device_ends_on, view.latest_ends_on);
    if falls_due { 0 } else { left.max(0) }
}

fn longer(words: &Words, view: &DeviceExtensionView) -> Longer {
    let state = view.extension.state.as_str();
    let (tone, icon) = match state {
        "pending" => ("wait", "pause"),
        "approved" => ("good", "check-circle"),
        "refused" => ("bad", "minus-circle"),
        _ => ("calm", "minus-circle"),
    };
    let args = [
        ("days", view.extension.days.into()),
        ("date", words.medium(view.would_end_on).into()),
    ];
    Longer {
        text: words.t("device-longer-line", &args),
        chip: chip(tone, icon, words.say(&format!("device-longer-{state}"))),
    }
}
