//! CONV-2, 7: an order is sent again, to somebody else, or closed.

use super::{OrderView, WantedContact, contact::Around};
use crate::{
    Actor, App, Error, Guard,
    act::{ATTEMPTS, check_version},
    idempotency::{Held, Slot},
    policy::{Action, authorize},
};
use domain::{
    ids::{OrderId, OrgId},
    notify::MessageKind,
    order::{ClosedOrder, Order},
    refusal::Code,
    text,
};
use store::{Tx, region::Versioned};

/// What is done to an order.
enum Deed {
    Send(WantedContact),
    Close(Option<String>),
}

impl App {
    /// CONV-2: the email goes out again, or to somebody else, whose order it is from then on.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `wrong_status`, `too_many_requests`; a contact that is none.
    pub async fn send_order_again(
        &self,
        actor: &Actor,
        id: &OrderId,
        contact: WantedContact,
        guard: &Guard,
    ) -> Result<OrderView, Error> {
        self.do_to_order(actor, id, &Deed::Send(contact), guard).await
    }

    /// CONV-7: it is not wanted any more.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `wrong_status`; a wrong reason.
    pub async fn close_order(
        &self,
        actor: &Actor,
        id: &OrderId,
        reason: Option<&str>,
        guard: &Guard,
    ) -> Result<OrderView, Error> {
        let reason = reason.map(|reason| text::note(reason).map_err(|code| Error::field("/reason", code)));
        let reason = reason.transpose()?;
        self.do_to_order(actor, id, &Deed::Close(reason), guard).await
    }

    async fn do_to_order(&self, actor: &Actor, id: &OrderId, deed: &Deed, guard: &Guard) -> Result<OrderView, Error> {
        let seen = self.managed_order(actor, id).await?;
        let company = seen.value.record_of().clone();
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), &company).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let settled = match deed {
            Deed::Close(_) => self.settled(seen).await.map(|_| ()),
            Deed::Send(_) => Ok(()),
        };
        let mut attempt = 0;
        let result = loop {
            if let Err(error) = settled {
                break Err(error);
            }
            attempt += 1;
            match self.try_deed(actor, id, deed, &company, guard, slot.as_ref()).await {
                Err(error) if error.is_race() && attempt < ATTEMPTS => {}
                result => break result,
            }
        };
        self.settle(slot, result).await
    }

    /// An order that this person may send again or close: of those who placed it, of the partner, the order desk.
    async fn managed_order(&self, actor: &Actor, id: &OrderId) -> Result<Versioned<Order>, Error> {
        let found = self.seen_order(actor, id, Action::ManageOrder).await?;
        let order = &found.value;
        let company = order.ordered_by == *actor.org() || order.partner == *actor.org();
        if !actor.is_vendor() && !company {
            return Err(Error::code(Code::Forbidden));
        }
        // ORG-3: whoever placed it looks after it; others where they look after the customer.
        if let Some(trial) = order.trial.as_ref().filter(|_| order.partner == *actor.org()) {
            let loaded = self
                .load(&self.region(trial.region())?.read(), trial, Some(actor))
                .await?;
            let tie = crate::policy::Tie {
                looks_after: loaded.looks_after || order.placed_by == *actor.id(),
                ..loaded.tie()
            };
            authorize(actor, Action::ManageOrder, &tie, loaded.now)?;
        }
        Ok(found)
    }

    async fn try_deed(
        &self,
        actor: &Actor,
        id: &OrderId,
        deed: &Deed,
        company: &OrgId,
        guard: &Guard,
        slot: Option<&Slot<'_>>,
    ) -> Result<OrderView, Error> {
        let contact = match deed {
            Deed::Send(wanted) if wanted.email.is_some() => Some(self.other_contact(actor, id, wanted).await?),
            Deed::Send(_) | Deed::Close(_) => None,
        };
        let _moment = self.moment().await;
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(company).await?;
        let found = tx.read().order(id).await?.ok_or_else(Error::not_found)?;
        check_version(guard, found.version)?;
        match deed {
            Deed::Send(_) => {
                let value = found.value.send_again(contact, self.clock.now())?;
                self.sent_again(&tx, actor, Versioned { value, ..found }, company)
                    .await?;
            }
            Deed::Close(reason) => self.closed_by(&tx, actor, found, company, reason.clone()).await?,
        }
        let after = tx.read().order(id).await?.ok_or_else(Error::not_found)?;
        let view = self.order_view(actor, after).await?;
        if guard.dry_run {
            tx.rollback().await?;
            return Ok(view);
        }
        if let Some(slot) = slot {
            slot.keep(&tx, &view).await?;
        }
        tx.commit().await?;
        self.rang();
        Ok(view)
    }

    async fn other_contact(
        &self,
        actor: &Actor,
        id: &OrderId,
        wanted: &WantedContact,
    ) -> Result<domain::order::Contact, Error> {
        let seen = self
            .region(id.region())?
            .read()
            .order(id)
            .await?
            .ok_or_else(Error::not_found)?;
        let order = seen.value;
        let around = Around {
            partner: &order.partner,
            ordered_by: &order.ordered_by,
            customer: order.customer.as_ref(),
            otherwise: &[],
        };
        let (_, contact) = self.contact_for(actor, wanted, &around).await.map_err(under_contact)?;
        Ok(contact)
    }

    async fn sent_again(&self, tx: &Tx, actor: &Actor, after: Versioned<Order>, company: &OrgId) -> Result<(), Error> {
        let order = after.value.clone();
        tx.put_order(&after).await?;
        let Some(trial) = &order.trial else {
            // REG-2: an order holds ids only: its contact may be anywhere.
            let contact = &order.contact.person;
            let found = self.region(contact.region())?.read().person(contact).await?;
            let person = found.ok_or_else(|| Error::field("/contact/email", Code::Required))?;
            let body = serde_json::json!({"order": order.id, "contact": order.contact.person});
            self.note(tx, actor, company, "order_redirected", body).await?;
            let told = &person.value.organization;
            return self.tell_contact(tx, &order, MessageKind::OrderSetUp, told).await;
        };
        let loaded = self.load(&tx.read(), trial, None).await?;
        let of = &loaded.record.trial;
        let change = of.send_order_again(&order.id, &order.contact.person, &loaded.at())?;
        self.save_loaded(tx, &actor.by(), &loaded, &change, None).await?;
        Ok(())
    }

    async fn closed_by(
        &self,
        tx: &Tx,
        actor: &Actor,
        found: Versioned<Order>,
        company: &OrgId,
        reason: Option<String>,
    ) -> Result<(), Error> {
        // Whoever maps it right now ends with it mapped or open.
        if found.value.mapping_token().is_some() {
            return Err(Error::Busy);
        }
        let value = found.value.close(ClosedOrder::Withdrawn, self.clock.now())?;
        if let Some(trial) = &value.trial {
            let loaded = self.load(&tx.read(), trial, None).await?;
            let change = loaded
                .record
                .trial
                .close_order(ClosedOrder::Withdrawn, reason, &loaded.at());
            let change = change.ok_or_else(|| Error::code(Code::WrongStatus))?;
            self.save_loaded(tx, &actor.by(), &loaded, &change, None).await?;
            return Ok(());
        }
        let version = found.version;
        tx.put_order(&Versioned {
            value: value.clone(),
            version,
        })
        .await?;
        tx.drop_alarms(value.id.as_str()).await?;
        let body = serde_json::json!({"order": value.id, "reason": ClosedOrder::Withdrawn.as_str()});
        let words = reason.clone().map(|reason| ("reason", reason));
        self.note_with(tx, actor, company, "order_closed", body, words).await?;
        self.tell_contact_why(tx, &value, MessageKind::OrderClosed, company, reason)
            .await
    }
}

/// The same faults, where this body has them.
fn under_contact(error: Error) -> Error {
    match error {
        Error::Refused(mut refusal) => {
            for one in &mut refusal.errors {
                one.pointer = one.pointer.replacen("/provisioning_contact", "/contact", 1);
            }
            Error::Refused(refusal)
        }
        other => other,
    }
}
