//! What stands beside each trial on its customer's page: devices with their dates, orders with their state.

use super::CustomerPage;
use crate::{
    Console,
    screen::{devices::Brief, may, order::list, trial::administrator_line},
    web::{Failure, Signed},
};
use app::{
    PageRequest,
    customer::CustomerView,
    order::{OrderFilter, OrderView},
    policy::Action,
    view::TrialView,
};

/// So many orders are looked through.
const MOST: usize = 100;

pub(super) async fn add(
    console: &Console,
    signed: &Signed,
    view: &CustomerView,
    trials: &[TrialView],
    page: &mut CustomerPage,
) -> Result<(), Failure> {
    let Signed { actor, words, .. } = signed;
    // CONS-4: nothing but the request before the customer has agreed.
    if view.level.is_none() {
        return Ok(());
    }
    for (card, trial) in page.trials.iter_mut().zip(trials) {
        let found = console.app.trial_administrator(actor, &trial.trial.id).await?;
        card.administrator = found.map(|one| {
            let args = [
                ("label", words.say("label-trial-administrator").into()),
                ("value", administrator_line(&one).into()),
            ];
            words.t("email-row", &args)
        });
    }
    if may(console, actor, Action::ReadShipments) {
        for (card, trial) in page.trials.iter_mut().zip(trials) {
            let found = console.app.shipments_of(actor, trial).await?;
            let taking = found.iter().filter(|one| one.shipment.takes_types());
            card.loans = taking.map(|one| Brief::of(words, one)).collect();
        }
    }
    if !may(console, actor, Action::ReadOrders) {
        return Ok(());
    }
    let (program, now, base) = (
        console.app.program()?,
        console.app.clock.now(),
        super::super::order::base(actor),
    );
    let line = |order: &OrderView| list::line(words, base, order, &program, now);
    for order in orders(console, signed, view).await? {
        let whose = order.order.trial.as_ref();
        match trials.iter().position(|trial| Some(&trial.trial.id) == whose) {
            Some(place) => page.trials[place].orders.push(line(&order)),
            None => page.orders.push(line(&order)),
        }
    }
    Ok(())
}

async fn orders(console: &Console, signed: &Signed, view: &CustomerView) -> Result<Vec<OrderView>, Failure> {
    let filter = OrderFilter {
        customer: Some(view.id.clone()),
        ..OrderFilter::default()
    };
    let first = PageRequest {
        after: None,
        limit: MOST,
    };
    Ok(console.app.orders(&signed.actor, &filter, &first).await?.items)
}
