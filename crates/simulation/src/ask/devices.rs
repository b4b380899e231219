//! What people ask for about devices.

use super::Ask;
use crate::{
    chance::Chance,
    world::{Sight, World},
};
use domain::{
    ids::PersonId,
    shipment::{DeviceExtensionState, Loan, Shipment, ShipmentState},
    trial::{DeviceLine, DevicesInput, SerialInput, ShipTo, ShipWish, ShipmentRequest, Trial},
};
use jiff::ToSpan as _;
use std::collections::BTreeSet;

const TYPES: [(&str, i64); 4] = [
    ("desk-phone", 5),
    ("headset", 10),
    ("room-bar", 2),
    // One more than there may be.
    ("board", 2),
];
/// So many devices are there to be lent in a region, few enough that they go from one customer to the next.
const STOCK: u64 = 24;

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn ship_to(country: &str) -> ShipTo {
    ShipTo {
        name: text("Reception"),
        lines: Some(vec!["1 Long Street".to_owned()]),
        city: text("Town"),
        postal_code: text("1000"),
        country: text(country),
        phone: text("+1 555 0100"),
    }
}

fn lines(chance: &mut Chance) -> Vec<DeviceLine> {
    let mut lines: Vec<DeviceLine> = Vec::new();
    for _ in 0..chance.between(1, 2) {
        let (id, most) = chance.of(TYPES);
        if !lines.iter().any(|line| line.device_type.as_deref() == Some(id)) {
            lines.push(DeviceLine {
                device_type: text(id),
                quantity: Some(chance.between(1, most.min(3))),
            });
        }
    }
    lines
}

/// DEV-1: with a start.
pub(super) fn block(chance: &mut Chance, country: &str) -> DevicesInput {
    let ships = chance.percent(80);
    DevicesInput {
        skip: (!ships).then(|| "customer_has".to_owned()),
        ship: ships.then(|| lines(chance)),
        site_has_poe: Some(true),
        registration_licenses: chance.percent(50).then(|| chance.between(3, 12)),
        ship_to: ships.then(|| ship_to(country)),
    }
}

/// What is in the vendor's stock of a region, as far as anybody knows, and what is not.
fn stock(sight: &Sight, region: &str) -> (Vec<String>, Vec<String>) {
    let trials = sight.trials.iter().map(|record| &record.trial);
    let here = trials.filter(|trial| trial.id.region() == region);
    let out: BTreeSet<&str> = here
        .flat_map(Trial::loans_out)
        .flat_map(|(_, loan)| loan.missing().map(|device| device.serial.as_str()))
        .collect();
    let all = (0..STOCK).map(|number| format!("FCH{number:04}"));
    all.partition(|serial| !out.contains(serial.as_str()))
}

fn wish(chance: &mut Chance, sight: &Sight, trial: &Trial, shipment: &Shipment, today: jiff::civil::Date) -> ShipWish {
    let (free, out) = stock(sight, trial.id.region());
    let mut serials = Vec::new();
    let first = chance.below(STOCK) as usize;
    for (device_type, quantity) in &shipment.lines {
        for _ in 0..*quantity {
            let serial = match chance.percent(2) {
                true => chance.one(&out),
                false => free.get((first + serials.len()) % free.len().max(1)),
            };
            serials.push(SerialInput {
                device_type: Some(device_type.clone()),
                serial: serial.map(|serial| serial.to_lowercase()),
            });
        }
    }
    if chance.percent(5) {
        serials.pop();
    }
    // A day too many now and then.
    let days = chance.of([20, 45, 90, 120, 121]);
    ShipWish {
        order_number: Some(format!("D{}", chance.below(100_000))),
        serials: Some(serials),
        carrier: text(chance.of(["ups", "dhl"])),
        tracking: text("1Z"),
        ends_on: Some(today.saturating_add(i64::from(days).days())),
        shipped_on: None,
    }
}

/// Of a loan, serials that come back: some, all, or a wrong one.
fn parcel(chance: &mut Chance, loan: &Loan) -> Vec<String> {
    let missing: Vec<String> = loan.missing().map(|device| device.serial.clone()).collect();
    let mut serials: Vec<String> = match chance.percent(50) {
        true => missing,
        false => missing.into_iter().filter(|_| chance.percent(50)).collect(),
    };
    if serials.is_empty() || chance.percent(15) {
        // Anything of the stock: somebody else's, one that is back, or one that nobody lent.
        serials.push(format!("FCH{:04}", chance.below(STOCK)));
    }
    serials
}

/// Somebody, and what he asks for about devices.
pub(super) fn ask(chance: &mut Chance, sight: &Sight, world: &World) -> Option<(PersonId, Ask)> {
    let all: Vec<(&Trial, &Shipment)> = sight
        .trials
        .iter()
        .flat_map(|record| record.trial.shipments.iter().map(|one| (&record.trial, one)))
        .collect();
    let over = |one: &Shipment| matches!(one.state, ShipmentState::Refused | ShipmentState::Withdrawn);
    let open: Vec<(&Trial, &Shipment)> = all
        .iter()
        .filter(|(_, one)| !over(one) && !one.loan().is_some_and(Loan::is_complete))
        .copied()
        .collect();
    // What is over is asked about now and then, too.
    let (trial, shipment) = match chance.percent(93) {
        true => *chance.one(&open)?,
        false => *chance.one(&all)?,
    };
    let team = world.vendor.first()?.clone();
    let (_, sellers) = world.partners.iter().find(|(id, _)| *id == trial.partner)?;
    let seller = sellers.first()?.clone();
    if chance.percent(12) {
        let request = ShipmentRequest {
            ship: Some(lines(chance)),
            site_has_poe: Some(true),
            ship_to: Some(ship_to("FR")),
            reason: None,
        };
        return Some((seller, Ask::Request(trial.id.clone(), Box::new(request))));
    }
    let id = shipment.id.clone();
    Some(match shipment.loan() {
        None => match (&shipment.state, chance.percent(90)) {
            (ShipmentState::Requested, true) => (team, Ask::DecideShipment(id, chance.percent(85))),
            (_, true) => {
                let zone = jiff::tz::TimeZone::get(&trial.zone).ok()?;
                let today = world.clock.now().to_zoned(zone).date();
                let wish = wish(chance, sight, trial, shipment, today);
                (team, Ask::Ship(id, Box::new(wish)))
            }
            (_, false) => (team, Ask::DecideShipment(id, chance.percent(50))),
        },
        Some(loan) => lent(chance, shipment, loan, (team, seller)),
    })
}

fn lent(
    chance: &mut Chance,
    shipment: &Shipment,
    loan: &Loan,
    (team, seller): (PersonId, PersonId),
) -> (PersonId, Ask) {
    let id = shipment.id.clone();
    let asked = loan.extensions.iter();
    let asked: Vec<_> = asked.filter(|one| one.state == DeviceExtensionState::Pending).collect();
    match chance.below(100) {
        0..=24 => (seller, Ask::Longer(id, chance.of([10, 30, 60]))),
        25..=49 => match chance.one(&asked) {
            Some(one) => (team, Ask::DecideLonger(one.id.clone(), chance.percent(80))),
            None => (seller, Ask::OpenReturn(id)),
        },
        50..=64 => (seller, Ask::OpenReturn(id)),
        65..=69 => (seller, Ask::Label(id.return_id())),
        70..=74 => {
            let from = chance
                .one(&loan.serials)
                .map(|one| one.serial.clone())
                .unwrap_or_default();
            let to = format!("FCH{:04}", chance.below(STOCK));
            (team, Ask::PutRight(id, from, to))
        }
        _ => (team, Ask::Receive(id.return_id(), parcel(chance, loan))),
    }
}
