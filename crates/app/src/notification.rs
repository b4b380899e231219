//! What was sent to whom, and what became of it (NOTE-1).

use crate::{
    Actor, App, Error,
    policy::{Action, authorize},
};
use domain::ids::{MessageId, TrialId};
use store::region::outbox::Delivery;

impl App {
    /// What was sent about a trial that this person sees.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn notifications(&self, actor: &Actor, trial: &TrialId) -> Result<Vec<Delivery>, Error> {
        self.loaded_for(actor, trial, Action::ReadNotifications).await?;
        let all = self.region(trial.region())?.read().deliveries(trial).await?;
        Ok(all.into_iter().filter(|delivery| concerns(actor, delivery)).collect())
    }

    /// One message.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn notification(&self, actor: &Actor, id: &MessageId) -> Result<Delivery, Error> {
        let delivery = self
            .region(id.region())?
            .read()
            .delivery(id)
            .await?
            .ok_or_else(Error::not_found)?;
        let trial = delivery.letter.trial.clone().ok_or_else(Error::not_found)?;
        let loaded = self
            .load(&self.region(id.region())?.read(), &trial, Some(actor))
            .await?;
        authorize(actor, Action::ReadNotifications, &loaded.tie(), loaded.now)?;
        if concerns(actor, &delivery) {
            Ok(delivery)
        } else {
            Err(Error::not_found())
        }
    }
}

/// A customer sees its own mail; the partner sees what it sent and what it got; the vendor sees all.
fn concerns(actor: &Actor, delivery: &Delivery) -> bool {
    use domain::notify::Audience::{
        ConsentRecipients, CustomerAdministrators, CustomerUsers, PartnerAdministrators, TrialsTeam,
    };
    match delivery.letter.audience {
        CustomerAdministrators | ConsentRecipients | CustomerUsers => true,
        PartnerAdministrators => !actor.is_customer(),
        TrialsTeam => actor.is_vendor(),
    }
}
