//! What the tests need from the machine: looked for, installed where allowed, else named with the line to run.

use crate::process::{find_program, is_root};
use crate::{Result, e2e, mail, postgres};
use std::process::{Command, Stdio};

struct Need {
    what: &'static str,
    package: &'static str,
    present: fn() -> bool,
}

/// For what is installed by a lock file: axe-core, and the OpenID provider, which runs on the Node that comes with it.
const NPM: Need = Need {
    what: "npm",
    package: "npm",
    present: || find_program("npm").is_some() && find_program("node").is_some(),
};

/// Debian's packages.
const SERVERS: [Need; 7] = [
    Need {
        what: "PostgreSQL's server",
        package: "postgresql",
        present: || postgres::programs().is_some(),
    },
    Need {
        what: "the mail server Exim",
        package: "exim4-daemon-light",
        present: || mail::program().is_some(),
    },
    Need {
        what: "openssl",
        package: "openssl",
        present: || find_program("openssl").is_some(),
    },
    Need {
        what: "pdftotext and pdftoppm, which read files that we write",
        package: "poppler-utils",
        present: || find_program("pdftotext").is_some() && find_program("pdftoppm").is_some(),
    },
    Need {
        what: "a font for Chinese",
        package: "fonts-noto-cjk",
        present: e2e::has_chinese_font,
    },
    Need {
        what: "a font for Latin",
        package: "fonts-dejavu-core",
        present: || std::path::Path::new("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf").exists(),
    },
    NPM,
];

/// Debian's packages, for the browser tests.
const BROWSER: [Need; 3] = [
    Need {
        what: "Chromium",
        package: "chromium",
        present: || e2e::chromium().is_some(),
    },
    Need {
        what: "a font for Chinese",
        package: "fonts-noto-cjk",
        present: e2e::has_chinese_font,
    },
    NPM,
];

/// Components of the Rust toolchain.
const TOOLCHAIN: [Need; 2] = [
    Need {
        what: "cargo fmt",
        package: "rustfmt",
        present: || cargo_knows("fmt"),
    },
    Need {
        what: "cargo clippy",
        package: "clippy",
        present: || cargo_knows("clippy"),
    },
];

/// Everything for all the steps of `cargo xtask test`.
pub(crate) fn ensure_all(install: bool) -> Result<()> {
    ensure(&TOOLCHAIN, install, "rustup component add", |missing| {
        run(Command::new("rustup").args(["component", "add"]).args(missing))
    })?;
    ensure_servers(install)?;
    ensure_browser(install)
}

/// Everything for the servers alone.
pub(crate) fn ensure_servers(install: bool) -> Result<()> {
    ensure_debian(&SERVERS, install)
}

/// Everything for the browser tests.
pub(crate) fn ensure_browser(install: bool) -> Result<()> {
    ensure_debian(&BROWSER, install)
}

fn ensure_debian(needs: &[Need], install: bool) -> Result<()> {
    let sudo = if is_root() { "" } else { "sudo " };
    let line = format!("{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends");
    ensure(needs, install, &line, apt_get)
}

fn ensure(needs: &[Need], install: bool, line: &str, installer: impl Fn(&[&str]) -> Result<()>) -> Result<()> {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    let names: Vec<&str> = missing.iter().map(|need| need.what).collect();
    eprintln!("set-up: missing here: {}", names.join(", "));
    let reason = match install.then(|| installer(&packages)) {
        Some(Ok(())) if self::missing(needs).is_empty() => return Ok(()),
        Some(Ok(())) => "the installation ended well, but something is still missing".to_owned(),
        Some(Err(reason)) => reason,
        None => "--no-install forbids to install it".to_owned(),
    };
    Err(format!(
        "{reason}.\nThe tests need {}. Run this line, then this command again:\n\n    {line} {}\n",
        names.join(", "),
        packages.join(" ")
    ))
}

fn missing(needs: &[Need]) -> Vec<&Need> {
    needs.iter().filter(|need| !(need.present)()).collect()
}

/// `--no-remove`: another mail server of this machine would have to give way to ours; that is its owner's decision.
fn apt_get(packages: &[&str]) -> Result<()> {
    if find_program("apt-get").is_none() {
        return Err("this is no Debian: install what is missing by its own means".to_owned());
    }
    let prefix: &[&str] = if is_root() {
        &["env"]
    } else if succeeds(Command::new("sudo").args(["-n", "true"])) {
        &["sudo", "-n", "env"]
    } else {
        return Err("only root may install packages, and sudo asks for a password here".to_owned());
    };
    let apt = |action: &[&str]| {
        let mut command = Command::new(prefix[0]);
        command.args(&prefix[1..]).args([
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "-q",
            "-o",
            "DPkg::Lock::Timeout=300",
        ]);
        run(command.args(action))
    };
    // Lists that could not be renewed may still do.
    if let Err(reason) = apt(&["update"]) {
        eprintln!("set-up: {reason}");
    }
    apt(&[&["install", "-y", "--no-install-recommends", "--no-remove"], packages].concat())
}

fn cargo_knows(command: &str) -> bool {
    succeeds(crate::test::cargo().args([command, "--version"]))
}

fn succeeds(command: &mut Command) -> bool {
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

/// Runs an installer; what it prints belongs on the terminal, its standard output is not ours.
fn run(command: &mut Command) -> Result<()> {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let line = words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
    eprintln!("set-up: {line}");
    let status = command.stdin(Stdio::null()).stdout(std::io::stderr()).status();
    match status.map_err(|error| format!("{line}: {error}"))? {
        status if status.success() => Ok(()),
        status => Err(format!("`{line}` failed ({status})")),
    }
}
