//! The application without a server, on stores of its own, with a clock that stands where it is put.

use crate::{Done, target::Place};
use app::{Actor, App, Clock, Guard, Settings, found::NewPerson};
use domain::{
    organization::{Kind, Partner},
    person::Role,
    program::parse,
    trial::{CustomerInput, Provisioner, StartInput},
};
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use store::{Config, Keys, Stores};

pub(crate) struct World {
    pub(crate) app: Arc<App>,
    seller: Actor,
    clock: Arc<AtomicI64>,
}

#[expect(clippy::disallowed_methods, reason = "the port of randomness")]
fn randomness(octets: &mut [u8]) {
    // Without it there is nothing to measure.
    if getrandom::fill(octets).is_err() {
        std::process::abort();
    }
}

/// Whom a trial was started for.
pub(crate) struct Started {
    pub(crate) customer: String,
    pub(crate) trial: String,
    pub(crate) name: String,
}

impl World {
    pub(crate) async fn new(place: &Place, at: Timestamp) -> Done<Self> {
        let random: store::Random = Arc::new(randomness);
        if place.url("eu").starts_with("sqlite") {
            std::fs::create_dir_all(place.folder().join("stores/regions"))?;
        }
        let plain = |store: &str| place.url(store).replace("?mode=rwc", "");
        let config = Config {
            directory: plain("directory"),
            regions: BTreeMap::from([("eu".to_owned(), plain("eu"))]),
            mailbox: None,
            connections: 8,
            statement_cache: 100,
        };
        let stores = Stores::open(&config, Keys::derive(&[7; 32], random.clone()), true).await?;
        let clock = Arc::new(AtomicI64::new(at.as_microsecond()));
        let stands = Arc::clone(&clock);
        let now = Clock::new(Arc::new(move || {
            Timestamp::from_microsecond(stands.load(Ordering::SeqCst)).unwrap_or(Timestamp::MAX)
        }));
        let settings = Settings {
            provisioner: Provisioner::Embedded,
            answer_within: app::provisioning::ANSWER_WITHIN,
            test_clock: false,
            shared: false,
            lookups: (1_000_000, 1_000_000),
            breached_passwords: None,
            public_url: String::new(),
            outgoing: app::Outgoing::closed(),
        };
        let app = App::new(stores, now, settings, random).await?;
        let program = parse(include_str!("../../../programs/webex-enterprise.toml"));
        app.publish(&program.map_err(|_| "the shipped program is not in order")?)
            .await?;
        let vendor = person("team@vela.example", Role::TrialsTeam);
        app.found("eu", "Vela", Kind::Vendor, &[vendor]).await?;
        let partner = Kind::Partner(Partner {
            tier: 1,
            distributor: None,
            certified_until: Some("2040-01-01T00:00:00Z".parse()?),
            allowance: domain::organization::Allowance::default(),
        });
        let people = [person("sales@cordage.example", Role::SalesFullAdministrator)];
        let (organization, people) = app.found("eu", "Cordage", partner, &people).await?;
        let region = app.stores.region("eu").ok_or("no store")?.read();
        let found = people.first().ok_or("nobody")?;
        let seller = Actor {
            person: region.person(found).await?.ok_or("no seller")?.value,
            organization: region.organization(&organization).await?.ok_or("no partner")?.value,
            scopes: app::token::Scopes::all(),
            via: "api",
            request: None,
            from: None,
            language: "en".to_owned(),
            acting: None,
        };
        Ok(Self { app, seller, clock })
    }

    /// Puts the clock somewhere else.
    pub(crate) fn at(&self, at: Timestamp) {
        self.clock.store(at.as_microsecond(), Ordering::SeqCst);
    }

    /// Starts a trial of two services for a new customer.
    pub(crate) async fn start(&self, name: &str) -> Done<Started> {
        let text = |text: &str| Some(text.to_owned());
        let input = StartInput {
            customer: Some(CustomerInput {
                name: text(name),
                admin_email: Some(format!("it@{name}.example")),
                vertical: text("technology"),
                country: text("FR"),
                supported_location_acknowledged: Some(true),
                ..CustomerInput::default()
            }),
            services: Some(vec!["messaging".to_owned(), "calling".to_owned()]),
            ..StartInput::default()
        };
        let started = self
            .app
            .start_trial(&self.seller, &input, &Guard::default())
            .await?
            .trial;
        Ok(Started {
            customer: started.customer_id.map(|id| id.0).unwrap_or_default(),
            trial: started.id.map(|id| id.0).unwrap_or_default(),
            name: name.to_owned(),
        })
    }
}

fn person(email: &str, role: Role) -> NewPerson {
    NewPerson {
        email: email.to_owned(),
        name: "Ada Lovelace".to_owned(),
        language: "en".to_owned(),
        zone: "Europe/Paris".to_owned(),
        roles: vec![role],
        licenses: Vec::new(),
    }
}
