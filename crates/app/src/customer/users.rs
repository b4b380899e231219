//! The people of a customer (ORG-4, ORG-5).

use super::view::tie;
use crate::{
    Actor, App, Error, Page, PageRequest,
    page::Place,
    policy::{Action, Tie, authorize, certified},
};
use domain::{
    ids::OrgId,
    person::{Person, Role},
};

/// A person as others of the company, and its partner with full access, see it.
#[derive(Clone, Debug)]
pub struct UserView {
    /// The person.
    pub person: Person,
}

impl App {
    /// Who uses what in a customer's organization.
    ///
    /// # Errors
    /// `not_found`, `role_required`; `forbidden` for a partner without full access.
    pub async fn users(&self, actor: &Actor, id: &OrgId, page: &PageRequest) -> Result<Page<UserView>, Error> {
        certified(actor, self.clock.now())?;
        let reads = self.region(id.region())?.read();
        self.nearby(&reads, actor, id).await?;
        let found = reads.organization(id).await?.ok_or_else(Error::not_found)?.value;
        if found.customer().is_none_or(|customer| customer.closed_on.is_some()) {
            return Err(Error::not_found());
        }
        let line = if actor.is_partner() {
            reads.relationship(id, actor.org()).await?
        } else {
            None
        };
        let looks_after = actor.is_partner() && reads.is_assigned(id, actor.id()).await?;
        let tie = Tie {
            granted: actor.has(Role::HelpDesk) && self.is_granted(actor.id(), id).await?,
            ..tie(id, line.as_ref(), looks_after)
        };
        authorize(actor, Action::ReadUsers, &tie, self.clock.now())?;
        let after = page.after.as_ref().map(|place| place.0.as_str());
        let mut people = reads.people_page(id, after, page.limit as u64 + 1).await?;
        let more = people.len() > page.limit;
        people.truncate(page.limit);
        let next = people
            .last()
            .filter(|_| more)
            .map(|(key, person)| Place(key.clone(), person.id.0.clone()));
        let items = people.into_iter().map(|(_, person)| UserView { person }).collect();
        Ok(Page {
            items,
            next,
            unavailable_regions: Vec::new(),
        })
    }
}
