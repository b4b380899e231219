//! `/customers`.

use crate::{
    Api,
    caller::Caller,
    guard::{guard, id, key, tag},
    http::{Body, DryRun, IdempotencyKey, IfMatch, Params, Path, Problem},
    lists::{List, day, list, page, words, wrong},
    trial::Nothing,
};
use app::{
    AccessChange,
    customer::{CustomerFilter, CustomerPatch, CustomerView},
};
use axum::{
    Json,
    extract::State,
    http::{Method, Uri, header},
    response::IntoResponse,
};
use domain::{
    ids::{OrgId, PersonId},
    organization::AccessLevel,
    refusal::{Code, FieldError, Refusal},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

/// An address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LookUp {
    admin_email: Option<String>,
}

/// An organization, as far as one may know it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundOrganization {
    /// Null for a stranger.
    id: Option<String>,
    name: Option<String>,
    country: Option<String>,
}

/// START-6: what an address belongs to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Found {
    existing: bool,
    /// `none`, `own`, or null when it belongs to nobody.
    relationship: Option<&'static str>,
    organization: Option<FoundOrganization>,
}

/// START-6: what does this address belong to.
#[utoipa::path(post, path = "/api/v1/customers/lookup", tag = "customers", request_body = LookUp, responses((status = OK, body = Found)))]
pub(crate) async fn look_up(
    State(api): State<Api>,
    Caller(actor): Caller,
    given: IdempotencyKey,
    method: Method,
    uri: Uri,
    body: Body<LookUp>,
) -> Result<Json<Found>, Problem> {
    app::policy::allow(&actor, app::policy::Action::LookUp, api.app.clock.now())?;
    let idem = key(given, (&method, &uri), &body, false);
    let body = body.finish()?;
    let asked = api.app.look_up(&actor, body.admin_email.as_deref());
    let found = api.app.once(&actor, idem.as_ref(), asked).await?;
    let organization = FoundOrganization {
        id: found.id.map(|id| id.0),
        name: found.name,
        country: found.country,
    };
    Ok(Json(Found {
        existing: found.existing,
        relationship: found.existing.then_some(if found.own { "own" } else { "none" }),
        organization: found.existing.then_some(organization),
    }))
}

/// What a customer has bought.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Purchase {
    service: String,
    quantity: u32,
    /// The partner that manages it.
    partner_id: Option<String>,
    #[schema(value_type = String, format = Date)]
    since: Date,
}

/// A partner of a customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartnerAccess {
    id: String,
    name: String,
    level: &'static str,
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
}

/// A customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Customer {
    id: String,
    name: String,
    country: String,
    /// `pending_consent`, `pending_provisioning_details`, `pending_approval`, `provisioning`, `active`, `expired`,
    /// `purchased`, `cancelled`, `to_be_deleted`.
    status: String,
    /// Within how many days its first trial ends: 30 or 60.
    ends_within: Option<u32>,
    services: Vec<String>,
    days_left: Option<i64>,
    grace_days_left: Option<i64>,
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Date>,
    /// Null while consent is pending.
    region: Option<String>,
    tags: Vec<String>,
    assigned: Vec<String>,
    /// What the caller's company may do there.
    access_level: Option<&'static str>,
    purchased: Vec<Purchase>,
    partners: Vec<PartnerAccess>,
    trial_ids: Vec<String>,
    license_quantity: Option<u32>,
    time_zone: Option<String>,
    vertical: Option<String>,
    version: i64,
    /// A dry run: what it was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion)]
    before: Option<Box<Customer>>,
}

impl Customer {
    fn of(view: CustomerView) -> Self {
        let purchase = |bought: domain::organization::Purchase| Purchase {
            service: bought.service,
            quantity: bought.quantity,
            partner_id: bought.partner.map(|id| id.0),
            since: bought.since,
        };
        let partner = |tie: app::customer::PartnerTie| PartnerAccess {
            id: tie.id.0,
            name: tie.name,
            level: tie.level.as_str(),
            since: tie.since,
        };
        let open = view.trials.iter().filter(|trial| trial.status().is_open());
        Self {
            license_quantity: open.map(|trial| trial.license_quantity).max(),
            id: view.id.0,
            name: view.name,
            country: view.country,
            status: view.status,
            ends_within: view.ends_within,
            services: view.services,
            days_left: view.days_left,
            grace_days_left: view.grace_days_left,
            ends_on: view.ends_on,
            region: view.region,
            tags: view.tags,
            assigned: view.assigned.into_iter().map(|id| id.0).collect(),
            access_level: view.level.map(AccessLevel::as_str),
            purchased: view.purchased.into_iter().map(purchase).collect(),
            partners: view.partners.into_iter().map(partner).collect(),
            trial_ids: view.trials.into_iter().map(|trial| trial.id.0).collect(),
            time_zone: view.time_zone,
            vertical: view.vertical,
            version: view.version,
            before: None,
        }
    }
}

/// A customer with its version.
pub(crate) struct Answer(Customer);

impl IntoResponse for Answer {
    fn into_response(self) -> axum::response::Response {
        let version = tag(self.0.version);
        ([(header::ETAG, version)], Json(self.0)).into_response()
    }
}

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
#[expect(clippy::too_many_arguments, reason = "each is a part of the request")]
pub(crate) async fn patch_customer(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(customer): Path<String>,
    Params(dry): Params<DryRun>,
    version: IfMatch,
    method: Method,
    uri: Uri,
    body: Body<PatchCustomer>,
) -> Result<Answer, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let guard = guard(
        &version,
        IdempotencyKey(None),
        (&method, &uri),
        body.digest_input(),
        dry.is_dry(),
    );
    let body = body.finish()?;
    let patch = CustomerPatch {
        tags: body.tags,
        assigned: body.assigned,
    };
    let (after, before) = api.app.patch_customer(&actor, &customer, &patch, &guard).await?;
    Ok(Answer(Customer {
        before: before.map(|before| Box::new(Customer::of(before))),
        ..Customer::of(after)
    }))
}

/// CONS-4: cancels the open request and removes the customer from the list.
#[utoipa::path(post, path = "/api/v1/customers/{id}/remove", tag = "customers", params(("id" = String, Path), DryRun), request_body = Option<Nothing>, responses((status = OK, body = Object)))]
#[expect(clippy::too_many_arguments, reason = "each is a part of the request")]
pub(crate) async fn remove_customer(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(customer): Path<String>,
    Params(dry): Params<DryRun>,
    version: IfMatch,
    key: IdempotencyKey,
    method: Method,
    uri: Uri,
    body: Body<Nothing>,
) -> Result<Json<serde_json::Value>, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let guard = guard(&version, key, (&method, &uri), body.digest_input(), dry.is_dry());
    body.finish()?;
    Ok(Json(api.app.remove_customer(&actor, &customer, &guard).await?))
}

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

/// Which part.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageParams {
    /// Rows of a page, 1 to 200.
    pub(crate) limit: Option<i64>,
    /// Where the page begins.
    pub(crate) cursor: Option<String>,
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

/// CONS-8: what the partner may do from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PatchAccess {
    /// `full_administrator`, `provisioning_administrator`, or null to withdraw it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    level: Option<Option<String>>,
    /// `continue` or `cancel`.
    running_trials: Option<String>,
}

/// Tells null from missing.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// The partner's access now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccessAnswer {
    partner_id: String,
    level: Option<&'static str>,
    version: i64,
}

/// CONS-8: a full administrator lowers, raises or withdraws a partner's access.
#[utoipa::path(patch, path = "/api/v1/customers/{id}/partners/{partner_id}", tag = "customers", params(("id" = String, Path), ("partner_id" = String, Path), DryRun), request_body = PatchAccess, responses((status = OK, body = AccessAnswer)))]
#[expect(clippy::too_many_arguments, reason = "each is a part of the request")]
pub(crate) async fn change_access(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path((customer, partner)): Path<(String, String)>,
    Params(dry): Params<DryRun>,
    version: IfMatch,
    method: Method,
    uri: Uri,
    body: Body<PatchAccess>,
) -> Result<impl IntoResponse, Problem> {
    let (customer, partner) = (id(OrgId::parse(&customer))?, id(OrgId::parse(&partner))?);
    let guard = guard(
        &version,
        IdempotencyKey(None),
        (&method, &uri),
        body.digest_input(),
        dry.is_dry(),
    );
    let change = body.checked(access_change)?;
    let (level, version) = api
        .app
        .change_access(&actor, &customer, &partner, &change, &guard)
        .await?;
    let answer = AccessAnswer {
        partner_id: partner.0,
        level: level.map(AccessLevel::as_str),
        version,
    };
    Ok(([(header::ETAG, tag(version))], Json(answer)))
}

fn access_change(body: PatchAccess) -> Result<AccessChange, Refusal> {
    let levels = [AccessLevel::FullAdministrator, AccessLevel::ProvisioningAdministrator];
    let names = levels.map(AccessLevel::as_str).join(", ");
    let mut errors = Vec::new();
    let level = match body.level {
        None => {
            errors.push(FieldError::new("/level", Code::Required));
            None
        }
        Some(None) => None,
        Some(Some(text)) => {
            let found = levels.into_iter().find(|level| level.as_str() == text);
            if found.is_none() {
                errors.push(FieldError::new("/level", Code::UnknownValue).with("allowed", names));
            }
            found
        }
    };
    let cancel_trials = match body.running_trials.as_deref() {
        None | Some("continue") => false,
        Some("cancel") => true,
        Some(_) => {
            errors.push(FieldError::new("/running_trials", Code::UnknownValue).with("allowed", "continue, cancel"));
            false
        }
    };
    if errors.is_empty() {
        Ok(AccessChange { level, cancel_trials })
    } else {
        Err(Refusal::input(errors))
    }
}
