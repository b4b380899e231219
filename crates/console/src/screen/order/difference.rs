//! CONV-5: what is kept, lost, new, fewer: a part of several pages.

use crate::words::Words;
use domain::{
    order::{Difference, DifferenceLine, Holder},
    program::Program,
};
use serde::Serialize;

/// So many people are named; the others are counted.
const NAMED: usize = 20;

/// The values of `parts/difference.html`.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct DifferencePart {
    groups: Vec<Group>,
}

#[derive(Clone, Debug, Serialize)]
struct Group {
    kind: &'static str,
    icon: &'static str,
    about: String,
    rows: Vec<Row>,
}

#[derive(Clone, Debug, Serialize)]
struct Row {
    name: String,
    text: String,
    people: Option<String>,
}

/// Something assigned that would go, with a box of its own.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Loss {
    pub(crate) id: String,
    text: String,
    people: String,
    pub(crate) ticked: bool,
}

impl DifferencePart {
    pub(crate) fn of(words: &Words, difference: &Difference, program: &Program) -> Self {
        let groups = [
            ("kept", "check", &difference.kept),
            ("lost", "minus-circle", &difference.lost),
            ("fewer", "alert", &difference.fewer),
            ("new", "plus", &difference.new),
        ];
        let group = |(kind, icon, lines): (&'static str, &'static str, &Vec<DifferenceLine>)| Group {
            kind,
            icon,
            about: words.say(about(kind, lines)),
            rows: lines.iter().map(|line| row(words, kind, line, program)).collect(),
        };
        Self {
            groups: groups
                .into_iter()
                .filter(|(.., lines)| !lines.is_empty())
                .map(group)
                .collect(),
        }
    }
}

/// What the group means; who loses something may not be for the reader to know.
fn about(kind: &str, lines: &[DifferenceLine]) -> &'static str {
    match kind {
        "kept" => "difference-kept-text",
        "lost" => "difference-lost-text",
        "new" => "difference-new-text",
        _ if lines.iter().any(|line| line.surplus.is_empty()) => "difference-fewer-unnamed",
        _ => "difference-fewer-text",
    }
}

fn row(words: &Words, kind: &str, line: &DifferenceLine, program: &Program) -> Row {
    let number = |count: Option<u32>| words.number(count.unwrap_or(0));
    let values = [
        ("before", number(line.trial).into()),
        ("after", number(line.ordered).into()),
        ("assigned", line.assigned.into()),
    ];
    let [before, after, assigned] = values;
    let licences = |count: Option<u32>| words.t("licences", &[("count", count.unwrap_or(0).into())]);
    let text = match kind {
        "lost" => words.t("difference-lost-row", &[before, assigned]),
        "fewer" => words.t("difference-fewer-row", &[after, assigned]),
        "kept" if line.trial != line.ordered => words.t("difference-quantities", &[before, after]),
        _ => licences(line.ordered),
    };
    let people = people(words, &line.surplus);
    Row {
        name: words.service(&line.service, program),
        text,
        people: (!people.is_empty()).then(|| words.t("difference-people", &[("people", people.into())])),
    }
}

/// Their names, `a, b and 3 more people`.
fn people(words: &Words, surplus: &[Holder]) -> String {
    let mut names: Vec<String> = surplus.iter().take(NAMED).map(|one| i18n::tame(&one.name)).collect();
    let more = surplus.len().saturating_sub(NAMED);
    if more > 0 {
        names.push(words.t("set-up-loss-more", &[("count", more.into())]));
    }
    words.list(&names)
}

/// Nothing assigned is dropped without being named.
pub(crate) fn losses(words: &Words, difference: &Difference, program: &Program) -> Vec<Loss> {
    let loss = |line: &DifferenceLine| {
        let id = if line.ordered.is_some() {
            "set-up-loss-fewer"
        } else {
            "set-up-loss-service"
        };
        let service = words.service(&line.service, program);
        let people = people(words, &line.surplus);
        Loss {
            id: line.service.clone(),
            text: words.t(id, &[("service", service.into())]),
            people: words.t("set-up-loss-people", &[("people", people.into())]),
            ticked: false,
        }
    };
    difference.reduced().map(loss).collect()
}
