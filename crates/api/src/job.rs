//! `/jobs`: work in the background, for its author.

use crate::{
    Api,
    caller::Caller,
    guard::id,
    http::{Params, Path, Problem, problem},
    lists::{List, list, page, wrong},
};
use app::{
    job::{JobView, ROW_STATUSES, RowView},
    user::Preview,
};
use axum::{Json, extract::State};
use domain::ids::JobId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A job.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Job {
    /// Null for one that a dry run would make.
    id: Option<String>,
    /// `queued`, `running`, `done` or `failed`.
    status: String,
    total: u64,
    succeeded: u64,
    failed: u64,
    #[schema(value_type = Option<String>, format = DateTime)]
    created_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    finished_at: Option<Timestamp>,
    /// A dry run: the first rows that would fail.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<Vec<Row>>,
}

impl From<JobView> for Job {
    fn from(view: JobView) -> Self {
        Self {
            id: Some(view.id.0),
            status: view.status,
            total: view.total,
            succeeded: view.succeeded,
            failed: view.failed,
            created_at: Some(view.created_at),
            finished_at: view.finished_at,
            rows: None,
        }
    }
}

impl Job {
    pub(crate) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// What a job would come to.
    pub(crate) fn preview(preview: Preview) -> Self {
        Self {
            id: None,
            status: "queued".to_owned(),
            total: preview.total,
            succeeded: preview.total - preview.failed,
            failed: preview.failed,
            created_at: None,
            finished_at: None,
            rows: Some(preview.faults.into_iter().map(Row::from).collect()),
        }
    }
}

/// A row of a job.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Row {
    /// Counts from 1; a file's header does not count.
    row: u64,
    /// `pending`, `created`, `updated`, `unchanged` or `failed`.
    status: String,
    code: Option<String>,
    detail: Option<String>,
    /// Who or what it made or changed.
    id: Option<String>,
}

impl From<RowView> for Row {
    fn from(view: RowView) -> Self {
        let detail = view.code.as_deref().map(|code| problem::words(code, &view.details));
        Self {
            row: view.row,
            status: view.status,
            code: view.code,
            detail,
            id: view.id,
        }
    }
}

/// How far a job is; for its author alone.
#[utoipa::path(get, path = "/api/v1/jobs/{id}", tag = "jobs", params(("id" = String, Path)), responses((status = OK, body = Job)))]
pub(crate) async fn read_job(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(job): Path<String>,
) -> Result<Json<Job>, Problem> {
    let view = api.app.job(&actor, &id(JobId::parse(&job))?).await?;
    Ok(Json(view.into()))
}

/// Which rows.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RowParams {
    /// Those of one status: `pending`, `created`, `updated`, `unchanged`, `failed`.
    status: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// What became of its rows, in their order.
#[utoipa::path(get, path = "/api/v1/jobs/{id}/rows", tag = "jobs", params(("id" = String, Path), RowParams), responses((status = OK, body = List<Row>)))]
pub(crate) async fn list_rows(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(job): Path<String>,
    Params(params): Params<RowParams>,
) -> Result<Json<List<Row>>, Problem> {
    let job = id(JobId::parse(&job))?;
    let status = params.status.as_deref();
    // Who must not see the job learns nothing of its parameters either.
    api.app.job(&actor, &job).await?;
    if status.is_some_and(|status| !ROW_STATUSES.contains(&status)) {
        return Err(wrong("status", &ROW_STATUSES));
    }
    let scope = ("job rows", &job, status);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.job_rows(&actor, &job, status, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Row::from)))
}
