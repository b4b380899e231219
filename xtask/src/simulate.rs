//! `cargo xtask simulate`: the simulation, as fast as it can be (REL-1, PERF-7).

use crate::{Result, test::cargo};

pub(crate) fn run(args: &[String]) -> Result<()> {
    // A run takes a third of the time that it takes unoptimized, and thousands are wanted.
    let line = ["run", "--quiet", "--release", "--package", "simulation", "--"];
    let status = cargo().args(line).args(args).status();
    match status.map_err(|error| format!("cargo: {error}"))?.code() {
        Some(0) => Ok(()),
        code => Err(format!("simulate ended with {code:?}")),
    }
}
