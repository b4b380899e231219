//! Databases of the tests' PostgreSQL server.

use super::execute_all;

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

/// Creates empty databases; their addresses.
pub(crate) async fn create(databases: &[String]) -> Vec<String> {
    let create = |name: &String| format!("CREATE DATABASE {name}");
    execute_all(&server(), &databases.iter().map(create).collect::<Vec<_>>()).await;
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
    execute_all(&server(), &statements).await;
}
