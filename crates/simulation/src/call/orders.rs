//! What is asked for about orders, carried out.

use super::Told;
use crate::ask::Ask;
use app::{
    Actor, App, Error, Guard,
    order::{OrderView, WantedContact},
};

fn told(view: &OrderView) -> Told {
    let order = &view.order;
    // CONV: one without a trial stands in the record of its contact's company.
    let record = match &order.trial {
        Some(trial) => trial.to_string(),
        None => order.record_of().to_string(),
    };
    Told::About(record, order.id.to_string(), None)
}

pub(super) async fn carry_out(app: &App, actor: &Actor, ask: &Ask, guard: &Guard) -> Result<Told, Error> {
    Ok(match ask {
        Ask::Place(wish) => told(&app.place_order(actor, wish, guard).await?),
        Ask::SetUp(id, wish) => {
            let view = app.set_up_order(actor, id, wish, guard).await?;
            let customer = view.customer.and_then(|card| card.id).map(|id| id.to_string());
            let record = view.trial.map(|id| id.to_string()).or(customer);
            Told::About(
                record.unwrap_or_default(),
                id.to_string(),
                view.difference.map(Box::new),
            )
        }
        Ask::Send(id, email) => {
            let contact = WantedContact {
                email: email.clone(),
                role: None,
            };
            told(&app.send_order_again(actor, id, contact, guard).await?)
        }
        Ask::Close(id) => told(&app.close_order(actor, id, Some("Not wanted"), guard).await?),
        _ => Told::Other(String::new()),
    })
}
