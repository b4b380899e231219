//! The real binary, as operators and scripts meet it.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod config;
mod demo;
mod outage;
mod program;
mod serve;
mod simulate;
mod support;
