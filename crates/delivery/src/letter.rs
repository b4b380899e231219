//! What an email may say, before it is put into words.

use domain::ids::TrialId;
use domain::notify::{Audience, Facts, MessageKind};
use i18n::Language;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// Who sends (ORG-11): what stands in the head and the foot of every email.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// The vendor's name.
    pub vendor_name: String,
    /// Where one finds help.
    #[serde(default)]
    pub support_url: Option<String>,
    /// Where the legal notice stands.
    #[serde(default)]
    pub legal_url: Option<String>,
    /// DEV-4: the vendor's agreement about lent devices; its own words, never ours.
    #[serde(default)]
    pub agreement_url: Option<String>,
    /// EXP-4: where accounts of the free plan sign in.
    #[serde(default)]
    pub free_plan_url: Option<String>,
    /// The button's colour, as `#rrggbb`.
    pub colour: String,
    /// The sender: `address` or `Name <address>`.
    pub from: String,
}

/// Everything an email may say, with all names resolved.
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    /// What it is.
    pub kind: MessageKind,
    /// To whom it speaks.
    pub audience: Audience,
    /// The reader's language.
    pub language: Language,
    /// The reader's zone.
    pub zone: TimeZone,
    /// The customer's zone, in which civil days are counted (TIME-1).
    pub customer_zone: TimeZone,
    /// The reader's name, for the greeting.
    pub recipient_name: Option<String>,
    /// The trial; none where it is about a customer as a whole (CONS-8).
    pub trial_id: Option<TrialId>,
    /// What people call the trial in a call or a letter; shown as it is, left out where empty.
    pub reference: String,
    /// CONS-3: whether the reader can decide what it asks for.
    pub decides: bool,
    /// The customer's name.
    pub customer_name: String,
    /// EXP-9: the customer is gone, and its name with it.
    pub erased: bool,
    /// The partner's name.
    pub partner_name: String,
    /// Who acted, where the reader should know.
    pub actor_name: Option<String>,
    /// Product names of `facts.services`.
    pub services: Vec<String>,
    /// Product names of `facts.added`.
    pub added: Vec<String>,
    /// NOTE-4: a digest's lines: customer, expiry date, days left.
    pub gathered: Vec<(String, jiff::civil::Date, i64)>,
    /// Product names of `facts.removed`.
    pub removed: Vec<String>,
    /// Product names of `facts.surplus`, with the names of who lost that licence (CONV-5).
    pub dropped: Vec<(String, Vec<String>)>,
    /// When that happened of which it tells: the instant of the change, not of the sending.
    pub at: Timestamp,
    /// Dates, counts and the outcome.
    pub facts: &'a Facts,
    /// DEV: what `facts.devices` means, in names.
    pub devices: Devices,
    /// A person's own words, shown as a quotation.
    pub line: Option<&'a str>,
    /// Where the one button leads: `http` or `https`; none where nothing is left to be done.
    pub action_url: Option<String>,
    /// Who sends.
    pub brand: &'a Brand,
}

/// What `facts.devices` means, in names and in the reader's language; empty in other letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Devices {
    /// Product names of types, and how many of each.
    pub lines: Vec<(String, u32)>,
    /// Who brought them.
    pub carrier: Option<String>,
    /// DEV-4: by which number the carrier knows where they are.
    pub tracking: Option<String>,
    /// Who takes them back.
    pub return_carrier: Option<String>,
    /// DEV-7: how they go back, step by step.
    pub steps: Vec<String>,
    /// Where one asks about demo orders.
    pub contact: Option<String>,
    /// DEV-7: the sheet that goes with them.
    pub sheet_url: Option<String>,
}

/// An email in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// A whole HTML document.
    pub html: String,
    /// The same as plain text.
    pub text: String,
    /// Every address that it links to, the button's first where it has one.
    pub links: Vec<String>,
}

/// Why an email could not be put into words.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A text lacks, or one of the values it needs is not known.
    #[error("{kind} needs a value that is not given: message {message} in {language}")]
    Incomplete {
        /// The kind of email.
        kind: &'static str,
        /// The message that cannot be completed.
        message: String,
        /// The reader's language.
        language: Language,
    },
    /// The button would lead nowhere.
    #[error("the address behind the button is neither http nor https")]
    Link,
    /// A template fails.
    #[error("the email template fails: {0}")]
    Template(#[from] minijinja::Error),
    /// The template's result is not MJML.
    #[error("the email layout is not valid: {0}")]
    Layout(String),
}
