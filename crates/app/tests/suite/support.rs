//! A small world: one region, a partner, a stranger, a clock; and a probe for what goes wrong.

use app::{Actor, App, Clock, Error, Settings, found::NewPerson, session::Entrance};
use domain::{
    ids::PersonId,
    organization::{Customer, Kind, Partner},
    person::{Person, Role},
    refusal::Code,
    trial::{CustomerInput, MeetingsInput, Provisioner, StartInput},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::VecDeque,
    path::Path,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
};
use store::{
    Config, Keys, Stores,
    probe::{Answer, Kept, Probe, Step},
    region::outbox::Letter,
};
use tempfile::TempDir;

pub(crate) struct World {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Arc<AtomicI64>,
    pub(crate) line: Arc<Line>,
    folder: TempDir,
}

/// The line to the databases.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// The answer to the next commit in a region is lost.
    pub(crate) loses_commit: AtomicBool,
    /// The next statements in a region that begin so are refused, in this order.
    pub(crate) refuses: Mutex<VecDeque<&'static str>>,
    /// What happens before the next transaction in a region begins.
    pub(crate) meanwhile: Mutex<Meanwhile>,
}

/// What somebody else does.
#[derive(Default)]
pub(crate) struct Meanwhile(pub(crate) Option<Pin<Box<dyn Future<Output = ()> + Send>>>);

impl std::fmt::Debug for Meanwhile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Meanwhile")
    }
}

impl Probe for Line {
    fn before<'a>(&'a self, store: &'a str, step: Step, sql: &'a str) -> Answer<'a, Kept> {
        let mut refuses = self.refuses.lock().unwrap();
        let refused = store == "eu" && refuses.front().is_some_and(|begin| sql.starts_with(begin));
        if refused {
            refuses.pop_front();
        }
        let begins = store == "eu" && step == Step::Begin;
        let meanwhile = begins.then(|| self.meanwhile.lock().unwrap().0.take()).flatten();
        Box::pin(async move {
            if let Some(meanwhile) = meanwhile {
                meanwhile.await;
            }
            match refused {
                true => Err("refused".to_owned()),
                false => Ok(Box::new(()) as Kept),
            }
        })
    }

    fn after<'a>(&'a self, store: &'a str, step: Step, _: &'a str) -> Answer<'a, ()> {
        let lost = store == "eu" && step == Step::Commit && self.loses_commit.swap(false, Ordering::SeqCst);
        Box::pin(async move {
            match lost {
                true => Err("the connection was lost".to_owned()),
                false => Ok(()),
            }
        })
    }
}

/// The password of everybody who has one.
pub(crate) const PASSWORD: &str = "a rope that holds";

/// The code of a refusal.
pub(crate) fn code<T: std::fmt::Debug>(answer: Result<T, Error>) -> Code {
    match answer {
        Err(Error::Refused(refusal)) => refusal.errors.first().map_or(refusal.code, |error| error.code),
        other => panic!("not refused: {other:?}"),
    }
}

const PROGRAM: &str = include_str!("../../../../programs/webex-enterprise.toml");

pub(crate) async fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let line = Arc::new(Line::default());
    let probe: Arc<dyn Probe> = Arc::<Line>::clone(&line);
    let begin: Timestamp = "2027-02-01T10:00:00Z".parse().unwrap();
    let clock = Arc::new(AtomicI64::new(begin.as_microsecond()));
    let app = open(folder.path(), &clock, 1, &probe).await;
    let world = World {
        app,
        clock,
        line,
        folder,
    };
    world.found().await;
    world
}

/// The system over the stores that lie in a folder, as after a start: `first` keeps its ids apart from those of others.
pub(crate) async fn open(folder: &Path, clock: &Arc<AtomicI64>, first: u64, probe: &Arc<dyn Probe>) -> Arc<App> {
    open_in(&["eu"], folder, clock, first, probe).await
}

/// The same in these regions.
pub(crate) async fn open_in(
    regions: &[&str],
    folder: &Path,
    clock: &Arc<AtomicI64>,
    first: u64,
    probe: &Arc<dyn Probe>,
) -> Arc<App> {
    let url = |name: &str| format!("sqlite:{}", folder.join(name).display());
    let region = |id: &&str| ((*id).to_owned(), url(&format!("{id}.db")));
    let config = Config {
        directory: url("directory.db"),
        regions: regions.iter().map(region).collect(),
        mailbox: None,
        connections: 1,
        statement_cache: 0,
    };
    let count = AtomicU64::new(first);
    let random: store::Random = Arc::new(move |octets: &mut [u8]| {
        octets.fill(0);
        let end = octets.len();
        octets[end - 8..].copy_from_slice(&count.fetch_add(1, Ordering::SeqCst).to_be_bytes());
    });
    let keys = Keys::derive(&[7; 32], Arc::clone(&random));
    let stores = Stores::open_probed(&config, keys, true, Some(probe)).await.unwrap();
    let hand = Arc::clone(clock);
    let real = Clock::new(Arc::new(move || {
        Timestamp::from_microsecond(hand.load(Ordering::SeqCst)).unwrap()
    }));
    let program = domain::program::parse(PROGRAM).unwrap();
    // A folder that was there before has it already.
    if stores.directory.programs().await.unwrap().is_empty() {
        let now = Timestamp::from_microsecond(clock.load(Ordering::SeqCst)).unwrap();
        stores.directory.publish(&program, now).await.unwrap();
    }
    App::new(stores, real, settings(), random).await.unwrap()
}

fn settings() -> Settings {
    Settings {
        provisioner: Provisioner::Embedded,
        answer_within: app::provisioning::ANSWER_WITHIN,
        test_clock: false,
        shared: false,
        lookups: (30, 100),
        breached_passwords: None,
        public_url: String::new(),
        outgoing: app::Outgoing::closed(),
    }
}

pub(crate) fn someone(email: &str, role: Role) -> NewPerson {
    NewPerson {
        email: email.to_owned(),
        name: "Kim".to_owned(),
        language: "en".to_owned(),
        zone: "Europe/Paris".to_owned(),
        roles: vec![role],
        licenses: Vec::new(),
    }
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

pub(crate) fn asks(email: &str, services: &[&str], site: Option<&str>) -> StartInput {
    let customer = CustomerInput {
        id: None,
        name: text("Maison"),
        admin_email: text(email),
        vertical: text("media"),
        country: text("FR"),
        time_zone: text("Europe/Paris"),
        language: text("fr"),
        supported_location_acknowledged: Some(true),
        expect: None,
    };
    StartInput {
        customer: Some(customer),
        services: Some(services.iter().map(|id| (*id).to_owned()).collect()),
        license_quantity: Some(5),
        duration_days: Some(30),
        meetings: site.map(|site| MeetingsInput {
            site: text(site),
            time_zone: text("Europe/Paris"),
        }),
        devices: None,
    }
}

impl World {
    /// Where the stores lie.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    async fn found(&self) {
        let until = "2099-01-01T00:00:00Z".parse().ok();
        let partner = Kind::Partner(Partner {
            tier: 1,
            distributor: None,
            certified_until: until,
            allowance: domain::organization::Allowance::default(),
        });
        let seller = [someone("anna@aube.example", Role::SalesFullAdministrator)];
        self.app.found("eu", "Aube", partner, &seller).await.unwrap();
        let stranger = Kind::Customer(Customer {
            country: "FR".to_owned(),
            zone: "Europe/Paris".to_owned(),
            language: "fr".to_owned(),
            vertical: "media".to_owned(),
            purchased: Vec::new(),
            orders: Vec::new(),
            closed_on: None,
        });
        let boss = [someone("boss@lumen.example", Role::FullAdministrator)];
        self.app.found("eu", "Lumen", stranger, &boss).await.unwrap();
    }

    pub(crate) fn pass(&self, hours: i64) {
        self.pass_seconds(hours * 3_600);
    }

    pub(crate) fn pass_seconds(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    /// Another server on the same stores.
    pub(crate) async fn another(&self) -> Arc<App> {
        let (hand, count) = (Arc::clone(&self.clock), AtomicU64::new(1 << 40));
        let real = Clock::new(Arc::new(move || {
            Timestamp::from_microsecond(hand.load(Ordering::SeqCst)).unwrap()
        }));
        let random: store::Random = Arc::new(move |octets: &mut [u8]| {
            octets.fill(0);
            let end = octets.len();
            octets[end - 8..].copy_from_slice(&count.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        });
        let stores = self.app.stores.clone();
        App::new(stores, real, self.app.settings().clone(), random)
            .await
            .unwrap()
    }

    /// Somebody at Aube, with a password.
    pub(crate) async fn colleague(&self, email: &str, role: Role) -> PersonId {
        let anna = self.who("anna@aube.example").await;
        let person = someone(email, role);
        let id = self.app.add_person(anna.org(), &person).await.unwrap();
        self.app.set_password(&id, PASSWORD).await.unwrap();
        id
    }

    /// Changes somebody behind the use cases' back.
    pub(crate) async fn change(&self, id: &PersonId, change: impl FnOnce(&mut Person)) {
        let tx = self.app.stores.region("eu").unwrap().begin().await.unwrap();
        let mut found = tx.read().person(id).await.unwrap().unwrap();
        change(&mut found.value);
        tx.put_person(&found).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Signs in with the password of everybody; the session's secret.
    pub(crate) async fn enters(&self, email: &str) -> String {
        match self.app.sign_in(email, PASSWORD, None).await.unwrap() {
            Entrance::In(signed_in) => signed_in.secret,
            Entrance::Code(_) => panic!("a code is owed"),
        }
    }

    /// The letters that wait, the oldest first; they are taken.
    pub(crate) async fn letters(&self) -> Vec<Letter> {
        let region = self.app.stores.region("eu").unwrap();
        let now = Timestamp::from_microsecond(self.clock.load(Ordering::SeqCst)).unwrap();
        let lease = SignedDuration::from_hours(10_000);
        let taken = region.claim_letters(now, lease, 100).await.unwrap();
        taken.into_iter().map(|one| one.letter).collect()
    }

    /// Whatever the region's file holds.
    pub(crate) async fn everything(&self) -> String {
        let mut kept = String::new();
        for name in ["eu.db", "eu.db-wal"] {
            let octets = std::fs::read(self.folder.path().join(name)).unwrap_or_default();
            kept.push_str(&String::from_utf8_lossy(&octets));
        }
        kept
    }

    /// The secret of the door that a letter carries.
    pub(crate) fn door_of(&self, letter: &Letter) -> String {
        let link = letter.link.as_ref().expect("a door");
        format!("eu.{}", self.app.stores.keys.link(link))
    }

    pub(crate) async fn who(&self, email: &str) -> Actor {
        let person = self.app.find_people(email).await.unwrap().remove(0);
        let region = self.app.stores.region("eu").unwrap();
        let organization = region.read().organization(&person.organization).await.unwrap();
        Actor {
            person,
            organization: organization.unwrap().value,
            scopes: app::token::Scopes::all(),
            via: "api",
            request: None,
            from: None,
            language: "en".to_owned(),
            acting: None,
        }
    }
}
