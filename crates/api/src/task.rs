//! `/tasks`: what waits for the caller.

use crate::{
    Api,
    caller::Caller,
    conversion::Conversion,
    customer::PageParams,
    http::{Params, Problem},
    lists::{List, list, page},
    partner::Company,
};
use axum::{Json, extract::State};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Something to do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Task {
    /// `consent_request`, `provisioning_details`, `approval`, `access_request`, `handover`, `ends_soon`,
    /// `provisioning_failed`, `provisioning`, `shipment`, `device_extension`, `return_overdue`, `devices_due`,
    /// `conversion`, `order_set_up`, `order_not_mapped`, `purchase_wanted`.
    kind: &'static str,
    /// The request, trial, approval, shipment, return or order that it is about.
    subject_id: String,
    customer: Option<Company>,
    trial_id: Option<String>,
    /// Until when; null where nothing happens by itself.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
    /// What a distributor needs to know of a conversion.
    #[serde(skip_serializing_if = "Option::is_none")]
    conversion: Option<Conversion>,
}

impl From<app::task::Task> for Task {
    fn from(task: app::task::Task) -> Self {
        Self {
            kind: task.kind,
            subject_id: task.subject,
            customer: task.customer.map(Company::from),
            trial_id: task.trial.map(|id| id.0),
            due_at: task.due_at,
            conversion: task.conversion.map(Conversion::from),
        }
    }
}

/// What waits for the caller, the most urgent first.
#[utoipa::path(get, path = "/api/v1/tasks", tag = "tasks", params(PageParams), responses((status = OK, body = List<Task>)))]
pub(crate) async fn list_tasks(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<PageParams>,
) -> Result<Json<List<Task>>, Problem> {
    let scope = "tasks";
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.tasks(&actor, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Task::from)))
}
