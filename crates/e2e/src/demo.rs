//! The real `foretaste demo`, on a free port and a folder of its own.

use crate::{Result, setting::Setting, tab::until};
use serde::Deserialize;
use std::{fs, process::Stdio};
use tempfile::TempDir;
use tokio::process::{Child, Command};

/// A running demo; it ends with this value.
#[derive(Debug)]
pub(crate) struct Demo {
    pub(crate) url: String,
    people: Vec<Person>,
    _process: Child,
    _folder: TempDir,
}

#[derive(Deserialize)]
struct Playbill {
    url: String,
    people: Vec<Person>,
}

#[derive(Debug, Deserialize)]
struct Person {
    email: String,
    password: String,
}

impl Demo {
    pub(crate) async fn start(setting: &Setting) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("foretaste-e2e-").tempdir();
        let folder = folder.map_err(|error| format!("temporary folder: {error}"))?;
        let (data, log) = (folder.path().join("demo"), folder.path().join("demo.log"));
        let file = || fs::File::options().create(true).append(true).open(&log);
        let failed = |error: std::io::Error| format!("{}: {error}", setting.foretaste.display());
        let mut process = Command::new(&setting.foretaste)
            .args(["demo", "--listen", "localhost:0", "--data"])
            .arg(&data)
            .stdin(Stdio::null())
            .stdout(file().map_err(failed)?)
            .stderr(file().map_err(failed)?)
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        let mut ended = None;
        let playbill = data.join("demo.json");
        until("the demo is ready", async || {
            ended = process.try_wait().map_err(failed)?;
            Ok(ended.is_some() || playbill.exists())
        })
        .await?;
        if let Some(status) = ended {
            let said = fs::read_to_string(&log).unwrap_or_default();
            return Err(format!("the demo ended ({status}):\n{}", said.trim_end()));
        }
        let text = fs::read_to_string(&playbill).map_err(failed)?;
        let playbill: Playbill = serde_json::from_str(&text).map_err(|error| format!("demo.json: {error}"))?;
        Ok(Self {
            url: playbill.url,
            people: playbill.people,
            _process: process,
            _folder: folder,
        })
    }

    /// The password of one of the cast.
    pub(crate) fn password(&self, email: &str) -> Result<&str> {
        let found = self.people.iter().find(|person| person.email == email);
        let missing = || format!("{email} is not of the cast");
        found.map(|person| person.password.as_str()).ok_or_else(missing)
    }
}
