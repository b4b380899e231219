//! The API, spoken to as clients do: a real process, real HTTP, embedded stores.

mod consent;
mod contract;
mod idempotency;
mod life;
mod program;
mod races;
mod residency;
mod roles;
mod start;
#[macro_use]
mod support;
