//! CONV-1, 2, 7: an order is placed, from a trial or from outside.

use super::{OrderView, PlaceOrder, contact::Around};
use crate::{
    Actor, App, Error, Guard,
    act::{ATTEMPTS, check_version},
    idempotency::{Held, Slot},
    load::Loaded,
    policy::{Action, Tie, allow, authorize, certified},
};
use domain::{
    ids::{OrderId, OrgId, TrialId},
    order::{Contact, Lines, Order, OrderState, check_lines},
    organization::Partner,
    program::Program,
    refusal::{Code, FieldError, Refusal},
    time::{civil_day, plus_days},
};
use jiff::{Timestamp, tz::TimeZone};
use store::{Tx, region::Versioned};

/// What is ordered, checked.
pub(super) struct Checked {
    pub(super) services: Lines,
    pub(super) devices: Lines,
    pub(super) contact: Contact,
}

impl App {
    /// Places an order. Who is to set it up is asked to by email.
    ///
    /// # Errors
    /// `role_required`, `not_found`; `distributor_required` for a tier 2 partner, whose distributor has it in hand from
    /// then on; `trial_not_convertible`, `order_open`; everything that is wrong in what was sent.
    pub async fn place_order(&self, actor: &Actor, wish: &PlaceOrder, guard: &Guard) -> Result<OrderView, Error> {
        allow(actor, Action::PlaceOrder, self.clock.now())?;
        match &wish.trial {
            Some(trial) => self.place_for_trial(actor, trial, wish, guard).await,
            None => self.place_from_outside(actor, wish, guard).await,
        }
    }

    pub(super) async fn place_for_trial(
        &self,
        actor: &Actor,
        id: &TrialId,
        wish: &PlaceOrder,
        guard: &Guard,
    ) -> Result<OrderView, Error> {
        let loaded = self.load_to_order(actor, id).await?;
        let customer = loaded.record.trial.customer.clone();
        if is_tier_2(actor) {
            return Err(self.needs_distributor(actor, Some(id), guard).await?);
        }
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), &customer).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let result = self.order_of_trial(actor, id, wish, guard, slot.as_ref()).await;
        self.settle(slot, result).await
    }

    /// The same under a key that is held already.
    pub(super) async fn order_of_trial(
        &self,
        actor: &Actor,
        id: &TrialId,
        wish: &PlaceOrder,
        guard: &Guard,
        slot: Option<&Slot<'_>>,
    ) -> Result<OrderView, Error> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            match self.attempt_order(actor, id, wish, guard, slot).await {
                Err(error) if error.is_race() && attempt < ATTEMPTS => {}
                result => return result,
            }
        }
    }

    async fn attempt_order(
        &self,
        actor: &Actor,
        id: &TrialId,
        wish: &PlaceOrder,
        guard: &Guard,
        slot: Option<&Slot<'_>>,
    ) -> Result<OrderView, Error> {
        let loaded = self.load_to_order(actor, id).await?;
        let handed_by = loaded.record.trial.handed_over.iter().filter_map(|to| to.by.clone());
        let otherwise: Vec<_> = handed_by.chain([loaded.record.trial.started_by.clone()]).collect();
        let around = Around {
            partner: &loaded.record.trial.partner,
            ordered_by: actor.org(),
            customer: Some(&loaded.record.trial.customer),
            otherwise: &otherwise,
        };
        let checked = self.checked_order(actor, wish, &loaded.program, &around).await?;
        let _moment = self.moment().await;
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(&loaded.record.trial.customer).await?;
        let loaded = self.load(&tx.read(), id, None).await?;
        check_version(guard, loaded.record.version)?;
        let trial = &loaded.record.trial;
        let parties = (trial.partner.clone(), trial.zone.clone());
        let order = Order {
            trial: Some(id.clone()),
            customer: Some(trial.customer.clone()),
            ..self.new_order(actor, id.region(), parties, checked, &loaded.program)?
        };
        let change = trial.place_order(&order, &loaded.at())?;
        tx.add_order(&order).await?;
        self.save_loaded(&tx, &actor.by(), &loaded, &change, None).await?;
        self.order_placed(actor, tx, order, guard, slot).await
    }

    /// What was placed is answered, kept for its key, and holds; a dry run leaves nothing.
    pub(super) async fn order_placed(
        &self,
        actor: &Actor,
        tx: Tx,
        order: Order,
        guard: &Guard,
        slot: Option<&Slot<'_>>,
    ) -> Result<OrderView, Error> {
        let placed = Versioned {
            value: order,
            version: 1,
        };
        let view = self.order_view(actor, placed).await?;
        if guard.dry_run {
            tx.rollback().await?;
            return Ok(OrderView { id: None, ..view });
        }
        if let Some(slot) = slot {
            slot.keep(&tx, &view).await?;
        }
        tx.commit().await?;
        self.rang();
        Ok(view)
    }

    /// A trial that this person may order for: its partner's sales, the distributor that has it in hand (CONV-1), the
    /// order desk. For everybody else it is not there.
    pub(super) async fn load_to_order(&self, actor: &Actor, id: &TrialId) -> Result<Loaded, Error> {
        certified(actor, self.clock.now())?;
        let reads = self.region(id.region())?.read();
        let loaded = self.load(&reads, id, None).await?;
        let trial = &loaded.record.trial;
        let handed = trial.handed_over.as_ref().map(|to| &to.distributor) == Some(actor.org());
        if actor.is_vendor() || (handed && trial.partner != *actor.org()) {
            return Ok(loaded);
        }
        let looks_after = trial.started_by == *actor.id() || reads.is_assigned(&trial.customer, actor.id()).await?;
        let tie = Tie {
            looks_after,
            ..loaded.tie()
        };
        authorize(actor, Action::PlaceOrder, &tie, loaded.now)?;
        match trial.is_known() {
            true => Ok(loaded),
            false => Err(Refusal::new(Code::TrialNotConvertible)
                .with("status", trial.status().as_str())
                .into()),
        }
    }

    /// Everything that is wrong with it, at once.
    pub(super) async fn checked_order(
        &self,
        actor: &Actor,
        wish: &PlaceOrder,
        program: &Program,
        around: &Around<'_>,
    ) -> Result<Checked, Error> {
        let mut errors: Vec<FieldError> = Vec::new();
        let lines = check_lines(&wish.services, &wish.devices, program).unwrap_or_else(|found| {
            errors.extend(found);
            Default::default()
        });
        match self.contact_for(actor, &wish.contact, around).await {
            Ok((_, contact)) if errors.is_empty() => Ok(Checked {
                services: lines.0,
                devices: lines.1,
                contact,
            }),
            Ok(_) => Err(errors.into()),
            Err(Error::Refused(refusal)) if !refusal.errors.is_empty() => {
                errors.extend(refusal.errors);
                Err(errors.into())
            }
            Err(error) => Err(error),
        }
    }

    pub(super) fn new_order(
        &self,
        actor: &Actor,
        region: &str,
        (partner, zone): (OrgId, String),
        checked: Checked,
        program: &Program,
    ) -> Result<Order, Error> {
        let now = self.clock.now();
        let placed_on = civil_day(now, &crate::load::zone(&zone)?);
        Ok(Order {
            id: OrderId::new(region, &self.unique()),
            partner,
            company: None,
            placed_by: actor.id().clone(),
            ordered_by: actor.org().clone(),
            trial: None,
            customer: None,
            services: checked.services,
            devices: checked.devices,
            contact: checked.contact,
            sendings: vec![now],
            placed_at: now,
            placed_on,
            closes_on: plus_days(placed_on, i64::from(program.policy.order_closes_after_days)),
            zone,
            state: OrderState::Open,
            given_up: None,
        })
    }
}

/// CONV-1.
pub(super) fn is_tier_2(actor: &Actor) -> bool {
    actor.organization.partner().is_some_and(Partner::is_tier_2)
}

/// When an order that belongs to no trial is reminded of next, and when it closes.
pub(super) fn instants(
    order: &Order,
    program: &Program,
    zone: &TimeZone,
    now: Timestamp,
) -> (Option<Timestamp>, Timestamp) {
    let policy = &program.policy;
    let remind = |days: &u32| {
        let day = plus_days(order.placed_on, i64::from(*days));
        domain::time::at_civil(day, policy.day_email_time, zone)
    };
    let closes = domain::time::end_of(order.closes_on, zone);
    let reminders = policy.order_reminder_days.iter().map(remind);
    (reminders.filter(|at| *at > now && *at < closes).min(), closes)
}
