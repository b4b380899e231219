//! Orders (CONV): found by whom they concern.

use super::{Reads, Tx, Versioned, batch::beyond};
use crate::{
    StoreError,
    entity::purchase_order as order,
    time::{json, micros, parse},
};
use domain::{
    ids::{OrderId, OrgId, PersonId, TrialId},
    order::{Order, OrderState},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};

/// Whose orders.
#[derive(Clone, Debug)]
pub enum OrdersOf {
    /// All of them.
    Everybody,
    /// Of a company's customers, or placed by it.
    Company(OrgId),
    /// Those that a person is to set up.
    Contact(PersonId),
}

/// Which orders.
#[derive(Clone, Debug)]
pub struct OrderQuery {
    /// Whose.
    pub of: OrdersOf,
    /// `open`, `mapped`, `closed`.
    pub state: Option<String>,
    /// For which trial.
    pub trial: Option<TrialId>,
    /// For which customer.
    pub customer: Option<OrgId>,
    /// After this place in the list, the newest first: instant in microseconds, and id.
    pub after: Option<(i64, String)>,
    /// At most so many.
    pub limit: u64,
}

impl OrderQuery {
    fn condition(&self) -> Condition {
        let all = match &self.of {
            OrdersOf::Everybody => Condition::all(),
            OrdersOf::Company(id) => Condition::all().add(
                Condition::any()
                    .add(order::Column::PartnerId.eq(id.as_str()))
                    .add(order::Column::OrderedBy.eq(id.as_str())),
            ),
            OrdersOf::Contact(id) => Condition::all().add(order::Column::ContactId.eq(id.as_str())),
        };
        let after = |(at, id): &(i64, String)| {
            Condition::any().add(order::Column::PlacedAt.lt(*at)).add(
                Condition::all()
                    .add(order::Column::PlacedAt.eq(*at))
                    .add(order::Column::Id.gt(id.as_str())),
            )
        };
        all.add_option(self.state.as_ref().map(|state| order::Column::State.eq(state.as_str())))
            .add_option(self.trial.as_ref().map(|id| order::Column::TrialId.eq(id.as_str())))
            .add_option(
                self.customer
                    .as_ref()
                    .map(|id| order::Column::CustomerId.eq(id.as_str())),
            )
            .add_option(self.after.as_ref().map(after))
    }
}

impl Reads<'_> {
    /// An order.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn order(&self, id: &OrderId) -> Result<Option<Versioned<Order>>, StoreError> {
        let found = order::Entity::find_by_id(id.as_str()).one(&self.on).await?;
        found.map(read).transpose()
    }

    /// A page of orders, the newest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn orders(&self, query: &OrderQuery) -> Result<Vec<Versioned<Order>>, StoreError> {
        let rows = order::Entity::find()
            .filter(query.condition())
            .order_by_desc(order::Column::PlacedAt)
            .order_by_asc(order::Column::Id)
            .limit(query.limit);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// Orders that are being mapped to something in another region.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn orders_in_between(&self) -> Result<Vec<Versioned<Order>>, StoreError> {
        let rows = order::Entity::find()
            .filter(order::Column::Mapping.eq(true))
            .order_by_asc(order::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Writes a new one.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_order(&self, value: &Order) -> Result<(), StoreError> {
        let row = order::ActiveModel {
            id: Set(value.id.0.clone()),
            trial_id: Set(value.trial.as_ref().map(|id| id.0.clone())),
            customer_id: Set(customer(value).map(|id| id.0.clone())),
            partner_id: Set(value.partner.0.clone()),
            ordered_by: Set(value.ordered_by.0.clone()),
            contact_id: Set(value.contact.person.0.clone()),
            state: Set(value.state.as_str().to_owned()),
            mapping: Set(is_in_between(value)),
            placed_at: Set(micros(value.placed_at)),
            version: Set(1),
            body: Set(json(value)?),
        };
        order::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// Writes a changed one.
    ///
    /// # Errors
    /// `Conflict` when it was changed meanwhile.
    pub async fn put_order(&self, changed: &Versioned<Order>) -> Result<(), StoreError> {
        if self.batch.is_some() {
            return Err(beyond());
        }
        let value = &changed.value;
        let customer = customer(value).map(|id| id.0.clone());
        let done = order::Entity::update_many()
            .col_expr(order::Column::CustomerId, Expr::value(customer))
            .col_expr(order::Column::ContactId, Expr::value(value.contact.person.as_str()))
            .col_expr(order::Column::State, Expr::value(value.state.as_str()))
            .col_expr(order::Column::Mapping, Expr::value(is_in_between(value)))
            .col_expr(order::Column::Version, Expr::col(order::Column::Version).add(1))
            .col_expr(order::Column::Body, Expr::value(json(value)?))
            .filter(order::Column::Id.eq(value.id.as_str()))
            .filter(order::Column::Version.eq(changed.version))
            .exec(&self.on)
            .await?;
        if done.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }
}

fn is_in_between(value: &Order) -> bool {
    matches!(value.state, OrderState::Mapping { .. })
}

/// Whose it is, as far as is known.
fn customer(value: &Order) -> Option<&OrgId> {
    match &value.state {
        OrderState::Mapped { to, .. } => Some(&to.customer),
        OrderState::Open | OrderState::Mapping { .. } | OrderState::Closed { .. } => value.customer.as_ref(),
    }
}

fn read(row: order::Model) -> Result<Versioned<Order>, StoreError> {
    Ok(Versioned {
        value: parse(&row.body, "an order")?,
        version: row.version,
    })
}
