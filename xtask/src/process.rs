//! Processes, ports and secrets: what both servers need.

use crate::Result;
use rustix::process::{Pid, Signal, getgid, getuid, kill_process_group};
use std::fs::{self, File};
use std::io::Read as _;
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Who runs the servers: ourselves, or, as PostgreSQL refuses root, an ordinary user that every Debian has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

impl Account {
    pub(crate) fn choose() -> Result<Self> {
        if !is_root() {
            return Ok(Self {
                uid: getuid().as_raw(),
                gid: getgid().as_raw(),
            });
        }
        let passwd = fs::read_to_string("/etc/passwd").map_err(|error| format!("/etc/passwd: {error}"))?;
        ["postgres", "nobody"]
            .iter()
            .find_map(|name| Self::in_passwd(&passwd, name))
            .ok_or_else(|| {
                "we are root and there is neither a user `postgres` nor `nobody` to run the servers".to_owned()
            })
    }

    fn in_passwd(passwd: &str, name: &str) -> Option<Self> {
        let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut ids = line.split(':').skip(2).map(str::parse);
        Some(Self {
            uid: ids.next()?.ok()?,
            gid: ids.next()?.ok()?,
        })
    }

    /// A command as this account in `folder`, in a process group of its own, with nothing inherited but the path.
    pub(crate) fn command(self, program: impl AsRef<Path>, folder: &Path) -> Command {
        let mut command = Command::new(program.as_ref());
        command
            .env_clear()
            .env("PATH", search_path())
            .env("LC_ALL", "C.UTF-8")
            .env("HOME", folder);
        command.current_dir(folder).stdin(Stdio::null()).process_group(0);
        if is_root() {
            command.uid(self.uid).gid(self.gid);
        }
        command
    }
}

pub(crate) fn is_root() -> bool {
    getuid().is_root()
}

/// The caller's path and the folders of servers, which an ordinary user's path leaves out.
pub(crate) fn search_path() -> String {
    let path = std::env::var("PATH").unwrap_or_default();
    format!("{path}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
}

pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    search_path()
        .split(':')
        .filter(|folder| !folder.is_empty())
        .map(|dir| Path::new(dir).join(name))
        .find(|p| p.is_file())
}

/// Runs a helper to its end; its output is shown only when it fails.
pub(crate) fn run_quietly(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{name}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = [output.stdout, output.stderr].concat();
    Err(format!(
        "{name} failed ({}):\n{}",
        output.status,
        String::from_utf8_lossy(&text).trim_end()
    ))
}

/// A server in a process group of its own. Dropping it ends the whole group.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    name: &'static str,
    log: PathBuf,
    /// How this server is told to go without ceremony.
    stop: Signal,
}

impl Server {
    pub(crate) fn start(name: &'static str, mut command: Command, log: PathBuf, stop: Signal) -> Result<Self> {
        let create = || File::create(&log).and_then(|file| Ok((file.try_clone()?, file)));
        let (stdout, stderr) = create().map_err(|error| format!("{}: {error}", log.display()))?;
        let child = command
            .stdout(stdout)
            .stderr(stderr)
            .spawn()
            .map_err(|error| format!("{name}: {error}"))?;
        Ok(Self { child, name, log, stop })
    }

    /// Waits until `ready`, at most 30 s; a server that ended before tells why by its log.
    pub(crate) fn wait_until(&mut self, mut ready: impl FnMut() -> bool) -> Result<()> {
        let begin = Instant::now();
        while !ready() {
            let ended = self
                .child
                .try_wait()
                .map_err(|error| format!("{}: {error}", self.name))?;
            if ended.is_some() || begin.elapsed() > Duration::from_secs(30) {
                let log = fs::read_to_string(&self.log).unwrap_or_default();
                return Err(format!("{} did not start:\n{}", self.name, log.trim_end()));
            }
            pause(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let Some(group) = group_of(self.child.id()) else { return };
        let _ = kill_process_group(group, self.stop);
        let begin = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && begin.elapsed() < Duration::from_secs(5) {
            pause(Duration::from_millis(10));
        }
        let _ = kill_process_group(group, Signal::KILL);
        let _ = self.child.wait();
    }
}

/// Ends what is left of a process group: a step that was given up, or what a finished one forgot.
pub(crate) fn end_group(leader: u32) {
    if let Some(group) = group_of(leader) {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

fn group_of(leader: u32) -> Option<Pid> {
    i32::try_from(leader).ok().and_then(Pid::from_raw)
}

#[expect(
    clippy::disallowed_methods,
    reason = "waits for other processes, which only polling tells"
)]
fn pause(duration: Duration) {
    std::thread::sleep(duration);
}

/// Free ports of the loopback interface, below the range that the kernel gives to outgoing connections, so that no
/// connection of a test takes one between this look and the server's start.
pub(crate) fn free_ports<const N: usize>() -> Result<[u16; N]> {
    let start = u16::from_be_bytes([random(1)?[0], random(1)?[0]]) % 10_000;
    let mut free = (0..10_000)
        .map(|step| 20_000 + (start + step) % 10_000)
        .filter(|port| is_free(*port));
    let ports: Vec<u16> = free.by_ref().take(N).collect();
    ports
        .try_into()
        .map_err(|_| "no free port between 20000 and 30000 on 127.0.0.1".to_owned())
}

fn is_free(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_ok()
}

/// A password for one run: whoever else is on this machine can reach the loopback ports too.
pub(crate) fn password() -> Result<String> {
    Ok(random(16)?.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn random(count: usize) -> Result<Vec<u8>> {
    let mut bytes = vec![0; count];
    let read = File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut bytes));
    read.map(|()| bytes).map_err(|error| format!("/dev/urandom: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_read_from_passwd() {
        let passwd = "root:x:0:0::/root:/bin/sh\npostgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(
            Account::in_passwd(passwd, "postgres"),
            Some(Account { uid: 101, gid: 104 })
        );
        assert_eq!(Account::in_passwd(passwd, "post"), None);
    }

    #[test]
    fn ports_differ_and_are_free() {
        let ports: [u16; 3] = free_ports().unwrap();
        assert!(ports[0] != ports[1] && ports[1] != ports[2] && ports[0] != ports[2]);
        assert!(ports.into_iter().all(is_free));
    }

    #[test]
    fn passwords_differ() {
        assert_ne!(password().unwrap(), password().unwrap());
        assert_eq!(password().unwrap().len(), 32);
    }
}
