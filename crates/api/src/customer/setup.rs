//! `/customers/{id}/setup`: first-time set-up, step by step (SETUP-1, SETUP-2).

use super::access::given;
use crate::{
    Api,
    caller::Caller,
    guard::{Call, id, tag},
    http::{DryRun, Path, Problem},
};
use app::setup::{ProfilePatch, SetupPatch, SetupView};
use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use domain::{
    ids::OrgId,
    setup::{Step, StepState},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A step, and where it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetupStep {
    /// `profile`, `site`, `calling`, `users`, `summary`.
    id: &'static str,
    /// `open`, `done`, `later`, `not_needed`.
    state: &'static str,
}

impl SetupStep {
    pub(crate) fn of((step, state): (Step, StepState)) -> Self {
        Self {
            id: step.as_str(),
            state: state.as_str(),
        }
    }
}

/// The company.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetupProfile {
    name: String,
    vertical: String,
    language: String,
    time_zone: String,
    country: String,
    website: Option<String>,
    phone: Option<String>,
}

/// START-5: the meetings site.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetupSite {
    name: Option<String>,
    time_zone: Option<String>,
    ready: bool,
}

/// An approved provider of phone numbers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetupProvider {
    id: String,
    name: String,
}

/// SETUP-2: locations and numbers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetupCalling {
    /// `open` or `numbers_first`.
    case: &'static str,
    providers: Vec<SetupProvider>,
    /// The id of the one that is connected.
    provider: Option<String>,
    locations: u32,
    numbers: u32,
    /// Numbers first: for the calling users plus 2 per location.
    numbers_needed: u32,
    numbers_missing: u32,
    /// Null where calling runs under no trial.
    orderable_left: Option<u32>,
    /// Whether calling runs, so that numbers can be entered.
    running: bool,
}

/// Licences of a service.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetupLicenses {
    id: String,
    assigned: u32,
    quantity: u32,
}

/// Users and licences, in numbers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetupUsers {
    people: u32,
    licensed: u32,
    services: Vec<SetupLicenses>,
}

/// A customer's set-up.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Setup {
    steps: Vec<SetupStep>,
    profile: SetupProfile,
    /// Null where no service asks for one.
    site: Option<SetupSite>,
    /// Null without calling.
    calling: Option<SetupCalling>,
    /// Null for a partner without full access (ORG-4).
    users: Option<SetupUsers>,
    /// Steps that are left, then what can be done with what is there.
    next_steps: Vec<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    finished_at: Option<Timestamp>,
    version: i64,
    /// A dry run: what it was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion)]
    before: Option<Box<Setup>>,
}

impl Setup {
    fn of(view: SetupView) -> Self {
        let calling = view.calling.map(|calling| SetupCalling {
            case: calling.case.as_str(),
            providers: calling
                .providers
                .into_iter()
                .map(|(id, name)| SetupProvider { id, name })
                .collect(),
            provider: calling.provider,
            locations: calling.locations,
            numbers: calling.numbers,
            numbers_needed: calling.numbers_needed,
            numbers_missing: calling.numbers_missing,
            orderable_left: calling.orderable_left,
            running: calling.running,
        });
        let licenses = |one: app::setup::ServiceUse| SetupLicenses {
            id: one.service,
            assigned: one.assigned,
            quantity: one.quantity,
        };
        Self {
            steps: view.steps.into_iter().map(SetupStep::of).collect(),
            profile: SetupProfile {
                name: view.profile.name,
                vertical: view.profile.vertical,
                language: view.profile.language,
                time_zone: view.profile.time_zone,
                country: view.profile.country,
                website: view.profile.website,
                phone: view.profile.phone,
            },
            site: view.site.map(|site| SetupSite {
                name: site.name,
                time_zone: site.time_zone,
                ready: site.ready,
            }),
            calling,
            users: view.users.map(|users| SetupUsers {
                people: users.people,
                licensed: users.licensed,
                services: users.services.into_iter().map(licenses).collect(),
            }),
            next_steps: view.next_steps,
            finished_at: view.finished_at,
            version: view.version,
            before: None,
        }
    }
}

impl IntoResponse for Setup {
    fn into_response(self) -> Response {
        ([(header::ETAG, tag(self.version))], Json(self)).into_response()
    }
}

/// SETUP-1: where a customer's set-up stands.
#[utoipa::path(get, path = "/api/v1/customers/{id}/setup", tag = "set-up", params(("id" = String, Path)), responses((status = OK, body = Setup)))]
pub(crate) async fn read_setup(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(customer): Path<String>,
) -> Result<Setup, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    Ok(Setup::of(api.app.setup(&actor, &customer).await?))
}

/// What of the profile is to change; what is not given stays, and what is empty goes.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PutProfile {
    name: Option<String>,
    vertical: Option<String>,
    language: Option<String>,
    time_zone: Option<String>,
    website: Option<String>,
    /// In E.164.
    phone: Option<String>,
}

/// What of calling is to change.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PutCalling {
    /// The id of an approved provider, or null to disconnect it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    provider: Option<Option<String>>,
}

/// What a step knows; the rest stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PutSetup {
    /// Given, even empty, the profile was looked through.
    profile: Option<PutProfile>,
    calling: Option<PutCalling>,
    /// All steps that are put off.
    later: Option<Vec<String>>,
    /// True finishes it.
    finished: Option<bool>,
}

/// SETUP-1: keeps what a step knows. In the numbers-first case it cannot be finished before the numbers are there.
#[utoipa::path(put, path = "/api/v1/customers/{id}/setup", tag = "set-up", params(("id" = String, Path), DryRun), request_body = PutSetup, responses((status = OK, body = Setup)))]
pub(crate) async fn put_setup(
    State(api): State<Api>,
    Path(customer): Path<String>,
    Call { actor, guard, body }: Call<PutSetup>,
) -> Result<Setup, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let body = body.finish()?;
    let profile = body.profile.map(|profile| ProfilePatch {
        name: profile.name,
        vertical: profile.vertical,
        language: profile.language,
        time_zone: profile.time_zone,
        website: profile.website,
        phone: profile.phone,
    });
    let provider = body.calling.and_then(|calling| calling.provider);
    let patch = SetupPatch {
        profile,
        provider: provider.map(Option::unwrap_or_default),
        later: body.later,
        finished: body.finished.unwrap_or_default(),
    };
    let (after, before) = api.app.put_setup(&actor, &customer, &patch, &guard).await?;
    let mut answer = Setup::of(after);
    answer.before = before.map(|before| Box::new(Setup::of(before)));
    Ok(answer)
}
