//! What can go wrong in a store.

use sea_orm::{DbErr, RuntimeErr, SqlErr};

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
        // PostgreSQL: serialization failure, deadlock; SQLite: another process holds the file.
        if ["40001", "40P01", "could not serialize", "deadlock detected"]
            .iter()
            .any(|sign| text.contains(sign))
        {
            return StoreError::Conflict;
        }
        let unreachable = matches!(
            error,
            DbErr::Conn(_)
                | DbErr::ConnectionAcquire(_)
                | DbErr::Exec(RuntimeErr::Internal(_))
                | DbErr::Query(RuntimeErr::Internal(_))
        );
        let signs = [
            "disk is full",
            "disk I/O error",
            "readonly database",
            "database is locked",
            "unable to open",
            "Connection refused",
            "terminating connection",
            "No space left",
            "error communicating",
        ];
        if unreachable || signs.iter().any(|sign| text.contains(sign)) {
            return StoreError::Unavailable(text);
        }
        StoreError::Database(text)
    }
}
