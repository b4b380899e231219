//! A phone number is one customer's, over all regions: reserved in the directory, written in the region, confirmed
//! lazily, as sites and addresses are.

use crate::{App, Error, directory::pause};
use domain::{
    ids::OrgId,
    refusal::{Code, FieldError, Refusal},
};
use std::collections::BTreeSet;
use store::{
    StoreError,
    directory::{Entry, EntryState, Reserve},
    region::directory_task::{Action as Tell, DirectoryTask},
};

/// As the directory calls them.
pub(super) const KIND: &str = "number";
/// Attempts when others take numbers at the same instant.
const ATTEMPTS: usize = 4;

impl App {
    /// Which of these numbers are somebody's, by their places.
    pub(super) async fn taken_numbers(&self, numbers: &[String], customer: &OrgId) -> Result<Vec<usize>, Error> {
        Ok(self.looked_up(numbers, customer).await?.0)
    }

    /// The places of those that are somebody's, and what is left of others that can be taken anew.
    async fn looked_up(&self, numbers: &[String], customer: &OrgId) -> Result<(Vec<usize>, Vec<Entry>), Error> {
        let values: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let (mut others, mut left) = (BTreeSet::new(), Vec::new());
        for entry in self.stores.directory.find_all(KIND, &values).await? {
            match self.is_open_to(&entry, customer).await? {
                true => left.push(entry),
                false => {
                    others.insert(entry.digest);
                }
            }
        }
        let is_taken = |number: &str| others.contains(&self.stores.directory.digest(KIND, number));
        let taken = values.iter().enumerate().filter(|(_, number)| is_taken(number));
        Ok((taken.map(|(index, _)| index).collect(), left))
    }

    /// What a crash of one's own left behind can be taken anew: whoever asks holds the customer, so that nothing of it is
    /// under way.
    async fn is_open_to(&self, entry: &Entry, customer: &OrgId) -> Result<bool, Error> {
        let left = entry.state == EntryState::Reserved && entry.organization == *customer;
        match left {
            true => Ok(!self.arrived(entry).await?),
            false => self.is_free(entry).await,
        }
    }

    /// Takes numbers, all or none; the places of those that are somebody's.
    pub(super) async fn take_numbers(
        &self,
        numbers: &[String],
        customer: &OrgId,
        holder: &str,
    ) -> Result<Vec<usize>, Error> {
        for _ in 0..ATTEMPTS {
            let (taken, left) = self.looked_up(numbers, customer).await?;
            if !taken.is_empty() {
                return Ok(taken);
            }
            self.stores.directory.drop_entries(&left).await?;
            let wanted = numbers.iter().map(|value| Reserve {
                kind: KIND,
                value,
                organization: customer,
                holder,
                until: self.lease(),
            });
            let wanted: Vec<Reserve<'_>> = wanted.collect();
            match self.stores.directory.reserve(&wanted).await {
                // Who takes one at this moment may share a commit that is still to come, and cannot be seen yet.
                Err(StoreError::Taken(_)) => pause().await,
                other => return other.map(|()| Vec::new()).map_err(Error::from),
            }
        }
        Ok((0..numbers.len()).collect())
    }

    /// Gives back what was reserved and did not come to its region; what somebody else has reserved since stays his.
    pub(super) async fn give_numbers_back(&self, numbers: &[String], holder: &str) -> Result<(), Error> {
        let values: Vec<&str> = numbers.iter().map(String::as_str).collect();
        Ok(self.stores.directory.give_back(KIND, &values, holder).await?)
    }

    pub(super) fn number_task(&self, action: Tell, number: &str, customer: &OrgId) -> DirectoryTask {
        self.directory_task(action, KIND, number, customer)
    }
}

/// Somebody's already; whose is not said.
pub(super) fn taken(pointers: impl Iterator<Item = (String, String)>) -> Error {
    let errors = pointers.map(|(pointer, number)| FieldError::new(pointer, Code::NumberTaken).with("value", number));
    Refusal {
        errors: errors.collect(),
        ..Refusal::new(Code::NumberTaken)
    }
    .into()
}
