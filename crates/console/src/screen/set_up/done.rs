//! What is bought now, what ended, and where to go.

use crate::{
    Console,
    frame::page,
    screen::{
        id as known, if_seen, may,
        order::{Ordered, base},
    },
    template::View,
    web::{Failure, Signed, see},
    words::Words,
};
use app::{Actor, order::OrderView, policy::Action, view::TrialView};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{ids::OrderId, order::OrderState, program::Program, trial::ServiceState};
use serde::Serialize;

/// The values of `set-up/done.html`.
#[derive(Serialize)]
pub(crate) struct DonePage {
    pub(crate) customer: String,
    pub(crate) ordered: Ordered,
    /// Services of the trial that were not bought.
    pub(crate) ended: Vec<String>,
    /// CONV-6: devices that are still out.
    pub(crate) lent: bool,
    /// Whether both sides are told by email: who was invited gets an invitation only.
    pub(crate) told: bool,
    /// Label and address.
    pub(crate) ways: Vec<(String, String)>,
}

impl View for DonePage {
    const TEMPLATE: &'static str = "set-up/done.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(OrderId::parse(&id))?;
    let view = console.app.order(&actor, &id).await?;
    let OrderState::Mapped { to, .. } = &view.order.state else {
        return Ok(see(&format!("/orders/{id}/set-up")));
    };
    let trial = match &to.trial {
        // Whoever sets it up for another company may not see the trial.
        Some(trial) => if_seen(console.app.trial(&actor, trial).await)?,
        None => None,
    };
    let mut shown = of(&words, &view, trial.as_ref(), &*console.app.program()?);
    shown.ways = ways(&console, &actor, &words, &view, trial.is_some());
    page(&console, &visitor, words.say("set-up-done"), &shown)
}

pub(crate) fn of(words: &Words, view: &OrderView, trial: Option<&TrialView>, program: &Program) -> DonePage {
    let ended = trial.into_iter().flat_map(|view| &view.trial.services);
    let ended = ended.filter(|service| service.state == ServiceState::Withdrawn);
    DonePage {
        customer: crate::screen::order::whose(words, view),
        ordered: Ordered::of(words, &view.order, program),
        ended: ended.map(|service| words.service(&service.id, program)).collect(),
        lent: trial.is_some_and(|view| view.trial.loans_out().next().is_some()),
        told: matches!(&view.order.state, OrderState::Mapped { to, .. } if to.trial.is_some()),
        ways: Vec::new(),
    }
}

fn ways(console: &Console, actor: &Actor, words: &Words, view: &OrderView, own: bool) -> Vec<(String, String)> {
    if actor.is_customer() {
        return vec![(
            words.say("set-up-go-subscriptions"),
            "/control/subscriptions".to_owned(),
        )];
    }
    let mut ways = Vec::new();
    if let Some((id, _)) = view.customer.as_ref().filter(|_| own && actor.is_partner()) {
        ways.push((words.say("set-up-go-customer"), format!("/partner/customers/{id}")));
    }
    if may(console, actor, Action::ReadOrders) {
        ways.push((words.say("set-up-go-orders"), base(actor).to_owned()));
    }
    ways
}
