//! The record of changes: one row a change, chained per organization, personal words beside it (AUD-1).

use super::{
    Reads, Tx,
    batch::{Rows, beyond},
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
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
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
    /// The address from which it came. Personal: it lies with the sealed words, under [`FROM`].
    #[serde(skip)]
    pub from: Option<String>,
}

/// Under what the address from which a change came stands among its words.
pub const FROM: &str = "from";

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

/// The row that follows a record's head.
fn chained(new: &NewEvent<'_>, head: chain::Model, commitment: String) -> Result<event::Model, StoreError> {
    let mut row = event::Model {
        id: new.id.0.clone(),
        chain: new.organization.0.clone(),
        seq: head.seq + 1,
        trial_id: new.trial.map(|id| id.0.clone()),
        at: micros(new.at),
        name: new.name.to_owned(),
        actor: json(new.by)?,
        body: json(&new.body)?,
        commitment,
        previous: head.hash,
        hash: String::new(),
    };
    row.hash = hash(&row);
    Ok(row)
}

/// The hash that chains a row to the one before: over every other column, each told apart from the next, and none from
/// an empty one.
pub(super) fn hash(row: &event::Model) -> String {
    let (seq, at) = (row.seq.to_string(), row.at.to_string());
    let parts = [
        Some(&row.previous),
        Some(&row.chain),
        Some(&row.id),
        Some(&seq),
        Some(&at),
        row.trial_id.as_ref(),
        Some(&row.name),
        Some(&row.actor),
        Some(&row.body),
        Some(&row.commitment),
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

impl Tx {
    /// Adds to an organization's record. Its head is locked from here on.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt` when there is no such organization.
    pub async fn record(&self, new: NewEvent<'_>) -> Result<(), StoreError> {
        if self.batch(new.organization, |rows| self.add_to(rows, &new))?.is_some() {
            return Ok(());
        }
        let head = chain::Entity::find_by_id(new.organization.as_str())
            .lock(LockType::Update)
            .one(&self.on)
            .await?;
        let head = head.ok_or_else(|| StoreError::Corrupt(format!("no record for {}", new.organization)))?;
        let (row, words) = self.next(&new, head)?;
        chain::Entity::update_many()
            .col_expr(chain::Column::Seq, Expr::value(row.seq))
            .col_expr(chain::Column::Hash, Expr::value(row.hash.clone()))
            .filter(chain::Column::OrganizationId.eq(new.organization.as_str()))
            .exec(&self.on)
            .await?;
        event::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(&self.on)
            .await?;
        let Some(words) = words else { return Ok(()) };
        let Some(key) = self.read().customer_key(new.organization.as_str()).await? else {
            return Ok(());
        };
        let row = self.sealed(&new, &key, &words)?.into_active_model().reset_all();
        event_text::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// [`Tx::record`] in a batch.
    fn add_to(&self, rows: &mut Rows, new: &NewEvent<'_>) -> Result<(), StoreError> {
        let head = rows.chain.clone();
        let head = head.ok_or_else(|| StoreError::Corrupt(format!("no record for {}", new.organization)))?;
        let (row, words) = self.next(new, head)?;
        // Time has no words of its own.
        if words.is_some() {
            return Err(beyond());
        }
        rows.chain = Some(chain::Model {
            organization_id: row.chain.clone(),
            seq: row.seq,
            hash: row.hash.clone(),
        });
        rows.events.push(row);
        Ok(())
    }

    /// The row that follows the head, and the words that go with it.
    fn next(&self, new: &NewEvent<'_>, head: chain::Model) -> Result<(event::Model, Option<String>), StoreError> {
        let mut all = new.words.clone();
        all.extend(new.by.from.clone().map(|from| (FROM.to_owned(), from)));
        // Salted, so that erased words cannot be guessed from what was committed to.
        let words = match all.is_empty() {
            true => None,
            false => Some(json(&(hex(&self.keys.octets::<16>()), &all))?),
        };
        let commitment = words.as_ref().map(|words| sha256(words.as_bytes()));
        Ok((chained(new, head, commitment.unwrap_or_default())?, words))
    }

    fn sealed(&self, new: &NewEvent<'_>, key: &[u8; 32], words: &str) -> Result<event_text::Model, StoreError> {
        let sealed = seal(key, self.keys.octets(), words.as_bytes())?;
        Ok(event_text::Model {
            event_id: new.id.0.clone(),
            chain: new.organization.0.clone(),
            nonce: sealed.nonce,
            sealed: sealed.sealed,
        })
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

    /// What of an organization's record is called so, in order; for names that are rare.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn events_named(&self, organization: &OrgId, name: &str) -> Result<Vec<Event>, StoreError> {
        let rows = event::Entity::find()
            .filter(event::Column::Chain.eq(organization.as_str()))
            .filter(event::Column::Name.eq(name))
            .order_by_asc(event::Column::Seq);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// A part of an organization's record, the newest first, before a place in it.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn record_page(
        &self,
        organization: &OrgId,
        trial: Option<&TrialId>,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<Event>, StoreError> {
        let mut rows = event::Entity::find().filter(event::Column::Chain.eq(organization.as_str()));
        if let Some(trial) = trial {
            rows = rows.filter(event::Column::TrialId.eq(trial.as_str()));
        }
        if let Some(before) = before {
            rows = rows.filter(event::Column::Seq.lt(before));
        }
        let rows = rows
            .order_by_desc(event::Column::Seq)
            .limit(limit)
            .all(&self.on)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// The personal words of several events of one organization; those that are erased are left out.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn words_of(
        &self,
        organization: &OrgId,
        events: &[EventId],
    ) -> Result<BTreeMap<EventId, BTreeMap<String, String>>, StoreError> {
        let Some(key) = self.customer_key(organization.as_str()).await? else {
            return Ok(BTreeMap::new());
        };
        let wanted = events.iter().map(EventId::as_str);
        let rows = event_text::Entity::find().filter(event_text::Column::EventId.is_in(wanted));
        let mut found = BTreeMap::new();
        for row in rows.all(&self.on).await? {
            found.insert(EventId(row.event_id.clone()), opened(&key, &row)?);
        }
        Ok(found)
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
        Ok(Some(opened(&key, &row)?))
    }
}

fn opened(key: &[u8; 32], row: &event_text::Model) -> Result<BTreeMap<String, String>, StoreError> {
    let plain = unseal(key, &row.nonce, &row.sealed)?;
    let text = String::from_utf8(plain).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let (_, words): (String, BTreeMap<String, String>) = parse(&text, "sealed words")?;
    Ok(words)
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
