//! Trials: the value, the personal texts beside it, and the claims that follow from it.

mod list;

pub use list::{Named, Scope, TrialQuery, TrialSort};
pub(super) use list::{in_sight, like, sought};

use super::{Reads, Tx, batch::Rows};
use crate::{
    StoreError,
    entity::{approval, claim, trial},
    time::{json, micros, parse},
};
use domain::{
    ids::{OrgId, TrialId},
    trial::{Status, Trial},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};
use std::collections::{BTreeMap, BTreeSet};

/// A trial as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrialRecord {
    /// The value.
    pub trial: Trial,
    /// Personal texts: site name, notes, reasons, an address.
    pub texts: BTreeMap<String, String>,
    /// Counts up with every change.
    pub version: i64,
}

impl Reads<'_> {
    /// A trial.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn trial(&self, id: &TrialId) -> Result<Option<TrialRecord>, StoreError> {
        let known = |rows: &Rows| Ok(rows.trials.get(id.as_str()).map(|(_, record)| record.clone()));
        if let Some(found) = self.batched_of_trial(id, known)? {
            return Ok(found);
        }
        trial::Entity::find_by_id(id.as_str())
            .one(&self.on)
            .await?
            .map(read)
            .transpose()
    }

    /// All trials of a customer, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn trials_of(&self, customer: &OrgId) -> Result<Vec<TrialRecord>, StoreError> {
        if let Some(found) = self.batched(customer, |rows| Ok(in_order(rows)))? {
            return Ok(found);
        }
        let rows = trial::Entity::find()
            .filter(trial::Column::CustomerId.eq(customer.as_str()))
            .order_by_asc(trial::Column::CreatedAt)
            .order_by_asc(trial::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// All trials of several customers.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn trials_of_many(&self, customers: &[OrgId]) -> Result<Vec<TrialRecord>, StoreError> {
        if customers.is_empty() {
            return Ok(Vec::new());
        }
        let rows = trial::Entity::find()
            .filter(trial::Column::CustomerId.is_in(customers.iter().map(OrgId::as_str)))
            .order_by_asc(trial::Column::CreatedAt)
            .order_by_asc(trial::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// How many trials a region keeps, by status.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_trials(&self, status: Option<Status>) -> Result<u64, StoreError> {
        let mut rows = trial::Entity::find();
        if let Some(status) = status {
            rows = rows.filter(trial::Column::Status.eq(status.as_str()));
        }
        Ok(rows.count(&self.on).await?)
    }

    /// ELIG-2: claims of a customer: service, trial, partner.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn claims(&self, customer: &OrgId) -> Result<Vec<(String, TrialId, OrgId)>, StoreError> {
        let rows = claim::Entity::find()
            .filter(claim::Column::CustomerId.eq(customer.as_str()))
            .all(&self.on)
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| (row.service, TrialId(row.trial_id), OrgId(row.partner_id)))
            .collect())
    }

    /// A page of all trials by id, for `verify` and migrations.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn trials_after(&self, id: &str, limit: u64) -> Result<Vec<TrialRecord>, StoreError> {
        let rows = trial::Entity::find()
            .filter(trial::Column::Id.gt(id))
            .order_by_asc(trial::Column::Id)
            .limit(limit);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Writes a trial and the claims that follow from it (ELIG-3). `customer_key` is the customer's folded name.
    ///
    /// # Errors
    /// `Conflict` when its version is another by now; `Taken` when a service was claimed meanwhile.
    pub async fn put_trial(&self, record: &TrialRecord, customer_key: &str, is_new: bool) -> Result<(), StoreError> {
        let value = &record.trial;
        let change = |rows: &mut Rows| change(rows, record, customer_key, is_new);
        if self.batch(&value.customer, change)?.is_some() {
            return Ok(());
        }
        let services = services(value);
        let ends_on = value.term().map(|term| term.ends_on.to_string());
        if is_new {
            let row = trial::ActiveModel {
                id: Set(value.id.0.clone()),
                customer_id: Set(value.customer.0.clone()),
                partner_id: Set(value.partner.0.clone()),
                created_by: Set(value.started_by.0.clone()),
                status: Set(value.status().as_str().to_owned()),
                services: Set(services),
                ends_on: Set(ends_on),
                created_at: Set(micros(value.created_at)),
                customer_key: Set(customer_key.to_owned()),
                version: Set(1),
                body: Set(json(value)?),
                texts: Set(json(&record.texts)?),
            };
            trial::Entity::insert(row).exec_without_returning(&self.on).await?;
        } else {
            let done = trial::Entity::update_many()
                .col_expr(trial::Column::Status, Expr::value(value.status().as_str()))
                .col_expr(trial::Column::Services, Expr::value(services))
                .col_expr(trial::Column::EndsOn, Expr::value(ends_on))
                .col_expr(trial::Column::CustomerKey, Expr::value(customer_key))
                .col_expr(trial::Column::Version, Expr::col(trial::Column::Version).add(1))
                .col_expr(trial::Column::Body, Expr::value(json(value)?))
                .col_expr(trial::Column::Texts, Expr::value(json(&record.texts)?))
                .filter(trial::Column::Id.eq(value.id.as_str()))
                .filter(trial::Column::Version.eq(record.version))
                .exec(&self.on)
                .await?;
            if done.rows_affected != 1 {
                return Err(StoreError::Conflict);
            }
        }
        self.claim(value, is_new).await
    }

    async fn claim(&self, value: &Trial, is_new: bool) -> Result<(), StoreError> {
        let wanted: BTreeSet<&str> = value.claimed().collect();
        let mut held: Vec<String> = Vec::new();
        if !is_new {
            let rows = claim::Entity::find()
                .filter(claim::Column::TrialId.eq(value.id.as_str()))
                .all(&self.on)
                .await?;
            held = rows.into_iter().map(|row| row.service).collect();
            let gone: Vec<String> = held
                .iter()
                .filter(|id| !wanted.contains(id.as_str()))
                .cloned()
                .collect();
            if !gone.is_empty() {
                claim::Entity::delete_many()
                    .filter(claim::Column::TrialId.eq(value.id.as_str()))
                    .filter(claim::Column::Service.is_in(gone))
                    .exec(&self.on)
                    .await?;
            }
        }
        // All claim in one order, so that two who want the same services never wait for each other.
        let mut fresh: Vec<claim::Model> = claims(value).filter(|claim| !held.contains(&claim.service)).collect();
        fresh.sort_by(|one, other| one.service.cmp(&other.service));
        let fresh: Vec<_> = fresh
            .into_iter()
            .map(|row| row.into_active_model().reset_all())
            .collect();
        if !fresh.is_empty() {
            claim::Entity::insert_many(fresh)
                .exec_without_returning(&self.on)
                .await?;
        }
        Ok(())
    }

    /// ORG-11: what hangs on a trial goes with it to another partner.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn give_trial(&self, value: &Trial) -> Result<(), StoreError> {
        let partner = value.partner.as_str();
        trial::Entity::update_many()
            .col_expr(trial::Column::PartnerId, Expr::value(partner))
            .col_expr(trial::Column::CreatedBy, Expr::value(value.started_by.as_str()))
            .filter(trial::Column::Id.eq(value.id.as_str()))
            .exec(&self.on)
            .await?;
        claim::Entity::update_many()
            .col_expr(claim::Column::PartnerId, Expr::value(partner))
            .filter(claim::Column::TrialId.eq(value.id.as_str()))
            .exec(&self.on)
            .await?;
        approval::Entity::update_many()
            .col_expr(approval::Column::PartnerId, Expr::value(partner))
            .filter(approval::Column::TrialId.eq(value.id.as_str()))
            .exec(&self.on)
            .await?;
        Ok(())
    }

    /// EXP-9: erases the personal texts of all of a customer's trials.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_texts(&self, customer: &OrgId) -> Result<(), StoreError> {
        trial::Entity::update_many()
            .col_expr(trial::Column::Texts, Expr::value("{}"))
            .col_expr(trial::Column::CustomerKey, Expr::value(""))
            // Whoever read them before cannot write them back.
            .col_expr(trial::Column::Version, Expr::col(trial::Column::Version).add(1))
            .filter(trial::Column::CustomerId.eq(customer.as_str()))
            .exec(&self.on)
            .await?;
        Ok(())
    }
}

fn services(value: &Trial) -> String {
    format!(" {} ", value.service_ids().join(" "))
}

/// The oldest first.
fn in_order(rows: &Rows) -> Vec<TrialRecord> {
    let mut all: Vec<&(trial::Model, TrialRecord)> = rows.trials.values().collect();
    all.sort_by_key(|(row, _)| (row.created_at, row.id.as_str()));
    all.into_iter().map(|(_, record)| record.clone()).collect()
}

/// [`Tx::put_trial`] in a batch; a new trial is none's business there.
fn change(rows: &mut Rows, record: &TrialRecord, customer_key: &str, is_new: bool) -> Result<(), StoreError> {
    let value = &record.trial;
    let Some((row, known)) = rows.trials.get_mut(value.id.as_str()).filter(|_| !is_new) else {
        return Err(StoreError::Conflict);
    };
    if row.version != record.version {
        return Err(StoreError::Conflict);
    }
    row.status = value.status().as_str().to_owned();
    row.services = services(value);
    row.ends_on = value.term().map(|term| term.ends_on.to_string());
    row.customer_key = customer_key.to_owned();
    row.version += 1;
    row.body = json(value)?;
    row.texts = json(&record.texts)?;
    *known = TrialRecord {
        version: row.version,
        ..record.clone()
    };
    rows.claims.retain(|_, claim| claim.trial_id != value.id.0);
    for mine in claims(value) {
        let service = mine.service.clone();
        if rows.claims.insert(service, mine).is_some() {
            return Err(StoreError::Taken(format!("a claim of {}", value.id)));
        }
    }
    Ok(())
}

/// What a trial claims.
pub(super) fn claims(value: &Trial) -> impl Iterator<Item = claim::Model> {
    value.claimed().map(|service| claim::Model {
        customer_id: value.customer.0.clone(),
        service: service.to_owned(),
        trial_id: value.id.0.clone(),
        partner_id: value.partner.0.clone(),
    })
}

pub(super) fn read(row: trial::Model) -> Result<TrialRecord, StoreError> {
    Ok(TrialRecord {
        trial: parse(&row.body, "a trial")?,
        texts: parse(&row.texts, "a trial's texts")?,
        version: row.version,
    })
}
