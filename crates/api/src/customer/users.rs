//! `/customers/{id}/users`.

use super::PageParams;
use crate::{
    Api,
    caller::Caller,
    guard::id,
    http::{Params, Path, Problem},
    lists::{List, list, page},
};
use axum::{Json, extract::State};
use domain::ids::OrgId;
use serde::Serialize;
use utoipa::ToSchema;

/// A person of a customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct User {
    id: String,
    email: String,
    name: String,
    roles: Vec<&'static str>,
    licenses: Vec<String>,
    language: String,
    time_zone: String,
}

/// The people of a customer; a partner needs full access (ORG-4).
#[utoipa::path(get, path = "/api/v1/customers/{id}/users", tag = "customers", params(("id" = String, Path), PageParams), responses((status = OK, body = List<User>)))]
pub(crate) async fn list_users(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(customer): Path<String>,
    Params(params): Params<PageParams>,
) -> Result<Json<List<User>>, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let scope = ("users", &customer);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.users(&actor, &customer, &request).await?;
    let user = |view: app::customer::UserView| User {
        id: view.person.id.0,
        email: view.person.email,
        name: view.person.name,
        roles: view.person.roles.iter().map(|role| role.as_str()).collect(),
        licenses: view.person.licenses,
        language: view.person.language,
        time_zone: view.person.zone,
    };
    Ok(Json(list(&api, &actor, &scope, found, user)))
}
