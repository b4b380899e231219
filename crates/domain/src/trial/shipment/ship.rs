//! Devices leave (DEV-4): order number, serials, carrier, and the device end date.

use super::super::{At, Change, State, Trial, TrialEvent};
use crate::{
    ids::ShipmentId,
    notify::MessageKind,
    refusal::{Code, FieldError, Refusal},
    serial::{look, order_number, serial},
    shipment::{Device, Loan, Shipment, ShipmentState, text_key},
    time::{at_civil, civil_day, plus_days},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// More faults of one list than these help nobody.
const MOST: usize = 50;

/// What the trials team enters; nothing of it is trusted, missing is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShipWish {
    /// `D` and digits.
    pub order_number: Option<String>,
    /// Every device that leaves.
    pub serials: Option<Vec<SerialInput>>,
    /// By the program's id.
    pub carrier: Option<String>,
    /// The carrier's own number; checked text, personal.
    pub tracking: Option<String>,
    /// DEV-5: the device end date.
    pub ends_on: Option<Date>,
    /// Today where it is not given.
    pub shipped_on: Option<Date>,
}

/// A device as it was typed or scanned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SerialInput {
    /// By the program's id; none where the shipment has one type only.
    pub device_type: Option<String>,
    /// The serial number.
    pub serial: Option<String>,
}

/// The serials of a list in their one spelling; what is none is left out.
pub fn keys_given<'s>(given: impl IntoIterator<Item = &'s str>) -> BTreeSet<String> {
    given.into_iter().filter_map(|one| serial(one).ok()).collect()
}

impl Trial {
    /// DEV-4: devices leave; `out` are the serials of this list that are on loan already, anywhere in the region.
    ///
    /// # Errors
    /// `wrong_status` before approval or when the trial does not run; every field that is wrong, all at once.
    pub fn ship(
        &self,
        id: &ShipmentId,
        wish: &ShipWish,
        out: &BTreeSet<String>,
        at: &At<'_>,
    ) -> Result<Change, Refusal> {
        let shipment = self.known_shipment(id)?;
        if shipment.state != ShipmentState::Approved {
            return Err(Refusal::new(Code::WrongStatus).with("status", shipment.status()));
        }
        if !matches!(self.state, State::Active(_)) {
            return Err(Refusal::new(Code::WrongStatus).with("status", self.status().as_str()));
        }
        let loan = loan(shipment, wish, out, at)?;
        let event = TrialEvent::DevicesShipped {
            id: id.clone(),
            loan: Box::new(loan),
        };
        let mut after = self.clone();
        after.apply(&event);
        let facts = after.known_shipment(id).map(|one| after.device_facts(one, at))?;
        let mut change = Change::default().event(event);
        change.messages = after.device_messages(MessageKind::DeviceShipped, &super::BOTH, &facts, None);
        // DEV-6: what can go back by now waits for no milestone; that instant may be done for others.
        if let Some(shipped) = after.shipment(id).filter(|one| opens_already(one, at)) {
            change.merge(after.opened(shipped, at));
        }
        Ok(change.text(text_key("tracking", id.as_str()), wish.tracking.clone()))
    }
}

fn opens_already(shipment: &Shipment, at: &At<'_>) -> bool {
    let policy = &at.program.policy;
    let opens = |loan: &Loan| at_civil(loan.return_opens_on(policy), policy.day_email_time, at.zone);
    shipment.loan().is_some_and(|loan| opens(loan) <= at.now)
}

fn loan(shipment: &Shipment, wish: &ShipWish, out: &BTreeSet<String>, at: &At<'_>) -> Result<Loan, Refusal> {
    let mut errors = Vec::new();
    let number = match wish.order_number.as_deref().map(order_number) {
        None => Err(Code::Required),
        Some(checked) => checked,
    };
    let number = number
        .map_err(|code| errors.push(FieldError::new("/order_number", code)))
        .ok();
    let carriers: Vec<&str> = at.program.carriers.iter().map(|one| one.id.as_str()).collect();
    let carrier = match wish.carrier.as_deref() {
        Some(id) if carriers.contains(&id) => Some(id.to_owned()),
        given => {
            let code = if given.is_some() {
                Code::UnknownValue
            } else {
                Code::Required
            };
            errors.push(FieldError::new("/carrier", code).with("allowed", carriers.join(", ")));
            None
        }
    };
    let (shipped_on, ends_on) = days(shipment, wish, at, &mut errors);
    let serials = match &wish.serials {
        None => {
            errors.push(FieldError::new("/serials", Code::Required));
            None
        }
        Some(given) => devices(shipment, given, out, &mut errors),
    };
    match (number, carrier, ends_on, serials, errors.is_empty()) {
        (Some(order_number), Some(carrier), Some(ends_on), Some(serials), true) => Ok(Loan {
            order_number,
            serials,
            carrier,
            shipped_on,
            ends_on,
            due_by: None,
            extensions: Vec::new(),
            opened_on: None,
            received: Vec::new(),
            reminders: 0,
            label_asked_on: None,
            mismatch: None,
        }),
        _ => Err(Refusal::input(errors)),
    }
}

/// DEV-5: the device end date lies after the day of shipping, and so many days after it at most.
fn days(shipment: &Shipment, wish: &ShipWish, at: &At<'_>, errors: &mut Vec<FieldError>) -> (Date, Option<Date>) {
    let (today, asked_on) = (at.today(), civil_day(shipment.requested_at, at.zone));
    let shipped_on = wish.shipped_on.unwrap_or(today);
    if !(asked_on..=today).contains(&shipped_on) {
        let error = FieldError::new("/shipped_on", Code::OutOfRange);
        errors.push(error.with("min", asked_on).with("max", today));
    }
    let most = i64::from(at.program.policy.device_days);
    let (first, last) = (plus_days(shipped_on, 1).max(today), plus_days(shipped_on, most));
    let Some(ends_on) = wish.ends_on else {
        errors.push(FieldError::new("/ends_on", Code::Required));
        return (shipped_on, None);
    };
    if ends_on > last {
        let error = FieldError::new("/ends_on", Code::DeviceLimitExceeded);
        errors.push(error.with("max", last).with("days", most).with("value", ends_on));
    } else if ends_on < first {
        errors.push(
            FieldError::new("/ends_on", Code::OutOfRange)
                .with("min", first)
                .with("max", last),
        );
    }
    (shipped_on, Some(ends_on))
}

/// DEV-4: exactly the quantity of each type, nothing twice, nothing that is out already, nothing that the eye confuses.
fn devices(
    shipment: &Shipment,
    given: &[SerialInput],
    out: &BTreeSet<String>,
    errors: &mut Vec<FieldError>,
) -> Option<Vec<Device>> {
    let (before, wanted) = (errors.len(), shipment.count() as usize);
    // A list of another length is refused by its length; nobody reads ten thousand faults.
    if given.len() != wanted {
        let error = FieldError::new("/serials", Code::SerialMismatch);
        errors.push(
            error
                .with("reason", "count")
                .with("expected", wanted)
                .with("value", given.len()),
        );
    }
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut all = Vec::new();
    for (index, one) in given.iter().enumerate() {
        if errors.len() - before >= MOST {
            break;
        }
        match device(shipment, index, one) {
            Err(error) => errors.push(error),
            Ok(device) => match clash(&device.serial, &seen, out) {
                Some((reason, other)) => {
                    let error = FieldError::new(format!("/serials/{index}"), Code::SerialMismatch);
                    let error = error.with("reason", reason).with("value", &device.serial);
                    errors.push(other.into_iter().fold(error, |error, other| error.with("other", other)));
                }
                None => {
                    seen.insert(look(&device.serial), device.serial.clone());
                    all.push(device);
                }
            },
        }
    }
    if errors.len() == before {
        quantities(shipment, &all, errors);
    }
    (errors.len() == before).then_some(all)
}

fn clash(
    serial: &str,
    seen: &BTreeMap<String, String>,
    out: &BTreeSet<String>,
) -> Option<(&'static str, Option<String>)> {
    match seen.get(&look(serial)) {
        Some(same) if same == serial => Some(("repeated", None)),
        Some(alike) => Some(("look_alike", Some(alike.clone()))),
        None => out.contains(serial).then_some(("out", None)),
    }
}

fn device(shipment: &Shipment, index: usize, one: &SerialInput) -> Result<Device, FieldError> {
    let at = format!("/serials/{index}");
    let given = one
        .serial
        .as_deref()
        .ok_or_else(|| FieldError::new(&*at, Code::Required))?;
    let serial = serial(given).map_err(|code| FieldError::new(&*at, code))?;
    let types: Vec<&str> = shipment.lines.iter().map(|(id, _)| id.as_str()).collect();
    let device_type = match (one.device_type.as_deref(), types.as_slice()) {
        (None, [only]) => *only,
        (Some(id), types) if types.contains(&id) => id,
        (given, _) => {
            let code = if given.is_some() {
                Code::UnknownDeviceType
            } else {
                Code::Required
            };
            return Err(FieldError::new(format!("{at}/type"), code).with("allowed", types.join(", ")));
        }
    };
    Ok(Device {
        device_type: device_type.to_owned(),
        serial,
    })
}

fn quantities(shipment: &Shipment, all: &[Device], errors: &mut Vec<FieldError>) {
    for (id, quantity) in &shipment.lines {
        let found = all.iter().filter(|device| device.device_type == *id).count();
        if found != *quantity as usize {
            let error = FieldError::new("/serials", Code::SerialMismatch).with("reason", "count");
            errors.push(error.with("type", id).with("expected", quantity).with("value", found));
        }
    }
}
