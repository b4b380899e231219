//! `cargo xtask e2e`: the browser tests (crates/e2e) against the real program, with what they need set up.

use crate::process::find_program;
use crate::test::cargo;
use crate::{Result, packages};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What of axe-core a page runs.
const AXE: &str = "node_modules/axe-core/axe.min.js";

pub(crate) fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser"].into_iter().find_map(find_program)
}

/// Whether pages in Chinese have letters to be written with.
pub(crate) fn has_chinese_font() -> bool {
    let folders = ["/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto-cjk"];
    folders
        .iter()
        .any(|folder| Path::new(folder).join("NotoSansCJK-Regular.ttc").is_file())
}

pub(crate) fn run(mut args: Vec<String>) -> Result<()> {
    let install = args.first().is_none_or(|first| first != "--no-install");
    if !install {
        args.remove(0);
    }
    packages::ensure_browser(install)?;
    // Beside us lies what cargo builds: `target`, wherever that is.
    let myself = std::env::current_exe().map_err(|error| format!("current program: {error}"))?;
    let built = myself.parent().ok_or("no folder of built programs")?;
    let target = built.parent().ok_or("no target folder")?;
    let axe = axe(&target.join("e2e"))?;
    passes(cargo().args(["build", "--workspace", "--bin", "foretaste", "--bin", "e2e", "--quiet"]))?;
    let mut journeys = Command::new(built.join("e2e"));
    journeys
        .args(args)
        .env("FORETASTE_E2E_BIN", built.join("foretaste"))
        .env("FORETASTE_E2E_CHROMIUM", chromium().ok_or("Chromium is missing")?)
        .env("FORETASTE_E2E_AXE", axe)
        .env("FORETASTE_E2E_SCREENS", target.join("screens"));
    passes(&mut journeys)
}

/// axe-core from npm, in the version and with the digest of the lock file.
fn axe(folder: &Path) -> Result<PathBuf> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let lock = folder.join("package-lock.json");
    let wanted = include_str!("../../crates/e2e/package-lock.json");
    let script = folder.join(AXE);
    if script.is_file() && fs::read_to_string(&lock).is_ok_and(|there| there == wanted) {
        return Ok(script);
    }
    fs::create_dir_all(folder).map_err(failed)?;
    fs::write(
        folder.join("package.json"),
        include_str!("../../crates/e2e/package.json"),
    )
    .map_err(failed)?;
    fs::write(&lock, wanted).map_err(failed)?;
    let npm = find_program("npm").ok_or("npm is missing")?;
    let mut command = Command::new(npm);
    command.current_dir(folder);
    passes(command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]))?;
    if script.is_file() {
        Ok(script)
    } else {
        Err(format!("npm ended well, but there is no {}", script.display()))
    }
}

fn passes(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.stdin(Stdio::null()).status();
    let status = status.map_err(|error| format!("{name}: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("e2e: {name} failed ({status})"))
    }
}
