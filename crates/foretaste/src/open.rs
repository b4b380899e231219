//! Opening a system that was configured, or a demo's.

use crate::{
    commands::program::shipped,
    config::{Config, Environment, regions},
    demo::Place,
    failure::{Failure, Outcome},
    wiring::{self, Setting},
};
use app::App;
use clap::Args;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{StoreError, Stores};

/// Which system a command is about.
#[derive(Clone, Debug, Args)]
pub(crate) struct Which {
    /// The configuration; what it lacks is read from FORETASTE_… variables
    #[arg(long, value_name = "FILE", env = "FORETASTE_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// A demo's folder, instead of a configuration
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
}

impl Which {
    /// Its use cases; a store whose schema is not today's is refused.
    pub(crate) async fn app(&self) -> Outcome<Arc<App>> {
        if let Some(dir) = &self.data {
            let stores = Place::new(dir).open(&shipped()?).await?;
            return wiring::app(stores, Setting::quiet(true, false)).await;
        }
        let config = self.configured()?;
        let stores = stores(&config, false).await?;
        wiring::app(stores, Setting::quiet(config.test_clock()?, is_shared(&config)?)).await
    }

    /// Where people reach it; empty for a demo, whose port is its own.
    pub(crate) fn public_url(&self) -> Outcome<String> {
        if self.data.is_some() {
            return Ok(String::new());
        }
        Ok(self.configured()?.public_url()?.to_owned())
    }

    /// Its configuration.
    pub(crate) fn configured(&self) -> Outcome<Config> {
        Config::load(self.config.as_deref(), &[])
    }
}

/// Opens the stores that a configuration names: those of its program file's regions and of what is published.
pub(crate) async fn stores(config: &Config, migrate: bool) -> Outcome<Stores> {
    let keys = config.secret()?;
    let file = regions(&config.program()?);
    let mut all = config.stores(&file)?;
    if migrate {
        make_folders(&all)?;
    } else {
        need_files(&all)?;
    }
    if config.environment() == Environment::Production {
        all.mailbox = None;
    }
    // What is published may know more regions than the file.
    let alone = store::Config {
        regions: Default::default(),
        mailbox: None,
        ..all.clone()
    };
    let directory = Stores::open(&alone, keys.clone(), migrate).await.map_err(of_store)?;
    let published = directory.directory.programs().await;
    directory.close().await;
    let mut wanted: BTreeSet<String> = file;
    wanted.extend(published?.last().map(regions).unwrap_or_default());
    let regions = config.stores(&wanted)?.regions;
    Stores::open(&store::Config { regions, ..all }, keys, migrate)
        .await
        .map_err(of_store)
}

/// Whether several servers may stand on the same stores.
pub(crate) fn is_shared(config: &Config) -> Outcome<bool> {
    let stores = config.stores(&regions(&config.program()?))?;
    Ok(stores.directory.starts_with("postgres"))
}

/// SQLite would make an empty file where there is none.
fn need_files(config: &store::Config) -> Outcome {
    match files(config).find(|path| !path.exists()) {
        Some(path) => Err(Failure::new(format!(
            "the store {} is not there yet: `foretaste migrate` makes it",
            path.display()
        ))),
        None => Ok(()),
    }
}

/// SQLite makes its file, not the folder in which it lies.
fn make_folders(config: &store::Config) -> Outcome {
    for path in files(config) {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            let failed = |error| Failure::of(format!("cannot make the folder {}", folder.display()), error);
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
    }
    Ok(())
}

fn files(config: &store::Config) -> impl Iterator<Item = &Path> {
    let regions = config.regions.values();
    let urls = regions.chain([&config.directory]).chain(&config.mailbox);
    urls.filter(|url| !url.contains(":memory:")).filter_map(|url| {
        let path = url.strip_prefix("sqlite:")?.split('?').next()?;
        Some(Path::new(path.strip_prefix("//").unwrap_or(path)))
    })
}

fn of_store(error: StoreError) -> Failure {
    match error {
        // A URL may hold a password; what the driver says of it may, too.
        StoreError::Unavailable(text) if text.contains("://") => Failure::new("a store cannot be reached"),
        other => Failure::new(other.to_string()),
    }
}
