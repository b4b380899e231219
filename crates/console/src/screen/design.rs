//! Every part in every state: for those who build pages, on demo servers only.

use super::{samples::world, start::Choice};
use crate::{
    Console,
    frame::page,
    part::{Chip, Faults, ServiceChoice, Timeline, chip, timeline::Source},
    template::View,
    web::{Failure, Visitor},
    words::Words,
};
use app::{eligibility::Eligible, view::PlanItem};
use axum::{extract::State, response::Response};
use domain::{
    program::Program,
    refusal::{Code, FieldError, Refusal},
    trial::Status,
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// The values of `design.html`.
#[derive(Serialize)]
pub(crate) struct Design {
    icons: Vec<&'static str>,
    chips: Vec<Chip>,
    faults: Faults,
    options: Vec<Choice>,
    services: Vec<ServiceChoice>,
    timelines: Vec<Timeline>,
    facts: Vec<(String, String)>,
}

impl View for Design {
    const TEMPLATE: &'static str = "design.html";
}

const ICONS: [&str; 38] = [
    "check",
    "check-circle",
    "clock",
    "hourglass",
    "alert",
    "pause",
    "gear",
    "minus-circle",
    "info",
    "people",
    "person",
    "plus",
    "home",
    "card",
    "inbox",
    "mail",
    "phone",
    "flag",
    "door",
    "play",
    "dot",
    "down",
    "download",
    "right",
    "left",
    "forward",
    "globe",
    "flask",
    "search",
    "edit",
    "send",
    "pin",
    "building",
    "key",
    "keys",
    "cross",
    "sort-none",
    "sort-ascending",
];

pub(crate) async fn show(State(console): State<Console>, visitor: Visitor) -> Result<Response, Failure> {
    let words = visitor.words();
    let view = of(&words, &*console.app.program()?);
    page(&console, &visitor, words.say("design-title"), &view)
}

pub(super) fn of(words: &Words, program: &Program) -> Design {
    let more = [
        "expires_soon",
        "purchased",
        "to_be_deleted",
        "provisioned",
        "failed",
        "suspended",
        "withdrawn",
        "waiting",
    ];
    let statuses = Status::ALL.iter().map(|status| status.as_str()).chain(more);
    let errors = vec![
        FieldError::new("/customer/name", Code::Required),
        FieldError::new("/customer/admin_email", Code::InvalidEmail),
    ];
    let verdicts = [
        ("messaging", true, None),
        ("meetings", false, Some("owned")),
        ("contact-center", true, Some("needs_approval")),
    ];
    let service = |(id, eligible, reason): &(&str, bool, Option<&str>)| {
        let verdict = Eligible {
            service: (*id).to_owned(),
            eligible: *eligible,
            reason: reason.map(str::to_owned),
            possible_from: None,
        };
        let found = program.services.iter().find(|service| service.id == *id)?;
        Some(ServiceChoice::of(
            words,
            found,
            program,
            Some(&verdict),
            *id == "messaging",
        ))
    };
    Design {
        icons: ICONS.to_vec(),
        chips: statuses.map(|status| chip::plain(words, status)).collect(),
        faults: Faults::of(words.language, &Refusal::input(errors)),
        options: program
            .verticals
            .iter()
            .take(3)
            .map(|vertical| Choice {
                value: vertical.id.clone(),
                name: words.pick(&vertical.name),
                chosen: false,
            })
            .collect(),
        services: verdicts.iter().filter_map(service).collect(),
        timelines: timelines(words, program),
        facts: vec![
            (words.say("label-ends"), words.say("timeline-now")),
            (words.say("label-region"), words.say("theme-light")),
        ],
    }
}

/// Before its start, in the middle, in grace, on hold, and asked for.
fn timelines(words: &Words, program: &Program) -> Vec<Timeline> {
    let start = world::start();
    let plan = world::plan(program, start, false);
    let at = |days: i64| {
        start
            .checked_add(SignedDuration::from_hours(24 * days))
            .unwrap_or(start)
    };
    let show = |plan: &[PlanItem], now: Timestamp| {
        Source {
            words,
            plan,
            zone: "Europe/Paris",
            now,
            reach: None,
        }
        .timeline()
    };
    let mut held = world::lived(&plan, at(75));
    for item in held.iter_mut().filter(|item| item.kind.is_irreversible()) {
        "held".clone_into(&mut item.state);
    }
    let mut skipped = world::lived(&plan, at(61));
    for item in skipped
        .iter_mut()
        .filter(|item| item.kind == domain::trial::MilestoneKind::ExpiryReminder)
    {
        "skipped".clone_into(&mut item.state);
    }
    vec![
        show(&plan, at(0)),
        show(&world::lived(&plan, at(20)), at(20)),
        show(&skipped, at(61)),
        show(&held, at(75)),
        show(&world::plan(program, start, true), at(3)),
    ]
}
