//! EXP-9: what will go in the next weeks, within somebody's sight.

use super::{
    Reads,
    trial::{Scope, TrialRecord, in_sight, read},
};
use crate::{
    StoreError,
    entity::{milestone, trial},
    time::{instant, micros},
};
use domain::trial::{MilestoneKind, MilestoneState};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use std::collections::BTreeMap;

/// Which ends of trials.
#[derive(Clone, Debug)]
pub struct RemovalQuery {
    /// Of whose trials.
    pub scope: Scope,
    /// Before this instant.
    pub before: Timestamp,
    /// After this instant, in microseconds, and trial.
    pub after: Option<(i64, String)>,
    /// At most so many.
    pub limit: u64,
}

impl Reads<'_> {
    /// Ends that are planned and not done yet, the next one first; those that are held back, too.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn removals(&self, query: &RemovalQuery) -> Result<Vec<(Timestamp, TrialRecord)>, StoreError> {
        let seen = in_sight(
            trial::Entity::find().select_only().column(trial::Column::Id),
            &query.scope,
        );
        let mut rows = milestone::Entity::find()
            .filter(milestone::Column::State.eq(MilestoneState::Planned.as_str()))
            .filter(milestone::Column::Kind.eq(MilestoneKind::Removed.as_str()))
            .filter(milestone::Column::At.lt(micros(query.before)))
            .filter(milestone::Column::TrialId.in_subquery(seen.into_query()));
        if let Some((at, id)) = &query.after {
            let same = Condition::all()
                .add(milestone::Column::At.eq(*at))
                .add(milestone::Column::TrialId.gt(id.as_str()));
            rows = rows.filter(Condition::any().add(milestone::Column::At.gt(*at)).add(same));
        }
        let rows = rows
            .order_by_asc(milestone::Column::At)
            .order_by_asc(milestone::Column::TrialId)
            .limit(query.limit)
            .all(&self.on)
            .await?;
        let ids = rows.iter().map(|row| row.trial_id.clone());
        let trials = trial::Entity::find().filter(trial::Column::Id.is_in(ids));
        let mut known = BTreeMap::new();
        for row in trials.all(&self.on).await? {
            known.insert(row.id.clone(), read(row)?);
        }
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            if let Some(record) = known.remove(&row.trial_id) {
                found.push((instant(row.at)?, record));
            }
        }
        Ok(found)
    }
}
