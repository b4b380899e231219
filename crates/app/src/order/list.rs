//! Orders in pages, the newest first, of all regions (REG-4).

use super::OrderView;
use crate::{
    Actor, App, Error, Page, PageRequest,
    page::{Place, merge, newest_first},
    policy::{Action, allow},
};
use domain::{
    ids::{OrgId, TrialId},
    order::Order,
};
use store::{
    Region,
    region::{
        Versioned,
        order::{OrderQuery, OrdersOf},
    },
};

/// Which orders.
#[derive(Clone, Debug, Default)]
pub struct OrderFilter {
    /// `open`, `mapped` or `closed`.
    pub state: Option<String>,
    /// For one trial.
    pub trial: Option<TrialId>,
    /// For one customer.
    pub customer: Option<OrgId>,
    /// Those alone that the caller is to set up.
    pub mine: bool,
}

impl App {
    /// The orders that concern this person.
    ///
    /// # Errors
    /// `role_required`.
    pub async fn orders(
        &self,
        actor: &Actor,
        filter: &OrderFilter,
        page: &PageRequest,
    ) -> Result<Page<OrderView>, Error> {
        allow(actor, Action::ReadOrders, self.clock.now())?;
        let (mut parts, mut unavailable_regions) = (Vec::new(), Vec::new());
        for region in self.stores.regions.values() {
            match self.orders_in(region, actor, filter, page).await {
                Ok(found) => parts.push(found),
                Err(Error::Store(_)) => unavailable_regions.push(region.id().to_owned()),
                Err(error) => return Err(error),
            }
        }
        let (found, more) = merge(parts, page.limit, false, false);
        let next = found.last().filter(|_| more).map(|(place, _)| place.clone());
        let mut items = Vec::with_capacity(found.len());
        for (_, order) in found {
            items.push(self.order_view(actor, order).await?);
        }
        Ok(Page {
            items,
            next,
            unavailable_regions,
        })
    }

    async fn orders_in(
        &self,
        region: &Region,
        actor: &Actor,
        filter: &OrderFilter,
        page: &PageRequest,
    ) -> Result<Vec<(Place, Versioned<Order>)>, Error> {
        let of = if filter.mine || actor.is_customer() {
            OrdersOf::Contact(actor.id().clone())
        } else if actor.is_vendor() {
            OrdersOf::Everybody
        } else {
            OrdersOf::Company(actor.org().clone())
        };
        let mut query = OrderQuery {
            of,
            state: filter.state.clone(),
            trial: filter.trial.clone(),
            customer: filter.customer.clone(),
            after: page
                .after
                .clone()
                .map(|place| (i64::MAX - place.0.parse().unwrap_or(0), place.1)),
            limit: page.limit as u64 + 1,
        };
        let mut seen = Vec::new();
        loop {
            let found = region.read().orders(&query).await?;
            let last = (found.len() as u64) < query.limit;
            for order in found {
                query.after = Some((order.value.placed_at.as_microsecond(), order.value.id.0.clone()));
                if seen.len() <= page.limit && self.sees_order(actor, &order.value).await? {
                    let place = Place(newest_first(order.value.placed_at), order.value.id.0.clone());
                    seen.push((place, order));
                }
            }
            if last || seen.len() > page.limit {
                return Ok(seen);
            }
        }
    }
}
