//! START-6: what does this address belong to, said in words, and to nobody too often.

use crate::{
    Actor, App, Error,
    policy::{Action, allow},
};
use domain::{
    ids::OrgId,
    refusal::{Code, FieldError},
    text,
};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What an address belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lookup {
    /// Whether it belongs to an organization.
    pub existing: bool,
    /// Whether that is a customer of the partner.
    pub own: bool,
    /// Its id, for an own customer only.
    pub id: Option<OrgId>,
    /// Its name.
    pub name: Option<String>,
    /// ISO 3166 alpha-2.
    pub country: Option<String>,
}

impl App {
    /// START-6: nobody, this organization, or an own customer.
    ///
    /// # Errors
    /// `role_required`, wrong input, `too_many_requests`.
    pub async fn look_up(&self, actor: &Actor, admin_email: Option<&str>) -> Result<Lookup, Error> {
        allow(actor, Action::LookUp, self.clock.now())?;
        let given = admin_email.ok_or_else(|| Error::field("/admin_email", Code::Required))?;
        let email = text::email(given).map_err(|code| Error::field("/admin_email", code))?;
        self.count_lookup(actor, &email.key).await?;
        let owner = self.owner_of("email", &email.key, "").await?;
        let nobody = Lookup {
            existing: false,
            own: false,
            id: None,
            name: None,
            country: None,
        };
        let Some(owner) = owner else { return Ok(nobody) };
        let reads = self.region(owner.region())?.read();
        let Some(organization) = reads.organization(&owner).await?.map(|found| found.value) else {
            return Ok(nobody);
        };
        let line = reads.relationship(&owner, actor.org()).await?;
        let own = line.is_some_and(|line| !line.pending);
        let country = organization.customer().map(|customer| customer.country.clone());
        Ok(Lookup {
            existing: true,
            own,
            id: own.then_some(owner),
            name: Some(organization.name),
            country,
        })
    }

    /// ORG-7: an address of one's own company.
    pub(crate) async fn refuse_colleague(&self, actor: &Actor, email_key: &str, pointer: &str) -> Result<(), Error> {
        let home = self.region(actor.org().region())?;
        if home.read().person_by_email(actor.org(), email_key).await?.is_some() {
            return Err(Error::field(pointer, Code::OwnOrganization));
        }
        Ok(())
    }

    /// Counts a person's question about an address; the same address again is no other one.
    pub(crate) async fn count_lookup(&self, actor: &Actor, email_key: &str) -> Result<(), Error> {
        let _one_at_a_time = self.counting.lock().await;
        self.check_lookup(actor, email_key).await?;
        let id = self.unique();
        let now = self.clock.real();
        Ok(self
            .stores
            .directory
            .record_lookup(&id, actor.id(), actor.org(), email_key, now)
            .await?)
    }

    /// Whether one more address may be asked for.
    pub(crate) async fn check_lookup(&self, actor: &Actor, email_key: &str) -> Result<(), Error> {
        let hour_ago = self
            .clock
            .real()
            .checked_sub(SignedDuration::from_hours(1))
            .unwrap_or(jiff::Timestamp::MIN);
        let seen = self.stores.directory.lookups(actor.org(), hour_ago).await?;
        let digest = self.stores.directory.digest("email", email_key);
        let mine: BTreeSet<&str> = seen
            .iter()
            .filter(|(person, _)| person == actor.id())
            .map(|(_, digest)| digest.as_str())
            .collect();
        let all: BTreeSet<&str> = seen.iter().map(|(_, digest)| digest.as_str()).collect();
        let (for_person, for_partner) = self.settings().lookups;
        let over = |known: &BTreeSet<&str>, limit: usize| known.len() >= limit && !known.contains(digest.as_str());
        if over(&mine, for_person) || over(&all, for_partner) {
            return Err(domain::refusal::Refusal::new(Code::TooManyRequests)
                .with("retry_after", 3600)
                .into());
        }
        Ok(())
    }
}

/// An address that may be missing.
pub(crate) fn email_at(pointer: &str, given: Option<&str>) -> Result<text::Email, Error> {
    let given = given.ok_or_else(|| Error::from(vec![FieldError::new(pointer, Code::Required)]))?;
    text::email(given).map_err(|code| Error::field(pointer, code))
}
