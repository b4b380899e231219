//! `/customers/{id}/locations`, `/numbers`, `/number-orders` (SETUP-1, SETUP-2).

use super::PageParams;
use crate::{
    Api,
    caller::Caller,
    guard::{Call, id, tag},
    http::{DryRun, Params, Path, Problem},
    lists::{List, list, page},
    trial::{Nothing, location as address},
};
use app::setup::{location::LocationView, number::NumberView, order::NumberOrderView};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    ids::{LocationId, NumberId, OrgId},
    location::LocationInput,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a customer calls from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Location {
    /// Null for one that a dry run would make.
    id: Option<String>,
    name: String,
    lines: Vec<String>,
    city: String,
    postal_code: String,
    /// Its numbers are of this country.
    country: String,
    time_zone: String,
    /// How many numbers ring there.
    numbers: u32,
    version: i64,
    /// A dry run: what it was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion)]
    before: Option<Box<Location>>,
}

impl From<LocationView> for Location {
    fn from(view: LocationView) -> Self {
        Self {
            id: view.id.map(|id| id.0),
            name: view.place.name,
            lines: view.place.lines,
            city: view.place.city,
            postal_code: view.place.postal_code,
            country: view.place.country,
            time_zone: view.place.zone,
            numbers: view.numbers,
            version: view.version,
            before: None,
        }
    }
}

impl IntoResponse for Location {
    fn into_response(self) -> Response {
        ([(header::ETAG, tag(self.version))], Json(self)).into_response()
    }
}

/// The customer's locations, the oldest first.
#[utoipa::path(get, path = "/api/v1/customers/{id}/locations", tag = "set-up", params(("id" = String, Path), PageParams), responses((status = OK, body = List<Location>)))]
pub(crate) async fn list_locations(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(customer): Path<String>,
    Params(params): Params<PageParams>,
) -> Result<Json<List<Location>>, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let scope = ("locations", &customer);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.locations(&actor, &customer, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Location::from)))
}

/// A location as it is typed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PutLocation {
    name: Option<String>,
    /// Street and number, 1 to 5 lines.
    lines: Option<Vec<String>>,
    city: Option<String>,
    postal_code: Option<String>,
    /// Not given, the customer's.
    country: Option<String>,
    /// Not given, the country's.
    time_zone: Option<String>,
}

impl From<PutLocation> for LocationInput {
    fn from(body: PutLocation) -> Self {
        Self {
            name: body.name,
            lines: body.lines,
            city: body.city,
            postal_code: body.postal_code,
            country: body.country,
            time_zone: body.time_zone,
        }
    }
}

/// Adds a location.
#[utoipa::path(post, path = "/api/v1/customers/{id}/locations", tag = "set-up", params(("id" = String, Path), DryRun), request_body = PutLocation, responses((status = CREATED, body = Location)))]
pub(crate) async fn add_location(
    State(api): State<Api>,
    Path(customer): Path<String>,
    Call { actor, guard, body }: Call<PutLocation>,
) -> Result<Response, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let input = body.finish()?.into();
    let added = Location::from(api.app.add_location(&actor, &customer, &input, &guard).await?);
    if guard.dry_run {
        return Ok(added.into_response());
    }
    let place = address(&format!("/api/v1/customers/{customer}/locations"), added.id.as_deref());
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], added).into_response())
}

/// Changes a location; what is not given stays.
#[utoipa::path(patch, path = "/api/v1/customers/{id}/locations/{location_id}", tag = "set-up", params(("id" = String, Path), ("location_id" = String, Path), DryRun), request_body = PutLocation, responses((status = OK, body = Location)))]
pub(crate) async fn patch_location(
    State(api): State<Api>,
    Path((customer, location)): Path<(String, String)>,
    Call { actor, guard, body }: Call<PutLocation>,
) -> Result<Location, Problem> {
    let (customer, location) = (id(OrgId::parse(&customer))?, id(LocationId::parse(&location))?);
    let input = body.finish()?.into();
    let (after, before) = api
        .app
        .patch_location(&actor, &customer, &location, &input, &guard)
        .await?;
    let mut answer = Location::from(after);
    answer.before = before.map(|before| Box::new(before.into()));
    Ok(answer)
}

/// Removes a location at which no numbers ring.
#[utoipa::path(delete, path = "/api/v1/customers/{id}/locations/{location_id}", tag = "set-up", params(("id" = String, Path), ("location_id" = String, Path), DryRun), responses((status = NO_CONTENT)))]
pub(crate) async fn remove_location(
    State(api): State<Api>,
    Path((customer, location)): Path<(String, String)>,
    Call { actor, guard, .. }: Call<Nothing>,
) -> Result<StatusCode, Problem> {
    let (customer, location) = (id(OrgId::parse(&customer))?, id(LocationId::parse(&location))?);
    api.app.drop_location(&actor, &customer, &location, &guard).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A phone number.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Number {
    /// Null for one that a dry run would make.
    id: Option<String>,
    /// In E.164.
    number: String,
    location_id: String,
    /// Whether it came by an order.
    ordered: bool,
    #[schema(value_type = String, format = DateTime)]
    added_at: Timestamp,
    /// Taken away, it is nobody else's before this instant.
    #[schema(value_type = Option<String>, format = DateTime)]
    rests_until: Option<Timestamp>,
    /// It does not change: always 1.
    version: i64,
}

impl From<NumberView> for Number {
    fn from(view: NumberView) -> Self {
        Self {
            id: view.id.map(|id| id.0),
            number: view.number,
            location_id: view.location.0,
            ordered: view.ordered,
            added_at: view.added_at,
            rests_until: view.rests_until,
            version: 1,
        }
    }
}

/// The customer's phone numbers, those that rest included.
#[utoipa::path(get, path = "/api/v1/customers/{id}/numbers", tag = "set-up", params(("id" = String, Path), PageParams), responses((status = OK, body = List<Number>)))]
pub(crate) async fn list_numbers(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(customer): Path<String>,
    Params(params): Params<PageParams>,
) -> Result<Json<List<Number>>, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let scope = ("numbers", &customer);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.numbers(&actor, &customer, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Number::from)))
}

/// Numbers of a location.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddNumbers {
    location_id: Option<String>,
    /// In E.164, 1 to 500, all of the location's country.
    numbers: Option<Vec<String>>,
}

/// What was entered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Numbers {
    items: Vec<Number>,
}

/// SETUP-2: enters phone numbers, all or none.
#[utoipa::path(post, path = "/api/v1/customers/{id}/numbers", tag = "set-up", params(("id" = String, Path), DryRun), request_body = AddNumbers, responses((status = CREATED, body = Numbers)))]
pub(crate) async fn add_numbers(
    State(api): State<Api>,
    Path(customer): Path<String>,
    Call { actor, guard, body }: Call<AddNumbers>,
) -> Result<Response, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let body = body.finish()?;
    let numbers = body.numbers.unwrap_or_default();
    let added = api
        .app
        .add_numbers(&actor, &customer, body.location_id.as_deref(), &numbers, &guard)
        .await?;
    let mut items: Vec<Number> = added.into_iter().map(Number::from).collect();
    if guard.dry_run {
        items.iter_mut().for_each(|one| one.id = None);
        return Ok(Json(Numbers { items }).into_response());
    }
    Ok((StatusCode::CREATED, Json(Numbers { items })).into_response())
}

/// Takes a number away; it rests as long as after a trial, and is nobody else's before (EXP-5).
#[utoipa::path(delete, path = "/api/v1/customers/{id}/numbers/{number_id}", tag = "set-up", params(("id" = String, Path), ("number_id" = String, Path), DryRun), responses((status = NO_CONTENT)))]
pub(crate) async fn remove_number(
    State(api): State<Api>,
    Path((customer, number)): Path<(String, String)>,
    Call { actor, guard, .. }: Call<Nothing>,
) -> Result<StatusCode, Problem> {
    let (customer, number) = (id(OrgId::parse(&customer))?, id(NumberId::parse(&number))?);
    api.app.drop_number(&actor, &customer, &number, &guard).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An order of phone numbers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NumberOrder {
    /// Null for one that a dry run would make.
    id: Option<String>,
    location_id: String,
    trial_id: String,
    provider: String,
    quantity: u32,
    #[schema(value_type = String, format = DateTime)]
    ordered_at: Timestamp,
    /// What came; a dry run does not know.
    numbers: Vec<Number>,
}

impl From<NumberOrderView> for NumberOrder {
    fn from(view: NumberOrderView) -> Self {
        Self {
            id: view.id.map(|id| id.0),
            location_id: view.location.0,
            trial_id: view.trial.0,
            provider: view.provider,
            quantity: view.quantity,
            ordered_at: view.ordered_at,
            numbers: view.numbers.into_iter().map(Number::from).collect(),
        }
    }
}

/// The customer's orders of phone numbers, the oldest first.
#[utoipa::path(get, path = "/api/v1/customers/{id}/number-orders", tag = "set-up", params(("id" = String, Path), PageParams), responses((status = OK, body = List<NumberOrder>)))]
pub(crate) async fn list_number_orders(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(customer): Path<String>,
    Params(params): Params<PageParams>,
) -> Result<Json<List<NumberOrder>>, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let scope = ("number-orders", &customer);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.number_orders(&actor, &customer, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, NumberOrder::from)))
}

/// How many, and where they ring.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderNumbers {
    location_id: Option<String>,
    /// At most 10 by order in a trial, unless the program says otherwise.
    quantity: Option<i64>,
}

/// SETUP-2: orders phone numbers from the provider that is connected.
#[utoipa::path(post, path = "/api/v1/customers/{id}/number-orders", tag = "set-up", params(("id" = String, Path), DryRun), request_body = OrderNumbers, responses((status = CREATED, body = NumberOrder)))]
pub(crate) async fn order_numbers(
    State(api): State<Api>,
    Path(customer): Path<String>,
    Call { actor, guard, body }: Call<OrderNumbers>,
) -> Result<Response, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let body = body.finish()?;
    let ordered = api
        .app
        .order_numbers(&actor, &customer, body.location_id.as_deref(), body.quantity, &guard)
        .await?;
    let ordered = NumberOrder::from(ordered);
    match guard.dry_run {
        true => Ok(Json(ordered).into_response()),
        false => Ok((StatusCode::CREATED, Json(ordered)).into_response()),
    }
}
