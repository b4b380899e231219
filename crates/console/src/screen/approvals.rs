//! What waits for the trials team (START-2, REG-3, EXT-3), and what it decided last.

use super::{address, id as known};
use crate::{
    Console,
    frame::page,
    part::Chip,
    template::View,
    web::{Failure, Form, Query, Signed, see},
    words::Words,
};
use app::{
    Error, Guard, PageRequest,
    approval::{ApprovalFilter, ApprovalView},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::ApprovalId,
    person::Role,
    program::Program,
    refusal::{Code, Refusal},
    trial::Subject,
};
use serde::Serialize;
use std::collections::BTreeMap;

const KINDS: [&str; 3] = ["service", "country", "extension"];
const ROWS: usize = 50;

/// The values of `approvals.html`.
#[derive(Serialize)]
pub(crate) struct Approvals {
    pub(crate) tabs: Vec<Tab>,
    pub(crate) waiting: Vec<Asked>,
    pub(crate) decided: Vec<Decided>,
    pub(crate) kind: String,
    pub(crate) total: u64,
    pub(crate) may: bool,
    /// Another page of those that wait.
    pub(crate) next: Option<String>,
    /// Regions whose store did not answer.
    pub(crate) unavailable: Option<String>,
}

/// A view of the queue.
#[derive(Serialize)]
pub(crate) struct Tab {
    label: String,
    count: String,
    url: String,
    current: bool,
}

/// One that waits.
#[derive(Serialize)]
pub(crate) struct Asked {
    id: String,
    what: String,
    why: String,
    partner: String,
    customer: String,
    country: String,
    since: String,
    /// What the whole trial is about.
    about: String,
    /// The partner's own words.
    note: Option<String>,
    /// Until when a yes helps.
    due: Option<String>,
    /// What a no means.
    otherwise: String,
}

/// One that was decided, or fell away.
#[derive(Serialize)]
pub(crate) struct Decided {
    what: String,
    who: String,
    chip: Chip,
    /// By whom.
    by: String,
    when: String,
    reason: Option<String>,
}

impl View for Approvals {
    const TEMPLATE: &'static str = "approvals.html";
}

pub(crate) async fn list(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    let kind = query.get("kind").filter(|kind| KINDS.contains(kind));
    let filter = ApprovalFilter {
        kind: kind.map(str::to_owned),
        ..ApprovalFilter::waiting()
    };
    let request = PageRequest {
        after: query.get("after").and_then(super::place),
        limit: ROWS,
    };
    let found = console.app.approvals(&actor, &filter, &request).await?;
    let counts = console.app.count_approvals(&actor).await?;
    let last = console.app.decided_approvals(&actor, kind).await?;
    let program = console.app.program()?;
    let down = found.unavailable_regions.iter();
    let down: Vec<String> = down.map(|region| words.region(region, &program)).collect();
    let after = found.next.as_ref().and_then(super::cursor);
    let view = Approvals {
        tabs: tabs(&words, &counts, kind.unwrap_or_default()),
        waiting: found.items.iter().map(|view| asked(&words, view, &program)).collect(),
        decided: last.iter().map(|view| decided(&words, view, &program)).collect(),
        kind: kind.unwrap_or_default().to_owned(),
        total: counts.values().sum(),
        may: actor.has(Role::TrialsTeam),
        next: after.map(|after| {
            address(
                "/vendor/approvals",
                &[("kind", kind.unwrap_or_default()), ("after", &after)],
            )
        }),
        unavailable: (!down.is_empty())
            .then(|| words.t("customers-unavailable", &[("regions", words.list(&down).into())])),
    };
    page(&console, &visitor, words.say("approvals-title"), &view)
}

pub(crate) fn tabs(words: &Words, counts: &BTreeMap<&'static str, u64>, current: &str) -> Vec<Tab> {
    let number = |count: u64| words.number(i64::try_from(count).unwrap_or(i64::MAX));
    let all = Tab {
        label: words.say("approvals-all"),
        count: number(counts.values().sum()),
        url: "/vendor/approvals".to_owned(),
        current: current.is_empty(),
    };
    let tab = |kind: &str| Tab {
        label: words.say(&format!("approvals-kind-{kind}")),
        count: number(counts.get(kind).copied().unwrap_or(0)),
        url: address("/vendor/approvals", &[("kind", kind)]),
        current: current == kind,
    };
    [all].into_iter().chain(KINDS.map(tab)).collect()
}

fn said(words: &Words, view: &ApprovalView, program: &Program) -> (String, String, String) {
    let country = words.country(&view.customer_country, Some(program));
    match &view.approval.subject {
        Subject::Country => (
            words.t("approval-country", &[("country", country.into())]),
            words.say("approval-country-why"),
            words.say("approval-country-no"),
        ),
        Subject::Service { id } => (
            words.t("approval-service", &[("service", words.service(id, program).into())]),
            words.say("approval-service-why"),
            words.say(if view.services.len() > 1 {
                "approval-service-no"
            } else {
                "approval-country-no"
            }),
        ),
        Subject::Extension { days } => (
            words.t("approval-extension", &[("days", (*days).into())]),
            words.say("approval-extension-why"),
            words.say("approval-extension-no"),
        ),
    }
}

pub(crate) fn asked(words: &Words, view: &ApprovalView, program: &Program) -> Asked {
    let (what, why, otherwise) = said(words, view, program);
    let about = [
        ("services", words.list(&words.services(&view.services, program)).into()),
        (
            "quantity",
            words.t("licences", &[("count", view.license_quantity.into())]).into(),
        ),
        ("length", words.t("days", &[("days", view.duration_days.into())]).into()),
    ];
    Asked {
        id: view.approval.id.0.clone(),
        what,
        why,
        partner: i18n::tame(&view.partner_name),
        customer: i18n::tame(&view.customer_name),
        country: words.country(&view.customer_country, Some(program)),
        since: words.stamp(view.approval.requested_at),
        about: words.t("approvals-about", &about),
        note: view.note.clone(),
        due: view
            .due_on
            .map(|day| words.t("approvals-due", &[("date", i18n::date(words.language, day).into())])),
        otherwise,
    }
}

pub(crate) fn decided(words: &Words, view: &ApprovalView, program: &Program) -> Decided {
    let approval = &view.approval;
    let (tone, icon, text) = match (approval.state.as_str(), &approval.because) {
        ("approved", _) => ("good", "check-circle", "approvals-approved"),
        ("refused", Some(_)) => ("warn", "alert", "approvals-closed"),
        ("refused", None) => ("bad", "minus-circle", "approvals-refused"),
        _ => ("calm", "minus-circle", "approvals-withdrawn"),
    };
    let because = approval
        .because
        .as_deref()
        .map(|code| words.say(&format!("approval-because-{}", code.replace('_', "-"))));
    let by = match (&view.decided_by_name, &approval.decided_by) {
        (Some(name), _) => i18n::tame(name),
        (None, Some(_)) => words.say("approvals-by-left"),
        (None, None) => words.say("via-worker"),
    };
    let who = [
        ("partner", i18n::tame(&view.partner_name).into()),
        ("customer", i18n::tame(&view.customer_name).into()),
        ("country", words.country(&view.customer_country, Some(program)).into()),
    ];
    Decided {
        what: said(words, view, program).0,
        who: words.t("approvals-who", &who),
        chip: Chip {
            tone,
            icon,
            text: words.say(text),
            rest: None,
        },
        by,
        when: approval.decided_at.map(|at| words.stamp(at)).unwrap_or_default(),
        reason: because.or_else(|| approval.reason.clone()),
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
        _ => return Err(Error::field("/decision", Code::Required).into()),
    };
    let reason = fields.get("reason");
    let result = console
        .app
        .decide_approval(&actor, &id, approved, reason, &Guard::default())
        .await;
    let done = match result {
        Ok(_) if approved => "approved",
        Ok(_) => "refused",
        Err(Error::Refused(refusal)) if refusal.code.status() == 409 => unlike(&refusal),
        Err(error) => return Err(error.into()),
    };
    let kind = fields
        .get("kind")
        .filter(|kind| KINDS.contains(kind))
        .unwrap_or_default();
    Ok(see(&address("/vendor/approvals", &[("kind", kind), ("done", done)])))
}

/// What became of it instead.
fn unlike(refusal: &Refusal) -> &'static str {
    match refusal.code {
        Code::AlreadyDecided => "approval-late",
        Code::AllowanceUsed => "approval-full",
        _ => "approval-closed",
    }
}
