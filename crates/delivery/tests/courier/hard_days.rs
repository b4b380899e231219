//! NOTE-1 on a mail server's hard days, over a real socket: what it took and did not say so comes again as the same
//! email, what it never took is not lost, and nobody is waited for without end.

use crate::{World, world};
use delivery::{Courier, Security, Smtp, SmtpConfig, Transport};
use jiff::SignedDuration;
use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What the server makes of an email.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Manner {
    Takes,
    /// Reads it to its end, keeps it, and answers this.
    Says(&'static str),
    /// Reads it to its end, keeps it, and hangs up.
    HangsUpAfterDot,
    /// Hangs up in the middle of it.
    HangsUpInside,
    /// Keeps it, and goes on answering an octet at a time.
    Drips,
    /// Keeps it, and says so when the bell rings.
    Late,
}

/// A mail server whose manner can be changed.
struct Server {
    port: u16,
    manner: Arc<Mutex<Manner>>,
    /// The Message-IDs of what it read to the end.
    read: Arc<Mutex<Vec<String>>>,
    /// So many more, and it is gone: hangs up on everybody.
    left: Arc<Mutex<usize>>,
    bell: tokio::sync::Notify,
}

async fn server(manner: Manner) -> Arc<Server> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = Arc::new(Server {
        port: listener.local_addr().unwrap().port(),
        manner: Arc::new(Mutex::new(manner)),
        read: Arc::default(),
        left: Arc::new(Mutex::new(usize::MAX)),
        bell: tokio::sync::Notify::new(),
    });
    let its = Arc::clone(&server);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let its = Arc::clone(&its);
            tokio::spawn(async move { its.converse(BufReader::new(stream)).await });
        }
    });
    server
}

impl Server {
    async fn converse(&self, mut stream: BufReader<TcpStream>) -> Option<()> {
        self.is_there()?;
        say(&mut stream, "220 fake\r\n").await?;
        loop {
            let line = hear(&mut stream).await?;
            match line.split(' ').next().unwrap_or_default() {
                "EHLO" => say(&mut stream, "250-fake\r\n250 8BITMIME\r\n").await?,
                "DATA" => {
                    say(&mut stream, "354 go on\r\n").await?;
                    self.take(&mut stream).await?;
                }
                _ => say(&mut stream, "250 ok\r\n").await?,
            }
        }
    }

    fn is_there(&self) -> Option<()> {
        (*self.left.lock().unwrap() > 0).then_some(())
    }

    async fn take(&self, stream: &mut BufReader<TcpStream>) -> Option<()> {
        let manner = *self.manner.lock().unwrap();
        let mut id = None;
        loop {
            let line = hear(stream).await?;
            if manner == Manner::HangsUpInside {
                return None;
            }
            if line == "." {
                break;
            }
            id = id.or(line.strip_prefix("Message-ID: ").map(str::to_owned));
        }
        {
            let mut left = self.left.lock().unwrap();
            *left = left.checked_sub(1)?;
        }
        self.read.lock().unwrap().push(id.unwrap());
        match manner {
            Manner::Takes => say(stream, "250 taken\r\n").await,
            Manner::Says(what) => say(stream, what).await,
            Manner::HangsUpAfterDot | Manner::HangsUpInside => None,
            Manner::Late => {
                self.bell.notified().await;
                say(stream, "250 taken\r\n").await
            }
            Manner::Drips => loop {
                say(stream, "2").await?;
                drop(tokio::time::timeout(Duration::from_millis(20), hear(stream)).await);
            },
        }
    }

    fn turns(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    fn courier(&self, world: &World, timeout: Duration) -> Courier {
        let config = SmtpConfig {
            host: "127.0.0.1".to_owned(),
            port: self.port,
            security: Security::None,
            username: None,
            password: None,
            timeout,
            ca_file: None,
            hello_name: None,
        };
        world.courier(Transport::Smtp(Arc::new(Smtp::new(&config).unwrap())))
    }

    fn read(&self) -> Vec<String> {
        self.read.lock().unwrap().clone()
    }
}

async fn say(stream: &mut BufReader<TcpStream>, what: &str) -> Option<()> {
    stream.write_all(what.as_bytes()).await.ok()
}

async fn hear(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

const PATIENT: Duration = Duration::from_secs(30);

/// One email to a server of that manner, and one more attempt when the server is well again: how often it read it.
async fn again_after(manner: Manner, timeout: Duration) -> usize {
    let (world, server) = (world().await, server(manner).await);
    let id = world.post("1").await;
    let courier = server.courier(&world, timeout);
    courier.run_once().await;
    let fate = world.fate(&id).await;
    assert_eq!((fate.state.as_str(), fate.attempts), ("pending", 1), "{manner:?}");
    server.turns(Manner::Takes);
    courier.run_once().await;
    assert_eq!(world.fate(&id).await.attempts, 1, "not before its pause is over");
    world.wait(SignedDuration::from_hours(5));
    courier.run_once().await;
    courier.run_once().await;
    let fate = world.fate(&id).await;
    assert_eq!((fate.state.as_str(), fate.attempts), ("sent", 2), "{manner:?}");
    let read = server.read();
    let same = format!("<{id}@trials.example>");
    assert!(read.iter().all(|one| *one == same), "NOTE-1: one identity: {read:?}");
    read.len()
}

#[tokio::test]
async fn note_1_a_server_that_hangs_up_after_the_dot_gets_the_same_email_again() {
    assert_eq!(again_after(Manner::HangsUpAfterDot, PATIENT).await, 2);
}

#[tokio::test]
async fn note_1_a_server_that_hangs_up_inside_a_message_gets_it_again() {
    assert_eq!(again_after(Manner::HangsUpInside, PATIENT).await, 1);
}

#[tokio::test]
async fn note_1_what_is_no_answer_to_a_message_is_no_yes() {
    for lie in [
        "this is not SMTP\r\n",
        "\u{0}\u{1}\u{fffd}\r\n",
        "999 taken\r\n",
        "250\u{2014}taken\r\n",
        // More to come, says a server that has all of it.
        "354 go on\r\n",
    ] {
        assert_eq!(
            again_after(Manner::Says(lie), Duration::from_secs(2)).await,
            2,
            "{lie:?}"
        );
    }
}

#[tokio::test]
async fn note_1_a_server_that_drips_its_answer_is_not_waited_for_without_end() {
    let started = Instant::now();
    assert_eq!(again_after(Manner::Drips, Duration::from_millis(700)).await, 2);
    assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
}

#[tokio::test]
async fn note_1_a_late_answer_to_one_email_is_no_answer_to_another() {
    let (world, server) = (world().await, server(Manner::Late).await);
    let first = world.post("1").await;
    let courier = server.courier(&world, Duration::from_secs(1));
    courier.run_once().await;
    assert_eq!(world.fate(&first).await.state, "pending");
    server.bell.notify_one();
    server.turns(Manner::Says("451 later\r\n"));
    let second = world.post("1").await;
    courier.run_once().await;
    let fate = world.fate(&second).await;
    assert_eq!((fate.state.as_str(), fate.attempts), ("pending", 1), "NOTE-1: refused");
    server.turns(Manner::Takes);
    world.wait(SignedDuration::from_hours(5));
    courier.run_once().await;
    for id in [first, second] {
        let fate = world.fate(&id).await;
        assert_eq!((fate.state.as_str(), fate.attempts), ("sent", 2));
    }
}

#[tokio::test]
async fn note_1_not_now_comes_again_and_never_does_not() {
    assert_eq!(again_after(Manner::Says("451 later\r\n"), PATIENT).await, 2);
    let (world, server) = (world().await, server(Manner::Says("554 spam\r\n")).await);
    let id = world.post("1").await;
    let courier = server.courier(&world, PATIENT);
    courier.run_once().await;
    server.turns(Manner::Takes);
    world.wait(SignedDuration::from_hours(5));
    courier.run_once().await;
    let fate = world.fate(&id).await;
    assert_eq!((fate.state.as_str(), fate.attempts), ("given_up", 1));
    assert_eq!(server.read().len(), 1);
}

#[tokio::test]
async fn note_1_a_server_that_dies_in_the_middle_of_a_batch_gets_the_rest_later_and_nothing_twice() {
    let (world, server) = (world().await, server(Manner::Takes).await);
    let mut ids = Vec::new();
    for _ in 0..30 {
        ids.push(world.post("1").await);
    }
    *server.left.lock().unwrap() = 11;
    let courier = server.courier(&world, PATIENT);
    courier.run_once().await;
    let mut sent = 0;
    for id in &ids {
        let fate = world.fate(id).await;
        let taken = server.read().contains(&format!("<{id}@trials.example>"));
        assert_eq!(fate.state, if taken { "sent" } else { "pending" }, "{:?}", fate.error);
        assert_eq!(fate.attempts, 1);
        sent += usize::from(taken);
    }
    assert_eq!(sent, 11);
    *server.left.lock().unwrap() = usize::MAX;
    world.wait(SignedDuration::from_hours(5));
    courier.run_once().await;
    let mut read = server.read();
    read.sort();
    let mut all: Vec<String> = ids.iter().map(|id| format!("<{id}@trials.example>")).collect();
    all.sort();
    assert_eq!(read, all, "NOTE-1: each once");
    for id in &ids {
        assert_eq!(world.fate(id).await.state, "sent");
    }
}
