//! PROV-2: a provisioner that takes calls, refuses them, redirects, hides inside, or is silent; on a clock that is moved.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use delivery::{Caller, Clocks, Endpoint, HttpPort, MISSED_CALLS, Secret, signature};
use domain::{
    ids::{OrgId, PersonId, ProvisioningId, TrialId},
    organization::{Customer, Kind, Organization},
    person::{Person, Role},
    trial::{Act, AddedBy, Origin, ProvisioningOrderState, ServiceState, State, Trial, TrialService},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};
use store::{
    Config, Keys, Region, Stores,
    region::{
        provisioning::{Heard, ProvisioningOrder},
        trial::TrialRecord,
    },
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

const BEGIN: &str = "2026-11-20T12:00:00Z";
const PROGRAM: &str = include_str!("../../../programs/webex-enterprise.toml");
const DAY: SignedDuration = SignedDuration::from_hours(24);

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

struct World {
    stores: Stores,
    real: Arc<AtomicI64>,
}

/// Somebody who is called, and what was heard there.
struct Outside {
    url: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Outside {
    async fn new(answer: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/orders", listener.local_addr().unwrap());
        let (heard, answer) = (Arc::new(Mutex::new(Vec::new())), answer.to_owned());
        let kept = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut text = Vec::new();
                let mut part = [0; 4096];
                while !whole(&text) {
                    match stream.read(&mut part).await {
                        Ok(0) | Err(_) => break,
                        Ok(octets) => text.extend_from_slice(&part[..octets]),
                    }
                }
                kept.lock().unwrap().push(String::from_utf8(text).unwrap());
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            }
        });
        Self { url, heard }
    }

    async fn saying(status: &str) -> Self {
        Self::new(&format!(
            "HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        ))
        .await
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

fn whole(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    header(head, "content-length").parse() == Ok(body.len())
}

fn header<'t>(head: &'t str, name: &str) -> &'t str {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map_or("", |(_, value)| value)
}

async fn world() -> World {
    let memory = || "sqlite::memory:".to_owned();
    let config = Config {
        directory: memory(),
        regions: BTreeMap::from([("eu".to_owned(), memory())]),
        mailbox: None,
        connections: 1,
        statement_cache: 0,
    };
    let keys = Keys::derive(&[7; 32], Arc::new(|octets: &mut [u8]| octets.fill(3)));
    let stores = Stores::open(&config, keys, true).await.unwrap();
    let program = domain::program::parse(PROGRAM).unwrap();
    stores.directory.publish(&program, at(BEGIN)).await.unwrap();
    let customer = OrgId::new("eu", "1");
    let tx = stores.region("eu").unwrap().begin().await.unwrap();
    tx.add_organization(&Organization {
        id: customer.clone(),
        name: "Maison Aubépine".to_owned(),
        kind: Kind::Customer(Customer {
            country: "FR".to_owned(),
            zone: "Europe/Paris".to_owned(),
            language: "fr".to_owned(),
            vertical: "media".to_owned(),
            purchased: Vec::new(),
            orders: Vec::new(),
            closed_on: None,
        }),
        created_at: at(BEGIN),
    })
    .await
    .unwrap();
    tx.add_people(&[administrator(&customer)]).await.unwrap();
    let record = TrialRecord {
        trial: trial(&customer),
        texts: BTreeMap::new(),
        version: 1,
    };
    tx.put_trial(&record, "maison aubepine", true).await.unwrap();
    tx.commit().await.unwrap();
    World {
        stores,
        real: Arc::new(AtomicI64::new(at(BEGIN).as_microsecond())),
    }
}

fn administrator(customer: &OrgId) -> Person {
    Person {
        id: PersonId::new("eu", "1"),
        organization: customer.clone(),
        email: "it@aubepine.example".to_owned(),
        name: String::new(),
        language: "fr".to_owned(),
        zone: "Europe/Paris".to_owned(),
        roles: vec![Role::FullAdministrator],
        licenses: Vec::new(),
        signed_in_at: None,
        disabled_at: None,
        theme: String::new(),
        digest: false,
        bounced_at: None,
        service: false,
        created_at: at(BEGIN),
    }
}

fn trial(customer: &OrgId) -> Trial {
    Trial {
        id: TrialId::new("eu", "1"),
        partner: OrgId::new("eu", "2"),
        customer: customer.clone(),
        started_by: PersonId::new("eu", "2"),
        administrator: PersonId::new("eu", "1"),
        origin: Origin::New,
        program_version: 1,
        zone: "Europe/Paris".to_owned(),
        services: vec![TrialService {
            id: "messaging".to_owned(),
            quantity: 100,
            state: ServiceState::Provisioning,
            added_by: AddedBy::Partner,
        }],
        license_quantity: 100,
        duration_days: 30,
        meetings: None,
        devices: None,
        country_review: false,
        consent: None,
        provisioned_at: None,
        extensions: 0,
        extension_asked: None,
        order: None,
        bought_by: None,
        handed_over: None,
        purchase_wanted_on: None,
        reminded_on: None,
        numbers_left_on: None,
        tried: Vec::new(),
        shipments: Vec::new(),
        state: State::Provisioning,
        created_at: at(BEGIN),
    }
}

impl World {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.real.load(Ordering::SeqCst)).unwrap()
    }

    fn wait(&self, time: SignedDuration) {
        let micros = i64::try_from(time.as_micros()).unwrap();
        self.real.fetch_add(micros, Ordering::SeqCst);
    }

    fn region(&self) -> &Region {
        self.stores.region("eu").unwrap()
    }

    fn caller(&self, url: &str, port: HttpPort) -> Caller {
        let real = Arc::clone(&self.real);
        let real = move || Timestamp::from_microsecond(real.load(Ordering::SeqCst)).unwrap();
        let clocks = Clocks {
            rules: Arc::new(|| at("2027-03-01T09:00:00Z")),
            real: Arc::new(real),
            jitter: Arc::new(|| 0.5),
        };
        let endpoint = Endpoint {
            url: url.to_owned(),
            secrets: secrets(),
            answer_within: DAY,
        };
        Caller::new(
            self.stores.clone(),
            port,
            endpoint,
            "https://trials.example".to_owned(),
            clocks,
        )
    }

    fn open(&self, outside: &Outside) -> Caller {
        self.caller(&outside.url, HttpPort::new(true, None))
    }

    async fn ask(&self, act: Act) -> ProvisioningId {
        self.ask_for("messaging", act).await
    }

    async fn ask_for(&self, service: &str, act: Act) -> ProvisioningId {
        let id = ProvisioningId::new("eu", &format!("{service}{}", act.as_str()));
        let order = ProvisioningOrder {
            id: id.clone(),
            trial: TrialId::new("eu", "1"),
            customer: OrgId::new("eu", "1"),
            service: service.to_owned(),
            act,
            state: ProvisioningOrderState::Open,
            asked_at: self.now(),
            attempts: 0,
            misses: 0,
            taken: 0,
            called_at: None,
            heard: None,
            next_at: self.now(),
            late_at: self.now() + DAY,
            answered_at: None,
            answered_by: None,
            by_hand: false,
            reason: None,
            version: 1,
        };
        let tx = self.region().begin().await.unwrap();
        tx.ask(&order.customer, std::slice::from_ref(&order)).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn order(&self, id: &ProvisioningId) -> ProvisioningOrder {
        self.region().read().provisioning_order(id).await.unwrap().unwrap()
    }
}

fn secrets() -> Vec<Secret> {
    vec![Secret::new([1; 32]), Secret::new([2; 32])]
}

#[tokio::test]
async fn prov_2_a_call_is_signed_with_each_secret_and_says_what_is_needed() {
    let (world, outside) = (world().await, Outside::saying("204 Taken").await);
    let id = world.ask(Act::Provision).await;
    let caller = world.open(&outside);
    caller.run_once().await;
    caller.run_once().await;
    let heard = outside.heard();
    let [call] = heard.as_slice() else { panic!("{heard:?}") };
    let (head, body) = call.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /orders HTTP/1.1\r\n"), "{head}");
    let seconds = at(BEGIN).as_second().to_string();
    assert_eq!(
        (header(head, "webhook-id"), header(head, "webhook-timestamp")),
        (id.as_str(), &*seconds)
    );
    let both: Vec<String> = secrets()
        .iter()
        .map(|secret| signature(secret, id.as_str(), &seconds, body.as_bytes()))
        .collect();
    assert_eq!(
        header(head, "webhook-signature"),
        both.join(" "),
        "two while one takes the other's place"
    );
    let said: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(said["source"], "https://trials.example");
    assert_eq!(said["data"]["administrator"]["email"], "it@aubepine.example");
    assert_eq!(said["data"]["customer"]["name"], "Maison Aubépine");
    // What takes a service away names nobody.
    world.ask(Act::Withdraw).await;
    caller.run_once().await;
    let heard = outside.heard();
    assert!(
        heard[1].contains("foretaste.provisioning.withdraw") && !heard[1].contains("it@aubepine"),
        "{}",
        heard[1]
    );
}

#[tokio::test]
async fn prov_2_what_is_never_answered_is_asked_again_and_stuck() {
    let (world, outside) = (world().await, Outside::saying("202 Taken").await);
    let id = world.ask(Act::Provision).await;
    let caller = world.open(&outside);
    caller.run_once().await;
    let order = world.order(&id).await;
    assert_eq!(
        (order.attempts, order.misses, order.heard.as_deref()),
        (1, 0, Some("taken"))
    );
    assert_eq!(order.next_at, world.now() + DAY);
    assert!(!order.is_stuck(world.now()));
    world.wait(DAY - SignedDuration::from_secs(1));
    caller.run_once().await;
    assert_eq!(outside.heard().len(), 1, "not before the answer is due");
    for (days, calls) in [(1, 2), (2, 3), (4, 4), (8, 5), (8, 6)] {
        world.wait(DAY.saturating_mul(days));
        assert!(world.order(&id).await.is_stuck(world.now()), "PROV-2: shown as stuck");
        caller.run_once().await;
        assert_eq!(outside.heard().len(), calls, "PROV-2: asked again, with growing pauses");
    }
    let ids: std::collections::BTreeSet<String> = outside
        .heard()
        .iter()
        .map(|call| header(call, "webhook-id").to_owned())
        .collect();
    assert_eq!(ids.len(), 1, "PROV-2: one identity");
}

#[tokio::test]
async fn prov_2_the_pause_after_a_call_that_was_taken_counts_only_such_calls() {
    let (world, refusing) = (world().await, Outside::saying("500 No").await);
    let id = world.ask(Act::Provision).await;
    for _ in 0..3 {
        world.open(&refusing).run_once().await;
        world.wait(DAY);
    }
    let outside = Outside::saying("202 Taken").await;
    let caller = world.open(&outside);
    for (days, taken) in [(1, 1), (2, 2), (4, 3)] {
        caller.run_once().await;
        let order = world.order(&id).await;
        let pause = order.next_at.duration_since(world.now());
        assert_eq!((pause, order.taken), (DAY.saturating_mul(days), taken));
        world.wait(pause);
    }
}

#[tokio::test]
async fn prov_2_a_server_that_stops_finishes_its_calls_and_begins_no_more() {
    let (world, outside) = (world().await, Outside::saying("202 Taken").await);
    for number in 0..40 {
        world.ask_for(&format!("service{number}"), Act::Provision).await;
    }
    let caller = Arc::new(world.open(&outside));
    caller.run(std::future::pending::<()>, std::future::ready(())).await;
    let heard = outside.heard().len();
    assert!(heard <= 8, "one batch at most: {heard}");
    let open = world
        .region()
        .claim_provisioning_orders(world.now(), DAY, 100)
        .await
        .unwrap();
    assert_eq!(open.len() + heard, 40, "the rest waits, and nothing is in hand");
}

#[tokio::test]
async fn prov_2_what_nobody_takes_is_tried_for_three_days_and_then_up_to_people() {
    let (world, outside) = (world().await, Outside::saying("500 No").await);
    let id = world.ask(Act::Provision).await;
    let caller = world.open(&outside);
    let mut last = SignedDuration::ZERO;
    for miss in 1..MISSED_CALLS {
        caller.run_once().await;
        let order = world.order(&id).await;
        assert_eq!((order.state, order.attempts), (ProvisioningOrderState::Open, miss));
        assert_eq!(order.is_stuck(world.now()), miss >= 3 || world.now() >= order.late_at);
        let pause = order.next_at.duration_since(world.now());
        assert!(
            pause >= last && pause <= SignedDuration::from_hours(1),
            "{miss}: {pause}"
        );
        last = pause;
        world.wait(pause);
    }
    let passed = world.now().duration_since(at(BEGIN));
    assert!((64..=76).contains(&passed.as_hours()), "{passed}");
    caller.run_once().await;
    let order = world.order(&id).await;
    assert_eq!(
        (order.state, order.heard.as_deref()),
        (ProvisioningOrderState::Manual, Some("refused"))
    );
    world.wait(DAY);
    caller.run_once().await;
    assert_eq!(outside.heard().len() as u32, MISSED_CALLS, "not asked any more");
}

#[tokio::test]
async fn prov_2_who_is_gone_is_not_asked_again() {
    let (world, outside) = (world().await, Outside::saying("410 Gone").await);
    let id = world.ask(Act::Suspend).await;
    world.open(&outside).run_once().await;
    let order = world.order(&id).await;
    assert_eq!(
        (order.state, order.heard.as_deref()),
        (ProvisioningOrderState::Manual, Some("gone"))
    );
}

#[tokio::test]
async fn sec_3_no_call_leads_inside_or_elsewhere() {
    let world = world().await;
    let inside = Outside::saying("204 Taken").await;
    let id = world.ask(Act::Provision).await;
    // By number, by name, and by a redirect.
    for url in [
        inside.url.replace("http:", "https:"),
        inside.url.replace("http://127.0.0.1", "https://localhost"),
    ] {
        world.caller(&url, HttpPort::new(false, None)).run_once().await;
        assert_eq!(
            world.order(&id).await.heard.as_deref(),
            Some("private_address"),
            "SEC-3: {url}"
        );
        world.wait(SignedDuration::from_hours(1));
    }
    world.caller(&inside.url, HttpPort::new(false, None)).run_once().await;
    assert_eq!(
        world.order(&id).await.heard.as_deref(),
        Some("unreachable"),
        "SEC-3: only https"
    );
    world.wait(SignedDuration::from_hours(1));
    let redirect = format!(
        "HTTP/1.1 307 There\r\nlocation: {}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        inside.url
    );
    let outside = Outside::new(&redirect).await;
    world.open(&outside).run_once().await;
    assert_eq!(
        world.order(&id).await.heard.as_deref(),
        Some("refused"),
        "SEC-3: a redirect is no answer"
    );
    assert_eq!(
        (outside.heard().len(), inside.heard().len()),
        (1, 0),
        "SEC-3: nobody came"
    );
}

#[tokio::test]
async fn prov_2_killed_between_call_and_record_it_is_called_again_under_the_same_id() {
    let (world, outside) = (world().await, Outside::saying("204 Taken").await);
    let id = world.ask(Act::Provision).await;
    let lease = SignedDuration::from_secs(60);
    // One server takes it, calls, and dies.
    let dead = world
        .region()
        .claim_provisioning_orders(world.now(), lease, 8)
        .await
        .unwrap();
    let caller = world.open(&outside);
    caller.run_once().await;
    assert_eq!(outside.heard().len(), 0, "in another hand");
    world.wait(lease);
    caller.run_once().await;
    let heard = outside.heard();
    assert_eq!((heard.len(), header(&heard[0], "webhook-id")), (1, id.as_str()));
    let known = world.order(&id).await;
    let late = Heard::GivenUp("gone");
    world
        .region()
        .finish_provisioning_order(&dead[0], world.now(), &late)
        .await
        .unwrap();
    assert_eq!(
        world.order(&id).await,
        known,
        "what the dead one says late changes nothing"
    );
}
