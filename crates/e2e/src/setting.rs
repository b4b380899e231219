//! What `cargo xtask e2e` says about this machine.

use crate::Result;
use std::{fs, path::PathBuf};

/// Where things are.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// The program under test.
    pub(crate) foretaste: PathBuf,
    pub(crate) chromium: PathBuf,
    /// The source of axe-core.
    pub(crate) axe: String,
    /// Where pictures go.
    pub(crate) screens: PathBuf,
}

impl Setting {
    pub(crate) fn read() -> Result<Self> {
        let axe = path("FORETASTE_E2E_AXE")?;
        Ok(Self {
            foretaste: path("FORETASTE_E2E_BIN")?,
            chromium: path("FORETASTE_E2E_CHROMIUM")?,
            axe: fs::read_to_string(&axe).map_err(|error| format!("{}: {error}", axe.display()))?,
            screens: path("FORETASTE_E2E_SCREENS")?,
        })
    }
}

fn path(name: &str) -> Result<PathBuf> {
    let value = std::env::var_os(name).filter(|value| !value.is_empty());
    let missing = || format!("{name} is not set: run `cargo xtask e2e`, which sets up what this needs");
    value.map(PathBuf::from).ok_or_else(missing)
}
