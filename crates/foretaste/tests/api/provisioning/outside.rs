//! Somebody who is called instead of a provisioner: it takes calls, or does not, and remembers them.

use crate::support::{Demo, Engine, Person, on, pause};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU16, Ordering},
    },
    thread,
    time::Duration,
};

/// A call as it came.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) headers: BTreeMap<String, String>,
    pub(super) text: String,
    pub(super) body: Value,
}

impl Call {
    pub(super) fn order(&self) -> &str {
        self.headers["webhook-id"].as_str()
    }

    pub(super) fn act(&self) -> (&str, &str) {
        let data = &self.body["data"];
        (data["act"].as_str().unwrap(), data["service"].as_str().unwrap())
    }
}

pub(super) struct Outside {
    pub(super) url: String,
    pub(super) status: Arc<AtomicU16>,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Outside {
    pub(super) fn new(status: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/orders", listener.local_addr().unwrap());
        let (status, calls) = (Arc::new(AtomicU16::new(status)), Arc::new(Mutex::new(Vec::new())));
        let (say, heard) = (Arc::clone(&status), Arc::clone(&calls));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (say, heard) = (Arc::clone(&say), Arc::clone(&heard));
                thread::spawn(move || take(stream, &say, &heard));
            }
        });
        Self { url, status, calls }
    }

    pub(super) fn say(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    pub(super) fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }

    /// The calls, once there are so many.
    pub(super) fn wait_for(&self, count: usize) -> Vec<Call> {
        for _ in 0..400 {
            let calls = self.calls();
            if calls.len() >= count {
                return calls;
            }
            pause(25);
        }
        panic!("{count} calls were awaited: {:#?}", self.calls());
    }
}

fn take(stream: std::net::TcpStream, say: &AtomicU16, heard: &Mutex<Vec<Call>>) {
    let mut reader = BufReader::new(&stream);
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).is_err() || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(": ") {
            headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
    }
    let length = headers.get("content-length").and_then(|text| text.parse().ok());
    let mut octets = vec![0; length.unwrap_or(0)];
    if reader.read_exact(&mut octets).is_err() || octets.is_empty() {
        return;
    }
    let text = String::from_utf8(octets).unwrap();
    let body = serde_json::from_str(&text).unwrap();
    heard.lock().unwrap().push(Call { headers, text, body });
    let status = say.load(Ordering::SeqCst);
    let answer = format!("HTTP/1.1 {status} So\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    let _ = (&stream).write_all(answer.as_bytes());
    let _ = stream.set_read_timeout(Some(Duration::from_secs(1)));
}

/// An empty demo whose services are provisioned by somebody else.
pub(super) fn demo(outside: &Outside) -> Demo {
    Demo::start(
        &["--empty", "--provisioner", &outside.url],
        tempfile::TempDir::new().unwrap(),
    )
}

/// What time it is outside.
#[expect(clippy::disallowed_methods, reason = "a provisioner has a clock of its own")]
pub(super) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// A service account of the vendor, as a provisioner has one.
pub(super) fn account(demo: &Demo) -> Person<'_> {
    let vera = demo.person("vendor", "vendor_administrator");
    let made = vera
        .post(
            "/people",
            json!({"service_account": true, "name": "Provisioner", "roles": ["trials_team"]}),
        )
        .is(201);
    let id = made["id"].as_str().unwrap();
    let token = vera
        .post(
            &format!("/people/{id}/tokens"),
            json!({"label": "orders", "scopes": ["provisioning"]}),
        )
        .is(201);
    let who = json!({"token": token["token"], "id": id, "organization": vera.who["organization"]});
    Person { demo, who }
}

/// A new trial, and its orders by service.
pub(super) fn begun(demo: &Demo, name: &str, services: &[&str]) -> String {
    let anna = demo.person("partner_a", "sales_full_administrator");
    let email = format!("it@{}.example", name.to_lowercase());
    let trial = anna
        .post("/trials", crate::support::start(name, &email, services))
        .is(201);
    trial["id"].as_str().unwrap().to_owned()
}

/// The id of the newest order for a service of a trial.
pub(super) fn order(demo: &Demo, trial: &str, act: &str, service: &str) -> String {
    let team = demo.person("vendor", "trials_team");
    let all = team.get("/provisioning-orders?limit=200").is(200);
    let mut all = all["items"].as_array().unwrap().clone();
    all.retain(|one| one["trial_id"] == trial && one["service"] == service && one["act"] == act);
    let newest = all
        .last()
        .unwrap_or_else(|| panic!("nothing was asked: {act} {service}"));
    newest["id"].as_str().unwrap().to_owned()
}

/// Only on PostgreSQL, which several servers can share.
pub(super) fn on_postgres(test: fn()) {
    on(Engine::Postgres, test);
}
