//! Who is signed in, by digest; all instants are of the real clock.

use super::{Reads, Region, Tx};
use crate::{
    StoreError,
    entity::{half_sign_in, session, sign_out},
    time::{instant, json, micros, parse},
};
use domain::ids::PersonId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::{Expr, OnConflict},
};

/// A session. Its secret lies with the browser alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the secret.
    pub digest: String,
    /// What it is called in lists; opens nothing.
    pub id: String,
    /// Who is signed in.
    pub person: PersonId,
    /// Everybody whom the same sign-in proved: the same address in other organizations.
    pub people: Vec<PersonId>,
    /// By what one has proven who one is, by its stable name.
    pub how: String,
    /// The browser's family, as its maker calls it; empty where it did not say.
    pub browser: String,
    /// The system it runs on, likewise.
    pub platform: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When one last proved who one is.
    pub proven_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
}

/// Somebody has given a password and still owes a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HalfSignIn {
    /// SHA-256 of what the browser keeps.
    pub digest: String,
    /// Everybody whom the password proved.
    pub people: Vec<PersonId>,
    /// By what, by its stable name.
    pub how: String,
    /// Until when the code can be given.
    pub ends_at: Timestamp,
}

impl Reads<'_> {
    /// A session, whether or not it is over.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn session(&self, digest: &str) -> Result<Option<Session>, StoreError> {
        let row = session::Entity::find_by_id(digest).one(&self.on).await?;
        row.map(read).transpose()
    }

    /// The sessions of a person, whether or not they are over, the latest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn sessions_of(&self, person: &PersonId) -> Result<Vec<Session>, StoreError> {
        let rows = session::Entity::find()
            .filter(session::Column::PersonId.eq(person.as_str()))
            .order_by_desc(session::Column::SeenAt)
            .order_by_asc(session::Column::Digest)
            .all(&self.on)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// When all sessions of a person were ended last.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn signed_out_at(&self, person: &PersonId) -> Result<Option<Timestamp>, StoreError> {
        let row = sign_out::Entity::find_by_id(person.as_str()).one(&self.on).await?;
        row.map(|row| instant(row.at)).transpose()
    }

    /// A sign-in that waits for a code.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn half_sign_in(&self, digest: &str) -> Result<Option<HalfSignIn>, StoreError> {
        let row = half_sign_in::Entity::find_by_id(digest).one(&self.on).await?;
        row.map(|row| {
            Ok(HalfSignIn {
                digest: row.digest,
                people: parse(&row.people, "a half sign-in's people")?,
                how: row.how,
                ends_at: instant(row.ends_at)?,
            })
        })
        .transpose()
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

    /// Ends one of a person's sessions by what it is called; false where there is none.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn end_session_of(&self, person: &PersonId, id: &str) -> Result<bool, StoreError> {
        let one = session::Entity::delete_many()
            .filter(session::Column::PersonId.eq(person.as_str()))
            .filter(session::Column::Id.eq(id));
        Ok(one.exec(&self.db.write).await?.rows_affected > 0)
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
            id: Set(value.id.clone()),
            person_id: Set(value.person.0.clone()),
            people: Set(json(&value.people)?),
            how: Set(value.how.clone()),
            browser: Set(value.browser.clone()),
            platform: Set(value.platform.clone()),
            created_at: Set(micros(value.created_at)),
            proven_at: Set(micros(value.proven_at)),
            seen_at: Set(micros(value.seen_at)),
        };
        session::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// Ends all sessions of a person; those in which the same sign-in opened another company cannot come back to this
    /// person either.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn end_sessions(&self, person: &PersonId, real_now: Timestamp) -> Result<u64, StoreError> {
        self.end_sessions_but(person, None, real_now).await
    }

    /// The same, sparing one.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn end_sessions_but(
        &self,
        person: &PersonId,
        spared: Option<&str>,
        real_now: Timestamp,
    ) -> Result<u64, StoreError> {
        let row = sign_out::ActiveModel {
            person_id: Set(person.0.clone()),
            at: Set(micros(real_now)),
        };
        let again = OnConflict::column(sign_out::Column::PersonId)
            .update_column(sign_out::Column::At)
            .to_owned();
        sign_out::Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(&self.on)
            .await?;
        let mut theirs = session::Entity::delete_many().filter(session::Column::PersonId.eq(person.as_str()));
        if let Some(spared) = spared {
            theirs = theirs.filter(session::Column::Digest.ne(spared));
        }
        Ok(theirs.exec(&self.on).await?.rows_affected)
    }

    /// Writes a sign-in that waits for a code, and forgets those that ended.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_half_sign_in(&self, value: &HalfSignIn, real_now: Timestamp) -> Result<(), StoreError> {
        let old = half_sign_in::Column::EndsAt.lt(micros(real_now));
        half_sign_in::Entity::delete_many().filter(old).exec(&self.on).await?;
        let row = half_sign_in::ActiveModel {
            digest: Set(value.digest.clone()),
            people: Set(json(&value.people)?),
            how: Set(value.how.clone()),
            ends_at: Set(micros(value.ends_at)),
        };
        half_sign_in::Entity::insert(row)
            .exec_without_returning(&self.on)
            .await?;
        Ok(())
    }

    /// Takes a sign-in that waited for a code; false where somebody was faster.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn take_half_sign_in(&self, digest: &str) -> Result<bool, StoreError> {
        let taken = half_sign_in::Entity::delete_by_id(digest).exec(&self.on).await?;
        Ok(taken.rows_affected == 1)
    }
}

fn read(row: session::Model) -> Result<Session, StoreError> {
    Ok(Session {
        digest: row.digest,
        id: row.id,
        person: PersonId(row.person_id),
        people: parse(&row.people, "a session's people")?,
        how: row.how,
        browser: row.browser,
        platform: row.platform,
        created_at: instant(row.created_at)?,
        proven_at: instant(row.proven_at)?,
        seen_at: instant(row.seen_at)?,
    })
}
