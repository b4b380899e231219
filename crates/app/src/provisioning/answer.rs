//! Answers of the provisioner's service account, and of the trials team by hand: the same way for both.

use super::{ProvisioningOrderView, REASONS, reasons};
use crate::{
    Actor, App, Error, Guard,
    act::{ATTEMPTS, check_version},
    idempotency::{Held, Slot},
    load::Loaded,
    policy::{Action, allow},
};
use domain::{
    ids::ProvisioningId,
    notify::MessageKind,
    refusal::{Code, FieldError, Refusal},
    text,
    trial::{Act, Answer, Change, Outcome, ProvisioningOrderState, ServiceState, TrialService},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    region::provisioning::{NOT_YET, ProvisioningOrder},
};

/// At most so far ahead something can be put off.
const FARTHEST: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What is said about an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProvisioningOrderAnswer {
    /// It is so.
    Done,
    /// It cannot be, for this reason.
    Failed(Option<String>),
    /// It takes longer: why, and until when nobody need ask.
    NotYet(Option<String>, Option<Timestamp>),
    /// Ask once more, at once.
    Again,
}

/// What an answer came to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProvisioningOrderOutcome {
    /// The order then.
    pub view: ProvisioningOrderView,
    /// Whether the answer said anything new.
    pub changed: bool,
}

/// An answer whose words were looked at.
struct Said {
    answer: Answer,
    reason: Option<String>,
    until: Option<Timestamp>,
}

impl App {
    /// The provisioner answers, or the trials team in its place.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `wrong_status` for what contradicts an earlier answer, `version_conflict`, wrong
    /// input.
    pub async fn answer_provisioning_order(
        &self,
        actor: &Actor,
        id: &ProvisioningId,
        answer: &ProvisioningOrderAnswer,
        guard: &Guard,
    ) -> Result<ProvisioningOrderOutcome, Error> {
        allow(actor, Action::SettleProvisioning, self.clock.now())?;
        let said = said(answer)?;
        let slot = match self.hold_key(actor, guard.idem.as_ref(), id.region()).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let mut attempt = 0;
        let result = loop {
            attempt += 1;
            match self
                .settle_provisioning_order(actor, id, &said, guard, slot.as_ref())
                .await
            {
                Err(error) if error.is_race() && attempt < ATTEMPTS => {}
                result => break result,
            }
        };
        self.settle(slot, result).await
    }

    /// Whether it may be put off so long; looked at where no answer is kept for the key, which stays the same when that
    /// instant has passed.
    fn in_time(&self, said: &Said) -> Result<(), Error> {
        let now = self.clock.real();
        let farthest = now.checked_add(FARTHEST).unwrap_or(now);
        if said.until.is_some_and(|until| until <= now || until > farthest) {
            let wrong = FieldError::new("/until", Code::OutOfRange);
            return Err(vec![wrong.with("min", now.to_string()).with("max", farthest.to_string())].into());
        }
        Ok(())
    }

    async fn settle_provisioning_order(
        &self,
        actor: &Actor,
        id: &ProvisioningId,
        said: &Said,
        guard: &Guard,
        slot: Option<&Slot<'_>>,
    ) -> Result<ProvisioningOrderOutcome, Error> {
        self.in_time(said)?;
        let _moment = self.moment().await;
        let tx = self.region(id.region())?.begin().await?;
        let seen = tx.read().provisioning_order(id).await?.ok_or_else(Error::not_found)?;
        if let Some(slot) = slot {
            slot.is_about(&seen.customer);
        }
        tx.lock(&seen.customer).await?;
        let order = tx.read().provisioning_order(id).await?.ok_or_else(Error::not_found)?;
        check_version(guard, order.version)?;
        let next = order.state.answered(said.answer)?;
        let order = match next {
            Some(state) => self.write_answer(&tx, actor, order, state, said).await?,
            None => order,
        };
        let outcome = ProvisioningOrderOutcome {
            view: self.provisioning_order_view(order).await?,
            changed: next.is_some(),
        };
        if let Some(slot) = slot {
            slot.keep(&tx, &outcome).await?;
        }
        if guard.dry_run {
            tx.rollback().await?;
        } else {
            tx.commit().await?;
            self.rang();
        }
        Ok(outcome)
    }

    /// The order, and what the answer means to the trial.
    async fn write_answer(
        &self,
        tx: &Tx,
        actor: &Actor,
        order: ProvisioningOrder,
        state: ProvisioningOrderState,
        said: &Said,
    ) -> Result<ProvisioningOrder, Error> {
        let loaded = self.load(&tx.read(), &order.trial, Some(actor)).await?;
        // EXP-9: of a customer who is gone nothing personal is kept any more.
        let reason = said
            .reason
            .clone()
            .filter(|_| loaded.facts().is_ok_and(|facts| facts.closed_on.is_none()));
        let change = change(&loaded, &order, said.answer, reason.as_deref())?;
        let by_hand = !actor.person.service;
        let (now, within) = (self.clock.real(), self.settings.answer_within);
        let later = |time: SignedDuration| now.checked_add(time).unwrap_or(now);
        let (next_at, late_at) = match said.answer {
            Answer::Done | Answer::Failed => (order.next_at, order.late_at),
            Answer::NotYet => {
                let until = said.until.unwrap_or_else(|| later(within));
                (until, until)
            }
            Answer::Again => (now, later(within)),
        };
        let settled = matches!(state, ProvisioningOrderState::Done | ProvisioningOrderState::Failed);
        let heard = match said.answer {
            Answer::NotYet => Some(NOT_YET.to_owned()),
            Answer::Done | Answer::Failed | Answer::Again => order.heard.clone(),
        };
        let answered = ProvisioningOrder {
            state,
            misses: 0,
            taken: 0,
            heard,
            next_at,
            late_at,
            answered_at: settled.then_some(now),
            answered_by: settled.then(|| actor.id().clone()),
            by_hand: settled && by_hand,
            reason: reason.clone(),
            ..order
        };
        tx.put_provisioning_order(&answered).await?;
        if !change.is_empty() {
            self.save_loaded(tx, &actor.by(), &loaded, &change, None).await?;
        }
        self.note_answer(tx, actor, &answered, said.answer, reason).await?;
        let version = answered.version + 1;
        Ok(ProvisioningOrder { version, ..answered })
    }

    /// AUD-1: which order was answered, how, and whether by hand.
    async fn note_answer(
        &self,
        tx: &Tx,
        actor: &Actor,
        order: &ProvisioningOrder,
        answer: Answer,
        reason: Option<String>,
    ) -> Result<(), Error> {
        let name = match (answer, actor.person.service) {
            (Answer::Again, _) => "provisioning_asked_again",
            (_, false) => "provisioning_by_hand",
            (_, true) => "provisioning_answered",
        };
        let outcome = match answer {
            Answer::Done => "done",
            Answer::Failed => "failed",
            Answer::NotYet => "not_yet",
            Answer::Again => "again",
        };
        let body = serde_json::json!({
            "order": order.id, "trial": order.trial, "act": order.act, "service": order.service, "outcome": outcome,
        });
        let words = reason.map(|reason| ("reason", reason));
        self.note_with(tx, actor, &order.customer, name, body, words).await
    }
}

/// Words are looked at before anything else.
fn said(answer: &ProvisioningOrderAnswer) -> Result<Said, Error> {
    let words = |reason: &Option<String>| {
        let checked = |reason: &String| text::note(reason).map_err(|code| Error::field("/reason", code));
        reason.as_ref().map(checked).transpose()
    };
    let said = |answer, reason, until| Said { answer, reason, until };
    Ok(match answer {
        ProvisioningOrderAnswer::Done => said(Answer::Done, None, None),
        ProvisioningOrderAnswer::Again => said(Answer::Again, None, None),
        ProvisioningOrderAnswer::Failed(None) => return Err(Error::field("/reason", Code::Required)),
        ProvisioningOrderAnswer::Failed(reason) => said(Answer::Failed, words(reason)?, None),
        ProvisioningOrderAnswer::NotYet(reason, until) => said(Answer::NotYet, words(reason)?, *until),
    })
}

/// PROV-2: what an answer changes of the trial: only what is provisioned does, and only where that means something to the
/// trial; one that ended meanwhile stays as it is. What is asked again has not failed any more.
fn change(loaded: &Loaded, order: &ProvisioningOrder, answer: Answer, reason: Option<&str>) -> Result<Change, Refusal> {
    let trial = &loaded.record.trial;
    if order.act != Act::Provision || !trial.takes_answers() {
        return Ok(Change::default());
    }
    // EDIT-1: what runs, and was asked for another number of licences, goes on running, whatever comes of that; so does what
    // the customer has by something else.
    let waits = |service: &TrialService| {
        let state = matches!(service.state, ServiceState::Provisioning | ServiceState::Failed);
        state && service.id == order.service
    };
    if !trial.services.iter().any(waits) {
        return Ok(Change::default());
    }
    let mut change = match answer {
        Answer::Done => trial.provisioned(&order.service, Outcome::Done, &loaded.at())?,
        Answer::Failed => trial.provisioned(&order.service, Outcome::Failed, &loaded.at())?,
        Answer::Again => trial.retried(&order.service),
        Answer::NotYet => Change::default(),
    };
    if change.is_empty() {
        return Ok(change);
    }
    for message in &mut change.messages {
        if message.kind == MessageKind::ProvisioningFailed {
            message.line = reason.map(str::to_owned);
            message.facts.has_line = reason.is_some();
        }
    }
    let before = reasons(&loaded.record.texts);
    let mut kept = before.clone();
    match reason.filter(|_| answer == Answer::Failed) {
        Some(reason) => kept.insert(order.service.clone(), reason.to_owned()),
        None => kept.remove(&order.service),
    };
    // What an edit removed takes its reason with it.
    kept.retain(|id, _| trial.services.iter().any(|service| service.id == *id));
    if kept == before {
        return Ok(change);
    }
    // An empty text removes one.
    let text = match kept.is_empty() {
        true => String::new(),
        false => serde_json::to_string(&kept).unwrap_or_default(),
    };
    Ok(change.text(REASONS, Some(text)))
}
