//! Lent devices in each of their states.

use super::{Collection, faults};
use crate::{
    part::Faults,
    screen::{
        devices::{
            Brief, Loan,
            control::ControlDevices,
            longer::{Asked, LongerPage},
            look_up::LookUp,
            partner::{DeviceList, Lent, RequestPage, Tried},
            returns::{ReturnPage, Returns, Row, wrong},
            shipments::{ShipmentPage, Shipments, correction, fields},
        },
        start::DeviceFields,
        trial,
    },
    words::Words,
};
use app::shipment::{DeviceExtensionView, LineView, ReturnView, ShipmentView, Way};
use domain::{
    ids::{DeviceExtensionId, OrgId, PersonId, ShipmentId, TrialId},
    program::{Localized, Program},
    shipment::{
        Device, DeviceExtension, DeviceExtensionState, Loan as Lending, Received, ReturnStatus, Shipment,
        ShipmentState, WrongReason,
    },
    trial::{ShipTo, Status},
};
use jiff::{Timestamp, civil::date};

fn line() -> LineView {
    LineView {
        device_type: "desk-phone".into(),
        name: "Phone <b>".into(),
        quantity: 2,
        needs_poe: true,
    }
}

fn on_loan() -> Lending {
    let device = |serial: &str| Device {
        device_type: "desk-phone".into(),
        serial: serial.into(),
    };
    Lending {
        order_number: "D90417733".into(),
        serials: vec![device("FTA4711XK"), device("FTA4712XK")],
        carrier: "dhl".into(),
        shipped_on: date(2026, 12, 18),
        ends_on: date(2027, 3, 1),
        due_by: None,
        extensions: vec![extension(DeviceExtensionState::Pending)],
        opened_on: None,
        received: vec![Received {
            serial: "FTA4711XK".into(),
            on: date(2027, 2, 20),
        }],
        reminders: 0,
        label_asked_on: None,
        mismatch: None,
    }
}

fn extension(state: DeviceExtensionState) -> DeviceExtension {
    DeviceExtension {
        id: DeviceExtensionId::new("eu", "1"),
        days: 30,
        asked_by: PersonId::new("eu", "1"),
        asked_at: Timestamp::UNIX_EPOCH,
        state,
    }
}

fn customer() -> (OrgId, String) {
    (OrgId::new("eu", "2"), "Lumière <b>".into())
}

fn partner() -> (OrgId, String) {
    (OrgId::new("eu", "1"), "Studio <i>".into())
}

fn returned(status: ReturnStatus) -> ReturnView {
    let (id, loan) = (ShipmentId::new("eu", "01jd9k2m4v"), on_loan());
    let text = |text: &str| Localized {
        en: text.into(),
        fr: text.into(),
        zh_hant: text.into(),
    };
    let way = Way {
        id: "dhl".into(),
        name: "DHL".into(),
        country: "FR".into(),
        new_labels: true,
        steps: vec![text("Pack <b>."), text("Call.")],
        phone: Some("+33 1".into()),
        url: None,
        contact: "demo@vendor.example".into(),
    };
    ReturnView {
        id: id.return_id(),
        rma: id.return_id().rma(),
        shipment_id: id,
        trial_id: TrialId::new("eu", "1"),
        customer: customer(),
        partner: partner(),
        status,
        order_number: loan.order_number.clone(),
        lines: vec![line()],
        missing: loan.missing().cloned().collect(),
        expected: loan.serials,
        received: loan.received,
        shipped_on: loan.shipped_on,
        device_ends_on: loan.ends_on,
        opens_on: date(2027, 2, 15),
        opened_on: None,
        due_on: date(2027, 3, 15),
        days_overdue: (status == ReturnStatus::Overdue).then_some(3),
        way: Some(way),
        label_asked_on: Some(date(2027, 2, 20)),
        today: date(2027, 2, 21),
        version: 1,
    }
}

fn asked(state: DeviceExtensionState) -> DeviceExtensionView {
    DeviceExtensionView {
        id: Some(DeviceExtensionId::new("eu", "1")),
        extension: extension(state),
        shipment_id: ShipmentId::new("eu", "01jd9k2m4v"),
        trial_id: TrialId::new("eu", "1"),
        customer: customer(),
        partner: partner(),
        order_number: "D90417733".into(),
        shipped_on: date(2026, 12, 18),
        device_ends_on: date(2027, 4, 1),
        would_end_on: date(2027, 5, 1),
        latest_ends_on: date(2027, 4, 17),
        reason: Some("Wants <i>.".into()),
        decision: Some("No <i>.".into()),
        version: 1,
    }
}

fn view(state: ShipmentState, back: Option<ReturnStatus>) -> ShipmentView {
    let to = ShipTo {
        name: Some("Zoé <b>".into()),
        lines: Some(vec!["1, rue".into()]),
        city: Some("Lyon".into()),
        postal_code: Some("69001".into()),
        country: Some("FR".into()),
        phone: None,
    };
    ShipmentView {
        id: Some(ShipmentId::new("eu", "01jd9k2m4v")),
        shipment: Shipment {
            id: ShipmentId::new("eu", "01jd9k2m4v"),
            lines: vec![("desk-phone".into(), 2)],
            site_has_poe: Some(false),
            country: "FR".into(),
            requested_by: None,
            requested_at: Timestamp::UNIX_EPOCH,
            state,
        },
        trial_id: TrialId::new("eu", "1"),
        trial_status: Status::Active,
        trial_ends_on: Some(date(2027, 2, 14)),
        customer: customer(),
        customer_country: "FR".into(),
        partner: partner(),
        lines: vec![line()],
        ship_to: Some(to),
        note: Some("Soon <i>.".into()),
        decision: None,
        tracking: Some("1Z<b>".into()),
        carrier: back.map(|_| ("dhl".into(), "DHL".into())),
        latest_ends_on: date(2027, 4, 17),
        returned: back.map(returned),
        extensions: vec![
            asked(DeviceExtensionState::Pending),
            asked(DeviceExtensionState::Withdrawn),
        ],
        today: date(2027, 2, 21),
        version: 1,
    }
}

fn all_states() -> Vec<ShipmentView> {
    let wanted = [
        ShipmentState::Requested,
        ShipmentState::Approved,
        ShipmentState::Refused,
        ShipmentState::Withdrawn,
    ];
    let lent = [
        ReturnStatus::Planned,
        ReturnStatus::Open,
        ReturnStatus::Overdue,
        ReturnStatus::Complete,
    ];
    let lent = lent.map(|status| view(ShipmentState::Lent(Box::new(on_loan())), Some(status)));
    wanted.map(|state| view(state, None)).into_iter().chain(lent).collect()
}

/// Each state in one line.
pub(super) fn briefs(words: &Words) -> Vec<Brief> {
    all_states().iter().map(|one| Brief::of(words, one)).collect()
}

fn lists(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let loans = || -> Vec<Loan> { all_states().iter().map(|one| Loan::of(words, one, program)).collect() };
    for (current, q, some) in [("", "", true), ("", "", false), ("shipped", "x <b>", false)] {
        let shown = if some { loans() } else { Vec::new() };
        all.add(&Shipments {
            tabs: Vec::new(),
            current: current.into(),
            q: q.into(),
            loans: shown.clone(),
            next: some.then(|| "/".into()),
            unavailable: some.then(|| "eu".into()),
        });
        all.add(&DeviceList {
            tabs: Vec::new(),
            current: current.into(),
            q: q.into(),
            loans: shown.clone(),
            next: some.then(|| "/".into()),
            unavailable: None,
            may_look_up: some,
        });
        all.add(&ControlDevices {
            loans: shown.clone(),
            may_open: true,
            agreement: some.then(|| "https://vendor.example/eula".into()),
            contact: "demo@vendor.example".into(),
            unavailable: None,
        });
        all.add(&ControlDevices {
            loans: shown.clone(),
            may_open: false,
            agreement: None,
            contact: "demo@vendor.example".into(),
            unavailable: None,
        });
        all.add(&LookUp {
            order: "D1".into(),
            org_id: String::new(),
            admin_email: String::new(),
            serials: "<b>".into(),
            faults: if some { Faults::default() } else { faults(words) },
            nothing: !some,
            loans: shown,
            vendor: some,
        });
        let rows = [ReturnStatus::Open, ReturnStatus::Overdue].map(|status| Row::of(words, &returned(status)));
        all.add(&Returns {
            tabs: Vec::new(),
            current: current.into(),
            q: q.into(),
            rows: if some { rows.into() } else { Vec::new() },
            next: None,
            unavailable: None,
        });
    }
}

fn deciding(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    for (act, view) in ["decide", "ship", "", ""].into_iter().zip(all_states()) {
        all.add(&ShipmentPage {
            loan: Loan::of(words, &view, program),
            faults: faults(words),
            act,
            without_poe: true,
            fields: fields(words, &view, program, None),
            correct: None,
        });
    }
    for open in [true, false] {
        let view = view(ShipmentState::Lent(Box::new(on_loan())), Some(ReturnStatus::Open));
        let mut correct = correction(words, &view, None);
        if let Some(correct) = correct.as_mut().filter(|_| open) {
            (correct.open, correct.to) = (true, "<b>X".into());
        }
        all.add(&ShipmentPage {
            loan: Loan::of(words, &view, program),
            faults: if open { faults(words) } else { Faults::default() },
            act: "",
            without_poe: false,
            fields: fields(words, &view, program, None),
            correct,
        });
    }
    for state in [DeviceExtensionState::Pending, DeviceExtensionState::Withdrawn] {
        let open = state == DeviceExtensionState::Pending;
        all.add(&LongerPage {
            tabs: Vec::new(),
            current: "pending".into(),
            asked: vec![Asked::of(words, &asked(state), None, open)],
            next: None,
            unavailable: None,
        });
    }
    for current in ["pending", "all"] {
        all.add(&LongerPage {
            tabs: Vec::new(),
            current: current.into(),
            asked: Vec::new(),
            next: None,
            unavailable: None,
        });
    }
}

pub(super) fn lending(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    lists(all, program);
    deciding(all, program);
    let reasons = [
        WrongReason::Unknown,
        WrongReason::Foreign,
        WrongReason::Repeated,
        WrongReason::LookAlike,
    ];
    let refused = reasons.map(|reason| ("<b>X".to_owned(), reason.as_str().to_owned()));
    for view in all_states().into_iter().skip(3) {
        all.add(&ReturnPage {
            id: "return_eu_01jd9k2m4v".into(),
            loan: Loan::of(words, &view, program),
            may: true,
            faults: faults(words),
            taken: Some("1".into()),
            count: 4,
            wrong: wrong(words, &refused),
            typed: "<b>X".into(),
            label: Some("x".into()),
        });
    }
    let mut devices = DeviceFields::of(words, program, None, Some("FR"), false);
    devices.gone = vec![("Phone <b>".into(), "x".into())];
    all.add(&RequestPage {
        id: "trial_eu_1".into(),
        customer: "Lumière <b>".into(),
        faults: faults(words),
        devices,
        reason: "<i>".into(),
        version: 1,
    });
    for tried in [None, Some("ship_eu_01jd9k2m4v")] {
        let mut page = trial::of(
            words,
            &super::world::seen(program, Status::Active),
            &[],
            &[],
            trial::May::ALL,
        );
        let mut loans: Vec<Loan> = all_states().iter().map(|one| Loan::of(words, one, program)).collect();
        for loan in &mut loans {
            loan.waits = tried.is_none();
        }
        for (number, loan) in loans.iter_mut().enumerate().skip(1) {
            loan.id = format!("ship_eu_{number}");
        }
        if tried.is_some() {
            // Those with a form come first.
            loans.reverse();
            loans[1].id = "ship_eu_01jd9k2m4v".into();
        }
        page.lent = Lent {
            loans,
            can_request: true,
            can_longer: true,
            can_label: true,
            can_open: true,
            tried: tried.map(|shipment| Tried {
                shipment: shipment.into(),
                days: "<b>".into(),
                reason: "<i>".into(),
                faults: faults(words),
            }),
            told: tried.is_none(),
            contact: "longer@vendor.example".into(),
        };
        all.add(&page);
    }
}
