//! PROV-2: the example for integrators, as its own process against a real server.

use super::outside::{account, begun, now, order};
use crate::support::{Demo, call, pause};
use std::{
    io::{BufRead as _, BufReader, Read as _},
    net::TcpListener,
    process::{Child, Command, Stdio},
};

struct Example {
    process: Child,
    url: String,
}

impl Drop for Example {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Example {
    fn start(demo: &Demo, port: u16, token: &str) -> Self {
        let secret = std::fs::read_to_string(demo.dir.path().join("provisioner.secret")).unwrap();
        let file = "/../../docs/examples/provisioner/provisioner.mjs";
        let mut process = Command::new("node")
            .arg(format!("{}{file}", env!("CARGO_MANIFEST_DIR")))
            .env("FORETASTE_URL", &demo.url)
            .env("FORETASTE_TOKEN", token)
            // The old one first: while a secret is changed both are known.
            .env("FORETASTE_SECRET", format!("whsec_{} {secret}", "QUFB".repeat(8)))
            .env("PORT", port.to_string())
            .env("CANNOT", "calling")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("node starts");
        let mut url = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut url)
            .unwrap();
        let url = url.trim().to_owned();
        assert!(url.starts_with("http://"), "the example did not start");
        Self { process, url }
    }

    fn said(mut self) -> String {
        let _ = self.process.kill();
        let mut said = String::new();
        self.process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        said
    }
}

#[test]
fn prov_2_the_example_provisions_and_withdraws() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let flags = ["--empty", "--provisioner", &format!("http://127.0.0.1:{port}/")];
    let demo = Demo::start(&flags, tempfile::TempDir::new().unwrap());
    let anna = demo.person("partner_a", "sales_full_administrator");
    let robot = account(&demo);
    let example = Example::start(&demo, port, robot.who["token"].as_str().unwrap());
    let trial = begun(&demo, "Example", &["messaging", "calling"]);
    let path = format!("/trials/{trial}");
    let settled = (0..400).any(|_| {
        pause(25);
        let shown = anna.get(&path).is(200);
        shown["status"] == "active" && shown["provisioning"] == "unable"
    });
    assert!(settled, "PROV-2: {:#}", anna.get(&path).is(200));
    let shown = anna.get(&path).is(200);
    let calling = shown["services"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == "calling");
    assert_eq!(
        calling.unwrap()["provisioning_reason"],
        "calling is not offered in this region."
    );
    anna.post(&format!("{path}/cancel"), serde_json::json!({})).is(200);
    let withdraw = order(&demo, &trial, "withdraw", "messaging");
    let done = (0..400).any(|_| {
        pause(25);
        super::state(&demo, &withdraw)["state"] == "done"
    });
    assert!(done, "PROV-2: withdrawn");
    // What is not signed, signed wrongly, or old, it does not take.
    let id = ("webhook-id", "prov_eu_1");
    let forged = ("webhook-signature", "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    let seconds = now().as_second().to_string();
    for headers in [
        &[id][..],
        &[id, ("webhook-timestamp", &seconds), forged],
        &[id, ("webhook-timestamp", "1614265330"), forged],
    ] {
        assert_eq!(
            call(&example.url, "POST", headers, Some("{}".to_owned())).status,
            401,
            "PROV-2: {headers:?}"
        );
    }
    let said = example.said();
    assert!(
        said.contains("withdraw messaging: done") && !said.contains("not taken"),
        "{said}"
    );
}
