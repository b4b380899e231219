//! What is dated about devices (DEV-6): the part of the plan that goes on in whatever state the trial is, as long as
//! something is out.

use super::super::{At, MilestoneKind, Planned, Trial};
use crate::{
    ids::ShipmentId,
    program::Program,
    shipment::{Loan, Shipment},
    time::{at_civil, civil_day, end_of},
};
use jiff::{Timestamp, tz::TimeZone};
use std::collections::BTreeSet;

/// The instants of one loan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days(pub Vec<(MilestoneKind, Timestamp)>);

const KINDS: [MilestoneKind; 4] = [
    MilestoneKind::DeviceReturnOpens,
    MilestoneKind::DeviceEnds,
    MilestoneKind::DeviceReturnDue,
    MilestoneKind::ReturnOverdue,
];

/// DEV-6: what is still dated about a loan that is out.
pub fn days_of(loan: &Loan, program: &Program, zone: &TimeZone) -> Days {
    let policy = &program.policy;
    let mut days = Vec::new();
    if loan.is_complete() {
        return Days(days);
    }
    let due_on = loan.return_due_on(policy);
    if loan.opened_on.is_none() {
        let opens = at_civil(loan.return_opens_on(policy), policy.day_email_time, zone);
        days.push((MilestoneKind::DeviceReturnOpens, opens));
    }
    // CANC-2: where they are due before that, the device end date means nothing any more.
    if loan.ends_on <= due_on {
        days.push((MilestoneKind::DeviceEnds, end_of(loan.ends_on, zone)));
    }
    days.push((MilestoneKind::DeviceReturnDue, end_of(due_on, zone)));
    let reminders = loan.overdue_days(policy).into_iter();
    days.extend(reminders.map(|day| (MilestoneKind::ReturnOverdue, at_civil(day, policy.day_email_time, zone))));
    Days(days)
}

impl Trial {
    /// DEV-6: everything that is dated about devices; those still to be shipped have no dates yet. Shipments that share
    /// an instant share its milestone.
    pub(in crate::trial) fn device_plan(&self, program: &Program, zone: &TimeZone) -> Vec<Planned> {
        let all = self.loans_out().flat_map(|(_, loan)| days_of(loan, program, zone).0);
        let dated: BTreeSet<(MilestoneKind, Timestamp)> = all.collect();
        let mut items: Vec<Planned> = dated
            .into_iter()
            .map(|(kind, at)| Planned {
                kind,
                at: Some(at),
                on: Some(civil_day(at, zone)),
            })
            .collect();
        if self.ships_devices(program) {
            let open = KINDS
                .into_iter()
                .filter(|kind| !items.iter().any(|item| item.kind == *kind));
            let open: Vec<MilestoneKind> = open.collect();
            items.extend(open.into_iter().map(|kind| Planned {
                kind,
                at: None,
                on: None,
            }));
        }
        items
    }

    /// The shipments to which an instant of a kind has come; all of them, because a milestone is done once.
    pub(super) fn devices_due(&self, kind: MilestoneKind, at: &At<'_>) -> Vec<ShipmentId> {
        let due = |(_, loan): &(&Shipment, &Loan)| {
            let mut days = days_of(loan, at.program, at.zone).0.into_iter();
            days.any(|(one, instant)| one == kind && instant <= at.now)
        };
        let all = self.loans_out().filter(due);
        all.map(|(shipment, _)| shipment.id.clone()).collect()
    }
}
