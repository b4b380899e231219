//! Checking the record of changes: every chain from its first row to its head.

use super::{Reads, event::Links};
use crate::{
    StoreError,
    entity::{chain, event, event_text},
    keys::sha256,
};
use domain::ids::EventId;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

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

impl Reads<'_> {
    /// Checks all chains of a region: how many rows were read, and what is wrong with them.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn verify_chains(&self) -> Result<(u64, Vec<Flaw>), StoreError> {
        let (mut count, mut flaws, mut after) = (0, Vec::new(), String::new());
        loop {
            let heads = chain::Entity::find()
                .filter(chain::Column::OrganizationId.gt(after.as_str()))
                .order_by_asc(chain::Column::OrganizationId)
                .limit(500)
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

    async fn verify_chain(&self, head: &chain::Model, flaws: &mut Vec<Flaw>) -> Result<u64, StoreError> {
        let rows = event::Entity::find()
            .filter(event::Column::Chain.eq(head.organization_id.as_str()))
            .order_by_asc(event::Column::Seq)
            .all(&self.on)
            .await?;
        let mut flaw = |event: Option<&event::Model>, what: &str| {
            flaws.push(Flaw {
                organization: head.organization_id.clone(),
                event: event.map(|row| row.id.clone()),
                what: what.to_owned(),
            });
        };
        let mut previous = String::new();
        for (place, row) in rows.iter().enumerate() {
            if row.seq != i64::try_from(place).unwrap_or(i64::MAX) + 1 {
                flaw(Some(row), "a row before it is missing");
            }
            if row.previous != previous {
                flaw(Some(row), "it does not follow the row before it");
            }
            if links(row).hash() != row.hash {
                flaw(Some(row), "it was changed after it was written");
            }
            previous.clone_from(&row.hash);
        }
        if head.hash != previous || head.seq != i64::try_from(rows.len()).unwrap_or(i64::MAX) {
            flaw(None, "its last rows are missing");
        }
        for row in &rows {
            if let Some(what) = self.verify_words(row).await? {
                flaw(Some(row), what);
            }
        }
        Ok(rows.len() as u64)
    }

    /// Words that are still there must be those that were committed to; erased ones are no flaw.
    async fn verify_words(&self, row: &event::Model) -> Result<Option<&'static str>, StoreError> {
        if row.commitment.is_empty() {
            return Ok(None);
        }
        let Some(kept) = event_text::Entity::find_by_id(row.id.as_str()).one(&self.on).await? else {
            return Ok(None);
        };
        let Some(key) = self.customer_key(&row.chain).await? else {
            return Ok(None);
        };
        let opened = super::seal::unseal(&key, &kept.nonce, &kept.sealed);
        let same = opened.is_ok_and(|words| sha256(&words) == row.commitment);
        Ok((!same).then_some("its words were changed after they were written"))
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

fn links(row: &event::Model) -> Links<'_> {
    Links {
        id: &row.id,
        seq: row.seq,
        at: row.at,
        trial: row.trial_id.as_deref(),
        name: &row.name,
        actor: &row.actor,
        body: &row.body,
        commitment: &row.commitment,
        previous: &row.previous,
    }
}
