//! What falls due.

use super::{Reads, Tx, batch::Rows};
use crate::{
    StoreError,
    entity::{hold, milestone},
    time::{day, instant, micros},
};
use domain::{
    ids::{OrgId, TrialId},
    trial::{MilestoneKind, MilestoneState, Row, RowChange},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, Select, sea_query::Expr,
};

/// A milestone whose instant has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueRow {
    /// Of which trial.
    pub trial: TrialId,
    /// Of which customer.
    pub customer: OrgId,
    /// What.
    pub kind: MilestoneKind,
    /// When it fell due.
    pub at: Timestamp,
}

/// What is not worked on: EXP-9 holds are looked up, EXP-8's holds everything irreversible.
fn open(fuse: bool) -> Select<milestone::Entity> {
    let irreversible = MilestoneKind::ALL
        .iter()
        .filter(|kind| kind.is_irreversible())
        .map(|kind| kind.as_str());
    let held = hold::Entity::find()
        .select_only()
        .column(hold::Column::CustomerId)
        .filter(hold::Column::LiftedAt.is_null())
        .into_query();
    let mut stopped = Condition::all().add(milestone::Column::Kind.is_in(irreversible));
    if !fuse {
        stopped = stopped.add(milestone::Column::CustomerId.in_subquery(held));
    }
    milestone::Entity::find()
        .filter(milestone::Column::State.eq(MilestoneState::Planned.as_str()))
        .filter(stopped.not())
}

impl Reads<'_> {
    /// A trial's milestones, in order.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn milestones(&self, trial: &TrialId) -> Result<Vec<Row>, StoreError> {
        if let Some(found) = self.batched_of_trial(trial, |rows| in_order(rows, trial))? {
            return Ok(found);
        }
        let rows = milestone::Entity::find()
            .filter(milestone::Column::TrialId.eq(trial.as_str()))
            .order_by_asc(milestone::Column::At)
            .order_by_asc(milestone::Column::Rank);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// The instant at which something falls due next, a milestone or an alarm.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn next_due(&self, fuse: bool) -> Result<Option<Timestamp>, StoreError> {
        let first = open(fuse)
            .order_by_asc(milestone::Column::At)
            .order_by_asc(milestone::Column::Rank)
            .limit(1);
        let first = first.one(&self.on).await?.map(|row| instant(row.at)).transpose()?;
        Ok([first, self.next_alarm().await?].into_iter().flatten().min())
    }

    /// What has fallen due, in order.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn due(&self, until: Timestamp, fuse: bool, limit: u64) -> Result<Vec<DueRow>, StoreError> {
        let rows = open(fuse)
            .filter(milestone::Column::At.lte(micros(until)))
            .order_by_asc(milestone::Column::At)
            .order_by_asc(milestone::Column::Rank)
            .order_by_asc(milestone::Column::TrialId)
            .limit(limit)
            .all(&self.on)
            .await?;
        rows.into_iter()
            .map(|row| {
                Ok(DueRow {
                    trial: TrialId(row.trial_id),
                    customer: OrgId(row.customer_id),
                    kind: kind(&row.kind)?,
                    at: instant(row.at)?,
                })
            })
            .collect()
    }
}

impl Tx {
    /// Brings a trial's rows up to its plan.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_milestones(
        &self,
        trial: &TrialId,
        customer: &OrgId,
        changes: &[RowChange],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let batched = |rows: &mut Rows| {
            for change in changes {
                apply(rows, trial, customer, change, now);
            }
            Ok(())
        };
        if self.batch(customer, batched)?.is_some() {
            return Ok(());
        }
        let mut rows = Vec::new();
        for change in changes {
            match change {
                RowChange::Insert(row) => rows.push(new(trial, customer, row).into_active_model().reset_all()),
                RowChange::Delete(kind, at) => {
                    // What happened is not forgotten, whatever a stale plan says.
                    milestone::Entity::delete_by_id((trial.0.clone(), kind.as_str().to_owned(), micros(*at)))
                        .filter(milestone::Column::State.eq(MilestoneState::Planned.as_str()))
                        .exec(&self.on)
                        .await?;
                }
                RowChange::Skip(kind, at) => {
                    self.finish_milestone(trial, *kind, *at, MilestoneState::Skipped, now)
                        .await?;
                }
            }
        }
        if !rows.is_empty() {
            milestone::Entity::insert_many(rows)
                .exec_without_returning(&self.on)
                .await?;
        }
        Ok(())
    }

    /// Marks one done or skipped; false when it was so already.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn finish_milestone(
        &self,
        trial: &TrialId,
        kind: MilestoneKind,
        at: Timestamp,
        state: MilestoneState,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let batched = |rows: &mut Rows| Ok(finish(rows, (trial, kind, at), state, now));
        if let Some(done) = self.batch_of_trial(trial, batched)? {
            return Ok(done);
        }
        let done = milestone::Entity::update_many()
            .col_expr(milestone::Column::State, Expr::value(state.as_str()))
            .col_expr(milestone::Column::DoneAt, Expr::value(micros(now)))
            .filter(milestone::Column::TrialId.eq(trial.as_str()))
            .filter(milestone::Column::Kind.eq(kind.as_str()))
            .filter(milestone::Column::At.eq(micros(at)))
            .filter(milestone::Column::State.eq(MilestoneState::Planned.as_str()))
            .exec(&self.on)
            .await?;
        Ok(done.rows_affected == 1)
    }
}

fn rank(kind: MilestoneKind) -> i32 {
    MilestoneKind::ALL
        .iter()
        .position(|one| *one == kind)
        .and_then(|place| i32::try_from(place).ok())
        .unwrap_or(i32::MAX)
}

fn new(trial: &TrialId, customer: &OrgId, row: &Row) -> milestone::Model {
    milestone::Model {
        trial_id: trial.0.clone(),
        kind: row.kind.as_str().to_owned(),
        at: micros(row.at),
        rank: rank(row.kind),
        customer_id: customer.0.clone(),
        on_day: row.on.to_string(),
        state: row.state.as_str().to_owned(),
        done_at: row.done_at.map(micros),
    }
}

fn key(trial: &TrialId, kind: MilestoneKind, at: Timestamp) -> (String, String, i64) {
    (trial.0.clone(), kind.as_str().to_owned(), micros(at))
}

fn in_order(rows: &Rows, trial: &TrialId) -> Result<Vec<Row>, StoreError> {
    let theirs = rows.milestones.values().filter(|row| row.trial_id == trial.0);
    let mut all: Vec<&milestone::Model> = theirs.collect();
    all.sort_by_key(|row| (row.at, row.rank));
    all.into_iter().cloned().map(read).collect()
}

/// [`Tx::put_milestones`] in a batch.
fn apply(rows: &mut Rows, trial: &TrialId, customer: &OrgId, change: &RowChange, now: Timestamp) {
    match change {
        RowChange::Insert(row) => {
            let key = key(trial, row.kind, row.at);
            rows.milestones.insert(key, new(trial, customer, row));
        }
        RowChange::Delete(kind, at) => {
            let key = key(trial, *kind, *at);
            let planned = |row: &milestone::Model| row.state == MilestoneState::Planned.as_str();
            if rows.milestones.get(&key).is_some_and(planned) {
                rows.milestones.remove(&key);
            }
        }
        RowChange::Skip(kind, at) => {
            finish(rows, (trial, *kind, *at), MilestoneState::Skipped, now);
        }
    }
}

/// [`Tx::finish_milestone`] in a batch.
fn finish(
    rows: &mut Rows,
    (trial, kind, at): (&TrialId, MilestoneKind, Timestamp),
    state: MilestoneState,
    now: Timestamp,
) -> bool {
    let row = rows.milestones.get_mut(&key(trial, kind, at));
    let Some(row) = row.filter(|row| row.state == MilestoneState::Planned.as_str()) else {
        return false;
    };
    row.state = state.as_str().to_owned();
    row.done_at = Some(micros(now));
    true
}

fn kind(text: &str) -> Result<MilestoneKind, StoreError> {
    MilestoneKind::parse(text).ok_or_else(|| StoreError::Corrupt(format!("milestone '{text}'")))
}

fn read(row: milestone::Model) -> Result<Row, StoreError> {
    let state = MilestoneState::parse(&row.state);
    Ok(Row {
        kind: kind(&row.kind)?,
        at: instant(row.at)?,
        on: day(&row.on_day)?,
        state: state.ok_or_else(|| StoreError::Corrupt(format!("milestone state '{}'", row.state)))?,
        done_at: row.done_at.map(instant).transpose()?,
    })
}
