//! CONV-7: an order is withdrawn; what that means stands before the button, with its dates.

use super::{base, zone};
use crate::{
    Console,
    frame::page,
    screen::{id as known, if_seen, may, seen},
    template::View,
    web::{Failure, Form, Signed, see},
    words::Words,
};
use app::{Actor, order::OrderView, policy::Action};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::OrderId,
    time::{civil_day, end_of},
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// The values of `orders/close.html`.
#[derive(Serialize)]
pub(crate) struct ClosePage {
    pub(crate) id: String,
    pub(crate) base: &'static str,
    pub(crate) customer: String,
    /// When, and what happens.
    pub(crate) consequences: Vec<(String, String)>,
    pub(crate) version: i64,
}

impl View for ClosePage {
    const TEMPLATE: &'static str = "orders/close.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(OrderId::parse(&id))?;
    let view = console.app.order(&actor, &id).await?;
    if !view.order.is_open() || !may(&console, &actor, Action::ManageOrder) {
        return Ok(see(&format!("{}/{id}", base(&actor))));
    }
    let grace = grace(&console, &actor, &view).await?;
    let shown = of(&words, &view, grace, console.app.clock.now(), base(&actor));
    page(&console, &visitor, words.say("order-close-title"), &shown)
}

/// The last day of the trial's grace, where the trial can be read.
async fn grace(console: &Console, actor: &Actor, view: &OrderView) -> Result<Option<Date>, Failure> {
    let Some(trial) = &view.order.trial else {
        return Ok(None);
    };
    let trial = if_seen(console.app.trial(actor, trial).await)?;
    Ok(trial.and_then(|trial| trial.grace_ends_on))
}

pub(crate) fn of(
    words: &Words,
    view: &OrderView,
    grace: Option<Date>,
    now: Timestamp,
    base: &'static str,
) -> ClosePage {
    let (zone, at_once) = (zone(&view.order), words.say("cancel-now"));
    let mut consequences = vec![(at_once, words.say("order-close-now"))];
    // The order alone holds what is past its grace: it goes at the end of the day of closing.
    let over = grace.is_some_and(|day| end_of(day, &zone) <= now);
    if view.order.trial.is_some() {
        let (day, text) = match over {
            true => (words.date(civil_day(now, &zone), &zone), "order-close-grace"),
            false => (words.say("cancel-now"), "order-close-trial"),
        };
        consequences.push((day, words.say(text)));
    }
    ClosePage {
        id: view.order.id.0.clone(),
        base,
        customer: super::whose(words, view),
        consequences,
        version: view.version,
    }
}

pub(crate) async fn close(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let id = known(OrderId::parse(&id))?;
    let guard = seen(fields.number("version"));
    console
        .app
        .close_order(&actor, &id, fields.get("reason"), &guard)
        .await?;
    Ok(see(&format!("{}/{id}?done=order-closed", base(&actor))))
}
