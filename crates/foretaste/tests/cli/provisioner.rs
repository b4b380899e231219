//! `foretaste provisioner test`: one signed call that asks for nothing (PROV-2).

use crate::{config::write, support::run};
use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpListener,
    thread,
};

/// Answers one call with that status; what it heard.
fn once(status: &'static str) -> (String, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/orders", listener.local_addr().unwrap());
    let heard = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut octets = Vec::new();
        let mut part = [0; 4096];
        while !octets.ends_with(b"}") {
            let count = stream.read(&mut part).unwrap();
            octets.extend_from_slice(&part[..count]);
        }
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        stream.write_all(answer.as_bytes()).unwrap();
        String::from_utf8(octets).unwrap()
    });
    (url, heard)
}

#[test]
fn prov_2_one_signed_call_says_whether_the_provisioner_takes_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path());
    let first = fs::read_to_string(&path).unwrap();
    let test = ["provisioner", "test", "--config", &path];
    let (code, _, err) = run(&test);
    assert!(code == 1 && err.contains("nobody is called"), "{err}");
    let secret = format!("whsec_{}", "QUFB".repeat(8));
    for (status, taken) in [("204 Taken", true), ("401 Who", false)] {
        let (url, heard) = once(status);
        let section = format!(
            "{first}\n[outgoing]\nallow_private_addresses = true\n[provisioner]\nkind = \"external\"\nurl = \"{url}\"\nsecret = \"{secret}\"\n"
        );
        fs::write(&path, section).unwrap();
        let (code, out, err) = run(&test);
        let call = heard.join().unwrap();
        assert!(
            call.contains("webhook-signature: v1,") && call.contains("foretaste.provisioning.ping"),
            "{call}"
        );
        match taken {
            true => assert!(code == 0 && out.contains("took it"), "{err}"),
            false => assert!(code == 1 && err.contains("401"), "{err}"),
        }
    }
}
