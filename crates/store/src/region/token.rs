//! Bearer tokens, by digest.

use super::{Reads, Region, Tx, batch::Rows};
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
use jiff::{Timestamp, civil::Date};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, sea_query::Expr,
};

/// What a token stands for. The token itself is shown once and not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// SHA-256 of the token.
    pub digest: String,
    /// What it is called in lists; opens nothing.
    pub id: String,
    /// Whose it is.
    pub person: PersonId,
    /// What its owner calls it.
    pub label: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends; real time.
    pub expires_at: Option<Timestamp>,
    /// What it may be used for, by stable names with a blank between them.
    pub scopes: String,
    /// The last day on which it was used, in UTC.
    pub used_on: Option<Date>,
}

/// Who bears a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// Whose it is.
    pub person: Person,
    /// Of which organization.
    pub organization: Organization,
    /// What it may be used for.
    pub scopes: String,
    /// The last day on which it was used, in UTC.
    pub used_on: Option<Date>,
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
        read(row).map(Some)
    }

    /// The tokens of a person that have not ended, the latest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn tokens_of(&self, person: &PersonId, real_now: Timestamp) -> Result<Vec<Token>, StoreError> {
        let rows = token::Entity::find()
            .filter(token::Column::PersonId.eq(person.as_str()))
            .filter(token::Column::RevokedAt.is_null())
            .filter(in_force(real_now))
            .order_by_desc(token::Column::CreatedAt)
            .order_by_asc(token::Column::Id)
            .all(&self.on)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Whose token it is, if it has not ended, and of which organization.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn bearer(&self, digest: &str, real_now: Timestamp) -> Result<Option<Bearer>, StoreError> {
        let whose = token::Entity::belongs_to(person::Entity)
            .from(token::Column::PersonId)
            .to(person::Column::Id);
        let of = person::Entity::belongs_to(organization::Entity)
            .from(person::Column::OrganizationId)
            .to(organization::Column::Id);
        let found: Option<(String, String, String, Option<String>)> = token::Entity::find_by_id(digest)
            .select_only()
            .column_as(person::Column::Body, "person")
            .column_as(organization::Column::Body, "organization")
            .column(token::Column::Scopes)
            .column(token::Column::UsedOn)
            .join(JoinType::InnerJoin, whose.into())
            .join(JoinType::InnerJoin, of.into())
            .filter(token::Column::RevokedAt.is_null())
            .filter(in_force(real_now))
            .into_tuple()
            .one(&self.on)
            .await?;
        let Some((person, organization, scopes, used_on)) = found else {
            return Ok(None);
        };
        Ok(Some(Bearer {
            person: parse(&person, "person")?,
            organization: parse(&organization, "organization")?,
            scopes,
            used_on: day(used_on)?,
        }))
    }
}

fn in_force(real_now: Timestamp) -> Condition {
    Condition::any()
        .add(token::Column::ExpiresAt.is_null())
        .add(token::Column::ExpiresAt.gt(micros(real_now)))
}

fn day(text: Option<String>) -> Result<Option<Date>, StoreError> {
    let wrong = |_| StoreError::Corrupt("the day of a token".to_owned());
    text.map(|text| text.parse().map_err(wrong)).transpose()
}

fn read(row: token::Model) -> Result<Token, StoreError> {
    Ok(Token {
        digest: row.digest,
        id: row.id,
        person: PersonId(row.person_id),
        label: row.label,
        created_at: instant(row.created_at)?,
        expires_at: row.expires_at.map(instant).transpose()?,
        scopes: row.scopes,
        used_on: day(row.used_on)?,
    })
}

impl Region {
    /// Remembers the day on which a token was used.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn see_token(&self, digest: &str, on: Date) -> Result<(), StoreError> {
        token::Entity::update_many()
            .col_expr(token::Column::UsedOn, Expr::value(on.to_string()))
            .filter(token::Column::Digest.eq(digest))
            .exec(&self.db.write)
            .await?;
        Ok(())
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
            id: Set(value.id.clone()),
            scopes: Set(value.scopes.clone()),
            used_on: Set(value.used_on.map(|day| day.to_string())),
        };
        token::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// Ends one of a person's tokens by what it is called; false where there is none in force.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn revoke_token(&self, person: &PersonId, id: &str, real_now: Timestamp) -> Result<bool, StoreError> {
        let ended = token::Entity::update_many()
            .col_expr(token::Column::RevokedAt, Expr::value(micros(real_now)))
            .filter(token::Column::PersonId.eq(person.as_str()))
            .filter(token::Column::Id.eq(id))
            .filter(token::Column::RevokedAt.is_null())
            .filter(in_force(real_now));
        Ok(ended.exec(&self.on).await?.rows_affected > 0)
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
