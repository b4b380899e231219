//! What people are told (NOTE-3): kinds of messages, whom they go to, and what they say. Pure data: a use case
//! writes it into the outbox, delivery resolves addresses and sends.

use crate::ids::{OrderId, OrgId, PersonId};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Every kind of email, by the names of `GET /mailbox`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum MessageKind { $($(#[$doc])* $name,)* }

        impl MessageKind {
            /// All kinds.
            pub const ALL: &'static [MessageKind] = &[$(MessageKind::$name,)*];

            /// The kind's stable name.
            pub fn as_str(self) -> &'static str {
                match self { $(MessageKind::$name => $text,)* }
            }

            /// The kind of that name.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(MessageKind::$name),)* _ => None }
            }
        }
    };
}

kinds! {
    /// CONS-1: a partner asks for a trial.
    ConsentRequest = "consent_request",
    /// CONS-4: the same again; older links die.
    ConsentResent = "consent_resent",
    /// The partner hears that its request was accepted.
    ConsentAccepted = "consent_accepted",
    /// The partner hears that its request was declined, or closed because its services were taken (CONS-6).
    ConsentDeclined = "consent_declined",
    /// CONS-5: nothing done in time.
    ConsentLapsed = "consent_lapsed",
    /// START-7: all of the customer's administrators are told.
    TrialStarted = "trial_started",
    /// PROV-3: the new customer's administrator, with how to sign in.
    Welcome = "welcome",
    /// A service could not be provisioned.
    ProvisioningFailed = "provisioning_failed",
    /// EXP-1: seven days before.
    ExpiryReminder = "expiry_reminder",
    /// EXP-2: on the day.
    ExpiryNotice = "expiry_notice",
    /// EXP-4: users lost access.
    AccessEnded = "access_ended",
    /// EXT: a new end date.
    Extended = "extended",
    /// EDIT: other services or quantity.
    ServicesChanged = "services_changed",
    /// CANC: stopped.
    Cancelled = "cancelled",
    /// Something waits for the trials team.
    ApprovalRequested = "approval_requested",
    /// The trials team has decided.
    ApprovalDecided = "approval_decided",
    /// ORG-3, ORG-11: somebody asks for access, or for a yes to another partner.
    AccessRequested = "access_requested",
    /// CONS-8: a customer changed what a partner may do.
    AccessChanged = "access_changed",
    /// Somebody has an account from now on, and opens it by a link.
    Invitation = "invitation",
    /// Somebody asked for a new password.
    PasswordReset = "password_reset",
    /// DEV-1: devices are to be shipped; the outcome `label` asks for a new return label (DEV-7).
    ShipmentRequested = "shipment_requested",
    /// DEV-4: devices are on their way, with the agreement and their own end date.
    DeviceShipped = "device_shipped",
    /// EXT-4: devices may stay longer.
    DeviceExtensionApproved = "device_extension_approved",
    /// EXT-4: they may not.
    DeviceExtensionRefused = "device_extension_refused",
    /// DEV-6: returns are accepted from now on.
    ReturnOpen = "return_open",
    /// DEV-6: devices are due and not back.
    ReturnOverdue = "return_overdue",
    /// DEV-8: some of them are back, or all.
    ReturnReceived = "return_received",
    /// DEV-8: something came back that was not shipped.
    ReturnMismatch = "return_mismatch",
    /// CONV-2: whoever sets an order up is asked to.
    OrderSetUp = "order_set_up",
    /// CONV-7: an order is still not mapped.
    OrderReminder = "order_reminder",
    /// CONV-7: it closed without.
    OrderClosed = "order_closed",
    /// CONV-5: a trial has become paid services.
    Converted = "converted",
    /// CONV-8: a customer wants to buy.
    PurchaseWanted = "purchase_wanted",
    /// NOTE-4: what single reminders would have told, once a day.
    Digest = "digest",
    /// CONV-1: a tier 2 partner's distributor has a conversion in hand.
    ConversionHandedOver = "conversion_handed_over",
}

impl MessageKind {
    /// Whether it speaks to whoever sets an order up (CONV-2).
    pub fn is_of_order(self) -> bool {
        matches!(
            self,
            MessageKind::OrderSetUp | MessageKind::OrderReminder | MessageKind::OrderClosed
        )
    }
}

/// To whom a message or a milestone speaks; resolved to people where it is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The customer's full, user and read-only administrators (ORG-5).
    CustomerAdministrators,
    /// CONS-1: the address given and, unless that is a full administrator, all full administrators.
    ConsentRecipients,
    /// Everybody in the customer's organization.
    CustomerUsers,
    /// Who started the trial and those with a sales role who may see that customer (EXP-1).
    PartnerAdministrators,
    /// The vendor's trials team.
    TrialsTeam,
    /// One named person, about that person's own account.
    Person,
}

impl Audience {
    /// The audience's stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Audience::CustomerAdministrators => "customer_administrators",
            Audience::ConsentRecipients => "consent_recipients",
            Audience::CustomerUsers => "customer_users",
            Audience::PartnerAdministrators => "partner_administrators",
            Audience::TrialsTeam => "trials_team",
            Audience::Person => "person",
        }
    }
}

/// What a message says beyond its kind; ids, dates and counts only. Names are resolved when it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The trial's services, by id.
    pub services: Vec<String>,
    /// Services that came, by id.
    pub added: Vec<String>,
    /// Services that went, or failed, or were taken, by id.
    pub removed: Vec<String>,
    /// One licence quantity for all services of the trial (START-3).
    pub license_quantity: Option<u32>,
    /// The trial's length in days.
    pub duration_days: Option<u32>,
    /// The expiry date, in the customer's zone.
    pub ends_on: Option<Date>,
    /// The expiry date before.
    pub previous_ends_on: Option<Date>,
    /// The last day of grace.
    pub grace_ends_on: Option<Date>,
    /// The day on which the trial was cancelled, where that is how it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelled_on: Option<Date>,
    /// True days left when it is sent (EXP-7); zero on the last day.
    pub days_left: Option<i64>,
    /// The instant by which the reader must act (CONS-2).
    pub deadline: Option<Timestamp>,
    /// EXP-7: sent after its day: worded 'expired on'.
    pub late: bool,
    /// EXP-4: the whole organization closed, not only the trial's services.
    pub organization_closed: bool,
    /// What was decided, where the kind leaves it open: `approved`, `refused`, `full`, `provisioning`, `withdrawn`, `services_taken`.
    pub outcome: Option<String>,
    /// Who acted, where the reader should know.
    pub actor: Option<PersonId>,
    /// The partner it is about, where no trial names it.
    pub partner: Option<OrgId>,
    /// The order it is about (CONV).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
    /// What was ordered: services by id, with their quantities.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ordered: Vec<(String, u32)>,
    /// CONV-7: the day at whose end the order closes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closes_on: Option<Date>,
    /// CONV-5, EDIT-2: who lost the licence of which service.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub surplus: Vec<(String, Vec<PersonId>)>,
    /// EDIT-2: for how long the phone numbers of a service that went are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers_until: Option<Date>,
    /// EDIT-2: for how long nobody else gets the name of the site that went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site_until: Option<Date>,
    /// Whether a line written by a person goes with it (kept beside, so that it can be erased).
    pub has_line: bool,
    /// DEV: the devices that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub devices: Option<Box<DeviceFacts>>,
    /// NOTE-4: what was gathered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gathered: Vec<crate::digest::Gathered>,
}

/// What a message says about devices: types, hardware numbers and dates only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeviceFacts {
    /// The shipment's id.
    pub shipment: String,
    /// Types by the program's id, and how many.
    pub lines: Vec<(String, u32)>,
    /// DEV-3: whether the site has PoE.
    pub site_has_poe: Option<bool>,
    /// Where they are, ISO 3166 alpha-2.
    pub country: String,
    /// DEV-4: the demo order number.
    pub order_number: Option<String>,
    /// DEV-7: the return's number.
    pub rma: Option<String>,
    /// Who brought them, by the program's id.
    pub carrier: Option<String>,
    /// DEV-7: who takes them back from there, by the program's id.
    pub return_carrier: Option<String>,
    /// When they left.
    pub shipped_on: Option<Date>,
    /// DEV-5: the device end date; never the trial's expiry date.
    pub device_ends_on: Option<Date>,
    /// EXT-4: the device end date before.
    pub previous_device_ends_on: Option<Date>,
    /// DEV-6: from when they can go back.
    pub return_opens_on: Option<Date>,
    /// DEV-6: by when they have to be back.
    pub return_due_on: Option<Date>,
    /// EXT-4: how many days longer.
    pub days: Option<u32>,
    /// How many days they are overdue.
    pub days_overdue: Option<i64>,
    /// Serials that this is about: shipped, still out, or received.
    pub serials: Vec<String>,
    /// DEV-8: serials that do not belong to anybody, in their one spelling.
    pub wrong: Vec<String>,
    /// DEV-8: how many belong to somebody else, or are no serials; they are not named.
    pub foreign: u32,
    /// How many are still out.
    pub missing: u32,
    /// DEV-8: what is still out where the message is about what came.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub awaited: Vec<String>,
}

/// One message to one audience, as a decision asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What it is.
    pub kind: MessageKind,
    /// Whom it goes to.
    pub audience: Audience,
    /// What it says.
    pub facts: Facts,
    /// A person's own words (a reason, a reminder's line): personal text, erased with the customer.
    pub line: Option<String>,
}

/// NOTE-4: why an address takes no email, in a word: never what the other side said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bounce {
    /// Nobody is there.
    UnknownAddress,
    /// Somebody is, and has no room.
    MailboxFull,
    /// It takes no email, for another reason.
    Refused,
}

impl Bounce {
    /// All of them.
    pub const ALL: [Bounce; 3] = [Bounce::UnknownAddress, Bounce::MailboxFull, Bounce::Refused];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Bounce::UnknownAddress => "unknown_address",
            Bounce::MailboxFull => "mailbox_full",
            Bounce::Refused => "refused",
        }
    }

    /// The one of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bounce| bounce.as_str() == text)
    }
}
