//! What waits for a person: each with whom it is about, and until when.

use crate::{
    Actor, App, Error, Page, PageRequest,
    approval::ApprovalFilter,
    customer::CustomerFilter,
    order::{ConversionView, OrderFilter},
    page::{Place, instant_key, part},
    policy::{self, Action},
    provisioning::ProvisioningOrderFilter,
};
use domain::{
    ids::{OrgId, TrialId},
    person::Role,
    time::end_of,
    trial::{ProvisioningOrderState, Status},
};
use jiff::{Timestamp, tz::TimeZone};

/// Something to do.
#[derive(Clone, Debug)]
pub struct Task {
    /// What: `consent_request`, `provisioning_details`, `approval`, `access_request`, `handover`, `ends_soon`,
    /// `provisioning_failed`, `provisioning`, `shipment`, `device_extension`, `return_overdue`, `devices_due`,
    /// `conversion`, `order_set_up`, `order_not_mapped`, `purchase_wanted`.
    pub kind: &'static str,
    /// What it is about: a request, a trial, an approval, an order to the provisioner.
    pub subject: String,
    /// The customer.
    pub customer: Option<(OrgId, String)>,
    /// The trial.
    pub trial: Option<TrialId>,
    /// Until when; none where nothing happens by itself.
    pub due_at: Option<Timestamp>,
    /// CONV-1: what a distributor needs to know of a conversion; none for other kinds.
    pub conversion: Option<ConversionView>,
}

/// So many of a kind are looked for at most.
const MOST: usize = 200;
/// Orders to the provisioner: each is read with its customer and its trial, and there is a list of all of them.
const MOST_ORDERS: usize = 50;

impl App {
    /// What waits for this person, the most urgent first.
    ///
    /// # Errors
    /// `not_certified`; when a store does not answer.
    pub async fn tasks(&self, actor: &Actor, page: &PageRequest) -> Result<Page<Task>, Error> {
        policy::allow(actor, Action::ReadTasks, self.clock.now())?;
        let mut all = Vec::new();
        if actor.has(Role::FullAdministrator) && actor.is_customer() {
            self.tasks_of_customer(actor, &mut all).await?;
        }
        if actor.is_partner() && actor.person.roles.iter().any(|role| role.is_sales()) {
            self.tasks_of_partner(actor, &mut all).await?;
        }
        if actor.has(Role::TrialsTeam) {
            let waiting = self.approvals(actor, &ApprovalFilter::waiting(), &first()).await?;
            all.extend(waiting.items.into_iter().map(|view| Task {
                kind: "approval",
                subject: view.approval.id.0,
                customer: Some((view.approval.customer, view.customer_name)),
                trial: Some(view.approval.trial),
                due_at: None,
                conversion: None,
            }));
            self.stuck_orders(actor, &mut all).await?;
        }
        let sells = actor.is_partner() && actor.person.roles.iter().any(|role| role.is_sales());
        if sells || actor.has(Role::TrialsTeam) {
            self.tasks_about_devices(actor, &mut all).await?;
        }
        if actor.has(Role::FullAdministrator) || actor.has(Role::SalesFullAdministrator) {
            self.answers_awaited(actor, &mut all).await?;
        }
        self.orders_awaited(actor, &mut all).await?;
        let place = |task: &Task| {
            let due = task.due_at.unwrap_or(Timestamp::MAX);
            Place(instant_key(due), format!("{} {}", task.kind, task.subject))
        };
        Ok(part(all.into_iter().map(|task| (place(&task), task)).collect(), page))
    }

    async fn tasks_of_customer(&self, actor: &Actor, all: &mut Vec<Task>) -> Result<(), Error> {
        let found = self
            .requests(actor, &[Status::PendingConsent.as_str().to_owned()], &first())
            .await?;
        let waiting = found
            .items
            .into_iter()
            .filter(|one| one.status == Status::PendingConsent);
        all.extend(waiting.map(|one| Task {
            kind: "consent_request",
            subject: one.id.0,
            customer: Some((actor.org().clone(), actor.organization.name.clone())),
            trial: Some(one.trial_id),
            due_at: one.expires_at,
            conversion: None,
        }));
        Ok(())
    }

    async fn tasks_of_partner(&self, actor: &Actor, all: &mut Vec<Task>) -> Result<(), Error> {
        let filter = CustomerFilter {
            by_end: true,
            ..CustomerFilter::default()
        };
        let soon = self.clock.now().checked_add(jiff::SignedDuration::from_hours(7 * 24));
        let soon = soon.unwrap_or(Timestamp::MAX);
        for customer in self.customers(actor, &filter, &first()).await?.items {
            let about = Some((customer.id.clone(), customer.name.clone()));
            let zone = customer.time_zone.as_deref().and_then(|zone| TimeZone::get(zone).ok());
            for trial in &customer.trials {
                let ends = trial.term().map(|term| term.ends_on);
                let ends = ends.and_then(|day| zone.as_ref().map(|zone| end_of(day, zone)));
                let task = |kind, due_at| Task {
                    kind,
                    subject: trial.id.0.clone(),
                    customer: about.clone(),
                    trial: Some(trial.id.clone()),
                    due_at,
                    conversion: None,
                };
                let failed =
                    |service: &domain::trial::TrialService| service.state == domain::trial::ServiceState::Failed;
                match trial.status() {
                    Status::PendingProvisioningDetails => all.push(task("provisioning_details", None)),
                    Status::Active if ends.is_some_and(|ends| ends <= soon) => all.push(task("ends_soon", ends)),
                    _ => {}
                }
                if trial.waits_for_order() {
                    all.push(task("purchase_wanted", ends));
                }
                if trial.status().is_open() && trial.services.iter().any(failed) {
                    all.push(task("provisioning_failed", None));
                }
            }
        }
        Ok(())
    }

    /// CONV-1, 2: orders that this person is to set up, that his company or the order desk waits for, and conversions that
    /// a distributor has in hand.
    async fn orders_awaited(&self, actor: &Actor, all: &mut Vec<Task>) -> Result<(), Error> {
        if actor.acting.is_some() || policy::allow(actor, Action::ReadOrders, self.clock.now()).is_err() {
            return Ok(());
        }
        let filter = OrderFilter {
            state: Some("open".to_owned()),
            ..OrderFilter::default()
        };
        for view in self.orders(actor, &filter, &first()).await?.items {
            let mine = view.order.contact.person == *actor.id();
            let zone = TimeZone::get(&view.order.zone).ok();
            let task = Task {
                kind: if mine { "order_set_up" } else { "order_not_mapped" },
                subject: view.order.id.0.clone(),
                customer: view.customer,
                trial: view.order.trial,
                due_at: zone.map(|zone| end_of(view.order.closes_on, &zone)),
                conversion: None,
            };
            // Whoever only reads has nothing to do about it.
            if mine || policy::allow(actor, Action::ManageOrder, self.clock.now()).is_ok() {
                all.push(task);
            }
        }
        if actor.is_partner() && actor.person.roles.iter().any(|role| role.is_sales()) {
            let (found, _) = self.conversions_in_hand(actor).await?;
            all.extend(found.into_iter().map(|conversion| Task {
                kind: "conversion",
                subject: conversion.trial.0.clone(),
                customer: None,
                trial: Some(conversion.trial.clone()),
                due_at: conversion.due_at,
                conversion: Some(conversion),
            }));
        }
        Ok(())
    }

    /// PROV-2: orders that the provisioner does not answer, or cannot carry out.
    async fn stuck_orders(&self, actor: &Actor, all: &mut Vec<Task>) -> Result<(), Error> {
        let (stuck, failed) = (
            ProvisioningOrderFilter {
                state: None,
                stuck: Some(true),
            },
            ProvisioningOrderFilter {
                state: Some(ProvisioningOrderState::Failed),
                stuck: None,
            },
        );
        for filter in [stuck, failed] {
            let found = self.provisioning_orders(actor, filter, &first_orders()).await?;
            all.extend(found.items.into_iter().map(|view| Task {
                kind: "provisioning",
                subject: view.order.id.0,
                customer: Some((view.order.customer, view.customer_name)),
                trial: Some(view.order.trial),
                due_at: None,
                conversion: None,
            }));
        }
        Ok(())
    }

    /// Requests for access and moves to which this person is to say yes or no.
    async fn answers_awaited(&self, actor: &Actor, all: &mut Vec<Task>) -> Result<(), Error> {
        if actor.is_customer() {
            let found = self.access_requests(actor, &first()).await?;
            let waiting = found.items.into_iter().filter(|one| one.status == "pending");
            all.extend(waiting.map(|one| Task {
                kind: "access_request",
                subject: one.id.map(|id| id.0).unwrap_or_default(),
                customer: Some(one.customer),
                trial: None,
                due_at: Some(one.expires_at),
                conversion: None,
            }));
        }
        let found = self.handovers(actor, &first()).await?;
        all.extend(found.items.into_iter().filter(|one| one.waits_for_me).map(|one| Task {
            kind: "handover",
            subject: one.id.map(|id| id.0).unwrap_or_default(),
            customer: Some(one.customer),
            trial: None,
            due_at: Some(one.expires_at),
            conversion: None,
        }));
        Ok(())
    }
}

fn first_orders() -> PageRequest {
    PageRequest {
        limit: MOST_ORDERS,
        ..first()
    }
}

fn first() -> PageRequest {
    PageRequest {
        after: None,
        limit: MOST,
    }
}
