//! CONV-5: an order becomes paid services. Where order and trial lie in different regions, the order is marked first, the
//! trial is the truth, and the order follows: a kill in between leaves what is finished or undone later.

use super::{SetUp, SetUpView, set_up::is_other_partner};
use crate::{Actor, App, Error, act::ATTEMPTS, idempotency::Slot, load::Loaded};
use domain::{
    ids::TrialId,
    order::{Difference, Mapped, Order, OrderState},
    refusal::{Code, Refusal},
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
        wish: &SetUp,
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
            match self.try_convert(actor, &found, record, wish, slot).await {
                Err(error) if error.is_race() && attempt < ATTEMPTS => {}
                result => break result,
            }
        };
        if apart {
            self.follow(&found.value, &to).await;
        }
        result
    }

    /// The order follows what happened elsewhere. Where that cannot be written now, it is done later.
    pub(super) async fn follow(&self, order: &Order, to: &Mapped) {
        let id = &order.id;
        let followed = match self.happened(id, to).await {
            Ok(None) => self.put_open(id, order.mapping_token().unwrap_or_default()).await,
            Ok(Some(at)) => self.put_mapped(id, to, at).await,
            Err(error) => Err(error),
        };
        if let Err(error) = followed {
            tracing::warn!(order = %id, %error, "an order is settled later");
        }
    }

    /// Marks an order as being mapped; whoever else wants to waits.
    pub(super) async fn put_mapping(&self, found: Versioned<Order>, to: &Mapped) -> Result<Versioned<Order>, Error> {
        if found.value.mapping_token().is_some() {
            return Err(Error::Busy);
        }
        let order = Order {
            state: OrderState::Mapping {
                to: to.clone(),
                since: self.clock.real(),
                token: format!("{} {}", self.boot, self.unique()),
            },
            ..found.value
        };
        let tx = self.region(order.id.region())?.begin().await?;
        let now = tx.read().order(&order.id).await?.ok_or_else(Error::not_found)?;
        now.value.need_open()?;
        if now.value.mapping_token().is_some() {
            return Err(Error::Busy);
        }
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
        wish: &SetUp,
        slot: Option<&Slot<'_>>,
    ) -> Result<SetUpView, Error> {
        let _moment = self.moment().await;
        let id = &record.trial.id;
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(&record.trial.customer).await?;
        let order = self.still_open(&tx, &found.value).await?;
        let loaded = self.load(&tx.read(), id, None).await?;
        let difference = self.difference_of(&tx.read(), &order, &loaded.record).await?;
        let seen = self.seen_of(id, &difference);
        if difference.takes() && is_other_partner(actor, &order) {
            // CONV-1: he is shown no names, so he takes nothing from anybody.
            let services: Vec<&str> = difference.reduced().map(|line| line.service.as_str()).collect();
            return Err(Refusal::new(Code::LossNotYours).with("services", services).into());
        }
        let buy = Buy {
            order: &order.id,
            services: &order.services,
            difference: &difference,
            // CONV-5: the yes is to those who were named, and to nobody else.
            accept_reduced: wish.accept_reduced && wish.seen.as_ref().is_none_or(|given| Some(given) == seen.as_ref()),
            held: tx.read().is_held(&loaded.record.trial.customer).await?,
            by: actor.id(),
        };
        let change = loaded.record.trial.convert_by(&buy, &loaded.at());
        let change = change.map_err(|refusal| match (refusal.code, &seen) {
            (Code::QuantityBelowAssigned, Some(seen)) => refusal.with("seen", seen.as_str()),
            _ => refusal,
        })?;
        self.save_loaded(&tx, &actor.by(), &loaded, &change, None).await?;
        let mapped = Versioned {
            value: order,
            version: found.version,
        };
        let view = SetUpView {
            difference: Some(difference),
            seen,
            ..self.converted(actor, &tx, mapped, &loaded).await?
        };
        if let Some(slot) = slot {
            slot.keep(&tx, &view).await?;
        }
        self.still_mine(&found.value).await?;
        tx.commit().await?;
        self.rang();
        Ok(view)
    }

    /// What has become of an order and its trial.
    async fn converted(
        &self,
        actor: &Actor,
        tx: &Tx,
        order: Versioned<Order>,
        loaded: &Loaded,
    ) -> Result<SetUpView, Error> {
        let trial = &loaded.record.trial;
        let foreign = is_other_partner(actor, &order.value);
        let after = match tx.read().order(&order.value.id).await? {
            Some(after) => after,
            // It follows, in its own region.
            None => {
                let to = Mapped {
                    customer: trial.customer.clone(),
                    trial: Some(trial.id.clone()),
                };
                Versioned {
                    value: order.value.mapped(to, loaded.now),
                    version: order.version + 1,
                }
            }
        };
        Ok(SetUpView {
            matches: true,
            order: self.order_view(actor, after).await?,
            trial: Some(trial.id.clone()),
            customer: match foreign {
                true => None,
                false => Some(self.card(&tx.read(), &trial.customer).await?),
            },
            difference: None,
            seen: None,
            candidates: Vec::new(),
            unavailable_regions: Vec::new(),
        })
    }

    /// CONV-5: what a yes to this surplus names: another one is another yes.
    pub(super) fn seen_of(&self, trial: &TrialId, difference: &Difference) -> Option<String> {
        let mut surplus = difference.surplus();
        surplus.sort();
        for (_, people) in &mut surplus {
            people.sort();
        }
        let named = || format!("{trial} {surplus:?}");
        difference
            .takes()
            .then(|| self.stores.directory.digest("surplus", &named()))
    }

    /// Whoever maps an order of another region looks once more whether it is still his.
    pub(super) async fn still_mine(&self, order: &Order) -> Result<(), Error> {
        let Some(token) = order.mapping_token() else {
            return Ok(());
        };
        let found = self.region(order.id.region())?.read().order(&order.id).await?;
        match found.is_some_and(|now| now.value.mapping_token() == Some(token)) {
            true => Ok(()),
            false => Err(Error::Busy),
        }
    }

    /// Within the transaction that converts, an order of the same region is looked at once more.
    async fn still_open(&self, tx: &Tx, order: &Order) -> Result<Order, Error> {
        if order.id.region() != tx.region() {
            return Ok(order.clone());
        }
        let now = tx.read().order(&order.id).await?.ok_or_else(Error::not_found)?;
        now.value
            .need_open_at(self.clock.now(), &crate::load::zone(&order.zone)?)?;
        if now.value.mapping_token().is_some() {
            return Err(Error::Busy);
        }
        if now.value.contact != order.contact {
            return Err(Error::code(Code::LinkSuperseded));
        }
        Ok(now.value)
    }
}
