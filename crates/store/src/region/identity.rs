//! Who a provider's subject is here: by issuer and subject, never by an address.

use super::{Reads, Tx};
use crate::{StoreError, entity::identity, time::micros};
use domain::ids::{OrgId, PersonId};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

impl Reads<'_> {
    /// The person whom an organization's provider means.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn identity(
        &self,
        organization: &OrgId,
        issuer: &str,
        subject: &str,
    ) -> Result<Option<PersonId>, StoreError> {
        let key = (organization.0.clone(), issuer.to_owned(), subject.to_owned());
        let row = identity::Entity::find_by_id(key).one(&self.on).await?;
        Ok(row.map(|row| PersonId(row.person_id)))
    }

    /// Whether a provider knows a person.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn has_identity(&self, person: &PersonId, issuer: &str) -> Result<bool, StoreError> {
        let theirs = identity::Entity::find()
            .filter(identity::Column::PersonId.eq(person.as_str()))
            .filter(identity::Column::Issuer.eq(issuer));
        Ok(theirs.count(&self.on).await? > 0)
    }
}

impl Tx {
    /// From now on a provider's subject is this person.
    ///
    /// # Errors
    /// `Taken` where the subject is somebody, or the person another subject.
    pub async fn add_identity(
        &self,
        organization: &OrgId,
        (issuer, subject): (&str, &str),
        person: &PersonId,
        real_now: Timestamp,
    ) -> Result<(), StoreError> {
        let row = identity::ActiveModel {
            organization_id: Set(organization.0.clone()),
            issuer: Set(issuer.to_owned()),
            subject: Set(subject.to_owned()),
            person_id: Set(person.0.clone()),
            created_at: Set(micros(real_now)),
        };
        identity::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }
}
