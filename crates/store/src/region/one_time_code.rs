//! One-time codes: what they are made from lies sealed; recovery codes lie as digests.

use super::{
    Reads, Tx,
    seal::{seal, unseal},
};
use crate::{
    StoreError,
    entity::{one_time_code, recovery_code},
    keys::sha256,
    time::{instant, micros},
};
use domain::ids::PersonId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    sea_query::{Expr, OnConflict},
};

/// What a person's codes are made from.
#[derive(Clone, PartialEq, Eq)]
pub struct OneTimeCode {
    /// Whose.
    pub person: PersonId,
    /// Shared with the person's device alone.
    pub secret: Vec<u8>,
    /// When a code proved that the device has it; none while it is being set up.
    pub confirmed_at: Option<Timestamp>,
    /// The step of the last code that was accepted: none is accepted twice.
    pub last_step: i64,
}

impl std::fmt::Debug for OneTimeCode {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("OneTimeCode")
            .field("person", &self.person)
            .finish_non_exhaustive()
    }
}

impl Reads<'_> {
    /// What these people's codes are made from; those who use none are left out.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn one_time_codes(&self, people: &[PersonId]) -> Result<Vec<OneTimeCode>, StoreError> {
        if people.is_empty() {
            return Ok(Vec::new());
        }
        let wanted = one_time_code::Column::PersonId.is_in(people.iter().map(PersonId::as_str));
        let rows = one_time_code::Entity::find().filter(wanted).all(&self.on).await?;
        rows.into_iter()
            .map(|row| {
                Ok(OneTimeCode {
                    secret: unseal(self.keys.accounts(), &row.nonce, &row.sealed)?,
                    person: PersonId(row.person_id),
                    confirmed_at: row.confirmed_at.map(instant).transpose()?,
                    last_step: row.last_step,
                })
            })
            .collect()
    }

    /// How many recovery codes a person still has.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_recovery_codes(&self, person: &PersonId) -> Result<u64, StoreError> {
        Ok(recovery_code::Entity::find()
            .filter(recovery_code::Column::PersonId.eq(person.as_str()))
            .filter(recovery_code::Column::UsedAt.is_null())
            .count(&self.on)
            .await?)
    }
}

impl Tx {
    /// Writes what a person's codes are made from, in place of what there was.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_one_time_code(&self, value: &OneTimeCode) -> Result<(), StoreError> {
        let sealed = seal(self.keys.accounts(), self.keys.octets(), &value.secret)?;
        let row = one_time_code::ActiveModel {
            person_id: Set(value.person.0.clone()),
            nonce: Set(sealed.nonce),
            sealed: Set(sealed.sealed),
            confirmed_at: Set(value.confirmed_at.map(micros)),
            last_step: Set(value.last_step),
        };
        let again = OnConflict::column(one_time_code::Column::PersonId)
            .update_columns([
                one_time_code::Column::Nonce,
                one_time_code::Column::Sealed,
                one_time_code::Column::ConfirmedAt,
                one_time_code::Column::LastStep,
            ])
            .to_owned();
        one_time_code::Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(&self.on)
            .await?;
        Ok(())
    }

    /// Uses up the code of a step, and all before it; false where one as late was accepted already.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn use_step(&self, person: &PersonId, step: i64) -> Result<bool, StoreError> {
        let done = one_time_code::Entity::update_many()
            .col_expr(one_time_code::Column::LastStep, Expr::value(step))
            .filter(one_time_code::Column::PersonId.eq(person.as_str()))
            .filter(one_time_code::Column::LastStep.lt(step))
            .exec(&self.on)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Takes codes away from a person, recovery codes included.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn remove_one_time_code(&self, person: &PersonId) -> Result<(), StoreError> {
        one_time_code::Entity::delete_by_id(person.as_str())
            .exec(&self.on)
            .await?;
        let theirs = recovery_code::Column::PersonId.eq(person.as_str());
        recovery_code::Entity::delete_many()
            .filter(theirs)
            .exec(&self.on)
            .await?;
        Ok(())
    }

    /// Gives a person recovery codes in place of all earlier ones.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_recovery_codes(&self, person: &PersonId, codes: &[String]) -> Result<(), StoreError> {
        let theirs = recovery_code::Column::PersonId.eq(person.as_str());
        recovery_code::Entity::delete_many()
            .filter(theirs)
            .exec(&self.on)
            .await?;
        let rows = codes.iter().map(|code| recovery_code::ActiveModel {
            digest: Set(digest(person, code)),
            person_id: Set(person.0.clone()),
            used_at: Set(None),
        });
        recovery_code::Entity::insert_many(rows)
            .exec_without_returning(&self.on)
            .await?;
        Ok(())
    }

    /// Uses up a recovery code; false for what is none, or was used.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn use_recovery_code(
        &self,
        person: &PersonId,
        code: &str,
        real_now: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = recovery_code::Entity::update_many()
            .col_expr(recovery_code::Column::UsedAt, Expr::value(micros(real_now)))
            .filter(recovery_code::Column::Digest.eq(digest(person, code)))
            .filter(recovery_code::Column::UsedAt.is_null())
            .exec(&self.on)
            .await?;
        Ok(done.rows_affected == 1)
    }
}

fn digest(person: &PersonId, code: &str) -> String {
    sha256(format!("{person} {code}").as_bytes())
}
