//! The simulated world: stores on files, two nodes, the clock, a vendor, two partners, and customers.

use crate::{
    Plan,
    bug::Bug,
    chance::Chance,
    clock::Clock,
    failure::Failure,
    gate::{Gate, Keeper},
    mail::{Post, Way},
};
use app::{App, Settings, found::NewPerson};
use delivery::{Brand, Clocks, Courier, Templates, Transport};
use domain::{
    ids::{OrgId, PersonId},
    organization::{Customer, Kind, Partner},
    person::Role,
    program::Program,
    trial::Provisioner,
};
use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use store::{Config, Keys, Random, Stores, probe::Probe};
use tempfile::TempDir;

/// One server process.
pub(crate) struct Node {
    pub(crate) app: Arc<App>,
    pub(crate) courier: Arc<Courier>,
}

/// Everything.
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) gate: Arc<Gate>,
    pub(crate) post: Post,
    pub(crate) stores: Stores,
    pub(crate) nodes: Vec<Node>,
    /// Who works at the vendor and at the partners.
    pub(crate) vendor: Vec<PersonId>,
    pub(crate) partners: Vec<(OrgId, Vec<PersonId>)>,
    pub(crate) round: Arc<AtomicU64>,
    mails: AtomicU64,
    random: Random,
    keys: Keys,
    bug: Option<Bug>,
    dir: TempDir,
}

/// How many servers there are.
pub(crate) const NODES: usize = 2;
/// The regions of this world, and what lies beside them.
pub(crate) const REGIONS: [&str; 2] = ["eu", "us"];
const PROGRAM: &str = include_str!("../../../programs/webex-enterprise.toml");
/// When it begins: before a clock change in Europe, and another in America.
const BEGIN: &str = "2027-02-20T07:00:00Z";

pub(crate) fn program() -> Result<Program, Failure> {
    domain::program::parse(PROGRAM).map_err(|found| Failure::of("the program", format!("{found:?}")))
}

fn config(dir: &Path) -> Config {
    let url = |name: &str| format!("sqlite:{}", dir.join(format!("{name}.db")).display());
    Config {
        directory: url("directory"),
        regions: REGIONS.iter().map(|id| ((*id).to_owned(), url(id))).collect(),
        mailbox: None,
        connections: 1,
        statement_cache: 0,
    }
}

/// Files, because a world that is killed and started again has nothing else left; in memory where the system has a place
/// for that, because nobody cuts its power.
pub(crate) fn folder() -> Result<TempDir, Failure> {
    let made = tempfile::Builder::new()
        .prefix("foretaste-simulation-")
        .tempdir_in("/dev/shm");
    made.or_else(|_| tempfile::tempdir())
        .map_err(|error| Failure::of("no temporary folder", error))
}

/// Empty stores, migrated once and copied for every world.
#[derive(Debug)]
pub(crate) struct Ground(TempDir);

impl Ground {
    pub(crate) async fn make() -> Result<Self, Failure> {
        let dir = folder()?;
        let keys = Keys::derive(&[7; 32], port(0));
        Stores::open(&config(dir.path()), keys, true).await?.close().await;
        Ok(Self(dir))
    }

    fn lay_out(&self, dir: &Path) -> Result<(), Failure> {
        for name in REGIONS.iter().copied().chain(["directory"]) {
            let file = format!("{name}.db");
            let copied = std::fs::copy(self.0.path().join(&file), dir.join(&file));
            copied.map_err(|error| Failure::of("stores to begin with", error))?;
        }
        Ok(())
    }
}

pub(crate) fn port(seed: u64) -> Random {
    let chance = Mutex::new(Chance::new(seed));
    Arc::new(move |octets| chance.lock().unwrap_or_else(PoisonError::into_inner).fill(octets))
}

impl World {
    pub(crate) async fn begin(plan: &Plan, ground: &Ground) -> Result<Self, Failure> {
        let dir = folder()?;
        let random = port(plan.seed.wrapping_mul(31).wrapping_add(7));
        let keys = Keys::derive(&[7; 32], Arc::clone(&random));
        ground.lay_out(dir.path())?;
        let begin = BEGIN.parse().map_err(|error| Failure::of("begin", error))?;
        let clock = Clock::new(begin);
        let gate = Gate::new(clock.clone());
        let stores = open(dir.path(), &keys, &gate).await?;
        let mut world = Self {
            clock,
            gate,
            post: Post::default(),
            stores,
            nodes: Vec::new(),
            vendor: Vec::new(),
            partners: Vec::new(),
            round: Arc::default(),
            mails: AtomicU64::new(0),
            random,
            keys,
            bug: plan.bug,
            dir,
        };
        world.stores.directory.publish(&program()?, world.clock.now()).await?;
        for number in 0..NODES {
            let node = world.node(number).await?;
            world.nodes.push(node);
        }
        world.found().await?;
        Ok(world)
    }

    async fn node(&self, number: usize) -> Result<Node, Failure> {
        let settings = Settings {
            provisioner: Provisioner::Embedded,
            answer_within: app::provisioning::ANSWER_WITHIN,
            test_clock: false,
            shared: true,
            lookups: (30, 100),
            breached_passwords: None,
            public_url: String::new(),
            outgoing: app::Outgoing::closed(),
        };
        let clock = app::Clock::new(self.clock.port());
        let app = App::new(self.stores.clone(), clock, settings, Arc::clone(&self.random)).await?;
        let way = Way {
            node: number,
            gate: Arc::clone(&self.gate),
            clock: self.clock.clone(),
            post: self.post.clone(),
            bug: self.bug,
            // No task of a node that was killed comes again.
            count: AtomicU64::new(self.mails.fetch_add(1 << 20, Ordering::SeqCst)),
            round: Arc::clone(&self.round),
        };
        let clocks = Clocks {
            rules: self.clock.port(),
            real: self.clock.port(),
            jitter: Arc::new(|| 0.5),
        };
        let templates = Templates::new(None).map_err(|error| Failure::of("templates", error))?;
        let url = "https://trials.example".to_owned();
        let transport = Transport::Smtp(Arc::new(way));
        let courier = Courier::new(self.stores.clone(), templates, brand(), url, transport, clocks);
        Ok(Node {
            app,
            courier: Arc::new(courier),
        })
    }

    /// A node is started again; what it knew is gone.
    pub(crate) async fn restart(&mut self, number: usize) -> Result<(), Failure> {
        self.nodes[number] = self.node(number).await?;
        Ok(())
    }

    /// Everything is started again, on what lies in the files.
    pub(crate) async fn restart_all(&mut self) -> Result<(), Failure> {
        self.nodes.clear();
        self.stores.clone().close().await;
        self.stores = open(self.dir.path(), &self.keys, &self.gate).await?;
        for number in 0..NODES {
            let node = self.node(number).await?;
            self.nodes.push(node);
        }
        Ok(())
    }

    async fn found(&mut self) -> Result<(), Failure> {
        let app = Arc::clone(&self.nodes[0].app);
        let vendor = [
            someone("team@vendor.example", Role::TrialsTeam),
            someone("admin@vendor.example", Role::VendorAdministrator),
            someone("desk@vendor.example", Role::OrderDesk),
        ];
        self.vendor = app.found("us", "Vendor", Kind::Vendor, &vendor).await?.1;
        for (region, name) in [("eu", "aube"), ("us", "bright")] {
            let kind = Kind::Partner(Partner {
                tier: 1,
                distributor: None,
                certified_until: "2099-01-01T00:00:00Z".parse().ok(),
                allowance: domain::organization::Allowance::default(),
            });
            let at = |local: &str, role| someone(&format!("{local}@{name}.example"), role);
            let people = [
                at("full", Role::SalesFullAdministrator),
                at("sales", Role::SalesAdministrator),
            ];
            self.partners.push(app.found(region, name, kind, &people).await?);
        }
        for (region, name, country, zone) in STRANGERS {
            let kind = Kind::Customer(Customer {
                country: country.to_owned(),
                zone: zone.to_owned(),
                language: "en".to_owned(),
                vertical: "media".to_owned(),
                purchased: Vec::new(),
                orders: Vec::new(),
                closed_on: None,
            });
            let at = |local: &str, role| someone(&format!("{local}@{name}.example"), role);
            let people = [
                at("full", Role::FullAdministrator),
                at("second", Role::FullAdministrator),
                at("user", Role::User),
            ];
            app.found(region, name, kind, &people).await?;
        }
        Ok(())
    }
}

/// Customers without partner.
pub(crate) const STRANGERS: [(&str, &str, &str, &str); 3] = [
    ("eu", "lumen", "FR", "Europe/Paris"),
    ("us", "santos", "BR", "America/Sao_Paulo"),
    ("eu", "cedre", "LB", "Asia/Beirut"),
];

async fn open(dir: &Path, keys: &Keys, gate: &Arc<Gate>) -> Result<Stores, Failure> {
    let keeper: Arc<dyn Probe> = Arc::new(Keeper(Arc::clone(gate)));
    Ok(Stores::open_probed(&config(dir), keys.clone(), false, Some(&keeper)).await?)
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

pub(crate) fn brand() -> Brand {
    Brand {
        vendor_name: "Vela".to_owned(),
        support_url: None,
        legal_url: None,
        agreement_url: None,
        free_plan_url: None,
        colour: "#1f5fbf".to_owned(),
        from: "Vela Trials <trials@vela.example>".to_owned(),
    }
}

/// What is in the stores at one moment, read past the gate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sight {
    pub(crate) trials: Vec<store::region::trial::TrialRecord>,
    pub(crate) people: BTreeMap<OrgId, Vec<domain::person::Person>>,
    pub(crate) customers: Vec<domain::organization::Organization>,
    /// EXP-4: of those that are closed.
    pub(crate) closings: Vec<store::region::closing::Closing>,
    pub(crate) approvals: Vec<store::region::approval::Approval>,
    pub(crate) holds: Vec<store::region::hold::Hold>,
    pub(crate) orders: Vec<domain::order::Order>,
}

impl World {
    pub(crate) async fn look(&self) -> Result<Sight, Failure> {
        let mut sight = Sight::default();
        for region in self.stores.regions.values() {
            let reads = region.read();
            sight.trials.extend(reads.trials_after("", 10_000).await?);
            for customer in reads.organizations_of_kind("customer").await? {
                let people = reads.people_of(&customer.id).await?;
                sight.people.insert(customer.id.clone(), people);
                sight.closings.extend(reads.closing(&customer.id).await?);
                sight.customers.push(customer);
            }
            sight.approvals.extend(reads.approvals("pending", None).await?);
            sight.holds.extend(reads.holds().await?);
            let all = store::region::order::OrderQuery {
                of: store::region::order::OrdersOf::Everybody,
                state: None,
                trial: None,
                customer: None,
                after: None,
                limit: 10_000,
            };
            let orders = reads.orders(&all).await?.into_iter().map(|found| found.value);
            sight.orders.extend(orders);
        }
        Ok(sight)
    }
}
