//! A region's store: everything that names a customer, its people or its trials (REG-2).

pub mod acting;
mod admitted;
pub mod alarm;
mod answer;
pub mod approval;
pub mod asked;
pub mod batch;
mod bounce;
pub mod closing;
pub mod conversion;
mod credential;
pub mod digest;
pub mod directory_task;
pub mod door;
pub mod draft;
pub mod event;
pub mod exception;
pub mod hold;
mod identity;
pub mod job;
mod license;
pub mod link;
pub mod listing;
mod location;
pub mod milestone;
pub mod number;
pub mod one_time_code;
pub mod order;
mod organization;
pub mod outbox;
mod page;
pub mod passkey;
mod person;
pub mod provisioning;
pub mod relationship;
pub mod removal;
mod seal;
mod session;
mod setting;
mod setup;
pub mod shipment;
pub mod single_sign_on;
mod token;
pub mod trial;
pub mod usage;
pub mod verify;
mod watch;

pub use organization::Versioned;
pub use session::{HalfSignIn, Session};
pub use token::{Bearer, Token};

pub use license::Users;
pub(crate) use license::key as license_key;
pub(crate) use page::ENDS;

use crate::{Keys, StoreError, connect::Db};
use batch::Batch;
use std::sync::Mutex;
use watch::{On, Watched};

/// One region.
#[derive(Clone, Debug)]
pub struct Region {
    id: String,
    db: Db,
    keys: Keys,
}

/// Reads, from the store at large or from within a transaction.
#[derive(Debug)]
pub struct Reads<'a> {
    pub(crate) on: On<'a>,
    batch: Option<&'a Mutex<Batch>>,
    pub(crate) keys: &'a Keys,
    region: &'a str,
}

impl Reads<'_> {
    /// The region that is read.
    pub fn region(&self) -> &str {
        self.region
    }
}

/// One transaction. Dropped without [`Tx::commit`], it has not happened. Once the database has refused a statement of it
/// (`Taken`, say), or one was given up half-way, it cannot be committed any more: what may be refused is tried in a
/// [`Tx::savepoint`].
#[derive(Debug)]
pub struct Tx {
    pub(crate) on: Watched,
    batch: Option<Mutex<Batch>>,
    pub(crate) keys: Keys,
    region: String,
}

impl Region {
    pub(crate) fn new(id: String, db: Db, keys: Keys) -> Self {
        Self { id, db, keys }
    }

    /// The region's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Reads what is committed.
    pub fn read(&self) -> Reads<'_> {
        Reads {
            on: On::Store(&self.db.read),
            batch: None,
            keys: &self.keys,
            region: &self.id,
        }
    }

    /// Begins a writing transaction; on SQLite it waits for the one writer.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(Tx {
            on: Watched::new(self.db.begin().await?),
            batch: None,
            keys: self.keys.clone(),
            region: self.id.clone(),
        })
    }

    /// Whether the store answers.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.db.ping().await
    }

    pub(crate) async fn close(self) {
        self.db.close().await;
    }
}

impl Tx {
    /// The region's id.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// Reads what this transaction sees.
    pub fn read(&self) -> Reads<'_> {
        Reads {
            on: On::Tx(&self.on),
            batch: self.batch.as_ref(),
            keys: &self.keys,
            region: &self.region,
        }
    }

    /// A part that can be given up alone.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn savepoint(&self) -> Result<Tx, StoreError> {
        Ok(Tx {
            on: Watched::new(self.on.tx.begin().await?),
            batch: None,
            keys: self.keys.clone(),
            region: self.region.clone(),
        })
    }

    /// Makes it happen.
    ///
    /// # Errors
    /// `Conflict` or `Unavailable`, `Database` after a refused statement; then nothing has happened.
    pub async fn commit(self) -> Result<(), StoreError> {
        if self.batch.is_some() {
            return Err(StoreError::Database("a batch was not written".to_owned()));
        }
        if self.on.has_failed() {
            let what = "a statement of the transaction failed, so all of it was taken back";
            return Err(StoreError::Database(what.to_owned()));
        }
        Ok(self.on.tx.commit().await?)
    }

    /// Gives it up.
    ///
    /// # Errors
    /// `Unavailable`; it has not happened all the same.
    pub async fn rollback(self) -> Result<(), StoreError> {
        Ok(self.on.tx.rollback().await?)
    }
}
