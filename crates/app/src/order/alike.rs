//! CONV-4: every trial that this person may see is compared with what was typed, region by region and page by page; the
//! likeliest are shown.

use super::{Candidate, matching::candidate};
use crate::{App, Error};
use domain::{
    ids::OrgId,
    likeness::{Likeness, likeness},
    text,
    trial::Status,
};
use store::{
    Region, StoreError,
    region::trial::{Named, Scope},
};

/// Of trials that can be bought now.
const CONVERTIBLE: [Status; 2] = [Status::Active, Status::Expired];

/// Trials that are read at once.
const AT_ONCE: u64 = 1_000;
/// Candidates that are shown, at most.
const SHOWN: usize = 20;

/// Trials that may have been meant, the likeliest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Alike {
    pub(super) candidates: Vec<Candidate>,
    /// Where nobody could look.
    pub(super) unavailable_regions: Vec<String>,
}

impl From<Vec<Candidate>> for Alike {
    fn from(candidates: Vec<Candidate>) -> Self {
        Self {
            candidates,
            unavailable_regions: Vec::new(),
        }
    }
}

impl App {
    /// What is like an address, among the partner's trials that can be bought and are within this sight.
    pub(super) async fn alike(&self, scope: Option<&Scope>, partner: &OrgId, given: &str) -> Result<Alike, Error> {
        let Some(scope) = scope else {
            return Ok(Alike::default());
        };
        let mut found = Alike::default();
        for region in self.stores.regions.values() {
            match alike_in(region, scope, partner, given).await {
                Ok(some) => found.candidates.extend(some),
                Err(Error::Store(StoreError::Unavailable(_))) => {
                    found.unavailable_regions.push(region.id().to_owned());
                }
                Err(error) => return Err(error),
            }
        }
        let rank = |one: &Candidate| (one.reason, text::fold(&one.customer_name), one.trial.clone());
        found.candidates.sort_by_cached_key(rank);
        found.candidates.truncate(SHOWN);
        Ok(found)
    }
}

async fn alike_in(region: &Region, scope: &Scope, partner: &OrgId, given: &str) -> Result<Vec<Candidate>, Error> {
    let reads = region.read();
    let mut best: Vec<(Likeness, Named)> = Vec::new();
    let mut after = None;
    loop {
        let page = reads.named_trials(scope, &CONVERTIBLE, after.as_ref(), AT_ONCE).await?;
        after = page
            .last()
            .filter(|_| page.len() as u64 >= AT_ONCE)
            .map(|last| (last.created_at, last.trial.0.clone()));
        // A customer may try things with others, too: those can never be meant.
        let own = page
            .into_iter()
            .filter(|one| one.partner == *partner && !one.email.is_empty());
        best.extend(own.filter_map(|one| Some((likeness(given, &one.email, &one.name)?, one))));
        best.sort_by(|one, other| (one.0, &one.1.name, &one.1.trial).cmp(&(other.0, &other.1.name, &other.1.trial)));
        best.truncate(SHOWN);
        if after.is_none() {
            break;
        }
    }
    let mut all = Vec::with_capacity(best.len());
    for (reason, one) in best {
        all.extend(candidate(&reads, (&one.trial, &one.customer), reason).await?);
    }
    Ok(all)
}
