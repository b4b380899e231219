//! ORG-11: somebody leaves, and hands over the customers.

use super::{reason_of, still_open, within_reach};
use crate::{
    Actor, App, Error, Guard,
    idempotency::{Held, Slot},
    policy::{self, Action},
};
use domain::{
    ids::{OrgId, PersonId},
    organization::Organization,
    person::Person,
    refusal::{Code, Refusal},
    team,
};
use serde::{Deserialize, Serialize};
use store::region::{Versioned, directory_task::Action as Tell};

/// Customers handed over in one transaction.
const AT_ONCE: u64 = 200;

/// What a person's leaving does.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Leave {
    /// Who leaves.
    pub id: PersonId,
    /// How many customers the person looks after.
    pub customers: u64,
    /// Who looks after them from now on.
    pub handed_to: Option<PersonId>,
}

impl App {
    /// Removes a person for good: address, name, sessions and tokens go; customers go to somebody else.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `last_full_administrator` (ORG-5), `required` for who takes the customers.
    pub async fn remove_person(
        &self,
        actor: &Actor,
        id: &PersonId,
        hand_over_to: Option<&str>,
        reason: Option<&str>,
        guard: &Guard,
    ) -> Result<Leave, Error> {
        policy::allow(actor, Action::ManageAccount, self.clock.now())?;
        // The key comes first: who is gone is not to be seen any more when it is asked again.
        let slot = match self.hold_key(actor, guard.idem.as_ref(), id.region()).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let run = async {
            let person = self.member(id).await?;
            let organization = if person.value.id == *actor.id() {
                actor.home().clone()
            } else {
                self.members_of(actor, &person.value.organization, Action::ManageUsers)
                    .await?
            };
            if person.value.id != *actor.id() {
                within_reach(actor, &organization, &person.value.roles)?;
            }
            let reason = reason_of(actor, &organization, reason)?;
            self.may_leave(&organization, &person.value).await?;
            let leave = self.leave(&organization, &person.value, hand_over_to).await?;
            if guard.dry_run {
                return Ok(leave);
            }
            if let Some(slot) = &slot {
                slot.is_about(&organization.id);
            }
            if let Some(to) = &leave.handed_to {
                self.hand_over(actor, id, to).await?;
            }
            self.erase_drafts_of(id).await?;
            self.erase_person(actor, &organization, person, (&leave, reason), slot.as_ref())
                .await?;
            Ok(leave)
        };
        let result = run.await;
        self.settle(slot, result).await
    }

    async fn may_leave(&self, organization: &Organization, person: &Person) -> Result<(), Error> {
        let reads = self.region(organization.id.region())?.read();
        let people = reads.administrators_of(&organization.id).await?;
        Ok(team::keeps_full_administrator(
            &organization.kind,
            &people,
            &person.id,
            None,
        )?)
    }

    async fn leave(&self, organization: &Organization, person: &Person, to: Option<&str>) -> Result<Leave, Error> {
        let mut customers = 0;
        for region in self.stores.regions.values() {
            customers += region.read().count_looked_after(&person.id).await?;
        }
        let wrong = |code| Error::field("/hand_over_to", code);
        let handed_to = match to {
            None if customers > 0 => {
                let error = domain::refusal::FieldError::new("/hand_over_to", Code::Required).with("count", customers);
                return Err(Refusal::input(vec![error]).into());
            }
            None => None,
            Some(to) => {
                let to = PersonId::parse(to).ok_or_else(|| wrong(Code::InvalidId))?;
                let reads = self.region(organization.id.region())?.read();
                let people = reads.administrators_of(&organization.id).await?;
                let sells = |one: &Person| one.roles.iter().any(|role| role.is_sales()) && one.disabled_at.is_none();
                let taker = people
                    .iter()
                    .find(|one| one.id == to && one.id != person.id && sells(one));
                Some(taker.ok_or_else(|| wrong(Code::InvalidId))?.id.clone())
            }
        };
        Ok(Leave {
            id: person.id.clone(),
            customers,
            handed_to,
        })
    }

    /// In parts, each whole; what was handed over before an interruption stays so, and the rest follows at the retry.
    async fn hand_over(&self, actor: &Actor, from: &PersonId, to: &PersonId) -> Result<(), Error> {
        for region in self.stores.regions.values() {
            loop {
                let some = region.read().looked_after_by(from, AT_ONCE).await?;
                if some.is_empty() {
                    break;
                }
                let tx = region.begin().await?;
                for (customer, partner) in &some {
                    tx.lock(customer).await?;
                    tx.unassign(customer, from).await?;
                    if tx.read().relationship(customer, partner).await?.is_some() {
                        tx.assign(customer, partner, to).await?;
                    }
                    let body = serde_json::json!({"partner": partner, "from": from, "to": to});
                    self.note(&tx, actor, customer, "customer_handed_over", body).await?;
                }
                tx.commit().await?;
            }
        }
        Ok(())
    }

    async fn erase_person(
        &self,
        actor: &Actor,
        organization: &Organization,
        person: Versioned<Person>,
        (leave, reason): (&Leave, Option<String>),
        slot: Option<&Slot<'_>>,
    ) -> Result<(), Error> {
        let id: &OrgId = &organization.id;
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(id).await?;
        still_open(&tx, id).await?;
        let people = tx.read().administrators_of(id).await?;
        team::keeps_full_administrator(&organization.kind, &people, &person.value.id, None)?;
        let key = person.value.email.to_ascii_lowercase();
        if organization.customer().is_some() && !key.is_empty() {
            let release = self.directory_task(Tell::Release, "email", &key, id);
            tx.tell_directory(&[release]).await?;
        }
        tx.remove_person(&person).await?;
        let body = serde_json::json!({"person": person.value.id});
        let words = reason.map(|reason| ("reason", reason));
        self.note_with(&tx, actor, id, "person_left", body, words).await?;
        if let Some(slot) = slot {
            slot.keep(&tx, leave).await?;
        }
        tx.commit().await?;
        self.rang();
        Ok(())
    }
}
