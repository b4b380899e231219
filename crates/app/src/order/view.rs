//! An order as those whom it concerns see it.

use super::set_up::is_other_partner;
use crate::{
    Actor, App, Error,
    load::zone,
    policy::{Action, allow},
};
use domain::{
    ids::{OrderId, OrgId, PersonId},
    order::{Order, OrderState},
    person::Role,
    time::{civil_day, days_between},
};
use serde::{Deserialize, Serialize};
use store::region::Versioned;

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderView {
    /// Its id; none for one that a dry run would place.
    pub id: Option<OrderId>,
    /// The order.
    pub order: Order,
    /// The partner's name.
    pub partner_name: String,
    /// The name of the company that placed it.
    pub ordered_by_name: String,
    /// Who placed it, by name.
    pub placed_by_name: Option<String>,
    /// Whose it is, as far as is known, with its name.
    pub customer: Option<(OrgId, String)>,
    /// Who sets it up, by name.
    pub contact_name: Option<String>,
    /// The address to which the email goes.
    pub contact_email: Option<String>,
    /// Days until it closes, 0 on the last one; none unless it is open.
    pub days_left: Option<i64>,
    /// Counts up with every change.
    pub version: i64,
}

impl App {
    /// An order as this person may see it.
    pub(crate) async fn order_view(&self, actor: &Actor, found: Versioned<Order>) -> Result<OrderView, Error> {
        let Versioned { value: order, version } = found;
        let contact = self.contact_seen(actor, &order).await?;
        let placed_by = self.somebody(&order.placed_by).await?;
        let known = match &order.state {
            OrderState::Mapped { to, .. } => Some(&to.customer),
            OrderState::Open | OrderState::Mapping { .. } | OrderState::Closed { .. } => order.customer.as_ref(),
        };
        // CONV-1: a distributor knows whose it is until it is done.
        let known = known.filter(|_| order.is_open() || !is_other_partner(actor, &order));
        let customer = match known {
            Some(id) => {
                let found = self.region(id.region())?.read().organization(id).await?;
                Some((id.clone(), found.map(|found| found.value.name).unwrap_or_default()))
            }
            None => None,
        };
        let today = civil_day(self.clock.now(), &zone(&order.zone)?);
        let named = |person: Option<(String, String)>| person.map(|(name, _)| name).filter(|name| !name.is_empty());
        Ok(OrderView {
            id: Some(order.id.clone()),
            partner_name: self.company_name(&order.partner).await?,
            ordered_by_name: self.company_name(&order.ordered_by).await?,
            placed_by_name: named(placed_by),
            customer,
            contact_email: contact
                .as_ref()
                .map(|(_, email)| email.clone())
                .filter(|it| !it.is_empty()),
            contact_name: named(contact),
            days_left: order.is_open().then(|| days_between(today, order.closes_on).max(0)),
            order,
            version,
        })
    }

    /// ORG-9: the contact, by name only to those who know its company.
    async fn contact_seen(&self, actor: &Actor, order: &Order) -> Result<Option<(String, String)>, Error> {
        let id = &order.contact.person;
        let Some(region) = self.stores.region(id.region()) else {
            return Ok(None);
        };
        let Some(person) = region.read().person(id).await?.map(|found| found.value) else {
            return Ok(None);
        };
        let company = &person.organization;
        let known = !actor.is_partner()
            || company == actor.org()
            || *company == order.partner
            || *company == order.ordered_by
            || region.read().relationship(company, actor.org()).await?.is_some();
        let name = if known { person.name } else { String::new() };
        Ok(Some((name, person.email)))
    }

    /// A person's name and address, where that person is.
    pub(super) async fn somebody(&self, id: &PersonId) -> Result<Option<(String, String)>, Error> {
        let Some(region) = self.stores.region(id.region()) else {
            return Ok(None);
        };
        let found = region.read().person(id).await?;
        Ok(found.map(|found| (found.value.name, found.value.email)))
    }

    /// Whether an order is this person's affair: of its company, of those that he looks after, or his own to set up.
    pub(crate) async fn sees_order(&self, actor: &Actor, order: &Order) -> Result<bool, Error> {
        if order.contact.person == *actor.id() || order.placed_by == *actor.id() {
            return Ok(actor.acting.is_none());
        }
        if actor.is_vendor() {
            return Ok(true);
        }
        let company = actor.is_partner() && (order.partner == *actor.org() || order.ordered_by == *actor.org());
        if !company {
            return Ok(false);
        }
        let all = [Role::SalesFullAdministrator, Role::ReadOnlyAdministrator];
        if all.iter().any(|role| actor.has(*role)) {
            return Ok(true);
        }
        match &order.customer {
            Some(customer) => self.looks_after(actor, customer, order).await,
            None => Ok(false),
        }
    }

    /// ORG-3: whether a sales administrator runs the trial, or was assigned.
    async fn looks_after(&self, actor: &Actor, customer: &OrgId, order: &Order) -> Result<bool, Error> {
        if order.partner != *actor.org() {
            return Ok(false);
        }
        let reads = self.region(customer.region())?.read();
        if reads.is_assigned(customer, actor.id()).await? {
            return Ok(true);
        }
        let Some(trial) = &order.trial else { return Ok(false) };
        let found = reads.trial(trial).await?;
        Ok(found.is_some_and(|record| record.trial.started_by == *actor.id()))
    }

    /// An order that this person sees.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub(crate) async fn seen_order(
        &self,
        actor: &Actor,
        id: &OrderId,
        action: Action,
    ) -> Result<Versioned<Order>, Error> {
        crate::policy::certified(actor, self.clock.now())?;
        let found = self.region(id.region())?.read().order(id).await?;
        let found = found.ok_or_else(Error::not_found)?;
        if !self.sees_order(actor, &found.value).await? {
            return Err(Error::not_found());
        }
        allow(actor, action, self.clock.now())?;
        Ok(found)
    }

    /// One order.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn order(&self, actor: &Actor, id: &OrderId) -> Result<OrderView, Error> {
        let found = self.seen_order(actor, id, Action::ReadOrders).await?;
        self.order_view(actor, found).await
    }
}
