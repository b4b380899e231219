//! NOTE-4 with a mail server that knows nobody of that name: what it says is shown to those who can correct the address.

use crate::{
    config,
    serve::start,
    support::{call, run, wait_for},
};
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// A mail server; whether it knows everybody. Its port.
fn mail_server(knows: &Arc<AtomicBool>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let knows = Arc::clone(knows);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let knows = Arc::clone(&knows);
            std::thread::spawn(move || converse(stream, &knows));
        }
    });
    port
}

fn converse(stream: TcpStream, knows: &AtomicBool) -> std::io::Result<()> {
    let (mut hears, mut says) = (BufReader::new(stream.try_clone()?), stream);
    says.write_all(b"220 here\r\n")?;
    let (mut line, mut in_message) = (String::new(), false);
    while hears.read_line(&mut line)? > 0 {
        let word = line.trim_end().split([' ', ':']).next().unwrap_or_default().to_owned();
        let answer = match (in_message, word.as_str()) {
            (true, ".") => {
                in_message = false;
                "250 taken"
            }
            (true, _) => "",
            (false, "RCPT") if !knows.load(Ordering::SeqCst) => "550 5.1.1 no such user here",
            (false, "DATA") => {
                in_message = true;
                "354 go on"
            }
            (false, "QUIT") => "221 bye",
            (false, _) => "250 yes",
        };
        if !answer.is_empty() {
            says.write_all(format!("{answer}\r\n").as_bytes())?;
        }
        line.clear();
    }
    Ok(())
}

#[test]
fn note_4_an_address_that_a_mail_server_does_not_know_is_shown_until_it_takes_an_email() {
    let knows = Arc::new(AtomicBool::new(false));
    let port = mail_server(&knows);
    let folder = tempfile::tempdir().unwrap();
    let path = config::write(folder.path());
    let text = fs::read_to_string(&path).unwrap().replace("mail = \"mailbox\"\n", "");
    let mail = format!("{text}\n[mail]\nhost = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\n");
    fs::write(&path, mail).unwrap();
    let at = |args: &[&str]| run(&args.iter().copied().chain(["--config", &path]).collect::<Vec<_>>());
    assert_eq!(at(&["migrate"]).0, 0);
    let ada = [
        "--email",
        "ada@vela.example",
        "--name",
        "Ada",
        "--vendor-name",
        "Vela",
        "--region",
        "eu",
    ];
    let create: Vec<&str> = ["admin", "create"].into_iter().chain(ada).collect();
    assert_eq!(at(&create).0, 0);
    let token = at(&["token", "create", "ada@vela.example"]).1;

    let (_server, url) = start(&path, folder.path());
    let colleague = json!({"email": "tpyo@vela.example", "name": "Typo", "roles": ["order_desk"]});
    let (status, person) = call(&url, "POST", "/api/v1/people", token.trim(), &colleague.to_string());
    assert_eq!(status, 201, "{person:#}");
    assert_eq!(person["address_bounced"], false);
    let one = format!("/api/v1/people/{}", person["id"].as_str().unwrap());
    let bounced = || call(&url, "GET", &one, token.trim(), "").1["address_bounced"].clone();
    wait_for("what the mail server said", || (bounced() == true).then_some(()));
    let list = call(&url, "GET", "/api/v1/people", token.trim(), "").1;
    let marked = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["address_bounced"] == true);
    let marked: Vec<&Value> = marked.map(|one| &one["email"]).collect();
    assert_eq!(marked, ["tpyo@vela.example"], "NOTE-4: that one and no other");

    // The mailbox is there after all, and takes the next email.
    knows.store(true, Ordering::SeqCst);
    let again = format!("{one}/invite");
    let (status, answer) = call(&url, "POST", &again, token.trim(), "{}");
    assert!((200..300).contains(&status), "{answer:#}");
    wait_for("an email that arrived", || (bounced() == false).then_some(()));
}
