//! The people of a customer, and their licences (SETUP-3, ORG-4, ORG-5).

mod add;
mod change;
mod enter;
mod import;

pub use add::NewUser;
pub use change::UserPatch;
pub use domain::license::Licensed;
pub use import::{COLUMNS, IMPORT, Preview, ROWS};

pub(crate) use enter::{Entered, Outcome, Room, Wish};
pub(crate) use import::short;

use crate::{
    Actor, App, Error, Page, PageRequest,
    load::customer_of,
    page::Place,
    policy::{Action, Tie, authorize, certified},
};
use domain::{
    ids::{OrgId, PersonId},
    license::Licenses,
    organization::Organization,
    person::{Person, Role},
};
use serde::{Deserialize, Serialize};
use store::region::{Reads, Users, Versioned};

/// A person as others of the company, and its partner with full access, see it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UserView {
    /// The person; one that a dry run would make has no id.
    pub person: Person,
    /// Counts up with every change.
    pub version: i64,
}

impl UserView {
    pub(crate) fn of(found: Versioned<Person>) -> Self {
        Self {
            person: found.value,
            version: found.version,
        }
    }
}

/// Which of them.
#[derive(Clone, Debug, Default)]
pub struct UserFilter {
    /// Part of the address or of the name.
    pub q: Option<String>,
    /// Who has a licence of this service; empty for those who have none.
    pub license: Option<String>,
}

impl UserFilter {
    fn stored(&self) -> Users {
        Users {
            q: self.q.clone(),
            license: self.license.clone(),
        }
    }
}

impl App {
    /// Who uses what in a customer's organization, in the order of their addresses.
    ///
    /// # Errors
    /// `not_found`, `role_required`; `forbidden` for a partner without full access.
    pub async fn users(
        &self,
        actor: &Actor,
        id: &OrgId,
        filter: &UserFilter,
        page: &PageRequest,
    ) -> Result<Page<UserView>, Error> {
        let reads = self.region(id.region())?.read();
        self.customer_with_users(&reads, actor, id, Action::ReadUsers).await?;
        let after = page.after.as_ref().map(|place| place.0.as_str());
        let limit = page.limit as u64 + 1;
        let mut people = reads.users_page(id, &filter.stored(), after, limit).await?;
        let more = people.len() > page.limit;
        people.truncate(page.limit);
        let next = people
            .last()
            .filter(|_| more)
            .map(|(key, person)| Place(key.clone(), person.value.id.0.clone()));
        Ok(Page {
            items: people.into_iter().map(|(_, person)| UserView::of(person)).collect(),
            next,
            unavailable_regions: Vec::new(),
        })
    }

    /// How many they are.
    ///
    /// # Errors
    /// As for the list.
    pub async fn count_users(&self, actor: &Actor, id: &OrgId, filter: &UserFilter) -> Result<u64, Error> {
        let reads = self.region(id.region())?.read();
        self.customer_with_users(&reads, actor, id, Action::ReadUsers).await?;
        Ok(reads.count_users(id, &filter.stored()).await?)
    }

    /// One of them.
    ///
    /// # Errors
    /// As for the list.
    pub async fn user(&self, actor: &Actor, id: &OrgId, person: &PersonId) -> Result<UserView, Error> {
        let reads = self.region(id.region())?.read();
        self.customer_with_users(&reads, actor, id, Action::ReadUsers).await?;
        Ok(UserView::of(user_of(&reads, id, person).await?))
    }

    /// SETUP-3: the customer's licences: how many there are, and how many people have.
    ///
    /// # Errors
    /// As for the list.
    pub async fn licenses(&self, actor: &Actor, id: &OrgId) -> Result<Vec<Licensed>, Error> {
        let reads = self.region(id.region())?.read();
        let organization = self.customer_with_users(&reads, actor, id, Action::ReadUsers).await?;
        Ok(self.licenses_of(&reads, &organization).await?.lines())
    }

    /// Whether this person may change users and licences: for those who offer it.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn may_manage_users(&self, actor: &Actor, id: &OrgId) -> Result<bool, Error> {
        let reads = self.region(id.region())?.read();
        match self
            .customer_with_users(&reads, actor, id, Action::ManageLicenses)
            .await
        {
            Ok(_) => Ok(true),
            Err(Error::Refused(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    pub(crate) async fn licenses_of(&self, reads: &Reads<'_>, organization: &Organization) -> Result<Licenses, Error> {
        let records = reads.trials_of(&organization.id).await?;
        let trials = self.with_programs(records.iter()).await?;
        let assigned = reads.count_licenses(&organization.id).await?;
        let bought = &customer_of(organization)?.purchased;
        let trials = trials.iter().map(|(trial, program)| (*trial, &**program));
        Ok(Licenses::of(bought, trials, &*self.program()?, &assigned))
    }

    /// A customer whose users somebody may see or change.
    pub(crate) async fn customer_with_users(
        &self,
        reads: &Reads<'_>,
        actor: &Actor,
        id: &OrgId,
        action: Action,
    ) -> Result<Organization, Error> {
        certified(actor, self.clock.now())?;
        self.nearby(reads, actor, id).await?;
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
            ..crate::customer::tie(id, line.as_ref(), looks_after)
        };
        authorize(actor, action, &tie, self.clock.now())?;
        Ok(found)
    }
}

/// A person of that organization; others are not there.
pub(crate) async fn user_of(reads: &Reads<'_>, id: &OrgId, person: &PersonId) -> Result<Versioned<Person>, Error> {
    let found = reads.person(person).await?;
    let found = found.filter(|found| found.value.organization == *id);
    found.ok_or_else(Error::not_found)
}
