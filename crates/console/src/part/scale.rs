//! The timeline drawn to scale: places in percent of the width, so that nothing is stretched and no style is needed.

use crate::words::Words;
use app::view::PlanItem;
use domain::{time::plus_days, trial::MilestoneKind};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// A drawing. It repeats what the list says, so readers of screens skip it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Scale {
    spans: Vec<Span>,
    points: Vec<Point>,
    now: Option<Point>,
    /// In pixels.
    height: u32,
}

#[derive(Clone, Debug, Serialize)]
struct Span {
    kind: &'static str,
    x: String,
    width: String,
}

#[derive(Clone, Debug, Serialize)]
struct Point {
    tense: &'static str,
    x: String,
    label: Option<Label>,
}

#[derive(Clone, Debug, Serialize)]
struct Label {
    anchor: &'static str,
    y: u32,
    name: String,
    day: String,
}

/// From when to when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach {
    from: i64,
    to: i64,
}

impl Reach {
    /// What several plans reach together.
    pub(crate) fn of<'p>(items: impl IntoIterator<Item = &'p PlanItem>, now: Timestamp) -> Option<Self> {
        let instants: Vec<i64> = items
            .into_iter()
            .filter_map(|item| Some(item.at?.as_second()))
            .collect();
        let now = now.as_second();
        let from = instants.iter().copied().min()?.min(now);
        let to = instants.iter().copied().max()?.max(now);
        (to > from).then_some(Self { from, to })
    }

    /// In thousandths of the width, with room at both ends.
    fn place(self, at: Timestamp) -> i64 {
        20 + (at.as_second() - self.from) * 960 / (self.to - self.from).max(1)
    }
}

fn percent(thousandths: i64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths.rem_euclid(10))
}

/// The day that a milestone is about: what happens at the end of a day is that day's.
pub(crate) fn day_of(item: &PlanItem) -> Option<Date> {
    let ends = matches!(
        item.kind,
        MilestoneKind::Expires
            | MilestoneKind::Removed
            | MilestoneKind::NumbersReleased
            | MilestoneKind::OrderCloses
            | MilestoneKind::DeviceEnds
            | MilestoneKind::DeviceReturnDue
    );
    item.on.map(|day| if ends { plus_days(day, -1) } else { day })
}

/// Rows of labels, in pixels, and where each is taken up to, in thousandths.
struct Rows([(u32, i64); 3]);

impl Rows {
    fn take(&mut self, from: i64, to: i64) -> Option<u32> {
        let (y, end) = self.0.iter_mut().find(|(_, end)| *end <= from)?;
        *end = to + 12;
        Some(*y)
    }
}

fn width(text: &str) -> i64 {
    text.chars().map(|c| if (c as u32) > 0x2e80 { 18 } else { 10 }).sum()
}

fn label(rows: &mut Rows, place: i64, name: String, day: String) -> Option<Label> {
    let half = (width(&name).max(width(&day)) / 2).max(20);
    let (anchor, from) = match place {
        place if place < half => ("start", place),
        place if place + half > 1000 => ("end", place - 2 * half),
        _ => ("middle", place - half),
    };
    rows.take(from, from + 2 * half).map(|y| Label { anchor, y, name, day })
}

impl Scale {
    pub(crate) fn new(words: &Words, items: &[PlanItem], now: Timestamp, reach: Option<Reach>) -> Option<Self> {
        let reach = reach.or_else(|| Reach::of(items, now))?;
        let mut rows = Rows([(58, 0), (96, 0), (134, 0)]);
        let mut points = Vec::new();
        // The notices of the last day and of the end fall together with what they tell of.
        let told = |item: &PlanItem| item.kind.is_notice() && item.kind != MilestoneKind::ExpiryReminder;
        let known = |item: &&PlanItem| item.at.is_some() && item.state != "skipped" && !told(item);
        for item in items.iter().filter(known) {
            let Some(at) = item.at else { continue };
            let place = reach.place(at);
            let day = day_of(item).map(|day| words.short(day));
            let name = match item.kind {
                MilestoneKind::Removed if !has_grace(items) => words.say("overview-closes.short"),
                kind => words.say(&format!("milestone-{}.short", kind.as_str().replace('_', "-"))),
            };
            let label = day.and_then(|day| label(&mut rows, place, name, day));
            let tense = if item.state == "done" { "done" } else { "planned" };
            points.push(Point {
                tense,
                x: percent(place),
                label,
            });
        }
        let here = reach.place(now);
        let today = words.short(words.today(now));
        let mut above = Rows([(16, 0), (16, 0), (16, 0)]);
        let now = Point {
            tense: "now",
            x: percent(here),
            label: label(&mut above, here, words.say("timeline-now"), today),
        };
        let lowest = points
            .iter()
            .filter_map(|point| point.label.as_ref())
            .map(|label| label.y)
            .max()
            .unwrap_or(42);
        Some(Self {
            spans: spans(items, reach, here),
            points,
            now: Some(now),
            height: lowest + 26,
        })
    }
}

/// Running, then grace, then what rests; each up to now is past.
fn spans(items: &[PlanItem], reach: Reach, now: i64) -> Vec<Span> {
    let at = |kind: MilestoneKind| {
        items
            .iter()
            .rev()
            .find(|item| item.kind == kind && item.state != "skipped")
            .and_then(|item| item.at)
            .map(|at| reach.place(at))
    };
    let stops = [
        (
            "wait",
            Some(20),
            at(MilestoneKind::Started).or(at(MilestoneKind::ConsentLapses)),
        ),
        ("run", at(MilestoneKind::Started), at(MilestoneKind::Expires)),
        ("grace", at(MilestoneKind::Expires), at(MilestoneKind::Removed)),
        ("rest", at(MilestoneKind::Removed), at(MilestoneKind::NumbersReleased)),
    ];
    let mut spans = Vec::new();
    let mut add = |kind, from: i64, to: i64| {
        if to > from {
            spans.push(Span {
                kind,
                x: percent(from),
                width: percent(to - from),
            });
        }
    };
    for (kind, from, to) in stops {
        if let (Some(from), Some(to)) = (from, to) {
            add(kind, from, to);
        }
    }
    let first = at(MilestoneKind::Started).unwrap_or(20);
    add("past", first, now);
    spans
}

/// CANC-2: a trial that was cancelled before its end has none.
pub(super) fn has_grace(plan: &[PlanItem]) -> bool {
    plan.iter().any(|item| item.kind == MilestoneKind::Expires)
}
