//! What use cases promise where regions, the directory and those who ask meet.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod account;
mod allowance;
mod between;
mod bounce;
mod code;
mod digest;
mod directory;
mod door;
mod ending;
mod idempotency;
mod job;
mod killer;
mod order;
mod roles;
mod sight;
mod support;
mod sweep;
mod token;
mod usage;
