//! Starting a trial (START), and its dry run, which is the same but for the last step.

mod begin;
mod existing;
mod new_customer;
mod whom;

use crate::{
    Actor, App, Error, Guard,
    act::ATTEMPTS,
    idempotency::{Held, Slot},
    load::is_zone,
    policy::{Action, allow},
    view::Outcome,
};
use domain::{
    ids::OrgId,
    program::Program,
    refusal::FieldError,
    trial::{Origin, StartInput, Target, Wish, validate},
};
use std::sync::Arc;

/// For whom a start turns out to be.
enum Whom {
    /// Nobody has that address: a new customer, in that region.
    New { region: String },
    /// An own customer (START-7).
    Own(OrgId),
    /// An organization without relationship (START-6).
    Stranger(OrgId),
}

impl Whom {
    fn region(&self) -> &str {
        match self {
            Whom::New { region } => region,
            Whom::Own(id) | Whom::Stranger(id) => id.region(),
        }
    }
}

struct Start<'a> {
    actor: &'a Actor,
    wish: &'a Wish,
    program: Arc<Program>,
    holder: &'a str,
    dry_run: bool,
}

impl App {
    /// START: all faults of the form at once, without starting anything.
    ///
    /// # Errors
    /// `role_required`, `not_certified`; what is wrong comes as the value.
    pub fn check_start(&self, actor: &Actor, input: &StartInput) -> Result<Vec<FieldError>, Error> {
        allow(actor, Action::StartTrial, self.clock.now())?;
        Ok(validate(input, &*self.program()?, &is_zone).err().unwrap_or_default())
    }

    /// START: starts a trial for a new or an own customer, asks an existing one.
    ///
    /// # Errors
    /// What the rules refuse; nothing has happened then.
    pub async fn start_trial(&self, actor: &Actor, input: &StartInput, guard: &Guard) -> Result<Outcome, Error> {
        allow(actor, Action::StartTrial, self.clock.now())?;
        let program = self.program()?;
        let fresh = self.unique();
        let checked = validate(input, &program, &is_zone);
        let whom = match &checked {
            Ok(wish) => self.whom(actor, wish, &program, "").await,
            Err(_) => Ok(Whom::New {
                region: actor.id().region().to_owned(),
            }),
        };
        // Before anything is known the key belongs to the person's own region.
        let region = whom.as_ref().map_or(actor.id().region(), Whom::region).to_owned();
        let idem = if guard.dry_run { None } else { guard.idem.as_ref() };
        let slot = match self.hold_key(actor, idem, &region).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let holder = slot.as_ref().map_or(fresh, |slot| slot.holder().to_owned());
        let result = match checked {
            Ok(wish) => {
                let start = Start {
                    actor,
                    wish: &wish,
                    program,
                    holder: &holder,
                    dry_run: guard.dry_run,
                };
                self.start_counted(&start, slot.as_ref(), whom.ok()).await
            }
            Err(errors) => Err(errors.into()),
        };
        self.settle(slot, result).await
    }

    /// START-6: whatever tells what an address belongs to without finishing a start is counted.
    async fn start_counted(
        &self,
        start: &Start<'_>,
        slot: Option<&Slot<'_>>,
        whom: Option<Whom>,
    ) -> Result<Outcome, Error> {
        let Target::Form { email, .. } = &start.wish.target else {
            return self.start_retried(start, slot, whom).await;
        };
        self.check_lookup(start.actor, &email.key).await?;
        if start.dry_run {
            self.count_lookup(start.actor, &email.key).await?;
        }
        let result = self.start_retried(start, slot, whom).await;
        let told = match &result {
            Ok(outcome) => outcome.trial.trial.origin == Origin::Request,
            Err(Error::Refused(_)) => true,
            Err(Error::Store(_) | Error::Busy | Error::Internal(_)) => false,
        };
        if told && !start.dry_run {
            self.count_lookup(start.actor, &email.key).await?;
        }
        result
    }

    /// `known` is whom it is for as far as was seen before the key was taken in hand; what changed since is a race.
    async fn start_retried(
        &self,
        start: &Start<'_>,
        slot: Option<&Slot<'_>>,
        mut known: Option<Whom>,
    ) -> Result<Outcome, Error> {
        let _moment = self.moment().await;
        let mut attempt = 0;
        loop {
            attempt += 1;
            let whom = match known.take() {
                Some(known) => known,
                None => self.whom(start.actor, start.wish, &start.program, start.holder).await?,
            };
            if let Some(slot) = slot {
                slot.route(whom.region()).await?;
            }
            let result = match &whom {
                Whom::New { region } => self.start_new(start, region, slot).await,
                Whom::Own(id) => self.start_existing(start, id, Origin::Own, slot).await,
                Whom::Stranger(id) => self.start_existing(start, id, Origin::Request, slot).await,
            };
            match result {
                Err(error) if error.is_race() && attempt < ATTEMPTS => {}
                result => return result,
            }
        }
    }
}
