//! The record of changes: one row a change, chained per organization, personal words beside it (AUD-1).

use super::{
    Reads, Tx,
    seal::{seal, unseal},
};
use crate::{
    StoreError,
    entity::{chain, event, event_text},
    keys::{hex, sha256},
    time::{instant, json, micros, parse},
};
use domain::ids::{EventId, OrgId, PersonId, TrialId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, LockType},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who did it, for whom, by which way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// The person; none when time did it.
    pub person: Option<PersonId>,
    /// The person's organization.
    pub organization: Option<OrgId>,
    /// ORG-8.
    #[serde(default)]
    pub on_behalf_of: Option<OrgId>,
    /// `api`, `console`, `worker`, `command_line`.
    pub via: String,
    /// The request's id.
    #[serde(default)]
    pub request: Option<String>,
}

/// What is to be recorded.
#[derive(Clone, Debug)]
pub struct NewEvent<'a> {
    /// Its id.
    pub id: EventId,
    /// In whose record.
    pub organization: &'a OrgId,
    /// About which trial.
    pub trial: Option<&'a TrialId>,
    /// When, by the rules' clock.
    pub at: Timestamp,
    /// What happened, in short.
    pub name: &'a str,
    /// Who did it.
    pub by: &'a By,
    /// What happened: ids, dates, counts.
    pub body: serde_json::Value,
    /// Personal words.
    pub words: &'a BTreeMap<String, String>,
}

/// A recorded change.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// In whose record, and where in it.
    pub organization: OrgId,
    /// Counts up within the record, from 1.
    pub seq: i64,
    /// About which trial.
    pub trial: Option<TrialId>,
    /// When.
    pub at: Timestamp,
    /// What happened, in short.
    pub name: String,
    /// Who did it.
    pub by: By,
    /// What happened.
    pub body: serde_json::Value,
}

pub(super) struct Links<'a> {
    pub(super) organization: &'a str,
    pub(super) id: &'a str,
    pub(super) seq: i64,
    pub(super) at: i64,
    pub(super) trial: Option<&'a str>,
    pub(super) name: &'a str,
    pub(super) actor: &'a str,
    pub(super) body: &'a str,
    pub(super) commitment: &'a str,
    pub(super) previous: &'a str,
}

impl Links<'_> {
    /// The hash that chains a row to the one before: over every column, each told apart from the next, and none from
    /// an empty one.
    pub(super) fn hash(&self) -> String {
        let seq = self.seq.to_string();
        let at = self.at.to_string();
        let parts = [
            Some(self.previous),
            Some(self.organization),
            Some(self.id),
            Some(&seq),
            Some(&at),
            self.trial,
            Some(self.name),
            Some(self.actor),
            Some(self.body),
            Some(self.commitment),
        ];
        let mut text = String::new();
        for part in parts {
            match part {
                Some(part) => text.push_str(&format!("{}:{part}", part.len())),
                None => text.push_str("-:"),
            }
        }
        sha256(text.as_bytes())
    }
}

impl Tx {
    /// Adds to an organization's record. Its head is locked from here on.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt` when there is no such organization.
    pub async fn record(&self, new: NewEvent<'_>) -> Result<(), StoreError> {
        let head = chain::Entity::find_by_id(new.organization.as_str())
            .lock(LockType::Update)
            .one(&self.on)
            .await?;
        let head = head.ok_or_else(|| StoreError::Corrupt(format!("no record for {}", new.organization)))?;
        let seq = head.seq + 1;
        let salt = hex(&self.keys.octets::<16>());
        let words = if new.words.is_empty() {
            String::new()
        } else {
            json(&(&salt, new.words))?
        };
        let commitment = if words.is_empty() {
            String::new()
        } else {
            sha256(words.as_bytes())
        };
        let (actor, body) = (json(new.by)?, json(&new.body)?);
        let links = Links {
            organization: new.organization.as_str(),
            id: new.id.as_str(),
            seq,
            at: micros(new.at),
            trial: new.trial.map(TrialId::as_str),
            name: new.name,
            actor: &actor,
            body: &body,
            commitment: &commitment,
            previous: &head.hash,
        };
        let hash = links.hash();
        let row = event::ActiveModel {
            id: Set(new.id.0.clone()),
            chain: Set(new.organization.0.clone()),
            seq: Set(seq),
            trial_id: Set(new.trial.map(|id| id.0.clone())),
            at: Set(micros(new.at)),
            name: Set(new.name.to_owned()),
            actor: Set(actor.clone()),
            body: Set(body.clone()),
            commitment: Set(commitment.clone()),
            previous: Set(head.hash),
            hash: Set(hash.clone()),
        };
        event::Entity::insert(row).exec_without_returning(&self.on).await?;
        chain::Entity::update_many()
            .col_expr(chain::Column::Seq, Expr::value(seq))
            .col_expr(chain::Column::Hash, Expr::value(hash))
            .filter(chain::Column::OrganizationId.eq(new.organization.as_str()))
            .exec(&self.on)
            .await?;
        if words.is_empty() {
            Ok(())
        } else {
            self.keep_words(&new, words).await
        }
    }

    async fn keep_words(&self, new: &NewEvent<'_>, words: String) -> Result<(), StoreError> {
        let Some(key) = self.read().customer_key(new.organization.as_str()).await? else {
            return Ok(());
        };
        let sealed = seal(&key, self.keys.octets(), words.as_bytes())?;
        let row = event_text::ActiveModel {
            event_id: Set(new.id.0.clone()),
            chain: Set(new.organization.0.clone()),
            nonce: Set(sealed.nonce),
            sealed: Set(sealed.sealed),
        };
        event_text::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }
}

impl Reads<'_> {
    /// A trial's record, in order.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn events_of_trial(&self, trial: &TrialId) -> Result<Vec<Event>, StoreError> {
        let rows = event::Entity::find()
            .filter(event::Column::TrialId.eq(trial.as_str()))
            .order_by_asc(event::Column::Seq)
            .all(&self.on)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// How many changes an organization's record holds: the version of what its people see of it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn record_length(&self, organization: &OrgId) -> Result<i64, StoreError> {
        let head = chain::Entity::find_by_id(organization.as_str()).one(&self.on).await?;
        Ok(head.map_or(0, |head| head.seq))
    }

    /// The personal words of an event; none once erased.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn words(&self, event: &EventId) -> Result<Option<BTreeMap<String, String>>, StoreError> {
        let Some(row) = event_text::Entity::find_by_id(event.as_str()).one(&self.on).await? else {
            return Ok(None);
        };
        let Some(key) = self.customer_key(&row.chain).await? else {
            return Ok(None);
        };
        let plain = unseal(&key, &row.nonce, &row.sealed)?;
        let text = String::from_utf8(plain).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let (_, words): (String, BTreeMap<String, String>) = parse(&text, "sealed words")?;
        Ok(Some(words))
    }
}

pub(super) fn read(row: event::Model) -> Result<Event, StoreError> {
    Ok(Event {
        id: EventId(row.id),
        organization: OrgId(row.chain),
        seq: row.seq,
        trial: row.trial_id.map(TrialId),
        at: instant(row.at)?,
        name: row.name,
        by: parse(&row.actor, "an event's actor")?,
        body: parse(&row.body, "an event")?,
    })
}
