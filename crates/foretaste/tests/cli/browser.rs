//! A browser without a screen: cookies, forms, and headers as one likes.

use crate::support::ask;
use serde_json::Value;
use std::collections::BTreeMap;

pub(crate) struct Browser {
    url: Value,
    pub(crate) cookies: BTreeMap<String, String>,
    /// Sent with every request.
    pub(crate) headers: Vec<(&'static str, &'static str)>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) text: String,
}

impl Answer {
    /// The values of a header, in their order.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let pairs = self.head.lines().filter_map(|line| line.split_once(": "));
        pairs
            .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    pub(crate) fn header(&self, name: &str) -> String {
        self.all(name).next().unwrap_or_default().to_owned()
    }

    /// What stands between two marks.
    pub(crate) fn between(&self, before: &str, after: &str) -> String {
        let text = self.text.replace("&#x2f;", "/");
        let (_, rest) = text
            .split_once(before)
            .unwrap_or_else(|| panic!("no {before} in {text}"));
        rest.split(after).next().unwrap().to_owned()
    }
}

impl Browser {
    pub(crate) fn new(url: &Value) -> Self {
        Self {
            url: url.clone(),
            cookies: BTreeMap::new(),
            headers: Vec::new(),
        }
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> Answer {
        let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let cookie = pairs.collect::<Vec<_>>().join("; ");
        let mut headers = vec![
            ("Cookie", cookie.as_str()),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        headers.extend(&self.headers);
        let answer = ask(&self.url, method, path, &headers, body);
        for line in answer.all("set-cookie") {
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, "")
    }

    /// Posts what no page of ours gave.
    pub(crate) fn forge(&mut self, path: &str) -> Answer {
        self.send("POST", path, "csrf=forged")
    }

    /// Posts a form as it stands on a page: with the page's token.
    pub(crate) fn submit(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.get(page).between("name=\"csrf\" value=\"", "\"");
        let encode = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
        let mut pairs = vec![format!("csrf={}", encode(&token))];
        pairs.extend(fields.iter().map(|(name, value)| format!("{name}={}", encode(value))));
        self.send("POST", path, &pairs.join("&"))
    }

    pub(crate) fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.submit("/sign-in", "/sign-in", &[("email", email), ("password", password)])
    }
}
