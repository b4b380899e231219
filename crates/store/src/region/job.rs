//! Work in the background: many rows, each done once, by one server at a time.

use super::{Reads, Region, Tx};
use crate::{
    StoreError,
    entity::{job, job_row},
    time::{instant, json, micros, parse},
};
use domain::ids::{JobId, OrgId, PersonId};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, LockBehavior, LockType},
};

/// What a row is until it is done.
pub const PENDING: &str = "pending";
/// What a row is that could not be done.
pub const FAILED: &str = "failed";

/// A job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// What it does.
    pub kind: String,
    /// For which customer.
    pub customer: OrgId,
    /// Who asked for it.
    pub author: PersonId,
    /// As whom, in the words of those who asked for it.
    pub by: String,
    /// `queued`, `running`, `done`, `failed`.
    pub status: String,
    /// How many rows it has.
    pub total: u64,
    /// How many of them came out right.
    pub succeeded: u64,
    /// How many did not.
    pub failed: u64,
    /// When it was asked for, real time.
    pub created_at: Timestamp,
    /// When its last row was done.
    pub finished_at: Option<Timestamp>,
    /// Grows whenever somebody takes it in hand; an older holder's word no longer counts.
    pub fence: i64,
}

/// A row of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    /// Counts from 1.
    pub number: u64,
    /// [`PENDING`], [`FAILED`], or what was done.
    pub status: String,
    /// Why not.
    pub code: Option<String>,
    /// Values for the words of that.
    pub details: Vec<(String, String)>,
    /// What it made or changed.
    pub subject: Option<String>,
    /// What was given; personal, and gone when the row is done.
    pub input: Option<String>,
}

impl Tx {
    /// Writes a new job with its rows.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_job(&self, job: &Job, rows: &[JobRow]) -> Result<(), StoreError> {
        let model = job::ActiveModel {
            id: Set(job.id.0.clone()),
            kind: Set(job.kind.clone()),
            customer_id: Set(job.customer.0.clone()),
            author_id: Set(job.author.0.clone()),
            author: Set(job.by.clone()),
            status: Set(job.status.clone()),
            total: Set(signed(job.total)),
            succeeded: Set(signed(job.succeeded)),
            failed: Set(signed(job.failed)),
            created_at: Set(micros(job.created_at)),
            finished_at: Set(job.finished_at.map(micros)),
            holder: Set(String::new()),
            lease_until: Set(0),
            fence: Set(0),
            touched_at: Set(micros(job.created_at)),
        };
        job::Entity::insert(model).exec_without_returning(&self.on).await?;
        self.put_rows(&job.id, rows).await
    }

    async fn put_rows(&self, id: &JobId, rows: &[JobRow]) -> Result<(), StoreError> {
        for part in rows.chunks(500) {
            let mut models = Vec::with_capacity(part.len());
            for row in part {
                let details = (!row.details.is_empty()).then(|| json(&row.details)).transpose()?;
                models.push(job_row::ActiveModel {
                    job_id: Set(id.0.clone()),
                    number: Set(signed(row.number)),
                    status: Set(row.status.clone()),
                    code: Set(row.code.clone()),
                    details: Set(details),
                    subject_id: Set(row.subject.clone()),
                    input: Set(row.input.clone()),
                });
            }
            job_row::Entity::insert_many(models)
                .exec_without_returning(&self.on)
                .await?;
        }
        Ok(())
    }

    /// Writes down how rows came out, and that the job went on; `finished_at` when it was its last ones. All of that, or
    /// nothing where somebody else has taken the job in hand.
    ///
    /// # Errors
    /// `Conflict` for an older holder.
    pub async fn finish_rows(
        &self,
        job: &Job,
        rows: &[JobRow],
        lease_until: Timestamp,
        finished_at: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let failed = rows.iter().filter(|row| row.status == FAILED).count() as u64;
        let succeeded = rows.len() as u64 - failed;
        let status = if finished_at.is_some() { "done" } else { "running" };
        self.go_on(job, status, (succeeded, failed), lease_until, finished_at)
            .await?;
        let numbers: Vec<i64> = rows.iter().map(|row| signed(row.number)).collect();
        for part in numbers.chunks(500) {
            job_row::Entity::delete_many()
                .filter(job_row::Column::JobId.eq(job.id.as_str()))
                .filter(job_row::Column::Number.is_in(part.iter().copied()))
                .exec(&self.on)
                .await?;
        }
        self.put_rows(&job.id, rows).await
    }

    /// All rows that are not done fail for the same reason, and so does the job.
    ///
    /// # Errors
    /// `Conflict` for an older holder.
    pub async fn fail_rest(&self, job: &Job, code: &str, finished_at: Timestamp) -> Result<(), StoreError> {
        let done = job_row::Entity::update_many()
            .col_expr(job_row::Column::Status, Expr::value(FAILED))
            .col_expr(job_row::Column::Code, Expr::value(code))
            .col_expr(job_row::Column::Input, Expr::value(Option::<String>::None))
            .filter(job_row::Column::JobId.eq(job.id.as_str()))
            .filter(job_row::Column::Status.eq(PENDING))
            .exec(&self.on)
            .await?;
        self.go_on(job, FAILED, (0, done.rows_affected), finished_at, Some(finished_at))
            .await
    }

    async fn go_on(
        &self,
        job: &Job,
        status: &str,
        (succeeded, failed): (u64, u64),
        lease_until: Timestamp,
        finished_at: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let add = |column: job::Column, more: u64| Expr::col(column).add(signed(more));
        let done = job::Entity::update_many()
            .col_expr(job::Column::Status, Expr::value(status))
            .col_expr(job::Column::Succeeded, add(job::Column::Succeeded, succeeded))
            .col_expr(job::Column::Failed, add(job::Column::Failed, failed))
            .col_expr(job::Column::LeaseUntil, Expr::value(micros(lease_until)))
            .col_expr(job::Column::FinishedAt, Expr::value(finished_at.map(micros)))
            .filter(job::Column::Id.eq(job.id.as_str()))
            .filter(job::Column::Fence.eq(job.fence))
            .filter(job::Column::FinishedAt.is_null())
            .exec(&self.on)
            .await?;
        match done.rows_affected {
            1 => Ok(()),
            _ => Err(StoreError::Conflict),
        }
    }

    /// EXP-9: the jobs of a customer that is gone, with what was given to them.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_jobs(&self, customer: &OrgId) -> Result<(), StoreError> {
        use sea_orm::QueryTrait as _;
        let theirs = job::Entity::find()
            .select_only()
            .column(job::Column::Id)
            .filter(job::Column::CustomerId.eq(customer.as_str()));
        job_row::Entity::delete_many()
            .filter(job_row::Column::JobId.in_subquery(theirs.into_query()))
            .exec(&self.on)
            .await?;
        job::Entity::delete_many()
            .filter(job::Column::CustomerId.eq(customer.as_str()))
            .exec(&self.on)
            .await?;
        Ok(())
    }
}

impl Region {
    /// Forgets one job that was over before an instant, with its rows; whether there was one.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn forget_job(&self, before: Timestamp) -> Result<bool, StoreError> {
        let old = job::Entity::find()
            .filter(job::Column::Status.is_in(["done", FAILED]))
            .filter(job::Column::FinishedAt.lt(micros(before)))
            .limit(1)
            .one(&self.db.read)
            .await?;
        let Some(old) = old else { return Ok(false) };
        let tx = self.begin().await?;
        job_row::Entity::delete_many()
            .filter(job_row::Column::JobId.eq(old.id.as_str()))
            .exec(&tx.on)
            .await?;
        job::Entity::delete_many()
            .filter(job::Column::Id.eq(old.id.as_str()))
            .exec(&tx.on)
            .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Takes a job in hand that nobody else has, the one that waited longest.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn claim_job(
        &self,
        holder: &str,
        real_now: Timestamp,
        lease: SignedDuration,
    ) -> Result<Option<Job>, StoreError> {
        let free = || {
            let nobodys = Condition::any()
                .add(job::Column::LeaseUntil.lte(micros(real_now)))
                .add(job::Column::Holder.eq(holder));
            job::Entity::find()
                .filter(job::Column::Status.is_in(["queued", "running"]))
                .filter(nobodys)
        };
        // Nothing to do is the common case, and needs no writer.
        if free().count(&self.db.read).await? == 0 {
            return Ok(None);
        }
        let tx = self.begin().await?;
        let row = free()
            .order_by_asc(job::Column::TouchedAt)
            .order_by_asc(job::Column::Id)
            .limit(1)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .one(&tx.on)
            .await?;
        let Some(row) = row else {
            tx.rollback().await?;
            return Ok(None);
        };
        let until = real_now.checked_add(lease).unwrap_or(real_now);
        job::Entity::update_many()
            .col_expr(job::Column::Status, Expr::value("running"))
            .col_expr(job::Column::Holder, Expr::value(holder))
            .col_expr(job::Column::LeaseUntil, Expr::value(micros(until)))
            .col_expr(job::Column::TouchedAt, Expr::value(micros(real_now)))
            .col_expr(job::Column::Fence, Expr::col(job::Column::Fence).add(1))
            .filter(job::Column::Id.eq(row.id.as_str()))
            .exec(&tx.on)
            .await?;
        tx.commit().await?;
        let mut found = read(row)?;
        found.fence += 1;
        Ok(Some(found))
    }
}

impl Reads<'_> {
    /// One job.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn job(&self, id: &JobId) -> Result<Option<Job>, StoreError> {
        let row = job::Entity::find_by_id(id.as_str()).one(&self.on).await?;
        row.map(read).transpose()
    }

    /// How many jobs of a customer are not over.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn open_jobs(&self, customer: &OrgId) -> Result<u64, StoreError> {
        let rows = job::Entity::find()
            .filter(job::Column::CustomerId.eq(customer.as_str()))
            .filter(job::Column::FinishedAt.is_null());
        Ok(rows.count(&self.on).await?)
    }

    /// The jobs of somebody for a customer, the newest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn jobs_of(&self, customer: &OrgId, author: &PersonId, limit: u64) -> Result<Vec<Job>, StoreError> {
        let rows = job::Entity::find()
            .filter(job::Column::CustomerId.eq(customer.as_str()))
            .filter(job::Column::AuthorId.eq(author.as_str()))
            .order_by_desc(job::Column::CreatedAt)
            .order_by_desc(job::Column::Id)
            .limit(limit);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// All jobs for a customer, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn jobs_about(&self, customer: &OrgId) -> Result<Vec<Job>, StoreError> {
        let rows = job::Entity::find()
            .filter(job::Column::CustomerId.eq(customer.as_str()))
            .order_by_asc(job::Column::CreatedAt)
            .order_by_asc(job::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// Rows of a job after a number, of one status or of all.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn job_rows(
        &self,
        id: &JobId,
        status: Option<&str>,
        after: u64,
        limit: u64,
    ) -> Result<Vec<JobRow>, StoreError> {
        let mut rows = job_row::Entity::find().filter(job_row::Column::JobId.eq(id.as_str()));
        if let Some(status) = status {
            rows = rows.filter(job_row::Column::Status.eq(status));
        }
        let rows = rows
            .filter(job_row::Column::Number.gt(signed(after)))
            .order_by_asc(job_row::Column::Number)
            .limit(limit);
        rows.all(&self.on).await?.into_iter().map(read_row).collect()
    }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn counted(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn read(row: job::Model) -> Result<Job, StoreError> {
    Ok(Job {
        id: JobId(row.id),
        kind: row.kind,
        customer: OrgId(row.customer_id),
        author: PersonId(row.author_id),
        by: row.author,
        status: row.status,
        total: counted(row.total),
        succeeded: counted(row.succeeded),
        failed: counted(row.failed),
        created_at: instant(row.created_at)?,
        finished_at: row.finished_at.map(instant).transpose()?,
        fence: row.fence,
    })
}

fn read_row(row: job_row::Model) -> Result<JobRow, StoreError> {
    let details = row.details.map(|text| parse(&text, "a job's row")).transpose()?;
    Ok(JobRow {
        number: counted(row.number),
        status: row.status,
        code: row.code,
        details: details.unwrap_or_default(),
        subject: row.subject_id,
        input: row.input,
    })
}
