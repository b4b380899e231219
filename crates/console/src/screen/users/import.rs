//! Users from a file: what it has to look like, what would come of it, and off it goes.

use super::{Base, job::RowLine, whom_to_change};
use crate::{
    Console,
    part::Faults,
    screen::{form, mended},
    template::View,
    web::{Failure, Signed, Upload, see},
};
use app::{
    Guard,
    user::{COLUMNS, Preview, ROWS},
};
use axum::{
    extract::{RawPathParams, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use delivery::sheet::{Cell, csv};
use serde::Serialize;

/// The values of `users/import.html`.
#[derive(Serialize)]
pub(crate) struct ImportPage {
    pub(crate) base: Base,
    pub(crate) faults: Faults,
    /// Names of columns, and what stands in them.
    pub(crate) columns: Vec<(&'static str, String)>,
    pub(crate) rows: i64,
    pub(crate) preview: Option<PreviewPart>,
}

/// What would come of a file.
#[derive(Serialize)]
pub(crate) struct PreviewPart {
    pub(crate) total: i64,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) unchanged: i64,
    pub(crate) failed: i64,
    pub(crate) rows: Vec<RowLine>,
}

impl View for ImportPage {
    const TEMPLATE: &'static str = "users/import.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    params: RawPathParams,
) -> Result<Response, Failure> {
    let base = whom_to_change(&console, &signed.actor, &params).await?;
    shown(&console, &signed, base, Faults::default(), None)
}

fn shown(
    console: &Console,
    signed: &Signed,
    base: Base,
    faults: Faults,
    preview: Option<&Preview>,
) -> Result<Response, Failure> {
    let words = &signed.words;
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let column = |name: &'static str| (name, words.say(&format!("users-column-{}", name.replace('_', "-"))));
    let view = ImportPage {
        columns: COLUMNS.map(column).to_vec(),
        rows: count(ROWS as u64),
        preview: preview.map(|preview| PreviewPart {
            total: count(preview.total),
            created: count(preview.created),
            updated: count(preview.updated),
            unchanged: count(preview.unchanged),
            failed: count(preview.failed),
            rows: preview.faults.iter().map(|row| RowLine::of(words, row)).collect(),
        }),
        faults,
        base,
    };
    form(console, signed, words.say("users-import-title"), &view.faults, &view)
}

pub(crate) async fn begin(
    State(console): State<Console>,
    signed: Signed,
    params: RawPathParams,
    Upload { fields, file }: Upload,
) -> Result<Response, Failure> {
    let base = whom_to_change(&console, &signed.actor, &params).await?;
    let (app, actor) = (&console.app, &signed.actor);
    let done = if file.is_empty() {
        let mut faults = Faults::default();
        faults.add("file", signed.words.say("users-import-none"));
        return shown(&console, &signed, base, faults, None);
    } else if fields.get("act") == Some("check") {
        match app.preview_users(actor, &base.customer, &file).await {
            Ok(preview) => return shown(&console, &signed, base, Faults::default(), Some(&preview)),
            Err(error) => Err(error),
        }
    } else {
        app.import_users(actor, &base.customer, &file, &Guard::default()).await
    };
    match done {
        Ok(job) => Ok(see(&format!("{}/jobs/{}", base.url, job.id))),
        Err(error) => {
            let mut refusal = mended(error)?;
            for error in &mut refusal.errors {
                "/file".clone_into(&mut error.pointer);
            }
            let faults = Faults::of(signed.words.language, &refusal).renamed("", "file");
            shown(&console, &signed, base, faults, None)
        }
    }
}

/// A file to begin with.
pub(crate) async fn example(
    State(console): State<Console>,
    signed: Signed,
    params: RawPathParams,
) -> Result<Response, Failure> {
    whom_to_change(&console, &signed.actor, &params).await?;
    let rows = [
        [
            "lin.mei@example.com",
            "Lin Mei",
            "zh-Hant",
            "Asia/Taipei",
            "user",
            "messaging;meetings",
        ],
        [
            "jules.favre@example.com",
            "Jules Favre",
            "fr",
            "Europe/Paris",
            "user",
            "messaging",
        ],
        ["sam.okoro@example.com", "Sam Okoro", "", "", "", ""],
    ];
    let octets = csv(COLUMNS, rows.map(|row| row.map(Cell::from))).map_err(|_| Failure::internal())?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"users.csv\""),
    ];
    Ok((headers, octets).into_response())
}
