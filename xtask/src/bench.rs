//! `cargo xtask bench`: builds what is measured, starts a PostgreSQL that keeps what it says, and measures.

use crate::servers::Servers;
use crate::test::cargo;
use crate::{Result, packages};

pub(crate) fn run(args: &[String]) -> Result<()> {
    packages::ensure_servers(true)?;
    let build = "build --release --package foretaste --package bench";
    let status = cargo().args(build.split(' ')).status();
    if !status.map_err(|error| format!("cargo: {error}"))?.success() {
        return Err("what is to be measured does not build".to_owned());
    }
    let servers = Servers::start_durable()?;
    let server = servers
        .environment
        .iter()
        .find(|(name, _)| name == "FORETASTE_TEST_POSTGRES");
    let (_, url) = server.ok_or("no PostgreSQL was started")?;
    let mut bench = cargo();
    bench.args(["run", "--quiet", "--release", "--package", "bench", "--"]);
    let status = bench.args(args).env("BENCH_POSTGRES", url).status();
    match status.map_err(|error| format!("bench: {error}"))?.success() {
        true => Ok(()),
        false => Err("bench: failed".to_owned()),
    }
}
