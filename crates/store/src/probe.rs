//! A port for simulations (REL-1): whoever gave it is asked before every step that is taken in a database, and told
//! after it. He may let it wait, refuse it, or never let it go on, as a server does that is killed there.

use crate::together::Part;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr,
    Statement, TransactionTrait as _,
};
use sea_orm_migration::prelude::async_trait;
use std::{any::Any, fmt, pin::Pin, sync::Arc};

/// A step in a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A statement outside of a transaction, where nothing is written.
    Read,
    /// A statement that is a transaction of its own.
    Write,
    /// A transaction begins.
    Begin,
    /// A statement in a transaction.
    Statement,
    /// A part of a transaction begins.
    Savepoint,
    /// A part of a transaction ends well.
    Release,
    /// A transaction ends well.
    Commit,
    /// A transaction, or a part of it, is given up.
    Rollback,
}

/// What is kept while a step lasts; that of [`Step::Begin`] while its transaction does.
pub type Kept = Box<dyn Any + Send + Sync>;

/// An answer that may be waited for.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, String>> + Send + 'a>>;

/// Who is asked.
pub trait Probe: Send + Sync + fmt::Debug {
    /// Before a step in a store; an error is what the database says instead of taking it.
    fn before<'a>(&'a self, store: &'a str, step: Step, sql: &'a str) -> Answer<'a, Kept>;

    /// After a step that went well; an error is what comes of its answer on the way.
    fn after<'a>(&'a self, store: &'a str, step: Step, sql: &'a str) -> Answer<'a, ()>;
}

/// The probe of one database, if there is one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Probed(Option<(Arc<dyn Probe>, Arc<str>)>);

impl Probed {
    pub(crate) fn new(probe: Option<&Arc<dyn Probe>>, store: &str) -> Self {
        Self(probe.map(|probe| (Arc::clone(probe), store.into())))
    }

    async fn take<T>(
        &self,
        step: Step,
        sql: &str,
        work: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<(T, Option<Kept>), DbErr> {
        let Some((probe, store)) = &self.0 else {
            return Ok((work.await?, None));
        };
        let kept = probe.before(store, step, sql).await.map_err(said)?;
        let done = work.await?;
        probe.after(store, step, sql).await.map_err(said)?;
        Ok((done, Some(kept)))
    }

    /// What a probe is told of a statement; without one nothing is copied.
    fn text(&self, statement: &Statement) -> String {
        self.0.as_ref().map(|_| statement.sql.clone()).unwrap_or_default()
    }

    async fn step<T>(&self, step: Step, sql: &str, work: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
        Ok(self.take(step, sql, work).await?.0)
    }
}

fn said(what: String) -> DbErr {
    DbErr::Conn(RuntimeErr::Internal(what))
}

/// Connections, and who watches them.
#[derive(Clone, Debug)]
pub(crate) struct Conn {
    pub(crate) inner: DatabaseConnection,
    probed: Probed,
    alone: Step,
}

impl Conn {
    pub(crate) fn new(inner: DatabaseConnection, probed: Probed, alone: Step) -> Self {
        Self { inner, probed, alone }
    }

    fn statement(&self) -> Step {
        self.alone
    }

    fn engine(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    /// A transaction, where `begin` begins it.
    pub(crate) async fn transaction(
        &self,
        begin: impl Future<Output = Result<Held, DbErr>>,
    ) -> Result<Transaction, DbErr> {
        let (tx, kept) = self.probed.take(Step::Begin, "", begin).await?;
        Ok(Transaction {
            tx,
            probed: self.probed.clone(),
            part: false,
            _kept: kept,
        })
    }
}

/// What the statements of a transaction go to.
#[derive(Debug)]
pub(crate) enum Held {
    /// A transaction of its own, or a savepoint in one.
    Alone(DatabaseTransaction),
    /// One that shares its commit with others.
    Shared(Part),
}

impl Held {
    fn on(&self) -> Result<&DatabaseTransaction, DbErr> {
        match self {
            Held::Alone(tx) => Ok(tx),
            Held::Shared(part) => part.on(),
        }
    }

    async fn commit(self) -> Result<(), DbErr> {
        match self {
            Held::Alone(tx) => tx.commit().await,
            Held::Shared(part) => part.commit().await,
        }
    }

    async fn rollback(self) -> Result<(), DbErr> {
        match self {
            Held::Alone(tx) => tx.rollback().await,
            Held::Shared(part) => part.rollback().await,
        }
    }
}

/// A transaction, or a part of one; what is kept for it goes after it.
#[derive(Debug)]
pub(crate) struct Transaction {
    tx: Held,
    probed: Probed,
    part: bool,
    _kept: Option<Kept>,
}

impl Transaction {
    fn statement(&self) -> Step {
        Step::Statement
    }

    fn engine(&self) -> DbBackend {
        match &self.tx {
            Held::Alone(tx) => tx.get_database_backend(),
            // Only SQLite shares.
            Held::Shared(_) => DbBackend::Sqlite,
        }
    }

    pub(crate) async fn begin(&self) -> Result<Self, DbErr> {
        let on = self.tx.on()?;
        let (tx, kept) = self.probed.take(Step::Savepoint, "", on.begin()).await?;
        Ok(Self {
            tx: Held::Alone(tx),
            probed: self.probed.clone(),
            part: true,
            _kept: kept,
        })
    }

    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        let step = if self.part { Step::Release } else { Step::Commit };
        self.probed.step(step, "", self.tx.commit()).await
    }

    pub(crate) async fn rollback(self) -> Result<(), DbErr> {
        self.probed.step(Step::Rollback, "", self.tx.rollback()).await
    }
}

macro_rules! watch {
    ($of:ty, $($on:tt)+) => {
        #[async_trait::async_trait]
        impl ConnectionTrait for $of {
            fn get_database_backend(&self) -> DbBackend {
                self.engine()
            }

            async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
                let sql = self.probed.text(&statement);
                self.probed
                    .step(self.statement(), &sql, self.$($on)+.execute_raw(statement))
                    .await
            }

            async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
                self.probed
                    .step(self.statement(), sql, self.$($on)+.execute_unprepared(sql))
                    .await
            }

            async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
                let sql = self.probed.text(&statement);
                self.probed
                    .step(self.statement(), &sql, self.$($on)+.query_one_raw(statement))
                    .await
            }

            async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
                let sql = self.probed.text(&statement);
                self.probed
                    .step(self.statement(), &sql, self.$($on)+.query_all_raw(statement))
                    .await
            }
        }
    };
}

watch!(Conn, inner);
watch!(Transaction, tx.on()?);
