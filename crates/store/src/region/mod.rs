//! A region's store: everything that names a customer, its people or its trials (REG-2).

mod answer;
pub mod approval;
mod count;
mod credential;
pub mod directory_task;
pub mod event;
pub mod hold;
pub mod link;
pub mod milestone;
mod organization;
pub mod outbox;
mod person;
pub mod relationship;
mod seal;
mod session;
mod setting;
mod token;
pub mod trial;
pub mod verify;

pub use organization::Versioned;
pub use session::Session;
pub use token::Token;

use crate::{Keys, StoreError, connect::Db};
use sea_orm::{DatabaseExecutor, DatabaseTransaction, TransactionTrait as _};

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
    pub(crate) on: DatabaseExecutor<'a>,
    pub(crate) keys: &'a Keys,
    region: &'a str,
}

impl Reads<'_> {
    /// The region that is read.
    pub fn region(&self) -> &str {
        self.region
    }
}

/// One transaction. Dropped without [`Tx::commit`], it has not happened.
#[derive(Debug)]
pub struct Tx {
    pub(crate) on: DatabaseTransaction,
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
            on: (&self.db.read).into(),
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
            on: self.db.begin().await?,
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
            on: (&self.on).into(),
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
            on: self.on.begin().await?,
            keys: self.keys.clone(),
            region: self.region.clone(),
        })
    }

    /// Makes it happen.
    ///
    /// # Errors
    /// `Conflict` or `Unavailable`; then nothing has happened.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.on.commit().await?)
    }

    /// Gives it up.
    ///
    /// # Errors
    /// `Unavailable`; it has not happened all the same.
    pub async fn rollback(self) -> Result<(), StoreError> {
        Ok(self.on.rollback().await?)
    }
}
