//! An order from outside: it knows no trial, or says whose it is.

use super::{
    OrderView, PlaceOrder,
    contact::{Around, is_sales},
    matching::typed,
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
    ids::{OrgId, PersonId},
    notify::{Audience, Facts, MessageKind},
    order::Order,
    organization::Organization,
    program::Program,
    refusal::{Code, FieldError},
    time::{civil_day, days_between},
};
use store::{Tx, region::alarm::Alarm};

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
        // A key is looked up before anything else: what was answered once is answered again.
        let slot = match self.hold_key(actor, guard.idem.as_ref(), actor.id().region()).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let result = self.placed_outside(actor, wish, guard, slot.as_ref()).await;
        self.settle(slot, result).await
    }

    async fn placed_outside(
        &self,
        actor: &Actor,
        wish: &PlaceOrder,
        guard: &Guard,
        slot: Option<&Slot<'_>>,
    ) -> Result<OrderView, Error> {
        let partner = self.ordering_partner(actor, wish).await?;
        if let Some(email) = &wish.trial_admin_email {
            // Its removal is held by it: so it is found now, or nothing is placed.
            let trial = self.trial_of_address(actor, &partner, email).await?;
            let loaded = self.load_to_order(actor, &trial).await?;
            if let Some(slot) = slot {
                slot.route(trial.region()).await?;
                slot.is_about(&loaded.record.trial.customer);
            }
            return self.order_of_trial(actor, &trial, wish, guard, slot).await;
        }
        let program = self.program()?;
        let around = Around {
            partner: &partner,
            ordered_by: actor.org(),
            customer: None,
            otherwise: &[],
        };
        let checked = self.checked_order(actor, wish, &program, &around).await?;
        let person = self.contact_person(&checked.contact.person).await?;
        let region = person.id.region().to_owned();
        let order = Order {
            company: Some(person.organization.clone()),
            ..self.new_order(actor, &region, (partner, person.zone.clone()), checked, &program)?
        };
        if let Some(slot) = slot {
            slot.route(&region).await?;
            slot.is_about(&person.organization);
        }
        self.write_outside(actor, order, &person.organization, &program, guard, slot)
            .await
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
        self.order_placed(actor, tx, order, guard, slot).await
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
        let Some(id) = given else {
            return self.partner_meant(wish).await;
        };
        let wrong = || vec![FieldError::new("/partner_id", Code::InvalidId).with("value", id)];
        let region = self.stores.region(id.region()).ok_or_else(wrong)?;
        let found: Option<Organization> = region.read().organization(id).await?.map(|found| found.value);
        match found.is_some_and(|it| it.partner().is_some()) {
            true => Ok(id.clone()),
            false => Err(wrong().into()),
        }
    }

    /// CONV-1: the order desk need not name the partner where only one can be meant: that of the trial, else the contact's
    /// company, else the one with which the contact's company has to do.
    async fn partner_meant(&self, wish: &PlaceOrder) -> Result<OrgId, Error> {
        let mut meant = match (&wish.trial_admin_email, &wish.contact.email) {
            (Some(email), _) => self.partners_of_trials(email).await?,
            (None, Some(email)) => self.partners_of_contact(email).await?,
            (None, None) => Vec::new(),
        };
        meant.sort();
        meant.dedup();
        if let [one] = meant.as_slice() {
            return Ok(one.clone());
        }
        let mut error = FieldError::new("/partner_id", Code::Required);
        if !meant.is_empty() {
            let mut names = Vec::with_capacity(meant.len());
            for id in &meant {
                names.push(format!("{id} ({})", self.company_name(id).await?));
            }
            error = error.with("allowed", names.join(", "));
        }
        Err(vec![error].into())
    }

    async fn partners_of_trials(&self, given: &str) -> Result<Vec<OrgId>, Error> {
        let email = typed(given)?;
        let found = self.exact(None, email.as_ref()).await?;
        Ok(found.into_iter().map(|record| record.trial.partner).collect())
    }

    async fn partners_of_contact(&self, given: &str) -> Result<Vec<OrgId>, Error> {
        let wrong = |code| Error::field("/provisioning_contact/email", code);
        let email = domain::text::email(given).map_err(wrong)?;
        let mut found = Vec::new();
        for region in self.stores.regions.values() {
            let reads = region.read();
            for partner in reads.organizations_of_kind("partner").await? {
                let person = reads.person_by_email(&partner.id, &email.key).await?;
                if person.is_some_and(|person| is_sales(&person.value)) {
                    found.push(partner.id);
                }
            }
        }
        if !found.is_empty() {
            return Ok(found);
        }
        let Some(customer) = self.owner_of("email", &email.key, "").await? else {
            return Ok(found);
        };
        let lines = self.region(customer.region())?.read().relationships(&customer).await?;
        let lines = lines.into_iter().filter(|line| !line.pending);
        Ok(lines.map(|line| line.relationship.partner).collect())
    }

    pub(super) async fn contact_person(&self, id: &PersonId) -> Result<domain::person::Person, Error> {
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
        let people = self.told_of(order, kind).await;
        self.tell(tx, &note, people).await
    }

    async fn told_of(&self, order: &Order, kind: MessageKind) -> Vec<PersonId> {
        let mut people = Vec::new();
        let placed_by =
            Some(&order.placed_by).filter(|id| kind == MessageKind::OrderClosed && **id != order.contact.person);
        for id in std::iter::once(&order.contact.person).chain(placed_by) {
            // Whoever has left is told nothing; that holds nothing up.
            if !matches!(self.somebody(id).await, Ok(None)) {
                people.push(id.clone());
            }
        }
        people
    }
}
