//! Whole lives, counted: so many trials start, and nobody does anything until the last number is released. Everything
//! happens exactly as often as the plan says; and how fast that goes (PERF-7).

use crate::{
    clock::Clock,
    failure::Failure,
    world::{program, someone},
};
use app::{
    Actor, App, Guard, Settings,
    found::NewPerson,
    simulate::{Simulation, simulate},
    worker::Counts,
};
use delivery::{Carried, Carrier, Clocks, Courier, Outgoing, Templates, Transport};
use domain::{
    organization::{Kind, Partner},
    person::Role,
    trial::{CustomerInput, MilestoneKind, Provisioner, StartInput},
};
use jiff::SignedDuration;
use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use store::{Config, Keys, Stores};

/// What was counted, and how long it took.
#[derive(Clone, Debug, Default)]
pub struct Lives {
    /// How many trials.
    pub trials: u64,
    /// Milestones that a worker did, by kind.
    pub milestones: BTreeMap<&'static str, u64>,
    /// Emails, by kind.
    pub mails: BTreeMap<String, u64>,
    /// Trials at the end, by status.
    pub statuses: BTreeMap<&'static str, u64>,
    /// What is not as it should be.
    pub flaws: Vec<String>,
    /// For the starts, for everything after them, and for the plan alone.
    pub took: [Duration; 3],
    /// Years that the lives last, by the plan.
    pub years: f64,
}

/// A mail server that counts.
#[derive(Debug, Default)]
struct Counter(Mutex<BTreeMap<String, u64>>);

impl Carrier for Counter {
    fn carry<'a>(&'a self, outgoing: &'a Outgoing) -> Carried<'a> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry(outgoing.kind.clone()).or_default() += 1;
        Box::pin(std::future::ready(Ok(())))
    }

    fn timeout(&self) -> Duration {
        Duration::from_secs(30)
    }
}

/// A life, and then some: the longest ends after 30 days, 30 of grace, and 15 of rest.
const HALF_DAYS: u32 = 2 * 78;

struct Stage {
    app: Arc<App>,
    courier: Courier,
    clock: Clock,
    counter: Arc<Counter>,
    seller: Actor,
}

async fn stage(folder: &Path) -> Result<Stage, Failure> {
    let url = |name: &str| format!("sqlite:{}", folder.join(format!("{name}.db")).display());
    let config = Config {
        directory: url("directory"),
        regions: BTreeMap::from([("eu".to_owned(), url("eu"))]),
        mailbox: None,
        connections: 1,
        statement_cache: 0,
    };
    let random = crate::world::port(1);
    let keys = Keys::derive(&[7; 32], Arc::clone(&random));
    let stores = Stores::open(&config, keys, true).await?;
    let begin = "2027-02-01T10:00:00Z".parse();
    let clock = Clock::new(begin.map_err(|error| Failure::of("begin", error))?);
    stores.directory.publish(&program()?, clock.now()).await?;
    let settings = Settings {
        provisioner: Provisioner::Embedded,
        answer_within: app::provisioning::ANSWER_WITHIN,
        test_clock: false,
        shared: false,
        lookups: (30, 100),
        breached_passwords: None,
        public_url: String::new(),
        outgoing: app::Outgoing::closed(),
    };
    let app = App::new(stores.clone(), app::Clock::new(clock.port()), settings, random).await?;
    let kind = Kind::Partner(Partner {
        tier: 1,
        distributor: None,
        certified_until: "2099-01-01T00:00:00Z".parse().ok(),
        allowance: domain::organization::Allowance::default(),
    });
    let people: [NewPerson; 1] = [someone("full@aube.example", Role::SalesFullAdministrator)];
    app.found("eu", "Aube", kind, &people).await?;
    let seller = seller(&app).await?;
    let counter = Arc::new(Counter::default());
    let clocks = Clocks {
        rules: clock.port(),
        real: clock.port(),
        jitter: Arc::new(|| 0.5),
    };
    let templates = Templates::new(None).map_err(|error| Failure::of("templates", error))?;
    let transport = Transport::Smtp(Arc::clone(&counter) as Arc<dyn Carrier>);
    let url = "https://trials.example".to_owned();
    let courier = Courier::new(stores, templates, crate::world::brand(), url, transport, clocks);
    Ok(Stage {
        app,
        courier,
        clock,
        counter,
        seller,
    })
}

async fn seller(app: &App) -> Result<Actor, Failure> {
    let missing = || Failure::of("the stage", "nobody sells");
    let person = app
        .find_people("full@aube.example")
        .await?
        .into_iter()
        .next()
        .ok_or_else(missing)?;
    let region = app.stores.region("eu").ok_or_else(missing)?;
    let organization = region
        .read()
        .organization(&person.organization)
        .await?
        .ok_or_else(missing)?;
    Ok(Actor {
        person,
        organization: organization.value,
        scopes: app::token::Scopes::all(),
        via: "api",
        request: None,
        from: None,
        language: "en".to_owned(),
        acting: None,
    })
}

fn input(number: u64) -> StartInput {
    let text = |text: &str| Some(text.to_owned());
    let customer = CustomerInput {
        id: None,
        name: Some(format!("Customer {number}")),
        admin_email: Some(format!("admin@c{number}.example")),
        vertical: text("media"),
        country: text("FR"),
        time_zone: text("Europe/Paris"),
        language: text("en"),
        supported_location_acknowledged: Some(true),
        expect: text("new"),
    };
    let services = if number.is_multiple_of(2) {
        ["messaging"]
    } else {
        ["calling"]
    };
    StartInput {
        customer: Some(customer),
        services: Some(services.iter().map(|id| (*id).to_owned()).collect()),
        license_quantity: Some(50),
        duration_days: Some(30),
        meetings: None,
        devices: None,
    }
}

/// Plays them, on SQLite in a folder.
pub(crate) async fn play(count: u64, folder: &Path) -> Result<Lives, Failure> {
    let stage = stage(folder).await?;
    let mut lives = Lives {
        trials: count,
        ..Lives::default()
    };
    let begin = Instant::now();
    for number in 0..count {
        stage
            .app
            .start_trial(&stage.seller, &input(number), &Guard::default())
            .await?;
    }
    lives.took[0] = begin.elapsed();
    let begin = Instant::now();
    let mut done = Counts::new();
    for half in 0..HALF_DAYS {
        for (kind, number) in stage.app.work().await? {
            *done.entry(kind).or_default() += number;
        }
        stage.courier.run_once().await;
        // So often is enough for what nobody waits for.
        if half % 10 == 9 {
            stage.app.housekeeping().await?;
        }
        stage.clock.jump(SignedDuration::from_hours(12));
    }
    stage.app.carry_closings().await?;
    lives.took[1] = begin.elapsed();
    lives.milestones = done;
    lives.mails = stage.counter.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    count_at_the_end(&stage, &mut lives).await?;
    stage.app.stores.clone().close().await;
    Ok(lives)
}

async fn count_at_the_end(stage: &Stage, lives: &mut Lives) -> Result<(), Failure> {
    for region in stage.app.stores.regions.values() {
        for status in domain::trial::Status::ALL {
            let number = region.read().count_trials(Some(status)).await?;
            *lives.statuses.entry(status.as_str()).or_default() += number;
        }
        if let Some(due) = region.read().next_due(false).await? {
            lives.flaws.push(format!("something is planned for {due} still"));
        }
        let open = region.read().organizations_of_kind("customer").await?;
        let named = open.iter().filter(|customer| !customer.name.is_empty()).count();
        if named > 0 {
            lives.flaws.push(format!("{named} customers have a name still"));
        }
    }
    lives.flaws.extend(stage.app.verify().await?.flaws);
    Ok(())
}

/// The same lives by the plan alone.
pub(crate) fn plan_alone(count: u64, lives: &mut Lives) -> Result<(), Failure> {
    let program = program()?;
    let what = |service: &str| Simulation {
        starts_on: jiff::civil::date(2027, 2, 1),
        starts_at: jiff::civil::time(10, 0, 0, 0),
        zone: "Europe/Paris".to_owned(),
        services: vec![service.to_owned()],
        days: Some(30),
    };
    let begin = Instant::now();
    let mut days = 0;
    for number in 0..count {
        let service = if number.is_multiple_of(2) {
            "messaging"
        } else {
            "calling"
        };
        let (_, steps) = simulate(&what(service), &program)?;
        if let (Some(first), Some(last)) = (steps.first(), steps.last()) {
            days += i64::from((last.on - first.on).get_days());
        }
    }
    lives.took[2] = begin.elapsed();
    lives.years = days as f64 / 365.25;
    Ok(())
}

impl Lives {
    /// What should have been counted: every life is the same, but that only calling has numbers.
    pub fn expected(count: u64) -> (BTreeMap<&'static str, u64>, BTreeMap<String, u64>) {
        let calling = count / 2;
        let milestones = [
            (MilestoneKind::ExpiryReminder, count),
            (MilestoneKind::ExpiryNotice, count),
            (MilestoneKind::Expires, count),
            (MilestoneKind::Removed, count),
            (MilestoneKind::AccessEndedNotice, count),
            (MilestoneKind::NumbersReleased, calling),
        ];
        // To the customer's one administrator, and to the partner's.
        let mails = [
            ("welcome", count),
            ("expiry_reminder", 2 * count),
            ("expiry_notice", 2 * count),
            ("access_ended", count),
        ];
        (
            milestones
                .into_iter()
                .map(|(kind, number)| (kind.as_str(), number))
                .collect(),
            mails
                .into_iter()
                .map(|(kind, number)| (kind.to_owned(), number))
                .collect(),
        )
    }

    /// Whether everything was there, once.
    ///
    /// # Errors
    /// What was not.
    pub fn check(&self) -> Result<(), Failure> {
        let (milestones, mails) = Self::expected(self.trials);
        let wrong = |what: String| Err(Failure::of("every life is lived once", what));
        if self.milestones != milestones {
            return wrong(format!("{:?} instead of {milestones:?}", self.milestones));
        }
        if self.mails != mails {
            return wrong(format!("{:?} instead of {mails:?}", self.mails));
        }
        if self.statuses.get("removed") != Some(&self.trials) {
            return wrong(format!("{:?}", self.statuses));
        }
        match self.flaws.first() {
            Some(flaw) => wrong(flaw.clone()),
            None => Ok(()),
        }
    }
}
