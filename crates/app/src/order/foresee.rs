//! CONV-5: what an order would make of its trial, before it is placed; and whom an order that is placed waits for.

use crate::{
    Actor, App, Error,
    policy::{Action, allow},
};
use domain::{
    ids::PersonId,
    order::{Difference, Order},
    trial::Trial,
};
use jiff::civil::Date;

/// What an order would make of its trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// What becomes of each service.
    pub difference: Difference,
    /// Whether somebody would lose a licence, named or not.
    pub takes: bool,
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
        let difference = match seen.await {
            Ok(_) => difference,
            Err(Error::Refused(_)) => difference.unnamed(),
            Err(error) => return Err(error),
        };
        Ok(Foreseen { difference, takes })
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
