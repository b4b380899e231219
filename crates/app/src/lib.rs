//! Use cases: who, may they, load, decide, save. People, API clients and the passing of time issue the same commands
//! and go the same way; there is no second way to change a trial.

mod access;
pub mod access_request;
pub mod account;
mod act;
pub mod acting;
pub mod actor;
pub mod allowance;
pub mod approval;
mod audience;
pub mod audit;
mod breached;
mod clock;
pub mod customer;
mod device;
mod digest;
mod directory;
pub mod door;
pub mod draft;
pub mod eligibility;
mod error;
pub mod exception;
mod export;
pub mod found;
pub mod handover;
pub mod hold;
mod idempotency;
pub mod job;
mod load;
mod log;
mod lookup;
pub mod notification;
pub mod one_time_code;
pub mod order;
mod outgoing;
mod page;
pub mod partner;
pub mod passkey;
mod password;
pub mod people;
pub mod policy;
pub mod profile;
pub mod program;
mod proof;
pub mod provisioning;
pub mod request;
mod save;
pub mod session;
pub mod setup;
pub mod shipment;
pub mod simulate;
pub mod single_sign_on;
pub mod task;
mod tell;
pub mod test_clock;
pub mod token;
pub mod trial;
pub mod usage;
pub mod user;
pub mod verify;
pub mod view;
pub mod worker;

pub use access::AccessChange;
pub use act::{Command, Guard};
pub use actor::Actor;
pub use clock::{Clock, RealClock};
pub use error::Error;
pub use idempotency::IdemRequest;
pub use openidconnect::{HttpRequest, HttpResponse};
pub use outgoing::{Answering, Outgoing, Unanswered};
pub use page::{Page, PageRequest, Place};
pub use proof::Provable;

use domain::{ids::OrgId, program::Program, trial::Provisioner};
use jiff::SignedDuration;
use std::{
    collections::{BTreeMap, HashSet},
    sync::{Arc, Mutex, RwLock},
};
use store::{Random, Stores};
use tokio::sync::Notify;

/// How an installation behaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// PROV-2.
    pub provisioner: Provisioner,
    /// PROV-2: after so long an answer is overdue.
    pub answer_within: SignedDuration,
    /// TIME-4: whether there is a test clock.
    pub test_clock: bool,
    /// Whether several processes share the stores.
    pub shared: bool,
    /// Limits of START-6: different addresses an hour for a person, and for a partner.
    pub lookups: (usize, usize),
    /// The operator's own list of breached passwords: SHA-1 digests in their order, `HASH:COUNT` a line.
    pub breached_passwords: Option<std::path::PathBuf>,
    /// Where people reach the installation; passkeys belong to its host, and providers send people back there.
    pub public_url: String,
    /// How others are asked.
    pub outgoing: Outgoing,
}

/// The system, without any way in or out of it.
pub struct App {
    /// The stores.
    pub stores: Stores,
    /// What time it is.
    pub clock: Clock,
    settings: Settings,
    random: Random,
    programs: RwLock<BTreeMap<u32, Arc<Program>>>,
    names: RwLock<BTreeMap<OrgId, String>>,
    vendor: RwLock<Option<OrgId>>,
    webauthn: Option<webauthn_rs::Webauthn>,
    numbers: Box<dyn setup::NumberSource>,
    providers: single_sign_on::Providers,
    boot: String,
    running: Mutex<HashSet<String>>,
    counting: tokio::sync::Mutex<()>,
    jumping: tokio::sync::Mutex<()>,
    moment: tokio::sync::RwLock<()>,
    hashing: password::Queue,
    forgetting: tokio::sync::Semaphore,
    fuse: std::sync::atomic::AtomicBool,
    apart: std::sync::atomic::AtomicBool,
    /// Rings when there may be messages to send.
    pub posted: Notify,
    /// Rings when there may be something to tell the directory, or milestones moved.
    pub changed: Notify,
    /// Rings when there may be something to ask of the provisioner.
    pub asked: Notify,
    /// Rings when there may be work in the background.
    pub jobs: Notify,
}

impl std::fmt::Debug for App {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("App")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

impl App {
    /// Puts the system together over its stores.
    ///
    /// # Errors
    /// When the stores cannot be read.
    pub async fn new(stores: Stores, clock: Clock, settings: Settings, random: Random) -> Result<Arc<Self>, Error> {
        let webauthn = passkey::site(&settings.public_url);
        let mut app = Self {
            stores,
            clock,
            settings,
            random,
            programs: RwLock::default(),
            names: RwLock::default(),
            vendor: RwLock::default(),
            webauthn,
            numbers: Box::new(setup::EmbeddedNumbers),
            providers: single_sign_on::Providers::default(),
            boot: String::new(),
            running: Mutex::default(),
            counting: tokio::sync::Mutex::default(),
            jumping: tokio::sync::Mutex::default(),
            moment: tokio::sync::RwLock::default(),
            hashing: password::Queue::new(),
            forgetting: tokio::sync::Semaphore::new(door::FORGOTTEN_AT_ONCE),
            fuse: std::sync::atomic::AtomicBool::new(false),
            apart: std::sync::atomic::AtomicBool::new(false),
            posted: Notify::new(),
            changed: Notify::new(),
            asked: Notify::new(),
            jobs: Notify::new(),
        };
        app.boot = app.unique();
        if app.settings.test_clock {
            app.clock.restore(&app.stores.directory).await?;
        }
        app.load_programs().await?;
        Ok(Arc::new(app))
    }

    /// What the installation was told to do.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// A name that nobody else has: time first, so that ids sort by their making.
    pub(crate) fn unique(&self) -> String {
        let mut octets = [0u8; 18];
        (self.random)(&mut octets);
        let millis = u64::try_from(self.clock.real().as_millisecond()).unwrap_or(0);
        octets[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        data_encoding::BASE32HEX_NOPAD.encode(&octets).to_ascii_lowercase()
    }

    /// A secret of 256 bits, fit for a URL.
    pub(crate) fn secret(&self) -> String {
        let mut octets = [0u8; 32];
        (self.random)(&mut octets);
        data_encoding::BASE64URL_NOPAD.encode(&octets)
    }
}
