//! ELIG-4: the trials team lifts a rest, or the limit of trials, for one more trial of a service. It is used up by the
//! start, the acceptance or the edit that needs it, in the same transaction, and given back when that trial ends before
//! it ran. A partner need not ask for it again: it reads at once that the service can be tried.

use crate::{
    Actor, App, Error, Guard, Page, PageRequest,
    idempotency::{Held, Slot},
    page::{Place, newest_first, part},
    policy::{Action, allow},
};
use domain::{
    eligibility::{self, Standing},
    ids::{ExceptionId, OrgId},
    program::Program,
    refusal::{Code, FieldError, Refusal},
    text,
    trial::Trial,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use store::{
    StoreError, Tx,
    region::{Reads, exception::Exception},
};

/// An exception as the vendor sees it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExceptionView {
    /// Its id; none for one that a dry run would grant.
    pub id: Option<ExceptionId>,
    /// For whom.
    pub customer_id: OrgId,
    /// What may be tried once more.
    pub service: String,
    /// By whom, with its name; any partner where none is named.
    pub partner: Option<(OrgId, String)>,
    /// Why.
    pub reason: String,
    /// `open`, `used` or `taken_back`.
    pub status: String,
    /// Who granted it.
    pub granted_by: String,
    /// When.
    pub granted_at: Timestamp,
    /// The trial that used it up.
    pub trial_id: Option<String>,
    /// When it was used.
    pub used_at: Option<Timestamp>,
    /// Counts up with every change.
    pub version: i64,
}

/// What is to be lifted.
#[derive(Clone, Debug, Default)]
pub struct ExceptionWish {
    /// By the program's id.
    pub service: Option<String>,
    /// Any partner where none is named.
    pub partner_id: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

impl App {
    /// All that were granted for a customer, the newest first.
    ///
    /// # Errors
    /// `role_required`, `not_found`.
    pub async fn exceptions(
        &self,
        actor: &Actor,
        customer: &OrgId,
        page: &PageRequest,
    ) -> Result<Page<ExceptionView>, Error> {
        allow(actor, Action::ReadExceptions, self.clock.now())?;
        let reads = self.region(customer.region())?.read();
        self.open_customer(&reads, customer).await?;
        let found = reads.exceptions_of(customer).await?.into_iter().rev();
        let newest = |one: &Exception| Place(newest_first(one.granted_at), one.id.0.clone());
        let found = part(found.map(|one| (newest(&one), one)).collect(), page);
        let mut items = Vec::with_capacity(found.items.len());
        for one in found.items {
            items.push(self.exception_view(one).await?);
        }
        Ok(Page {
            items,
            next: found.next,
            unavailable_regions: Vec::new(),
        })
    }

    /// A customer that is there, and not closed.
    async fn open_customer(&self, reads: &Reads<'_>, id: &OrgId) -> Result<(), Error> {
        let found = reads.organization(id).await?.ok_or_else(Error::not_found)?.value;
        match found.customer() {
            Some(customer) if customer.closed_on.is_none() => Ok(()),
            _ => Err(Error::not_found()),
        }
    }

    /// ELIG-4: admits one more trial of a service, in spite of its rest and of the limit.
    ///
    /// # Errors
    /// `role_required`, `not_found`, wrong input.
    pub async fn grant_exception(
        &self,
        actor: &Actor,
        customer: &OrgId,
        wish: &ExceptionWish,
        guard: &Guard,
    ) -> Result<ExceptionView, Error> {
        allow(actor, Action::ManageExceptions, self.clock.now())?;
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), customer).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        if let Some(slot) = &slot {
            slot.is_about(customer);
        }
        let result = self.grant(actor, customer, wish, guard.dry_run, slot.as_ref()).await;
        self.settle(slot, result).await
    }

    async fn grant(
        &self,
        actor: &Actor,
        customer: &OrgId,
        wish: &ExceptionWish,
        dry_run: bool,
        slot: Option<&Slot<'_>>,
    ) -> Result<ExceptionView, Error> {
        let region = self.region(customer.region())?;
        self.open_customer(&region.read(), customer).await?;
        let (service, partner, reason) = self.checked_exception(wish).await?;
        let tx = region.begin().await?;
        tx.lock(customer).await?;
        self.open_customer(&tx.read(), customer).await?;
        let exception = Exception {
            id: ExceptionId::new(customer.region(), &self.unique()),
            customer: customer.clone(),
            service,
            partner,
            reason,
            granted_by: actor.id().clone(),
            granted_at: self.clock.now(),
            trial: None,
            used_at: None,
            taken_back_at: None,
            version: 1,
        };
        tx.add_exception(&exception).await?;
        let body = serde_json::json!({
            "exception": exception.id, "service": exception.service, "partner": exception.partner,
        });
        let words = Some(("reason", exception.reason.clone()));
        self.note_with(&tx, actor, customer, "exception_granted", body, words)
            .await?;
        let mut view = self.exception_view(exception).await?;
        if dry_run {
            tx.rollback().await?;
            view.id = None;
            return Ok(view);
        }
        if let Some(slot) = slot {
            slot.keep(&tx, &view).await?;
        }
        tx.commit().await?;
        Ok(view)
    }

    /// All faults at once.
    async fn checked_exception(&self, wish: &ExceptionWish) -> Result<(String, Option<OrgId>, String), Error> {
        let program = self.program()?;
        let mut errors = Vec::new();
        match wish.service.as_deref() {
            None => errors.push(FieldError::new("/service", Code::Required)),
            Some(id) if program.service(id).is_none() => {
                errors.push(FieldError::new("/service", Code::UnknownService).with("value", id));
            }
            Some(_) => {}
        }
        let reason = match wish.reason.as_deref().map(text::note) {
            None => Err(Code::Required),
            Some(Ok(reason)) if reason.is_empty() => Err(Code::Required),
            Some(other) => other,
        };
        if let Err(code) = &reason {
            errors.push(FieldError::new("/reason", *code));
        }
        let partner = match wish.partner_id.as_deref() {
            None => None,
            Some(given) => {
                let found = self.some_partner(given).await?;
                if found.is_none() {
                    errors.push(FieldError::new("/partner_id", Code::InvalidId).with("value", given));
                }
                found
            }
        };
        match (errors.is_empty(), &wish.service, reason) {
            (true, Some(service), Ok(reason)) => Ok((service.clone(), partner, reason)),
            _ => Err(errors.into()),
        }
    }

    async fn some_partner(&self, given: &str) -> Result<Option<OrgId>, Error> {
        let Some(id) = OrgId::parse(given) else { return Ok(None) };
        let Some(region) = self.stores.region(id.region()) else {
            return Ok(None);
        };
        let found = region.read().organization(&id).await?;
        Ok(found.filter(|found| found.value.partner().is_some()).map(|_| id))
    }

    /// Takes an unused one back.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `already_decided` for one that was used or taken back, `version_conflict`.
    pub async fn take_back_exception(
        &self,
        actor: &Actor,
        (customer, id): (&OrgId, &ExceptionId),
        guard: &Guard,
    ) -> Result<ExceptionView, Error> {
        allow(actor, Action::ManageExceptions, self.clock.now())?;
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(customer).await?;
        let found = tx.read().exception(id).await?.filter(|one| one.customer == *customer);
        let exception = found.ok_or_else(Error::not_found)?;
        if exception.used_at.is_some() || exception.taken_back_at.is_some() {
            return Err(Error::code(Code::AlreadyDecided));
        }
        if let Some(known) = &guard.if_match
            && !known.contains(&exception.version)
        {
            let refusal = Refusal::new(Code::VersionConflict).with("version", exception.version);
            return Err(refusal.into());
        }
        let now = self.clock.now();
        tx.take_back_exception(&exception, now).await?;
        let body = serde_json::json!({"exception": id, "service": exception.service});
        self.note(&tx, actor, customer, "exception_taken_back", body).await?;
        if guard.dry_run {
            tx.rollback().await?;
        } else {
            tx.commit().await?;
        }
        let after = Exception {
            taken_back_at: Some(now),
            version: exception.version + 1,
            ..exception
        };
        self.exception_view(after).await
    }

    /// What a partner can still use with a customer; nothing is asked where nothing has to rest.
    pub(crate) async fn lifted(
        &self,
        reads: &Reads<'_>,
        customer: &OrgId,
        partner: &OrgId,
        program: &Program,
    ) -> Result<Vec<Exception>, Error> {
        if !eligibility::knows_rest(program) {
            return Ok(Vec::new());
        }
        Ok(reads.open_exceptions(customer, partner).await?)
    }

    /// Uses up what these services of a trial need, as the customer stood before it.
    pub(crate) async fn use_exceptions(
        &self,
        tx: &Tx,
        trial: &Trial,
        services: &[String],
        (standing, today, program): (&Standing, Date, &Program),
    ) -> Result<(), Error> {
        let needed = eligibility::needs_exception(services, standing, today, program);
        if needed.is_empty() {
            return Ok(());
        }
        let open = tx.read().open_exceptions(&trial.customer, &trial.partner).await?;
        for service in needed {
            let one = open.iter().find(|one| one.service == service);
            let one = one.ok_or(StoreError::Conflict)?;
            tx.use_exception(one, &trial.id, self.clock.now()).await?;
        }
        Ok(())
    }

    async fn exception_view(&self, one: Exception) -> Result<ExceptionView, Error> {
        let partner = match one.partner {
            Some(id) => Some((id.clone(), self.company_name(&id).await?)),
            None => None,
        };
        let status = match (one.used_at, one.taken_back_at) {
            (Some(_), _) => "used",
            (None, Some(_)) => "taken_back",
            (None, None) => "open",
        };
        Ok(ExceptionView {
            id: Some(one.id),
            customer_id: one.customer,
            service: one.service,
            partner,
            reason: one.reason,
            status: status.to_owned(),
            granted_by: one.granted_by.0,
            granted_at: one.granted_at,
            trial_id: one.trial.map(|id| id.0),
            used_at: one.used_at,
            version: one.version,
        })
    }
}

/// The services of what a partner can still use.
pub(crate) fn services(open: &[Exception]) -> std::collections::BTreeSet<String> {
    open.iter().map(|one| one.service.clone()).collect()
}
