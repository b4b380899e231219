//! What regions tell the directory, and what holds before it was told: found by the simulation (REL-1).

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use app::{Actor, App, Clock, Command, Error, Guard, Settings, request::DetailsInput, setup::NewPerson};
use domain::{
    organization::{Customer, Kind, Partner},
    person::Role,
    refusal::Code,
    trial::{CustomerInput, MeetingsInput, Provisioner, StartInput, Status},
};
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};
use store::{Config, Keys, Stores};
use tempfile::TempDir;

struct World {
    app: Arc<App>,
    clock: Arc<AtomicI64>,
    _folder: TempDir,
}

const PROGRAM: &str = include_str!("../../../programs/webex-enterprise.toml");

async fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let url = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    let config = Config {
        directory: url("directory.db"),
        regions: BTreeMap::from([("eu".to_owned(), url("eu.db"))]),
        mailbox: None,
        connections: 1,
        statement_cache: 0,
    };
    let count = AtomicU64::new(1);
    let random: store::Random = Arc::new(move |octets: &mut [u8]| {
        octets.fill(0);
        let next = count.fetch_add(1, Ordering::SeqCst).to_be_bytes();
        let end = octets.len();
        octets[end - 8..].copy_from_slice(&next);
    });
    let stores = Stores::open(&config, Keys::derive(&[7; 32], Arc::clone(&random)), true)
        .await
        .unwrap();
    let begin: Timestamp = "2027-02-01T10:00:00Z".parse().unwrap();
    let clock = Arc::new(AtomicI64::new(begin.as_microsecond()));
    let program = domain::program::parse(PROGRAM).unwrap();
    stores.directory.publish(&program, begin).await.unwrap();
    let hand = Arc::clone(&clock);
    let real = Clock::new(Arc::new(move || {
        Timestamp::from_microsecond(hand.load(Ordering::SeqCst)).unwrap()
    }));
    let settings = Settings {
        provisioner: Provisioner::Embedded,
        test_clock: false,
        shared: false,
        lookups: (30, 100),
    };
    let app = App::new(stores, real, settings, random).await.unwrap();
    let world = World {
        app,
        clock,
        _folder: folder,
    };
    world.found().await;
    world
}

fn someone(email: &str, role: Role) -> NewPerson {
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

fn asks(email: &str, services: &[&str], site: Option<&str>) -> StartInput {
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
    async fn found(&self) {
        let until = "2099-01-01T00:00:00Z".parse().ok();
        let partner = Kind::Partner(Partner {
            tier: 1,
            distributor: None,
            certified_until: until,
        });
        let seller = [someone("anna@aube.example", Role::SalesFullAdministrator)];
        self.app.found("eu", "Aube", partner, &seller).await.unwrap();
        let stranger = Kind::Customer(Customer {
            country: "FR".to_owned(),
            zone: "Europe/Paris".to_owned(),
            language: "fr".to_owned(),
            vertical: "media".to_owned(),
            purchased: Vec::new(),
            closed_on: None,
        });
        let boss = [someone("boss@lumen.example", Role::FullAdministrator)];
        self.app.found("eu", "Lumen", stranger, &boss).await.unwrap();
    }

    fn pass(&self, hours: i64) {
        self.clock.fetch_add(hours * 3_600_000_000, Ordering::SeqCst);
    }

    async fn who(&self, email: &str) -> Actor {
        let person = self.app.find_people(email).await.unwrap().remove(0);
        let region = self.app.stores.region("eu").unwrap();
        let organization = region.read().organization(&person.organization).await.unwrap();
        Actor {
            person,
            organization: organization.unwrap().value,
            via: "api",
            request: None,
            from: None,
            language: "en".to_owned(),
        }
    }
}

#[tokio::test]
async fn start_5_a_site_that_came_by_a_request_stays_taken_after_conversion() {
    let world = world().await;
    let (anna, boss) = (
        world.who("anna@aube.example").await,
        world.who("boss@lumen.example").await,
    );
    let (app, guard) = (&world.app, Guard::default());
    let input = asks("boss@lumen.example", &["meetings"], Some("alder"));
    let asked = app.start_trial(&anna, &input, &guard).await.unwrap();
    let id = asked.trial.id.unwrap();
    app.accept_request(&boss, &id.request(), true, false, None, &guard)
        .await
        .unwrap();
    let confirmed = app.confirm_details(&anna, &id, &DetailsInput::default(), &guard).await;
    assert_eq!(confirmed.unwrap().trial.trial.status(), Status::Active);
    app.execute(&anna, &id, &Command::Convert, &guard).await.unwrap();
    world.pass(24);
    app.housekeeping().await.unwrap();
    let input = asks("it@new.example", &["meetings"], Some("alder"));
    let refused = app.start_trial(&anna, &input, &guard).await;
    let Err(Error::Refused(refusal)) = refused else {
        panic!("START-5: the site was given away: {refused:?}")
    };
    assert_eq!(refusal.code, Code::SiteNameTaken);
}

#[tokio::test]
async fn exp_4_an_address_is_free_as_soon_as_its_organization_is_closed() {
    let world = world().await;
    let anna = world.who("anna@aube.example").await;
    let (app, guard) = (&world.app, Guard::default());
    let input = asks("it@new.example", &["messaging"], None);
    let first = app.start_trial(&anna, &input, &guard).await.unwrap().trial;
    app.tend_directory().await.unwrap();
    app.execute(&anna, &first.id.unwrap(), &Command::Cancel(None), &guard)
        .await
        .unwrap();
    world.pass(24 * 32);
    app.work().await.unwrap();
    // Nobody has told the directory yet.
    let second = app.start_trial(&anna, &input, &guard).await.unwrap().trial;
    assert_ne!(second.customer_id, first.customer_id, "EXP-4: another organization");
    assert_eq!(second.trial.status(), Status::Active);
    assert!(app.verify().await.unwrap().flaws.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn start_5_of_many_who_want_one_site_at_once_one_gets_it() {
    let world = world().await;
    let anna = Arc::new(world.who("anna@aube.example").await);
    for round in 0..12 {
        let site = format!("alder{round}");
        let mut starts = tokio::task::JoinSet::new();
        for number in 0..8 {
            let (app, anna) = (Arc::clone(&world.app), Arc::clone(&anna));
            let input = asks(&format!("it@n{round}x{number}.example"), &["meetings"], Some(&site));
            starts.spawn(async move {
                app.tend_directory().await.unwrap();
                app.start_trial(&anna, &input, &Guard::default()).await
            });
        }
        let (mut won, mut refused) = (0, 0);
        while let Some(ended) = starts.join_next().await {
            match ended.unwrap() {
                Ok(_) => won += 1,
                Err(Error::Refused(refusal)) if refusal.code == Code::SiteNameTaken => refused += 1,
                Err(error) => panic!("START-5: {error:?}"),
            }
        }
        assert_eq!((won, refused), (1, 7), "START-5: {site}");
        // START-6: so many addresses an hour.
        world.pass(2);
    }
}
