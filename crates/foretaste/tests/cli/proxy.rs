//! SEC-2: what requests say of the way they came is believed of named proxies only.

use crate::{
    config,
    serve::start,
    support::{ask, call, run},
};
use std::fs;

const CLIENT: &str = "198.51.100.7";

/// From where the record says that somebody came who said to come from elsewhere.
fn recorded(trusted: &str, headers: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = config::write(folder.path());
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("trusted_proxies = {trusted}\n{text}")).unwrap();
    let at = |args: &[&str]| run(&args.iter().copied().chain(["--config", &path]).collect::<Vec<_>>());
    assert_eq!(at(&["migrate"]).0, 0);
    let ada = [
        "--email",
        "ada@vela.example",
        "--name",
        "Ada",
        "--vendor-name",
        "Vela",
        "--region",
        "eu",
    ];
    assert_eq!(at(&[["admin", "create"].as_slice(), &ada].concat()).0, 0);
    let (_, token, _) = at(&["token", "create", "ada@vela.example"]);
    let (server, url) = start(&path, folder.path());
    let bearer = format!("Bearer {}", token.trim());
    let mut all = vec![("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    all.extend(headers);
    let body = "{\"label\": \"script\", \"scopes\": [\"read\"]}";
    let made = ask(&url, "POST", "/api/v1/people/me/tokens", &all, body);
    assert_eq!(made.status, 201, "{}", made.text);
    assert!(!made.head.contains("evil.example"), "{}", made.head);
    let (status, record) = call(&url, "GET", "/api/v1/audit", token.trim(), "");
    assert_eq!(status, 200);
    let items = record["items"].as_array().unwrap();
    let entry = items.iter().find(|entry| entry["name"] == "token_made").unwrap();
    assert_eq!(server.stop(), 0);
    entry["from"].as_str().unwrap().to_owned()
}

#[test]
fn sec_2_forged_headers_of_strangers_change_nothing() {
    let forged = [
        ("Host", "evil.example"),
        ("X-Forwarded-For", CLIENT),
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Proto", "http"),
        ("X-Real-IP", CLIENT),
        ("Forwarded", "for=198.51.100.7;host=evil.example"),
    ];
    assert_eq!(recorded("[]", &forged), "127.0.0.1");
    assert_eq!(recorded("[\"10.0.0.0/8\"]", &forged), "127.0.0.1");
    // Of a proxy's own it is the nearest client that counts, and no other header.
    assert_eq!(recorded("[\"127.0.0.1\"]", &forged[2..]), "127.0.0.1");
}

#[test]
fn sec_2_a_named_proxy_tells_who_asks() {
    let told = [("X-Forwarded-For", "192.0.2.66, 198.51.100.7")];
    assert_eq!(recorded("[\"127.0.0.1\"]", &told), CLIENT);
}
