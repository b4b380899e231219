//! `demo.json`: who is who, for scripts and tests. It appears when there is somebody to talk to.

use super::people::Player;
use crate::failure::{Failure, Outcome};
use serde::Serialize;
use std::{fs, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path};

const NAME: &str = "demo.json";
const DRAFT: &str = ".demo.json.new";

#[derive(Serialize)]
struct Playbill<'a> {
    url: &'a str,
    people: &'a [Player],
}

/// Takes away what an earlier run left.
pub(super) fn remove(dir: &Path) -> Outcome {
    for name in [NAME, DRAFT] {
        match fs::remove_file(dir.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Failure::of(
                    format!("cannot remove {}", dir.join(name).display()),
                    error,
                ));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Appears whole or not at all. It holds tokens: it is its owner's alone.
pub(super) fn publish(dir: &Path, url: &str, people: &[Player]) -> Outcome {
    let draft = dir.join(DRAFT);
    let failed =
        |error: &dyn std::fmt::Display| Failure::of(format!("cannot write {}", dir.join(NAME).display()), error);
    let text = serde_json::to_string_pretty(&Playbill { url, people }).map_err(|error| failed(&error))?;
    let write = || -> std::io::Result<()> {
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&draft)?;
        file.write_all(text.as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        fs::rename(&draft, dir.join(NAME))
    };
    write().map_err(|error| failed(&error))
}
