//! What is in order, and could be safer.

use super::{Config, keys::Mail};
use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

impl Config {
    /// SEC-2: secrets that others on this machine can read. DEV-7: a font that is missing.
    pub(crate) fn advice(&self) -> Vec<String> {
        let password = match &self.keys.mail {
            Some(Mail::Server(keys)) => keys.password_file.as_deref(),
            _ => None,
        };
        let files = [
            ("secret_file", self.keys.secret_file.as_deref()),
            ("mail.password_file", password),
            ("provisioner.secret_file", self.keys.provisioner.secret_file.as_deref()),
        ];
        let open = |(key, path): (&str, Option<&Path>)| {
            let path = path.filter(|path| is_open(path))?.display();
            let mend = format!("others on this machine can read {path}: chmod o-rwx");
            Some(format!("{}: `{key}`: {mend}", self.place))
        };
        let fonts = self
            .fonts()
            .check()
            .err()
            .map(|error| format!("{}: `fonts`: {error}", self.place));
        files.into_iter().filter_map(open).chain(fonts).collect()
    }
}

fn is_open(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o007 != 0)
}
