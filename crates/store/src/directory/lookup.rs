//! START-6: who asked for which address; counted here, so that the limits hold over servers.

use super::Directory;
use crate::{StoreError, entity::lookup, time::micros};
use domain::ids::{OrgId, PersonId};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};

impl Directory {
    /// The digests of the addresses that a partner's people asked for since an instant, and by whom.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn lookups(&self, partner: &OrgId, since: Timestamp) -> Result<Vec<(PersonId, String)>, StoreError> {
        let rows = lookup::Entity::find()
            .filter(lookup::Column::PartnerId.eq(partner.as_str()))
            .filter(lookup::Column::At.gt(micros(since)))
            .limit(10_000)
            .all(&self.db.read)
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| (PersonId(row.person_id), row.digest))
            .collect())
    }

    /// Records that somebody asked for an address.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn record_lookup(
        &self,
        id: &str,
        person: &PersonId,
        partner: &OrgId,
        email_key: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let row = lookup::ActiveModel {
            id: Set(id.to_owned()),
            person_id: Set(person.0.clone()),
            partner_id: Set(partner.0.clone()),
            digest: Set(self.keys.digest("email", email_key)),
            at: Set(micros(at)),
        };
        lookup::Entity::insert(row)
            .exec_without_returning(&self.db.write)
            .await?;
        Ok(())
    }

    /// Takes a record back: a finished start for a new or an own customer is not counted.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn forget_lookup(&self, id: &str) -> Result<(), StoreError> {
        lookup::Entity::delete_by_id(id).exec(&self.db.write).await?;
        Ok(())
    }

    /// Forgets what no limit counts any more.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn forget_lookups(&self, before: Timestamp) -> Result<u64, StoreError> {
        let old = lookup::Entity::delete_many().filter(lookup::Column::At.lt(micros(before)));
        Ok(old.exec(&self.db.write).await?.rows_affected)
    }
}
