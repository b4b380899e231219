//! What can go wrong in a store.

use sea_orm::{DbErr, RuntimeErr, SqlErr, sqlx::Error as SqlxError};

/// A store's error. Its text is for operators, never for the people who use the system.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed it first, or holds what was claimed: read again.
    #[error("changed by somebody else meanwhile")]
    Conflict,
    /// A constraint that says 'only one' held.
    #[error("taken already: {0}")]
    Taken(String),
    /// The store cannot be reached, or is full or read-only.
    #[error("store unavailable: {0}")]
    Unavailable(String),
    /// What is stored cannot be understood.
    #[error("stored data cannot be read: {0}")]
    Corrupt(String),
    /// The schema is not this program's.
    #[error("{0}")]
    Schema(String),
    /// Anything else the database says.
    #[error("database: {0}")]
    Database(String),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(what)) = error.sql_err() {
            return StoreError::Taken(what);
        }
        let text = error.to_string();
        let reason = match &error {
            DbErr::Exec(RuntimeErr::SqlxError(reason))
            | DbErr::Query(RuntimeErr::SqlxError(reason))
            | DbErr::Conn(RuntimeErr::SqlxError(reason)) => reason,
            DbErr::Conn(_) | DbErr::ConnectionAcquire(_) => return StoreError::Unavailable(text),
            _ => return StoreError::Database(text),
        };
        match reason.as_ref() {
            SqlxError::Database(reason) => {
                let code = reason.code().unwrap_or_default();
                match code.parse::<u32>() {
                    // SQLite's codes are numbers, and PostgreSQL's have five places.
                    Ok(number) if code.len() < 5 => of_sqlite(number, text),
                    _ if matches!(error, DbErr::Conn(_)) => StoreError::Unavailable(text),
                    _ => of_postgres(&code, text),
                }
            }
            SqlxError::Io(_)
            | SqlxError::Tls(_)
            | SqlxError::Protocol(_)
            | SqlxError::PoolTimedOut
            | SqlxError::PoolClosed
            | SqlxError::WorkerCrashed => StoreError::Unavailable(text),
            _ if matches!(error, DbErr::Conn(_)) => StoreError::Unavailable(text),
            _ => StoreError::Database(text),
        }
    }
}

/// By SQLite's result codes; what an extended one adds stands above the first eight bits.
fn of_sqlite(code: u32, text: String) -> StoreError {
    match code & 0xff {
        // No permission; busy, locked; read-only, I/O error; full, cannot open.
        3 | 5 | 6 | 8 | 10 | 13 | 14 => StoreError::Unavailable(text),
        // Damaged; not a database.
        11 | 26 => StoreError::Corrupt(text),
        _ => StoreError::Database(text),
    }
}

/// By PostgreSQL's SQLSTATE.
fn of_postgres(code: &str, text: String) -> StoreError {
    match code {
        // Could not serialize; deadlock.
        "40001" | "40P01" => StoreError::Conflict,
        // Read-only, as a replica is; data or an index is damaged.
        "25006" => StoreError::Unavailable(text),
        "XX001" | "XX002" => StoreError::Corrupt(text),
        // Connection; resources (disk full, too many connections); an operator's hand (shutdown); system (I/O error).
        _ if ["08", "53", "57", "58"].iter().any(|class| code.starts_with(class)) => StoreError::Unavailable(text),
        _ => StoreError::Database(text),
    }
}
