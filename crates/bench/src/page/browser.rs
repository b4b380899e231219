//! As little of a browser as pages need: one connection that stays, and cookies. It counts every octet it is sent.

use crate::Done;
use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
};

pub(super) struct Browser {
    host: String,
    wire: BufReader<TcpStream>,
    cookies: BTreeMap<String, String>,
    csrf: String,
}

pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    /// Head and body.
    pub(super) octets: usize,
    body: Vec<u8>,
}

impl Answer {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Browser {
    /// Somebody of the demo, signed in; or nobody.
    pub(super) fn open(url: &str, email: Option<&str>) -> Done<Self> {
        let host = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        let wire = TcpStream::connect(&host)?;
        wire.set_nodelay(true)?;
        let mut browser = Self {
            host,
            wire: BufReader::new(wire),
            cookies: BTreeMap::new(),
            csrf: String::new(),
        };
        browser.read_form("/sign-in")?;
        if let Some(email) = email {
            let answer = browser.post("/demo/person", &format!("email={}", email.replace('@', "%40")))?;
            if answer.status != 303 {
                return Err(format!("{email} cannot sign in: {}", answer.status).into());
            }
            // Forms belong to the session now.
            browser.read_form("/demo/mailbox")?;
        }
        Ok(browser)
    }

    fn read_form(&mut self, url: &str) -> Done {
        let html = self.get(url)?.text();
        let value = html
            .split("name=\"csrf\" value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        value.ok_or("a page without a form")?.clone_into(&mut self.csrf);
        Ok(())
    }

    pub(super) fn get(&mut self, url: &str) -> Done<Answer> {
        self.send("GET", url, "")
    }

    pub(super) fn post(&mut self, url: &str, fields: &str) -> Done<Answer> {
        let body = format!("csrf={}&{fields}", self.csrf);
        self.send("POST", url, &body)
    }

    fn send(&mut self, method: &str, url: &str, body: &str) -> Done<Answer> {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let form = if method == "POST" {
            format!(
                "origin: http://{}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n",
                self.host,
                body.len()
            )
        } else {
            String::new()
        };
        let head = format!(
            "{method} {url} HTTP/1.1\r\nhost: {}\r\naccept-encoding: gzip, br\r\naccept-language: fr\r\ncookie: {}\r\n{form}\r\n",
            self.host,
            cookies.join("; ")
        );
        self.wire.get_mut().write_all(format!("{head}{body}").as_bytes())?;
        self.read()
    }

    fn read(&mut self) -> Done<Answer> {
        let mut answer = Answer {
            status: 0,
            location: None,
            octets: 0,
            body: Vec::new(),
        };
        let mut length = 0;
        loop {
            let mut line = String::new();
            let octets = self.wire.read_line(&mut line)?;
            answer.octets += octets;
            let line = line.trim_end();
            if octets == 0 || line.is_empty() {
                break;
            }
            if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
                answer.status = rest.get(..3).unwrap_or_default().parse()?;
                continue;
            }
            let (name, value) = line.split_once(':').ok_or("a line that is no header")?;
            match (name.to_ascii_lowercase().as_str(), value.trim()) {
                ("content-length", value) => length = value.parse()?,
                ("location", value) => answer.location = Some(value.to_owned()),
                ("set-cookie", value) => self.keep(value),
                ("transfer-encoding", _) => return Err("an answer in pieces".into()),
                _ => {}
            }
        }
        answer.body = vec![0; length];
        self.wire.read_exact(&mut answer.body)?;
        answer.octets += length;
        Ok(answer)
    }

    fn keep(&mut self, line: &str) {
        let pair = line.split(';').next().unwrap_or_default();
        if let Some((name, value)) = pair.split_once('=') {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}
