//! Licences of people: found and counted by a key beside them.

use super::{Reads, Versioned};
use crate::{StoreError, entity::person};
use domain::{ids::OrgId, person::Person};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use std::collections::BTreeMap;

/// Which of an organization's people.
#[derive(Clone, Debug, Default)]
pub struct Users {
    /// Part of the address or of the name.
    pub q: Option<String>,
    /// Those who have a licence of this service; empty for those who have none at all.
    pub license: Option<String>,
}

/// Each service once, in one order, with a blank at both ends: whole words are looked for.
pub(crate) fn key(licenses: &[String]) -> String {
    let mut all: Vec<&str> = licenses.iter().map(String::as_str).collect();
    all.sort_unstable();
    all.dedup();
    match all.is_empty() {
        true => String::new(),
        false => format!(" {} ", all.join(" ")),
    }
}

impl Reads<'_> {
    /// How many people of an organization have just these licences, for each set of licences that somebody has.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_license_sets(&self, organization: &OrgId) -> Result<Vec<(Vec<String>, u32)>, StoreError> {
        let rows: Vec<(String, i64)> = person::Entity::find()
            .select_only()
            .column(person::Column::Licenses)
            .column_as(person::Column::Id.count(), "people")
            .filter(person::Column::OrganizationId.eq(organization.as_str()))
            .group_by(person::Column::Licenses)
            .into_tuple()
            .all(&self.on)
            .await?;
        let set = |(key, people): (String, i64)| {
            let services = key.split_whitespace().map(str::to_owned).collect();
            (services, u32::try_from(people).unwrap_or(u32::MAX))
        };
        Ok(rows.into_iter().map(set).collect())
    }

    /// How many people of an organization have a licence of which service.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_licenses(&self, organization: &OrgId) -> Result<BTreeMap<String, u32>, StoreError> {
        let mut counted = BTreeMap::new();
        for (services, people) in self.count_license_sets(organization).await? {
            for service in services {
                let count: &mut u32 = counted.entry(service).or_default();
                *count = count.saturating_add(people);
            }
        }
        Ok(counted)
    }

    /// A page of those people after an address key, each with its version.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn users_page(
        &self,
        organization: &OrgId,
        users: &Users,
        after: Option<&str>,
        limit: u64,
    ) -> Result<Vec<(String, Versioned<Person>)>, StoreError> {
        let mut rows = chosen(organization, users);
        if let Some(after) = after {
            rows = rows.filter(person::Column::EmailKey.gt(after));
        }
        let rows = rows
            .order_by_asc(person::Column::EmailKey)
            .limit(limit)
            .all(&self.on)
            .await?;
        rows.into_iter()
            .map(|row| Ok((row.email_key.clone(), super::person::read(row)?)))
            .collect()
    }

    /// How many they are.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_users(&self, organization: &OrgId, users: &Users) -> Result<u64, StoreError> {
        use sea_orm::PaginatorTrait as _;
        Ok(chosen(organization, users).count(&self.on).await?)
    }
}

fn chosen(organization: &OrgId, users: &Users) -> sea_orm::Select<person::Entity> {
    use super::trial::{like, sought};
    let mut rows = person::Entity::find().filter(person::Column::OrganizationId.eq(organization.as_str()));
    if let Some(q) = &users.q {
        let sought = sought(q);
        let either = Condition::any()
            .add(like(person::Column::EmailKey, &sought))
            .add(like(person::Column::NameKey, &sought));
        rows = rows.filter(either);
    }
    match users.license.as_deref() {
        None => rows,
        Some("") => rows.filter(person::Column::Licenses.eq("")),
        Some(service) => rows.filter(like(person::Column::Licenses, &format!(" {} ", sought(service)))),
    }
}
