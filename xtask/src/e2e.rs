//! `cargo xtask e2e`: the browser tests (crates/e2e) against the real program, with what they need set up.

use crate::npm::{Wanted, install, target};
use crate::process::find_program;
use crate::test::cargo;
use crate::{Result, packages};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What of axe-core a page runs.
const AXE: Wanted = Wanted {
    package: include_str!("../../crates/e2e/package.json"),
    lock: include_str!("../../crates/e2e/package-lock.json"),
    file: "node_modules/axe-core/axe.min.js",
};

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
    let may_install = args.first().is_none_or(|first| first != "--no-install");
    if !may_install {
        args.remove(0);
    }
    packages::ensure_browser(may_install)?;
    let myself = std::env::current_exe().map_err(|error| format!("current program: {error}"))?;
    let built = myself.parent().ok_or("no folder of built programs")?;
    let target = target()?;
    let axe = install(&target.join("e2e"), &AXE)?;
    // With one test, so that cargo chooses the same features as for the tests, and builds no dependency again.
    let what = ["--bin", "foretaste", "--bin", "e2e", "--test", "same"];
    passes(cargo().args(["build", "--workspace", "--quiet"]).args(what))?;
    let mut journeys = Command::new(built.join("e2e"));
    journeys
        .args(args)
        .env("FORETASTE_E2E_BIN", built.join("foretaste"))
        .env("FORETASTE_E2E_CHROMIUM", chromium().ok_or("Chromium is missing")?)
        .env("FORETASTE_E2E_AXE", axe)
        .env("FORETASTE_E2E_SCREENS", target.join("screens"));
    passes(&mut journeys)
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
