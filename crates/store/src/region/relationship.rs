//! What ties partners to customers, and the lines that a partner's list shows.

use super::{
    Reads, Tx, Versioned,
    batch::{Rows, beyond},
    listing::relist,
};
use crate::{
    StoreError,
    entity::{assignment, relationship},
    time::{day, json, parse},
};
use domain::{
    ids::{OrgId, PersonId},
    organization::Relationship,
};
use jiff::civil::Date;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::OnConflict,
};
use std::collections::BTreeMap;

/// A line of a partner's customer list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The relationship behind it.
    pub relationship: Relationship,
    /// CONS-4: only asked so far.
    pub pending: bool,
    /// The status of the most pressing trial, `purchased`, or empty.
    pub status: String,
    /// When the first of its trials ends.
    pub ends_on: Option<Date>,
    /// Services on trial.
    pub services: Vec<String>,
    /// The folded name, by which it is sorted.
    pub name_key: String,
    /// Counts up with every change.
    pub version: i64,
}

impl Reads<'_> {
    /// A relationship, requested ones included.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn relationship(&self, customer: &OrgId, partner: &OrgId) -> Result<Option<Line>, StoreError> {
        let known = |rows: &Rows| Ok(rows.relationships.get(partner.as_str()).cloned());
        if let Some(found) = self.batched(customer, known)? {
            return found.map(read).transpose();
        }
        let key = (customer.0.clone(), partner.0.clone());
        relationship::Entity::find_by_id(key)
            .one(&self.on)
            .await?
            .map(read)
            .transpose()
    }

    /// Which of these are a partner's customers, and not only asked.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn customers_among(&self, customers: &[OrgId], partner: &OrgId) -> Result<Vec<OrgId>, StoreError> {
        if customers.is_empty() {
            return Ok(Vec::new());
        }
        let rows = relationship::Entity::find()
            .filter(relationship::Column::CustomerId.is_in(customers.iter().map(OrgId::as_str)))
            .filter(relationship::Column::PartnerId.eq(partner.as_str()))
            .filter(relationship::Column::Pending.eq(false));
        let rows = rows.all(&self.on).await?.into_iter();
        Ok(rows.map(|row| OrgId(row.customer_id)).collect())
    }

    /// All partners of a customer.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn relationships(&self, customer: &OrgId) -> Result<Vec<Line>, StoreError> {
        let known = |rows: &Rows| rows.relationships.values().cloned().map(read).collect();
        if let Some(found) = self.batched(customer, known)? {
            return Ok(found);
        }
        let rows = relationship::Entity::find()
            .filter(relationship::Column::CustomerId.eq(customer.as_str()))
            .order_by_asc(relationship::Column::PartnerId);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// Whether a person looks after a customer (ORG-3).
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn is_assigned(&self, customer: &OrgId, person: &PersonId) -> Result<bool, StoreError> {
        let row = assignment::Entity::find_by_id((customer.0.clone(), person.0.clone()))
            .one(&self.on)
            .await?;
        Ok(row.is_some())
    }

    /// The customers that a person looks after, a part of them.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn looked_after_by(&self, person: &PersonId, limit: u64) -> Result<Vec<(OrgId, OrgId)>, StoreError> {
        let rows = assignment::Entity::find()
            .filter(assignment::Column::PersonId.eq(person.as_str()))
            .order_by_asc(assignment::Column::CustomerId)
            .limit(limit);
        let tie = |row: assignment::Model| (OrgId(row.customer_id), OrgId(row.partner_id));
        Ok(rows.all(&self.on).await?.into_iter().map(tie).collect())
    }

    /// How many customers a person looks after.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_looked_after(&self, person: &PersonId) -> Result<u64, StoreError> {
        let rows = assignment::Entity::find().filter(assignment::Column::PersonId.eq(person.as_str()));
        Ok(rows.count(&self.on).await?)
    }

    /// Who of a partner looks after each of its customers.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn assigned_of_many(
        &self,
        customers: &[OrgId],
        partner: &OrgId,
    ) -> Result<BTreeMap<OrgId, Vec<PersonId>>, StoreError> {
        if customers.is_empty() {
            return Ok(BTreeMap::new());
        }
        let rows = assignment::Entity::find()
            .filter(assignment::Column::CustomerId.is_in(customers.iter().map(OrgId::as_str)))
            .filter(assignment::Column::PartnerId.eq(partner.as_str()))
            .order_by_asc(assignment::Column::PersonId);
        let mut found: BTreeMap<OrgId, Vec<PersonId>> = BTreeMap::new();
        for row in rows.all(&self.on).await? {
            found
                .entry(OrgId(row.customer_id))
                .or_default()
                .push(PersonId(row.person_id));
        }
        Ok(found)
    }

    /// Who of a partner looks after a customer.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn assigned(&self, customer: &OrgId, partner: &OrgId) -> Result<Vec<PersonId>, StoreError> {
        let known = |rows: &Rows| {
            let theirs = rows.assignments.values().filter(|row| row.partner_id == partner.0);
            Ok(theirs.map(|row| PersonId(row.person_id.clone())).collect())
        };
        if let Some(found) = self.batched(customer, known)? {
            return Ok(found);
        }
        let rows = assignment::Entity::find()
            .filter(assignment::Column::CustomerId.eq(customer.as_str()))
            .filter(assignment::Column::PartnerId.eq(partner.as_str()))
            .order_by_asc(assignment::Column::PersonId)
            .all(&self.on)
            .await?;
        Ok(rows.into_iter().map(|row| PersonId(row.person_id)).collect())
    }
}

impl Tx {
    /// Writes a relationship, new or changed.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_relationship(&self, line: &Line) -> Result<(), StoreError> {
        let row = relationship::Model {
            customer_id: line.relationship.customer.0.clone(),
            partner_id: line.relationship.partner.0.clone(),
            pending: line.pending,
            status: line.status.clone(),
            ends_on: line.ends_on.map(|day| day.to_string()),
            services: line.services.join(" "),
            name_key: line.name_key.clone(),
            version: line.version,
            body: json(&line.relationship)?,
        };
        let batched = |rows: &mut Rows| {
            rows.relationships.insert(row.partner_id.clone(), row.clone());
            relist(rows, line)
        };
        if self.batch(&line.relationship.customer, batched)?.is_some() {
            return Ok(());
        }
        let row = row.into_active_model().reset_all();
        let changed = [
            relationship::Column::Pending,
            relationship::Column::Status,
            relationship::Column::EndsOn,
            relationship::Column::Services,
            relationship::Column::NameKey,
            relationship::Column::Version,
            relationship::Column::Body,
        ];
        let keys = [relationship::Column::CustomerId, relationship::Column::PartnerId];
        let conflict = OnConflict::columns(keys).update_columns(changed).to_owned();
        relationship::Entity::insert(row)
            .on_conflict(conflict)
            .exec_without_returning(&self.on)
            .await?;
        self.list(line).await
    }

    /// Ends a relationship, and the assignments that came with it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn end_relationship(&self, customer: &OrgId, partner: &OrgId) -> Result<(), StoreError> {
        let batched = |rows: &mut Rows| {
            rows.relationships.remove(partner.as_str());
            rows.assignments.retain(|_, row| row.partner_id != partner.0);
            let listing = rows.listing.as_mut().ok_or_else(beyond)?;
            listing.retain(|(of, _), _| *of != partner.0);
            Ok(())
        };
        if self.batch(customer, batched)?.is_some() {
            return Ok(());
        }
        relationship::Entity::delete_by_id((customer.0.clone(), partner.0.clone()))
            .exec(&self.on)
            .await?;
        assignment::Entity::delete_many()
            .filter(assignment::Column::CustomerId.eq(customer.as_str()))
            .filter(assignment::Column::PartnerId.eq(partner.as_str()))
            .exec(&self.on)
            .await?;
        // ORG-3: what the partner's help desk asked for, and was granted, ends with it.
        self.forget_access_requests(customer, partner).await?;
        self.unlist(customer, partner).await
    }

    /// ORG-3: a person looks after a customer from now on.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn assign(&self, customer: &OrgId, partner: &OrgId, person: &PersonId) -> Result<(), StoreError> {
        let row = assignment::ActiveModel {
            customer_id: Set(customer.0.clone()),
            person_id: Set(person.0.clone()),
            partner_id: Set(partner.0.clone()),
        };
        let keys = [assignment::Column::CustomerId, assignment::Column::PersonId];
        let conflict = OnConflict::columns(keys)
            .update_column(assignment::Column::PartnerId)
            .to_owned();
        assignment::Entity::insert(row)
            .on_conflict(conflict)
            .exec_without_returning(&self.on)
            .await?;
        self.list_for(customer, partner, person).await
    }

    /// ORG-3: a person looks after a customer no longer.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn unassign(&self, customer: &OrgId, person: &PersonId) -> Result<(), StoreError> {
        assignment::Entity::delete_by_id((customer.0.clone(), person.0.clone()))
            .exec(&self.on)
            .await?;
        self.unlist_for(customer, person).await
    }
}

/// A relationship with its version.
impl From<Line> for Versioned<Relationship> {
    fn from(line: Line) -> Self {
        Versioned {
            version: line.version,
            value: line.relationship,
        }
    }
}

pub(super) fn read(row: relationship::Model) -> Result<Line, StoreError> {
    Ok(Line {
        relationship: parse(&row.body, "a relationship")?,
        pending: row.pending,
        status: row.status,
        ends_on: row.ends_on.as_deref().map(day).transpose()?,
        services: row.services.split_whitespace().map(str::to_owned).collect(),
        name_key: row.name_key,
        version: row.version,
    })
}
