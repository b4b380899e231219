//! Devices that the vendor lends (DEV): asked for, decided, shipped, kept longer, brought back. A value inside its
//! trial; addresses, tracking and reasons are personal texts beside it.

use crate::{
    ids::{DeviceExtensionId, PersonId, ShipmentId},
    program::Policy,
    refusal::Code,
    time::{at_civil, days_between, plus_days},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// Devices of one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipment {
    /// Shares its tail with the return.
    pub id: ShipmentId,
    /// DEV-2: types and how many of each.
    pub lines: Vec<(String, u32)>,
    /// DEV-3: phones come without power supplies.
    pub site_has_poe: Option<bool>,
    /// Where they go, ISO 3166 alpha-2; empty where an older start did not keep it.
    pub country: String,
    /// Who asked; none for the start's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requested_by: Option<PersonId>,
    /// When.
    pub requested_at: Timestamp,
    /// Where it stands.
    pub state: ShipmentState,
}

/// Where a shipment stands, with what only then can be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum ShipmentState {
    /// Waits for the trials team.
    Requested,
    /// The trials team will ship.
    Approved,
    /// It will not.
    Refused,
    /// The trial was over before anything was shipped (CANC-2).
    Withdrawn,
    /// DEV-4: with the customer, or back.
    Lent(Box<Loan>),
}

/// DEV-4: what was shipped, until when, and what came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loan {
    /// `D` and digits.
    pub order_number: String,
    /// What left.
    pub serials: Vec<Device>,
    /// Who brought them, by the program's id.
    pub carrier: String,
    /// The customer's civil day on which they left.
    pub shipped_on: Date,
    /// DEV-5: the device end date. Not the trial's expiry date.
    pub ends_on: Date,
    /// CANC-2: due by then at the latest, because the trial was cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_by: Option<Date>,
    /// EXT-4.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<DeviceExtension>,
    /// DEV-6: since when returns are accepted; none before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_on: Option<Date>,
    /// DEV-8: what came back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub received: Vec<Received>,
    /// DEV-6: how many of the overdue reminders' days have passed.
    #[serde(default)]
    pub reminders: u32,
    /// DEV-7: when a new label was last asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_asked_on: Option<Date>,
    /// DEV-8: what was last told of parcels in which nothing was right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mismatch: Option<Mismatch>,
}

/// DEV-8: serials of one day of which none was right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mismatch {
    /// The customer's civil day.
    pub on: Date,
    /// Those that nobody knows.
    pub serials: Vec<String>,
    /// How many are somebody else's, or no serials.
    pub others: u32,
}

impl Mismatch {
    /// Whether another one says nothing new.
    pub fn covers(&self, other: &Mismatch) -> bool {
        let known = other.serials.iter().all(|one| self.serials.contains(one));
        self.on == other.on && (self.is_full() || known && other.others <= self.others)
    }

    /// Nobody is told of more than that on one day.
    fn is_full(&self) -> bool {
        self.serials.len() >= 200
    }

    fn add(&mut self, other: &Mismatch) {
        if self.on != other.on {
            self.clone_from(other);
            return;
        }
        let new = other.serials.iter().filter(|one| !self.serials.contains(one));
        let new: Vec<String> = new.cloned().collect();
        self.serials.extend(new);
        self.others = self.others.max(other.others);
    }
}

/// One device.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Device {
    /// By the program's id.
    pub device_type: String,
    /// In its one spelling.
    pub serial: String,
}

/// A device that came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// In its one spelling.
    pub serial: String,
    /// The customer's civil day of that.
    pub on: Date,
}

/// EXT-4: a request to keep devices longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceExtension {
    /// Its id.
    pub id: DeviceExtensionId,
    /// Added to the device end date as it stands when it is granted.
    pub days: u32,
    /// Who asks.
    pub asked_by: PersonId,
    /// When.
    pub asked_at: Timestamp,
    /// What became of it.
    pub state: DeviceExtensionState,
}

/// What became of a request to keep devices longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum DeviceExtensionState {
    /// Waits for the trials team.
    Pending,
    /// Granted.
    Approved {
        /// By whom.
        by: PersonId,
        /// When.
        at: Timestamp,
        /// The device end date since.
        ends_on: Date,
    },
    /// Not granted.
    Refused {
        /// By whom.
        by: PersonId,
        /// When.
        at: Timestamp,
        /// What stood against a yes when it was given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<Code>,
    },
    /// The devices were due or back before it was decided.
    Withdrawn,
}

impl DeviceExtensionState {
    /// The state's stable name.
    pub fn as_str(&self) -> &'static str {
        match self {
            DeviceExtensionState::Pending => "pending",
            DeviceExtensionState::Approved { .. } => "approved",
            DeviceExtensionState::Refused { .. } => "refused",
            DeviceExtensionState::Withdrawn => "withdrawn",
        }
    }
}

/// Where a return stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnStatus {
    /// Not accepted yet, or not announced.
    Planned,
    /// Accepted; something is still out.
    Open,
    /// The same after its day.
    Overdue,
    /// Everything is back.
    Complete,
}

impl ReturnStatus {
    /// The status's stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            ReturnStatus::Planned => "planned",
            ReturnStatus::Open => "open",
            ReturnStatus::Overdue => "overdue",
            ReturnStatus::Complete => "complete",
        }
    }
}

/// DEV-8: what became of the serials that were given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Taken, in their one spelling.
    pub accepted: Vec<String>,
    /// Not taken, each with its reason.
    pub refused: Vec<Wrong>,
}

/// DEV-8: a serial that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// Its place in the call.
    pub index: usize,
    /// As it was read.
    pub serial: String,
    /// Why not.
    pub reason: WrongReason,
    /// For the trials team: the shipment to which it belongs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub belongs_to: Option<ShipmentId>,
}

/// Why a serial is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WrongReason {
    /// No device of that serial is out.
    Unknown,
    /// It belongs to another shipment.
    Foreign,
    /// It was received before, or stands twice in the call.
    Repeated,
    /// One of this shipment looks like it: O or 0, I or 1.
    LookAlike,
}

impl WrongReason {
    /// The reason's stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            WrongReason::Unknown => "unknown",
            WrongReason::Foreign => "foreign",
            WrongReason::Repeated => "repeated",
            WrongReason::LookAlike => "look_alike",
        }
    }
}

/// The key of a personal text that belongs to one shipment or one request to keep it longer.
pub fn text_key(what: &str, id: &str) -> String {
    format!("{what}:{id}")
}

impl Shipment {
    /// The loan, once it was shipped.
    pub fn loan(&self) -> Option<&Loan> {
        match &self.state {
            ShipmentState::Lent(loan) => Some(loan),
            ShipmentState::Requested | ShipmentState::Approved | ShipmentState::Refused | ShipmentState::Withdrawn => {
                None
            }
        }
    }

    /// The same, to be changed by an event.
    pub(crate) fn loan_mut(&mut self) -> Option<&mut Loan> {
        match &mut self.state {
            ShipmentState::Lent(loan) => Some(loan),
            ShipmentState::Requested | ShipmentState::Approved | ShipmentState::Refused | ShipmentState::Withdrawn => {
                None
            }
        }
    }

    /// Whether it still has to leave.
    pub fn is_wanted(&self) -> bool {
        matches!(self.state, ShipmentState::Requested | ShipmentState::Approved)
    }

    /// DEV-2: whether its types count as shipped in this trial.
    pub fn takes_types(&self) -> bool {
        !matches!(self.state, ShipmentState::Refused | ShipmentState::Withdrawn)
    }

    /// Its status: `requested`, `approved`, `refused`, `withdrawn`, `shipped`, `returned`.
    pub fn status(&self) -> &'static str {
        match &self.state {
            ShipmentState::Requested => "requested",
            ShipmentState::Approved => "approved",
            ShipmentState::Refused => "refused",
            ShipmentState::Withdrawn => "withdrawn",
            ShipmentState::Lent(loan) if loan.is_complete() => "returned",
            ShipmentState::Lent(_) => "shipped",
        }
    }

    /// How many devices it is about.
    pub fn count(&self) -> u32 {
        self.lines.iter().map(|(_, quantity)| quantity).sum()
    }
}

impl Loan {
    /// Whether everything is back.
    pub fn is_complete(&self) -> bool {
        self.serials.len() == self.received.len()
    }

    /// What is still out.
    pub fn missing(&self) -> impl Iterator<Item = &Device> {
        let back = |device: &&Device| !self.received.iter().any(|one| one.serial == device.serial);
        self.serials.iter().filter(back)
    }

    /// DEV-6: from when returns are accepted; a short loan's from the day on which it left.
    pub fn return_opens_on(&self, policy: &Policy) -> Date {
        let before = plus_days(self.ends_on, -i64::from(policy.return_opens_before_days));
        self.opened_on.unwrap_or(before.max(self.shipped_on))
    }

    /// DEV-6, CANC-2: the last day on which they may come back in time.
    pub fn return_due_on(&self, policy: &Policy) -> Date {
        let due = plus_days(self.ends_on, i64::from(policy.return_due_after_days));
        self.due_by.map_or(due, |by| by.min(due))
    }

    /// DEV-5: the last device end date that is possible.
    pub fn latest_end(&self, policy: &Policy) -> Date {
        plus_days(self.shipped_on, i64::from(policy.device_days))
    }

    /// Where its return stands on a day.
    pub fn return_status(&self, today: Date, policy: &Policy) -> ReturnStatus {
        if self.is_complete() {
            ReturnStatus::Complete
        } else if today > self.return_due_on(policy) {
            ReturnStatus::Overdue
        } else if self.opened_on.is_some() {
            ReturnStatus::Open
        } else {
            ReturnStatus::Planned
        }
    }

    /// DEV-6: the day of the overdue reminder of that number, counted from nothing.
    pub fn overdue_day(&self, number: u32, policy: &Policy) -> Date {
        let fixed = &policy.overdue_reminder_days;
        let place = number as usize;
        let after = fixed.get(place).map_or_else(
            || {
                let last = fixed.last().copied().unwrap_or(0);
                let more = place.saturating_sub(fixed.len()) as i64 + 1;
                i64::from(last) + more * i64::from(policy.overdue_reminder_every_days.max(1))
            },
            |day| i64::from(*day),
        );
        plus_days(self.return_due_on(policy), after)
    }

    /// DEV-6: the reminders that are planned: the fixed ones that are left, else the next of the others.
    pub fn overdue_days(&self, policy: &Policy) -> Vec<Date> {
        let fixed = u32::try_from(policy.overdue_reminder_days.len()).unwrap_or(u32::MAX);
        let until = fixed.max(self.reminders).saturating_add(1);
        (self.reminders..until)
            .map(|number| self.overdue_day(number, policy))
            .collect()
    }

    /// DEV-4: another serial than was typed.
    pub(crate) fn correct(&mut self, from: &str, to: &str) {
        for device in self.serials.iter_mut().filter(|device| device.serial == from) {
            to.clone_into(&mut device.serial);
        }
    }

    /// DEV-8: nothing of a parcel was right.
    pub(crate) fn mismatched(&mut self, other: &Mismatch) {
        match &mut self.mismatch {
            Some(told) => told.add(other),
            none => *none = Some(other.clone()),
        }
    }

    /// CANC-2: due by a day, and accepted from another.
    pub(crate) fn falls_due(&mut self, due_by: Date, on: Date) {
        self.due_by = Some(due_by);
        self.opened_on.get_or_insert(on);
        self.withdraw_extensions();
    }

    /// DEV-8: these are back.
    pub(crate) fn take(&mut self, serials: &[String], on: Date) {
        self.opened_on.get_or_insert(on);
        let back = |serial: &String| Received {
            serial: serial.clone(),
            on,
        };
        self.received.extend(serials.iter().map(back));
        if self.is_complete() {
            self.withdraw_extensions();
        }
    }

    /// Nobody decides about keeping longer what is due or back.
    pub(crate) fn withdraw_extensions(&mut self) {
        for one in &mut self.extensions {
            if one.state == DeviceExtensionState::Pending {
                one.state = DeviceExtensionState::Withdrawn;
            }
        }
    }

    /// DEV-6: how many of the overdue reminders' days have come by an instant.
    pub fn reminders_come(&self, now: Timestamp, zone: &TimeZone, policy: &Policy) -> u32 {
        let come = |number: &u32| at_civil(self.overdue_day(*number, policy), policy.day_email_time, zone) <= now;
        (0u32..).take_while(come).last().map_or(0, |last| last + 1)
    }

    /// How many days it is overdue; none while it is not.
    pub fn days_overdue(&self, today: Date, policy: &Policy) -> Option<i64> {
        let days = days_between(self.return_due_on(policy), today);
        (days > 0 && !self.is_complete()).then_some(days)
    }
}
