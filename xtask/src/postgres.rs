//! PostgreSQL from the system, started as an ordinary user in a temporary folder.

use crate::Result;
use crate::process::{Account, Server, find_program, free_ports, password, run_quietly};
use rustix::process::Signal;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The programs we call; `initdb` and `postgres` are the server's, the others its client's.
const PROGRAMS: [&str; 4] = ["initdb", "postgres", "psql", "pg_isready"];

/// The folder that holds all of them, the newest version first: Debian keeps each version's apart.
pub(crate) fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin")).collect();
    folders.sort_by_key(|folder| std::cmp::Reverse(version_of(folder)));
    folders.extend(find_program("initdb").and_then(|initdb| initdb.parent().map(Path::to_owned)));
    folders
        .into_iter()
        .find(|folder| PROGRAMS.iter().all(|name| folder.join(name).is_file()))
}

fn version_of(bin: &Path) -> u32 {
    let name = bin.parent().and_then(Path::file_name).unwrap_or_default();
    name.to_string_lossy().parse().unwrap_or(0)
}

/// What a server does with what it was told to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// It is on the disk before the answer: for figures.
    OnDisk,
    /// It is forgotten with the machine: many databases of tests come and go, and none outlives the run.
    NotOnDisk,
}

/// Starts a server in `folder` and returns it with its environment for the tests.
pub(crate) fn start(account: Account, folder: &Path, kept: Kept) -> Result<(Server, Vec<(&'static str, String)>)> {
    let bin = programs().ok_or("PostgreSQL's server programs are missing")?;
    let data = folder.join("postgres");
    create(account.command(bin.join("initdb"), folder), &data)?;
    let [port] = free_ports()?;
    let mut command = account.command(bin.join("postgres"), folder);
    command
        .arg("-D")
        .arg(&data)
        .arg("-k")
        .arg(folder)
        .args(["-p", &port.to_string()]);
    command.args(["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200"]);
    if kept == Kept::NotOnDisk {
        for setting in ["fsync=off", "full_page_writes=off", "synchronous_commit=off"] {
            command.args(["-c", setting]);
        }
    }
    let mut server = Server::start("PostgreSQL", command, folder.join("postgres.log"), Signal::QUIT)?;

    let client = |program: &str| {
        let mut command = account.command(bin.join(program), folder);
        command
            .arg("-h")
            .arg(folder)
            .args(["-p", &port.to_string(), "-d", "postgres", "-U", "postgres"]);
        command
    };
    server.wait_until(|| run_quietly(&mut client("pg_isready")).is_ok())?;
    let password = password()?;
    add_role(client("psql"), &password)?;
    let url = format!("postgres://foretaste:{password}@127.0.0.1:{port}/postgres");
    Ok((server, vec![("FORETASTE_TEST_POSTGRES", url)]))
}

/// No sync: the cluster is worth nothing after the run.
fn create(mut initdb: Command, data: &Path) -> Result<()> {
    initdb.args([
        "--no-sync",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--username=postgres",
    ]);
    initdb
        .args(["--auth-local=trust", "--auth-host=scram-sha-256", "--pgdata"])
        .arg(data);
    run_quietly(&mut initdb)
}

/// Not a superuser, as in production; but it may create databases, and schemas in the first one.
fn add_role(mut psql: Command, password: &str) -> Result<()> {
    psql.args(["-X", "-q", "-v", "ON_ERROR_STOP=1"]);
    psql.args([
        "-c",
        &format!("CREATE ROLE foretaste LOGIN CREATEDB PASSWORD '{password}'"),
    ]);
    psql.args(["-c", "ALTER DATABASE postgres OWNER TO foretaste"]);
    run_quietly(&mut psql)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(
            version_of(Path::new("/usr/lib/postgresql/17/bin")) > version_of(Path::new("/usr/lib/postgresql/9/bin"))
        );
        assert_eq!(version_of(Path::new("/usr/lib/postgresql/devel/bin")), 0);
    }
}
