//! An order from outside: it knows no trial, or says whose it is.

use super::{
    OrderView, PlaceOrder,
    contact::Around,
    place::{instants, is_tier_2},
};
use crate::{
    Actor, App, Error, Guard,
    idempotency::{Held, Slot},
    load::zone,
    tell::Note,
};
use domain::{
    alarm::AlarmKind,
    ids::OrgId,
    notify::{Audience, Facts, MessageKind},
    order::Order,
    organization::Organization,
    program::Program,
    refusal::{Code, FieldError},
    time::{civil_day, days_between},
};
use store::{
    Tx,
    region::{Versioned, alarm::Alarm},
};

impl App {
    pub(super) async fn place_from_outside(
        &self,
        actor: &Actor,
        wish: &PlaceOrder,
        guard: &Guard,
    ) -> Result<OrderView, Error> {
        if is_tier_2(actor) {
            return Err(self.needs_distributor(actor, None, guard).await?);
        }
        let partner = self.ordering_partner(actor, wish).await?;
        if let Some(email) = &wish.trial_admin_email {
            // Its removal is held by it: so it is found now, or nothing is placed.
            let trial = self.trial_of_address(actor, &partner, email).await?;
            return self.place_for_trial(actor, &trial, wish, guard).await;
        }
        let program = self.program()?;
        let around = Around {
            partner: &partner,
            ordered_by: actor.org(),
            customer: None,
            otherwise: &[],
        };
        let checked = self.checked_order(actor, wish, &program, &around).await?;
        let (_, person) = (&checked.contact, self.contact_person(&checked.contact.person).await?);
        let region = person.id.region().to_owned();
        let order = Order {
            company: Some(person.organization.clone()),
            ..self.new_order(actor, &region, (partner, person.zone.clone()), checked, &program)?
        };
        let slot = match self
            .hold_key_of(actor, guard.idem.as_ref(), &person.organization)
            .await?
        {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let result = self.write_outside(actor, order, &person.organization, &program, guard, slot.as_ref());
        let result = result.await;
        self.settle(slot, result).await
    }

    async fn write_outside(
        &self,
        actor: &Actor,
        order: Order,
        company: &OrgId,
        program: &Program,
        guard: &Guard,
        slot: Option<&Slot<'_>>,
    ) -> Result<OrderView, Error> {
        let _moment = self.moment().await;
        let tx = self.region(order.id.region())?.begin().await?;
        tx.add_order(&order).await?;
        self.set_order_alarms(&tx, &order, program).await?;
        let body = serde_json::json!({"order": order.id, "partner": order.partner});
        self.note(&tx, actor, company, "order_placed", body).await?;
        self.tell_contact(&tx, &order, MessageKind::OrderSetUp, company).await?;
        let view = self
            .order_view(
                actor,
                Versioned {
                    value: order,
                    version: 1,
                },
            )
            .await?;
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

    /// For which partner it is ordered: its own, or the one that the order desk names.
    async fn ordering_partner(&self, actor: &Actor, wish: &PlaceOrder) -> Result<OrgId, Error> {
        let given = wish.partner.as_ref();
        if actor.is_partner() {
            return match given.is_none_or(|id| id == actor.org()) {
                true => Ok(actor.org().clone()),
                false => Err(Error::field("/partner_id", Code::InvalidId)),
            };
        }
        let id = given.ok_or_else(|| Error::field("/partner_id", Code::Required))?;
        let wrong = || vec![FieldError::new("/partner_id", Code::InvalidId).with("value", id)];
        let region = self.stores.region(id.region()).ok_or_else(wrong)?;
        let found: Option<Organization> = region.read().organization(id).await?.map(|found| found.value);
        match found.is_some_and(|it| it.partner().is_some()) {
            true => Ok(id.clone()),
            false => Err(wrong().into()),
        }
    }

    pub(super) async fn contact_person(&self, id: &domain::ids::PersonId) -> Result<domain::person::Person, Error> {
        let found = self.region(id.region())?.read().person(id).await?;
        Ok(found.ok_or_else(Error::not_found)?.value)
    }

    /// CONV-7: what an order without a trial still has before it.
    pub(super) async fn set_order_alarms(&self, tx: &Tx, order: &Order, program: &Program) -> Result<(), Error> {
        let (reminder, closes) = instants(order, program, &zone(&order.zone)?, self.clock.now());
        let alarm = |kind, at| Alarm {
            at,
            kind,
            subject: order.id.0.clone(),
        };
        if let Some(at) = reminder {
            tx.set_alarm(&alarm(AlarmKind::OrderReminder, at)).await?;
        }
        Ok(tx.set_alarm(&alarm(AlarmKind::OrderCloses, closes)).await?)
    }

    /// CONV-2: whoever sets up an order without a trial is told, and, once it is closed, whoever placed it.
    pub(super) async fn tell_contact(
        &self,
        tx: &Tx,
        order: &Order,
        kind: MessageKind,
        company: &OrgId,
    ) -> Result<(), Error> {
        self.tell_contact_why(tx, order, kind, company, None).await
    }

    /// The same, with what somebody said about it.
    pub(super) async fn tell_contact_why(
        &self,
        tx: &Tx,
        order: &Order,
        kind: MessageKind,
        company: &OrgId,
        line: Option<String>,
    ) -> Result<(), Error> {
        let today = civil_day(self.clock.now(), &zone(&order.zone)?);
        let outcome = match &order.state {
            domain::order::OrderState::Closed { reason, .. } => reason.as_str(),
            domain::order::OrderState::Open
            | domain::order::OrderState::Mapping { .. }
            | domain::order::OrderState::Mapped { .. } => "outside",
        };
        let note = Note {
            kind,
            audience: Audience::Person,
            customer: company.clone(),
            facts: Facts {
                services: order.services.iter().map(|(id, _)| id.clone()).collect(),
                order: Some(order.id.clone()),
                ordered: order.services.clone(),
                closes_on: Some(order.closes_on),
                days_left: Some(days_between(today, order.closes_on)),
                partner: Some(order.partner.clone()),
                outcome: Some(outcome.to_owned()),
                has_line: line.is_some(),
                ..Facts::default()
            },
            line,
        };
        let mut people = Vec::new();
        let placed_by =
            Some(&order.placed_by).filter(|id| kind == MessageKind::OrderClosed && **id != order.contact.person);
        for id in std::iter::once(&order.contact.person).chain(placed_by) {
            // Whoever has left is told nothing; that holds nothing up.
            if !matches!(self.somebody(id).await, Ok(None)) {
                people.push(id.clone());
            }
        }
        self.tell(tx, &note, people).await
    }
}
