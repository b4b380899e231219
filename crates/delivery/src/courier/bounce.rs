//! NOTE-4: an address that takes no email is written down where its person lives, until it takes one again.

use super::{Courier, Task};
use crate::smtp::SendError;
use domain::ids::PersonId;
use jiff::Timestamp;
use std::collections::BTreeMap;

impl Courier {
    pub(super) async fn mark(&self, task: &Task, result: &Result<(), SendError>) {
        let bounced_at = match result {
            Ok(()) => None,
            Err(SendError::Bounced(_)) => Some((self.clocks.rules)()),
            Err(SendError::Permanent(_) | SendError::Temporary(_)) => return,
        };
        self.mark_all(vec![(task.reader.clone(), task.to.clone())], bounced_at)
            .await;
    }

    /// What cannot be written down now is when the next email ends alike.
    pub(super) async fn mark_all(&self, readers: Vec<(PersonId, String)>, bounced_at: Option<Timestamp>) {
        let mut homes: BTreeMap<String, Vec<(PersonId, String)>> = BTreeMap::new();
        for reader in readers {
            homes.entry(reader.0.region().to_owned()).or_default().push(reader);
        }
        for (home, readers) in homes {
            let Some(region) = self.stores.region(&home) else {
                continue;
            };
            if let Err(error) = region.mark_addresses(&readers, bounced_at).await {
                tracing::warn!(region = home, %error, "whether addresses take email is not written down");
            }
        }
    }
}
