//! The people of an organization: who is there, who may change them (ORG-3, 5, 6).

mod change;
mod invite;
mod leave;

pub use change::PersonPatch;
pub(crate) use change::{language_of, name_of, zone_of};
pub use invite::Invite;
pub use leave::Leave;

use crate::{
    Actor, App, Error, Page, PageRequest,
    page::Place,
    policy::{self, Action},
};
use domain::{
    ids::{OrgId, PersonId},
    organization::Organization,
    person::{Person, Role},
    refusal::{Code, Refusal},
    text,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Tx, region::Versioned};

/// A person as the administrators of the organization see them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PersonView {
    /// Its id; none for one that a dry run would make.
    pub id: Option<PersonId>,
    /// Where the person belongs.
    pub organization_id: OrgId,
    /// The address; empty for a service account.
    pub email: String,
    /// The name; empty while unknown.
    pub name: String,
    /// What the person may do.
    pub roles: Vec<Role>,
    /// BCP 47.
    pub language: String,
    /// IANA zone.
    pub time_zone: String,
    /// `auto`, `light` or `dark`.
    pub theme: String,
    /// NOTE-4: one email a day instead of single reminders.
    pub digest: bool,
    /// NOTE-4: whether emails to the address come back.
    #[serde(default)]
    pub address_bounced: bool,
    /// `invited`, `active` or `disabled`.
    pub status: String,
    /// Whether it is an integration's.
    pub service_account: bool,
    /// Since when.
    pub created_at: Timestamp,
    /// Counts up with every change.
    pub version: i64,
}

impl PersonView {
    pub(crate) fn of(found: Versioned<Person>) -> Self {
        let person = found.value;
        let status = match (person.disabled_at, person.signed_in_at) {
            (Some(_), _) => "disabled",
            (None, None) if !person.service => "invited",
            (None, _) => "active",
        };
        Self {
            status: status.to_owned(),
            organization_id: person.organization,
            email: person.email,
            name: person.name,
            roles: person.roles,
            language: person.language,
            time_zone: person.zone,
            digest: person.digest,
            address_bounced: person.bounced_at.is_some(),
            theme: match person.theme.is_empty() {
                true => "auto".to_owned(),
                false => person.theme,
            },
            service_account: person.service,
            created_at: person.created_at,
            version: found.version,
            id: Some(person.id),
        }
    }
}

/// Which people.
#[derive(Clone, Debug, Default)]
pub struct PeopleFilter {
    /// Of which organization; none is the caller's own.
    pub organization: Option<OrgId>,
    /// Part of the address.
    pub q: Option<String>,
}

impl App {
    /// The people of an organization, in the order of their addresses.
    ///
    /// # Errors
    /// `role_required`, `not_found` for an organization that is not the caller's to see.
    pub async fn people(
        &self,
        actor: &Actor,
        filter: &PeopleFilter,
        page: &PageRequest,
    ) -> Result<Page<PersonView>, Error> {
        let id = filter.organization.as_ref().unwrap_or(actor.org());
        self.members_of(actor, id, Action::ReadPeople).await?;
        let after = page.after.as_ref().map(|place| place.0.as_str());
        let reads = self.region(id.region())?.read();
        let limit = page.limit as u64 + 1;
        let mut found = reads.members_page(id, filter.q.as_deref(), after, limit).await?;
        let more = found.len() > page.limit;
        found.truncate(page.limit);
        let last = found.last().filter(|_| more);
        Ok(Page {
            next: last.map(|(key, person)| Place(key.clone(), person.value.id.0.clone())),
            items: found.into_iter().map(|(_, person)| PersonView::of(person)).collect(),
            unavailable_regions: Vec::new(),
        })
    }

    /// One person: oneself, or one of an organization whose people one sees.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn person(&self, actor: &Actor, id: &PersonId) -> Result<PersonView, Error> {
        policy::certified(actor, self.clock.now())?;
        let found = self.member(id).await?;
        if found.value.id != *actor.id() {
            self.members_of(actor, &found.value.organization, Action::ReadPeople)
                .await?;
        }
        Ok(PersonView::of(found))
    }

    async fn member(&self, id: &PersonId) -> Result<Versioned<Person>, Error> {
        self.region(id.region())?
            .read()
            .person(id)
            .await?
            .ok_or_else(Error::not_found)
    }

    /// Whether the people of an organization are the caller's to see, or to change: the own ones, and for the vendor's
    /// administrators everybody's.
    pub(crate) async fn members_of(&self, actor: &Actor, id: &OrgId, action: Action) -> Result<Organization, Error> {
        let now = self.clock.now();
        policy::certified(actor, now)?;
        let own = id == actor.org();
        if !own && !actor.is_vendor() {
            return Err(Error::not_found());
        }
        let action = match (own, action) {
            (false, Action::ReadPeople) => Action::ReadPeopleOfOthers,
            (false, Action::ManageUsers) => Action::ManagePeopleOfOthers,
            (_, action) => action,
        };
        policy::allow(actor, action, now)?;
        let found = self.region(id.region())?.read().organization(id).await?;
        let found = found.ok_or_else(Error::not_found)?.value;
        match found.customer().is_some_and(|customer| customer.closed_on.is_some()) {
            true => Err(Error::not_found()),
            false => Ok(found),
        }
    }
}

/// EXP-4: of an organization that was closed while somebody waited for it nothing is changed any more.
pub(crate) async fn still_open(tx: &Tx, id: &OrgId) -> Result<(), Error> {
    let found = tx.read().organization(id).await?.ok_or_else(Error::not_found)?.value;
    match found.customer().is_some_and(|customer| customer.closed_on.is_some()) {
        true => Err(Error::not_found()),
        false => Ok(()),
    }
}

/// ORG-6: who changes another company's people says why.
fn reason_of(actor: &Actor, organization: &Organization, given: Option<&str>) -> Result<Option<String>, Error> {
    match given {
        Some(given) => Ok(Some(text::note(given).map_err(|code| Error::field("/reason", code))?)),
        None if organization.id != actor.home().id && organization.id != *actor.org() => {
            Err(Error::field("/reason", Code::Required))
        }
        None => Ok(None),
    }
}

/// ORG-5: a user administrator manages plain users; and whoever acts for a customer makes nobody its administrator.
pub(crate) fn within_reach(actor: &Actor, organization: &Organization, roles: &[Role]) -> Result<(), Error> {
    let full = actor.has(organization.kind.full_role()) || (actor.is_vendor() && *actor.org() != organization.id);
    let plain = roles.iter().all(|role| *role == Role::User);
    if (full && actor.acting.is_none()) || plain {
        return Ok(());
    }
    let code = if actor.is_customer() {
        Code::NotFullAdministrator
    } else {
        Code::RoleRequired
    };
    let needed = organization.kind.full_role().as_str();
    Err(Refusal::new(code).with("roles", vec![needed]).into())
}
