//! CONV-8: a customer says that it wants to buy.

use crate::{
    Actor, App, Error, Guard,
    idempotency::{Held, Slot},
    load::customer_of,
    policy::{Action, authorize, certified},
};
use domain::{
    ids::OrgId,
    program::Program,
    refusal::{Code, FieldError, Refusal},
    text,
    trial::{Status, Trial},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What it wants.
#[derive(Clone, Debug, Default)]
pub struct WantPurchase {
    /// Services by id; those of its trials where none is named.
    pub services: Vec<String>,
    /// In its own words.
    pub note: Option<String>,
}

/// Who was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchaseInterest {
    /// Whether anybody was told just now: once a day at most.
    pub changed: bool,
    /// The partners with a trial there.
    pub partners: Vec<(OrgId, String)>,
    /// The customer's civil day on which they were told.
    pub on: Date,
}

impl App {
    /// CONV-8: tells the partner's administrators for that customer, once a day at most; it waits for them as a task.
    ///
    /// # Errors
    /// `not_found`, `role_required`; `no_partner` where nobody tries anything with it; wrong input.
    pub async fn want_purchase(
        &self,
        actor: &Actor,
        id: &OrgId,
        wish: &WantPurchase,
        guard: &Guard,
    ) -> Result<PurchaseInterest, Error> {
        certified(actor, self.clock.now())?;
        let reads = self.region(id.region())?.read();
        let line = match actor.is_partner() {
            true => reads.relationship(id, actor.org()).await?,
            false => None,
        };
        let looks_after = actor.is_partner() && reads.is_assigned(id, actor.id()).await?;
        let tie = crate::customer::tie(id, line.as_ref(), looks_after);
        authorize(actor, Action::WantPurchase, &tie, self.clock.now())?;
        let wish = checked(wish, &*self.program()?)?;
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), id).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let mut attempt = 0;
        let result = loop {
            attempt += 1;
            match self.try_want(actor, id, &wish, guard, slot.as_ref()).await {
                Err(error) if error.is_race() && attempt < crate::act::ATTEMPTS => {}
                result => break result,
            }
        };
        self.settle(slot, result).await
    }

    async fn try_want(
        &self,
        actor: &Actor,
        id: &OrgId,
        wish: &WantPurchase,
        guard: &Guard,
        slot: Option<&Slot<'_>>,
    ) -> Result<PurchaseInterest, Error> {
        let _moment = self.moment().await;
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(id).await?;
        let found = tx.read().organization(id).await?.ok_or_else(Error::not_found)?;
        let zone = crate::load::zone(&customer_of(&found.value)?.zone)?;
        let trials = tx.read().trials_of(id).await?;
        let told = asked_once(trials.iter().map(|record| &record.trial));
        if told.is_empty() {
            return Err(Refusal::new(Code::NoPartner).into());
        }
        let (mut changed, mut partners) = (false, Vec::new());
        for trial in told {
            partners.push((trial.partner.clone(), self.company_name(&trial.partner).await?));
            let loaded = self.load(&tx.read(), &trial.id, None).await?;
            let change = trial.want_purchase(actor.id(), &wish.services, wish.note.clone(), &loaded.at());
            if !change.is_empty() {
                changed = true;
                self.save_loaded(&tx, &actor.by(), &loaded, &change, None).await?;
            }
        }
        let answer = PurchaseInterest {
            changed,
            partners,
            on: domain::time::civil_day(self.clock.now(), &zone),
        };
        if guard.dry_run {
            tx.rollback().await?;
            return Ok(answer);
        }
        if let Some(slot) = slot {
            slot.keep(&tx, &answer).await?;
        }
        tx.commit().await?;
        self.rang();
        Ok(answer)
    }
}

/// Of each partner's running trials one: the one that has been asked about, else the oldest.
fn asked_once<'t>(trials: impl Iterator<Item = &'t Trial>) -> Vec<&'t Trial> {
    let mut told: Vec<&Trial> = Vec::new();
    for trial in trials.filter(|trial| matches!(trial.status(), Status::Active | Status::Expired)) {
        match told.iter_mut().find(|other| other.partner == trial.partner) {
            Some(other) if other.purchase_wanted_on < trial.purchase_wanted_on => *other = trial,
            Some(_) => {}
            None => told.push(trial),
        }
    }
    told
}

fn checked(wish: &WantPurchase, program: &Program) -> Result<WantPurchase, Error> {
    let mut errors = Vec::new();
    for (index, id) in wish.services.iter().enumerate() {
        let at = format!("/services/{index}");
        if program.service(id).is_none() {
            errors.push(FieldError::new(at, Code::UnknownService).with("value", id));
        } else if wish.services.iter().take(index).any(|other| other == id) {
            errors.push(FieldError::new(at, Code::DuplicateService).with("service", id));
        }
    }
    let note = match wish.note.as_deref().map(text::note) {
        Some(Err(code)) => {
            errors.push(FieldError::new("/note", code));
            None
        }
        given => given.and_then(Result::ok),
    };
    match errors.is_empty() {
        true => Ok(WantPurchase {
            services: wish.services.clone(),
            note,
        }),
        false => Err(errors.into()),
    }
}
