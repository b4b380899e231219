//! One suite for the store, run on every engine: the tests of a noun are named `noun::engine::what_holds`.

mod batch;
mod claim;
mod delivery;
mod directory;
mod door;
mod erasure;
mod errors;
mod idempotency;
mod installation;
mod list;
mod mailbox;
mod migration;
mod milestone;
mod organization;
mod outbox;
mod person;
mod record;
mod relationship;
mod session;
mod speed;
mod support;
mod tamper;
mod token;
mod transaction;
mod trial;
mod trial_page;
