//! Handing over to a server that says yes, not now, never, nothing, or hangs up.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use delivery::{Outgoing, Security, SendError, Smtp, SmtpConfig};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// How the fake server answers; each field is a reply line or, empty, silence.
#[derive(Clone, Copy)]
struct Script {
    greeting: &'static str,
    auth: &'static str,
    recipient: &'static str,
    data: &'static str,
    /// Hangs up in the middle of the message instead of answering.
    drops: bool,
}

const YES: Script = Script {
    greeting: "220 fake",
    auth: "235 ok",
    recipient: "250 ok",
    data: "250 taken",
    drops: false,
};

struct Fake {
    port: u16,
    taken: Arc<Mutex<Vec<String>>>,
}

async fn fake(script: Script) -> Fake {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, taken) = (listener.local_addr().unwrap().port(), Arc::new(Mutex::new(Vec::new())));
    let shelf = Arc::clone(&taken);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let shelf = Arc::clone(&shelf);
            tokio::spawn(async move { converse(stream, script, &shelf).await });
        }
    });
    Fake { port, taken }
}

async fn converse(stream: TcpStream, script: Script, shelf: &Mutex<Vec<String>>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    say(&mut stream, script.greeting).await?;
    loop {
        let line = hear(&mut stream).await?;
        match line.split(' ').next().unwrap_or_default() {
            "EHLO" => say(&mut stream, "250-fake\r\n250-8BITMIME\r\n250 AUTH PLAIN").await?,
            "AUTH" => say(&mut stream, script.auth).await?,
            "RCPT" => say(&mut stream, script.recipient).await?,
            "DATA" if script.drops => return None,
            "DATA" => {
                say(&mut stream, "354 go on").await?;
                let message = message(&mut stream).await?;
                if script.data.starts_with('2') {
                    shelf.lock().unwrap().push(message);
                }
                say(&mut stream, script.data).await?;
            }
            "QUIT" => return say(&mut stream, "221 bye").await,
            _ => say(&mut stream, "250 ok").await?,
        }
    }
}

async fn say(stream: &mut BufReader<TcpStream>, line: &str) -> Option<()> {
    if line.is_empty() {
        return std::future::pending().await;
    }
    stream.write_all(format!("{line}\r\n").as_bytes()).await.ok()
}

async fn hear(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

async fn message(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut message = String::new();
    loop {
        let line = hear(stream).await?;
        if line == "." {
            return Some(message);
        }
        message.push_str(&line);
        message.push('\n');
    }
}

fn config(port: u16) -> SmtpConfig {
    SmtpConfig {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        username: None,
        password: None,
        timeout: Duration::from_millis(700),
        ca_file: None,
        hello_name: Some("trials.example".to_owned()),
    }
}

fn outgoing() -> Outgoing {
    Outgoing {
        message_id: "<msg_eu_01@trials.example>".to_owned(),
        from: "Vela <trials@vela.example>".to_owned(),
        to: "ada@lumiere.example".to_owned(),
        subject: "Votre essai est prêt".to_owned(),
        html: "<p>Bonjour</p>".to_owned(),
        text: "Bonjour\n.\nfin".to_owned(),
        language: "fr".to_owned(),
        date: SystemTime::UNIX_EPOCH,
        kind: "welcome".to_owned(),
    }
}

async fn send(script: Script) -> Result<(), SendError> {
    let server = fake(script).await;
    Smtp::new(&config(server.port)).unwrap().send(&outgoing()).await
}

fn temporary(result: Result<(), SendError>) -> String {
    match result {
        Err(SendError::Temporary(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

fn permanent(result: Result<(), SendError>) -> String {
    match result {
        Err(SendError::Permanent(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn note_1_a_message_is_taken_once_with_its_identity() {
    let server = fake(YES).await;
    let smtp = Smtp::new(&config(server.port)).unwrap();
    smtp.send(&outgoing()).await.unwrap();
    smtp.send(&outgoing()).await.unwrap();
    let taken = server.taken.lock().unwrap();
    assert_eq!(taken.len(), 2);
    for message in taken.iter() {
        assert!(
            message.contains("\nMessage-ID: <msg_eu_01@trials.example>\n")
                || message.starts_with("Message-ID: <msg_eu_01@trials.example>\n"),
            "{message}"
        );
        assert!(message.contains("Auto-Submitted: auto-generated\n") && message.contains("Content-Language: fr\n"));
    }
}

#[tokio::test]
async fn note_1_not_now_is_temporary() {
    assert!(
        temporary(
            send(Script {
                recipient: "451 greylisted",
                ..YES
            })
            .await
        )
        .contains("greylisted")
    );
    assert!(
        temporary(
            send(Script {
                data: "452 disk full",
                ..YES
            })
            .await
        )
        .contains("disk full")
    );
    assert!(
        temporary(
            send(Script {
                greeting: "421 busy",
                ..YES
            })
            .await
        )
        .contains("busy")
    );
}

#[tokio::test]
async fn note_1_never_is_permanent() {
    assert!(
        permanent(
            send(Script {
                data: "554 looks like spam",
                ..YES
            })
            .await
        )
        .contains("spam")
    );
}

#[tokio::test]
async fn note_4_an_address_bounces_only_where_nobody_is_there() {
    let refused = |recipient| send(Script { recipient, ..YES });
    for gone in [
        "550 no such user",
        "550 5.1.1 no such user",
        "553 5.1.3 bad address",
        "550 5.2.1 disabled",
    ] {
        let answer = refused(gone).await;
        assert!(
            matches!(&answer, Err(SendError::Bounced(why)) if why.contains(&gone[4..])),
            "NOTE-4: {answer:?}"
        );
    }
    for ours in ["550 5.7.1 relaying denied", "554 5.7.0 you are on a list"] {
        permanent(refused(ours).await);
    }
    temporary(refused("450 4.2.1 mailbox is busy").await);
}

#[tokio::test]
async fn note_1_a_server_that_refuses_us_altogether_may_be_mended() {
    assert!(
        temporary(
            send(Script {
                greeting: "554 go away",
                ..YES
            })
            .await
        )
        .contains("go away")
    );
    let server = fake(Script {
        auth: "535 bad password",
        ..YES
    })
    .await;
    let with_password = SmtpConfig {
        username: Some("u".to_owned()),
        password: Some("wrong".to_owned()),
        ..config(server.port)
    };
    let smtp = Smtp::new(&with_password).unwrap();
    let reason = temporary(smtp.send(&outgoing()).await);
    assert!(reason.contains("bad password") && !reason.contains("wrong"), "{reason}");
    assert!(smtp.probe().await.is_err());
}

#[tokio::test]
async fn note_1_slow_and_broken_servers_are_temporary_and_end_in_time() {
    let started = Instant::now();
    temporary(send(Script { greeting: "", ..YES }).await);
    temporary(send(Script { data: "", ..YES }).await);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    temporary(send(Script { drops: true, ..YES }).await);
    temporary(
        send(Script {
            greeting: "this is not SMTP",
            ..YES
        })
        .await,
    );
    let closed = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    temporary(Smtp::new(&config(closed)).unwrap().send(&outgoing()).await);
}

#[tokio::test]
async fn note_1_a_wrong_address_is_permanent_without_a_server() {
    let smtp = Smtp::new(&config(1)).unwrap();
    let wrong = Outgoing {
        to: "nobody".to_owned(),
        ..outgoing()
    };
    let answer = smtp.send(&wrong).await;
    assert!(matches!(answer, Err(SendError::Bounced(_))), "NOTE-4: {answer:?}");
    let ours = Outgoing {
        from: "nobody".to_owned(),
        ..outgoing()
    };
    permanent(smtp.send(&ours).await);
}

#[tokio::test]
async fn sec_2_tls_is_not_given_up_silently() {
    let server = fake(YES).await;
    let starttls = SmtpConfig {
        security: Security::StartTls,
        ..config(server.port)
    };
    temporary(Smtp::new(&starttls).unwrap().send(&outgoing()).await);
    assert!(server.taken.lock().unwrap().is_empty());
}

#[test]
fn a_mail_server_can_be_set_up_before_the_runtime_runs() {
    assert!(Smtp::new(&config(25)).is_ok());
}
