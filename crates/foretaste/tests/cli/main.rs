//! The real binary, as operators and scripts meet it.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod bounce;
mod browser;
mod config;
mod demo;
mod headers;
mod log;
mod outage;
mod program;
mod provisioner;
mod proxy;
mod serve;
mod simulate;
mod support;
