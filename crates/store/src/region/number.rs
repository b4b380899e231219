//! Phone numbers of customers, and the orders by which some of them came (SETUP-2, EXP-5). That a number is nobody
//! else's in another region is the directory's to say.

use super::{Reads, Tx, batch::Rows};
use crate::{
    StoreError,
    entity::{hold, location, number, number_order},
    time::{instant, micros},
};
use domain::ids::{LocationId, NumberId, NumberOrderId, OrgId, TrialId};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, sea_query::Expr,
};

/// A phone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its id.
    pub id: NumberId,
    /// Whose.
    pub customer: OrgId,
    /// Where it rings.
    pub location: LocationId,
    /// In E.164.
    pub number: String,
    /// The order by which it came; none for one that was entered.
    pub order: Option<NumberOrderId>,
    /// Since when.
    pub added_at: Timestamp,
    /// EXP-5: taken away from its location, it is nobody else's before this instant.
    pub rests_until: Option<Timestamp>,
}

/// SETUP-2: an order with a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberOrder {
    /// Its id.
    pub id: NumberOrderId,
    /// For whom.
    pub customer: OrgId,
    /// The trial on whose limit it counts.
    pub trial: TrialId,
    /// Where the numbers ring.
    pub location: LocationId,
    /// By the program's id.
    pub provider: String,
    /// How many.
    pub quantity: u32,
    /// When.
    pub at: Timestamp,
}

impl Reads<'_> {
    /// A customer's numbers, those that rest included, in their order.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn numbers(&self, customer: &OrgId) -> Result<Vec<Number>, StoreError> {
        if let Some(found) = self.batched(customer, Rows::no_calling)? {
            return Ok(found);
        }
        let rows = number::Entity::find()
            .filter(number::Column::CustomerId.eq(customer.as_str()))
            .order_by_asc(number::Column::Number);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// How many of a customer's numbers are in use.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_numbers(&self, customer: &OrgId) -> Result<u64, StoreError> {
        let rows = number::Entity::find()
            .filter(number::Column::CustomerId.eq(customer.as_str()))
            .filter(number::Column::RestsUntil.is_null());
        Ok(rows.count(&self.on).await?)
    }

    /// How many of a customer's numbers are in use at these locations.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_numbers_at(&self, customer: &OrgId, locations: &[&LocationId]) -> Result<u64, StoreError> {
        let mut count = 0;
        for part in locations.chunks(500) {
            let rows = number::Entity::find()
                .filter(number::Column::CustomerId.eq(customer.as_str()))
                .filter(number::Column::LocationId.is_in(part.iter().map(|id| id.as_str())))
                .filter(number::Column::RestsUntil.is_null());
            count += rows.count(&self.on).await?;
        }
        Ok(count)
    }

    /// Numbers that were taken away and whose rest is over, of customers that nobody holds (EXP-9).
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn rested_numbers(&self, now: Timestamp, limit: u64) -> Result<Vec<Number>, StoreError> {
        let held = hold::Entity::find()
            .select_only()
            .column(hold::Column::CustomerId)
            .filter(hold::Column::LiftedAt.is_null())
            .into_query();
        let rows = number::Entity::find()
            .filter(number::Column::RestsUntil.lte(micros(now)))
            .filter(number::Column::CustomerId.not_in_subquery(held))
            .order_by_asc(number::Column::Id)
            .limit(limit);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// A customer's orders, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn number_orders(&self, customer: &OrgId) -> Result<Vec<NumberOrder>, StoreError> {
        let rows = number_order::Entity::find()
            .filter(number_order::Column::CustomerId.eq(customer.as_str()))
            .order_by_asc(number_order::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read_order).collect()
    }

    /// SETUP-2: how many numbers were ordered in a trial.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn ordered_numbers(&self, trial: &TrialId) -> Result<u32, StoreError> {
        let rows = number_order::Entity::find().filter(number_order::Column::TrialId.eq(trial.as_str()));
        let quantities = rows.all(&self.on).await?.into_iter().map(|row| row.quantity);
        Ok(quantities.filter_map(|quantity| u32::try_from(quantity).ok()).sum())
    }
}

impl Tx {
    /// Writes numbers, all or none.
    ///
    /// # Errors
    /// `Taken` when one of them is somebody's in this region.
    pub async fn add_numbers(&self, values: &[Number]) -> Result<(), StoreError> {
        let rows = values.iter().map(|value| number::Model {
            id: value.id.0.clone(),
            customer_id: value.customer.0.clone(),
            location_id: value.location.0.clone(),
            number: value.number.clone(),
            order_id: value.order.as_ref().map(|order| order.0.clone()),
            added_at: micros(value.added_at),
            rests_until: value.rests_until.map(micros),
        });
        let rows: Vec<_> = rows.map(|row| row.into_active_model().reset_all()).collect();
        for part in rows.chunks(500) {
            number::Entity::insert_many(part.to_vec())
                .exec_without_returning(&self.on)
                .await?;
        }
        Ok(())
    }

    /// EXP-5: a number is taken away and rests until an instant; none puts it back, at a location.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn rest_number(
        &self,
        id: &NumberId,
        location: &LocationId,
        until: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        number::Entity::update_many()
            .col_expr(number::Column::RestsUntil, Expr::value(until.map(micros)))
            .col_expr(number::Column::LocationId, Expr::value(location.as_str()))
            .filter(number::Column::Id.eq(id.as_str()))
            .exec(&self.on)
            .await?;
        Ok(())
    }

    /// Removes numbers whose rest is over.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn drop_numbers(&self, ids: &[NumberId]) -> Result<(), StoreError> {
        for part in ids.chunks(500) {
            number::Entity::delete_many()
                .filter(number::Column::Id.is_in(part.iter().map(NumberId::as_str)))
                .exec(&self.on)
                .await?;
        }
        Ok(())
    }

    /// EXP-5: with its last numbers a customer's calling goes: locations and orders.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn drop_calling(&self, customer: &OrgId) -> Result<(), StoreError> {
        let id = customer.as_str();
        let locations = location::Entity::delete_many().filter(location::Column::CustomerId.eq(id));
        locations.exec(&self.on).await?;
        let orders = number_order::Entity::delete_many().filter(number_order::Column::CustomerId.eq(id));
        orders.exec(&self.on).await?;
        Ok(())
    }

    /// Writes an order.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_number_order(&self, value: &NumberOrder) -> Result<(), StoreError> {
        let row = number_order::ActiveModel {
            id: Set(value.id.0.clone()),
            customer_id: Set(value.customer.0.clone()),
            trial_id: Set(value.trial.0.clone()),
            location_id: Set(value.location.0.clone()),
            provider: Set(value.provider.clone()),
            quantity: Set(i32::try_from(value.quantity).unwrap_or(i32::MAX)),
            ordered_at: Set(micros(value.at)),
        };
        number_order::Entity::insert(row)
            .exec_without_returning(&self.on)
            .await?;
        Ok(())
    }
}

fn read(row: number::Model) -> Result<Number, StoreError> {
    Ok(Number {
        id: NumberId(row.id),
        customer: OrgId(row.customer_id),
        location: LocationId(row.location_id),
        number: row.number,
        order: row.order_id.map(NumberOrderId),
        added_at: instant(row.added_at)?,
        rests_until: row.rests_until.map(instant).transpose()?,
    })
}

fn read_order(row: number_order::Model) -> Result<NumberOrder, StoreError> {
    Ok(NumberOrder {
        id: NumberOrderId(row.id),
        customer: OrgId(row.customer_id),
        trial: TrialId(row.trial_id),
        location: LocationId(row.location_id),
        provider: row.provider,
        quantity: u32::try_from(row.quantity).unwrap_or_default(),
        at: instant(row.ordered_at)?,
    })
}
