//! The timeline: what was done, now, what is planned. An ordered list for everyone, drawn to scale where there is room.

use super::{
    Scale,
    scale::{Reach, day_of, has_grace},
};
use crate::words::Words;
use app::view::PlanItem;
use domain::{
    notify::Audience,
    time::{civil_day, end_of},
    trial::{MilestoneKind, State, Trial},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Serialize;

/// A timeline.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Timeline {
    items: Vec<Item>,
    scale: Option<Scale>,
    /// Whose days these are, where the reader's clocks differ.
    zone: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Item {
    /// `done`, `now`, `planned`, `skipped`, `held`, `due`.
    tense: String,
    icon: &'static str,
    when: String,
    /// How far that is.
    far: Option<String>,
    title: String,
    text: Option<String>,
    to: Option<String>,
    rule: Option<String>,
}

/// What a timeline is made from.
pub(crate) struct Source<'a> {
    pub(crate) words: &'a Words,
    pub(crate) plan: &'a [PlanItem],
    /// The customer's zone.
    pub(crate) zone: &'a str,
    pub(crate) now: Timestamp,
    pub(crate) reach: Option<Reach>,
}

/// What was done, and is no milestone of the plan.
pub(crate) struct Done {
    at: Timestamp,
    on: Date,
    icon: &'static str,
    title: String,
}

/// CONV: the order of a trial, and what became of it.
pub(crate) fn bought(words: &Words, trial: &Trial, now: Timestamp) -> Vec<Done> {
    let zone = TimeZone::get(&trial.zone).unwrap_or(TimeZone::UTC);
    let converted = match &trial.state {
        State::Converted { at, .. } => Some(*at),
        _ => None,
    };
    let day = |on: Date, title: &str| Done {
        // Of an order the day is known, and that it came before it was set up.
        at: end_of(on, &zone).min(converted.unwrap_or(now)),
        on,
        icon: "card",
        title: words.say(title),
    };
    let mut done = Vec::new();
    if let Some(mark) = &trial.order {
        done.push(day(mark.placed_on, "event-order-placed"));
        done.extend(mark.closed_on.map(|on| day(on, "event-order-closed")));
    }
    done.extend(converted.map(|at| Done {
        at,
        ..day(civil_day(at, &zone), "status-converted")
    }));
    done
}

impl Source<'_> {
    pub(crate) fn timeline(&self) -> Timeline {
        self.timeline_with(Vec::new())
    }

    /// The same with what was done besides, the earliest first.
    pub(crate) fn timeline_with(&self, done: Vec<Done>) -> Timeline {
        // ORG-9: before the customer has accepted, its zone is not told: days are the reader's own.
        if self.plan.iter().any(|item| item.kind == MilestoneKind::ConsentLapses) {
            return self.asked(done);
        }
        let zone = TimeZone::get(self.zone).unwrap_or(TimeZone::UTC);
        let mut timeline = self.listed(&zone, done);
        if zone.to_offset(self.now) != self.words.zone.to_offset(self.now) {
            let name = self.words.zone_name(self.zone);
            timeline.zone = Some(self.words.t("timeline-zone", &[("zone", name.into())]));
        }
        timeline
    }

    fn asked(&self, done: Vec<Done>) -> Timeline {
        let mine = |item: &PlanItem| PlanItem {
            on: item.at.map(|at| self.words.today(at)),
            ..item.clone()
        };
        let plan: Vec<PlanItem> = self.plan.iter().map(mine).collect();
        let zone = self.words.zone.clone();
        Source {
            plan: &plan,
            zone: zone.iana_name().unwrap_or("UTC"),
            ..*self
        }
        .listed(&zone, done)
    }

    fn listed(&self, zone: &TimeZone, done: Vec<Done>) -> Timeline {
        let mut items: Vec<Item> = Vec::new();
        let mut said_now = false;
        let mut done = done.into_iter().peekable();
        for item in self.plan {
            let ahead = item.state == "planned" || item.at.is_none_or(|at| at > self.now);
            let before = |one: &Done| ahead || item.at.is_none_or(|at| one.at <= at);
            while let Some(one) = done.next_if(before) {
                items.push(self.past(one));
            }
            if ahead && !said_now {
                items.push(self.present(zone));
                said_now = true;
            }
            items.push(self.item(item, zone));
        }
        items.extend(done.map(|one| self.past(one)));
        if !said_now {
            items.push(self.present(zone));
        }
        Timeline {
            items,
            scale: Scale::new(self.words, self.plan, self.now, self.reach),
            zone: None,
        }
    }

    fn past(&self, done: Done) -> Item {
        Item {
            tense: "done".to_owned(),
            icon: done.icon,
            when: i18n::date(self.words.language, done.on),
            far: None,
            title: done.title,
            text: None,
            to: None,
            rule: None,
        }
    }

    fn present(&self, zone: &TimeZone) -> Item {
        Item {
            tense: "now".to_owned(),
            icon: "dot",
            when: i18n::date(self.words.language, civil_day(self.now, zone)),
            far: None,
            title: self.words.say("timeline-now"),
            text: None,
            to: None,
            rule: None,
        }
    }

    fn item(&self, item: &PlanItem, zone: &TimeZone) -> Item {
        let words = self.words;
        let id = format!("milestone-{}", item.kind.as_str().replace('_', "-"));
        let today = civil_day(self.now, zone);
        let day = day_of(item);
        let done = item.state == "done" || item.state == "skipped";
        let closes = item.kind == MilestoneKind::Removed && !has_grace(self.plan);
        let rule = i18n::complete(words.language, &format!("{id}.rule"), &[]);
        Item {
            icon: icon(item.kind),
            when: self.when(item),
            far: day.filter(|_| !done).map(|day| words.distance(today, day)),
            title: words.say(if closes { "overview-closes" } else { &id }),
            text: i18n::complete(words.language, &format!("{id}.text"), &[]),
            to: self.recipients(item),
            rule: rule.filter(|_| !closes),
            tense: item.state.clone(),
        }
    }

    fn when(&self, item: &PlanItem) -> String {
        let Some(day) = day_of(item) else {
            use MilestoneKind::{DeviceEnds, DeviceReturnDue, DeviceReturnOpens, ReturnOverdue};
            let lent = [DeviceReturnOpens, DeviceEnds, DeviceReturnDue, ReturnOverdue].contains(&item.kind);
            return self
                .words
                .say(if lent { "timeline-open-lent" } else { "timeline-open" });
        };
        let date = i18n::date(self.words.language, day);
        if item.on != Some(day) {
            return self.words.t("timeline-end-of", &[("date", date.into())]);
        }
        match item.at.filter(|_| item.kind.is_notice()) {
            Some(at) => {
                let zone = TimeZone::get(self.zone).unwrap_or(TimeZone::UTC);
                let local = at.to_zoned(zone);
                let time = format!("{:02}:{:02}", local.hour(), local.minute());
                self.words
                    .t("timeline-at", &[("date", date.into()), ("time", time.into())])
            }
            None => date,
        }
    }

    fn recipients(&self, item: &PlanItem) -> Option<String> {
        let audience = |(audience, count): &(Audience, u32)| {
            self.words.t(
                &format!("audience-{}", audience.as_str().replace('_', "-")),
                &[("count", (*count).into())],
            )
        };
        // How many a customer's are is told once it has accepted (ORG-9); until then only that they are.
        let asked = self.plan.iter().any(|one| one.kind == MilestoneKind::ConsentLapses);
        let line = |(whom, count): &(Audience, u32)| match whom {
            Audience::CustomerAdministrators | Audience::CustomerUsers if asked => Some(
                self.words
                    .say(&format!("audience-{}-some", whom.as_str().replace('_', "-"))),
            ),
            _ => (*count > 0).then(|| audience(&(*whom, *count))),
        };
        let all: Vec<String> = item.recipients.iter().filter_map(line).collect();
        (!all.is_empty()).then(|| self.words.t("timeline-to", &[("people", self.words.list(&all).into())]))
    }
}

fn icon(kind: MilestoneKind) -> &'static str {
    match kind {
        MilestoneKind::ConsentLapses => "hourglass",
        MilestoneKind::Started => "play",
        MilestoneKind::ExpiryReminder
        | MilestoneKind::ExpiryNotice
        | MilestoneKind::AccessEndedNotice
        | MilestoneKind::DeviceReturnOpens
        | MilestoneKind::ReturnOverdue
        | MilestoneKind::OrderReminder => "mail",
        MilestoneKind::Expires | MilestoneKind::DeviceEnds | MilestoneKind::OrderCloses => "flag",
        MilestoneKind::DeviceReturnDue => "hourglass",
        MilestoneKind::Removed => "door",
        MilestoneKind::NumbersReleased => "phone",
    }
}
