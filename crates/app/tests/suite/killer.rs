//! A server that is killed at a write, and what lies on the disk then.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};
use store::probe::{Answer, Kept, Probe, Step as Taken};

/// Lets so many writes through; then nobody lives to see anything more.
#[derive(Debug)]
pub(crate) struct Killer {
    pub(crate) left: AtomicI64,
    pub(crate) writes: AtomicU64,
}

impl Killer {
    pub(crate) fn after(writes: i64) -> Arc<Self> {
        Arc::new(Self {
            left: AtomicI64::new(writes),
            writes: AtomicU64::new(0),
        })
    }
}

impl Probe for Killer {
    fn before<'a>(&'a self, _: &'a str, step: Taken, sql: &'a str) -> Answer<'a, Kept> {
        let reads = sql.trim_start().to_ascii_uppercase().starts_with("SELECT");
        let writes = match step {
            Taken::Write | Taken::Commit => true,
            Taken::Statement => !reads,
            _ => false,
        };
        if writes {
            self.left.fetch_sub(1, Ordering::SeqCst);
            self.writes.fetch_add(1, Ordering::SeqCst);
        }
        let dead = self.left.load(Ordering::SeqCst) < 0;
        Box::pin(async move {
            match dead {
                true => Err("killed".to_owned()),
                false => Ok(Box::new(()) as Kept),
            }
        })
    }

    fn after<'a>(&'a self, _: &'a str, _: Taken, _: &'a str) -> Answer<'a, ()> {
        Box::pin(async { Ok(()) })
    }
}

/// Everything that lies in a folder, in another one.
pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}
