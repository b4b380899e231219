//! CONV-1: conversions that a distributor has in hand, until they are done.

use super::{Reads, Tx, batch::beyond};
use crate::{
    StoreError,
    entity::conversion,
    time::{instant, micros},
};
use domain::ids::{OrgId, TrialId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, sea_query::OnConflict,
};

/// One conversion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// Of which trial.
    pub trial: TrialId,
    /// Whose trial it is.
    pub customer: OrgId,
    /// The tier 2 partner that handed it over.
    pub partner: OrgId,
    /// To whom.
    pub distributor: OrgId,
    /// When.
    pub handed_at: Timestamp,
}

impl Reads<'_> {
    /// What a distributor has in hand, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn conversions_of(&self, distributor: &OrgId) -> Result<Vec<Conversion>, StoreError> {
        let rows = conversion::Entity::find()
            .filter(conversion::Column::DistributorId.eq(distributor.as_str()))
            .order_by_asc(conversion::Column::HandedAt)
            .order_by_asc(conversion::Column::TrialId);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Writes one; another distributor's before it goes.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_conversion(&self, value: &Conversion) -> Result<(), StoreError> {
        if self.batch.is_some() {
            return Err(beyond());
        }
        let row = conversion::ActiveModel {
            trial_id: Set(value.trial.0.clone()),
            customer_id: Set(value.customer.0.clone()),
            partner_id: Set(value.partner.0.clone()),
            distributor_id: Set(value.distributor.0.clone()),
            handed_at: Set(micros(value.handed_at)),
        };
        let conflict = OnConflict::column(conversion::Column::TrialId)
            .update_columns([conversion::Column::DistributorId, conversion::Column::HandedAt])
            .to_owned();
        conversion::Entity::insert(row)
            .on_conflict(conflict)
            .exec_without_returning(&self.on)
            .await?;
        Ok(())
    }

    /// It is done, or cannot be any more.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn end_conversion(&self, trial: &TrialId) -> Result<(), StoreError> {
        if self.batch.is_some() {
            return Err(beyond());
        }
        conversion::Entity::delete_by_id(trial.0.clone()).exec(&self.on).await?;
        Ok(())
    }
}

fn read(row: conversion::Model) -> Result<Conversion, StoreError> {
    Ok(Conversion {
        trial: TrialId(row.trial_id),
        customer: OrgId(row.customer_id),
        partner: OrgId(row.partner_id),
        distributor: OrgId(row.distributor_id),
        handed_at: instant(row.handed_at)?,
    })
}
