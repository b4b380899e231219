//! Who is signed in, by digest; all instants are of the real clock.

use super::{Reads, Region, Tx};
use crate::{
    StoreError,
    entity::session,
    time::{instant, json, micros, parse},
};
use domain::ids::PersonId;
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::Expr};

/// A session. Its secret lies with the browser alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the secret.
    pub digest: String,
    /// Who is signed in.
    pub person: PersonId,
    /// Everybody whom the same sign-in proved: the same address in other organizations.
    pub people: Vec<PersonId>,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
}

impl Reads<'_> {
    /// A session, whether or not it is over.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn session(&self, digest: &str) -> Result<Option<Session>, StoreError> {
        let Some(row) = session::Entity::find_by_id(digest).one(&self.on).await? else {
            return Ok(None);
        };
        Ok(Some(Session {
            digest: row.digest,
            person: PersonId(row.person_id),
            people: parse(&row.people, "a session's people")?,
            created_at: instant(row.created_at)?,
            seen_at: instant(row.seen_at)?,
        }))
    }
}

impl Region {
    /// Remembers that a session was used.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn see_session(&self, digest: &str, real_now: Timestamp) -> Result<(), StoreError> {
        session::Entity::update_many()
            .col_expr(session::Column::SeenAt, Expr::value(micros(real_now)))
            .filter(session::Column::Digest.eq(digest))
            .exec(&self.db.write)
            .await?;
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn end_session(&self, digest: &str) -> Result<(), StoreError> {
        session::Entity::delete_by_id(digest).exec(&self.db.write).await?;
        Ok(())
    }
}

impl Tx {
    /// Writes a new session, and forgets those that began before an instant.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_session(&self, value: &Session, forget_before: Timestamp) -> Result<(), StoreError> {
        let old = session::Column::CreatedAt.lt(micros(forget_before));
        session::Entity::delete_many().filter(old).exec(&self.on).await?;
        let row = session::ActiveModel {
            digest: Set(value.digest.clone()),
            person_id: Set(value.person.0.clone()),
            people: Set(json(&value.people)?),
            created_at: Set(micros(value.created_at)),
            seen_at: Set(micros(value.seen_at)),
        };
        session::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// Ends all sessions of a person.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn end_sessions(&self, person: &PersonId) -> Result<u64, StoreError> {
        let theirs = session::Entity::delete_many().filter(session::Column::PersonId.eq(person.as_str()));
        Ok(theirs.exec(&self.on).await?.rows_affected)
    }
}
