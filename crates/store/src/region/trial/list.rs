//! Lists of trials: within somebody's sight, filtered, sorted, in pages.

use super::{TrialRecord, read};
use crate::{
    StoreError,
    entity::{assignment, person, trial},
    region::{
        Reads,
        page::{Page, by_end, end_key, page},
    },
    time::parse,
};
use domain::{
    ids::{OrgId, PersonId, TrialId},
    text::fold,
    trial::Status,
};
use jiff::civil::Date;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _, Value,
    sea_query::{Expr, ExprTrait as _, LikeExpr},
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Whose trials.
#[derive(Clone, Debug)]
pub enum Scope {
    /// The vendor's sight.
    All,
    /// All of a partner.
    Partner(OrgId),
    /// ORG-3: those that a person started, or of customers that the person looks after.
    Person(OrgId, PersonId),
    /// Those of a customer.
    Customer(OrgId),
}

/// How a list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrialSort {
    /// By the expiry date; those without one last.
    EndsOn,
    /// By the customer's folded name.
    CustomerName,
    /// By the start or request.
    CreatedAt,
}

/// Which trials.
#[derive(Clone, Debug)]
pub struct TrialQuery {
    /// Whose.
    pub scope: Scope,
    /// Any of these; all when empty.
    pub statuses: Vec<Status>,
    /// Of one customer.
    pub customer: Option<OrgId>,
    /// With that service.
    pub service: Option<String>,
    /// Ending before that day.
    pub ends_before: Option<Date>,
    /// Part of the customer's name, or an id; compared folded.
    pub q: Option<String>,
    /// Sorted how.
    pub sort: TrialSort,
    /// From the end.
    pub descending: bool,
    /// After this key and id.
    pub after: Option<(String, String)>,
    /// At most so many.
    pub limit: u64,
}

/// A trial by what somebody may call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The trial.
    pub trial: TrialId,
    /// Who tries.
    pub customer: OrgId,
    /// Who runs it.
    pub partner: OrgId,
    /// The customer's name, folded.
    pub name: String,
    /// The address of the trial's administrator; empty where there is none.
    pub email: String,
    /// In microseconds.
    pub created_at: i64,
}

/// What of a trial's value says who administrates it.
#[derive(Deserialize)]
struct Administered {
    administrator: PersonId,
}

impl Reads<'_> {
    /// Names of trials in somebody's sight, the oldest first, after this instant, in microseconds, and id: without the
    /// trials themselves, so that one can look through very many.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn named_trials(
        &self,
        scope: &Scope,
        statuses: &[Status],
        after: Option<&(i64, String)>,
        limit: u64,
    ) -> Result<Vec<Named>, StoreError> {
        let place = Page {
            descending: false,
            after: after.map(|(at, id)| (Value::from(*at), id.as_str())),
            limit,
        };
        let rows = in_sight(trial::Entity::find(), scope)
            .filter(trial::Column::Status.is_in(statuses.iter().map(|status| status.as_str())))
            .select_only()
            .columns([
                trial::Column::Id,
                trial::Column::CustomerId,
                trial::Column::PartnerId,
                trial::Column::CustomerKey,
                trial::Column::CreatedAt,
                trial::Column::Body,
            ]);
        let rows = page(rows, Expr::col(trial::Column::CreatedAt), trial::Column::Id, place);
        let rows: Vec<(String, String, String, String, i64, String)> = rows.into_tuple().all(&self.on).await?;
        let mut named = Vec::with_capacity(rows.len());
        for (id, customer, partner, name, created_at, body) in rows {
            let who: Administered = parse(&body, "a trial")?;
            let one = Named {
                trial: TrialId(id),
                customer: OrgId(customer),
                partner: OrgId(partner),
                name,
                email: String::new(),
                created_at,
            };
            named.push((who.administrator, one));
        }
        let emails = self.emails_of(named.iter().map(|(person, _)| person.as_str())).await?;
        let addressed = |(person, one): (PersonId, Named)| Named {
            email: emails.get(person.as_str()).cloned().unwrap_or_default(),
            ..one
        };
        Ok(named.into_iter().map(addressed).collect())
    }

    async fn emails_of<'p>(
        &self,
        people: impl Iterator<Item = &'p str>,
    ) -> Result<BTreeMap<String, String>, StoreError> {
        let rows = person::Entity::find()
            .select_only()
            .columns([person::Column::Id, person::Column::EmailKey])
            .filter(person::Column::Id.is_in(people.collect::<BTreeSet<_>>()));
        let rows: Vec<(String, String)> = rows.into_tuple().all(&self.on).await?;
        Ok(rows.into_iter().collect())
    }

    /// A page of trials, each with the key after which the next page begins.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn trials(&self, query: &TrialQuery) -> Result<Vec<(String, TrialRecord)>, StoreError> {
        let key = match query.sort {
            TrialSort::EndsOn => by_end(),
            TrialSort::CustomerName => Expr::col(trial::Column::CustomerKey),
            TrialSort::CreatedAt => Expr::col(trial::Column::CreatedAt),
        };
        let value = |at: &str| match query.sort {
            TrialSort::CreatedAt => Value::from(at.parse::<i64>().unwrap_or(0)),
            TrialSort::EndsOn | TrialSort::CustomerName => Value::from(at),
        };
        let place = Page {
            descending: query.descending,
            after: query.after.as_ref().map(|(at, id)| (value(at), id.as_str())),
            limit: query.limit,
        };
        let rows = page(filtered(query), key, trial::Column::Id, place)
            .all(&self.on)
            .await?;
        let keyed = |row: trial::Model| {
            let key = match query.sort {
                TrialSort::EndsOn => end_key(row.ends_on.as_deref()),
                TrialSort::CustomerName => row.customer_key.clone(),
                TrialSort::CreatedAt => row.created_at.to_string(),
            };
            Ok((key, read(row)?))
        };
        rows.into_iter().map(keyed).collect()
    }
}

/// What somebody types into a search box, as it is compared with folded names.
pub(in crate::region) fn sought(typed: &str) -> String {
    // PostgreSQL knows no NUL; what stands for it here is no character, so that no name has it either.
    fold(typed).replace('\0', "\u{FFFF}")
}

/// A condition that a column contains a text, whatever the text is.
pub(in crate::region) fn like(column: impl sea_orm::ColumnTrait, text: &str) -> Expr {
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    Expr::col(column).like(LikeExpr::new(format!("%{escaped}%")).escape('\\'))
}

/// The trials that are within somebody's sight.
pub(in crate::region) fn in_sight(
    rows: sea_orm::Select<trial::Entity>,
    scope: &Scope,
) -> sea_orm::Select<trial::Entity> {
    match scope {
        Scope::All => rows,
        Scope::Partner(partner) => rows.filter(trial::Column::PartnerId.eq(partner.as_str())),
        Scope::Customer(customer) => rows.filter(trial::Column::CustomerId.eq(customer.as_str())),
        Scope::Person(partner, person) => {
            let mine = assignment::Entity::find()
                .select_only()
                .column(assignment::Column::CustomerId)
                .filter(assignment::Column::PersonId.eq(person.as_str()))
                .into_query();
            let sight = Condition::any()
                .add(trial::Column::CreatedBy.eq(person.as_str()))
                .add(trial::Column::CustomerId.in_subquery(mine));
            rows.filter(trial::Column::PartnerId.eq(partner.as_str())).filter(sight)
        }
    }
}

fn filtered(query: &TrialQuery) -> sea_orm::Select<trial::Entity> {
    let mut rows = in_sight(trial::Entity::find(), &query.scope);
    if !query.statuses.is_empty() {
        rows = rows.filter(trial::Column::Status.is_in(query.statuses.iter().map(|status| status.as_str())));
    }
    if let Some(customer) = &query.customer {
        rows = rows.filter(trial::Column::CustomerId.eq(customer.as_str()));
    }
    if let Some(service) = &query.service {
        rows = rows.filter(like(trial::Column::Services, &format!(" {service} ")));
    }
    if let Some(before) = query.ends_before {
        rows = rows.filter(trial::Column::EndsOn.lt(before.to_string()));
    }
    if let Some(q) = query.q.as_deref().map(sought) {
        rows = rows.filter(
            Condition::any()
                .add(like(trial::Column::CustomerKey, &q))
                .add(trial::Column::Id.eq(q)),
        );
    }
    rows
}
