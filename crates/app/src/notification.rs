//! What was sent to whom, and what became of it (NOTE-1).

use crate::{
    Actor, App, Error, Page, PageRequest,
    page::{Place, merge},
    policy::{Action, allow, authorize, certified},
    trial::scope,
};
use domain::{
    ids::{MessageId, TrialId},
    notify::Audience,
};
use store::region::outbox::{Delivery, DeliveryQuery, DeliveryState};

impl App {
    /// What was sent about one trial, or about all that this person sees, in whatever state or in one; the oldest first.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn notifications(
        &self,
        actor: &Actor,
        trial: Option<&TrialId>,
        state: Option<DeliveryState>,
        page: &PageRequest,
    ) -> Result<Page<Delivery>, Error> {
        match trial {
            Some(id) => drop(self.loaded_for(actor, id, Action::ReadNotifications).await?),
            None => allow(actor, Action::ReadNotifications, self.clock.now())?,
        }
        let query = DeliveryQuery {
            scope: scope(actor),
            audiences: audiences(actor),
            trial: trial.cloned(),
            state,
            after: page
                .after
                .as_ref()
                .map(|place| (place.0.parse().unwrap_or(i64::MIN), place.1.clone())),
            limit: page.limit as u64 + 1,
        };
        let (mut parts, mut unavailable_regions) = (Vec::new(), Vec::new());
        for region in self.stores.regions.values() {
            if trial.is_some_and(|id| id.region() != region.id()) {
                continue;
            }
            let place = |one: &Delivery| {
                let at = one.letter.created_at.as_microsecond();
                Place(at.to_string(), one.letter.id.0.clone())
            };
            match region.read().deliveries_page(&query).await {
                Ok(found) => parts.push(found.into_iter().map(|one| (place(&one), one)).collect()),
                Err(_) => unavailable_regions.push(region.id().to_owned()),
            }
        }
        let (found, more) = merge(parts, page.limit, false, true);
        let next = found.last().filter(|_| more).map(|(place, _)| place.clone());
        let mut items = Vec::with_capacity(found.len());
        for (_, one) in found {
            if self.may_be_told(actor, &one).await? {
                items.push(one);
            }
        }
        Ok(Page {
            items,
            next,
            unavailable_regions,
        })
    }

    /// ORG-9: before a customer has accepted, its partner is told of the mail to the address that it gave itself, and not
    /// how many others were asked.
    async fn may_be_told(&self, actor: &Actor, delivery: &Delivery) -> Result<bool, Error> {
        let Some(id) = delivery.letter.trial.as_ref().filter(|_| actor.is_partner()) else {
            return Ok(true);
        };
        if delivery.letter.audience != Audience::ConsentRecipients {
            return Ok(true);
        }
        let found = self.region(id.region())?.read().trial(id).await?;
        Ok(found.is_some_and(|found| found.trial.is_known() || found.trial.administrator == delivery.letter.person))
    }

    /// One message.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn notification(&self, actor: &Actor, id: &MessageId) -> Result<Delivery, Error> {
        certified(actor, self.clock.now())?;
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
        if audiences(actor).contains(&delivery.letter.audience) && self.may_be_told(actor, &delivery).await? {
            Ok(delivery)
        } else {
            Err(Error::not_found())
        }
    }
}

/// A customer sees its own mail; the partner sees what it sent and what it got; the vendor sees all.
pub(crate) fn audiences(actor: &Actor) -> Vec<Audience> {
    let mut seen = vec![
        Audience::CustomerAdministrators,
        Audience::ConsentRecipients,
        Audience::CustomerUsers,
    ];
    if !actor.is_customer() {
        // Of a trial only the contact of its order is told so (CONV-2): what opens an account belongs to no trial.
        seen.extend([Audience::PartnerAdministrators, Audience::Person]);
    }
    if actor.is_vendor() {
        seen.push(Audience::TrialsTeam);
    }
    seen
}
