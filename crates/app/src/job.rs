//! Work in the background: how far it is, and what became of each row. Its author sees it, nobody else.

use crate::{
    Actor, App, Error, Page, PageRequest,
    page::Place,
    policy::{Action, allow},
};
use domain::{
    ids::{JobId, OrgId},
    refusal::Code,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::region::job::{Job, JobRow};

/// A job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct JobView {
    /// Its id.
    pub id: JobId,
    /// `user_import`.
    pub kind: String,
    /// For which customer.
    pub customer: OrgId,
    /// `queued`, `running`, `done`, `failed`.
    pub status: String,
    /// How many rows it has.
    pub total: u64,
    /// How many of them came out right.
    pub succeeded: u64,
    /// How many did not.
    pub failed: u64,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When its last row was done.
    pub finished_at: Option<Timestamp>,
}

impl JobView {
    pub(crate) fn of(job: Job) -> Self {
        Self {
            id: job.id,
            kind: job.kind,
            customer: job.customer,
            status: job.status,
            total: job.total,
            succeeded: job.succeeded,
            failed: job.failed,
            created_at: job.created_at,
            finished_at: job.finished_at,
        }
    }
}

/// A row of a job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RowView {
    /// Counts from 1; a file's header does not count.
    pub row: u64,
    /// `pending`, `created`, `updated`, `unchanged`, `failed`.
    pub status: String,
    /// Why it failed.
    pub code: Option<String>,
    /// Values for the words of that.
    pub details: Vec<(String, String)>,
    /// Who or what it is about, by id.
    pub id: Option<String>,
}

impl RowView {
    pub(crate) fn of(row: JobRow) -> Self {
        Self {
            row: row.number,
            status: row.status,
            code: row.code,
            details: row.details,
            id: row.subject,
        }
    }
}

/// What a row can have become.
pub const ROW_STATUSES: [&str; 5] = ["pending", "created", "updated", "unchanged", "failed"];

impl App {
    /// A job of one's own.
    ///
    /// # Errors
    /// `not_found`, also for others' jobs; `not_certified`, `scope_required`.
    pub async fn job(&self, actor: &Actor, id: &JobId) -> Result<JobView, Error> {
        Ok(JobView::of(self.own_job(actor, id).await?))
    }

    async fn own_job(&self, actor: &Actor, id: &JobId) -> Result<Job, Error> {
        allow(actor, Action::ReadTasks, self.clock.now())?;
        let reads = self.region(id.region())?.read();
        let found = reads.job(id).await?.filter(|job| job.author == *actor.id());
        let job = found.ok_or_else(Error::not_found)?;
        // Who has no more business there sees nothing of it any more.
        match self
            .customer_with_users(&reads, actor, &job.customer, Action::ReadUsers)
            .await
        {
            Ok(_) => Ok(job),
            Err(Error::Refused(refusal)) if refusal.code != Code::NotCertified => Err(Error::not_found()),
            Err(error) => Err(error),
        }
    }

    /// What became of its rows, in their order; of one status, or all.
    ///
    /// # Errors
    /// As for the job.
    pub async fn job_rows(
        &self,
        actor: &Actor,
        id: &JobId,
        status: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<RowView>, Error> {
        self.own_job(actor, id).await?;
        let after = page.after.as_ref().and_then(|place| place.0.parse().ok()).unwrap_or(0);
        let reads = self.region(id.region())?.read();
        let mut rows = reads.job_rows(id, status, after, page.limit as u64 + 1).await?;
        let more = rows.len() > page.limit;
        rows.truncate(page.limit);
        let next = rows.last().filter(|_| more);
        Ok(Page {
            next: next.map(|row| Place(row.number.to_string(), id.0.clone())),
            items: rows.into_iter().map(RowView::of).collect(),
            unavailable_regions: Vec::new(),
        })
    }

    /// One's own jobs for a customer, the newest first, and not more than a page shows.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `forbidden`.
    pub async fn jobs_for(&self, actor: &Actor, customer: &OrgId, limit: u64) -> Result<Vec<JobView>, Error> {
        let reads = self.region(customer.region())?.read();
        self.customer_with_users(&reads, actor, customer, Action::ReadUsers)
            .await?;
        let jobs = reads.jobs_of(customer, actor.id(), limit).await?;
        Ok(jobs.into_iter().map(JobView::of).collect())
    }
}
