//! CONV-5: an order becomes paid services. Where order and trial lie in different regions, the order is marked first, the
//! trial is the truth, and the order follows: a kill in between leaves what is finished or undone later.

use super::SetUpView;
use crate::{Actor, App, Error, act::ATTEMPTS, idempotency::Slot};
use domain::{
    ids::OrderId,
    order::{Mapped, Order, OrderState},
    trial::Buy,
};
use store::{
    Tx,
    region::{Versioned, trial::TrialRecord},
};

impl App {
    pub(super) async fn convert_order(
        &self,
        actor: &Actor,
        found: Versioned<Order>,
        record: &TrialRecord,
        accept_reduced: bool,
        slot: Option<&Slot<'_>>,
    ) -> Result<SetUpView, Error> {
        let trial = &record.trial;
        if let Some(slot) = slot {
            slot.route(trial.id.region()).await?;
            slot.is_about(&trial.customer);
        }
        let to = Mapped {
            customer: trial.customer.clone(),
            trial: Some(trial.id.clone()),
        };
        let apart = found.value.id.region() != trial.id.region();
        let found = match apart {
            true => self.put_mapping(found, &to).await?,
            false => found,
        };
        let mut attempt = 0;
        let result = loop {
            attempt += 1;
            match self.try_convert(actor, &found, record, accept_reduced, slot).await {
                Err(error) if error.is_race() && attempt < ATTEMPTS => {}
                result => break result,
            }
        };
        if apart {
            self.follow(&found.value.id, &to).await;
        }
        result
    }

    /// The order follows what happened elsewhere. Where that cannot be written now, it is done later.
    pub(super) async fn follow(&self, id: &OrderId, to: &Mapped) {
        let followed = match self.happened(id, to).await {
            Ok(None) => self.put_open(id).await,
            Ok(Some(at)) => self.put_mapped(id, to, at).await,
            Err(error) => Err(error),
        };
        if let Err(error) = followed {
            tracing::warn!(order = %id, %error, "an order is settled later");
        }
    }

    /// Marks an order as being mapped; whoever else wants to waits.
    pub(super) async fn put_mapping(&self, found: Versioned<Order>, to: &Mapped) -> Result<Versioned<Order>, Error> {
        if let OrderState::Mapping { to: other, .. } = &found.value.state {
            return match other == to {
                true => Ok(found),
                false => Err(Error::Busy),
            };
        }
        let order = Order {
            state: OrderState::Mapping {
                to: to.clone(),
                since: self.clock.real(),
            },
            ..found.value
        };
        let tx = self.region(order.id.region())?.begin().await?;
        let now = tx.read().order(&order.id).await?.ok_or_else(Error::not_found)?;
        now.value.need_open()?;
        tx.put_order(&Versioned {
            value: order.clone(),
            version: found.version,
        })
        .await?;
        tx.commit().await?;
        Ok(Versioned {
            value: order,
            version: found.version + 1,
        })
    }

    async fn try_convert(
        &self,
        actor: &Actor,
        found: &Versioned<Order>,
        record: &TrialRecord,
        accept_reduced: bool,
        slot: Option<&Slot<'_>>,
    ) -> Result<SetUpView, Error> {
        let _moment = self.moment().await;
        let id = &record.trial.id;
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(&record.trial.customer).await?;
        let order = self.still_open(&tx, &found.value).await?;
        let loaded = self.load(&tx.read(), id, None).await?;
        let difference = self.difference_of(&tx.read(), &order, &loaded.record).await?;
        let buy = Buy {
            order: &order.id,
            services: &order.services,
            difference: &difference,
            accept_reduced,
            by: actor.id(),
        };
        let change = loaded.record.trial.convert_by(&buy, &loaded.at())?;
        self.save_loaded(&tx, &actor.by(), &loaded, &change, None).await?;
        let after = match tx.read().order(&order.id).await? {
            Some(after) => after,
            // It follows, in its own region.
            None => {
                let to = Mapped {
                    customer: loaded.record.trial.customer.clone(),
                    trial: Some(id.clone()),
                };
                Versioned {
                    value: order.mapped(to, loaded.now),
                    version: found.version + 1,
                }
            }
        };
        let view = SetUpView {
            matches: true,
            order: self.order_view(after).await?,
            trial: Some(id.clone()),
            customer: Some(self.card(&tx.read(), &loaded.record.trial.customer).await?),
            difference: Some(difference),
            candidates: Vec::new(),
        };
        if let Some(slot) = slot {
            slot.keep(&tx, &view).await?;
        }
        tx.commit().await?;
        self.rang();
        Ok(view)
    }

    /// Within the transaction that converts, an order of the same region is looked at once more.
    async fn still_open(&self, tx: &Tx, order: &Order) -> Result<Order, Error> {
        if order.id.region() != tx.region() {
            return Ok(order.clone());
        }
        let now = tx.read().order(&order.id).await?.ok_or_else(Error::not_found)?;
        now.value.need_open()?;
        if now.value.contact != order.contact {
            return Err(Error::code(domain::refusal::Code::LinkSuperseded));
        }
        Ok(now.value)
    }
}
