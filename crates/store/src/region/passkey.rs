//! Passkeys of people; all instants are of the real clock.

use super::{Reads, Tx};
use crate::{
    StoreError,
    entity::passkey,
    time::{instant, micros},
};
use domain::ids::{PasskeyId, PersonId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::{Expr, ExprTrait as _},
};

/// A passkey. Its secret lies with the person's device alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Its id.
    pub id: PasskeyId,
    /// The device's name for it, in base64url.
    pub credential: String,
    /// Whose.
    pub person: PersonId,
    /// By what devices know the person: random, and nothing else.
    pub handle: String,
    /// By what the person knows it.
    pub label: String,
    /// Public key and counter, as the verifier keeps them.
    pub body: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
    /// When its counter last showed that there may be a copy of it.
    pub refused_at: Option<Timestamp>,
    /// Counts up with every change.
    pub version: i64,
}

impl Reads<'_> {
    /// A person's passkeys, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn passkeys(&self, person: &PersonId) -> Result<Vec<Passkey>, StoreError> {
        let rows = passkey::Entity::find()
            .filter(passkey::Column::PersonId.eq(person.as_str()))
            .order_by_asc(passkey::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// The passkey that a device names.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn passkey(&self, credential: &str) -> Result<Option<Passkey>, StoreError> {
        let row = passkey::Entity::find().filter(passkey::Column::CredentialId.eq(credential));
        row.one(&self.on).await?.map(read).transpose()
    }
}

impl Tx {
    /// Writes a new one.
    ///
    /// # Errors
    /// `Taken` where the device's name for it is known already.
    pub async fn add_passkey(&self, value: &Passkey) -> Result<(), StoreError> {
        let row = passkey::ActiveModel {
            id: Set(value.id.0.clone()),
            credential_id: Set(value.credential.clone()),
            person_id: Set(value.person.0.clone()),
            handle: Set(value.handle.clone()),
            label: Set(value.label.clone()),
            body: Set(value.body.clone()),
            created_at: Set(micros(value.created_at)),
            used_at: Set(value.used_at.map(micros)),
            refused_at: Set(value.refused_at.map(micros)),
            version: Set(1),
        };
        passkey::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// Writes what its use changed.
    ///
    /// # Errors
    /// `Conflict` when the version is another by now: two used it at once.
    pub async fn put_passkey(&self, changed: &Passkey) -> Result<(), StoreError> {
        let done = passkey::Entity::update_many()
            .col_expr(passkey::Column::Body, Expr::value(changed.body.as_str()))
            .col_expr(passkey::Column::UsedAt, Expr::value(changed.used_at.map(micros)))
            .col_expr(passkey::Column::RefusedAt, Expr::value(changed.refused_at.map(micros)))
            .col_expr(passkey::Column::Version, Expr::col(passkey::Column::Version).add(1))
            .filter(passkey::Column::Id.eq(changed.id.as_str()))
            .filter(passkey::Column::Version.eq(changed.version))
            .exec(&self.on)
            .await?;
        if done.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }

    /// Removes a passkey of a person; whether there was one.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn drop_passkey(&self, person: &PersonId, id: &PasskeyId) -> Result<bool, StoreError> {
        let one = passkey::Entity::delete_many()
            .filter(passkey::Column::Id.eq(id.as_str()))
            .filter(passkey::Column::PersonId.eq(person.as_str()));
        Ok(one.exec(&self.on).await?.rows_affected == 1)
    }
}

fn read(row: passkey::Model) -> Result<Passkey, StoreError> {
    Ok(Passkey {
        id: PasskeyId(row.id),
        credential: row.credential_id,
        person: PersonId(row.person_id),
        handle: row.handle,
        label: row.label,
        body: row.body,
        created_at: instant(row.created_at)?,
        used_at: row.used_at.map(instant).transpose()?,
        refused_at: row.refused_at.map(instant).transpose()?,
        version: row.version,
    })
}
