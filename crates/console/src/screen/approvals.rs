//! What waits for the trials team (START-2, REG-3, EXT-3).

use super::id as known;
use crate::{
    Console,
    frame::page,
    template::View,
    web::{Failure, Form, Signed, see},
    words::Words,
};
use app::{Error, Guard, PageRequest, approval::ApprovalView};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{ids::ApprovalId, person::Role, program::Program, trial::Subject};
use serde::Serialize;

/// The values of `approvals.html`.
#[derive(Serialize)]
pub(crate) struct Approvals {
    pub(crate) waiting: Vec<Asked>,
    pub(crate) may: bool,
}

/// One of them.
#[derive(Serialize)]
pub(crate) struct Asked {
    id: String,
    what: String,
    why: String,
    partner: String,
    customer: String,
    country: String,
    since: String,
}

impl View for Approvals {
    const TEMPLATE: &'static str = "approvals.html";
}

pub(crate) async fn list(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
) -> Result<Response, Failure> {
    let found = console
        .app
        .approvals(
            &actor,
            "pending",
            &PageRequest {
                after: None,
                limit: 200,
            },
        )
        .await?;
    let program = console.app.program()?;
    let view = Approvals {
        waiting: found.items.iter().map(|view| asked(&words, view, &program)).collect(),
        may: actor.has(Role::TrialsTeam),
    };
    page(&console, &visitor, words.say("approvals-title"), &view)
}

pub(crate) fn asked(words: &Words, view: &ApprovalView, program: &Program) -> Asked {
    let country = words.country(&view.customer_country, Some(program));
    let (what, why) = match &view.approval.subject {
        Subject::Country => (
            words.t("approval-country", &[("country", country.as_str().into())]),
            words.say("approval-country-why"),
        ),
        Subject::Service { id } => (
            words.t("approval-service", &[("service", words.service(id, program).into())]),
            words.say("approval-service-why"),
        ),
        Subject::Extension { days } => (
            words.t("approval-extension", &[("days", (*days).into())]),
            words.say("approval-extension-why"),
        ),
    };
    Asked {
        id: view.approval.id.0.clone(),
        what,
        why,
        partner: i18n::tame(&view.partner_name),
        customer: i18n::tame(&view.customer_name),
        country,
        since: words.stamp(view.approval.requested_at),
    }
}

pub(crate) async fn decide(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let id = known(ApprovalId::parse(&id))?;
    let approved = match fields.get("decision") {
        Some("approve") => true,
        Some("refuse") => false,
        _ => return Err(Error::field("/decision", domain::refusal::Code::Required).into()),
    };
    console
        .app
        .decide_approval(&actor, &id, approved, fields.get("reason"), &Guard::default())
        .await?;
    Ok(see(&format!(
        "/vendor/approvals?done={}",
        if approved { "approved" } else { "refused" }
    )))
}
