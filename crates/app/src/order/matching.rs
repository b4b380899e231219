//! CONV-4: which trial an address means. Only the very address does; whatever is like it is shown, and never taken for it.

use super::alike::Alike;
use crate::{Actor, App, Error};
use domain::{
    ids::{OrgId, TrialId},
    likeness::{Likeness, likeness},
    order::Order,
    person::Role,
    refusal::{Code, Refusal},
    text,
    trial::{Status, Trial},
};
use serde::{Deserialize, Serialize};
use store::region::{
    Reads,
    trial::{Scope, TrialRecord},
};

/// A trial that may have been meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The trial.
    pub trial: TrialId,
    /// Whose trial it is, by name.
    pub customer_name: String,
    /// ISO 3166 alpha-2.
    pub country: String,
    /// Why it may have been meant.
    pub reason: Likeness,
}

/// What an address means.
pub(super) enum Meant {
    /// This trial, and no other.
    Trial(Box<TrialRecord>),
    /// This customer of the partner's, that tries nothing now.
    Customer(OrgId),
    /// None for certain.
    Candidates(Alike),
}

/// An address as it was typed: wrong ones are nobody's.
pub(super) fn typed(given: &str) -> Result<Option<text::Email>, Error> {
    match text::email(given) {
        Ok(email) => Ok(Some(email)),
        Err(code @ (Code::Empty | Code::TooLong)) => Err(Error::field("/trial_admin_email", code)),
        Err(_) => Ok(None),
    }
}

/// Whether a trial can be bought now.
pub(super) fn convertible(trial: &Trial) -> bool {
    matches!(trial.status(), Status::Active | Status::Expired)
}

impl App {
    /// CONV-4: an order from outside says whose trial it is for: found, or nothing is placed.
    pub(super) async fn trial_of_address(&self, actor: &Actor, partner: &OrgId, given: &str) -> Result<TrialId, Error> {
        let email = typed(given)?;
        if let Some(email) = &email {
            self.refuse_colleague(actor, &email.key, "/trial_admin_email").await?;
        }
        self.count_typed(actor, email.as_ref(), given).await?;
        let mut found = self.exact(Some(partner), email.as_ref()).await?;
        match (found.pop(), found.is_empty()) {
            (Some(record), true) => Ok(record.trial.id),
            (Some(record), false) => {
                found.push(record);
                let several = self.as_candidates(&found, Likeness::SameAdministrator).await?;
                Err(no_match(several.into()))
            }
            (None, _) => {
                let scope = self.scope_of(actor, partner);
                Err(no_match(self.alike(scope.as_ref(), partner, given).await?))
            }
        }
    }

    /// CONV-4: what the address means to the one who sets this order up.
    pub(super) async fn meant(
        &self,
        actor: &Actor,
        order: &Order,
        given: &str,
        chosen: Option<&TrialId>,
    ) -> Result<Meant, Error> {
        let email = typed(given)?;
        if let Some(trial) = &order.trial {
            return self.meant_of_trial(trial, email.as_ref(), given, chosen).await;
        }
        self.count_typed(actor, email.as_ref(), given).await?;
        let mut found = Vec::new();
        for record in self.exact(Some(&order.partner), email.as_ref()).await? {
            // ORG-3: what one does not look after is not there.
            if self.is_in_scope(self.scope_of(actor, &order.partner), &record).await? {
                found.push(record);
            }
        }
        if let Some(chosen) = chosen {
            found.retain(|record| record.trial.id == *chosen);
        }
        match (found.pop(), found.is_empty()) {
            (Some(record), true) => return Ok(Meant::Trial(Box::new(record))),
            (Some(record), false) => {
                found.push(record);
                let several = self.as_candidates(&found, Likeness::SameAdministrator).await?;
                return Ok(Meant::Candidates(several.into()));
            }
            (None, _) => {}
        }
        let scope = self.scope_of(actor, &order.partner);
        let email = email.as_ref().filter(|_| chosen.is_none());
        if let Some(customer) = self.buying_customer(scope.clone(), &order.partner, email).await? {
            return Ok(Meant::Customer(customer));
        }
        let alike = self.alike(scope.as_ref(), &order.partner, given).await?;
        Ok(Meant::Candidates(alike))
    }

    /// An order that was placed from a trial cannot miss it.
    async fn meant_of_trial(
        &self,
        id: &TrialId,
        email: Option<&text::Email>,
        given: &str,
        chosen: Option<&TrialId>,
    ) -> Result<Meant, Error> {
        let reads = self.region(id.region())?.read();
        let record = reads.trial(id).await?.ok_or_else(Error::not_found)?;
        let trial = &record.trial;
        let full = reads.administrators_of(&trial.customer).await?;
        let is_it = |key: &str| {
            full.iter().any(|person| {
                let administers = person.has(Role::FullAdministrator) || person.id == trial.administrator;
                administers && person.email.to_ascii_lowercase() == key
            })
        };
        let other = chosen.is_some_and(|chosen| chosen != id);
        if !other && email.is_some_and(|email| is_it(&email.key)) {
            return Ok(Meant::Trial(Box::new(record)));
        }
        let mut only = self
            .as_candidates(std::slice::from_ref(&record), Likeness::OnlyOne)
            .await?;
        let address = reads
            .person(&record.trial.administrator)
            .await?
            .map(|found| found.value.email);
        for one in &mut only {
            let like = likeness(given, address.as_deref().unwrap_or_default(), &one.customer_name);
            one.reason = like.unwrap_or(one.reason);
        }
        Ok(Meant::Candidates(only.into()))
    }

    /// START-6: looking for organizations is counted, also by what is no address at all.
    async fn count_typed(&self, actor: &Actor, email: Option<&text::Email>, given: &str) -> Result<(), Error> {
        if actor.is_vendor() {
            return Ok(());
        }
        let key = email.map_or_else(|| text::fold(given), |email| email.key.clone());
        self.count_lookup(actor, &key).await
    }

    /// The trials, of a partner where one is named, that can be bought and have that very administrator.
    pub(super) async fn exact(
        &self,
        partner: Option<&OrgId>,
        email: Option<&text::Email>,
    ) -> Result<Vec<TrialRecord>, Error> {
        let Some(email) = email else { return Ok(Vec::new()) };
        let Some(owner) = self.owner_of("email", &email.key, "").await? else {
            return Ok(Vec::new());
        };
        let reads = self.region(owner.region())?.read();
        let Some(person) = reads.person_by_email(&owner, &email.key).await? else {
            return Ok(Vec::new());
        };
        let mut found = reads.trials_of(&owner).await?;
        found.retain(|record| {
            let trial = &record.trial;
            partner.is_none_or(|id| trial.partner == *id)
                && convertible(trial)
                && trial.administrator == person.value.id
        });
        Ok(found)
    }

    async fn is_in_scope(&self, scope: Option<Scope>, record: &TrialRecord) -> Result<bool, Error> {
        let trial = &record.trial;
        Ok(match scope {
            None => false,
            Some(Scope::Customer(customer)) => trial.customer == customer,
            Some(Scope::Partner(partner)) => trial.partner == partner,
            Some(Scope::Person(partner, person)) => {
                let reads = self.region(trial.id.region())?.read();
                trial.partner == partner
                    && (trial.started_by == person || reads.is_assigned(&trial.customer, &person).await?)
            }
            Some(Scope::All) => true,
        })
    }

    /// Whose trials this person may be shown.
    fn scope_of(&self, actor: &Actor, partner: &OrgId) -> Option<Scope> {
        let all = [Role::SalesFullAdministrator, Role::ReadOnlyAdministrator];
        if actor.is_customer() {
            Some(Scope::Customer(actor.org().clone()))
        } else if actor.is_vendor() || (actor.org() == partner && all.iter().any(|role| actor.has(*role))) {
            Some(Scope::Partner(partner.clone()))
        } else {
            (actor.org() == partner).then(|| Scope::Person(partner.clone(), actor.id().clone()))
        }
    }

    async fn as_candidates(&self, records: &[TrialRecord], reason: Likeness) -> Result<Vec<Candidate>, Error> {
        let mut all = Vec::with_capacity(records.len());
        for record in records {
            let reads = self.region(record.trial.id.region())?.read();
            let trial = (&record.trial.id, &record.trial.customer);
            all.extend(candidate(&reads, trial, reason).await?);
        }
        Ok(all)
    }
}

pub(super) async fn candidate(
    reads: &Reads<'_>,
    trial: (&TrialId, &OrgId),
    reason: Likeness,
) -> Result<Option<Candidate>, Error> {
    let (trial, customer) = trial;
    let found = reads.organization(customer).await?.map(|found| found.value);
    Ok(found.map(|customer| Candidate {
        trial: trial.clone(),
        country: customer
            .customer()
            .map(|facts| facts.country.clone())
            .unwrap_or_default(),
        customer_name: customer.name,
        reason,
    }))
}

/// CONV-4: nothing is converted, and nothing comes to be.
pub(super) fn no_match(alike: Alike) -> Error {
    let one = |it: &Candidate| {
        serde_json::json!({
            "trial_id": it.trial,
            "customer_name": it.customer_name,
            "country": it.country,
            "reason": it.reason,
        })
    };
    let all: Vec<serde_json::Value> = alike.candidates.iter().map(one).collect();
    Refusal::new(Code::NoExactMatch)
        .with("candidates", all)
        .with("unavailable_regions", alike.unavailable_regions)
        .into()
}
