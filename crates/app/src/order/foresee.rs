//! CONV-5: what an order would make of its trial, before it is placed; and whom an order that is placed waits for.

use super::contact::is_sales;
use crate::{
    Actor, App, Error,
    load::customer_of,
    policy::{Action, allow},
};
use domain::{
    ids::PersonId,
    number::{bought_calling, runs_calling},
    order::{Difference, Order},
    trial::Trial,
};
use jiff::civil::Date;
use store::region::{Reads, trial::TrialRecord};

/// What an order would make of its trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// What becomes of each service.
    pub difference: Difference,
    /// Whether somebody would lose a licence, named or not.
    pub takes: bool,
    /// EXP-5: phone numbers that would go with calling.
    pub numbers: u32,
}

/// An order that waits to be set up, as its customer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingOrder {
    /// The company that ordered.
    pub ordered_by: String,
    /// Who did it there, by name.
    pub placed_by: Option<String>,
    /// Who is to set it up, by name.
    pub contact: Option<String>,
    /// The customer's civil day on which it was placed.
    pub placed_on: Date,
    /// CONV-7: it closes at the end of this day.
    pub closes_on: Date,
}

impl App {
    /// CONV-5: what becomes of each service by an order that a dry run answered. Who would lose a licence is named to
    /// those alone who may see the customer's people.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn foresee_order(&self, actor: &Actor, order: &Order) -> Result<Foreseen, Error> {
        let trial = order.trial.as_ref().ok_or_else(Error::not_found)?;
        allow(actor, Action::PlaceOrder, self.clock.now())?;
        let loaded = self.load_to_order(actor, trial).await?;
        let reads = self.region(trial.region())?.read();
        let difference = self.difference_of(&reads, order, &loaded.record).await?;
        let takes = difference.takes();
        let customer = &loaded.record.trial.customer;
        let seen = self.customer_with_users(&reads, actor, customer, Action::ReadUsers);
        let (difference, numbers) = match seen.await {
            Ok(_) => (difference, self.numbers_left(&reads, order, &loaded.record).await?),
            Err(Error::Refused(_)) => (difference.unnamed(), 0),
            Err(error) => return Err(error),
        };
        Ok(Foreseen {
            difference,
            takes,
            numbers,
        })
    }

    /// EXP-5: how many phone numbers go with calling that is not bought, and that nothing else keeps.
    pub(super) async fn numbers_left(
        &self,
        reads: &Reads<'_>,
        order: &Order,
        record: &TrialRecord,
    ) -> Result<u32, Error> {
        let trial = &record.trial;
        let program = self.program_version(trial.program_version).await?;
        let calling = |id: &str| program.service(id).is_some_and(|service| service.numbers);
        if !trial.has_numbers(&program) || order.services.iter().any(|(id, _)| calling(id)) {
            return Ok(0);
        }
        let customer = reads.organization(&trial.customer).await?;
        let customer = customer.ok_or_else(Error::not_found)?.value;
        let others = reads.trials_of(&trial.customer).await?;
        let others = others.iter().map(|record| &record.trial);
        let kept = bought_calling(&customer_of(&customer)?.purchased, &program)
            || others
                .filter(|other| other.id != trial.id)
                .any(|other| runs_calling(other, &program));
        match kept {
            true => Ok(0),
            false => Ok(u32::try_from(reads.count_numbers(&trial.customer).await?).unwrap_or(u32::MAX)),
        }
    }

    /// Whom a customer asks about a trial: name and address of whoever of its partner looks after it.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn looked_after_by(&self, trial: &Trial) -> Result<Option<(String, String)>, Error> {
        let id = &trial.started_by;
        let Some(region) = self.stores.region(id.region()) else {
            return Ok(None);
        };
        let found = region.read().person(id).await?.map(|found| found.value);
        let person = found.filter(|person| person.organization == trial.partner && is_sales(person));
        Ok(person.map(|person| (person.name, person.email)))
    }

    /// The order that waits to be set up, of a trial that whoever reads it has seen.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn waiting_order(&self, trial: &Trial) -> Result<Option<WaitingOrder>, Error> {
        let Some(mark) = trial.open_order() else {
            return Ok(None);
        };
        Ok(Some(WaitingOrder {
            ordered_by: self.company_name(&mark.ordered_by).await?,
            placed_by: self.name_of_person(&mark.placed_by).await?,
            contact: self.name_of_person(&mark.contact).await?,
            placed_on: mark.placed_on,
            closes_on: mark.closes_on,
        }))
    }

    async fn name_of_person(&self, id: &PersonId) -> Result<Option<String>, Error> {
        let found = self.somebody(id).await?;
        Ok(found.map(|(name, _)| name).filter(|name| !name.is_empty()))
    }
}
