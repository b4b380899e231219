//! `serve` and the commands of operators, over stores of their own.

use crate::{
    config,
    support::{Running, call, foretaste, run, wait_for},
};
use serde_json::Value;
use std::{fs, path::Path, process::Stdio};

pub(crate) fn start(path: &str, folder: &Path) -> (Running, Value) {
    let log = folder.join("serve.log");
    let file = fs::File::create(&log).unwrap();
    let mut child = foretaste(&["serve", "--config", path])
        .stdout(Stdio::null())
        .stderr(file)
        .spawn()
        .unwrap();
    let url = wait_for("the server", || {
        let text = fs::read_to_string(&log).unwrap();
        assert!(child.try_wait().unwrap().is_none(), "{text}");
        // SEC-2b: one JSON object a line.
        let lines = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap_or_else(|_| panic!("{line}")));
        let ready = lines.into_iter().find(|line| line["message"] == "serving")?;
        Some(format!("http://{}", ready["address"].as_str().unwrap()).into())
    });
    (Running(child), url)
}

#[test]
fn an_operator_founds_the_vendor_and_serves() {
    let folder = tempfile::tempdir().unwrap();
    let path = config::write(folder.path());
    let at = |args: &[&str]| run(&args.iter().copied().chain(["--config", &path]).collect::<Vec<_>>());
    let (code, _, err) = at(&["serve"]);
    assert!(
        code == 1 && err.contains("is not there yet: `foretaste migrate` makes it"),
        "{err}"
    );
    assert_eq!(at(&["migrate"]).0, 0);
    assert_eq!(at(&["migrate"]).0, 0, "again is no harm");
    let ada = ["--email", "ada@vela.example", "--name", "Ada", "--vendor-name", "Vela"];
    let create: Vec<&str> = ["admin", "create"].into_iter().chain(ada).collect();
    let (code, _, err) = at(&[create.as_slice(), &["--region", "xx"]].concat());
    assert!(code == 1 && err.contains("known are ae, au, ca, eu"), "{err}");
    assert_eq!(at(&[create.as_slice(), &["--region", "eu"]].concat()).0, 0);
    let (code, _, err) = at(&[create.as_slice(), &["--region", "eu"]].concat());
    assert!(code == 1 && err.contains("there is a vendor already"), "{err}");
    let (code, token, _) = at(&["token", "create", "ada@vela.example"]);
    assert!(code == 0 && token.starts_with("ft_eu_"), "{token}");
    assert!(
        at(&["token", "create", "eve@vela.example"])
            .2
            .contains("nobody has that address")
    );

    let (code, _, err) = at(&["admin", "remove-code", "ada@vela.example"]);
    assert!(code == 1 && err.contains("no code was asked of that person"), "{err}");
    let (code, link, _) = at(&["admin", "link", "ada@vela.example"]);
    let door = link
        .trim()
        .find("/door/eu.")
        .map(|begin| link.trim()[begin..].to_owned());
    assert!(code == 0 && link.starts_with("http"), "{link}");

    let (server, url) = start(&path, folder.path());
    assert_eq!(call(&url, "GET", "/readyz", "", "").0, 200);
    let door = door.expect("SEC-2: a link that opens the account");
    assert_eq!(call(&url, "GET", &door, "", "").0, 200);
    assert_eq!(call(&url, "GET", &format!("{door}x"), "", "").0, 404);
    let (status, program) = call(&url, "GET", "/api/v1/program", token.trim(), "");
    assert_eq!((status, &program["id"]), (200, &"webex-enterprise".into()));
    assert!(at(&["token", "revoke", "ada@vela.example"]).2.contains("1 ended"));
    assert_eq!(call(&url, "GET", "/api/v1/program", token.trim(), "").0, 401);
    assert_eq!(server.stop(), 0, "SIGTERM is an orderly end");

    let (code, out, _) = at(&["clock", "show", "--json"]);
    let clock: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (code, &clock["held_since"], &clock["test_clock"]),
        (0, &Value::Null, &true.into())
    );
    assert!(at(&["clock", "acknowledge"]).1.contains("Nothing was held"));
    let (code, out, _) = at(&["verify", "--json"]);
    assert_eq!(
        (code, serde_json::from_str::<Value>(&out).unwrap()["flaws"].clone()),
        (0, serde_json::json!([]))
    );
}

#[test]
fn a_place_that_is_taken_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let path = config::write(folder.path());
    let (code, _, err) = run(&["serve", "--config", &path, "--listen", &address]);
    assert!(
        code == 1 && err.contains(&format!("cannot listen at {address}")),
        "{err}"
    );
    assert!(err.contains("something listens there already"), "{err}");
}

#[test]
fn rel_4_a_store_that_is_none_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = config::write(folder.path());
    assert_eq!(run(&["migrate", "--config", &path]).0, 0);
    fs::write(
        folder.path().join("data/regions/eu.db"),
        "this is no database, whatever its name says, at any length",
    )
    .unwrap();
    for side in ["eu.db-wal", "eu.db-shm"] {
        let _ = fs::remove_file(folder.path().join("data/regions").join(side));
    }
    let (code, _, err) = run(&["serve", "--config", &path]);
    assert!(code == 1 && err.contains("not a database"), "{err}");
}
