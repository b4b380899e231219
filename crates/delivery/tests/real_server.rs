//! NOTE-1, NOTE-2: emails through a real mail server: STARTTLS, implicit TLS, authentication.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use delivery::{Outgoing, Security, SendError, Smtp, SmtpConfig};
use std::{
    path::PathBuf,
    time::{Duration, Instant, UNIX_EPOCH},
};

fn variable(name: &str) -> String {
    let hint = "run `cargo xtask test`, or `cargo xtask servers` and its exports";
    std::env::var(name).unwrap_or_else(|_| panic!("{name} names no mail server: {hint}"))
}

fn config(security: Security) -> SmtpConfig {
    let port = match security {
        Security::None => "FORETASTE_TEST_SMTP_PLAIN_PORT",
        Security::StartTls => "FORETASTE_TEST_SMTP_PORT",
        Security::Tls => "FORETASTE_TEST_SMTP_TLS_PORT",
    };
    let signed_in = security != Security::None;
    SmtpConfig {
        host: variable("FORETASTE_TEST_SMTP_HOST"),
        port: variable(port).parse().unwrap(),
        security,
        username: signed_in.then(|| variable("FORETASTE_TEST_SMTP_USERNAME")),
        password: signed_in.then(|| variable("FORETASTE_TEST_SMTP_PASSWORD")),
        timeout: Duration::from_secs(20),
        ca_file: signed_in.then(|| PathBuf::from(variable("FORETASTE_TEST_SMTP_CA_FILE"))),
        hello_name: Some("foretaste.test".to_owned()),
    }
}

fn outgoing(id: &str) -> Outgoing {
    Outgoing {
        message_id: format!("<{id}@foretaste.test>"),
        from: "Foretaste <trials@foretaste.test>".to_owned(),
        to: "Élise <elise@customer.test>".to_owned(),
        subject: "Votre essai se termine le dimanche 14 février — 試用".to_owned(),
        html: "<p>Bonjour Élise, 您好</p>".to_owned(),
        text: "Bonjour Élise, 您好".to_owned(),
        language: "fr".to_owned(),
        date: UNIX_EPOCH + Duration::from_secs(1_800_000_000),
        kind: "expiry_reminder".to_owned(),
    }
}

/// What the server put into its mailbox under that identity.
#[expect(clippy::disallowed_methods, reason = "waits for another process")]
fn arrived(id: &str) -> String {
    let folder = PathBuf::from(variable("FORETASTE_TEST_SMTP_MAILDIR")).join("new");
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(20) {
        let files = std::fs::read_dir(&folder).into_iter().flatten().flatten();
        for text in files.filter_map(|file| std::fs::read_to_string(file.path()).ok()) {
            if text.contains(id) {
                return text;
            }
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("no email {id} in {}", folder.display());
}

#[tokio::test]
async fn note_1_an_email_arrives_over_each_kind_of_connection() {
    for (security, name) in [
        (Security::None, "plain"),
        (Security::StartTls, "starttls"),
        (Security::Tls, "tls"),
    ] {
        let id = format!("note-1-{name}-{}", std::process::id());
        let smtp = Smtp::new(&config(security)).unwrap();
        smtp.send(&outgoing(&id))
            .await
            .unwrap_or_else(|error| panic!("NOTE-1, {name}: {error}"));
        let mail = arrived(&id);
        for header in [
            "Message-ID: <",
            "Auto-Submitted: auto-generated",
            "Content-Language: fr",
            "multipart/alternative",
        ] {
            assert!(mail.contains(header), "NOTE-2, {name}: {header} is missing in {mail}");
        }
    }
}

#[tokio::test]
async fn note_1_a_wrong_password_or_an_unknown_authority_is_worth_another_attempt() {
    let mut wrong = config(Security::StartTls);
    wrong.password = Some("not this one".to_owned());
    let refused = Smtp::new(&wrong).unwrap().send(&outgoing("note-1-wrong")).await;
    assert!(matches!(refused, Err(SendError::Temporary(_))), "NOTE-1: {refused:?}");
    let mut stranger = config(Security::Tls);
    stranger.ca_file = None;
    let refused = Smtp::new(&stranger).unwrap().send(&outgoing("note-1-stranger")).await;
    assert!(
        matches!(refused, Err(SendError::Temporary(_))),
        "NOTE-1: an unknown certificate is not trusted: {refused:?}"
    );
}
