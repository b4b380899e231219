//! What the rules say, in the simplest words: a status, a first and a last day, services, and what will fall due.

mod commands;

use super::story::{SERVICES, Story};
use domain::trial::{
    MilestoneKind::{
        self, AccessEndedNotice, ConsentLapses, Expires, ExpiryNotice, ExpiryReminder, NumbersReleased, Removed,
    },
    Origin, ServiceState, Status,
};
use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use std::collections::{BTreeMap, BTreeSet};

/// An email of the plan: when, which, of which last day, 'expired on', days left.
pub(super) type Mail = (Timestamp, MilestoneKind, Option<Date>, bool, Option<i64>);

pub(super) struct Model {
    pub(super) now: Timestamp,
    pub(super) status: Status,
    pub(super) services: BTreeMap<&'static str, ServiceState>,
    /// First and last day.
    pub(super) days: Option<(Date, Date)>,
    /// What will fall due.
    pub(super) ahead: BTreeSet<(Timestamp, MilestoneKind)>,
    pub(super) done: Vec<(Timestamp, MilestoneKind)>,
    pub(super) mails: Vec<Mail>,
    pub(super) held: bool,
    pub(super) others: bool,
    zone: TimeZone,
    origin: Origin,
    external: bool,
    duration: i64,
    quantity: i64,
    /// The country is under review.
    review: bool,
    has_site: bool,
    has_devices: bool,
    sendings: Vec<Timestamp>,
    last_provisioned: Option<Timestamp>,
    reminded: Option<Date>,
    closed: bool,
    /// The day on which an edit took calling away.
    calling_left: Option<Date>,
    /// What was done or skipped, by its day; an email among it is not planned again.
    pub(super) past: BTreeSet<(Date, MilestoneKind)>,
}

fn with_required(services: &[&'static str]) -> BTreeSet<&'static str> {
    let console = services.contains(&"attendant-console").then_some("calling");
    services.iter().copied().chain(console).collect()
}

fn waits(service: &str) -> ServiceState {
    if service == "contact-center" {
        ServiceState::AwaitingApproval
    } else {
        ServiceState::Waiting
    }
}

impl Model {
    pub(super) fn begin(story: &Story) -> Self {
        let services = with_required(&story.services);
        let mut model = Self {
            now: story.begins,
            status: Status::Provisioning,
            services: services.iter().map(|id| (*id, waits(id))).collect(),
            days: None,
            ahead: BTreeSet::new(),
            done: Vec::new(),
            mails: Vec::new(),
            held: false,
            others: false,
            zone: crate::support::zone(story.zone),
            origin: story.origin,
            external: story.external,
            duration: if services.contains("attendant-console") {
                90
            } else {
                story.days
            },
            quantity: 100,
            review: story.review,
            has_site: story.services.contains(&"meetings"),
            has_devices: story.services.contains(&"devices"),
            sendings: vec![story.begins],
            last_provisioned: None,
            reminded: None,
            closed: false,
            calling_left: None,
            past: BTreeSet::new(),
        };
        if story.origin == Origin::Request {
            model.status = Status::PendingConsent;
            model.ahead.insert((model.deadline(), ConsentLapses));
        } else {
            model.proceed();
        }
        model
    }

    // Days and instants, by jiff's own calendar.

    fn today(&self) -> Date {
        self.day(self.now)
    }

    fn day(&self, instant: Timestamp) -> Date {
        instant.to_zoned(self.zone.clone()).date()
    }

    pub(super) fn midnight(&self, day: Date, plus: i64) -> Timestamp {
        let day = day
            .saturating_add(plus.days())
            .to_zoned(self.zone.clone())
            .expect("a day");
        day.start_of_day().expect("its start").timestamp()
    }

    fn nine(&self, day: Date, plus: i64) -> Timestamp {
        let nine = day.saturating_add(plus.days()).at(9, 0, 0, 0);
        nine.to_zoned(self.zone.clone()).expect("a time").timestamp()
    }

    /// CONS-2.
    fn deadline(&self) -> Timestamp {
        self.sendings[0] + SignedDuration::from_hours(10 * 24)
    }

    fn is_open(&self) -> bool {
        use Status::{Active, Expired, PendingApproval, PendingConsent, PendingProvisioningDetails, Provisioning};
        let open = [
            PendingConsent,
            PendingProvisioningDetails,
            PendingApproval,
            Provisioning,
            Active,
            Expired,
        ];
        open.contains(&self.status)
    }

    fn runs(&self) -> bool {
        matches!(self.status, Status::Active | Status::Expired)
    }

    /// ELIG-2.
    pub(super) fn claims(&self) -> Vec<&str> {
        let claims = self.is_open() && self.status != Status::PendingConsent;
        SERVICES
            .iter()
            .copied()
            .filter(|id| claims && self.services.contains_key(id))
            .collect()
    }

    // What will fall due.

    /// Nothing planned stays; an email whose instant has passed is skipped for good (EXP-7).
    fn forget(&mut self) {
        for (at, kind) in std::mem::take(&mut self.ahead) {
            // Numbers that are held are released later all the same.
            if at <= self.now && kind != NumbersReleased {
                self.past.insert((self.day(at), kind));
            }
        }
    }

    fn plan_email(&mut self, kind: MilestoneKind, day: Date, at: Timestamp) {
        if at <= self.now {
            self.past.insert((day, kind));
        } else if !self.past.contains(&(day, kind)) {
            self.ahead.insert((at, kind));
        }
    }

    /// Section 10 of the rules.
    fn plan_end(&mut self) {
        self.forget();
        let Some((first, last)) = self.days else { return };
        let reminder = last.saturating_sub(7.days());
        if reminder > first {
            self.plan_email(ExpiryReminder, reminder, self.nine(last, -7));
        }
        self.plan_email(ExpiryNotice, last, self.nine(last, 0));
        self.ahead.insert((self.midnight(last, 1), Expires));
        self.ahead.insert((self.midnight(last, 31), Removed));
        self.ahead.insert((self.nine(last, 31), AccessEndedNotice));
        self.plan_numbers();
    }

    fn plan_numbers(&mut self) {
        self.ahead.retain(|(_, kind)| *kind != NumbersReleased);
        if let (Some((_, last)), true) = (self.days, self.services.contains_key("calling")) {
            self.ahead.insert((self.midnight(last, 46), NumbersReleased));
        }
        self.plan_left();
    }

    /// Numbers that an edit left behind.
    pub(super) fn plan_left(&mut self) {
        let Some(left) = self.calling_left else { return };
        let at = self.midnight(left, 16);
        if !self.past.contains(&(self.day(at), NumbersReleased)) {
            self.ahead.insert((at, NumbersReleased));
        }
    }

    // The passing of time.

    fn next(&self) -> Option<(Timestamp, MilestoneKind)> {
        let stopped = |kind| self.held && matches!(kind, Removed | AccessEndedNotice | NumbersReleased);
        self.ahead.iter().copied().find(|(_, kind)| !stopped(*kind))
    }

    pub(super) fn work(&mut self) {
        while let Some((at, kind)) = self.next().filter(|(at, _)| *at <= self.now) {
            self.ahead.remove(&(at, kind));
            self.past.insert((self.day(at), kind));
            if self.happens(kind) {
                self.done.push((self.now, kind));
            }
        }
    }

    pub(super) fn pass_to(&mut self, to: Timestamp) {
        while let Some((at, _)) = self.next().filter(|(at, _)| *at <= to) {
            self.now = self.now.max(at);
            self.work();
        }
    }

    fn mail(&mut self, kind: MilestoneKind, times: usize, late: bool) {
        let last = self.days.map(|(_, last)| last);
        let counted = matches!(kind, ExpiryReminder | ExpiryNotice);
        let left = last
            .filter(|_| counted)
            .map(|last| (last - self.today()).get_days().into());
        // CANC-2: of a cancelled trial the day on which it would have ended is not told.
        let last = last.filter(|_| kind != AccessEndedNotice || self.status == Status::Removed);
        self.mails.extend(vec![(self.now, kind, last, late, left); times]);
    }

    fn happens(&mut self, kind: MilestoneKind) -> bool {
        let over = self.days.is_some_and(|(_, last)| self.now >= self.midnight(last, 1));
        let gone = self.days.is_some_and(|(_, last)| self.now >= self.midnight(last, 31));
        match kind {
            ConsentLapses => {
                self.status = Status::Lapsed;
                self.mail(kind, 1, false);
                true
            }
            ExpiryReminder if self.status == Status::Active && !over => {
                self.mail(kind, 2, false);
                true
            }
            ExpiryNotice if self.runs() && !gone => {
                self.mail(kind, 2, over);
                true
            }
            Expires => {
                self.status = Status::Expired;
                self.rest();
                true
            }
            Removed => self.removed(),
            AccessEndedNotice if self.status == Status::Removed || self.closed => {
                self.mail(kind, 1, false);
                true
            }
            NumbersReleased => true,
            _ => false,
        }
    }

    fn removed(&mut self) -> bool {
        if self.status == Status::Expired {
            self.status = Status::Removed;
            self.withdraw();
            return true;
        }
        self.closed = !self.others;
        self.closed
    }

    // Services.

    fn turn(&mut self, id: &str, from: ServiceState, to: ServiceState) {
        if let Some(state) = self.services.get_mut(id).filter(|state| **state == from) {
            *state = to;
        }
    }

    /// EXP-3.
    fn rest(&mut self) {
        if self.status == Status::Expired {
            self.turn("contact-center", ServiceState::Provisioned, ServiceState::Suspended);
        }
    }

    fn withdraw(&mut self) {
        for id in SERVICES {
            self.turn(id, ServiceState::Provisioned, ServiceState::Withdrawn);
            self.turn(id, ServiceState::Suspended, ServiceState::Withdrawn);
        }
    }

    fn has(&self, wanted: ServiceState) -> bool {
        self.services.values().any(|state| *state == wanted)
    }

    fn awaits(&self) -> bool {
        self.review || self.has(ServiceState::AwaitingApproval)
    }

    fn proceed(&mut self) {
        if self.awaits() {
            self.status = Status::PendingApproval;
        } else {
            self.provision();
        }
    }

    /// PROV-2.
    fn provision(&mut self) {
        if !self.runs() {
            self.status = Status::Provisioning;
        }
        let asked = if self.external {
            ServiceState::Provisioning
        } else {
            ServiceState::Provisioned
        };
        for state in self
            .services
            .values_mut()
            .filter(|state| **state == ServiceState::Waiting)
        {
            *state = asked;
            if !self.external {
                self.last_provisioned = Some(self.now);
            }
        }
        self.rest();
        self.begin_when_settled();
    }

    /// PROV-1.
    fn begin_when_settled(&mut self) {
        let settled = |state: &ServiceState| matches!(state, ServiceState::Provisioned | ServiceState::Failed);
        let all = self.services.values().all(settled) && self.has(ServiceState::Provisioned);
        if self.status == Status::Provisioning && all {
            let first = self.day(self.last_provisioned.expect("one was provisioned"));
            self.days = Some((first, first.saturating_add(self.duration.days())));
            self.status = Status::Active;
            self.plan_end();
        }
    }
}
