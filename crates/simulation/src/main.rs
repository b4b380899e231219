//! `cargo xtask simulate`: runs seeds one after the other; the first that fails ends it.

use simulation::{Bug, Lives, Plan, Report, Simulator, lives};
use std::{
    process::ExitCode,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

const HELP: &str = "\
cargo xtask simulate [--seeds N] [--from S] [--days D] [--jobs J] [--trace] [--plant BUG]

  --seeds N    so many runs (50)
  --from S     the first seed (1)
  --days D     days of the simulated clock in each (100)
  --jobs J     so many at a time (2)
  --trace      print every step of the last run
  --lives N    instead: N trials through their whole lives, counted exactly, and how fast that goes (PERF-7)
  --plant BUG  plant a bug, to see it found: ";

struct Wish {
    seeds: u64,
    from: u64,
    days: i64,
    jobs: u64,
    trace: bool,
    bug: Option<Bug>,
    lives: Option<u64>,
}

fn wish(args: impl Iterator<Item = String>) -> Result<Wish, String> {
    let mut wish = Wish {
        seeds: 50,
        from: 1,
        days: 100,
        jobs: 2,
        trace: false,
        bug: None,
        lives: None,
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
            "--lives" => wish.lives = Some(number()?),
            "--jobs" => wish.jobs = number()?.max(1),
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
    let outcome = match wish.lives {
        Some(count) => live(count),
        None => simulate(&wish),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("simulate: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn simulate(wish: &Wish) -> Result<(), String> {
    let begin = Instant::now();
    let next = AtomicU64::new(wish.from);
    let all = Mutex::new(Report::default());
    let failures = Mutex::new(Vec::new());
    let work = || {
        let outcome = some(wish, &next, &all);
        if let Err(failure) = outcome {
            // The others take no further seed.
            next.store(u64::MAX, Ordering::SeqCst);
            failures.lock().unwrap_or_else(PoisonError::into_inner).push(failure);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..wish.jobs.min(wish.seeds) {
            scope.spawn(work);
        }
    });
    let failures = failures.into_inner().unwrap_or_else(PoisonError::into_inner);
    if !failures.is_empty() {
        return Err(failures.join("\n"));
    }
    let took = begin.elapsed().as_secs_f64();
    tell(wish, &all.into_inner().unwrap_or_else(PoisonError::into_inner), took);
    Ok(())
}

/// Takes seeds until there are none.
fn some(wish: &Wish, next: &AtomicU64, all: &Mutex<Report>) -> Result<(), String> {
    let simulator = Simulator::new().map_err(|failure| failure.to_string())?;
    loop {
        let seed = next.fetch_add(1, Ordering::SeqCst);
        if !(wish.from..wish.from + wish.seeds).contains(&seed) {
            return Ok(());
        }
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
            let (rounds, steps, days) = (report.rounds, report.steps, wish.days);
            return Err(format!(
                "seed {seed} FAILED in round {rounds}, after step {steps}\n  {failure}\n  \
                 again: cargo xtask simulate --from {seed} --seeds 1 --days {days} --trace"
            ));
        }
        all.lock().unwrap_or_else(PoisonError::into_inner).add(&report);
    }
}

fn tell(wish: &Wish, all: &Report, took: f64) {
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
}

fn live(count: u64) -> Result<(), String> {
    let lives = lives(count).map_err(|failure| failure.to_string())?;
    lives.check().map_err(|failure| failure.to_string())?;
    let Lives {
        took: [starts, after, plan],
        ..
    } = &lives;
    let rate = |number: f64, seconds: f64| number / seconds.max(f64::EPSILON);
    println!(
        "simulate: {count} trials lived to their end, each milestone done once, each email sent once\n  milestones {:?}\n  \
         emails {:?}\n  {:.0} whole lives a second (SQLite, durable, emails put into words; {:.1} s: starts {:.1} s, all \
         that follows {:.1} s)\n  {:.0} trial-years a second of the pure plan ({:.0} years in {:.2} s)",
        lives.milestones,
        lives.mails,
        rate(count as f64, (*starts + *after).as_secs_f64()),
        (*starts + *after).as_secs_f64(),
        starts.as_secs_f64(),
        after.as_secs_f64(),
        rate(lives.years, plan.as_secs_f64()),
        lives.years,
        plan.as_secs_f64(),
    );
    Ok(())
}
