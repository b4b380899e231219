//! What one company asked of another about a customer: access for its help desk (ORG-3), a move to another partner
//! (ORG-11).

use super::{Reads, Tx, Versioned};
use crate::{
    StoreError,
    entity::asked,
    time::{json, micros, parse},
};
use domain::{
    access_request::AccessRequest,
    handover::Handover,
    ids::{AccessRequestId, HandoverId, OrgId},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::{Expr, ExprTrait as _},
};
use serde::{Serialize, de::DeserializeOwned};

/// Something that was asked.
pub trait Asked: Serialize + DeserializeOwned + Clone + Send + Sync {
    /// Its id.
    type Id: AsRef<str> + Send + Sync;
    /// How it is called in the store.
    const KIND: &'static str;
    /// Its id.
    fn id(&self) -> &Self::Id;
    /// About whom.
    fn customer(&self) -> &OrgId;
    /// The partner that asks, or takes.
    fn partner(&self) -> &OrgId;
    /// The partner that gives.
    fn from(&self) -> Option<&OrgId>;
    /// When.
    fn requested_at(&self) -> Timestamp;
}

impl Asked for AccessRequest {
    type Id = AccessRequestId;
    const KIND: &'static str = "access";
    fn id(&self) -> &AccessRequestId {
        &self.id
    }
    fn customer(&self) -> &OrgId {
        &self.customer
    }
    fn partner(&self) -> &OrgId {
        &self.partner
    }
    fn from(&self) -> Option<&OrgId> {
        None
    }
    fn requested_at(&self) -> Timestamp {
        self.requested_at
    }
}

impl Asked for Handover {
    type Id = HandoverId;
    const KIND: &'static str = "handover";
    fn id(&self) -> &HandoverId {
        &self.id
    }
    fn customer(&self) -> &OrgId {
        &self.customer
    }
    fn partner(&self) -> &OrgId {
        &self.to
    }
    fn from(&self) -> Option<&OrgId> {
        Some(&self.from)
    }
    fn requested_at(&self) -> Timestamp {
        self.requested_at
    }
}

/// Of whom what was asked is looked for.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    /// About a customer.
    Customer(&'a OrgId),
    /// By a partner, to it, or about what it gives.
    Partner(&'a OrgId),
    /// All that there is.
    Everybody,
}

impl Reads<'_> {
    /// One of them.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn asked<T: Asked>(&self, id: &T::Id) -> Result<Option<Versioned<T>>, StoreError> {
        let row = asked::Entity::find_by_id(id.as_ref())
            .filter(asked::Column::Kind.eq(T::KIND))
            .one(&self.on)
            .await?;
        row.map(read).transpose()
    }

    /// All of somebody, the newest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn asked_of<T: Asked>(&self, of: Of<'_>) -> Result<Vec<Versioned<T>>, StoreError> {
        let whose = match of {
            Of::Customer(id) => Condition::all().add(asked::Column::CustomerId.eq(id.as_str())),
            Of::Partner(id) => Condition::any()
                .add(asked::Column::PartnerId.eq(id.as_str()))
                .add(asked::Column::FromId.eq(id.as_str())),
            Of::Everybody => Condition::all(),
        };
        let rows = asked::Entity::find()
            .filter(asked::Column::Kind.eq(T::KIND))
            .filter(whose)
            .order_by_desc(asked::Column::RequestedAt)
            .order_by_desc(asked::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Writes a new one.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_asked<T: Asked>(&self, value: &T) -> Result<(), StoreError> {
        let row = asked::ActiveModel {
            id: Set(value.id().as_ref().to_owned()),
            kind: Set(T::KIND.to_owned()),
            customer_id: Set(value.customer().0.clone()),
            partner_id: Set(value.partner().0.clone()),
            from_id: Set(value.from().map(|id| id.0.clone())),
            requested_at: Set(micros(value.requested_at())),
            version: Set(1),
            body: Set(json(value)?),
        };
        asked::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// Writes a changed one.
    ///
    /// # Errors
    /// `Conflict` when its version is another by now.
    pub async fn put_asked<T: Asked>(&self, changed: &Versioned<T>) -> Result<(), StoreError> {
        let done = asked::Entity::update_many()
            .col_expr(asked::Column::Version, Expr::col(asked::Column::Version).add(1))
            .col_expr(asked::Column::Body, Expr::value(json(&changed.value)?))
            .filter(asked::Column::Id.eq(changed.value.id().as_ref()))
            .filter(asked::Column::Version.eq(changed.version))
            .exec(&self.on)
            .await?;
        if done.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }

    /// ORG-3: a partner's requests for access to a customer, and what was granted.
    pub(super) async fn forget_access_requests(&self, customer: &OrgId, partner: &OrgId) -> Result<(), StoreError> {
        let theirs = asked::Entity::delete_many()
            .filter(asked::Column::Kind.eq(AccessRequest::KIND))
            .filter(asked::Column::CustomerId.eq(customer.as_str()))
            .filter(asked::Column::PartnerId.eq(partner.as_str()));
        theirs.exec(&self.on).await?;
        Ok(())
    }

    /// EXP-9: what was asked about a customer that is gone, with the words in it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_asked(&self, customer: &OrgId) -> Result<(), StoreError> {
        let theirs = asked::Entity::delete_many().filter(asked::Column::CustomerId.eq(customer.as_str()));
        theirs.exec(&self.on).await?;
        Ok(())
    }
}

fn read<T: Asked>(row: asked::Model) -> Result<Versioned<T>, StoreError> {
    Ok(Versioned {
        value: parse(&row.body, "what was asked")?,
        version: row.version,
    })
}
