//! START-11: a mistyped address of a new customer's administrator.

use crate::{
    Actor, App, Error, Guard,
    idempotency::{Held, Slot},
    load::Loaded,
    lookup::email_at,
    policy::Action,
    view::{Around, Outcome},
};
use domain::{
    ids::{OrgId, TrialId},
    organization::AccessLevel,
    person::{Person, Role},
    refusal::{Code, Refusal},
    text::Email,
};
use jiff::Timestamp;
use store::{
    StoreError,
    directory::Reserve,
    region::{Reads, directory_task::Action as Tell, relationship::Line},
};

/// NOTE-4: an administrator of a trial's customer whom no email reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreached {
    /// Since when.
    pub since: Timestamp,
    /// The address, where START-11 lets it be corrected; else that is the customer's own matter.
    pub ours: Option<String>,
}

/// Who administers the customer of a trial, as its partner knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Administrator {
    /// Empty before that person has come.
    pub name: String,
    /// The address.
    pub email: String,
    /// START-11: whether it can still be corrected.
    pub correctable: bool,
}

impl App {
    /// CONV-3: the trial's customer administrator, for the partner that runs it; none before the customer has accepted,
    /// and once it is gone.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn trial_administrator(&self, actor: &Actor, id: &TrialId) -> Result<Option<Administrator>, Error> {
        let loaded = self.loaded_for(actor, id, Action::ReadTrial).await?;
        let trial = &loaded.record.trial;
        if !actor.is_partner() || !trial.is_known() {
            return Ok(None);
        }
        let reads = self.region(id.region())?.read();
        let found = reads.person(&trial.administrator).await?.map(|found| found.value);
        let Some(person) = found.filter(|person| !person.email.is_empty()) else {
            return Ok(None);
        };
        let signed_in = person.signed_in_at.is_some();
        let correctable = trial.correct_administrator(person.id.clone(), signed_in).is_ok()
            && match self.is_still_ours(&reads, &loaded).await {
                Ok(()) => true,
                Err(Error::Refused(_)) => false,
                Err(error) => return Err(error),
            };
        Ok(Some(Administrator {
            name: person.name,
            email: person.email,
            correctable,
        }))
    }

    /// Puts the address right; the welcome goes out again and the old link dies.
    ///
    /// # Errors
    /// `wrong_status` unless the customer is new and the person never signed in, `address_taken`, wrong input.
    pub async fn correct_administrator(
        &self,
        actor: &Actor,
        id: &TrialId,
        admin_email: Option<&str>,
        guard: &Guard,
    ) -> Result<Outcome, Error> {
        let loaded = self.loaded_for(actor, id, Action::ManageTrial).await?;
        let email = email_at("/admin_email", admin_email)?;
        let customer = loaded.record.trial.customer.clone();
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), &customer).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let result = self.correct(actor, id, &customer, &email, guard, slot.as_ref()).await;
        self.settle(slot, result).await
    }

    /// NOTE-4: whom of the customer's administrators no email reaches, for the partner that runs the trial; first the one
    /// whose address it can correct.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn unreached_administrator(&self, actor: &Actor, id: &TrialId) -> Result<Option<Unreached>, Error> {
        let loaded = self.loaded_for(actor, id, Action::ReadTrial).await?;
        let trial = &loaded.record.trial;
        // ORG-9: nothing of its people before the customer has accepted.
        if !trial.is_known() || !trial.status().is_open() {
            return Ok(None);
        }
        let reads = self.region(id.region())?.read();
        let people = reads.administrators_of(&trial.customer).await?;
        let unreached = |person: &&Person| person.bounced_at.is_some() && person.disabled_at.is_none();
        let typed = people
            .iter()
            .filter(unreached)
            .find(|one| one.id == trial.administrator);
        if let Some((person, since)) = typed.and_then(|one| Some((one, one.bounced_at?)))
            && trial
                .correct_administrator(person.id.clone(), person.signed_in_at.is_some())
                .is_ok()
        {
            match self.is_still_ours(&reads, &loaded).await {
                Ok(()) => {
                    let ours = Some(person.email.clone());
                    return Ok(Some(Unreached { since, ours }));
                }
                Err(Error::Refused(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let since = people.iter().filter(unreached).filter_map(|one| one.bounced_at).min();
        Ok(since.map(|since| Unreached { since, ours: None }))
    }

    /// Once somebody of the customer has come who decides for it, or has lowered what the partner may, its people are
    /// its own matter.
    async fn is_still_ours(&self, reads: &Reads<'_>, loaded: &Loaded) -> Result<(), Error> {
        let full = |line: &Line| !line.pending && line.relationship.level == AccessLevel::FullAdministrator;
        let people = reads.administrators_of(&loaded.record.trial.customer).await?;
        let came = |person: &Person| person.has(Role::FullAdministrator) && person.signed_in_at.is_some();
        if !loaded.line.as_ref().is_some_and(full) || people.iter().any(came) {
            let status = loaded.record.trial.status().as_str();
            return Err(Refusal::new(Code::WrongStatus).with("status", status).into());
        }
        Ok(())
    }

    async fn correct(
        &self,
        actor: &Actor,
        id: &TrialId,
        customer: &OrgId,
        email: &Email,
        guard: &Guard,
        slot: Option<&Slot<'_>>,
    ) -> Result<Outcome, Error> {
        let holder = slot.map_or_else(|| self.unique(), |slot| slot.holder().to_owned());
        // Whether an address is somebody's is told to nobody too often (START-6).
        self.count_lookup(actor, &email.key).await?;
        let home = self.region(actor.org().region())?;
        let own = home.read().person_by_email(actor.org(), &email.key).await?.is_some();
        if own || self.owner_of("email", &email.key, &holder).await?.is_some() {
            return Err(Error::field("/admin_email", Code::AddressTaken));
        }
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(customer).await?;
        let loaded = self.load(&tx.read(), id, Some(actor)).await?;
        if let Some(known) = &guard.if_match
            && !known.contains(&loaded.record.version)
        {
            return Err(Error::code(Code::VersionConflict));
        }
        self.is_still_ours(&tx.read(), &loaded).await?;
        let mut person = tx
            .read()
            .person(&loaded.record.trial.administrator)
            .await?
            .ok_or_else(Error::not_found)?;
        let signed_in = person.value.signed_in_at.is_some();
        let change = loaded
            .record
            .trial
            .correct_administrator(person.value.id.clone(), signed_in)?;
        let old = person.value.email.to_ascii_lowercase();
        if old == email.key {
            // Somebody else corrected it to the same since.
            return Err(Error::field("/admin_email", Code::AddressTaken));
        }
        person.value.email.clone_from(&email.address);
        tx.put_person(&person).await?;
        // Whoever had the old address comes in by nothing any more.
        tx.forget_person(&person.value.id, self.clock.real()).await?;
        tx.supersede_doors(&person.value.id, None).await?;
        let tell = [
            self.directory_task(Tell::Confirm, "email", &email.key, customer),
            self.directory_task(Tell::Release, "email", &old, customer),
        ];
        tx.tell_directory(&tell).await?;
        let record = self.save_loaded(&tx, &actor.by(), &loaded, &change, None).await?;
        let held_at = self.held_at(&tx.read(), customer).await?;
        let around = Around {
            customer: &loaded.customer.value,
            program: &loaded.program,
            zone: &loaded.zone,
            now: loaded.now,
            held_at,
        };
        let trial = self.view(record, &around).await?;
        let outcome = Outcome {
            trial,
            changed: true,
            before: None,
            plan: None,
            leaving: None,
            receipt: None,
        };
        if guard.dry_run {
            tx.rollback().await?;
            return Ok(outcome);
        }
        let wanted = Reserve {
            kind: "email",
            value: &email.key,
            organization: customer,
            holder: &holder,
            until: self.lease(),
        };
        match self.stores.directory.reserve(&[wanted]).await {
            Err(StoreError::Taken(_)) => return Err(Error::field("/admin_email", Code::AddressTaken)),
            other => other?,
        }
        if let Some(slot) = slot {
            slot.keep(&tx, &outcome).await?;
        }
        tx.commit().await?;
        self.rang();
        Ok(outcome)
    }
}
