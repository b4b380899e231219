//! The servers of the tests, owned by a process of their own, the guard.
//!
//! The guard holds one end of a pipe, the command that needs the servers the other. However that command ends (done,
//! failed, panicked, Ctrl-C, killed), the pipe closes, and the guard ends the running step, stops the servers and
//! removes their folder. So no signal has to be handled anywhere.

use crate::process::{Account, end_group, is_root};
use crate::{Result, mail, npm, packages, postgres, postgres::Kept};
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, ChildStdin, Command, Stdio};

/// The last line of the guard's answer; before it, one `NAME=value` per line.
const READY: &str = "ready";

/// Running servers, seen from the command that needs them. They end with this value.
#[derive(Debug)]
pub(crate) struct Servers {
    guard: Child,
    pipe: Option<ChildStdin>,
    pub(crate) environment: Vec<(String, String)>,
}

impl Servers {
    /// PostgreSQL and a mail server, for tests.
    pub(crate) fn start() -> Result<Self> {
        Self::guarded("tests")
    }

    /// A PostgreSQL that keeps what it says it keeps, for figures.
    pub(crate) fn start_durable() -> Result<Self> {
        Self::guarded("figures")
    }

    fn guarded(purpose: &str) -> Result<Self> {
        let myself = std::env::current_exe().map_err(|error| format!("current program: {error}"))?;
        // A group of its own: Ctrl-C reaches only the command, the guard then cleans up in peace.
        let mut command = Command::new(myself);
        command
            .args(["guard", purpose])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0);
        let mut guard = command.spawn().map_err(|error| format!("guard: {error}"))?;
        let pipe = guard.stdin.take();
        let answer = guard.stdout.take();
        let mut servers = Self {
            guard,
            pipe,
            environment: Vec::new(),
        };
        for line in answer
            .into_iter()
            .flat_map(|answer| BufReader::new(answer).lines())
            .map_while(std::io::Result::ok)
        {
            match line.split_once('=') {
                Some((name, value)) => servers.environment.push((name.to_owned(), value.to_owned())),
                None if line == READY => return Ok(servers),
                None => break,
            }
        }
        Err("the servers did not start".to_owned())
    }

    /// Tells the guard which process group to end with us; `None` when the step is over.
    pub(crate) fn running(&mut self, step: Option<u32>) {
        if let Some(pipe) = &mut self.pipe {
            // A guard that is gone is noticed by the tests, which then miss their servers.
            let _ = writeln!(pipe, "{}", step.unwrap_or(0));
        }
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        drop(self.pipe.take());
        let _ = self.guard.wait();
    }
}

/// `cargo xtask servers`
pub(crate) fn run(args: &[String]) -> Result<()> {
    let install = match args {
        [] => true,
        [flag] if flag == "--no-install" => false,
        _ => return Err("`servers` knows only --no-install".to_owned()),
    };
    packages::ensure_servers(install)?;
    let provider = npm::provider()?;
    let mut servers = Servers::start()?;
    servers.environment.push(provider);
    for (name, value) in &servers.environment {
        println!("export {name}='{value}'");
    }
    eprintln!("# The servers run until Ctrl-C.");
    let ended = servers.guard.wait().map_err(|error| format!("guard: {error}"))?;
    Err(format!("the servers' guard ended: {ended}"))
}

/// The guard: starts the servers, names their environment, and stays until the pipe closes.
pub(crate) fn guard(args: &[String]) -> Result<()> {
    let figures = args.first().is_some_and(|purpose| purpose == "figures");
    let account = Account::choose()?;
    let folder = tempfile::Builder::new().prefix("foretaste-test-").tempdir();
    let folder = folder.map_err(|error| format!("temporary folder: {error}"))?;
    if is_root() {
        let owned = std::os::unix::fs::chown(folder.path(), Some(account.uid), Some(account.gid));
        owned.map_err(|error| format!("{}: {error}", folder.path().display()))?;
    }
    let kept = if figures { Kept::OnDisk } else { Kept::NotOnDisk };
    let (_postgres, mut environment) = postgres::start(account, folder.path(), kept)?;
    let mail = if figures {
        None
    } else {
        Some(mail::start(account, folder.path())?)
    };
    let _mail = mail.map(|(server, more)| {
        environment.extend(more);
        server
    });
    let mut answer: String = environment
        .iter()
        .map(|(name, value)| format!("{name}={value}\n"))
        .collect();
    answer.push_str(READY);
    // Nobody there to read it: the pipe below is closed as well.
    let _ = writeln!(std::io::stdout(), "{answer}");
    if let Some(step) = last_step() {
        end_group(step);
    }
    Ok(())
}

/// Waits for the end of the pipe; returns the step that was running then.
fn last_step() -> Option<u32> {
    let lines = std::io::stdin().lines().map_while(std::io::Result::ok);
    lines
        .last()
        .and_then(|line| line.parse().ok())
        .filter(|step| *step != 0)
}
