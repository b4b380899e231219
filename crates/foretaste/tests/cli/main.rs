//! The real binary, as operators and scripts meet it.

mod config;
mod demo;
mod program;
mod serve;
mod simulate;
mod support;
