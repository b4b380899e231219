//! AUD-1: who changed what, for whom, when, from where, why; to read and to take away.

mod said;

use super::{address, cursor, place};
use crate::{
    Console,
    frame::page,
    template::View,
    web::{Failure, Fields, Query, Signed},
    words::Words,
};
use app::{
    Actor, PageRequest,
    audit::{COLUMNS, Entry, RecordFilter},
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use delivery::sheet::{Cell, csv};
use domain::{
    ids::{OrgId, TrialId},
    program::Program,
};
use serde::Serialize;

const ROWS: usize = 50;

/// The values of `record.html`.
#[derive(Serialize)]
pub(crate) struct RecordPage {
    /// Whose record it is.
    pub(crate) about: String,
    /// Where one came from: address and name.
    pub(crate) crumb: Option<(String, String)>,
    pub(crate) changes: Vec<Change>,
    pub(crate) file: String,
    pub(crate) first: Option<String>,
    pub(crate) next: Option<String>,
}

/// One change in words.
#[derive(Serialize)]
pub(crate) struct Change {
    pub(crate) when: String,
    pub(crate) what: String,
    /// More about it: what was changed to what.
    pub(crate) more: Option<String>,
    pub(crate) who: String,
    pub(crate) company: String,
    /// ORG-8: for whom.
    pub(crate) on_behalf_of: Option<String>,
    pub(crate) from: Option<String>,
    pub(crate) via: String,
    pub(crate) reason: Option<String>,
}

impl View for RecordPage {
    const TEMPLATE: &'static str = "record.html";
}

/// Whose record the address asks for.
fn asked(query: &Fields) -> Result<RecordFilter, Failure> {
    let organization = query
        .get("customer")
        .map(|id| super::id(OrgId::parse(id)))
        .transpose()?;
    let trial = query.get("trial").map(|id| super::id(TrialId::parse(id))).transpose()?;
    Ok(RecordFilter { organization, trial })
}

pub(crate) async fn show(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    let filter = asked(&query)?;
    let after = query.get("after").and_then(place);
    let is_first = after.is_none();
    let found = console
        .app
        .record(&actor, &filter, &PageRequest { after, limit: ROWS })
        .await?;
    let program = console.app.program()?;
    let text = |name: &str| query.owned(name).unwrap_or_default();
    let (customer, trial) = (text("customer"), text("trial"));
    let scope = [("customer", customer.as_str()), ("trial", trial.as_str())];
    let next = found.next.as_ref().and_then(cursor);
    let (about, crumb) = about(&console, &actor, &words, &filter).await?;
    let view = RecordPage {
        about,
        crumb,
        changes: found
            .items
            .iter()
            .map(|entry| change(&words, entry, &program))
            .collect(),
        file: address("/record/file", &scope),
        first: (!is_first).then(|| address("/record", &scope)),
        next: next.map(|after| address("/record", &[scope[0], scope[1], ("after", &after)])),
    };
    page(&console, &visitor, words.say("record-title"), &view)
}

/// Whose record it is, and the page to which one returns.
async fn about(
    console: &Console,
    actor: &Actor,
    words: &Words,
    filter: &RecordFilter,
) -> Result<(String, Option<(String, String)>), Failure> {
    let partner = actor.is_partner();
    if let Some(trial) = &filter.trial {
        let view = console.app.trial(actor, trial).await?;
        let name = words.t(
            "trial-heading",
            &[("customer", words.customer(&view.customer_name).into())],
        );
        let crumb = partner.then(|| (format!("/partner/trials/{trial}"), name.clone()));
        return Ok((name, crumb));
    }
    match &filter.organization {
        Some(id) if id != actor.org() => {
            let name = match console.app.customer(actor, id).await {
                Ok(view) => words.customer(&view.name),
                // The vendor reads partners' records as well.
                Err(_) => i18n::tame(&console.app.partner(actor, id).await?.name),
            };
            let crumb = partner.then(|| (format!("/partner/customers/{id}"), name.clone()));
            Ok((name, crumb))
        }
        _ => Ok((i18n::tame(&actor.organization.name), None)),
    }
}

pub(crate) fn change(words: &Words, entry: &Entry, program: &Program) -> Change {
    let company = |named: &Option<(OrgId, String)>| named.as_ref().map(|(_, name)| words.customer(name));
    let who = match &entry.person {
        Some((_, name)) if name.is_empty() => words.say("record-gone"),
        Some((_, name)) => i18n::tame(name),
        None => words.say("record-time"),
    };
    Change {
        when: words.stamp(entry.at),
        what: said::what(words, entry),
        more: said::more(words, entry, program),
        who,
        company: company(&entry.company).unwrap_or_default(),
        on_behalf_of: company(&entry.on_behalf_of),
        from: entry.from.as_deref().map(i18n::tame),
        via: said::via(words, &entry.via),
        reason: entry.reason.as_deref().map(i18n::tame),
    }
}

/// The same as CSV: everything, not one page.
pub(crate) async fn file(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    let entries = console.app.whole_record(&actor, &asked(&query)?).await?;
    let rows = entries.into_iter().map(|entry| entry.row().map(Cell::from));
    let octets = csv(COLUMNS, rows).map_err(|_| Failure::internal())?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"record.csv\""),
    ];
    Ok((headers, octets).into_response())
}
