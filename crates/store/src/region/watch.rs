//! What statements are carried out on. A transaction remembers that one of them failed: PostgreSQL takes no further one
//! then, and would answer a commit by silently taking all back, where SQLite would keep the rest.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};
use sea_orm_migration::prelude::async_trait;
use std::sync::atomic::{AtomicBool, Ordering};

/// A transaction and whether a statement failed in it.
#[derive(Debug)]
pub(crate) struct Watched {
    pub(super) tx: DatabaseTransaction,
    failed: AtomicBool,
}

impl Watched {
    pub(super) fn new(tx: DatabaseTransaction) -> Self {
        Self {
            tx,
            failed: AtomicBool::new(false),
        }
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }

    fn note<T>(&self, outcome: Result<T, DbErr>) -> Result<T, DbErr> {
        if outcome.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        outcome
    }
}

/// The store at large, or a transaction.
#[derive(Debug)]
pub(crate) enum On<'a> {
    Store(&'a DatabaseConnection),
    Tx(&'a Watched),
}

#[async_trait::async_trait]
impl ConnectionTrait for Watched {
    fn get_database_backend(&self) -> DbBackend {
        self.tx.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.note(self.tx.execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.note(self.tx.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.note(self.tx.query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.note(self.tx.query_all_raw(statement).await)
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for On<'_> {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            On::Store(store) => store.get_database_backend(),
            On::Tx(tx) => tx.get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            On::Store(store) => store.execute_raw(statement).await,
            On::Tx(tx) => tx.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            On::Store(store) => store.execute_unprepared(sql).await,
            On::Tx(tx) => tx.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            On::Store(store) => store.query_one_raw(statement).await,
            On::Tx(tx) => tx.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            On::Store(store) => store.query_all_raw(statement).await,
            On::Tx(tx) => tx.query_all_raw(statement).await,
        }
    }
}
