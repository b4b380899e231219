//! `program check` and `show`.

use crate::support::run;
use std::fs;

const SHIPPED: &str = include_str!("../../../../programs/webex-enterprise.toml");

fn check(text: &str) -> (i32, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("program.toml");
    fs::write(&path, text).unwrap();
    let (code, out, err) = run(&["program", "check", path.to_str().unwrap()]);
    (code, out.replace(path.to_str().unwrap(), "program.toml"), err)
}

#[test]
fn prog_1_the_shipped_program_is_in_order() {
    let (code, out, err) = check(SHIPPED);
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (0, "program.toml is in order.\n", "")
    );
}

#[test]
fn prog_1_a_broken_program_is_told_with_line_column_and_mend() {
    let line = |needle: &str| SHIPPED.lines().position(|line| line.starts_with(needle)).unwrap() + 1;
    let (code, out, _) = check(&SHIPPED.replacen("\ndurations = ", "\nduratoins = ", 1));
    assert_eq!(code, 1);
    assert!(
        out.starts_with(&format!(
            "program.toml:{}:1: the key `duratoins` is not known — write `durations`",
            line("durations")
        )),
        "{out}"
    );

    let (code, out, _) = check(&SHIPPED.replacen("default_duration = 30", "default_duration = 31", 1));
    assert!(
        code == 1 && out.starts_with(&format!("program.toml:{}:20: ", line("default_duration"))),
        "{out}"
    );

    let (code, out, err) = check("id = \"x\"\nid = \"y\"\nversion = = 1\n");
    assert!(
        code == 1 && out.contains("program.toml:2:") && out.contains("program.toml:3:"),
        "{out}"
    );
    assert!(err.contains("to mend"), "{err}");

    let (code, out, _) = check("");
    assert!(code == 1 && out.contains("is missing"), "{out}");
}

#[test]
fn prog_1_findings_are_there_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("program.toml");
    fs::write(&path, SHIPPED.replacen("version = 1", "version = \"1\"", 1)).unwrap();
    let (code, out, _) = run(&["program", "check", path.to_str().unwrap(), "--json"]);
    let findings: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &findings["findings"][0]["path"]), (1, &"/version".into()));
}

#[test]
fn a_file_that_is_not_there_and_a_wrong_command_are_told_apart() {
    let (code, out, err) = run(&["program", "check", "/nowhere/program.toml"]);
    assert!(
        code == 1 && out.is_empty() && err.contains("cannot read /nowhere/program.toml"),
        "{err}"
    );
    assert_eq!(run(&["program", "chekc", "x"]).0, 2);
    assert_eq!(run(&["program", "check"]).0, 2);
    assert_eq!(run(&[]).0, 2);
}

#[test]
fn every_command_explains_itself() {
    for command in [
        "serve",
        "demo",
        "migrate",
        "program",
        "config",
        "verify",
        "clock",
        "simulate",
        "mail",
        "provisioner",
        "token",
        "admin",
        "openapi",
        "completions",
    ] {
        let (code, out, _) = run(&[command, "--help"]);
        assert!(code == 0 && out.contains("Usage: foretaste"), "{command}");
    }
    let (code, out, _) = run(&["program", "show"]);
    assert!(
        code == 0 && out.contains("webex-enterprise, version 1") && out.contains("contact-center"),
        "{out}"
    );
    let (code, out, _) = run(&["openapi"]);
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert!(code == 0 && document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert!(run(&["completions", "bash"]).1.contains("foretaste"));
}
