//! The directory: keyed digests and which region they lead to, nothing that names anybody (REG-2).

mod admission;
mod attempt;
mod entry;
mod idempotency;
mod lookup;
mod pending;
mod program;
mod setting;

pub use admission::Admission;
pub use entry::{Entry, EntryState, Reserve};
pub use idempotency::Reservation;

use crate::{Keys, StoreError, connect::Db};

/// The directory.
#[derive(Clone, Debug)]
pub struct Directory {
    db: Db,
    keys: Keys,
}

impl Directory {
    pub(crate) fn new(db: Db, keys: Keys) -> Self {
        Self { db, keys }
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
