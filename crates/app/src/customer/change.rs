//! What a partner changes about a customer: tags, assignments, its place in the list.

use super::view::{CustomerView, tie};
use crate::{
    Actor, App, Error, Guard,
    act::is_request,
    idempotency::Held,
    policy::{Action, authorize},
};
use domain::{
    ids::{EventId, OrgId, PersonId},
    person::Role,
    refusal::{Code, FieldError, Refusal},
    text::fold,
};
use std::collections::BTreeMap;
use store::{
    Tx,
    region::{
        Reads,
        event::{By, NewEvent},
        relationship::Line,
    },
};

/// What is to change; what is not given stays.
#[derive(Clone, Debug, Default)]
pub struct CustomerPatch {
    /// ORG-10: at most 5 of at most 25 characters.
    pub tags: Option<Vec<String>>,
    /// ORG-3: who looks after the customer.
    pub assigned: Option<Vec<String>>,
}

const TAGS: usize = 5;
const TAG_LENGTH: usize = 25;

impl App {
    /// The partner's own relationship. Others who see the customer hear that they may not; the rest that there is none.
    pub(crate) async fn own_line(
        &self,
        reads: &Reads<'_>,
        actor: &Actor,
        id: &OrgId,
        action: Action,
    ) -> Result<Line, Error> {
        let (line, looks_after) = if actor.is_partner() {
            let line = reads.relationship(id, actor.org()).await?;
            (line, reads.is_assigned(id, actor.id()).await?)
        } else {
            let found = reads.organization(id).await?;
            if found.is_none_or(|found| found.value.customer().is_none()) {
                return Err(Error::not_found());
            }
            (None, false)
        };
        authorize(actor, action, &tie(id, line.as_ref(), looks_after), self.clock.now())?;
        line.ok_or_else(Error::not_found)
    }

    /// ORG-10, ORG-3: tags and assignments; of a dry run with the customer before.
    ///
    /// # Errors
    /// `not_found`, `role_required`, wrong input, `version_conflict`.
    pub async fn patch_customer(
        &self,
        actor: &Actor,
        id: &OrgId,
        patch: &CustomerPatch,
        guard: &Guard,
    ) -> Result<(CustomerView, Option<CustomerView>), Error> {
        let tags = patch.tags.as_deref().map(checked_tags).transpose()?;
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(id).await?;
        let mut line = self.own_line(&tx.read(), actor, id, Action::ManageCustomer).await?;
        if let Some(known) = &guard.if_match
            && !known.contains(&line.version)
        {
            return Err(Refusal::new(Code::VersionConflict).with("version", line.version).into());
        }
        let before = self.customer(actor, id).await?;
        if patch.tags.is_none() && patch.assigned.is_none() {
            return Ok((before, None));
        }
        if let Some(tags) = tags {
            line.relationship.tags = tags;
        }
        if let Some(wanted) = &patch.assigned {
            self.own_line(&tx.read(), actor, id, Action::AssignCustomer).await?;
            self.assign(&tx, actor, id, wanted).await?;
        }
        line.version += 1;
        tx.put_relationship(&line).await?;
        // Tags are the partner's own words: they stay with the relationship, the record says only that they changed.
        let body =
            serde_json::json!({"partner": actor.org(), "tags": patch.tags.is_some(), "assigned": patch.assigned});
        self.note(&tx, actor, id, "customer_changed", body).await?;
        if guard.dry_run {
            let after = CustomerView {
                tags: line.relationship.tags,
                assigned: tx.read().assigned(id, actor.org()).await?,
                version: line.version,
                ..before.clone()
            };
            tx.rollback().await?;
            return Ok((after, Some(before)));
        }
        tx.commit().await?;
        Ok((self.customer(actor, id).await?, None))
    }

    async fn assign(&self, tx: &Tx, actor: &Actor, id: &OrgId, wanted: &[String]) -> Result<(), Error> {
        let people = self
            .region(actor.org().region())?
            .read()
            .administrators_of(actor.org())
            .await?;
        let mut errors = Vec::new();
        for (index, person) in wanted.iter().enumerate() {
            let sales = |role: &Role| role.is_sales();
            if !people
                .iter()
                .any(|one| one.id.as_str() == person && one.roles.iter().any(sales))
            {
                errors.push(FieldError::new(format!("/assigned/{index}"), Code::InvalidId).with("value", person));
            }
        }
        if !errors.is_empty() {
            return Err(errors.into());
        }
        for gone in tx.read().assigned(id, actor.org()).await? {
            if !wanted.contains(&gone.0) {
                tx.unassign(id, &gone).await?;
            }
        }
        for person in wanted {
            tx.assign(id, actor.org(), &PersonId(person.clone())).await?;
        }
        Ok(())
    }

    /// CONS-4: cancels the open requests and removes the customer from the list, where nothing else ties the two.
    ///
    /// # Errors
    /// `not_found`, `wrong_status` when there is more than a request.
    pub async fn remove_customer(&self, actor: &Actor, id: &OrgId, guard: &Guard) -> Result<serde_json::Value, Error> {
        // The key comes first: what it removed is not to be seen any more when it is asked again.
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), id).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let run = async {
            let _moment = self.moment().await;
            let tx = self.region(id.region())?.begin().await?;
            tx.lock(id).await?;
            let line = self.own_line(&tx.read(), actor, id, Action::ManageCustomer).await?;
            let all = tx.read().trials_of(id).await?;
            let mine: Vec<_> = all
                .iter()
                .filter(|record| record.trial.partner == *actor.org())
                .collect();
            let more = |record: &&&store::region::trial::TrialRecord| {
                let status = record.trial.status();
                record.trial.term().is_some() || (status.is_open() && !is_request(status))
            };
            if mine.iter().any(|record| more(&record)) || !mine.iter().any(|record| is_request(record.trial.status())) {
                return Err(Refusal::new(Code::WrongStatus).with("status", line.status).into());
            }
            let mut cancelled = Vec::new();
            for record in mine.iter().filter(|record| is_request(record.trial.status())) {
                let loaded = self.load(&tx.read(), &record.trial.id, Some(actor)).await?;
                let empty = loaded.left_empty()?;
                let change = record
                    .trial
                    .cancel(domain::trial::CancelledBy::Partner, None, empty, &loaded.at())?;
                self.save_loaded(&tx, &actor.by(), &loaded, &change, None).await?;
                cancelled.push(record.trial.id.0.clone());
            }
            tx.end_relationship(id, actor.org()).await?;
            let answer = serde_json::json!({"id": id, "removed": true, "cancelled_trials": cancelled});
            if let Some(slot) = &slot {
                slot.keep(&tx, &answer).await?;
            }
            if guard.dry_run {
                tx.rollback().await?;
            } else {
                tx.commit().await?;
                self.rang();
            }
            Ok(answer)
        };
        let result = run.await;
        self.settle(slot, result).await
    }

    /// Adds to an organization's record what is not about one trial.
    pub(crate) async fn note(
        &self,
        tx: &Tx,
        actor: &Actor,
        id: &OrgId,
        name: &str,
        body: serde_json::Value,
    ) -> Result<(), Error> {
        self.note_with(tx, actor, id, name, body, None).await
    }

    /// The same with somebody's own words, which can be erased.
    pub(crate) async fn note_with(
        &self,
        tx: &Tx,
        actor: &Actor,
        id: &OrgId,
        name: &str,
        body: serde_json::Value,
        words: Option<(&str, String)>,
    ) -> Result<(), Error> {
        let words = words.map(|(key, text)| (key.to_owned(), text)).into_iter().collect();
        self.write_down(tx, &actor.by(), id, (name, body), words).await
    }

    /// The same, where nobody is signed in.
    pub(crate) async fn note_by(
        &self,
        tx: &Tx,
        by: &By,
        id: &OrgId,
        name: &str,
        body: serde_json::Value,
    ) -> Result<(), Error> {
        self.write_down(tx, by, id, (name, body), BTreeMap::new()).await
    }

    async fn write_down(
        &self,
        tx: &Tx,
        by: &By,
        id: &OrgId,
        (name, body): (&str, serde_json::Value),
        words: BTreeMap<String, String>,
    ) -> Result<(), Error> {
        let event = NewEvent {
            id: EventId::new(tx.region(), &self.unique()),
            organization: id,
            trial: None,
            at: self.clock.now(),
            name,
            by,
            body,
            words: &words,
        };
        Ok(tx.record(event).await?)
    }
}

fn checked_tags(given: &[String]) -> Result<Vec<String>, Error> {
    let mut errors = Vec::new();
    if given.len() > TAGS {
        errors.push(FieldError::new("/tags", Code::TooLong).with("max", TAGS));
    }
    let mut tags: Vec<String> = Vec::new();
    for (index, tag) in given.iter().enumerate().take(TAGS) {
        match domain::text::name(tag) {
            Ok(tag) if tag.chars().count() > TAG_LENGTH => {
                errors.push(FieldError::new(format!("/tags/{index}"), Code::TooLong).with("max", TAG_LENGTH));
            }
            Ok(tag) if tags.iter().any(|known| fold(known) == fold(&tag)) => {}
            Ok(tag) => tags.push(tag),
            Err(code) => errors.push(FieldError::new(format!("/tags/{index}"), code)),
        }
    }
    if errors.is_empty() {
        Ok(tags)
    } else {
        Err(errors.into())
    }
}
