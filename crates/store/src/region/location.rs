//! Where customers call from (SETUP-1).

use super::{Reads, Tx, Versioned, batch::Rows};
use crate::{
    StoreError,
    entity::location,
    time::{json, parse},
};
use domain::{
    ids::{LocationId, OrgId},
    location::Location,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::{Expr, ExprTrait as _},
};

impl Reads<'_> {
    /// A customer's locations, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn locations(&self, customer: &OrgId) -> Result<Vec<Versioned<Location>>, StoreError> {
        if let Some(found) = self.batched(customer, Rows::no_calling)? {
            return Ok(found);
        }
        let rows = location::Entity::find()
            .filter(location::Column::CustomerId.eq(customer.as_str()))
            .order_by_asc(location::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// A location of a customer.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn location(&self, customer: &OrgId, id: &LocationId) -> Result<Option<Versioned<Location>>, StoreError> {
        let row = location::Entity::find_by_id(id.as_str()).filter(location::Column::CustomerId.eq(customer.as_str()));
        row.one(&self.on).await?.map(read).transpose()
    }
}

impl Tx {
    /// Writes a new location.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_location(&self, value: &Location) -> Result<(), StoreError> {
        let row = location::ActiveModel {
            id: Set(value.id.0.clone()),
            customer_id: Set(value.customer.0.clone()),
            version: Set(1),
            body: Set(json(value)?),
        };
        location::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// Writes a changed location.
    ///
    /// # Errors
    /// `Conflict` when its version is another by now.
    pub async fn put_location(&self, changed: &Versioned<Location>) -> Result<(), StoreError> {
        let done = location::Entity::update_many()
            .col_expr(location::Column::Version, Expr::col(location::Column::Version).add(1))
            .col_expr(location::Column::Body, Expr::value(json(&changed.value)?))
            .filter(location::Column::Id.eq(changed.value.id.as_str()))
            .filter(location::Column::Version.eq(changed.version))
            .exec(&self.on)
            .await?;
        match done.rows_affected {
            1 => Ok(()),
            _ => Err(StoreError::Conflict),
        }
    }

    /// Removes a location.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn drop_location(&self, id: &LocationId) -> Result<(), StoreError> {
        location::Entity::delete_by_id(id.as_str()).exec(&self.on).await?;
        Ok(())
    }
}

fn read(row: location::Model) -> Result<Versioned<Location>, StoreError> {
    Ok(Versioned {
        value: parse(&row.body, "a location")?,
        version: row.version,
    })
}
