//! A trial's life as the rules tell it, from the rows of its record: when what may happen, and whom it tells. It knows
//! days from the calendar and nothing of the application.

pub(crate) mod devices;
pub(crate) mod orders;
mod passing;

use domain::trial::{MilestoneKind, Origin, Trial};
use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use store::region::event::Event;

/// A while in which something was so; without end it still is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct While {
    pub(crate) from: Timestamp,
    pub(crate) until: Option<Timestamp>,
    pub(crate) ends_on: Option<Date>,
}

/// What one row must have told, and what it may have.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    pub(crate) must: BTreeSet<&'static str>,
    pub(crate) may: BTreeSet<&'static str>,
}

/// A life.
#[derive(Debug)]
pub(crate) struct Life {
    pub(crate) status: &'static str,
    pub(crate) zone: TimeZone,
    pub(crate) starts_on: Option<Date>,
    pub(crate) ends_on: Option<Date>,
    pub(crate) services: BTreeSet<String>,
    /// Statuses, one after the other, with the end day of each.
    pub(crate) whiles: Vec<(&'static str, While)>,
    /// ELIG-2: which service was claimed, from when to when.
    pub(crate) claims: Vec<(String, While)>,
    pub(crate) sent: Vec<(String, Timestamp, Option<Date>)>,
    pub(crate) done: BTreeMap<String, Timestamp>,
    pub(crate) told: BTreeMap<Timestamp, Told>,
    pub(crate) devices: devices::Devices,
    pub(crate) orders: orders::Orders,
    origin: Origin,
    created: Timestamp,
    duration: i64,
    cancelled_on: Option<Date>,
    /// EXP-5: when an edit took calling away, while its numbers rest.
    calling_left: Option<Date>,
    reminded: BTreeSet<Date>,
}

type Checked = Result<(), String>;

/// The service that has numbers.
const CALLING: &str = "calling";

fn must(holds: bool, what: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(what()) }
}

fn text<'v>(event: &'v Value, name: &str) -> &'v str {
    event[name].as_str().unwrap_or_default()
}

fn day(value: &Value) -> Result<Date, String> {
    let text = value.as_str().unwrap_or_default();
    text.parse().map_err(|error| format!("{text}: {error}"))
}

fn ids(services: &Value) -> BTreeSet<String> {
    let all = services.as_array().into_iter().flatten();
    all.map(|service| text(service, "id").to_owned()).collect()
}

impl Life {
    /// The life that a record tells.
    pub(crate) fn of(trial: &Trial, record: &[Event]) -> Result<Self, String> {
        let mut life = Self {
            status: "",
            zone: TimeZone::UTC,
            starts_on: None,
            ends_on: None,
            services: BTreeSet::new(),
            whiles: Vec::new(),
            claims: Vec::new(),
            sent: Vec::new(),
            done: BTreeMap::new(),
            told: BTreeMap::new(),
            devices: devices::Devices::default(),
            orders: orders::Orders::default(),
            origin: trial.origin,
            created: trial.created_at,
            duration: i64::from(trial.duration_days),
            cancelled_on: None,
            calling_left: None,
            reminded: BTreeSet::new(),
        };
        for row in record {
            for event in row.body.as_array().into_iter().flatten() {
                life.happens(row, event)
                    .map_err(|what| format!("{} at {}: {what}", text(event, "type"), row.at))?;
            }
        }
        Ok(life)
    }

    pub(crate) fn midnight(&self, day: Date, plus: i64) -> Timestamp {
        let day = day.saturating_add(plus.days()).to_zoned(self.zone.clone());
        day.and_then(|day| day.start_of_day())
            .map_or(Timestamp::MAX, |day| day.timestamp())
    }

    pub(crate) fn nine(&self, day: Date, plus: i64) -> Timestamp {
        let nine = day
            .saturating_add(plus.days())
            .at(9, 0, 0, 0)
            .to_zoned(self.zone.clone());
        nine.map_or(Timestamp::MAX, |nine| nine.timestamp())
    }

    /// CONS-2.
    pub(crate) fn deadline(&self) -> Timestamp {
        self.created
            .checked_add(SignedDuration::from_hours(240))
            .unwrap_or(Timestamp::MAX)
    }

    fn today(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// EXP-4, CONV-7, CANC-2: the last day before everything of it goes, as it was known at an instant.
    pub(crate) fn last_day(&self, at: Timestamp) -> Date {
        if let Some(cancelled) = self.cancelled_on {
            return cancelled.saturating_add(30.days());
        }
        let grace = self.ends_on.map_or(Date::MAX, |end| end.saturating_add(30.days()));
        self.orders.held_until(at).map_or(grace, |day| day.max(grace))
    }

    fn end(&self) -> Result<Date, String> {
        self.ends_on.ok_or_else(|| "before it began".to_owned())
    }

    fn runs(&self) -> bool {
        matches!(self.status, "active" | "expired")
    }

    fn is_open(&self) -> bool {
        let over = ["converted", "cancelled", "declined", "lapsed", "removed", ""];
        !over.contains(&self.status)
    }

    /// Another status, or another end: what was ends, what is begins.
    fn turn(&mut self, status: &'static str, at: Timestamp) {
        self.status = status;
        if let Some((_, last)) = self.whiles.last_mut() {
            last.until = Some(at);
        }
        let now = While {
            from: at,
            until: None,
            ends_on: self.ends_on,
        };
        self.whiles.push((status, now));
        self.claim(at);
    }

    fn claim(&mut self, at: Timestamp) {
        let claims = self.is_open() && self.status != "pending_consent";
        let (services, now) = (&self.services, claims);
        for (service, claim) in self.claims.iter_mut().filter(|(_, claim)| claim.until.is_none()) {
            if !now || !services.contains(service) {
                claim.until = Some(at);
            }
        }
        for service in services.iter().filter(|_| now) {
            let held = |(name, claim): &(String, While)| name == service && claim.until.is_none();
            if !self.claims.iter().any(held) {
                let claim = While {
                    from: at,
                    until: None,
                    ends_on: None,
                };
                self.claims.push((service.clone(), claim));
            }
        }
    }

    fn tell(&mut self, at: Timestamp, kind: &'static str) {
        self.told.entry(at).or_default().must.insert(kind);
    }

    fn may_tell(&mut self, at: Timestamp, kind: &'static str) {
        self.told.entry(at).or_default().may.insert(kind);
    }

    fn once(&mut self, what: &str, at: Timestamp) -> Checked {
        match self.done.insert(what.to_owned(), at) {
            Some(before) => Err(format!("a second time; the first was at {before}")),
            None => Ok(()),
        }
    }

    fn happens(&mut self, row: &Event, event: &Value) -> Checked {
        let at = row.at;
        self.told.entry(at).or_default();
        match text(event, "type") {
            "started" => self.started(event, at),
            "consent_resent" | "accepted" | "declined" | "lapsed" | "request_closed" => self.consent(event, row),
            "details_confirmed" => {
                must(self.status == "pending_provisioning_details", || self.status.to_owned())?;
                self.zone = TimeZone::get(text(event, "zone")).map_err(|error| error.to_string())?;
                self.services = ids(&event["services"]);
                self.turn("provisioning", at);
                Ok(())
            }
            "approval_awaited" => {
                self.tell(at, "approval_requested");
                self.turn("pending_approval", at);
                Ok(())
            }
            "approval_decided" => {
                let subject = &event["subject"];
                if event["approved"] == false && text(subject, "kind") == "service" {
                    self.services.remove(text(subject, "id"));
                    self.claim(at);
                }
                self.tell(at, "approval_decided");
                Ok(())
            }
            "activated" => self.activated(event, at),
            "extended" | "services_changed" | "reminded" | "administrator_corrected" => self.changed(event, at),
            "notified" => self.notified(text(event, "kind"), row),
            "expired" | "removed" | "organization_closed" | "numbers_released" => self.ended(event, row),
            "cancelled" => {
                must(self.is_open(), || format!("it was {}", self.status))?;
                self.cancelled_on = Some(self.today(at));
                self.may_tell(at, "cancelled");
                self.turn("cancelled", at);
                self.devices.withdraw();
                Ok(())
            }
            "converted" => self.converted(event, at),
            "order_placed" | "order_redirected" | "order_closed" => self.ordered(event, at),
            _ => self.with_devices(event, at),
        }
    }

    fn started(&mut self, event: &Value, at: Timestamp) -> Checked {
        must(self.status.is_empty(), || "a second time".to_owned())?;
        let trial = &event["trial"];
        self.zone = TimeZone::get(text(trial, "zone")).map_err(|error| error.to_string())?;
        self.services = ids(&trial["services"]);
        if self.origin == Origin::Request {
            self.tell(at, "consent_request");
            self.turn("pending_consent", at);
        } else {
            self.turn("provisioning", at);
        }
        Ok(())
    }

    /// CONS-2, 3, 5, 6.
    fn consent(&mut self, event: &Value, row: &Event) -> Checked {
        let at = row.at;
        must(self.status == "pending_consent", || format!("it was {}", self.status))?;
        let kind = text(event, "type");
        let lapses = kind == "lapsed";
        if kind != "request_closed" {
            must((at >= self.deadline()) == lapses, || "CONS-2".to_owned())?;
            must((row.by.via == "worker") == lapses, || format!("by {}", row.by.via))?;
        }
        match kind {
            "consent_resent" => self.tell(at, "consent_resent"),
            "accepted" => {
                for dropped in event["dropped"].as_array().into_iter().flatten() {
                    self.services.remove(dropped.as_str().unwrap_or_default());
                }
                self.tell(at, "consent_accepted");
                self.turn("pending_provisioning_details", at);
            }
            "lapsed" => {
                self.tell(at, "consent_lapsed");
                self.turn("lapsed", at);
            }
            _ => {
                self.tell(at, "consent_declined");
                self.turn("declined", at);
            }
        }
        Ok(())
    }

    /// PROV-1, TIME-2.
    fn activated(&mut self, event: &Value, at: Timestamp) -> Checked {
        must(matches!(self.status, "provisioning" | "pending_approval"), || {
            format!("it was {}", self.status)
        })?;
        let (first, last) = (day(&event["term"]["starts_on"])?, day(&event["term"]["ends_on"])?);
        must(first == self.today(at), || format!("PROV-1: the first day is {first}"))?;
        must(last == first.saturating_add(self.duration.days()), || {
            format!("TIME-2: the last day is {last}")
        })?;
        (self.starts_on, self.ends_on) = (Some(first), Some(last));
        let kind = if self.origin == Origin::New {
            "welcome"
        } else {
            "trial_started"
        };
        self.tell(at, kind);
        self.turn("active", at);
        Ok(())
    }

    /// EXT-1, EDIT-1, EXP-6, START-11.
    fn changed(&mut self, event: &Value, at: Timestamp) -> Checked {
        let kind = text(event, "type");
        if kind == "administrator_corrected" {
            self.may_tell(at, "welcome");
            return Ok(());
        }
        must(self.runs(), || format!("it was {}", self.status))?;
        match kind {
            "extended" => {
                let to = day(&event["to"])?;
                must(to == self.today(at).saturating_add(30.days()), || {
                    format!("EXT-1: to {to}")
                })?;
                must(Some(day(&event["from"])?) == self.ends_on, || "EXT-1: from".to_owned())?;
                self.ends_on = Some(to);
                self.tell(at, "extended");
                self.turn("active", at);
            }
            "services_changed" => {
                must(self.status == "active", || format!("it was {}", self.status))?;
                let services = ids(&event["services"]);
                self.calling_left = match (self.services.contains(CALLING), services.contains(CALLING)) {
                    (_, true) => None,
                    (true, false) => Some(self.today(at)),
                    (false, false) => self.calling_left,
                };
                self.services = services;
                self.tell(at, "services_changed");
                self.may_tell(at, "approval_requested");
                self.claim(at);
            }
            _ => {
                let today = self.today(at);
                must(self.reminded.insert(today), || "EXP-6: twice a day".to_owned())?;
                let active = self.status == "active";
                self.tell(at, if active { "expiry_reminder" } else { "expiry_notice" });
            }
        }
        Ok(())
    }
}

/// What a hold stops (EXP-9).
pub(crate) const IRREVERSIBLE: [MilestoneKind; 3] = [
    MilestoneKind::Removed,
    MilestoneKind::AccessEndedNotice,
    MilestoneKind::NumbersReleased,
];
