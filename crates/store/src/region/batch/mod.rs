//! Many customers in one transaction: what is due to them is read at once, changed in memory, and written at once. Who
//! asks for anything that was not read is refused, and goes the ordinary way afterwards.

mod read;
mod write;

use super::{Reads, Tx, trial::TrialRecord};
use crate::{
    StoreError,
    entity::{
        approval, assignment, chain, claim, closing, directory_task, event, listing, milestone, organization, outbox,
        provisioning, relationship, trial,
    },
};
use domain::{
    ids::{OrgId, TrialId},
    person::Person,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What was read, and how it stands by now.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// By customer: as it was read, and as it is to be.
    customers: BTreeMap<String, (Arc<Rows>, Arc<Rows>)>,
    /// Whose a trial is.
    trials: BTreeMap<String, String>,
    /// The administrators of partners of this region.
    partners: BTreeMap<String, Vec<Person>>,
}

/// The rows of one customer.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub(super) organization: Option<organization::Model>,
    pub(super) chain: Option<chain::Model>,
    pub(super) held: bool,
    /// EXP-5: whether there are locations or phone numbers, where the release of numbers is due.
    pub(super) calling: Option<bool>,
    /// How many they are, where that is asked.
    pub(super) people: Option<u64>,
    /// Those who administrate, where they are about to be told something.
    pub(super) administrators: Option<Vec<Person>>,
    /// All people, where they are few and about to be told something.
    pub(super) everybody: Option<Vec<Person>>,
    pub(super) trials: BTreeMap<String, (trial::Model, TrialRecord)>,
    /// By service.
    pub(super) claims: BTreeMap<String, claim::Model>,
    /// By trial, kind and instant.
    pub(super) milestones: BTreeMap<(String, String, i64), milestone::Model>,
    pub(super) approvals: BTreeMap<String, approval::Model>,
    /// By partner.
    pub(super) relationships: BTreeMap<String, relationship::Model>,
    /// By person.
    pub(super) assignments: BTreeMap<String, assignment::Model>,
    /// By partner and facet; none where nothing is due that could change a list.
    pub(super) listing: Option<BTreeMap<(String, String), listing::Model>>,
    /// What is new.
    pub(super) events: Vec<event::Model>,
    pub(super) letters: Vec<outbox::Model>,
    pub(super) tasks: Vec<directory_task::Model>,
    pub(super) closings: Vec<closing::Model>,
    /// What the provisioner is asked.
    pub(super) provisioning_orders: Vec<provisioning::Model>,
    /// EXP-4: since when nobody of the organization has a token any more.
    pub(super) revoked_at: Option<i64>,
}

impl Rows {
    /// Of a batch it is known whether a customer has locations or numbers; whoever has some goes the ordinary way.
    pub(super) fn no_calling<T>(&self) -> Result<Vec<T>, StoreError> {
        match self.calling {
            Some(false) => Ok(Vec::new()),
            Some(true) | None => Err(beyond()),
        }
    }
}

/// How the rows of a customer stood.
#[derive(Debug)]
pub struct Bookmark(String, Arc<Rows>);

/// Asked for what was not read.
pub(super) fn beyond() -> StoreError {
    StoreError::Database("more than a batch has read".to_owned())
}

pub(super) fn lock(batch: &Mutex<Batch>) -> MutexGuard<'_, Batch> {
    batch.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Batch {
    fn rows(&mut self, customer: &str) -> Result<&mut Rows, StoreError> {
        let rows = self.customers.get_mut(customer).map(|(_, rows)| Arc::make_mut(rows));
        rows.ok_or_else(beyond)
    }

    fn seen(&self, customer: &str) -> Result<&Arc<Rows>, StoreError> {
        self.customers.get(customer).map(|(_, rows)| rows).ok_or_else(beyond)
    }

    fn rows_of_trial(&mut self, trial: &str) -> Result<&mut Rows, StoreError> {
        let customer = self.trials.get(trial).ok_or_else(beyond)?.clone();
        self.rows(&customer)
    }
}

impl Reads<'_> {
    /// What a customer's rows answer; none where nothing was read before.
    pub(super) fn batched<T>(
        &self,
        customer: &OrgId,
        answer: impl FnOnce(&Rows) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let Some(batch) = self.batch else { return Ok(None) };
        answer(lock(batch).seen(customer.as_str())?).map(Some)
    }

    /// The same, of the customer whose trial it is.
    pub(super) fn batched_of_trial<T>(
        &self,
        trial: &TrialId,
        answer: impl FnOnce(&Rows) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let Some(batch) = self.batch else { return Ok(None) };
        let batch = lock(batch);
        let customer = batch.trials.get(trial.as_str()).ok_or_else(beyond)?;
        answer(batch.seen(customer)?).map(Some)
    }

    /// The administrators of a customer or of a partner.
    pub(super) fn batched_administrators(&self, organization: &OrgId) -> Result<Option<Vec<Person>>, StoreError> {
        let Some(batch) = self.batch else { return Ok(None) };
        let batch = lock(batch);
        if let Some(partner) = batch.partners.get(organization.as_str()) {
            return Ok(Some(partner.clone()));
        }
        let rows = batch.seen(organization.as_str())?;
        rows.administrators.clone().ok_or_else(beyond).map(Some)
    }
}

impl Tx {
    /// Changes a customer's rows; none where nothing was read before.
    pub(super) fn batch<T>(
        &self,
        customer: &OrgId,
        change: impl FnOnce(&mut Rows) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let Some(batch) = &self.batch else { return Ok(None) };
        change(lock(batch).rows(customer.as_str())?).map(Some)
    }

    /// The same, of the customer whose trial it is.
    pub(super) fn batch_of_trial<T>(
        &self,
        trial: &TrialId,
        change: impl FnOnce(&mut Rows) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let Some(batch) = &self.batch else { return Ok(None) };
        change(lock(batch).rows_of_trial(trial.as_str())?).map(Some)
    }

    /// How a customer's rows stand.
    ///
    /// # Errors
    /// `Database` where they were not read.
    pub fn bookmark(&self, customer: &OrgId) -> Result<Bookmark, StoreError> {
        let batch = self.batch.as_ref().ok_or_else(beyond)?;
        Ok(Bookmark(
            customer.0.clone(),
            Arc::clone(lock(batch).seen(customer.as_str())?),
        ))
    }

    /// Takes back what changed since.
    ///
    /// # Errors
    /// `Database` where there is no batch.
    pub fn go_back(&self, bookmark: Bookmark) -> Result<(), StoreError> {
        let batch = self.batch.as_ref().ok_or_else(beyond)?;
        let mut batch = lock(batch);
        let rows = batch.customers.get_mut(&bookmark.0).ok_or_else(beyond)?;
        rows.1 = bookmark.1;
        Ok(())
    }
}
