//! `/trials/{id}/removal` and `/removals`: what the end of a trial takes and leaves, and what goes next (EXP-9).

use crate::{
    Api,
    caller::Caller,
    guard::id,
    http::{Params, Path, Problem},
    lists::{List, day, list, page},
    trial::{CustomerRef, PartnerRef},
};
use app::trial::{Going, Removal};
use axum::{Json, extract::State};
use domain::{ids::TrialId, time::plus_days};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A service that goes, its licences, and how many people lose one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RemovedService {
    id: String,
    quantity: u32,
    assigned: u32,
}

/// A service that stays: `bought`, or given by `other_trial`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Kept {
    id: String,
    why: &'static str,
}

/// A hold in force.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HoldRef {
    id: String,
    #[schema(value_type = String, format = DateTime)]
    placed_at: Timestamp,
}

/// What of calling goes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CallingRef {
    locations: u32,
    numbers: u32,
}

/// Who is told afterwards, and when.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Told {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    users: u32,
}

/// How far the closing of the organization has come; afterwards all that is left of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClosingRef {
    #[schema(value_type = String, format = DateTime)]
    began_at: Timestamp,
    /// `users`, `configuration`, `erasing`, `done`.
    step: &'static str,
    users: u32,
    /// Who moved to the free plan.
    users_moved: u32,
    /// Licences that were taken.
    licenses: u32,
    #[schema(value_type = Option<String>, format = DateTime)]
    erased_at: Option<Timestamp>,
}

/// EXP-9: what would go, and when.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RemovalList {
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = Date)]
    on: Option<Date>,
    /// `planned`, `due`, `held`, `done`, `none`.
    state: String,
    /// Whether the whole organization closes and its users move to the free plan.
    organization_closes: bool,
    users: u32,
    administrators: u32,
    services: Vec<RemovedService>,
    /// What the customer keeps.
    stays: Vec<Kept>,
    site: Option<String>,
    calling: CallingRef,
    #[schema(value_type = Option<String>, format = DateTime)]
    numbers_released_at: Option<Timestamp>,
    told: Option<Told>,
    /// Where everything can be taken away before; null once it is too late.
    export: Option<String>,
    holds: Vec<HoldRef>,
    /// CONV-7: the order that keeps it beyond its grace.
    held_by_order: Option<String>,
    closing: Option<ClosingRef>,
}

impl From<Removal> for RemovalList {
    fn from(view: Removal) -> Self {
        let services = view.services.into_iter().map(|one| RemovedService {
            id: one.id,
            quantity: one.quantity,
            assigned: one.assigned,
        });
        let stays = view.stays.into_iter().map(|one| Kept {
            id: one.id,
            why: one.why,
        });
        let holds = view
            .holds
            .into_iter()
            .map(|(id, placed_at)| HoldRef { id: id.0, placed_at });
        Self {
            at: view.at,
            on: view.on,
            state: view.state,
            organization_closes: view.organization_closes,
            users: view.users,
            administrators: view.administrators,
            services: services.collect(),
            stays: stays.collect(),
            site: view.site,
            calling: CallingRef {
                locations: view.calling.locations,
                numbers: view.calling.numbers,
            },
            numbers_released_at: view.numbers_released_at,
            told: view.told.map(|(at, users)| Told { at, users }),
            export: view.export.map(|id| format!("/api/v1/customers/{id}/export")),
            holds: holds.collect(),
            held_by_order: view.held_by_order.map(|(id, _)| id.0),
            closing: view.closing.map(|one| ClosingRef {
                began_at: one.began_at,
                step: one.step.as_str(),
                users: one.users,
                users_moved: one.users_moved,
                licenses: one.licenses,
                erased_at: one.erased_at,
            }),
        }
    }
}

/// EXP-9: the list of what would go.
#[utoipa::path(get, path = "/api/v1/trials/{id}/removal", tag = "trials", params(("id" = String, Path)), responses((status = OK, body = RemovalList)))]
pub(crate) async fn read_removal(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(trial): Path<String>,
) -> Result<Json<RemovalList>, Problem> {
    let removal = api.app.removal(&actor, &id(TrialId::parse(&trial))?).await?;
    Ok(Json(removal.into()))
}

/// Which ends.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RemovalParams {
    /// Before that day began in UTC; eight weeks from now unless said.
    before: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// A trial whose end is near.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Ending {
    trial_id: String,
    customer: CustomerRef,
    partner: PartnerRef,
    region: String,
    services: Vec<String>,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// `planned`, `due`, `held`.
    state: &'static str,
    organization_closes: bool,
    users: u32,
    /// Holds in force.
    holds: Vec<String>,
    /// CONV-7: the order that keeps it beyond its grace.
    held_by_order: Option<String>,
}

impl From<Going> for Ending {
    fn from(view: Going) -> Self {
        let trial = view.trial;
        Self {
            region: trial.id.region().to_owned(),
            services: trial.service_ids(),
            customer: CustomerRef {
                id: Some(trial.customer.0),
                name: view.customer_name,
                country: view.customer_country,
            },
            partner: PartnerRef {
                id: trial.partner.0,
                name: view.partner_name,
            },
            trial_id: trial.id.0,
            at: view.at,
            on: view.on,
            state: view.state,
            organization_closes: view.organization_closes,
            users: view.users,
            holds: view.holds.into_iter().map(|hold| hold.0).collect(),
            held_by_order: view.held_by_order.map(|(id, _)| id.0),
        }
    }
}

/// EXP-9: what goes in the next weeks, of all trials that the caller sees, the next one first.
#[utoipa::path(get, path = "/api/v1/removals", tag = "trials", params(RemovalParams), responses((status = OK, body = List<Ending>)))]
pub(crate) async fn list_removals(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<RemovalParams>,
) -> Result<Json<List<Ending>>, Problem> {
    let given = day("before", params.before.as_deref())?;
    let today = api.app.clock.now().to_zoned(TimeZone::UTC).date();
    let before = given.unwrap_or(plus_days(today, WEEKS * 7));
    // The list grows at its far end from one day to the next: a cursor into it stays good.
    let scope = ("removals", given);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let instant = domain::time::at_civil(before, jiff::civil::time(0, 0, 0, 0), &TimeZone::UTC);
    let found = api.app.removals(&actor, instant, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Ending::from)))
}

/// How far ahead, unless said.
const WEEKS: i64 = 8;
