//! Letters about lent devices.

use super::{Collection, outcome, trial};
use crate::letter::Devices;
use domain::notify::{Audience, DeviceFacts, Facts, MessageKind as Kind};
use i18n::Language;
use jiff::civil::date;

/// Two types on loan in Europe.
fn loan() -> DeviceFacts {
    DeviceFacts {
        shipment: "ship_eu_01jd9k2m4v".to_owned(),
        lines: vec![("desk-phone".to_owned(), 2), ("room-kit".to_owned(), 1)],
        site_has_poe: Some(true),
        country: "FR".to_owned(),
        order_number: Some("D90417733".to_owned()),
        rma: Some("RMA-01JD9K2M4V".to_owned()),
        carrier: Some("dhl".to_owned()),
        return_carrier: Some("dhl".to_owned()),
        shipped_on: Some(date(2026, 12, 18)),
        device_ends_on: Some(date(2027, 3, 1)),
        return_opens_on: Some(date(2027, 2, 15)),
        return_due_on: Some(date(2027, 3, 15)),
        serials: ["FTA4711XK", "FTA4712XK", "RKT0815AB"].map(str::to_owned).to_vec(),
        missing: 3,
        ..DeviceFacts::default()
    }
}

/// The same before anything was shipped.
fn wanted(site_has_poe: bool) -> DeviceFacts {
    let loan = loan();
    DeviceFacts {
        shipment: loan.shipment,
        lines: loan.lines,
        country: loan.country,
        return_carrier: loan.return_carrier,
        site_has_poe: Some(site_has_poe),
        ..DeviceFacts::default()
    }
}

fn facts(devices: DeviceFacts) -> Facts {
    Facts {
        services: trial().services,
        ends_on: trial().ends_on,
        devices: Some(Box::new(devices)),
        ..Facts::default()
    }
}

fn longer(before: bool) -> DeviceFacts {
    DeviceFacts {
        days: Some(30),
        previous_device_ends_on: before.then(|| date(2027, 1, 30)),
        ..loan()
    }
}

pub(super) fn add(all: &mut Collection) {
    use Audience::{CustomerAdministrators, PartnerAdministrators, TrialsTeam};
    all.add("", Kind::ShipmentRequested, TrialsTeam, facts(wanted(true)));
    all.add("no-poe", Kind::ShipmentRequested, TrialsTeam, facts(wanted(false)));
    all.add(
        "label",
        Kind::ShipmentRequested,
        TrialsTeam,
        outcome(facts(loan()), "label"),
    )
    .quote();
    all.add("devices", Kind::ApprovalRequested, TrialsTeam, facts(longer(false)))
        .quote();
    for decision in ["approved", "refused"] {
        let facts = outcome(facts(wanted(true)), decision);
        all.add(
            &format!("devices-{decision}"),
            Kind::ApprovalDecided,
            PartnerAdministrators,
            facts,
        )
        .quote();
    }
    for audience in [CustomerAdministrators, PartnerAdministrators] {
        all.add("", Kind::DeviceShipped, audience, facts(loan()));
        all.add("", Kind::DeviceExtensionApproved, audience, facts(longer(true)));
        all.add("", Kind::ReturnOpen, audience, facts(loan()));
        let earlier = DeviceFacts {
            return_due_on: Some(date(2027, 1, 20)),
            return_opens_on: Some(date(2027, 1, 6)),
            ..loan()
        };
        all.add("cancelled", Kind::ReturnOpen, audience, facts(earlier));
        let overdue = DeviceFacts {
            days_overdue: Some(7),
            missing: 1,
            serials: vec!["RKT0815AB".to_owned()],
            ..loan()
        };
        all.add("", Kind::ReturnOverdue, audience, facts(overdue.clone()));
        if audience == PartnerAdministrators {
            all.add("erased", Kind::ReturnOverdue, audience, facts(overdue));
        }
        let back = DeviceFacts { missing: 0, ..loan() };
        all.add("", Kind::ReturnReceived, audience, facts(back));
        for (name, days_overdue) in [("partly", None), ("partly-late", Some(7))] {
            let some = DeviceFacts {
                missing: 1,
                serials: ["FTA4711XK", "FTA4712XK"].map(str::to_owned).to_vec(),
                awaited: vec!["RKT0815AB".to_owned()],
                days_overdue,
                ..loan()
            };
            all.add(name, Kind::ReturnReceived, audience, facts(some));
        }
    }
    all.add(
        "",
        Kind::DeviceExtensionRefused,
        PartnerAdministrators,
        facts(longer(false)),
    )
    .quote();
    let wrong = DeviceFacts {
        wrong: vec!["XYZ0000001".to_owned()],
        foreign: 1,
        missing: 1,
        serials: vec!["RKT0815AB".to_owned()],
        ..loan()
    };
    all.add("", Kind::ReturnMismatch, PartnerAdministrators, facts(wrong));
}

/// What a courier would read in the program.
pub(super) fn names(kind: Kind, facts: &Facts, language: Language) -> Devices {
    let Some(devices) = facts.devices.as_deref() else {
        return Devices::default();
    };
    let name = |id: &str| {
        if id == "desk-phone" {
            "Vela Desk Phone"
        } else {
            "Vela Room Kit"
        }
    };
    let steps: [&str; 3] = match language {
        Language::En => [
            "Pack each device into its original box, with everything that came with it.",
            "Call DHL for a pick-up and give them the RMA number.",
            "Hand the boxes over and keep the receipt.",
        ],
        Language::Fr => [
            "Remettez chaque appareil dans son carton d’origine, avec tout ce qui l’accompagnait.",
            "Appelez DHL pour un enlèvement et donnez le numéro RMA.",
            "Remettez les cartons et gardez le reçu.",
        ],
        Language::ZhHant => [
            "請將每台裝置連同所有配件放回原包裝箱。",
            "請致電 DHL 安排取件，並告知 RMA 號碼。",
            "交件後請保留收據。",
        ],
    };
    let shipped = devices.rma.is_some();
    let back = crate::wording::shows_the_way(kind, devices);
    Devices {
        lines: devices
            .lines
            .iter()
            .map(|(id, quantity)| (name(id).to_owned(), *quantity))
            .collect(),
        carrier: shipped.then(|| "DHL".to_owned()),
        tracking: (kind == Kind::DeviceShipped).then(|| "JD014600003SE".to_owned()),
        return_carrier: Some("DHL".to_owned()),
        steps: if back {
            steps.map(str::to_owned).to_vec()
        } else {
            Vec::new()
        },
        contact: Some("demo@vela.example".to_owned()),
        sheet_url: back.then(|| "https://trials.vela.example/returns/return_eu_01jd9k2m4v/sheet.pdf".to_owned()),
    }
}
