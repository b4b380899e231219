//! CANC: a dated list of consequences, and the safe button first. By the partner, and by the customer itself.

use super::{Seen, seen};
use crate::{
    Console,
    frame::page,
    template::View,
    web::{Failure, Form, Signed, see},
    words::Words,
};
use app::{Command, Error, trial::Removal, view::Outcome};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::TrialId,
    time::{civil_day, plus_days},
    trial::{MilestoneKind, Status},
};
use serde::Serialize;

/// The values of `trial/cancel.html`.
#[derive(Serialize)]
pub(crate) struct CancelPage {
    pub(crate) customer: String,
    /// A request that nobody accepted yet is withdrawn, a trial cancelled.
    pub(crate) is_request: bool,
    /// When, and what happens.
    pub(crate) consequences: Vec<(String, String)>,
    pub(crate) back: String,
    pub(crate) action: String,
    pub(crate) version: i64,
}

impl View for CancelPage {
    const TEMPLATE: &'static str = "trial/cancel.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    shown(&console, &signed, &id, "/partner/trials").await
}

pub(crate) async fn show_control(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    shown(&console, &signed, &id, "/control/trials").await
}

async fn shown(
    console: &Console,
    Signed { visitor, actor, words }: &Signed,
    id: &str,
    root: &str,
) -> Result<Response, Failure> {
    let seen = seen(console, actor, id).await?;
    let outcome = console
        .app
        .execute(actor, &seen.id, &Command::Cancel(None), &super::super::dry())
        .await?;
    let removal = console.app.removal(actor, &seen.id).await?;
    let is_request = matches!(seen.view.trial.status(), Status::PendingConsent);
    let view = CancelPage {
        customer: i18n::tame(&seen.view.customer_name),
        is_request,
        consequences: consequences(words, &seen, &outcome, &removal),
        back: if root == "/partner/trials" {
            format!("{root}/{}", seen.id)
        } else {
            "/control/overview".to_owned()
        },
        action: format!("{root}/{}/cancel", seen.id),
        version: seen.view.version,
    };
    page(
        console,
        visitor,
        words.say(if is_request { "withdraw-title" } else { "cancel-title" }),
        &view,
    )
}

/// What stops now, and what goes when: from a dry run of the very cancelling.
pub(crate) fn consequences(words: &Words, seen: &Seen, outcome: &Outcome, removal: &Removal) -> Vec<(String, String)> {
    let at_once = words.say("cancel-now");
    let mut list = Vec::new();
    let ran = seen.view.trial.term().is_some();
    let names = words.list(&words.services(&seen.view.trial.service_ids(), &seen.program));
    if ran {
        list.push((
            at_once.clone(),
            words.t("cancel-services", &[("services", names.into())]),
        ));
    } else {
        list.push((
            at_once.clone(),
            words.t("cancel-request", &[("services", names.into())]),
        ));
    }
    if let Some(site) = removal.site.as_ref().filter(|_| ran) {
        let free = plus_days(
            civil_day(seen.now, &seen.zone),
            i64::from(seen.program.policy.site_rest_days),
        );
        let date = words.date(free, &seen.zone);
        list.push((
            at_once,
            words.t("cancel-site", &[("site", site.into()), ("date", date.into())]),
        ));
    }
    if seen.view.trial.handed_over.is_some() && seen.view.trial.open_order().is_none() {
        list.push((words.say("cancel-now"), words.say("cancel-handed")));
    }
    list.extend(devices(words, seen, outcome));
    for item in outcome.plan.iter().flatten().filter(|item| item.state == "planned") {
        let Some(day) = crate::part::scale::day_of(item) else {
            continue;
        };
        let text = match item.kind {
            MilestoneKind::NumbersReleased => words.say("cancel-numbers"),
            MilestoneKind::Removed => words.t("cancel-organization", &[("users", removal.users.into())]),
            MilestoneKind::AccessEndedNotice => words.say("cancel-users-told"),
            _ => continue,
        };
        list.push((words.date(day, &seen.zone), text));
    }
    list
}

/// CANC-2: what is on loan falls due, what was not shipped yet never is.
fn devices(words: &Words, seen: &Seen, outcome: &Outcome) -> Vec<(String, String)> {
    let mut list = Vec::new();
    for (_, loan) in outcome.trial.trial.loans_out() {
        let date = words.date(loan.return_due_on(&seen.program.policy), &seen.zone);
        let args = [("count", loan.missing().count().into()), ("date", date.into())];
        list.push((words.say("cancel-now"), words.t("cancel-devices-out", &args)));
    }
    if seen
        .view
        .trial
        .shipments
        .iter()
        .any(domain::shipment::Shipment::is_wanted)
    {
        list.push((words.say("cancel-now"), words.say("cancel-devices-wanted")));
    }
    list
}

pub(crate) async fn cancel(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Failure> {
    let trial = cancelled(&console, &signed, &id, form).await?;
    Ok(see(&format!("/partner/trials/{trial}?done=cancelled")))
}

pub(crate) async fn cancel_control(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Failure> {
    cancelled(&console, &signed, &id, form).await?;
    Ok(see("/control/overview?done=cancelled"))
}

async fn cancelled(console: &Console, signed: &Signed, id: &str, Form(fields): Form) -> Result<TrialId, Failure> {
    let trial = super::super::id(TrialId::parse(id))?;
    let reason = fields
        .get("reason")
        .map(domain::text::note)
        .transpose()
        .map_err(|code| Error::field("/reason", code))?;
    let guard = super::super::seen(fields.number("version"));
    console
        .app
        .execute(&signed.actor, &trial, &Command::Cancel(reason), &guard)
        .await?;
    Ok(trial)
}
