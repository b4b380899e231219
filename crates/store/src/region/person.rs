//! People of a region.

use super::{
    Reads, Tx, Versioned,
    batch::{Rows, beyond},
};
use crate::{
    StoreError,
    entity::{
        credential, door, identity, one_time_code, outbox, passkey, person, recovery_code, session, sign_out, token,
    },
    time::{instant, json, parse},
};
use domain::{
    ids::{OrgId, PersonId},
    person::{Person, Role},
    text::fold,
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, SelectStatement},
};
use std::collections::{BTreeMap, BTreeSet};

impl Reads<'_> {
    /// A person.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn person(&self, id: &PersonId) -> Result<Option<Versioned<Person>>, StoreError> {
        person::Entity::find_by_id(id.as_str())
            .one(&self.on)
            .await?
            .map(read)
            .transpose()
    }

    /// Several people; those that are not here are left out.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn people(&self, ids: &[PersonId]) -> Result<Vec<Person>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let rows = person::Entity::find().filter(person::Column::Id.is_in(ids.iter().map(PersonId::as_str)));
        rows.all(&self.on)
            .await?
            .into_iter()
            .map(|row| read(row).map(|found| found.value))
            .collect()
    }

    /// Everybody of an organization, in the order of their addresses.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn people_of(&self, organization: &OrgId) -> Result<Vec<Person>, StoreError> {
        let known = |rows: &Rows| rows.everybody.clone().ok_or_else(beyond);
        if let Some(found) = self.batched(organization, known)? {
            return Ok(found);
        }
        let rows = person::Entity::find()
            .filter(person::Column::OrganizationId.eq(organization.as_str()))
            .order_by_asc(person::Column::EmailKey)
            .all(&self.on)
            .await?;
        rows.into_iter().map(|row| read(row).map(|found| found.value)).collect()
    }

    /// Everybody of an organization, each with its version, to be changed at once.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn everybody_of(&self, organization: &OrgId) -> Result<Vec<Versioned<Person>>, StoreError> {
        if self.batch.is_some() {
            return Err(beyond());
        }
        let rows = person::Entity::find()
            .filter(person::Column::OrganizationId.eq(organization.as_str()))
            .order_by_asc(person::Column::EmailKey);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// A page of an organization's people after an address key.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn people_page(
        &self,
        organization: &OrgId,
        after: Option<&str>,
        limit: u64,
    ) -> Result<Vec<(String, Person)>, StoreError> {
        let found = self.members_page(organization, None, after, limit).await?;
        Ok(found.into_iter().map(|(key, person)| (key, person.value)).collect())
    }

    /// The people of an organization who have one of these addresses.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn people_by_email(
        &self,
        organization: &OrgId,
        keys: &[&str],
    ) -> Result<Vec<Versioned<Person>>, StoreError> {
        let mut found = Vec::new();
        for part in keys.chunks(500) {
            let rows = person::Entity::find()
                .filter(person::Column::OrganizationId.eq(organization.as_str()))
                .filter(person::Column::EmailKey.is_in(part.iter().copied()));
            for row in rows.all(&self.on).await? {
                found.push(read(row)?);
            }
        }
        Ok(found)
    }

    /// A page of an organization's people after an address key, each with its version.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn members_page(
        &self,
        organization: &OrgId,
        q: Option<&str>,
        after: Option<&str>,
        limit: u64,
    ) -> Result<Vec<(String, Versioned<Person>)>, StoreError> {
        let mut rows = person::Entity::find().filter(person::Column::OrganizationId.eq(organization.as_str()));
        if let Some(q) = q {
            rows = rows.filter(super::trial::like(person::Column::EmailKey, &super::trial::sought(q)));
        }
        if let Some(after) = after {
            rows = rows.filter(person::Column::EmailKey.gt(after));
        }
        let rows = rows
            .order_by_asc(person::Column::EmailKey)
            .limit(limit)
            .all(&self.on)
            .await?;
        rows.into_iter()
            .map(|row| Ok((row.email_key.clone(), read(row)?)))
            .collect()
    }

    /// Those of an organization who do more than use it: administrators, a partner's and the vendor's people.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn administrators_of(&self, organization: &OrgId) -> Result<Vec<Person>, StoreError> {
        if let Some(found) = self.batched_administrators(organization)? {
            return Ok(found);
        }
        let rows = person::Entity::find()
            .filter(person::Column::OrganizationId.eq(organization.as_str()))
            .filter(person::Column::Administrator.eq(true))
            .order_by_asc(person::Column::EmailKey)
            .all(&self.on)
            .await?;
        rows.into_iter().map(|row| read(row).map(|found| found.value)).collect()
    }

    /// How many people an organization has.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_people(&self, organization: &OrgId) -> Result<u64, StoreError> {
        if let Some(people) = self.batched(organization, |rows| rows.people.ok_or_else(beyond))? {
            return Ok(people);
        }
        Ok(person::Entity::find()
            .filter(person::Column::OrganizationId.eq(organization.as_str()))
            .count(&self.on)
            .await?)
    }

    /// How many people each of these organizations has.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_people_of(&self, ids: BTreeSet<&str>) -> Result<Vec<(String, u64)>, StoreError> {
        let counts: Vec<(String, i64)> = person::Entity::find()
            .select_only()
            .column(person::Column::OrganizationId)
            .column_as(person::Column::Id.count(), "people")
            .filter(person::Column::OrganizationId.is_in(ids.iter().copied()))
            .group_by(person::Column::OrganizationId)
            .into_tuple()
            .all(&self.on)
            .await?;
        let known: BTreeMap<String, i64> = counts.into_iter().collect();
        let of = |id: &str| u64::try_from(known.get(id).copied().unwrap_or_default()).unwrap_or_default();
        Ok(ids.into_iter().map(|id| (id.to_owned(), of(id))).collect())
    }

    /// Everybody with that address, in whatever organization.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn people_with_email(&self, key: &str) -> Result<Vec<Person>, StoreError> {
        let rows = person::Entity::find()
            .filter(person::Column::EmailKey.eq(key))
            .all(&self.on)
            .await?;
        rows.into_iter().map(|row| read(row).map(|found| found.value)).collect()
    }

    /// The person of an organization who has that address.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn person_by_email(
        &self,
        organization: &OrgId,
        key: &str,
    ) -> Result<Option<Versioned<Person>>, StoreError> {
        let row = person::Entity::find()
            .filter(person::Column::OrganizationId.eq(organization.as_str()))
            .filter(person::Column::EmailKey.eq(key))
            .one(&self.on)
            .await?;
        row.map(read).transpose()
    }
}

impl Tx {
    /// Writes new people.
    ///
    /// # Errors
    /// `Taken` where an organization has that address already.
    pub async fn add_people(&self, people: &[Person]) -> Result<(), StoreError> {
        let mut rows = Vec::with_capacity(people.len());
        for value in people {
            rows.push(row(value, 1)?);
        }
        for part in rows.chunks(500) {
            person::Entity::insert_many(part.to_vec())
                .exec_without_returning(&self.on)
                .await?;
        }
        Ok(())
    }

    /// Writes a changed person.
    ///
    /// # Errors
    /// `Conflict` when the version is another by now, `Taken` for an address in use.
    pub async fn put_person(&self, changed: &Versioned<Person>) -> Result<(), StoreError> {
        let value = &changed.value;
        let done = person::Entity::update_many()
            .col_expr(person::Column::EmailKey, Expr::value(email_key(value)))
            .col_expr(person::Column::Administrator, Expr::value(is_administrator(value)))
            .col_expr(person::Column::Version, Expr::col(person::Column::Version).add(1))
            .col_expr(person::Column::Body, Expr::value(json(value)?))
            .col_expr(
                person::Column::Licenses,
                Expr::value(super::license::key(&value.licenses)),
            )
            .col_expr(person::Column::NameKey, Expr::value(fold(&value.name)))
            .col_expr(
                person::Column::BouncedAt,
                super::bounce::unless_another(&email_key(value)),
            )
            .filter(person::Column::Id.eq(value.id.as_str()))
            .filter(person::Column::Version.eq(changed.version))
            .exec(&self.on)
            .await?;
        if done.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }

    /// Erases a person who leaves: address, name, and by what the person signed in.
    ///
    /// # Errors
    /// `Conflict` when the version is another by now.
    pub async fn remove_person(&self, gone: &Versioned<Person>) -> Result<(), StoreError> {
        let id = gone.value.id.as_str();
        let who = person::Entity::find().select_only().column(person::Column::Id);
        self.forget_doors(who.clone().filter(person::Column::Id.eq(id)).into_query())
            .await?;
        self.forget_ways_in(|| who.clone().filter(person::Column::Id.eq(id)).into_query())
            .await?;
        let done = person::Entity::delete_many()
            .filter(person::Column::Id.eq(id))
            .filter(person::Column::Version.eq(gone.version))
            .exec(&self.on)
            .await?;
        if done.rows_affected != 1 {
            return Err(StoreError::Conflict);
        }
        // What a mail server said names the address; what somebody wrote may.
        outbox::Entity::update_many()
            .col_expr(outbox::Column::Line, Expr::value(Option::<String>::None))
            .col_expr(outbox::Column::Error, Expr::value(Option::<String>::None))
            .filter(outbox::Column::PersonId.eq(id))
            .exec(&self.on)
            .await?;
        Ok(())
    }

    /// EXP-9: erases the people of a closed organization, and by what they signed in.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_people(&self, organization: &OrgId) -> Result<u64, StoreError> {
        let theirs = || {
            let people = person::Entity::find().select_only().column(person::Column::Id);
            people
                .filter(person::Column::OrganizationId.eq(organization.as_str()))
                .into_query()
        };
        self.forget_doors(theirs()).await?;
        self.forget_ways_in(theirs).await?;
        self.drop_single_sign_on(organization).await?;
        let gone = person::Entity::delete_many().filter(person::Column::OrganizationId.eq(organization.as_str()));
        Ok(gone.exec(&self.on).await?.rows_affected)
    }

    /// EXP-4: nobody of these signs in any more, by whatever; doors close.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn lock_out(&self, people: &[PersonId]) -> Result<(), StoreError> {
        let who = || {
            let all = person::Entity::find().select_only().column(person::Column::Id);
            all.filter(person::Column::Id.is_in(people.iter().map(PersonId::as_str)))
                .into_query()
        };
        self.forget_doors(who()).await?;
        self.forget_ways_in(who).await
    }

    /// EXP-9: erases some people of a closed organization.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_some(&self, people: &[PersonId]) -> Result<(), StoreError> {
        self.lock_out(people).await?;
        let gone = person::Entity::delete_many().filter(person::Column::Id.is_in(people.iter().map(PersonId::as_str)));
        gone.exec(&self.on).await?;
        Ok(())
    }

    /// START-11: by what a person signed in until now opens nothing any more; sessions end.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn forget_person(&self, person: &PersonId, real_now: Timestamp) -> Result<(), StoreError> {
        let id = person.as_str();
        let who = person::Entity::find().select_only().column(person::Column::Id);
        self.forget_ways_in(|| who.clone().filter(person::Column::Id.eq(id)).into_query())
            .await?;
        self.end_sessions(person, real_now).await?;
        Ok(())
    }

    async fn forget_doors(&self, theirs: SelectStatement) -> Result<(), StoreError> {
        let doors = door::Column::PersonId.in_subquery(theirs);
        door::Entity::delete_many().filter(doors).exec(&self.on).await?;
        Ok(())
    }

    /// By what people signed in.
    async fn forget_ways_in(&self, theirs: impl Fn() -> SelectStatement) -> Result<(), StoreError> {
        let passwords = credential::Column::PersonId.in_subquery(theirs());
        credential::Entity::delete_many()
            .filter(passwords)
            .exec(&self.on)
            .await?;
        let keys = passkey::Column::PersonId.in_subquery(theirs());
        passkey::Entity::delete_many().filter(keys).exec(&self.on).await?;
        let identities = identity::Column::PersonId.in_subquery(theirs());
        identity::Entity::delete_many()
            .filter(identities)
            .exec(&self.on)
            .await?;
        let sessions = session::Column::PersonId.in_subquery(theirs());
        session::Entity::delete_many().filter(sessions).exec(&self.on).await?;
        let tokens = token::Column::PersonId.in_subquery(theirs());
        token::Entity::delete_many().filter(tokens).exec(&self.on).await?;
        let codes = one_time_code::Column::PersonId.in_subquery(theirs());
        one_time_code::Entity::delete_many()
            .filter(codes)
            .exec(&self.on)
            .await?;
        let spare = recovery_code::Column::PersonId.in_subquery(theirs());
        recovery_code::Entity::delete_many()
            .filter(spare)
            .exec(&self.on)
            .await?;
        let ended = sign_out::Column::PersonId.in_subquery(theirs());
        sign_out::Entity::delete_many().filter(ended).exec(&self.on).await?;
        Ok(())
    }
}

pub(super) fn row(value: &Person, version: i64) -> Result<person::ActiveModel, StoreError> {
    Ok(person::ActiveModel {
        id: Set(value.id.0.clone()),
        organization_id: Set(value.organization.0.clone()),
        email_key: Set(email_key(value)),
        administrator: Set(is_administrator(value)),
        version: Set(version),
        body: Set(json(value)?),
        licenses: Set(super::license::key(&value.licenses)),
        name_key: Set(fold(&value.name)),
        bounced_at: Set(None),
    })
}

pub(super) fn read(row: person::Model) -> Result<Versioned<Person>, StoreError> {
    Ok(Versioned {
        value: Person {
            bounced_at: row.bounced_at.map(instant).transpose()?,
            ..parse(&row.body, "person")?
        },
        version: row.version,
    })
}

/// Addresses are unique within an organization; those who have none any more do not stand in each other's way.
fn email_key(person: &Person) -> String {
    if person.email.is_empty() {
        format!("none {}", person.id)
    } else {
        person.email.to_ascii_lowercase()
    }
}

fn is_administrator(person: &Person) -> bool {
    person.roles.iter().any(|role| *role != Role::User)
}
