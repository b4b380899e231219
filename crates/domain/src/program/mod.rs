//! The program: a versioned file that says what can be tried, where, for how long, and by which policy.

mod check;
mod finding;
mod parse;
mod policy;
mod publish;

pub use finding::Finding;
pub use parse::{locate, parse};
pub use policy::{Allowance, Policy};
pub use publish::Used;

use crate::setup::NumbersCase;
use serde::{Deserialize, Serialize};

/// A text in the three languages that people read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Localized {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
    /// Traditional Chinese.
    #[serde(rename = "zh-Hant")]
    pub zh_hant: String,
}

/// One version of a program (PROG-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// Stable name of the program.
    pub id: String,
    /// Counts up with every publication.
    pub version: u32,
    /// Services that can be tried, in the order in which they are shown.
    pub services: Vec<Service>,
    /// Lengths of a trial that can be chosen, in days (START-4).
    pub durations: Vec<u32>,
    /// The length that is chosen when none is given, in days.
    pub default_duration: u32,
    /// Lengths of an extension that can be chosen, in days from today (EXT-1).
    pub extension_days: Vec<u32>,
    /// START-3.
    pub license_quantity: QuantityRule,
    /// Devices that can be shipped.
    pub device_types: Vec<DeviceType>,
    /// Regions in which data can live; ids are lower case.
    pub regions: Vec<Region>,
    /// Countries, with the region that holds their customers' data.
    pub countries: Vec<Country>,
    /// Branches of business.
    pub verticals: Vec<Vertical>,
    /// Ways in which devices come back (DEV-7).
    pub carriers: Vec<Carrier>,
    /// SETUP-2: approved providers of phone numbers.
    #[serde(default)]
    pub number_providers: Vec<NumberProvider>,
    /// Addresses of the vendor's teams, placed into texts.
    pub contacts: Contacts,
    /// Every number and switch.
    pub policy: Policy,
}

/// A service that can be tried (START-2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Stable name.
    pub id: String,
    /// Product name.
    pub name: String,
    /// Names it went by; whoever bought it under one of them has bought it (ELIG-1). Ids.
    #[serde(default)]
    pub also_known_as: Vec<String>,
    /// What it includes.
    #[serde(default)]
    pub includes: Vec<Localized>,
    /// What it is good for.
    pub good_for: Localized,
    /// Services without which it cannot be tried: they are added.
    #[serde(default)]
    pub requires: Vec<String>,
    /// Its own fixed quantity, instead of the trial's.
    #[serde(default)]
    pub quantity: Option<u32>,
    /// Its own fixed duration in days, which becomes the trial's.
    #[serde(default)]
    pub duration_days: Option<u32>,
    /// Waits for the trials team.
    #[serde(default)]
    pub needs_approval: bool,
    /// EXP-3: whether it stops when grace begins.
    #[serde(default)]
    pub suspended_in_grace: bool,
    /// Asks for a meetings site (START-5).
    #[serde(default)]
    pub site: bool,
    /// Comes with phone numbers that rest after the end (EXP-5).
    #[serde(default)]
    pub numbers: bool,
    /// Ships hardware and counts registration licences of its own (DEV-1).
    #[serde(default)]
    pub devices: bool,
}

/// Bounds of a quantity, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuantityRule {
    /// Smallest.
    pub min: u32,
    /// Largest.
    pub max: u32,
    /// When none is given.
    pub default: u32,
}

/// A kind of device that the vendor ships.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceType {
    /// Stable name.
    pub id: String,
    /// Product name.
    pub name: String,
    /// At most so many in a trial (DEV-2).
    pub max: u32,
    /// Comes without a power supply (DEV-3).
    #[serde(default)]
    pub needs_poe: bool,
}

/// A place where data lives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Lower case, part of every id that lives there.
    pub id: String,
    /// For people.
    pub name: Localized,
}

/// Whether business is done in a country (REG-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    /// Trials start at once.
    Supported,
    /// The trials team approves first.
    Review,
    /// Refused.
    Restricted,
    /// Refused: nobody does business there.
    NoResidentBusiness,
}

/// A country and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166 alpha-2, upper case.
    pub id: String,
    /// English name; pages use the reader's language's own.
    pub name: String,
    /// The region in which its customers' data lives (REG-1).
    pub region: String,
    /// REG-3.
    pub availability: Availability,
    /// IANA zone of a customer that gives none (TIME-1).
    pub time_zone: String,
    /// How devices come back from there (DEV-7).
    pub return_carrier: String,
    /// SETUP-2: whether set-up ends without numbers there.
    #[serde(default, skip_serializing_if = "is_open")]
    pub numbers: NumbersCase,
}

fn is_open(case: &NumbersCase) -> bool {
    *case == NumbersCase::Open
}

/// A branch of business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vertical {
    /// Stable name.
    pub id: String,
    /// For people.
    pub name: Localized,
}

/// A way for devices to come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carrier {
    /// Stable name.
    pub id: String,
    /// Company name.
    pub name: String,
    /// Whether a lost return label can be had again.
    #[serde(default)]
    pub new_labels: bool,
    /// What one does to send devices back, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Localized>,
    /// Where a pick-up is arranged by voice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Where a pick-up is arranged on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// SETUP-2: a company that gives phone numbers and that the vendor has approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberProvider {
    /// Stable name.
    pub id: String,
    /// Company name.
    pub name: String,
    /// ISO 3166 alpha-2: where it gives numbers.
    pub countries: Vec<String>,
}

/// Addresses of the vendor's teams.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contacts {
    /// Requests to keep devices longer (EXT-4).
    pub device_extensions: String,
    /// Questions about demo orders (DEV-9).
    pub information: String,
}

impl Program {
    /// The service of that id.
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    /// DEV-7: the way back of that id.
    pub fn carrier(&self, id: &str) -> Option<&Carrier> {
        self.carriers.iter().find(|carrier| carrier.id == id)
    }

    /// DEV-7: how devices come back from a country.
    pub fn return_carrier(&self, country: &str) -> Option<&Carrier> {
        self.carrier(&self.country(country)?.return_carrier)
    }

    /// The device type of that id.
    pub fn device_type(&self, id: &str) -> Option<&DeviceType> {
        self.device_types.iter().find(|device| device.id == id)
    }

    /// The country of that code.
    pub fn country(&self, id: &str) -> Option<&Country> {
        self.countries.iter().find(|country| country.id == id)
    }

    /// SETUP-2: the approved providers of a country's numbers.
    pub fn number_providers(&self, country: &str) -> impl Iterator<Item = &NumberProvider> {
        let serves = move |provider: &&NumberProvider| provider.countries.iter().any(|id| id == country);
        self.number_providers.iter().filter(serves)
    }

    /// START-2: the given services and all that they require, in the program's order.
    pub fn with_required(&self, ids: &[String]) -> Vec<String> {
        let mut wanted: Vec<&str> = Vec::new();
        let mut open: Vec<&str> = ids.iter().map(String::as_str).collect();
        while let Some(id) = open.pop() {
            if !wanted.contains(&id) {
                wanted.push(id);
                open.extend(
                    self.service(id)
                        .into_iter()
                        .flat_map(|s| s.requires.iter().map(String::as_str)),
                );
            }
        }
        self.services
            .iter()
            .filter(|s| wanted.contains(&s.id.as_str()))
            .map(|s| s.id.clone())
            .collect()
    }
}
