//! EXP-9: what the vendor holds back.

use super::{Reads, Tx};
use crate::{
    StoreError,
    entity::hold,
    time::{instant, micros},
};
use domain::ids::{HoldId, OrgId, PersonId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::{Expr, ExprTrait as _},
};

/// A hold on a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// On whom.
    pub customer: OrgId,
    /// Why; the vendor's words.
    pub reason: String,
    /// By whom.
    pub placed_by: PersonId,
    /// When.
    pub placed_at: Timestamp,
    /// When it ended.
    pub lifted_at: Option<Timestamp>,
    /// Counts up with every change.
    pub version: i64,
}

impl Reads<'_> {
    /// A hold.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn hold(&self, id: &HoldId) -> Result<Option<Hold>, StoreError> {
        hold::Entity::find_by_id(id.as_str())
            .one(&self.on)
            .await?
            .map(read)
            .transpose()
    }

    /// Holds in force on a customer.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn holds_on(&self, customer: &OrgId) -> Result<Vec<Hold>, StoreError> {
        let rows = hold::Entity::find()
            .filter(hold::Column::CustomerId.eq(customer.as_str()))
            .filter(hold::Column::LiftedAt.is_null())
            .order_by_asc(hold::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// Holds in force on several customers.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn holds_on_many(&self, customers: &[OrgId]) -> Result<Vec<Hold>, StoreError> {
        let rows = hold::Entity::find()
            .filter(hold::Column::CustomerId.is_in(customers.iter().map(OrgId::as_str)))
            .filter(hold::Column::LiftedAt.is_null())
            .order_by_asc(hold::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// All holds of a region, those in force first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn holds(&self) -> Result<Vec<Hold>, StoreError> {
        let rows = hold::Entity::find()
            .order_by_asc(hold::Column::LiftedAt.is_not_null())
            .order_by_asc(hold::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// Whether anything of a customer is held.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn is_held(&self, customer: &OrgId) -> Result<bool, StoreError> {
        if let Some(held) = self.batched(customer, |rows| Ok(rows.held))? {
            return Ok(held);
        }
        let rows = hold::Entity::find()
            .filter(hold::Column::CustomerId.eq(customer.as_str()))
            .filter(hold::Column::LiftedAt.is_null());
        Ok(rows.count(&self.on).await? > 0)
    }
}

impl Tx {
    /// EXP-9: that somebody was held stays on record; why may name him.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_holds(&self, customer: &OrgId) -> Result<(), StoreError> {
        hold::Entity::update_many()
            .col_expr(hold::Column::Reason, Expr::value(""))
            .filter(hold::Column::CustomerId.eq(customer.as_str()))
            .exec(&self.on)
            .await?;
        Ok(())
    }

    /// Places a hold.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_hold(&self, value: &Hold) -> Result<(), StoreError> {
        let row = hold::ActiveModel {
            id: Set(value.id.0.clone()),
            customer_id: Set(value.customer.0.clone()),
            reason: Set(value.reason.clone()),
            placed_by: Set(value.placed_by.0.clone()),
            placed_at: Set(micros(value.placed_at)),
            lifted_at: Set(None),
            version: Set(1),
        };
        hold::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// Lifts a hold.
    ///
    /// # Errors
    /// `Conflict` when it was changed meanwhile.
    pub async fn lift_hold(&self, value: &Hold, at: Timestamp) -> Result<(), StoreError> {
        let done = hold::Entity::update_many()
            .col_expr(hold::Column::LiftedAt, Expr::value(micros(at)))
            .col_expr(hold::Column::Version, Expr::col(hold::Column::Version).add(1))
            .filter(hold::Column::Id.eq(value.id.as_str()))
            .filter(hold::Column::Version.eq(value.version))
            .filter(hold::Column::LiftedAt.is_null())
            .exec(&self.on)
            .await?;
        if done.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }
}

fn read(row: hold::Model) -> Result<Hold, StoreError> {
    Ok(Hold {
        id: HoldId(row.id),
        customer: OrgId(row.customer_id),
        reason: row.reason,
        placed_by: PersonId(row.placed_by),
        placed_at: instant(row.placed_at)?,
        lifted_at: row.lifted_at.map(instant).transpose()?,
        version: row.version,
    })
}
