//! What orders do to a life (CONV): one that is placed in time holds the removal until it is mapped or closed.

use super::{CALLING, Checked, Life, day, must, text};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use serde_json::Value;
use std::collections::BTreeSet;

/// An order as the record tells it.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) id: String,
    pub(crate) placed_on: Date,
    pub(crate) closes_on: Date,
    pub(crate) is_open: bool,
    reminders: usize,
}

/// How a trial was bought.
#[derive(Clone, Debug)]
pub(crate) struct Bought {
    pub(crate) at: Timestamp,
    pub(crate) order: Option<String>,
    pub(crate) services: Vec<(String, u64)>,
    /// What was tried until then.
    pub(crate) tried: BTreeSet<String>,
    /// Who lost the licence of which service.
    pub(crate) surplus: BTreeSet<(String, String)>,
    /// CONV-7: only a hold of the vendor's makes that possible.
    pub(crate) late: bool,
}

/// The orders of a life.
#[derive(Clone, Debug, Default)]
pub(crate) struct Orders {
    pub(crate) last: Option<Mark>,
    pub(crate) bought: Option<Bought>,
    /// Since when the removal waits for the end of which day.
    held: Vec<(Timestamp, Date)>,
}

/// CONV-7.
const DAYS: i64 = 30;
const REMINDERS: [i64; 3] = [7, 20, 27];

impl Orders {
    pub(crate) fn held_until(&self, at: Timestamp) -> Option<Date> {
        let known = self.held.iter().rev().find(|(since, _)| *since <= at);
        known.map(|(_, day)| *day)
    }
}

fn lines(services: &Value) -> Vec<(String, u64)> {
    let all = services.as_array().into_iter().flatten();
    all.map(|line| {
        let id = line[0].as_str().unwrap_or_default().to_owned();
        (id, line[1].as_u64().unwrap_or_default())
    })
    .collect()
}

impl Life {
    pub(super) fn ordered(&mut self, event: &Value, at: Timestamp) -> Checked {
        match text(event, "type") {
            "order_placed" => self.placed(&event["order"], at),
            "order_redirected" => {
                let open = self.orders.last.as_ref().filter(|mark| mark.is_open);
                must(open.is_some_and(|mark| mark.id == text(event, "order")), || {
                    "no such order".to_owned()
                })?;
                self.tell(at, "order_set_up");
                Ok(())
            }
            _ => self.order_closed(event, at),
        }
    }

    fn placed(&mut self, order: &Value, at: Timestamp) -> Checked {
        must(self.runs(), || format!("it was {}", self.status))?;
        let end = self.end()?;
        must(at < self.midnight(end, 31), || "CONV-7: after grace".to_owned())?;
        let open = self.orders.last.as_ref().is_some_and(|mark| mark.is_open);
        must(!open, || "CONV-7: beside another one".to_owned())?;
        let (placed_on, closes_on) = (day(&order["placed_on"])?, day(&order["closes_on"])?);
        must(placed_on == self.today(at), || format!("placed on {placed_on}"))?;
        must(closes_on == placed_on.saturating_add(DAYS.days()), || {
            format!("CONV-7: closes on {closes_on}")
        })?;
        self.orders.held.push((at, closes_on));
        self.orders.last = Some(Mark {
            id: text(order, "id").to_owned(),
            placed_on,
            closes_on,
            is_open: true,
            reminders: 0,
        });
        self.tell(at, "order_set_up");
        Ok(())
    }

    fn order_closed(&mut self, event: &Value, at: Timestamp) -> Checked {
        let (today, on) = (self.today(at), day(&event["on"])?);
        let mark = self.orders.last.clone().filter(|mark| mark.is_open);
        let Some(mark) = mark.filter(|mark| mark.id == text(event, "order")) else {
            return Err("no such order".to_owned());
        };
        let by_itself = text(event, "reason") == "not_mapped";
        let over = at >= self.midnight(mark.closes_on, 1);
        must(over || !by_itself, || "CONV-7: early".to_owned())?;
        let last = if by_itself {
            mark.closes_on
        } else {
            today.min(mark.closes_on)
        };
        must(on == last, || format!("CONV-7: it held until {on}"))?;
        self.orders.held.push((at, on));
        self.orders.last = Some(Mark { is_open: false, ..mark });
        self.tell(at, "order_closed");
        Ok(())
    }

    pub(super) fn reminded_of_order(&mut self, at: Timestamp) -> Checked {
        let Some(mark) = self.orders.last.clone().filter(|mark| mark.is_open) else {
            return Err("no order is open".to_owned());
        };
        let due = REMINDERS.get(mark.reminders).copied().unwrap_or(i64::MAX);
        must(due < DAYS && at >= self.nine(mark.placed_on, due), || {
            "CONV-7: early".to_owned()
        })?;
        must(at < self.midnight(mark.closes_on, 1), || "CONV-7: too late".to_owned())?;
        if let Some(mark) = &mut self.orders.last {
            mark.reminders += 1;
        }
        self.tell(at, "order_reminder");
        Ok(())
    }

    /// CONV-5, 7; EXP-5.
    pub(super) fn converted(&mut self, event: &Value, at: Timestamp) -> Checked {
        must(self.runs(), || format!("it was {}", self.status))?;
        let order = event["order"].as_str().map(str::to_owned);
        let services = lines(&event["services"]);
        if order.is_some() {
            must(!services.is_empty(), || "nothing was bought".to_owned())?;
            let bought = services.iter().any(|(id, _)| id == CALLING);
            self.calling_left = match (self.services.contains(CALLING), bought) {
                (_, true) => None,
                (true, false) => Some(self.today(at)),
                (false, false) => self.calling_left,
            };
            self.tell(at, "converted");
        }
        let named = event["surplus"].as_array().into_iter().flatten();
        let surplus = named.flat_map(|line| {
            let service = line[0].as_str().unwrap_or_default().to_owned();
            let people = line[1].as_array().into_iter().flatten();
            people.map(move |id| (service.clone(), id.as_str().unwrap_or_default().to_owned()))
        });
        self.orders.bought = Some(Bought {
            at,
            services,
            tried: self.services.clone(),
            surplus: surplus.collect(),
            late: order.is_some() && at >= self.midnight(self.last_day(at), 1),
            order: order.clone(),
        });
        // The one that was mapped is over with it; another one closes with an event of its own.
        if let Some(mark) = &mut self.orders.last
            && Some(&mark.id) == order.as_ref()
        {
            mark.is_open = false;
        }
        self.devices.withdraw();
        self.turn("converted", at);
        Ok(())
    }
}
