//! CANC-2, CONV-4: a customer of the partner that tries nothing buys: whoever paid before, or cancelled and is still here.

use super::{
    SetUpView,
    set_up::{SetUp, confirmed},
};
use crate::{Actor, App, Error, Guard, idempotency::Slot};
use domain::{
    ids::OrgId,
    order::{Difference, DifferenceLine, Mapped, Order},
    organization::{Kind, Organization, Purchase},
    person::Role,
    refusal::Code,
    text::Email,
    time::civil_day,
    trial::{Trial, listing},
};
use store::{
    Tx,
    region::{Reads, Versioned, relationship::Line, trial::Scope},
};

impl App {
    /// The customer that has this very administrator and tries nothing of the partner's that could be bought; one that
    /// this person may be shown.
    pub(super) async fn buying_customer(
        &self,
        scope: Option<Scope>,
        partner: &OrgId,
        email: Option<&Email>,
    ) -> Result<Option<OrgId>, Error> {
        let (Some(scope), Some(email)) = (scope, email) else {
            return Ok(None);
        };
        let Some(customer) = self.owner_of("email", &email.key, "").await? else {
            return Ok(None);
        };
        let reads = self.region(customer.region())?.read();
        let Some(line) = reads.relationship(&customer, partner).await? else {
            return Ok(None);
        };
        let shown = match scope {
            Scope::All | Scope::Partner(_) => true,
            Scope::Customer(own) => own == customer,
            Scope::Person(_, person) => reads.is_assigned(&customer, &person).await?,
        };
        let person = reads.person_by_email(&customer, &email.key).await?;
        let administers = person.is_some_and(|person| person.value.has(Role::FullAdministrator));
        let found = reads.organization(&customer).await?.map(|found| found.value);
        let open = found.is_some_and(|found| found.customer().is_some_and(|facts| facts.closed_on.is_none()));
        if line.pending || !shown || !administers || !open {
            return Ok(None);
        }
        let trials = reads.trials_of(&customer).await?;
        let tries = trials.iter().any(|record| {
            let trial = &record.trial;
            trial.partner == *partner && super::matching::convertible(trial)
        });
        Ok((!tries).then_some(customer))
    }

    /// The order is added to what it has.
    pub(super) async fn buy_more(
        &self,
        actor: &Actor,
        found: Versioned<Order>,
        customer: OrgId,
        wish: &SetUp,
        guard: &Guard,
        slot: Option<&Slot<'_>>,
    ) -> Result<SetUpView, Error> {
        if guard.dry_run {
            let reads = self.region(customer.region())?.read();
            return self.more_view(actor, &reads, &customer, found).await;
        }
        confirmed(wish)?;
        if let Some(slot) = slot {
            slot.route(customer.region()).await?;
            slot.is_about(&customer);
        }
        let to = Mapped { customer, trial: None };
        let found = self.put_mapping(found, &to).await?;
        let result = self.write_more(actor, &found, &to, slot).await;
        self.follow(&found.value, &to).await;
        result
    }

    async fn write_more(
        &self,
        actor: &Actor,
        found: &Versioned<Order>,
        to: &Mapped,
        slot: Option<&Slot<'_>>,
    ) -> Result<SetUpView, Error> {
        let (order, id) = (&found.value, &to.customer);
        let _moment = self.moment().await;
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(id).await?;
        let mut organization = tx.read().organization(id).await?.ok_or_else(Error::not_found)?;
        self.add_order_to(order, &mut organization.value)?;
        tx.put_organization(&organization).await?;
        self.list_buyer(&tx, order, &organization.value).await?;
        let body = serde_json::json!({"order": order.id, "partner": order.partner});
        self.note(&tx, actor, id, "order_bought", body).await?;
        let after = Versioned {
            value: order.mapped(to.clone(), self.clock.now()),
            version: found.version + 1,
        };
        let view = self.more_view(actor, &tx.read(), id, after).await?;
        if let Some(slot) = slot {
            slot.keep(&tx, &view).await?;
        }
        self.still_mine(order).await?;
        tx.commit().await?;
        self.rang();
        Ok(view)
    }

    fn add_order_to(&self, order: &Order, organization: &mut Organization) -> Result<(), Error> {
        let now = self.clock.now();
        let Kind::Customer(facts) = &mut organization.kind else {
            return Err(Error::not_found());
        };
        if facts.closed_on.is_some() {
            return Err(Error::code(Code::CustomerClosed));
        }
        let since = civil_day(now, &crate::load::zone(&facts.zone)?);
        let bought = |(service, quantity): &(String, u32)| Purchase {
            service: service.clone(),
            quantity: *quantity,
            partner: Some(order.partner.clone()),
            since,
        };
        facts.buy(order.services.iter().map(bought).collect());
        facts.orders.push((order.id.clone(), now));
        Ok(())
    }

    /// LIST-1: the partner's list shows it as one that has bought.
    async fn list_buyer(&self, tx: &Tx, order: &Order, organization: &Organization) -> Result<(), Error> {
        let known = tx.read().relationship(&organization.id, &order.partner).await?;
        let Some(known) = known.filter(|line| !line.pending) else {
            return Err(Error::code(Code::NoExactMatch));
        };
        let all = tx.read().trials_of(&organization.id).await?;
        let mine = all.into_iter().map(|record| record.trial);
        let mine: Vec<Trial> = mine.filter(|trial| trial.partner == order.partner).collect();
        let (status, ends_on) = listing(&mine, true);
        let line = Line {
            status,
            ends_on,
            version: known.version + 1,
            ..known
        };
        Ok(tx.put_relationship(&line).await?)
    }

    /// CONV-5: nothing of it was tried, so all of it is new.
    async fn more_view(
        &self,
        actor: &Actor,
        reads: &Reads<'_>,
        customer: &OrgId,
        order: Versioned<Order>,
    ) -> Result<SetUpView, Error> {
        let people = reads.people_of(customer).await?;
        let has = |id: &String| people.iter().filter(|person| person.licenses.contains(id)).count();
        let line = |(service, quantity): &(String, u32)| DifferenceLine {
            service: service.clone(),
            trial: None,
            ordered: Some(*quantity),
            assigned: u32::try_from(has(service)).unwrap_or(u32::MAX),
            surplus: Vec::new(),
        };
        let new = order.value.services.iter().map(line).collect();
        Ok(SetUpView {
            matches: true,
            order: self.order_view(actor, order).await?,
            trial: None,
            customer: Some(self.card(reads, customer).await?),
            difference: Some(Difference {
                new,
                ..Difference::default()
            }),
            seen: None,
            candidates: Vec::new(),
            unavailable_regions: Vec::new(),
        })
    }
}
