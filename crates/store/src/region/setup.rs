//! First-time set-up (SETUP-1): what was entered, and what of it goes with the customer.

use super::{Reads, Tx, Versioned};
use crate::{
    StoreError,
    entity::{location, number_order, setup, trial},
    time::{json, parse},
};
use domain::{ids::OrgId, setup::Setup};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    sea_query::{Expr, ExprTrait as _},
};

impl Reads<'_> {
    /// A customer's set-up; version 0 where nothing was entered yet.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn setup(&self, customer: &OrgId) -> Result<Versioned<Setup>, StoreError> {
        let found = setup::Entity::find_by_id(customer.as_str()).one(&self.on).await?;
        Ok(match found {
            Some(row) => Versioned {
                value: parse(&row.body, "a set-up")?,
                version: row.version,
            },
            None => Versioned {
                value: Setup::default(),
                version: 0,
            },
        })
    }
}

impl Tx {
    /// Writes a customer's set-up, the first (version 0) or a changed one.
    ///
    /// # Errors
    /// `Conflict` or `Taken` when the version is another by now.
    pub async fn put_setup(&self, customer: &OrgId, changed: &Versioned<Setup>) -> Result<(), StoreError> {
        if changed.version == 0 {
            let row = setup::ActiveModel {
                customer_id: Set(customer.0.clone()),
                version: Set(1),
                body: Set(json(&changed.value)?),
            };
            setup::Entity::insert(row).exec_without_returning(&self.on).await?;
            return Ok(());
        }
        let done = setup::Entity::update_many()
            .col_expr(setup::Column::Version, Expr::col(setup::Column::Version).add(1))
            .col_expr(setup::Column::Body, Expr::value(json(&changed.value)?))
            .filter(setup::Column::CustomerId.eq(customer.as_str()))
            .filter(setup::Column::Version.eq(changed.version))
            .exec(&self.on)
            .await?;
        match done.rows_affected {
            1 => Ok(()),
            _ => Err(StoreError::Conflict),
        }
    }

    /// Lists find a customer's trials by its folded name.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn call_trials(&self, customer: &OrgId, key: &str) -> Result<(), StoreError> {
        trial::Entity::update_many()
            .col_expr(trial::Column::CustomerKey, Expr::value(key))
            .filter(trial::Column::CustomerId.eq(customer.as_str()))
            .exec(&self.on)
            .await?;
        Ok(())
    }

    /// EXP-4, EXP-9: profile, locations and orders go with the organization. Its numbers stay until their rest is over
    /// (EXP-5): they hold nothing personal.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_setup(&self, customer: &OrgId) -> Result<(), StoreError> {
        let id = customer.as_str();
        setup::Entity::delete_by_id(id).exec(&self.on).await?;
        let locations = location::Entity::delete_many().filter(location::Column::CustomerId.eq(id));
        locations.exec(&self.on).await?;
        let orders = number_order::Entity::delete_many().filter(number_order::Column::CustomerId.eq(id));
        orders.exec(&self.on).await?;
        Ok(())
    }
}
