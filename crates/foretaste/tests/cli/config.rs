//! Configuration: what is wrong is named with its place and its mend.

use crate::support::{foretaste, run, said};
use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

/// A configuration in order, for a test server, in a folder of its own.
pub(crate) fn write(folder: &Path) -> String {
    let at = folder.display();
    fs::write(folder.join("secret"), [7u8; 32]).unwrap();
    fs::set_permissions(folder.join("secret"), fs::Permissions::from_mode(0o600)).unwrap();
    let text = format!(
        "environment = \"test\"\nlisten = \"127.0.0.1:0\"\npublic_url = \"https://trials.example\"\ntest_clock = true\n\
         secret_file = \"{at}/secret\"\nmail = \"mailbox\"\n\n[stores]\ndirectory = \"sqlite:{at}/data/directory.db\"\n\
         regions = \"sqlite:{at}/data/regions/{{region}}.db\"\nmailbox = \"sqlite:{at}/data/mailbox.db\"\n\n\
         [brand]\nvendor_name = \"Vela\"\nfrom = \"Vela Trials <trials@vela.example>\"\n"
    );
    let path = folder.join("foretaste.toml");
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// What `config check` says after a change of the text.
fn check(change: impl Fn(String) -> String) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path());
    fs::write(&path, change(fs::read_to_string(&path).unwrap())).unwrap();
    let (code, out, err) = run(&["config", "check", "--config", &path]);
    (code, format!("{out}{err}").replace(&path, "foretaste.toml"))
}

#[test]
fn a_configuration_in_order_is_said_to_be() {
    assert_eq!(check(|text| text), (0, "The configuration is in order.\n".to_owned()));
}

#[test]
fn an_unknown_key_is_refused_with_line_column_and_the_known_ones() {
    for (line, place) in [
        ("publik_url = \"x\"\n", "foretaste.toml:1:1"),
        ("\n  publik_url = 1\n", "foretaste.toml:2:3"),
    ] {
        let (code, said) = check(|text| format!("{line}{text}"));
        assert!(
            code == 1 && said.contains(&format!("{place}: unknown key `publik_url`; known here: ")),
            "{said}"
        );
        assert!(said.contains("`public_url`"), "{said}");
    }
    let (code, said) = check(|text| text.replace("[brand]", "[brand]\nlogo = \"x\""));
    assert!(
        code == 1 && said.contains(":14:1: unknown key `logo`; known here: `vendor_name`"),
        "{said}"
    );
    let (code, said) = check(|text| text.replace("mail = \"mailbox\"", "mail = { host = \"h\", prot = 25 }"));
    assert!(
        code == 1 && said.contains("foretaste.toml:6:22: unknown key `prot`; known here: `host`, `port`"),
        "{said}"
    );
}

#[test]
fn a_value_of_another_form_is_refused_and_never_repeated() {
    let (code, said) = check(|text| {
        text.replace(
            "mail = \"mailbox\"",
            "mail = { host = \"h\", port = 25, password = 777777 }",
        )
    });
    assert!(
        code == 1 && said.contains("foretaste.toml:6:44: a value of the form `integer`"),
        "{said}"
    );
    assert!(!said.contains("777777"), "{said}");
    let (code, said) = check(|text| text.replace("listen = ", "listen "));
    assert!(code == 1 && said.contains("foretaste.toml:2:"), "{said}");
}

#[test]
fn sec_2_a_list_of_breached_passwords_is_one_or_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list");
    let told = || check(|text| format!("breached_passwords = \"{}\"\n{text}", list.display()));
    let (code, said) = told();
    assert!(
        code == 1 && said.contains("`breached_passwords` cannot be read"),
        "{said}"
    );
    fs::write(&list, "password\npassword1\n").unwrap();
    assert_eq!(told().0, 1);
    fs::write(&list, "password\npassword1\n".repeat(10)).unwrap();
    let (code, said) = told();
    assert!(
        code == 1 && said.contains("`breached_passwords` is no list of SHA-1 digests"),
        "{said}"
    );
    fs::write(&list, format!("{}:1\r\n", "0A".repeat(20))).unwrap();
    assert_eq!(told().0, 0);
}

#[test]
fn everything_that_is_missing_or_wrong_is_told_at_once() {
    let (code, said) = check(|text| {
        let text = text
            .replace("vendor_name = \"Vela\"\n", "")
            .replace("environment = \"test\"", "environment = \"production\"");
        text.replace("https://trials.example", "trials.example")
            .replace("/secret\"", "/nothing\"")
            .replace("{region}", "r")
    });
    assert_eq!(code, 1);
    for part in [
        "`test_clock` is for test servers",
        "`public_url` must be where people reach this server",
        "`secret_file` cannot be read",
        "`stores.regions` must have {region} in it",
        "`mail` \"mailbox\" is for test servers",
        "`brand.vendor_name` is missing",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn a_secret_must_be_there_and_long_enough() {
    let (code, said) = check(|text| {
        text.lines()
            .filter(|line| !line.starts_with("secret_file"))
            .collect::<Vec<_>>()
            .join("\n")
    });
    assert!(code == 1 && said.contains("`secret_file` is missing"), "{said}");
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path());
    fs::write(folder.path().join("secret"), [7u8; 31]).unwrap();
    let (code, _, err) = run(&["serve", "--config", &path]);
    assert!(code == 1 && err.contains("must hold 32 random octets or more"), "{err}");
    // A systemd credential stands in for the key.
    let text = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        text.lines()
            .filter(|line| !line.starts_with("secret_file"))
            .collect::<Vec<_>>()
            .join("\n"),
    )
    .unwrap();
    fs::write(folder.path().join("secret"), [7u8; 32]).unwrap();
    let output = foretaste(&["config", "check", "--config", &path])
        .env("CREDENTIALS_DIRECTORY", folder.path())
        .output();
    assert_eq!(said_code(output.unwrap()), 0);
}

fn said_code(output: std::process::Output) -> i32 {
    said(output).0
}

#[test]
fn the_environment_and_flags_count_as_the_file_does() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path());
    let with = |name: &str, value: &str| {
        said(
            foretaste(&["config", "check", "--config", &path])
                .env(name, value)
                .output()
                .unwrap(),
        )
    };
    assert_eq!(with("FORETASTE_STORES__CONNECTIONS", "4").0, 0);
    let (code, _, err) = with("FORETASTE_STORES__CONNECTIONS", "many");
    assert!(code == 1 && err.contains("FORETASTE_STORES__CONNECTIONS: "), "{err}");
    let (code, _, err) = with("FORETASTE_LISTN", "127.0.0.1:1");
    assert!(
        code == 1 && err.contains("FORETASTE_LISTN: unknown key `listn`"),
        "{err}"
    );
    let (code, _, err) = with("FORETASTE_PUBLIC_URL", "nowhere");
    assert!(code == 1 && err.contains("`public_url` must be"), "{err}");
    let (code, _, err) = with("FORETASTE_MAIL__HOST", "h");
    assert!(
        code == 1 && err.contains("FORETASTE_MAIL__HOST: `mail` is no table"),
        "{err}"
    );
    let (code, _, err) = run(&["serve", "--config", &path, "--public-url", "nowhere"]);
    assert!(code == 1 && err.contains("`public_url` must be"), "{err}");
}

#[test]
fn reg_2_stores_are_places_of_their_own() {
    let (code, said) = check(|text| text.replace("data/mailbox.db", "data/directory.db"));
    assert!(
        code == 1 && said.contains("`stores.mailbox` is the same place as `stores.directory`"),
        "{said}"
    );
    let (code, said) = check(|text| {
        let lines = text.lines().map(|line| {
            if line.starts_with("regions") {
                "regions = { eu = \"sqlite:eu.db\" }"
            } else {
                line
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    assert!(
        code == 1 && said.contains("`stores.regions` has no store for the program's region `"),
        "{said}"
    );
}

#[test]
fn sec_2_people_reach_a_production_server_by_https() {
    let said = |url: &str, environment: &str| {
        check(|text| {
            let text = text.replace("environment = \"test\"", &format!("environment = \"{environment}\""));
            text.replace("https://trials.example", url)
        })
    };
    let refused = "`public_url` must begin with https:// on a production server";
    for open in [
        "http://trials.example",
        "http://localhost.example",
        "http://127.0.0.1.example/base",
        "http://10.0.0.1:8080",
        "http://localhost@trials.example",
    ] {
        let (code, said) = said(open, "production");
        assert!(code == 1 && said.contains("`public_url`"), "{open}: {said}");
    }
    assert!(said("http://trials.example", "production").1.contains(refused));
    for fine in [
        "https://trials.example",
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "http://[::1]/base",
    ] {
        let (_, said) = said(fine, "production");
        assert!(!said.contains("public_url"), "{fine}: {said}");
    }
    assert_eq!(said("http://trials.example", "test").0, 0);
}

#[test]
fn sec_2_a_store_elsewhere_has_to_prove_itself() {
    let said = |url: &str, environment: &str| {
        check(|text| {
            let text = text.replace("environment = \"test\"", &format!("environment = \"{environment}\""));
            let lines = text.lines().map(|line| match line.starts_with("directory") {
                true => format!("directory = \"{url}\""),
                false => line.to_owned(),
            });
            lines.collect::<Vec<_>>().join("\n")
        })
    };
    let refused = "`stores.directory` must end with `?sslmode=verify-full`";
    let (code, told) = said("postgres://foretaste:hunter2@db.example/directory", "production");
    assert!(code == 1 && told.contains(refused), "{told}");
    assert!(!told.contains("hunter2"), "{told}");
    for fine in [
        "postgres://foretaste@db.example/directory?sslmode=verify-full",
        "postgres://foretaste@localhost/d",
    ] {
        let (_, told) = said(fine, "production");
        assert!(!told.contains("stores.directory"), "{fine}: {told}");
    }
    assert_eq!(said("postgres://foretaste@db.example/directory", "test").0, 0);
}

#[test]
fn sec_2_a_secret_that_others_can_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path());
    for (mode, named) in [(0o600, false), (0o640, false), (0o644, true), (0o602, true)] {
        let secret = folder.path().join("secret");
        fs::set_permissions(&secret, fs::Permissions::from_mode(mode)).unwrap();
        let (code, _, err) = run(&["config", "check", "--config", &path]);
        assert_eq!(code, 0, "{err}");
        assert_eq!(
            err.contains("`secret_file`: others on this machine can read"),
            named,
            "{mode:o}: {err}"
        );
    }
}

#[test]
fn proxies_are_addresses_or_networks() {
    let with = |value: &str| check(|text| format!("trusted_proxies = {value}\n{text}"));
    assert_eq!(with("[\"127.0.0.1\", \"::1\", \"10.0.0.0/8\"]").0, 0);
    let (code, said) = with("[\"127.0.0.1\", \"proxy.example\"]");
    assert!(
        code == 1 && said.contains("`trusted_proxies` must name addresses or networks"),
        "{said}"
    );
    assert!(said.contains("`proxy.example` is neither"), "{said}");
}

#[test]
fn prov_2_who_provisions_is_named_whole_or_not_at_all() {
    let secret = format!("whsec_{}", "QUFB".repeat(8));
    let with = |lines: &str| check(|text| format!("{text}\n[provisioner]\n{lines}\n"));
    let url = "url = \"https://provisioner.example/orders\"";
    let external = format!("kind = \"external\"\n{url}\nsecret = \"{secret}\"");
    assert_eq!(with("kind = \"embedded\"").0, 0);
    assert_eq!(with(&external).0, 0);
    assert_eq!(with(&format!("{external}\nanswer_within = 3600")).0, 0);
    assert_eq!(with(&format!("{external}\nallow_private_addresses = true")).0, 0);
    assert_eq!(
        with(&external.replace(&secret, &format!("{secret} {secret}"))).0,
        0,
        "two while one is changed"
    );
    for (lines, named) in [
        (url.to_owned(), "`provisioner.kind` must be \"external\""),
        ("kind = \"outside\"".to_owned(), "unknown value `outside`"),
        ("kind = \"external\"".to_owned(), "`provisioner.url` is missing"),
        (
            format!("kind = \"external\"\n{url}"),
            "`provisioner.secret_file` is missing",
        ),
        (
            external.replace("https:", "http:"),
            "`provisioner.url` must begin with https://",
        ),
        (
            external.replace("https://", "https://user@"),
            "`provisioner.url` must begin with https://",
        ),
        (
            external.replace(&secret, "hunter2"),
            "`provisioner.secret` must be `whsec_`",
        ),
        (
            external.replace(&secret, &[secret.as_str(); 3].join(" ")),
            "`provisioner.secret` must be one secret",
        ),
        (
            format!("{external}\nanswer_within = 0"),
            "`provisioner.answer_within` must be",
        ),
        (
            format!("kind = \"external\"\n{url}\nsecret_file = \"/nowhere\""),
            "`provisioner.secret_file` cannot be read",
        ),
    ] {
        let (code, said) = with(&lines);
        assert!(code == 1 && said.contains(named), "{lines}: {said}");
        assert!(
            !said.contains("hunter2") && !said.contains(&secret),
            "SEC-2: no secret is said again: {said}"
        );
    }
}
