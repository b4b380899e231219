//! A browser that keeps cookies, follows nothing by itself, and reads forms.

use std::{collections::BTreeMap, time::Duration};

#[derive(Default)]
pub(super) struct Browser {
    cookies: BTreeMap<String, String>,
}

#[derive(Debug)]
pub(super) struct Page {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    pub(super) text: String,
}

impl Page {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(super) fn location(&self) -> String {
        self.header("location").unwrap_or_default().to_owned()
    }

    /// The value of the first hidden field of a name.
    pub(super) fn hidden(&self, name: &str) -> String {
        self.after(&format!("name=\"{name}\" value=\""))
    }

    /// What stands between a mark and the next quotation mark.
    pub(super) fn after(&self, mark: &str) -> String {
        let start = self
            .text
            .find(mark)
            .unwrap_or_else(|| panic!("no {mark} in {}", self.text));
        let rest = &self.text[start + mark.len()..];
        rest[..rest.find('"').unwrap()].to_owned()
    }
}

impl Browser {
    pub(super) fn get(&mut self, url: &str) -> Page {
        self.send("GET", url, None)
    }

    pub(super) fn post(&mut self, url: &str, fields: &[(&str, &str)]) -> Page {
        let pairs = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        self.send("POST", url, Some(pairs.collect::<Vec<_>>().join("&")))
    }

    fn send(&mut self, method: &str, url: &str, body: Option<String>) -> Page {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .into();
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(url)
            .header("Cookie", cookies.collect::<Vec<_>>().join("; "))
            .header("Content-Type", "application/x-www-form-urlencoded");
        let mut answer = match body {
            Some(body) => agent.run(request.body(body).unwrap()).unwrap(),
            None => agent.run(request.body(()).unwrap()).unwrap(),
        };
        let headers = answer.headers().iter();
        let headers: Vec<_> = headers
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()))
            .collect();
        for (_, line) in headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() || line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Page {
            status: answer.status().as_u16(),
            headers,
            text: answer.body_mut().read_to_string().unwrap(),
        }
    }
}

/// As a value stands in an address or a form.
pub(super) fn encoded(text: &str) -> String {
    let octet = |b: u8| {
        if b.is_ascii_alphanumeric() || b"-_.~".contains(&b) {
            (b as char).to_string()
        } else {
            format!("%{b:02X}")
        }
    };
    text.bytes().map(octet).collect()
}

/// The value of a parameter of an address.
pub(super) fn parameter(url: &str, name: &str) -> String {
    let query = url.split_once('?').unwrap().1;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let found = pairs.find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("no {name} in {url}")).1.to_owned()
}
