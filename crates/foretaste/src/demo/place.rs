//! The demo's folder: its lock, its secret, its stores.

use crate::{
    failure::{Failure, Outcome},
    ports,
};
use domain::program::Program;
use std::{
    fs::{self, File, TryLockError},
    io::{Read as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};
use store::{Config, Keys, Stores};

/// Where a demo lives.
#[derive(Clone, Debug)]
pub(crate) struct Place(PathBuf);

/// Held as long as a demo runs; the system lets go of it with the process.
pub(crate) struct Lock(#[expect(dead_code, reason = "held, not read")] File);

const SECRET: usize = 32;
const ELSEWHERE: &str = "stores.url";

impl Place {
    pub(crate) fn new(dir: &Path) -> Self {
        Self(dir.to_owned())
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.0
    }

    /// The stores, when the cast has come to be.
    pub(super) fn stores(&self) -> PathBuf {
        self.0.join("stores")
    }

    /// The stores while it comes to be: what breaks off on the way is begun anew.
    pub(super) fn new_stores(&self) -> PathBuf {
        self.0.join("stores.new")
    }

    /// Makes the folder and takes it for this process alone.
    pub(super) fn take(&self) -> Outcome<Lock> {
        let failed = |error: &dyn std::fmt::Display| Failure::of(format!("cannot use {}", self.0.display()), error);
        make_folder(&self.0)?;
        let open = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(self.0.join("lock"));
        let file = open.map_err(|error| failed(&error))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(TryLockError::WouldBlock) => Err(Failure::new(format!(
                "another demo runs on {}: stop it, or choose another folder with --data",
                self.0.display()
            ))),
            Err(TryLockError::Error(error)) => Err(failed(&error)),
        }
    }

    /// The keys, from a secret that is made once.
    pub(super) fn make_keys(&self) -> Outcome<Keys> {
        let path = self.secret();
        if !path.exists() {
            let mut octets = [0u8; SECRET];
            ports::randomness(&mut octets);
            self.write_secret(&path, &octets)?;
        }
        self.keys()
    }

    /// PROV-2: what calls to a provisioner are signed with; made at the first start.
    pub(super) fn provisioner_secret(&self) -> Outcome<delivery::Secret> {
        let path = self.0.join("provisioner.secret");
        if !path.exists() {
            let mut octets = [0u8; SECRET];
            ports::randomness(&mut octets);
            self.write_secret(&path, delivery::Secret::new(octets).text().as_bytes())?;
        }
        let text = fs::read_to_string(&path);
        let text = text.map_err(|error| Failure::of(format!("cannot read {}", path.display()), error))?;
        let wrong = |error| Failure::of(format!("{} is no secret", path.display()), error);
        delivery::Secret::parse(&text).map_err(wrong)
    }

    /// Whole or not at all, and for nobody else's eyes.
    fn write_secret(&self, path: &Path, octets: &[u8]) -> Outcome {
        let draft = self.0.join(".secret.new");
        let write = || -> std::io::Result<()> {
            let mut file = File::options()
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(&draft)?;
            file.write_all(octets)?;
            file.sync_all()?;
            fs::rename(&draft, path)
        };
        write().map_err(|error| Failure::of(format!("cannot write {}", path.display()), error))
    }

    /// The keys of a demo that is there.
    pub(crate) fn keys(&self) -> Outcome<Keys> {
        let path = self.secret();
        let mut octets = Vec::new();
        let read = File::open(&path).and_then(|mut file| file.read_to_end(&mut octets));
        let size = read.map_err(|error| Failure::of(format!("cannot read {}", path.display()), error))?;
        if size < SECRET {
            return Err(Failure::new(format!(
                "{} is too short to be a secret; without the right one the stores cannot be read",
                path.display()
            )));
        }
        Ok(Keys::derive(&octets, ports::random()))
    }

    fn secret(&self) -> PathBuf {
        self.0.join("secret.key")
    }

    /// Where the stores are when they are not in the folder: a URL with `{store}` in it.
    pub(super) fn elsewhere(&self) -> Outcome<Option<String>> {
        match fs::read_to_string(self.0.join(ELSEWHERE)) {
            Ok(text) => Ok(Some(text.trim().to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::of(format!("cannot read {ELSEWHERE}"), error)),
        }
    }

    /// Remembers where the stores are.
    pub(super) fn put_elsewhere(&self, template: &str) -> Outcome {
        if !template.contains("{store}") {
            return Err(Failure::new("--stores needs {store} where the name of each store goes"));
        }
        let path = self.0.join(ELSEWHERE);
        // It may hold a password.
        let mut options = File::options();
        let open = options.write(true).create(true).truncate(true).mode(0o600).open(&path);
        let written = open.and_then(|mut file| file.write_all(template.as_bytes()));
        written.map_err(|error| Failure::of(format!("cannot write {}", path.display()), error))
    }

    /// Opens a demo's stores; those of a demo that never ran are not made.
    pub(crate) async fn open(&self, program: &Program) -> Outcome<Stores> {
        if let Some(template) = self.elsewhere()? {
            return open_elsewhere(&template, self.keys()?, program).await;
        }
        if !self.stores().is_dir() {
            let dir = self.0.display();
            return Err(Failure::new(format!(
                "there is no demo in {dir}: `foretaste demo --data {dir}` makes one"
            )));
        }
        open(&self.stores(), self.keys()?, program).await
    }
}

/// Opens, or makes, the stores below a folder.
pub(super) async fn open(folder: &Path, keys: Keys, program: &Program) -> Outcome<Stores> {
    make_folder(&folder.join("regions"))?;
    let url = |name: &str| format!("sqlite:{}", folder.join(name).display());
    let config = Config {
        directory: url("directory.db"),
        regions: program
            .regions
            .iter()
            .map(|region| (region.id.clone(), url(&format!("regions/{}.db", region.id))))
            .collect(),
        mailbox: Some(url("mailbox.db")),
        connections: 1,
        statement_cache: 0,
    };
    Ok(Stores::open(&config, keys, true).await?)
}

/// Opens the stores that a URL with `{store}` in it names: `directory`, `mailbox`, and each region's id.
pub(super) async fn open_elsewhere(template: &str, keys: Keys, program: &Program) -> Outcome<Stores> {
    let url = |name: &str| template.replace("{store}", name);
    let regions = program
        .regions
        .iter()
        .map(|region| (region.id.clone(), url(&region.id)));
    let config = Config {
        directory: url("directory"),
        regions: regions.collect(),
        mailbox: Some(url("mailbox")),
        connections: 4,
        statement_cache: 100,
    };
    Ok(Stores::open(&config, keys, true).await?)
}

fn make_folder(path: &Path) -> Outcome {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.map_err(|error| Failure::of(format!("cannot make the folder {}", path.display()), error))
}
