//! What the tests take from npm, in the versions and with the digests of a committed lock file.

use crate::Result;
use crate::process::find_program;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder's wanted packages: `package.json`, its lock file, and a file by which one sees that they are there.
pub(crate) struct Wanted {
    pub(crate) package: &'static str,
    pub(crate) lock: &'static str,
    pub(crate) file: &'static str,
}

/// The OpenID provider of the tests.
const PROVIDER: Wanted = Wanted {
    package: include_str!("../../crates/foretaste/tests/oidc/package.json"),
    lock: include_str!("../../crates/foretaste/tests/oidc/package-lock.json"),
    file: "node_modules/oidc-provider/package.json",
};

/// Where what cargo builds lies: `target`, wherever that is.
pub(crate) fn target() -> Result<PathBuf> {
    let myself = std::env::current_exe().map_err(|error| format!("current program: {error}"))?;
    let target = myself.parent().and_then(Path::parent).ok_or("no target folder")?;
    Ok(target.to_owned())
}

/// Installs the OpenID provider; the variable by which tests find it.
pub(crate) fn provider() -> Result<(String, String)> {
    let folder = target()?.join("oidc");
    install(&folder, &PROVIDER)?;
    Ok(("FORETASTE_TEST_OIDC".to_owned(), folder.display().to_string()))
}

/// Installs into a folder what is not there yet; the file by which one sees it.
pub(crate) fn install(folder: &Path, wanted: &Wanted) -> Result<PathBuf> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let (lock, file) = (folder.join("package-lock.json"), folder.join(wanted.file));
    if file.is_file() && fs::read_to_string(&lock).is_ok_and(|there| there == wanted.lock) {
        return Ok(file);
    }
    fs::create_dir_all(folder).map_err(failed)?;
    fs::write(folder.join("package.json"), wanted.package).map_err(failed)?;
    fs::write(&lock, wanted.lock).map_err(failed)?;
    let npm = find_program("npm").ok_or("npm is missing")?;
    let ci = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
    let status = Command::new(npm)
        .args(ci)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(std::io::stderr())
        .status();
    match status.map_err(|error| format!("npm: {error}"))? {
        status if !status.success() => Err(format!("npm failed ({status})")),
        _ if file.is_file() => Ok(file),
        _ => Err(format!("npm ended well, but there is no {}", file.display())),
    }
}
