//! What there is to show of a trial: the value, its plan joined with what was done, and what it means today.

use crate::{
    App, Error,
    shipment::{ShipmentMark, marks},
};
use domain::{
    ids::{OrgId, TrialId},
    notify::Audience,
    organization::Organization,
    program::Program,
    shipment::Receipt,
    time::{civil_day, days_between},
    trial::{MilestoneKind, MilestoneState, Planned, Provisioning, Row, Status, Trial, plan},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::region::{Reads, trial::TrialRecord};

/// A trial as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrialView {
    /// The value.
    pub trial: Trial,
    /// Personal texts beside it.
    pub texts: BTreeMap<String, String>,
    /// None for one that is not there yet.
    pub id: Option<TrialId>,
    /// None for one that is not there yet.
    pub customer_id: Option<OrgId>,
    /// Empty once erased.
    pub customer_name: String,
    /// ISO 3166 alpha-2.
    pub customer_country: String,
    /// The partner's name.
    pub partner_name: String,
    /// The civil day in the customer's zone.
    pub today: Date,
    /// EXP-3.
    pub grace_ends_on: Option<Date>,
    /// To the last day, only while active.
    pub days_left: Option<i64>,
    /// To the last day of grace, only in grace.
    pub grace_days_left: Option<i64>,
    /// EXP-9: since when it is held.
    pub held_at: Option<Timestamp>,
    /// PROV-2: how its provisioning stands; none where nothing is asked of a provisioner.
    #[serde(default)]
    pub provisioning: Option<Provisioning>,
    /// SETUP-1: the customer's set-up, once somebody has begun it.
    #[serde(default)]
    pub setup: Option<SetupMark>,
    /// DEV-5: devices asked for, on loan, and back.
    #[serde(default)]
    pub shipments: Vec<ShipmentMark>,
    /// CONS-2: when the request lapses, while it is pending.
    pub consent_expires_at: Option<Timestamp>,
    /// Counts up with every change.
    pub version: i64,
}

/// How far a customer's set-up is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupMark {
    /// When somebody finished it; none while it is open.
    pub finished_at: Option<Timestamp>,
}

/// A line of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanItem {
    /// What.
    pub kind: MilestoneKind,
    /// When; none while the start is open.
    pub at: Option<Timestamp>,
    /// The customer's civil day of that.
    pub on: Option<Date>,
    /// To whom, and how many they are today.
    pub recipients: Vec<(Audience, u32)>,
    /// `done`, `due`, `held`, `skipped`, `planned`.
    pub state: String,
    /// When it was done or skipped.
    pub done_at: Option<Timestamp>,
}

/// What a changing call answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The trial then.
    pub trial: TrialView,
    /// Whether anything changed.
    pub changed: bool,
    /// A dry run: the trial before.
    pub before: Option<TrialView>,
    /// A dry run: the whole future.
    pub plan: Option<Vec<PlanItem>>,
    /// A dry run of an edit: what goes with the services that it takes away (EDIT-2).
    #[serde(default)]
    pub leaving: Option<crate::trial::Leaving>,
    /// DEV-8: what became of the serials that were given.
    #[serde(default)]
    pub receipt: Option<Receipt>,
}

pub(crate) struct Around<'a> {
    pub(crate) customer: &'a Organization,
    pub(crate) program: &'a Program,
    pub(crate) zone: &'a TimeZone,
    pub(crate) now: Timestamp,
    pub(crate) held_at: Option<Timestamp>,
}

impl App {
    pub(crate) async fn view(&self, record: TrialRecord, around: &Around<'_>) -> Result<TrialView, Error> {
        let setup = self.setup_mark(&record.trial).await?;
        let begun = self.view_of_new(record, around).await?;
        Ok(TrialView { setup, ..begun })
    }

    /// ORG-9: not before the customer has accepted.
    async fn setup_mark(&self, trial: &Trial) -> Result<Option<SetupMark>, Error> {
        if !trial.is_known() || !trial.status().is_open() {
            return Ok(None);
        }
        let found = self
            .region(trial.customer.region())?
            .read()
            .setup(&trial.customer)
            .await?;
        Ok((found.version > 0).then_some(SetupMark {
            finished_at: found.value.finished_at,
        }))
    }

    /// A trial whose customer is as new as itself: nothing of it is set up.
    pub(crate) async fn view_of_new(&self, record: TrialRecord, around: &Around<'_>) -> Result<TrialView, Error> {
        let TrialRecord { trial, texts, version } = record;
        let today = civil_day(around.now, around.zone);
        let term = trial.term();
        // CONV-7: past its grace an order keeps it: then that day counts.
        let held = trial.open_order().is_some() && trial.status() == Status::Expired;
        let grace_ends_on = match held {
            true => trial.removal_day(around.program),
            false => term.map(|term| term.grace_ends_on(around.program)),
        };
        let left = |status: Status, day: Option<Date>| {
            day.filter(|_| trial.status() == status)
                .map(|day| days_between(today, day).max(0))
        };
        Ok(TrialView {
            id: Some(trial.id.clone()),
            customer_id: Some(trial.customer.clone()),
            customer_name: around.customer.name.clone(),
            customer_country: around
                .customer
                .customer()
                .map(|customer| customer.country.clone())
                .unwrap_or_default(),
            partner_name: self.company_name(&trial.partner).await?,
            today,
            days_left: left(Status::Active, term.map(|term| term.ends_on)),
            grace_days_left: left(Status::Expired, grace_ends_on),
            grace_ends_on,
            held_at: around.held_at,
            provisioning: self.provisioning_of(&trial).await?,
            setup: None,
            shipments: marks(&trial, today, around.program),
            consent_expires_at: trial.consent_deadline(around.program),
            trial,
            texts,
            version,
        })
    }

    /// Since when irreversible work on a customer is held: by the vendor (EXP-9), or by the clock (EXP-8).
    pub(crate) async fn held_at(&self, reads: &Reads<'_>, customer: &OrgId) -> Result<Option<Timestamp>, Error> {
        let holds = reads.holds_on(customer).await?;
        let fuse = self.fuse_since().await?;
        Ok(holds.iter().map(|hold| hold.placed_at).chain(fuse).min())
    }

    /// START-9: the plan of a trial as it is, or as it would be: what was done, and everything still to come.
    pub(crate) async fn plan_items(
        &self,
        reads: &Reads<'_>,
        trial: &Trial,
        rows: &[Row],
        around: &Around<'_>,
    ) -> Result<Vec<PlanItem>, Error> {
        let planned = plan(trial, around.program, around.zone);
        let theirs = zone_told(trial, around)?;
        let mut counts: BTreeMap<Audience, u32> = BTreeMap::new();
        for kind in MilestoneKind::ALL {
            for audience in kind.audiences() {
                if !counts.contains_key(audience) {
                    // ORG-9: how many they are is not told before the customer has accepted.
                    let told = trial.is_known() || *audience == Audience::PartnerAdministrators;
                    let people = if told {
                        self.people_for(reads, trial, *audience).await?
                    } else {
                        Vec::new()
                    };
                    counts.insert(*audience, u32::try_from(people.len()).unwrap_or(u32::MAX));
                }
            }
        }
        let mut items = join(trial, rows, &planned, &counts, around);
        if let Some(zone) = theirs {
            for item in &mut items {
                item.on = item.at.map(|at| civil_day(at, &zone));
            }
        }
        Ok(items)
    }
}

/// ORG-9: a customer that has not accepted tells its country (START-6), and no zone: days are its country's.
fn zone_told(trial: &Trial, around: &Around<'_>) -> Result<Option<TimeZone>, Error> {
    let country = around.customer.customer().filter(|_| !trial.is_known());
    let country = country.and_then(|customer| around.program.country(&customer.country));
    country.map(|country| crate::load::zone(&country.time_zone)).transpose()
}

/// Counts, done, skipped and held are joined when read; `plan` itself stays pure.
pub(crate) fn join(
    trial: &Trial,
    rows: &[Row],
    planned: &[Planned],
    counts: &BTreeMap<Audience, u32>,
    around: &Around<'_>,
) -> Vec<PlanItem> {
    let recipients = |kind: MilestoneKind| {
        let audiences = kind
            .audiences()
            .iter()
            .filter(|_| kind != MilestoneKind::ConsentLapses || trial.consent.is_none());
        audiences
            .map(|audience| (*audience, counts.get(audience).copied().unwrap_or(0)))
            .collect()
    };
    let mut items: Vec<PlanItem> = rows
        .iter()
        .map(|row| PlanItem {
            kind: row.kind,
            at: Some(row.at),
            on: Some(row.on),
            recipients: recipients(row.kind),
            state: state(row, around).to_owned(),
            done_at: row.done_at,
        })
        .collect();
    for item in planned {
        let known = rows
            .iter()
            .any(|row| row.kind == item.kind && (item.at.is_none() || item.at == Some(row.at)));
        if !known {
            let (at, on) = (item.at, item.on);
            items.push(PlanItem {
                kind: item.kind,
                at,
                on,
                recipients: recipients(item.kind),
                state: "planned".to_owned(),
                done_at: None,
            });
        }
    }
    let place = |kind: MilestoneKind| MilestoneKind::ALL.iter().position(|one| *one == kind);
    items.sort_by_key(|item| (item.at.is_none(), item.at, place(item.kind)));
    items
}

fn state(row: &Row, around: &Around<'_>) -> &'static str {
    match row.state {
        MilestoneState::Done => "done",
        MilestoneState::Skipped => "skipped",
        MilestoneState::Planned if row.kind.is_irreversible() && around.held_at.is_some() => "held",
        MilestoneState::Planned if row.at <= around.now => "due",
        MilestoneState::Planned => "planned",
    }
}
