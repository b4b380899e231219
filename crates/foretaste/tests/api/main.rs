//! The API, spoken to as clients do: a real process, real HTTP, embedded stores.

mod consent;
mod idempotency;
mod life;
mod residency;
mod start;
mod support;
