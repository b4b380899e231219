//! The first organizations and people: by the operator, and for a demo.

use crate::{App, Error, actor::PREFIX, token::Scopes};
use domain::{
    ids::{OrgId, PersonId},
    organization::{Kind, Organization},
    person::{Person, Role},
    refusal::Code,
    text,
};
use jiff::Timestamp;
use store::{StoreError, region::Token, sha256};

/// A person to come.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// The address.
    pub email: String,
    /// As spoken to.
    pub name: String,
    /// BCP 47.
    pub language: String,
    /// IANA zone.
    pub zone: String,
    /// What the person may do.
    pub roles: Vec<Role>,
    /// Services for which a licence is assigned.
    pub licenses: Vec<String>,
}

impl App {
    /// Founds an organization with its people, in a region.
    ///
    /// # Errors
    /// Wrong input, `address_taken` where a customer has that address already.
    pub async fn found(
        &self,
        region: &str,
        name: &str,
        kind: Kind,
        people: &[NewPerson],
    ) -> Result<(OrgId, Vec<PersonId>), Error> {
        let store = self
            .stores
            .region(region)
            .ok_or_else(|| Error::field("/region", Code::UnknownValue))?;
        let name = text::name(name).map_err(|code| Error::field("/name", code))?;
        let now = self.clock.now();
        let organization = Organization {
            id: OrgId::new(region, &self.unique()),
            name,
            kind,
            created_at: now,
        };
        let mut persons = Vec::with_capacity(people.len());
        for (index, person) in people.iter().enumerate() {
            persons.push(self.new_person(&organization, person, &format!("/people/{index}"), now)?);
        }
        if organization.customer().is_some() {
            let keys: Vec<String> = persons.iter().map(|person| person.email.to_ascii_lowercase()).collect();
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            self.stores.directory.enter("email", &keys, &organization.id).await?;
        }
        let tx = store.begin().await?;
        tx.add_organization(&organization).await?;
        tx.add_people(&persons).await?;
        tx.commit().await?;
        Ok((organization.id, persons.into_iter().map(|person| person.id).collect()))
    }

    /// Adds a person to an organization.
    ///
    /// # Errors
    /// Wrong input, `not_found`, `address_taken`.
    pub async fn add_person(&self, organization: &OrgId, person: &NewPerson) -> Result<PersonId, Error> {
        let store = self.region(organization.region())?;
        let found = store
            .read()
            .organization(organization)
            .await?
            .ok_or_else(Error::not_found)?
            .value;
        let person = self.new_person(&found, person, "", self.clock.now())?;
        if found.customer().is_some() {
            self.stores
                .directory
                .enter("email", &[&person.email.to_ascii_lowercase()], organization)
                .await?;
        }
        let tx = store.begin().await?;
        tx.add_people(std::slice::from_ref(&person)).await?;
        tx.commit().await?;
        Ok(person.id)
    }

    /// Puts tokens in force whose secret tail the caller makes himself, the same at every start: for a demo. They do not
    /// end; one that was revoked stays so. The tokens, in the order of the people.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn ensure_tokens(&self, people: &[(PersonId, String)], label: &str) -> Result<Vec<String>, Error> {
        let token = |(person, tail): &(PersonId, String)| format!("{PREFIX}_{}_{tail}", person.region());
        let now = self.clock.real();
        for region in self.stores.regions.values() {
            let mut missing = Vec::new();
            for one in people.iter().filter(|(person, _)| person.region() == region.id()) {
                let digest = sha256(token(one).as_bytes());
                if region.read().token(&digest, now).await?.is_none() {
                    let (person, label) = (one.0.clone(), label.to_owned());
                    missing.push(Token {
                        digest,
                        id: self.unique(),
                        person,
                        label,
                        created_at: now,
                        expires_at: None,
                        scopes: Scopes::all().names().join(" "),
                        used_on: None,
                    });
                }
            }
            if missing.is_empty() {
                continue;
            }
            let tx = region.begin().await?;
            for token in &missing {
                let part = tx.savepoint().await?;
                match part.add_token(token).await {
                    Ok(()) => part.commit().await?,
                    Err(StoreError::Taken(_)) => part.rollback().await?,
                    Err(error) => return Err(error.into()),
                }
            }
            tx.commit().await?;
        }
        Ok(people.iter().map(token).collect())
    }

    fn new_person(
        &self,
        organization: &Organization,
        given: &NewPerson,
        pointer: &str,
        now: Timestamp,
    ) -> Result<Person, Error> {
        let email = text::email(&given.email).map_err(|code| Error::field(&format!("{pointer}/email"), code))?;
        if !crate::load::is_zone(&given.zone) {
            return Err(Error::field(&format!("{pointer}/time_zone"), Code::InvalidTimeZone));
        }
        Ok(Person {
            id: PersonId::new(organization.id.region(), &self.unique()),
            organization: organization.id.clone(),
            email: email.address,
            name: given.name.clone(),
            language: given.language.clone(),
            zone: given.zone.clone(),
            roles: given.roles.clone(),
            licenses: given.licenses.clone(),
            signed_in_at: None,
            disabled_at: None,
            theme: String::new(),
            digest: false,
            bounced_at: None,
            service: false,
            created_at: now,
        })
    }

    /// The vendor's organization, if there is one.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn vendor_id(&self) -> Result<Option<OrgId>, Error> {
        self.vendor().await
    }

    /// Everybody of an organization who has that address.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn find_people(&self, email: &str) -> Result<Vec<Person>, Error> {
        let email = text::email(email).map_err(|code| Error::field("/email", code))?;
        let mut found = Vec::new();
        for region in self.stores.regions.values() {
            found.extend(region.read().people_with_email(&email.key).await?);
        }
        Ok(found)
    }
}
