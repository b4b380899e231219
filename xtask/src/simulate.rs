//! `cargo xtask simulate`: the simulation, as fast as it can be (REL-1, PERF-7).

use crate::{Result, test::cargo};

pub(crate) fn run(args: &[String]) -> Result<()> {
    // Thousands of runs are wanted, and unoptimized each takes seconds.
    let line = ["run", "--quiet", "--release", "--package", "simulation", "--"];
    let status = cargo().args(line).args(args).status();
    match status.map_err(|error| format!("cargo: {error}"))?.code() {
        Some(0) => Ok(()),
        code => Err(format!("simulate ended with {code:?}")),
    }
}
