//! What can happen to a trial, and what each event makes of it. Folding a trial's events gives the trial.

use super::{
    CancelledBy, Consent, Devices, HandedOver, Meetings, MilestoneKind, OrderMark, ServiceState, State, Subject, Term,
    Trial, TrialService,
};
use crate::{
    ids::{DeviceExtensionId, OrderId, OrgId, PersonId, ShipmentId},
    order::ClosedOrder,
    refusal::Code,
    shipment::{DeviceExtension, DeviceExtensionState, Loan, Mismatch, Shipment, ShipmentState},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Why a request was closed without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedReason {
    /// CONS-6: another partner's request for its services was accepted first.
    ServicesTaken,
    /// The organization was closed meanwhile.
    OrganizationClosed,
}

/// One thing that happened. Ids, dates and counts only: personal words lie beside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields are those of the trial")]
pub enum TrialEvent {
    /// START: the trial as it began.
    Started { trial: Box<Trial> },
    /// CONS-4.
    ConsentResent { at: Timestamp },
    /// CONS-8; `dropped` went before the yes (CONS-6).
    Accepted { consent: Consent, dropped: Vec<String> },
    /// CONS-5.
    Declined { at: Timestamp },
    /// CONS-5.
    Lapsed { at: Timestamp },
    /// CONS-6.
    RequestClosed { at: Timestamp, reason: ClosedReason },
    /// PROV-1.
    DetailsConfirmed {
        zone: String,
        meetings: Option<Meetings>,
        devices: Option<Devices>,
        services: Vec<TrialService>,
    },
    /// START-2, REG-3.
    ApprovalAwaited,
    /// START-2, REG-3, EXT-3; `because` says what stood against a yes when it was given.
    ApprovalDecided {
        subject: Subject,
        approved: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<Code>,
    },
    /// PROV-2: asked of the provisioner.
    ProvisioningBegan { services: Vec<String> },
    /// PROV-2.
    Provisioned { service: String, at: Timestamp },
    /// PROV-2.
    ProvisioningFailed { service: String },
    /// PROV-2: what failed is asked for once more.
    ProvisioningRetried { service: String },
    /// PROV-1: the days count from here.
    Activated { term: Term },
    /// EXT-1; from grace, too (EXT-3).
    Extended { from: Date, to: Date },
    /// EXT-3: the trials team decides about it.
    ExtensionAsked { days: i64 },
    /// EDIT-1.
    ServicesChanged {
        services: Vec<TrialService>,
        added: Vec<String>,
        removed: Vec<String>,
        license_quantity: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        numbers_left_on: Option<Date>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Date>,
    },
    /// The partner's notes changed.
    NotesChanged,
    /// START-11.
    AdministratorCorrected { person: PersonId },
    /// EXP-6: sent by hand.
    Reminded { on: Date },
    /// An email of the plan was written (EXP-1, 2, 4).
    Notified { kind: MilestoneKind },
    /// EXP-3.
    Expired { at: Timestamp, suspended: Vec<String> },
    /// EXP-3: what was provisioned only during grace does not go on in it, either.
    Suspended { service: String },
    /// EXP-4.
    Removed {
        at: Timestamp,
        organization_closed: bool,
        users: u32,
    },
    /// CANC.
    Cancelled {
        at: Timestamp,
        on: Date,
        by: CancelledBy,
        left_empty: bool,
    },
    /// CANC-2, then EXP-4: nobody came back.
    OrganizationClosed { at: Timestamp, users: u32 },
    /// EXP-5.
    NumbersReleased { at: Timestamp },
    /// CONV-7: with what was bought; all of it where nothing is said.
    Converted {
        at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<OrderId>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        services: Vec<(String, u32)>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        numbers_left_on: Option<Date>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        surplus: Vec<(String, Vec<PersonId>)>,
    },
    /// ORG-11: another partner has taken the customer; `person` there looks after the trial.
    PartnerChanged {
        from: OrgId,
        partner: OrgId,
        person: PersonId,
    },
    /// DEV-1, DEV-2: devices are asked for.
    ShipmentRequested { shipment: Box<Shipment> },
    /// DEV-4.
    ShipmentDecided { id: ShipmentId, approved: bool },
    /// DEV-2: what it was for is not tried any more.
    ShipmentWithdrawn { id: ShipmentId },
    /// DEV-4.
    DevicesShipped { id: ShipmentId, loan: Box<Loan> },
    /// EXT-4.
    DeviceExtensionAsked {
        shipment: ShipmentId,
        extension: DeviceExtension,
    },
    /// EXT-4; a return that was announced may close again.
    DeviceExtensionDecided {
        id: DeviceExtensionId,
        state: DeviceExtensionState,
        #[serde(default)]
        closes_return: bool,
        #[serde(default)]
        reminders: u32,
    },
    /// DEV-6.
    ReturnOpened { id: ShipmentId, on: Date },
    /// CANC-2: due soon, and accepted at once.
    DevicesFallDue { id: ShipmentId, due_by: Date, on: Date },
    /// DEV-7.
    LabelRequested { id: ShipmentId, on: Date },
    /// DEV-6; so many of its days have passed by now.
    OverdueReminded { id: ShipmentId, reminders: u32 },
    /// DEV-8.
    DevicesReceived {
        id: ShipmentId,
        serials: Vec<String>,
        on: Date,
    },
    /// DEV-8: a parcel in which nothing was right.
    ReturnMismatched { id: ShipmentId, mismatch: Mismatch },
    /// DEV-4: what was typed wrongly at shipping.
    SerialCorrected { id: ShipmentId, from: String, to: String },
    /// CONV-7: from now on the removal waits for it.
    OrderPlaced { order: Box<OrderMark> },
    /// CONV-2: somebody else sets it up.
    OrderRedirected { order: OrderId, contact: PersonId },
    /// CONV-7: it was not mapped, or is not wanted any more; `on` is the last day on which it held anything.
    OrderClosed {
        order: OrderId,
        on: Date,
        reason: ClosedOrder,
    },
    /// CONV-1: a distributor converts it.
    ConversionHandedOver {
        distributor: OrgId,
        by: PersonId,
        at: Timestamp,
    },
    /// CONV-8.
    PurchaseWanted { on: Date, by: PersonId },
}

impl TrialEvent {
    /// The event's stable name.
    pub fn name(&self) -> &'static str {
        match self {
            TrialEvent::Started { .. } => "started",
            TrialEvent::ConsentResent { .. } => "consent_resent",
            TrialEvent::Accepted { .. } => "accepted",
            TrialEvent::Declined { .. } => "declined",
            TrialEvent::Lapsed { .. } => "lapsed",
            TrialEvent::RequestClosed { .. } => "request_closed",
            TrialEvent::DetailsConfirmed { .. } => "details_confirmed",
            TrialEvent::ApprovalAwaited => "approval_awaited",
            TrialEvent::ApprovalDecided { .. } => "approval_decided",
            TrialEvent::ProvisioningBegan { .. } => "provisioning_began",
            TrialEvent::Provisioned { .. } => "provisioned",
            TrialEvent::ProvisioningFailed { .. } => "provisioning_failed",
            TrialEvent::ProvisioningRetried { .. } => "provisioning_retried",
            TrialEvent::Activated { .. } => "activated",
            TrialEvent::Extended { .. } => "extended",
            TrialEvent::ExtensionAsked { .. } => "extension_asked",
            TrialEvent::ServicesChanged { .. } => "services_changed",
            TrialEvent::NotesChanged => "notes_changed",
            TrialEvent::AdministratorCorrected { .. } => "administrator_corrected",
            TrialEvent::Reminded { .. } => "reminded",
            TrialEvent::Notified { .. } => "notified",
            TrialEvent::Expired { .. } => "expired",
            TrialEvent::Suspended { .. } => "suspended",
            TrialEvent::Removed { .. } => "removed",
            TrialEvent::Cancelled { .. } => "cancelled",
            TrialEvent::OrganizationClosed { .. } => "organization_closed",
            TrialEvent::NumbersReleased { .. } => "numbers_released",
            TrialEvent::Converted { .. } => "converted",
            TrialEvent::PartnerChanged { .. } => "partner_changed",
            TrialEvent::ShipmentRequested { .. } => "shipment_requested",
            TrialEvent::ShipmentDecided { .. } => "shipment_decided",
            TrialEvent::ShipmentWithdrawn { .. } => "shipment_withdrawn",
            TrialEvent::DevicesShipped { .. } => "devices_shipped",
            TrialEvent::DeviceExtensionAsked { .. } => "device_extension_asked",
            TrialEvent::DeviceExtensionDecided { .. } => "device_extension_decided",
            TrialEvent::ReturnOpened { .. } => "return_opened",
            TrialEvent::DevicesFallDue { .. } => "devices_fall_due",
            TrialEvent::LabelRequested { .. } => "label_requested",
            TrialEvent::OverdueReminded { .. } => "overdue_reminded",
            TrialEvent::DevicesReceived { .. } => "devices_received",
            TrialEvent::ReturnMismatched { .. } => "return_mismatched",
            TrialEvent::SerialCorrected { .. } => "serial_corrected",
            TrialEvent::OrderPlaced { .. } => "order_placed",
            TrialEvent::OrderRedirected { .. } => "order_redirected",
            TrialEvent::OrderClosed { .. } => "order_closed",
            TrialEvent::ConversionHandedOver { .. } => "conversion_handed_over",
            TrialEvent::PurchaseWanted { .. } => "purchase_wanted",
        }
    }
}

impl Trial {
    /// The trial after its events, from nothing; `None` when the first one is no start.
    pub fn fold<'e>(events: impl IntoIterator<Item = &'e TrialEvent>) -> Option<Trial> {
        let mut events = events.into_iter();
        let TrialEvent::Started { trial } = events.next()? else {
            return None;
        };
        let mut trial = trial.as_ref().clone();
        for event in events {
            trial.apply(event);
        }
        Some(trial)
    }

    /// What an event makes of it: the only place where a trial changes.
    pub fn apply(&mut self, event: &TrialEvent) {
        match event {
            TrialEvent::Started { trial } => *self = trial.as_ref().clone(),
            TrialEvent::ConsentResent { at } => self.sent_again(*at),
            TrialEvent::Accepted { consent, dropped } => {
                self.services.retain(|service| !dropped.contains(&service.id));
                self.consent = Some(consent.clone());
                self.state = State::PendingProvisioningDetails;
            }
            TrialEvent::Declined { at } => self.state = State::Declined { at: *at },
            TrialEvent::RequestClosed { at, .. } => self.state = State::Declined { at: *at },
            TrialEvent::Lapsed { at } => self.state = State::Lapsed { at: *at },
            TrialEvent::DetailsConfirmed {
                zone,
                meetings,
                devices,
                services,
            } => {
                self.zone.clone_from(zone);
                self.meetings.clone_from(meetings);
                self.devices.clone_from(devices);
                self.services.clone_from(services);
            }
            TrialEvent::ApprovalAwaited => self.state = State::PendingApproval,
            TrialEvent::ApprovalDecided { subject, approved, .. } => self.decided(subject, *approved),
            TrialEvent::ProvisioningBegan { services } => {
                for id in services {
                    self.set(id, ServiceState::Provisioning);
                }
                if self.term().is_none() {
                    self.state = State::Provisioning;
                }
            }
            TrialEvent::Provisioned { service, at } => {
                self.set(service, ServiceState::Provisioned);
                self.provisioned_at = Some(*at);
            }
            TrialEvent::ProvisioningFailed { service } => self.set(service, ServiceState::Failed),
            TrialEvent::ProvisioningRetried { service } => self.set(service, ServiceState::Provisioning),
            TrialEvent::Activated { term } => self.state = State::Active(term.clone()),
            TrialEvent::Extended { to, .. } => self.moved_to(*to),
            TrialEvent::ExtensionAsked { days } => self.extension_asked = Some(*days),
            TrialEvent::ServicesChanged {
                services,
                license_quantity,
                numbers_left_on,
                on,
                ..
            } => {
                self.numbers_left_on = *numbers_left_on;
                self.tried_until(services, *on);
                self.services.clone_from(services);
                self.license_quantity = *license_quantity;
            }
            TrialEvent::AdministratorCorrected { person } => self.administrator = person.clone(),
            TrialEvent::Reminded { on } => self.reminded_on = Some(*on),
            TrialEvent::Expired { suspended, .. } => self.expired(suspended),
            TrialEvent::Suspended { service } => self.set(service, ServiceState::Suspended),
            TrialEvent::Removed {
                at,
                organization_closed,
                ..
            } => self.removed(*at, *organization_closed),
            TrialEvent::Cancelled { at, on, by, left_empty } => {
                let term = self.term().cloned();
                self.withdraw();
                self.withdraw_shipments();
                self.state = State::Cancelled {
                    term,
                    at: *at,
                    on: *on,
                    by: *by,
                    left_empty: *left_empty,
                    organization_closed: false,
                };
            }
            TrialEvent::OrganizationClosed { .. } => {
                if let State::Cancelled {
                    organization_closed, ..
                } = &mut self.state
                {
                    *organization_closed = true;
                }
            }
            TrialEvent::Converted {
                at,
                order,
                services,
                numbers_left_on,
                ..
            } => {
                self.bought_by.clone_from(order);
                if let Some(term) = self.term().cloned() {
                    self.state = State::Converted { term, at: *at };
                }
                self.withdraw_shipments();
                self.bought(services, *numbers_left_on);
                self.resume();
            }
            TrialEvent::PartnerChanged { partner, person, .. } => {
                self.partner.clone_from(partner);
                self.started_by.clone_from(person);
                self.handed_over = None;
            }
            TrialEvent::ShipmentRequested { shipment } => self.shipments.push(shipment.as_ref().clone()),
            TrialEvent::ShipmentDecided { id, approved } => self.shipment_decided(id, *approved),
            TrialEvent::ShipmentWithdrawn { id } => self.set_shipment(id, ShipmentState::Withdrawn),
            TrialEvent::DevicesShipped { id, loan } => self.set_shipment(id, ShipmentState::Lent(loan.clone())),
            TrialEvent::DeviceExtensionAsked { shipment, extension } => {
                self.change_loan(shipment, |loan| loan.extensions.push(extension.clone()));
            }
            TrialEvent::DeviceExtensionDecided {
                id,
                state,
                closes_return,
                reminders,
            } => self.extension_decided(id, state, (*closes_return, *reminders)),
            TrialEvent::ReturnOpened { id, on } => self.change_loan(id, |loan| loan.opened_on = Some(*on)),
            TrialEvent::DevicesFallDue { id, due_by, on } => self.change_loan(id, |loan| loan.falls_due(*due_by, *on)),
            TrialEvent::LabelRequested { id, on } => self.change_loan(id, |loan| loan.label_asked_on = Some(*on)),
            TrialEvent::OverdueReminded { id, reminders } => {
                self.change_loan(id, |loan| loan.reminders = *reminders);
            }
            TrialEvent::DevicesReceived { id, serials, on } => self.change_loan(id, |loan| loan.take(serials, *on)),
            TrialEvent::ReturnMismatched { id, mismatch } => self.change_loan(id, |loan| loan.mismatched(mismatch)),
            TrialEvent::SerialCorrected { id, from, to } => self.change_loan(id, |loan| loan.correct(from, to)),
            TrialEvent::OrderPlaced { order } => self.order = Some(order.as_ref().clone()),
            TrialEvent::OrderRedirected { order, contact } => {
                if let Some(mark) = self.order.as_mut().filter(|mark| mark.id == *order) {
                    mark.contact.clone_from(contact);
                }
            }
            TrialEvent::OrderClosed { order, on, .. } => {
                if let Some(mark) = self.order.as_mut().filter(|mark| mark.id == *order) {
                    mark.closed_on = Some(*on);
                }
            }
            TrialEvent::ConversionHandedOver { distributor, by, at } => {
                self.handed_over = Some(HandedOver {
                    distributor: distributor.clone(),
                    at: *at,
                    by: Some(by.clone()),
                });
            }
            TrialEvent::PurchaseWanted { on, .. } => self.purchase_wanted_on = Some(*on),
            TrialEvent::NotesChanged | TrialEvent::Notified { .. } | TrialEvent::NumbersReleased { .. } => {}
        }
    }

    /// USE-1: what ran and is tried no more; an older event does not say since when.
    fn tried_until(&mut self, services: &[TrialService], on: Option<Date>) {
        let stays = |id: &str| services.iter().any(|one| one.id == id);
        let ran = |one: &&TrialService| matches!(one.state, ServiceState::Provisioned | ServiceState::Suspended);
        let gone = self.services.iter().filter(ran).filter(|one| !stays(&one.id));
        let gone: Vec<(String, Date)> = gone.filter_map(|one| Some((one.id.clone(), on?))).collect();
        self.tried.extend(gone);
        self.tried.retain(|(id, _)| !stays(id));
    }

    fn set(&mut self, id: &str, state: ServiceState) {
        for service in self.services.iter_mut().filter(|service| service.id == id) {
            service.state = state;
        }
    }

    fn sent_again(&mut self, at: Timestamp) {
        if let State::PendingConsent { sendings } = &mut self.state {
            sendings.push(at);
        }
    }

    fn decided(&mut self, subject: &Subject, approved: bool) {
        match (subject, approved) {
            (Subject::Country, _) => self.country_review = false,
            (Subject::Extension { .. }, _) => self.extension_asked = None,
            (Subject::Service { id }, true) => self.set(id, ServiceState::Waiting),
            (Subject::Service { id }, false) => self.services.retain(|service| service.id != *id),
        }
    }

    fn moved_to(&mut self, day: Date) {
        self.extensions += 1;
        if let State::Active(term) | State::Expired(term) = &self.state {
            self.state = State::Active(Term {
                ends_on: day,
                ..term.clone()
            });
        }
        self.resume();
    }

    /// What rested in grace goes on.
    fn resume(&mut self) {
        for service in &mut self.services {
            if service.state == ServiceState::Suspended {
                service.state = ServiceState::Provisioned;
            }
        }
    }

    fn expired(&mut self, suspended: &[String]) {
        for id in suspended {
            self.set(id, ServiceState::Suspended);
        }
        if let State::Active(term) = &self.state {
            self.state = State::Expired(term.clone());
        }
    }

    fn removed(&mut self, at: Timestamp, organization_closed: bool) {
        self.withdraw();
        self.withdraw_shipments();
        self.withdraw_extensions();
        if let Some(term) = self.term().cloned() {
            self.state = State::Removed {
                term,
                at,
                organization_closed,
            };
        }
    }

    fn withdraw(&mut self) {
        for service in &mut self.services {
            if matches!(service.state, ServiceState::Provisioned | ServiceState::Suspended) {
                service.state = ServiceState::Withdrawn;
            }
        }
    }
}
