//! `demo`: the whole cast, and the same at every start.

use crate::support::{Demo, foretaste, run, said};
use serde_json::Value;
use std::{collections::BTreeMap, fs};

const OWN: [&str; 7] = [
    "pending_provisioning_details",
    "pending_approval",
    "provisioning",
    "active",
    "expired",
    "converted",
    "cancelled",
];

fn casts(demo: &Demo) -> BTreeMap<String, Vec<&Value>> {
    let mut casts: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for person in demo.people() {
        casts
            .entry(person["organization"]["cast"].as_str().unwrap().to_owned())
            .or_default()
            .push(person);
    }
    casts
}

fn roles(people: &[&Value]) -> Vec<String> {
    let role = |person: &&Value| person["roles"][0].as_str().unwrap().to_owned();
    people.iter().map(role).collect()
}

#[test]
fn the_cast_is_complete_and_comes_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("demo");
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join("demo.json"), "{\"url\": \"old\"}").unwrap();
    fs::write(dir.join("notes.txt"), "somebody else's").unwrap();
    let demo = Demo::start(&dir, &[]);
    complete(&demo);
    lived(&demo);
    let (code, _, err) = said(
        foretaste(&["demo", "--data", dir.to_str().unwrap(), "--listen", "127.0.0.1:0"])
            .output()
            .unwrap(),
    );
    assert!(code == 1 && err.contains("another demo runs"), "{err}");
    let token = &demo.first("vendor")["token"].clone();
    let (status, moved) = demo.post("/api/v1/test-clock", token, "{\"advance_days\": 3}");
    assert_eq!(status, 200);
    let (people, url) = (demo.json["people"].clone(), demo.json["url"].clone());
    demo.process.kill();

    let again = Demo::start(&dir, &["--empty"]);
    assert_ne!(again.json["url"], url, "port 0 takes a free one");
    assert_eq!(again.json["people"], people, "ids, tokens and passwords are the same");
    assert!(dir.join("notes.txt").exists());
    let (status, clock) = again.get("/api/v1/test-clock", token);
    assert!(
        status == 200 && clock["now"].as_str() > moved["now"].as_str(),
        "{clock}"
    );
    let (code, out, err) = run(&["verify", "--data", dir.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}{err}");
    assert_eq!(again.process.stop(), 0);
}

fn complete(demo: &Demo) {
    let casts = casts(demo);
    let of = |cast: &str| roles(&casts[cast]);
    assert_eq!(
        of("vendor"),
        ["vendor_administrator", "trials_team", "order_desk", "auditor"]
    );
    let a = [
        "sales_full_administrator",
        "sales_administrator",
        "sales_administrator",
        "read_only_administrator",
    ];
    assert_eq!(of("partner_a"), a);
    assert_eq!(of("partner_b"), a[..2]);
    assert_eq!(of("partner_c"), a[..1]);
    assert!(of("partner_d").contains(&a[0].to_owned()));
    assert_eq!(of("stranger"), ["full_administrator", "full_administrator", "user"]);
    assert_eq!(of("purchased")[..2], ["full_administrator", "user_administrator"]);
    let organization = |cast: &str| &casts[cast][0]["organization"];
    let facts = |cast: &str| {
        let it = organization(cast);
        (
            it["kind"].as_str().unwrap(),
            it["tier"].as_u64(),
            it["certified"].as_bool(),
        )
    };
    assert_eq!(facts("vendor"), ("vendor", None, None));
    assert_eq!(facts("partner_a"), ("partner", Some(1), Some(true)));
    assert_eq!(facts("partner_b"), ("partner", Some(1), Some(true)));
    assert_eq!(facts("partner_c"), ("partner", Some(2), Some(true)));
    assert_eq!(facts("partner_d"), ("partner", Some(1), Some(false)));
    assert_eq!(
        organization("partner_c")["distributor_id"],
        organization("partner_a")["id"]
    );
    assert_eq!(organization("partner_a")["distributor_id"], Value::Null);
    assert_ne!(organization("stranger")["region"], organization("partner_a")["region"]);
    for status in OWN {
        let roles = of(&format!("own_{status}"));
        assert_eq!(roles[0], "full_administrator");
        assert!(
            ["user_administrator", "read_only_administrator"].contains(&roles[1].as_str()),
            "{status}"
        );
        assert!(roles.contains(&"user".to_owned()), "{status}");
    }
    for language in ["en", "fr", "zh-Hant"] {
        assert!(demo.people().iter().any(|person| person["language"] == language));
    }
    for person in demo.people() {
        assert!(person["password"].as_str().unwrap().len() >= 16);
        assert!(!person["email"].as_str().unwrap().ends_with("lumiere.example"));
    }
}

/// Everybody's token works, and A's customers stand where their names say.
fn lived(demo: &Demo) {
    for person in demo.people() {
        let (status, _) = demo.get("/api/v1/test-clock", &person["token"]);
        assert_eq!(status, 200, "{person}");
    }
    let token = &demo.first("partner_a")["token"];
    for status in OWN {
        let id = demo.first(&format!("own_{status}"))["organization"]["id"]
            .as_str()
            .unwrap();
        let (_, trials) = demo.get(&format!("/api/v1/trials?customer_id={id}"), token);
        let found: Vec<_> = trials["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|trial| trial["status"].as_str().unwrap())
            .collect();
        assert_eq!(found, [status]);
    }
    let (_, customers) = demo.get("/api/v1/customers", token);
    // Beside them one with bought services, and one with devices on loan.
    assert_eq!(customers["items"].as_array().unwrap().len(), OWN.len() + 2);
    let stranger = &demo.first("stranger")["token"];
    assert_eq!(
        demo.get("/api/v1/trial-requests", stranger).1["items"],
        serde_json::json!([])
    );
    let (_, mail) = demo.get("/api/v1/mailbox?limit=200", token);
    let kinds: Vec<_> = mail["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|mail| mail["kind"].as_str().unwrap())
        .collect();
    for kind in [
        "welcome",
        "consent_request",
        "consent_accepted",
        "expiry_reminder",
        "expiry_notice",
        "cancelled",
        "approval_requested",
    ] {
        assert!(kinds.contains(&kind), "{kind}");
    }
}

#[test]
fn an_empty_demo_has_its_companies_and_no_trials() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(&folder.path().join("demo"), &["--empty"]);
    let names: Vec<String> = casts(&demo).into_keys().collect();
    assert_eq!(
        names,
        [
            "partner_a",
            "partner_b",
            "partner_c",
            "partner_d",
            "purchased",
            "stranger",
            "vendor"
        ]
    );
    let (status, trials) = demo.get("/api/v1/trials", &demo.first("vendor")["token"]);
    assert_eq!((status, &trials["items"]), (200, &serde_json::json!([])));
    assert_eq!(
        demo.get("/api/v1/mailbox", &demo.first("vendor")["token"]).1["items"],
        serde_json::json!([])
    );
    let (_, customers) = demo.get("/api/v1/customers", &demo.first("partner_a")["token"]);
    assert_eq!(customers["items"][0]["status"], "purchased");
}

#[test]
fn reg_2_a_customer_is_named_in_its_region_alone() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("demo");
    let demo = Demo::start(&dir, &[]);
    demo.process.kill();
    let mut searched = 0;
    for entry in walk(&dir.join("stores")) {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        let octets = fs::read(&entry).unwrap();
        searched += 1;
        for (region, names) in [
            ("ca", ["Saguenay", "genevieve.bouchard"]),
            ("uk", ["Kettering Insurance", "harriet.kettering"]),
        ] {
            let found = names
                .iter()
                .any(|name| octets.windows(name.len()).any(|part| part == name.as_bytes()));
            // The mailbox is the outside world.
            assert!(
                !found || name.starts_with(region) || name.starts_with("mailbox"),
                "{region} in {name}"
            );
        }
    }
    assert!(searched >= 11);
    let log = fs::read_to_string(crate::support::log_of(&dir)).unwrap();
    assert!(!log.contains("Saguenay") && !log.contains(".example"), "{log}");
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] })
        .collect()
}
