//! DEV-5: what a trial itself says about its devices.

use domain::{program::Program, trial::Trial};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A shipment in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShipmentMark {
    /// Its id.
    pub id: String,
    /// By the names of `GET /shipments`.
    pub status: String,
    /// Types, with name and how many.
    pub lines: Vec<(String, String, u32)>,
    /// The demo order number.
    pub order_number: Option<String>,
    /// Who brings them: id and name.
    pub carrier: Option<(String, String)>,
    /// When they left.
    pub shipped_on: Option<Date>,
    /// The device end date; not the trial's expiry date.
    pub device_ends_on: Option<Date>,
    /// From when they can go back.
    pub return_opens_on: Option<Date>,
    /// By when they have to be back.
    pub return_due_on: Option<Date>,
    /// The way back; none before they were shipped.
    pub returned: Option<ReturnMark>,
}

/// A return in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnMark {
    /// Its id.
    pub id: String,
    /// What is written on the parcel.
    pub rma: String,
    /// `planned`, `open`, `overdue`, `complete`.
    pub status: String,
    /// How many left.
    pub expected: usize,
    /// How many are back.
    pub received: usize,
}

pub(crate) fn marks(trial: &Trial, today: Date, program: &Program) -> Vec<ShipmentMark> {
    let policy = &program.policy;
    let line = |(id, quantity): &(String, u32)| {
        let known = program.device_type(id);
        let name = known.map_or_else(|| id.clone(), |device| device.name.clone());
        (id.clone(), name, *quantity)
    };
    let mark = |one: &domain::shipment::Shipment| {
        let loan = one.loan();
        ShipmentMark {
            id: one.id.0.clone(),
            status: one.status().to_owned(),
            lines: one.lines.iter().map(line).collect(),
            order_number: loan.map(|loan| loan.order_number.clone()),
            carrier: loan.map(|loan| {
                let known = program.carrier(&loan.carrier);
                let name = known.map_or_else(|| loan.carrier.clone(), |carrier| carrier.name.clone());
                (loan.carrier.clone(), name)
            }),
            shipped_on: loan.map(|loan| loan.shipped_on),
            device_ends_on: loan.map(|loan| loan.ends_on),
            return_opens_on: loan.map(|loan| loan.return_opens_on(policy)),
            return_due_on: loan.map(|loan| loan.return_due_on(policy)),
            returned: loan.map(|loan| ReturnMark {
                id: one.id.return_id().0,
                rma: one.id.return_id().rma(),
                status: loan.return_status(today, policy).as_str().to_owned(),
                expected: loan.serials.len(),
                received: loan.received.len(),
            }),
        }
    };
    trial.shipments.iter().map(mark).collect()
}
