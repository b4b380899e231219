//! Rows as they lie in a database, whatever their table: what changed between two looks at it.

use crate::Done;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A row by its columns.
pub(crate) type Row = Map<String, Value>;

/// A table as the database describes it.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
    /// The primary key.
    pub(crate) keys: Vec<String>,
}

/// What changed in one table.
#[derive(Clone, Debug)]
pub(crate) struct Changed {
    pub(crate) table: Table,
    /// New rows, and changed ones as they are now.
    pub(crate) written: Vec<Row>,
    pub(crate) deleted: Vec<Row>,
}

/// All rows, by table and key.
pub(crate) type Look = BTreeMap<String, (Table, BTreeMap<String, Row>)>;

/// A connection of its own; on SQLite as durable as the product's.
pub(crate) async fn connect(url: &str, connections: u32) -> Done<DatabaseConnection> {
    let mut options = sea_orm::ConnectOptions::new(url.to_owned());
    options.max_connections(connections).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|sqlite| {
        use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
        sqlite
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(std::time::Duration::from_secs(30))
            .pragma("secure_delete", "ON")
    });
    Ok(Database::connect(options).await?)
}

async fn names(on: &DatabaseConnection, sql: String) -> Done<Vec<String>> {
    let rows = on
        .query_all_raw(Statement::from_string(on.get_database_backend(), sql))
        .await?;
    rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

/// How many rows there are of a table, or of what follows its name.
pub(crate) async fn count(on: &DatabaseConnection, what: &str) -> Done<i64> {
    let sql = format!("SELECT CAST(count(*) AS BIGINT) FROM {what}");
    let row = on
        .query_one_raw(Statement::from_string(on.get_database_backend(), sql))
        .await?;
    Ok(row.ok_or("no count")?.try_get_by_index(0)?)
}

/// The tables that hold what was written; the migrator's own is not among them.
pub(crate) async fn tables(on: &DatabaseConnection) -> Done<Vec<Table>> {
    let sqlite = on.get_database_backend() == DbBackend::Sqlite;
    let list = match sqlite {
        true => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        false => "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
    };
    let mut tables = Vec::new();
    for name in names(on, list.to_owned()).await? {
        if name.contains("migration") {
            continue;
        }
        let (columns, keys) = match sqlite {
            true => (
                format!("SELECT name FROM pragma_table_info('{name}') ORDER BY cid"),
                format!("SELECT name FROM pragma_table_info('{name}') WHERE pk > 0 ORDER BY pk"),
            ),
            false => (
                format!(
                    "SELECT column_name::text FROM information_schema.columns WHERE table_name = '{name}' ORDER BY ordinal_position"
                ),
                format!(
                    "SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) \
                     WHERE i.indisprimary AND i.indrelid = '\"{name}\"'::regclass"
                ),
            ),
        };
        let (columns, keys) = (names(on, columns).await?, names(on, keys).await?);
        tables.push(Table { name, columns, keys });
    }
    Ok(tables)
}

/// Looks at the rows in which one of the words stands; at all of them without words.
pub(crate) async fn look(on: &DatabaseConnection, words: &[String]) -> Done<Look> {
    let mut all = Look::new();
    for table in tables(on).await? {
        let name = &table.name;
        let sql = match on.get_database_backend() {
            DbBackend::Sqlite => {
                let members: Vec<String> = table.columns.iter().map(|one| format!("'{one}', \"{one}\"")).collect();
                format!("SELECT json_object({}) FROM \"{name}\"", members.join(", "))
            }
            _ => format!("SELECT row_to_json(t)::text FROM \"{name}\" t"),
        };
        let mut rows = BTreeMap::new();
        for text in names(on, sql).await? {
            if !words.is_empty() && !words.iter().any(|word| text.contains(word)) {
                continue;
            }
            let row: Row = serde_json::from_str(&text)?;
            let key: Vec<String> = table
                .keys
                .iter()
                .map(|key| row.get(key).unwrap_or(&Value::Null).to_string())
                .collect();
            rows.insert(key.join("\u{1}"), row);
        }
        all.insert(name.clone(), (table, rows));
    }
    Ok(all)
}

/// What was written and deleted between two looks.
pub(crate) fn changed(before: &Look, after: &Look) -> Vec<Changed> {
    let mut all = Vec::new();
    for (name, (table, rows)) in after {
        let none = BTreeMap::new();
        let old = before.get(name).map_or(&none, |(_, rows)| rows);
        let is_new = |(key, row): &(&String, &Row)| old.get(*key) != Some(*row);
        let written: Vec<Row> = rows.iter().filter(is_new).map(|(_, row)| row.clone()).collect();
        let gone = old.iter().filter(|(key, _)| !rows.contains_key(*key));
        let deleted: Vec<Row> = gone.map(|(_, row)| row.clone()).collect();
        if !written.is_empty() || !deleted.is_empty() {
            let table = table.clone();
            all.push(Changed {
                table,
                written,
                deleted,
            });
        }
    }
    all
}
