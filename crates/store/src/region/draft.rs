//! START-10: half-filled starts, in the region of the customer that they speak of.

use super::{Reads, Region, Tx};
use crate::{
    StoreError,
    entity::draft,
    time::{instant, json, micros, parse},
};
use domain::{
    draft::Draft,
    ids::{DraftId, OrgId, PersonId},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::Expr,
};

/// A draft as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRecord {
    /// Its id.
    pub id: DraftId,
    /// Whose it is, and nobody else's.
    pub author: PersonId,
    /// The own customer of whom it speaks.
    pub customer: Option<OrgId>,
    /// By which visit of its author it was written last.
    pub writer: String,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was written last.
    pub updated_at: Timestamp,
    /// Counts up with every change.
    pub version: i64,
    /// What it says.
    pub draft: Draft,
}

impl Reads<'_> {
    /// A draft.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn draft(&self, id: &DraftId) -> Result<Option<DraftRecord>, StoreError> {
        let found = draft::Entity::find_by_id(id.as_str()).one(&self.on).await?;
        found.map(read).transpose()
    }

    /// All drafts of an author, the one that was written last first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn drafts_of(&self, author: &PersonId) -> Result<Vec<DraftRecord>, StoreError> {
        let rows = draft::Entity::find()
            .filter(draft::Column::AuthorId.eq(author.as_str()))
            .order_by_desc(draft::Column::UpdatedAt)
            .order_by_desc(draft::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// How many an author keeps.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_drafts(&self, author: &PersonId) -> Result<u64, StoreError> {
        let rows = draft::Entity::find().filter(draft::Column::AuthorId.eq(author.as_str()));
        Ok(rows.count(&self.on).await?)
    }
}

impl Tx {
    /// Writes a new draft.
    ///
    /// # Errors
    /// `Taken`, `Unavailable`.
    pub async fn add_draft(&self, value: &DraftRecord) -> Result<(), StoreError> {
        let row = draft::ActiveModel {
            id: Set(value.id.0.clone()),
            author_id: Set(value.author.0.clone()),
            customer_id: Set(value.customer.as_ref().map(|id| id.0.clone())),
            writer: Set(value.writer.clone()),
            created_at: Set(micros(value.created_at)),
            updated_at: Set(micros(value.updated_at)),
            version: Set(value.version),
            body: Set(json(&value.draft)?),
        };
        draft::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// Writes what became of the draft whose version was one less.
    ///
    /// # Errors
    /// `Conflict` when it was changed meanwhile.
    pub async fn put_draft(&self, value: &DraftRecord) -> Result<(), StoreError> {
        let done = draft::Entity::update_many()
            .col_expr(
                draft::Column::CustomerId,
                Expr::value(value.customer.as_ref().map(|id| id.0.clone())),
            )
            .col_expr(draft::Column::Writer, Expr::value(value.writer.as_str()))
            .col_expr(draft::Column::UpdatedAt, Expr::value(micros(value.updated_at)))
            .col_expr(draft::Column::Version, Expr::value(value.version))
            .col_expr(draft::Column::Body, Expr::value(json(&value.draft)?))
            .filter(draft::Column::Id.eq(value.id.as_str()))
            .filter(draft::Column::AuthorId.eq(value.author.as_str()))
            .filter(draft::Column::Version.eq(value.version - 1))
            .exec(&self.on)
            .await?;
        if done.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }

    /// Drops a draft of that author, of that version where one is named; whether it was there.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn drop_draft(&self, id: &DraftId, author: &PersonId, version: Option<i64>) -> Result<bool, StoreError> {
        let mut rows = draft::Entity::delete_many()
            .filter(draft::Column::Id.eq(id.as_str()))
            .filter(draft::Column::AuthorId.eq(author.as_str()));
        if let Some(version) = version {
            rows = rows.filter(draft::Column::Version.eq(version));
        }
        Ok(rows.exec(&self.on).await?.rows_affected == 1)
    }

    /// Erases the drafts that speak of a customer (EXP-9).
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_drafts(&self, customer: &OrgId) -> Result<(), StoreError> {
        let theirs = draft::Entity::delete_many().filter(draft::Column::CustomerId.eq(customer.as_str()));
        theirs.exec(&self.on).await?;
        Ok(())
    }
}

impl Region {
    /// Erases all drafts of somebody who leaves.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_drafts_of(&self, author: &PersonId) -> Result<u64, StoreError> {
        let theirs = draft::Entity::delete_many().filter(draft::Column::AuthorId.eq(author.as_str()));
        Ok(theirs.exec(&self.db.write).await?.rows_affected)
    }

    /// Forgets what nobody has touched since an instant.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn forget_drafts(&self, before: Timestamp) -> Result<u64, StoreError> {
        let old = draft::Entity::delete_many().filter(draft::Column::UpdatedAt.lt(micros(before)));
        Ok(old.exec(&self.db.write).await?.rows_affected)
    }
}

fn read(row: draft::Model) -> Result<DraftRecord, StoreError> {
    Ok(DraftRecord {
        id: DraftId(row.id),
        author: PersonId(row.author_id),
        customer: row.customer_id.map(OrgId),
        writer: row.writer,
        created_at: instant(row.created_at)?,
        updated_at: instant(row.updated_at)?,
        version: row.version,
        draft: parse(&row.body, "a draft")?,
    })
}
