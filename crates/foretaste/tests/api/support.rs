//! A real server process and somebody who talks to it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]
#![allow(unreachable_pub, reason = "the modules of one test binary")]

use serde_json::Value;
use std::{
    cell::Cell,
    collections::BTreeMap,
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Where the stores of a demo are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

thread_local! {
    static ENGINE: Cell<Engine> = const { Cell::new(Engine::Sqlite) };
}

/// Runs a test with all its demos on one engine.
pub fn on(engine: Engine, test: fn()) {
    ENGINE.set(engine);
    test();
}

/// Makes a test of each engine of each of these functions.
#[macro_export]
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {
        mod sqlite { $(#[test] fn $name() { $crate::support::on($crate::support::Engine::Sqlite, super::$name) })* }
        mod postgres { $(#[test] fn $name() { $crate::support::on($crate::support::Engine::Postgres, super::$name) })* }
    };
}

/// The databases of one demo; they go with it.
struct Databases {
    server: String,
    prefix: String,
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

impl Databases {
    fn make() -> Self {
        let server = std::env::var("FORETASTE_TEST_POSTGRES").expect(
            "FORETASTE_TEST_POSTGRES names no server: run `cargo xtask test`, or `cargo xtask servers` and its exports",
        );
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let prefix = format!("api_{}_{}_", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
        let made = Self { server, prefix };
        made.tell(STORES.map(|store| format!("CREATE DATABASE {}{store}", made.prefix)));
        made
    }

    fn tell(&self, statements: impl IntoIterator<Item = String>) {
        let mut psql = Command::new("psql");
        psql.arg(&self.server)
            .args(["--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1"]);
        for statement in statements {
            psql.args(["--command", &statement]);
        }
        let done = psql.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// The URL with `{store}` in it.
    fn template(&self) -> String {
        let (server, _) = self.server.rsplit_once('/').unwrap();
        format!("{server}/{}{{store}}", self.prefix)
    }
}

impl Drop for Databases {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        // `WITH (FORCE)` fails when it meets an autovacuum worker.
        let ours = format!("starts_with(datname, '{}') AND usename = current_user", self.prefix);
        let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {ours}");
        let drop = STORES.map(|store| format!("DROP DATABASE {}{store}", self.prefix));
        self.tell([end].into_iter().chain(drop));
    }
}

/// A running demo; it ends with the test.
pub struct Demo {
    process: Child,
    _databases: Option<Databases>,
    pub dir: TempDir,
    pub url: String,
    pub cast: Value,
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Demo {
    /// Without the sample trials: quick, and nothing else happens.
    pub fn empty() -> Self {
        Self::start(&["--empty"], TempDir::new().unwrap())
    }

    /// An empty one that is told where a file may not grow any more, instead of being ended.
    pub fn patient() -> Self {
        let dir = TempDir::new().unwrap();
        let mut sh = Command::new("sh");
        sh.args([
            "-c",
            "trap '' XFSZ; exec \"$0\" \"$@\"",
            env!("CARGO_BIN_EXE_foretaste"),
        ]);
        let (process, cast) = spawn_by(sh, &["--empty"], dir.path());
        let url = cast["url"].as_str().unwrap().to_owned();
        Self {
            process,
            _databases: None,
            dir,
            url,
            cast,
        }
    }

    pub fn process_id(&self) -> u32 {
        self.process.id()
    }

    /// With everything.
    pub fn full() -> Self {
        Self::start(&[], TempDir::new().unwrap())
    }

    pub fn start(flags: &[&str], dir: TempDir) -> Self {
        let databases = (ENGINE.get() == Engine::Postgres).then(Databases::make);
        let template = databases.as_ref().map(Databases::template);
        let mut all = flags.to_vec();
        all.extend(template.iter().flat_map(|url| ["--stores", url.as_str()]));
        let (process, cast) = spawn(&all, dir.path());
        let url = cast["url"].as_str().unwrap().to_owned();
        Self {
            process,
            _databases: databases,
            dir,
            url,
            cast,
        }
    }

    /// A second server process on the same stores; it ends with what is returned. Only where several servers may share
    /// the stores.
    pub fn second(&self) -> Second {
        self.second_with(&[])
    }

    /// The same with more flags.
    pub fn second_with(&self, more: &[&str]) -> Second {
        let template = self._databases.as_ref().map(Databases::template);
        let template = template.expect("several servers share PostgreSQL");
        let mut flags = vec!["--empty", "--stores", template.as_str()];
        flags.extend(more);
        let dir = TempDir::new().unwrap();
        for name in ["secret.key", "stores.url", "provisioner.secret"] {
            if self.dir.path().join(name).exists() {
                std::fs::copy(self.dir.path().join(name), dir.path().join(name)).unwrap();
            }
        }
        let (process, cast) = spawn(&flags, dir.path());
        Second {
            process,
            _dir: dir,
            url: cast["url"].as_str().unwrap().to_owned(),
        }
    }

    /// The first person of a company of the cast who has a role.
    pub fn person(&self, cast: &str, role: &str) -> Person<'_> {
        self.people(cast, role)
            .into_iter()
            .next()
            .unwrap_or_else(|| panic!("nobody is {role} of {cast}"))
    }

    pub fn people(&self, cast: &str, role: &str) -> Vec<Person<'_>> {
        let fits = |person: &&Value| {
            person["organization"]["cast"] == cast && person["roles"].as_array().unwrap().iter().any(|one| one == role)
        };
        let people = self.cast["people"].as_array().unwrap().iter().filter(fits);
        people
            .map(|who| Person {
                demo: self,
                who: who.clone(),
            })
            .collect()
    }

    /// Kills the server as a crash does, and starts it again on the same data.
    pub fn crash_and_restart(self) -> Self {
        self.crash_and_restart_with(&["--empty"])
    }

    /// The same with other flags.
    pub fn crash_and_restart_with(mut self, flags: &[&str]) -> Self {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let (process, cast) = spawn(flags, self.dir.path());
        self.process = process;
        self.url = cast["url"].as_str().unwrap().to_owned();
        self.cast = cast;
        self
    }

    /// Whatever is kept anywhere, but in the mailbox, which stands for the outside world, and in the cast: every octet of
    /// the files, every row of the tables, the log.
    pub fn everything(&self) -> Vec<(String, String)> {
        let (mut all, mut folders) = (Vec::new(), vec![self.dir.path().to_owned()]);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                if entry.path().is_dir() {
                    folders.push(entry.path());
                } else if !name.starts_with("mailbox") && name != "demo.json" {
                    let octets = std::fs::read(entry.path()).unwrap();
                    all.push((name, String::from_utf8_lossy(&octets).into_owned()));
                }
            }
        }
        if let Some(databases) = &self._databases {
            for store in STORES.iter().filter(|store| **store != "mailbox") {
                let url = databases.template().replace("{store}", store);
                let dump = Command::new("pg_dump").args(["--data-only", &url]).output().unwrap();
                assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
                all.push(((*store).to_owned(), String::from_utf8_lossy(&dump.stdout).into_owned()));
            }
        }
        all
    }

    /// What the command line says of the data, with its exit code.
    pub fn command(&self, words: &[&str]) -> (i32, String) {
        let dir = self.dir.path().to_str().unwrap();
        let mut words = words.to_vec();
        // A simulation needs no data.
        if words.first() != Some(&"simulate") {
            words.extend(["--data", dir]);
        }
        let output = Command::new(env!("CARGO_BIN_EXE_foretaste"))
            .args(words)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.code().unwrap_or(-1), text)
    }
}

fn spawn(flags: &[&str], dir: &Path) -> (Child, Value) {
    spawn_by(Command::new(env!("CARGO_BIN_EXE_foretaste")), flags, dir)
}

fn spawn_by(mut command: Command, flags: &[&str], dir: &Path) -> (Child, Value) {
    let file = dir.join("demo.json");
    let _ = std::fs::remove_file(&file);
    let mut process = command
        .args(["demo", "--listen", "127.0.0.1:0", "--data"])
        .arg(dir)
        .args(flags)
        .stdout(Stdio::null())
        .stderr(std::fs::File::create(dir.join("server.log")).unwrap())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    loop {
        if let Ok(text) = std::fs::read_to_string(&file) {
            return (process, serde_json::from_str(&text).unwrap());
        }
        let ended = process.try_wait().unwrap();
        let log = || std::fs::read_to_string(dir.join("server.log")).unwrap_or_default();
        assert!(ended.is_none(), "the demo ended: {}", log());
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "the demo does not come up: {}",
            log()
        );
        pause(20);
    }
}

#[expect(clippy::disallowed_methods, reason = "waits for another process")]
pub fn pause(millis: u64) {
    std::thread::sleep(Duration::from_millis(millis));
}

/// Another process on the stores of a demo.
pub struct Second {
    process: Child,
    _dir: TempDir,
    pub url: String,
}

impl Drop for Second {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Second {
    /// The same person, at this server.
    pub fn get(&self, who: &Person<'_>, path: &str) -> Answer {
        self.call(who, "GET", path, None)
    }

    /// The same person, at this server.
    pub fn call(&self, who: &Person<'_>, method: &str, path: &str, body: Option<Value>) -> Answer {
        let token = format!("Bearer {}", who.who["token"].as_str().unwrap());
        let headers = [
            ("Authorization", token.as_str()),
            ("If-Match", "*"),
            ("Content-Type", "application/json"),
        ];
        let headers = if body.is_some() { &headers[..] } else { &headers[..2] };
        let url = format!("{}/api/v1{path}", self.url);
        call(&url, method, headers, body.map(|body| body.to_string()))
    }
}

/// Somebody of the cast, with a token.
pub struct Person<'d> {
    pub demo: &'d Demo,
    pub who: Value,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Value,
}

impl Answer {
    /// The body of an answer with that status.
    pub fn is(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{:#}", self.body);
        self.body
    }

    /// The body of a problem with that status and code.
    pub fn problem(self, status: u16, code: &str) -> Value {
        assert_eq!(
            self.headers.get("content-type").map(String::as_str),
            Some("application/problem+json"),
            "{:#}",
            self.body
        );
        assert_eq!(
            (self.status, self.body["code"].as_str()),
            (status, Some(code)),
            "{:#}",
            self.body
        );
        assert!(
            self.body["detail"]
                .as_str()
                .is_some_and(|text| !text.is_empty() && !text.contains('{')),
            "{:#}",
            self.body
        );
        self.body
    }

    /// The pointers and codes of its field errors.
    pub fn errors(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let list = self.body["errors"].as_array().cloned().unwrap_or_default();
        list.iter()
            .map(|error| (text(&error["pointer"]), text(&error["code"])))
            .collect()
    }
}

impl Person<'_> {
    pub fn id(&self) -> String {
        self.who["organization"]["id"].as_str().unwrap().to_owned()
    }

    pub fn email(&self) -> String {
        self.who["email"].as_str().unwrap().to_owned()
    }

    pub fn get(&self, path: &str) -> Answer {
        self.call("GET", path, &[], None)
    }

    /// Asked again while the server is busy, as a client would.
    pub fn post_patiently(&self, path: &str, body: &Value) -> Answer {
        for _ in 0..100 {
            let answer = self.post(path, body.clone());
            if answer.status != 503 {
                return answer;
            }
            pause(50);
        }
        panic!("{path} stays busy")
    }

    pub fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, &[], Some(body.to_string()))
    }

    pub fn post_with_key(&self, path: &str, key: &str, body: Value) -> Answer {
        self.call("POST", path, &[("Idempotency-Key", key)], Some(body.to_string()))
    }

    /// A change of what is there, under the version that is there.
    pub fn patch(&self, path: &str, body: Value) -> Answer {
        self.call("PATCH", path, &[("If-Match", "*")], Some(body.to_string()))
    }

    pub fn call(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Answer {
        let token = format!("Bearer {}", self.who["token"].as_str().unwrap());
        let mut all = vec![("Authorization", token.as_str())];
        all.extend_from_slice(headers);
        if body.is_some()
            && !headers
                .iter()
                .any(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        {
            all.push(("Content-Type", "application/json"));
        }
        call(&format!("{}/api/v1{path}", self.demo.url), method, &all, body)
    }

    /// The customers in the list, but for the one that the cast brings.
    pub fn customers(&self) -> Vec<Value> {
        let list = self.get("/customers?limit=200").is(200)["items"]
            .as_array()
            .unwrap()
            .clone();
        list.into_iter()
            .filter(|customer| customer["status"] != "purchased")
            .collect()
    }

    /// Moves the test clock.
    pub fn advance(&self, by: Value) -> Value {
        self.post("/test-clock", by).is(200)
    }

    pub fn now(&self) -> jiff::Timestamp {
        self.get("/test-clock").is(200)["now"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap()
    }

    /// All emails that fit.
    pub fn mails(&self, query: &str) -> Vec<Value> {
        self.get(&format!("/mailbox?limit=200&{query}")).is(200)["items"]
            .as_array()
            .unwrap()
            .clone()
    }

    /// Waits until an email is there: what is not caused by the clock leaves a moment later.
    pub fn wait_for_mail(&self, query: &str) -> Value {
        for _ in 0..200 {
            if let Some(mail) = self.mails(query).into_iter().next() {
                return mail;
            }
            pause(25);
        }
        panic!("no email came: {query}");
    }
}

/// One request.
pub fn call(url: &str, method: &str, headers: &[(&str, &str)], body: Option<String>) -> Answer {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .timeout_global(Some(Duration::from_secs(120)))
        .build()
        .into();
    let mut request = ureq::http::Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response = match body {
        Some(body) => agent.run(request.body(body).unwrap()).unwrap(),
        None => agent.run(request.body(()).unwrap()).unwrap(),
    };
    let headers = response.headers().iter();
    let headers = headers
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()))
        .collect();
    // A document is no text: its letters are enough to know it by.
    let octets = response.body_mut().read_to_vec().unwrap();
    let text = String::from_utf8_lossy(&octets).into_owned();
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Answer {
        status: response.status().as_u16(),
        headers,
        body,
    }
}

/// A start for a new customer.
pub fn start(name: &str, email: &str, services: &[&str]) -> Value {
    serde_json::json!({
        "customer": {
            "name": name, "admin_email": email, "vertical": "technology", "country": "FR", "time_zone": "Europe/Paris",
            "language": "fr", "supported_location_acknowledged": true, "expect": "new",
        },
        "services": services,
    })
}

/// The item of that kind in a plan.
pub fn item<'p>(plan: &'p Value, kind: &str) -> &'p Value {
    let items = plan["items"].as_array().unwrap();
    items
        .iter()
        .find(|item| item["kind"] == kind)
        .unwrap_or_else(|| panic!("no {kind} in {plan:#}"))
}
