//! Bearer tokens, by digest.

use super::{Reads, Tx, batch::Rows};
use crate::{
    StoreError,
    entity::{organization, person, token},
    time::{instant, micros, parse},
};
use domain::{
    ids::{OrgId, PersonId},
    organization::Organization,
    person::Person,
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _, QuerySelect as _,
    QueryTrait as _, sea_query::Expr,
};

/// What a token stands for. The token itself is shown once and not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// SHA-256 of the token.
    pub digest: String,
    /// Whose it is.
    pub person: PersonId,
    /// What its owner calls it.
    pub label: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends; real time.
    pub expires_at: Option<Timestamp>,
}

impl Reads<'_> {
    /// A token that has not ended.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn token(&self, digest: &str, real_now: Timestamp) -> Result<Option<Token>, StoreError> {
        let Some(row) = token::Entity::find_by_id(digest).one(&self.on).await? else {
            return Ok(None);
        };
        if row.revoked_at.is_some() || row.expires_at.is_some_and(|end| end <= micros(real_now)) {
            return Ok(None);
        }
        Ok(Some(Token {
            digest: row.digest,
            person: PersonId(row.person_id),
            label: row.label,
            created_at: instant(row.created_at)?,
            expires_at: row.expires_at.map(instant).transpose()?,
        }))
    }
}

impl Reads<'_> {
    /// Whose token it is, if it has not ended, and of which organization.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn bearer(
        &self,
        digest: &str,
        real_now: Timestamp,
    ) -> Result<Option<(Person, Organization)>, StoreError> {
        let whose = token::Entity::belongs_to(person::Entity)
            .from(token::Column::PersonId)
            .to(person::Column::Id);
        let of = person::Entity::belongs_to(organization::Entity)
            .from(person::Column::OrganizationId)
            .to(organization::Column::Id);
        let found: Option<(String, String)> = token::Entity::find_by_id(digest)
            .select_only()
            .column_as(person::Column::Body, "person")
            .column_as(organization::Column::Body, "organization")
            .join(JoinType::InnerJoin, whose.into())
            .join(JoinType::InnerJoin, of.into())
            .filter(token::Column::RevokedAt.is_null())
            .filter(
                Condition::any()
                    .add(token::Column::ExpiresAt.is_null())
                    .add(token::Column::ExpiresAt.gt(micros(real_now))),
            )
            .into_tuple()
            .one(&self.on)
            .await?;
        let read = |(person, organization): (String, String)| {
            Ok((parse(&person, "person")?, parse(&organization, "organization")?))
        };
        found.map(read).transpose()
    }
}

impl Tx {
    /// Writes a new token.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_token(&self, value: &Token) -> Result<(), StoreError> {
        let row = token::ActiveModel {
            digest: Set(value.digest.clone()),
            person_id: Set(value.person.0.clone()),
            label: Set(value.label.clone()),
            created_at: Set(micros(value.created_at)),
            expires_at: Set(value.expires_at.map(micros)),
            revoked_at: Set(None),
        };
        token::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// Ends all tokens of a person, or of that label alone.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn revoke_tokens(
        &self,
        person: &PersonId,
        label: Option<&str>,
        real_now: Timestamp,
    ) -> Result<u64, StoreError> {
        let mut ended = token::Entity::update_many()
            .col_expr(token::Column::RevokedAt, Expr::value(micros(real_now)))
            .filter(token::Column::PersonId.eq(person.as_str()))
            .filter(token::Column::RevokedAt.is_null());
        if let Some(label) = label {
            ended = ended.filter(token::Column::Label.eq(label));
        }
        Ok(ended.exec(&self.on).await?.rows_affected)
    }

    /// EXP-4: ends all tokens of everybody in an organization.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn revoke_all_tokens(&self, organization: &OrgId, real_now: Timestamp) -> Result<(), StoreError> {
        let batched = |rows: &mut Rows| {
            rows.revoked_at = Some(micros(real_now));
            Ok(())
        };
        if self.batch(organization, batched)?.is_some() {
            return Ok(());
        }
        let people = person::Entity::find()
            .select_only()
            .column(person::Column::Id)
            .filter(person::Column::OrganizationId.eq(organization.as_str()))
            .into_query();
        let ended = token::Entity::update_many()
            .col_expr(token::Column::RevokedAt, Expr::value(micros(real_now)))
            .filter(token::Column::PersonId.in_subquery(people))
            .filter(token::Column::RevokedAt.is_null());
        ended.exec(&self.on).await?;
        Ok(())
    }
}
