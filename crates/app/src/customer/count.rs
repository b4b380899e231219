//! How many customers a list has, for its views.

use super::list::only_own;
use crate::{
    Actor, App, Error,
    policy::{Action, allow},
};
use domain::text::fold;
use std::collections::BTreeMap;
use store::{StoreError, region::listing::LineQuery};

impl App {
    /// How many customers a partner's person sees, by the status that is stored. A region that is down counts nothing:
    /// the list names it.
    ///
    /// # Errors
    /// `role_required`, `not_certified`; when a store answers with anything but that it is down.
    pub async fn count_customers(&self, actor: &Actor, q: Option<&str>) -> Result<BTreeMap<String, i64>, Error> {
        allow(actor, Action::ReadCustomer, self.clock.now())?;
        let query = LineQuery {
            people: only_own(actor),
            q: q.map(fold),
            ..LineQuery::of(actor.org().clone())
        };
        let mut counts = BTreeMap::new();
        for region in self.stores.regions.values().filter(|_| actor.is_partner()) {
            let found = match region.read().count_lines(&query).await {
                Ok(found) => found,
                Err(StoreError::Unavailable(_)) => continue,
                Err(error) => return Err(error.into()),
            };
            for (status, lines) in found {
                *counts.entry(status).or_default() += lines;
            }
        }
        Ok(counts)
    }
}
