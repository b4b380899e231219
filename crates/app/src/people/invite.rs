//! Inviting somebody, and making a service account.

use super::{PersonView, reason_of, still_open, within_reach};
use crate::{
    Actor, App, Error, Guard,
    door::Purpose,
    idempotency::{Held, Slot},
    lookup::email_at,
    policy::{self, Action},
};
use domain::{
    ids::{OrgId, PersonId},
    organization::{Kind, Organization},
    person::Person,
    refusal::{Code, FieldError},
    team,
};
use store::{
    StoreError, Tx,
    directory::Reserve,
    region::{Versioned, directory_task::Action as Tell},
};

/// Who is to come.
#[derive(Clone, Debug, Default)]
pub struct Invite {
    /// Into which organization; none is the caller's own. Others take a vendor administrator and a reason: the way
    /// back where nobody of the organization can be reached.
    pub organization: Option<OrgId>,
    /// The address; none for a service account.
    pub email: Option<String>,
    /// As spoken to.
    pub name: Option<String>,
    /// What the person may do.
    pub roles: Vec<String>,
    /// BCP 47; else the inviting person's.
    pub language: Option<String>,
    /// IANA zone; else the inviting person's.
    pub time_zone: Option<String>,
    /// An integration's account, without address and sign-in.
    pub service_account: bool,
    /// Why, where it is another organization's.
    pub reason: Option<String>,
}

impl App {
    /// Invites a person: an email with a link of its own, once, for 7 days.
    ///
    /// # Errors
    /// Wrong input, `address_taken`, `role_required`, `not_found`.
    pub async fn invite(&self, actor: &Actor, wish: &Invite, guard: &Guard) -> Result<PersonView, Error> {
        let id = wish.organization.as_ref().unwrap_or(actor.org());
        let organization = self.members_of(actor, id, Action::ManageUsers).await?;
        let (person, reason) = self.invited(actor, &organization, wish)?;
        within_reach(actor, &organization, &person.roles)?;
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), id).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let result = self
            .add_invited(actor, &organization, person, reason, guard, slot.as_ref())
            .await;
        self.settle(slot, result).await
    }

    /// What was asked for, checked; all faults at once.
    fn invited(
        &self,
        actor: &Actor,
        organization: &Organization,
        wish: &Invite,
    ) -> Result<(Person, Option<String>), Error> {
        let mut errors: Vec<FieldError> = Vec::new();
        let mut keep = |error: Error| match error {
            Error::Refused(refusal) => errors.extend(refusal.errors),
            _ => errors.push(FieldError::new("", Code::InvalidInput)),
        };
        let email = match (wish.service_account, &wish.email) {
            (true, None) => String::new(),
            (true, Some(_)) => {
                keep(Error::field("/email", Code::ConflictingFields));
                String::new()
            }
            (false, given) => email_at("/email", given.as_deref()).map_or_else(
                |error| {
                    keep(error);
                    String::new()
                },
                |email| email.address,
            ),
        };
        let roles = team::roles(&organization.kind, &wish.roles).unwrap_or_else(|refusal| {
            keep(refusal.into());
            Vec::new()
        });
        let name = super::change::name_of(wish.name.as_deref()).unwrap_or_else(|error| {
            keep(error);
            None
        });
        if wish.service_account && name.is_none() {
            keep(Error::field("/name", Code::Required));
        }
        let language = super::change::language_of(wish.language.as_deref()).unwrap_or_else(|error| {
            keep(error);
            None
        });
        let zone = super::change::zone_of(wish.time_zone.as_deref()).unwrap_or_else(|error| {
            keep(error);
            None
        });
        let reason = reason_of(actor, organization, wish.reason.as_deref()).unwrap_or_else(|error| {
            keep(error);
            None
        });
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let default = match &organization.kind {
            Kind::Customer(customer) => (customer.language.clone(), customer.zone.clone()),
            Kind::Vendor | Kind::Partner(_) => (actor.person.language.clone(), actor.person.zone.clone()),
        };
        let person = Person {
            id: PersonId::new(organization.id.region(), &self.unique()),
            organization: organization.id.clone(),
            email,
            name: name.unwrap_or_default(),
            language: language.unwrap_or(default.0),
            zone: zone.unwrap_or(default.1),
            roles,
            licenses: Vec::new(),
            signed_in_at: None,
            disabled_at: None,
            theme: String::new(),
            digest: false,
            bounced_at: None,
            service: wish.service_account,
            created_at: self.clock.now(),
        };
        Ok((person, reason))
    }

    async fn add_invited(
        &self,
        actor: &Actor,
        organization: &Organization,
        person: Person,
        reason: Option<String>,
        guard: &Guard,
        slot: Option<&Slot<'_>>,
    ) -> Result<PersonView, Error> {
        let holder = slot.map_or_else(|| self.unique(), |slot| slot.holder().to_owned());
        let id = &organization.id;
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(id).await?;
        still_open(&tx, id).await?;
        let key = person.email.to_ascii_lowercase();
        if !key.is_empty() && tx.read().person_by_email(id, &key).await?.is_some() {
            return Err(Error::field("/email", Code::AddressTaken));
        }
        // An address administers, or uses, at most one customer organization.
        let listed = organization.customer().is_some() && !key.is_empty();
        if listed {
            // START-6: who asks whether an address is somebody's is counted; who invites people is not.
            self.check_lookup(actor, &key).await?;
            let taken = self.owner_of("email", &key, &holder).await?.is_some();
            if taken || guard.dry_run {
                self.count_lookup(actor, &key).await?;
            }
            if taken {
                return Err(Error::field("/email", Code::AddressTaken));
            }
        }
        tx.add_people(std::slice::from_ref(&person)).await?;
        let body = serde_json::json!({"person": person.id, "roles": person.roles, "service_account": person.service});
        let words = reason.map(|reason| ("reason", reason));
        self.note_with(&tx, actor, id, "person_invited", body, words).await?;
        let view = PersonView::of(Versioned {
            value: person.clone(),
            version: 1,
        });
        if guard.dry_run {
            tx.rollback().await?;
            return Ok(PersonView { id: None, ..view });
        }
        if listed {
            self.hold_address(&tx, id, &key, &holder).await?;
        }
        if !person.service {
            self.post_door(&tx, &person.id, Purpose::Invitation, Some(actor.id().clone()))
                .await?;
        }
        if let Some(slot) = slot {
            slot.keep(&tx, &view).await?;
        }
        tx.commit().await?;
        self.rang();
        Ok(view)
    }

    /// Reserves an address for an organization; the directory is told to keep it when the transaction is.
    pub(super) async fn hold_address(&self, tx: &Tx, id: &OrgId, key: &str, holder: &str) -> Result<(), Error> {
        let wanted = Reserve {
            kind: "email",
            value: key,
            organization: id,
            holder,
            until: self.lease(),
        };
        match self.stores.directory.reserve(&[wanted]).await {
            Err(StoreError::Taken(_)) => return Err(Error::field("/email", Code::AddressTaken)),
            other => other?,
        }
        let confirm = self.directory_task(Tell::Confirm, "email", key, id);
        Ok(tx.tell_directory(&[confirm]).await?)
    }

    /// Sends an invitation again; the older link dies.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `wrong_status` for somebody who came already, `too_many_requests`.
    pub async fn invite_again(&self, actor: &Actor, id: &PersonId, guard: &Guard) -> Result<PersonView, Error> {
        policy::certified(actor, self.clock.now())?;
        let found = self.member(id).await?;
        let organization = self
            .members_of(actor, &found.value.organization, Action::ManageUsers)
            .await?;
        within_reach(actor, &organization, &found.value.roles)?;
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), &organization.id).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let run = async {
            let tx = self.region(id.region())?.begin().await?;
            tx.lock(&organization.id).await?;
            still_open(&tx, &organization.id).await?;
            let found = tx.read().person(id).await?.ok_or_else(Error::not_found)?;
            let view = PersonView::of(found.clone());
            if view.status != "invited" {
                return Err(domain::refusal::Refusal::new(Code::WrongStatus)
                    .with("status", view.status)
                    .into());
            }
            self.post_door(&tx, id, Purpose::Invitation, Some(actor.id().clone()))
                .await?;
            let body = serde_json::json!({"person": id});
            self.note(&tx, actor, &organization.id, "person_invited_again", body)
                .await?;
            if guard.dry_run {
                tx.rollback().await?;
                return Ok(view);
            }
            if let Some(slot) = &slot {
                slot.keep(&tx, &view).await?;
            }
            tx.commit().await?;
            self.rang();
            Ok(view)
        };
        let result = run.await;
        self.settle(slot, result).await
    }
}
