//! `cargo xtask test`: the set-up, then every check, then one line that says how it went.

use crate::process::end_group;
use crate::servers::Servers;
use crate::{Result, npm, packages};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

struct Step {
    name: &'static str,
    /// None is cargo.
    program: Option<PathBuf>,
    args: Vec<String>,
}

impl Step {
    fn line(&self) -> String {
        let program = self.program.as_deref().and_then(Path::file_name);
        let program = program.map_or("cargo".into(), |name| name.to_string_lossy());
        format!("{program} {}", self.args.join(" "))
    }
}

pub(crate) fn run(mut args: Vec<String>) -> Result<()> {
    let install = args.first().is_none_or(|first| first != "--no-install");
    if !install {
        args.remove(0);
    }
    let begin = Instant::now();
    packages::ensure_all(install)?;
    let provider = npm::provider()?;
    let mut servers = Servers::start()?;
    servers.environment.push(provider);
    let mut times = vec![format!("set-up {}", seconds(begin.elapsed()))];
    let mut failed = Vec::new();
    for step in steps(&args) {
        let (passed, time) = run_step(&step, &mut servers)?;
        times.push(format!("{} {}", step.name, seconds(time)));
        if !passed {
            failed.push(step.name);
        }
    }
    drop(servers);
    let times = format!("{} ({})", seconds(begin.elapsed()), times.join(", "));
    let scope = if args.is_empty() {
        ""
    } else {
        "; only the tests asked for, without fmt, clippy, simulation and e2e"
    };
    if failed.is_empty() {
        println!("\nxtask test: passed in {times}{scope}");
        return Ok(());
    }
    Err(format!("test: FAILED: {} in {times}{scope}", failed.join(", ")))
}

/// Long enough for a trial to live its whole life.
const SEEDS: &str = "--seeds 50 --days 60";

fn steps(filters: &[String]) -> Vec<Step> {
    let step = |name, line: &str| Step {
        name,
        program: None,
        args: line.split(' ').map(str::to_owned).collect(),
    };
    let mut tests = step("tests", "test --workspace --no-fail-fast");
    if filters.is_empty() {
        let fmt = step("fmt", "fmt --all --check");
        return vec![
            fmt,
            step("clippy", "clippy --workspace --all-targets -- -D warnings"),
            step("supply", "xtask supply"),
            tests,
            Step {
                // REL-1. It was built with the tests, and lies where this program does.
                program: std::env::current_exe()
                    .ok()
                    .map(|this| this.with_file_name("simulation")),
                ..step("simulation", SEEDS)
            },
            step("e2e", "xtask e2e --no-install"),
        ];
    }
    tests.args.push("--".to_owned());
    tests.args.extend(filters.iter().filter(|word| *word != "--").cloned());
    vec![tests]
}

/// Runs one step to its end, whether it passes or not, so that one run shows all that is wrong.
fn run_step(step: &Step, servers: &mut Servers) -> Result<(bool, Duration)> {
    println!("\n== {}", step.line());
    let begin = Instant::now();
    let mut command = step.program.as_ref().map_or_else(cargo, Command::new);
    command
        .args(&step.args)
        .envs(servers.environment.iter().cloned())
        .stdin(Stdio::null())
        .process_group(0);
    let failed = |error| format!("{}: {error}", step.line());
    let mut child = command.spawn().map_err(failed)?;
    servers.running(Some(child.id()));
    let status = child.wait().map_err(failed)?;
    // What a test started and forgot.
    end_group(child.id());
    servers.running(None);
    let time = begin.elapsed();
    println!(
        "== {}: {} in {}",
        step.name,
        if status.success() { "passed" } else { "FAILED" },
        seconds(time)
    );
    Ok((status.success(), time))
}

/// Cargo as from the shell: without what the outer `cargo run` says of xtask, or build scripts would run again.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"]
            .iter()
            .any(|prefix| text.starts_with(prefix))
        {
            command.env_remove(&name);
        }
    }
    command
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(filters: &[&str]) -> Vec<String> {
        let filters: Vec<String> = filters.iter().map(|word| (*word).to_owned()).collect();
        steps(&filters).iter().map(Step::line).collect()
    }

    #[test]
    fn without_a_filter_nothing_is_left_out() {
        let all = lines(&[]);
        assert_eq!(all[0], "cargo fmt --all --check");
        assert_eq!(all[1], "cargo clippy --workspace --all-targets -- -D warnings");
        assert_eq!(all[2], "cargo xtask supply");
        assert_eq!(all[3], "cargo test --workspace --no-fail-fast");
        assert_eq!(all[4], format!("simulation {SEEDS}"));
        assert_eq!(all[5], "cargo xtask e2e --no-install");
    }

    #[test]
    fn filters_go_to_the_tests() {
        assert_eq!(
            lines(&["outbox", "--", "--nocapture"]),
            ["cargo test --workspace --no-fail-fast -- outbox --nocapture"]
        );
    }
}
