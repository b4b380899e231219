//! `/trial-drafts` (START-10).

use crate::{
    Api,
    caller::Caller,
    customer::PageParams,
    guard::{Call, id, tag},
    http::{DryRun, Params, Path, Problem},
    lists::{List, list, page},
    start::{Customer, Devices, Meetings, StartTrial},
    trial::{Nothing, location},
};
use app::draft::{DraftView, DraftWish};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{draft::Draft, ids::DraftId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A start as far as it is filled in, and where its author stopped.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftBody {
    /// Names and addresses need its `id` or its `country`: they decide where the draft lies (REG-2).
    customer: Option<Customer>,
    services: Option<Vec<String>>,
    license_quantity: Option<i64>,
    duration_days: Option<i64>,
    meetings: Option<Meetings>,
    devices: Option<Devices>,
    /// Where its author stopped; any word.
    step: Option<String>,
}

impl From<DraftBody> for DraftWish {
    fn from(body: DraftBody) -> Self {
        let start = StartTrial {
            customer: body.customer,
            services: body.services,
            license_quantity: body.license_quantity,
            duration_days: body.duration_days,
            meetings: body.meetings,
            devices: body.devices,
            draft_id: None,
        };
        Self {
            draft: Draft {
                input: start.into(),
                step: body.step,
            },
            writer: String::new(),
        }
    }
}

/// A half-filled start.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TrialDraft {
    /// It tells the region: another country can change it. Null for one that a dry run would keep.
    id: Option<String>,
    customer: Option<Customer>,
    services: Option<Vec<String>>,
    license_quantity: Option<i64>,
    duration_days: Option<i64>,
    meetings: Option<Meetings>,
    devices: Option<Devices>,
    step: Option<String>,
    /// Where it lies.
    region: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    /// When it is forgotten, unless it is changed before.
    #[schema(value_type = String, format = DateTime)]
    forgotten_at: Timestamp,
    version: i64,
}

impl From<DraftView> for TrialDraft {
    fn from(view: DraftView) -> Self {
        let input = view.draft.input;
        Self {
            id: view.id.map(|id| id.0),
            customer: input.customer.map(Into::into),
            services: input.services,
            license_quantity: input.license_quantity,
            duration_days: input.duration_days,
            meetings: input.meetings.map(Into::into),
            devices: input.devices.map(Into::into),
            step: view.draft.step,
            region: view.region,
            created_at: view.created_at,
            updated_at: view.updated_at,
            forgotten_at: view.forgotten_at,
            version: view.version,
        }
    }
}

impl TrialDraft {
    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::LOCATION, location("/api/v1/trial-drafts", self.id.as_deref()));
        headers.insert(header::ETAG, tag(self.version));
        headers
    }
}

/// One's own drafts, the one written last first.
#[utoipa::path(get, path = "/api/v1/trial-drafts", tag = "trials", params(PageParams), responses((status = OK, body = List<TrialDraft>)))]
pub(crate) async fn list_drafts(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<PageParams>,
) -> Result<Json<List<TrialDraft>>, Problem> {
    let request = page(&api, &actor, &"drafts", params.limit, params.cursor.as_deref())?;
    let found = api.app.drafts(&actor, &request).await?;
    Ok(Json(list(&api, &actor, &"drafts", found, TrialDraft::from)))
}

/// START-10: keeps a half-filled start for oneself.
#[utoipa::path(post, path = "/api/v1/trial-drafts", tag = "trials", params(DryRun), request_body = DraftBody, responses((status = CREATED, body = TrialDraft)))]
pub(crate) async fn keep_draft(
    State(api): State<Api>,
    Call { actor, guard, body }: Call<DraftBody>,
) -> Result<Response, Problem> {
    app::policy::allow(&actor, app::policy::Action::KeepDrafts, api.app.clock.now())?;
    let wish = DraftWish::from(body.finish()?);
    let draft = TrialDraft::from(api.app.keep_draft(&actor, &wish, &guard).await?);
    if guard.dry_run {
        return Ok(Json(draft).into_response());
    }
    Ok((StatusCode::CREATED, draft.headers(), Json(draft)).into_response())
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/trial-drafts/{id}", tag = "trials", params(("id" = String, Path)), responses((status = OK, body = TrialDraft)))]
pub(crate) async fn read_draft(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(draft): Path<String>,
) -> Result<Response, Problem> {
    let draft = id(DraftId::parse(&draft))?;
    let draft = TrialDraft::from(api.app.draft(&actor, &draft).await?);
    Ok(([(header::ETAG, tag(draft.version))], Json(draft)).into_response())
}

/// Writes a draft anew. Where another country moves it, the answer carries its new id, and the old one is not found.
#[utoipa::path(put, path = "/api/v1/trial-drafts/{id}", tag = "trials", params(("id" = String, Path), DryRun), request_body = DraftBody, responses((status = OK, body = TrialDraft)))]
pub(crate) async fn change_draft(
    State(api): State<Api>,
    Path(draft): Path<String>,
    Call { actor, guard, body }: Call<DraftBody>,
) -> Result<Response, Problem> {
    app::policy::allow(&actor, app::policy::Action::KeepDrafts, api.app.clock.now())?;
    let draft = id(DraftId::parse(&draft))?;
    let wish = DraftWish::from(body.finish()?);
    let draft = TrialDraft::from(api.app.change_draft(&actor, &draft, &wish, &guard).await?);
    Ok((draft.headers(), Json(draft)).into_response())
}

/// Discards a draft; the answer is what it said.
#[utoipa::path(delete, path = "/api/v1/trial-drafts/{id}", tag = "trials", params(("id" = String, Path), DryRun), responses((status = OK, body = TrialDraft)))]
pub(crate) async fn discard_draft(
    State(api): State<Api>,
    Path(draft): Path<String>,
    Call { actor, guard, .. }: Call<Nothing>,
) -> Result<Json<TrialDraft>, Problem> {
    let draft = id(DraftId::parse(&draft))?;
    Ok(Json(api.app.discard_draft(&actor, &draft, &guard).await?.into()))
}
