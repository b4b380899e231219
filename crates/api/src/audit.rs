//! `/audit`: the record of changes (AUD-1).

use crate::{
    Api,
    caller::Caller,
    guard::id,
    http::{Params, Problem},
    lists::{List, list, page},
    partner::Company,
};
use app::{
    Actor,
    audit::{COLUMNS, Entry, RecordFilter},
};
use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use delivery::sheet::{Cell, csv};
use domain::{
    ids::{OrgId, TrialId},
    refusal::Code,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Who did it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Who {
    /// Null when time did it.
    person_id: Option<String>,
    /// As the person is called now; empty for who is gone.
    name: Option<String>,
    organization: Option<Company>,
}

/// One change.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Change {
    id: String,
    /// Its place in its organization's record, from 1; null for those who do not read all of it.
    seq: Option<i64>,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    name: String,
    organization_id: String,
    trial_id: Option<String>,
    by: Who,
    /// ORG-8: for whom.
    on_behalf_of: Option<Company>,
    /// `api`, `console`, `worker`, `command_line`.
    via: String,
    request_id: Option<String>,
    /// The address from which it came; null once it is erased.
    from: Option<String>,
    /// Why; null where nothing was said, and once it is erased.
    reason: Option<String>,
    #[schema(value_type = Object)]
    details: serde_json::Value,
}

impl From<Entry> for Change {
    fn from(entry: Entry) -> Self {
        let (person_id, name) = entry.person.map(|(id, name)| (id.0, name)).unzip();
        Self {
            id: entry.id.0,
            seq: entry.seq,
            at: entry.at,
            name: entry.name,
            organization_id: entry.organization.0,
            trial_id: entry.trial.map(|id| id.0),
            by: Who {
                person_id,
                name,
                organization: entry.company.map(Company::from),
            },
            on_behalf_of: entry.on_behalf_of.map(Company::from),
            via: entry.via,
            request_id: entry.request,
            from: entry.from,
            reason: entry.reason,
            details: entry.details,
        }
    }
}

/// Whose record.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditParams {
    /// A customer's record, as far as it concerns the caller.
    customer_id: Option<String>,
    /// Any organization's record, for the vendor; else one's own.
    organization_id: Option<String>,
    /// What happened to one trial.
    trial_id: Option<String>,
    /// `json` or `csv`, the whole of it.
    format: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// AUD-1: who changed what, when, from where, why and for whom, the newest first.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit", params(AuditParams), responses((status = OK, body = List<Change>)))]
pub(crate) async fn read_audit(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<AuditParams>,
) -> Result<Response, Problem> {
    let organization = match (&params.customer_id, &params.organization_id) {
        (Some(customer), Some(organization)) if customer != organization => return Err(Problem::not_found()),
        (Some(given), _) | (None, Some(given)) => Some(id(OrgId::parse(given))?),
        (None, None) => None,
    };
    let trial = params
        .trial_id
        .as_deref()
        .map(|given| id(TrialId::parse(given)))
        .transpose()?;
    let filter = RecordFilter { organization, trial };
    match params.format.as_deref() {
        None | Some("json") => {}
        Some("csv") => return export(&api, &actor, &filter).await,
        Some(_) => return Err(crate::lists::wrong("format", &["json", "csv"])),
    }
    let scope = ("audit", &filter);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.record(&actor, &filter, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Change::from)).into_response())
}

async fn export(api: &Api, actor: &Actor, filter: &RecordFilter) -> Result<Response, Problem> {
    let entries = api.app.whole_record(actor, filter).await?;
    let rows = entries.into_iter().map(|entry| entry.row().map(Cell::from));
    let file = csv(COLUMNS, rows).map_err(|_| Problem::new(Code::Internal))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"record.csv\""),
    ];
    Ok((headers, file).into_response())
}
