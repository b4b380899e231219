//! What is asked for about devices, carried out.

use super::Told;
use crate::ask::Ask;
use app::{Actor, App, Error, Guard, shipment::ShipmentView};

fn told(view: &ShipmentView) -> Told {
    let id = view.id.as_ref().map(ToString::to_string).unwrap_or_default();
    let text = format!("{id} v{} {}", view.version, view.shipment.status());
    Told::About(view.trial_id.to_string(), text, None)
}

pub(super) async fn carry_out(app: &App, actor: &Actor, ask: &Ask, guard: &Guard) -> Result<Told, Error> {
    Ok(match ask {
        Ask::Request(trial, wish) => told(&app.request_shipment(actor, trial, wish, guard).await?),
        Ask::DecideShipment(id, yes) => told(&app.decide_shipment(actor, id, (*yes, None), guard).await?),
        Ask::Ship(id, wish) => told(&app.ship(actor, id, wish, guard).await?),
        Ask::PutRight(id, from, to) => {
            let typed = (Some(from.as_str()), Some(to.as_str()));
            let view = app.correct_serial(actor, id, typed, guard).await?;
            // What was right already changes nothing.
            if from == to {
                Told::Other(from.clone())
            } else {
                told(&view)
            }
        }
        Ask::Longer(id, days) => {
            let asked = app.ask_device_extension(actor, (id, Some(*days)), None, guard).await?;
            let text = asked.id.map(|id| id.to_string()).unwrap_or_default();
            Told::About(asked.trial_id.to_string(), text, None)
        }
        Ask::DecideLonger(id, yes) => {
            let decided = app.decide_device_extension(actor, id, (*yes, None), guard).await?;
            let text = format!("{} {}", decided.extension.state.as_str(), decided.device_ends_on);
            Told::About(decided.trial_id.to_string(), text, None)
        }
        Ask::OpenReturn(id) => {
            let opened = app.open_return(actor, id, guard).await?;
            Told::About(opened.trial_id.to_string(), opened.rma, None)
        }
        Ask::Receive(id, serials) => {
            let (back, receipt) = app.receive_return(actor, id, serials, guard).await?;
            Told::About(back.trial_id.to_string(), receipt.accepted.join(" "), None)
        }
        Ask::Label(id) => {
            let labelled = app.request_label(actor, id, None, guard).await?;
            Told::About(labelled.trial_id.to_string(), labelled.rma, None)
        }
        _ => Told::Other(String::new()),
    })
}
