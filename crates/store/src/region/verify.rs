//! Checking the record of changes: every chain from its first row to its head, also while others write.

use super::{Reads, event::hash, seal::unseal};
use crate::{
    StoreError,
    entity::{chain, event, event_text, organization},
    keys::sha256,
};
use domain::ids::EventId;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use std::collections::BTreeMap;

/// Rows are read so many at a time.
const PAGE: u64 = 500;

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Whose record.
    pub organization: String,
    /// Which row, where it is one.
    pub event: Option<String>,
    /// What is wrong with it.
    pub what: String,
}

impl Flaw {
    fn of(organization: &str, what: &str) -> Self {
        Self {
            organization: organization.to_owned(),
            event: None,
            what: what.to_owned(),
        }
    }

    fn at(row: &event::Model, what: &str) -> Self {
        Self {
            event: Some(row.id.clone()),
            ..Self::of(&row.chain, what)
        }
    }
}

/// How far a chain was followed.
#[derive(Default)]
struct Walk {
    rows: u64,
    seq: i64,
    hash: String,
    /// Whether the row was met at which the head stood when the walk began.
    met_head: bool,
}

impl Walk {
    fn step(&mut self, row: &event::Model, head: &chain::Model, flaws: &mut Vec<Flaw>) {
        if row.seq != self.seq + 1 {
            flaws.push(Flaw::at(row, "a row before it is missing"));
        }
        if row.previous != self.hash {
            flaws.push(Flaw::at(row, "it does not follow the row before it"));
        }
        if hash(row) != row.hash {
            flaws.push(Flaw::at(row, "it was changed after it was written"));
        }
        self.rows += 1;
        self.seq = row.seq;
        self.hash.clone_from(&row.hash);
        self.met_head |= row.seq == head.seq && row.hash == head.hash;
    }
}

impl Reads<'_> {
    /// Checks all chains of a region: how many rows were read, and what is wrong with them.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn verify_chains(&self) -> Result<(u64, Vec<Flaw>), StoreError> {
        let (mut count, mut flaws, mut after) = (0, self.headless().await?, String::new());
        loop {
            let heads = chain::Entity::find()
                .filter(chain::Column::OrganizationId.gt(after.as_str()))
                .order_by_asc(chain::Column::OrganizationId)
                .limit(PAGE)
                .all(&self.on)
                .await?;
            let Some(last) = heads.last() else {
                return Ok((count, flaws));
            };
            after.clone_from(&last.organization_id);
            for head in &heads {
                count += self.verify_chain(head, &mut flaws).await?;
            }
        }
    }

    /// Organizations without a record, and rows of a record without a head.
    async fn headless(&self) -> Result<Vec<Flaw>, StoreError> {
        let heads = || {
            chain::Entity::find()
                .select_only()
                .column(chain::Column::OrganizationId)
        };
        let organizations = organization::Entity::find()
            .select_only()
            .column(organization::Column::Id)
            .filter(organization::Column::Id.not_in_subquery(heads().into_query()));
        let records = event::Entity::find()
            .select_only()
            .column(event::Column::Chain)
            .distinct()
            .filter(event::Column::Chain.not_in_subquery(heads().into_query()));
        let mut found: Vec<String> = organizations.into_tuple().all(&self.on).await?;
        found.extend(records.into_tuple::<String>().all(&self.on).await?);
        found.sort();
        found.dedup();
        Ok(found.iter().map(|one| Flaw::of(one, "its head is missing")).collect())
    }

    async fn verify_chain(&self, head: &chain::Model, flaws: &mut Vec<Flaw>) -> Result<u64, StoreError> {
        let organization = head.organization_id.as_str();
        let mut walk = Walk {
            met_head: head.seq == 0 && head.hash.is_empty(),
            ..Walk::default()
        };
        let mut after = i64::MIN;
        loop {
            let page = event::Entity::find()
                .filter(event::Column::Chain.eq(organization))
                .filter(event::Column::Seq.gt(after))
                .order_by_asc(event::Column::Seq)
                .limit(PAGE)
                .all(&self.on)
                .await?;
            let Some(last) = page.last() else { break };
            after = last.seq;
            for row in &page {
                walk.step(row, head, flaws);
            }
            self.verify_words(organization, &page, flaws).await?;
        }
        if !walk.met_head {
            flaws.push(Flaw::of(
                organization,
                "its last rows are missing, or its head was changed",
            ));
        }
        // Others may have written since the head was read, but none without moving it.
        let now = chain::Entity::find_by_id(organization).one(&self.on).await?;
        if now.is_none_or(|now| walk.seq > now.seq) {
            flaws.push(Flaw::of(organization, "rows lie beyond its head"));
        }
        Ok(walk.rows)
    }

    /// Words must be those that were committed to. Erased ones are no flaw: then their key is gone, too.
    async fn verify_words(
        &self,
        organization: &str,
        page: &[event::Model],
        flaws: &mut Vec<Flaw>,
    ) -> Result<(), StoreError> {
        let committed: Vec<_> = page.iter().filter(|row| !row.commitment.is_empty()).collect();
        if committed.is_empty() {
            return Ok(());
        }
        let kept = self.kept_words(&committed).await?;
        // Words and key are erased together: what is still there once the key is gone was not erased.
        let key = match self.customer_key(organization).await {
            Ok(Some(key)) => key,
            Ok(None) if kept.is_empty() || self.kept_words(&committed).await?.is_empty() => return Ok(()),
            Ok(None) => {
                flaws.push(Flaw::of(organization, "the key of its words is missing"));
                return Ok(());
            }
            Err(StoreError::Corrupt(_)) => {
                flaws.push(Flaw::of(organization, "the key of its words was changed"));
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        for row in committed {
            let Some(words) = kept.get(&row.id) else {
                flaws.push(Flaw::at(row, "its words are missing"));
                continue;
            };
            let opened = unseal(&key, &words.nonce, &words.sealed);
            if words.chain != row.chain || !opened.is_ok_and(|plain| sha256(&plain) == row.commitment) {
                flaws.push(Flaw::at(row, "its words were changed after they were written"));
            }
        }
        Ok(())
    }

    async fn kept_words(&self, rows: &[&event::Model]) -> Result<BTreeMap<String, event_text::Model>, StoreError> {
        let ids = rows.iter().map(|row| row.id.as_str());
        let kept = event_text::Entity::find().filter(event_text::Column::EventId.is_in(ids));
        let kept = kept.all(&self.on).await?;
        Ok(kept.into_iter().map(|words| (words.event_id.clone(), words)).collect())
    }

    /// The record's ids, for tests that change a row and look for it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn event_ids(&self, limit: u64) -> Result<Vec<EventId>, StoreError> {
        let rows = event::Entity::find()
            .order_by_asc(event::Column::Id)
            .limit(limit)
            .all(&self.on)
            .await?;
        Ok(rows.into_iter().map(|row| EventId(row.id)).collect())
    }
}
