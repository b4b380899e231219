//! Where the figures are taken: a real server process on either engine, and its stores.

use crate::{Done, rows};
use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// SQLite, or a PostgreSQL server that keeps what it says it keeps.
#[derive(Clone, Debug)]
pub(crate) enum Engine {
    Sqlite,
    Postgres(String),
}

impl Engine {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Engine::Sqlite => "sqlite",
            Engine::Postgres(_) => "postgres",
        }
    }
}

const STORES: [&str; 11] = [
    "directory",
    "mailbox",
    "eu",
    "us",
    "uk",
    "ca",
    "au",
    "sg",
    "jp",
    "ae",
    "sa",
];

/// Stores of one run; they go with it.
pub(crate) struct Place {
    engine: Engine,
    folder: TempDir,
    prefix: String,
}

impl Place {
    pub(crate) async fn new(engine: &Engine) -> Done<Self> {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let place = Self {
            engine: engine.clone(),
            folder: tempfile::tempdir()?,
            prefix: format!("bench_{}_{number}_", std::process::id()),
        };
        place.each("CREATE DATABASE").await?;
        Ok(place)
    }

    async fn each(&self, what: &str) -> Done {
        if let Engine::Postgres(server) = &self.engine {
            let on = rows::connect(server, 1).await?;
            for store in STORES {
                on.execute_unprepared(&format!("{what} {}{store}", self.prefix)).await?;
            }
        }
        Ok(())
    }

    pub(crate) async fn remove(self) -> Done {
        if let Engine::Postgres(_) = self.engine {
            self.each("DROP DATABASE").await?;
        }
        Ok(())
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Of a store of a demo.
    pub(crate) fn url(&self, store: &str) -> String {
        match &self.engine {
            Engine::Sqlite => {
                let file = match store {
                    "directory" | "mailbox" => format!("stores/{store}.db"),
                    region => format!("stores/regions/{region}.db"),
                };
                format!("sqlite:{}?mode=rwc", self.folder().join(file).display())
            }
            Engine::Postgres(_) => self.template().replace("{store}", store),
        }
    }

    fn template(&self) -> String {
        match &self.engine {
            Engine::Sqlite => String::new(),
            Engine::Postgres(server) => {
                let (base, _) = server.rsplit_once('/').unwrap_or((server, ""));
                format!("{base}/{}{{store}}", self.prefix)
            }
        }
    }

    pub(crate) async fn connect(&self, store: &str, connections: u32) -> Done<DatabaseConnection> {
        let connections = match self.engine {
            Engine::Sqlite => 1,
            Engine::Postgres(_) => connections,
        };
        rows::connect(&self.url(store), connections).await
    }
}

/// A running demo: the release binary beside this one.
pub(crate) struct Server {
    process: Child,
    pub(crate) url: String,
    token: String,
    /// From its start to the moment when it is ready to serve.
    pub(crate) ready_in: Duration,
}

impl Server {
    pub(crate) fn start(place: &Place) -> Done<Self> {
        let binary: PathBuf = std::env::current_exe()?.with_file_name("foretaste");
        let mut command = Command::new(&binary);
        command
            .args(["demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(place.folder());
        if let Engine::Postgres(_) = place.engine {
            command.args(["--stores", &place.template()]);
        }
        let file = place.folder().join("demo.json");
        let _ = std::fs::remove_file(&file);
        let begin = Instant::now();
        let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let mut process = process.map_err(|error| format!("{}: {error}", binary.display()))?;
        while !file.exists() {
            if let Some(status) = process.try_wait()? {
                return Err(format!("the demo ended with {status}").into());
            }
            wait(Duration::from_millis(1));
        }
        let ready_in = begin.elapsed();
        let demo: Value = serde_json::from_slice(&std::fs::read(&file)?)?;
        let seller = demo["people"].as_array().into_iter().flatten().find(|person| {
            person["organization"]["cast"] == "partner_a" && person["roles"] == json!(["sales_full_administrator"])
        });
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Ok(Self {
            process,
            url: text(&demo["url"]),
            token: seller.map(|person| text(&person["token"])).unwrap_or_default(),
            ready_in,
        })
    }

    /// Resident memory, in octets.
    pub(crate) fn memory(&self) -> Done<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
        Ok(kib.ok_or("no VmRSS")? * 1024)
    }

    /// The time that it has computed, in seconds: on a machine that does other things as well, the one that repeats.
    pub(crate) fn computed(&self) -> Done<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        // Behind the name, which may hold anything: user and system time are the 14th and 15th of all, in hundredths.
        let (_, rest) = stat.rsplit_once(')').ok_or("no name in stat")?;
        let ticks: Vec<f64> = rest
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|ticks| ticks.parse().ok())
            .collect();
        Ok(ticks.iter().sum::<f64>() / 100.0)
    }

    pub(crate) fn client(&self) -> Client {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        Client {
            agent,
            url: self.url.clone(),
            token: self.token.clone(),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One who calls, over a connection that stays.
pub(crate) struct Client {
    agent: ureq::Agent,
    url: String,
    token: String,
}

impl Client {
    pub(crate) fn start_trial(&self, number: u64) -> Done {
        let body = json!({
            "customer": {
                "name": format!("Maison {number}"), "admin_email": format!("it@m{number}.bench.example"),
                "vertical": "technology", "country": "FR", "supported_location_acknowledged": true, "expect": "new",
            },
            "services": ["messaging", "calling"],
        });
        let answer = self
            .agent
            .post(format!("{}/api/v1/trials", self.url))
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", "application/json")
            .send(body.to_string())?;
        let status = answer.status().as_u16();
        let text = answer.into_body().read_to_string()?;
        match status {
            201 => Ok(()),
            _ => Err(format!("{status}: {text}").into()),
        }
    }

    pub(crate) fn get(&self, path: &str) -> Done<Value> {
        let answer = self
            .agent
            .get(format!("{}/api/v1{path}", self.url))
            .header("authorization", format!("Bearer {}", self.token))
            .call()?;
        let status = answer.status().as_u16();
        let text = answer.into_body().read_to_string()?;
        match status {
            200 => Ok(serde_json::from_str(&text)?),
            _ => Err(format!("{path}: {status}: {text}").into()),
        }
    }
}

/// Nothing tells that a file has appeared, or that a queue has run empty.
pub(crate) fn wait(time: Duration) {
    #[expect(clippy::disallowed_methods, reason = "asks again until it is so")]
    std::thread::sleep(time);
}
