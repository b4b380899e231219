//! SQLite and PostgreSQL from one source: a store for each region, and a small directory of keyed digests (REG-2).
//!
//! Everything that one change causes — state, event, milestones, messages, the answer under its idempotency key — is
//! written in one transaction of one region ([`region::Tx`]).

mod connect;
pub mod directory;
mod entity;
mod error;
mod keys;
pub mod mailbox;
mod migration;
pub mod probe;
pub mod region;
mod time;
mod together;

pub use connect::{Config, Stores, Url};
pub use directory::Directory;
pub use error::StoreError;
pub use keys::{Keys, Random, sha256};
pub use mailbox::Mailbox;
pub use region::{Region, Tx};
