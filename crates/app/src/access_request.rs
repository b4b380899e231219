//! ORG-3: the help desk asks a customer's full administrator for access, for a time.

use crate::{
    Actor, App, Error, Guard, Page, PageRequest,
    idempotency::Held,
    page::{Place, newest_first, part},
    policy::{self, Action, authorize},
    tell::Note,
};
use domain::{
    access_request::{AccessRequest, Answer},
    ids::{AccessRequestId, OrgId, PersonId},
    notify::{Audience, Facts, MessageKind},
    person::Role,
    refusal::{Code, Refusal},
    text,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::region::{Versioned, asked::Of};

/// A request for access as both sides see it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccessRequestView {
    /// Its id; none for one that a dry run would make.
    pub id: Option<AccessRequestId>,
    /// To whom.
    pub customer: (OrgId, String),
    /// The partner of the person who asks.
    pub partner: (OrgId, String),
    /// Who asks.
    pub person: (PersonId, String),
    /// Why.
    pub reason: String,
    /// `pending`, `accepted`, `declined`, `lapsed`, `ended`.
    pub status: String,
    /// When.
    pub requested_at: Timestamp,
    /// The first instant at which it can be answered no more.
    pub expires_at: Timestamp,
    /// What was granted ends then.
    pub until: Option<Timestamp>,
    /// Counts up with every change.
    pub version: i64,
}

impl App {
    /// Asks a customer's full administrators for access.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `already_decided` while one is open, wrong input.
    pub async fn request_access(
        &self,
        actor: &Actor,
        customer: Option<&str>,
        reason: Option<&str>,
        guard: &Guard,
    ) -> Result<AccessRequestView, Error> {
        policy::allow(actor, Action::RequestAccess, self.clock.now())?;
        let customer = customer.ok_or_else(|| Error::field("/customer_id", Code::Required))?;
        let customer = OrgId::parse(customer).ok_or_else(|| Error::field("/customer_id", Code::InvalidId))?;
        let reason = reason.ok_or_else(|| Error::field("/reason", Code::Required))?;
        let reason = text::note(reason).map_err(|code| Error::field("/reason", code))?;
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), &customer).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let run = async {
            let tx = self.region(customer.region())?.begin().await?;
            tx.lock(&customer).await?;
            let line = self
                .own_line(&tx.read(), actor, &customer, Action::RequestAccess)
                .await?;
            if line.pending {
                return Err(Refusal::new(Code::WrongStatus).with("status", line.status).into());
            }
            let now = self.clock.now();
            let known = tx.read().asked_of::<AccessRequest>(Of::Customer(&customer)).await?;
            let mine = |one: &&Versioned<AccessRequest>| one.value.person == *actor.id();
            let open = |one: &Versioned<AccessRequest>| matches!(one.value.status(now), "pending" | "accepted");
            if known.iter().filter(mine).any(open) {
                return Err(Refusal::new(Code::WrongStatus).with("status", "pending").into());
            }
            let value = AccessRequest {
                id: AccessRequestId::new(customer.region(), &self.unique()),
                customer: customer.clone(),
                partner: actor.org().clone(),
                person: actor.id().clone(),
                reason: reason.clone(),
                requested_at: now,
                answer: Answer::Pending,
            };
            tx.add_asked(&value).await?;
            let body = serde_json::json!({"request": value.id, "partner": value.partner});
            let words = Some(("reason", reason.clone()));
            self.note_with(&tx, actor, &customer, "access_requested", body, words)
                .await?;
            let view = self.access_view(Versioned { value, version: 1 }).await?;
            if guard.dry_run {
                tx.rollback().await?;
                return Ok(AccessRequestView { id: None, ..view });
            }
            let note = Note {
                kind: MessageKind::AccessRequested,
                audience: Audience::CustomerAdministrators,
                customer: customer.clone(),
                facts: Facts {
                    actor: Some(actor.id().clone()),
                    partner: Some(actor.org().clone()),
                    deadline: Some(view.expires_at),
                    has_line: true,
                    ..Facts::default()
                },
                line: Some(reason.clone()),
            };
            let people = self.who_has(&customer, Role::FullAdministrator).await?;
            self.tell(&tx, &note, people).await?;
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

    /// The requests that concern the caller: those to the own company, or those of the own partner; a help desk's
    /// person sees the own ones.
    ///
    /// # Errors
    /// `role_required`.
    pub async fn access_requests(&self, actor: &Actor, page: &PageRequest) -> Result<Page<AccessRequestView>, Error> {
        policy::allow(actor, Action::ReadAccessRequests, self.clock.now())?;
        let (mut all, mut down) = (Vec::new(), Vec::new());
        let of = match (actor.is_customer(), actor.is_vendor()) {
            (true, _) => Of::Customer(actor.org()),
            (_, true) => Of::Everybody,
            _ => Of::Partner(actor.org()),
        };
        for region in self.stores.regions.values() {
            if actor.is_customer() && region.id() != actor.org().region() {
                continue;
            }
            match region.read().asked_of::<AccessRequest>(of).await {
                Ok(found) => all.extend(found),
                Err(_) => down.push(region.id().to_owned()),
            }
        }
        let own_only = actor.is_partner() && actor.person.roles == [Role::HelpDesk];
        all.retain(|one| !own_only || one.value.person == *actor.id());
        let place =
            |one: &Versioned<AccessRequest>| Place(newest_first(one.value.requested_at), one.value.id.0.clone());
        let found = part(all.into_iter().map(|one| (place(&one), one)).collect(), page);
        let mut items = Vec::with_capacity(found.items.len());
        for one in found.items {
            items.push(self.access_view(one).await?);
        }
        Ok(Page {
            items,
            next: found.next,
            unavailable_regions: down,
        })
    }

    /// The customer's answer; access begins at once and ends by itself.
    ///
    /// # Errors
    /// `not_found`, `not_full_administrator`, `already_decided`, `consent_expired`.
    pub async fn decide_access(
        &self,
        actor: &Actor,
        id: &AccessRequestId,
        accept: bool,
        guard: &Guard,
    ) -> Result<AccessRequestView, Error> {
        let reads = self.region(id.region())?.read();
        policy::certified(actor, self.clock.now())?;
        let seen = reads.asked::<AccessRequest>(id).await?.ok_or_else(Error::not_found)?;
        self.may_answer(actor, &seen.value)?;
        let slot = match self
            .hold_key_of(actor, guard.idem.as_ref(), &seen.value.customer)
            .await?
        {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let run = async {
            let tx = self.region(id.region())?.begin().await?;
            let customer = &seen.value.customer;
            tx.lock(customer).await?;
            let found = tx
                .read()
                .asked::<AccessRequest>(id)
                .await?
                .ok_or_else(Error::not_found)?;
            if let Some(known) = &guard.if_match
                && !known.contains(&found.version)
            {
                return Err(Refusal::new(Code::VersionConflict)
                    .with("version", found.version)
                    .into());
            }
            let value = found.value.decide(actor.id(), accept, self.clock.now())?;
            tx.put_asked(&Versioned {
                value: value.clone(),
                version: found.version,
            })
            .await?;
            let name = if accept { "access_granted" } else { "access_declined" };
            let body = serde_json::json!({"request": id, "partner": value.partner, "person": value.person});
            self.note(&tx, actor, customer, name, body).await?;
            let person = value.person.clone();
            let view = self
                .access_view(Versioned {
                    value,
                    version: found.version + 1,
                })
                .await?;
            if guard.dry_run {
                tx.rollback().await?;
                return Ok(view);
            }
            let outcome = if accept { "granted" } else { "not_granted" };
            let note = Note {
                kind: MessageKind::AccessChanged,
                audience: Audience::PartnerAdministrators,
                customer: customer.clone(),
                facts: Facts {
                    outcome: Some(outcome.to_owned()),
                    actor: Some(actor.id().clone()),
                    deadline: view.until,
                    ..Facts::default()
                },
                line: None,
            };
            self.tell(&tx, &note, vec![person]).await?;
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

    fn may_answer(&self, actor: &Actor, request: &AccessRequest) -> Result<(), Error> {
        // The partner that asks sees its request, and may not answer it.
        let asks = request.partner == *actor.org();
        let tie = policy::Tie {
            customer: &request.customer,
            partner: asks.then_some(&request.partner),
            level: None,
            looks_after: request.person == *actor.id(),
            granted: false,
        };
        authorize(actor, Action::DecideAccess, &tie, self.clock.now())
    }

    /// Whether a person was granted access to a customer for now.
    pub(crate) async fn is_granted(&self, person: &PersonId, customer: &OrgId) -> Result<bool, Error> {
        let reads = self.region(customer.region())?.read();
        let now = self.clock.now();
        let all = reads.asked_of::<AccessRequest>(Of::Customer(customer)).await?;
        Ok(all
            .iter()
            .any(|one| one.value.person == *person && one.value.grants(now)))
    }

    async fn access_view(&self, found: Versioned<AccessRequest>) -> Result<AccessRequestView, Error> {
        let (value, now) = (found.value, self.clock.now());
        let customer = self.organization(&value.customer).await?.value.name;
        let until = match &value.answer {
            Answer::Accepted { until, .. } => Some(*until),
            Answer::Pending | Answer::Declined { .. } => None,
        };
        Ok(AccessRequestView {
            status: value.status(now).to_owned(),
            expires_at: value.expires_at(),
            partner: (value.partner.clone(), self.company_name(&value.partner).await?),
            person: (value.person.clone(), self.person_name(&value.person).await?),
            customer: (value.customer, customer),
            reason: value.reason,
            requested_at: value.requested_at,
            until,
            version: found.version,
            id: Some(value.id),
        })
    }

    /// As a person is called; empty for who is gone.
    pub(crate) async fn person_name(&self, id: &PersonId) -> Result<String, Error> {
        let Some(region) = self.stores.region(id.region()) else {
            return Ok(String::new());
        };
        let found = region.read().person(id).await?.map(|found| found.value);
        let called = |person: domain::person::Person| match person.name.is_empty() {
            true => person.email,
            false => person.name,
        };
        Ok(found.map(called).unwrap_or_default())
    }
}
