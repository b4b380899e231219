//! Messages on their way out of the outbox: into the mailbox, or to a mail server that is not there.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod bounce;
mod hard_days;
mod lease;

use delivery::{ATTEMPTS, Brand, Clocks, Courier, Security, Smtp, SmtpConfig, Templates, Transport};
use domain::{
    ids::{MessageId, OrgId, PersonId},
    notify::{Audience, Facts, MessageKind},
    organization::{Customer, Kind, Organization, Partner},
    person::{Person, Role},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use store::{
    Config, Keys, Stores,
    mailbox::{Mail, MailQuery},
    region::outbox::{Delivery, Letter},
};

/// A customer in one region, a partner and its administrator in another; two clocks, the real one to be moved.
struct World {
    stores: Stores,
    real: Arc<AtomicI64>,
    posted: AtomicI64,
}

const RULES: &str = "2027-03-01T09:00:00Z";
const REAL: &str = "2026-11-20T12:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn org(region: &str, tail: &str) -> OrgId {
    OrgId::new(region, tail)
}

fn person(organization: &OrgId, tail: &str, email: &str, role: Role) -> Person {
    Person {
        id: PersonId::new(organization.region(), tail),
        organization: organization.clone(),
        email: email.to_owned(),
        name: "Maya Okafor".to_owned(),
        language: "fr".to_owned(),
        zone: "Europe/Paris".to_owned(),
        roles: vec![role],
        licenses: Vec::new(),
        signed_in_at: None,
        disabled_at: None,
        theme: String::new(),
        digest: false,
        bounced_at: None,
        service: false,
        created_at: at(RULES),
    }
}

async fn world() -> World {
    let memory = || "sqlite::memory:".to_owned();
    let regions = BTreeMap::from([("eu".to_owned(), memory()), ("us".to_owned(), memory())]);
    let config = Config {
        directory: memory(),
        regions,
        mailbox: Some(memory()),
        connections: 1,
        statement_cache: 0,
    };
    let keys = Keys::derive(&[7; 32], Arc::new(|octets: &mut [u8]| octets.fill(3)));
    let stores = Stores::open(&config, keys, true).await.unwrap();
    let customer = Kind::Customer(Customer {
        country: "FR".to_owned(),
        zone: "Europe/Paris".to_owned(),
        language: "fr".to_owned(),
        vertical: "media".to_owned(),
        purchased: Vec::new(),
        orders: Vec::new(),
        closed_on: None,
    });
    let partner = Kind::Partner(Partner {
        tier: 1,
        distributor: None,
        certified_until: None,
        allowance: domain::organization::Allowance::default(),
    });
    for (id, name, kind) in [
        (org("eu", "1"), "Maison Aubépine", customer),
        (org("us", "2"), "Brightwater", partner),
    ] {
        let tx = stores.region(id.region()).unwrap().begin().await.unwrap();
        tx.add_organization(&Organization {
            id,
            name: name.to_owned(),
            kind,
            created_at: at(RULES),
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }
    let home = org("us", "2");
    let people = [
        person(&home, "1", "maya@brightwater.example", Role::SalesFullAdministrator),
        person(&home, "2", "", Role::SalesFullAdministrator),
    ];
    let tx = stores.region("us").unwrap().begin().await.unwrap();
    tx.add_people(&people).await.unwrap();
    tx.commit().await.unwrap();
    World {
        stores,
        real: Arc::new(AtomicI64::new(at(REAL).as_microsecond())),
        posted: AtomicI64::new(0),
    }
}

impl World {
    fn real(&self) -> Timestamp {
        Timestamp::from_microsecond(self.real.load(Ordering::SeqCst)).unwrap()
    }

    fn wait(&self, time: SignedDuration) {
        self.real
            .fetch_add(i64::try_from(time.as_micros()).unwrap(), Ordering::SeqCst);
    }

    /// CONS-8: the partner hears of its access; a message about no trial.
    async fn post(&self, reader: &str) -> MessageId {
        let number = self.posted.fetch_add(1, Ordering::SeqCst);
        let id = MessageId::new("eu", &format!("m{number}"));
        let letter = Letter {
            id: id.clone(),
            kind: MessageKind::AccessChanged,
            trial: None,
            customer: Some(org("eu", "1")),
            person: PersonId::new("us", reader),
            audience: Audience::PartnerAdministrators,
            facts: Facts {
                outcome: Some("full".to_owned()),
                ..Facts::default()
            },
            line: None,
            link: None,
            created_at: at(RULES),
        };
        let tx = self.stores.region("eu").unwrap().begin().await.unwrap();
        tx.post(&[letter], self.real()).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    fn courier(&self, transport: Transport) -> Courier {
        let brand = Brand {
            vendor_name: "Vela".to_owned(),
            support_url: None,
            legal_url: None,
            agreement_url: None,
            free_plan_url: None,
            colour: "#1f5fbf".to_owned(),
            from: "Vela Trials <trials@vela.example>".to_owned(),
        };
        let real = Arc::clone(&self.real);
        let clocks = Clocks {
            rules: Arc::new(|| at(RULES)),
            real: Arc::new(move || Timestamp::from_microsecond(real.load(Ordering::SeqCst)).unwrap()),
            jitter: Arc::new(|| 0.5),
        };
        let url = "https://trials.example:8443".to_owned();
        Courier::new(
            self.stores.clone(),
            Templates::new(None).unwrap(),
            brand,
            url,
            transport,
            clocks,
        )
    }

    fn mailbox(&self) -> Transport {
        Transport::Mailbox(self.stores.mailbox.clone().unwrap())
    }

    async fn mails(&self) -> Vec<Mail> {
        let query = MailQuery {
            limit: 200,
            ..MailQuery::default()
        };
        self.stores.mailbox.as_ref().unwrap().list(&query).await.unwrap()
    }

    async fn fate(&self, id: &MessageId) -> Delivery {
        self.stores
            .region("eu")
            .unwrap()
            .read()
            .delivery(id)
            .await
            .unwrap()
            .unwrap()
    }
}

/// A mail server that hangs up on everybody: nobody listens there any more.
fn nowhere() -> Transport {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let config = SmtpConfig {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        username: None,
        password: None,
        timeout: Duration::from_secs(5),
        ca_file: None,
        hello_name: None,
    };
    Transport::Smtp(Arc::new(Smtp::new(&config).unwrap()))
}

#[tokio::test]
async fn note_1_a_message_is_delivered_once_under_its_identity() {
    let world = world().await;
    let id = world.post("1").await;
    let courier = world.courier(world.mailbox());
    courier.run_once().await;
    courier.run_once().await;
    let mails = world.mails().await;
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(mail.message_id, format!("<{id}@trials.example>"));
    assert_eq!(
        (mail.to.as_str(), mail.language.as_str(), mail.sent_at),
        ("maya@brightwater.example", "fr", at(RULES))
    );
    assert_eq!(mail.links, ["https://trials.example:8443/partner/customers/org_eu_1"]);
    // Names come from where they live: the customer's from one region, the partner's from the other.
    assert!(
        mail.text.contains("Maison Aubépine") && mail.text.contains("Maya Okafor"),
        "{}",
        mail.text
    );
    let fate = world.fate(&id).await;
    assert_eq!(
        (fate.state.as_str(), fate.attempts, fate.delivered_at),
        ("sent", 1, Some(at(RULES)))
    );
}

#[tokio::test]
async fn exp_9_what_has_no_reader_any_more_is_given_up_and_holds_nothing_back() {
    let world = world().await;
    let (gone, nameless) = (world.post("9").await, world.post("2").await);
    let last = world.post("1").await;
    world.courier(world.mailbox()).run_once().await;
    for id in [gone, nameless] {
        let fate = world.fate(&id).await;
        assert_eq!(fate.state, "given_up");
        assert_eq!(fate.error.as_deref(), Some("its reader has no address any more"));
    }
    assert_eq!(world.fate(&last).await.state, "sent");
    assert_eq!(world.mails().await.len(), 1);
}

#[tokio::test]
async fn more_than_a_batch_leaves_in_one_go() {
    let world = world().await;
    for _ in 0..130 {
        world.post("1").await;
    }
    world.courier(world.mailbox()).run_once().await;
    assert_eq!(world.mails().await.len(), 130);
    assert_eq!(
        world
            .stores
            .region("eu")
            .unwrap()
            .read()
            .untried_letters()
            .await
            .unwrap(),
        0
    );
}

#[tokio::test]
async fn note_1_a_server_that_is_not_there_is_tried_again_after_growing_pauses() {
    let world = world().await;
    let id = world.post("1").await;
    let courier = world.courier(nowhere());
    courier.run_once().await;
    courier.run_once().await;
    let fate = world.fate(&id).await;
    assert_eq!(
        (fate.state.as_str(), fate.attempts),
        ("pending", 1),
        "not before its pause is over"
    );
    for attempt in 2..=ATTEMPTS {
        world.wait(SignedDuration::from_hours(5));
        courier.run_once().await;
        assert_eq!(world.fate(&id).await.attempts, attempt);
    }
    let fate = world.fate(&id).await;
    assert_eq!(fate.state, "given_up");
    assert!(!fate.error.unwrap().contains("maya"), "EXP-9: no address stays behind");
    world.wait(SignedDuration::from_hours(5));
    courier.run_once().await;
    assert_eq!(world.fate(&id).await.attempts, ATTEMPTS);
}

#[tokio::test]
async fn the_loop_wakes_and_ends_when_told() {
    let world = world().await;
    let bell = Arc::new(tokio::sync::Notify::new());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let courier = Arc::new(world.courier(world.mailbox()));
    let ring = Arc::clone(&bell);
    let running = tokio::spawn(courier.run(
        move || {
            let bell = Arc::clone(&ring);
            async move { bell.notified().await }
        },
        stopped,
    ));
    let id = world.post("1").await;
    bell.notify_one();
    while world.fate(&id).await.state != "sent" {
        tokio::task::yield_now().await;
    }
    stop.send(()).unwrap();
    running.await.unwrap();
}
