//! What happens to lent devices (DEV, EXT-4): asked for, shipped with their serials, kept longer, brought back one by one.

use super::{Checked, Life, day, must, text};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A shipment as the record tells it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lent {
    /// By the names of `GET /shipments`.
    pub(crate) status: &'static str,
    lines: BTreeMap<String, usize>,
    shipped_on: Date,
    pub(crate) ends_on: Date,
    due_by: Option<Date>,
    /// Serials that left, and those of them that are out.
    left: BTreeSet<String>,
    pub(crate) out: BTreeSet<String>,
    asked: BTreeMap<String, (i64, String)>,
    reminders: u64,
}

/// A serial that went from one place to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// To the customer of a shipment.
    Out(String, String),
    /// Back from there.
    Back(String, String),
}

/// The devices of a life.
#[derive(Clone, Debug, Default)]
pub(crate) struct Devices {
    pub(crate) lent: BTreeMap<String, Lent>,
    pub(crate) moves: Vec<(Timestamp, Move)>,
}

/// DEV-5, DEV-6.
const MOST: i64 = 120;
const RETURN: i64 = 14;
const OVERDUE: [i64; 3] = [1, 7, 14];

impl Lent {
    fn due_on(&self) -> Date {
        let due = self.ends_on.saturating_add(RETURN.days());
        self.due_by.map_or(due, |by| by.min(due))
    }

    fn takes_types(&self) -> bool {
        !matches!(self.status, "refused" | "withdrawn")
    }

    fn is_wanted(&self) -> bool {
        matches!(self.status, "requested" | "approved")
    }
}

impl Devices {
    /// CANC-2: what was not shipped when the trial was over is not shipped any more.
    pub(super) fn withdraw(&mut self) {
        for one in self.lent.values_mut().filter(|one| one.is_wanted()) {
            one.status = "withdrawn";
        }
    }

    fn shipment(&mut self, id: &str) -> Result<&mut Lent, String> {
        self.lent.get_mut(id).ok_or_else(|| format!("no shipment {id}"))
    }
}

fn serials(list: &Value) -> Vec<String> {
    let all = list.as_array().into_iter().flatten();
    all.map(|one| one.as_str().unwrap_or_default().to_owned()).collect()
}

impl Life {
    pub(super) fn with_devices(&mut self, event: &Value, at: Timestamp) -> Checked {
        match text(event, "type") {
            "shipment_requested" => self.requested(&event["shipment"], at),
            "shipment_decided" => {
                let active = self.status == "active";
                let one = self.devices.shipment(text(event, "id"))?;
                let approved = event["approved"] == true;
                let may = one.status == "requested" && (active || !approved) || one.status == "approved" && !approved;
                must(may, || format!("DEV-4: it was {}", one.status))?;
                one.status = if approved { "approved" } else { "refused" };
                self.tell(at, "approval_decided");
                Ok(())
            }
            "shipment_withdrawn" => {
                let one = self.devices.shipment(text(event, "id"))?;
                must(one.is_wanted(), || format!("it was {}", one.status))?;
                one.status = "withdrawn";
                Ok(())
            }
            "devices_shipped" => self.shipped(event, at),
            "device_extension_asked" | "device_extension_decided" => self.longer(event, at),
            "return_opened" | "devices_fall_due" | "label_requested" | "overdue_reminded" => self.way_back(event, at),
            "devices_received" => self.received(event, at),
            "return_mismatched" => {
                self.tell(at, "return_mismatch");
                Ok(())
            }
            "serial_corrected" => self.put_right(event, at),
            _ => Ok(()),
        }
    }

    /// DEV-2.
    fn requested(&mut self, shipment: &Value, at: Timestamp) -> Checked {
        must(self.status == "active", || format!("it was {}", self.status))?;
        let mut lines = BTreeMap::new();
        for line in shipment["lines"].as_array().into_iter().flatten() {
            let id = line[0].as_str().unwrap_or_default();
            let taken = self
                .devices
                .lent
                .values()
                .any(|one| one.takes_types() && one.lines.contains_key(id));
            must(!taken, || format!("DEV-2: {id} a second time"))?;
            let quantity = line[1].as_u64().and_then(|many| usize::try_from(many).ok());
            lines.insert(id.to_owned(), quantity.unwrap_or(0));
        }
        let one = Lent {
            status: "requested",
            lines,
            ..Lent::default()
        };
        let before = self.devices.lent.insert(text(shipment, "id").to_owned(), one);
        must(before.is_none(), || "a second time".to_owned())?;
        self.tell(at, "shipment_requested");
        Ok(())
    }

    /// DEV-4, DEV-5.
    fn shipped(&mut self, event: &Value, at: Timestamp) -> Checked {
        let (active, today) = (self.status == "active", self.today(at));
        let (id, loan) = (text(event, "id").to_owned(), &event["loan"]);
        let one = self.devices.shipment(&id)?;
        must(one.status == "approved" && active, || format!("it was {}", one.status))?;
        (one.shipped_on, one.ends_on) = (day(&loan["shipped_on"])?, day(&loan["ends_on"])?);
        let (ships, ends) = (one.shipped_on, one.ends_on);
        must(ships <= today, || format!("shipped on {ships}"))?;
        must(ends > ships && ends <= ships.saturating_add(MOST.days()), || {
            format!("DEV-5: until {ends}")
        })?;
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut moves = Vec::new();
        for device in loan["serials"].as_array().into_iter().flatten() {
            *counts.entry(text(device, "device_type").to_owned()).or_default() += 1;
            let serial = text(device, "serial").to_owned();
            must(one.left.insert(serial.clone()), || format!("DEV-4: {serial} twice"))?;
            moves.push((at, Move::Out(serial, id.clone())));
        }
        must(counts == one.lines, || format!("DEV-4: {counts:?} for {:?}", one.lines))?;
        one.out.clone_from(&one.left);
        one.status = "shipped";
        self.devices.moves.extend(moves);
        self.tell(at, "device_shipped");
        Ok(())
    }

    /// EXT-4.
    fn longer(&mut self, event: &Value, at: Timestamp) -> Checked {
        if text(event, "type") == "device_extension_asked" {
            let (asked, id) = (&event["extension"], text(event, "shipment"));
            let one = self.devices.shipment(id)?;
            let days = asked["days"].as_i64().unwrap_or_default();
            let later = one.ends_on.saturating_add(days.days());
            let most = one.shipped_on.saturating_add(MOST.days());
            must(!one.out.is_empty() && one.due_by.is_none(), || {
                "nothing is out".to_owned()
            })?;
            must(days > 0 && later <= most, || format!("EXT-4: until {later}"))?;
            one.asked
                .insert(text(asked, "id").to_owned(), (days, text(asked, "asked_by").to_owned()));
            self.tell(at, "approval_requested");
            return Ok(());
        }
        let (id, state) = (text(event, "id"), &event["state"]);
        let found = self.devices.lent.values_mut().find(|one| one.asked.contains_key(id));
        let one = found.ok_or_else(|| "nobody asked".to_owned())?;
        let (days, by) = one.asked.remove(id).unwrap_or_default();
        must(text(state, "by") != by, || "EXT-4: by the one who asked".to_owned())?;
        if text(state, "status") != "approved" {
            self.tell(at, "device_extension_refused");
            return Ok(());
        }
        let (later, most) = (
            one.ends_on.saturating_add(days.days()),
            one.shipped_on.saturating_add(MOST.days()),
        );
        must(!one.out.is_empty() && one.due_by.is_none(), || {
            "nothing is out".to_owned()
        })?;
        must(later == day(&state["ends_on"])? && later <= most, || {
            format!("EXT-4: until {later}")
        })?;
        one.ends_on = later;
        // DEV-6: reminders count from the new date.
        one.reminders = event["reminders"].as_u64().unwrap_or_default();
        self.tell(at, "device_extension_approved");
        Ok(())
    }

    /// DEV-6, DEV-7, CANC-2.
    fn way_back(&mut self, event: &Value, at: Timestamp) -> Checked {
        let (today, kind) = (self.today(at), text(event, "type"));
        let one = self.devices.shipment(text(event, "id"))?.clone();
        must(!one.out.is_empty(), || "nothing is out".to_owned())?;
        match kind {
            "return_opened" => {
                let first = one.ends_on.saturating_add((-RETURN).days()).max(one.shipped_on);
                must(today >= first, || format!("DEV-6: before {first}"))?;
                self.tell(at, "return_open");
            }
            "devices_fall_due" => {
                let due = day(&event["due_by"])?;
                must(due <= today.saturating_add(RETURN.days()), || {
                    format!("CANC-2: by {due}")
                })?;
                self.devices.shipment(text(event, "id"))?.due_by = Some(due);
                self.may_tell(at, "return_open");
            }
            "label_requested" => self.tell(at, "shipment_requested"),
            _ => {
                let due = one.due_on();
                let mut come = OVERDUE.to_vec();
                come.extend((1..200).map(|week| OVERDUE[2] + 7 * week));
                let come = come.into_iter().filter(|days| self.nine(due, *days) <= at).count() as u64;
                let told = event["reminders"].as_u64().unwrap_or_default();
                must(told == come && told > one.reminders, || {
                    format!(
                        "DEV-6: the {told}th reminder after {}, where {come} have come",
                        one.reminders
                    )
                })?;
                self.devices.shipment(text(event, "id"))?.reminders = told;
                self.tell(at, "return_overdue");
            }
        }
        Ok(())
    }

    /// DEV-8.
    fn received(&mut self, event: &Value, at: Timestamp) -> Checked {
        let id = text(event, "id").to_owned();
        let one = self.devices.shipment(&id)?;
        let mut moves = Vec::new();
        for serial in serials(&event["serials"]) {
            must(one.out.remove(&serial), || format!("DEV-8: {serial} was not out"))?;
            moves.push((at, Move::Back(serial, id.clone())));
        }
        must(!moves.is_empty(), || "DEV-8: nothing came back".to_owned())?;
        let complete = one.out.is_empty();
        if complete {
            one.status = "returned";
        }
        self.devices.moves.extend(moves);
        self.may_tell(at, "return_mismatch");
        if complete {
            self.tell(at, "return_received");
        } else {
            // A part is told to the customer alone where the partner reads what does not match; who is gone reads nothing.
            self.may_tell(at, "return_received");
        }
        Ok(())
    }

    /// DEV-4: another one left than was typed.
    fn put_right(&mut self, event: &Value, at: Timestamp) -> Checked {
        let id = text(event, "id").to_owned();
        let (from, to) = (text(event, "from").to_owned(), text(event, "to").to_owned());
        let one = self.devices.shipment(&id)?;
        must(one.out.remove(&from), || format!("DEV-4: {from} was not out"))?;
        one.left.remove(&from);
        must(one.left.insert(to.clone()), || format!("DEV-4: {to} twice"))?;
        one.out.insert(to.clone());
        self.devices.moves.push((at, Move::Back(from, id.clone())));
        self.devices.moves.push((at, Move::Out(to, id)));
        Ok(())
    }
}
