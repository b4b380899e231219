//! The API, spoken to as clients do: a real process, real HTTP, embedded stores.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod account;
mod allowance;
mod approvals;
mod audit;
mod consent;
mod contract;
mod coverage;
mod crash;
mod devices;
mod digest;
mod drafts;
mod ending;
mod everybody;
mod exceptions;
mod full_disk;
mod idempotency;
mod imports;
mod life;
mod notifications;
mod order_care;
mod order_hold;
mod order_match;
mod orders;
mod partners;
mod people;
mod program;
mod provisioning;
mod races;
mod residency;
mod roles;
mod setup;
mod single_sign_on;
mod start;
mod stranger;
#[macro_use]
mod support;
mod two_servers;
mod usage;
mod users;
