//! An order in one region that becomes something in another: killed at any write between the two, it becomes one thing,
//! once (CONV-4, REL-2).

use crate::{
    killer::{Killer, copy},
    support::{asks, open_in, someone},
};
use app::{
    Actor, App, Command, Error, Guard, IdemRequest,
    order::{NewOrganization, PlaceOrder, SetUp, SetUpView},
};
use domain::{
    ids::{OrderId, OrgId},
    order::{ContactRole, OrderState},
    organization::{Kind, Organization, Partner},
    person::Role,
    trial::CustomerInput,
};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use store::probe::Probe;
use tempfile::TempDir;

const REGIONS: [&str; 2] = ["eu", "us"];
/// What is ordered.
const MANY: u32 = 40;

/// What the order becomes.
#[derive(Clone, Copy, Debug)]
enum Becomes {
    /// A trial that is converted.
    Trial,
    /// A customer that has bought more.
    Customer,
    /// An organization that there was not.
    New,
}

/// An open order in Europe, and what it is to become in America, on files.
struct Given {
    folder: TempDir,
    clock: Arc<AtomicI64>,
    order: OrderId,
    becomes: Becomes,
}

async fn anna(app: &App) -> Actor {
    let person = app.find_people("anna@aube.example").await.unwrap().remove(0);
    let region = app.stores.region("eu").unwrap();
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

async fn given(becomes: Becomes) -> Given {
    let folder = tempfile::tempdir().unwrap();
    let begin: Timestamp = "2027-02-01T10:00:00Z".parse().unwrap();
    let clock = Arc::new(AtomicI64::new(begin.as_microsecond()));
    let alive: Arc<dyn Probe> = Killer::after(i64::MAX);
    let app = open_in(&REGIONS, folder.path(), &clock, 1, &alive).await;
    let partner = Kind::Partner(Partner {
        tier: 1,
        distributor: None,
        certified_until: "2099-01-01T00:00:00Z".parse().ok(),
        allowance: domain::organization::Allowance::default(),
    });
    let seller = [someone("anna@aube.example", Role::SalesFullAdministrator)];
    app.found("eu", "Aube", partner, &seller).await.unwrap();
    let (anna, guard) = (anna(&app).await, Guard::default());
    if !matches!(becomes, Becomes::New) {
        let mut input = asks("it@prairie.example", &["messaging"], None);
        if let Some(customer) = &mut input.customer {
            customer.country = Some("US".to_owned());
        }
        let started = app.start_trial(&anna, &input, &guard).await.unwrap();
        let trial = started.trial.id.unwrap();
        assert_eq!(trial.region(), "us");
        if matches!(becomes, Becomes::Customer) {
            app.execute(&anna, &trial, &Command::Cancel(None), &guard)
                .await
                .unwrap();
        }
    }
    let wish = PlaceOrder {
        services: vec![("messaging".to_owned(), i64::from(MANY))],
        ..PlaceOrder::default()
    };
    let order = app.place_order(&anna, &wish, &guard).await.unwrap().id.unwrap();
    assert_eq!(order.region(), "eu");
    app.tend_directory().await.unwrap();
    app.stores.clone().close().await;
    Given {
        folder,
        clock,
        order,
        becomes,
    }
}

/// CONV-3: the same, as often as it takes, under one key.
async fn set_up(app: &App, given: &Given) -> Result<SetUpView, Error> {
    let text = |text: &str| Some(text.to_owned());
    let create = matches!(given.becomes, Becomes::New).then(|| {
        NewOrganization(CustomerInput {
            name: text("Prairie"),
            vertical: text("media"),
            country: text("US"),
            time_zone: text("America/Chicago"),
            language: text("en"),
            supported_location_acknowledged: Some(true),
            ..CustomerInput::default()
        })
    });
    let wish = SetUp {
        role: Some(ContactRole::PartnerAdministrator),
        trial_admin_email: text("it@prairie.example"),
        customer_confirmed: true,
        create,
        ..SetUp::default()
    };
    let guard = Guard {
        idem: Some(IdemRequest {
            key: "once".to_owned(),
            target: "POST set-up".to_owned(),
            body: Vec::new(),
        }),
        ..Guard::default()
    };
    let anna = anna(app).await;
    app.set_up_order(&anna, &given.order, &wish, &guard).await
}

/// What there is in the end.
#[derive(Debug, PartialEq, Eq)]
struct End {
    customers: usize,
    /// Of all customers, by service.
    bought: Vec<(String, u32)>,
    /// Changes by name, where the order became something.
    recorded: BTreeMap<String, usize>,
    /// Emails by kind.
    letters: BTreeMap<String, usize>,
    open_trials: usize,
}

async fn state(app: &App, given: &Given) -> OrderState {
    let region = app.stores.region("eu").unwrap();
    region.read().order(&given.order).await.unwrap().unwrap().value.state
}

async fn ends(app: &App, given: &Given) -> End {
    let mut end = End {
        customers: 0,
        bought: Vec::new(),
        recorded: BTreeMap::new(),
        letters: BTreeMap::new(),
        open_trials: 0,
    };
    let OrderState::Mapped { to, .. } = state(app, given).await else {
        panic!("CONV-4: {:?}", state(app, given).await)
    };
    assert_eq!(to.customer.region(), "us", "REG-2");
    let mut people = 0;
    for region in app.stores.regions.values() {
        let reads = region.read();
        let customers: Vec<Organization> = reads.organizations_of_kind("customer").await.unwrap();
        end.customers += customers.len();
        for customer in &customers {
            let bought = customer.customer().unwrap().purchased.iter();
            end.bought.extend(bought.map(|one| (one.service.clone(), one.quantity)));
            people += reads.people_of(&customer.id).await.unwrap().len();
            let trials = reads.trials_of(&customer.id).await.unwrap();
            end.open_trials += trials.iter().filter(|one| one.trial.status().is_open()).count();
            count(&mut end, app, &customer.id).await;
        }
        let now = Timestamp::from_microsecond(given.clock.load(Ordering::SeqCst)).unwrap();
        let lease = SignedDuration::from_hours(10_000);
        for one in region.claim_letters(now, lease, 100).await.unwrap() {
            *end.letters.entry(one.letter.kind.as_str().to_owned()).or_default() += 1;
        }
    }
    assert_eq!(people, 1, "one administrator");
    let entry = app.stores.directory.find("email", "it@prairie.example").await.unwrap();
    assert_eq!(
        entry.unwrap().organization,
        to.customer,
        "START-6: the address leads there"
    );
    end
}

async fn count(end: &mut End, app: &App, customer: &OrgId) {
    let region = app.stores.region(customer.region()).unwrap();
    for event in region.read().record_page(customer, None, None, 1_000).await.unwrap() {
        *end.recorded.entry(event.name).or_default() += 1;
    }
}

/// A kill after so many writes of the set-up, a start after it, and the same call once more; how many writes there were.
async fn run(given: &Given, kill: Option<i64>, sweeps_first: bool) -> (End, u64) {
    let folder = tempfile::tempdir().unwrap();
    copy(given.folder.path(), folder.path());
    let killer = Killer::after(i64::MAX);
    let probe: Arc<dyn Probe> = Arc::<Killer>::clone(&killer);
    let app = open_in(&REGIONS, folder.path(), &given.clock, 1 << 40, &probe).await;
    killer.left.store(kill.unwrap_or(i64::MAX), Ordering::SeqCst);
    killer.writes.store(0, Ordering::SeqCst);
    let first = set_up(&app, given).await;
    let writes = killer.writes.load(Ordering::SeqCst);
    app.stores.clone().close().await;
    drop(app);

    // What a dead server reserved is free again after forty seconds.
    given.clock.fetch_add(41_000_000, Ordering::SeqCst);
    let alive: Arc<dyn Probe> = Killer::after(i64::MAX);
    let app = open_in(&REGIONS, folder.path(), &given.clock, 1 << 50, &alive).await;
    if sweeps_first {
        app.housekeeping().await.unwrap();
        let state = state(&app, given).await;
        let settled = matches!(state, OrderState::Open | OrderState::Mapped { .. });
        assert!(settled, "CONV-4: the sweep ends it, killed after {kill:?}: {state:?}");
    }
    let again = set_up(&app, given).await.unwrap();
    if let Ok(first) = first {
        assert_eq!(again, first, "the same key, the same answer");
    }
    app.housekeeping().await.unwrap();
    let end = ends(&app, given).await;
    let flaws = app.verify().await.unwrap().flaws;
    assert!(flaws.is_empty(), "killed after {kill:?} writes: {flaws:?}");
    app.stores.clone().close().await;
    (end, writes)
}

async fn killed_at_every_write(becomes: Becomes) -> End {
    let given = given(becomes).await;
    let (whole, writes) = run(&given, None, false).await;
    assert!(writes > 8, "{becomes:?}: there is something to be killed at: {writes}");
    assert_eq!(whole.customers, 1, "CONV-4: one organization");
    assert_eq!(whole.bought, [("messaging".to_owned(), MANY)], "CONV-5: bought once");
    assert_eq!(whole.open_trials, 0);
    for write in 0..writes {
        let kill = i64::try_from(write).unwrap();
        let (end, _) = run(&given, Some(kill), write % 2 == 0).await;
        assert_eq!(end, whole, "{becomes:?}: killed after {write} writes");
    }
    whole
}

#[tokio::test]
async fn conv_4_a_kill_between_two_regions_converts_a_trial_once() {
    let end = killed_at_every_write(Becomes::Trial).await;
    assert_eq!(end.recorded["converted"], 1, "CONV-5");
}

#[tokio::test]
async fn conv_4_a_kill_between_two_regions_adds_an_order_to_a_customer_once() {
    let end = killed_at_every_write(Becomes::Customer).await;
    assert_eq!(end.recorded["order_bought"], 1, "CANC-2");
}

#[tokio::test]
async fn conv_4_a_kill_between_two_regions_founds_one_organization() {
    let end = killed_at_every_write(Becomes::New).await;
    assert_eq!(end.recorded["organization_founded"], 1, "CONV-4");
}
