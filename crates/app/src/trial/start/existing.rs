//! START-6 and 7: an organization that is there, one's own or not.

use super::Start;
use crate::{
    App, Error, exception,
    idempotency::Slot,
    load::{customer_of, zone},
    view::Outcome,
};
use domain::{
    eligibility::{self, Standing},
    ids::{OrgId, PersonId},
    organization::Customer,
    person::Role,
    refusal::{Code, Refusal},
    trial::{AddedBy, Origin, Target, Wish, validate_existing},
};
use jiff::civil::Date;
use store::{StoreError, Tx, region::directory_task::Action as Tell};

impl App {
    pub(super) async fn start_existing(
        &self,
        start: &Start<'_>,
        id: &OrgId,
        origin: Origin,
        slot: Option<&Slot<'_>>,
    ) -> Result<Outcome, Error> {
        validate_existing(start.wish, origin, &start.program)?;
        let site = start.wish.site.as_ref().map(|(site, _)| site.as_str());
        if let Some(site) = site {
            self.check_site(site).await?;
        }
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(id).await?;
        let customer = tx.read().organization(id).await?.ok_or_else(Error::not_found)?;
        let facts = customer_of(&customer.value)?;
        // ORG-4, CONS-8: whose customer it is may have changed since that was asked.
        let line = tx.read().relationship(id, start.actor.org()).await?;
        if line.is_some_and(|line| !line.pending) != (origin == Origin::Own) {
            return Err(StoreError::Conflict.into());
        }
        if facts.closed_on.is_some() {
            drop(tx);
            // EXP-4: its address is free, and the directory may not have been told yet.
            self.tend_directory().await?;
            return Err(StoreError::Conflict.into());
        }
        let wish = to_be_tried(start, facts);
        let start = &Start {
            wish: &wish,
            program: start.program.clone(),
            ..*start
        };
        let (standing, today) = self.check_eligible(&tx, start, id, facts, origin).await?;
        let administrator = asked_administrator(&tx, id, &start.wish.target).await?;
        let outcome = self.begin(&tx, start, &customer, administrator, origin, slot).await?;
        if origin == Origin::Own {
            // ELIG-4: a request uses up what it needs when it is accepted.
            let trial = &outcome.trial.trial;
            let before = (&standing, today, &*start.program);
            self.use_exceptions(&tx, trial, &trial.service_ids(), before).await?;
        }
        // A request takes no site: its details are confirmed after consent (PROV-1).
        if let (Some(site), Origin::Own, false) = (site, origin, start.dry_run) {
            self.take_site(site, id, outcome.trial.trial.id.as_str()).await?;
            tx.tell_directory(&[self.directory_task(Tell::Confirm, "site", site, id)])
                .await?;
        }
        self.finish(tx, start, outcome).await
    }

    /// ELIG-1 to 4. To a stranger the only reason is that there is one.
    async fn check_eligible(
        &self,
        tx: &Tx,
        start: &Start<'_>,
        id: &OrgId,
        facts: &Customer,
        origin: Origin,
    ) -> Result<(Standing, Date), Error> {
        let zone = zone(&facts.zone)?;
        let trials: Vec<_> = tx
            .read()
            .trials_of(id)
            .await?
            .into_iter()
            .map(|record| record.trial)
            .collect();
        let open = self.lifted(&tx.read(), id, start.actor.org(), &start.program).await?;
        let standing = Standing {
            lifted: exception::services(&open),
            ..eligibility::standing(&facts.purchased, &trials, &zone)
        };
        let today = domain::time::civil_day(self.clock.now(), &zone);
        let wanted: Vec<String> = start.wish.services.iter().map(|service| service.id.clone()).collect();
        let mut refused = eligibility::refused(&wanted, start.actor.org(), &standing, today, &start.program);
        if origin == Origin::Request {
            let asked = |service: &str| {
                trials.iter().any(|trial| {
                    trial.partner == *start.actor.org()
                        && trial.status() == domain::trial::Status::PendingConsent
                        && trial.services.iter().any(|one| one.id == service)
                })
            };
            for reason in &mut refused {
                "unavailable".clone_into(&mut reason.reason);
                reason.possible_from = None;
            }
            // One's own open request is no secret, and asking twice is no second request.
            for service in wanted.iter().filter(|id| asked(id)) {
                let reason = "tried_by_you".to_owned();
                refused.retain(|one| one.service != *service);
                refused.push(domain::refusal::ServiceReason {
                    service: service.clone(),
                    reason,
                    possible_from: None,
                });
            }
        }
        if refused.is_empty() {
            Ok((standing, today))
        } else {
            Err(Refusal::services(Code::ServiceNotEligible, refused).into())
        }
    }
}

/// START-2: what is required and was bought is there already; it need not be tried.
fn to_be_tried(start: &Start<'_>, facts: &Customer) -> Wish {
    let mut wish = start.wish.clone();
    wish.services.retain(|service| {
        service.added_by != AddedBy::Requirement
            || !eligibility::is_owned(&service.id, &facts.purchased, &start.program)
    });
    wish
}

/// The person whom the form names, else the first full administrator.
async fn asked_administrator(tx: &Tx, id: &OrgId, target: &Target) -> Result<PersonId, Error> {
    if let Target::Form { email, .. } = target
        && let Some(found) = tx.read().person_by_email(id, &email.key).await?
    {
        return Ok(found.value.id);
    }
    let people = tx.read().administrators_of(id).await?;
    let full = people.iter().find(|person| person.has(Role::FullAdministrator));
    let found = full.or(people.first()).map(|person| person.id.clone());
    found.ok_or_else(|| Error::Internal(format!("{id} has no administrator")))
}
