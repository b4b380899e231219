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
    allowance::Taking,
    ids::{DraftId, OrgId},
    program::Program,
    refusal::FieldError,
    trial::{Origin, StartInput, Target, Wish, validate},
};
use std::sync::Arc;
use store::directory::Admission;

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
    /// ELIG-5: the place that it takes of the partner's allowance.
    admission: Option<&'a Admission>,
    /// START-10: where it was half filled.
    draft: Option<&'a DraftId>,
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
        self.start_from(actor, input, None, guard).await
    }

    /// The same from a draft, which goes with the start (START-10).
    ///
    /// # Errors
    /// What the rules refuse; nothing has happened then, and the draft is kept.
    pub async fn start_from(
        &self,
        actor: &Actor,
        input: &StartInput,
        draft: Option<&DraftId>,
        guard: &Guard,
    ) -> Result<Outcome, Error> {
        let result = self.start_keyed(actor, input, draft, guard).await;
        let region = |outcome: &Outcome| outcome.trial.id.as_ref().map(|id| id.region().to_owned());
        if let (Some(draft), Ok(outcome), false) = (draft, &result, guard.dry_run)
            && region(outcome).as_deref() != Some(draft.region())
        {
            self.drop_started(actor, draft).await;
        }
        result
    }

    async fn start_keyed(
        &self,
        actor: &Actor,
        input: &StartInput,
        draft: Option<&DraftId>,
        guard: &Guard,
    ) -> Result<Outcome, Error> {
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
                    admission: None,
                    draft,
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
                if let Whom::Own(id) | Whom::Stranger(id) = &whom {
                    slot.is_about(id);
                }
            }
            match self.start_admitted(start, &whom, slot).await {
                Err(error) if error.is_race() && attempt < ATTEMPTS => {}
                result => return result,
            }
        }
    }

    /// ELIG-5: takes a place of the partner's allowance first; a request takes its own when it is accepted.
    async fn start_admitted(&self, start: &Start<'_>, whom: &Whom, slot: Option<&Slot<'_>>) -> Result<Outcome, Error> {
        let partner = &start.actor.organization;
        let takes = !start.dry_run && !matches!(whom, Whom::Stranger(_));
        let admission = if takes {
            self.admit(partner, Taking::Start, whom.region(), start.holder).await?
        } else {
            self.check_room(partner, Taking::Start).await?;
            None
        };
        let start = &Start {
            admission: admission.as_ref(),
            program: start.program.clone(),
            ..*start
        };
        let result = match whom {
            Whom::New { region } => self.start_new(start, region, slot).await,
            Whom::Own(id) => self.start_existing(start, id, Origin::Own, slot).await,
            Whom::Stranger(id) => self.start_existing(start, id, Origin::Request, slot).await,
        };
        if let (Some(admission), Err(_)) = (&admission, &result) {
            self.give_up_place(admission).await?;
        }
        result
    }
}
