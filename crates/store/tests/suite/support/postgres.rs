//! Databases of the tests' PostgreSQL server.

use super::{execute_on, raw};
use sea_orm::DatabaseConnection;
use std::sync::OnceLock;
use tokio::runtime::{Builder, Runtime};

/// The server's address. Without it the PostgreSQL half fails: it is never skipped.
fn server() -> String {
    std::env::var("FORETASTE_TEST_POSTGRES").unwrap_or_else(|_| {
        panic!("no PostgreSQL to test on: run `cargo xtask test`, which starts one and sets FORETASTE_TEST_POSTGRES")
    })
}

/// The address of one database of that server.
fn url(database: &str) -> String {
    let server = server();
    let (address, options) = server.split_once('?').unwrap_or((&server, ""));
    let (host, _) = address.rsplit_once('/').expect("postgres://role@host/postgres");
    let options = if options.is_empty() {
        String::new()
    } else {
        format!("?{options}")
    };
    format!("{host}/{database}{options}")
}

/// Statements to the server itself, over one connection for all tests: each test has a runtime that ends with it, and
/// signing in costs more than most of them.
async fn tell(statements: Vec<String>) {
    static HELD: OnceLock<(Runtime, DatabaseConnection)> = OnceLock::new();
    let server = server();
    let connect = || {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let on = runtime.block_on(raw(&server));
        (runtime, on)
    };
    // A thread of its own may wait, as a task may not.
    let held = std::thread::scope(|scope| scope.spawn(|| HELD.get_or_init(connect)).join());
    let (runtime, on) = held.expect("a connection to FORETASTE_TEST_POSTGRES");
    let told = runtime.spawn(async move { execute_on(on, &statements).await });
    told.await.expect("the server did as it was told");
}

/// Creates empty databases; their addresses.
pub(crate) async fn create(databases: &[String]) -> Vec<String> {
    tell(databases.iter().map(|name| format!("CREATE DATABASE {name}")).collect()).await;
    databases.iter().map(|name| url(name)).collect()
}

/// Drops databases, whoever of ours is still connected. (`WITH (FORCE)` fails when it meets an autovacuum worker.)
pub(crate) async fn drop(databases: &[String]) {
    let mut statements = Vec::new();
    for name in databases {
        let ours = format!("datname = '{name}' AND usename = current_user");
        statements.push(format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {ours}"
        ));
        statements.push(format!("DROP DATABASE IF EXISTS {name}"));
    }
    tell(statements).await;
}
