//! Who of one's own company looks after a customer (ORG-3, LIST-1), by name.

use crate::{Actor, App, Error};
use domain::{ids::PersonId, person::Person};

impl App {
    /// Those of the ids that are people of the actor's own company; others are left out.
    ///
    /// # Errors
    /// Those of the store of the company's region.
    pub async fn colleagues(&self, actor: &Actor, ids: &[PersonId]) -> Result<Vec<Person>, Error> {
        let reads = self.region(actor.org().region())?.read();
        let mut found = reads.people(ids).await?;
        found.retain(|person| person.organization == *actor.org());
        Ok(found)
    }
}
