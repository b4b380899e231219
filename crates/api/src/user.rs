//! `/customers/{id}/users`, `/user-imports`, `/licenses` (SETUP-3).

use crate::{
    Api,
    caller::Caller,
    guard::{Call, Upload, id, tag},
    http::{DryRun, Params, Path, Problem},
    job::Job,
    lists::{List, list, page},
    trial::{Nothing, location},
};
use app::{
    policy::{self, Action},
    user::{Licensed, NewUser as Given, UserFilter, UserPatch, UserView},
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    ids::{OrgId, PersonId},
    refusal::{Code, Refusal},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A person of a customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct User {
    /// Null for one that a dry run would make.
    id: Option<String>,
    email: String,
    name: String,
    roles: Vec<&'static str>,
    licenses: Vec<String>,
    language: String,
    time_zone: String,
    /// NOTE-4: whether emails to the address come back.
    address_bounced: bool,
    version: i64,
    /// A dry run: what it was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion)]
    before: Option<Box<User>>,
}

impl From<UserView> for User {
    fn from(view: UserView) -> Self {
        Self {
            id: Some(view.person.id.0).filter(|id| !id.is_empty()),
            email: view.person.email,
            name: view.person.name,
            roles: view.person.roles.iter().map(|role| role.as_str()).collect(),
            licenses: view.person.licenses,
            language: view.person.language,
            time_zone: view.person.zone,
            address_bounced: view.person.bounced_at.is_some(),
            version: view.version,
            before: None,
        }
    }
}

impl IntoResponse for User {
    fn into_response(self) -> Response {
        ([(header::ETAG, tag(self.version))], Json(self)).into_response()
    }
}

/// Several people.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Users {
    items: Vec<User>,
}

/// Which people.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct UserParams {
    /// Part of the address or of the name.
    q: Option<String>,
    /// Who has a licence of that service; `none` for who has none at all.
    license: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// The people of a customer; a partner needs full access (ORG-4).
#[utoipa::path(get, path = "/api/v1/customers/{id}/users", tag = "customers", params(("id" = String, Path), UserParams), responses((status = OK, body = List<User>)))]
pub(crate) async fn list_users(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(customer): Path<String>,
    Params(params): Params<UserParams>,
) -> Result<Json<List<User>>, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let none = |license: String| if license == "none" { String::new() } else { license };
    let filter = UserFilter {
        q: params.q.filter(|q| !q.trim().is_empty()),
        license: params.license.map(none),
    };
    let scope = ("users", &customer, &filter);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.users(&actor, &customer, &filter, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, User::from)))
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/customers/{id}/users/{person_id}", tag = "customers", params(("id" = String, Path), ("person_id" = String, Path)), responses((status = OK, body = User)))]
pub(crate) async fn read_user(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path((customer, person)): Path<(String, String)>,
) -> Result<User, Problem> {
    let (customer, person) = (id(OrgId::parse(&customer))?, id(PersonId::parse(&person))?);
    Ok(api.app.user(&actor, &customer, &person).await?.into())
}

/// Who is to come.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewUser {
    email: Option<String>,
    name: Option<String>,
    /// `en`, `fr` or `zh-Hant`; else the customer's.
    language: Option<String>,
    /// IANA zone; else the customer's.
    time_zone: Option<String>,
    /// `user` unless said otherwise.
    roles: Option<Vec<String>>,
    /// Services of which the person gets a licence.
    licenses: Option<Vec<String>>,
}

impl From<NewUser> for Given {
    fn from(user: NewUser) -> Self {
        Self {
            email: user.email,
            name: user.name,
            language: user.language,
            time_zone: user.time_zone,
            roles: user.roles,
            licenses: user.licenses,
        }
    }
}

/// Up to 25 people in `users`; or one, whose members stand here themselves.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddUsers {
    users: Option<Vec<NewUser>>,
    email: Option<String>,
    name: Option<String>,
    language: Option<String>,
    time_zone: Option<String>,
    roles: Option<Vec<String>>,
    licenses: Option<Vec<String>>,
}

impl AddUsers {
    /// Those who are to come, and whether it is one who stands for himself.
    fn given(self) -> Result<(Vec<Given>, bool), Refusal> {
        let one = Given {
            email: self.email,
            name: self.name,
            language: self.language,
            time_zone: self.time_zone,
            roles: self.roles,
            licenses: self.licenses,
        };
        let says = [&one.email, &one.name, &one.language, &one.time_zone];
        let alone = says.iter().any(|said| said.is_some()) || one.roles.is_some() || one.licenses.is_some();
        match (self.users, alone) {
            (Some(_), true) => Err(Refusal::field("/users", Code::ConflictingFields)),
            (None, false) => Err(Refusal::field("/users", Code::Required)),
            (None, true) => Ok((vec![one], true)),
            (Some(users), false) => Ok((users.into_iter().map(Given::from).collect(), false)),
        }
    }
}

/// SETUP-3: adds up to 25 users with their licences, all of them or nobody.
#[utoipa::path(post, path = "/api/v1/customers/{id}/users", tag = "customers", params(("id" = String, Path), DryRun), request_body = AddUsers, responses((status = CREATED, body = Users)))]
pub(crate) async fn add_users(
    State(api): State<Api>,
    Path(customer): Path<String>,
    Call { actor, guard, body }: Call<AddUsers>,
) -> Result<Response, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    if !api.app.may_manage_users(&actor, &customer).await? {
        // The whole reason is the use case's to give.
        api.app
            .add_users(&actor, &customer, &[], |_| String::new(), &guard)
            .await?;
    }
    let (users, alone) = body.checked(AddUsers::given)?;
    let at = |index: usize| {
        if alone {
            String::new()
        } else {
            format!("/users/{index}")
        }
    };
    let added = api.app.add_users(&actor, &customer, &users, at, &guard).await?;
    let mut items: Vec<User> = added.into_iter().map(User::from).collect();
    let status = if guard.dry_run {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    match items.pop() {
        Some(user) if alone => {
            let path = format!("/api/v1/customers/{customer}/users");
            let place = location(&path, user.id.as_deref());
            match guard.dry_run {
                true => Ok(user.into_response()),
                false => Ok((status, [(header::LOCATION, place)], user).into_response()),
            }
        }
        last => {
            items.extend(last);
            Ok((status, Json(Users { items })).into_response())
        }
    }
}

/// What is to change; what is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PatchUser {
    name: Option<String>,
    /// All the services of which the person is to have a licence.
    licenses: Option<Vec<String>>,
}

/// SETUP-3: changes a user's name and licences.
#[utoipa::path(patch, path = "/api/v1/customers/{id}/users/{person_id}", tag = "customers", params(("id" = String, Path), ("person_id" = String, Path), DryRun), request_body = PatchUser, responses((status = OK, body = User)))]
pub(crate) async fn patch_user(
    State(api): State<Api>,
    Path((customer, person)): Path<(String, String)>,
    Call { actor, guard, body }: Call<PatchUser>,
) -> Result<User, Problem> {
    policy::allow(&actor, Action::ManageLicenses, api.app.clock.now())?;
    let (customer, person) = (id(OrgId::parse(&customer))?, id(PersonId::parse(&person))?);
    let body = body.finish()?;
    let patch = UserPatch {
        name: body.name,
        licenses: body.licenses,
    };
    let (after, before) = api.app.patch_user(&actor, &customer, &person, &patch, &guard).await?;
    let mut answer = User::from(after);
    answer.before = before.map(|before| Box::new(before.into()));
    Ok(answer)
}

/// Removes a user for good: address, name, licences and ways in go.
#[utoipa::path(delete, path = "/api/v1/customers/{id}/users/{person_id}", tag = "customers", params(("id" = String, Path), ("person_id" = String, Path), DryRun), responses((status = OK, body = User)))]
pub(crate) async fn remove_user(
    State(api): State<Api>,
    Path((customer, person)): Path<(String, String)>,
    Call { actor, guard, .. }: Call<Nothing>,
) -> Result<Json<User>, Problem> {
    let (customer, person) = (id(OrgId::parse(&customer))?, id(PersonId::parse(&person))?);
    let gone = api.app.remove_user(&actor, &customer, &person, &guard).await?;
    Ok(Json(gone.into()))
}

/// The licences of one service.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Licenses {
    service: String,
    /// How many there are.
    quantity: u32,
    /// How many of them people have; more than there are where there were more before.
    assigned: u32,
}

impl From<Licensed> for Licenses {
    fn from(line: Licensed) -> Self {
        Self {
            service: line.service,
            quantity: line.quantity,
            assigned: line.assigned,
        }
    }
}

/// All of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LicensesOf {
    items: Vec<Licenses>,
}

/// SETUP-3: a customer's licences, service by service.
#[utoipa::path(get, path = "/api/v1/customers/{id}/licenses", tag = "customers", params(("id" = String, Path)), responses((status = OK, body = LicensesOf)))]
pub(crate) async fn list_licenses(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(customer): Path<String>,
) -> Result<Json<LicensesOf>, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let lines = api.app.licenses(&actor, &customer).await?;
    let items = lines.into_iter().map(Licenses::from).collect();
    Ok(Json(LicensesOf { items }))
}

/// SETUP-3: users from a CSV file of up to 20,000 rows, as a job. Columns: `email`, which there must be, and `name`,
/// `language`, `time_zone`, `roles`, `licenses`; several in one cell stand apart by a semicolon. Who is there already gets
/// the name and the licences of the row; an empty cell changes nothing. A dry run answers counts and the first faults.
#[utoipa::path(post, path = "/api/v1/customers/{id}/user-imports", tag = "customers", params(("id" = String, Path), DryRun), request_body(content = String, content_type = "text/csv"), responses((status = ACCEPTED, body = Job)))]
pub(crate) async fn import_users(
    State(api): State<Api>,
    Path(customer): Path<String>,
    Upload { actor, guard, octets }: Upload,
) -> Result<Response, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let octets = octets?;
    if guard.dry_run {
        let preview = api.app.preview_users(&actor, &customer, &octets).await?;
        return Ok(Json(Job::preview(preview)).into_response());
    }
    let job = Job::from(api.app.import_users(&actor, &customer, &octets, &guard).await?);
    let place = location("/api/v1/jobs", job.id());
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, place)], Json(job)).into_response())
}
