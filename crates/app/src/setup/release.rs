//! EXP-5: phone numbers are free again once their rest is over, and to nobody before.

use crate::{
    App, Error,
    load::{Loaded, zone},
};
use domain::number::{bought_calling, keeps_numbers};
use std::sync::atomic::Ordering;
use store::{
    Region, Tx,
    region::{directory_task::Action as Tell, number::Number},
};

/// Numbers in one transaction, at most.
const AT_ONCE: u64 = 200;

impl App {
    /// The rest of a trial's numbers is over. Calling that the customer has all the same keeps them, and so does a rest of
    /// another trial's that is not over; what was taken away by hand rests for itself.
    pub(crate) async fn release_numbers(&self, tx: &Tx, loaded: &Loaded) -> Result<(), Error> {
        let customer = &loaded.customer.value.id;
        if bought_calling(&loaded.facts()?.purchased, &loaded.program) {
            return Ok(());
        }
        for other in &loaded.others {
            let program = self.program_version(other.trial.program_version).await?;
            if keeps_numbers(&other.trial, &program, &zone(&other.trial.zone)?, loaded.now) {
                return Ok(());
            }
        }
        let numbers = tx.read().numbers(customer).await?;
        let places = tx.read().locations(customer).await?;
        if numbers.is_empty() && places.is_empty() {
            return Ok(());
        }
        let rests = |number: &Number| number.rests_until.is_some_and(|until| until > loaded.now);
        let free: Vec<Number> = numbers.into_iter().filter(|number| !rests(number)).collect();
        self.let_go(tx, &free).await?;
        Ok(tx.drop_calling(customer).await?)
    }

    async fn let_go(&self, tx: &Tx, free: &[Number]) -> Result<(), Error> {
        let tell = free
            .iter()
            .map(|one| self.number_task(Tell::Release, &one.number, &one.customer));
        tx.tell_directory(&tell.collect::<Vec<_>>()).await?;
        let ids: Vec<_> = free.iter().map(|number| number.id.clone()).collect();
        Ok(tx.drop_numbers(&ids).await?)
    }

    /// Releases what was taken away by hand and has rested; nothing of a customer that is held (EXP-9), nothing while
    /// time cannot be trusted (EXP-8).
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn release_rested(&self) -> Result<usize, Error> {
        let mut released = 0;
        if self.fuse.load(Ordering::SeqCst) {
            return Ok(released);
        }
        for region in self.stores.regions.values() {
            loop {
                let found = self.release_some(region).await?;
                released += found;
                if (found as u64) < AT_ONCE {
                    break;
                }
            }
        }
        if released > 0 {
            self.tend_directory().await?;
        }
        Ok(released)
    }

    async fn release_some(&self, region: &Region) -> Result<usize, Error> {
        let now = self.clock.now();
        let found = region.read().rested_numbers(now, AT_ONCE).await?;
        if found.is_empty() {
            return Ok(0);
        }
        let tx = region.begin().await?;
        let mut customers: Vec<_> = found.iter().map(|number| number.customer.clone()).collect();
        customers.sort();
        customers.dedup();
        for customer in &customers {
            tx.lock(customer).await?;
        }
        // Somebody may have put one back, or held its customer, before the lock.
        let still = tx.read().rested_numbers(now, AT_ONCE).await?;
        let still: Vec<Number> = still.into_iter().filter(|one| found.contains(one)).collect();
        self.let_go(&tx, &still).await?;
        tx.commit().await?;
        Ok(still.len())
    }
}
