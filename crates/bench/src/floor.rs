//! The floor: a bare program that writes the same rows, without anything around it.

use crate::{
    Done,
    rows::{Changed, Row, Table},
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::Value;

/// Values of one statement, at most: what the engines take, with room to spare.
const VALUES: usize = 20_000;

/// Rows of which copies can be made that are somebody else's.
pub(crate) struct Template {
    changed: Vec<Changed>,
    words: Vec<Word>,
}

/// What differs from copy to copy.
struct Word {
    text: String,
    kind: Kind,
}

enum Kind {
    Id,
    Digest,
    Name,
}

impl Template {
    /// Ids are told by their shape, digests by their columns; names are put before.
    pub(crate) fn new(changed: Vec<Changed>, own: &[Row], names: &[&str]) -> Self {
        let mut words = Vec::new();
        let mut add = |text: &str, kind: Kind| {
            if !text.is_empty() && !words.iter().any(|word: &Word| word.text == text) {
                let text = text.to_owned();
                words.push(Word { text, kind });
            }
        };
        for row in changed.iter().flat_map(|one| &one.written).chain(own) {
            if let Some(id) = row.get("id").and_then(Value::as_str) {
                let tail = id.rsplit('_').next().unwrap_or(id);
                add(tail, Kind::Id);
            }
            if let Some(digest) = row.get("digest").and_then(Value::as_str) {
                add(digest, Kind::Digest);
            }
        }
        for name in names {
            add(name, Kind::Name);
        }
        Self { changed, words }
    }

    /// How many rows one copy has.
    pub(crate) fn size(&self) -> usize {
        self.changed.iter().map(|one| one.written.len()).sum()
    }

    fn copy(&self, row: &Row, number: u64) -> Row {
        let mut copy = row.clone();
        for value in copy.values_mut() {
            if let Value::String(text) = value {
                for word in &self.words {
                    if text.contains(&word.text) {
                        *text = text.replace(&word.text, &word.of(number));
                    }
                }
            }
        }
        copy
    }

    /// The statements that write copies of the rows with these numbers.
    pub(crate) fn statements(&self, engine: DbBackend, numbers: &[u64]) -> Vec<Statement> {
        let mut all = Vec::new();
        for one in &self.changed {
            let copies = |rows: &[Row]| -> Vec<Row> {
                let of = |number: &u64| rows.iter().map(|row| self.copy(row, *number)).collect::<Vec<_>>();
                numbers.iter().flat_map(of).collect()
            };
            all.extend(writes(engine, &one.table, &copies(&one.written)));
            all.extend(deletes(engine, &one.table, &copies(&one.deleted)));
        }
        all
    }
}

impl Word {
    fn of(&self, number: u64) -> String {
        let scattered = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        match self.kind {
            Kind::Id => {
                let kept = self.text.len().saturating_sub(12);
                format!("{}{number:012}", &self.text[..kept])
            }
            Kind::Digest => format!("{scattered:016x}{}", &self.text[16..]),
            Kind::Name => {
                let letter = |place: u32| char::from(b'a' + (scattered >> (8 * place) & 15) as u8);
                format!("{} {}", (0..6).map(letter).collect::<String>(), self.text)
            }
        }
    }
}

fn mark(engine: DbBackend, number: usize) -> String {
    match engine {
        DbBackend::Sqlite => "?".to_owned(),
        _ => format!("${number}"),
    }
}

/// A value as it is bound; what is null stands in the text, as its type is not known.
fn bind(engine: DbBackend, value: &Value, values: &mut Vec<sea_orm::Value>) -> String {
    values.push(match value {
        Value::Bool(is) => (*is).into(),
        Value::Number(number) => number.as_i64().unwrap_or_default().into(),
        Value::String(text) => text.clone().into(),
        _ => return "NULL".to_owned(),
    });
    mark(engine, values.len())
}

fn quoted(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    quoted.join(", ")
}

fn writes(engine: DbBackend, table: &Table, rows: &[Row]) -> Vec<Statement> {
    let rest: Vec<&String> = table.columns.iter().filter(|one| !table.keys.contains(one)).collect();
    let set: Vec<String> = rest
        .iter()
        .map(|one| format!("\"{one}\" = excluded.\"{one}\""))
        .collect();
    let on_conflict = match set.is_empty() {
        true => "NOTHING".to_owned(),
        false => format!("UPDATE SET {}", set.join(", ")),
    };
    let statement = |rows: &[Row]| {
        let mut values = Vec::new();
        let mut tuples = Vec::new();
        for row in rows {
            let cells: Vec<String> = table
                .columns
                .iter()
                .map(|one| bind(engine, row.get(one).unwrap_or(&Value::Null), &mut values))
                .collect();
            tuples.push(format!("({})", cells.join(", ")));
        }
        let sql = format!(
            "INSERT INTO \"{}\" ({}) VALUES {} ON CONFLICT ({}) DO {on_conflict}",
            table.name,
            quoted(&table.columns),
            tuples.join(", "),
            quoted(&table.keys)
        );
        Statement::from_sql_and_values(engine, sql, values)
    };
    rows.chunks(VALUES / table.columns.len().max(1))
        .map(statement)
        .collect()
}

fn deletes(engine: DbBackend, table: &Table, rows: &[Row]) -> Vec<Statement> {
    let statement = |rows: &[Row]| {
        let mut values = Vec::new();
        let mut tuples = Vec::new();
        for row in rows {
            let cells: Vec<String> = table
                .keys
                .iter()
                .map(|one| bind(engine, row.get(one).unwrap_or(&Value::Null), &mut values))
                .collect();
            tuples.push(format!("({})", cells.join(", ")));
        }
        let list = match engine {
            DbBackend::Sqlite => format!("(VALUES {})", tuples.join(", ")),
            _ => format!("({})", tuples.join(", ")),
        };
        let sql = format!(
            "DELETE FROM \"{}\" WHERE ({}) IN {list}",
            table.name,
            quoted(&table.keys)
        );
        Statement::from_sql_and_values(engine, sql, values)
    };
    rows.chunks(VALUES / table.keys.len().max(1)).map(statement).collect()
}

/// Writes in one durable transaction.
pub(crate) async fn commit(on: &sea_orm::DatabaseConnection, statements: Vec<Statement>) -> Done {
    use sea_orm::{SqliteTransactionMode, TransactionOptions, TransactionTrait as _};
    let options = TransactionOptions {
        isolation_level: None,
        access_mode: None,
        sqlite_transaction_mode: (on.get_database_backend() == DbBackend::Sqlite)
            .then_some(SqliteTransactionMode::Immediate),
    };
    let tx = on.begin_with_options(options).await?;
    for statement in statements {
        tx.execute_raw(statement).await?;
    }
    Ok(tx.commit().await?)
}
