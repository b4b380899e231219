//! A trial as it is sent.

use crate::{guard::tag, plan::PlanItem, shipment::CarrierRef};
use app::shipment::ShipmentMark;
use app::view::{Outcome, TrialView};
use axum::{Json, http::header, response::IntoResponse};
use domain::trial::State as Standing;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Who tries.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CustomerRef {
    pub(crate) id: Option<String>,
    pub(crate) name: String,
    pub(crate) country: String,
}

/// Who runs it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartnerRef {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// One service of a trial.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TrialService {
    pub(crate) id: String,
    pub(crate) quantity: u32,
    /// `waiting`, `awaiting_approval`, `provisioning`, `provisioned`, `failed`, `suspended`, `withdrawn`.
    pub(crate) provisioning: &'static str,
    /// Why it failed, in the provisioner's words; null unless it did.
    pub(crate) provisioning_reason: Option<String>,
    /// `partner`, `requirement`, `edit`, `order`.
    pub(crate) added_by: &'static str,
}

/// CONS: what was asked and answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConsentState {
    #[schema(value_type = String, format = DateTime)]
    pub(crate) requested_at: Timestamp,
    /// While it is pending.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) expires_at: Option<Timestamp>,
    /// How often it was sent.
    pub(crate) sendings: Option<usize>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) accepted_at: Option<Timestamp>,
    /// The person who accepted.
    pub(crate) accepted_by: Option<String>,
    /// `full_administrator` or `provisioning_administrator`.
    pub(crate) level: Option<&'static str>,
    /// The wording that was read.
    pub(crate) wording_version: Option<u32>,
    /// Its language.
    pub(crate) wording_language: Option<String>,
    /// Why it was declined, in the customer's words.
    pub(crate) decline_reason: Option<String>,
}

/// DEV-1: what was said about devices.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DevicesState {
    pub(crate) skip: Option<String>,
    pub(crate) ship: Vec<DeviceCount>,
    pub(crate) site_has_poe: Option<bool>,
    pub(crate) registration_licenses: u32,
    #[schema(value_type = Option<Object>)]
    pub(crate) ship_to: Option<serde_json::Value>,
    pub(crate) shipments: Vec<ShipmentState>,
}

/// DEV-5: a shipment, with its own dates.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShipmentState {
    id: String,
    /// `requested`, `approved`, `refused`, `withdrawn`, `shipped`, `returned`.
    status: String,
    lines: Vec<NamedCount>,
    order_number: Option<String>,
    carrier: Option<CarrierRef>,
    #[schema(value_type = Option<String>, format = Date)]
    shipped_on: Option<Date>,
    /// Not the trial's expiry date.
    #[schema(value_type = Option<String>, format = Date)]
    device_ends_on: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    return_opens_on: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    return_due_on: Option<Date>,
    #[serde(rename = "return")]
    returned: Option<ReturnState>,
}

/// A device type, by name, and how many.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NamedCount {
    #[serde(rename = "type")]
    device_type: String,
    name: String,
    quantity: u32,
}

/// DEV-6: how far the way back is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReturnState {
    id: String,
    rma: String,
    /// `planned`, `open`, `overdue`, `complete`.
    status: String,
    expected: usize,
    received: usize,
}

impl From<ShipmentMark> for ShipmentState {
    fn from(mark: ShipmentMark) -> Self {
        let line = |(device_type, name, quantity)| NamedCount {
            device_type,
            name,
            quantity,
        };
        Self {
            id: mark.id,
            status: mark.status,
            lines: mark.lines.into_iter().map(line).collect(),
            order_number: mark.order_number,
            carrier: mark.carrier.map(|(id, name)| CarrierRef { id, name }),
            shipped_on: mark.shipped_on,
            device_ends_on: mark.device_ends_on,
            return_opens_on: mark.return_opens_on,
            return_due_on: mark.return_due_on,
            returned: mark.returned.map(|one| ReturnState {
                id: one.id,
                rma: one.rma,
                status: one.status,
                expected: one.expected,
                received: one.received,
            }),
        }
    }
}

/// A device type and how many.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeviceCount {
    #[serde(rename = "type")]
    pub(crate) device_type: String,
    pub(crate) quantity: u32,
}

/// START-5.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeetingsState {
    pub(crate) site: Option<String>,
    pub(crate) time_zone: String,
}

/// A trial.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Trial {
    /// Null where a dry run would make a new one.
    pub(crate) id: Option<String>,
    pub(crate) status: &'static str,
    /// Whether the call changed anything.
    pub(crate) changed: bool,
    pub(crate) customer: CustomerRef,
    pub(crate) partner: PartnerRef,
    pub(crate) region: String,
    pub(crate) services: Vec<TrialService>,
    pub(crate) license_quantity: u32,
    pub(crate) duration_days: u32,
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) starts_on: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) ends_on: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) grace_ends_on: Option<Date>,
    /// To the expiry date in the customer's zone; null unless active.
    pub(crate) days_left: Option<i64>,
    /// To the last day of grace; null unless expired.
    pub(crate) grace_days_left: Option<i64>,
    /// Since when removal is held back.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) held_at: Option<Timestamp>,
    /// Of all its services: `provisioned`, `provisioning`, `manual`, `pending_details`, `unable`; null where nothing is
    /// asked of a provisioner.
    pub(crate) provisioning: Option<&'static str>,
    pub(crate) consent: Option<ConsentState>,
    /// The customer's first-time set-up; null until somebody has begun it.
    pub(crate) setup: Option<SetupState>,
    pub(crate) meetings: Option<MeetingsState>,
    pub(crate) devices: Option<DevicesState>,
    /// The partner's notes.
    pub(crate) notes: Option<String>,
    /// `new`, `own`, `request`.
    pub(crate) origin: &'static str,
    /// The person who started it.
    pub(crate) started_by: String,
    /// The zone in which its days are counted; null to those whom the customer has not let in (ORG-9).
    pub(crate) time_zone: Option<String>,
    /// How often it was extended.
    pub(crate) extensions: u32,
    /// An extension by so many days waits for the trials team.
    pub(crate) extension_asked_days: Option<i64>,
    /// CONV-7: the last order that was placed for it.
    pub(crate) order: Option<OrderState>,
    /// CONV-1: the distributor that has its conversion in hand, by id.
    pub(crate) conversion_handed_to: Option<String>,
    pub(crate) program_version: u32,
    #[schema(value_type = String, format = DateTime)]
    pub(crate) created_at: Timestamp,
    pub(crate) version: i64,
    /// A dry run: what it was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion)]
    pub(crate) before: Option<Box<Trial>>,
    /// A dry run: the whole future.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) plan: Option<PlanList>,
    /// A dry run that takes services away: what goes with them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) leaving: Option<Leaving>,
}

/// What goes with services that are taken away (EDIT-2).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Leaving {
    pub(crate) licenses: Vec<LostLicenses>,
    /// Phone numbers that are given up.
    pub(crate) numbers: u32,
    /// The last day for which they are kept.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) numbers_kept_until: Option<Date>,
    /// The meetings site that is given up.
    pub(crate) site: Option<String>,
    /// The last day on which nobody else gets its name.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) site_kept_until: Option<Date>,
    /// Whether devices that were asked for will not be shipped.
    pub(crate) devices_not_shipped: bool,
    /// Devices on loan, which stay until they are due.
    pub(crate) devices_lent: u32,
}

/// Who loses the licence of a service.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LostLicenses {
    pub(crate) service: String,
    pub(crate) count: u32,
    /// Their names; null to those who may not see the customer's people.
    pub(crate) people: Option<Vec<String>>,
}

impl Leaving {
    fn of(leaving: app::trial::Leaving) -> Self {
        let names = |people: Vec<(_, String)>| people.into_iter().map(|(_, name)| name).collect();
        let line = |line: app::trial::LostLicenses| LostLicenses {
            service: line.service,
            count: line.count,
            people: line.people.map(names),
        };
        let (numbers, site) = (leaving.numbers, leaving.site);
        Self {
            licenses: leaving.licenses.into_iter().map(line).collect(),
            numbers: numbers.map_or(0, |(count, _)| count),
            numbers_kept_until: numbers.map(|(_, until)| until),
            site_kept_until: site.as_ref().map(|(_, until)| *until),
            site: site.map(|(name, _)| name),
            devices_not_shipped: leaving.not_shipped,
            devices_lent: leaving.lent.iter().map(|(count, _)| count).sum(),
        }
    }
}

/// How far the set-up is; `/customers/{id}/setup` says the rest.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetupState {
    /// `open`, `finished`.
    pub(crate) state: &'static str,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) finished_at: Option<Timestamp>,
}

/// What a trial knows of its order; `/orders/{id}` says the rest.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrderState {
    pub(crate) id: String,
    /// Whether it still waits to be mapped.
    pub(crate) open: bool,
    #[schema(value_type = String, format = Date)]
    pub(crate) placed_on: Date,
    /// The day at whose end it closes unless it is mapped.
    #[schema(value_type = String, format = Date)]
    pub(crate) closes_on: Date,
}

/// A plan.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanList {
    pub(crate) items: Vec<PlanItem>,
}

impl Trial {
    pub(crate) fn of(view: TrialView, changed: bool) -> Self {
        let TrialView { trial, mut texts, .. } = view;
        let term = trial.term();
        let mut reasons = app::provisioning::reasons_shown(&trial, &texts);
        let mut service = |service: &domain::trial::TrialService| TrialService {
            id: service.id.clone(),
            quantity: service.quantity,
            provisioning: service.state.as_str(),
            provisioning_reason: reasons.remove(&service.id),
            added_by: service.added_by.as_str(),
        };
        Self {
            status: trial.status().as_str(),
            changed,
            region: trial.id.region().to_owned(),
            services: trial.services.iter().map(&mut service).collect(),
            license_quantity: trial.license_quantity,
            duration_days: trial.duration_days,
            starts_on: term.map(|term| term.starts_on),
            ends_on: term.map(|term| term.ends_on),
            grace_ends_on: view.grace_ends_on,
            days_left: view.days_left,
            grace_days_left: view.grace_days_left,
            held_at: view.held_at,
            provisioning: view.provisioning.map(domain::trial::Provisioning::as_str),
            consent: consent(&trial, view.consent_expires_at, &mut texts),
            setup: view.setup.map(|mark| SetupState {
                state: if mark.finished_at.is_some() { "finished" } else { "open" },
                finished_at: mark.finished_at,
            }),
            meetings: trial.meetings.as_ref().map(|meetings| MeetingsState {
                site: texts.remove("site"),
                time_zone: meetings.time_zone.clone(),
            }),
            devices: devices(&trial, view.shipments, &mut texts),
            notes: texts.remove("notes"),
            origin: match trial.origin {
                domain::trial::Origin::New => "new",
                domain::trial::Origin::Own => "own",
                domain::trial::Origin::Request => "request",
            },
            started_by: trial.started_by.0.clone(),
            time_zone: Some(trial.zone.clone()).filter(|_| trial.is_known()),
            extensions: trial.extensions,
            extension_asked_days: trial.extension_asked,
            order: trial.order.as_ref().map(|mark| OrderState {
                id: mark.id.0.clone(),
                open: trial.open_order().is_some(),
                placed_on: mark.placed_on,
                closes_on: mark.closes_on,
            }),
            conversion_handed_to: trial.handed_over.as_ref().map(|to| to.distributor.0.clone()),
            program_version: trial.program_version,
            created_at: trial.created_at,
            version: view.version,
            before: None,
            plan: None,
            leaving: None,
            id: view.id.map(|id| id.0),
            customer: CustomerRef {
                id: view.customer_id.map(|id| id.0),
                name: view.customer_name,
                country: view.customer_country,
            },
            partner: PartnerRef {
                id: trial.partner.0,
                name: view.partner_name,
            },
        }
    }

    pub(crate) fn from_outcome(outcome: Outcome) -> Self {
        let plan = outcome.plan.map(|items| PlanList {
            items: items.into_iter().map(PlanItem::of).collect(),
        });
        let before = outcome.before.map(|before| Box::new(Trial::of(before, false)));
        Self {
            before,
            plan,
            leaving: outcome.leaving.map(Leaving::of),
            ..Self::of(outcome.trial, outcome.changed)
        }
    }
}

fn consent(
    trial: &domain::trial::Trial,
    consent_expires_at: Option<Timestamp>,
    texts: &mut BTreeMap<String, String>,
) -> Option<ConsentState> {
    if trial.origin != domain::trial::Origin::Request {
        return None;
    }
    let sendings = match &trial.state {
        Standing::PendingConsent { sendings } => Some(sendings),
        _ => None,
    };
    let given = trial.consent.as_ref();
    Some(ConsentState {
        requested_at: trial.created_at,
        expires_at: sendings.and(consent_expires_at),
        sendings: sendings.map(Vec::len),
        accepted_at: given.map(|consent| consent.at),
        accepted_by: given.map(|consent| consent.by.0.clone()),
        level: given.map(|consent| consent.level.as_str()),
        wording_version: given.map(|consent| consent.wording.version),
        wording_language: given.map(|consent| consent.wording.language.clone()),
        decline_reason: texts.remove("decline_reason"),
    })
}

fn devices(
    trial: &domain::trial::Trial,
    shipments: Vec<ShipmentMark>,
    texts: &mut BTreeMap<String, String>,
) -> Option<DevicesState> {
    // Devices can be asked for where an edit brought the service, and the start said nothing about them.
    let none = || domain::trial::Devices {
        skip: None,
        ship: Vec::new(),
        site_has_poe: None,
        registration_licenses: 0,
        country: None,
    };
    let devices = match &trial.devices {
        Some(devices) => devices.clone(),
        None if shipments.is_empty() => return None,
        None => none(),
    };
    let count = |(device_type, quantity): &(String, u32)| DeviceCount {
        device_type: device_type.clone(),
        quantity: *quantity,
    };
    Some(DevicesState {
        skip: devices.skip.clone(),
        ship: devices.ship.iter().map(count).collect(),
        site_has_poe: devices.site_has_poe,
        registration_licenses: devices.registration_licenses,
        ship_to: texts
            .remove("ship_to")
            .and_then(|text| serde_json::from_str(&text).ok()),
        shipments: shipments.into_iter().map(ShipmentState::from).collect(),
    })
}

/// A trial with its version.
pub(crate) struct Answer(pub(crate) Trial);

impl IntoResponse for Answer {
    fn into_response(self) -> axum::response::Response {
        let version = tag(self.0.version);
        ([(header::ETAG, version)], Json(self.0)).into_response()
    }
}
