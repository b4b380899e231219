//! The figures of PERF-1 to 5, each against its floor, measured in turn in one run (`cargo xtask bench`).

mod floor;
mod list;
mod page;
mod report;
mod rows;
mod start;
mod sweep;
mod target;
mod world;

use report::Report;
use std::path::PathBuf;
use target::Engine;

/// What a step comes to.
type Done<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

const HELP: &str = "\
bench [--quick] [--only perf-1,perf-2,perf-3,perf-4] [--sqlite] [--out FOLDER]

  --quick    a tenth of everything: for a look, not for a note
  --only     these alone (PERF-5 is measured along with perf-1 and perf-3)
  --sqlite   without PostgreSQL; else BENCH_POSTGRES names a server with fsync on

It starts the `foretaste` beside itself. `cargo xtask bench` builds both, starts the server and calls this.";

/// How much of everything.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    pub(crate) seconds: u64,
    pub(crate) many: u64,
    pub(crate) few: u64,
}

struct Wish {
    scale: Scale,
    only: Vec<String>,
    engines: Vec<Engine>,
    out: PathBuf,
}

fn wish() -> Done<Wish> {
    let mut wish = Wish {
        scale: Scale {
            seconds: 5,
            many: 100_000,
            few: 1_000,
        },
        only: Vec::new(),
        engines: Vec::new(),
        out: PathBuf::from("target/bench"),
    };
    let mut sqlite = false;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} needs a value\n\n{HELP}"));
        match arg.as_str() {
            "--quick" => {
                wish.scale = Scale {
                    seconds: 2,
                    many: 10_000,
                    few: 1_000,
                }
            }
            "--sqlite" => sqlite = true,
            "--only" => wish.only = value()?.split(',').map(str::to_owned).collect(),
            "--out" => wish.out = value()?.into(),
            "--help" => return Err(HELP.into()),
            _ => return Err(format!("unknown argument {arg}\n\n{HELP}").into()),
        }
    }
    wish.engines.push(Engine::Sqlite);
    if !sqlite {
        let server = std::env::var("BENCH_POSTGRES");
        let server = server.map_err(|_| format!("BENCH_POSTGRES names no server\n\n{HELP}"))?;
        wish.engines.push(Engine::Postgres(server));
    }
    Ok(wish)
}

async fn run() -> Done {
    let wish = wish()?;
    let asked = |name: &str| wish.only.is_empty() || wish.only.iter().any(|one| one == name);
    let mut report = Report::new();
    for engine in &wish.engines {
        if asked("perf-1") {
            start::measure(engine, wish.scale, &mut report).await?;
        }
        if asked("perf-2") {
            sweep::measure(engine, wish.scale, &mut report).await?;
        }
        if asked("perf-3") {
            list::measure(engine, wish.scale, &mut report).await?;
        }
        if asked("perf-4") {
            page::measure(engine, wish.scale, &mut report).await?;
        }
    }
    report.write(&wish.out)
}

fn main() -> std::process::ExitCode {
    // What the application complains about is not to be measured silently.
    tracing_subscriber::fmt()
        .with_env_filter("error")
        .with_writer(std::io::stderr)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(run()),
        Err(error) => Err(error.into()),
    };
    match outcome {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}
