//! NOTE-4: an address that takes no email is marked where its person lives, in another region than the message.

use crate::{RULES, World, at, world};
use delivery::{Carried, Carrier, Outgoing, SendError, Transport};
use domain::{ids::PersonId, notify::Bounce};
use jiff::Timestamp;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

/// A mail server that ends every email alike.
#[derive(Debug)]
struct Server(Mutex<Result<(), SendError>>);

impl Carrier for Server {
    fn carry<'a>(&'a self, _: &'a Outgoing) -> Carried<'a> {
        Box::pin(async { self.0.lock().unwrap().clone() })
    }

    fn timeout(&self) -> Duration {
        Duration::from_secs(30)
    }
}

async fn maya(world: &World) -> Option<Timestamp> {
    let region = world.stores.region("us").unwrap();
    let found = region.read().person(&PersonId::new("us", "1")).await.unwrap();
    found.unwrap().value.bounced_at
}

/// One more email, which ends so.
async fn ends(world: &World, end: Result<(), SendError>) -> String {
    let id = world.post("1").await;
    let server = Arc::new(Server(Mutex::new(end)));
    world.courier(Transport::Smtp(server)).run_once().await;
    world.fate(&id).await.state
}

fn bounce() -> Result<(), SendError> {
    Err(SendError::Bounced("no such user".to_owned()))
}

#[tokio::test]
async fn note_4_an_address_is_marked_until_an_email_arrives() {
    let world = world().await;
    let busy = Err(SendError::Temporary("busy".to_owned()));
    let spam = Err(SendError::Permanent("looks like spam".to_owned()));
    for (end, state) in [(busy.clone(), "pending"), (spam.clone(), "given_up")] {
        assert_eq!((ends(&world, end).await.as_str(), maya(&world).await), (state, None));
    }
    assert_eq!(ends(&world, bounce()).await, "given_up");
    assert_eq!(maya(&world).await, Some(at(RULES)), "NOTE-4");
    for end in [busy, spam] {
        ends(&world, end).await;
        assert_eq!(maya(&world).await, Some(at(RULES)), "that says nothing of the address");
    }
    assert_eq!(ends(&world, Ok(())).await, "sent");
    assert_eq!(maya(&world).await, None, "NOTE-4: one arrived");
}

#[tokio::test]
async fn note_4_the_mailbox_takes_every_email() {
    let world = world().await;
    ends(&world, bounce()).await;
    assert!(maya(&world).await.is_some());
    world.post("1").await;
    world.courier(world.mailbox()).run_once().await;
    assert_eq!(maya(&world).await, None);
}

#[tokio::test]
async fn note_4_why_an_address_takes_no_email_is_kept_in_a_word() {
    let world = world().await;
    for (said, why) in [
        (
            "permanent error (550): 5.1.1 <maya@ours.example> nobody",
            Some(Bounce::UnknownAddress),
        ),
        ("permanent error (552): 5.2.2 over quota", Some(Bounce::MailboxFull)),
    ] {
        let id = world.post("1").await;
        let server = Arc::new(Server(Mutex::new(Err(SendError::Bounced(said.to_owned())))));
        world.courier(Transport::Smtp(server)).run_once().await;
        let fate = world.fate(&id).await;
        assert_eq!((fate.state.as_str(), fate.bounced), ("given_up", why), "NOTE-4: {said}");
    }
    let id = world.post("1").await;
    let spam = Err(SendError::Permanent("5.1.1 looks like spam".to_owned()));
    world
        .courier(Transport::Smtp(Arc::new(Server(Mutex::new(spam)))))
        .run_once()
        .await;
    assert_eq!(world.fate(&id).await.bounced, None, "that is not the address");
}
