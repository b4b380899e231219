//! ORG-11: customers that move to another partner, by consent of both.

pub(crate) mod begin;
pub(crate) mod decide;

use super::{address, cursor, place};
use crate::{
    Console,
    frame::page,
    part::{Chip, chip},
    template::View,
    web::{Failure, Query, Signed},
    words::Words,
};
use app::{Actor, Page, PageRequest, handover::HandoverView, policy::Action};
use axum::{extract::State, response::Response};
use jiff::Timestamp;
use serde::Serialize;

const ROWS: usize = 50;

/// The values of `moves/list.html`.
#[derive(Serialize)]
pub(crate) struct Moves {
    pub(crate) moves: Vec<Line>,
    pub(crate) first: Option<&'static str>,
    pub(crate) next: Option<String>,
    /// The own company's id, for customers who want to come.
    pub(crate) own: String,
    /// Whether this person answers for the company.
    pub(crate) may: bool,
}

/// One move.
#[derive(Serialize)]
pub(crate) struct Line {
    /// Where it is answered; none where nothing waits for the reader.
    pub(crate) url: Option<String>,
    pub(crate) customer: String,
    pub(crate) way: String,
    pub(crate) asked: String,
    /// Who still has to agree, and until when.
    pub(crate) waits: Option<String>,
    pub(crate) reason: String,
    pub(crate) chip: Chip,
}

impl View for Moves {
    const TEMPLATE: &'static str = "moves/list.html";
}

pub(crate) async fn list(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    // A customer's stand on its page about access.
    if !actor.is_partner() {
        return Err(Failure::not_found());
    }
    let after = query.get("after").and_then(place);
    let first = after.is_some().then_some("/partner/handovers");
    let found = console
        .app
        .handovers(&actor, &PageRequest { after, limit: ROWS })
        .await?;
    let next = found.next.as_ref().and_then(cursor);
    let view = Moves {
        moves: said(&console, &actor, &words, &found),
        first,
        next: next.map(|after| address("/partner/handovers", &[("after", &after)])),
        own: actor.org().0.clone(),
        may: super::may(&console, &actor, Action::DecideHandover),
    };
    page(&console, &visitor, words.say("moves-title"), &view)
}

/// The newest moves that concern the reader; none for those who do not read them.
pub(super) async fn lines(console: &Console, actor: &Actor, words: &Words) -> Result<Vec<Line>, Failure> {
    if !super::may(console, actor, Action::ReadHandovers) {
        return Ok(Vec::new());
    }
    let request = PageRequest {
        after: None,
        limit: ROWS,
    };
    let found = console.app.handovers(actor, &request).await?;
    Ok(said(console, actor, words, &found))
}

fn said(console: &Console, actor: &Actor, words: &Words, found: &Page<HandoverView>) -> Vec<Line> {
    let may = super::may(console, actor, Action::DecideHandover);
    let now = console.app.clock.now();
    found
        .items
        .iter()
        .map(|view| line(words, view, now, may.then(|| root(actor))))
        .collect()
}

/// Below which address a move is answered.
pub(super) fn root(actor: &Actor) -> &'static str {
    if actor.is_customer() {
        "/control/access/moves"
    } else {
        "/partner/handovers"
    }
}

pub(crate) fn line(words: &Words, view: &HandoverView, now: Timestamp, root: Option<&str>) -> Line {
    let url = view.id.as_ref().zip(root).filter(|_| view.waits_for_me);
    let left = (view.status == "pending").then(|| {
        let days = chip::days_until(now, view.expires_at);
        words.t("days", &[("days", days.into())])
    });
    Line {
        url: url.map(|(id, root)| format!("{root}/{id}")),
        customer: i18n::tame(&view.customer.1),
        way: words.t(
            "move-way",
            &[
                ("from", i18n::tame(&view.from.1).into()),
                ("to", i18n::tame(&view.to.1).into()),
            ],
        ),
        asked: words.stamp(view.requested_at),
        waits: waits(words, view),
        reason: i18n::tame(&view.reason),
        chip: chip::of_state(words, "move", &view.status, left),
    }
}

fn waits(words: &Words, view: &HandoverView) -> Option<String> {
    if view.status != "pending" {
        return None;
    }
    let whom = match view.customer_agreed {
        true => &view.to.1,
        false => &view.customer.1,
    };
    let until = words.moment(view.expires_at);
    Some(words.t(
        "move-waits",
        &[("company", i18n::tame(whom).into()), ("date", until.into())],
    ))
}
