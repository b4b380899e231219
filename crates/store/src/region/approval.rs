//! What waits for the trials team, and what it decided (START-2, REG-3).

use super::{Reads, Tx, batch::Rows};
use crate::{
    StoreError,
    entity::approval,
    time::{instant, json, micros, parse},
};
use domain::{
    ids::{ApprovalId, OrgId, PersonId, TrialId},
    trial::Subject,
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};
use std::collections::BTreeMap;

/// One approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Its id.
    pub id: ApprovalId,
    /// About which trial.
    pub trial: TrialId,
    /// For whom.
    pub customer: OrgId,
    /// Who asks.
    pub partner: OrgId,
    /// About what.
    pub subject: Subject,
    /// `pending`, `approved`, `refused`, or `withdrawn` when the trial no longer needs it.
    pub state: String,
    /// When it was asked.
    pub requested_at: Timestamp,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// By whom.
    pub decided_by: Option<PersonId>,
    /// Why; personal, and the partner reads it.
    pub reason: Option<String>,
    /// What stood against a yes when it was given: a stable code.
    pub because: Option<String>,
    /// Counts up with every change.
    pub version: i64,
}

/// What became of an approval.
#[derive(Clone, Copy, Debug)]
pub struct Closing<'a> {
    /// `approved`, `refused` or `withdrawn`.
    pub state: &'a str,
    /// By whom.
    pub by: Option<&'a PersonId>,
    /// Why; personal, and the partner reads it.
    pub reason: Option<&'a str>,
    /// What stood against a yes.
    pub because: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

impl<'a> Closing<'a> {
    /// By nobody, for no reason but the state.
    pub fn of(state: &'a str, at: Timestamp) -> Self {
        Self {
            state,
            by: None,
            reason: None,
            because: None,
            at,
        }
    }
}

impl Reads<'_> {
    /// An approval.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn approval(&self, id: &ApprovalId) -> Result<Option<Approval>, StoreError> {
        approval::Entity::find_by_id(id.as_str())
            .one(&self.on)
            .await?
            .map(read)
            .transpose()
    }

    /// Approvals in a state, of one kind of subject or of all, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn approvals(&self, state: &str, kind: Option<&str>) -> Result<Vec<Approval>, StoreError> {
        let rows = approval::Entity::find()
            .filter(of_kind(kind))
            .filter(approval::Column::State.eq(state))
            .order_by_asc(approval::Column::RequestedAt)
            .order_by_asc(approval::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// How many are in a state, by the kind of their subject.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn count_approvals(&self, state: &str) -> Result<BTreeMap<&'static str, u64>, StoreError> {
        let rows = approval::Entity::find()
            .select_only()
            .column(approval::Column::Subject)
            .column_as(approval::Column::Id.count(), "many")
            .filter(approval::Column::State.eq(state))
            .group_by(approval::Column::Subject);
        let mut counts = BTreeMap::new();
        for (subject, many) in rows.into_tuple::<(String, i64)>().all(&self.on).await? {
            let subject: Subject = parse(&subject, "an approval's subject")?;
            *counts.entry(subject.kind()).or_default() += u64::try_from(many).unwrap_or(0);
        }
        Ok(counts)
    }

    /// The last that were decided or fell away, of one kind of subject or of all, the newest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn decided_approvals(&self, kind: Option<&str>, limit: u64) -> Result<Vec<Approval>, StoreError> {
        let rows = approval::Entity::find()
            .filter(of_kind(kind))
            .filter(approval::Column::DecidedAt.is_not_null())
            .order_by_desc(approval::Column::DecidedAt)
            .order_by_desc(approval::Column::Id)
            .limit(limit);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// What waits for a trial.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn approvals_of(&self, trial: &TrialId) -> Result<Vec<Approval>, StoreError> {
        let known = |rows: &Rows| {
            let theirs = rows.approvals.values().filter(|row| row.trial_id == trial.0);
            theirs.cloned().map(read).collect()
        };
        if let Some(found) = self.batched_of_trial(trial, known)? {
            return Ok(found);
        }
        let rows = approval::Entity::find()
            .filter(approval::Column::TrialId.eq(trial.as_str()))
            .order_by_asc(approval::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Writes a new one.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_approval(&self, value: &Approval) -> Result<(), StoreError> {
        let row = approval::ActiveModel {
            id: Set(value.id.0.clone()),
            trial_id: Set(value.trial.0.clone()),
            customer_id: Set(value.customer.0.clone()),
            partner_id: Set(value.partner.0.clone()),
            subject: Set(json(&value.subject)?),
            state: Set(value.state.clone()),
            requested_at: Set(micros(value.requested_at)),
            decided_at: Set(None),
            decided_by: Set(None),
            version: Set(1),
            reason: Set(None),
            because: Set(None),
        };
        approval::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// Writes what became of one.
    ///
    /// # Errors
    /// `Conflict` when it was decided meanwhile.
    pub async fn close_approval(&self, value: &Approval, closing: &Closing<'_>) -> Result<(), StoreError> {
        let Closing {
            state,
            by,
            reason,
            because,
            at,
        } = *closing;
        let batched = |rows: &mut Rows| {
            let row = rows.approvals.get_mut(value.id.as_str());
            let row = row.filter(|row| row.state == "pending").ok_or(StoreError::Conflict)?;
            row.state = state.to_owned();
            row.decided_at = Some(micros(at));
            row.decided_by = by.map(|id| id.0.clone());
            row.reason = reason.map(str::to_owned);
            row.because = because.map(str::to_owned);
            row.version += 1;
            Ok(())
        };
        if self.batch(&value.customer, batched)?.is_some() {
            return Ok(());
        }
        let done = approval::Entity::update_many()
            .col_expr(approval::Column::State, Expr::value(state))
            .col_expr(approval::Column::DecidedAt, Expr::value(micros(at)))
            .col_expr(approval::Column::DecidedBy, Expr::value(by.map(|id| id.0.clone())))
            .col_expr(approval::Column::Reason, Expr::value(reason.map(str::to_owned)))
            .col_expr(approval::Column::Because, Expr::value(because.map(str::to_owned)))
            .col_expr(approval::Column::Version, Expr::col(approval::Column::Version).add(1))
            .filter(approval::Column::Id.eq(value.id.as_str()))
            .filter(approval::Column::State.eq("pending"))
            .exec(&self.on)
            .await?;
        if done.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }
}

impl Tx {
    /// Takes away why anything was decided about a customer (EXP-9).
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_approval_reasons(&self, customer: &OrgId) -> Result<(), StoreError> {
        approval::Entity::update_many()
            .col_expr(approval::Column::Reason, Expr::value(None::<String>))
            .filter(approval::Column::CustomerId.eq(customer.as_str()))
            .exec(&self.on)
            .await?;
        Ok(())
    }
}

/// The kind stands in the subject's own text; a quote inside another value would be escaped there.
fn of_kind(kind: Option<&str>) -> Condition {
    let within = |kind: &str| approval::Column::Subject.contains(format!("\"kind\":\"{kind}\""));
    Condition::all().add_option(kind.map(within))
}

fn read(row: approval::Model) -> Result<Approval, StoreError> {
    Ok(Approval {
        id: ApprovalId(row.id),
        trial: TrialId(row.trial_id),
        customer: OrgId(row.customer_id),
        partner: OrgId(row.partner_id),
        subject: parse(&row.subject, "an approval's subject")?,
        state: row.state,
        requested_at: instant(row.requested_at)?,
        decided_at: row.decided_at.map(instant).transpose()?,
        decided_by: row.decided_by.map(PersonId),
        reason: row.reason,
        because: row.because,
        version: row.version,
    })
}
