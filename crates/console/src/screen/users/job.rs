//! How far an import is, and what became of its rows.

use super::{Base, whom};
use crate::{
    Console,
    frame::page,
    part::Chip,
    screen::{address, cursor, id as known, place},
    template::View,
    web::{Failure, Query, Signed, said_of},
    words::Words,
};
use app::{
    PageRequest,
    job::{JobView, RowView},
};
use axum::{
    extract::{RawPathParams, State},
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use delivery::sheet::{Cell, csv};
use domain::{
    ids::JobId,
    refusal::{Code, FieldError},
};
use serde::Serialize;

const ROWS: usize = 50;
/// Rows that are read at a time for a file.
const AT_ONCE: usize = 500;
/// Seconds after which a page looks again.
const AGAIN: HeaderValue = HeaderValue::from_static("2");

/// The values of `users/job.html`.
#[derive(Serialize)]
pub(crate) struct JobPage {
    pub(crate) base: Base,
    pub(crate) chip: Chip,
    pub(crate) total: i64,
    pub(crate) done: i64,
    pub(crate) succeeded: i64,
    pub(crate) failed: i64,
    pub(crate) running: bool,
    pub(crate) rows: Vec<RowLine>,
    pub(crate) first: Option<String>,
    pub(crate) next: Option<String>,
    pub(crate) file: String,
}

impl View for JobPage {
    const TEMPLATE: &'static str = "users/job.html";
}

/// A job in a list.
#[derive(Serialize)]
pub(crate) struct JobLine {
    pub(crate) url: String,
    pub(crate) chip: Chip,
    pub(crate) when: String,
    pub(crate) total: i64,
    pub(crate) failed: i64,
}

/// A row that failed: which, and what to do.
#[derive(Serialize)]
pub(crate) struct RowLine {
    pub(crate) row: i64,
    pub(crate) text: String,
}

impl RowLine {
    pub(crate) fn of(words: &Words, row: &RowView) -> Self {
        Self {
            row: signed_of(row.row),
            text: told(words, row),
        }
    }
}

fn signed_of(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Why a row failed, in words.
fn told(words: &Words, row: &RowView) -> String {
    let Some(code) = row.code.as_deref() else {
        return String::new();
    };
    let known = Code::ALL.iter().find(|known| known.as_str() == code);
    let error = FieldError {
        values: row.details.clone(),
        ..FieldError::new("", known.copied().unwrap_or(Code::Internal))
    };
    said_of(words.language, &error)
}

fn chip(words: &Words, job: &JobView) -> Chip {
    let (tone, icon) = match job.status.as_str() {
        "queued" => ("wait", "pause"),
        "running" => ("wait", "gear"),
        "done" if job.failed == 0 => ("good", "check-circle"),
        "done" => ("warn", "alert"),
        _ => ("bad", "alert"),
    };
    Chip {
        tone,
        icon,
        text: words.say(&format!("job-is-{}", job.status)),
        rest: None,
    }
}

pub(crate) fn line(words: &Words, base: &Base, job: &JobView) -> JobLine {
    JobLine {
        url: format!("{}/jobs/{}", base.url, job.id),
        chip: chip(words, job),
        when: words.stamp(job.created_at),
        total: signed_of(job.total),
        failed: signed_of(job.failed),
    }
}

/// The job of an address.
async fn asked(console: &Console, signed: &Signed, params: &RawPathParams) -> Result<(Base, JobView), Failure> {
    let base = whom(console, &signed.actor, params).await?;
    let given = params.iter().find(|(name, _)| *name == "job").map(|(_, value)| value);
    let id = known(given.and_then(JobId::parse))?;
    let job = console.app.job(&signed.actor, &id).await?;
    if job.customer != base.customer {
        return Err(Failure::not_found());
    }
    Ok((base, job))
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    params: RawPathParams,
    Query(query): Query,
) -> Result<Response, Failure> {
    let (base, job) = asked(&console, &signed, &params).await?;
    let Signed { visitor, actor, words } = &signed;
    let after = query.get("after").and_then(place);
    let is_first = after.is_none();
    let wanted = PageRequest { after, limit: ROWS };
    let rows = console.app.job_rows(actor, &job.id, Some("failed"), &wanted).await?;
    let url = format!("{}/jobs/{}", base.url, job.id);
    let next = rows.next.as_ref().and_then(cursor);
    let view = of(words, base, &job, &rows.items);
    let view = JobPage {
        first: (!is_first).then(|| url.clone()),
        next: next.map(|after| address(&url, &[("after", &after)])),
        ..view
    };
    let mut answer = page(&console, visitor, words.say("job-title"), &view)?;
    if view.running && is_first {
        // Without any script: the browser looks again by itself.
        answer.headers_mut().insert(header::REFRESH, AGAIN);
    }
    Ok(answer)
}

pub(crate) fn of(words: &Words, base: Base, job: &JobView, failed: &[RowView]) -> JobPage {
    JobPage {
        chip: chip(words, job),
        total: signed_of(job.total),
        done: signed_of(job.succeeded + job.failed),
        succeeded: signed_of(job.succeeded),
        failed: signed_of(job.failed),
        running: job.finished_at.is_none(),
        rows: failed.iter().map(|row| RowLine::of(words, row)).collect(),
        first: None,
        next: None,
        file: format!("{}/jobs/{}/file", base.url, job.id),
        base,
    }
}

/// All rows as CSV.
pub(crate) async fn file(
    State(console): State<Console>,
    signed: Signed,
    params: RawPathParams,
) -> Result<Response, Failure> {
    let (_, job) = asked(&console, &signed, &params).await?;
    let mut rows = Vec::new();
    let mut wanted = PageRequest {
        after: None,
        limit: AT_ONCE,
    };
    loop {
        let part = console.app.job_rows(&signed.actor, &job.id, None, &wanted).await?;
        rows.extend(part.items.iter().map(|row| {
            [
                Cell::Number(signed_of(row.row)),
                Cell::from(row.status.as_str()),
                Cell::from(row.code.clone()),
                Cell::from(told(&signed.words, row)),
                Cell::from(row.id.clone()),
            ]
        }));
        match part.next {
            Some(next) => wanted.after = Some(next),
            None => break,
        }
    }
    let octets = csv(["row", "status", "code", "detail", "id"], rows).map_err(|_| Failure::internal())?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"result.csv\""),
    ];
    Ok((headers, octets).into_response())
}
