//! Organizations of a region.

use super::{
    Reads, Tx,
    batch::Rows,
    page::{Page, page},
    trial::{like, sought},
};
use crate::{
    StoreError,
    entity::{chain, organization},
    time::{json, parse},
};
use domain::{ids::OrgId, organization::Organization, text::fold};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, LockType},
};

/// Something with the version under which it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned<T> {
    /// The thing.
    pub value: T,
    /// Counts up with every change.
    pub version: i64,
}

impl Reads<'_> {
    /// An organization.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn organization(&self, id: &OrgId) -> Result<Option<Versioned<Organization>>, StoreError> {
        if let Some(found) = self.batched(id, |rows| Ok(rows.organization.clone()))? {
            return found.map(read).transpose();
        }
        let row = organization::Entity::find_by_id(id.as_str()).one(&self.on).await?;
        row.map(read).transpose()
    }

    /// Several of them; those that are not here are left out.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn organizations(&self, ids: &[OrgId]) -> Result<Vec<Organization>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let wanted = ids.iter().map(OrgId::as_str);
        let rows = organization::Entity::find()
            .filter(organization::Column::Id.is_in(wanted))
            .all(&self.on)
            .await?;
        rows.into_iter().map(|row| read(row).map(|found| found.value)).collect()
    }

    /// EXP-9: closed organizations whose personal texts are still there.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn closed_organizations(&self, limit: u64) -> Result<Vec<Versioned<Organization>>, StoreError> {
        let rows = organization::Entity::find()
            .filter(organization::Column::Closed.eq(true))
            .filter(organization::Column::NameKey.ne(""))
            .order_by_asc(organization::Column::Id)
            .limit(limit)
            .all(&self.on)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// A page of open customers by their folded names, each with the key after which the next page begins.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn customers_page(
        &self,
        q: Option<&str>,
        descending: bool,
        after: Option<(&str, &str)>,
        limit: u64,
    ) -> Result<Vec<(String, Versioned<Organization>)>, StoreError> {
        let mut rows = organization::Entity::find()
            .filter(organization::Column::Kind.eq("customer"))
            .filter(organization::Column::Closed.eq(false));
        if let Some(q) = q {
            rows = rows.filter(like(organization::Column::NameKey, &sought(q)));
        }
        let key = Expr::col(organization::Column::NameKey);
        let after = after.map(|(name, id)| (name.into(), id));
        let place = Page {
            descending,
            after,
            limit,
        };
        let rows = page(rows, key, organization::Column::Id, place).all(&self.on).await?;
        rows.into_iter()
            .map(|row| Ok((row.name_key.clone(), read(row)?)))
            .collect()
    }

    /// All organizations of a kind: `vendor` and `partner` are few.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn organizations_of_kind(&self, kind: &str) -> Result<Vec<Organization>, StoreError> {
        let rows = organization::Entity::find()
            .filter(organization::Column::Kind.eq(kind))
            .order_by_asc(organization::Column::Id)
            .all(&self.on)
            .await?;
        rows.into_iter().map(|row| read(row).map(|found| found.value)).collect()
    }
}

impl Tx {
    /// Holds an organization until the transaction ends: whatever changes it or its trials does this first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn lock(&self, id: &OrgId) -> Result<(), StoreError> {
        chain::Entity::find_by_id(id.as_str())
            .lock(LockType::Update)
            .one(&self.on)
            .await?;
        Ok(())
    }

    /// Writes a new organization.
    ///
    /// # Errors
    /// `Taken`, `Unavailable`.
    pub async fn add_organization(&self, value: &Organization) -> Result<(), StoreError> {
        let row = organization::ActiveModel {
            id: Set(value.id.0.clone()),
            kind: Set(value.kind_name().to_owned()),
            name_key: Set(fold(&value.name)),
            closed: Set(false),
            version: Set(1),
            body: Set(json(value)?),
        };
        organization::Entity::insert(row)
            .exec_without_returning(&self.on)
            .await?;
        let head = chain::ActiveModel {
            organization_id: Set(value.id.0.clone()),
            seq: Set(0),
            hash: Set(String::new()),
        };
        chain::Entity::insert(head).exec_without_returning(&self.on).await?;
        self.add_customer_key(&value.id).await
    }

    /// Writes a changed organization.
    ///
    /// # Errors
    /// `Conflict` when its version is another by now.
    pub async fn put_organization(&self, changed: &Versioned<Organization>) -> Result<(), StoreError> {
        let value = &changed.value;
        let closed = value.customer().is_some_and(|customer| customer.closed_on.is_some());
        let change = |rows: &mut Rows| {
            let row = rows.organization.as_mut().filter(|row| row.version == changed.version);
            let row = row.ok_or(StoreError::Conflict)?;
            row.name_key = fold(&value.name);
            row.closed = closed;
            row.version += 1;
            row.body = json(value)?;
            Ok(())
        };
        if self.batch(&value.id, change)?.is_some() {
            return Ok(());
        }
        let done = organization::Entity::update_many()
            .col_expr(organization::Column::NameKey, Expr::value(fold(&value.name)))
            .col_expr(organization::Column::Closed, Expr::value(closed))
            .col_expr(
                organization::Column::Version,
                Expr::col(organization::Column::Version).add(1),
            )
            .col_expr(organization::Column::Body, Expr::value(json(value)?))
            .filter(organization::Column::Id.eq(value.id.as_str()))
            .filter(organization::Column::Version.eq(changed.version))
            .exec(&self.on)
            .await?;
        if done.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }
}

fn read(row: organization::Model) -> Result<Versioned<Organization>, StoreError> {
    Ok(Versioned {
        value: parse(&row.body, "organization")?,
        version: row.version,
    })
}
