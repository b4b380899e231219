//! One side's answer: what it would do, with counts, before it does.

use super::root;
use crate::{
    Console,
    frame::page,
    screen::{dry, id as known, prove::Proven, seen},
    template::View,
    web::{Failure, Form, see},
};
use app::{Actor, Error, PageRequest, handover::HandoverView};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{ids::HandoverId, refusal::Code};
use serde::Serialize;

/// The values of `moves/decide.html`.
#[derive(Serialize)]
pub(crate) struct DecidePage {
    pub(crate) customer: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) reason: String,
    pub(crate) until: String,
    pub(crate) trials: i64,
    /// Whether it is the customer who answers.
    pub(crate) is_customer: bool,
    /// Whether the customer moves with this answer.
    pub(crate) is_last: bool,
    pub(crate) action: String,
    pub(crate) back: &'static str,
    pub(crate) version: i64,
}

impl View for DecidePage {
    const TEMPLATE: &'static str = "moves/decide.html";
}

fn back(actor: &Actor) -> &'static str {
    if actor.is_customer() {
        "/control/access"
    } else {
        "/partner/handovers"
    }
}

/// The move, among those that concern the reader.
async fn found(console: &Console, actor: &Actor, id: &HandoverId) -> Result<HandoverView, Failure> {
    let mut request = PageRequest {
        after: None,
        limit: 200,
    };
    loop {
        let part = console.app.handovers(actor, &request).await?;
        if let Some(view) = part.items.into_iter().find(|one| one.id.as_ref() == Some(id)) {
            return Ok(view);
        }
        request.after = part.next;
        if request.after.is_none() {
            return Err(Failure::not_found());
        }
    }
}

pub(crate) async fn show(
    State(console): State<Console>,
    Proven { visitor, actor, words }: Proven,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(HandoverId::parse(&id))?;
    let view = found(&console, &actor, &id).await?;
    let tried = console.app.decide_handover(&actor, &id, true, &dry()).await?;
    let shown = of(&view, &tried, actor.is_customer(), words.moment(view.expires_at));
    let shown = DecidePage {
        action: format!("{}/{id}", root(&actor)),
        back: back(&actor),
        ..shown
    };
    page(&console, &visitor, words.say("move-decide-title"), &shown)
}

pub(crate) fn of(view: &HandoverView, tried: &HandoverView, is_customer: bool, until: String) -> DecidePage {
    DecidePage {
        customer: i18n::tame(&view.customer.1),
        from: i18n::tame(&view.from.1),
        to: i18n::tame(&view.to.1),
        reason: i18n::tame(&view.reason),
        until,
        trials: i64::try_from(view.trials).unwrap_or(i64::MAX),
        is_customer,
        is_last: tried.status == "done",
        action: String::new(),
        back: "/",
        version: view.version,
    }
}

/// With the second yes the customer moves, at once and whole.
pub(crate) async fn decide(
    State(console): State<Console>,
    Proven { actor, .. }: Proven,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let id = known(HandoverId::parse(&id))?;
    let accept = match fields.get("decision") {
        Some("accept") => true,
        Some("decline") => false,
        _ => return Err(Error::field("/decision", Code::Required).into()),
    };
    let guard = seen(fields.number("version"));
    let after = console.app.decide_handover(&actor, &id, accept, &guard).await?;
    let done = match after.status.as_str() {
        "done" => "move-done",
        "declined" => "move-declined",
        _ => "move-agreed",
    };
    Ok(see(&format!("{}?done={done}", back(&actor))))
}
