//! Idempotency keys: one effect and one answer, whatever happens in between.

use crate::{Actor, App, Error, view::Outcome};
use domain::{
    ids::{OrgId, TrialId},
    refusal::{Code, Refusal},
};
use jiff::SignedDuration;
use serde::{Serialize, de::DeserializeOwned};
use std::sync::{Mutex, PoisonError};
use store::{StoreError, Tx, sha256};

/// What a client sent with a POST.
#[derive(Clone, Debug)]
pub struct IdemRequest {
    /// The key.
    pub key: String,
    /// Method and path.
    pub target: String,
    /// The body, in one form (key order and white space do not count).
    pub body: Vec<u8>,
}

/// A key in hand. The answer is kept where the effect is, in its transaction.
#[derive(Debug)]
pub(crate) struct Slot<'a> {
    app: &'a App,
    digest: String,
    /// Where the answer is looked for.
    region: Mutex<String>,
    /// Whom the answer is about.
    about: Mutex<Option<OrgId>>,
}

/// What a key led to.
pub(crate) enum Held<'a, T> {
    /// To do: with the place where the answer goes, if there is a key.
    Fresh(Option<Slot<'a>>),
    /// Done before: the same again.
    Again(Box<Result<T, Error>>),
}

const LEASE: SignedDuration = SignedDuration::from_secs(30);
const KEPT: SignedDuration = SignedDuration::from_hours(24);

impl App {
    /// Looks a key up and takes it in hand, before anything is done. `region` will hold the answer.
    pub(crate) async fn hold_key<T: DeserializeOwned>(
        &self,
        actor: &Actor,
        request: Option<&IdemRequest>,
        region: &str,
    ) -> Result<Held<'_, T>, Error> {
        let Some(request) = request else {
            return Ok(Held::Fresh(None));
        };
        let name = format!("{}\0{}\0{}", actor.id(), request.target, request.key);
        let digest = self.stores.directory.digest("idempotency", &name);
        let body = sha256(&request.body);
        let now = self.clock.real();
        let until = now.checked_add(LEASE).unwrap_or(now);
        for _ in 0..3 {
            match self
                .stores
                .directory
                .reserve_key(&digest, &body, region, &self.boot, now, until)
                .await
            {
                Ok(()) => return Ok(Held::Fresh(Some(self.slot(digest, region)))),
                Err(StoreError::Taken(_)) => {}
                Err(error) => return Err(error.into()),
            }
            let Some(seen) = self.stores.directory.reservation(&digest).await? else {
                continue;
            };
            if seen.created_at < now.checked_sub(KEPT).unwrap_or(now).as_microsecond() {
                self.stores.directory.free_key(&digest, &seen.owner).await?;
                continue;
            }
            if seen.body != body {
                return Err(Error::code(Code::IdempotencyKeyReused));
            }
            if let Some(store) = self.stores.region(&seen.region)
                && let Some(answer) = store.read().answer(&digest).await?
            {
                return Ok(Held::Again(Box::new(parse(&answer)?)));
            }
            if self.is_running(&digest, &seen.owner, seen.lease_until) {
                return Err(Error::code(Code::IdempotencyInProgress));
            }
            if seen.region != region {
                self.stores.directory.route_key(&digest, region).await?;
            }
            if self
                .stores
                .directory
                .take_over_key(&digest, &seen, &self.boot, until)
                .await?
            {
                return Ok(Held::Fresh(Some(self.slot(digest, region))));
            }
        }
        Err(Error::code(Code::IdempotencyInProgress))
    }

    /// The trial that a start under this key has led to, while its answer is kept.
    ///
    /// # Errors
    /// Those of the stores.
    pub async fn started_under(&self, actor: &Actor, target: &str, key: &str) -> Result<Option<TrialId>, Error> {
        let name = format!("{}\0{target}\0{key}", actor.id());
        let digest = self.stores.directory.digest("idempotency", &name);
        let Some(seen) = self.stores.directory.reservation(&digest).await? else {
            return Ok(None);
        };
        let Some(store) = self.stores.region(&seen.region) else {
            return Ok(None);
        };
        let Some(answer) = store.read().answer(&digest).await? else {
            return Ok(None);
        };
        let outcome: Result<Outcome, Error> = parse(&answer)?;
        Ok(outcome.ok().and_then(|outcome| outcome.trial.id))
    }

    /// The same for what is done to an organization: in its region, and the answer goes with it (EXP-9).
    pub(crate) async fn hold_key_of<T: DeserializeOwned>(
        &self,
        actor: &Actor,
        request: Option<&IdemRequest>,
        organization: &OrgId,
    ) -> Result<Held<'_, T>, Error> {
        let held = self.hold_key(actor, request, organization.region()).await?;
        if let Held::Fresh(Some(slot)) = &held {
            slot.is_about(organization);
        }
        Ok(held)
    }

    /// Runs something that no transaction of a region holds under a key: the answer is kept right after it.
    ///
    /// # Errors
    /// Those of what is run, and of the key.
    pub async fn once<T, F>(&self, actor: &Actor, request: Option<&IdemRequest>, run: F) -> Result<T, Error>
    where
        T: Serialize + DeserializeOwned,
        F: Future<Output = Result<T, Error>>,
    {
        self.once_about(actor, request, run, |_| None).await
    }

    /// The same where the answer may name an organization (EXP-9).
    ///
    /// # Errors
    /// Those of what is run, and of the key.
    pub async fn once_about<T, F>(
        &self,
        actor: &Actor,
        request: Option<&IdemRequest>,
        run: F,
        about: fn(&T) -> Option<&OrgId>,
    ) -> Result<T, Error>
    where
        T: Serialize + DeserializeOwned,
        F: Future<Output = Result<T, Error>>,
    {
        let region = actor.id().region();
        let slot = match self.hold_key(actor, request, region).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let result = run.await;
        if let (Some(slot), Ok(answer)) = (&slot, &result) {
            if let Some(organization) = about(answer) {
                slot.is_about(organization);
            }
            let tx = self.region(region)?.begin().await?;
            slot.keep(&tx, answer).await?;
            tx.commit().await?;
        }
        self.settle(slot, result).await
    }

    fn slot(&self, digest: String, region: &str) -> Slot<'_> {
        if let Ok(mut running) = self.running.lock() {
            running.insert(digest.clone());
        }
        let region = Mutex::new(region.to_owned());
        Slot {
            app: self,
            digest,
            region,
            about: Mutex::default(),
        }
    }

    /// Whether the first is still at it: in this process we know; of another one only the lease tells.
    fn is_running(&self, digest: &str, owner: &str, lease_until: i64) -> bool {
        if owner == self.boot {
            return self.running.lock().is_ok_and(|running| running.contains(digest));
        }
        self.settings.shared && lease_until > self.clock.real().as_microsecond()
    }

    /// Keeps a refusal that a rule decided; frees the key after another refusal. After an error nobody knows: it may have
    /// happened, and only the answer was lost. So the key is left to whoever asks again, who looks for an answer first.
    pub(crate) async fn settle<T>(&self, slot: Option<Slot<'_>>, result: Result<T, Error>) -> Result<T, Error> {
        let (Some(slot), Err(error)) = (&slot, &result) else {
            return result;
        };
        match error.is_kept() {
            Some(refusal) => {
                let body = text(&Err::<(), _>(refusal))?;
                let tx = self.region(&slot.region())?.begin().await?;
                tx.put_answer(&slot.digest, body, slot.customer().as_ref(), self.clock.real())
                    .await?;
                tx.commit().await?;
            }
            None if matches!(error, Error::Refused(_)) => {
                self.stores.directory.free_key(&slot.digest, &self.boot).await?;
            }
            None => self.stores.directory.leave_key(&slot.digest, &self.boot).await?,
        }
        result
    }
}

impl Slot<'_> {
    /// Keeps the answer in the transaction that has the effect.
    pub(crate) async fn keep<T: Serialize>(&self, tx: &Tx, answer: &T) -> Result<(), Error> {
        let body = text(&Ok::<_, ()>(answer))?;
        let about = self.customer();
        Ok(tx
            .put_answer(&self.digest, body, about.as_ref(), self.app.clock.real())
            .await?)
    }

    /// Who holds what is reserved under it.
    pub(crate) fn holder(&self) -> &str {
        &self.digest
    }

    /// EXP-9: whom the answer will be about: it goes with him.
    pub(crate) fn is_about(&self, customer: &OrgId) {
        *self.about.lock().unwrap_or_else(PoisonError::into_inner) = Some(customer.clone());
    }

    fn customer(&self) -> Option<OrgId> {
        self.about.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn region(&self) -> String {
        self.region.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The answer will lie there, and is looked for there, whatever was thought before.
    pub(crate) async fn route(&self, region: &str) -> Result<(), Error> {
        if self.region() == region {
            return Ok(());
        }
        self.app.stores.directory.route_key(&self.digest, region).await?;
        region.clone_into(&mut self.region.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(())
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        if let Ok(mut running) = self.app.running.lock() {
            running.remove(&self.digest);
        }
    }
}

/// EXP-9: what those are told who ask again about a customer that is gone.
pub(crate) fn gone() -> Result<String, Error> {
    text(&Err::<(), _>(Refusal::new(Code::NotFound)))
}

fn text<T: Serialize, E: Serialize>(answer: &Result<T, E>) -> Result<String, Error> {
    serde_json::to_string(answer).map_err(|error| Error::Internal(error.to_string()))
}

fn parse<T: DeserializeOwned>(answer: &str) -> Result<Result<T, Error>, Error> {
    let kept: Result<T, Refusal> = serde_json::from_str(answer).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(kept.map_err(Error::from))
}
