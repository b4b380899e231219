//! Running the binary, and talking to what it serves.

use crate::browser::Answer;
use serde_json::Value;
use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

/// The binary, without anything from the environment that would configure it.
pub(crate) fn foretaste(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_foretaste"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("FORETASTE_")) {
        command.env_remove(name);
    }
    command
        .args(args)
        .env_remove("CREDENTIALS_DIRECTORY")
        .stdin(Stdio::null());
    command
}

/// What a command that ends says: exit code, standard output, standard error.
pub(crate) fn run(args: &[&str]) -> (i32, String, String) {
    said(foretaste(args).output().unwrap())
}

pub(crate) fn said(output: Output) -> (i32, String, String) {
    let text = |octets: Vec<u8>| String::from_utf8(octets).unwrap();
    (
        output.status.code().unwrap_or(-1),
        text(output.stdout),
        text(output.stderr),
    )
}

/// Waits for a condition that another process brings about.
#[expect(clippy::disallowed_methods, reason = "waits for another process")]
pub(crate) fn wait_for<T>(what: &str, mut condition: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = condition() {
            return found;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "{what} did not come");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A process that is killed with its test.
pub(crate) struct Running(pub(crate) Child);

impl Running {
    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// SIGTERM, and the exit code.
    pub(crate) fn stop(mut self) -> i32 {
        let told = Command::new("kill")
            .args(["-TERM", &self.0.id().to_string()])
            .status()
            .unwrap();
        assert!(told.success());
        self.0.wait().unwrap().code().unwrap_or(-1)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A demo that answers.
pub(crate) struct Demo {
    pub(crate) process: Running,
    pub(crate) json: Value,
}

impl Demo {
    pub(crate) fn start(dir: &Path, more: &[&str]) -> Self {
        let data = dir.to_str().unwrap();
        let mut args = vec!["demo", "--data", data, "--listen", "127.0.0.1:0"];
        args.extend(more);
        let log = fs::File::create(log_of(dir)).unwrap();
        let before = fs::metadata(dir.join("demo.json"))
            .ok()
            .map(|_| fs::read(dir.join("demo.json")).unwrap());
        let mut child = foretaste(&args).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let json = wait_for("demo.json", || {
            assert!(
                child.try_wait().unwrap().is_none(),
                "{}",
                fs::read_to_string(log_of(dir)).unwrap()
            );
            let text = fs::read(dir.join("demo.json"))
                .ok()
                .filter(|text| Some(text) != before.as_ref())?;
            // It appears whole or not at all.
            Some(serde_json::from_slice(&text).unwrap())
        });
        Self {
            process: Running(child),
            json,
        }
    }

    pub(crate) fn people(&self) -> &[Value] {
        self.json["people"].as_array().unwrap()
    }

    /// The first of a cast.
    pub(crate) fn first(&self, cast: &str) -> &Value {
        let of = |person: &&Value| person["organization"]["cast"] == cast;
        self.people()
            .iter()
            .find(of)
            .unwrap_or_else(|| panic!("nobody is {cast}"))
    }

    pub(crate) fn get(&self, path: &str, token: &Value) -> (u16, Value) {
        call(&self.json["url"], "GET", path, token.as_str().unwrap(), "")
    }

    pub(crate) fn post(&self, path: &str, token: &Value, body: &str) -> (u16, Value) {
        call(&self.json["url"], "POST", path, token.as_str().unwrap(), body)
    }
}

pub(crate) fn log_of(dir: &Path) -> PathBuf {
    dir.with_extension("log")
}

/// One request over a connection of its own, and what a program reads of the answer.
pub(crate) fn call(url: &Value, method: &str, path: &str, token: &str, body: &str) -> (u16, Value) {
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    let answer = ask(url, method, path, &headers, body);
    let text = &answer.text;
    let from = text.find(['{', '[']).unwrap_or(0);
    let until = text.rfind(['}', ']']).map_or(text.len(), |end| end + 1);
    let json = serde_json::from_str(&text[from..until]).unwrap_or(Value::Null);
    (answer.status, json)
}

/// The same with headers as one likes, and the whole answer.
pub(crate) fn ask(url: &Value, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let host = url.as_str().unwrap().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
    if !headers.iter().any(|(name, _)| *name == "Host") {
        head += &format!("Host: {host}\r\n");
    }
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    let content = format!("Content-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(format!("{head}{content}").as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, text) = answer.split_once("\r\n\r\n").unwrap();
    Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_owned(),
        text: text.to_owned(),
    }
}
