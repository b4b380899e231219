//! CONV-7: what time does to orders that belong to no trial; and what a crash left between two regions is finished or
//! undone.

use crate::{App, Error};
use domain::{
    alarm::AlarmKind,
    ids::OrderId,
    notify::MessageKind,
    order::{ClosedOrder, Mapped, Order, OrderState},
};
use jiff::{SignedDuration, Timestamp};
use store::{
    Tx,
    region::{Versioned, alarm::Alarm, event::By},
};

/// Nobody is still at it after so long.
const GIVEN_UP: SignedDuration = SignedDuration::from_mins(10);

impl App {
    /// An alarm about an order; whether something was done.
    pub(crate) async fn ring_order(&self, tx: &Tx, alarm: &Alarm) -> Result<bool, Error> {
        let id = OrderId(alarm.subject.clone());
        let Some(found) = tx.read().order(&id).await? else {
            return Ok(false);
        };
        if !found.value.is_open() {
            return Ok(false);
        }
        if matches!(found.value.state, OrderState::Mapping { .. }) {
            // Whoever is at it ends with it mapped or open; then it is set anew.
            return Ok(false);
        }
        match alarm.kind {
            AlarmKind::OrderReminder => self.remind_of_order(tx, &found.value).await,
            AlarmKind::OrderCloses => self.order_runs_out(tx, found).await,
            // Of a person, not of an order.
            AlarmKind::Digest => Ok(false),
        }
    }

    async fn remind_of_order(&self, tx: &Tx, order: &Order) -> Result<bool, Error> {
        self.set_order_alarms(tx, order, &*self.program()?).await?;
        // EXP-7: on the last day and after it there is nothing left to remind of.
        if self.clock.now() >= domain::time::end_of(order.closes_on, &crate::load::zone(&order.zone)?) {
            return Ok(false);
        }
        self.tell_contact(tx, order, MessageKind::OrderReminder, order.record_of())
            .await?;
        Ok(true)
    }

    async fn order_runs_out(&self, tx: &Tx, found: Versioned<Order>) -> Result<bool, Error> {
        let version = found.version;
        if let Some(to) = &found.value.given_up
            && let Some(at) = self.happened(&found.value.id, to).await?
        {
            let value = found.value.mapped(to.clone(), at);
            tx.put_order(&Versioned { value, version }).await?;
            tx.drop_alarms(found.value.id.as_str()).await?;
            return Ok(true);
        }
        let value = found.value.close(ClosedOrder::NotMapped, self.clock.now())?;
        tx.put_order(&Versioned {
            value: value.clone(),
            version,
        })
        .await?;
        tx.drop_alarms(value.id.as_str()).await?;
        let company = value.record_of().clone();
        let by = By {
            via: "worker".to_owned(),
            ..By::default()
        };
        let body = serde_json::json!({"order": value.id, "reason": ClosedOrder::NotMapped.as_str()});
        self.note_by(tx, &by, &company, "order_closed", body).await?;
        self.tell_contact(tx, &value, MessageKind::OrderClosed, &company)
            .await?;
        Ok(true)
    }

    /// CONV-4: orders between two regions that nobody is at any more.
    ///
    /// # Errors
    /// None: what does not answer is tried again.
    pub async fn settle_orders(&self) -> Result<usize, Error> {
        let mut settled = 0;
        for region in self.stores.regions.values() {
            // One that is down keeps nobody else waiting.
            let found = match region.read().orders_in_between().await {
                Ok(found) => found,
                Err(error) => {
                    tracing::warn!(region = region.id(), %error, "orders in between are settled later");
                    continue;
                }
            };
            for one in found {
                let id = one.value.id.clone();
                match self.settle_mapping(one).await {
                    Ok(done) => settled += usize::from(done),
                    Err(error) => tracing::warn!(order = %id, %error, "an order is settled later"),
                }
            }
        }
        Ok(settled)
    }

    /// Finishes what happened elsewhere, or undoes it once nobody can be at it any more; whether it stands now.
    pub(super) async fn settle_mapping(&self, found: Versioned<Order>) -> Result<bool, Error> {
        let OrderState::Mapping { to, since, token } = found.value.state.clone() else {
            return Ok(true);
        };
        // In this process we know who is gone; of another one only time tells.
        let gone = !self.settings.shared && !token.starts_with(&self.boot);
        let given_up = gone || self.clock.real().duration_since(since).abs() > GIVEN_UP;
        match self.happened(&found.value.id, &to).await? {
            Some(at) => self.put_mapped(&found.value.id, &to, at).await?,
            None if given_up => self.put_open(&found.value.id, &token).await?,
            None => return Ok(false),
        }
        Ok(true)
    }

    /// Whether an order has become what it was to become: where that lies, it is the truth.
    pub(super) async fn happened(&self, order: &OrderId, to: &Mapped) -> Result<Option<Timestamp>, Error> {
        let reads = self.region(to.customer.region())?.read();
        let Some(trial) = &to.trial else {
            let found = reads.organization(&to.customer).await?;
            let facts = found.as_ref().and_then(|found| found.value.customer());
            let ours = facts.and_then(|facts| facts.orders.iter().find(|(id, _)| id == order));
            return Ok(ours.map(|(_, at)| *at));
        };
        let found = reads.trial(trial).await?.map(|record| record.trial);
        let ours = found.filter(|trial| trial.bought_by.as_ref() == Some(order));
        Ok(ours.and_then(|trial| trial.ended_at()))
    }

    pub(super) async fn put_mapped(&self, id: &OrderId, to: &Mapped, at: Timestamp) -> Result<(), Error> {
        let tx = self.region(id.region())?.begin().await?;
        let found = tx.read().order(id).await?.ok_or_else(Error::not_found)?;
        if matches!(found.value.state, OrderState::Mapped { .. }) {
            return Ok(tx.rollback().await?);
        }
        let value = found.value.mapped(to.clone(), at);
        tx.put_order(&Versioned {
            value,
            version: found.version,
        })
        .await?;
        tx.drop_alarms(id.as_str()).await?;
        Ok(tx.commit().await?)
    }

    /// Opens an order again that was being mapped under this token; another's is left alone.
    pub(super) async fn put_open(&self, id: &OrderId, token: &str) -> Result<(), Error> {
        let tx = self.region(id.region())?.begin().await?;
        let found = tx.read().order(id).await?.ok_or_else(Error::not_found)?;
        if found.value.mapping_token() != Some(token) {
            return Ok(tx.rollback().await?);
        }
        let value = found.value.reopened();
        let version = found.version;
        self.set_order_alarms(&tx, &value, &*self.program()?).await?;
        tx.put_order(&Versioned { value, version }).await?;
        Ok(tx.commit().await?)
    }
}
