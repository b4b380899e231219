//! `cargo xtask simulate`: runs seeds one after the other; the first that fails ends it.

use simulation::{Bug, Plan, Report, Simulator};
use std::{process::ExitCode, time::Instant};

const HELP: &str = "\
cargo xtask simulate [--seeds N] [--from S] [--days D] [--trace] [--plant BUG]

  --seeds N    so many runs (50)
  --from S     the first seed (1)
  --days D     days of the simulated clock in each (100)
  --trace      print every step of the last run
  --plant BUG  plant a bug, to see it found: ";

struct Wish {
    seeds: u64,
    from: u64,
    days: i64,
    trace: bool,
    bug: Option<Bug>,
}

fn wish(args: impl Iterator<Item = String>) -> Result<Wish, String> {
    let mut wish = Wish {
        seeds: 50,
        from: 1,
        days: 100,
        trace: false,
        bug: None,
    };
    let mut args = args.peekable();
    while let Some(name) = args.next() {
        if name == "--trace" {
            wish.trace = true;
            continue;
        }
        let value = args.next().ok_or_else(|| format!("{name} needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("{name} {value} is no number"));
        match name.as_str() {
            "--seeds" => wish.seeds = number()?,
            "--from" => wish.from = number()?,
            "--days" => wish.days = i64::try_from(number()?).map_err(|error| error.to_string())?,
            "--plant" => {
                let known = Bug::ALL.into_iter().find(|bug| bug.name() == value);
                wish.bug = Some(known.ok_or_else(|| format!("no bug is called {value}"))?);
            }
            _ => return Err(format!("unknown: {name}")),
        }
    }
    Ok(wish)
}

fn main() -> ExitCode {
    let wish = match wish(std::env::args().skip(1)) {
        Ok(wish) => wish,
        Err(problem) => {
            let bugs: Vec<&str> = Bug::ALL.iter().map(|bug| bug.name()).collect();
            eprintln!("simulate: {problem}\n\n{HELP}{}", bugs.join(", "));
            return ExitCode::from(2);
        }
    };
    match simulate(&wish) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("simulate: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn simulate(wish: &Wish) -> Result<(), String> {
    let begin = Instant::now();
    let simulator = Simulator::new().map_err(|failure| failure.to_string())?;
    let mut all = Report::default();
    for seed in wish.from..wish.from + wish.seeds {
        let plan = Plan {
            seed,
            days: wish.days,
            bug: wish.bug,
        };
        let report = simulator
            .run(&plan)
            .map_err(|failure| format!("seed {seed}: {failure}"))?;
        if wish.trace {
            println!("{}", report.trace.join("\n"));
        }
        if let Some(failure) = report.failure {
            let steps = report.steps;
            return Err(format!(
                "seed {seed} FAILED in round {}, after step {steps}\n  {failure}\n  again: cargo xtask simulate --from {seed} --seeds 1 --days {} --trace",
                report.rounds, wish.days
            ));
        }
        all.steps += report.steps;
        all.rounds += report.rounds;
        all.faults += report.faults;
        all.calls += report.calls;
        all.done += report.done;
        all.trials += report.trials;
        all.mails += report.mails;
    }
    let took = begin.elapsed().as_secs_f64();
    println!(
        "simulate: {} seeds from {} of {} days held in {took:.1} s ({:.2} s each): {} steps in {} rounds, {} of them with \
         something that went wrong; {} calls, {} done; {} trials; {} emails",
        wish.seeds,
        wish.from,
        wish.days,
        took / wish.seeds.max(1) as f64,
        all.steps,
        all.rounds,
        all.faults,
        all.calls,
        all.done,
        all.trials,
        all.mails,
    );
    Ok(())
}
