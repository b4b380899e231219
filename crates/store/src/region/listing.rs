//! The lines of a partner's list, found by what they are filtered by. A line is written once for each of that, with the
//! keys of both orders: a page is one stretch of an index; only a part of a name is looked for along all of it.

use super::{
    Reads, Tx,
    batch::{Rows, beyond},
    page::{Page, end_key, page},
    relationship::{Line, read},
    trial::{like, sought},
};
use crate::{
    StoreError,
    entity::{assignment, listing, relationship},
};
use domain::{
    ids::{OrgId, PersonId},
    text::fold,
};
use jiff::civil::Date;
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, OnConflict, Query},
};
use std::collections::BTreeMap;

/// How many lines are few, at first sight and at second.
const FEW: [u64; 2] = [200, 5_000];

/// A status, and until when what has it may end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// As stored.
    pub status: String,
    /// The last end date, included.
    pub until: Option<Date>,
}

impl From<&str> for Standing {
    fn from(status: &str) -> Self {
        Self {
            status: status.to_owned(),
            until: None,
        }
    }
}

/// Which lines.
#[derive(Clone, Debug)]
pub struct LineQuery {
    /// Of which partner.
    pub partner: OrgId,
    /// ORG-3: only those that all of these people look after.
    pub people: Vec<PersonId>,
    /// Any of these; all when there are none.
    pub statuses: Vec<Standing>,
    /// With that service on trial.
    pub service: Option<String>,
    /// ORG-10.
    pub tag: Option<String>,
    /// Bounds of the end date, both included.
    pub ends: (Option<Date>, Option<Date>),
    /// Part of the name; compared folded.
    pub q: Option<String>,
    /// Sort by the end date instead of the name.
    pub by_end: bool,
    /// From the end.
    pub descending: bool,
    /// After this key and customer.
    pub after: Option<(String, String)>,
    /// At most so many.
    pub limit: u64,
}

impl LineQuery {
    /// All lines of a partner, by name.
    pub fn of(partner: OrgId) -> Self {
        Self {
            partner,
            people: Vec::new(),
            statuses: Vec::new(),
            service: None,
            tag: None,
            ends: (None, None),
            q: None,
            by_end: false,
            descending: false,
            after: None,
            limit: 100,
        }
    }
}

/// Something to be found by, and the last end date with which it counts.
type Facet = (String, Option<Date>);

const ANY: &str = "";

fn by_status(status: &str) -> String {
    format!("status {status}")
}

fn by_person(person: &PersonId) -> String {
    format!("person {}", person.0)
}

/// What a line is found by, its people apart; one without a status is on no list.
fn facets(line: &Line) -> Vec<String> {
    if line.status.is_empty() {
        return Vec::new();
    }
    let mut all = vec![ANY.to_owned(), by_status(&line.status)];
    all.extend(line.services.iter().map(|service| format!("service {service}")));
    all.extend(line.relationship.tags.iter().map(|tag| format!("tag {}", fold(tag))));
    all.sort();
    all.dedup();
    all
}

fn row(line: &Line, facet: String) -> listing::Model {
    listing::Model {
        customer_id: line.relationship.customer.0.clone(),
        partner_id: line.relationship.partner.0.clone(),
        facet,
        name_key: line.name_key.clone(),
        ends_key: end_key(line.ends_on.map(|day| day.to_string()).as_deref()),
    }
}

/// [`Tx::list`] in a batch.
pub(super) fn relist(rows: &mut Rows, line: &Line) -> Result<(), StoreError> {
    let partner = &line.relationship.partner.0;
    let mut all = facets(line);
    if !all.is_empty() {
        let theirs = rows.assignments.values().filter(|row| row.partner_id == *partner);
        all.extend(theirs.map(|row| by_person(&PersonId(row.person_id.clone()))));
    }
    let listing = rows.listing.as_mut().ok_or_else(beyond)?;
    listing.retain(|(of, _), _| of != partner);
    for facet in all {
        listing.insert((partner.clone(), facet.clone()), row(line, facet));
    }
    Ok(())
}

/// What a query is about: one of each group has to be there.
fn groups(query: &LineQuery) -> Vec<Vec<Facet>> {
    let mut groups = Vec::new();
    if !query.statuses.is_empty() {
        let one = |wanted: &Standing| (by_status(&wanted.status), wanted.until);
        groups.push(query.statuses.iter().map(one).collect());
    }
    let mut single = |facet: String| groups.push(vec![(facet, None)]);
    if let Some(service) = &query.service {
        single(format!("service {service}"));
    }
    if let Some(tag) = &query.tag {
        single(format!("tag {}", fold(tag)));
    }
    query.people.iter().map(by_person).for_each(single);
    if groups.is_empty() {
        groups.push(vec![(ANY.to_owned(), None)]);
    }
    groups
}

/// The rows of one facet that a query is about, but for the other groups.
fn stretch(query: &LineQuery, (facet, until): &Facet) -> Condition {
    let mut all = Condition::all()
        .add(listing::Column::PartnerId.eq(query.partner.as_str()))
        .add(listing::Column::Facet.eq(facet));
    if let Some(from) = query.ends.0 {
        all = all.add(listing::Column::EndsKey.gte(from.to_string()));
    }
    let until = [query.ends.1, *until].into_iter().flatten().min();
    if let Some(until) = until {
        all = all.add(listing::Column::EndsKey.lte(until.to_string()));
    } else if query.ends.0.is_some() {
        // What has no end ends neither before nor after a day.
        all = all.add(listing::Column::EndsKey.lt(end_key(None)));
    }
    if let Some(q) = &query.q {
        all = all.add(like(listing::Column::NameKey, &sought(q)));
    }
    all
}

/// That a line is also found by one of these.
fn also(group: &[Facet]) -> Condition {
    let mut any = Condition::any();
    for (facet, until) in group {
        let other = |column: listing::Column| Expr::col((OTHER, column));
        let this = |column: listing::Column| Expr::col((listing::Entity, column));
        let mut rows = Query::select();
        rows.expr(Expr::value(1))
            .from_as(listing::Entity, OTHER)
            .and_where(other(listing::Column::CustomerId).eq(this(listing::Column::CustomerId)))
            .and_where(other(listing::Column::PartnerId).eq(this(listing::Column::PartnerId)))
            .and_where(other(listing::Column::Facet).eq(facet.as_str()));
        if let Some(until) = until {
            rows.and_where(other(listing::Column::EndsKey).lte(until.to_string()));
        }
        any = any.add(Expr::exists(rows));
    }
    any
}

const OTHER: &str = "other";

impl Reads<'_> {
    /// A page of lines, with the key after which the next page begins.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn lines(&self, query: &LineQuery) -> Result<Vec<(String, Line)>, StoreError> {
        let mut groups = groups(query);
        let driver = groups.remove(self.least(query, &groups).await?);
        let mut found: Vec<(String, String)> = Vec::new();
        for facet in &driver {
            found.extend(self.places(query, facet, &groups).await?);
        }
        found.sort();
        found.dedup();
        if query.descending {
            found.reverse();
        }
        found.truncate(usize::try_from(query.limit).unwrap_or(usize::MAX));
        let rows = relationship::Entity::find()
            .filter(relationship::Column::PartnerId.eq(query.partner.as_str()))
            .filter(relationship::Column::CustomerId.is_in(found.iter().map(|(_, id)| id.as_str())));
        let rows = rows.all(&self.on).await?.into_iter();
        let mut lines: BTreeMap<String, relationship::Model> = rows.map(|row| (row.customer_id.clone(), row)).collect();
        let known = found
            .into_iter()
            .filter_map(|(key, id)| Some((key, lines.remove(&id)?)));
        known.map(|(key, row)| Ok((key, read(row)?))).collect()
    }

    /// Where the lines of one facet are that the other groups agree to.
    async fn places(
        &self,
        query: &LineQuery,
        facet: &Facet,
        others: &[Vec<Facet>],
    ) -> Result<Vec<(String, String)>, StoreError> {
        let key = if query.by_end {
            listing::Column::EndsKey
        } else {
            listing::Column::NameKey
        };
        let mut rows = listing::Entity::find()
            .select_only()
            .column(key)
            .column(listing::Column::CustomerId)
            .filter(stretch(query, facet));
        for group in others {
            rows = rows.filter(also(group));
        }
        let place = Page {
            descending: query.descending,
            after: query.after.as_ref().map(|(at, id)| (at.as_str().into(), id.as_str())),
            limit: query.limit,
        };
        let rows = page(rows, Expr::col(key), listing::Column::CustomerId, place);
        Ok(rows.into_tuple().all(&self.on).await?)
    }

    /// A group that leaves few lines; where all leave many, which one does not matter.
    async fn least(&self, query: &LineQuery, groups: &[Vec<Facet>]) -> Result<usize, StoreError> {
        for few in FEW.into_iter().filter(|_| groups.len() > 1) {
            for (place, group) in groups.iter().enumerate() {
                let mut many = false;
                for facet in group {
                    let rows = listing::Entity::find()
                        .select_only()
                        .column(listing::Column::CustomerId)
                        .filter(listing::Column::PartnerId.eq(query.partner.as_str()))
                        .filter(listing::Column::Facet.eq(facet.0.as_str()));
                    let beyond: Option<String> = rows.offset(few).into_tuple().one(&self.on).await?;
                    many |= beyond.is_some();
                }
                if !many {
                    return Ok(place);
                }
            }
        }
        Ok(0)
    }

    /// How many lines there are of each status, whatever page is asked for.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_lines(&self, query: &LineQuery) -> Result<Vec<(String, i64)>, StoreError> {
        let (first, last) = (by_status(""), by_status("~"));
        let mut rows = listing::Entity::find()
            .select_only()
            .column(listing::Column::Facet)
            .column_as(listing::Column::CustomerId.count(), "lines")
            .filter(listing::Column::PartnerId.eq(query.partner.as_str()))
            .filter(listing::Column::Facet.between(first.as_str(), last.as_str()))
            .group_by(listing::Column::Facet);
        if let Some(q) = &query.q {
            rows = rows.filter(like(listing::Column::NameKey, &sought(q)));
        }
        for person in &query.people {
            rows = rows.filter(also(&[(by_person(person), None)]));
        }
        let counts: Vec<(String, i64)> = rows.into_tuple().all(&self.on).await?;
        let one = |(facet, lines): (String, i64)| Some((facet.strip_prefix(&first)?.to_owned(), lines));
        Ok(counts.into_iter().filter_map(one).collect())
    }
}

impl Tx {
    /// Writes what a line is found by from now on.
    pub(super) async fn list(&self, line: &Line) -> Result<(), StoreError> {
        let (customer, partner) = (&line.relationship.customer, &line.relationship.partner);
        self.unlist(customer, partner).await?;
        let mut facets = facets(line);
        if facets.is_empty() {
            return Ok(());
        }
        let people = assignment::Entity::find()
            .filter(assignment::Column::CustomerId.eq(customer.as_str()))
            .filter(assignment::Column::PartnerId.eq(partner.as_str()))
            .all(&self.on)
            .await?;
        facets.extend(people.into_iter().map(|row| by_person(&PersonId(row.person_id))));
        let rows = facets
            .into_iter()
            .map(|facet| row(line, facet).into_active_model().reset_all());
        listing::Entity::insert_many(rows)
            .exec_without_returning(&self.on)
            .await?;
        Ok(())
    }

    /// Takes a line off all lists.
    pub(super) async fn unlist(&self, customer: &OrgId, partner: &OrgId) -> Result<(), StoreError> {
        listing::Entity::delete_many()
            .filter(listing::Column::CustomerId.eq(customer.as_str()))
            .filter(listing::Column::PartnerId.eq(partner.as_str()))
            .exec(&self.on)
            .await?;
        Ok(())
    }

    /// A line that is listed is found by this person, too.
    pub(super) async fn list_for(
        &self,
        customer: &OrgId,
        partner: &OrgId,
        person: &PersonId,
    ) -> Result<(), StoreError> {
        let key = (customer.0.clone(), partner.0.clone(), ANY.to_owned());
        let Some(listed) = listing::Entity::find_by_id(key).one(&self.on).await? else {
            return Ok(());
        };
        let row = listing::ActiveModel {
            customer_id: Set(listed.customer_id),
            partner_id: Set(listed.partner_id),
            facet: Set(by_person(person)),
            name_key: Set(listed.name_key),
            ends_key: Set(listed.ends_key),
        };
        let once = OnConflict::new().do_nothing().to_owned();
        let insert = listing::Entity::insert(row).on_conflict(once);
        insert.exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// This person finds it no longer.
    pub(super) async fn unlist_for(&self, customer: &OrgId, person: &PersonId) -> Result<(), StoreError> {
        listing::Entity::delete_many()
            .filter(listing::Column::CustomerId.eq(customer.as_str()))
            .filter(listing::Column::Facet.eq(by_person(person)))
            .exec(&self.on)
            .await?;
        Ok(())
    }
}
