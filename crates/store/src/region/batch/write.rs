//! Writes what became different, a table at a time.

use super::{Rows, beyond};
use crate::{
    StoreError,
    entity::{
        approval, chain, claim, closing, directory_task, event, listing, milestone, organization, outbox, person,
        provisioning, relationship, token, trial,
    },
    region::Tx,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait as _, EntityTrait, IdenStatic as _, IntoActiveModel, Iterable as _,
    PrimaryKeyToColumn as _, QueryFilter as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, OnConflict},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Values of one statement, at most: what both engines take, with room to spare.
const VALUES: usize = 20_000;

/// What differs, of all customers.
#[derive(Default)]
struct Different {
    organizations: Vec<organization::Model>,
    chains: Vec<chain::Model>,
    trials: Vec<trial::Model>,
    milestones: Vec<milestone::Model>,
    approvals: Vec<approval::Model>,
    claims: Vec<claim::Model>,
    relationships: Vec<relationship::Model>,
    listing: Vec<listing::Model>,
    events: Vec<event::Model>,
    letters: Vec<outbox::Model>,
    tasks: Vec<directory_task::Model>,
    closings: Vec<closing::Model>,
    provisioning_orders: Vec<provisioning::Model>,
    gone: Gone,
}

/// What is deleted, by what many of them have in common.
#[derive(Default)]
struct Gone {
    /// Trials, by service.
    claims: BTreeMap<String, Vec<String>>,
    /// Trials, by kind and instant.
    milestones: BTreeMap<(String, i64), Vec<String>>,
    /// Customers, by partner and facet.
    listing: BTreeMap<(String, String), Vec<String>>,
    /// Customers, by partner.
    relationships: BTreeMap<String, Vec<String>>,
    /// Organizations, by the instant at which their tokens ended.
    tokens: BTreeMap<i64, Vec<String>>,
}

/// Rows that are new or other than they were.
fn changed<K: Ord, M: Clone + PartialEq>(was: &BTreeMap<K, M>, is: &BTreeMap<K, M>, into: &mut Vec<M>) {
    let differs = |(key, row): &(&K, &M)| was.get(*key) != Some(*row);
    into.extend(is.iter().filter(differs).map(|(_, row)| row.clone()));
}

fn differs<M: PartialEq>(was: Option<&M>, is: Option<M>) -> Option<M> {
    is.filter(|is| was != Some(is))
}

impl Different {
    fn add(&mut self, customer: &str, was: &Rows, is: Rows) {
        self.gone.add(customer, was, &is);
        self.organizations
            .extend(differs(was.organization.as_ref(), is.organization));
        self.chains.extend(differs(was.chain.as_ref(), is.chain));
        for (id, (row, _)) in is.trials {
            self.trials
                .extend(differs(was.trials.get(&id).map(|(row, _)| row), Some(row)));
        }
        changed(&was.milestones, &is.milestones, &mut self.milestones);
        changed(&was.approvals, &is.approvals, &mut self.approvals);
        changed(&was.claims, &is.claims, &mut self.claims);
        changed(&was.relationships, &is.relationships, &mut self.relationships);
        if let (Some(was), Some(is)) = (&was.listing, &is.listing) {
            changed(was, is, &mut self.listing);
        }
        self.events.extend(is.events);
        self.letters.extend(is.letters);
        self.tasks.extend(is.tasks);
        self.closings.extend(is.closings);
        self.provisioning_orders.extend(is.provisioning_orders);
    }
}

impl Gone {
    fn add(&mut self, customer: &str, was: &Rows, is: &Rows) {
        for (key, row) in was.claims.iter().filter(|(key, _)| !is.claims.contains_key(*key)) {
            self.claims.entry(key.clone()).or_default().push(row.trial_id.clone());
        }
        for (trial, kind, at) in was.milestones.keys().filter(|key| !is.milestones.contains_key(*key)) {
            let of = self.milestones.entry((kind.clone(), *at)).or_default();
            of.push(trial.clone());
        }
        if let (Some(was), Some(is)) = (&was.listing, &is.listing) {
            for key in was.keys().filter(|key| !is.contains_key(*key)) {
                self.listing.entry(key.clone()).or_default().push(customer.to_owned());
            }
        }
        for partner in was
            .relationships
            .keys()
            .filter(|key| !is.relationships.contains_key(*key))
        {
            let of = self.relationships.entry(partner.clone()).or_default();
            of.push(customer.to_owned());
        }
        if let Some(at) = is.revoked_at {
            self.tokens.entry(at).or_default().push(customer.to_owned());
        }
    }
}

/// Rows, as many at a time as one statement takes.
fn parts<E>(rows: Vec<E::Model>) -> impl Iterator<Item = Vec<E::ActiveModel>>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    let many = (VALUES / E::Column::iter().count()).max(1);
    let mut rows = rows.into_iter().map(|row| row.into_active_model().reset_all());
    std::iter::from_fn(move || {
        let part: Vec<E::ActiveModel> = rows.by_ref().take(many).collect();
        (!part.is_empty()).then_some(part)
    })
}

impl Tx {
    /// Writes what became different since [`Tx::read_batch`]; from here on the transaction is an ordinary one.
    ///
    /// # Errors
    /// `Taken`, `Conflict`, `Unavailable`: then nothing of it can be committed any more.
    pub async fn write_batch(&mut self) -> Result<(), StoreError> {
        let batch = self.batch.take().ok_or_else(beyond)?;
        let batch = Mutex::into_inner(batch).unwrap_or_else(PoisonError::into_inner);
        self.on.open();
        let mut all = Different::default();
        for (customer, (was, is)) in batch.customers {
            if !Arc::ptr_eq(&was, &is) {
                all.add(&customer, &was, Arc::unwrap_or_clone(is));
            }
        }
        self.delete(all.gone).await?;
        self.put::<organization::Entity>(all.organizations).await?;
        self.put::<trial::Entity>(all.trials).await?;
        self.put::<milestone::Entity>(all.milestones).await?;
        self.put::<chain::Entity>(all.chains).await?;
        self.put::<approval::Entity>(all.approvals).await?;
        self.put::<relationship::Entity>(all.relationships).await?;
        self.put::<listing::Entity>(all.listing).await?;
        // ELIG-3: what another one claims is not taken over.
        self.add::<claim::Entity>(all.claims).await?;
        self.add::<event::Entity>(all.events).await?;
        self.add::<directory_task::Entity>(all.tasks).await?;
        self.add::<closing::Entity>(all.closings).await?;
        self.void_provisioning_orders(&all.provisioning_orders).await?;
        self.add::<provisioning::Entity>(all.provisioning_orders).await?;
        self.add::<outbox::Entity>(all.letters).await
    }

    /// Writes new rows.
    async fn add<E>(&self, rows: Vec<E::Model>) -> Result<(), StoreError>
    where
        E: EntityTrait,
        E::Model: IntoActiveModel<E::ActiveModel>,
        E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
    {
        for part in parts::<E>(rows) {
            E::insert_many(part).exec_without_returning(&self.on).await?;
        }
        Ok(())
    }

    /// Writes rows, new or changed.
    async fn put<E>(&self, rows: Vec<E::Model>) -> Result<(), StoreError>
    where
        E: EntityTrait,
        E::Model: IntoActiveModel<E::ActiveModel>,
        E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
    {
        let keys: Vec<E::Column> = E::PrimaryKey::iter().map(|key| key.into_column()).collect();
        let is_key = |column: &E::Column| keys.iter().any(|key| key.as_str() == column.as_str());
        let rest: Vec<E::Column> = E::Column::iter().filter(|column| !is_key(column)).collect();
        for part in parts::<E>(rows) {
            let again = OnConflict::columns(keys.iter().copied())
                .update_columns(rest.iter().copied())
                .to_owned();
            let insert = E::insert_many(part).on_conflict(again);
            insert.exec_without_returning(&self.on).await?;
        }
        Ok(())
    }

    async fn delete(&self, gone: Gone) -> Result<(), StoreError> {
        for (at, organizations) in gone.tokens {
            let people = person::Entity::find()
                .select_only()
                .column(person::Column::Id)
                .filter(person::Column::OrganizationId.is_in(organizations))
                .into_query();
            token::Entity::update_many()
                .col_expr(token::Column::RevokedAt, Expr::value(at))
                .filter(token::Column::PersonId.in_subquery(people))
                .filter(token::Column::RevokedAt.is_null())
                .exec(&self.on)
                .await?;
        }
        for (service, trials) in gone.claims {
            let theirs = claim::Entity::delete_many()
                .filter(claim::Column::TrialId.is_in(trials))
                .filter(claim::Column::Service.eq(service));
            theirs.exec(&self.on).await?;
        }
        for ((kind, at), trials) in gone.milestones {
            let theirs = milestone::Entity::delete_many()
                .filter(milestone::Column::TrialId.is_in(trials))
                .filter(milestone::Column::Kind.eq(kind))
                .filter(milestone::Column::At.eq(at));
            theirs.exec(&self.on).await?;
        }
        for ((partner, facet), customers) in gone.listing {
            let theirs = listing::Entity::delete_many()
                .filter(listing::Column::CustomerId.is_in(customers))
                .filter(listing::Column::PartnerId.eq(partner))
                .filter(listing::Column::Facet.eq(facet));
            theirs.exec(&self.on).await?;
        }
        for (partner, customers) in gone.relationships {
            let theirs = relationship::Entity::delete_many()
                .filter(relationship::Column::CustomerId.is_in(customers.clone()))
                .filter(relationship::Column::PartnerId.eq(partner.as_str()));
            theirs.exec(&self.on).await?;
            // Assignments come with a relationship.
            let theirs = crate::entity::assignment::Entity::delete_many()
                .filter(crate::entity::assignment::Column::CustomerId.is_in(customers))
                .filter(crate::entity::assignment::Column::PartnerId.eq(partner));
            theirs.exec(&self.on).await?;
        }
        Ok(())
    }
}
