//! `/people` (ORG-3, 5, 6).

use crate::{
    Api,
    caller::Caller,
    guard::{Call, id, tag},
    http::{DryRun, Params, Path, Problem},
    lists::{List, list, page},
    trial::{Nothing, location},
};
use app::people::{Invite, Leave, PeopleFilter, PersonPatch, PersonView};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    ids::{OrgId, PersonId},
    refusal::{Code, FieldError, Refusal},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A person of an organization.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Person {
    /// Null for one that a dry run would make.
    id: Option<String>,
    organization_id: String,
    /// Null for a service account.
    email: Option<String>,
    name: String,
    roles: Vec<&'static str>,
    language: String,
    time_zone: String,
    theme: String,
    /// NOTE-4: one email a day instead of single reminders.
    digest: bool,
    /// NOTE-4: whether emails to the address come back.
    address_bounced: bool,
    /// `invited`, `active` or `disabled`.
    status: String,
    service_account: bool,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    version: i64,
    /// A dry run: what it was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion)]
    before: Option<Box<Person>>,
}

impl From<PersonView> for Person {
    fn from(view: PersonView) -> Self {
        Self {
            id: view.id.map(|id| id.0),
            organization_id: view.organization_id.0,
            email: Some(view.email).filter(|email| !email.is_empty()),
            name: view.name,
            roles: view.roles.iter().map(|role| role.as_str()).collect(),
            language: view.language,
            time_zone: view.time_zone,
            theme: view.theme,
            digest: view.digest,
            address_bounced: view.address_bounced,
            status: view.status,
            service_account: view.service_account,
            created_at: view.created_at,
            version: view.version,
            before: None,
        }
    }
}

impl IntoResponse for Person {
    fn into_response(self) -> Response {
        ([(header::ETAG, tag(self.version))], Json(self)).into_response()
    }
}

/// Which people.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PeopleParams {
    /// Of that organization; else the caller's own. Others' are the vendor's to see.
    organization_id: Option<String>,
    /// Part of the address.
    q: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// The people of an organization, in the order of their addresses.
#[utoipa::path(get, path = "/api/v1/people", tag = "people", params(PeopleParams), responses((status = OK, body = List<Person>)))]
pub(crate) async fn list_people(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<PeopleParams>,
) -> Result<Json<List<Person>>, Problem> {
    let organization = params
        .organization_id
        .map(|given| id(OrgId::parse(&given)))
        .transpose()?;
    let filter = PeopleFilter {
        organization,
        q: params.q.filter(|q| !q.trim().is_empty()),
    };
    let scope = ("people", &filter);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.people(&actor, &filter, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Person::from)))
}

/// One person.
#[utoipa::path(get, path = "/api/v1/people/{id}", tag = "people", params(("id" = String, Path)), responses((status = OK, body = Person)))]
pub(crate) async fn read_person(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(person): Path<String>,
) -> Result<Person, Problem> {
    let view = api.app.person(&actor, &id(PersonId::parse(&person))?).await?;
    Ok(view.into())
}

/// Who is to come.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InvitePerson {
    /// Into another organization than the caller's own: the vendor only, with a reason.
    organization_id: Option<String>,
    /// The address; none for a service account.
    email: Option<String>,
    name: Option<String>,
    roles: Option<Vec<String>>,
    /// `en`, `fr` or `zh-Hant`.
    language: Option<String>,
    /// IANA zone.
    time_zone: Option<String>,
    /// An integration's account: tokens, and no other way to sign in.
    service_account: Option<bool>,
    reason: Option<String>,
}

/// Invites a person by email: a link of its own, once, for 7 days. Or makes a service account.
#[utoipa::path(post, path = "/api/v1/people", tag = "people", params(DryRun), request_body = InvitePerson, responses((status = CREATED, body = Person)))]
pub(crate) async fn invite_person(
    State(api): State<Api>,
    Call { actor, guard, body }: Call<InvitePerson>,
) -> Result<Response, Problem> {
    app::policy::allow(&actor, app::policy::Action::ManageUsers, api.app.clock.now())?;
    let body = body.finish()?;
    let organization = body.organization_id.map(|given| id(OrgId::parse(&given))).transpose()?;
    let wish = Invite {
        organization,
        email: body.email,
        name: body.name,
        roles: body.roles.unwrap_or_default(),
        language: body.language,
        time_zone: body.time_zone,
        service_account: body.service_account.unwrap_or(false),
        reason: body.reason,
    };
    let person = Person::from(api.app.invite(&actor, &wish, &guard).await?);
    if guard.dry_run {
        return Ok(person.into_response());
    }
    let place = location("/api/v1/people", person.id.as_deref());
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], person).into_response())
}

/// What is to change; what is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PatchPerson {
    name: Option<String>,
    /// `en`, `fr` or `zh-Hant`.
    language: Option<String>,
    /// IANA zone.
    time_zone: Option<String>,
    /// `auto`, `light` or `dark`.
    theme: Option<String>,
    /// NOTE-4: one email a day instead of single reminders, for a partner's people.
    digest: Option<bool>,
    /// For administrators.
    roles: Option<Vec<String>>,
    /// For administrators: whether the person may not sign in.
    disabled: Option<bool>,
    /// Why; needed for people of another company.
    reason: Option<String>,
}

/// Changes a person: oneself, or those whom one administers.
#[utoipa::path(patch, path = "/api/v1/people/{id}", tag = "people", params(("id" = String, Path), DryRun), request_body = PatchPerson, responses((status = OK, body = Person)))]
pub(crate) async fn patch_person(
    State(api): State<Api>,
    Path(person): Path<String>,
    Call { actor, guard, body }: Call<PatchPerson>,
) -> Result<Person, Problem> {
    let person = id(PersonId::parse(&person))?;
    let body = body.finish()?;
    let patch = PersonPatch {
        name: body.name,
        language: body.language,
        time_zone: body.time_zone,
        theme: body.theme,
        digest: body.digest,
        roles: body.roles,
        disabled: body.disabled,
        reason: body.reason,
    };
    let (after, before) = api.app.patch_person(&actor, &person, &patch, &guard).await?;
    let mut answer = Person::from(after);
    answer.before = before.map(|before| Box::new(before.into()));
    Ok(answer)
}

/// Sends an invitation again; the older link dies.
#[utoipa::path(post, path = "/api/v1/people/{id}/invite", tag = "people", params(("id" = String, Path), DryRun), request_body = Option<Nothing>, responses((status = OK, body = Person)))]
pub(crate) async fn invite_again(
    State(api): State<Api>,
    Path(person): Path<String>,
    Call { actor, guard, body }: Call<Nothing>,
) -> Result<Person, Problem> {
    let person = id(PersonId::parse(&person))?;
    body.finish()?;
    Ok(api.app.invite_again(&actor, &person, &guard).await?.into())
}

/// Who takes the customers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RemovePerson {
    /// A person with a sales role; needed where the one who leaves looks after customers.
    hand_over_to: Option<String>,
    /// Why; needed for people of another company.
    reason: Option<String>,
}

/// What a person's leaving does.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonLeft {
    id: String,
    /// How many customers the person looked after.
    customers: u64,
    handed_to: Option<String>,
}

impl From<Leave> for PersonLeft {
    fn from(leave: Leave) -> Self {
        Self {
            id: leave.id.0,
            customers: leave.customers,
            handed_to: leave.handed_to.map(|id| id.0),
        }
    }
}

/// ORG-11: removes a person for good, oneself or those whom one administers, and hands over the customers.
#[utoipa::path(post, path = "/api/v1/people/{id}/remove", tag = "people", params(("id" = String, Path), DryRun), request_body = Option<RemovePerson>, responses((status = OK, body = PersonLeft)))]
pub(crate) async fn remove_person(
    State(api): State<Api>,
    Path(person): Path<String>,
    Call { actor, guard, body }: Call<RemovePerson>,
) -> Result<Json<PersonLeft>, Problem> {
    let person = id(PersonId::parse(&person))?;
    let body = body.finish()?;
    if body.hand_over_to.as_deref() == Some(person.as_str()) {
        let error = FieldError::new("/hand_over_to", Code::InvalidId).with("value", &person);
        return Err(Refusal::input(vec![error]).into());
    }
    let to = body.hand_over_to.as_deref();
    let reason = body.reason.as_deref();
    let left = api.app.remove_person(&actor, &person, to, reason, &guard).await?;
    Ok(Json(left.into()))
}
