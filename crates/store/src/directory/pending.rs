//! What was begun in a browser and is finished there: once, soon, on whatever server. Here, since who signs in is not
//! known before; nothing in it names anybody (REG-2).

use super::Directory;
use crate::{StoreError, entity::pending, time::micros};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::OnConflict};

impl Directory {
    /// Keeps what was begun under a secret until an instant of the real clock, instead of what was begun under it before;
    /// forgets what is over.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_pending(
        &self,
        secret: &str,
        body: &str,
        until: Timestamp,
        real_now: Timestamp,
    ) -> Result<(), StoreError> {
        let over = pending::Entity::delete_many().filter(pending::Column::Until.lte(micros(real_now)));
        over.exec(&self.db.write).await?;
        let row = pending::ActiveModel {
            digest: Set(self.keys.digest("pending", secret)),
            body: Set(body.to_owned()),
            until: Set(micros(until)),
        };
        let again = OnConflict::column(pending::Column::Digest)
            .update_columns([pending::Column::Body, pending::Column::Until])
            .to_owned();
        pending::Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(&self.db.write)
            .await?;
        Ok(())
    }

    /// Takes what was begun under a secret; of several who want it, one gets it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn take_pending(&self, secret: &str, real_now: Timestamp) -> Result<Option<String>, StoreError> {
        let digest = self.keys.digest("pending", secret);
        let Some(row) = pending::Entity::find_by_id(&digest).one(&self.db.read).await? else {
            return Ok(None);
        };
        let same = pending::Entity::delete_many()
            .filter(pending::Column::Digest.eq(digest))
            .filter(pending::Column::Body.eq(row.body.as_str()));
        let taken = same.exec(&self.db.write).await?.rows_affected == 1;
        Ok((taken && row.until > micros(real_now)).then_some(row.body))
    }
}
