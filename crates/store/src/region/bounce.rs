//! NOTE-4: addresses that take no email, until they take one again or are others.

use super::Region;
use crate::{StoreError, entity::person, time::micros};
use domain::ids::PersonId;
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    sea_query::{CaseStatement, Expr},
};

impl Region {
    /// These people's addresses take no email since then; or, without an instant, they take it again. Whoever has another
    /// address by now stays as he is, and what is known already keeps its instant.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn mark_addresses(
        &self,
        people: &[(PersonId, String)],
        bounced_at: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let ids = people.iter().map(|(id, _)| id.as_str());
        let other = match bounced_at {
            Some(_) => person::Column::BouncedAt.is_null(),
            None => person::Column::BouncedAt.is_not_null(),
        };
        // Nothing to change is the common case, and needs no writer.
        let rows = person::Entity::find()
            .filter(person::Column::Id.is_in(ids))
            .filter(other)
            .all(&self.db.read)
            .await?;
        if rows.is_empty() {
            return Ok(());
        }
        let tx = self.begin().await?;
        for (id, address) in people {
            if rows.iter().any(|row| row.id == id.as_str()) {
                person::Entity::update_many()
                    .col_expr(person::Column::BouncedAt, Expr::value(bounced_at.map(micros)))
                    .filter(person::Column::Id.eq(id.as_str()))
                    .filter(person::Column::EmailKey.eq(address.to_ascii_lowercase()))
                    .exec(&tx.on)
                    .await?;
            }
        }
        tx.commit().await
    }
}

/// What is known of an address stays with it, and goes with it.
pub(super) fn unless_another(email_key: &str) -> Expr {
    let same = CaseStatement::new().case(
        person::Column::EmailKey.eq(email_key),
        Expr::col(person::Column::BouncedAt),
    );
    same.finally(Expr::value(Option::<i64>::None)).into()
}
