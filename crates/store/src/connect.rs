//! Opening the stores.

use crate::{
    Directory, Keys, Mailbox, Region, StoreError,
    migration::{DirectoryMigrator, MailboxMigrator, RegionMigrator},
    probe::{Conn, Held, Probe, Probed, Step, Transaction},
    together::{self, Together},
};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, RuntimeErr,
    TransactionOptions, TransactionTrait as _,
    sqlx::{
        Connection as _, Error as SqlxError, SqliteConnection,
        sqlite::{SqliteJournalMode, SqliteSynchronous},
    },
};
use sea_orm_migration::MigratorTrait;
use std::{collections::BTreeMap, sync::Arc, time::Duration};

/// Where a store is: `sqlite:PATH`, `sqlite::memory:` or `postgres://…`.
pub type Url = String;

/// Where everything is.
#[derive(Clone, Debug)]
pub struct Config {
    /// The directory of digests.
    pub directory: Url,
    /// Each region's store.
    pub regions: BTreeMap<String, Url>,
    /// The mailbox of demo and test servers.
    pub mailbox: Option<Url>,
    /// Connections that write to each PostgreSQL store, at most; half as many read.
    pub connections: u32,
    /// Prepared statements kept by a PostgreSQL connection; 0 behind pgBouncer in transaction mode.
    pub statement_cache: usize,
}

/// How long one process waits for another that writes to the same SQLite file.
const PATIENCE: Duration = Duration::from_secs(10);

/// After what time it tries again where SQLite itself does not wait.
const AGAIN: Duration = Duration::from_millis(20);

/// All stores of an installation.
#[derive(Clone, Debug)]
pub struct Stores {
    /// The directory.
    pub directory: Directory,
    /// Regions by id.
    pub regions: BTreeMap<String, Region>,
    /// The mailbox of demo and test servers.
    pub mailbox: Option<Mailbox>,
    /// Keys.
    pub keys: Keys,
}

/// One database: on SQLite one connection writes and a few read; on PostgreSQL one pool writes and one reads.
#[derive(Clone, Debug)]
pub(crate) struct Db {
    pub(crate) write: Conn,
    pub(crate) read: Conn,
    /// Writers of a SQLite file share their commits.
    together: Option<Together>,
}

impl Stores {
    /// Opens all stores; brings their schemas up to date when `migrate` says so, else refuses those that are not.
    ///
    /// # Errors
    /// `Unavailable`, or `Schema` for a store that is older (without `migrate`) or newer than this program.
    pub async fn open(config: &Config, keys: Keys, migrate: bool) -> Result<Self, StoreError> {
        Self::open_probed(config, keys, migrate, None).await
    }

    /// The same, and somebody is asked before every step in a database (REL-1).
    ///
    /// # Errors
    /// Those of [`Stores::open`].
    pub async fn open_probed(
        config: &Config,
        keys: Keys,
        migrate: bool,
        probe: Option<&Arc<dyn Probe>>,
    ) -> Result<Self, StoreError> {
        let url = &config.directory;
        let directory = Db::open::<DirectoryMigrator>(url, config, migrate, "directory", probe).await?;
        let mut regions = BTreeMap::new();
        for (id, url) in &config.regions {
            let db = Db::open::<RegionMigrator>(url, config, migrate, id, probe).await?;
            regions.insert(id.clone(), Region::new(id.clone(), db, keys.clone()));
        }
        let mailbox = match &config.mailbox {
            Some(url) => Some(Mailbox::new(
                Db::open::<MailboxMigrator>(url, config, migrate, "mailbox", probe).await?,
            )),
            None => None,
        };
        Ok(Self {
            directory: Directory::new(directory, keys.clone()),
            regions,
            mailbox,
            keys,
        })
    }

    /// The store of a region.
    pub fn region(&self, id: &str) -> Option<&Region> {
        self.regions.get(id)
    }

    /// Closes all connections; what is written is on disk.
    pub async fn close(self) {
        for region in self.regions.into_values() {
            region.close().await;
        }
        self.directory.close().await;
        if let Some(mailbox) = self.mailbox {
            mailbox.close().await;
        }
    }
}

impl Db {
    async fn open<M: MigratorTrait>(
        url: &str,
        config: &Config,
        migrate: bool,
        name: &str,
        probe: Option<&Arc<dyn Probe>>,
    ) -> Result<Self, StoreError> {
        let (write, read) = if url.starts_with("sqlite:") {
            Self::sqlite(url).await?
        } else {
            Self::postgres(url, config).await?
        };
        let probed = Probed::new(probe, name);
        let shares = url.starts_with("sqlite:") && !in_memory(url);
        let db = Self {
            together: shares.then(|| Together::new(write.clone())),
            write: Conn::new(write, probed.clone(), Step::Write),
            read: Conn::new(read, probed, Step::Read),
        };
        if !is_current::<M>(&db.write.inner, name).await? {
            if !migrate {
                return Err(StoreError::Schema(format!(
                    "store '{name}' has an older schema; run `foretaste migrate`"
                )));
            }
            db.migrate::<M>(name).await?;
        }
        Ok(db)
    }

    /// One migration a transaction. Of several processes that start at once one does it, and the others wait for it.
    async fn migrate<M: MigratorTrait>(&self, name: &str) -> Result<(), StoreError> {
        loop {
            let tx = self.begin_alone().await?;
            if tx.get_database_backend() == DbBackend::Postgres {
                // Any number will do, so long as it stays the same; on SQLite the transaction itself is the lock.
                tx.execute_unprepared("SELECT pg_advisory_xact_lock(6077437)").await?;
            }
            if is_current::<M>(&tx, name).await? {
                return Ok(tx.rollback().await?);
            }
            M::up(&tx, Some(1)).await?;
            tx.commit().await?;
        }
    }

    async fn sqlite(url: &str) -> Result<(DatabaseConnection, DatabaseConnection), StoreError> {
        let write = open_file(url, WRITER).await?;
        let read = if in_memory(url) {
            write.clone()
        } else {
            open_file(url, READERS).await?
        };
        Ok((write, read))
    }

    async fn postgres(url: &str, config: &Config) -> Result<(DatabaseConnection, DatabaseConnection), StoreError> {
        let cache = config.statement_cache;
        let options = |connections: u32| {
            let mut options = ConnectOptions::new(url.to_owned());
            options
                .max_connections(connections)
                .min_connections(0)
                .sqlx_logging(false);
            // Asking whether a connection still works is a round trip: only those are asked that lay idle for a while.
            options
                .acquire_timeout(Duration::from_secs(20))
                .idle_timeout(Duration::from_secs(60))
                .test_before_acquire_if_idle_for(Duration::from_secs(1));
            options.map_sqlx_postgres_opts(move |postgres| postgres.statement_cache_capacity(cache));
            options
        };
        // A transaction may read elsewhere before it ends: with connections of their own, readers never wait for writers
        // who wait for readers.
        let write = Database::connect(options(config.connections)).await?;
        let mut readers = options(config.connections.div_ceil(2));
        readers.connect_lazy(true);
        let read = Database::connect(readers).await?;
        Ok((write, read))
    }

    /// A writing transaction: on SQLite it holds the one writer from its first moment.
    pub(crate) async fn begin(&self) -> Result<Transaction, StoreError> {
        let begin = async {
            match &self.together {
                Some(together) => Ok(Held::Shared(together.begin().await?)),
                None => Ok(Held::Alone(self.begin_alone().await?)),
            }
        };
        Ok(self.write.transaction(begin).await?)
    }

    /// In a task of its own: a caller who is cancelled just after BEGIN was sent would leave PostgreSQL's connection in a
    /// transaction that nobody knows of, and the next one who gets it would write into that.
    async fn begin_alone(&self) -> Result<DatabaseTransaction, DbErr> {
        let (write, options) = (self.write.inner.clone(), self.options());
        let begun = tokio::spawn(async move { write.begin_with_options(options).await });
        let gone = |error: tokio::task::JoinError| DbErr::Conn(RuntimeErr::Internal(error.to_string()));
        begun.await.map_err(gone)?
    }

    fn options(&self) -> TransactionOptions {
        match self.write.get_database_backend() {
            DbBackend::Sqlite => together::writing(),
            _ => TransactionOptions::default(),
        }
    }

    pub(crate) async fn scrub(&self) -> Result<(), StoreError> {
        if self.write.get_database_backend() == DbBackend::Sqlite {
            let log = "PRAGMA busy_timeout = 200; PRAGMA wal_checkpoint(TRUNCATE);";
            let patience = format!("{log} PRAGMA busy_timeout = {}", PATIENCE.as_millis());
            self.write.execute_unprepared(&patience).await?;
        }
        Ok(())
    }

    pub(crate) async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.read.inner.ping().await?)
    }

    pub(crate) async fn close(self) {
        let _ = self.read.inner.close().await;
        let _ = self.write.inner.close().await;
    }
}

fn in_memory(url: &str) -> bool {
    url.contains(":memory:")
}

/// How a file is opened: connections, and KiB of it that each of them keeps in memory.
type Opening = (u32, u32);
const READERS: Opening = (3, 4_000);
/// What is written comes back soon, and all of it goes through here.
const WRITER: Opening = (1, 16_000);
/// Pages after which the log is carried over into the file: a sweep would do that with every commit.
const LOG: &str = "4000";

fn sqlite_options(url: &str, (connections, kept): Opening) -> ConnectOptions {
    let more = if url.contains('?') { '&' } else { '?' };
    let mut options = if in_memory(url) {
        ConnectOptions::new(url.to_owned())
    } else {
        ConnectOptions::new(format!("{url}{more}mode=rwc"))
    };
    options.max_connections(connections).sqlx_logging(false);
    // A file does not go away as a server does; and who is cancelled while he asks closes the connection, and with it
    // all that is in memory.
    options
        .acquire_timeout(Duration::from_secs(20))
        .test_before_acquire(false);
    if in_memory(url) {
        // The database lives as long as its one connection.
        options.min_connections(1).idle_timeout(None).max_lifetime(None);
    } else {
        options.map_sqlx_sqlite_pool_opts(|pool| pool.after_release(|held, _| Box::pin(is_clean(held))));
    }
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .pragma("cache_size", format!("-{kept}"))
            .pragma("wal_autocheckpoint", LOG)
            // EXP-9: what is deleted or changed is overwritten, not only forgotten.
            .pragma("secure_delete", "ON")
    });
    options
}

/// Two processes that open a new file at once may meet while it is made ready, and there SQLite lets nobody wait.
async fn open_file(url: &str, opening: Opening) -> Result<DatabaseConnection, DbErr> {
    let mut left = PATIENCE;
    loop {
        match Database::connect(sqlite_options(url, opening)).await {
            Err(error) if error.to_string().contains("database is locked") && !left.is_zero() => {
                left = left.saturating_sub(AGAIN);
                pause(AGAIN).await;
            }
            other => return other,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "waits for another process")]
async fn pause(time: Duration) {
    tokio::time::sleep(time).await;
}

/// REL-4: where a disk is full or fails SQLite may take a whole transaction back by itself. The library then still takes
/// the connection for being in one, and would put every further transaction into a savepoint that nobody commits; such a
/// connection is not used again.
async fn is_clean(held: &mut SqliteConnection) -> Result<bool, SqlxError> {
    // What was given up is taken back before it is looked at.
    held.ping().await?;
    Ok(!held.is_in_transaction())
}

/// Whether nothing is left to migrate; asking writes nothing.
async fn is_current<M: MigratorTrait>(on: &impl ConnectionTrait, name: &str) -> Result<bool, StoreError> {
    match M::get_pending_migrations_read_only(on).await {
        Ok(missing) => Ok(missing.is_empty()),
        // What the migrator says of a migration that it does not know.
        Err(DbErr::Custom(text)) if text.contains("is missing") => Err(StoreError::Schema(format!(
            "store '{name}' was written by a newer version of foretaste; start that version"
        ))),
        Err(error) => Err(error.into()),
    }
}
