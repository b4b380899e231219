//! What statements are carried out on. A transaction remembers that one of them failed, or was given up half-way:
//! PostgreSQL takes no further one after a failure, and would answer a commit by silently taking all back, where SQLite
//! would keep the rest.

use crate::probe::{Conn, Transaction};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use sea_orm_migration::prelude::async_trait;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// A transaction and how many of its statements did not come to a good end.
#[derive(Debug)]
pub(crate) struct Watched {
    pub(super) tx: Transaction,
    unsettled: AtomicU32,
    closed: AtomicBool,
}

impl Watched {
    pub(super) fn new(tx: Transaction) -> Self {
        Self {
            tx,
            unsettled: AtomicU32::new(0),
            closed: AtomicBool::new(false),
        }
    }

    /// Until it is open again no statement is taken.
    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    pub(super) fn open(&self) {
        self.closed.store(false, Ordering::Relaxed);
    }

    pub(super) fn has_failed(&self) -> bool {
        self.unsettled.load(Ordering::Relaxed) > 0
    }

    async fn settle<T>(&self, statement: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
        if self.closed.load(Ordering::Relaxed) {
            return Err(DbErr::Custom("more than a batch has read".to_owned()));
        }
        if self.has_failed() {
            // SQLite may have taken the transaction back by itself; what follows would be written alone.
            let what = "a statement of the transaction failed, so it takes no further one";
            return Err(DbErr::Custom(what.to_owned()));
        }
        self.unsettled.fetch_add(1, Ordering::Relaxed);
        let outcome = statement.await;
        if outcome.is_ok() {
            self.unsettled.fetch_sub(1, Ordering::Relaxed);
        }
        outcome
    }
}

/// The store at large, or a transaction.
#[derive(Debug)]
pub(crate) enum On<'a> {
    Store(&'a Conn),
    Tx(&'a Watched),
}

#[async_trait::async_trait]
impl ConnectionTrait for Watched {
    fn get_database_backend(&self) -> DbBackend {
        self.tx.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.settle(self.tx.execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.settle(self.tx.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.settle(self.tx.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.settle(self.tx.query_all_raw(statement)).await
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
