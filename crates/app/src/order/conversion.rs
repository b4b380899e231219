//! CONV-1: a tier 2 partner's conversion goes to its distributor, which sees what it needs and nothing else.

use super::place::is_tier_2;
use crate::{
    Actor, App, Error, Guard,
    policy::{Action, allow},
};
use domain::{
    ids::{OrgId, TrialId},
    organization::Organization,
    person::Role,
    refusal::{Code, Refusal},
    time::{civil_day, days_between},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::region::{Reads, trial::TrialRecord};

/// What a distributor sees of a conversion that it has in hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversionView {
    /// The trial.
    pub trial: TrialId,
    /// Whose trial it is, by name.
    pub customer_name: String,
    /// The address of its administrator.
    pub administrator_email: String,
    /// The partner that handed it over.
    pub partner: (OrgId, String),
    /// The trial's services, with their quantities.
    pub services: Vec<(String, u32)>,
    /// When it was handed over.
    pub handed_at: Timestamp,
    /// The last day on which it can be ordered.
    pub possible_until: Option<Date>,
    /// The first instant after that.
    pub due_at: Option<Timestamp>,
    /// Days until that day, 0 on it.
    pub days_left: Option<i64>,
}

impl App {
    /// CONV-1: why a tier 2 partner cannot order, and who can. A trial is handed over by that very call, once.
    pub(super) async fn needs_distributor(
        &self,
        actor: &Actor,
        trial: Option<&TrialId>,
        guard: &Guard,
    ) -> Result<Error, Error> {
        let refusal = Refusal::new(Code::DistributorRequired);
        let Some(distributor) = self.distributor_of(actor).await? else {
            return Ok(refusal.with("distributor", Value::Null).into());
        };
        if let Some(trial) = trial.filter(|_| !guard.dry_run) {
            self.hand_over_conversion(actor, trial, &distributor.id).await?;
        }
        let contact = self.first_sales(&distributor.id).await?;
        let named = json!({"id": distributor.id, "name": distributor.name, "contact": contact});
        Ok(refusal.with("distributor", named).into())
    }

    /// The partner's distributor, where it is one that can order now.
    async fn distributor_of(&self, actor: &Actor) -> Result<Option<Organization>, Error> {
        let partner = actor.organization.partner().filter(|_| is_tier_2(actor));
        let Some(id) = partner.and_then(|partner| partner.distributor.as_ref()) else {
            return Ok(None);
        };
        let found = self
            .region(id.region())?
            .read()
            .organization(id)
            .await?
            .map(|found| found.value);
        let now = self.clock.now();
        let fits = |it: &Organization| it.partner().is_some_and(|it| it.tier == 1 && it.is_certified(now));
        Ok(found.filter(fits))
    }

    async fn first_sales(&self, id: &OrgId) -> Result<Option<String>, Error> {
        let Some(first) = self.who_has(id, Role::SalesFullAdministrator).await?.into_iter().min() else {
            return Ok(None);
        };
        let found = self.region(first.region())?.read().person(&first).await?;
        Ok(found.map(|found| found.value.email).filter(|email| !email.is_empty()))
    }

    async fn hand_over_conversion(&self, actor: &Actor, id: &TrialId, distributor: &OrgId) -> Result<(), Error> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            match self.try_hand_over(actor, id, distributor).await {
                Err(error) if error.is_race() && attempt < crate::act::ATTEMPTS => {}
                result => return result,
            }
        }
    }

    async fn try_hand_over(&self, actor: &Actor, id: &TrialId, distributor: &OrgId) -> Result<(), Error> {
        let _moment = self.moment().await;
        let tx = self.region(id.region())?.begin().await?;
        let seen = tx.read().trial(id).await?.ok_or_else(Error::not_found)?;
        tx.lock(&seen.trial.customer).await?;
        let loaded = self.load(&tx.read(), id, Some(actor)).await?;
        let change = loaded
            .record
            .trial
            .hand_conversion_over(distributor, actor.id(), &loaded.at())?;
        if change.is_empty() {
            return Ok(tx.rollback().await?);
        }
        self.save_loaded(&tx, &actor.by(), &loaded, &change, None).await?;
        tx.commit().await?;
        self.rang();
        Ok(())
    }

    /// What this distributor has in hand, the oldest first, and the regions that do not answer.
    pub(crate) async fn conversions_in_hand(&self, actor: &Actor) -> Result<(Vec<ConversionView>, Vec<String>), Error> {
        let (mut all, mut down) = (Vec::new(), Vec::new());
        for region in self.stores.regions.values() {
            let reads = region.read();
            let Ok(found) = reads.conversions_of(actor.org()).await else {
                down.push(region.id().to_owned());
                continue;
            };
            for one in found {
                let record = reads.trial(&one.trial).await?.ok_or_else(Error::not_found)?;
                all.push(self.conversion_view(&reads, &record).await?);
            }
        }
        all.sort_by(|one, other| (one.handed_at, &one.trial).cmp(&(other.handed_at, &other.trial)));
        Ok((all, down))
    }

    /// One conversion, for the distributor that has it in hand, until it is done.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn conversion(&self, actor: &Actor, id: &TrialId) -> Result<ConversionView, Error> {
        crate::policy::certified(actor, self.clock.now())?;
        let reads = self.region(id.region())?.read();
        let mine = reads.conversions_of(actor.org()).await?;
        if !mine.iter().any(|one| one.trial == *id) {
            return Err(Error::not_found());
        }
        allow(actor, Action::ReadConversions, self.clock.now())?;
        let record = reads.trial(id).await?.ok_or_else(Error::not_found)?;
        self.conversion_view(&reads, &record).await
    }

    async fn conversion_view(&self, reads: &Reads<'_>, record: &TrialRecord) -> Result<ConversionView, Error> {
        let trial = &record.trial;
        let customer = reads.organization(&trial.customer).await?;
        let administrator = reads.person(&trial.administrator).await?;
        let program = self.program_version(trial.program_version).await?;
        let possible_until = trial.term().map(|term| term.grace_ends_on(&program));
        let zone = crate::load::zone(&trial.zone)?;
        let today = civil_day(self.clock.now(), &zone);
        let services = trial.services.iter().map(|one| (one.id.clone(), one.quantity));
        Ok(ConversionView {
            trial: trial.id.clone(),
            customer_name: customer.map(|found| found.value.name).unwrap_or_default(),
            administrator_email: administrator.map(|found| found.value.email).unwrap_or_default(),
            partner: (trial.partner.clone(), self.company_name(&trial.partner).await?),
            services: services.collect(),
            handed_at: trial.handed_over.as_ref().map_or(trial.created_at, |to| to.at),
            due_at: possible_until.map(|day| domain::time::end_of(day, &zone)),
            days_left: possible_until.map(|day| days_between(today, day).max(0)),
            possible_until,
        })
    }
}
