//! EXT: before and after side by side, on one scale; the button names the outcome.

use super::seen;
use crate::{
    Console,
    frame::{page, page_with},
    part::{Faults, Scale, scale::Reach},
    template::View,
    web::{Failure, Form, Query, Signed, Visitor, see},
    words::Words,
};
use app::{
    Command, Error, Guard,
    view::{Outcome, PlanItem},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{time::days_between, trial::Extend};
use serde::Serialize;

/// The values of `trial/extend.html`.
#[derive(Serialize)]
pub(crate) struct ExtendPage {
    pub(crate) id: String,
    pub(crate) customer: String,
    pub(crate) faults: Faults,
    /// Days, in words, chosen.
    pub(crate) lengths: Vec<(i64, String, bool)>,
    pub(crate) days: i64,
    pub(crate) reason: String,
    pub(crate) comparison: Option<Comparison>,
    pub(crate) version: i64,
    /// EXT-3: the trials team decides.
    pub(crate) by_approval: bool,
}

/// Before and after.
#[derive(Serialize)]
pub(crate) struct Comparison {
    /// What, before, after, and whether it moves.
    pub(crate) rows: Vec<(String, String, String, bool)>,
    pub(crate) before: Option<Scale>,
    pub(crate) after: Option<Scale>,
    /// Days gained; negative when it shortens.
    pub(crate) gained: i64,
    pub(crate) said: String,
    pub(crate) button: String,
    pub(crate) has_devices: bool,
    /// DEV-5: devices on loan, whose own date stays.
    pub(crate) devices_out: usize,
}

impl View for ExtendPage {
    const TEMPLATE: &'static str = "trial/extend.html";
}

struct Wish {
    days: Option<i64>,
    reason: String,
    shorten: bool,
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Response, Failure> {
    let wish = Wish {
        days: query.number("days"),
        reason: String::new(),
        shorten: false,
    };
    shown(&console, &signed, &id, wish, None).await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    id: &str,
    wish: Wish,
    refused: Option<Faults>,
) -> Result<Response, Failure> {
    let Signed { visitor, actor, words } = signed;
    let seen = seen(console, actor, id).await?;
    let lengths = &seen.program.extension_days;
    let days = wish.days.or(lengths.first().map(|days| i64::from(*days))).unwrap_or(30);
    let extend = Extend {
        days: Some(days),
        allow_shorten: true,
        reason: None,
    };
    let now_plan = console.app.trial_plan(actor, &seen.id).await?;
    let tried = console
        .app
        .execute(actor, &seen.id, &Command::Extend(extend), &super::super::dry())
        .await;
    let (comparison, faults) = match tried {
        Ok(outcome) => (Some(compare(words, &outcome, &now_plan, seen.now)), Faults::default()),
        Err(Error::Refused(refusal)) if refusal.code.status() != 403 => (None, Faults::of(words.language, &refusal)),
        Err(error) => return Err(error.into()),
    };
    let failed = refused.is_some();
    let view = ExtendPage {
        id: seen.id.0.clone(),
        customer: i18n::tame(&seen.view.customer_name),
        faults: refused.unwrap_or(faults),
        lengths: lengths
            .iter()
            .map(|length| i64::from(*length))
            .map(|length| (length, words.t("days", &[("days", length.into())]), length == days))
            .collect(),
        days,
        reason: wish.reason,
        comparison,
        version: seen.view.version,
        by_approval: seen.program.policy.extension_needs_approval,
    };
    answer(console, visitor, words, failed, &view)
}

fn answer(
    console: &Console,
    visitor: &Visitor,
    words: &Words,
    failed: bool,
    view: &ExtendPage,
) -> Result<Response, Failure> {
    let title = words.say("extend-title");
    if failed {
        page_with(StatusCode::UNPROCESSABLE_ENTITY, console, visitor, title, view)
    } else {
        page(console, visitor, title, view)
    }
}

/// What moves and what stays, from the same dry run.
pub(crate) fn compare(words: &Words, outcome: &Outcome, before: &[PlanItem], now: jiff::Timestamp) -> Comparison {
    let after = outcome.plan.as_deref().unwrap_or_default();
    let reach = Reach::of(before.iter().chain(after), now);
    let ends = |view: Option<&app::view::TrialView>| view.and_then(|view| view.trial.term().map(|term| term.ends_on));
    let (old, new) = (ends(outcome.before.as_ref()), ends(Some(&outcome.trial)));
    let gained = old.zip(new).map_or(0, |(old, new)| days_between(old, new));
    let said = match gained {
        0 => words.say("extend-same"),
        gained if gained < 0 => words.t("extend-loses", &[("days", (-gained).into())]),
        gained => words.t("extend-gains", &[("days", gained.into())]),
    };
    let date = new.map(|day| words.medium(day)).unwrap_or_default();
    Comparison {
        rows: rows(words, before, after),
        before: Scale::new(words, before, now, reach),
        after: Scale::new(words, after, now, reach),
        gained,
        said,
        button: words.t(
            if gained < 0 {
                "extend-button-shorten"
            } else {
                "extend-button"
            },
            &[("date", date.into())],
        ),
        has_devices: outcome.trial.trial.devices.is_some(),
        devices_out: outcome
            .trial
            .trial
            .loans_out()
            .map(|(_, loan)| loan.missing().count())
            .sum(),
    }
}

fn rows(words: &Words, before: &[PlanItem], after: &[PlanItem]) -> Vec<(String, String, String, bool)> {
    let ahead = |items: &[PlanItem], kind| {
        items
            .iter()
            .rev()
            .find(|item| item.kind == kind && item.state != "skipped")
            .and_then(|item| Some((crate::part::scale::day_of(item)?, item.state == "done")))
    };
    let mut rows = Vec::new();
    for kind in domain::trial::MilestoneKind::ALL {
        let (old, new) = (ahead(before, *kind), ahead(after, *kind));
        let done = old.is_some_and(|(_, done)| done) && old == new;
        if (old.is_none() && new.is_none()) || done {
            continue;
        }
        let day = |found: Option<(jiff::civil::Date, bool)>| {
            found.map_or_else(|| words.say("extend-none"), |(day, _)| words.medium(day))
        };
        let title = words.say(&format!("milestone-{}", kind.as_str().replace('_', "-")));
        rows.push((title, day(old), day(new), old.map(|o| o.0) != new.map(|n| n.0)));
    }
    rows
}

pub(crate) async fn extend(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let wish = Wish {
        days: fields.number("days"),
        reason: fields.owned("reason").unwrap_or_default(),
        shorten: fields.has("shorten"),
    };
    let reason = fields.get("reason").map(domain::text::note).transpose();
    let seen_version = fields.number("version");
    let trial = super::super::id(domain::ids::TrialId::parse(&id))?;
    let result = match reason {
        Ok(reason) => {
            let extend = Extend {
                days: wish.days,
                allow_shorten: wish.shorten,
                reason,
            };
            let guard: Guard = super::super::seen(seen_version);
            console
                .app
                .execute(&signed.actor, &trial, &Command::Extend(extend), &guard)
                .await
        }
        Err(code) => Err(Error::field("/reason", code)),
    };
    match result {
        Ok(outcome) => {
            let done = if !outcome.changed {
                "unchanged"
            } else if outcome.trial.trial.extension_asked.is_some() {
                "extension-asked"
            } else {
                "extended"
            };
            Ok(see(&format!("/partner/trials/{trial}?done={done}")))
        }
        Err(Error::Refused(refusal)) if [409, 412, 422].contains(&refusal.code.status()) => {
            let faults = Faults::of(signed.words.language, &refusal);
            shown(&console, &signed, &id, wish, Some(faults)).await
        }
        Err(error) => Err(error.into()),
    }
}
