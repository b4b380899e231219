//! Personal words under a key per customer: dropping the key erases them, wherever a copy lies.

use super::{Reads, Region, Tx};
use crate::{
    StoreError,
    entity::{customer_key, event_text},
};
use chacha20poly1305::{ChaCha20Poly1305, Key, KeyInit as _, Nonce, aead::Aead as _};
use data_encoding::BASE64;
use domain::ids::OrgId;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};

pub(super) struct Sealed {
    pub(super) nonce: String,
    pub(super) sealed: String,
}

pub(super) fn seal(key: &[u8; 32], nonce: [u8; 12], words: &[u8]) -> Result<Sealed, StoreError> {
    let cipher = ChaCha20Poly1305::new(&Key::from(*key));
    let sealed = cipher
        .encrypt(&Nonce::from(nonce), words)
        .map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(Sealed {
        nonce: BASE64.encode(&nonce),
        sealed: BASE64.encode(&sealed),
    })
}

pub(super) fn unseal(key: &[u8; 32], nonce: &str, sealed: &str) -> Result<Vec<u8>, StoreError> {
    let corrupt = |_| StoreError::Corrupt("a sealed text".to_owned());
    let nonce: [u8; 12] = BASE64
        .decode(nonce.as_bytes())
        .map_err(corrupt)?
        .try_into()
        .map_err(|_| StoreError::Corrupt("a sealed text's nonce".to_owned()))?;
    let sealed = BASE64.decode(sealed.as_bytes()).map_err(corrupt)?;
    let cipher = ChaCha20Poly1305::new(&Key::from(*key));
    cipher
        .decrypt(&Nonce::from(nonce), sealed.as_slice())
        .map_err(|_| StoreError::Corrupt("a sealed text does not open with its key".to_owned()))
}

impl Reads<'_> {
    pub(super) async fn customer_key(&self, organization: &str) -> Result<Option<[u8; 32]>, StoreError> {
        let row = customer_key::Entity::find_by_id(organization).one(&self.on).await?;
        row.map(|row| self.open_key(&row)).transpose()
    }

    pub(super) fn open_key(&self, row: &customer_key::Model) -> Result<[u8; 32], StoreError> {
        let key = unseal(self.keys.customers(), &row.nonce, &row.sealed)?;
        key.try_into()
            .map_err(|_| StoreError::Corrupt("a customer's key".to_owned()))
    }
}

impl Tx {
    pub(super) async fn add_customer_key(&self, organization: &OrgId) -> Result<(), StoreError> {
        let wrapped = seal(self.keys.customers(), self.keys.octets(), &self.keys.octets::<32>())?;
        let row = customer_key::ActiveModel {
            organization_id: Set(organization.0.clone()),
            nonce: Set(wrapped.nonce),
            sealed: Set(wrapped.sealed),
        };
        customer_key::Entity::insert(row)
            .exec_without_returning(&self.on)
            .await?;
        Ok(())
    }

    /// EXP-9: drops the key of an organization's personal words, and the words.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_words(&self, organization: &OrgId) -> Result<(), StoreError> {
        customer_key::Entity::delete_by_id(organization.as_str())
            .exec(&self.on)
            .await?;
        let words = event_text::Entity::delete_many().filter(event_text::Column::Chain.eq(organization.as_str()));
        words.exec(&self.on).await?;
        Ok(())
    }
}

impl Region {
    /// EXP-9: takes what was erased out of SQLite's log of writes, which keeps old pages until it is used again; to be
    /// called after erasures. Nobody waits for long: while others read, the rest is left to the next call. PostgreSQL
    /// does so by its own means (`VACUUM`, and the retention of its log).
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn scrub(&self) -> Result<(), StoreError> {
        self.db.scrub().await
    }
}
