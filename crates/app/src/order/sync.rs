//! What follows for orders from what happens to a trial: written with it.

use crate::{App, Error, save::Save};
use domain::{
    ids::{OrderId, PersonId},
    order::{Mapped, Order, OrderState},
    trial::{Trial, TrialEvent},
};
use store::{
    Tx,
    region::{Versioned, conversion::Conversion},
};

impl App {
    /// Orders close and are mapped with their trial; what a distributor has in hand ends with it (CONV-1).
    pub(crate) async fn sync_orders(&self, tx: &Tx, save: &Save<'_>, trial: &Trial) -> Result<(), Error> {
        for event in &save.change.events {
            match event {
                TrialEvent::OrderClosed { order, reason, .. } => {
                    let state = OrderState::Closed {
                        at: save.now,
                        reason: *reason,
                    };
                    self.settle_order(tx, order, state).await?;
                }
                TrialEvent::Converted { order: Some(order), .. } if order.region() == tx.region() => {
                    let to = Mapped {
                        customer: trial.customer.clone(),
                        trial: Some(trial.id.clone()),
                    };
                    self.settle_order(tx, order, OrderState::Mapped { to, at: save.now })
                        .await?;
                }
                _ => {}
            }
        }
        self.sync_conversion(tx, save, trial).await
    }

    async fn settle_order(&self, tx: &Tx, id: &OrderId, state: OrderState) -> Result<(), Error> {
        let found = tx.read().order(id).await?;
        let found = found.ok_or_else(|| Error::Internal(format!("order {id} is missing")))?;
        let value = Order { state, ..found.value };
        tx.put_order(&Versioned {
            value,
            version: found.version,
        })
        .await?;
        Ok(tx.drop_alarms(id.as_str()).await?)
    }

    async fn sync_conversion(&self, tx: &Tx, save: &Save<'_>, trial: &Trial) -> Result<(), Error> {
        let before = save.before.map(|record| &record.trial);
        let (was, is) = (before.and_then(in_hand), in_hand(trial));
        if was == is {
            return Ok(());
        }
        match is {
            Some(conversion) => tx.put_conversion(&conversion).await?,
            None => tx.end_conversion(&trial.id).await?,
        }
        Ok(())
    }

    /// CONV-5: exactly those lose exactly that licence who were named.
    pub(crate) async fn take_named(&self, tx: &Tx, save: &Save<'_>, trial: &Trial) -> Result<(), Error> {
        let named = save.change.events.iter().find_map(|event| match event {
            TrialEvent::Converted { surplus, .. } if !surplus.is_empty() => Some(surplus),
            _ => None,
        });
        let Some(named) = named else { return Ok(()) };
        let loses = |id: &PersonId, service: &String| named.iter().any(|(one, ids)| one == service && ids.contains(id));
        let mut changed = Vec::new();
        for mut person in tx.read().everybody_of(&trial.customer).await? {
            let id = person.value.id.clone();
            let before = person.value.licenses.len();
            person.value.licenses.retain(|service| !loses(&id, service));
            if person.value.licenses.len() < before {
                changed.push(person);
            }
        }
        Ok(tx.put_people(&changed).await?)
    }
}

/// What a distributor has in hand of a trial: until an order is placed, or none can be any more.
fn in_hand(trial: &Trial) -> Option<Conversion> {
    use domain::trial::Status::{Active, Expired};
    let waits = matches!(trial.status(), Active | Expired) && trial.open_order().is_none();
    trial.handed_over.as_ref().filter(|_| waits).map(|to| Conversion {
        trial: trial.id.clone(),
        customer: trial.customer.clone(),
        partner: trial.partner.clone(),
        distributor: to.distributor.clone(),
        handed_at: to.at,
    })
}
