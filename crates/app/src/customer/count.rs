//! How many customers a list has, for its views.

use super::list::only_own;
use crate::{
    Actor, App, Error,
    policy::{Action, allow},
};
use domain::text::fold;
use std::collections::BTreeMap;
use store::region::listing::LineQuery;

impl App {
    /// How many customers a partner's person sees, by the status that is stored. A region that is down counts nothing:
    /// the list names it.
    ///
    /// # Errors
    /// `role_required`, `not_certified`.
    pub async fn count_customers(&self, actor: &Actor, q: Option<&str>) -> Result<BTreeMap<String, i64>, Error> {
        allow(actor, Action::ReadCustomer, self.clock.now())?;
        let query = LineQuery {
            people: only_own(actor),
            q: q.map(fold),
            ..LineQuery::of(actor.org().clone())
        };
        let mut counts = BTreeMap::new();
        for region in self.stores.regions.values().filter(|_| actor.is_partner()) {
            for (status, lines) in region.read().count_lines(&query).await.unwrap_or_default() {
                *counts.entry(status).or_default() += lines;
            }
        }
        Ok(counts)
    }
}
