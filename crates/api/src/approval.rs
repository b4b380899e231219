//! `/approvals`: what waits for the trials team.

use crate::{
    Api,
    caller::Caller,
    guard::{Call, id},
    http::{DryRun, Params, Path, Problem},
    lists::{List, list, page, wrong},
    trial::{CustomerRef, PartnerRef, Reason, Trial, note},
};
use app::approval::{ApprovalFilter, ApprovalView};
use axum::{Json, extract::State};
use domain::{
    ids::ApprovalId,
    refusal::{Code, Refusal},
    trial::Subject,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// An approval.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Approval {
    id: String,
    trial_id: String,
    customer: CustomerRef,
    partner: PartnerRef,
    /// `country`, `service` or `extension`.
    kind: &'static str,
    /// The length of an extension, in days.
    days: Option<i64>,
    /// The service, where it is about one.
    service: Option<String>,
    /// `pending`, `approved`, `refused`, `withdrawn`.
    status: String,
    #[schema(value_type = String, format = DateTime)]
    requested_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    decided_at: Option<Timestamp>,
    decided_by: Option<String>,
    /// Why it was decided so; the partner reads it.
    reason: Option<String>,
    /// What stood against a yes when it was given: the code of the answer.
    because: Option<String>,
    /// Why it is asked for, in the partner's words.
    note: Option<String>,
    /// The last day on which a yes still helps, where there is one.
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Date>,
    version: i64,
    /// The trial after the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    trial: Option<Box<Trial>>,
}

impl Approval {
    fn of(view: ApprovalView) -> Self {
        let approval = view.approval;
        let (kind, service, days) = match approval.subject {
            Subject::Country => ("country", None, None),
            Subject::Service { id } => ("service", Some(id), None),
            Subject::Extension { days } => ("extension", None, Some(days)),
        };
        Self {
            id: approval.id.0,
            trial_id: approval.trial.0,
            customer: CustomerRef {
                id: Some(approval.customer.0),
                name: view.customer_name,
                country: view.customer_country,
            },
            partner: PartnerRef {
                id: approval.partner.0,
                name: view.partner_name,
            },
            kind,
            service,
            days,
            status: approval.state,
            requested_at: approval.requested_at,
            decided_at: approval.decided_at,
            decided_by: approval.decided_by.map(|id| id.0),
            reason: approval.reason,
            because: approval.because,
            note: view.note,
            due_on: view.due_on,
            version: approval.version,
            trial: None,
        }
    }
}

/// Which approvals.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ApprovalParams {
    /// `pending` unless said; `approved`, `refused`, `withdrawn`.
    status: Option<String>,
    /// The same as `status`.
    state: Option<String>,
    /// `country`, `service` or `extension`.
    kind: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

const KINDS: [&str; 3] = ["country", "service", "extension"];
const STATUSES: [&str; 4] = ["pending", "approved", "refused", "withdrawn"];

/// Approvals, the oldest first.
#[utoipa::path(get, path = "/api/v1/approvals", tag = "vendor", params(ApprovalParams), responses((status = OK, body = List<Approval>)))]
pub(crate) async fn list_approvals(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<ApprovalParams>,
) -> Result<Json<List<Approval>>, Problem> {
    let said = params.status.as_ref().or(params.state.as_ref());
    if !said.is_none_or(|status| STATUSES.contains(&status.as_str())) {
        return Err(wrong(
            if params.status.is_some() { "status" } else { "state" },
            &STATUSES,
        ));
    }
    if params.status.is_some() && params.state.is_some() && params.status != params.state {
        return Err(Refusal::field("/query/state", Code::ConflictingFields).into());
    }
    if !params.kind.as_deref().is_none_or(|kind| KINDS.contains(&kind)) {
        return Err(wrong("kind", &KINDS));
    }
    let filter = ApprovalFilter {
        state: said.cloned().unwrap_or_else(|| "pending".to_owned()),
        kind: params.kind,
    };
    let scope = ("approvals", &filter.state, &filter.kind);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.approvals(&actor, &filter, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Approval::of)))
}

/// Yes.
#[utoipa::path(post, path = "/api/v1/approvals/{id}/approve", tag = "vendor", params(("id" = String, Path), DryRun), request_body = Option<Reason>, responses((status = OK, body = Approval)))]
pub(crate) async fn approve(
    State(api): State<Api>,
    Path(approval): Path<String>,
    call: Call<Reason>,
) -> Result<Json<Approval>, Problem> {
    decide(&api, &approval, call, true).await
}

/// No.
#[utoipa::path(post, path = "/api/v1/approvals/{id}/refuse", tag = "vendor", params(("id" = String, Path), DryRun), request_body = Option<Reason>, responses((status = OK, body = Approval)))]
pub(crate) async fn refuse(
    State(api): State<Api>,
    Path(approval): Path<String>,
    call: Call<Reason>,
) -> Result<Json<Approval>, Problem> {
    decide(&api, &approval, call, false).await
}

async fn decide(
    api: &Api,
    approval: &str,
    Call { actor, guard, body }: Call<Reason>,
    approved: bool,
) -> Result<Json<Approval>, Problem> {
    let approval = id(ApprovalId::parse(approval))?;
    let reason = body.checked(|body| note("/reason", body.reason.as_deref()))?;
    let (view, outcome) = api
        .app
        .decide_approval(&actor, &approval, approved, reason.as_deref(), &guard)
        .await?;
    let trial = Some(Box::new(Trial::from_outcome(outcome)));
    Ok(Json(Approval {
        trial,
        ..Approval::of(view)
    }))
}
