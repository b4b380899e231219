//! SEC-2: headers of all answers, whoever makes them.

use crate::{
    browser::{Answer, Browser},
    config,
    serve::start,
    support::{Demo, run},
};

/// Pages, the API and its reference, files, what operators watch, and what is not there.
const ALL: [&str; 13] = [
    "/",
    "/sign-in",
    "/account",
    "/nothing",
    "/api/v1/program",
    "/api/nothing",
    "/openapi.json",
    "/docs",
    "/docs/start.js",
    "/assets/nothing",
    "/healthz",
    "/readyz",
    "/metrics",
];

fn keeps_others_out(path: &str, answer: &Answer) {
    let policies: Vec<&str> = answer.all("content-security-policy").collect();
    assert_eq!(policies.len(), 1, "{path}: {policies:?}");
    for part in ["default-src 'none'", "frame-ancestors 'none'"] {
        assert!(policies[0].contains(part), "{path}: {policies:?}");
    }
    assert!(
        ["no-referrer", "same-origin"].contains(&answer.header("referrer-policy").as_str()),
        "{path}"
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.all(name).collect::<Vec<_>>(), [value], "{path}: {name}");
    }
}

#[test]
fn sec_2_all_answers_keep_others_out_and_stay_with_https() {
    let folder = tempfile::tempdir().unwrap();
    let path = config::write(folder.path());
    assert_eq!(run(&["migrate", "--config", &path]).0, 0);
    let (server, url) = start(&path, folder.path());
    let mut browser = Browser::new(&url);
    let page = browser.get("/sign-in");
    let style = format!("/assets/{}", page.between("href=\"/assets/", "\""));
    let icons = format!("/assets/icons{}", page.between("/assets/icons", "#"));
    for path in ALL.iter().copied().chain([style.as_str(), icons.as_str()]) {
        let answer = browser.get(path);
        keeps_others_out(path, &answer);
        let stay: Vec<&str> = answer.all("strict-transport-security").collect();
        assert_eq!(stay, ["max-age=31536000; includeSubDomains"], "{path}");
        let kind = answer.header("content-type");
        let named = kind.is_empty() || kind.contains("json") || kind.contains("charset=utf-8");
        assert!(named, "{path}: {kind}");
    }
    assert_eq!(
        browser.get(&icons).header("content-type"),
        "image/svg+xml; charset=utf-8"
    );
    assert_eq!(server.stop(), 0);
}

#[test]
fn sec_2_where_there_is_no_https_nobody_is_bound_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(&folder.path().join("demo"), &["--empty"]);
    let mut browser = Browser::new(&demo.json["url"]);
    for path in ALL {
        let answer = browser.get(path);
        keeps_others_out(path, &answer);
        assert_eq!(answer.all("strict-transport-security").count(), 0, "{path}");
    }
}
