//! Places of a partner's allowance that are being taken (ELIG-5). What is taken already is counted in the regions, and
//! is nobody's to rebuild here; this holds only what is on its way there, so that of many who want the last place,
//! wherever their customers live, exactly one gets it.

use super::Directory;
use crate::{StoreError, entity::admission, entity::allowance, time::instant, time::micros};
use domain::ids::OrgId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, OnConflict},
};

/// A place on its way to its region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Its id.
    pub id: String,
    /// Whose allowance.
    pub partner: OrgId,
    /// Where it will arrive.
    pub region: String,
    /// Whether it is one of the month, too.
    pub of_month: bool,
    /// Who takes it.
    pub holder: String,
    /// Real time; then it may be declared void where it has not arrived.
    pub until: Timestamp,
}

impl Directory {
    /// How often places were taken of an allowance so far, and what is on its way.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn admissions(&self, partner: &OrgId) -> Result<(i64, Vec<Admission>), StoreError> {
        // The version first: what is taken after it was read makes the taking fail.
        let version = allowance::Entity::find_by_id(partner.as_str())
            .one(&self.db.read)
            .await?;
        let rows = admission::Entity::find()
            .filter(admission::Column::PartnerId.eq(partner.as_str()))
            .all(&self.db.read)
            .await?;
        let found: Result<_, _> = rows.into_iter().map(read).collect();
        Ok((version.map_or(0, |row| row.version), found?))
    }

    /// Takes a place, if nobody has taken one since; whether it did.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn admit(&self, wanted: &Admission, version: i64) -> Result<bool, StoreError> {
        let tx = self.db.begin().await?;
        let first = allowance::ActiveModel {
            partner_id: Set(wanted.partner.0.clone()),
            version: Set(0),
        };
        let there = OnConflict::column(allowance::Column::PartnerId).do_nothing().to_owned();
        allowance::Entity::insert(first)
            .on_conflict(there)
            .exec_without_returning(&tx)
            .await?;
        let mine = allowance::Entity::update_many()
            .col_expr(allowance::Column::Version, Expr::value(version + 1))
            .filter(allowance::Column::PartnerId.eq(wanted.partner.as_str()))
            .filter(allowance::Column::Version.eq(version))
            .exec(&tx)
            .await?;
        if mine.rows_affected != 1 {
            tx.rollback().await?;
            return Ok(false);
        }
        let row = admission::ActiveModel {
            id: Set(wanted.id.clone()),
            partner_id: Set(wanted.partner.0.clone()),
            region: Set(wanted.region.clone()),
            of_month: Set(wanted.of_month),
            holder: Set(wanted.holder.clone()),
            until: Set(micros(wanted.until)),
        };
        admission::Entity::insert(row).exec_without_returning(&tx).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Forgets a place that arrived, or never will.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn drop_admission(&self, id: &str) -> Result<(), StoreError> {
        admission::Entity::delete_by_id(id).exec(&self.db.write).await?;
        Ok(())
    }

    /// Places whose time is over.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn stale_admissions(&self, real_now: Timestamp, limit: u64) -> Result<Vec<Admission>, StoreError> {
        let rows = admission::Entity::find()
            .filter(admission::Column::Until.lte(micros(real_now)))
            .limit(limit);
        rows.all(&self.db.read).await?.into_iter().map(read).collect()
    }
}

fn read(row: admission::Model) -> Result<Admission, StoreError> {
    Ok(Admission {
        id: row.id,
        partner: OrgId(row.partner_id),
        region: row.region,
        of_month: row.of_month,
        holder: row.holder,
        until: instant(row.until)?,
    })
}
