//! A disk that fills (REL-4). The system's limit on the size of files stands in for it: every write beyond it fails, for
//! this process alone, and without any right.

use crate::support::{Answer, Demo, start};
use std::{
    path::Path,
    process::{Command, Stdio},
};

/// No file may grow beyond so many octets from now on.
fn limit(process: u32, octets: &str) {
    let set = Command::new("prlimit")
        .args(["--pid", &process.to_string(), &format!("--fsize={octets}:unlimited")])
        .status()
        .unwrap();
    assert!(set.success(), "prlimit");
}

fn largest(folder: &Path) -> u64 {
    let mut size = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let here = match entry.file_type().unwrap().is_dir() {
            true => largest(&entry.path()),
            false => entry.metadata().unwrap().len(),
        };
        size = size.max(here);
    }
    size
}

#[test]
fn rel_4_a_full_disk_is_said_and_nothing_is_damaged() {
    let demo = Demo::patient();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let ask = |number: u32| -> Answer {
        let name = format!("full-{number}");
        let body = start(&name, &format!("it@{name}.example"), &["messaging", "calling"]);
        anna.post_with_key("/trials", &name, body)
    };
    let mut there = vec![ask(0).is(201)];
    let room = largest(&demo.dir.path().join("stores")) + 200_000;
    limit(demo.process_id(), &room.to_string());
    let mut refused = 0;
    for number in 1..2000 {
        let answer = ask(number);
        if answer.status == 201 {
            there.push(answer.body);
            continue;
        }
        assert!(answer.headers.contains_key("retry-after"), "{:?}", answer.headers);
        answer.problem(503, "unavailable");
        refused = number;
        break;
    }
    assert!(refused > 1, "REL-4: the disk never filled");
    for trial in &there {
        // Others are served: what only reads needs no room.
        let path = format!("/trials/{}", trial["id"].as_str().unwrap());
        assert_eq!(anna.get(&path).is(200)["status"], "active", "REL-4");
    }
    limit(demo.process_id(), "unlimited");
    let again = ask(refused).is(201);
    assert_eq!(again["id"], ask(refused).is(201)["id"], "one trial");
    ask(refused + 1).is(201);
    let trials = anna.get("/trials?limit=200&q=full-").is(200);
    assert_eq!(
        trials["items"].as_array().unwrap().len().min(200),
        (there.len() + 2).min(200)
    );
    let (code, said) = demo.command(&["verify"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn rel_4_no_room_at_the_start_is_an_exit_code_and_room_mends_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let demo = |limit: &str| {
        // Without the trap the system would end the process instead of telling it.
        let script = format!("trap '' XFSZ; ulimit -S -f {limit}; exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_foretaste")]);
        command
            .args(["demo", "--empty", "--listen", "127.0.0.1:0", "--data"])
            .arg(&data);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command
    };
    let ended = demo("40").output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(1), "{said}");
    assert!(said.contains("foretaste: ") && !said.contains("panicked"), "{said}");
    let mut up = demo("unlimited").stderr(Stdio::null()).spawn().unwrap();
    let ready = (0..3000).any(|_| {
        crate::support::pause(20);
        data.join("demo.json").exists()
    });
    up.kill().unwrap();
    up.wait().unwrap();
    assert!(ready, "REL-4: with room it comes up");
}
