//! Passwords of people, as hashes.

use super::{Reads, Tx};
use crate::{StoreError, entity::credential, time::micros};
use domain::ids::PersonId;
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::OnConflict};

impl Reads<'_> {
    /// The hashes of these people's passwords; those who have none are left out.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn credentials(&self, people: &[PersonId]) -> Result<Vec<(PersonId, String)>, StoreError> {
        if people.is_empty() {
            return Ok(Vec::new());
        }
        let wanted = credential::Column::PersonId.is_in(people.iter().map(PersonId::as_str));
        let rows = credential::Entity::find().filter(wanted).all(&self.on).await?;
        Ok(rows
            .into_iter()
            .map(|row| (PersonId(row.person_id), row.hash))
            .collect())
    }
}

impl Tx {
    /// Sets a person's password, or another one.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_credential(&self, person: &PersonId, hash: &str, real_now: Timestamp) -> Result<(), StoreError> {
        let row = credential::ActiveModel {
            person_id: Set(person.0.clone()),
            hash: Set(hash.to_owned()),
            changed_at: Set(micros(real_now)),
        };
        let again = OnConflict::column(credential::Column::PersonId)
            .update_columns([credential::Column::Hash, credential::Column::ChangedAt])
            .to_owned();
        credential::Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(&self.on)
            .await?;
        Ok(())
    }
}
