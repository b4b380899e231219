//! What a developer or CI runs: `cargo xtask help`.

mod bench;
mod e2e;
mod mail;
mod npm;
mod packages;
mod postgres;
mod process;
mod servers;
mod simulate;
mod supply;
mod test;

use std::io::Write as _;
use std::process::ExitCode;

/// A failure as a sentence for the person at the terminal.
type Result<T> = std::result::Result<T, String>;

const HELP: &str = "\
cargo xtask <command>

  test [--no-install] [FILTER...]   set up what the tests need, then check the format, licences, clippy, all tests, a few seeds of
                                    the simulation, and e2e
                                    with FILTER: only those tests (their output too after `-- --nocapture`)
  bench [--quick] [...]             measure PERF-1 to 5 on both stores; report.json and a picture in target/bench
  e2e [--no-install] [FILTER...]    the journeys of crates/e2e in a real Chromium; pictures in target/screens
                                    with FILTER: only those whose `look/journey` contains it (`fr-dark`, `extend`)
  simulate [--seeds N] [--from S] [--days D] [--jobs J] [--trace] [--plant BUG] | [--lives N]
                                    the application with a chance, a clock and faults of its own (REL-1), or whole
                                    lives, counted (PERF-7)
  servers [--no-install]            start the tests' PostgreSQL and mail server, print their environment, wait for Ctrl-C
  supply                            what is linked in: licences and, where FORETASTE_ADVISORY_DB names the folder of an
                                    advisory database, known flaws
  help                              this list

What is missing on the machine is installed where that is allowed (as root, or by sudo without a password) and not
forbidden by --no-install; otherwise the exact line to run is printed and the command fails. Nothing is skipped.";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let command = args.next().unwrap_or_default();
    let args: Vec<String> = args.collect();
    let outcome = match command.as_str() {
        "test" => test::run(args),
        "bench" => bench::run(&args),
        "simulate" => simulate::run(&args),
        "e2e" => e2e::run(args),
        "servers" => servers::run(&args),
        "supply" => supply::run(&args),
        // Not for people: the process that owns the servers (see servers.rs).
        "guard" => servers::guard(&args),
        "help" | "-h" | "--help" => {
            // A reader who has seen enough (`| head`) is no failure.
            let _ = writeln!(std::io::stdout(), "{HELP}");
            Ok(())
        }
        "" => return usage("no command given"),
        unknown => return usage(&format!("unknown command `{unknown}`")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn usage(problem: &str) -> ExitCode {
    eprintln!("xtask: {problem}\n\n{HELP}");
    ExitCode::from(2)
}
