//! Devices on loan in the sample data (DEV, EXT-4): some can go back, somebody would like to keep them, and others are
//! asked for.

use super::{
    cast::{Client, VENDOR},
    stage::Stage,
    story::who,
};
use crate::failure::{Failure, Outcome};
use app::Guard;
use domain::{
    ids::TrialId,
    time::{civil_day, plus_days},
    trial::{DeviceLine, DevicesInput, SerialInput, ShipTo, ShipWish, ShipmentRequest},
};
use jiff::tz::TimeZone;

/// The trials team, by its place in the cast.
const TEAM: usize = 1;
/// Who sells, by the place in the cast.
const SELLER: usize = 0;
const SERIALS: [&str; 2] = ["FCH2734A0X1", "FCH2734A0X2"];
/// So long after shipping the loan ends.
const LOAN: i64 = 58;

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn address(client: &Client) -> ShipTo {
    ShipTo {
        name: text(client.name),
        lines: Some(vec!["12 quai des Étoiles".to_owned()]),
        city: text("Marseille"),
        postal_code: text("13002"),
        country: text(client.country),
        phone: text("+33 4 91 00 00 00"),
    }
}

fn line(device_type: &str, quantity: i64) -> Vec<DeviceLine> {
    vec![DeviceLine {
        device_type: text(device_type),
        quantity: Some(quantity),
    }]
}

/// DEV-1: what a start that tries devices says about them.
pub(super) fn devices(client: &Client, services: &[&str]) -> Option<DevicesInput> {
    services.contains(&"devices").then(|| DevicesInput {
        ship: Some(line("desk-phone", 2)),
        site_has_poe: Some(true),
        ship_to: Some(address(client)),
        ..DevicesInput::default()
    })
}

/// DEV-4: approved and shipped, for some weeks.
pub(super) async fn leave(stage: &Stage, trial: &TrialId) -> Outcome {
    let team = stage.who(VENDOR.people, VENDOR.domain, TEAM).await?;
    let (app, guard, id) = (&stage.app, Guard::default(), trial.first_shipment());
    app.decide_shipment(&team, &id, (true, None), &guard).await?;
    let zone = TimeZone::get(super::cast::PARIS).map_err(|error| Failure::of("a time zone", error))?;
    let serials = SERIALS.map(|serial| SerialInput {
        device_type: None,
        serial: text(serial),
    });
    let wish = ShipWish {
        order_number: text("D1048576"),
        serials: Some(serials.to_vec()),
        carrier: text("dhl"),
        tracking: text("JD014600006281230704"),
        ends_on: Some(plus_days(civil_day(app.clock.now(), &zone), LOAN)),
        shipped_on: None,
    };
    app.ship(&team, &id, &wish, &guard).await?;
    Ok(())
}

/// EXT-4, DEV-2: the partner would like the customer to keep them longer, and to try another type.
pub(super) async fn ask(stage: &Stage, trial: &TrialId) -> Outcome {
    let seller = who(stage, SELLER).await?;
    let (app, guard) = (&stage.app, Guard::default());
    let reason = "Le restaurant rouvre une semaine plus tard que prévu.";
    let longer = (&trial.first_shipment(), Some(14));
    app.ask_device_extension(&seller, longer, Some(reason), &guard).await?;
    let request = ShipmentRequest {
        ship: Some(line("conference-phone", 1)),
        site_has_poe: Some(false),
        ship_to: Some(address(&super::cast::clients::LENT)),
        reason: text("Une salle de réunion s’ajoute à l’essai."),
    };
    app.request_shipment(&seller, trial, &request, &guard).await?;
    Ok(())
}
