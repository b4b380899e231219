//! Links by email that open accounts; their secrets are made where they are sent and stored as digests. All instants are
//! of the real clock.

use super::{Reads, Tx};
use crate::{
    StoreError,
    entity::door,
    keys::sha256,
    time::{instant, micros},
};
use domain::ids::PersonId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, sea_query::Expr,
};

/// A door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// Its id, from which the secret is made.
    pub id: String,
    /// Whose account it opens.
    pub person: PersonId,
    /// What it is for, by its stable name.
    pub purpose: String,
    /// Whether a later one replaced it.
    pub superseded: bool,
    /// Since when.
    pub created_at: Timestamp,
    /// From when on it opens nothing.
    pub ends_at: Timestamp,
    /// When somebody went through.
    pub used_at: Option<Timestamp>,
}

impl Reads<'_> {
    /// The door behind its secret, whether or not it still opens.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn door(&self, secret: &str) -> Result<Option<Door>, StoreError> {
        let row = door::Entity::find()
            .filter(door::Column::Digest.eq(sha256(secret.as_bytes())))
            .one(&self.on)
            .await?;
        row.map(read).transpose()
    }

    /// How many doors were made for a person after an instant.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn doors_after(&self, person: &PersonId, since: Timestamp) -> Result<u64, StoreError> {
        Ok(door::Entity::find()
            .filter(door::Column::PersonId.eq(person.as_str()))
            .filter(door::Column::CreatedAt.gt(micros(since)))
            .count(&self.on)
            .await?)
    }
}

impl Tx {
    /// Writes a door; its secret is made again from its id when it is sent.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_door(&self, value: &Door) -> Result<(), StoreError> {
        let row = door::ActiveModel {
            id: Set(value.id.clone()),
            person_id: Set(value.person.0.clone()),
            purpose: Set(value.purpose.clone()),
            digest: Set(sha256(self.keys.link(&value.id).as_bytes())),
            superseded: Set(value.superseded),
            created_at: Set(micros(value.created_at)),
            ends_at: Set(micros(value.ends_at)),
            used_at: Set(value.used_at.map(micros)),
        };
        door::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// Replaces a person's doors that nobody used yet: those for one purpose, or all.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn supersede_doors(&self, person: &PersonId, purpose: Option<&str>) -> Result<(), StoreError> {
        let mut open = door::Entity::update_many()
            .col_expr(door::Column::Superseded, Expr::value(true))
            .filter(door::Column::PersonId.eq(person.as_str()))
            .filter(door::Column::UsedAt.is_null());
        if let Some(purpose) = purpose {
            open = open.filter(door::Column::Purpose.eq(purpose));
        }
        open.exec(&self.on).await?;
        Ok(())
    }

    /// Goes through a door; false where somebody was faster, or it opens nothing any more.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn use_door(&self, id: &str, real_now: Timestamp) -> Result<bool, StoreError> {
        let done = door::Entity::update_many()
            .col_expr(door::Column::UsedAt, Expr::value(micros(real_now)))
            .filter(door::Column::Id.eq(id))
            .filter(door::Column::UsedAt.is_null())
            .filter(door::Column::Superseded.eq(false))
            .filter(door::Column::EndsAt.gt(micros(real_now)))
            .exec(&self.on)
            .await?;
        Ok(done.rows_affected == 1)
    }
}

fn read(row: door::Model) -> Result<Door, StoreError> {
    Ok(Door {
        id: row.id,
        person: PersonId(row.person_id),
        purpose: row.purpose,
        superseded: row.superseded,
        created_at: instant(row.created_at)?,
        ends_at: instant(row.ends_at)?,
        used_at: row.used_at.map(instant).transpose()?,
    })
}
