//! Reads what the due milestones of many customers need, a table at a time.

use super::{Batch, Rows};
use crate::{
    StoreError,
    entity::{
        approval, assignment, chain, hold, listing, location, milestone, number, organization, person, relationship,
        trial,
    },
    region::{Tx, milestone::DueRow, person as people, trial as trials},
};
use domain::{person::Person, trial::MilestoneKind};
use sea_orm::{
    ColumnTrait as _, EntityTrait, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
    sea_query::{ExprTrait as _, LockType},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

/// Ids of one statement, at most: what both engines take.
const MANY: usize = 20_000;

/// What was read.
#[derive(Default)]
struct Found {
    customers: BTreeMap<String, Rows>,
    trials: BTreeMap<String, String>,
    partners: BTreeMap<String, Vec<Person>>,
}

impl From<Found> for Batch {
    fn from(found: Found) -> Self {
        let twice = |rows: Rows| {
            let rows = Arc::new(rows);
            (Arc::clone(&rows), rows)
        };
        let customers = found.customers.into_iter();
        Self {
            customers: customers.map(|(id, rows)| (id, twice(rows))).collect(),
            trials: found.trials,
            partners: found.partners,
        }
    }
}

/// People of a customer of whom all are read.
const FEW: u64 = 100;

impl Tx {
    /// Locks the customers to whom something is due, in the order of their ids, and reads what that needs. From here on
    /// nothing is written before [`Tx::write_batch`].
    ///
    /// # Errors
    /// `Conflict`, `Unavailable`, `Corrupt`.
    pub async fn read_batch(mut self, due: &[DueRow]) -> Result<Self, StoreError> {
        let ids: BTreeSet<&str> = due.iter().map(|row| row.customer.as_str()).collect();
        let heads = chain::Entity::find()
            .filter(chain::Column::OrganizationId.is_in(ids.iter().copied()))
            .order_by_asc(chain::Column::OrganizationId)
            .lock(LockType::Update);
        let mut batch = Found::default();
        for row in heads.all(&self.on).await? {
            let of = batch.customers.entry(row.organization_id.clone()).or_default();
            of.chain = Some(row);
        }
        self.read_customers(&mut batch, &ids, due).await?;
        self.read_trials(&mut batch, &ids).await?;
        self.read_people(&mut batch, due).await?;
        self.batch = Some(Mutex::new(batch.into()));
        self.on.close();
        Ok(self)
    }

    async fn read_customers(&self, batch: &mut Found, ids: &BTreeSet<&str>, due: &[DueRow]) -> Result<(), StoreError> {
        let customers = ids.iter().copied();
        let rows = organization::Entity::find().filter(organization::Column::Id.is_in(customers.clone()));
        each(
            batch,
            rows.all(&self.on).await?,
            |row| &row.id,
            |of, row| of.organization = Some(row),
        );
        let rows = hold::Entity::find()
            .filter(hold::Column::CustomerId.is_in(customers.clone()))
            .filter(hold::Column::LiftedAt.is_null());
        each(
            batch,
            rows.all(&self.on).await?,
            |row| &row.customer_id,
            |of, _| of.held = true,
        );
        let rows = relationship::Entity::find().filter(relationship::Column::CustomerId.is_in(customers.clone()));
        let keep = |of: &mut Rows, row: relationship::Model| {
            of.relationships.insert(row.partner_id.clone(), row);
        };
        each(batch, rows.all(&self.on).await?, |row| &row.customer_id, keep);
        let rows = assignment::Entity::find().filter(assignment::Column::CustomerId.is_in(customers));
        let keep = |of: &mut Rows, row: assignment::Model| {
            of.assignments.insert(row.person_id.clone(), row);
        };
        each(batch, rows.all(&self.on).await?, |row| &row.customer_id, keep);
        self.read_calling(batch, due).await?;
        // What only tells somebody moves nobody in a list.
        let moved = customers_with(due, |kind| !kind.is_notice());
        for (_, of) in batch.customers.iter_mut().filter(|(id, _)| moved.contains(id.as_str())) {
            of.listing = Some(BTreeMap::new());
        }
        let rows = listing::Entity::find().filter(listing::Column::CustomerId.is_in(moved));
        let keep = |of: &mut Rows, row: listing::Model| {
            let key = (row.partner_id.clone(), row.facet.clone());
            of.listing.get_or_insert_default().insert(key, row);
        };
        each(batch, rows.all(&self.on).await?, |row| &row.customer_id, keep);
        Ok(())
    }

    /// Whether there is anything to release: for most customers there is not.
    async fn read_calling(&self, batch: &mut Found, due: &[DueRow]) -> Result<(), StoreError> {
        let asked = customers_with(due, |kind| kind == MilestoneKind::NumbersReleased);
        if asked.is_empty() {
            return Ok(());
        }
        for (_, of) in batch.customers.iter_mut().filter(|(id, _)| asked.contains(id.as_str())) {
            of.calling = Some(false);
        }
        let numbers = number::Entity::find()
            .select_only()
            .column(number::Column::CustomerId)
            .filter(number::Column::CustomerId.is_in(asked.iter().copied()))
            .distinct();
        let locations = location::Entity::find()
            .select_only()
            .column(location::Column::CustomerId)
            .filter(location::Column::CustomerId.is_in(asked.iter().copied()))
            .distinct();
        let mut found: Vec<String> = numbers.into_tuple().all(&self.on).await?;
        found.extend(locations.into_tuple::<String>().all(&self.on).await?);
        for id in found {
            if let Some(of) = batch.customers.get_mut(&id) {
                of.calling = Some(true);
            }
        }
        Ok(())
    }

    async fn read_trials(&self, batch: &mut Found, ids: &BTreeSet<&str>) -> Result<(), StoreError> {
        let rows = trial::Entity::find().filter(trial::Column::CustomerId.is_in(ids.iter().copied()));
        for row in rows.all(&self.on).await? {
            let Some(of) = batch.customers.get_mut(&row.customer_id) else {
                continue;
            };
            batch.trials.insert(row.id.clone(), row.customer_id.clone());
            let record = trials::read(row.clone())?;
            // What it claims follows from it.
            let claims = trials::claims(&record.trial).map(|claim| (claim.service.clone(), claim));
            of.claims.extend(claims);
            of.trials.insert(row.id.clone(), (row, record));
        }
        let all: Vec<&str> = batch.trials.keys().map(String::as_str).collect();
        for part in all.chunks(MANY) {
            let rows = milestone::Entity::find().filter(milestone::Column::TrialId.is_in(part.iter().copied()));
            for row in self.milestone_rows(rows).await? {
                if let Some(of) = batch.customers.get_mut(&row.customer_id) {
                    let key = (row.trial_id.clone(), row.kind.clone(), row.at);
                    of.milestones.insert(key, row);
                }
            }
        }
        // Where nothing is undecided nothing waits.
        let records = batch.customers.values().flat_map(|of| of.trials.values());
        let undecided = records.filter(|(_, record)| !record.trial.undecided_subjects().is_empty());
        let undecided: Vec<String> = undecided.map(|(row, _)| row.id.clone()).collect();
        for part in undecided.chunks(MANY) {
            let rows = approval::Entity::find().filter(approval::Column::TrialId.is_in(part));
            let keep = |of: &mut Rows, row: approval::Model| {
                of.approvals.insert(row.id.clone(), row);
            };
            each(batch, rows.all(&self.on).await?, |row| &row.customer_id, keep);
        }
        Ok(())
    }

    /// By place instead of by name: these are by far the most.
    async fn milestone_rows(&self, rows: Select<milestone::Entity>) -> Result<Vec<milestone::Model>, StoreError> {
        type Columns = (String, String, i64, i32, String, String, String, Option<i64>);
        let rows: Vec<Columns> = rows.into_tuple().all(&self.on).await?;
        let model = |(trial_id, kind, at, rank, customer_id, on_day, state, done_at)| milestone::Model {
            trial_id,
            kind,
            at,
            rank,
            customer_id,
            on_day,
            state,
            done_at,
        };
        Ok(rows.into_iter().map(model).collect())
    }

    async fn read_people(&self, batch: &mut Found, due: &[DueRow]) -> Result<(), StoreError> {
        use MilestoneKind::{AccessEndedNotice, Removed};
        let counted = customers_with(due, |kind| matches!(kind, Removed | AccessEndedNotice));
        for (id, count) in self.read().count_people_of(counted).await? {
            if let Some(rows) = batch.customers.get_mut(&id) {
                rows.people = Some(count);
            }
        }
        let mut everybody = customers_with(due, |kind| kind == AccessEndedNotice);
        everybody.retain(|id| batch.customers.get(*id).is_some_and(|of| of.people <= Some(FEW)));
        for id in &everybody {
            if let Some(of) = batch.customers.get_mut(*id) {
                of.everybody = Some(Vec::new());
            }
        }
        let told = customers_with(due, |kind| !kind.audiences().is_empty());
        for id in &told {
            if let Some(of) = batch.customers.get_mut(*id) {
                of.administrators = Some(Vec::new());
            }
        }
        let of_trials = batch.customers.values().flat_map(|of| of.trials.values());
        let partners: BTreeSet<String> = of_trials
            .filter(|(_, record)| record.trial.partner.region() == self.region)
            .map(|(row, _)| row.partner_id.clone())
            .collect();
        batch.partners = partners.iter().map(|id| (id.clone(), Vec::new())).collect();
        let few = person::Column::OrganizationId.is_in(everybody);
        let administrators = person::Column::OrganizationId
            .is_in(told.into_iter().chain(partners.iter().map(String::as_str)))
            .and(person::Column::Administrator.eq(true));
        let rows = person::Entity::find()
            .filter(few.or(administrators))
            .order_by_asc(person::Column::EmailKey);
        for row in rows.all(&self.on).await? {
            let (organization, administrates) = (row.organization_id.clone(), row.administrator);
            let one = people::read(row)?.value;
            if let Some(partner) = batch.partners.get_mut(&organization) {
                partner.push(one);
            } else if let Some(of) = batch.customers.get_mut(&organization) {
                if let Some(everybody) = &mut of.everybody {
                    everybody.push(one.clone());
                }
                if let Some(administrators) = of.administrators.as_mut().filter(|_| administrates) {
                    administrators.push(one);
                }
            }
        }
        Ok(())
    }
}

/// To whom something of these kinds is due.
fn customers_with(due: &[DueRow], is_meant: fn(MilestoneKind) -> bool) -> BTreeSet<&str> {
    let meant = due.iter().filter(|row| is_meant(row.kind));
    meant.map(|row| row.customer.as_str()).collect()
}

fn each<M>(found: &mut Found, rows: Vec<M>, whose: fn(&M) -> &str, keep: impl Fn(&mut Rows, M)) {
    for row in rows {
        if let Some(of) = found.customers.get_mut(whose(&row)) {
            keep(of, row);
        }
    }
}
