//! What was planned before, and what is planned now: the difference is written down (EXP-7).

use super::{MilestoneKind, Planned};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Where one milestone stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MilestoneState {
    /// To come.
    Planned,
    /// Done, once.
    Done,
    /// EXP-7: not done, and never will be.
    Skipped,
}

impl MilestoneState {
    /// The state's stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            MilestoneState::Planned => "planned",
            MilestoneState::Done => "done",
            MilestoneState::Skipped => "skipped",
        }
    }

    /// The state of that name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Planned, Self::Done, Self::Skipped]
            .into_iter()
            .find(|state| state.as_str() == text)
    }
}

/// A milestone as it is written down; kind and instant identify it within its trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What.
    pub kind: MilestoneKind,
    /// When it falls due.
    pub at: Timestamp,
    /// The customer's civil day of that.
    pub on: Date,
    /// Where it stands.
    pub state: MilestoneState,
    /// When that became so.
    pub done_at: Option<Timestamp>,
}

/// What to do to the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowChange {
    /// A new one.
    Insert(Row),
    /// No longer planned.
    Delete(MilestoneKind, Timestamp),
    /// EXP-7: its day has passed without it.
    Skip(MilestoneKind, Timestamp),
}

/// EXP-7: brings the rows up to a new plan. What was done stays and is never planned twice; a notice whose instant has
/// passed is skipped, and that is recorded; what is no longer planned goes.
pub fn reconcile(rows: &[Row], planned: &[Planned], now: Timestamp) -> Vec<RowChange> {
    let mut changes = Vec::new();
    let wanted = |row: &&Row| {
        planned
            .iter()
            .any(|item| item.kind == row.kind && item.at == Some(row.at))
    };
    for row in rows
        .iter()
        .filter(|row| row.state == MilestoneState::Planned && !wanted(row))
    {
        // What fell due already and was not reached is not forgotten silently.
        let passed = row.kind.is_notice() && row.at <= now;
        changes.push(if passed {
            RowChange::Skip(row.kind, row.at)
        } else {
            RowChange::Delete(row.kind, row.at)
        });
    }
    for item in planned {
        let (Some(at), Some(on)) = (item.at, item.on) else {
            continue;
        };
        // TIME-3: never twice, also where other zone data moved the instant of a day that is done.
        let over = |row: &Row| row.state != MilestoneState::Planned && row.on == on;
        if rows
            .iter()
            .any(|row| row.kind == item.kind && (row.at == at || over(row)))
        {
            continue;
        }
        let (state, done_at) = match item.kind {
            MilestoneKind::Started => (MilestoneState::Done, Some(at)),
            kind if kind.is_notice() && at <= now && kind != MilestoneKind::AccessEndedNotice => {
                (MilestoneState::Skipped, Some(now))
            }
            _ => (MilestoneState::Planned, None),
        };
        changes.push(RowChange::Insert(Row {
            kind: item.kind,
            at,
            on,
            state,
            done_at,
        }));
    }
    changes
}
