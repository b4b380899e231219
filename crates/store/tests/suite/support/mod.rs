//! Opens stores for one test on one engine, and takes them away again.

pub(crate) mod postgres;
pub(crate) mod samples;

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement};
use std::{
    collections::BTreeMap,
    future::Future,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};
use store::{Config, Keys, Region, StoreError, Stores, sha256};
use tempfile::TempDir;
use tokio::task::JoinHandle;

/// What a test comes to; an error of the store fails it.
pub(crate) type Done = Result<(), StoreError>;

/// On what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Files in a temporary folder.
    Sqlite,
    /// `sqlite::memory:`.
    Memory,
    /// Fresh databases of the server that FORETASTE_TEST_POSTGRES names.
    Postgres,
}

/// Stores that belong to one test.
pub(crate) struct World {
    pub(crate) stores: Stores,
    pub(crate) config: Config,
    pub(crate) place: Arc<Place>,
    behind: tokio::sync::Mutex<BTreeMap<String, DatabaseConnection>>,
}

/// Where they lie; it is cleared after the test, whatever became of it.
pub(crate) struct Place {
    pub(crate) engine: Engine,
    folder: TempDir,
    databases: Mutex<Vec<String>>,
}

impl Place {
    /// Empty stores: a directory, two regions and, where it is asked for, a mailbox.
    pub(crate) async fn more(&self, mailbox: bool) -> Config {
        let names: &[&'static str] = if mailbox {
            &["directory", "eu", "us", "mailbox"]
        } else {
            &["directory", "eu", "us"]
        };
        let mut urls = self.urls(names).await;
        Config {
            directory: urls.remove("directory").expect("is there"),
            mailbox: urls.remove("mailbox"),
            regions: urls.into_iter().map(|(id, url)| (id.to_owned(), url)).collect(),
            connections: 8,
            statement_cache: 100,
        }
    }

    async fn urls(&self, names: &[&'static str]) -> BTreeMap<&'static str, String> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        match self.engine {
            Engine::Sqlite => {
                let folder = self.folder.path().display();
                names
                    .iter()
                    .map(|name| (*name, format!("sqlite:{folder}/{number}_{name}")))
                    .collect()
            }
            Engine::Memory => names.iter().map(|name| (*name, "sqlite::memory:".to_owned())).collect(),
            Engine::Postgres => {
                let unique = |name: &&str| format!("foretaste_{}_{number}_{name}", std::process::id());
                let databases: Vec<String> = names.iter().map(unique).collect();
                self.databases.lock().expect("a lock").extend(databases.clone());
                let urls = postgres::create(&databases).await;
                names.iter().copied().zip(urls).collect()
            }
        }
    }

    async fn clear(&self) {
        let databases = std::mem::take(&mut *self.databases.lock().expect("a lock"));
        if !databases.is_empty() {
            postgres::drop(&databases).await;
        }
    }
}

impl World {
    pub(crate) fn eu(&self) -> &Region {
        self.stores.region("eu").expect("a region")
    }

    pub(crate) fn us(&self) -> &Region {
        self.stores.region("us").expect("a region")
    }

    /// Opens the same stores once more, with connections of its own, as another process would.
    pub(crate) async fn again(&self) -> Result<Stores, StoreError> {
        Stores::open(&self.config, keys(), false).await
    }

    /// The address of a store by its name.
    pub(crate) fn url(&self, name: &str) -> &str {
        url_of(&self.config, name)
    }

    /// All files of the stores.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.place.folder.path()).expect("a folder");
        entries.map(|entry| entry.expect("an entry").path()).collect()
    }

    /// Runs SQL behind the store's back; how many rows it touched.
    pub(crate) async fn sql(&self, name: &str, sql: &str) -> u64 {
        execute_on(&self.behind(name).await, &[sql.to_owned()]).await
    }

    /// One column, read behind the store's back.
    pub(crate) async fn column(&self, name: &str, sql: &str) -> Vec<String> {
        column_of(&self.behind(name).await, sql).await
    }

    /// A connection of which the store knows nothing.
    async fn behind(&self, name: &str) -> DatabaseConnection {
        let mut open = self.behind.lock().await;
        if !open.contains_key(name) {
            open.insert(name.to_owned(), raw(self.url(name)).await);
        }
        open[name].clone()
    }

    /// Closes everything; what remains are files.
    pub(crate) async fn close(&self) {
        for (_, on) in std::mem::take(&mut *self.behind.lock().await) {
            on.close().await.expect("an end");
        }
        self.stores.clone().close().await;
    }
}

pub(crate) fn url_of<'c>(config: &'c Config, name: &str) -> &'c str {
    match name {
        "directory" => &config.directory,
        "mailbox" => config.mailbox.as_deref().expect("a mailbox"),
        region => &config.regions[region],
    }
}

/// A connection that the store knows nothing of.
pub(crate) async fn raw(url: &str) -> DatabaseConnection {
    let file = url.starts_with("sqlite:");
    let url = if file {
        format!("{url}?mode=rwc")
    } else {
        url.to_owned()
    };
    Database::connect(url).await.expect("a raw connection")
}

pub(crate) async fn execute(url: &str, sql: &str) -> u64 {
    let on = raw(url).await;
    let rows = execute_on(&on, &[sql.to_owned()]).await;
    on.close().await.expect("an end");
    rows
}

/// Each statement by itself; how many rows the last one touched.
async fn execute_on(on: &DatabaseConnection, statements: &[String]) -> u64 {
    let mut rows = 0;
    for sql in statements {
        let done = on.execute_unprepared(sql).await;
        rows = done.unwrap_or_else(|error| panic!("{sql}: {error}")).rows_affected();
    }
    rows
}

pub(crate) async fn column(url: &str, sql: &str) -> Vec<String> {
    let on = raw(url).await;
    let found = column_of(&on, sql).await;
    on.close().await.expect("an end");
    found
}

async fn column_of(on: &DatabaseConnection, sql: &str) -> Vec<String> {
    let backend: DbBackend = on.get_database_backend();
    let rows = on.query_all_raw(Statement::from_string(backend, sql)).await;
    let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.iter()
        .map(|row| row.try_get_by_index(0).expect("a text"))
        .collect()
}

/// Keys of the tests. What is drawn at random never comes twice in one run, as nonces must not.
pub(crate) fn keys() -> Keys {
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    let random = |octets: &mut [u8]| {
        let digest = sha256(&DRAWN.fetch_add(1, Ordering::Relaxed).to_le_bytes());
        for (octet, drawn) in octets.iter_mut().zip(digest.into_bytes()) {
            *octet = drawn;
        }
    };
    Keys::derive(b"the secret of the tests", Arc::new(random))
}

/// Of several who tried the same at once, how many did it; the others lost as they should.
pub(crate) async fn winners(
    work: impl IntoIterator<Item = JoinHandle<Done>>,
    lost: fn(&StoreError) -> bool,
) -> Result<usize, StoreError> {
    let mut won = 0;
    for one in work {
        match one.await.expect("no panic") {
            Ok(()) => won += 1,
            Err(error) if lost(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(won)
}

pub(crate) fn taken(error: &StoreError) -> bool {
    matches!(error, StoreError::Taken(_))
}

/// Runs a test in a world of its own, and clears it away also when the test fails.
pub(crate) fn run<T, F>(engine: Engine, test: T)
where
    T: FnOnce(World) -> F,
    F: Future<Output = Done> + Send + 'static,
{
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let place = Arc::new(Place {
            engine,
            folder: tempfile::tempdir().expect("a folder"),
            databases: Mutex::default(),
        });
        let config = place.more(false).await;
        let outcome = match Stores::open(&config, keys(), true).await {
            Ok(stores) => {
                let place = place.clone();
                let behind = tokio::sync::Mutex::default();
                tokio::spawn(test(World {
                    stores,
                    config,
                    place,
                    behind,
                }))
                .await
            }
            Err(error) => Ok(Err(error)),
        };
        place.clear().await;
        match outcome {
            Ok(done) => done.expect("the store gave an error"),
            Err(failed) => std::panic::resume_unwind(failed.into_panic()),
        }
    });
}

/// Makes tests of functions: those under `every` run on all engines, those under `files` need stores that a second
/// process can open.
macro_rules! engines {
    (every: $($every:ident),*; files: $($file:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $every() { crate::support::run(crate::support::Engine::Sqlite, super::$every); })*
            $(#[test] fn $file() { crate::support::run(crate::support::Engine::Sqlite, super::$file); })*
        }
        mod postgres {
            $(#[test] fn $every() { crate::support::run(crate::support::Engine::Postgres, super::$every); })*
            $(#[test] fn $file() { crate::support::run(crate::support::Engine::Postgres, super::$file); })*
        }
        crate::support::engines!(memory: $($every),*);
    };
    (memory:) => {};
    (memory: $($every:ident),+) => {
        mod memory {
            $(#[test] fn $every() { crate::support::run(crate::support::Engine::Memory, super::$every); })*
        }
    };
}
pub(crate) use engines;
