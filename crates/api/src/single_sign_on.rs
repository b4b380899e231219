//! `/single-sign-on` (SEC-2): a company's own OpenID provider, and whose a domain is.

use crate::{
    Api,
    caller::Caller,
    guard::{Call, id, tag},
    http::{DryRun, Path, Problem},
    trial::Nothing,
};
use app::{
    policy::{Action, allow},
    single_sign_on::{Change, SingleSignOnView},
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    ids::OrgId,
    refusal::{Code, FieldError, Refusal},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A company's provider. Its secret is never shown.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SingleSignOn {
    organization_id: String,
    issuer: String,
    client_id: String,
    domains: Vec<EmailDomain>,
    /// Whether the company's people may use passwords, too.
    passwords: bool,
    /// What the provider must know as our address.
    redirect_uri: String,
    version: i64,
}

/// A domain of email addresses; it counts when it is confirmed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EmailDomain {
    name: String,
    confirmed: bool,
}

impl From<SingleSignOnView> for SingleSignOn {
    fn from(view: SingleSignOnView) -> Self {
        let domain = |domain: store::region::single_sign_on::Domain| EmailDomain {
            name: domain.name,
            confirmed: domain.confirmed,
        };
        Self {
            organization_id: view.organization.0,
            issuer: view.issuer,
            client_id: view.client_id,
            domains: view.domains.into_iter().map(domain).collect(),
            passwords: view.passwords,
            redirect_uri: view.redirect_uri,
            version: view.version,
        }
    }
}

fn answered(view: SingleSignOnView) -> Response {
    let headers = [(header::ETAG, tag(view.version))];
    (headers, Json(SingleSignOn::from(view))).into_response()
}

/// The provider of the caller's organization; 404 while there is none.
#[utoipa::path(get, path = "/api/v1/single-sign-on", tag = "sign-in", responses((status = OK, body = SingleSignOn)))]
pub(crate) async fn read_single_sign_on(State(api): State<Api>, Caller(actor): Caller) -> Result<Response, Problem> {
    let known = api.app.single_sign_on(&actor).await?;
    Ok(answered(id(known)?))
}

/// How the company's people sign in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PutSingleSignOn {
    /// The address by which the provider names itself.
    issuer: Option<String>,
    client_id: Option<String>,
    /// Kept when it is not given again; another issuer or client needs its own.
    client_secret: Option<String>,
    /// As they stand behind the `@`.
    domains: Option<Vec<String>>,
    /// Whether passwords stay allowed (default: yes).
    passwords: Option<bool>,
}

/// Sets or changes the provider of the caller's organization. Its first version is based on `*`.
#[utoipa::path(put, path = "/api/v1/single-sign-on", tag = "sign-in", params(DryRun), request_body = PutSingleSignOn, responses((status = OK, body = SingleSignOn)))]
pub(crate) async fn put_single_sign_on(
    State(api): State<Api>,
    Call { actor, guard, body }: Call<PutSingleSignOn>,
) -> Result<Response, Problem> {
    allow(&actor, Action::ManageSingleSignOn, api.app.clock.now())?;
    let body = body.finish()?;
    let change = Change {
        issuer: body.issuer.unwrap_or_default(),
        client_id: body.client_id.unwrap_or_default(),
        client_secret: body.client_secret,
        domains: body.domains.unwrap_or_default(),
        passwords: body.passwords.unwrap_or(true),
    };
    Ok(answered(api.app.put_single_sign_on(&actor, &change, &guard).await?))
}

/// Gives the provider of the caller's organization up.
#[utoipa::path(delete, path = "/api/v1/single-sign-on", tag = "sign-in", params(DryRun), responses((status = NO_CONTENT)))]
pub(crate) async fn drop_single_sign_on(
    State(api): State<Api>,
    Call { actor, guard, .. }: Call<Nothing>,
) -> Result<StatusCode, Problem> {
    api.app.drop_single_sign_on(&actor, &guard).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The provider of any organization, for the vendor.
#[utoipa::path(get, path = "/api/v1/single-sign-on/{org_id}", tag = "sign-in", params(("org_id" = String, Path)), responses((status = OK, body = SingleSignOn)))]
pub(crate) async fn read_single_sign_on_of(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(organization): Path<String>,
) -> Result<Response, Problem> {
    allow(&actor, Action::ConfirmDomains, api.app.clock.now())?;
    let organization = id(OrgId::parse(&organization))?;
    Ok(answered(api.app.single_sign_on_of(&actor, &organization).await?))
}

/// Which of an organization's domains are its own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmDomains {
    /// All that are; those that are not named are not, or not any more.
    confirmed_domains: Option<Vec<String>>,
}

/// The vendor confirms whose a domain is; each belongs to one organization, over all regions.
#[utoipa::path(put, path = "/api/v1/single-sign-on/{org_id}", tag = "sign-in", params(("org_id" = String, Path), DryRun), request_body = ConfirmDomains, responses((status = OK, body = SingleSignOn)))]
pub(crate) async fn confirm_domains(
    State(api): State<Api>,
    Path(organization): Path<String>,
    Call { actor, guard, body }: Call<ConfirmDomains>,
) -> Result<Response, Problem> {
    allow(&actor, Action::ConfirmDomains, api.app.clock.now())?;
    let organization = id(OrgId::parse(&organization))?;
    let confirmed = body.checked(|body| {
        let missing = || Refusal::input(vec![FieldError::new("/confirmed_domains", Code::Required)]);
        body.confirmed_domains.ok_or_else(missing)
    })?;
    let view = api
        .app
        .confirm_domains(&actor, &organization, &confirmed, &guard)
        .await?;
    Ok(answered(view))
}
