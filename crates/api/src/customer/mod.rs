//! `/customers`.

pub(crate) mod access;
pub(crate) mod calling;
pub(crate) mod exceptions;
pub(crate) mod lookup;
pub(crate) mod purchase_interest;
pub(crate) mod setup;
mod wire;

use crate::{
    Api,
    caller::Caller,
    guard::{Call, id},
    http::{DryRun, Params, Path, Problem},
    lists::{List, day, list, page, words, wrong},
    trial::Nothing,
};
use app::customer::{CustomerFilter, CustomerPatch};
use axum::{Json, extract::State};
use domain::ids::{OrgId, PersonId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use wire::{Answer, Customer};

/// Which customers.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CustomerParams {
    /// Statuses, separated by commas; `expires_in_30_days` and `expires_in_60_days`, too.
    status: Option<String>,
    /// With that service on trial.
    service: Option<String>,
    /// In that region.
    region: Option<String>,
    /// With that tag.
    tag: Option<String>,
    /// Looked after by that person.
    assigned: Option<String>,
    /// Ending before that day.
    ends_before: Option<String>,
    /// Part of the name.
    q: Option<String>,
    /// `name` or `ends_on`; with a minus in front from the end.
    sort: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

const STATUSES: [&str; 11] = [
    "pending_consent",
    "pending_provisioning_details",
    "pending_approval",
    "provisioning",
    "active",
    "expires_in_30_days",
    "expires_in_60_days",
    "expired",
    "purchased",
    "cancelled",
    "to_be_deleted",
];

impl CustomerParams {
    fn filter(&self) -> Result<CustomerFilter, Problem> {
        let statuses = words(self.status.as_deref());
        if statuses.iter().any(|status| !STATUSES.contains(&status.as_str())) {
            return Err(wrong("status", &STATUSES));
        }
        let sort = self.sort.as_deref().unwrap_or("name");
        let by_end = match sort.trim_start_matches('-') {
            "name" => false,
            "ends_on" | "days_left" => true,
            _ => return Err(wrong("sort", &["name", "ends_on"])),
        };
        Ok(CustomerFilter {
            statuses,
            service: self.service.clone(),
            region: self.region.clone(),
            tag: self.tag.clone(),
            assigned: self.assigned.clone().map(PersonId),
            ends_before: day("ends_before", self.ends_before.as_deref())?,
            q: self.q.clone().filter(|q| !q.trim().is_empty()),
            by_end,
            descending: sort.starts_with('-'),
        })
    }
}

/// LIST-1: the customers that the caller sees.
#[utoipa::path(get, path = "/api/v1/customers", tag = "customers", params(CustomerParams), responses((status = OK, body = List<Customer>)))]
pub(crate) async fn list_customers(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<CustomerParams>,
) -> Result<Json<List<Customer>>, Problem> {
    let filter = params.filter()?;
    let scope = ("customers", &filter);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.customers(&actor, &filter, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Customer::of)))
}

/// One customer.
#[utoipa::path(get, path = "/api/v1/customers/{id}", tag = "customers", params(("id" = String, Path)), responses((status = OK, body = Customer)))]
pub(crate) async fn read_customer(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(customer): Path<String>,
) -> Result<Answer, Problem> {
    Ok(Answer(Customer::of(
        api.app.customer(&actor, &id(OrgId::parse(&customer))?).await?,
    )))
}

/// What is to change; what is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PatchCustomer {
    /// ORG-10: at most 5 of at most 25 characters.
    tags: Option<Vec<String>>,
    /// ORG-3: who looks after the customer, by id.
    assigned: Option<Vec<String>>,
}

/// ORG-10, ORG-3: tags and assignments.
#[utoipa::path(patch, path = "/api/v1/customers/{id}", tag = "customers", params(("id" = String, Path), DryRun), request_body = PatchCustomer, responses((status = OK, body = Customer)))]
pub(crate) async fn patch_customer(
    State(api): State<Api>,
    Path(customer): Path<String>,
    Call { actor, guard, body }: Call<PatchCustomer>,
) -> Result<Answer, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let body = body.finish()?;
    let patch = CustomerPatch {
        tags: body.tags,
        assigned: body.assigned,
    };
    let (after, before) = api.app.patch_customer(&actor, &customer, &patch, &guard).await?;
    let mut answer = Customer::of(after);
    answer.before = before.map(|before| Box::new(Customer::of(before)));
    Ok(Answer(answer))
}

/// CONS-4: cancels the open request and removes the customer from the list.
#[utoipa::path(post, path = "/api/v1/customers/{id}/remove", tag = "customers", params(("id" = String, Path), DryRun), request_body = Option<Nothing>, responses((status = OK, body = Object)))]
pub(crate) async fn remove_customer(
    State(api): State<Api>,
    Path(customer): Path<String>,
    Call { actor, guard, body }: Call<Nothing>,
) -> Result<Json<serde_json::Value>, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    body.finish()?;
    Ok(Json(api.app.remove_customer(&actor, &customer, &guard).await?))
}

/// Everything kept about a customer: for a full administrator of it, and for a partner with full access.
#[utoipa::path(get, path = "/api/v1/customers/{id}/export", tag = "customers", params(("id" = String, Path)), responses((status = OK, body = Object)))]
pub(crate) async fn export_customer(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(customer): Path<String>,
) -> Result<Json<serde_json::Value>, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    Ok(Json(api.app.export_customer(&actor, &customer).await?))
}

/// Which part.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageParams {
    /// Rows of a page, 1 to 200.
    pub(crate) limit: Option<i64>,
    /// Where the page begins.
    pub(crate) cursor: Option<String>,
}
